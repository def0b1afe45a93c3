//! The step that sends a request again: when that is safe, when it may help, and never without limits.
//!
//! An idempotent operation is repeated when no connection could be made, when the exchange broke off or took too long, and on answers that speak
//! of a passing state. Any other operation is repeated only when the service has certainly not acted on it: no connection, or a 429. The
//! request that is sent again is the same, byte for byte.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::attempt::Sender;
use super::budget::Budget;
use super::observe::Observer;
use super::{Call, Deadline, Jitter, backoff};
use crate::{Error, retry_after};

/// Longest time for an attempt that another one may follow, unless one is set: so that an attempt which got lost leaves time for another.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);

/// When a request is sent again, how often, and after which wait.
///
/// ```
/// use std::time::Duration;
/// use authress::{AuthressClient, RetryPolicy};
///
/// let policy = RetryPolicy::new()
///     .max_attempts(3)
///     .initial_backoff(Duration::from_millis(50))
///     .max_backoff(Duration::from_secs(1))
///     .max_retry_after(Duration::from_secs(5))
///     .budget(50, 20);
/// let client = AuthressClient::builder("https://login.example.com").retry(policy).build()?;
/// let once = AuthressClient::builder("https://login.example.com").retry(RetryPolicy::none()).build()?;
/// # Ok::<(), authress::Error>(())
/// ```
///
/// Idempotent operations are sent again when no connection could be made, when the exchange broke off or took too long, and on 408, 425, 429,
/// 500, 502, 503 and 504; others only when the service has certainly not acted on them: no connection, or 429. Each wait is drawn at random between
/// zero and a limit that doubles (full jitter). Where the service asks for a wait (`Retry-After`), that comes first; one that is longer than
/// [`max_retry_after`](Self::max_retry_after), or than what is left of the call's time, ends the call at once, with
/// [`Error::retry_after`](crate::Error::retry_after) to go by.
#[derive(Debug, Clone)]
#[must_use = "a policy does nothing until it is given to a client"]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
    max_retry_after: Duration,
    reserve: u32,
    percent: u32,
}

impl RetryPolicy {
    /// Up to five attempts, waits of up to 100 ms that double up to 5 s, `Retry-After` of up to 20 s, a budget of 100 and 10 percent.
    pub fn new() -> Self {
        Self {
            max_attempts: 5,
            initial_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(20),
            reserve: 100,
            percent: 10,
        }
    }

    /// Every request is sent once.
    pub fn none() -> Self {
        Self::new().max_attempts(1)
    }

    /// Most times that one request is sent, the first one included. Zero is refused when the client is built.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Longest wait after the first attempt; it doubles with each further one.
    pub fn initial_backoff(mut self, wait: Duration) -> Self {
        self.initial_backoff = wait;
        self
    }

    /// Longest wait after any attempt, if the service asks for none.
    pub fn max_backoff(mut self, wait: Duration) -> Self {
        self.max_backoff = wait;
        self
    }

