//! The API over HTTP, on a local Authress that really decides: a customer makes a key, a program uses it, and the customer takes it back.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use authress::AuthressClient;
use authress::models::{PermissionObject, Role};
use authress_local::AuthressLocal;
use reqwest::Method;
use serde_json::Value;

struct World {
    local: AuthressLocal,
    url: String,
    http: reqwest::Client,
}

impl World {
    async fn new() -> Self {
        let local = AuthressLocal::start().await.unwrap();
        let authress = local.client().unwrap();
        let role = Role::new("API key", [PermissionObject::new("reports:read").allow(true)]);
        authress.roles().create_role(role.role_id("ro_api_key")).await.unwrap();
        let api = axum_api_keys::api(authress).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, api).await });
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { local, url, http }
    }

    async fn ask(&self, token: &str, method: Method, path: &str) -> (u16, String) {
        let request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .bearer_auth(token);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// The id of a new key, and a token that a program makes from it.
    async fn new_key(&self, customer: &str) -> (String, String) {
        let (status, body) = self
            .ask(&self.local.user_token(customer), Method::POST, "/api-keys")
            .await;
        assert_eq!(status, 200, "{body}");
        let key: Value = serde_json::from_str(&body).unwrap();
        let access_key = key["access_key"].as_str().unwrap();
        let program = AuthressClient::builder(self.local.url())
            .access_key(access_key)
            .build()
            .unwrap();
        let token = program.client_token().await.unwrap();
        (key["id"].as_str().unwrap().to_owned(), token.expose().to_owned())
    }
}

const REPORT: &str = "/customers/alice/reports/2026";

#[tokio::test]
async fn a_program_may_do_with_its_key_what_the_customer_gave_it_until_the_key_is_taken_back() {
    let at = World::new().await;
    let (id, token) = at.new_key("alice").await;
    assert_eq!(
        at.ask(&token, Method::GET, REPORT).await,
        (200, "the report 2026".to_owned())
    );
    assert_eq!(at.ask(&token, Method::GET, "/customers/bob/reports/2026").await.0, 403);
    // A key makes no keys.
    assert_eq!(at.ask(&token, Method::POST, "/api-keys").await.0, 403);

    // Nobody but alice takes it back, not even its own program.
    let path = format!("/api-keys/{id}");
    for stranger in [&at.local.user_token("bob"), &token] {
        assert_eq!(at.ask(stranger, Method::DELETE, &path).await.0, 404);
    }
    assert_eq!(
        at.ask(&at.local.user_token("alice"), Method::DELETE, &path).await.0,
        204
    );
    let refused = at.ask(&token, Method::GET, REPORT).await.0;
    assert!([401, 403].contains(&refused), "{refused}");
}

#[tokio::test]
async fn a_key_that_fails_half_way_leaves_nothing() {
    let at = World::new().await;
    for operation in ["createClient", "createRecord", "requestAccessKey"] {
        at.local.faults().on(operation).unwrap().status(400, 1).unwrap();
        let alice = at.local.user_token("alice");
        assert_eq!(at.ask(&alice, Method::POST, "/api-keys").await.0, 503, "{operation}");
    }
    let authress = at.local.client().unwrap();
    let clients = authress.service_clients().get_clients().await.unwrap().clients;
    assert!(clients.iter().all(|client| client.name.as_deref() != Some("alice")));
}

#[tokio::test]
async fn without_a_good_token_nobody_gets_a_key_or_a_report() {
    let at = World::new().await;
    for token in ["nonsense", &at.local.expired_user_token("alice")] {
        assert_eq!(at.ask(token, Method::POST, "/api-keys").await.0, 401);
        assert_eq!(at.ask(token, Method::GET, REPORT).await.0, 401);
    }
}

#[tokio::test]
async fn a_key_is_said_to_be_taken_back_only_when_it_can_do_nothing_any_more() {
    for failing in [
        &["deleteRecord"][..],
        &["deleteClient"],
        &["deleteRecord", "deleteClient"],
    ] {
        let at = World::new().await;
        let (id, token) = at.new_key("alice").await;
        let (alice, key) = (at.local.user_token("alice"), format!("/api-keys/{id}"));
        assert_eq!(at.ask(&token, Method::GET, REPORT).await.0, 200);
        for operation in failing {
            at.local.faults().on(operation).unwrap().status(503, 100).unwrap();
        }
        assert_eq!(at.ask(&alice, Method::DELETE, &key).await.0, 503);
        at.local.faults().clear();
        assert_eq!(at.ask(&alice, Method::DELETE, &key).await.0, 204);
        assert_ne!(at.ask(&token, Method::GET, REPORT).await.0, 200);
    }
}

/// The program as a process, which says where it listens.
struct Program(Child, String, String);

impl Program {
    fn start() -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_axum-api-keys"));
        let program = program.arg("--local").env("PORT", "0").stdout(Stdio::piped());
        let mut program = program.spawn().unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap())
            .lines()
            .map(Result::unwrap);
        let mut after = |text: &str| lines.find_map(|line| line.strip_prefix(text).map(str::to_owned));
        let (token, url) = (after("export ALICE=").unwrap(), after("listening on ").unwrap());
        Self(program, token, url)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn the_program_starts_without_an_account() {
    let program = Program::start();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let key = http
        .post(format!("{}/api-keys", program.2))
        .bearer_auth(&program.1)
        .send()
        .await
        .unwrap();
    let key: Value = key.json().await.unwrap();
    assert!(key["access_key"].as_str().unwrap().contains('.'));
}
