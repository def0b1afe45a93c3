//! Access keys of both forms: where they come from, what is refused, and that the tokens made with them are good.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod support;

use std::process::Command;

use authress::{
    AccessKey, AccessKeyError, AuthressClient, ServiceClientTokenProvider, TokenProvider, TokenVerifier,
    holds_access_key,
};
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair as _, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use support::{DOMAIN, NOW, TestClock, access_key};

/// An access key of the older form, and the public half of its key as a JWK.
fn legacy(size: KeySize) -> (Value, Value) {
    let pair = RsaKeyPair::generate(size).unwrap();
    let members = json!({
        "keyId": "k-old", "privateKey": pem("PRIVATE KEY", pair.as_der().unwrap().as_ref()),
        "audience": "acc_1.accounts.authress.io", "clientId": "sc_old",
    });
    let modulus = pair.public_key().modulus().big_endian_without_leading_zero();
    let exponent = pair.public_key().exponent().big_endian_without_leading_zero();
    let jwk = json!({
        "kid": "k-old", "kty": "RSA", "alg": "RS256", "use": "sig",
        "n": URL_SAFE_NO_PAD.encode(modulus), "e": URL_SAFE_NO_PAD.encode(exponent),
    });
    (members, jwk)
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn text(members: &Value) -> String {
    STANDARD.encode(members.to_string())
}

#[tokio::test]
async fn a_key_of_the_older_form_signs_with_rs256_and_its_tokens_verify() {
    let (members, jwk) = legacy(KeySize::Rsa2048);
    let key: AccessKey = format!("\n {} \n", text(&members)).parse().unwrap();
    assert_eq!(
        (key.client_id(), key.key_id(), key.account_id()),
        ("sc_old", "k-old", "acc_1")
    );
    let builder = ServiceClientTokenProvider::builder(key).domain(DOMAIN);
    let token = builder
        .clock(TestClock::at(NOW))
        .build()
        .unwrap()
        .token()
        .await
        .unwrap();
    let header = token.expose().split('.').next().unwrap();
    assert_eq!(
        URL_SAFE_NO_PAD.decode(header).unwrap(),
        br#"{"alg":"RS256","kid":"k-old","typ":"at+jwt"}"#
    );
    let verifier = TokenVerifier::builder(DOMAIN)
        .clock(TestClock::at(NOW))
        .static_jwks(
            format!("{DOMAIN}/v1/clients/sc_old"),
            json!({"keys": [jwk]}).to_string(),
        )
        .build()
        .unwrap();
    for _ in 0..2 {
        let identity = verifier.verify(token.expose()).await.unwrap();
        assert_eq!(identity.service_client_id(), Some("sc_old"));
        assert_eq!(identity.audiences(), ["acc_1.accounts.authress.io"]);
    }
}

#[test]
fn a_key_that_would_not_be_known_where_it_must_not_be_sent_is_no_key() {
    let (members, _) = legacy(KeySize::Rsa2048);
    let (key_id, private_key) = (&members["keyId"], &members["privateKey"]);
    // The same JSON, with the names of its members as they are, and with an escape in one.
    let text = |name: &str| {
        STANDARD.encode(format!(
            r#"{{"clientId":"sc_1","audience":"acc_1.accounts.authress.io","{name}":{private_key},"keyId":{key_id}}}"#
        ))
    };
    let known = text("privateKey");
    assert!(known.parse::<AccessKey>().is_ok() && holds_access_key(&known));
    let unknown = text(r"priv\u0061teKey");
    assert!(!holds_access_key(&unknown));
    assert_eq!(
        unknown.parse::<AccessKey>().unwrap_err(),
        AccessKeyError::LegacyMember("privateKey")
    );
}

#[test]
fn a_key_of_the_older_form_that_is_not_whole_says_what_is_wrong_and_shows_nothing() {
    let (members, _) = legacy(KeySize::Rsa2048);
    let secret: String = members["privateKey"]
        .as_str()
        .unwrap()
        .lines()
        .nth(5)
        .unwrap()
        .to_owned();
    let without = |name: &str| {
        let mut members = members.clone();
        members.as_object_mut().unwrap().remove(name);
        members
    };
    let with = |name: &str, value: Value| {
        let mut members = members.clone();
        members[name] = value;
        members
    };
    let pem_of = |der: &str| with("privateKey", json!(pem("PRIVATE KEY", &STANDARD.decode(der).unwrap())));
    for (members, expected) in [
        (without("keyId"), AccessKeyError::LegacyMember("keyId")),
        (without("clientId"), AccessKeyError::LegacyMember("clientId")),
        (without("audience"), AccessKeyError::LegacyMember("audience")),
        (without("privateKey"), AccessKeyError::LegacyMember("privateKey")),
        (with("clientId", json!(7)), AccessKeyError::LegacyNotJson),
        (with("clientId", json!("")), AccessKeyError::EmptyPart("client id")),
        (
            with("audience", json!(".accounts")),
            AccessKeyError::EmptyPart("account id"),
        ),
        (
            with("clientId", json!("../x")),
            AccessKeyError::InvalidPart("client id"),
        ),
        (with("privateKey", json!("")), AccessKeyError::LegacyPrivateKey),
        (with("privateKey", json!(secret)), AccessKeyError::LegacyPrivateKey),
        // An Ed25519 key where an RSA key should be.
        (pem_of(support::CLIENT.private), AccessKeyError::LegacyPrivateKey),
        (
            with(
                "privateKey",
                json!(members["privateKey"].as_str().unwrap().replace("PRIVATE", "PUBLIC")),
            ),
            AccessKeyError::LegacyPrivateKey,
        ),
    ] {
        let error = text(&members).parse::<AccessKey>().unwrap_err();
        assert_eq!(error, expected);
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(&secret[..8]), "{shown}");
    }
    // Cut, or changed at a place that every key has: which letters occur in the text differs from key to key.
    let whole = text(&members);
    let (start, end) = whole.split_at(whole.len() / 2);
    for damaged in [start, &format!("{start}*{}", &end[1..]), "eyJrZXlJ"] {
        let error = damaged.parse::<AccessKey>().unwrap_err();
        assert_eq!(error, AccessKeyError::LegacyNotJson, "{error}");
    }
    assert!(whole.parse::<AccessKey>().is_ok());
}

