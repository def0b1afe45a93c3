//! What the targets share: time that stands still, a network that is not there, keys, and tokens that are made from any bytes.

pub mod operations;
pub mod seed;
pub mod service;

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authress::bytes::Bytes;
use authress::{CallContext, TransportFuture, http};
use authress::{Clock, Identity, SleepFuture, TokenVerificationError, TokenVerifier, TokenVerifierBuilder, Transport};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

pub const NOW: u64 = 1_700_000_000;
pub const DOMAIN: &str = "https://login.example.com";
/// The service client whose keys the verifier of `token_shape` has.
pub const CLIENT_ID: &str = "sc_1";
/// Longest token that is looked at, in bytes.
pub const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// A time that never changes; nothing that waits for another ever ends.
pub struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW)
    }

    fn sleep(&self, _: Duration) -> SleepFuture<'_> {
        Box::pin(std::future::pending())
    }
}

/// A network in which nobody has keys. It answers at once and remembers the addresses.
#[derive(Clone, Default)]
pub struct Nobody(Arc<Mutex<Vec<String>>>);

impl Nobody {
    pub fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for Nobody {
    fn send(&self, request: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        assert!(request.body().is_empty(), "a request for keys has a body");
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push(request.uri().to_string());
        let mut answer = http::Response::new(Bytes::new());
        *answer.status_mut() = http::StatusCode::NOT_FOUND;
        Box::pin(std::future::ready(Ok(answer)))
    }
}

/// The output of a future that has nothing to wait for.
pub fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits for something"),
    }
}

/// An Ed25519 key pair.
pub struct Pair(Ed25519KeyPair);

impl Pair {
    fn new(pkcs8: &str) -> Self {
        Self(Ed25519KeyPair::from_pkcs8(&STANDARD.decode(pkcs8).unwrap()).unwrap())
    }

    /// The public half as a JWK.
    pub fn jwk(&self, key_id: &str) -> Value {
        let x = URL_SAFE_NO_PAD.encode(self.0.public_key());
        json!({"kid": key_id, "kty": "OKP", "crv": "Ed25519", "x": x})
    }

    /// A token of exactly these bytes.
    pub fn token(&self, header: &[u8], payload: &[u8]) -> String {
        let input = signing_input(header, payload);
        let signature = URL_SAFE_NO_PAD.encode(self.0.sign(input.as_bytes()));
        format!("{input}.{signature}")
    }

    /// Whether `signature` is this key's over `signing_input`.
    pub fn has_signed(&self, signing_input: &[u8], signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, self.0.public_key());
        key.verify(signing_input, signature).is_ok()
    }
}

/// The key of the account.
pub static ACCOUNT: LazyLock<Pair> =
    LazyLock::new(|| Pair::new("MC4CAQAwBQYDK2VwBCIEII/tPo06K1ZEXE67xwPmdYJi9UrdUdYgWH5Qiud8IzpF"));
/// The key of the service client [`CLIENT_ID`].
pub static CLIENT: LazyLock<Pair> =
    LazyLock::new(|| Pair::new("MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt"));
/// A key that no set has.
pub static STRANGER: LazyLock<Pair> =
    LazyLock::new(|| Pair::new("MC4CAQAwBQYDK2VwBCIEINFlDZEHdAzWsVgx0vfZp5+x3l4XVjGKmZlpHImPAYuS"));

/// What a signature is over.
pub fn signing_input(header: &[u8], payload: &[u8]) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
}

/// A verifier for [`DOMAIN`] without time and network.
pub fn builder(network: &Nobody) -> TokenVerifierBuilder {
    TokenVerifier::builder(DOMAIN).clock(Stopped).transport(network.clone())
}

/// The three parts of an accepted token, decoded, and what the signature is over.
pub struct Decoded<'a> {
    pub header: Map<String, Value>,
    pub payload: Vec<u8>,
    pub signature: Vec<u8>,
    pub signing_input: &'a [u8],
}

impl<'a> Decoded<'a> {
    /// Takes `token` apart by means that have nothing in common with the verifier's but the library of base64.
    pub fn of(token: &'a str) -> Self {
        let parts: Vec<&str> = token.split('.').collect();
        let [header, payload, signature] = parts[..] else {
            panic!("accepted with {} parts", parts.len());
        };
        let decoded = |part| URL_SAFE_NO_PAD.decode(part).expect("an accepted part is base64url");
        Self {
            header: serde_json::from_slice(&decoded(header)).expect("an accepted header is an object"),
            payload: decoded(payload),
            signature: decoded(signature),
            signing_input: &token.as_bytes()[..header.len() + 1 + payload.len()],
        }
    }
}

/// Both ways to print a refusal, with its sources.
pub fn shown(error: &dyn std::error::Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!(" {error} {error:?}"));
        source = error.source();
    }
    text
}

/// No eight bytes of `secrets` stand in `shown`, other than words of the errors themselves, which stand in `known`.
pub fn assert_silent(shown: &str, known: &BTreeSet<Vec<u8>>, secrets: &[&[u8]]) {
    for run in shown.as_bytes().windows(RUN).filter(|run| !known.contains(*run)) {
        for secret in secrets {
            let is_told = secret.windows(RUN).any(|part| part == run);
            assert!(!is_told, "{shown:?} tells {:?}", String::from_utf8_lossy(run));
        }
    }
}

/// The runs of bytes in `texts`, for [`assert_silent`].
pub fn runs(texts: &[String]) -> BTreeSet<Vec<u8>> {
    let runs = texts.iter().flat_map(|text| text.as_bytes().windows(RUN));
    runs.map(<[u8]>::to_vec).collect()
}

const RUN: usize = 8;

/// What can be compared of the outcome of a verification.
pub fn outcome(verified: &Result<Identity, TokenVerificationError>) -> String {
    match verified {
        Ok(identity) => format!("{identity:?} {:?}", identity.claims()),
        Err(error) => format!("{}", error.reason()),
    }
}

/// The lines of an input: exactly `N`, of which the last has whatever is left. A line break within one is written `␤`.
pub fn lines<const N: usize>(data: &[u8]) -> Option<[String; N]> {
    let text = std::str::from_utf8(data).ok()?;
    let lines: Vec<String> = text.splitn(N, '\n').map(|line| line.replace('␤', "\n")).collect();
    lines.try_into().ok()
}

/// The value of JSON that all readers read alike: it has no escapes, no name that the library takes for an order, and names nothing twice.
pub fn plain(data: &[u8]) -> Option<Value> {
    if !is_simple(data) {
        return None;
    }
    let value = serde_json::from_slice(data).ok()?;
    names_each_once(&value, data).then_some(value)
}

/// Whether it has no escapes, and no names that the library takes for orders.
pub fn is_simple(data: &[u8]) -> bool {
    !has(data, b"\\") && !has(data, b"$serde_json")
}

/// Whether `word` stands anywhere in `data`.
pub fn has(data: &[u8], word: &[u8]) -> bool {
    data.windows(word.len()).any(|part| part == word)
}

/// What is named twice in `data`, which is simple, is in its value once.
pub fn names_each_once(value: &Value, data: &[u8]) -> bool {
    let quotes = |text: &[u8]| text.iter().filter(|byte| **byte == b'"').count();
    quotes(value.to_string().as_bytes()) == quotes(data)
}
