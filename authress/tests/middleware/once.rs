//! A token is verified once in a request, and an identity is trusted only where it was found out.

use authress::middleware::axum::{Authorized, Permission, require};
use authress::middleware::{Authenticate, RequirePermission};
use authress::{AuthressClient, Identity, TokenVerifier};
use authress_local::AuthressLocal;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, header::AUTHORIZATION};
use axum::routing::get;
use tower::util::MapRequestLayer;

use crate::world::{World, seen};

struct Read;

impl Permission for Read {
    const RESOURCE: &str = "documents/{id}";
    const PERMISSION: &str = "read";
}

#[tokio::test]
async fn many_layers_and_extractors_verify_a_token_once() {
    let world = World::new(|client| {
        let handler = async |identity: Identity, maybe: Option<Identity>, document: Authorized<Read>| {
            let maybe = maybe.unwrap();
            format!(
                "{} {} {}",
                identity.user_id(),
                maybe.user_id(),
                document.identity().user_id()
            )
        };
        let require = || require(client, "documents/{id}", "read").build().unwrap();
        Router::new()
            .route("/documents/{id}", get(handler))
            .route_layer(require())
            .route_layer(require())
            .route_layer(Authenticate::builder(client).optional().build().unwrap())
            .route_layer(Authenticate::new(client.token_verifier()))
            .with_state(client.clone())
    })
    .await;
    let answer = world.ask_as("alice", "GET", "/documents/42").await;
    assert_eq!((answer.status, &*answer.body), (200, "alice alice alice"));
    assert_eq!((world.verifications(), world.questions()), (1, 3));
    let bad = world
        .ask("GET", "/documents/42", &["authorization: Bearer nonsense"])
        .await;
    assert_eq!((bad.status, world.verifications(), world.questions()), (401, 2, 3));
}

#[tokio::test]
async fn a_layer_of_another_verifier_does_not_trust_what_it_finds() {
    let stranger = AuthressLocal::start().await.unwrap();
    let outer = TokenVerifier::builder(stranger.url()).build().unwrap();
    let world = World::new(|client| {
        Router::new()
            .route("/documents/{id}", get(seen))
            .route_layer(require(client, "documents/{id}", "read").build().unwrap())
            .route_layer(Authenticate::new(&outer))
    })
    .await;
    let strangers = format!("authorization: Bearer {}", stranger.user_token("alice"));
    let answer = world.ask("GET", "/documents/42", &[&strangers]).await;
    assert!(
        answer.status == 401 && answer.header("www-authenticate").contains("not trusted"),
        "{answer:?}"
    );
    assert_eq!((world.verifications(), world.questions()), (1, 0));
}

#[tokio::test]
async fn an_identity_that_somebody_else_put_there_is_not_asked_about() {
    let local = AuthressLocal::start().await.unwrap();
    let verifier = TokenVerifier::builder(local.url()).build().unwrap();
    let alice = verifier.verify(&local.user_token("alice")).await.unwrap();
    let access_key = local.owner_access_key().to_owned();
    let forge = MapRequestLayer::new(move |mut request: Request<Body>| {
        request.extensions_mut().insert(alice.clone());
        request
    });
    let world = World::with(local, Some(access_key), |client| {
        Router::new()
            .route("/documents/{id}", get(seen))
            .route_layer(require(client, "documents/{id}", "read").build().unwrap())
            .route_layer(forge.clone())
            .route_layer(Authenticate::new(client))
            .route(
                "/whoami",
                get(seen)
                    .route_layer(Authenticate::new(client))
                    .route_layer(forge.clone()),
            )
            .route(
                "/open",
                axum::routing::options(seen)
                    .route_layer(
                        require(client, "documents/7", "read")
                            .allow_preflight()
                            .build()
                            .unwrap(),
                    )
                    .route_layer(forge.clone()),
            )
            .route(
                "/hello",
                get(seen)
                    .route_layer(Authenticate::builder(client).optional().build().unwrap())
                    .route_layer(forge.clone()),
            )
    })
    .await;
    // Bob, whatever is said of him on the way.
    assert_eq!(world.ask_as("bob", "GET", "/documents/42").await.status, 403);
    assert_eq!(world.ask("GET", "/documents/42", &[]).await.status, 401);
    world.local.grant("bob", "documents/7", ["read"]);
    let answer = world.ask_as("bob", "GET", "/documents/7").await;
    assert_eq!(answer.body, "bob may read documents/7");
    assert_eq!(world.ask_as("bob", "GET", "/whoami").await.body, "bob");
    // Nobody, where there is no token.
    assert_eq!(world.ask("GET", "/hello", &[]).await.body, "nobody");
    let preflight = ["origin: https://example.com", "access-control-request-method: GET"];
    assert_eq!(world.ask("OPTIONS", "/open", &preflight).await.body, "nobody");
}

#[tokio::test]
async fn a_token_that_was_changed_on_the_way_is_verified_again() {
    let local = AuthressLocal::start().await.unwrap();
    let access_key = local.owner_access_key().to_owned();
    let bob = HeaderValue::try_from(format!("Bearer {}", local.user_token("bob"))).unwrap();
    let exchange = MapRequestLayer::new(move |mut request: Request<Body>| {
        request.headers_mut().insert(AUTHORIZATION, bob.clone());
        request
    });
    let world = World::with(local, Some(access_key), |client: &AuthressClient| {
        let require = RequirePermission::builder(client, "documents/{id}", "read").route("/documents/{id}");
        Router::new()
            .route("/documents/{id}", get(seen))
            .route_layer(require.build().unwrap())
            .route_layer(exchange)
            .route_layer(Authenticate::new(client))
    })
    .await;
    assert_eq!(world.ask_as("alice", "GET", "/documents/42").await.status, 403);
    assert_eq!(world.verifications(), 2);
}

#[tokio::test]
async fn what_one_caller_was_allowed_is_not_found_by_another() {
    let local = AuthressLocal::start().await.unwrap();
    let access_key = local.owner_access_key().to_owned();
    local.grant("alice", "documents/42", ["read"]);
    let bob = HeaderValue::try_from(format!("Bearer {}", local.user_token("bob"))).unwrap();
    let exchange = MapRequestLayer::new(move |mut request: Request<Body>| {
        request.headers_mut().insert(AUTHORIZATION, bob.clone());
        request
    });
    let world = World::with(local, Some(access_key), |client: &AuthressClient| {
        Router::new()
            .route("/documents/{id}", get(seen))
            .route_layer(Authenticate::new(client))
            .route_layer(exchange)
            .route_layer(require(client, "documents/{id}", "read").build().unwrap())
    })
    .await;
    assert_eq!(world.ask_as("alice", "GET", "/documents/42").await.body, "bob");
}
