//! The service over HTTP, on a local Authress that really decides; and the program as a process.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use actix_web::{App, HttpServer};
use actix_web_service::service;
use authress::{AuthressClient, RetryPolicy};
use authress_local::AuthressLocal;

fn start(authress: AuthressClient) -> String {
    let server = HttpServer::new(move || App::new().configure(service(authress.clone())));
    let server = server.workers(1).bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", server.addrs()[0]);
    actix_web::rt::spawn(server.run());
    url
}

async fn ask(url: &str, path: &str, token: Option<&str>) -> reqwest::Response {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = http.get(format!("{url}{path}"));
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    request.send().await.unwrap()
}

#[actix_web::test]
async fn a_user_reads_what_the_user_may_read() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/42", ["documents:read"]);
    let authress = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    let url = start(authress.retry(RetryPolicy::none()).build().unwrap());
    let alice = local.user_token("alice");

    let read = ask(&url, "/documents/42", Some(&alice)).await;
    assert_eq!(read.text().await.unwrap(), "documents/42 for alice");
    for (path, token, status) in [
        ("/documents/43", Some(alice.as_str()), 403),
        ("/documents/42%2F..%2F43", Some(&alice), 403),
        ("/documents/42", Some(&local.user_token("bob")), 403),
        ("/documents/42", Some("nonsense"), 401),
        ("/documents/42", Some(&local.expired_user_token("alice")), 401),
        ("/documents/42", None, 401),
    ] {
        let answer = ask(&url, path, token).await;
        assert_eq!(answer.status().as_u16(), status, "{path} {token:?}");
        assert_eq!(answer.headers().contains_key("www-authenticate"), status == 401);
    }
    local.faults().on("authorizeUser").unwrap().status(503, 1).unwrap();
    let outage = ask(&url, "/documents/42", Some(&alice)).await;
    assert_eq!(
        (
            outage.status().as_u16(),
            outage.headers()["retry-after"].to_str().unwrap()
        ),
        (503, "1")
    );
}

/// The program as a process, which says where it listens.
struct Program(Child, String, String);

impl Program {
    fn start() -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_actix-web-service"));
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

#[actix_web::test]
async fn the_program_starts_without_an_account() {
    let program = Program::start();
    let answer = ask(&program.2, "/documents/42", Some(&program.1)).await;
    assert_eq!(answer.status().as_u16(), 200);
}
