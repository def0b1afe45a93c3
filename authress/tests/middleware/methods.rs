//! Methods: every one is asked for, and preflights are let through on request alone.

use authress::AuthressClient;
use authress::middleware::Authenticate;
use authress::middleware::axum::require;
use axum::Router;
use axum::routing::{any, get};

use crate::world::{World, seen};

const ORIGIN: &str = "origin: https://app.example.com";
const REQUEST_METHOD: &str = "access-control-request-method: PUT";

#[tokio::test]
async fn head_is_checked_as_get_is() {
    let world = World::new(|client| {
        let layer = require(client, "documents/{id}", "read").build().unwrap();
        Router::new().route("/documents/{id}", get(seen)).route_layer(layer)
    })
    .await;
    for method in ["GET", "HEAD"] {
        assert_eq!(world.ask(method, "/documents/42", &[]).await.status, 401);
        assert_eq!(world.ask_as("bob", method, "/documents/42").await.status, 403);
        assert_eq!(world.ask_as("alice", method, "/documents/42").await.status, 200);
    }
    assert_eq!(world.questions(), 4);
}

#[tokio::test]
async fn a_preflight_is_refused_as_any_request_without_a_token_unless_it_is_allowed() {
    let world = World::new(|client| {
        Router::new()
            .route("/authenticate", any(seen).layer(Authenticate::new(client)))
            .route(
                "/require/{id}",
                any(seen).layer(require(client, "documents/{id}", "read").build().unwrap()),
            )
    })
    .await;
    for path in ["/authenticate", "/require/42"] {
        let answer = world.ask("OPTIONS", path, &[ORIGIN, REQUEST_METHOD]).await;
        assert_eq!(answer.status, 401, "{path}");
    }
}

#[tokio::test]
async fn only_a_real_preflight_is_let_through_and_without_an_identity() {
    let world = World::new(|client: &AuthressClient| {
        let authenticate = Authenticate::builder(client).allow_preflight().build().unwrap();
        let require = require(client, "documents/{id}", "read")
            .allow_preflight()
            .build()
            .unwrap();
        Router::new()
            .route("/authenticate", any(seen).layer(authenticate))
            .route("/require/{id}", any(seen).layer(require))
    })
    .await;
    for path in ["/authenticate", "/require/42"] {
        let answer = world.ask("OPTIONS", path, &[ORIGIN, REQUEST_METHOD]).await;
        assert_eq!((answer.status, &*answer.body), (200, "nobody"), "{path}");
        for (method, headers) in [
            ("OPTIONS", &[][..]),
            ("OPTIONS", &[ORIGIN]),
            ("OPTIONS", &[REQUEST_METHOD]),
            ("GET", &[ORIGIN, REQUEST_METHOD]),
            ("POST", &[ORIGIN, REQUEST_METHOD]),
            ("OPTIONS", &[ORIGIN, REQUEST_METHOD, "authorization: Bearer nonsense"]),
            ("OPTIONS", &[ORIGIN, REQUEST_METHOD, "authorization: Basic YTpi"]),
        ] {
            assert_eq!(
                world.ask(method, path, headers).await.status,
                401,
                "{path} {method} {headers:?}"
            );
        }
    }
    assert_eq!((world.verifications(), world.questions()), (2, 0));
    let headers = [ORIGIN, REQUEST_METHOD, &world.bearer("bob")];
    assert_eq!(world.ask("OPTIONS", "/require/42", &headers).await.status, 403);
}
