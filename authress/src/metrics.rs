//! What is counted: the trait through which a client tells how its calls went. The names that OpenTelemetry gives to it are in `opentelemetry`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use crate::{Error, Operation};

/// Is told of every call, every attempt and every question to a cache. Each method does nothing unless it is written.
///
/// The methods are called on the way of each request: they must neither block nor panic.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use std::sync::Arc;
/// use std::time::Duration;
/// use authress::{AttemptEnded, AuthressClient, Cache, CallEnded, Metrics};
///
/// #[derive(Default)]
/// struct Counters { calls: AtomicU64, repeated: AtomicU64 }
///
/// impl Metrics for Counters {
///     fn call_ended(&self, call: &CallEnded) {
///         self.calls.fetch_add(1, Ordering::Relaxed);
///         if let Some(error) = call.error {
///             println!("failed: {}", error.as_str());
///         }
///     }
///     fn attempt_ended(&self, attempt: &AttemptEnded<'_>) {
///         self.repeated.fetch_add(u64::from(attempt.number > 1), Ordering::Relaxed);
///     }
///     fn cache_asked(&self, cache: Cache, is_hit: bool) {
///         println!("{}: {is_hit}", cache.as_str());
///     }
///     fn stale_decision_used(&self, age: Duration) {
///         println!("Authress cannot be asked; a decision of {age:?} ago is used");
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let local = authress_local::AuthressLocal::start().await?;
/// let counters = Arc::new(Counters::default());
/// let client = AuthressClient::builder(local.url())
///     .access_key(local.owner_access_key())
///     .metrics(Arc::clone(&counters))
///     .build()?;
/// client.is_authorized("user-1", "documents/42", "read").await?;
/// assert_eq!(counters.calls.load(Ordering::Relaxed), 1);
/// # Ok(()) }
/// ```
pub trait Metrics: Send + Sync + 'static {
    /// A call has ended, with or without an answer. One that was abandoned is not told of.
    fn call_ended(&self, call: &CallEnded) {
        let _ = call;
    }

    /// One attempt of a call has ended.
    fn attempt_ended(&self, attempt: &AttemptEnded<'_>) {
        let _ = attempt;
    }

    /// A cache was asked, and had what was asked for (`is_hit`) or had not.
    fn cache_asked(&self, cache: Cache, is_hit: bool) {
        let _ = (cache, is_hit);
    }

    /// A decision that had outlived its life was used, since the service could not be asked, or not in time. `age` is how long ago it was asked.
    fn stale_decision_used(&self, age: Duration) {
        let _ = age;
    }
}

impl<M: Metrics + ?Sized> Metrics for Arc<M> {
    fn call_ended(&self, call: &CallEnded) {
        (**self).call_ended(call);
    }

    fn attempt_ended(&self, attempt: &AttemptEnded<'_>) {
        (**self).attempt_ended(attempt);
    }

    fn cache_asked(&self, cache: Cache, is_hit: bool) {
        (**self).cache_asked(cache, is_hit);
    }

    fn stale_decision_used(&self, age: Duration) {
        (**self).stale_decision_used(age);
    }
}

/// How a call went: all of its attempts and the waits between them.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CallEnded {
    /// What was called.
    pub operation: Option<&'static Operation>,
    /// The whole time, from the call to its end.
    pub duration: Duration,
    /// How many times the request was sent; zero when it was not.
    pub attempts: u32,
    /// The status of the answer, when there was one.
    pub status: Option<StatusCode>,
    /// What went wrong: a status, or a word as `timeout`. Nothing when the call was answered, also when that was a no. Whether a model can be read
    /// from the body is seen later, and not told here.
    pub error: Option<ErrorType>,
}

/// How one attempt went.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct AttemptEnded<'a> {
    /// What was called.
    pub operation: Option<&'static Operation>,
    /// The time of this attempt.
    pub duration: Duration,
    /// Which attempt of the call it was, counted from one.
    pub number: u32,
    /// Why the request was sent again; nothing for the first attempt.
    pub again_because: Option<&'static str>,
    /// The host that was asked.
    pub host: &'a str,
    /// The port that was asked.
    pub port: u16,
    /// The status of the answer, when there was one.
    pub status: Option<StatusCode>,
    /// What went wrong, as in [`CallEnded::error`].
    pub error: Option<ErrorType>,
}

/// A cache of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cache {
    /// Tokens that were verified a short time ago: [`VerifiedTokenCache`](crate::VerifiedTokenCache).
    VerifiedTokens,
    /// Decisions that the service made a short time ago: [`DecisionCache`](crate::DecisionCache).
    Decisions,
}

impl Cache {
    /// Its name in metrics: `verified_tokens` or `decisions`.
    ///
    /// ```
    /// assert_eq!(authress::Cache::VerifiedTokens.as_str(), "verified_tokens");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VerifiedTokens => "verified_tokens",
            Self::Decisions => "decisions",
        }
    }
}

/// What went wrong, in a word of a small set: a status (`503`), or `connect`, `timeout`, `interrupted`, `token`, `invalid_argument`, `undecodable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrorType(Word);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Word {
    Status(StatusCode),
    Kind(&'static str),
}

impl ErrorType {
    /// The word, as OpenTelemetry's `error.type`.
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    /// use authress::{AuthressClient, CallEnded, Metrics};
    ///
    /// #[derive(Default)]
    /// struct LastError(Mutex<String>);
    ///
    /// impl Metrics for LastError {
    ///     fn call_ended(&self, call: &CallEnded) {
    ///         *self.0.lock().unwrap() = call.error.map(|error| error.as_str().to_owned()).unwrap_or_default();
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// let last_error = Arc::new(LastError::default());
    /// let nobody = AuthressClient::builder(local.url()).metrics(Arc::clone(&last_error)).build()?;
    /// assert!(nobody.roles().get_roles().await.is_err());
    /// assert_eq!(*last_error.0.lock().unwrap(), "401");
    /// # Ok(()) }
    /// ```
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Word::Status(status) => status.as_str(),
            Word::Kind(kind) => kind,
        }
    }

    /// What is wrong with an outcome, if anything: a no to an authorization check is an answer.
    pub(crate) fn of(outcome: &Result<http::Response<Bytes>, Error>, operation: Option<&Operation>) -> Option<Self> {
        let is_check = operation.is_some_and(Operation::is_authorization_check);
        let word = match outcome {
            Ok(answer) if operation.is_some_and(|operation| operation.is_answered_by(answer)) => return None,
            // The status alone would be an answer, and the body says that it is none of the service.
            Ok(answer) if answer.status().is_success() || (is_check && answer.status() == StatusCode::NOT_FOUND) => {
                Word::Kind("undecodable")
            }
            Ok(answer) => Word::Status(answer.status()),
            Err(error) if error.is_connect() => Word::Kind("connect"),
            Err(error) if error.is_timeout() => Word::Kind("timeout"),
            Err(error) if error.is_interrupted() => Word::Kind("interrupted"),
            Err(error) if error.is_invalid_argument() => Word::Kind("invalid_argument"),
            Err(error) if error.is_token_unavailable() => Word::Kind("token"),
            Err(_) => Word::Kind("undecodable"),
        };
        Some(Self(word))
    }
}

impl fmt::Display for ErrorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
