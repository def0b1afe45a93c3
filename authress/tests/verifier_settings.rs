//! What a verifier can be set to, and what it tells of itself.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use authress::{
    Error, IdentityKind, KeyFreshness, SigningAlgorithm, TokenVerificationReason, TokenVerifier, TokenVerifierBuilder,
    VerifiedTokenCache,
};
use serde::Deserialize;
use serde_json::{Value, json};
use support::{ACCOUNT, CLIENT, DOMAIN, KeyPair, Memory, NOW, OTHER, TestClock, answer, jwk, token, user_token};

const CLIENT_ISSUER: &str = "https://login.example.com/v1/clients/sc_1";

fn builder(memory: &Memory) -> TokenVerifierBuilder {
    TokenVerifier::builder(DOMAIN)
        .clock(TestClock::at(NOW))
        .transport(memory.clone())
}

fn account_jwks() -> String {
    json!({"keys": [jwk("k-account", ACCOUNT)]}).to_string()
}

/// Answers with the number's set of keys: 0 has the account's, 1 another key, 2 no answer at all.
fn changing() -> (Arc<AtomicU16>, Memory) {
    let round = Arc::new(AtomicU16::new(0));
    let memory = {
        let round = Arc::clone(&round);
        Memory::answering(move |_| {
            let keys = match round.load(Ordering::SeqCst) {
                0 => json!([jwk("k-account", ACCOUNT)]),
                1 => json!([jwk("k-new", OTHER)]),
                _ => return Err(Error::connect("refused")),
            };
            Ok(answer(200, &json!({"keys": keys}).to_string()))
        })
    };
    (round, memory)
}

async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn claims_are_read_as_a_type_of_ones_own() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Own {
        tenant: String,
        #[serde(default)]
        groups: Vec<String>,
    }
    let verifier = builder(&Memory::with_keys()).build().unwrap();
    let good = user_token(|claims| claims["tenant"] = json!("t-1"));
    let (identity, own) = verifier.verify_as::<Own>(&good).await.unwrap();
    assert_eq!((identity.user_id(), identity.kind()), ("user-1", IdentityKind::User));
    assert_eq!(
        own,
        Own {
            tenant: "t-1".to_owned(),
            groups: Vec::new()
        }
    );
    let other = user_token(|claims| claims["tenant"] = json!(["hush"]));
    let error = verifier.verify_as::<Own>(&other).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::InvalidClaim);
    assert!(!format!("{error} {error:?}").contains("hush"));
}

#[tokio::test]
async fn a_token_has_the_scopes_that_stand_in_it_and_no_other() {
    let verifier = builder(&Memory::with_keys()).build().unwrap();
    let token = user_token(|claims| claims["scope"] = json!("openid profile"));
    let identity = verifier.verify(&token).await.unwrap();
    assert!(identity.has_scope("openid") && identity.has_scope("profile"));
    for other in ["", "Openid", "open", "openid profile", "admin"] {
        assert!(!identity.has_scope(other), "{other}");
    }
}

#[tokio::test]
async fn only_the_algorithms_that_are_allowed_are_accepted_and_the_others_fetch_nothing() {
    let memory = Memory::with_keys();
    let rsa = builder(&memory).algorithms([SigningAlgorithm::RS256]).build().unwrap();
    let error = rsa.verify(&user_token(|_| {})).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::UnsupportedAlgorithm);
    assert_eq!(memory.count(), 0);
    let edwards = builder(&memory).algorithms([SigningAlgorithm::EdDSA]).build().unwrap();
    assert!(edwards.verify(&user_token(|_| {})).await.is_ok());
    let error = builder(&memory).algorithms([]).build().unwrap_err();
    assert_eq!(error.argument(), Some("algorithms"));
}

