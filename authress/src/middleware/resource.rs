//! Which resource a request is about.

use std::sync::Arc;

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
