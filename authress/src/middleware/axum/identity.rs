//! The extractors of who is calling.

use axum::extract::{FromRef, FromRequestParts, OptionalFromRequestParts};
use http::request::Parts;

use crate::middleware::Refusal;
use crate::middleware::refusal::{Kind, Manner};
use crate::middleware::verified::identify;
use crate::{AuthressClient, Identity};

/// Who is calling: the token of the request is verified with the client of the router's state, once in a request.
impl<S> FromRequestParts<S> for Identity
where
    S: Send + Sync,
    AuthressClient: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let client = AuthressClient::from_ref(state);
        match identify(parts, client.token_verifier()).await {
            Ok(identity) => identity.ok_or_else(|| Manner::DEFAULT.refuse(Kind::NoToken)),
            Err(kind) => Err(Manner::DEFAULT.refuse(kind)),
        }
    }
}

/// Who is calling, if anybody: a request without a bearer token is let through, one with a bad token is not.
impl<S> OptionalFromRequestParts<S> for Identity
where
    S: Send + Sync,
    AuthressClient: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Refusal> {
        let client = AuthressClient::from_ref(state);
        let identity = identify(parts, client.token_verifier()).await;
        identity.map_err(|kind| Manner::DEFAULT.refuse(kind))
    }
}
