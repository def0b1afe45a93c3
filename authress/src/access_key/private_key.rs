//! The private key of an access key, and the one place where it signs: EdDSA over Ed25519 (RFC 8037), or RS256 (RFC 7518 section 3.3) with a key
//! of the older form.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};

use crate::rsa;

/// A private key that is ready to sign. The library that holds it overwrites its memory when the last clone is dropped.
#[derive(Clone)]
pub(crate) enum PrivateKey {
    Ed25519(Arc<Ed25519KeyPair>),
    Rsa(Arc<RsaKeyPair>),
}

/// The private key cannot sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CannotSign;

impl PrivateKey {
    /// The Ed25519 key in `der` (PKCS#8).
    pub(super) fn ed25519(der: &[u8]) -> Result<Self, CannotSign> {
        let pair = Ed25519KeyPair::from_pkcs8(der).map_err(|_| CannotSign)?;
        Ok(Self::Ed25519(Arc::new(pair)))
    }

    /// The RSA key in `der` (PKCS#8).
    pub(super) fn rsa(der: &[u8]) -> Result<Self, CannotSign> {
        let pair = RsaKeyPair::from_pkcs8(der).map_err(|_| CannotSign)?;
        if !rsa::BITS.contains(&(pair.public_modulus_len() * 8)) {
            return Err(CannotSign);
        }
        Ok(Self::Rsa(Arc::new(pair)))
    }

    /// The value of `alg` in the header of what it signs.
    pub(crate) fn algorithm(&self) -> &'static str {
        match self {
            Self::Ed25519(_) => "EdDSA",
            Self::Rsa(_) => "RS256",
        }
    }

    /// The signature over `signing_input`.
    pub(crate) fn sign(&self, signing_input: &[u8]) -> Result<Vec<u8>, CannotSign> {
        match self {
            Self::Ed25519(pair) => {
                let signature = pair.try_sign(signing_input).map_err(|_| CannotSign)?;
                Ok(signature.as_ref().to_vec())
            }
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signing_input, &mut signature)
                    .map_err(|_| CannotSign)?;
                Ok(signature)
            }
        }
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

impl fmt::Display for CannotSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the private key of the access key cannot sign")
    }
}

impl std::error::Error for CannotSign {}