#[tokio::test]
async fn static_keys_are_never_fetched_and_do_not_age() {
    let memory = Memory::with_keys();
    let clock = TestClock::at(NOW);
    let verifier = builder(&memory)
        .clock(clock.clone())
        .static_jwks(DOMAIN, account_jwks())
        .build()
        .unwrap();
    verifier.hydrate().await.unwrap();
    let token = |key, key_id: &str| {
        let claims = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 1_000_000});
        support::token(
            &json!({"alg": "EdDSA", "kid": key_id}).to_string(),
            &claims.to_string(),
            key,
        )
    };
    for later in [0, 3_600, 86_400, 900_000] {
        clock.set(NOW + later);
        assert!(verifier.verify(&token(ACCOUNT, "k-account")).await.is_ok());
        let error = verifier.verify(&token(OTHER, "k-other")).await.unwrap_err();
        assert_eq!(error.reason(), TokenVerificationReason::UnknownKey);
    }
    assert_eq!(memory.count(), 0);
    // Those of others still are.
    let claims = json!({"iss": CLIENT_ISSUER, "sub": "sc_1", "exp": NOW + 1_000_000}).to_string();
    let client = support::token(r#"{"alg":"EdDSA","kid":"k-client"}"#, &claims, CLIENT);
    assert!(verifier.verify(&client).await.is_ok());
    assert_eq!(memory.count(), 1);
}

