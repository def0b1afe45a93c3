//! The service over HTTP, on a local Authress that really decides; and the program as a process.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use actix_web::{App, HttpServer};
use actix_web_service::service;
use authress::{AuthressClient, RetryPolicy};
use authress_local::AuthressLocal;

async fn start(authress: AuthressClient) -> String {
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
    let url = start(authress.retry(RetryPolicy::none()).build().unwrap()).await;
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
    assert_eq!((outage.status().as_u16(), outage.headers()["retry-after"].to_str().unwrap()), (503, "1"));
}

#[actix_web::test]
async fn the_program_starts_without_an_account() {
    let program = Command::new(env!("CARGO_BIN_EXE_actix-web-service"));
    let mut program = started(program);
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut after = |text: &str| lines.find_map(|line| line.strip_prefix(text).map(str::to_owned)).unwrap();
    let (token, url) = (after("export ALICE="), after("listening on "));
    assert_eq!(ask(&url, "/documents/42", Some(&token)).await.status().as_u16(), 200);
    program.kill().unwrap();
}

fn started(mut program: Command) -> std::process::Child {
    program.arg("--local").env("PORT", "0").stdout(Stdio::piped());
    program.spawn().unwrap()
}
