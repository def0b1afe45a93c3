//! What the cross-crate tests share, and the documents of the workspace as tests.
//!
//! The tests themselves are in `tests/`, a file a subject.

mod actors;
mod clock;
#[cfg(doctest)]
mod docs;
mod raw_request;
mod raw_server;

pub use actors::{as_user, ask_as_owner, ask_as_user, give, owner, owner_at, refusal};
pub use clock::StoppedClock;
pub use raw_request::{RawAnswer, raw_exchange, raw_request, raw_request_to};
pub use raw_server::RawServer;

/// The examples of the README of the workspace.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The examples of the README of `authress-api`.
#[cfg(doctest)]
#[doc = include_str!("../../authress-api/README.md")]
pub struct ApiReadme;

/// The examples of the README of `authress-local`.
#[cfg(doctest)]
#[doc = include_str!("../../authress-local/README.md")]
pub struct LocalReadme;

/// The examples of the README of `authress-aws-kms`.
#[cfg(doctest)]
#[doc = include_str!("../../authress-aws-kms/README.md")]
pub struct AwsKmsReadme;

/// The examples of the README of `authress-mocks`.
#[cfg(doctest)]
#[doc = include_str!("../../authress-mocks/README.md")]
pub struct MocksReadme;
