//! What is made by one half of the crate is read by the other, whatever the ids are: access keys, tokens of service clients, their issuers, claims.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may, as tests may")]

mod support;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use authress::TokenVerificationReason::{BadSignature, SubjectMismatch, UnknownKey};
use authress::{
    AccessKey, AccessKeyError, ServiceClientKey, ServiceClientTokenProvider, SignFuture, Signer, TokenOverrides,
    TokenProvider as _, TokenVerifier, TokenVerifierBuilder,
};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use serde_json::{Map, Value, json};
use support::{CLIENT, KeyPair, Memory, NOW, OTHER, TestClock, answer, jwk, token};

const JWKS: &str = "/.well-known/openid-configuration/jwks";

/// Runs `test` on many cases, the same ones each time.
fn holds<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> TestCaseResult) {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 4_096,
        ..ProptestConfig::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&strategy, test);
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}

/// Runs `future` to its end.
fn wait<F: Future>(future: F) -> F::Output {
    static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_time()
            .build()
            .unwrap()
    });
    RUNTIME.block_on(future)
}

/// Characters and pieces of ids that somebody may take for something else.
const NASTY: &str = "|+%\"'`&=?#;:@!*()<>[]{}^~$,-_. \u{202e}\u{5d0}\u{feff}\u{ff0f}\u{2028}\u{301}";
const NASTY_PIECES: [&str; 8] = [
    "..",
    "%2e",
    "%2F",
    "%00",
    "%7C",
    "\u{e9}",
    "e\u{301}",
    "\u{1f468}\u{200d}\u{1f469}",
];

/// Any text, most often one of a few nasty pieces and letters.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(NASTY.chars().collect::<Vec<_>>()).prop_map(String::from),
        2 => select(&NASTY_PIECES[..]).prop_map(str::to_owned),
        3 => "[a-zA-Z0-9]{1,3}",
        2 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Any client id that [`ServiceClientKey::new`] takes.
fn client_id() -> impl Strategy<Value = String> {
    text().prop_filter("it is no client id", |id| ServiceClientKey::new(id, "k", "a").is_ok())
}

/// Any key id that [`ServiceClientKey::new`] takes.
fn key_id() -> impl Strategy<Value = String> {
    text().prop_filter("it is no key id", |id| ServiceClientKey::new("c", id, "a").is_ok())
}

fn account_id() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9_-]{1,12}"
}

/// How the account is reached, as a program says it.
#[derive(Debug, Clone, Copy)]
enum Domain {
    /// A domain of the account's own, and what the issuers at it begin with.
    Custom(&'static str, &'static str),
    /// A host of the service, without the account before it.
    Service(&'static str),
    /// None: the service knows the account by its id.
    Absent,
}

fn domain() -> impl Strategy<Value = Domain> {
    select(vec![
        Domain::Custom("login.example.com", "https://login.example.com"),
        Domain::Custom("HTTPS://LOGIN.example.com:443/", "https://login.example.com"),
        Domain::Custom("https://login.example.com:8443", "https://login.example.com:8443"),
        Domain::Custom(
            "https://gateway.example.com/Auth/v1/",
            "https://gateway.example.com/Auth/v1",
        ),
        Domain::Custom(
            "https://gateway.example.com/v1/client",
            "https://gateway.example.com/v1/client",
        ),
        Domain::Custom("localhost:8888", "http://localhost:8888"),
        Domain::Custom("http://127.0.0.1:80/", "http://127.0.0.1"),
        Domain::Custom("http://[::1]:8888/a%20b", "http://[::1]:8888/a%20b"),
        Domain::Custom("https://b\u{fc}cher.example", "https://xn--bcher-kva.example"),
        Domain::Custom("notauthress.io", "https://notauthress.io"),
        Domain::Service("api.authress.io"),
        Domain::Service("login.authress.io"),
        Domain::Service("api-eu-west.authress.io"),
        Domain::Absent,
    ])
}

impl Domain {
    /// What the provider of tokens is told.
    fn of_provider(self, account_id: &str) -> Option<String> {
        match self {
            Self::Custom(written, _) => Some(written.to_owned()),
            Self::Service(host) => Some(format!("https://{account_id}.{host}")),
            Self::Absent => None,
        }
    }

