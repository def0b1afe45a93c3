//! The service on a local Authress that really decides.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use authress::AuthressClient;
use authress_local::AuthressLocal;
use axum::{Router, body, http};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

/// The service on an Authress of its own, where alice has a folder, bob is in a team, and there is an admin of all folders.
struct World(AuthressLocal, Router);

impl World {
    async fn new() -> Self {
        let local = AuthressLocal::builder().seed(include_str!("seed.yaml"));
        let local = local.start().await.unwrap();
        let authress = AuthressClient::builder(local.url()).build().unwrap();
        Self(local, documents_service::service(authress))
    }

    /// Sends a request with a token, as `PUT` when there is a text for it.
    async fn ask(&self, token: &str, path: &str, text: Option<&str>) -> (u16, String) {
        let method = if text.is_some() { "PUT" } else { "GET" };
        let request = http::Request::builder().method(method).uri(path);
        let request = request.header(http::header::AUTHORIZATION, format!("Bearer {token}"));
        let body = body::Body::from(text.unwrap_or_default().to_owned());
        let answer = self.1.clone().oneshot(request.body(body).unwrap()).await;
        let (parts, answer) = answer.unwrap().into_parts();
        let text = body::to_bytes(answer, 1024).await.unwrap();
        (parts.status.as_u16(), String::from_utf8(text.into()).unwrap())
    }

    async fn status(&self, user: &str, path: &str, text: Option<&str>) -> u16 {
        self.ask(&self.0.user_token(user), path, text).await.0
    }
}

const DOCUMENT: &str = "/folders/plans/documents/1";

/// A folder is shared with a team, by an admin alone.
async fn story() {
    let at = World::new().await;
    let team = "/folders/plans/teams/grp_team";
    assert_eq!(at.status("alice", DOCUMENT, Some("Aim high")).await, 200);
    assert_eq!(at.status("bob", DOCUMENT, None).await, 403);
    // Alice may write there, and may not let others in; the admin may.
    assert_eq!(at.status("alice", team, Some("")).await, 403);
    assert_eq!(at.status("admin", team, Some("")).await, 201);
    let read = at.ask(&at.0.user_token("bob"), DOCUMENT, None).await;
    assert_eq!(read, (200, "Aim high".to_owned()));
    assert_eq!(at.status("bob", DOCUMENT, Some("Aim low")).await, 403);
    assert_eq!(at.status("admin", "/folders/other/documents/1", None).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_services_run_side_by_side_and_know_nothing_of_each_other() {
    let all: JoinSet<()> = (0..20).map(|_| story()).collect();
    all.join_all().await;
}

#[tokio::test]
async fn a_strangers_token_is_401_and_without_authress_nobody_gets_in() {
    let (at, other) = (World::new().await, World::new().await);
    assert_eq!(at.ask(&other.0.user_token("alice"), DOCUMENT, None).await.0, 401);
    let token = at.0.user_token("alice");
    at.0.stop().await;
    assert_eq!(World(other.0, at.1).ask(&token, DOCUMENT, None).await.0, 503);
}

#[tokio::test]
async fn a_path_that_is_no_document_is_nobodys_and_is_not_written() {
    let at = World::new().await;
    for path in [
        "/folders/plans/documents/..%2F..%2Fother",
        "/folders/plans/documents/.%2e",
        "/folders/plans/documents/%2A",
        "/folders/plans%2Fdocuments%2F1/documents/x",
        "/folders/%2A/teams/grp_team",
    ] {
        assert_eq!(at.status("admin", path, Some("x")).await, 403, "{path}");
    }
}
