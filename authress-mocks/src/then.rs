//! What is answered.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use authress_api::Request;
use serde::Serialize;
use serde_json::{Value, json};

/// The media type of the service's answers.
const MEDIA_TYPE: &str = "application/links+json";

/// What is answered to requests of the operation of `R`. Each documented status has a method; a status that is not documented is given with
/// [`status`](Self::status) or [`error`](Self::error).
///
/// ```
/// use std::time::Duration;
///
/// use authress_api::models::{PermissionObject, Role};
/// use authress_mocks::AuthressMocks as _;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let server = httpmock::MockServer::start_async().await;
/// server.get_role(|when, then| {
///     when.role_id("reader");
///     then.ok(Role::new("Reader", [PermissionObject::new("read").allow(true)])).header("x-request-id", "r-1");
/// });
/// server.get_role(|when, then| {
///     when.role_id("slow");
///     then.error(503, "Overloaded").header("retry-after", "1").delay(Duration::from_millis(1));
/// });
/// server.get_role(|_, then| {
///     then.status(200).body_bytes("<html>");
/// });
///
/// let client = authress_api::Client::new(server.base_url())?;
/// assert_eq!(client.get_role("reader").await?.name, "Reader");
/// assert_eq!(client.get_role("slow").await.unwrap_err().code(), Some("Overloaded"));
/// assert!(client.get_role("other").await.unwrap_err().is_unexpected_answer());
/// # Ok(()) }
/// ```
pub struct Then<R> {
    inner: httpmock::Then,
    operation: PhantomData<R>,
}

impl<R: Request> Then<R> {
    pub(crate) fn new(inner: httpmock::Then) -> Self {
        Self {
            inner,
            operation: PhantomData,
        }
    }

    /// A status, with the body that was set before, if one was.
    ///
    /// # Panics
    /// When it is no HTTP status.
    pub fn status(self, status: u16) -> Self {
        Self::new(self.inner.status(status))
    }

    /// A status with the service's error body, in which `code` is its stable part (`errorCode`).
    ///
    /// # Panics
    /// When it is no HTTP status.
    pub fn error(self, status: u16, code: &str) -> Self {
        let body = json!({"title": code, "errorCode": code, "errorId": "mocked"});
        self.json(status, &body)
    }

    /// A header beside those of the answer: a second `content-type` too, where the answer has one.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(self.inner.header(name, value))
    }

    /// How long the answer takes.
    pub fn delay(self, delay: Duration) -> Self {
        Self::new(self.inner.delay(delay))
    }

    /// A body in the place of the answer's own, as it is.
    pub fn body_bytes(self, body: impl AsRef<[u8]>) -> Self {
        Self::new(self.inner.body(body))
    }

    /// Anything else that `httpmock` can answer.
    ///
    /// ```
    /// # use authress_mocks::AuthressMocks as _;
    /// # let server = httpmock::MockServer::start();
    /// server.get_roles(|_, then| {
    ///     then.error(429, "TooMany").and(|then| then.up_to_n_times(1));
    /// });
    /// ```
    pub fn and(self, more: impl FnOnce(httpmock::Then) -> httpmock::Then) -> Self {
        Self::new(more(self.inner))
    }

    pub(crate) fn json(self, status: u16, body: &impl Serialize) -> Self {
        let body = serde_json::to_value(body).unwrap_or(Value::Null);
        let then = self.inner.status(status).header("content-type", MEDIA_TYPE);
        Self::new(then.body(body.to_string()))
    }
}

impl<R> fmt::Debug for Then<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Then(..)")
    }
}