    /// What the verifier is told.
    fn of_verifier(self, account_id: &str) -> String {
        self.of_provider(account_id)
            .unwrap_or_else(|| format!("https://{account_id}.api.authress.io"))
    }

    /// The issuer of the client's tokens as they have it.
    fn issuer(self, account_id: &str, client_id: &str) -> String {
        match self {
            Self::Custom(_, base) => issuer(base, client_id),
            Self::Service(_) | Self::Absent => issuer(&format!("https://{account_id}.api.authress.io"), client_id),
        }
    }

    /// Where the client's keys are. Host names are asked for in lower case.
    fn keys_url(self, account_id: &str, client_id: &str) -> String {
        format!("{}{JWKS}", self.issuer(&account_id.to_ascii_lowercase(), client_id))
    }
}

fn issuer(base: &str, client_id: &str) -> String {
    format!("{base}/v1/clients/{}", percent_encoded(client_id))
}

/// Every byte but those of unreserved characters (RFC 3986 section 2.3) in its percent-encoding.
fn percent_encoded(id: &str) -> String {
    let encoded = id.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

/// Signs with the key of a pair, as if it were far away: it takes ids of every kind, with dots as well.
struct Far(KeyPair);

impl Signer for Far {
    fn sign<'a>(&'a self, signing_input: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async move {
            let pair = Ed25519KeyPair::from_pkcs8(&STANDARD.decode(self.0.private)?)?;
            Ok(pair.sign(signing_input).as_ref().try_into()?)
        })
    }
}

fn provider(id: ServiceClientKey, key: KeyPair, domain: Option<String>) -> ServiceClientTokenProvider {
    let builder = ServiceClientTokenProvider::with_signer(id, Far(key)).clock(TestClock::at(NOW));
    match domain {
        Some(domain) => builder.domain(domain).build().unwrap(),
        None => builder.build().unwrap(),
    }
}

fn verifier(domain: impl Into<String>) -> TokenVerifierBuilder {
    TokenVerifier::builder(domain).clock(TestClock::at(NOW))
}

/// A service that has the keys of these addresses and nothing else.
fn keys_at(keys: Vec<(String, Value)>) -> Memory {
    Memory::answering(move |request| {
        let found = keys.iter().find(|(url, _)| request.uri().to_string() == *url);
        Ok(match found {
            Some((_, jwk)) => answer(200, &json!({ "keys": [jwk] }).to_string()),
            None => answer(404, ""),
        })
    })
}

/// What a stranger could make: any header and claims, signed with `key`.
fn hand_made(key_id: &str, issuer: &str, subject: &str, key: KeyPair) -> String {
    token(
        &json!({"alg": "EdDSA", "kid": key_id}).to_string(),
        &json!({"iss": issuer, "sub": subject, "exp": NOW + 60}).to_string(),
        key,
    )
}

#[test]
fn the_token_of_any_service_client_is_accepted_as_that_client() {
    let case = (client_id(), key_id(), account_id(), domain());
    holds(1_024, case, |(client_id, key_id, account_id, domain)| {
        let id = ServiceClientKey::new(&client_id, &key_id, &account_id).unwrap();
        let token = wait(provider(id, CLIENT, domain.of_provider(&account_id)).token()).unwrap();
        let issuer = domain.issuer(&account_id, &client_id);
        let keys_url = domain.keys_url(&account_id, &client_id);

        let memory = keys_at(vec![(keys_url.clone(), jwk(&key_id, CLIENT))]);
        let fetching = verifier(domain.of_verifier(&account_id))
            .transport(memory.clone())
            .build()
            .unwrap();
        let offline = verifier(domain.of_verifier(&account_id))
            .static_jwks(&issuer, json!({ "keys": [jwk(&key_id, CLIENT)] }).to_string())
            .transport(keys_at(vec![]))
            .build()
            .unwrap();
        // The second time the header is known by its text.
        for verifier in [&fetching, &fetching, &offline, &offline] {
            let identity = wait(verifier.verify(token.expose())).unwrap();
            prop_assert_eq!(identity.user_id(), &client_id);
            prop_assert_eq!(identity.service_client_id(), Some(&*client_id));
            prop_assert_eq!(identity.issuer(), &issuer);
            prop_assert_eq!(identity.audiences(), [format!("{account_id}.accounts.authress.io")]);
        }
        prop_assert_eq!(memory.urls(), [keys_url]);
        Ok(())
    });
}

