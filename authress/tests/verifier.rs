//! What a verifier accepts and refuses, seen from outside: whole tokens with real signatures, keys fetched from memory.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may, as tests may")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use authress::TokenVerificationReason::{self, *};
use authress::{Error, TokenVerifier, TokenVerifierBuilder};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};
use support::{
    ACCOUNT, CLIENT, DOMAIN, Memory, NOW, OTHER, TestClock, access_key, answer, encode, jwk, token, user_token,
};

const HEADER: &str = r#"{"alg":"EdDSA","kid":"k-account","typ":"at+jwt"}"#;

fn builder(memory: &Memory) -> TokenVerifierBuilder {
    TokenVerifier::builder(DOMAIN)
        .clock(TestClock::at(NOW))
        .transport(memory.clone())
}

fn verifier(memory: &Memory) -> TokenVerifier {
    builder(memory).build().unwrap()
}

async fn reason(verifier: &TokenVerifier, token: &str) -> TokenVerificationReason {
    verifier.verify(token).await.unwrap_err().reason()
}

/// A token of `sc_1` with this header, issuer and subject, signed with `sc_1`'s key.
fn client_token(issuer: &str, subject: &str) -> String {
    let claims = json!({"aud": "acc_1.accounts.authress.io", "iss": issuer, "sub": subject, "client_id": "sc_1", "iat": NOW, "exp": NOW + 86_400});
    token(
        r#"{"alg":"EdDSA","kid":"k-client","typ":"at+jwt"}"#,
        &claims.to_string(),
        CLIENT,
    )
}

#[tokio::test]
async fn a_users_token_becomes_an_identity() {
    #[derive(serde::Deserialize)]
    struct Own {
        custom: Value,
    }

    let memory = Memory::with_keys();
    let token = user_token(|claims| claims["custom"] = json!({"a": [1]}));
    let identity = verifier(&memory).verify(&format!("bearer  {token}\n")).await.unwrap();
    assert_eq!(identity.user_id(), "user-1");
    assert_eq!(identity.issuer(), DOMAIN);
    assert!(!identity.is_service_client() && identity.service_client_id().is_none());
    assert_eq!(identity.audiences(), ["app"]);
    assert_eq!(identity.scopes(), ["openid"]);
    assert_eq!(identity.expires_at(), UNIX_EPOCH + Duration::from_secs(NOW + 3_600));
    assert_eq!(identity.issued_at(), Some(UNIX_EPOCH + Duration::from_secs(NOW)));
    assert_eq!(identity.claims()["custom"], json!({"a": [1]}));

    assert_eq!(identity.claims_as::<Own>().unwrap().custom, json!({"a": [1]}));
    assert!(identity.claims_as::<Vec<u8>>().is_err());
    assert_eq!(
        memory.urls(),
        ["https://login.example.com/.well-known/openid-configuration/jwks"]
    );
}

#[tokio::test]
async fn a_service_clients_token_names_the_client() {
    let memory = Memory::with_keys();
    let token = client_token("https://login.example.com/v1/clients/sc_1", "sc_1");
    let identity = verifier(&memory).verify(&token).await.unwrap();
    assert!(identity.is_service_client());
    assert_eq!(
        (identity.user_id(), identity.service_client_id()),
        ("sc_1", Some("sc_1"))
    );
    assert_eq!(
        memory.urls(),
        ["https://login.example.com/v1/clients/sc_1/.well-known/openid-configuration/jwks"]
    );
}

#[tokio::test]
async fn tokens_of_other_sdks_are_accepted() {
    for (header, claims) in [
        (
            r#"{"alg":"EdDSA","kid":"k-account","typ":"JWT"}"#,
            json!({"scopes": ["openid"], "nbf": NOW - 600}),
        ),
        (
            r#"{"typ":"JWT","alg":"EdDSA","kid":"k-account"}"#,
            json!({"scopes": "openid"}),
        ),
        (r#"{"kid":"k-account","alg":"EdDSA"}"#, json!({"scope": "openid"})),
    ] {
        let mut all = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 60});
        all.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
        let token = token(header, &all.to_string(), ACCOUNT);
        let identity = verifier(&Memory::with_keys()).verify(&token).await.unwrap();
        assert_eq!(identity.scopes(), ["openid"], "{all}");
    }
}

