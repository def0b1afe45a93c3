//! What the description says about an operation, as constants: for spans, metrics, retry decisions and tests; and what answers it.

use bytes::Bytes;
use http::{Method, StatusCode};

use crate::error::{is_permission, may_be_of_the_service};

/// The facts of one operation of the API description.
///
/// The constant of a request is [`Request::OPERATION`](crate::Request::OPERATION); all of them are in
/// [`OPERATIONS`](crate::OPERATIONS).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The operation id, as in the description: `authorizeUser`.
    pub id: &'static str,
    /// The tag that groups it: `User Permissions`.
    pub tag: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template: `/v1/users/{userId}`.
    pub path: &'static str,
    /// Whether sending the request twice has the effect of sending it once (RFC 9110 section 9.2.2).
    pub idempotent: bool,
    /// Whether the service wants a bearer token for it.
    pub authenticated: bool,
    /// Whether the description advises against using it.
    pub deprecated: bool,
}

impl Operation {
    /// Whether the operation asks a question that the status of the answer alone decides: 200 is a yes, 404 a no, and everything else neither.
    ///
    /// ```
    /// use authress_api::{Request, requests::{AuthorizeUser, GetUser}};
    ///
    /// assert!(AuthorizeUser::OPERATION.is_authorization_check() && !GetUser::OPERATION.is_authorization_check());
    /// ```
    pub fn is_authorization_check(&self) -> bool {
        self.id == "authorizeUser"
    }

    /// Whether `answer` is one to what the operation asks, as far as that can be seen before its body is read: a success, and of an authorization
    /// check the service's yes or its no. What answers 200 or 404 with a page, say, is something that stands in between.
    ///
    /// ```
    /// use authress_api::{Request, bytes::Bytes, http, requests::AuthorizeUser};
    ///
    /// let answer = |status, body| http::Response::builder().status(status).body(Bytes::from_static(body));
    /// assert!(AuthorizeUser::OPERATION.is_answered_by(&answer(404, b"")?));
    /// assert!(!AuthorizeUser::OPERATION.is_answered_by(&answer(200, b"<html>")?));
    /// # Ok::<(), http::Error>(())
    /// ```
    pub fn is_answered_by(&self, answer: &http::Response<Bytes>) -> bool {
        match answer.status() {
            StatusCode::OK if self.is_authorization_check() => is_permission(answer.body()),
            StatusCode::NOT_FOUND if self.is_authorization_check() => may_be_of_the_service(answer.body()),
            status => status.is_success() && !self.is_authorization_check(),
        }
    }
}
