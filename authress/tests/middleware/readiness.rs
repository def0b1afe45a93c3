//! The contract of tower: the service that said it was ready is the one that is called.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use authress::http::{Request, Response};
use authress::middleware::{Authenticate, RequirePermission};
use authress_local::AuthressLocal;
use tower::{Service, ServiceBuilder, ServiceExt as _};

use crate::double::Double;

/// Counts the calls of services that did not say they were ready. A clone is not ready because the other one is.
#[derive(Default)]
struct Strict {
    is_ready: bool,
    calls: Arc<AtomicUsize>,
    unready_calls: Arc<AtomicUsize>,
}

impl Clone for Strict {
    fn clone(&self) -> Self {
        Self {
            is_ready: false,
            calls: Arc::clone(&self.calls),
            unready_calls: Arc::clone(&self.unready_calls),
        }
    }
}

impl Service<Request<()>> for Strict {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.is_ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<()>) -> Self::Future {
        self.calls.fetch_add(1, Ordering::SeqCst);
        self.unready_calls
            .fetch_add(usize::from(!self.is_ready), Ordering::SeqCst);
        self.is_ready = false;
        ready(Ok(Response::new(())))
    }
}

#[tokio::test]
async fn the_service_that_is_ready_is_called_and_a_refused_request_does_not_reach_it() {
    let local = AuthressLocal::start().await.unwrap();
    let client = Double::answering(200).client(&local);
    let strict = Strict::default();
    let (calls, unready_calls) = (Arc::clone(&strict.calls), Arc::clone(&strict.unready_calls));
    let mut service = ServiceBuilder::new()
        .layer(Authenticate::new(&client))
        .layer(
            RequirePermission::builder(&client, "documents", "read")
                .build()
                .unwrap(),
        )
        .service(strict);
    let token = format!("Bearer {}", local.user_token("alice"));
    for status in [200, 401, 200, 401, 200] {
        let authorization = if status == 200 { token.as_str() } else { "Basic a" };
        let request = Request::builder()
            .header("authorization", authorization)
            .body(())
            .unwrap();
        let answer = service.ready().await.unwrap().call(request).await.unwrap();
        assert_eq!(answer.status(), status);
    }
    assert_eq!(
        (calls.load(Ordering::SeqCst), unready_calls.load(Ordering::SeqCst)),
        (3, 0)
    );
}

#[tokio::test]
async fn a_request_that_is_abandoned_does_not_reach_the_service() {
    let local = AuthressLocal::start().await.unwrap();
    let client = Double::answering(200).client(&local);
    let strict = Strict::default();
    let calls = Arc::clone(&strict.calls);
    let mut service = ServiceBuilder::new().layer(Authenticate::new(&client)).service(strict);
    let token = format!("Bearer {}", local.user_token("alice"));
    let ask = || Request::builder().header("authorization", &token).body(()).unwrap();
    let mut future = service.ready().await.unwrap().call(ask());
    let first_poll = std::future::poll_fn(|context| Poll::Ready(std::pin::Pin::new(&mut future).poll(context))).await;
    assert!(first_poll.is_pending());
    drop(future);
    assert_eq!(calls.load(Ordering::SeqCst), 0);
    assert_eq!(service.ready().await.unwrap().call(ask()).await.unwrap().status(), 200);
    assert_eq!(calls.load(Ordering::SeqCst), 1);
}
