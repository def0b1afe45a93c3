//! The step that adds the service client's token to a request.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use bytes::Bytes;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use crate::{Error, Operation, Secret, TokenProvider, Transport, TransportFuture, bearer_authorization};

/// Adds `Authorization: Bearer …` where the operation wants a token and the request has none yet.
pub(crate) struct WithToken<T> {
    next: T,
    tokens: Arc<dyn TokenProvider>,
    latest: ArcSwapOption<(Secret, HeaderValue)>,
}

impl<T> WithToken<T> {
    pub(crate) fn new(next: T, tokens: Arc<dyn TokenProvider>) -> Self {
        Self {
            next,
            tokens,
            latest: ArcSwapOption::empty(),
        }
    }

    fn authorize(&self, request: &mut http::Request<Bytes>, token: Secret) -> Result<(), Error> {
        let authorization = self.authorization(token)?;
        request.headers_mut().insert(AUTHORIZATION, authorization);
        Ok(())
    }

    /// The value of `Authorization` for `token`. It is checked and written once for each token, which most often serves many requests.
    fn authorization(&self, token: Secret) -> Result<HeaderValue, Error> {
        if let Some(latest) = &*self.latest.load()
            && latest.0 == token
        {
            return Ok(latest.1.clone());
        }
        let authorization = bearer_authorization(token.expose())?;
        self.latest.store(Some(Arc::new((token, authorization.clone()))));
        Ok(authorization)
    }
}

impl<T: Transport> Transport for WithToken<T> {
    fn send(&self, mut request: http::Request<Bytes>) -> TransportFuture<'_> {
        // What is no operation of the service (a fetch of keys, say) must never carry a token.
        let is_authenticated = request
            .extensions()
            .get::<&'static Operation>()
            .is_some_and(|operation| operation.authenticated);
        if !is_authenticated || request.headers().contains_key(AUTHORIZATION) {
            return self.next.send(request);
        }
        match self.tokens.token().at_hand() {
            Ok(token) => match token.and_then(|token| self.authorize(&mut request, token)) {
                Ok(()) => self.next.send(request),
                Err(error) => Box::pin(std::future::ready(Err(error))),
            },
            Err(token) => Box::pin(async move {
                self.authorize(&mut request, token.await?)?;
                self.next.send(request).await
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use authress_api::Request as _;

    use super::*;
    use crate::ServiceClientTokenProvider;
    use crate::clock::fixed::FixedClock;
    use crate::requests::{AuthorizeUser, RequestToken};

    /// Keeps the headers of what it is to send.
    #[derive(Default)]
    struct Kept(Mutex<Vec<http::HeaderMap>>);

    impl Transport for Kept {
        fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
            self.0.lock().unwrap().push(request.headers().clone());
            Box::pin(async { Ok(http::Response::new(Bytes::new())) })
        }
    }

    #[tokio::test]
    async fn only_an_operation_that_wants_a_token_and_has_none_gets_one() {
        let key = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
        let tokens = ServiceClientTokenProvider::builder(key.parse().unwrap());
        let tokens = Arc::new(tokens.clock(FixedClock::at(1_700_000_000)).build().unwrap());
        let step = WithToken::new(Kept::default(), tokens);
        let request = |operation: Option<&'static Operation>, token: Option<&'static str>| {
            let mut request = http::Request::new(Bytes::new());
            if let Some(operation) = operation {
                request.extensions_mut().insert(operation);
            }
            if let Some(token) = token {
                request
                    .headers_mut()
                    .insert(AUTHORIZATION, http::HeaderValue::from_static(token));
            }
            request
        };
        for request in [
            request(None, None),
            request(Some(RequestToken::OPERATION), None),
            request(Some(AuthorizeUser::OPERATION), Some("Bearer own")),
            request(Some(AuthorizeUser::OPERATION), None),
        ] {
            step.send(request).await.unwrap();
        }
        let kept = step.next.0.lock().unwrap();
        let sent: Vec<&str> = kept
            .iter()
            .map(|headers| headers.get(AUTHORIZATION).map_or("", |value| value.to_str().unwrap()))
            .collect();
        assert_eq!(&sent[..3], ["", "", "Bearer own"]);
        assert!(sent[3].starts_with("Bearer eyJ"), "{}", sent[3]);
    }
}
