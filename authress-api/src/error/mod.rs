//! The one error of calls: what failed, at which operation, and with which answer.
//!
//! The kind is private, so that it may grow; what a program decides on are predicates and accessors. Among them is
//! what a denial is: `is_denied`. How the service's error body is told from another's, and read, is in `answer`.

mod answer;
mod not_as_described;

use std::error::Error as StdError;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use self::answer::Answer;
pub(crate) use self::answer::{is_permission, may_be_of_the_service};
pub(crate) use self::not_as_described::NotAsDescribed;
use crate::{Attempts, EarlierStatus, Operation, json};

type Source = Box<dyn StdError + Send + Sync + 'static>;
/// The same, shared by the clones of an error.
type SharedSource = Arc<dyn StdError + Send + Sync + 'static>;

/// Why a call did not give its output.
///
/// "Denied" and "could not ask" are different: [`is_denied`](Self::is_denied) is true only when the service answered the question with no.
/// Everything else means that the question has no answer.
///
/// `Display` is one line for a log; the cause, where there is one, is in [`source`](StdError::source) and not repeated. Neither `Display`
/// nor `Debug` shows headers, bodies or tokens.
///
/// A clone is the same error: many may have waited for one call.
///
/// ```
/// use std::time::Duration;
/// use authress_api::{Error, Request, bytes::Bytes, http, requests::AuthorizeUser};
///
/// let answer = http::Response::builder().status(429).header("retry-after", "2").header("x-request-id", "r-1");
/// let answer = answer.body(Bytes::from_static(br#"{"errorCode":"TooMany","title":"Too many requests","errorId":"e-1"}"#))?;
/// let error = Error::unsuccessful(answer).with_operation(AuthorizeUser::OPERATION).with_attempts(5);
///
/// // What a program decides on.
/// assert!(error.is_rate_limited() && error.was_sent() && !error.is_denied());
/// assert!(!error.is_not_permitted_to_ask() && !error.is_forbidden() && !error.is_unauthenticated() && !error.is_plan_limit());
/// assert!(!error.is_not_found() && !error.is_conflict() && !error.is_precondition_failed() && !error.is_too_large());
/// assert!(!error.is_bad_request() && !error.is_server_error() && !error.is_invalid_argument());
/// assert!(!error.is_timeout() && !error.is_connect() && !error.is_interrupted());
/// assert!(!error.is_token_unavailable() && !error.is_unexpected_answer());
/// assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
///
/// // What a log and the service's support want to know.
/// assert_eq!(error.operation().map(|operation| operation.id), Some("authorizeUser"));
/// assert_eq!((error.code(), error.title()), (Some("TooMany"), Some("Too many requests")));
/// assert_eq!((error.error_id(), error.request_id(), error.attempts()), (Some("e-1"), Some("r-1"), Some(5)));
/// assert_eq!((error.status().map(|s| s.as_u16()), error.headers().map(|h| h.len())), (Some(429), Some(2)));
/// assert!(error.body().is_some_and(|body| body.starts_with(b"{")));
///
/// // What a double of the service, or a transport, fails with.
/// assert!(!Error::connect("refused").was_sent() && Error::connect_timeout("late").is_timeout());
/// assert!(Error::timeout(None, "late").was_sent() && Error::interrupted(None, "reset").is_interrupted());
/// assert!(Error::undecodable(http::Response::default(), "no JSON").was_sent() && !Error::token("no key").was_sent());
/// assert!(Error::token_timeout("late").is_timeout() && Error::connect("refused").with_earlier_attempt_sent().was_sent());
/// let status = http::StatusCode::TOO_MANY_REQUESTS;
/// assert_eq!(Error::connect("refused").with_earlier_status(status).earlier_status(), Some(status));
/// let error = Error::invalid_argument("name", "it is empty").for_argument("user_id");
/// assert_eq!((error.argument(), error.reason()), (Some("user_id"), Some("it is empty")));
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    operation: Option<&'static Operation>,
    kind: Kind,
    source: Option<SharedSource>,
    /// How many times the request was begun, where somebody counted.
    attempts: Option<NonZeroU32>,
    /// Whether the service may have seen an attempt before the one that failed this way.
    was_sent_before: bool,
    /// What an attempt before that was answered with, if not 5xx.
    earlier_status: Option<StatusCode>,
}

