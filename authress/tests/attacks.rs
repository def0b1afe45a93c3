//! What an attacker, or a broken part of the program, cannot bring about.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod support;

use std::future::Future as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authress::bytes::Bytes;
use authress::{
    AccessChanged, AuthressClient, CallContext, Error, Secret, ServiceClientKey, ServiceClientTokenProvider,
    SignFuture, Signer, StaticToken, TokenProvider, TokenVerificationReason, TokenVerifier, TokenVerifierBuilder,
    Transport, TransportFuture, http,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use serde_json::json;
use support::{
    ACCOUNT, CLIENT, DOMAIN, Memory, NOW, OTHER, TestClock, access_key, answer, encode, jwk, token, user_token,
};
use tokio::sync::Semaphore;

fn builder(memory: &Memory) -> TokenVerifierBuilder {
    TokenVerifier::builder(DOMAIN)
        .clock(TestClock::at(NOW))
        .transport(memory.clone())
}

/// JSON that the library under the verifier would read as JSON within JSON, each level with a depth of its own.
fn within_itself(levels: usize) -> String {
    let mut json = "1".to_owned();
    for _ in 0..levels {
        let escaped = json.replace('\\', "\\u005c").replace('"', "\\u0022");
        let object = format!(r#"{{"$serde_json::private::RawValue":"{escaped}"}}"#);
        json = format!("{}{object}{}", "[".repeat(120), "]".repeat(120));
    }
    json
}

#[tokio::test]
async fn json_that_hides_depth_from_the_limit_is_refused_before_and_after_the_signature() {
    let hidden = within_itself(20);
    let object = format!(r#"{{"x":{hidden}}}"#);
    let payload = format!(r#"{{"iss":"{DOMAIN}","sub":"user-1","exp":{},"x":{hidden}}}"#, NOW + 60);
    let header = format!(r#"{{"alg":"EdDSA","kid":"k-account","x":{hidden}}}"#);
    let good_header = r#"{"alg":"EdDSA","kid":"k-account"}"#;
    let good_payload = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 60}).to_string();
    let memory = Memory::with_keys();
    let verifier = builder(&memory).build().unwrap();
    let client = AuthressClient::builder(DOMAIN).build().unwrap();
    for token in [
        format!("{}.{}.c2ln", encode(&object), encode("{}")),
        format!("{}.{}.c2ln", encode("{}"), encode(&object)),
        token(&header, &good_payload, ACCOUNT),
        token(good_header, &payload, ACCOUNT),
    ] {
        assert!(token.len() <= 16 * 1024, "{}", token.len());
        let error = verifier.verify(&token).await.unwrap_err();
        assert_eq!(error.reason(), TokenVerificationReason::Malformed);
        assert!(client.with_user_token(&token).is_err() && StaticToken::new(token).is_err());
    }
    assert_eq!(memory.count(), 0);
}

#[test]
fn a_message_that_hides_depth_from_the_limit_is_refused() {
    let hidden = within_itself(20);
    let event = format!(r#"{{"eventId":"e","changes":[],"x":{hidden}}}"#);
    for message in [
        hidden.clone(),
        event.clone(),
        format!(r#"{{"detail":{event}}}"#),
        json!({"message": {"data": STANDARD.encode(&event)}}).to_string(),
    ] {
        let error = AccessChanged::parse(&message).unwrap_err();
        assert_eq!(error.argument(), Some("message"), "{message}");
    }
}

#[tokio::test]
async fn members_that_only_the_library_takes_for_text_are_none() {
    let raw = |text: &str| format!(r#"{{"$serde_json::private::RawValue":"\"{text}\""}}"#);
    let verifier = builder(&Memory::with_keys()).build().unwrap();
    let claims = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 60}).to_string();
    let header = format!(r#"{{"alg":{},"kid":"k-account"}}"#, raw("EdDSA"));
    let error = verifier.verify(&token(&header, &claims, ACCOUNT)).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::Malformed);
    let claims = format!(r#"{{"iss":"{DOMAIN}","sub":{},"exp":{}}}"#, raw("user-1"), NOW + 60);
    let token = token(r#"{"alg":"EdDSA","kid":"k-account"}"#, &claims, ACCOUNT);
    let error = verifier.verify(&token).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::Malformed);
}

#[tokio::test]
async fn a_client_with_an_id_without_end_is_not_asked_for() {
    let memory = Memory::with_keys();
    let verifier = builder(&memory).build().unwrap();
    for (length, fetches) in [(256, 1), (257, 1)] {
        let id = "x".repeat(length);
        let claims = json!({"iss": format!("{DOMAIN}/v1/clients/{id}"), "sub": id, "exp": NOW + 60});
        let token = token(r#"{"alg":"EdDSA","kid":"k"}"#, &claims.to_string(), CLIENT);
        assert!(verifier.verify(&token).await.is_err());
        assert_eq!(memory.count(), fetches, "{length}");
    }
}

/// Answers once it is let through.
struct Held {
    open: Semaphore,
    clock: TestClock,
    /// What the time is set to when the answer goes out.
    then: u64,
}

impl Transport for Held {
    fn send(&self, _: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        Box::pin(async {
            self.open.acquire().await.map_err(Error::connect)?.forget();
            self.clock.set(self.then);
            Ok(answer(200, &json!({"keys": [jwk("k-account", ACCOUNT)]}).to_string()))
        })
    }
}

fn held(then: u64) -> (TestClock, TokenVerifier) {
    let clock = TestClock::at(NOW);
    let held = Held {
        open: Semaphore::new(1),
        clock: clock.clone(),
        then,
    };
    let verifier = TokenVerifier::builder(DOMAIN)
        .clock(clock.clone())
        .leeway(Duration::ZERO)
        .transport(held);
    (clock, verifier.build().unwrap())
}

#[tokio::test]
async fn keys_that_arrive_after_the_machine_slept_are_as_old_as_the_question() {
    let (_, verifier) = held(NOW + 86_400);
    let token = user_token(|claims| claims["exp"] = json!(NOW + 1_000_000));
    assert!(verifier.verify(&token).await.unwrap_err().is_unavailable());
    let (_, verifier) = held(NOW + 86_399);
    assert!(verifier.verify(&token).await.is_ok());
    assert_eq!(verifier.issuer_keys()[0].freshness(), authress::KeyFreshness::Stale);
}

#[tokio::test]
async fn a_token_that_expires_while_its_keys_are_waited_for_is_refused() {
    let (_, verifier) = held(NOW + 2);
    let token = user_token(|claims| claims["exp"] = json!(NOW + 2));
    let error = verifier.verify(&token).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::Expired);
}

/// A part of the program that has a bug.
struct Panics(AtomicUsize);

impl Transport for Panics {
    fn send(&self, _: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { panic!("a bug in a transport") })
    }
}

impl Signer for Panics {
    fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { panic!("a bug in a signer") })
    }
}

#[tokio::test]
async fn a_part_that_panics_ends_the_call_and_begins_a_pause() {
    let clock = TestClock::at(NOW);
    let transport = Arc::new(Panics(AtomicUsize::new(0)));
    let verifier = TokenVerifier::builder(DOMAIN)
        .clock(clock.clone())
        .transport(Arc::clone(&transport))
        .build()
        .unwrap();
    let signer = Arc::new(Panics(AtomicUsize::new(0)));
    let key = ServiceClientKey::new("sc_1", "k1", "acc_1").unwrap();
    let provider = ServiceClientTokenProvider::with_signer(key, Arc::clone(&signer))
        .clock(clock.clone())
        .build()
        .unwrap();
    for round in 1..4 {
        clock.set(NOW + 10 * round as u64);
        for _ in 0..10 {
            assert!(verifier.verify(&user_token(|_| {})).await.unwrap_err().is_unavailable());
            assert!(provider.token().await.is_err());
        }
        assert_eq!(signer.0.load(Ordering::SeqCst), round);
        assert_eq!(transport.0.load(Ordering::SeqCst), 2 * round - 1);
        // Who hydrates wants to know now.
        assert!(verifier.hydrate().await.unwrap_err().is_unavailable());
        assert_eq!(transport.0.load(Ordering::SeqCst), 2 * round);
    }
}

#[test]
fn a_call_in_a_runtime_that_has_ended_ends() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let handle = runtime.handle().clone();
    drop(runtime);
    let verifier = builder(&Memory::with_keys()).build().unwrap();
    let key = ServiceClientKey::new("sc_1", "k1", "acc_1").unwrap();
    let signer = Panics(AtomicUsize::new(0));
    let provider = ServiceClientTokenProvider::with_signer(key, signer)
        .clock(TestClock::at(NOW))
        .build()
        .unwrap();
    let _entered = handle.enter();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let token = user_token(|_| {});
    assert!(Box::pin(verifier.verify(&token)).as_mut().poll(&mut context).is_ready());
    assert!(Box::pin(provider.token()).as_mut().poll(&mut context).is_ready());
}

fn sent_token(memory: &Memory) -> Option<String> {
    let request = memory.last();
    let value = request.headers().get(AUTHORIZATION)?;
    Some(value.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_providers_token_goes_out_with_one_scheme_and_an_access_key_goes_nowhere() {
    let memory = Memory::answering(|_| Ok(answer(200, "")));
    let client = |token: String| {
        let provider = move || {
            let token = Secret::from(token.clone());
            async move { Ok(token) }
        };
        let builder = AuthressClient::builder(DOMAIN).transport(memory.clone());
        builder.token_provider(provider).build().unwrap()
    };
    let plain = user_token(|_| {});
    for written in [plain.clone(), format!("Bearer {plain}"), format!(" bearer  {plain}\n")] {
        let client = client(written);
        assert_eq!(client.client_token().await.unwrap().expose(), plain);
        client.is_authorized("u", "r", "p").await.unwrap();
        assert_eq!(sent_token(&memory).unwrap(), format!("Bearer {plain}"));
    }
    let sent = memory.count();
    // Base64 of `{ "privateKey":"p"}`, with other members before it as well as without.
    for key in [
        access_key(),
        format!("Bearer {}", access_key()),
        "eyAicHJpdmF0ZUtleSI6InAifQ==".to_owned(),
    ] {
        let client = client(key);
        assert!(client.client_token().await.is_err() && client.is_authorized("u", "r", "p").await.is_err());
    }
    for nonsense in ["", "a b", "a\r\nb"] {
        assert!(client(nonsense.to_owned()).is_authorized("u", "r", "p").await.is_err());
    }
    assert_eq!(memory.count(), sent);
}

#[tokio::test]
async fn a_provider_that_never_answers_holds_no_request_for_ever() {
    let memory = Memory::answering(|_| Ok(answer(200, "")));
    let client = AuthressClient::builder(DOMAIN)
        .transport(memory.clone())
        .clock(support::Hasty)
        .token_provider(std::future::pending::<Result<Secret, Error>>)
        .build()
        .unwrap();
    let error = client.is_authorized("u", "r", "p").await.unwrap_err();
    assert!(!error.was_sent() && !error.is_denied());
    assert!(client.client_token().await.is_err());
    assert_eq!(memory.count(), 0);
}

/// A signer that never answers.
struct Silent;

impl Signer for Silent {
    fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_signer_that_never_answers_holds_nobody_for_ever() {
    let key = ServiceClientKey::new("sc_1", "k1", "acc_1").unwrap();
    let provider = ServiceClientTokenProvider::with_signer(key, Silent)
        .domain(DOMAIN)
        .clock(support::Hasty);
    let provider = provider.build().unwrap();
    assert!(provider.token_with(&authress::TokenOverrides::new()).await.is_err());
    assert!(
        provider
            .user_login_url(format!("{DOMAIN}?client_id=sc_1&state=s"), "u")
            .await
            .is_err()
    );
    assert!(provider.token().await.is_err());
}

#[tokio::test]
async fn a_login_code_goes_to_no_other_scheme() {
    let provider = ServiceClientTokenProvider::builder(access_key().parse().unwrap())
        .domain(DOMAIN)
        .build()
        .unwrap();
    for url in [
        "blob:https://login.example.com/x",
        "evil://login.example.com/",
        "intent://login.example.com/",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///x",
        "about:blank",
        "ftp://login.example.com/",
        "wss://login.example.com/",
    ] {
        let request = || provider.user_login_url(format!("{url}?client_id=sc_1&state=s"), "u");
        for request in [request(), request().dangerous_trust_any_host()] {
            assert_eq!(
                request.await.unwrap_err().argument(),
                Some("authentication_url"),
                "{url}"
            );
        }
    }
}

#[test]
fn where_tokens_come_from_is_said_once_and_fits_the_client() {
    let key = || ServiceClientKey::new("sc_1", "k1", "acc_1").unwrap();
    let provider = |domain: Option<&str>| {
        let builder = ServiceClientTokenProvider::with_signer(key(), Silent);
        match domain {
            Some(domain) => builder.domain(domain).build().unwrap(),
            None => builder.build().unwrap(),
        }
    };
    let client = || AuthressClient::builder(DOMAIN);
    for (builder, argument) in [
        (client().access_key(access_key()).signer(key(), Silent), "signer"),
        (client().signer(key(), Silent).access_key(access_key()), "access_key"),
        (
            client().access_key(access_key()).service_client(provider(Some(DOMAIN))),
            "service_client",
        ),
        (
            client()
                .service_client(provider(Some(DOMAIN)))
                .token_provider(provider(None)),
            "token_provider",
        ),
        (client().service_client(provider(None)), "service_client"),
        (
            client().service_client(provider(Some("https://other.example.com"))),
            "service_client",
        ),
    ] {
        assert_eq!(builder.build().unwrap_err().argument(), Some(argument));
    }
    let own = AuthressClient::builder("https://acc_1.api-eu-west.authress.io");
    for builder in [
        client().service_client(provider(Some(DOMAIN))),
        client().service_client(provider(Some("https://LOGIN.example.com/"))),
        client().signer(key(), Silent),
        client().access_key("wrong").access_key(access_key()),
        own.service_client(provider(None)),
    ] {
        assert!(builder.build().is_ok());
    }
}

#[tokio::test]
async fn a_key_that_may_be_among_damaged_ones_is_kept_and_one_that_is_withdrawn_is_not() {
    for (second, is_good) in [
        (
            json!({"keys": [{"kid": "k-account", "kty": "OKP", "crv": "Ed25519", "x": "AA"}]}),
            true,
        ),
        (json!({"keys": [null, 7]}), true),
        (json!({"keys": [jwk("k-new", OTHER), null]}), false),
        (
            json!({"keys": [{"kid": "k-other", "kty": "EC", "crv": "P-256"}]}),
            false,
        ),
        (json!({"keys": []}), false),
    ] {
        let asked = AtomicUsize::new(0);
        let body = second.clone();
        let memory = Memory::answering(move |_| {
            let first = json!({"keys": [jwk("k-account", ACCOUNT)]});
            let is_first = asked.fetch_add(1, Ordering::SeqCst) == 0;
            Ok(answer(200, &if is_first { first } else { body.clone() }.to_string()))
        });
        let verifier = builder(&memory).build().unwrap();
        let good = user_token(|_| {});
        assert!(verifier.verify(&good).await.is_ok());
        let claims = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 60}).to_string();
        let bogus = token(r#"{"alg":"EdDSA","kid":"bogus"}"#, &claims, OTHER);
        assert!(verifier.verify(&bogus).await.is_err());
        assert_eq!(memory.count(), 2);
        assert_eq!(verifier.verify(&good).await.is_ok(), is_good, "{second}");
    }
}