#[test]
fn a_builder_takes_a_key_in_every_form_and_names_it_when_it_is_none() {
    let key: AccessKey = access_key().parse().unwrap();
    assert!(AuthressClient::builder(DOMAIN).access_key(key).build().is_ok());
    assert!(AuthressClient::builder(DOMAIN).access_key(access_key()).build().is_ok());
    assert!(
        AuthressClient::builder(DOMAIN)
            .access_key(access_key().as_str())
            .build()
            .is_ok()
    );
    let secret = authress::Secret::from(access_key());
    assert!(AuthressClient::builder(DOMAIN).access_key(secret).build().is_ok());
    let error = AuthressClient::builder(DOMAIN).access_key("a.b").build().unwrap_err();
    assert_eq!(error.argument(), Some("access_key"));
}

/// The environment of a process is given when it starts, so this test starts itself again.
#[test]
fn a_key_is_read_from_the_environment_and_trimmed() {
    const CHILD: &str = "AUTHRESS_TEST_CHILD";
    if std::env::var_os(CHILD).is_some() {
        match AccessKey::from_env() {
            Ok(key) => assert_eq!(key.client_id(), "sc_1"),
            Err(error) => panic!("{error}"),
        }
        return;
    }
    let child = |key: Option<String>| {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "a_key_is_read_from_the_environment_and_trimmed"]);
        child.env(CHILD, "1").env_remove(AccessKey::ENV);
        if let Some(key) = key {
            child.env(AccessKey::ENV, key);
        }
        child.output().unwrap().status.success()
    };
    assert!(child(Some(format!(" {}\r\n", access_key()))));
    assert!(!child(Some("sc_1.k1".to_owned())));
    assert!(!child(None));
}
