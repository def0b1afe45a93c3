//! Answers: a status with a body, in the media type and the shape of error that the service has.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONTENT_TYPE, LAST_MODIFIED, LOCATION, REFERRER_POLICY,
    WWW_AUTHENTICATE,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

use crate::keys::random_id;

/// The media type of bodies.
const LINKS_JSON: HeaderValue = HeaderValue::from_static("application/links+json");

/// What a request is answered with.
#[derive(Debug)]
pub(crate) struct Answer {
    status: StatusCode,
    body: Bytes,
    /// The type of the body and everything else.
    headers: HeaderMap,
}

impl Answer {
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            body: Bytes::new(),
            headers: HeaderMap::new(),
        }
    }

    /// The same with a header; a later one of a name replaces an earlier one.
    #[must_use]
    fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Self {
        // As a value first, which has its members in order.
        match serde_json::to_value(body).and_then(|body| serde_json::to_vec(&body)) {
            Ok(body) => Self {
                body: body.into(),
                ..Self::empty(status).header(CONTENT_TYPE, LINKS_JSON)
            },
            Err(error) => Problem::internal(&error).into(),
        }
    }

    /// The same, with the list `member` also when it is empty and the model would leave it out.
    pub(crate) fn json_with_list(status: StatusCode, body: &impl Serialize, member: &str) -> Self {
        match serde_json::to_value(body) {
            Ok(mut body) => {
                if let Value::Object(body) = &mut body {
                    body.entry(member).or_insert_with(|| json!([]));
                }
                Self::json(status, &body)
            }
            Err(error) => Problem::internal(&error).into(),
        }
    }

    /// Sends the browser to `url` (RFC 9110 section 15.4.4). Neither a cache nor the page there learns of the address it comes from.
    pub(crate) fn see_other(url: &str) -> Result<Self, Problem> {
        let url = HeaderValue::try_from(url).map_err(|error| Problem::internal(&error))?;
        Ok(Self::empty(StatusCode::SEE_OTHER)
            .not_stored()
            .header(LOCATION, url)
            .header(REFERRER_POLICY, HeaderValue::from_static("no-referrer")))
    }

    /// Says when what is answered was changed (RFC 9110 section 8.8.2).
    #[must_use]
    pub(crate) fn last_modified(self, time: Option<DateTime<Utc>>) -> Self {
        let text = time.map(|time| time.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
        match text.map(HeaderValue::try_from) {
            Some(Ok(text)) => self.header(LAST_MODIFIED, text),
            _ => self,
        }
    }

    /// Says that the body is a document of another standard than the API.
    #[must_use]
    pub(crate) fn plain_json(self) -> Self {
        self.header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
    }

    /// Lets the pages of every origin read it (Fetch standard, section 3.3).
    #[must_use]
    pub(crate) fn for_every_origin(self) -> Self {
        self.header(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"))
    }

    /// Keeps a token or a code out of caches (RFC 6749 section 5.1).
    #[must_use]
    pub(crate) fn not_stored(self) -> Self {
        self.header(CACHE_CONTROL, HeaderValue::from_static("no-store"))
    }

    pub(crate) fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// Why a request is not answered with what it asks for.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    title: String,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, title: impl Into<String>) -> Self {
        Self {
            status,
            code,
            title: title.into(),
            header: None,
        }
    }

    /// A refusal for want of a good token says which kind is wanted (RFC 9110 section 11.6.1).
    pub(crate) fn unauthorized(title: &str) -> Self {
        Self {
            header: Some((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            ..Self::new(StatusCode::UNAUTHORIZED, "Unauthorized", title)
        }
    }

    /// A refusal of a method says which ones there are (RFC 9110 section 15.5.6).
    pub(crate) fn other_method(methods: &[Method]) -> Self {
        let methods: Vec<&str> = methods.iter().map(Method::as_str).collect();
        let allow = HeaderValue::try_from(methods.join(", ")).ok();
        let title = "The path takes other methods";
        Self {
            header: allow.map(|allow| (ALLOW, allow)),
            ..Self::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", title)
        }
    }

    pub(crate) fn invalid(title: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidRequest", title)
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "NotFound", format!("There is no such {what}"))
    }

    pub(crate) fn internal(error: &impl ToString) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", error.to_string())
    }
}

impl From<Problem> for Answer {
    fn from(problem: Problem) -> Self {
        let text = ProblemText {
            error_code: problem.code,
            error_id: next_error_id(),
            title: &problem.title,
        };
        let mut body = Vec::with_capacity(text.title.len() + 128);
        // Texts always have a form in JSON, and a vector takes them all.
        let _ = serde_json::to_writer(&mut body, &text);
        let mut answer = Self::empty(problem.status);
        answer.headers.extend(problem.header);
        answer.body = body.into();
        answer.header(CONTENT_TYPE, LINKS_JSON)
    }
}

/// The body of a problem, its members in order. Denials are many: nothing is made for them that is not sent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProblemText<'a> {
    error_code: &'static str,
    error_id: String,
    title: &'a str,
}

/// An id that no other answer of this process has. Denials are many: they do not wait for random numbers of the system.
fn next_error_id() -> String {
    /// Odd, so that all numbers come before one comes again, and large, so that ids that follow one another do not look alike.
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    static NEXT: LazyLock<AtomicU64> = LazyLock::new(|| {
        let start = random_id(8).ok().and_then(|id| u64::from_str_radix(&id, 16).ok());
        start.unwrap_or_default().into()
    });
    format!("{:016x}", NEXT.fetch_add(STEP, Ordering::Relaxed))
}
