//! The extractors answer as the layers do.

use authress::middleware::Refusal;
use authress::middleware::axum::{Authorized, Permission, require};
use authress::{AuthressClient, Identity};
use axum::Router;
use axum::extract::FromRef;
use axum::routing::get;

use crate::world::{World, seen};

struct Read;

impl Permission for Read {
    const RESOURCE: &str = "documents/{id}";
    const PERMISSION: &str = "read";
}

struct ReadHidden;

impl Permission for ReadHidden {
    const RESOURCE: &str = "documents/{id}";
    const PERMISSION: &str = "read";
    const HIDES_DENIED: bool = true;
    const AS_USER: bool = true;
}

struct List;

impl Permission for List {
    const RESOURCE: &str = "documents";
    const PERMISSION: &str = "list";
}

/// A state of which the client is a part.
#[derive(Clone)]
struct State(AuthressClient);

impl FromRef<State> for AuthressClient {
    fn from_ref(state: &State) -> Self {
        state.0.clone()
    }
}

async fn read(document: Authorized<Read>) -> String {
    format!("{} may read {}", document.identity().user_id(), document.resource_uri())
}

async fn answered(document: Result<Authorized<Read>, Refusal>) -> String {
    match document {
        Ok(document) => document.resource_uri().to_owned(),
        Err(refusal) => format!("{} {}", refusal.status().as_u16(), refusal.is_denied()),
    }
}

fn router(client: &AuthressClient) -> Router {
    Router::new()
        .route(
            "/layer/{id}",
            get(seen).layer(require(client, "documents/{id}", "read").build().unwrap()),
        )
        .route("/read/{id}", get(read))
        .route("/hidden/{id}", get(async |_: Authorized<ReadHidden>| "read"))
        .route("/answered/{id}", get(answered))
        .route("/unbound/{document}", get(async |_: Authorized<Read>| "read"))
        .route("/list", get(async |_: Authorized<List>| "list"))
        .route("/me", get(async |identity: Identity| identity.user_id().to_owned()))
        .route(
            "/maybe",
            get(async |identity: Option<Identity>| identity.map_or("nobody".to_owned(), |of| of.user_id().to_owned())),
        )
        .with_state(State(client.clone()))
}

#[tokio::test]
async fn authorized_answers_as_the_layer_does() {
    let world = World::new(router).await;
    let (alice, bob) = (world.bearer("alice"), world.bearer("bob"));
    for headers in [
        &[][..],
        &["authorization: Basic a"],
        &["authorization: Bearer nonsense"],
        &[&alice, &bob],
        &[&alice],
        &[&bob],
    ] {
        for segment in ["42", "%2e%2e", "a%2Fb", "%FF", "*"] {
            let layer = world.ask("GET", &format!("/layer/{segment}"), headers).await;
            let extractor = world.ask("GET", &format!("/read/{segment}"), headers).await;
            assert_eq!(layer, extractor, "{headers:?} {segment}");
        }
    }
    assert_eq!(
        world.ask("GET", "/read/42", &[&alice]).await.body,
        "alice may read documents/42"
    );
}

#[tokio::test]
async fn a_permission_says_what_is_asked_and_how_a_denial_is_answered() {
    let world = World::new(router).await;
    assert_eq!(world.ask_as("alice", "GET", "/hidden/42").await.body, "read");
    assert_eq!(
        world.ask_as("bob", "GET", "/hidden/42").await,
        world.ask("GET", "/nowhere", &[]).await
    );
    // It is her own token that is not accepted where she asks, and the client's where that asks.
    for (path, status) in [("/hidden/42", 401), ("/read/42", 502)] {
        world.local.faults().on("authorizeUser").unwrap().expired_tokens(1);
        assert_eq!(world.ask_as("alice", "GET", path).await.status, status, "{path}");
    }
    assert_eq!(world.ask_as("alice", "GET", "/list").await.status, 403);
    world.local.grant("alice", "documents", ["list"]);
    assert_eq!(world.ask_as("alice", "GET", "/list").await.body, "list");
    assert_eq!(world.ask_as("alice", "GET", "/unbound/42").await.status, 500);
    world
        .local
        .faults()
        .on("authorizeUser")
        .unwrap()
        .status(503, 1)
        .unwrap();
    let outage = world.ask_as("alice", "GET", "/read/42").await;
    assert!(outage.status == 503 && !outage.header("retry-after").is_empty());
}

#[tokio::test]
async fn a_handler_may_look_at_the_refusal_itself() {
    let world = World::new(router).await;
    assert_eq!(world.ask_as("alice", "GET", "/answered/42").await.body, "documents/42");
    assert_eq!(world.ask_as("bob", "GET", "/answered/42").await.body, "403 true");
    assert_eq!(world.ask("GET", "/answered/42", &[]).await.body, "401 false");
}

#[tokio::test]
async fn an_identity_is_demanded_or_optional_and_a_bad_token_is_refused_in_both() {
    let world = World::new(router).await;
    assert_eq!(world.ask_as("alice", "GET", "/me").await.body, "alice");
    assert_eq!(world.ask_as("alice", "GET", "/maybe").await.body, "alice");
    let missing = world.ask("GET", "/me", &[]).await;
    assert_eq!(
        (missing.status, missing.header("www-authenticate")),
        (401, "Bearer realm=\"api\"")
    );
    assert_eq!(world.ask("GET", "/maybe", &[]).await.body, "nobody");
    for path in ["/me", "/maybe"] {
        let bad = world.ask("GET", path, &["authorization: Bearer nonsense"]).await;
        assert!(
            bad.status == 401 && bad.header("www-authenticate").contains("invalid_token"),
            "{path}"
        );
    }
    assert_eq!(world.questions(), 0);
}

#[tokio::test]
async fn a_client_in_the_state_that_acts_as_one_user_asks_nothing() {
    let world = World::new(|client| {
        // Any token with a subject will do: it is not verified here.
        let as_alice = client
            .with_user_token("eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbGljZSJ9.c2ln")
            .unwrap();
        Router::new().route("/read/{id}", get(read)).with_state(as_alice)
    })
    .await;
    assert_eq!(world.ask_as("alice", "GET", "/read/42").await.status, 500);
    assert_eq!(world.questions(), 0);
}
