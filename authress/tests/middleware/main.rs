//! The layers and extractors: over real HTTP on a local Authress that decides, and directly on services.
#![cfg(feature = "axum")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod bodies;
mod double;
mod extractors;
mod load;
mod methods;
mod once;
mod outages;
mod paths;
mod readiness;
mod settings;
mod tokens;
mod world;
