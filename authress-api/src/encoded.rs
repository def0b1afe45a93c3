//! A request in its encoded form: path, query, headers and body, before the base URL is known.

use std::fmt::{self, Display};

use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use crate::{BaseUrl, Error, Operation, path};

/// A request as it goes on the wire, without base URL and token.
///
/// Made by [`Request::encode`](crate::Request::encode). `Debug` shows neither body nor header values.
///
/// ```
/// use authress_api::{Encoded, Request, models::{PermissionObject, Role}, requests::CreateRole};
///
/// let role = Role::new("Reader", [PermissionObject::new("read").allow(true)]);
/// let encoded: Encoded = CreateRole::new(role).encode()?;
/// assert_eq!((encoded.operation().id, encoded.path_and_query().as_str()), ("createRole", "/v1/roles"));
/// assert_eq!(encoded.headers()["content-type"], "application/json");
/// assert!(encoded.body().starts_with(b"{"));
/// # Ok::<(), authress_api::Error>(())
/// ```
#[derive(Clone)]
pub struct Encoded {
    operation: &'static Operation,
    path: String,
    /// What is left of the path template: parameters are filled in from left to right.
    template: &'static str,
    query: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Encoded {
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            path: String::with_capacity(operation.path.len() + 64),
            template: operation.path,
            query: String::new(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// A request for a path that was checked as a whole.
    pub(crate) fn raw(operation: &'static Operation, path_and_query: String) -> Self {
        let (path, query) = match path_and_query.find('?') {
            Some(at) => {
                let mut path = path_and_query;
                let query = path.split_off(at);
                (path, query)
            }
            None => (path_and_query, String::new()),
        };
        Self {
            path,
            query,
            ..Self::new(operation)
        }
    }

    /// Fills the next placeholder of the path template.
    pub(crate) fn path(&mut self, argument: &'static str, value: &dyn Display) -> Result<(), Error> {
        let Some((literal, (_, rest))) = self
            .template
            .split_once('{')
            .and_then(|(before, after)| Some((before, after.split_once('}')?)))
        else {
            return Err(Error::invalid_argument(
                argument,
                "the path template has no place for it",
            ));
        };
        self.path.push_str(literal);
        if let Some(reason) = path::push_parameter(&mut self.path, value) {
            return Err(Error::invalid_argument(argument, reason));
        }
        self.template = rest;
        Ok(())
    }

    /// Adds a query parameter; nothing for null, one pair an element for a list.
    pub(crate) fn query(&mut self, name: &'static str, value: &impl Serialize) -> Result<(), Error> {
        let value = serde_json::to_value(value).map_err(|e| Error::invalid_argument(name, e.to_string()))?;
        match value {
            Value::Array(values) => values.iter().try_for_each(|v| self.query_pair(name, v)),
            value => self.query_pair(name, &value),
        }
    }

    fn query_pair(&mut self, name: &'static str, value: &Value) -> Result<(), Error> {
        let text = match value {
            Value::Null => return Ok(()),
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(_) | Value::Object(_) => {
                return Err(Error::invalid_argument(
                    name,
                    "a query parameter is a single value or a list of them",
                ));
            }
        };
        self.raw_query(name, &text);
        Ok(())
    }

    /// Adds a pair to the query, both sides percent-encoded.
    pub(crate) fn raw_query(&mut self, name: &str, value: &str) {
        self.query.push(if self.query.is_empty() { '?' } else { '&' });
        path::push_encoded(&mut self.query, name);
        self.query.push('=');
        path::push_encoded(&mut self.query, value);
    }

    /// Adds a header, when there is a value.
    pub(crate) fn header(&mut self, name: &'static str, value: Option<&dyn Display>) -> Result<(), Error> {
        let Some(value) = value else { return Ok(()) };
        let header = HeaderName::try_from(name).map_err(|e| Error::invalid_argument(name, e.to_string()))?;
        let value = HeaderValue::try_from(value.to_string())
            .map_err(|_| Error::invalid_argument(name, "it has characters that a header cannot carry"))?;
        self.headers.insert(header, value);
        Ok(())
    }

    /// Adds a header with a time in ISO 8601, in UTC with milliseconds, when there is one; `argument` names it in errors.
    ///
    /// What is finer than a millisecond is cut off: a time that is rounded up would allow a change that came after it.
    pub(crate) fn time_header(
        &mut self,
        name: &'static str,
        argument: &'static str,
        value: Option<&DateTime<Utc>>,
    ) -> Result<(), Error> {
        let Some(value) = value else { return Ok(()) };
        let text = value.to_rfc3339_opts(SecondsFormat::Millis, true);
        // Other years have a sign and more digits, which not every reader takes.
        if text.len() != "2026-10-21T07:28:00.000Z".len() {
            return Err(Error::invalid_argument(argument, "its year is not one of 0 to 9999"));
        }
        self.header(name, Some(&text))
    }

    /// Sets the body to `value` as JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Error> {
        let body = serde_json::to_vec(value).map_err(|e| Error::invalid_argument("body", e.to_string()))?;
        self.body = body.into();
        self.headers
            .insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(())
    }

    /// The operation that the request is for.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The path and query, percent-encoded, beginning with `/`.
    pub fn path_and_query(&self) -> String {
        format!("{}{}{}", self.path, self.template, self.query)
    }

    /// The headers that belong to the request itself: none that authenticates the caller.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; empty when there is none.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Turns it into a request for `base_url`.
    pub(crate) fn into_http(mut self, base_url: &BaseUrl) -> Result<http::Request<Bytes>, Error> {
        self.path.push_str(self.template);
        self.path.push_str(&self.query);
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.operation.method.clone();
        *request.uri_mut() = base_url
            .uri_of(self.path)
            .ok_or_else(|| Error::invalid_argument("path", "it makes the URL too long"))?;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

impl fmt::Debug for Encoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoded")
            .field("operation", &self.operation.id)
            .field("path_and_query", &self.path_and_query())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