#[test]
fn static_keys_that_cannot_be_used_are_refused_by_name() {
    let memory = Memory::with_keys();
    for (issuer, jwks) in [
        (DOMAIN, "nonsense"),
        (DOMAIN, "{}"),
        (DOMAIN, r#"{"keys":[]}"#),
        (DOMAIN, r#"{"keys":[{"kid":"k","kty":"EC","crv":"P-256"}]}"#),
        ("https://evil.example", &account_jwks()),
        ("https://login.example.com/v1/clients/..", &account_jwks()),
        ("", &account_jwks()),
    ] {
        let error = builder(&memory)
            .static_jwks(issuer, jwks.to_owned())
            .build()
            .unwrap_err();
        assert_eq!(error.argument(), Some("static_jwks"), "{issuer} {jwks}");
    }
    let twice = builder(&memory).static_jwks(DOMAIN, account_jwks());
    let twice = twice
        .static_jwks(format!("{DOMAIN}/"), account_jwks())
        .build()
        .unwrap_err();
    assert_eq!(twice.argument(), Some("static_jwks"));
}

#[tokio::test]
async fn hydrating_fetches_once_and_tells_of_a_failure() {
    let (round, memory) = changing();
    let clock = TestClock::at(NOW);
    let verifier = builder(&memory).clock(clock.clone()).build().unwrap();
    round.store(2, Ordering::SeqCst);
    let error = verifier.hydrate().await.unwrap_err();
    assert!(error.is_unavailable());
    round.store(0, Ordering::SeqCst);
    verifier.hydrate().await.unwrap();
    verifier.hydrate().await.unwrap();
    assert!(verifier.verify(&user_token(|_| {})).await.is_ok());
    assert_eq!(memory.count(), 2);
    clock.set(NOW + 3_600);
    verifier.hydrate().await.unwrap();
    assert_eq!(memory.count(), 3);
}

#[tokio::test]
async fn hydrating_asks_for_every_name_that_was_configured_and_for_no_other() {
    let memory = Memory::answering(|_| Ok(answer(200, &account_jwks())));
    let verifier = TokenVerifier::builder("https://acc-1.api-eu-west.authress.io")
        .trusted_issuer("https://login.example.com/authress")
        .transport(memory.clone())
        .build()
        .unwrap();
    verifier.hydrate().await.unwrap();
    assert_eq!(
        memory.urls(),
        [
            "https://acc-1.api-eu-west.authress.io/.well-known/openid-configuration/jwks",
            "https://login.example.com/authress/.well-known/openid-configuration/jwks",
        ]
    );
}

#[tokio::test]
async fn what_is_known_of_the_keys_can_be_read() {
    let (round, memory) = changing();
    let clock = TestClock::at(NOW);
    let verifier = builder(&memory).clock(clock.clone()).build().unwrap();
    assert!(verifier.issuer_keys().is_empty());
    let time = |seconds| Some(UNIX_EPOCH + Duration::from_secs(seconds));

    round.store(2, Ordering::SeqCst);
    let _ = verifier.verify(&user_token(|_| {})).await;
    let [state] = verifier.issuer_keys().try_into().unwrap();
    assert_eq!((state.issuer(), state.freshness()), (DOMAIN, KeyFreshness::NotFetched));
    assert_eq!((state.fetched_at(), state.cooling_down_until()), (None, time(NOW + 5)));
    let error = state.last_error().unwrap();
    assert!(
        error.to_string().contains("no answer") && error.source().is_some(),
        "{error}"
    );

    round.store(0, Ordering::SeqCst);
    clock.set(NOW + 5);
    verifier.verify(&user_token(|_| {})).await.unwrap();
    let [state] = verifier.issuer_keys().try_into().unwrap();
    assert_eq!(
        (state.freshness(), state.key_ids()),
        (KeyFreshness::Fresh, &["k-account".to_owned()][..])
    );
    assert_eq!((state.fetched_at(), state.cooling_down_until()), (time(NOW + 5), None));
    assert!(state.last_error().is_none() && !state.is_fetching());

    let bogus = token(
        r#"{"alg":"EdDSA","kid":"bogus"}"#,
        &json!({"iss": DOMAIN, "sub": "u", "exp": NOW + 60}).to_string(),
        OTHER,
    );
    let _ = verifier.verify(&bogus).await;
    let [state] = verifier.issuer_keys().try_into().unwrap();
    assert_eq!(state.cooling_down_until(), time(NOW + 5 + 60));

    for (later, freshness) in [
        (3_604, KeyFreshness::Fresh),
        (3_605, KeyFreshness::Stale),
        (86_405, KeyFreshness::Expired),
    ] {
        clock.set(NOW + later);
        assert_eq!(verifier.issuer_keys()[0].freshness(), freshness, "{later}");
    }
    assert_eq!(memory.count(), 3);
}

fn cached(memory: &Memory, clock: &TestClock, cache: VerifiedTokenCache) -> TokenVerifier {
    builder(memory)
        .clock(clock.clone())
        .cache_verified_tokens(cache)
        .build()
        .unwrap()
}

/// A cache that remembers for as long as one may.
fn for_an_hour() -> VerifiedTokenCache {
    VerifiedTokenCache::new(10).max_age(Duration::from_secs(3_600))
}

/// A good token of the account that lives for `life` seconds.
fn living(life: u64) -> String {
    user_token(|claims| claims["exp"] = json!(NOW + life))
}

/// The token with the last letters of its signature changed.
fn forged(token: &str) -> String {
    let (kept, last) = token.split_at(token.len() - 4);
    format!("{kept}{}", if last.starts_with('A') { "BAAA" } else { "AAAA" })
}

#[tokio::test]
async fn a_remembered_token_is_forgotten_at_its_end_although_the_leeway_still_accepts_it() {
    let memory = Memory::with_keys();
    let clock = TestClock::at(NOW);
    let verifier = cached(&memory, &clock, VerifiedTokenCache::new(10));
    let token = living(100);
    for (later, is_good) in [(0, true), (99, true), (100, true), (109, true), (110, false)] {
        clock.set(NOW + later);
        assert_eq!(verifier.verify(&token).await.is_ok(), is_good, "{later}");
    }
}

#[tokio::test]
async fn a_token_enters_only_when_it_was_verified_and_is_found_only_whole() {
    let memory = Memory::with_keys();
    let clock = TestClock::at(NOW);
    let verifier = cached(&memory, &clock, VerifiedTokenCache::new(10));
    let good = living(1_000);
    let forged = forged(&good);
    for _ in 0..2 {
        let error = verifier.verify(&forged).await.unwrap_err();
        assert_eq!(error.reason(), TokenVerificationReason::BadSignature);
        assert!(verifier.verify(&good).await.is_ok());
    }
    // The signature of the good token, and nothing else of it.
    let (_, signature) = good.rsplit_once('.').unwrap();
    let other = living(2_000);
    let (input, _) = other.rsplit_once('.').unwrap();
    let error = verifier.verify(&format!("{input}.{signature}")).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::BadSignature);
}

#[tokio::test]
async fn a_remembered_token_dies_with_its_key() {
    let (round, memory) = changing();
    let clock = TestClock::at(NOW);
    let verifier = cached(&memory, &clock, for_an_hour());
    let token = living(1_000_000);
    assert!(verifier.verify(&token).await.is_ok());
    // The key is withdrawn. It is noticed with the next fetch: here for a token with the new key.
    round.store(1, Ordering::SeqCst);
    clock.set(NOW + 10);
    assert!(verifier.verify(&token).await.is_ok());
    let claims = json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 3_600}).to_string();
    let rotated = support::token(r#"{"alg":"EdDSA","kid":"k-new"}"#, &claims, OTHER);
    assert!(verifier.verify(&rotated).await.is_ok());
    let error = verifier.verify(&token).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::UnknownKey);
}

