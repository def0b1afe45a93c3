//! What happens to a request between the raw client and the network. Each step is a [`Transport`] that wraps the next one, in a file of its own.
//!
//! From the outside in: `user_agent`, `token`, and the transport that sends.

pub(crate) mod token;
pub(crate) mod user_agent;
