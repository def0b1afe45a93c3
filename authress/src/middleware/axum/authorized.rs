//! The extractor that asks for a permission.

use std::fmt;
use std::marker::PhantomData;

use axum::extract::{FromRef, FromRequestParts};
use http::request::Parts;

use super::{Permission, matched};
use crate::middleware::ask::{Asker, ask};
use crate::middleware::refusal::{Kind, Manner};
use crate::middleware::require::permission_refusal;
use crate::middleware::resource::blamed;
use crate::middleware::verified::identify;
use crate::middleware::{Refusal, template};
use crate::{AuthressClient, Error, Identity};

/// The extractor of a caller who has the permission `P` on the resource that the request is about. See [`axum`](super) for an example.
///
/// It does what the layer [`require`](super::require) does, with the client of the router's state, and is rejected with a [`Refusal`].
pub struct Authorized<P> {
    identity: Identity,
    resource_uri: String,
    permission: PhantomData<fn() -> P>,
}

impl<P> Authorized<P> {
    /// Who is calling.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The resource that was asked about, as it was asked: not percent-encoded.
    pub fn resource_uri(&self) -> &str {
        &self.resource_uri
    }
}

impl<P: Permission> Authorized<P> {
    async fn of(parts: &mut Parts, client: &AuthressClient) -> Result<Self, Kind> {
        const {
            assert!(
                template::refusal(P::RESOURCE).is_none(),
                "the template of the resource cannot be used"
            );
            assert!(
                permission_refusal(P::PERMISSION).is_none(),
                "the permission cannot be used"
            );
        }
        if client.acts_as_user() {
            let reason = "it acts as one user; have the one that it was made of in the state";
            return Err(Kind::NotAsked(Error::invalid_argument("client", reason)));
        }
        let identity = identify(parts, client.token_verifier()).await?.ok_or(Kind::NoToken)?;
        let resource_uri = if template::names(P::RESOURCE).next().is_some() {
            matched(P::RESOURCE, parts).await?
        } else {
            P::RESOURCE.to_owned()
        };
        let asker = if P::AS_USER { Asker::User } else { Asker::of(client) };
        ask(client, asker, (parts, &identity), &resource_uri, P::PERMISSION)
            .await
            .map_err(|kind| blamed(kind, Some(P::RESOURCE), &resource_uri))?;
        Ok(Self {
            identity,
            resource_uri,
            permission: PhantomData,
        })
    }
}

impl<S, P> FromRequestParts<S> for Authorized<P>
where
    S: Send + Sync,
    AuthressClient: FromRef<S>,
    P: Permission,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let client = AuthressClient::from_ref(state);
        let manner = Manner::hiding_denied(P::HIDES_DENIED);
        Self::of(parts, &client).await.map_err(|kind| manner.refuse(kind))
    }
}

impl<P> Clone for Authorized<P> {
    fn clone(&self) -> Self {
        Self {
            identity: self.identity.clone(),
            resource_uri: self.resource_uri.clone(),
            permission: PhantomData,
        }
    }
}

impl<P: Permission> fmt::Debug for Authorized<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorized")
            .field("identity", &self.identity)
            .field("resource_uri", &self.resource_uri)
            .field("permission", &P::PERMISSION)
            .finish()
    }
}
