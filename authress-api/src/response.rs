//! A successful answer: the decoded value with status and headers. How large one may be is in `transport/reqwest.rs`.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// A decoded answer with its status and headers; it dereferences to the value. `Debug` shows the status alone: headers and bodies may hold secrets.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), authress_api::Error> {
/// # let server = httpmock::MockServer::start_async().await;
/// # server.mock_async(|_, then| { then.status(200).header("x-request-id", "r-1").body(r#"{"roles":[]}"#); }).await;
/// # let client = authress_api::Client::new(server.base_url())?;
/// let response = client.get_roles().send().await?;
/// assert!(response.status() == 200 && response.headers()["x-request-id"] == "r-1");
/// assert!(response.roles.is_empty());
/// let page = response.into_inner();
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    value: T,
}

impl<T> Response<T> {
    pub(crate) fn new(answer: http::Response<Bytes>, value: T) -> Self {
        let (parts, _) = answer.into_parts();
        Self {
            status: parts.status,
            headers: parts.headers,
            value,
        }
    }

    /// The HTTP status: always a 2xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer, for instance `Last-Modified`.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
