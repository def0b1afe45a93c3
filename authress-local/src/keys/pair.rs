//! Ed25519 key pairs: made, signed with, and their public halves in the forms that are exchanged.

use std::fmt;
use std::sync::Arc;

use authress_api::Secret;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::Error;

/// What stands before the 32 bytes of the key in the SPKI of an Ed25519 key (RFC 8410 section 4).
const SPKI_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A key pair with its id; cloning it is cheap. `Debug` shows the id alone.
#[derive(Clone)]
pub(crate) struct KeyPair {
    id: String,
    pair: Arc<Ed25519KeyPair>,
}

impl KeyPair {
    pub(crate) fn generate(id: impl Into<String>) -> Result<Self, Error> {
        let pair = Ed25519KeyPair::generate().map_err(|_| Error::new("no key pair could be made"))?;
        Ok(Self {
            id: id.into(),
            pair: pair.into(),
        })
    }

    /// Reads what [`private_base64`](Self::private_base64) wrote; the error does not show it.
    pub(crate) fn from_private_base64(id: impl Into<String>, text: &str) -> Result<Self, Error> {
        let der = STANDARD.decode(text.trim()).ok();
        let pair = der.and_then(|der| Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).ok());
        let pair = pair.ok_or_else(|| Error::new("the private key is no Ed25519 key as base64 of its PKCS#8"))?;
        Ok(Self {
            id: id.into(),
            pair: pair.into(),
        })
    }

    /// The access key that this key pair makes for a service client.
    pub(crate) fn access_key(&self, client_id: &str, account_id: &str) -> Result<Secret, Error> {
        let private = self.private_base64()?;
        Ok(Secret::from(format!("{client_id}.{}.{account_id}.{private}", self.id)))
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn sign(&self, text: &[u8]) -> Vec<u8> {
        self.pair.sign(text).as_ref().to_vec()
    }

    pub(crate) fn public(&self) -> Result<PublicKey, Error> {
        let bytes = self.pair.public_key().as_ref().try_into();
        bytes
            .map(PublicKey)
            .map_err(|_| Error::new("the public key has another length than Ed25519 keys have"))
    }

    /// The private key as an access key holds it: base64 of PKCS#8 version 1 (RFC 5208), 48 bytes.
    pub(crate) fn private_base64(&self) -> Result<String, Error> {
        let der = self
            .pair
            .to_pkcs8v1()
            .map_err(|_| Error::new("the private key cannot be written"))?;
        Ok(STANDARD.encode(der.as_ref()))
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The public half of a key pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublicKey([u8; 32]);

impl PublicKey {
    /// Reads the form in which public keys are uploaded: base64 of SPKI in DER (RFC 8410), white space ignored.
    pub(crate) fn from_spki_base64(text: &str) -> Option<Self> {
        let text: String = text.split_whitespace().collect();
        let der = STANDARD.decode(text).ok()?;
        der.strip_prefix(&SPKI_PREFIX)?.try_into().ok().map(Self)
    }

    /// The form in which public keys are uploaded.
    pub(crate) fn to_spki_base64(&self) -> String {
        STANDARD.encode([&SPKI_PREFIX[..], &self.0[..]].concat())
    }

    pub(crate) fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0)
            .verify(text, signature)
            .is_ok()
    }

    /// The key as a member of a JWKS (RFC 8037 section 2).
    pub(crate) fn jwk(&self, id: &str) -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": id, "x": URL_SAFE_NO_PAD.encode(self.0)})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_verifies_with_its_own_key_only() {
        let (one, two) = (KeyPair::generate("1").unwrap(), KeyPair::generate("2").unwrap());
        let signature = one.sign(b"text");
        assert!(one.public().unwrap().verifies(b"text", &signature));
        assert!(!one.public().unwrap().verifies(b"texT", &signature));
        assert!(!two.public().unwrap().verifies(b"text", &signature));
        assert!(!one.public().unwrap().verifies(b"text", b""));
    }

    #[test]
    fn the_private_key_is_48_bytes_of_pkcs8() {
        let text = KeyPair::generate("1").unwrap().private_base64().unwrap();
        assert!(text.starts_with("MC4CAQAwBQYDK2VwBCIEI"), "not the known beginning");
        assert_eq!(STANDARD.decode(text).unwrap().len(), 48);
    }

    #[test]
    fn a_private_key_that_was_written_is_read_again_and_everything_else_refused() {
        let pair = KeyPair::generate("1").unwrap();
        let text = pair.private_base64().unwrap();
        let again = KeyPair::from_private_base64("1", &format!("{text}\n")).unwrap();
        assert_eq!((again.id(), again.public().unwrap()), ("1", pair.public().unwrap()));
        assert_eq!(again.sign(b"text"), pair.sign(b"text"));
        assert_eq!(again.private_base64().unwrap(), text);
        let public = pair.public().unwrap().to_spki_base64();
        for other in ["", "no base64!", &text[4..], &text[..60], public.as_str()] {
            let error = KeyPair::from_private_base64("1", other).unwrap_err().to_string();
            assert!(other.is_empty() || !error.contains(other), "{error}");
        }
    }

    #[test]
    fn an_uploaded_public_key_is_read_and_everything_else_refused() {
        let public = KeyPair::generate("1").unwrap().public().unwrap();
        let text = public.to_spki_base64();
        assert_eq!(PublicKey::from_spki_base64(&text), Some(public.clone()));
        assert_eq!(PublicKey::from_spki_base64(&format!(" {text}\n")), Some(public.clone()));
        for other in ["", "AAAA", "not base64!", &STANDARD.encode(public.0), &text[..40]] {
            assert_eq!(PublicKey::from_spki_base64(other), None, "{other}");
        }
    }
}
