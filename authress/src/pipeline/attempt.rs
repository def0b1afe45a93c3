//! One attempt: the request is sent once, within its time.

use std::time::Duration;

use bytes::Bytes;

use super::Call;
use crate::clock::within;
use crate::{CallContext, Error, Transport, TransportFuture};

/// What sends the requests, and whether somebody must watch over its time.
pub(super) struct Sender<'a> {
    pub(super) transport: &'a dyn Transport,
    pub(super) keeps_time: bool,
    pub(super) context: CallContext,
}

impl Sender<'_> {
    /// Sends a copy of `request`, for no longer than `limit`. The body and the values of headers are shared, not copied.
    pub(super) fn send(&self, request: &http::Request<Bytes>, limit: Duration) -> TransportFuture<'_> {
        let mut context = self.context.with_timeout(limit);
        // Whether a request is sent again is decided in one place.
        context.no_retry = true;
        self.transport.send(request.clone(), context)
    }

    /// What an attempt comes to: the transport's own answer, or that it gave none in time.
    pub(super) async fn outcome(
        &self,
        sent: TransportFuture<'_>,
        limit: Duration,
        call: &Call<'_>,
    ) -> Result<http::Response<Bytes>, Error> {
        if self.keeps_time {
            return sent.await;
        }
        let answer = within(call.deadline.clock(), limit, sent).await;
        answer.unwrap_or_else(|| Err(Error::timeout(None, "the transport gave no answer in time")))
    }
}