#[tokio::test]
async fn a_withdrawn_key_is_noticed_within_an_hour_even_if_every_token_is_remembered() {
    let (round, memory) = changing();
    let clock = TestClock::at(NOW);
    let verifier = cached(&memory, &clock, for_an_hour());
    let token = living(1_000_000);
    for later in [0, 3_599] {
        clock.set(NOW + later);
        assert!(verifier.verify(&token).await.is_ok());
    }
    round.store(1, Ordering::SeqCst);
    clock.set(NOW + 3_600);
    // The stale key is used once more, while the keys are fetched in the background.
    assert!(verifier.verify(&token).await.is_ok());
    settle().await;
    let error = verifier.verify(&token).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::UnknownKey);
    assert_eq!(memory.count(), 2);
}

#[tokio::test]
async fn a_remembered_token_does_not_outlive_keys_that_cannot_be_had_for_a_day() {
    let (round, memory) = changing();
    let clock = TestClock::at(NOW);
    let verifier = cached(&memory, &clock, for_an_hour());
    let token = living(1_000_000);
    assert!(verifier.verify(&token).await.is_ok());
    round.store(2, Ordering::SeqCst);
    for hours in 1..24 {
        clock.set(NOW + hours * 3_600);
        assert!(verifier.verify(&token).await.is_ok(), "{hours}");
        settle().await;
    }
    clock.set(NOW + 86_400);
    assert!(verifier.verify(&token).await.unwrap_err().is_unavailable());
}

#[tokio::test]
async fn a_token_is_remembered_for_no_longer_than_the_maximum_age_and_not_before_its_time() {
    // That a token was remembered shows in the claims' memory being the same.
    let same = |a: &authress::Identity, b: &authress::Identity| std::ptr::eq(a.claims(), b.claims());
    let memory = Memory::with_keys();
    let clock = TestClock::at(NOW);
    let verifier = cached(
        &memory,
        &clock,
        VerifiedTokenCache::new(10).max_age(Duration::from_secs(60)),
    );
    let token = living(1_000);
    let first = verifier.verify(&token).await.unwrap();
    clock.set(NOW + 59);
    assert!(same(&first, &verifier.verify(&token).await.unwrap()));
    clock.set(NOW + 60);
    let second = verifier.verify(&token).await.unwrap();
    assert!(!same(&first, &second));
    assert!(same(
        &second,
        &verifier.verify(&format!("Bearer {token} ")).await.unwrap()
    ));
    // The clock was set back.
    clock.set(NOW + 59);
    assert!(!same(&second, &verifier.verify(&token).await.unwrap()));
    // Without a cache nothing is remembered.
    let plain = builder(&memory).build().unwrap();
    let first = plain.verify(&token).await.unwrap();
    assert!(!same(&first, &plain.verify(&token).await.unwrap()));
}

