//! What a client sends, as whom, and what it makes of the answers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of tests may, as tests may"
)]

mod support;

use std::future::Future as _;
use std::task::{Context, Poll, Waker};

use authress::models::Role;
use authress::requests::Login;
use authress::{AuthressClient, AuthressClientBuilder, Error, Request, RetryPolicy, TokenVerifier};
use http::header::{AUTHORIZATION, USER_AGENT};
use serde_json::json;
use support::{CLIENT, DOMAIN, Memory, NOW, TestClock, access_key, answer, encode, token, user_token};

fn builder(memory: &Memory) -> AuthressClientBuilder {
    AuthressClient::builder(DOMAIN)
        .clock(TestClock::at(NOW))
        .transport(memory.clone())
        // What is sent again, and when, is in `retries`.
        .retry(RetryPolicy::none())
}

fn client(memory: &Memory) -> AuthressClient {
    builder(memory).access_key(access_key()).build().unwrap()
}

fn always(status: u16) -> Memory {
    Memory::answering(move |_| Ok(answer(status, "")))
}

fn sent_token(memory: &Memory) -> Option<String> {
    let request = memory.last();
    let value = request.headers().get(AUTHORIZATION)?;
    assert!(value.is_sensitive());
    Some(value.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn only_200_is_a_yes_and_only_404_is_a_no() {
    for status in 200..600 {
        let memory = always(status);
        let client = client(&memory);
        let answered = client.is_authorized("user-1", "documents/42", "read").await;
        match status {
            200 => assert!(answered.unwrap()),
            404 => assert!(!answered.unwrap()),
            _ => {
                let error = answered.unwrap_err();
                assert!(!error.is_denied(), "{status}");
                assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
                assert_eq!(error.operation().map(|operation| operation.id), Some("authorizeUser"));
            }
        }
        let answered = client.authorize_user("user-1", "documents/42", "read").await;
        assert_eq!(answered.is_ok(), status == 200, "{status}");
        assert_eq!(
            answered.is_err_and(|error| error.is_denied()),
            status == 404,
            "{status}"
        );
        assert_eq!(memory.count(), 2);
    }
}

#[tokio::test]
async fn the_kinds_of_could_not_ask_are_told_apart() {
    let fails = |status| async move { client(&always(status)).is_authorized("u", "r", "p").await.unwrap_err() };
    assert!(fails(401).await.is_unauthenticated());
    assert!(fails(402).await.is_plan_limit());
    assert!(fails(403).await.is_not_permitted_to_ask());
    assert!(fails(429).await.is_rate_limited());
}

#[tokio::test]
async fn a_failure_to_ask_is_neither_yes_nor_no() {
    let failures: [fn() -> Error; 3] = [
        || Error::connect("refused"),
        || Error::timeout(None, "late"),
        || Error::interrupted(None, "reset"),
    ];
    for failure in failures {
        let memory = Memory::answering(move |_| Err(failure()));
        let error = client(&memory).is_authorized("u", "r", "p").await.unwrap_err();
        assert!(!error.is_denied());
    }
}

#[tokio::test]
async fn a_question_that_would_be_another_one_is_not_sent() {
    let memory = always(200);
    for (user, resource, permission) in [("", "r", "p"), ("u", "..", "p"), ("u", "r", ".")] {
        let error = client(&memory)
            .is_authorized(user, resource, permission)
            .await
            .unwrap_err();
        assert!(error.is_invalid_argument() && !error.was_sent());
    }
    assert_eq!(memory.count(), 0);
}

#[tokio::test]
async fn the_service_clients_token_goes_with_operations_that_want_one() {
    let memory = always(200);
    let client = client(&memory);
    client
        .user_permissions()
        .authorize_user("user|1", "documents/42", "read")
        .await
        .unwrap();
    assert_eq!(
        memory.urls(),
        ["https://login.example.com/v1/users/user%7C1/resources/documents%2F42/permissions/read"]
    );
    let token = client.client_token().await.unwrap();
    assert_eq!(sent_token(&memory).unwrap(), format!("Bearer {}", token.expose()));
    let secret = memory
        .last()
        .headers()
        .iter()
        .any(|(_, value)| format!("{value:?}").contains("eyJ"));
    assert!(!secret, "a header shows the token");
}

#[tokio::test]
async fn operations_without_authentication_get_no_token() {
    let memory = always(200);
    let client = client(&memory);
    let _ = client.api().get_roles().await;
    assert!(sent_token(&memory).is_some());
    assert!(!Login::OPERATION.authenticated);
    let _ = client.api().login("ext", "challenge", "https://a.example").await;
    assert_eq!((memory.count(), sent_token(&memory)), (2, None));
}

fn json_body<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[tokio::test]
async fn the_raw_access_key_is_never_sent() {
    let memory = Memory::with_keys();
    let client = client(&memory);
    let _ = client.is_authorized("u", "r", "p").await;
    let _ = client.verify_token(&access_key()).await;
    let _ = client.with_user_token(&access_key());
    assert_eq!(memory.count(), 1);
    let request = memory.last();
    let whole = format!("{:?} {:?} {:?}", request.uri(), sent_token(&memory), request.body());
    assert!(!whole.contains("MC4C") && !whole.contains(CLIENT.private));
}

#[tokio::test]
async fn a_client_without_a_key_sends_no_token_and_makes_none() {
    let memory = always(401);
    let client = builder(&memory).build().unwrap();
    assert!(
        client
            .is_authorized("u", "r", "p")
            .await
            .unwrap_err()
            .is_unauthenticated()
    );
    assert_eq!(sent_token(&memory), None);
    assert_eq!(client.client_token().await.unwrap_err().argument(), Some("access_key"));
}

#[tokio::test]
async fn a_clone_with_a_users_token_asks_as_that_user_and_the_client_stays_itself() {
    let memory = always(200);
    let client = client(&memory);
    let user_token = user_token(|claims| claims["sub"] = json!("user|7"));
    let as_user = client.with_user_token(&format!("Bearer {user_token}")).unwrap();
    as_user.authorize("documents/42", "read").await.unwrap();
    assert_eq!(
        memory.urls(),
        ["https://login.example.com/v1/users/user%7C7/resources/documents%2F42/permissions/read"]
    );
    assert_eq!(sent_token(&memory).unwrap(), format!("Bearer {user_token}"));

    let _ = client
        .roles()
        .create_role(json_body::<Role>(
            json!({"roleId": "r", "name": "R", "permissions": []}),
        ))
        .await;
    let service_token = client.client_token().await.unwrap();
    assert_eq!(
        sent_token(&memory).unwrap(),
        format!("Bearer {}", service_token.expose())
    );
}

#[tokio::test]
async fn a_client_without_a_users_token_does_not_guess_the_user() {
    let memory = always(200);
    let error = client(&memory).authorize("documents/42", "read").await.unwrap_err();
    assert_eq!(error.argument(), Some("token"));
    assert_eq!(memory.count(), 0);
}

#[test]
fn what_is_not_a_users_token_is_refused_without_being_shown() {
    let client = client(&always(200));
    let header = encode(r#"{"alg":"RS256","kid":"k"}"#);
    for (token, words) in [
        (access_key(), "access key"),
        (format!("Bearer {}", access_key()), "access key"),
        (encode(r#"{"keyId":"k","privateKey":"hush"}"#), "access key"),
        (String::new(), "not a well-formed"),
        ("Bearer ".to_owned(), "not a well-formed"),
        ("hush".to_owned(), "not a well-formed"),
        ("hush.hush.hush".to_owned(), "not a well-formed"),
        (format!("{header}.{}.c2ln", encode("[]")), "not a well-formed"),
        (format!("{header}.{}.c2ln", encode("{}")), "whose it is"),
        (format!("{header}.{}.c2ln", encode(r#"{"sub":""}"#)), "whose it is"),
        (format!("{header}.{}.c2ln", encode(r#"{"sub":7}"#)), "whose it is"),
    ] {
        let error = client.with_user_token(&token).unwrap_err();
        assert_eq!(error.argument(), Some("token"), "{token}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(words), "{shown}");
        for secret in ["hush", "MC4C", "eyJ", "KuU4"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn a_users_token_of_any_algorithm_is_passed_on_for_the_service_to_verify() {
    let client = client(&always(200));
    let header = encode(r#"{"alg":"RS256","kid":"k"}"#);
    assert!(
        client
            .with_user_token(&format!("{header}.{}.c2ln", encode(r#"{"sub":"u"}"#)))
            .is_ok()
    );
}

#[tokio::test]
async fn a_client_verifies_its_own_token() {
    let memory = Memory::with_keys();
    let client = client(&memory);
    let token = client.client_token().await.unwrap();
    let identity = client.verify_token(token.expose()).await.unwrap();
    assert_eq!(identity.service_client_id(), Some("sc_1"));
    assert_eq!(identity.audiences(), ["acc_1.accounts.authress.io"]);
    assert_eq!(memory.last().headers().get(AUTHORIZATION), None);
}

#[tokio::test]
async fn a_verifier_of_ones_own_is_used() {
    let memory = Memory::with_keys();
    let verifier = TokenVerifier::builder(DOMAIN)
        .audience("another")
        .clock(TestClock::at(NOW))
        .transport(memory.clone())
        .build()
        .unwrap();
    let client = builder(&memory).token_verifier(verifier).build().unwrap();
    let error = client.verify_token(&user_token(|_| {})).await.unwrap_err();
    assert_eq!(error.reason(), authress::TokenVerificationReason::WrongAudience);
}

#[tokio::test]
async fn the_user_agent_names_the_sdk_and_the_program() {
    let sdk = format!("Authress SDK; Rust; {}", env!("CARGO_PKG_VERSION"));
    for (suffix, expected) in [(None, sdk.clone()), (Some(" shop/1.2 "), format!("{sdk}; shop/1.2"))] {
        let memory = always(200);
        let mut builder = builder(&memory);
        if let Some(suffix) = suffix {
            builder = builder.user_agent_suffix(suffix);
        }
        let _ = builder.build().unwrap().is_authorized("u", "r", "p").await;
        assert_eq!(memory.last().headers()[USER_AGENT], expected);
    }
}

#[test]
fn settings_that_cannot_be_used_are_refused_by_name_and_without_the_secret() {
    let jwt = token("{}", "{}", CLIENT);
    let new = AuthressClient::builder;
    for (builder, expected) in [
        (new(""), "base_url"),
        (new("http://login.example.com"), "base_url"),
        (new("https://user:hush@login.example.com"), "base_url"),
        (new(DOMAIN).access_key(""), "access_key"),
        (
            new(DOMAIN).access_key(format!("k.acc_1.{}", CLIENT.private)),
            "access_key",
        ),
        (new(DOMAIN).access_key(jwt), "access_key"),
        (new(DOMAIN).user_agent_suffix(" "), "user_agent_suffix"),
        (new(DOMAIN).user_agent_suffix("a\r\nb"), "user_agent_suffix"),
        (new(DOMAIN).user_agent_suffix("ü"), "user_agent_suffix"),
    ] {
        let shown_before = format!("{builder:?}");
        let error = builder.build().unwrap_err();
        assert_eq!(error.argument(), Some(expected));
        let shown = format!("{error} {error:?} {shown_before}");
        for secret in ["MC4C", "KuU4", "eyJ", "hush"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn debug_of_a_client_shows_no_secret() {
    let client = client(&always(200)).with_user_token(&user_token(|_| {})).unwrap();
    let shown = format!("{client:?} {client:#?} {:?}", client.user_permissions());
    assert!(shown.contains("login.example.com") && shown.contains("sc_1") && shown.contains("user-1"));
    for secret in ["MC4C", "KuU4", "eyJ"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn clients_verifiers_and_their_futures_cross_threads() {
    fn crosses<T: Send>(value: T) -> T {
        value
    }
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<AuthressClient>();
    shared::<TokenVerifier>();
    shared::<authress::Identity>();
    shared::<authress::TokenVerificationError>();
    let client = client(&always(200));
    drop(crosses(client.is_authorized("u", "r", "p")));
    drop(crosses(client.authorize("r", "p")));
    drop(crosses(client.authorize_user("u", "r", "p")));
    drop(crosses(client.verify_token("t")));
    drop(crosses(client.client_token()));
}

#[test]
fn outside_of_a_runtime_a_call_fails_and_does_not_panic() {
    let client = AuthressClient::builder("http://127.0.0.1:1").build().unwrap();
    let mut call = std::pin::pin!(client.is_authorized("u", "r", "p"));
    let polled = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(Err(error)) = polled else {
        panic!("{polled:?}")
    };
    assert_eq!(error.argument(), Some("runtime"));
    assert!(!error.was_sent());
}
