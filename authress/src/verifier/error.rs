//! Why a token was not verified: a reason that a program reads, and the two classes that decide the answer to the caller.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// Why a token was not verified.
///
/// There are two classes: the token is not good ([`is_token_invalid`](Self::is_token_invalid), answer 401), or the keys to check it with could
/// not be had ([`is_unavailable`](Self::is_unavailable), answer 503 and let the caller come again). Neither means that the token is good.
///
/// Neither `Display` nor `Debug` shows any of the token.
///
/// ```
/// use authress::{TokenVerificationError, TokenVerificationReason, TokenVerifier};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), authress::Error> {
/// let verifier = TokenVerifier::builder("https://login.example.com").build()?;
/// let error: TokenVerificationError = verifier.verify("nonsense").await.unwrap_err();
/// assert!(error.is_token_invalid() && !error.is_unavailable());
/// assert_eq!(error.reason(), TokenVerificationReason::Malformed);
/// assert_eq!(error.reason().as_str(), "malformed");
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct TokenVerificationError {
    reason: TokenVerificationReason,
    detail: Option<&'static str>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// The reason as a value, for metrics, logs and decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenVerificationReason {
    /// It is not a JSON Web Token with a signature: three parts of base64url without padding, the first two JSON objects, the first with a key id
    /// (`kid`).
    Malformed,
    /// It is longer than 16 KiB.
    TooLarge,
    /// It is an access key. An access key is a secret of its owner and must not be sent to anybody; consider it disclosed and delete it.
    AccessKey,
    /// Its `typ` says that it is something else, a login code for instance.
    UnsupportedType,
    /// Its `alg` is none that can be trusted: `none`, an HMAC, or one that the key is not for.
    UnsupportedAlgorithm,
    /// It has `crit`: extensions that must be understood and are not (RFC 7515 section 4.1.11).
    CriticalExtension,
    /// Its issuer is none that is trusted.
    UntrustedIssuer,
    /// A service client's token speaks of somebody else than the client.
    SubjectMismatch,
    /// The issuer has no such key. The key of an access key that was made a moment ago may take the service five minutes to publish, and an issuer
    /// is asked at most once a minute for key ids that it does not have.
    UnknownKey,
    /// The signature does not match.
    BadSignature,
    /// A claim is missing or of the wrong type.
    InvalidClaim,
    /// It has expired.
    Expired,
    /// Its time has not come yet (`nbf`).
    NotYetValid,
    /// It was issued in the future (`iat`); one of the two clocks is wrong.
    IssuedInFuture,
    /// It is meant for somebody else (`aud`).
    WrongAudience,
    /// The keys of the issuer could not be had.
    KeysUnavailable,
}

impl TokenVerificationReason {
    /// The reason as one stable word, for a metric's label.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::AccessKey => "access_key",
            Self::UnsupportedType => "unsupported_type",
            Self::UnsupportedAlgorithm => "unsupported_algorithm",
            Self::CriticalExtension => "critical_extension",
            Self::UntrustedIssuer => "untrusted_issuer",
            Self::SubjectMismatch => "subject_mismatch",
            Self::UnknownKey => "unknown_key",
            Self::BadSignature => "bad_signature",
            Self::InvalidClaim => "invalid_claim",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::IssuedInFuture => "issued_in_future",
            Self::WrongAudience => "wrong_audience",
            Self::KeysUnavailable => "keys_unavailable",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Malformed => "it is not a well-formed signed JSON Web Token",
            Self::TooLarge => "the token is longer than 16 KiB",
            Self::AccessKey => "it is an access key, which must never be sent: delete it and make a new one",
            Self::UnsupportedType => "the token is of a type that is not accepted",
            Self::UnsupportedAlgorithm => "the token's algorithm is not accepted",
            Self::CriticalExtension => "the token has critical extensions, and none is supported",
            Self::UntrustedIssuer => "the token's issuer is not trusted",
            Self::SubjectMismatch => "the token's subject is not the service client that issued it",
            Self::UnknownKey => "the issuer has no key of the token's key id",
            Self::BadSignature => "the token's signature does not match",
            Self::InvalidClaim => "a claim of the token is missing or of the wrong type",
            Self::Expired => "the token has expired",
            Self::NotYetValid => "the token is not valid yet",
            Self::IssuedInFuture => "the token was issued in the future",
            Self::WrongAudience => "the token is for another audience",
            Self::KeysUnavailable => "the issuer's keys could not be had",
        }
    }
}

impl TokenVerificationError {
    pub(super) fn new(reason: TokenVerificationReason) -> Self {
        Self {
            reason,
            detail: None,
            source: None,
        }
    }

    /// A reason and where in the token it was found; `detail` is never text of the token.
    pub(super) fn at(reason: TokenVerificationReason, detail: &'static str) -> Self {
        Self {
            detail: Some(detail),
            ..Self::new(reason)
        }
    }

    pub(crate) fn unavailable<E: StdError + Send + Sync + 'static>(source: Arc<E>) -> Self {
        Self {
            source: Some(source),
            ..Self::new(TokenVerificationReason::KeysUnavailable)
        }
    }

    /// The reason as a value.
    pub fn reason(&self) -> TokenVerificationReason {
        self.reason
    }

    /// The token is not good, or not yet: answer 401.
    ///
    /// Troubleshooting: [`reason`](Self::reason) says what is wrong. An untrusted issuer is most often a verifier that was built with another
    /// domain than the one that the tokens come from.
    pub fn is_token_invalid(&self) -> bool {
        !self.is_unavailable()
    }

    /// The keys to check the token with could not be had, so nothing is known of it: answer 503.
    ///
    /// Troubleshooting: the source of the error says why. See whether the machine reaches the account's domain.
    pub fn is_unavailable(&self) -> bool {
        self.reason == TokenVerificationReason::KeysUnavailable
    }
}

impl fmt::Display for TokenVerificationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for TokenVerificationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason.sentence())?;
        match self.detail {
            Some(detail) => write!(f, " ({detail})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for TokenVerificationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenVerificationError({}: {self}", self.reason)?;
        if let Some(source) = &self.source {
            write!(f, ": {source}")?;
        }
        f.write_str(")")
    }
}

impl StdError for TokenVerificationError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_where_in_the_token_it_was_found() {
        let error = TokenVerificationError::at(TokenVerificationReason::InvalidClaim, "`aud`");
        let (whole, bare) = (
            error.to_string(),
            TokenVerificationError::new(error.reason()).to_string(),
        );
        assert_eq!(whole, format!("{bare} (`aud`)"));
    }
}