#[derive(Clone)]
enum Kind {
    /// An argument or setting cannot be used; nothing was sent.
    InvalidArgument { argument: String, reason: String },
    /// No token could be had for the call, or not in time; nothing was sent.
    Token { in_time: bool },
    /// No connection could be made, or not in time; nothing was sent.
    Connect { in_time: bool },
    /// The time limit ran out; with what had arrived by then.
    Timeout(Option<Answer>),
    /// The exchange broke off; with what had arrived by then.
    Interrupted(Option<Answer>),
    /// The service answered with another status than success.
    Status(Answer),
    /// The service answered with success and a body that is not what the description promises.
    Undecodable(Answer),
    /// The pages of a list lead back to one of them.
    CursorRepeated,
}

impl Error {
    fn new(kind: Kind, source: Option<Source>) -> Self {
        Self(Box::new(Inner {
            operation: None,
            kind,
            source: source.map(SharedSource::from),
            attempts: None,
            was_sent_before: false,
            earlier_status: None,
        }))
    }

    /// An argument or setting that cannot be used: `argument` names it, `reason` continues the sentence "… cannot be used: ".
    pub fn invalid_argument(argument: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(
            Kind::InvalidArgument {
                argument: argument.into(),
                reason: reason.into(),
            },
            None,
        )
    }

    /// The same error for an argument that the caller knows by another name. Errors of other kinds stay as they are.
    #[must_use]
    pub fn for_argument(mut self, name: impl Into<String>) -> Self {
        if let Kind::InvalidArgument { argument, .. } = &mut self.0.kind {
            *argument = name.into();
        }
        self
    }

    /// No token could be had for the call.
    pub fn token(source: impl Into<Source>) -> Self {
        Self::new(Kind::Token { in_time: true }, Some(source.into()))
    }

    /// The time limit ran out before there was a token for the call, so the request was not sent.
    pub fn token_timeout(source: impl Into<Source>) -> Self {
        Self::new(Kind::Token { in_time: false }, Some(source.into()))
    }

    /// No connection could be made, so the request was not sent.
    pub fn connect(source: impl Into<Source>) -> Self {
        Self::new(Kind::Connect { in_time: true }, Some(source.into()))
    }

    /// The time limit for making a connection ran out, so the request was not sent.
    pub fn connect_timeout(source: impl Into<Source>) -> Self {
        Self::new(Kind::Connect { in_time: false }, Some(source.into()))
    }

    /// The time limit ran out; the service may have seen the request. `partial` is what had arrived of the answer.
    pub fn timeout(partial: Option<http::Response<Bytes>>, source: impl Into<Source>) -> Self {
        Self::new(Kind::Timeout(partial.map(Answer::new)), Some(source.into()))
    }

    /// The exchange broke off after the request was begun; `partial` is what had arrived of the answer.
    pub fn interrupted(partial: Option<http::Response<Bytes>>, source: impl Into<Source>) -> Self {
        Self::new(Kind::Interrupted(partial.map(Answer::new)), Some(source.into()))
    }

    /// An answer of the service that is not a success.
    pub fn unsuccessful(answer: http::Response<Bytes>) -> Self {
        Self::answered(answer, Kind::Status, None)
    }

    /// An answer of the service that has this status and nothing else: for doubles of the service in tests.
    ///
    /// ```
    /// use authress_api::{Error, Request, http::StatusCode, requests::AuthorizeUser};
    ///
    /// let denied = Error::from_status(StatusCode::NOT_FOUND).with_operation(AuthorizeUser::OPERATION);
    /// assert!(denied.is_denied());
    /// let outage = Error::from_status(StatusCode::SERVICE_UNAVAILABLE).with_operation(AuthorizeUser::OPERATION);
    /// assert!(!outage.is_denied() && outage.is_server_error());
    /// ```
    pub fn from_status(status: StatusCode) -> Self {
        let mut answer = http::Response::new(Bytes::new());
        *answer.status_mut() = status;
        Self::unsuccessful(answer)
    }

