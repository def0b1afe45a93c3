//! The step that has a request sent again: when that is safe, when it may help, and never without limits.
//!
//! An idempotent operation is repeated when no connection could be made, when the exchange broke off or took too long, and on answers that speak
//! of a passing state. Any other operation is repeated only when the service has certainly not acted on it: no connection, or a 429. The
//! request that is sent again is the same, byte for byte. Which operations are idempotent follows from their methods, when they are generated
//! (`xtask`, `requests.rs`), and of raw calls in `raw.rs` of `authress-api`.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::attempt::Attempt;
use super::budget::Budget;
use super::{Call, Deadline, Jitter, Outcome, backoff};
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

    /// The first attempt of a call, which brings its part to the budget.
    ///
    /// # Errors
    /// When there is no time for one.
    pub(super) fn first(&self, call: &Call<'_>) -> Result<Attempt, Error> {
        self.budget.deposit();
        let remaining = call.deadline.remaining();
        if remaining.is_zero() {
            let late = "the token came when the time of the call had run out";
            return Err(Error::token_timeout(late));
        }
        Ok(Attempt {
            number: 1,
            again_because: None,
            was_sent_before: false,
            earlier_status: None,
            remaining,
        })
    }

    /// Longest time for an attempt: what was set, or else, where another one may follow when it takes too long, a part of the call's time.
    pub(super) fn limit(&self, attempt: &Attempt, call: &Call<'_>) -> Duration {
        let otherwise = if call.is_idempotent() && self.allows_another(attempt, call) {
            ATTEMPT_TIMEOUT
        } else {
            Duration::MAX
        };
        self.attempt_timeout.unwrap_or(otherwise).min(attempt.remaining)
    }

    /// Why the request is sent again after this outcome, and when; nothing when the outcome is the one to keep. What it costs is paid for then.
    pub(super) fn again(&self, attempt: &Attempt, call: &Call<'_>, outcome: &Outcome) -> Option<Again> {
        let reason = reason_to_repeat(outcome, call.is_idempotent()).filter(|_| self.allows_another(attempt, call))?;
        let wait = self.wait(attempt.number, outcome, &call.deadline)?;
        if wait >= call.deadline.remaining() {
            return None;
        }
        if !self.budget.withdraw() {
            tracing::debug!(reason, "the request is not sent again: the retry budget is spent");
            return None;
        }
        tracing::debug!(reason, attempt = attempt.number, ?wait, "the request is sent again");
        Some(Again { reason, wait })
    }

    fn allows_another(&self, attempt: &Attempt, call: &Call<'_>) -> bool {
        !call.context.no_retry && attempt.number < self.policy.max_attempts
    }

    /// How long to wait after the attempt of this number, or nothing when the service asks for longer than anybody would wait.
    fn wait(&self, number: u32, outcome: &Outcome, deadline: &Deadline<'_>) -> Option<Duration> {
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

/// That a request is to be sent again, and after which wait.
pub(super) struct Again {
    reason: &'static str,
    pub(super) wait: Duration,
}

impl Again {
    /// The next attempt, once the wait is over; nothing when that took the time of the call. What is known by now says more than an attempt
    /// without time.
    pub(super) fn next(&self, last: &Attempt, call: &Call<'_>, outcome: &Outcome) -> Option<Attempt> {
        let remaining = call.deadline.remaining();
        (!remaining.is_zero()).then(|| Attempt {
            number: last.number + 1,
            again_because: Some(self.reason),
            was_sent_before: last.was_sent_before || outcome.as_ref().err().is_none_or(Error::was_sent),
            earlier_status: last.status_so_far(outcome),
            remaining,
        })
    }
}

/// Why a request may be sent again after this outcome, if it may.
fn reason_to_repeat(outcome: &Outcome, is_idempotent: bool) -> Option<&'static str> {
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
