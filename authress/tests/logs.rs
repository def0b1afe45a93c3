//! What a program logs when it logs everything: no key, no token.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod support;

use std::collections::HashSet;
use std::io::{Read as _, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use authress::{
    AuthressClient, Error, ServiceClientKey, ServiceClientTokenProvider, SignFuture, Signer, TokenOverrides,
    TokenProvider, VerifiedTokenCache,
};
use authress_local::AuthressLocal;
use serde_json::json;
use support::{ACCOUNT, CLIENT, NOW, OTHER, TestClock, access_key, encode, jwk, token, user_token};
use tracing_subscriber::fmt::MakeWriter;

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

struct Broken;

impl Signer for Broken {
    fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async { Err("the module is not connected".into()) })
    }
}

/// A server that gives every request the same answer.
fn server(answer: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && connection.read(&mut byte).unwrap_or(0) == 1 {
                head.extend(byte);
            }
            let _ = connection.write_all(answer.as_bytes());
        }
    });
    url
}

fn answer(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Every kind of success and of failure that has to do with keys and tokens. It gives back every secret that took part.
async fn everything_that_can_happen() -> Vec<String> {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("user-1", "documents/*", ["read"]);
    let mut secrets = vec![
        local.owner_access_key().to_owned(),
        local.user_token("user-1"),
        access_key(),
    ];

    // All goes well.
    let verifier = authress::TokenVerifier::builder(local.url()).cache_verified_tokens(VerifiedTokenCache::new(10));
    let client = AuthressClient::builder(local.url())
        .access_key(local.owner_access_key())
        .token_verifier(verifier.build().unwrap())
        .build()
        .unwrap();
    assert!(client.is_authorized("user-1", "documents/42", "read").await.unwrap());
    assert!(!client.is_authorized("user-2", "documents/42", "read").await.unwrap());
    for _ in 0..2 {
        assert!(client.verify_token(&secrets[1]).await.is_ok());
    }
    client
        .with_user_token(&secrets[1])
        .unwrap()
        .authorize("documents/42", "read")
        .await
        .unwrap();
    secrets.push(client.client_token().await.unwrap().expose().to_owned());
    let overrides = TokenOverrides::new().claim("aud", "x");
    secrets.push(client.client_token_with(&overrides).await.unwrap().expose().to_owned());
    let own = client
        .verify_token(client.client_token().await.unwrap().expose())
        .await
        .unwrap();
    for (client_id, is_good) in [(own.user_id(), true), ("x", false)] {
        let login = format!("{}?client_id={client_id}&state=s", local.url());
        let url = client.user_login_url(login, "u").await;
        assert_eq!(url.is_ok(), is_good);
        secrets.extend(url.ok().map(|url| url.expose().to_owned()));
    }
    assert!(client.token_verifier().verify_as::<Vec<u8>>(&secrets[1]).await.is_err());

    // Tokens that are refused, for every reason there is, by a server whose keys are known and by one that has none.
    let keys = json!({"keys": [jwk("k-account", ACCOUNT)]}).to_string();
    let with_keys = server(answer("200 OK", &keys));
    let broken = server(answer("500 Internal Server Error", "<html>"));
    let bad = |url: &str| {
        let of =
            |claims: serde_json::Value, key| token(r#"{"alg":"EdDSA","kid":"k-account"}"#, &claims.to_string(), key);
        let good = json!({"iss": url, "sub": "user-1", "aud": "app", "exp": NOW + 60});
        let with = |name: &str, value: serde_json::Value| {
            let mut claims = good.clone();
            claims[name] = value;
            claims
        };
        let header = |header: &str| token(header, &good.to_string(), ACCOUNT);
        vec![
            of(good.clone(), ACCOUNT),
            of(good.clone(), OTHER),
            of(with("exp", json!(1)), ACCOUNT),
            of(with("exp", json!("x")), ACCOUNT),
            of(with("aud", json!("other")), ACCOUNT),
            of(with("nbf", json!(NOW + 60)), ACCOUNT),
            of(with("iat", json!(NOW + 60)), ACCOUNT),
            of(with("iss", json!("https://evil.example")), ACCOUNT),
            of(with("iss", json!(format!("{url}/v1/clients/sc_1"))), CLIENT),
            of(with("sub", json!(7)), ACCOUNT),
            header(r#"{"alg":"none","kid":"k"}"#),
            header(r#"{"alg":"EdDSA","kid":"other"}"#),
            header(r#"{"alg":"EdDSA","kid":"k-account","crit":["b64"]}"#),
            header(r#"{"alg":"EdDSA","kid":"k-account","typ":"oauth-authz-req+jwt"}"#),
            format!("{}.{}", of(good.clone(), ACCOUNT), encode("more")),
            access_key(),
            "e".repeat(20_000),
        ]
    };
    let mut reasons = HashSet::new();
    let builder = || AuthressClient::builder(&with_keys).clock(TestClock::at(NOW));
    let strict = authress::TokenVerifier::builder(&with_keys)
        .clock(TestClock::at(NOW))
        .audience("app");
    let client = builder()
        .access_key(access_key())
        .token_verifier(strict.build().unwrap())
        .build()
        .unwrap();
    let without = AuthressClient::builder(&broken)
        .clock(TestClock::at(NOW))
        .access_key(access_key())
        .build()
        .unwrap();
    for (client, url) in [(&client, &with_keys), (&without, &broken)] {
        for (index, token) in bad(url).into_iter().enumerate() {
            let outcome = client.verify_token(&token).await;
            assert_eq!(outcome.is_ok(), index == 0 && *url == with_keys, "{index}");
            reasons.extend(outcome.err().map(|error| error.reason()));
            let _ = client.with_user_token(&token).map(drop);
            secrets.push(token);
        }
        let _ = client.roles().get_roles().await;
        let _ = client.token_verifier().hydrate().await;
        secrets.push(client.client_token().await.unwrap().expose().to_owned());
    }
    // One reason each: those of the token, and that its keys could not be had.
    assert_eq!(reasons.len(), 16, "{reasons:?}");
    // Nobody listens there any more.
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let gone = AuthressClient::builder(format!("http://{gone}"))
        .access_key(access_key())
        .build()
        .unwrap();
    assert!(gone.is_authorized("u", "r", "p").await.is_err());
    let own = gone.client_token().await.unwrap();
    assert!(gone.verify_token(own.expose()).await.unwrap_err().is_unavailable());
    secrets.push(own.expose().to_owned());

    // Tokens that cannot be had, and keys that are none.
    let key = ServiceClientKey::new("sc_1", "k1", "acc_1").unwrap();
    let provider = ServiceClientTokenProvider::with_signer(key, Broken).build().unwrap();
    assert!(provider.token().await.is_err());
    let failing = builder()
        .token_provider(|| async { Err(Error::token("there is none")) })
        .build()
        .unwrap();
    assert!(failing.is_authorized("u", "r", "p").await.is_err());
    let leaky = builder()
        .token_provider(|| async { Ok(authress::Secret::from(access_key())) })
        .build()
        .unwrap();
    assert!(leaky.is_authorized("u", "r", "p").await.is_err());
    for text in [access_key().replace("MC4C", "MC4D"), access_key().replacen('.', "", 1)] {
        assert!(builder().access_key(text.as_str()).build().is_err());
        secrets.push(text);
    }
    assert!(authress::StaticToken::new(user_token(|_| {})).is_ok());
    secrets
}

#[tokio::test]
async fn a_log_of_everything_holds_no_key_and_no_token() {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .init();
    let secrets = everything_that_can_happen().await;
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();

    // The log is one of everything: of this crate, and of the libraries under it.
    for expected in [
        "TRACE",
        "a token was refused",
        "bad_signature",
        "the keys were fetched",
        "could not be fetched",
        "signing a token failed",
    ] {
        assert!(logged.contains(expected), "{expected} is not in\n{logged}");
    }
    assert!(secrets.len() > 40, "{}", secrets.len());
    for secret in &secrets {
        // Of a token the payload and the signature, of an access key the private key; each long enough to be found nowhere by chance.
        for part in secret
            .split('.')
            .filter(|part| part.len() >= 16)
            .flat_map(|part| part.as_bytes().chunks(16))
        {
            let part = std::str::from_utf8(part).unwrap();
            assert!(part.len() < 16 || !logged.contains(part), "{part} is in\n{logged}");
        }
    }
    assert!(!logged.contains("eyJ") && !logged.contains("MC4C"), "{logged}");
}
