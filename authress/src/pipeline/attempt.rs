//! One attempt: the request is sent once, within its time; and how it stays the same when there are several.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
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
    /// What an attempt before this one was answered with, if not 5xx.
    pub(super) earlier_status: Option<StatusCode>,
    /// What is left of the time of the call.
    pub(super) remaining: Duration,
}

impl Attempt {
    /// The outcome of this attempt, told of those before it.
    pub(super) fn told(&self, outcome: Outcome) -> Outcome {
        outcome.map_err(|error| {
            let mut error = error.with_attempts(self.number);
            if self.was_sent_before {
                error = error.with_earlier_attempt_sent();
            }
            if let Some(status) = self.earlier_status {
                error = error.with_earlier_status(status);
            }
            error
        })
    }

    /// What the service has said in this attempt and those before it, once this one has come to nothing.
    pub(super) fn status_so_far(&self, outcome: &Outcome) -> Option<StatusCode> {
        let status = outcome
            .as_ref()
            .map_or_else(Error::status, |answer| Some(answer.status()));
        let status = status.filter(|status| !status.is_server_error());
        match self.earlier_status {
            None | Some(StatusCode::TOO_MANY_REQUESTS) => status.or(self.earlier_status),
            earlier => earlier,
        }
    }
}

/// What sends the requests.
pub(super) struct Sender {
    pub(super) transport: Arc<dyn Transport>,
    /// The transport watches over its time by itself.
    pub(super) keeps_time: bool,
}

impl Sender {
    /// Begins an attempt for no longer than `limit`.
    ///
    /// It is no `async fn`: what is around the transport's own future is there for those who need it, and costs the others nothing.
    pub(super) fn begin<'a>(
        &'a self,
        request: http::Request<Bytes>,
        call: Call<'a>,
        limit: Duration,
    ) -> TransportFuture<'a> {
        let mut context = call.context.with_timeout(limit);
        // Whether a request is sent again is decided in one place.
        context.no_retry = true;
        let sent = self.transport.send(request, context);
        if self.keeps_time {
            sent
        } else {
            Box::pin(in_time(sent, limit, call))
        }
    }
}

/// A request that may be sent more than once, each time the same.
pub(super) struct Repeatable<'a> {
    /// Without its headers from the first time on.
    request: &'a mut http::Request<Bytes>,
    /// The headers from then on, as a list: it costs less than a map, and is most often never read.
    headers: Option<SmallVec<[(HeaderName, HeaderValue); 4]>>,
}

impl<'a> Repeatable<'a> {
    pub(super) fn new(request: &'a mut http::Request<Bytes>) -> Self {
        Self { request, headers: None }
    }

    /// The request, to be sent. What it holds is shared with the next one, and not copied.
    pub(super) fn next(&mut self) -> http::Request<Bytes> {
        let headers = if let Some(headers) = &self.headers {
            headers.iter().cloned().collect()
        } else {
            let headers = mem::take(self.request.headers_mut());
            let copy = headers.iter().map(|(name, value)| (name.clone(), value.clone()));
            self.headers = Some(copy.collect());
            headers
        };
        let mut request = self.request.clone();
        *request.headers_mut() = headers;
        request
    }
}

/// The transport's own answer, or that it gave none in time.
async fn in_time(sent: TransportFuture<'_>, limit: Duration, call: Call<'_>) -> Outcome {
    let answer = within(call.deadline.clock(), limit, sent).await;
    answer.unwrap_or_else(|| Err(Error::timeout(None, "the transport gave no answer in time")))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    #[test]
    fn a_request_is_the_same_each_time_also_in_the_order_of_its_headers() {
        let mut headers = HeaderMap::new();
        for (name, value) in [("b", "1"), ("a", "2"), ("b", "3"), ("c", "4"), ("accept", "5")] {
            headers.append(name, HeaderValue::from_static(value));
        }
        for headers in [HeaderMap::new(), headers] {
            let mut request = http::Request::post("/a?b").body(Bytes::from_static(b"c")).unwrap();
            *request.headers_mut() = headers;
            let as_text = |request: &http::Request<Bytes>| format!("{request:?}");
            let expected = as_text(&request);
            let mut repeatable = Repeatable::new(&mut request);
            for _ in 0..3 {
                assert_eq!(as_text(&repeatable.next()), expected);
            }
        }
    }

    #[test]
    fn the_first_word_of_the_service_counts_unless_it_was_that_it_is_busy_or_broken() {
        let status = |code| StatusCode::from_u16(code).ok();
        for (earlier, last, expected) in [
            (None, Some(404), Some(404)),
            (None, Some(503), None),
            (None, None, None),
            (Some(429), Some(404), Some(404)),
            (Some(429), Some(503), Some(429)),
            (Some(429), None, Some(429)),
            (Some(404), Some(403), Some(404)),
        ] {
            let attempt = Attempt {
                number: 2,
                again_because: None,
                was_sent_before: true,
                earlier_status: earlier.and_then(status),
                remaining: Duration::ZERO,
            };
            let outcome = match last.and_then(status) {
                Some(status) => Ok(http::Response::builder().status(status).body(Bytes::new()).unwrap()),
                None => Err(Error::connect("refused")),
            };
            let expected = expected.and_then(status);
            assert_eq!(attempt.status_so_far(&outcome), expected, "{earlier:?} {last:?}");
        }
    }
}