    /// An answer of the service that is a success with a body that cannot be decoded.
    pub fn undecodable(answer: http::Response<Bytes>, source: impl Into<Source>) -> Self {
        Self::answered(answer, Kind::Undecodable, Some(source.into()))
    }

    /// An error that is an answer, and knows what that tells of the attempts.
    fn answered(answer: http::Response<Bytes>, kind: fn(Answer) -> Kind, source: Option<Source>) -> Self {
        let attempts = Attempts::of(&answer);
        let earlier = answer.extensions().get().map(|EarlierStatus(status)| *status);
        let error = Self::new(kind(Answer::new(answer)), source).with_attempts(attempts);
        match earlier {
            Some(status) => error.with_earlier_status(status),
            None => error,
        }
    }

    /// The pages of a list lead back to one of them: it would never end.
    pub(crate) fn cursor_repeated() -> Self {
        Self::new(Kind::CursorRepeated, None)
    }

    /// The same error, told of the operation at which it came up.
    #[must_use]
    pub fn with_operation(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// The same error, told how many times the request was sent, or begun to be, until it came up.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = NonZeroU32::new(attempts);
        self
    }

    /// The same error, told that the service may have seen an attempt before the one that failed this way.
    #[must_use]
    pub fn with_earlier_attempt_sent(mut self) -> Self {
        self.0.was_sent_before = true;
        self
    }

    /// The same error, told what an attempt before had been answered with, when that was another status than 5xx.
    #[must_use]
    pub fn with_earlier_status(mut self, status: StatusCode) -> Self {
        self.0.earlier_status = Some(status);
        self
    }

    fn answer(&self) -> Option<&Answer> {
        match &self.0.kind {
            Kind::Status(answer) | Kind::Undecodable(answer) => Some(answer),
            Kind::Interrupted(answer) | Kind::Timeout(answer) => answer.as_ref(),
            Kind::InvalidArgument { .. } | Kind::Token { .. } | Kind::Connect { .. } | Kind::CursorRepeated => None,
        }
    }

    /// True when the service answered with exactly this status.
    fn is_status(&self, status: StatusCode) -> bool {
        matches!(&self.0.kind, Kind::Status(answer) if answer.status == status)
    }

    fn is_authorization_check(&self) -> bool {
        self.0.operation.is_some_and(Operation::is_authorization_check)
    }
}

/// Predicates: what a program decides on.
impl Error {
    /// The service answered the authorization check with no: the user does not have the permission.
    ///
    /// That is a 404 without a body, or with the service's error body. Anything else comes from something that stands in between, such as a gateway
    /// that has no such route: the question has no answer then.
    ///
    /// Troubleshooting: look at the access records that name the user, one of their groups, or the resource or a parent of it.
    pub fn is_denied(&self) -> bool {
        let is_no = |answer: &Answer| answer.status == StatusCode::NOT_FOUND && answer.may_be_of_the_service();
        self.is_authorization_check() && matches!(&self.0.kind, Kind::Status(answer) if is_no(answer))
    }

    /// The caller itself may not ask for this user's permissions (403 on an authorization check). It says nothing of the user.
    ///
    /// Troubleshooting: give the service client the right to read user permissions, or ask with the user's own token.
    pub fn is_not_permitted_to_ask(&self) -> bool {
        self.is_authorization_check() && self.is_status(StatusCode::FORBIDDEN)
    }

    /// The caller may not do this (403).
    ///
    /// Troubleshooting: the description of the operation names the permission that the caller needs.
    pub fn is_forbidden(&self) -> bool {
        self.is_status(StatusCode::FORBIDDEN)
    }

    /// The service did not accept the caller's token (401), or there was none.
    ///
    /// Troubleshooting: check that the access key or token belongs to this account and has not been revoked; a new access key may take five
    /// minutes to be known.
    pub fn is_unauthenticated(&self) -> bool {
        self.is_status(StatusCode::UNAUTHORIZED)
    }

    /// The account's plan does not allow the call (402).
    ///
    /// Troubleshooting: see the billing page of the account.
    pub fn is_plan_limit(&self) -> bool {
        self.is_status(StatusCode::PAYMENT_REQUIRED)
    }

    /// There is no such thing (404), and the call was not an authorization check.
    pub fn is_not_found(&self) -> bool {
        !self.is_authorization_check() && self.is_status(StatusCode::NOT_FOUND)
    }

