//! Calls of any path, and what is set for one call or for all of them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod support;

use authress::{AuthressClient, AuthressClientBuilder, Error};
use http::Method;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use serde_json::{Value, json};
use support::waits::{Never, Waits};
use support::{DOMAIN, Memory, access_key, answer};

fn builder(memory: &Memory) -> AuthressClientBuilder {
    let clock = Waits::shorter_than(std::time::Duration::from_secs(10));
    let builder = AuthressClient::builder(DOMAIN).clock(clock).jitter(Never);
    builder.access_key(access_key()).transport(memory.clone())
}

fn client(memory: &Memory) -> AuthressClient {
    builder(memory).build().unwrap()
}

fn always(status: u16, body: &'static str) -> Memory {
    Memory::answering(move |_| Ok(answer(status, body)))
}

#[tokio::test]
async fn a_path_that_somebody_would_read_otherwise_is_not_sent() {
    let memory = always(200, "");
    let client = client(&memory);
    for path in [
        "",
        "v1/a",
        "//evil.example.com/v1",
        "https://evil.example.com/v1",
        "@evil.example.com/",
        ":80@evil.example.com/",
        "/v1/../v2",
        "/v1/%2e%2E/v2",
        "/v1/.",
        "/v1//a",
        "/v1/a/",
        "/v1/a#b",
        "/v1/a\\b",
        "/v1/a b",
        "/v1/a\r\nhost: evil.example.com",
        "/v1/%",
        "/v1/%0",
        "/v1?a=%g0",
        "/v1?a=ü",
    ] {
        for method in [Method::GET, Method::POST] {
            let error = client.request(method, path).await.unwrap_err();
            assert_eq!(error.argument(), Some("path"), "{path:?}");
            assert!(!error.was_sent() && error.attempts().is_none());
        }
    }
    for method in [Method::CONNECT, Method::TRACE, Method::from_bytes(b"get").unwrap()] {
        let error = client.request(method, "/v1/a").await.unwrap_err();
        assert_eq!(error.argument(), Some("method"));
    }
    assert_eq!(memory.count(), 0);
}

