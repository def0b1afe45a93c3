//! What happens to a request between the raw client and the network, a file a step, in this order:
//!
//! headers → token → guard → attempt → the transport that sends; then retry says whether there is another attempt. The loop of attempts is here. What
//! is told of it to the outside is in `observe`.

mod attempt;
mod backoff;
mod budget;
mod deadline;
mod guard;
mod headers;
mod observe;
mod retry;
mod token;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use self::attempt::{Attempt, Repeatable, Sender};
pub use self::backoff::{Jitter, RandomJitter};
use self::deadline::Deadline;
use self::guard::Guard;
pub(crate) use self::headers::Headers;
use self::observe::Observer;
use self::retry::Retry;
pub use self::retry::RetryPolicy;
use self::token::Token;
use crate::decision::Write;
use crate::{
    Attempts, BaseUrl, CallContext, Clock, DecisionCache, EarlierStatus, Error, Metrics, Operation, TokenProvider,
    Transport, TransportFuture,
};

/// The steps, shared by all clones of a client.
pub(crate) struct Pipeline {
    headers: Headers,
    token: Token,
    guard: Guard,
    retry: Retry,
    observer: Observer,
    clock: Arc<dyn Clock>,
    timeout: Duration,
    sender: Sender,
    decisions: Option<DecisionCache>,
}

/// What the steps are made from.
pub(crate) struct Parts {
    pub(crate) base_url: BaseUrl,
    pub(crate) headers: Headers,
    pub(crate) tokens: Option<Arc<dyn TokenProvider>>,
    pub(crate) retry: RetryPolicy,
    pub(crate) jitter: Arc<dyn Jitter>,
    pub(crate) metrics: Option<Arc<dyn Metrics>>,
    /// What is kept of decisions, which writes may change.
    pub(crate) decisions: Option<DecisionCache>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) clock_is_own: bool,
    /// Longest time for a whole call.
    pub(crate) timeout: Duration,
    /// Longest time for one attempt, if one was set.
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) transport: Arc<dyn Transport>,
}

impl Pipeline {
    /// # Errors
    /// An [`Error`] that names the setting that cannot be used.
    pub(crate) fn new(parts: Parts) -> Result<Self, Error> {
        for (setting, time) in [
            ("timeout", Some(parts.timeout)),
            ("attempt_timeout", parts.attempt_timeout),
        ] {
            if time.is_some_and(|time| time.is_zero()) {
                return Err(Error::invalid_argument(
                    setting,
                    "it is zero; give a time in which an answer can come",
                ));
            }
        }
        Ok(Self {
            headers: parts.headers,
            token: Token::new(parts.tokens),
            observer: Observer::new(&parts.base_url, parts.metrics),
            guard: Guard::new(&parts.base_url),
            retry: Retry::new(parts.retry, parts.jitter, parts.attempt_timeout)?,
            clock: parts.clock,
            timeout: parts.timeout,
            decisions: parts.decisions,
            sender: Sender {
                // A transport goes by the machine's clock.
                keeps_time: parts.transport.keeps_time() && !parts.clock_is_own,
                transport: parts.transport,
            },
        })
    }
}

type Outcome = Result<http::Response<Bytes>, Error>;

/// One call, as the steps see it.
#[derive(Clone, Copy)]
struct Call<'a> {
    context: CallContext,
    deadline: Deadline<'a>,
}

impl Call<'_> {
    /// Whether the request may be sent twice and have the effect of one.
    fn is_idempotent(&self) -> bool {
        self.context.operation.is_some_and(|operation| operation.idempotent)
    }

    /// Leaves in an answer what is known of the attempts, as an error has it anyway: for the observer, and for the error that may be made of the answer.
    fn leave(&self, attempt: &Attempt, is_observed: bool, outcome: &mut Outcome) {
        let Ok(answer) = outcome else { return };
        let is_check = self.context.operation.is_some_and(Operation::is_authorization_check);
        // No error is made of the plain yes to a check, which comes most and need not pay for it.
        if is_observed || !is_check || answer.status() != StatusCode::OK || !answer.body().is_empty() {
            answer.extensions_mut().insert(Attempts(attempt.number));
            if let Some(status) = attempt.earlier_status {
                answer.extensions_mut().insert(EarlierStatus(status));
            }
        }
    }
}

impl Transport for Pipeline {
    /// # Cancel safety
    /// Dropping the future abandons the token, the attempt or the wait that is under way; nothing is sent any more.
    fn send(&self, mut request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
        let call = Call {
            context,
            deadline: Deadline::new(&*self.clock, context.timeout.unwrap_or(self.timeout)),
        };
        let observed = self.observer.call(call);
        let is_observed = observed.is_some();
        // A block and no `async fn`, which would make the future larger: arguments are in it twice.
        let steps = Box::pin(async move {
            self.headers.apply(&mut request);
            if let Some(token) = self.token.apply(&mut request, call)? {
                self.token.add(&mut request, token.await?)?;
            }
            self.guard.check(&request)?;
            // From here on the service may see it; what it changes is given up when this block is left, or dropped.
            let write = self
                .decisions
                .as_ref()
                .and_then(|cache| Write::begin(cache, context.operation, &request));
            let mut request = Repeatable::new(&mut request);
            let mut attempt = self.retry.first(&call)?;
            let mut outcome = loop {
                let limit = self.retry.limit(&attempt, &call);
                let sent = self.sender.begin(request.next(), call, limit);
                let outcome = self.observer.attempt(sent, call, &attempt).await;
                let outcome = attempt.told(outcome);
                let Some(again) = self.retry.again(&attempt, &call, &outcome) else {
                    break outcome;
                };
                // On the heap, so that the future is no larger for all the calls that never wait.
                let outcome = Box::new(outcome);
                call.deadline.clock().sleep(again.wait).await;
                match again.next(&attempt, &call, &outcome) {
                    Some(next) => attempt = next,
                    None => break *outcome,
                }
            };
            if let Some(write) = write
                && outcome.as_ref().is_err_and(|error| !error.was_sent())
            {
                write.was_not_sent();
            }
            call.leave(&attempt, is_observed, &mut outcome);
            outcome
        });
        match observed {
            Some(observed) => observed.over(steps),
            None => steps,
        }
    }
}