    /// The service could not read or would not take what was sent (400, or 422 for a request for access that can lead to nothing).
    ///
    /// Troubleshooting: the service's own sentence ([`title`](Self::title)) says which member it did not take.
    pub fn is_bad_request(&self) -> bool {
        self.is_status(StatusCode::BAD_REQUEST) || self.is_status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The service, or what stands before it, could not answer (500 to 599).
    ///
    /// Troubleshooting: ask again later; a call that keeps failing is to be told to the service's support with its
    /// [`error_id`](Self::error_id) or [`request_id`](Self::request_id).
    pub fn is_server_error(&self) -> bool {
        matches!(&self.0.kind, Kind::Status(answer) if answer.status.is_server_error())
    }

    /// The thing has changed since it was read (412): `if_unmodified_since` was set, and something was written in between.
    ///
    /// Troubleshooting: read it again and decide on what it is now.
    pub fn is_precondition_failed(&self) -> bool {
        self.is_status(StatusCode::PRECONDITION_FAILED)
    }

    /// No connection to the service could be made, or not in time.
    ///
    /// Troubleshooting: check the base URL, DNS, the proxy and the certificates; the cause is in [`source`](StdError::source).
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::Connect { .. })
    }

    /// Somebody else was there first: the id is taken (409), or the thing has changed since it was read (412).
    ///
    /// Troubleshooting: read it again and decide on what it is now.
    pub fn is_conflict(&self) -> bool {
        self.is_status(StatusCode::CONFLICT) || self.is_status(StatusCode::PRECONDITION_FAILED)
    }

    /// What was sent is larger than the service takes (413): an access record may have about 100 KB.
    ///
    /// Troubleshooting: split the record, or put its users into groups.
    pub fn is_too_large(&self) -> bool {
        self.is_status(StatusCode::PAYLOAD_TOO_LARGE)
    }

    /// There were too many requests (429); [`retry_after`](Self::retry_after) says how long to wait when the service said so.
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// A time limit ran out before the answer was complete; [`was_sent`](Self::was_sent) says whether the request had left by then.
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Timeout(_) | Kind::Connect { in_time: false } | Kind::Token { in_time: false }
        )
    }

    /// The exchange broke off before the answer was complete; the service may have seen the request.
    ///
    /// Troubleshooting: an operation that may be repeated can be called again; of any other, read first what became of it.
    pub fn is_interrupted(&self) -> bool {
        matches!(self.0.kind, Kind::Interrupted(_))
    }

    /// No token could be had for the call, or not in time; nothing was sent.
    ///
    /// Troubleshooting: the cause is in [`source`](StdError::source): what the token provider or the signer said.
    pub fn is_token_unavailable(&self) -> bool {
        matches!(self.0.kind, Kind::Token { .. })
    }

    /// The answer is none that the description tells of: a success with a body that cannot be read, or one that is too large.
    ///
    /// Troubleshooting: see whether the base URL leads to the service itself, and not to a page or a proxy.
    pub fn is_unexpected_answer(&self) -> bool {
        matches!(self.0.kind, Kind::Undecodable(_))
    }

    /// An argument or setting cannot be used: the message names it, and nothing was sent.
    pub fn is_invalid_argument(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidArgument { .. })
    }

    /// Whether the service may have seen the request, in any of its attempts.
    ///
    /// False means that it certainly has not, so that sending it again is safe whatever it does.
    pub fn was_sent(&self) -> bool {
        self.0.was_sent_before
            || !matches!(
                self.0.kind,
                Kind::InvalidArgument { .. } | Kind::Token { .. } | Kind::Connect { .. }
            )
    }
}

