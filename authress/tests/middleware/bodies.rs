//! Bodies: passed on as they came, or dropped unread.

use std::cell::Cell;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use authress::http::{Request, Response};
use authress::middleware::axum::require;
use authress::middleware::{Authenticate, RequirePermission};
use authress::{AuthressClient, bytes::Bytes};
use authress_local::AuthressLocal;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::post;
use futures_util::Stream;
use tower::{ServiceBuilder, ServiceExt as _, service_fn};

use crate::double::Double;
use crate::world::World;

/// Three pieces, one after another, and how often they were asked for.
struct Pieces {
    left: usize,
    polls: Arc<AtomicUsize>,
}

impl Stream for Pieces {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.polls.fetch_add(1, Ordering::SeqCst);
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        Poll::Ready(Some(Ok(Bytes::from_static(b"piece "))))
    }
}

#[tokio::test]
async fn a_stream_is_not_polled_before_the_decision_and_not_at_all_after_a_denial() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/42", ["read"]);
    let client = AuthressClient::builder(local.url())
        .access_key(local.owner_access_key())
        .build()
        .unwrap();
    let polls = Arc::new(AtomicUsize::new(0));
    let polled = Arc::clone(&polls);
    let handler = async move |body: Body| {
        let before = polled.load(Ordering::SeqCst);
        let bytes = to_bytes(body, 100).await.unwrap();
        format!("{before}: {}", String::from_utf8_lossy(&bytes))
    };
    let router = Router::new()
        .route("/documents/{id}", post(handler))
        .route_layer(require(&client, "documents/{id}", "read").build().unwrap())
        .route_layer(Authenticate::new(&client));
    let ask = async |authorization: String| {
        let left = 3;
        let body = Body::from_stream(Pieces {
            left,
            polls: Arc::clone(&polls),
        });
        let request = Request::post("/documents/42").header("authorization", authorization);
        let answer = router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = answer.status().as_u16();
        (status, to_bytes(answer.into_body(), 100).await.unwrap())
    };
    for (authorization, status) in [
        (format!("Bearer {}", local.user_token("bob")), 403),
        ("Bearer nonsense".to_owned(), 401),
        ("Basic a".to_owned(), 401),
    ] {
        assert_eq!(ask(authorization).await, (status, Bytes::new()));
    }
    assert_eq!(polls.load(Ordering::SeqCst), 0);
    let answer = ask(format!("Bearer {}", local.user_token("alice"))).await;
    assert_eq!(answer, (200, Bytes::from_static(b"0: piece piece piece ")));
    assert_eq!(polls.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_denial_does_not_wait_for_a_body_that_never_comes() {
    let world = World::new(|client| {
        let layer = require(client, "documents/{id}", "read").build().unwrap();
        Router::new()
            .route("/documents/{id}", post(async |text: String| text))
            .route_layer(layer)
    })
    .await;
    // The body is announced and not sent.
    let headers = [&*world.bearer("bob"), "content-length: 1000000"];
    assert_eq!(world.ask("POST", "/documents/42", &headers).await.status, 403);
    assert_eq!(world.ask("POST", "/documents/42", &headers[1..]).await.status, 401);
}

/// A body that is none: it can be moved and nothing else, and not be shared between threads.
struct Opaque(Cell<u8>);

#[tokio::test]
async fn a_body_of_any_type_is_passed_on_and_futures_are_send() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let local = AuthressLocal::start().await.unwrap();
    let client = Double::answering(200).client(&local);
    let require = RequirePermission::builder(&client, "documents", "read")
        .build()
        .unwrap();
    let service = ServiceBuilder::new()
        .layer(Authenticate::new(&client))
        .layer(require)
        .service(service_fn(async |request: Request<Opaque>| {
            Ok::<_, Infallible>(Response::new(vec![request.into_body().0.get()]))
        }));
    let request = Request::builder().header("authorization", format!("Bearer {}", local.user_token("alice")));
    let answer = is_send(service.oneshot(request.body(Opaque(Cell::new(7))).unwrap()))
        .await
        .unwrap();
    assert_eq!(answer.into_body(), [7]);
}
