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

pub use self::backoff::{Jitter, RandomJitter};
use self::deadline::Deadline;
use self::guard::Guard;
pub(crate) use self::headers::Headers;
use self::observe::Observer;
pub use self::retry::RetryPolicy;
use self::retry::{Retry, Way};
use self::token::Token;
use crate::{CallOptions, Clock, Error, Metrics, Operation, TokenProvider, Transport, TransportFuture};

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
    /// Longest time for a whole call.
    pub(crate) timeout: Duration,
    /// Longest time for one attempt.
    pub(crate) attempt_timeout: Duration,
    pub(crate) transport: Arc<dyn Transport>,
}

impl Pipeline {
    /// # Errors
    /// An [`Error`] that names the setting that cannot be used.
    pub(crate) fn new(parts: Parts) -> Result<Self, Error> {
        for (setting, time) in [("timeout", parts.timeout), ("attempt_timeout", parts.attempt_timeout)] {
            if time.is_zero() {
                return Err(Error::invalid_argument(setting, "it is zero"));
            }
        }
        Ok(Self {
            headers: parts.headers,
            token: Token::new(parts.tokens),
            observer: Observer::new(&parts.base_url, parts.metrics),
            guard: Guard::new(parts.base_url),
            retry: Retry::new(parts.retry, parts.jitter, parts.attempt_timeout)?,
            clock: parts.clock,
            timeout: parts.timeout,
            transport: parts.transport,
        })
    }

    async fn call(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, Error> {
        let options: CallOptions = request.extensions().get().copied().unwrap_or_default();
        let call = Call {
            operation: request.extensions().get().copied(),
            no_retry: options.no_retry,
            deadline: Deadline::new(&*self.clock, options.timeout.unwrap_or(self.timeout)),
        };
        self.observer
            .call(&call, async |attempts| self.steps(request, &call, attempts).await)
            .await
    }

    async fn steps(
        &self,
        mut request: http::Request<Bytes>,
        call: &Call<'_>,
        attempts: &mut u32,
    ) -> Result<http::Response<Bytes>, Error> {
        self.headers.apply(&mut request);
        self.token.apply(&mut request, call).await?;
        self.guard.check(&request)?;
        let way = Way {
            transport: &*self.transport,
            observer: &self.observer,
        };
        self.retry.send(request, call, way, attempts).await
    }
}

/// One call, as the steps see it.
struct Call<'a> {
    operation: Option<&'static Operation>,
    no_retry: bool,
    deadline: Deadline<'a>,
}

impl Transport for Pipeline {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(self.call(request))
    }
}
