//! The server over gRPC, on a local Authress that really decides; and the program as a process.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use authress::middleware::RequirePermission;
use authress::{AuthressClient, RetryPolicy};
use authress_local::AuthressLocal;
use tokio::net::TcpListener;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Server};
use tonic::{Code, Request, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::health_server::HealthServer;
use tonic_health::server::{HealthReporter, HealthService};

async fn health(url: &str) -> HealthClient<Channel> {
    HealthClient::new(Channel::from_shared(url.to_owned()).unwrap().connect().await.unwrap())
}

/// A request with a header for each of the tokens.
fn with(tokens: &[&str]) -> Request<HealthCheckRequest> {
    let mut request = Request::new(HealthCheckRequest::default());
    for token in tokens {
        let bearer = format!("Bearer {token}").parse().unwrap();
        request.metadata_mut().append("authorization", bearer);
    }
    request
}

fn code<T>(answer: Result<T, Status>) -> Code {
    answer.map_or_else(|status| status.code(), |_| Code::Ok)
}

/// How a call ends: with `Ok`, or with the code of its failure.
async fn check(url: &str, tokens: &[&str]) -> Code {
    code(health(url).await.check(with(tokens)).await)
}

/// How a stream begins: with a first message, or with the code of its failure.
async fn watch(url: &str, tokens: &[&str]) -> Code {
    match health(url).await.watch(with(tokens)).await {
        Ok(answer) => code(answer.into_inner().message().await),
        Err(status) => status.code(),
    }
}

fn client(local: &AuthressLocal) -> AuthressClient {
    let builder = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    builder.retry(RetryPolicy::none()).build().unwrap()
}

/// A port that is free, and its URL.
async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// The URL of a server for `local`.
async fn serve(local: &AuthressLocal) -> String {
    let (listener, url) = listener().await;
    tokio::spawn(tonic_service::serve(listener, client(local)));
    url
}

#[tokio::test]
async fn the_code_of_a_call_says_whether_its_caller_is_known_and_may_call() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "rpc/grpc.health.v1.Health/Check", ["call"]);
    let url = serve(&local).await;

    let (alice, bob) = (local.user_token("alice"), local.user_token("bob"));
    assert_eq!(check(&url, &[&alice]).await, Code::Ok);
    assert_eq!(check(&url, &[&bob]).await, Code::PermissionDenied);
    for tokens in [&[][..], &["nonsense"], &[&local.expired_user_token("alice")]] {
        assert_eq!(check(&url, tokens).await, Code::Unauthenticated);
    }
    // Whose call is this?
    assert_eq!(check(&url, &[&alice, &bob]).await, Code::Internal);
}

#[tokio::test]
async fn each_method_is_asked_about_by_its_own_path_and_streams_as_well() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "rpc/grpc.health.v1.Health/Check", ["call"]);
    local.grant("bob", "rpc/grpc.health.v1.Health", ["call"]);
    let url = serve(&local).await;

    let (alice, bob) = (local.user_token("alice"), local.user_token("bob"));
    assert_eq!(check(&url, &[&alice]).await, Code::Ok);
    assert_eq!(watch(&url, &[&alice]).await, Code::PermissionDenied);
    assert_eq!(watch(&url, &[]).await, Code::Unauthenticated);
    // What is given on a service holds for its methods.
    assert_eq!(watch(&url, &[&bob]).await, Code::Ok);
    assert_eq!(check(&url, &[&bob]).await, Code::Ok);
}

#[tokio::test]
async fn in_an_outage_nobody_is_let_through_and_nobody_is_called_denied() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "rpc/grpc.health.v1.Health", ["call"]);
    let (url, later) = (serve(&local).await, serve(&local).await);

    let (alice, bob) = (local.user_token("alice"), local.user_token("bob"));
    assert_eq!(check(&url, &[&alice]).await, Code::Ok);
    // The service overloaded; and an answer that is no answer to the question.
    for status in [503, 402] {
        local.faults().on("authorizeUser").unwrap().status(status, 1).unwrap();
        assert_eq!(check(&url, &[&alice]).await, Code::Unavailable, "{status}");
    }
    local.stop().await;
    for token in [&alice, &bob] {
        assert_eq!(check(&url, &[token]).await, Code::Unavailable);
        assert_eq!(watch(&url, &[token]).await, Code::Unavailable);
        // A server that has never had the keys cannot tell whose token it is.
        assert_eq!(check(&later, &[token]).await, Code::Unavailable);
    }
    assert_eq!(check(&url, &["nonsense"]).await, Code::Unauthenticated);
}

#[tokio::test]
async fn a_hidden_denial_looks_like_a_method_that_is_not_there() {
    let local = AuthressLocal::start().await.unwrap();
    let hidden = RequirePermission::builder(&client(&local), "rpc/{service}/{method}", "call")
        .route("/{service}/{method}")
        .hide_denied()
        .build()
        .unwrap();
    let (listener, url) = listener().await;
    let health = HealthService::from_health_reporter(HealthReporter::new());
    let server = Server::builder().layer(hidden).add_service(HealthServer::new(health));
    tokio::spawn(server.serve_with_incoming(TcpIncoming::from(listener)));

    assert_eq!(check(&url, &[&local.user_token("alice")]).await, Code::Unimplemented);
}

/// The program as a process, and what it prints.
struct Program(Child, Lines<BufReader<ChildStdout>>);

impl Program {
    fn start() -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_tonic-service"));
        let program = program.arg("--local").env("PORT", "0").stdout(Stdio::piped());
        let mut program = program.spawn().unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines();
        Self(program, lines)
    }

    /// The rest of the next line that begins with `text`.
    fn after(&mut self, text: &str) -> String {
        let mut lines = self.1.by_ref().map(Result::unwrap);
        lines
            .find_map(|line| line.strip_prefix(text).map(str::to_owned))
            .unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn the_program_starts_without_an_account_and_its_methods_know_who_calls() {
    let mut program = Program::start();
    let (token, url) = (program.after("export ALICE="), program.after("listening on "));
    assert_eq!(check(&url, &["nonsense"]).await, Code::Unauthenticated);
    assert_eq!(check(&url, &[&token]).await, Code::Ok);
    // What it has printed is all that there will be, so that nothing is waited for.
    program.0.kill().unwrap();
    let calls: Vec<String> = program.1.by_ref().map(Result::unwrap).collect();
    assert_eq!(calls, ["alice calls rpc/grpc.health.v1.Health/Check"]);
}
