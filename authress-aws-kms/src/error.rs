//! The one error: what failed at KMS, and what a program decides on.

use std::error::Error as StdError;
use std::fmt;

use aws_sdk_kms::config::http::HttpResponse;
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};

/// Why AWS KMS gave no signature, or no public key.
///
/// The kind is private, so that it may grow; what a program decides on are predicates and accessors. `Display` is one sentence; the cause is in
/// [`source`](StdError::source) and not repeated. Where KMS refused, that is the SDK's error of the operation, as
/// [`SignError`](aws_sdk_kms::operation::sign::SignError), without the raw answer.
///
/// Neither `Display` nor `Debug` shows what is signed, a signature or credentials. Nor does the source: the raw answer is not kept, and neither is
/// what KMS says when the signature of the request itself is bad, which repeats headers of the request.
pub struct KmsSignerError(Box<Inner>);

struct Inner {
    kind: Kind,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

enum Kind {
    /// The key is of another kind; why continues the sentence "the KMS key cannot sign tokens: ".
    WrongKey(&'static str),
    /// There is no answer, or it is a no.
    Failed(Operation, Failure),
    /// The answer is not what it must be; what continues the sentence "the answer of AWS KMS ".
    Unexpected(Operation, &'static str),
}

/// What was asked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operation {
    Sign,
    GetPublicKey,
}

enum Failure {
    /// The request could not be made.
    NotSent,
    /// The limit in time ran out.
    Timeout,
    /// There was no exchange, or it broke off; whether it may go well the next time.
    Exchange { may_pass: bool },
    /// KMS, or what stands in between, answered with another status than success.
    Refused { status: u16, code: Option<String> },
}

impl KmsSignerError {
    fn new(kind: Kind, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Box::new(Inner { kind, source }))
    }

    pub(crate) fn wrong_key(why: &'static str) -> Self {
        Self::new(Kind::WrongKey(why), None)
    }

    pub(crate) fn unexpected(operation: Operation, what: &'static str) -> Self {
        Self::new(Kind::Unexpected(operation, what), None)
    }

    pub(crate) fn failed<E>(operation: Operation, error: SdkError<E, HttpResponse>) -> Self
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let code = error.code();
        // What is said of a bad signature of the request repeats signed headers, and the session token is one.
        let repeats_the_request = code.is_some_and(|code| code.contains("Signature"));
        let kind = match &error {
            SdkError::ConstructionFailure(_) => Kind::Failed(operation, Failure::NotSent),
            SdkError::TimeoutError(_) => Kind::Failed(operation, Failure::Timeout),
            SdkError::DispatchFailure(failure) if failure.is_timeout() => Kind::Failed(operation, Failure::Timeout),
            SdkError::DispatchFailure(failure) => {
                let may_pass = failure.is_io() || failure.as_other().is_some();
                Kind::Failed(operation, Failure::Exchange { may_pass })
            }
            SdkError::ServiceError(answer) if answer.raw().status().is_success() => {
                Kind::Unexpected(operation, "cannot be read")
            }
            SdkError::ServiceError(answer) => {
                let refused = Failure::Refused {
                    status: answer.raw().status().as_u16(),
                    code: code.map(str::to_owned),
                };
                Kind::Failed(operation, refused)
            }
            // An answer that broke off, and what later versions of the SDK know.
            _ => Kind::Failed(operation, Failure::Exchange { may_pass: true }),
        };
        // The SDK's outer error has the raw answer, and so perhaps a signature, in its `Debug`. Its source does not.
        let source = error.into_source().ok().filter(|_| !repeats_the_request);
        Self::new(kind, source)
    }

    fn failure(&self) -> Option<&Failure> {
        match &self.0.kind {
            Kind::Failed(_, failure) => Some(failure),
            Kind::WrongKey(_) | Kind::Unexpected(..) => None,
        }
    }
}

/// Predicates and details: what a program decides on.
impl KmsSignerError {
    /// The key is none that can sign tokens: not Ed25519, or not for signatures. It will not pass.
    ///
    /// Troubleshooting: make a key with the key spec `ECC_NIST_EDWARDS25519` and the key usage `SIGN_VERIFY`; neither can be changed later.
    pub fn is_wrong_key(&self) -> bool {
        // Sign says the first of these, GetPublicKey of a symmetric key the second.
        matches!(self.0.kind, Kind::WrongKey(_))
            || matches!(
                self.code(),
                Some("InvalidKeyUsageException" | "UnsupportedOperationException")
            )
    }

    /// KMS does not let the caller use the key, or does not tell it whether there is one.
    ///
    /// Troubleshooting: the caller needs `kms:Sign`, or `kms:GetPublicKey` for the public key, in its own policy or that of the key.
    pub fn is_access_denied(&self) -> bool {
        self.code() == Some("AccessDeniedException")
    }

    /// KMS could not be reached, did not answer in time, asked for fewer requests or failed itself: it may go well later.
    pub fn is_unavailable(&self) -> bool {
        match self.failure() {
            Some(Failure::Timeout) => true,
            Some(Failure::Exchange { may_pass }) => *may_pass,
            Some(Failure::Refused { status, code }) => {
                *status >= 500 || *status == 429 || code.as_deref() == Some("ThrottlingException")
            }
            Some(Failure::NotSent) | None => false,
        }
    }

    /// The limit in time ran out before the answer was complete. Then [`is_unavailable`](Self::is_unavailable) is true as well.
    pub fn is_timeout(&self) -> bool {
        matches!(self.failure(), Some(Failure::Timeout))
    }

    /// KMS answered with success and with something else than it promises: a signature that is not 64 bytes of `ED25519_SHA_512`, a public key that
    /// is damaged, or no answer of KMS at all.
    ///
    /// Troubleshooting: see what stands between this program and KMS, as a proxy or an endpoint of your own.
    pub fn is_unexpected_answer(&self) -> bool {
        matches!(self.0.kind, Kind::Unexpected(..))
    }

    /// The code of the error that KMS answered with, as `NotFoundException`; the list of codes is open.
    pub fn code(&self) -> Option<&str> {
        match self.failure() {
            Some(Failure::Refused { code, .. }) => code.as_deref(),
            _ => None,
        }
    }
}

impl fmt::Display for KmsSignerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            Kind::WrongKey(why) => write!(f, "the KMS key cannot sign tokens: {why}"),
            Kind::Unexpected(operation, what) => write!(f, "{operation:?}: the answer of AWS KMS {what}"),
            Kind::Failed(operation, failure) => match failure {
                Failure::NotSent => write!(f, "{operation:?}: the request to AWS KMS could not be made"),
                Failure::Timeout => write!(f, "{operation:?}: AWS KMS did not answer in time"),
                Failure::Exchange { .. } => write!(f, "{operation:?}: the exchange with AWS KMS failed"),
                Failure::Refused { status, .. } => write!(f, "{operation:?}: AWS KMS answered {status}"),
            },
        }
    }
}

impl fmt::Debug for KmsSignerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KmsSignerError({self}")?;
        if let Some(source) = &self.0.source {
            write!(f, ": {source}")?;
        }
        f.write_str(")")
    }
}

impl StdError for KmsSignerError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
