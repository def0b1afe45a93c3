//! Which resource a request is about.

use std::sync::Arc;

use http::StatusCode;
use http::request::Parts;

use super::refusal::Kind;
use super::route::Route;
use super::template::{self, Unfilled};

/// Where the resource of a request comes from.
#[derive(Clone)]
pub(super) enum Resource {
    /// It is always the same.
    Whole(String),
    /// A template whose names a pattern binds.
    Routed(String, Route),
    /// A template whose names axum's route binds.
    #[cfg(feature = "axum")]
    Matched(String),
    /// What the program makes of a request.
    From(ResourceOf),
}

/// What makes a resource of a request.
pub(super) type ResourceOf = Arc<dyn Fn(&Parts) -> Option<String> + Send + Sync>;

impl Resource {
    /// What the program has written of it.
    pub(super) fn template(&self) -> Option<&str> {
        match self {
            Self::Whole(template) | Self::Routed(template, _) => Some(template),
            #[cfg(feature = "axum")]
            Self::Matched(template) => Some(template),
            Self::From(_) => None,
        }
    }

    /// The resource of a request.
    #[cfg_attr(
        not(feature = "axum"),
        expect(clippy::unused_async, reason = "axum's names are extracted, which is async")
    )]
    pub(super) async fn of(&self, parts: &mut Parts) -> Result<String, Kind> {
        Ok(match self {
            Self::Whole(resource) => resource.clone(),
            Self::Routed(template, route) => routed(template, route, parts.uri.path())?,
            #[cfg(feature = "axum")]
            Self::Matched(template) => super::axum::matched(template, parts).await?,
            Self::From(resource_of) => {
                let resource = resource_of(parts).filter(|resource| template::is_resource(resource));
                resource.ok_or(Kind::NoResource)?
            }
        })
    }
}

/// Why a question has no answer. Where the service takes it for a bad one because of what the path holds, the path names no resource: nobody can have
/// been given anything on it, and it is no fault of the program that somebody asks. `template` is what the program has written, if it has.
pub(super) fn blamed(kind: Kind, template: Option<&str>, resource: &str) -> Kind {
    let is_refused =
        |kind: &Kind| matches!(kind, Kind::NotAsked(error) if error.status() == Some(StatusCode::BAD_REQUEST));
    let is_fillable =
        |template| template::fill(template, |_| Ok("x")).is_ok_and(|filled| template::is_described(&filled));
    if is_refused(&kind) && !template::is_described(resource) && template.is_none_or(is_fillable) {
        Kind::NoResource
    } else {
        kind
    }
}

fn routed(template: &str, route: &Route, path: &str) -> Result<String, Unfilled> {
    let values = route.values(path).ok_or(Unfilled::NoResource)?;
    template::fill(template, |name| {
        let value = values.iter().find(|(bound, _)| *bound == name);
        value.map(|(_, value)| &**value).ok_or(Unfilled::Unbound)
    })
}

impl From<Unfilled> for Kind {
    fn from(unfilled: Unfilled) -> Self {
        match unfilled {
            Unfilled::NoResource => Self::NoResource,
            Unfilled::Unbound => Self::Unbound,
        }
    }
}
