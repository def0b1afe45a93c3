//! One attempt: the request is sent once, within its time.

use std::time::Duration;

use bytes::Bytes;

use super::deadline::Deadline;
use crate::{CallOptions, Error, Transport};

/// Sends `request`, for no longer than `limit`.
///
/// The transport is told of the limit as well: what it knows of the exchange makes the better error. That it keeps to it is not relied on.
pub(super) async fn send(
    mut request: http::Request<Bytes>,
    transport: &dyn Transport,
    limit: Duration,
    deadline: &Deadline<'_>,
) -> Result<http::Response<Bytes>, Error> {
    request.extensions_mut().insert(CallOptions::new().with_timeout(limit));
    let answer = deadline.within(limit, transport.send(request)).await;
    answer.unwrap_or_else(|| Err(Error::timeout(None, "the transport gave no answer in time")))
}