#[tokio::test]
async fn query_body_header_and_token_arrive_as_they_were_given() {
    let memory = always(200, r#"{"a":1}"#);
    let client = client(&memory);
    let call = client.request(Method::POST, "/v1/a%2Fb?x=1").query("ü&=", "a/b c+%&#");
    let call = call.query("limit", 5).json(&json!({"name": "ü"}));
    let got: Value = call
        .header("X-Trace", "42")
        .user_token("Bearer eyJ.a.b")
        .decode()
        .await
        .unwrap();
    assert_eq!(got, json!({"a": 1}));
    let sent = memory.last();
    assert_eq!(
        memory.urls(),
        ["https://login.example.com/v1/a%2Fb?x=1&%C3%BC%26%3D=a%2Fb%20c%2B%25%26%23&limit=5"]
    );
    assert_eq!(
        (sent.method(), &sent.body()[..]),
        (&Method::POST, r#"{"name":"ü"}"#.as_bytes())
    );
    assert_eq!(sent.headers()[CONTENT_TYPE], "application/json");
    assert_eq!(sent.headers()["x-trace"], "42");
    assert_eq!(sent.headers()[AUTHORIZATION], "Bearer eyJ.a.b");
    assert_eq!(sent.headers().get_all(AUTHORIZATION).iter().count(), 1);

    client.request(Method::GET, "/v1/a").await.unwrap();
    let own = client.client_token().await.unwrap();
    assert_eq!(
        memory.last().headers()[AUTHORIZATION],
        format!("Bearer {}", own.expose())
    );
    assert!(memory.last().body().is_empty() && !memory.last().headers().contains_key(CONTENT_TYPE));
}

#[tokio::test]
async fn raw_calls_are_repeated_as_their_methods_allow() {
    for (method, of_503, of_lost) in [
        (Method::GET, 5, 5),
        (Method::HEAD, 5, 5),
        (Method::OPTIONS, 5, 5),
        (Method::PUT, 5, 5),
        (Method::DELETE, 5, 5),
        (Method::POST, 1, 1),
        (Method::PATCH, 1, 1),
    ] {
        let memory = always(503, "");
        let error = client(&memory).request(method.clone(), "/v1/a").await.unwrap_err();
        assert_eq!(
            (memory.count(), error.attempts()),
            (of_503, u32::try_from(of_503).ok()),
            "{method}"
        );
        let memory = Memory::answering(|_| Err(Error::interrupted(None, "reset")));
        let error = client(&memory).request(method.clone(), "/v1/a").await.unwrap_err();
        assert_eq!(
            (memory.count(), error.attempts()),
            (of_lost, u32::try_from(of_lost).ok()),
            "{method}"
        );
        let memory = Memory::answering(|_| Err(Error::connect("refused")));
        client(&memory).request(method.clone(), "/v1/a").await.unwrap_err();
        assert_eq!(memory.count(), 5, "{method}");
    }
}

#[tokio::test]
async fn what_a_raw_call_cannot_read_is_no_success() {
    let memory = always(200, "<html>");
    let error = client(&memory)
        .request(Method::GET, "/v1/a")
        .decode::<Value>()
        .await
        .unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (200, Some(1)));
    let memory = always(404, "");
    let path = "/v1/users/u/resources/r/permissions/p";
    let error = client(&memory).request(Method::GET, path).await.unwrap_err();
    // Only the check itself can be denied.
    assert!(error.is_not_found() && !error.is_denied());
}

#[tokio::test]
async fn headers_that_the_client_sets_are_refused_for_one_call_and_for_all() {
    let memory = always(200, "{}");
    for name in [
        "Authorization",
        "Connection",
        "Content-Length",
        "Content-Type",
        "Host",
        "Proxy-Authorization",
        "TE",
        "Transfer-Encoding",
        "Upgrade",
        "User-Agent",
        "",
        "a b",
    ] {
        let client = client(&memory);
        let error = client.api().get_roles().header(name, "x").await.unwrap_err();
        assert_eq!((error.argument(), error.was_sent()), (Some("header"), false), "{name}");
        let error = client
            .request(Method::GET, "/v1/a")
            .header(name, "x")
            .await
            .unwrap_err();
        assert_eq!(error.argument(), Some("header"), "{name}");
        let error = builder(&memory).default_header(name, "x").build().unwrap_err();
        assert_eq!(error.argument(), Some("default_header"), "{name}");
    }
    let error = builder(&memory)
        .default_header("accept", "text/html")
        .build()
        .unwrap_err();
    assert_eq!(error.argument(), Some("default_header"));
    for value in ["a\r\nb", &access_key()] {
        let error = client(&memory)
            .request(Method::GET, "/v1/a")
            .header("x-a", value)
            .await
            .unwrap_err();
        assert_eq!(error.argument(), Some("header"));
        assert!(!format!("{error:?}").contains("MC4C"));
        let error = builder(&memory).default_header("x-a", value).build().unwrap_err();
        assert!(!format!("{error:?}").contains("MC4C"));
    }
    for token in ["", "a b", "Bearer ", &access_key()] {
        let error = client(&memory)
            .request(Method::GET, "/v1/a")
            .user_token(token)
            .await
            .unwrap_err();
        assert_eq!(error.argument(), Some("user_token"), "{token:?}");
    }
    assert_eq!(memory.count(), 0);
}

#[tokio::test]
async fn headers_of_all_calls_give_way_to_those_of_one() {
    let memory = always(200, "{}");
    let client = builder(&memory)
        .default_header("X-Team", "a")
        .default_header("x-b", "b");
    let client = client.user_agent_suffix("shop/1.2").build().unwrap();
    client.request(Method::GET, "/v1/a").await.unwrap();
    assert_eq!(memory.last().headers()["x-team"], "a");
    client
        .request(Method::GET, "/v1/a")
        .header("x-team", "c")
        .await
        .unwrap();
    let sent = memory.last();
    let teams: Vec<_> = sent.headers().get_all("x-team").iter().collect();
    assert_eq!(teams, ["c"]);
    assert_eq!(sent.headers()["x-b"], "b");
    let agent = sent.headers()[USER_AGENT].to_str().unwrap();
    assert!(
        agent.starts_with("Authress SDK; Rust; ") && agent.ends_with("; shop/1.2"),
        "{agent}"
    );
    client
        .request(Method::GET, "/v1/a")
        .header("accept", "text/csv")
        .await
        .unwrap();
    assert_eq!(memory.last().headers()[ACCEPT], "text/csv");
}
