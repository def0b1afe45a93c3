//! The algorithms that signatures may have. HMAC is not among them: with it, whoever knows the public key could sign.
//! A token that names any other, `none` for one, is refused in `header`.

use std::fmt;

/// An algorithm of signatures that a verifier can accept.
///
/// There is no way to name an HMAC, or none at all:
///
/// ```compile_fail,E0599
/// let builder = authress::TokenVerifier::builder("https://login.example.com").algorithms([authress::SigningAlgorithm::HS256]);
/// ```
///
/// ```compile_fail,E0599
/// let algorithm = authress::SigningAlgorithm::None;
/// ```
///
/// ```
/// assert_eq!(authress::SigningAlgorithm::EdDSA.as_str(), "EdDSA");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SigningAlgorithm {
    /// EdDSA over Ed25519 (RFC 8037): what the service and its access keys sign with.
    EdDSA,
    /// RSA PKCS#1 v1.5 with SHA-256 (RFC 7518 section 3.3), of access keys of the older form.
    RS256,
    /// RSA PKCS#1 v1.5 with SHA-384.
    RS384,
    /// RSA PKCS#1 v1.5 with SHA-512.
    RS512,
}

impl SigningAlgorithm {
    pub(super) const ALL: [Self; 4] = [Self::EdDSA, Self::RS256, Self::RS384, Self::RS512];

    /// The value of `alg` in a header or a key.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EdDSA => "EdDSA",
            Self::RS256 => "RS256",
            Self::RS384 => "RS384",
            Self::RS512 => "RS512",
        }
    }

    /// The algorithm of this name; names are case-sensitive (RFC 7515 section 4.1.1).
    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == name)
    }
}

impl fmt::Display for SigningAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