/// Another id that somebody may take for `id`.
fn relatives(id: &str) -> Vec<String> {
    let changed_case = id.chars().map(|c| {
        if c.is_lowercase() {
            c.to_ascii_uppercase()
        } else {
            c.to_ascii_lowercase()
        }
    });
    let relatives = [
        percent_encoded(id),
        percent_encoded(id).replace('%', "%25"),
        percent_encoding::percent_decode_str(id)
            .decode_utf8_lossy()
            .into_owned(),
        id.replace('+', " "),
        id.replace(' ', "+"),
        id.replace("%2F", "%2f"),
        id.replace('\u{e9}', "e\u{301}"),
        id.replace("e\u{301}", "\u{e9}"),
        changed_case.collect(),
        id.trim().to_owned(),
        format!("{id} "),
        format!("{id}."),
        format!("{id}\u{200d}"),
        format!("{id}?"),
        format!("{id}#"),
        id.chars().skip(1).collect(),
        id.chars().rev().collect(),
    ];
    let is_another = |other: &String| other != id && ServiceClientKey::new(other, "k", "a").is_ok();
    relatives.into_iter().filter(is_another).collect()
}

#[test]
fn a_service_client_is_never_accepted_as_another() {
    let another = prop_oneof![
        4 => any::<Index>().prop_map(Ok),
        1 => client_id().prop_map(Err),
    ];
    let domain = select(vec![
        "https://login.example.com",
        "https://gateway.example.com/v1/client",
    ]);
    let case = (client_id(), another, domain, key_id(), any::<bool>());
    holds(1_024, case, |(mine, another, domain, key_id, one_key_id)| {
        let other = match another {
            Ok(index) => index.get(&relatives(&mine)).clone(),
            Err(other) => other,
        };
        prop_assume!(mine != other);
        let (mine_at, other_at) = (issuer(domain, &mine), issuer(domain, &other));
        prop_assert_ne!(&mine_at, &other_at);
        let others_key_id = if one_key_id {
            key_id.clone()
        } else {
            format!("{key_id}x")
        };
        let memory = keys_at(vec![
            (format!("{mine_at}{JWKS}"), jwk(&key_id, CLIENT)),
            (format!("{other_at}{JWKS}"), jwk(&others_key_id, OTHER)),
        ]);
        let verifier = verifier(domain).transport(memory).build().unwrap();
        let reason = |token: &str| wait(verifier.verify(token)).unwrap_err().reason();

        // Before and after both clients are known.
        for _ in 0..2 {
            for key_id in [&key_id, &others_key_id] {
                let by_whoever_has_no_key = reason(&hand_made(key_id, &other_at, &other, CLIENT));
                prop_assert!([UnknownKey, BadSignature].contains(&by_whoever_has_no_key));
                prop_assert_eq!(reason(&hand_made(key_id, &mine_at, &other, CLIENT)), SubjectMismatch);
                prop_assert_eq!(reason(&hand_made(key_id, &other_at, &mine, CLIENT)), SubjectMismatch);
            }
            for (client, key) in [(&mine, CLIENT), (&other, OTHER)] {
                let key_id = if *client == mine { &key_id } else { &others_key_id };
                let id = ServiceClientKey::new(client, key_id, "acc").unwrap();
                let token = wait(provider(id, key, Some(domain.to_owned())).token()).unwrap();
                let identity = wait(verifier.verify(token.expose())).unwrap();
                prop_assert_eq!(
                    (identity.user_id(), identity.service_client_id()),
                    (&**client, Some(&**client))
                );
            }
        }
        // The account itself has no key of a client.
        prop_assert!(wait(verifier.verify(&hand_made(&key_id, domain, "user-1", CLIENT))).is_err());
        Ok(())
    });
}

