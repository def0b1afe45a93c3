//! The one place where something is signed: EdDSA over Ed25519 (RFC 8037).

use std::fmt;

use jsonwebtoken::crypto::aws_lc;
use jsonwebtoken::{Algorithm, EncodingKey};

/// Signs with the private key of an access key. The key's memory is overwritten when it is dropped.
#[derive(Clone)]
pub(crate) struct Signer(EncodingKey);

/// The private key cannot sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CannotSign;

impl Signer {
    /// The value of `alg` in the header of what it signs.
    pub(crate) const ALGORITHM: &'static str = "EdDSA";

    /// A signer for the Ed25519 key in `der` (PKCS#8), after a signature for trial.
    pub(crate) fn from_pkcs8(der: &[u8]) -> Result<Self, CannotSign> {
        let signer = Self(EncodingKey::from_ed_der(der));
        signer.sign(b"").map(|_| signer)
    }

    /// The 64 bytes of the signature over `signing_input`.
    pub(crate) fn sign(&self, signing_input: &[u8]) -> Result<Vec<u8>, CannotSign> {
        // The backend is named here. The process-wide default would panic in a program where another crate turns on a second backend.
        (aws_lc::DEFAULT_PROVIDER.signer_factory)(&Algorithm::EdDSA, &self.0)
            .map_err(|_| CannotSign)?
            .try_sign(signing_input)
            .map_err(|_| CannotSign)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(..)")
    }
}

impl fmt::Display for CannotSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the private key of the access key cannot sign")
    }
}

impl std::error::Error for CannotSign {}
