//! The question itself: as whom it is asked, and what its answer means.

use http::request::Parts;

use super::bearer;
use super::refusal::Kind;
use crate::{AuthressClient, Error, Identity};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    /// The client itself, with its own tokens.
    Client,
    /// The user, with the token of the request.
    User,
}

impl Asker {
    /// Who asks when nothing is set: the client, if it has tokens.
    pub(super) fn of(client: &AuthressClient) -> Self {
        if client.has_tokens() { Self::Client } else { Self::User }
    }
}

/// Succeeds when the user of the request, which carries the token that `identity` is of, may do this.
///
/// # Errors
/// A denial, or why there is no answer.
pub(super) async fn ask(
    client: &AuthressClient,
    asker: Asker,
    (parts, identity): (&Parts, &Identity),
    resource_uri: &str,
    permission: &str,
) -> Result<(), Kind> {
    let answer = match asker {
        Asker::Client => client.is_authorized(identity.user_id(), resource_uri, permission).await,
        // On the heap, so that the future of the layer stays small where the client asks.
        Asker::User => Box::pin(ask_as_user(client, (parts, identity), resource_uri, permission)).await?,
    };
    match answer {
        Ok(true) => Ok(()),
        Ok(false) => Err(Kind::Denied),
        Err(error) if asker == Asker::User && error.is_unauthenticated() => Err(Kind::TokenNotAccepted),
        Err(error) => Err(Kind::NotAsked(error)),
    }
}

async fn ask_as_user(
    client: &AuthressClient,
    (parts, identity): (&Parts, &Identity),
    resource_uri: &str,
    permission: &str,
) -> Result<Result<bool, Error>, Kind> {
    let authorization = bearer::authorization(&parts.headers)?.ok_or(Kind::NoToken)?;
    let as_user = client.with_user_token(bearer::text(authorization));
    let as_user = as_user.map_err(Kind::NotAsked)?;
    Ok(as_user
        .is_authorized(identity.user_id(), resource_uri, permission)
        .await)
}
