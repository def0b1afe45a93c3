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
///
/// ```
/// use authress_aws_kms::KmsSignerError;
///
/// fn what_to_do(error: &KmsSignerError) -> &'static str {
///     if error.is_wrong_key() || error.is_access_denied() {
///         "mend the settings"
///     } else if error.is_unavailable() || error.is_timeout() {
///         "try again later"
///     } else if error.is_unexpected_answer() {
///         "ask what answers in KMS's place"
///     } else {
///         error.code().map_or("see the source", |_| "look the code up")
///     }
/// }
/// ```
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
    /// The request could not be made or sent: credentials, a region or an HTTP client are missing, as an example.
    NotAsked,
    /// The limit in time ran out.
    Timeout,
    /// No connection could be made, or it broke off.
    Exchange,
    /// KMS, or what stands in between, answered with another status than success.
    Answered { status: u16, code: Option<String> },
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
        let failure = match &error {
            SdkError::TimeoutError(_) => Failure::Timeout,
            SdkError::DispatchFailure(failure) if failure.is_timeout() => Failure::Timeout,
            SdkError::ConstructionFailure(_) => Failure::NotAsked,
            // What has a kind is known to pass; a user's error, and what nobody knows, is not.
            SdkError::DispatchFailure(failure) if !failure.is_io() && failure.as_other().is_none() => Failure::NotAsked,
            SdkError::ServiceError(answer) => Failure::Answered {
                status: answer.raw().status().as_u16(),
                code: code.map(str::to_owned),
            },
            // The rest of those, an answer that broke off, and what later versions of the SDK know.
            _ => Failure::Exchange,
        };
        let kind = match failure {
            Failure::Answered { status: 200..300, .. } => Kind::Unexpected(operation, "cannot be read"),
            failure => Kind::Failed(operation, failure),
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

    /// KMS does not let the caller use the key.
    ///
    /// Troubleshooting: the caller needs `kms:Sign`, or `kms:GetPublicKey` for the public key, in its own policy or that of the key.
    pub fn is_access_denied(&self) -> bool {
        self.code() == Some("AccessDeniedException")
    }

    /// KMS could not be reached, did not answer in time, asked for fewer requests or failed itself: it may go well later.
    pub fn is_unavailable(&self) -> bool {
        match self.failure() {
            Some(Failure::Timeout | Failure::Exchange) => true,
            Some(Failure::Answered { status, code }) => {
                *status >= 500 || *status == 429 || code.as_deref() == Some("ThrottlingException")
            }
            Some(Failure::NotAsked) | None => false,
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
            Some(Failure::Answered { code, .. }) => code.as_deref(),
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
                Failure::NotAsked => write!(f, "{operation:?}: AWS KMS could not be asked"),
                Failure::Timeout => write!(f, "{operation:?}: AWS KMS did not answer in time"),
                Failure::Exchange => write!(f, "{operation:?}: the exchange with AWS KMS failed"),
                Failure::Answered { status, .. } => write!(f, "{operation:?}: AWS KMS answered {status}"),
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
