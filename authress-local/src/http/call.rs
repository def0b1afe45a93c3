//! One request to an operation, as its handler gets it.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use http::Uri;
use http::request::Parts;
use serde::Deserializer;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Shared;
use super::answer::Problem;
use super::log::Note;
use super::route::Parameters;
use crate::description::query::pairs;
use crate::keys::random_id;

/// A request with what is needed to answer it, but for the state, which handlers get beside it.
pub(super) struct Call<'a> {
    /// The one id of the caller; empty where an operation needs no token.
    pub(super) caller: String,
    pub(super) parameters: Parameters<'a>,
    pub(super) parts: &'a Parts,
    /// The body as it was sent.
    pub(super) body: &'a [u8],
    /// The body as the description has it, without what is read-only.
    pub(super) json: Option<Value>,
    /// Most items of a page, where the operation has pages.
    pub(super) most_in_page: usize,
    pub(super) shared: &'a Shared,
    /// What the log is to know.
    pub(super) note: &'a Note,
    /// The time of the whole request, in whole milliseconds, as it is written.
    pub(super) now: DateTime<Utc>,
}

impl Call<'_> {
    /// The same request as if `user` had made it: for what is done in the name of somebody who wanted it earlier.
    pub(super) fn in_the_name_of(&self, user: &str) -> Call<'_> {
        Call {
            caller: user.to_owned(),
            parameters: self.parameters.clone(),
            json: self.json.clone(),
            ..*self
        }
    }

    /// The path parameter at `index`.
    pub(super) fn parameter(&self, index: usize) -> &str {
        self.parameters.get(index).map_or("", |parameter| parameter)
    }

    /// An id that nobody guesses or meets twice: `{prefix}_` and 20 characters.
    #[expect(clippy::unused_self, reason = "ids are made for a call")]
    pub(super) fn new_id(&self, prefix: &str) -> Result<String, Problem> {
        let random = random_id(10).map_err(|error| Problem::internal(&error))?;
        Ok(format!("{prefix}_{random}"))
    }

    /// The query parameter `name`, decoded.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        query(&self.parts.uri, name)
    }

    /// The body as a model. What the description asks of it has been checked; the model may still be stricter.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        model(self.json.as_ref().unwrap_or(&Value::Null))
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

/// The query parameter `name`, decoded; none when it is not there or is no text.
pub(super) fn query(uri: &Uri, name: &str) -> Option<String> {
    let mut pairs = pairs(uri.query()?);
    pairs.find(|(key, _)| key.as_deref() == Some(name))?.1
}

/// A body as a model, where no description says what it is.
pub(super) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // Models also read arrays, as their fields in order; the service does not.
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Err(Problem::invalid("request.body: must be a JSON object"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = model(&mut deserializer)?;
    deserializer
        .end()
        .map_err(|error| Problem::invalid(format!("request.body: {error}")))?;
    Ok(value)
}

/// A model, or the place in the body that does not fit.
fn model<'de, T: DeserializeOwned>(body: impl Deserializer<'de>) -> Result<T, Problem> {
    serde_path_to_error::deserialize(body).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." {
            "request.body".to_owned()
        } else {
            format!("request.body.{path}")
        };
        Problem::invalid(format!("{place}: {}", error.inner()))
    })
}
