//! Answers: a status with a body, in the media type and the shape of error that the service has.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use http::header::{ALLOW, CONTENT_TYPE, LAST_MODIFIED, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, Method, Response, StatusCode};
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
    body: Option<Vec<u8>>,
    header: Option<(HeaderName, HeaderValue)>,
}

impl Answer {
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            body: None,
            header: None,
        }
    }

    pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self {
                status,
                body: Some(body),
                header: None,
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

    /// Says when what is answered was changed (RFC 9110 section 8.8.2).
    #[must_use]
    pub(crate) fn last_modified(mut self, time: Option<DateTime<Utc>>) -> Self {
        let text = time.map(|time| time.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
        self.header = text.and_then(|text| Some((LAST_MODIFIED, HeaderValue::try_from(text).ok()?)));
        self
    }

    pub(crate) fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::default());
        *response.status_mut() = self.status;
        response.headers_mut().extend(self.header);
        if let Some(body) = self.body {
            response.headers_mut().insert(CONTENT_TYPE, LINKS_JSON);
            *response.body_mut() = Full::from(body);
        }
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
        let body = ProblemBody {
            title: &problem.title,
            error_code: problem.code,
            error_id: next_error_id(),
        };
        Self {
            status: problem.status,
            body: serde_json::to_vec(&body).ok(),
            header: problem.header,
        }
    }
}

/// What the body of a refusal says.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProblemBody<'a> {
    title: &'a str,
    error_code: &'a str,
    error_id: String,
}

/// An id that no other answer of this process has. Denials are answers like others, and many: they wait for no random numbers.
fn next_error_id() -> String {
    /// Odd, so that all numbers come before one comes again, and large, so that ids that follow one another do not look alike.
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    static NEXT: LazyLock<AtomicU64> = LazyLock::new(|| {
        let start = random_id(8).ok().and_then(|id| u64::from_str_radix(&id, 16).ok());
        start.unwrap_or_default().into()
    });
    format!("{:016x}", NEXT.fetch_add(STEP, Ordering::Relaxed))
}
