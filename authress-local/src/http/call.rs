//! One request to an operation, as its handler gets it.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use http::request::Parts;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Shared;
use super::answer::Problem;
use crate::description::query;
use crate::store::Store;

/// A request with what is needed to answer it.
pub(super) struct Call<'a> {
    pub(super) store: &'a mut Store,
    /// The one id of the caller; empty where an operation needs no token.
    pub(super) caller: String,
    pub(super) parameters: Vec<String>,
    pub(super) parts: &'a Parts,
    /// The body as it was sent.
    pub(super) body: &'a [u8],
    /// The body as the description has it, without what is read-only.
    pub(super) json: Option<Value>,
    pub(super) shared: &'a Shared,
}

impl Call<'_> {
    /// The path parameter at `index`.
    pub(super) fn parameter(&self, index: usize) -> &str {
        self.parameters.get(index).map_or("", String::as_str)
    }

    /// The query parameter `name`, decoded.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let mut pairs = query::pairs(self.parts.uri.query()?);
        pairs.find(|(key, _)| key.as_deref() == Some(name))?.1
    }

    /// The body as a model. What the description asks of it has been checked; the model may still be stricter.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_path_to_error::deserialize(self.json.as_ref().unwrap_or(&Value::Null)).map_err(|error| {
            let path = error.path().to_string();
            let place = if path == "." {
                "request.body".to_owned()
            } else {
                format!("request.body.{path}")
            };
            Problem::invalid(format!("{place}: {}", error.inner()))
        })
    }

    /// Whether the header `If-Unmodified-Since`, if there is one, allows a change of what was changed last at `last_updated`.
    ///
    /// Times of ISO 8601 count in full, HTTP dates in seconds, which is all that they say.
    pub(super) fn is_unmodified_since(&self, last_updated: Option<DateTime<Utc>>) -> Result<bool, Problem> {
        let Some(header) = self.parts.headers.get("if-unmodified-since") else {
            return Ok(true);
        };
        let text = header.to_str().unwrap_or_default().trim();
        let until = match DateTime::parse_from_rfc3339(text) {
            Ok(time) => time.to_utc(),
            // The whole second that an HTTP date names (RFC 9110 section 5.6.7).
            Err(_) => match NaiveDateTime::parse_from_str(text, "%a, %d %b %Y %H:%M:%S GMT") {
                Ok(time) => time.and_utc() + TimeDelta::milliseconds(999),
                Err(_) => return Err(Problem::invalid("request.headers.If-Unmodified-Since is no date")),
            },
        };
        Ok(last_updated.is_none_or(|last_updated| last_updated <= until))
    }
}