#[tokio::test]
async fn no_request_for_keys_carries_a_token() {
    let memory = Memory::with_keys();
    verifier(&memory).verify(&user_token(|_| {})).await.unwrap();
    let request = memory.last();
    assert_eq!((request.method(), request.uri().query()), (&http::Method::GET, None));
    assert!(request.body().is_empty());
    let names: Vec<&str> = request.headers().keys().map(http::HeaderName::as_str).collect();
    assert_eq!(names, ["accept"]);
}

/// The holder of a service client's key tries to be somebody else.
#[tokio::test]
async fn a_service_clients_key_acts_as_nobody_else() {
    for (issuer, subject, expected) in [
        ("https://login.example.com/v1/clients/sc_1", "user-1", SubjectMismatch),
        ("https://login.example.com/v1/clients/sc_1", "sc_2", SubjectMismatch),
        ("https://login.example.com/v1/clients/sc_2", "sc_2", UnknownKey),
        ("https://login.example.com", "user-1", UnknownKey),
        ("https://login.example.com/", "user-1", UnknownKey),
        ("https://login.example.com/v1/clients/sc_1/", "user-1", UntrustedIssuer),
        (
            "https://login.example.com/v1/clients/sc_1/../../..",
            "user-1",
            UntrustedIssuer,
        ),
        (
            "https://login.example.com/v1/clients/x/../sc_1",
            "user-1",
            UntrustedIssuer,
        ),
        ("https://login.example.com/v1/clients/sc_1?", "user-1", UntrustedIssuer),
        ("https://login.example.com/v1/clients/sc_1#", "user-1", UntrustedIssuer),
        (
            "https://login.example.com/v1/clients/sc_1%2F..%2Fsc_2",
            "sc_1/../sc_2",
            UntrustedIssuer,
        ),
        ("https://login.example.com/v1/clients/%73c_1", "sc_1", UntrustedIssuer),
        ("https://LOGIN.example.com/V1/clients/sc_1", "sc_1", UntrustedIssuer),
        ("https://sc_1@login.example.com", "user-1", UntrustedIssuer),
        ("https://login.example.com@evil.example", "user-1", UntrustedIssuer),
        (
            "https://login.example.com.evil.example/v1/clients/sc_1",
            "sc_1",
            UntrustedIssuer,
        ),
        ("http://login.example.com/v1/clients/sc_1", "sc_1", UntrustedIssuer),
        ("login.example.com/v1/clients/sc_1", "sc_1", UntrustedIssuer),
        ("https://acc_1.api.authress.io/v1/clients/sc_1", "sc_1", UntrustedIssuer),
    ] {
        let memory = Memory::with_keys();
        let verifier = verifier(&memory);
        // With the cache cold, and with it warm from a good token of the same key.
        for warm in [false, true] {
            if warm {
                let good = client_token("https://login.example.com/v1/clients/sc_1", "sc_1");
                verifier.verify(&good).await.unwrap();
            }
            let got = reason(&verifier, &client_token(issuer, subject)).await;
            assert_eq!(got, expected, "{issuer} {subject} {warm}");
        }
        for url in memory.urls() {
            assert!(url.starts_with("https://login.example.com/"), "{url}");
        }
    }
}

