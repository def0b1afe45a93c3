//! A token that is signed in KMS is a good token of the service client, to whoever has the public key that KMS gives.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may, as tests may")]

mod support;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authress::{
    CallContext, Clock, ServiceClientKey, ServiceClientTokenProvider, TokenProvider, TokenVerificationReason,
    TokenVerifier, Transport, TransportFuture,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use serde_json::{Value, json};
use support::{Key, Kms};

const NOW: u64 = 1_700_000_000;
const DOMAIN: &str = "https://login.example.com";

struct StandsStill;

impl Clock for StandsStill {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW)
    }
}

/// Authress, of which only the keys of `sc_1` are asked for.
struct Keys(Value);

impl Transport for Keys {
    fn send(&self, request: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        const KEYS: &str = "https://login.example.com/v1/clients/sc_1/.well-known/openid-configuration/jwks";
        assert_eq!(request.uri(), KEYS);
        let keys = json!({"keys": [self.0]}).to_string();
        Box::pin(async { Ok(http::Response::new(keys.into())) })
    }
}

/// A verifier that knows the key which `public_key` is, as it is uploaded.
fn verifier(public_key: &str) -> TokenVerifier {
    let spki = STANDARD.decode(public_key).unwrap();
    let x = URL_SAFE_NO_PAD.encode(spki.last_chunk::<32>().unwrap());
    let jwk = json!({"kid": "k1", "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "x": x});
    let builder = TokenVerifier::builder(DOMAIN).clock(StandsStill).transport(Keys(jwk));
    builder.build().unwrap()
}

#[tokio::test]
async fn a_token_signed_in_kms_verifies_with_the_public_key_of_kms() {
    let kms = Kms::with(&Key::generate()).await;
    let signer = kms.signer();
    let key = ServiceClientKey::new("sc_1", "k1", "acc_1").unwrap();
    let provider = ServiceClientTokenProvider::with_signer(key, signer.clone())
        .domain(DOMAIN)
        .clock(StandsStill)
        .build()
        .unwrap();
    let token = provider.token().await.unwrap();

    let identity = verifier(&signer.public_key().await.unwrap())
        .verify(token.expose())
        .await
        .unwrap();
    assert_eq!(identity.service_client_id(), Some("sc_1"));
    assert_eq!(identity.audiences(), ["acc_1.accounts.authress.io"]);

    let another = Kms::with(&Key::generate()).await;
    let error = verifier(&another.signer().public_key().await.unwrap())
        .verify(token.expose())
        .await;
    assert_eq!(error.unwrap_err().reason(), TokenVerificationReason::BadSignature);
}