    /// Longest wait that the service may ask for (`Retry-After`); a call that it asks to wait longer ends at once.
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// The budget of repeated requests that all clones of a client share: `reserve` of them, refilled by `percent` hundredths of one with each
    /// call. Once the reserve is spent, an outage meets no more than 100 + `percent` hundredths of the calls.
    pub fn budget(mut self, reserve: u32, percent: u32) -> Self {
        self.reserve = reserve;
        self.percent = percent;
        self
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

pub(super) struct Retry {
    policy: RetryPolicy,
    budget: Budget,
    jitter: Arc<dyn Jitter>,
    attempt_timeout: Option<Duration>,
}

impl Retry {
    pub(super) fn new(
        policy: RetryPolicy,
        jitter: Arc<dyn Jitter>,
        attempt_timeout: Option<Duration>,
    ) -> Result<Self, Error> {
        if policy.max_attempts == 0 {
            return Err(Error::invalid_argument("retry", "it allows no attempt at all"));
        }
        Ok(Self {
            budget: Budget::new(policy.reserve, policy.percent),
            policy,
            jitter,
            attempt_timeout,
        })
    }

    /// Sends `request` until there is an answer to keep, or a limit is met; `attempts` is how many times it was sent.
    ///
    /// # Cancel safety
    /// Dropping the future abandons the attempt, or the wait, that is under way; nothing is sent any more.
    pub(super) async fn send(
        &self,
        request: &http::Request<Bytes>,
        call: &Call<'_>,
        sender: Sender<'_>,
        observer: &Observer,
        attempts: &mut u32,
    ) -> Result<http::Response<Bytes>, Error> {
        self.budget.deposit();
        let most = if call.context.no_retry {
            1
        } else {
            self.policy.max_attempts
        };
        let is_idempotent = call.context.operation.is_some_and(|operation| operation.idempotent);
        let deadline = &call.deadline;
        let mut again_because = None;
        let mut was_sent_before = false;
        let mut remaining = deadline.remaining();
        if remaining.is_zero() {
            return Err(Error::token_timeout(
                "the token came when the time of the call had run out",
            ));
        }
        loop {
            *attempts += 1;
            let may_follow = is_idempotent && *attempts < most;
            let limit = self.limit_of_attempt(may_follow).min(remaining);
            let attempt = sender.outcome(sender.send(request, limit), limit, call);
            let outcome = observer.attempt(call, *attempts, again_because, attempt).await;
            let outcome = outcome.map_err(|error| told(error, *attempts, was_sent_before));
            let Some(reason) = reason_to_repeat(&outcome, is_idempotent).filter(|_| *attempts < most) else {
                return outcome;
            };
            let wait = self.wait(*attempts, &outcome, deadline);
            let Some(wait) = wait.filter(|wait| *wait < deadline.remaining()) else {
                return outcome;
            };
            if !self.budget.withdraw() {
                tracing::debug!(reason, "the request is not sent again: the retry budget is spent");
                return outcome;
            }
            tracing::debug!(reason, attempt = *attempts, ?wait, "the request is sent again");
            was_sent_before |= outcome.as_ref().err().is_none_or(Error::was_sent);
            deadline.clock().sleep(wait).await;
            // The wait may have taken longer than was asked for: what is known by now says more than an attempt without time.
            remaining = deadline.remaining();
            if remaining.is_zero() {
                return outcome;
            }
            again_because = Some(reason);
        }
    }

    /// Longest time for one attempt: what was set, or else, where another attempt may follow one that took too long, a part of the call's time.
    fn limit_of_attempt(&self, may_follow: bool) -> Duration {
        let otherwise = if may_follow { ATTEMPT_TIMEOUT } else { Duration::MAX };
        self.attempt_timeout.unwrap_or(otherwise)
    }

    /// How long to wait after the attempt of this number, or nothing when the service asks for longer than anybody would wait.
    fn wait(
        &self,
        number: u32,
        outcome: &Result<http::Response<Bytes>, Error>,
        deadline: &Deadline<'_>,
    ) -> Option<Duration> {
        let longest = backoff::longest(number, self.policy.initial_backoff, self.policy.max_backoff);
        let jitter = self.jitter.up_to(longest).min(longest);
        // Also an answer that broke off may have said when to come back.
        let headers = outcome
            .as_ref()
            .map_or_else(Error::headers, |answer| Some(answer.headers()));
        match headers.and_then(|headers| retry_after(headers, deadline.clock().now())) {
            None => Some(jitter),
            Some(asked) if asked > self.policy.max_retry_after => None,
            Some(asked) => Some(asked.saturating_add(jitter)),
        }
    }
}

/// The error of the last attempt, told of those before it.
fn told(error: Error, attempts: u32, was_sent_before: bool) -> Error {
    let error = error.with_attempts(attempts);
    if was_sent_before {
        error.with_earlier_attempt_sent()
    } else {
        error
    }
}

/// Why a request may be sent again after this outcome, if it may.
fn reason_to_repeat(outcome: &Result<http::Response<Bytes>, Error>, is_idempotent: bool) -> Option<&'static str> {
    match outcome {
        Ok(answer) => match answer.status() {
            // It was turned away before anybody acted on it.
            StatusCode::TOO_MANY_REQUESTS => Some("429"),
            status if is_idempotent => reason_of_status(status),
            _ => None,
        },
        Err(error) if error.is_connect() => Some("connect"),
        Err(error) if is_idempotent && error.is_timeout() => Some("timeout"),
        Err(error) if is_idempotent && error.is_interrupted() => Some("interrupted"),
        Err(_) => None,
    }
}

/// The statuses that speak of a state which passes.
fn reason_of_status(status: StatusCode) -> Option<&'static str> {
    Some(match status.as_u16() {
        408 => "408",
        425 => "425",
        500 => "500",
        502 => "502",
        503 => "503",
        504 => "504",
        _ => return None,
    })
}
