//! Keys over HTTP with the transport that is used when none is given.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use authress::{AuthressClient, TokenVerificationReason};
use serde_json::json;
use support::{ACCOUNT, NOW, TestClock, jwk, user_token};

/// A server that gives one connection after another this answer, and tells the heads of the requests.
fn server(answer: String) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (heads, asked) = channel();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && connection.read(&mut byte).unwrap() == 1 {
                head.extend(byte);
            }
            heads.send(String::from_utf8(head).unwrap()).unwrap();
            // A client that has seen enough closes early.
            let _ = connection.write_all(answer.as_bytes());
        }
    });
    (url, asked)
}

fn with_body(head: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn verified(url: &str) -> Result<(), TokenVerificationReason> {
    let client = AuthressClient::builder(url).clock(TestClock::at(NOW)).build().unwrap();
    let token = user_token(|claims| claims["iss"] = json!(url));
    client
        .verify_token(&token)
        .await
        .map(drop)
        .map_err(|error| error.reason())
}

#[tokio::test]
async fn keys_are_fetched_over_http_with_neither_token_nor_query() {
    let keys = json!({"keys": [jwk("k-account", ACCOUNT)]}).to_string();
    let (url, asked) = server(with_body("200 OK", &keys));
    assert_eq!(verified(&url).await, Ok(()));
    let head = asked.recv().unwrap().to_ascii_lowercase();
    assert!(
        head.starts_with("get /.well-known/openid-configuration/jwks http/1.1\r\n"),
        "{head}"
    );
    assert!(!head.contains("authorization") && !head.contains("eyj"), "{head}");
}

#[tokio::test]
async fn a_redirect_to_keys_is_not_followed() {
    let keys = json!({"keys": [jwk("k-account", ACCOUNT)]}).to_string();
    let (elsewhere, asked_elsewhere) = server(with_body("200 OK", &keys));
    let (url, asked) = server(with_body(&format!("302 Found\r\nlocation: {elsewhere}/"), ""));
    assert_eq!(verified(&url).await, Err(TokenVerificationReason::KeysUnavailable));
    assert!(asked.recv().is_ok());
    assert!(asked_elsewhere.try_recv().is_err());
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_read_to_its_end() {
    const MOST: usize = 32 * 1024 * 1024;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {MOST}\r\n\r\n");
        connection.write_all(head.as_bytes()).unwrap();
        // Until the client has seen enough.
        let written = (0..MOST / 4_096).take_while(|_| connection.write_all(&[b' '; 4_096]).is_ok());
        written.count() * 4_096
    });
    assert_eq!(verified(&url).await, Err(TokenVerificationReason::KeysUnavailable));
    // Beside the 256 KiB that are read, what stands in the buffers of the connection.
    let written = server.join().unwrap();
    assert!(written < MOST / 4, "{written}");
}
