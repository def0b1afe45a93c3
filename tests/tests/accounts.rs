//! The account of the local server, and the issuers that it trusts.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::time::{Duration, UNIX_EPOCH};

use authress_api::models::{Identity, IdentityRequest};
use authress_local::AuthressLocal;
use chrono::{DateTime, Utc};
use tests::{as_user, ask_as_owner, owner, refusal};

/// `{"iss":"https://issuer.example","aud":["one","two"]}` with a header of `RS256`, signed by nobody.
const TOKEN: &str =
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiYXVkIjpbIm9uZSIsInR3byJdfQ.c2lnbmF0dXJl";

/// The same with `{"iss":"https://single.example","aud":"one"}`.
const TOKEN_FOR_ONE: &str =
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL3NpbmdsZS5leGFtcGxlIiwiYXVkIjoib25lIn0.c2lnbmF0dXJl";

#[tokio::test]
async fn there_is_one_account_and_everybody_sees_it() {
    let time = UNIX_EPOCH + Duration::from_millis(1_900_000_000_123);
    let local = AuthressLocal::builder().clock(move || time).account_id("acc_1");
    let local = local.start().await.unwrap();
    let alice = as_user(&local, "alice");
    let later = DateTime::<Utc>::from(time) + chrono::TimeDelta::days(1);
    let accounts = alice
        .api()
        .get_accounts()
        .earliest_cache_time(later)
        .await
        .unwrap()
        .accounts;
    assert_eq!(accounts.len(), 1);
    let account = &accounts[0];
    assert_eq!(account.account_id, "acc_1");
    assert_eq!(account.created_time, Some(time.into()));
    assert_eq!(account.domain.as_deref(), local.url().strip_prefix("http://"));
    let nobody = authress_api::Client::new(local.url()).unwrap();
    assert_eq!(refusal(nobody.get_accounts().await), 401);

    assert_eq!(refusal(alice.api().get_account("acc_1").await), 403);
    local.grant("alice", "Authress:Configuration", ["READ"]);
    assert_eq!(&alice.api().get_account("acc_1").await.unwrap(), account);
    assert_eq!(refusal(alice.api().get_account("acc_2").await), 404);
}

#[tokio::test]
async fn an_issuer_is_trusted_for_each_of_the_audiences_that_were_named() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let issuer = |issuer: &str| IdentityRequest::new().issuer(issuer);
    for request in [
        issuer("https://a.example"),
        issuer("https://a.example").preferred_audience("x"),
        issuer("https://a.example")
            .preferred_audience("x")
            .user_id_expression("{email}"),
        IdentityRequest::new().jwt(TOKEN),
        IdentityRequest::new().jwt(TOKEN).preferred_audience("two"),
        IdentityRequest::new().jwt(TOKEN_FOR_ONE),
    ] {
        owner.api().delegate_authentication(request).await.unwrap();
    }
    let expected = [
        ("https://a.example", "*", None),
        ("https://a.example", "x", Some("{email}")),
        ("https://issuer.example", "*", None),
        ("https://issuer.example", "two", None),
        ("https://single.example", "one", None),
    ];
    let expected = expected.map(|(issuer, audience, user_id)| {
        let mut identity = Identity::new().issuer(issuer).audience(audience);
        identity.user_id_expression = user_id.map(str::to_owned);
        identity
    });
    let identities = owner.api().get_account_identities().await.unwrap().identities;
    assert_eq!(identities, expected);
}

#[tokio::test]
async fn a_request_to_trust_that_names_no_issuer_or_two_is_400_and_changes_nothing() {
    let local = AuthressLocal::start().await.unwrap();
    let no_issuer = "e30.e30.AAAA";
    for body in [
        "{}".to_owned(),
        r#"{"issuer":""}"#.to_owned(),
        r#"{"issuer":"a b"}"#.to_owned(),
        format!(r#"{{"jwt":"{TOKEN}","issuer":"https://a.example"}}"#),
        format!(r#"{{"jwt":"{TOKEN}","preferredAudience":"three"}}"#),
        format!(r#"{{"jwt":"{no_issuer}"}}"#),
        r#"{"jwt":"no token"}"#.to_owned(),
    ] {
        let answer = ask_as_owner(&local, "POST", "/v1/identities", &body).await;
        assert_eq!(answer.status, 400, "{body}: {answer:?}");
        assert!(!answer.body.contains(TOKEN), "{answer:?}");
    }
    let kept = owner(&local).api().get_account_identities().await.unwrap();
    assert!(kept.identities.is_empty());
}
