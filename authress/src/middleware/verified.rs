//! Whose token a request carries: verified once, and found again by every layer that has the same verifier.

use http::HeaderValue;
use http::request::Parts;

use super::refusal::Kind;
use super::{Allowed, bearer};
use crate::{Identity, TokenVerifier};

/// What is remembered with a request: who verified what, and what it said. It is private, so that nobody else can have put it there.
#[derive(Clone)]
struct Verified {
    authorization: HeaderValue,
    by: TokenVerifier,
    identity: Identity,
}

/// Who a request's token speaks for, when it carries one. The identity is in the extensions afterwards.
///
/// # Errors
/// When the token is not good, or the keys cannot be had.
pub(super) async fn identify(parts: &mut Parts, verifier: &TokenVerifier) -> Result<Option<Identity>, Kind> {
    let found = find(parts, verifier).await;
    if !matches!(found, Ok(Some(_))) {
        forget(parts);
    }
    found
}

/// Nobody is calling as far as is known here, whoever somebody before has found.
pub(super) fn forget(parts: &mut Parts) {
    parts.extensions.remove::<Verified>();
    parts.extensions.remove::<Identity>();
    parts.extensions.remove::<Allowed>();
}

async fn find(parts: &mut Parts, verifier: &TokenVerifier) -> Result<Option<Identity>, Kind> {
    let Some(authorization) = bearer::authorization(&parts.headers)? else {
        return Ok(None);
    };
    if let Some(known) = parts.extensions.get::<Verified>()
        // The header may have been changed since, and another verifier may trust others.
        && known.by.is_clone_of(verifier)
        && known.authorization == authorization
    {
        let identity = known.identity.clone();
        // Somebody may have put another one there.
        let there = parts.extensions.get::<Identity>();
        if there.is_none_or(|there| !there.is_clone_of(&identity)) {
            parts.extensions.insert(identity.clone());
        }
        return Ok(Some(identity));
    }
    let identity = verifier.verify(bearer::text(authorization)).await;
    let identity = identity.map_err(Kind::Token)?;
    // What somebody else was allowed says nothing of this caller.
    let is_known = parts
        .extensions
        .get::<Verified>()
        .is_some_and(|known| known.authorization == authorization);
    if !is_known {
        parts.extensions.remove::<Allowed>();
    }
    let remembered = Verified {
        authorization: authorization.clone(),
        by: verifier.clone(),
        identity: identity.clone(),
    };
    parts.extensions.insert(remembered);
    parts.extensions.insert(identity.clone());
    Ok(Some(identity))
}
