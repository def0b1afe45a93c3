//! The names that axum's route binds.

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{FromRequestParts as _, RawPathParams};
use http::request::Parts;

use crate::middleware::template::{self, Unfilled};

/// The resource that a template makes of the names that the route has bound, each decoded once by axum.
pub(in crate::middleware) async fn matched(template: &str, parts: &mut Parts) -> Result<String, Unfilled> {
    let bound = RawPathParams::from_request_parts(parts, &()).await;
    let bound = bound.map_err(|rejection| match rejection {
        // There is no route, or what it has bound is no text.
        RawPathParamsRejection::MissingPathParams(_) | RawPathParamsRejection::InvalidUtf8InPathParam(_) => {
            Unfilled::NoResource
        }
        _ => Unfilled::Unbound,
    })?;
    // Axum's fallback is a route that binds nothing.
    if bound.iter().next().is_none() {
        return Err(Unfilled::NoResource);
    }
    template::fill(template, |name| {
        let mut values = bound.iter().filter(|(bound, _)| *bound == name);
        // Routers in one another may bind a name twice, and the handler may mean the other one.
        match (values.next(), values.next()) {
            (Some((_, value)), None) => Ok(value),
            _ => Err(Unfilled::Unbound),
        }
    })
}
