//! What has no answer: never passed on, and never called denied.

use authress::AuthressClient;
use authress::middleware::axum::require;
use authress::middleware::{Authenticate, RequirePermission};
use authress_local::AuthressLocal;
use axum::Router;
use axum::routing::get;

use crate::double::Double;
use crate::world::{World, seen};

fn router(client: &AuthressClient) -> Router {
    let hiding = require(client, "documents/{id}", "read").hide_denied().build().unwrap();
    let as_user = require(client, "documents/{id}", "read").as_user().build().unwrap();
    Router::new()
        .route("/authenticate/{id}", get(seen).layer(Authenticate::new(client)))
        .route("/hiding/{id}", get(seen).layer(hiding))
        .route("/user/{id}", get(seen).layer(as_user))
}

#[tokio::test]
async fn keys_that_cannot_be_had_are_503_with_retry_after() {
    let world = World::new(router).await;
    world.local.faults().jwks_down();
    for path in ["/authenticate/42", "/hiding/42", "/user/42"] {
        let answer = world.ask_as("alice", "GET", path).await;
        assert_eq!(
            (
                answer.status,
                answer.header("retry-after"),
                answer.header("www-authenticate")
            ),
            (503, "5", ""),
            "{path}"
        );
    }
    assert_eq!(world.questions(), 0);
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_503_with_retry_after_and_not_a_denial() {
    let world = World::new(router).await;
    for path in ["/hiding/42", "/user/42"] {
        for user in ["alice", "bob"] {
            for status in [429, 500, 503] {
                world
                    .local
                    .faults()
                    .on("authorizeUser")
                    .unwrap()
                    .status(status, 1)
                    .unwrap();
                let answer = world.ask_as(user, "GET", path).await;
                assert_eq!(answer.status, 503, "{path} {user} {status}");
                assert!(answer.header("retry-after").parse::<u32>().unwrap() >= 1, "{answer:?}");
                assert_eq!(answer.body, "");
            }
            world.local.faults().on("authorizeUser").unwrap().drop_connection(1);
            assert_eq!(world.ask_as(user, "GET", path).await.status, 503, "{path} {user}");
        }
        assert_eq!(world.ask_as("alice", "GET", path).await.status, 200);
        assert_eq!(
            world.ask_as("bob", "GET", path).await.status,
            if path == "/user/42" { 403 } else { 404 }
        );
    }
}

#[tokio::test]
async fn a_service_that_is_down_is_503_for_everybody() {
    let local = AuthressLocal::start().await.unwrap();
    // Its keys are at hand; there is nobody to ask.
    let verifier = authress::TokenVerifier::builder(local.url()).build().unwrap();
    verifier.hydrate().await.unwrap();
    let client = AuthressClient::builder("http://127.0.0.1:9")
        .access_key(local.owner_access_key())
        .token_verifier(verifier)
        .retry(authress::RetryPolicy::none())
        .build()
        .unwrap();
    let world = World::with(local, None, |_| router(&client)).await;
    for user in ["alice", "bob"] {
        let answer = world.ask_as(user, "GET", "/hiding/42").await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, "5"));
        assert_eq!(world.ask_as(user, "GET", "/authenticate/42").await.body, user);
    }
}

#[tokio::test]
async fn a_client_that_may_not_ask_or_is_not_known_is_502_and_not_a_denial() {
    let local = AuthressLocal::start().await.unwrap();
    let nobody = local.access_key("sc_nobody").unwrap();
    let world = World::with(local, Some(nobody), router).await;
    for user in ["alice", "bob"] {
        let answer = world.ask_as(user, "GET", "/hiding/42").await;
        assert_eq!(
            (
                answer.status,
                answer.header("retry-after"),
                answer.header("www-authenticate")
            ),
            (502, "", "")
        );
        for status in [400, 401, 402] {
            world
                .local
                .faults()
                .on("authorizeUser")
                .unwrap()
                .status(status, 1)
                .unwrap();
            let answer = world.ask_as(user, "GET", "/hiding/42").await;
            assert_eq!(
                (answer.status, answer.header("www-authenticate")),
                (502, ""),
                "{status}"
            );
        }
    }
}

#[tokio::test]
async fn a_users_token_that_the_service_does_not_accept_is_401_when_it_asks() {
    let world = World::new(router).await;
    world.local.faults().on("authorizeUser").unwrap().expired_tokens(1);
    let answer = world.ask_as("alice", "GET", "/user/42").await;
    assert_eq!(answer.status, 401);
    assert!(
        answer.header("www-authenticate").contains("error=\"invalid_token\""),
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_client_with_an_access_key_asks_as_itself_and_one_without_as_the_user() {
    let local = AuthressLocal::start().await.unwrap();
    let double = Double::answering(200);
    let client = double.client(&local);
    let world = World::with(local, None, |own| {
        let layer = |client, as_user: bool| {
            let layer = RequirePermission::builder(client, "documents", "read");
            let layer = if as_user { layer.as_user() } else { layer };
            layer.build().unwrap()
        };
        Router::new()
            .route("/client", get(seen).layer(layer(&client, false)))
            .route("/user", get(seen).layer(layer(&client, true)))
            .route(
                "/without",
                get(seen).layer(require(own, "documents/42", "read").build().unwrap()),
            )
    })
    .await;
    let token = world.local.user_token("alice");
    let header = format!("authorization: Bearer {token}");
    for (path, is_the_users) in [("/client", false), ("/user", true)] {
        assert_eq!(world.ask("GET", path, &[&header]).await.status, 200);
        let asked = double.authorizations();
        assert_eq!(
            asked
                .iter()
                .map(|with| *with == format!("Bearer {token}"))
                .collect::<Vec<_>>(),
            [is_the_users],
            "{path}"
        );
    }
    // Nothing but her own token can have asked for her.
    assert_eq!(world.ask_as("alice", "GET", "/without").await.status, 200);
    assert_eq!(world.ask_as("bob", "GET", "/without").await.status, 403);
}

#[tokio::test]
async fn an_answer_that_is_none_of_the_service_is_502_whatever_its_status() {
    for (status, expected) in [(204, 502), (302, 502), (410, 502), (404, 403)] {
        let local = AuthressLocal::start().await.unwrap();
        let client = Double::answering(status).client(&local);
        let world = World::with(local, None, |_| {
            let layer = require(&client, "documents/{id}", "read").build().unwrap();
            Router::new().route("/documents/{id}", get(seen)).route_layer(layer)
        })
        .await;
        assert_eq!(
            world.ask_as("alice", "GET", "/documents/42").await.status,
            expected,
            "{status}"
        );
    }
}
