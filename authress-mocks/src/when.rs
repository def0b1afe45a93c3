//! Which requests are meant.

use std::fmt::{self, Display};
use std::marker::PhantomData;

use authress_api::Request;
use chrono::{DateTime, SecondsFormat, Utc};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

/// Everything but the unreserved characters of RFC 3986 section 2.3: what the client encodes in a path.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Which requests of the operation of `R` are meant: all of them, until more is said. Each parameter has a method.
pub struct When<R> {
    inner: httpmock::When,
    operation: PhantomData<R>,
}

impl<R: Request> When<R> {
    pub(crate) fn new(inner: httpmock::When) -> Self {
        let operation = R::OPERATION;
        let method = httpmock::Method::from(operation.method.as_str());
        Self::of(inner.method(method)).path(None)
    }

    fn of(inner: httpmock::When) -> Self {
        Self {
            inner,
            operation: PhantomData,
        }
    }

    /// A header that the request has.
    ///
    /// ```
    /// # use authress_mocks::AuthressMocks as _;
    /// # let server = httpmock::MockServer::start();
    /// server.get_roles(|when, then| {
    ///     when.header("authorization", "Bearer eyJ.a.b");
    ///     then.forbidden();
    /// });
    /// ```
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::of(self.inner.header(name, value))
    }

    /// Anything else that `httpmock` can tell requests by. A method or a body that is set here takes the place of the operation's.
    ///
    /// ```
    /// # use authress_mocks::AuthressMocks as _;
    /// # let server = httpmock::MockServer::start();
    /// server.get_roles(|when, then| {
    ///     when.and(|when| when.query_param_missing("cursor"));
    ///     then.forbidden();
    /// });
    /// ```
    pub fn and(self, more: impl FnOnce(httpmock::When) -> httpmock::When) -> Self {
        Self::of(more(self.inner))
    }

    pub(crate) fn path_parameter(self, name: &str, value: &dyn Display) -> Self {
        self.path(Some((name, value)))
    }

    pub(crate) fn query_parameter(self, name: &str, value: &impl Serialize) -> Self {
        // As the client makes it: the text, or what JSON has for it.
        let value = match serde_json::to_value(value) {
            Ok(Value::String(text)) => text,
            value => value.unwrap_or(Value::Null).to_string(),
        };
        Self::of(self.inner.query_param(name, value))
    }

    pub(crate) fn parameter_header(self, name: &str, value: &dyn Display) -> Self {
        self.header(name, value.to_string())
    }

    pub(crate) fn time_header(self, name: &str, time: &DateTime<Utc>) -> Self {
        self.header(name, time.to_rfc3339_opts(SecondsFormat::Millis, true))
    }

    pub(crate) fn json_body(self, body: &impl Serialize) -> Self {
        let body = serde_json::to_value(body).unwrap_or(Value::Null);
        Self::of(self.inner.json_body(body))
    }

    /// The path of the operation, in which one parameter has a value, or none has.
    fn path(self, known: Option<(&str, &dyn Display)>) -> Self {
        Self::of(self.inner.path_matches(pattern(R::OPERATION.path, known).as_str()))
    }
}

impl<R> fmt::Debug for When<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("When(..)")
    }
}

/// The regular expression that paths of the template `path` match: each parameter is one segment, and the one that is known has its value.
fn pattern(path: &str, known: Option<(&str, &dyn Display)>) -> String {
    let segment = |segment: &str| {
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        match (name, known) {
            (None, _) => escaped(segment),
            (Some(name), Some((known, value))) if name == known => {
                escaped(&utf8_percent_encode(&value.to_string(), RESERVED).to_string())
            }
            (Some(_), _) => "[^/]+".to_owned(),
        }
    };
    let segments: Vec<_> = path.split('/').map(segment).collect();
    format!("^{}$", segments.join("/"))
}

/// What is percent-encoded has one character that means something in a regular expression.
fn escaped(encoded: &str) -> String {
    encoded.replace('.', "[.]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_one_segment_and_one_that_is_known_is_its_value_encoded_whole() {
        let path = "/v1/users/{userId}/resources/{resourceUri}";
        assert_eq!(pattern(path, None), "^/v1/users/[^/]+/resources/[^/]+$");
        assert_eq!(
            pattern(path, Some(("resourceUri", &"a.b/c|*+ %"))),
            "^/v1/users/[^/]+/resources/a[.]b%2Fc%7C%2A%2B%20%25$"
        );
    }
}
