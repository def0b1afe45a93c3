//! One attempt: the request is sent once, within its time.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use smallvec::SmallVec;

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
    /// Begins an attempt for no longer than `limit`. What is needed for another one stays in `request` and `kept`.
    ///
    /// It is no `async fn`: what is around the transport's own future is there for those who need it, and costs the others nothing.
    pub(super) fn begin<'a>(
        &'a self,
        request: &mut http::Request<Bytes>,
        kept: &mut KeptHeaders,
        call: Call<'a>,
        limit: Duration,
    ) -> TransportFuture<'a> {
        let mut context = call.context.with_timeout(limit);
        // Whether a request is sent again is decided in one place.
        context.no_retry = true;
        let headers = kept.exchange(mem::take(request.headers_mut()));
        let mut copy = request.clone();
        *copy.headers_mut() = headers;
        let sent = self.transport.send(copy, context);
        if self.keeps_time {
            sent
        } else {
            Box::pin(in_time(sent, limit, call))
        }
    }
}

/// The headers of a request, from its first attempt on: as a list, which costs less than a map and is most often never read.
#[derive(Default)]
pub(super) struct KeptHeaders(SmallVec<[(HeaderName, HeaderValue); 4]>);

impl KeptHeaders {
    /// The same headers, of which a copy is kept; or else, when there are none left, the kept ones.
    fn exchange(&mut self, headers: HeaderMap) -> HeaderMap {
        if headers.is_empty() {
            return self.0.iter().cloned().collect();
        }
        let copy = headers.iter().map(|(name, value)| (name.clone(), value.clone()));
        self.0 = copy.collect();
        headers
    }
}

/// The transport's own answer, or that it gave none in time.
async fn in_time(sent: TransportFuture<'_>, limit: Duration, call: Call<'_>) -> Outcome {
    let answer = within(call.deadline.clock(), limit, sent).await;
    answer.unwrap_or_else(|| Err(Error::timeout(None, "the transport gave no answer in time")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_of_a_request_are_the_same_each_time() {
        let mut headers = HeaderMap::new();
        for (name, value) in [("b", "1"), ("a", "2"), ("b", "3"), ("c", "4"), ("accept", "5")] {
            headers.append(name, HeaderValue::from_static(value));
        }
        let mut kept = KeptHeaders::default();
        let order = |headers: &HeaderMap| headers.iter().map(|pair| format!("{pair:?}")).collect::<Vec<_>>();
        let first = kept.exchange(headers.clone());
        assert_eq!(order(&first), order(&headers));
        for _ in 0..2 {
            assert_eq!(order(&kept.exchange(HeaderMap::new())), order(&headers));
        }
    }
}
