//! A double of the service that writes down what it is asked, for what a real one would refuse before it is seen.

use std::sync::{Arc, Mutex};

use authress::bytes::Bytes;
use authress::http::{Request, Response, header::AUTHORIZATION};
use authress::{AuthressClient, CallContext, RetryPolicy, TokenVerifier, Transport, TransportFuture};
use authress_local::AuthressLocal;

/// Answers every question with a status; clones share what was asked.
#[derive(Clone, Default)]
pub(crate) struct Double {
    status: u16,
    asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl Double {
    pub(crate) fn answering(status: u16) -> Self {
        Self {
            status,
            asked: Arc::default(),
        }
    }

    /// A client that asks it, and verifies the tokens of `local`.
    pub(crate) fn client(&self, local: &AuthressLocal) -> AuthressClient {
        let verifier = TokenVerifier::builder(local.url()).build().unwrap();
        AuthressClient::builder(local.url())
            .access_key(local.owner_access_key())
            .retry(RetryPolicy::none())
            .token_verifier(verifier)
            .transport(self.clone())
            .build()
            .unwrap()
    }

    /// The paths that were asked since the last time.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.take().into_iter().map(|(path, _)| path).collect()
    }

    /// The tokens that asked since the last time.
    pub(crate) fn authorizations(&self) -> Vec<String> {
        self.take()
            .into_iter()
            .map(|(_, authorization)| authorization)
            .collect()
    }

    fn take(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

impl Transport for Double {
    fn send(&self, request: Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        let authorization = request
            .headers()
            .get(AUTHORIZATION)
            .map(|value| value.to_str().unwrap());
        let asked = (
            request.uri().path().to_owned(),
            authorization.unwrap_or_default().to_owned(),
        );
        self.asked.lock().unwrap().push(asked);
        let answer = Response::builder().status(self.status).body(Bytes::new()).unwrap();
        Box::pin(async move {
            tokio::task::yield_now().await;
            Ok(answer)
        })
    }
}
