//! The step that adds the service client's token to a request.

use std::sync::Arc;

use bytes::Bytes;
use http::header::AUTHORIZATION;

use crate::token_provider::TokenProvider;
use crate::{Error, Operation, Transport, TransportFuture};

/// Adds `Authorization: Bearer …` where the operation wants a token and the request has none yet.
pub(crate) struct WithToken<T> {
    next: T,
    tokens: Arc<TokenProvider>,
}

impl<T> WithToken<T> {
    pub(crate) fn new(next: T, tokens: Arc<TokenProvider>) -> Self {
        Self { next, tokens }
    }

    fn authorize(&self, request: &mut http::Request<Bytes>) -> Result<(), Error> {
        // What is no operation of the service (a fetch of keys, say) must never carry a token.
        let is_authenticated = request
            .extensions()
            .get::<&'static Operation>()
            .is_some_and(|operation| operation.authenticated);
        if is_authenticated && !request.headers().contains_key(AUTHORIZATION) {
            let authorization = self.tokens.token()?.authorization();
            request.headers_mut().insert(AUTHORIZATION, authorization);
        }
        Ok(())
    }
}

impl<T: Transport> Transport for WithToken<T> {
    fn send(&self, mut request: http::Request<Bytes>) -> TransportFuture<'_> {
        match self.authorize(&mut request) {
            Ok(()) => self.next.send(request),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}