/// Details: for logs, support and messages.
impl Error {
    /// The operation at which it came up.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The argument or setting that cannot be used, when that is what is wrong.
    pub fn argument(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::InvalidArgument { argument, .. } => Some(argument),
            _ => None,
        }
    }

    /// Why the argument or setting cannot be used, when that is what is wrong.
    pub fn reason(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::InvalidArgument { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// How many times the request was sent, or begun to be, where a client that repeats requests counted.
    pub fn attempts(&self) -> Option<u32> {
        self.0.attempts.map(NonZeroU32::get)
    }

    /// What an attempt before the last one was answered with, where that was another status than 5xx: the service was there, and had something to
    /// say. Of several, one that is not 429 counts.
    pub fn earlier_status(&self) -> Option<StatusCode> {
        self.0.earlier_status
    }

    /// The HTTP status of the answer, also of one that broke off or could not be decoded.
    pub fn status(&self) -> Option<StatusCode> {
        self.answer().map(|answer| answer.status)
    }

    /// The headers of the answer.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer().map(|answer| &answer.headers)
    }

    /// The body of the answer, byte for byte; of an answer that broke off, what had arrived.
    pub fn body(&self) -> Option<&Bytes> {
        self.answer().map(|answer| &answer.body)
    }

    /// The service's stable error code (`errorCode`); the list of codes is open.
    pub fn code(&self) -> Option<&str> {
        self.answer().and_then(|answer| answer.details.error_code.as_deref())
    }

    /// The service's own sentence on what is wrong (`title`); its wording is not stable.
    pub fn title(&self) -> Option<&str> {
        self.answer().and_then(|answer| answer.details.title.as_deref())
    }

    /// The id of this very error at the service (`errorId`), to quote to its support.
    pub fn error_id(&self) -> Option<&str> {
        self.answer().and_then(|answer| answer.details.error_id.as_deref())
    }

    /// The id of the request at the service, from the answer's headers.
    pub fn request_id(&self) -> Option<&str> {
        self.answer().and_then(Answer::request_id)
    }

    /// How long the service asked to wait when it answered: `Retry-After` in either form, see [`retry_after`](crate::retry_after()).
    pub fn retry_after(&self) -> Option<Duration> {
        self.answer().and_then(|answer| answer.retry_after)
    }

    /// The body of the answer as JSON: `models::ResponseError`, or what else the service is known to answer with.
    ///
    /// ```
    /// use authress_api::{Error, bytes::Bytes, http, models::ResponseError};
    ///
    /// let body = Bytes::from_static(br#"{"errorCode":"Taken","title":"It is there already"}"#);
    /// let error = Error::unsuccessful(http::Response::builder().status(409).body(body)?);
    /// let body: ResponseError = error.body_as().unwrap_or_default();
    /// assert_eq!(body.error_code.as_deref(), Some("Taken"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        json::read(self.body()?).ok()
    }
}

