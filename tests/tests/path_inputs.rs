//! Path parameters on the wire: either the request line asks exactly what was meant, or nothing is sent.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use authress_api::Error;
use tests::RawServer;

/// Each input as it is given, and as it must stand in the request line; `None` when it must be refused.
const INPUTS: [(&str, Option<&str>); 16] = [
    ("/", Some("%2F")),
    ("%", Some("%25")),
    ("|", Some("%7C")),
    ("\\", Some("%5C")),
    ("*", Some("%2A")),
    (":", Some("%3A")),
    (" ", Some("%20")),
    ("+", Some("%2B")),
    ("ü日", Some("%C3%BC%E6%97%A5")),
    ("..", None),
    (".", None),
    ("", None),
    ("%2e%2e", Some("%252e%252e")),
    ("a/../b", Some("a%2F..%2Fb")),
    ("?", Some("%3F")),
    ("#", Some("%23")),
];

const ALLOWED: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// The three path parameters of an authorization check.
const ARGUMENTS: [&str; 3] = ["user_id", "resource_uri", "permission"];

/// Asks with each input in each place and compares what arrives.
async fn every_input_in_every_place<C>(
    prefix: &str,
    ask: impl AsyncFn(&C, [&str; 3]) -> Result<(), Error>,
    client: impl Fn(&str) -> C,
) {
    for (input, encoded) in INPUTS {
        for (place, argument) in ARGUMENTS.iter().enumerate() {
            let server = RawServer::answering(ALLOWED).await.unwrap();
            let client = client(&format!("{}{prefix}", server.url()));
            let mut asked = ["u", "r", "p"];
            asked[place] = input;
            let answer = ask(&client, asked).await;
            let Some(encoded) = encoded else {
                let error = answer.unwrap_err();
                assert_eq!(error.argument(), Some(*argument), "{input:?}");
                assert!(
                    !error.was_sent() && server.heads().is_empty(),
                    "{input:?} as {argument} was sent"
                );
                continue;
            };
            answer.unwrap();
            asked[place] = encoded;
            let [user, resource, permission] = asked;
            assert_eq!(
                server.request_lines(),
                [format!(
                    "GET {prefix}/v1/users/{user}/resources/{resource}/permissions/{permission} HTTP/1.1"
                )],
                "{input:?} as {argument}"
            );
        }
    }
}

#[tokio::test]
async fn the_raw_client_asks_exactly_that_or_refuses() {
    let ask = async |client: &authress_api::Client, [user, resource, permission]: [&str; 3]| {
        client.authorize_user(user, resource, permission).await
    };
    every_input_in_every_place("", ask, |url| authress_api::Client::new(url).unwrap()).await;
}

#[tokio::test]
async fn the_raw_client_asks_exactly_that_below_a_path_prefix() {
    let ask = async |client: &authress_api::Client, [user, resource, permission]: [&str; 3]| {
        client.authorize_user(user, resource, permission).await
    };
    every_input_in_every_place("/gateway", ask, |url| authress_api::Client::new(url).unwrap()).await;
}

#[tokio::test]
async fn the_facade_asks_exactly_that_or_refuses() {
    let ask = async |client: &authress::AuthressClient, [user, resource, permission]: [&str; 3]| {
        client
            .user_permissions()
            .authorize_user(user, resource, permission)
            .await
    };
    every_input_in_every_place("", ask, |url| authress::AuthressClient::builder(url).build().unwrap()).await;
}

#[tokio::test]
async fn a_refused_input_is_never_a_denial() {
    let server = RawServer::answering(ALLOWED).await.unwrap();
    let client = authress::AuthressClient::builder(server.url()).build().unwrap();
    for input in ["", ".", ".."] {
        let error = client.is_authorized("u", input, "p").await.unwrap_err();
        assert!(error.is_invalid_argument() && !error.is_denied());
    }
}
