//! The raw client for the Authress authorization API.
//!
//! Placeholder, see below.

mod base_url;
mod call;
mod client;
mod encoded;
mod error;
mod generated;
mod open_enum;
mod operation;
mod path;
mod request;
mod response;
mod secret;
mod tolerance;
mod tolerant;
mod transport;

pub use base_url::BaseUrl;
pub use call::Call;
pub use client::Client;
pub use encoded::Encoded;
pub use error::Error;
pub use generated::operations::OPERATIONS;
pub use generated::{models, requests};
pub use operation::Operation;
pub use request::Request;
pub use response::Response;
pub use secret::Secret;
pub use transport::{ReqwestTransport, Transport, TransportFuture};