impl Error {
    /// What to do about it, in a few words, where that is not plain from what happened.
    fn advice(&self) -> Option<&'static str> {
        let answer = match &self.0.kind {
            Kind::Connect { .. } => return Some("check the base URL, DNS, the proxy and the certificates"),
            Kind::Timeout(_) | Kind::Interrupted(_) if self.may_be_repeated() => return Some("ask again"),
            Kind::Timeout(_) | Kind::Interrupted(_) => return Some("read what became of it before doing it again"),
            Kind::Undecodable(_) => return Some("check that the base URL leads to the service itself"),
            Kind::Status(answer) => answer,
            Kind::InvalidArgument { .. } | Kind::Token { .. } | Kind::CursorRepeated => return None,
        };
        Some(match answer.status.as_u16() {
            401 => "check that the access key or token is of this account and still valid",
            402 => "see the billing page of the account",
            403 if self.is_authorization_check() => {
                "let it read the user's permissions, or ask with the user's own token"
            }
            403 => "give the caller the permission that the operation's description names",
            404 if self.is_authorization_check() && !self.is_denied() => {
                "check that the base URL leads to the service itself"
            }
            412 => "read it again and decide on what it is now",
            413 => "split it, or put its users into groups",
            429 => "ask less often",
            300..=399 => "give the URL that it leads to as the base URL",
            500.. => "ask again later",
            _ => return None,
        })
    }

    fn may_be_repeated(&self) -> bool {
        self.0.operation.is_some_and(|operation| operation.idempotent)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{}: ", operation.id)?;
        }
        match &self.0.kind {
            Kind::InvalidArgument { argument, reason } => {
                write!(f, "`{argument}` cannot be used: {reason}; nothing was sent")
            }
            Kind::Token { in_time } => {
                let when = if *in_time { "" } else { " in time" };
                write!(f, "no token could be had{when}; nothing was sent")
            }
            Kind::Connect { in_time } => {
                let when = if *in_time { "" } else { " in time" };
                let sent = if self.was_sent() {
                    "an earlier attempt"
                } else {
                    "nothing"
                };
                write!(f, "no connection could be made{when}; {sent} was sent")
            }
            Kind::Timeout(_) => f.write_str("the time limit ran out before the answer was complete"),
            Kind::Interrupted(None) => f.write_str("the exchange broke off before an answer arrived"),
            Kind::Interrupted(Some(answer)) => {
                write!(
                    f,
                    "the answer ({}) broke off after {} bytes",
                    answer.status,
                    answer.body.len()
                )
            }
            Kind::Status(answer) if self.is_denied() => {
                write!(f, "denied: the user does not have the permission{answer}")
            }
            Kind::Status(answer) if self.is_not_permitted_to_ask() => {
                write!(f, "the caller may not ask for this user's permissions{answer}")
            }
            Kind::Status(answer) => write!(f, "the service answered {}{answer}", answer.status),
            Kind::CursorRepeated => {
                f.write_str("the service gave a cursor that it had given before, so that the list would never end")
            }
            Kind::Undecodable(answer) => write!(
                f,
                "the service answered {} with {} bytes that are not what is expected",
                answer.status,
                answer.body.len()
            ),
        }?;
        if let Some(attempts) = self.attempts().filter(|attempts| *attempts > 1) {
            write!(f, "; {attempts} attempts")?;
        }
        self.advice().map_or(Ok(()), |advice| write!(f, "; {advice}"))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self}")?;
        if let Some(source) = &self.0.source {
            write!(f, ": {source}")?;
        }
        f.write_str(")")
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &'static str) -> http::Response<Bytes> {
        let mut answer = http::Response::new(Bytes::from_static(body.as_bytes()));
        *answer.status_mut() = StatusCode::from_u16(status).unwrap();
        answer
    }

    #[test]
    fn an_error_is_one_word_and_crosses_threads() {
        fn crosses_threads<T: Send + Sync + 'static>() {}
        crosses_threads::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    /// An operation of which only the id matters.
    fn operation(id: &'static str) -> &'static Operation {
        Box::leak(Box::new(Operation {
            id,
            tag: "",
            method: http::Method::GET,
            path: "/",
            idempotent: true,
            authenticated: true,
            deprecated: false,
        }))
    }

    #[test]
    fn a_404_is_a_denial_only_on_an_authorization_check() {
        let denied = Error::unsuccessful(answer(404, "")).with_operation(operation("authorizeUser"));
        assert!(denied.is_denied() && !denied.is_not_found());
        let missing = Error::unsuccessful(answer(404, "")).with_operation(operation("getUser"));
        assert!(!missing.is_denied() && missing.is_not_found());
        let unknown = Error::unsuccessful(answer(404, ""));
        assert!(!unknown.is_denied());
    }

    #[test]
    fn a_404_that_the_service_cannot_have_given_is_no_denial() {
        for (body, denied) in [
            ("", true),
            (" \n", true),
            ("{}", true),
            (r#"{"errorCode":"NotFound"}"#, true),
            (r#"{"title":null}"#, true),
            (r#"{"message":"Not Found"}"#, false),
            (r#"{"error":"no such app"}"#, false),
            ("<html>nginx</html>", false),
            ("404 page not found", false),
            ("[]", false),
            ("null", false),
            ("{", false),
        ] {
            let error = Error::unsuccessful(answer(404, body)).with_operation(operation("authorizeUser"));
            assert_eq!(error.is_denied(), denied, "{body:?}");
            assert!(!error.is_not_found(), "{body:?}");
        }
    }

    #[test]
    fn only_what_certainly_was_not_sent_says_so() {
        assert!(!Error::invalid_argument("user_id", "it is empty").was_sent());
        assert!(!Error::token("no key").was_sent());
        assert!(!Error::connect("refused").was_sent());
        assert!(!Error::connect_timeout("late").was_sent());
        assert!(!Error::token_timeout("late").was_sent());
        assert!(Error::timeout(None, "late").was_sent());
        assert!(Error::interrupted(None, "reset").was_sent());
        assert!(Error::unsuccessful(answer(503, "")).was_sent());
        assert!(Error::cursor_repeated().was_sent());
    }

    #[test]
    fn what_an_earlier_attempt_sent_stays_sent() {
        let error = Error::connect("refused").with_attempts(2).with_earlier_attempt_sent();
        assert!(error.is_connect() && error.was_sent());
        assert!(!error.to_string().contains("nothing was sent"), "{error}");
    }

    #[test]
    fn a_time_limit_is_told_whether_the_request_had_left_or_not() {
        assert!(Error::timeout(None, "late").is_timeout());
        assert!(Error::connect_timeout("late").is_timeout());
        assert!(!Error::connect("refused").is_timeout());
        let partial = Error::timeout(Some(answer(404, "{")), "late").with_operation(operation("authorizeUser"));
        assert_eq!(partial.status(), Some(StatusCode::NOT_FOUND));
        assert_eq!(partial.body().map(AsRef::as_ref), Some(&b"{"[..]));
        assert!(!partial.is_denied());
    }

    #[test]
    fn display_is_one_line_with_the_services_own_words_and_without_the_body() {
        let body = r#"{"title":"No such\nrecord","errorCode":"RecordNotFound","errorId":"e-1","secret":"hush"}"#;
        let text = Error::unsuccessful(answer(409, body)).to_string();
        assert!(
            text.contains("409") && text.contains("RecordNotFound") && text.contains("e-1"),
            "{text}"
        );
        assert!(!text.contains('\n') && !text.contains("hush"), "{text}");
    }

    #[test]
    fn display_says_what_failed_with_which_answer_and_what_to_do() {
        let body = r#"{"title":"Too many","errorCode":"RateLimited","errorId":"e-1"}"#;
        let error = Error::unsuccessful(answer(429, body)).with_operation(operation("getRoles"));
        assert_eq!(
            error.with_attempts(5).to_string(),
            "getRoles: the service answered 429 Too Many Requests (RateLimited: Too many; error id e-1); 5 attempts; ask less often"
        );
        for (error, expected) in [
            (
                Error::connect("refused"),
                "no connection could be made; nothing was sent; check the base URL, DNS, the proxy and the certificates",
            ),
            (
                Error::from_status(StatusCode::NOT_FOUND).with_operation(operation("authorizeUser")),
                "authorizeUser: denied: the user does not have the permission",
            ),
            (
                Error::from_status(StatusCode::TEMPORARY_REDIRECT),
                "the service answered 307 Temporary Redirect; give the URL that it leads to as the base URL",
            ),
            (
                Error::timeout(None, "late")
                    .with_operation(operation("getRoles"))
                    .with_attempts(1),
                "getRoles: the time limit ran out before the answer was complete; ask again",
            ),
        ] {
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn every_documented_status_has_a_predicate() {
        type Predicate = fn(&Error) -> bool;
        let predicates: [(u16, Predicate); 12] = [
            (400, Error::is_bad_request),
            (401, Error::is_unauthenticated),
            (402, Error::is_plan_limit),
            (403, Error::is_forbidden),
            (404, Error::is_not_found),
            (409, Error::is_conflict),
            (412, Error::is_precondition_failed),
            (413, Error::is_too_large),
            (422, Error::is_bad_request),
            (429, Error::is_rate_limited),
            (500, Error::is_server_error),
            (503, Error::is_server_error),
        ];
        for (status, predicate) in predicates {
            let error = Error::from_status(StatusCode::from_u16(status).unwrap());
            assert!(predicate(&error), "{status}");
            for (other, predicate) in predicates {
                // What one predicate tells of: both statuses of a bad request, all of the server, and 412 as a conflict, too.
                let is_same = match (status, other) {
                    (400 | 422, 400 | 422) | (412, 409) | (500.., 500..) => true,
                    (status, other) => status == other,
                };
                assert_eq!(predicate(&error), is_same, "{status} {other}");
            }
        }
    }

    #[test]
    fn display_does_not_repeat_the_source() {
        let error = Error::connect("refused");
        assert!(!error.to_string().contains("refused"));
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("refused"));
    }
}
