//! Requests: whether one is as the operation is described.

use std::borrow::Cow;

use http::{HeaderMap, HeaderValue};
use serde_json::Value;

use super::value::{Way, check, remove_read_only};
use super::violation::Place;
use super::{Field, Operation, Violation, query, text};

const PATH: Place<'static> = Place::Top("request.path");
const QUERY: Place<'static> = Place::Top("request.query");
const HEADERS: Place<'static> = Place::Top("request.headers");
const BODY: Place<'static> = Place::Top("request.body");

/// The OAuth authorization endpoint, which ignores what it does not know (RFC 6749 section 3.1): clients send `state` and more.
const AUTHORIZATION: &str = "login";

/// A request, in the parts that the description speaks of.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    /// The path parameters, decoded, in the order of the template.
    pub(crate) path: &'a [Cow<'a, str>],
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// The body of a request that fits, without what is read-only; none where there is none, or none is described.
pub(crate) fn validate(operation: &Operation, request: &Request<'_>) -> Result<Option<Value>, Violation> {
    for (field, value) in operation.path.iter().zip(request.path) {
        check_text(field, &PATH, value)?;
    }
    check_query(operation, request.query)?;
    check_headers(operation.headers, request.headers)?;
    let Some(described) = &operation.body else {
        return Ok(None);
    };
    if request.body.is_empty() && !described.required {
        return Ok(None);
    }
    if request.body.is_empty() {
        return Err(Violation::new(&BODY, "is required"));
    }
    let mut body = serde_json::from_slice(request.body)
        .map_err(|error| Violation::new(&BODY, format!("must be a JSON object: {error}")))?;
    check(described.schema, &body, Way::Request, &BODY)?;
    remove_read_only(described.schema, &mut body);
    Ok(Some(body))
}

/// Whether a body of this media type is read as JSON; without one it is.
pub(crate) fn is_json(content_type: Option<&HeaderValue>) -> bool {
    let Some(content_type) = content_type else { return true };
    // The parameters say nothing: JSON is UTF-8 (RFC 8259 section 8.1).
    let media_type = content_type.to_str().unwrap_or_default().split(';').next();
    let media_type = media_type.unwrap_or_default().trim().to_ascii_lowercase();
    media_type == "application/json" || media_type.ends_with("+json")
}

/// Refuses parameters that are not described, which are slips of the pen that would otherwise be overlooked.
fn check_query(operation: &Operation, query: &str) -> Result<(), Violation> {
    let fields = operation.query;
    let mut given = Vec::new();
    for pair in query::pairs(query) {
        let (Some(name), value) = pair else {
            return Err(Violation::new(&QUERY, "is not well-formed"));
        };
        let place = Place::Field(&QUERY, &name);
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            if operation.id == AUTHORIZATION {
                continue;
            }
            return Err(Violation::new(&place, "is no parameter of the operation"));
        };
        if given.contains(&field.name) {
            return Err(Violation::new(&place, "must be given once"));
        }
        let value = value.ok_or_else(|| Violation::new(&place, "is not well-formed"))?;
        check_text(field, &QUERY, &value)?;
        given.push(field.name);
    }
    check_required(fields, &QUERY, |name| given.contains(&name))
}

fn check_headers(fields: &[Field], headers: &HeaderMap) -> Result<(), Violation> {
    for field in fields {
        let mut values = headers.get_all(field.name).iter();
        let Some(value) = values.next() else { continue };
        let place = Place::Field(&HEADERS, field.name);
        if values.next().is_some() {
            return Err(Violation::new(&place, "must be given once"));
        }
        let value = value.to_str().map_err(|_| Violation::new(&place, "must be text"))?;
        check_text(field, &HEADERS, value)?;
    }
    check_required(fields, &HEADERS, |name| headers.contains_key(name))
}

fn check_required(
    fields: &[Field],
    place: &Place<'_>,
    is_given: impl Fn(&'static str) -> bool,
) -> Result<(), Violation> {
    let missing = fields.iter().find(|field| field.required && !is_given(field.name));
    missing.map_or(Ok(()), |field| {
        Err(Violation::new(&Place::Field(place, field.name), "is required"))
    })
}

fn check_text(field: &Field, place: &Place<'_>, value: &str) -> Result<(), Violation> {
    let problem = text::problem(field.schema, value);
    problem.map_or(Ok(()), |problem| {
        Err(Violation::new(&Place::Field(place, field.name), problem))
    })
}

#[cfg(test)]
mod tests;
