//! What happens to a request between the raw client and the network, a file a step, in this order:
//!
//! headers → token → guard → retry → attempt → the transport that sends. What is seen of it from outside is in `observe`.

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

use self::attempt::Sender;
pub use self::backoff::{Jitter, RandomJitter};
use self::deadline::Deadline;
use self::guard::Guard;
pub(crate) use self::headers::Headers;
use self::observe::Observer;
use self::retry::Retry;
pub use self::retry::RetryPolicy;
use self::token::Token;
use crate::{Attempts, CallContext, Clock, Error, Metrics, Operation, TokenProvider, Transport, TransportFuture};

/// The steps, shared by all clones of a client.
pub(crate) struct Pipeline {
    headers: Headers,
    token: Token,
    guard: Guard,
    retry: Retry,
    observer: Observer,
    clock: Arc<dyn Clock>,
    timeout: Duration,
    transport: Arc<dyn Transport>,
    /// The transport watches over its time by itself, and the clock is the machine's, as its own is.
    keeps_time: bool,
}

/// What the steps are made from.
pub(crate) struct Parts {
    pub(crate) base_url: String,
    pub(crate) headers: Headers,
    pub(crate) tokens: Option<Arc<dyn TokenProvider>>,
    pub(crate) retry: RetryPolicy,
    pub(crate) jitter: Arc<dyn Jitter>,
    pub(crate) metrics: Option<Arc<dyn Metrics>>,
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
            keeps_time: parts.transport.keeps_time() && !parts.clock_is_own,
            transport: parts.transport,
        })
    }

    async fn steps(
        &self,
        request: &mut http::Request<Bytes>,
        call: &Call<'_>,
        attempts: &mut u32,
    ) -> Result<http::Response<Bytes>, Error> {
        self.headers.apply(request);
        self.token.apply(request, call).await?;
        self.guard.check(request)?;
        let sender = Sender {
            transport: &*self.transport,
            keeps_time: self.keeps_time,
            context: call.context,
        };
        self.retry.send(request, call, sender, &self.observer, attempts).await
    }
}

/// One call, as the steps see it.
struct Call<'a> {
    context: CallContext,
    deadline: Deadline<'a>,
}

impl Call<'_> {
    /// Leaves the number of attempts in an answer, for the error that may be made of it.
    fn leave(&self, attempts: u32, answer: &mut http::Response<Bytes>) {
        let is_check = self.context.operation.is_some_and(Operation::is_authorization_check);
        // No error is made of the plain yes to a check, which comes most and need not pay for it.
        if !is_check || answer.status() != StatusCode::OK || !answer.body().is_empty() {
            answer.extensions_mut().insert(Attempts(attempts));
        }
    }
}

impl Transport for Pipeline {
    fn send(&self, mut request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
        let call = Call {
            context,
            deadline: Deadline::new(&*self.clock, context.timeout.unwrap_or(self.timeout)),
        };
        // A block and no `async fn`, whose arguments would be twice in the future.
        Box::pin(async move {
            let mut attempts = 0;
            let steps = self.steps(&mut request, &call, &mut attempts);
            let (span, mut outcome) = self.observer.call(&call, steps).await;
            self.observer.call_ended(&call, &span, attempts, &outcome);
            if let Ok(answer) = &mut outcome {
                call.leave(attempts, answer);
            }
            outcome
        })
    }
}