#[tokio::test]
async fn keys_are_not_asked_for_before_shape_header_and_issuer_are_good() {
    let memory = Memory::with_keys();
    let verifier = verifier(&memory);
    let good = user_token(|_| {});
    let (input, signature) = good.rsplit_once('.').unwrap();
    let (_, payload) = input.split_once('.').unwrap();
    let with_header = |header: &str| {
        token(
            header,
            &format!(r#"{{"iss":"{DOMAIN}","sub":"user-1","exp":{}}}"#, NOW + 60),
            ACCOUNT,
        )
    };
    let with_claims = |claims: &str| token(HEADER, claims, ACCOUNT);
    let padded = {
        let payload = format!(r#"{{"iss":"{DOMAIN}","sub":"user-12","exp":{}}}"#, NOW + 60);
        let padded = URL_SAFE.encode(&payload);
        assert!(padded.ends_with('='));
        format!("{}.{padded}.{signature}", encode(HEADER))
    };
    for (token, expected) in [
        (String::new(), Malformed),
        ("Bearer".to_owned(), Malformed),
        ("nonsense".to_owned(), Malformed),
        (format!("{input}."), Malformed),
        (format!("{input}.{signature}="), Malformed),
        (format!("{good}.{signature}"), Malformed),
        (format!("Basic {good}"), Malformed),
        (padded, Malformed),
        (good.replacen('.', " .", 1), Malformed),
        (
            with_header(r#"{"alg":"EdDSA","kid":"k-account","kid":"k-account"}"#),
            Malformed,
        ),
        (with_header(r#"{"alg":"EdDSA"}"#), Malformed),
        (with_header("[]"), Malformed),
        (
            with_claims(r#"{"iss":"https://login.example.com","sub":"user-1","sub":"user-2","exp":1800000000}"#),
            Malformed,
        ),
        (
            with_claims(r#"{"iss":"https://login.example.com","sub":"user-1","exp":1800000000,"a":{"b":1,"b":2}}"#),
            Malformed,
        ),
        (with_claims("{"), Malformed),
        (format!("{input}.{}", "A".repeat(16 * 1024)), TooLarge),
        (access_key(), AccessKey),
        (format!("Bearer {}", access_key()), AccessKey),
        (
            with_header(r#"{"alg":"EdDSA","kid":"k-account","crit":["b64"],"b64":true}"#),
            CriticalExtension,
        ),
        (
            with_header(r#"{"alg":"EdDSA","kid":"k-account","typ":"oauth-authz-req+jwt"}"#),
            UnsupportedType,
        ),
        (with_header(r#"{"alg":"none","kid":"k-account"}"#), UnsupportedAlgorithm),
        (
            with_header(r#"{"alg":"PS256","kid":"k-account"}"#),
            UnsupportedAlgorithm,
        ),
        (format!("{}.{payload}.", encode(r#"{"alg":"none"}"#)), Malformed),
        (
            with_claims(r#"{"iss":["https://login.example.com"],"sub":"user-1","exp":1800000000}"#),
            InvalidClaim,
        ),
        (with_claims(r#"{"sub":"user-1","exp":1800000000}"#), InvalidClaim),
        (
            with_claims(r#"{"iss":"https://login.example.com","exp":1800000000}"#),
            InvalidClaim,
        ),
        (
            with_claims(r#"{"iss":"https://login.example.com","sub":"","exp":1800000000}"#),
            InvalidClaim,
        ),
        (
            with_claims(r#"{"iss":"https://login.example.com","sub":7,"exp":1800000000}"#),
            InvalidClaim,
        ),
        (
            with_claims(r#"{"iss":"https://evil.example","sub":"user-1","exp":1800000000}"#),
            UntrustedIssuer,
        ),
    ] {
        let error = verifier.verify(&token).await.unwrap_err();
        assert_eq!(error.reason(), expected, "{token}");
        assert!(error.is_token_invalid() && !error.is_unavailable());
        assert_eq!(memory.count(), 0, "{token}");
    }
}

#[tokio::test]
async fn an_hmac_made_with_the_public_key_is_refused() {
    let header = r#"{"alg":"HS256","kid":"k-account"}"#;
    let input = format!(
        "{}.{}",
        encode(header),
        encode(&json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 60}).to_string())
    );
    let key = EncodingKey::from_secret(ACCOUNT.x.as_bytes());
    let signature = jsonwebtoken::crypto::sign(input.as_bytes(), &key, Algorithm::HS256).unwrap();
    let verifier = verifier(&Memory::with_keys());
    assert_eq!(
        reason(&verifier, &format!("{input}.{signature}")).await,
        UnsupportedAlgorithm
    );
}

#[tokio::test]
async fn key_material_in_the_header_is_never_used() {
    let header = json!({"alg": "EdDSA", "kid": "k-account", "jwk": jwk("k-account", OTHER), "jku": "https://evil.example", "x5u": "https://evil.example"});
    let claims = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 60});
    let memory = Memory::with_keys();
    let token = token(&header.to_string(), &claims.to_string(), OTHER);
    assert_eq!(reason(&verifier(&memory), &token).await, BadSignature);
    assert_eq!(memory.count(), 1);
}

#[tokio::test]
async fn every_change_to_a_signed_token_is_noticed() {
    let verifier = verifier(&Memory::with_keys());
    let good = user_token(|_| {});
    assert!(verifier.verify(&good).await.is_ok());
    let parts: Vec<&str> = good.split('.').collect();
    let other_claims = encode(&json!({"iss": DOMAIN, "sub": "user-2", "exp": NOW + 3_600}).to_string());
    let other_header = encode(r#"{"alg":"EdDSA","kid":"k-account","typ":"JWT"}"#);
    let zeros = encode(&"\0".repeat(64));
    for token in [
        format!("{}.{other_claims}.{}", parts[0], parts[2]),
        format!("{other_header}.{}.{}", parts[1], parts[2]),
        format!("{}.{}.{zeros}", parts[0], parts[1]),
        format!("{}.{}.{}", parts[0], parts[1], &parts[2][..40]),
        format!("{}.{}.{}AAAA", parts[0], parts[1], &parts[2][..84]),
    ] {
        assert_eq!(reason(&verifier, &token).await, BadSignature, "{token}");
    }
}

#[tokio::test]
async fn one_key_id_at_two_issuers_is_two_keys() {
    let memory = Memory::with_one_key_id();
    let verifier = verifier(&memory);
    let header = r#"{"alg":"EdDSA","kid":"k"}"#;
    let account = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 60}).to_string();
    let client = json!({"iss": format!("{DOMAIN}/v1/clients/sc_1"), "sub": "sc_1", "exp": NOW + 60}).to_string();
    for _ in 0..2 {
        assert!(verifier.verify(&token(header, &account, ACCOUNT)).await.is_ok());
        assert!(verifier.verify(&token(header, &client, CLIENT)).await.is_ok());
        assert_eq!(reason(&verifier, &token(header, &account, CLIENT)).await, BadSignature);
        assert_eq!(reason(&verifier, &token(header, &client, ACCOUNT)).await, BadSignature);
    }
    assert_eq!(memory.count(), 2);
}

#[tokio::test]
async fn claims_are_checked_with_the_settings() {
    let memory = Memory::with_keys();
    let strict = builder(&memory).audience("app").leeway(Duration::ZERO).build().unwrap();
    for (change, lenient, with_settings) in [
        (json!({}), None, None),
        (json!({"aud": ["x", "app"]}), None, None),
        (json!({"aud": "other"}), None, Some(WrongAudience)),
        (json!({"aud": {"app": 1}}), Some(InvalidClaim), Some(InvalidClaim)),
        (json!({"exp": NOW - 9}), None, Some(Expired)),
        (json!({"exp": NOW - 10}), Some(Expired), Some(Expired)),
        (json!({"exp": "1800000000"}), Some(InvalidClaim), Some(InvalidClaim)),
        (json!({"exp": null}), Some(InvalidClaim), Some(InvalidClaim)),
        (json!({"nbf": NOW + 10}), None, Some(NotYetValid)),
        (json!({"nbf": NOW + 11}), Some(NotYetValid), Some(NotYetValid)),
        (json!({"iat": NOW + 10}), None, Some(IssuedInFuture)),
        (json!({"iat": NOW + 11}), Some(IssuedInFuture), Some(IssuedInFuture)),
    ] {
        let token = user_token(|claims| {
            claims
                .as_object_mut()
                .unwrap()
                .extend(change.as_object().unwrap().clone());
        });
        let got = verifier(&memory).verify(&token).await.err().map(|error| error.reason());
        assert_eq!(got, lenient, "{change}");
        let got = strict.verify(&token).await.err().map(|error| error.reason());
        assert_eq!(got, with_settings, "{change}");
    }
    let without_exp = user_token(|claims| drop(claims.as_object_mut().unwrap().remove("exp")));
    assert_eq!(reason(&strict, &without_exp).await, InvalidClaim);
}

#[tokio::test]
async fn the_signature_is_checked_before_the_claims() {
    let verifier = verifier(&Memory::with_keys());
    let claims = json!({"iss": DOMAIN, "sub": "user-1", "exp": 1}).to_string();
    assert_eq!(reason(&verifier, &token(HEADER, &claims, OTHER)).await, BadSignature);
    assert_eq!(reason(&verifier, &token(HEADER, &claims, ACCOUNT)).await, Expired);
}

#[tokio::test]
async fn the_accounts_other_names_at_the_service_and_added_origins_are_trusted() {
    let memory = Memory::answering(|_| Ok(answer(200, &json!({"keys": [jwk("k-account", ACCOUNT)]}).to_string())));
    let verifier = TokenVerifier::builder("acc-1.api-eu-west.authress.io")
        .trusted_issuer("https://login.example.com/authress")
        .clock(TestClock::at(NOW))
        .transport(memory.clone())
        .build()
        .unwrap();
    for issuer in [
        "https://acc-1.api-eu-west.authress.io",
        "https://acc-1.api.authress.io",
        "https://acc-1.login.authress.io/",
        "https://login.example.com/authress",
    ] {
        assert!(
            verifier
                .verify(&user_token(|claims| claims["iss"] = json!(issuer)))
                .await
                .is_ok(),
            "{issuer}"
        );
    }
    assert_eq!(memory.count(), 4);
    for issuer in [
        "https://acc-2.api.authress.io",
        "https://acc-1.other.authress.io",
        "https://api.authress.io",
        "https://login.example.com",
        "https://login.example.com/other",
    ] {
        let token = user_token(|claims| claims["iss"] = json!(issuer));
        assert_eq!(reason(&verifier, &token).await, UntrustedIssuer, "{issuer}");
    }
}

#[tokio::test]
async fn a_thousand_bogus_key_ids_fetch_once_and_hurt_no_good_one() {
    let memory = Memory::with_keys();
    let clock = TestClock::at(NOW);
    let verifier = builder(&memory).clock(clock.clone()).build().unwrap();
    let claims = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 3_600}).to_string();
    for n in 0..1_000 {
        let bogus = token(&format!(r#"{{"alg":"EdDSA","kid":"bogus-{n}"}}"#), &claims, OTHER);
        assert_eq!(reason(&verifier, &bogus).await, UnknownKey);
    }
    assert_eq!(memory.count(), 1);
    assert!(verifier.verify(&user_token(|_| {})).await.is_ok());
    assert_eq!(memory.count(), 1);

    // After the pause one more fetch is made, for all of them.
    clock.set(NOW + 60);
    for n in 0..1_000 {
        let bogus = token(&format!(r#"{{"alg":"EdDSA","kid":"bogus-{n}"}}"#), &claims, OTHER);
        assert_eq!(reason(&verifier, &bogus).await, UnknownKey);
    }
    assert_eq!(memory.count(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_verifications_at_once_share_one_fetch() {
    let memory = Memory::with_keys();
    let verifier = verifier(&memory);
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let verifier = verifier.clone();
            tokio::spawn(async move { verifier.verify(&user_token(|_| {})).await.is_ok() })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap());
    }
    assert_eq!(memory.count(), 1);
}

#[tokio::test]
async fn keys_that_cannot_be_had_are_unavailable_and_cool_down() {
    type Failure = fn() -> Result<http::Response<bytes::Bytes>, Error>;
    let failures: [Failure; 8] = [
        || Err(Error::connect("refused")),
        || Err(Error::timeout(None, "late")),
        || Ok(answer(500, "")),
        || Ok(answer(404, "")),
        || Ok(answer(302, "")),
        || Ok(answer(200, "<html>")),
        || Ok(answer(200, "{}")),
        || {
            Ok(answer(
                200,
                &format!(r#"{{"keys":[],"pad":"{}"}}"#, "a".repeat(256 * 1024)),
            ))
        },
    ];
    for failure in failures {
        let memory = Memory::answering(move |_| failure());
        let verifier = verifier(&memory);
        for _ in 0..10 {
            let error = verifier.verify(&user_token(|_| {})).await.unwrap_err();
            assert_eq!(error.reason(), KeysUnavailable);
            assert!(error.is_unavailable() && !error.is_token_invalid());
            assert!(std::error::Error::source(&error).is_some());
        }
        assert_eq!(memory.count(), 1);
    }
}

#[tokio::test]
async fn a_client_that_the_service_does_not_know_has_no_keys() {
    let verifier = verifier(&Memory::with_keys());
    let token = client_token("https://login.example.com/v1/clients/gone", "gone");
    assert_eq!(reason(&verifier, &token).await, UnknownKey);
}

#[tokio::test]
async fn known_keys_outlive_an_outage_for_a_day_and_then_fail_closed() {
    let down = Arc::new(AtomicBool::new(false));
    let memory = {
        let down = Arc::clone(&down);
        Memory::answering(move |_| {
            if down.load(Ordering::SeqCst) {
                return Err(Error::connect("refused"));
            }
            Ok(answer(200, &json!({"keys": [jwk("k-account", ACCOUNT)]}).to_string()))
        })
    };
    let clock = TestClock::at(NOW);
    let verifier = builder(&memory).clock(clock.clone()).build().unwrap();
    let token = user_token(|claims| claims["exp"] = json!(NOW + 1_000_000));
    assert!(verifier.verify(&token).await.is_ok());
    down.store(true, Ordering::SeqCst);
    for (age, fetches) in [(3_599, 1), (3_600, 2), (3_604, 2), (3_605, 3), (86_399, 4)] {
        clock.set(NOW + age);
        assert!(verifier.verify(&token).await.is_ok(), "{age}");
        // The refresh in the background has to begin and end before the next step.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert_eq!(memory.count(), fetches, "{age}");
    }
    clock.set(NOW + 86_400);
    assert!(verifier.verify(&token).await.unwrap_err().is_unavailable());
    clock.set(NOW + 90_000);
    assert!(verifier.verify(&token).await.unwrap_err().is_unavailable());
    down.store(false, Ordering::SeqCst);
    clock.set(NOW + 90_005);
    assert!(verifier.verify(&token).await.is_ok());
}

/// A service whose keys can be changed and whose answers can be spoiled.
fn rotating() -> (Arc<AtomicU16>, Memory) {
    let round = Arc::new(AtomicU16::new(0));
    let memory = {
        let round = Arc::clone(&round);
        Memory::answering(move |_| {
            let keys = match round.load(Ordering::SeqCst) {
                0 => json!([jwk("k-account", ACCOUNT), jwk("k-client", CLIENT)]),
                1 => json!([jwk("k-new", OTHER)]),
                _ => return Ok(answer(404, "<html>no route</html>")),
            };
            Ok(answer(200, &json!({"keys": keys}).to_string()))
        })
    };
    (round, memory)
}

#[tokio::test]
async fn a_rotated_key_is_found_at_once_and_a_withdrawn_one_is_refused() {
    let (round, memory) = rotating();
    let clock = TestClock::at(NOW);
    let verifier = builder(&memory).clock(clock.clone()).build().unwrap();
    assert!(verifier.verify(&user_token(|_| {})).await.is_ok());
    round.store(1, Ordering::SeqCst);
    clock.set(NOW + 1);
    let claims = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 3_600}).to_string();
    let rotated = token(r#"{"alg":"EdDSA","kid":"k-new"}"#, &claims, OTHER);
    assert!(verifier.verify(&rotated).await.is_ok());
    assert_eq!(memory.count(), 2);
    assert_eq!(reason(&verifier, &user_token(|_| {})).await, UnknownKey);
    assert_eq!(memory.count(), 3);
    // Who has gone is not asked for again and again.
    assert_eq!(reason(&verifier, &user_token(|_| {})).await, UnknownKey);
    assert_eq!(memory.count(), 3);
}

#[tokio::test]
async fn a_page_in_the_keys_place_takes_no_good_key_away() {
    let (round, memory) = rotating();
    let clock = TestClock::at(NOW);
    let verifier = builder(&memory).clock(clock.clone()).build().unwrap();
    let good = client_token("https://login.example.com/v1/clients/sc_1", "sc_1");
    assert!(verifier.verify(&good).await.is_ok());
    round.store(2, Ordering::SeqCst);
    clock.set(NOW + 60);
    let claims = json!({"iss": "https://login.example.com/v1/clients/sc_1", "sub": "sc_1", "exp": NOW + 3_600});
    let bogus = token(r#"{"alg":"EdDSA","kid":"bogus"}"#, &claims.to_string(), OTHER);
    assert_eq!(reason(&verifier, &bogus).await, KeysUnavailable);
    assert_eq!(memory.count(), 2);
    assert!(verifier.verify(&good).await.is_ok());
}

#[tokio::test]
async fn a_time_beyond_every_calendar_is_cut_off() {
    let verifier = verifier(&Memory::with_keys());
    let token = user_token(|claims| claims["exp"] = json!(u64::MAX));
    let identity = verifier.verify(&token).await.unwrap();
    assert_eq!(identity.expires_at(), UNIX_EPOCH + Duration::from_secs(253_402_300_799));
}

#[tokio::test]
async fn neither_errors_nor_identities_show_the_token() {
    let verifier = verifier(&Memory::with_keys());
    let good = user_token(|claims| claims["email"] = json!("somebody@example.com"));
    let identity = verifier.verify(&good).await.unwrap();
    let shown = format!("{identity} {identity:?} {verifier:?}");
    assert!(shown.contains("user-1"));
    assert!(!shown.contains("eyJ") && !shown.contains("somebody"), "{shown}");

    let forged = user_token(|claims| claims["sub"] = json!("a\nb"));
    let shown = format!("{}", verifier.verify(&forged).await.unwrap());
    assert!(!shown.contains('\n'), "{shown}");

    for token in [
        access_key(),
        good.replacen("eyJ", "eyK", 1),
        format!("{good}AA"),
        client_token("https://evil.example", "hush"),
        client_token("https://login.example.com/v1/clients/sc_1", "hush"),
    ] {
        let error = verifier.verify(&token).await.unwrap_err();
        let shown = format!("{error} {error:?}");
        for secret in ["eyJ", "MC4C", "KuU4", "hush", "evil"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[test]
fn settings_that_cannot_be_used_are_refused_by_name() {
    let verifier = |domain: &str| TokenVerifier::builder(domain);
    for (builder, expected) in [
        (verifier(""), "domain"),
        (verifier("http://login.example.com"), "domain"),
        (verifier("https://login.example.com/v1/clients/sc_1"), "domain"),
        (verifier(DOMAIN).trusted_issuer("https://a@b.example"), "trusted_issuer"),
        (
            verifier(DOMAIN).trusted_issuer("https://b.example/v1/clients/sc_1"),
            "trusted_issuer",
        ),
        (
            verifier(DOMAIN).trusted_issuer("https://b.example/a/v1/clients"),
            "trusted_issuer",
        ),
        (verifier(DOMAIN).audience(""), "audience"),
        (verifier(DOMAIN).leeway(Duration::from_secs(301)), "leeway"),
    ] {
        assert_eq!(builder.build().unwrap_err().argument(), Some(expected));
    }
    assert!(verifier(DOMAIN).leeway(Duration::from_secs(300)).build().is_ok());
}