#[test]
fn the_ids_that_no_key_can_have_are_those_that_no_token_can_have() {
    let doubtful = prop_oneof![
        2 => text(),
        1 => select(vec!["", ".", "..", "...", " ", "\u{3000}", "\u{a0}\t", "\u{2028}", "\u{85}", "\u{200b}"])
            .prop_map(str::to_owned),
        2 => (text(), select(vec!["/", "\\", "\0", "\n", "\t", "\u{7f}", "\u{9f}", "\u{85}"]), text())
            .prop_map(|(before, refused, after)| format!("{before}{refused}{after}")),
    ];
    let refused = std::cell::Cell::new(0_u32);
    holds(2_048, doubtful, |id| {
        const DOMAIN: &str = "https://login.example.com";
        let has_key = ServiceClientKey::new(&id, "k", "acc").is_ok();
        let has_structure = [".", ".."].contains(&&*id) || id.contains(['/', '\\']) || id.contains(char::is_control);
        prop_assert!(!(has_key && has_structure));
        // Whatever is asked for, the answer is the key.
        let everywhere = Memory::answering(|_| Ok(answer(200, &json!({"keys": [jwk("k", CLIENT)]}).to_string())));
        let verifier = verifier(DOMAIN).transport(everywhere).build().unwrap();
        let outcome = wait(verifier.verify(&hand_made("k", &issuer(DOMAIN, &id), &id, CLIENT)));
        prop_assert_eq!(outcome.is_ok(), has_key, "{:?}", outcome);
        let keys = json!({"keys": [jwk("k", CLIENT)]}).to_string();
        let given = TokenVerifier::builder(DOMAIN).static_jwks(issuer(DOMAIN, &id), keys);
        prop_assert_eq!(given.transport(keys_at(vec![])).build().is_ok(), has_key);
        refused.set(refused.get() + u32::from(!has_key));
        Ok(())
    });
    // A rule about refusals that refuses nothing proves nothing.
    assert!((512..1_536).contains(&refused.get()), "{refused:?}");
}

/// A JSON value that is read as it is written: of numbers with fractions only some are, those with few digits among them.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(|n| Value::from(f64::from(n) / 8.0)),
        any::<String>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(name(), inner, 0..4).prop_map(|members| members.into_iter().collect::<Map<_, _>>().into()),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![text(), any::<String>()]
}

#[test]
fn claims_come_out_as_they_were_put_in() {
    /// The claims that mean something to the verifier.
    const CHECKED: [&str; 8] = ["iss", "sub", "aud", "exp", "nbf", "iat", "scope", "scopes"];
    let own = btree_map(name(), value(), 0..6).prop_map(|mut own: BTreeMap<String, Value>| {
        own.retain(|name, _| !CHECKED.contains(&&**name));
        own
    });
    let case = (own, vec(text(), 0..3), vec("[!-~]{1,8}", 0..3), 0..86_400_u64);
    holds(1_024, case, |(own, audiences, scopes, life)| {
        const DOMAIN: &str = "https://login.example.com";
        let scope = scopes.join(" ");
        let mut overrides = TokenOverrides::new()
            .claim("aud", audiences.clone())
            .claim("scope", scope.clone())
            .claim("exp", NOW + life);
        for (name, value) in &own {
            overrides = overrides.claim(name, value.clone());
        }
        let id = ServiceClientKey::new("sc_1", "k", "acc").unwrap();
        let token = wait(provider(id, CLIENT, Some(DOMAIN.to_owned())).token_with(&overrides)).unwrap();
        let verifier = verifier(DOMAIN)
            .static_jwks(issuer(DOMAIN, "sc_1"), json!({"keys": [jwk("k", CLIENT)]}).to_string())
            .transport(keys_at(vec![]))
            .build()
            .unwrap();
        let identity = wait(verifier.verify(token.expose())).unwrap();

        let mut expected: Map<String, Value> = serde_json::from_value(json!({
            "aud": audiences, "iss": issuer(DOMAIN, "sc_1"), "sub": "sc_1", "client_id": "sc_1",
            "iat": NOW, "exp": NOW + life, "scope": scope,
        }))
        .unwrap();
        expected.extend(own);
        prop_assert_eq!(identity.claims(), &expected);
        prop_assert_eq!(&identity.claims_as::<Map<String, Value>>().unwrap(), &expected);
        prop_assert_eq!(identity.audiences(), audiences);
        prop_assert_eq!(identity.scopes(), scopes);
        Ok(())
    });
}

