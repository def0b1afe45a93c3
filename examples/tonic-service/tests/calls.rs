//! The server over gRPC, on a local Authress that really decides; and the program as a process.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use authress::{AuthressClient, RetryPolicy};
use authress_local::AuthressLocal;
use tonic::transport::Channel;
use tonic::{Code, Request};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

/// How a call ends: with `Ok`, or with the code of its failure.
async fn call(url: &str, token: Option<&str>) -> Code {
    let channel = Channel::from_shared(url.to_owned()).unwrap().connect().await.unwrap();
    let mut request = Request::new(HealthCheckRequest::default());
    if let Some(token) = token {
        let bearer = format!("Bearer {token}").parse().unwrap();
        request.metadata_mut().insert("authorization", bearer);
    }
    let answer = HealthClient::new(channel).check(request).await;
    answer.map_or_else(|status| status.code(), |_| Code::Ok)
}

#[tokio::test]
async fn the_code_of_a_call_says_whether_its_caller_is_known_and_may_call() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "rpc/grpc.health.v1.Health/Check", ["call"]);
    let authress = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    let authress = authress.retry(RetryPolicy::none()).build().unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(tonic_service::serve(listener, authress));

    let alice = local.user_token("alice");
    assert_eq!(call(&url, Some(&alice)).await, Code::Ok);
    assert_eq!(call(&url, Some(&local.user_token("bob"))).await, Code::PermissionDenied);
    assert_eq!(call(&url, Some("nonsense")).await, Code::Unauthenticated);
    assert_eq!(
        call(&url, Some(&local.expired_user_token("alice"))).await,
        Code::Unauthenticated
    );
    assert_eq!(call(&url, None).await, Code::Unauthenticated);
    local.faults().on("authorizeUser").unwrap().status(503, 1).unwrap();
    assert_eq!(call(&url, Some(&alice)).await, Code::Unavailable);
}

#[tokio::test]
async fn the_program_starts_without_an_account() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tonic-service"));
    let mut program = program
        .arg("--local")
        .env("PORT", "0")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let mut after = |text: &str| {
        lines
            .find_map(|line| line.strip_prefix(text).map(str::to_owned))
            .unwrap()
    };
    let (token, url) = (after("export ALICE="), after("listening on "));
    let code = call(&url, Some(&token)).await;
    program.kill().unwrap();
    program.wait().unwrap();
    assert_eq!(code, Code::Ok);
}