#[tokio::test]
async fn the_number_of_remembered_tokens_is_bounded_and_long_ones_are_not_remembered() {
    let memory = Memory::with_keys();
    let clock = TestClock::at(NOW);
    let verifier = cached(&memory, &clock, VerifiedTokenCache::new(100));
    let mut kept = Vec::new();
    for n in 0..300 {
        let token = user_token(|claims| claims["n"] = json!(n));
        let identity = verifier.verify(&token).await.unwrap();
        kept.push((token, identity));
    }
    let mut remembered = 0;
    for (token, identity) in &kept {
        let again = verifier.verify(token).await.unwrap();
        remembered += usize::from(std::ptr::eq(identity.claims(), again.claims()));
    }
    assert!(remembered <= 100, "{remembered}");

    let long = user_token(|claims| claims["pad"] = json!("a".repeat(4_096)));
    let first = verifier.verify(&long).await.unwrap();
    assert!(!std::ptr::eq(
        first.claims(),
        verifier.verify(&long).await.unwrap().claims()
    ));
}

#[test]
fn a_cache_of_no_tokens_or_of_no_time_is_refused_by_name() {
    let cache = VerifiedTokenCache::new;
    for cache in [
        cache(0),
        cache(VerifiedTokenCache::MAX_CAPACITY + 1),
        cache(1).max_age(Duration::ZERO),
        cache(1).max_age(Duration::from_secs(3_601)),
    ] {
        let error = builder(&Memory::with_keys())
            .cache_verified_tokens(cache)
            .build()
            .unwrap_err();
        assert_eq!(error.argument(), Some("cache_verified_tokens"));
    }
}

/// A header that was accepted once is known by its text. It stands for its key alone.
#[tokio::test]
async fn a_known_header_opens_nothing_to_another_issuer_subject_or_key() {
    let memory = Memory::with_one_key_id();
    let verifier = builder(&memory).build().unwrap();
    let signed = |issuer: &str, subject: &str, key: KeyPair| {
        let claims = json!({"iss": issuer, "sub": subject, "exp": NOW + 60}).to_string();
        token(r#"{"alg":"EdDSA","kid":"k"}"#, &claims, key)
    };
    let account = signed(DOMAIN, "user-1", ACCOUNT);
    let client = signed(CLIENT_ISSUER, "sc_1", CLIENT);
    for _ in 0..2 {
        assert!(verifier.verify(&account).await.is_ok() && verifier.verify(&client).await.is_ok());
        for (token, expected) in [
            (signed(DOMAIN, "user-1", CLIENT), TokenVerificationReason::BadSignature),
            (
                signed(CLIENT_ISSUER, "user-1", CLIENT),
                TokenVerificationReason::SubjectMismatch,
            ),
            (
                signed(CLIENT_ISSUER, "sc_1", ACCOUNT),
                TokenVerificationReason::BadSignature,
            ),
            (
                signed("https://login.example.com/v1/clients/sc_1/", "sc_1", CLIENT),
                TokenVerificationReason::UntrustedIssuer,
            ),
        ] {
            assert_eq!(verifier.verify(&token).await.unwrap_err().reason(), expected);
        }
    }
}

#[tokio::test]
async fn a_known_header_dies_with_its_key() {
    let (round, memory) = changing();
    let clock = TestClock::at(NOW);
    let verifier = builder(&memory).clock(clock.clone()).build().unwrap();
    let old = living(10_000);
    for _ in 0..2 {
        assert!(verifier.verify(&old).await.is_ok());
    }
    round.store(1, Ordering::SeqCst);
    clock.set(NOW + 3_600);
    assert!(verifier.verify(&old).await.is_ok());
    settle().await;
    let error = verifier.verify(&old).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::UnknownKey);
}

#[tokio::test]
async fn the_claims_of_an_identity_are_the_json_of_the_payload() {
    let verifier = builder(&Memory::with_keys()).build().unwrap();
    let identity = verifier
        .verify(&user_token(|claims| claims["a"] = json!({"b": [1, null, "c"]})))
        .await
        .unwrap();
    let claims: Value = identity.claims_as().unwrap();
    assert_eq!(claims.as_object(), Some(identity.claims()));
    assert_eq!(identity.clone().claims()["a"], json!({"b": [1, null, "c"]}));
}