fn white_space() -> impl Strategy<Value = String> {
    "[ \t\r\n\u{a0}\u{2003}]{0,3}"
}

#[test]
fn an_access_key_is_read_as_it_was_written() {
    /// PKCS#8 of an Ed25519 private key up to the 32 bytes of the key itself (RFC 8410 section 7).
    const PKCS8: &[u8] = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20";
    let without_dots = |id: String| id.replace('.', "-");
    let ids = (client_id(), key_id(), account_id()).prop_map(move |(client, key, account)| {
        // White space before the text is none of the client id.
        let client = without_dots(client).trim_start().to_owned();
        (client, without_dots(key), account)
    });
    let ids = ids.prop_filter("they are no ids", |(client, key, account)| {
        ServiceClientKey::new(client, key, account).is_ok()
    });
    let case = (ids, any::<[u8; 32]>(), white_space(), white_space());
    holds(1_024, case, |((client_id, key_id, account_id), seed, before, after)| {
        let pkcs8 = [PKCS8, &seed].concat();
        let private_key = STANDARD.encode(&pkcs8);
        let text = format!("{before}{client_id}.{key_id}.{account_id}.{private_key}{after}");
        let key: AccessKey = text.parse().unwrap();
        prop_assert_eq!(
            (key.client_id(), key.key_id(), key.account_id()),
            (&*client_id, &*key_id, &*account_id)
        );
        let shown = format!("{key:?}");
        prop_assert!(!shown.contains(&private_key[22..]));

        // The private key is the one that was written: its public half verifies what it signs.
        let pair = Ed25519KeyPair::from_pkcs8(&pkcs8).unwrap();
        let x = URL_SAFE_NO_PAD.encode(pair.public_key());
        let jwks = json!({"keys": [{"kid": key_id, "kty": "OKP", "crv": "Ed25519", "x": x}]}).to_string();
        let domain = format!("https://{account_id}.login.authress.io");
        let provider = ServiceClientTokenProvider::builder(key)
            .clock(TestClock::at(NOW))
            .build()
            .unwrap();
        let verifier = verifier(&domain)
            .static_jwks(
                format!(
                    "https://{account_id}.api.authress.io/v1/clients/{}",
                    percent_encoded(&client_id)
                ),
                jwks,
            )
            .transport(keys_at(vec![]))
            .build()
            .unwrap();
        let identity = wait(verifier.verify(wait(provider.token()).unwrap().expose())).unwrap();
        prop_assert_eq!(identity.service_client_id(), Some(&*client_id));
        Ok(())
    });
}

#[test]
fn an_access_key_whose_ids_have_dots_is_refused_and_never_read_as_another() {
    let case = (client_id(), key_id(), account_id());
    holds(1_024, case, |(client_id, key_id, account_id)| {
        let text = format!("{client_id}.{key_id}.{account_id}.{}", CLIENT.private);
        let dots = text.matches('.').count();
        match text.parse::<AccessKey>() {
            Ok(key) => {
                prop_assert_eq!(dots, 3);
                prop_assert_eq!((key.client_id(), key.key_id()), (client_id.trim_start(), &*key_id));
            }
            Err(error) if dots == 3 => prop_assert_eq!(error, AccessKeyError::EmptyPart("client id")),
            Err(error) => prop_assert_eq!(error, AccessKeyError::PartCount(dots + 1)),
        }
        Ok(())
    });
}
