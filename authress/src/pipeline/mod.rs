//! What happens to a request between the raw client and the network. Each step is a [`Transport`] that wraps the next one, in a file of its own.
//!
//! From the outside in: `user_agent`, `token`, and the transport that sends.

pub(crate) mod token;
pub(crate) mod user_agent;

use std::sync::Arc;

use bytes::Bytes;

use crate::{Transport, TransportFuture};

/// A transport that several owners share: the pipeline and the verifier.
#[derive(Clone)]
pub(crate) struct Shared(pub(crate) Arc<dyn Transport>);

impl Transport for Shared {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        self.0.send(request)
    }
}
