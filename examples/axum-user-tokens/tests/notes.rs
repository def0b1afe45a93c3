//! The service over HTTP, on a local Authress that really decides.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use authress::{AuthressClient, RetryPolicy};
use authress_local::AuthressLocal;
use axum_user_tokens::{service, with_caches};

struct World {
    local: AuthressLocal,
    url: String,
    http: reqwest::Client,
}

impl World {
    async fn new() -> Self {
        let local = AuthressLocal::start().await.unwrap();
        local.grant("alice", "notes/*", ["notes:read", "notes:write"]);
        local.grant("bob", "notes/1", ["notes:read"]);
        let builder = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
        let builder = builder.retry(RetryPolicy::none());
        let service = service(with_caches(builder).build().unwrap()).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, service).await });
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { local, url, http }
    }

    /// Status and body; a request with a text writes it.
    async fn ask(&self, token: &str, path: &str, text: Option<&str>) -> (u16, String) {
        let url = format!("{}{path}", self.url);
        let request = match text {
            Some(text) => self.http.put(url).body(text.to_owned()),
            None => self.http.get(url),
        };
        let answer = request.bearer_auth(token).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    async fn ask_as(&self, user: &str, path: &str, text: Option<&str>) -> (u16, String) {
        self.ask(&self.local.user_token(user), path, text).await
    }
}

fn is(status: u16, body: &str) -> (u16, String) {
    (status, body.to_owned())
}

#[tokio::test]
async fn each_user_sees_and_writes_what_is_theirs_and_the_rest_looks_as_if_it_were_not_there() {
    let at = World::new().await;
    for id in ["1", "2"] {
        assert_eq!(at.ask_as("alice", &format!("/notes/{id}"), Some("hello")).await.0, 200);
    }
    assert_eq!(at.ask_as("bob", "/notes/1", None).await, is(200, "hello"));
    assert_eq!(at.ask_as("bob", "/notes/2", None).await, is(404, ""));
    assert_eq!(at.ask_as("alice", "/notes/3", None).await, is(404, ""));
    assert_eq!(at.ask_as("bob", "/notes/1", Some("mine")).await.0, 403);
    assert_eq!(at.ask_as("alice", "/notes", None).await, is(200, r#"["1","2"]"#));
    assert_eq!(at.ask_as("bob", "/notes", None).await, is(200, r#"["1"]"#));
    assert_eq!(at.ask_as("carol", "/notes", None).await, is(200, "[]"));
    // One segment, whatever is encoded in it.
    assert_eq!(at.ask_as("bob", "/notes/1%2F..%2F2", None).await.0, 404);
}

#[tokio::test]
async fn who_has_no_good_token_is_told_so() {
    let at = World::new().await;
    let none = at.http.get(format!("{}/notes", at.url)).send().await.unwrap();
    assert_eq!(none.status().as_u16(), 401);
    assert!(
        none.headers()["www-authenticate"]
            .to_str()
            .unwrap()
            .starts_with("Bearer")
    );
    for token in ["nonsense", &at.local.expired_user_token("alice")] {
        assert_eq!(at.ask(token, "/notes/1", None).await.0, 401);
    }
}

#[tokio::test]
async fn in_an_outage_what_was_asked_lately_goes_on_and_the_rest_waits() {
    let at = World::new().await;
    assert_eq!(at.ask_as("alice", "/notes/1", Some("hello")).await.0, 200);
    let token = at.local.user_token("bob");
    assert_eq!(at.ask(&token, "/notes/1", None).await.0, 200);
    at.local.faults().status(503, 1_000).unwrap();
    assert_eq!(at.ask(&token, "/notes/1", None).await, is(200, "hello"));
    // Of this one nothing is known; it is no denial.
    assert_eq!(at.ask(&token, "/notes/2", None).await.0, 503);
}

/// The program as a process, which says where it listens.
struct Program(Child, String, String);

impl Program {
    fn start() -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_axum-user-tokens"));
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
    let notes = http
        .get(format!("{}/notes", program.2))
        .bearer_auth(&program.1)
        .send()
        .await
        .unwrap();
    assert_eq!(notes.text().await.unwrap(), "[]");
}
