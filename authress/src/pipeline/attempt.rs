//! One attempt: the request is sent once, within its time.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::{Call, Outcome};
use crate::clock::within;
use crate::{Error, Transport, TransportFuture};

/// Which attempt of a call it is, and why there is one.
pub(super) struct Attempt {
    pub(super) number: u32,
    pub(super) again_because: Option<&'static str>,
    /// Whether the service may have seen an attempt before this one.
    pub(super) was_sent_before: bool,
    /// What is left of the time of the call.
    pub(super) remaining: Duration,
}

impl Attempt {
    /// The outcome of this attempt, told of those before it.
    pub(super) fn told(&self, outcome: Outcome) -> Outcome {
        outcome.map_err(|error| {
            let error = error.with_attempts(self.number);
            if self.was_sent_before {
                error.with_earlier_attempt_sent()
            } else {
                error
            }
        })
    }
}

/// What sends the requests.
pub(super) struct Sender {
    pub(super) transport: Arc<dyn Transport>,
    /// The transport watches over its time by itself.
    pub(super) keeps_time: bool,
}

impl Sender {
    /// Begins an attempt for no longer than `limit`. A copy of `request` stays, whose body and values of headers are shared.
    ///
    /// It is no `async fn`: what is around the transport's own future is there for those who need it, and costs the others nothing.
    pub(super) fn begin<'a>(
        &'a self,
        request: &mut http::Request<Bytes>,
        call: Call<'a>,
        limit: Duration,
    ) -> TransportFuture<'a> {
        let mut context = call.context.with_timeout(limit);
        // Whether a request is sent again is decided in one place.
        context.no_retry = true;
        // The copy is what stays: it has no room for the headers that an HTTP library adds.
        let copy = request.clone();
        let sent = self.transport.send(mem::replace(request, copy), context);
        if self.keeps_time {
            sent
        } else {
            Box::pin(in_time(sent, limit, call))
        }
    }
}

/// The transport's own answer, or that it gave none in time.
async fn in_time(sent: TransportFuture<'_>, limit: Duration, call: Call<'_>) -> Outcome {
    let answer = within(call.deadline.clock(), limit, sent).await;
    answer.unwrap_or_else(|| Err(Error::timeout(None, "the transport gave no answer in time")))
}
