//! An answer that is not what was hoped for, kept whole, and the service's error body in it.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::json;
use crate::retry_after::retry_after;

/// The headers in which the service, or what stands before it, names the request; the first that is present counts.
const REQUEST_ID: [HeaderName; 3] = [
    HeaderName::from_static("x-request-id"),
    HeaderName::from_static("x-amzn-requestid"),
    HeaderName::from_static("apigw-requestid"),
];

/// Longest text of the service that is repeated in a message.
const LONGEST_TITLE: usize = 300;

#[derive(Clone)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) details: Details,
    /// What it asked for when it arrived: a date says less with every second.
    pub(super) retry_after: Option<Duration>,
}

/// The service's error body (`ResponseError`); empty when the body is something else.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Details {
    #[serde(deserialize_with = "text")]
    pub(super) title: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) error_code: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(super) error_id: Option<String>,
}

/// A field of another type than text spoils that field alone.
fn text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::String(text) => Some(text),
        _ => None,
    })
}

/// The members of the service's error body; it has at least one of them.
const OF_RESPONSE_ERROR: [&str; 3] = ["errorCode", "errorId", "title"];

/// Whether a body says nothing: white space alone, or an object without members.
fn says_nothing(body: &[u8]) -> bool {
    let body = body.trim_ascii();
    body.is_empty() || json::read::<Map<String, Value>>(body).is_ok_and(|object| object.is_empty())
}

/// Whether the body of a 404 can be the service's: nothing, or its error body. An object with other members is of what stands in between: a
/// gateway that knows no such route, say.
pub(crate) fn may_be_of_the_service(body: &[u8]) -> bool {
    let is_response_error = || {
        let object = json::read::<Map<String, Value>>(body);
        object.is_ok_and(|object| OF_RESPONSE_ERROR.iter().any(|name| object.contains_key(*name)))
    };
    says_nothing(body) || is_response_error()
}

/// Whether the body of a 200 can be the service's yes to an authorization check: that has none. Whatever else answers 200, with a page or with
/// JSON, answers some other question.
pub(crate) fn is_permission(body: &Bytes) -> bool {
    says_nothing(body)
}

impl Answer {
    pub(super) fn new(answer: http::Response<Bytes>) -> Self {
        let (parts, body) = answer.into_parts();
        let details = json::read(&body).unwrap_or_default();
        Self {
            retry_after: retry_after(&parts.headers, SystemTime::now()),
            status: parts.status,
            headers: parts.headers,
            body,
            details,
        }
    }

    /// Whether the service can have given this body: none, or its error body. Pages and other texts come from what stands in between.
    pub(super) fn may_be_of_the_service(&self) -> bool {
        may_be_of_the_service(&self.body)
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        REQUEST_ID.iter().find_map(|name| self.headers.get(name)?.to_str().ok())
    }
}

/// The service's own words, to follow a sentence: ` (RecordNotFound: No such record; error id e-1)`, or nothing.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details {
            title,
            error_code,
            error_id,
        } = &self.details;
        let error_id = error_id.as_ref().map(|id| format!("error id {id}"));
        let words = match (error_code, title) {
            (Some(code), Some(title)) => Some(format!("{code}: {title}")),
            (Some(words), None) | (None, Some(words)) => Some(words.clone()),
            (None, None) => None,
        };
        let text = [words, error_id].into_iter().flatten().collect::<Vec<_>>().join("; ");
        if text.is_empty() {
            return Ok(());
        }
        // One line, whatever the service sent, so that a log line cannot be forged.
        let line: String = text
            .chars()
            .map(|c| if ends_a_line(c) { ' ' } else { c })
            .take(LONGEST_TITLE)
            .collect();
        write!(f, " ({line})")
    }
}

/// Whether a text may go on in another line after it, or command a terminal: a control character, or one of the two separators of Unicode, which
/// are none.
fn ends_a_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &'static str, headers: &[(HeaderName, &'static str)]) -> Answer {
        let mut answer = http::Response::new(Bytes::from_static(body.as_bytes()));
        for (name, value) in headers {
            answer.headers_mut().insert(name, http::HeaderValue::from_static(value));
        }
        Answer::new(answer)
    }

    #[test]
    fn a_body_that_is_not_the_services_has_no_details() {
        for body in ["", "<html>", "[]", "null", "{", "{}"] {
            let answer = answer(body, &[]);
            assert!(
                answer.details.title.is_none() && answer.details.error_code.is_none(),
                "{body}"
            );
            assert_eq!(answer.to_string(), "");
            assert_eq!(answer.body, body);
        }
    }

    #[test]
    fn a_field_of_another_type_spoils_that_field_alone() {
        let answer = answer(r#"{"title":7,"errorCode":"Taken","errorId":null}"#, &[]);
        assert_eq!(answer.to_string(), " (Taken)");
    }

    #[test]
    fn a_long_text_of_the_service_is_cut() {
        let body = format!(r#"{{"title":"{}"}}"#, "x".repeat(LONGEST_TITLE * 2));
        let answer = Answer::new(http::Response::new(Bytes::from(body)));
        assert_eq!(answer.to_string(), format!(" ({})", "x".repeat(LONGEST_TITLE)));
    }

    #[test]
    fn a_text_of_the_service_stays_on_its_line_for_every_reader_of_logs() {
        let answer = answer(r#"{"title":"a\nb\u0085c\u2028d\u2029e"}"#, &[]);
        assert_eq!(answer.to_string(), " (a b c d e)");
    }

    #[test]
    fn a_body_that_says_something_else_is_no_permission() {
        for (body, permission) in [
            ("", true),
            (" \n", true),
            ("{}", true),
            (r#"{"status":"ok"}"#, false),
            (r#"{"allowed":false}"#, false),
            (r#"{"Message":"Forbidden"}"#, false),
            (r#"{"later":1}"#, false),
            (r#"{"errorCode":"X"}"#, false),
            (r#"{"errorCode":403}"#, false),
            (r#"{"errorCode":"X","errorCode":"X"}"#, false),
            (r#"{"errorCode":"X","title":"\ud800"}"#, false),
            (r#"{"title":"Not authorized"}"#, false),
            (r#"{"message":"Forbidden"}"#, false),
            ("null", false),
            ("false", false),
            ("true", false),
            ("[]", false),
            (r#""denied""#, false),
            ("<html>", false),
            ("{", false),
        ] {
            assert_eq!(
                is_permission(&Bytes::from_static(body.as_bytes())),
                permission,
                "{body:?}"
            );
        }
    }

    #[test]
    fn the_first_known_header_names_the_request() {
        let [first, _, last] = REQUEST_ID;
        assert_eq!(answer("", &[(last.clone(), "b")]).request_id(), Some("b"));
        assert_eq!(answer("", &[(last, "b"), (first, "a")]).request_id(), Some("a"));
    }
}
