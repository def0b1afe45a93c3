//! What the tests share: a transport in memory that counts, a clock that is set by hand, real keys, and tokens made from any text.

#![allow(dead_code, reason = "each test program uses its part of it")]

pub(crate) mod ticks;
pub(crate) mod waits;
pub(crate) mod wire;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authress::{CallContext, Clock, Error, SleepFuture, Transport, TransportFuture};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

pub(crate) const NOW: u64 = 1_700_000_000;
pub(crate) const DOMAIN: &str = "https://login.example.com";

/// A key pair: the private key in PKCS#8 and the public key as a JWK has it.
#[derive(Clone, Copy)]
pub(crate) struct KeyPair {
    pub(crate) private: &'static str,
    pub(crate) x: &'static str,
}

/// The key of the account.
pub(crate) const ACCOUNT: KeyPair = KeyPair {
    private: "MC4CAQAwBQYDK2VwBCIEII/tPo06K1ZEXE67xwPmdYJi9UrdUdYgWH5Qiud8IzpF",
    x: "1YN4ZhBla-pl-HXQRGC1GKxhUsvhQqvN2-w6haKKFOg",
};
/// The key of the service client `sc_1`.
pub(crate) const CLIENT: KeyPair = KeyPair {
    private: "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt",
    x: "Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc",
};
/// The key of the service client `sc_2`, or of a stranger.
pub(crate) const OTHER: KeyPair = KeyPair {
    private: "MC4CAQAwBQYDK2VwBCIEINFlDZEHdAzWsVgx0vfZp5+x3l4XVjGKmZlpHImPAYuS",
    x: "TuaXdG1FHVhv8BK4z-0cKqcCX2XJlFuo1ZtC1JPKR1g",
};

/// The access key of `sc_1`.
pub(crate) fn access_key() -> String {
    format!("sc_1.k-client.acc_1.{}", CLIENT.private)
}

pub(crate) fn jwk(key_id: &str, key: KeyPair) -> Value {
    json!({"kid": key_id, "kty": "OKP", "crv": "Ed25519", "x": key.x, "alg": "EdDSA", "use": "sig"})
}

pub(crate) fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// A token of exactly these texts, signed with `key`.
pub(crate) fn token(header: &str, claims: &str, key: KeyPair) -> String {
    let input = format!("{}.{}", encode(header), encode(claims));
    let der = STANDARD.decode(key.private).unwrap();
    let signature =
        jsonwebtoken::crypto::sign(input.as_bytes(), &EncodingKey::from_ed_der(&der), Algorithm::EdDSA).unwrap();
    format!("{input}.{signature}")
}

/// A good token of the account for `user-1`, with `change` made to its claims.
pub(crate) fn user_token(change: impl FnOnce(&mut Value)) -> String {
    let mut claims =
        json!({"iss": DOMAIN, "sub": "user-1", "aud": "app", "iat": NOW, "exp": NOW + 3_600, "scope": "openid"});
    change(&mut claims);
    token(
        r#"{"alg":"EdDSA","kid":"k-account","typ":"at+jwt"}"#,
        &claims.to_string(),
        ACCOUNT,
    )
}

/// A clock that stands still until it is set.
#[derive(Clone)]
pub(crate) struct TestClock(Arc<AtomicU64>);

impl TestClock {
    pub(crate) fn at(seconds: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seconds)))
    }

    pub(crate) fn set(&self, seconds: u64) {
        self.0.store(seconds, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

/// A clock that stands still, and on which every limit has been reached as soon as somebody waits for it.
pub(crate) struct Hasty;

impl Clock for Hasty {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW)
    }

    fn sleep(&self, _: Duration) -> SleepFuture<'_> {
        Box::pin(std::future::ready(()))
    }
}

type Answer = dyn Fn(&http::Request<Bytes>) -> Result<http::Response<Bytes>, Error> + Send + Sync;

/// A transport in memory. Clones share what was asked.
#[derive(Clone)]
pub(crate) struct Memory {
    answer: Arc<Answer>,
    asked: Arc<Mutex<Vec<http::Request<Bytes>>>>,
}

impl Memory {
    pub(crate) fn answering(
        answer: impl Fn(&http::Request<Bytes>) -> Result<http::Response<Bytes>, Error> + Send + Sync + 'static,
    ) -> Self {
        Self {
            answer: Arc::new(answer),
            asked: Arc::default(),
        }
    }

    /// The keys of the account and of the clients `sc_1` and `sc_2` at [`DOMAIN`]; 404 for everything else.
    pub(crate) fn with_keys() -> Self {
        const JWKS: &str = "/.well-known/openid-configuration/jwks";
        Self::answering(|request| {
            let url = request.uri().to_string();
            let key = match url.strip_suffix(JWKS) {
                Some(DOMAIN) => jwk("k-account", ACCOUNT),
                Some("https://login.example.com/v1/clients/sc_1") => jwk("k-client", CLIENT),
                Some("https://login.example.com/v1/clients/sc_2") => jwk("k-other", OTHER),
                _ => return Ok(answer(404, "")),
            };
            Ok(answer(
                200,
                &json!({"keys": [null, {"kty": "RSA", "kid": "r"}, key]}).to_string(),
            ))
        })
    }

    /// The account and the client `sc_1` have different keys with the same id, `k`.
    pub(crate) fn with_one_key_id() -> Self {
        Self::answering(|request| {
            let of_client = request.uri().path().starts_with("/v1/clients/sc_1/");
            let key = if of_client { CLIENT } else { ACCOUNT };
            Ok(answer(200, &json!({"keys": [jwk("k", key)]}).to_string()))
        })
    }

    pub(crate) fn count(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    pub(crate) fn urls(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|request| request.uri().to_string()).collect()
    }

    pub(crate) fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn last(&self) -> http::Request<Bytes> {
        self.asked.lock().unwrap().last().unwrap().clone()
    }
}

impl Transport for Memory {
    fn send(&self, request: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        Box::pin(async move {
            self.asked.lock().unwrap().push(request.clone());
            // Others get their turn while the answer is under way.
            tokio::task::yield_now().await;
            (self.answer)(&request)
        })
    }
}

pub(crate) fn answer(status: u16, body: &str) -> http::Response<Bytes> {
    let mut answer = http::Response::new(Bytes::copy_from_slice(body.as_bytes()));
    *answer.status_mut() = status.try_into().unwrap();
    answer
}
