//! Who calls: the bearer token of a request, verified. No lock is held meanwhile.

use std::sync::Arc;

use http::HeaderMap;
use http::header::AUTHORIZATION;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Shared;
use super::answer::Problem;
use super::verified::{UsedKey, Verified};
use crate::account::Account;
use crate::engine::user;
use crate::keys::token::{CLIENT_KEY, Token};

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The one id of the caller: the subject of its token.
pub(super) fn caller(shared: &Shared, headers: &HeaderMap, now: u64) -> Result<String, Problem> {
    let header = headers
        .get(AUTHORIZATION)
        .ok_or_else(|| Problem::unauthorized("There is no Authorization header"))?;
    let text = header
        .to_str()
        .map_err(|_| Problem::unauthorized("The Authorization header is no text"))?;
    let token = match text.trim().split_once([' ', '\t']) {
        // The scheme is case-insensitive (RFC 9110 section 11.1).
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => return Err(Problem::unauthorized("The Authorization header has no bearer token")),
    };
    let known = shared.verified.get(token).filter(|known| known.is_current(shared));
    let verified = if let Some(known) = known {
        known
    } else {
        let verified = Arc::new(verify(shared, token)?);
        shared.verified.put(token, &verified);
        verified
    };
    if !verified.times.hold(now) {
        return Err(Problem::unauthorized("The token is not in its time"));
    }
    Ok(verified.user.clone())
}

/// Verifies everything about a token but its time.
pub(super) fn verify(shared: &Shared, text: &str) -> Result<Verified, Problem> {
    let token = Token::parse(text).ok_or_else(|| Problem::unauthorized("The token is no JWT of this account"))?;
    let subject = token.text("sub").filter(|subject| !subject.is_empty());
    let subject = subject.ok_or_else(|| Problem::unauthorized("The token has no subject"))?;
    let issuer = token
        .text("iss")
        .ok_or_else(|| Problem::unauthorized("The token has no issuer"))?;
    let keys = if shared.account.issuers().any(|own| own == issuer) {
        let signer = UsedKey::find(shared, None, &token.key_id);
        // A token that the account made for a service client is good as long as the key that the client showed for it.
        match token.claims.get(CLIENT_KEY) {
            None => signer.map(|signer| vec![signer]),
            Some(key) => key
                .as_str()
                .and_then(|key| Some(vec![signer?, UsedKey::find(shared, Some(subject), key)?])),
        }
    } else if is_issuer_of(&shared.account, issuer, subject) {
        UsedKey::find(shared, Some(subject), &token.key_id).map(|signer| vec![signer])
    } else {
        None
    };
    let keys = keys.unwrap_or_default();
    let signed = keys
        .first()
        .is_some_and(|key| key.public.verifies(token.signed, &token.signature));
    if !signed {
        return Err(Problem::unauthorized(
            "The token is not signed by this account or one of its service clients",
        ));
    }
    Ok(Verified {
        user: user(subject).to_owned(),
        times: token
            .times()
            .ok_or_else(|| Problem::unauthorized("The token has no end, or a time that is no number"))?,
        keys,
    })
}

/// Whether a service client signs under this issuer. A client signs for itself alone: the issuer must be the one text that its id makes.
pub(super) fn is_issuer_of(account: &Account, issuer: &str, client: &str) -> bool {
    let own = client_path(client);
    account
        .client_issuers()
        .any(|origin| issuer.strip_prefix(origin.as_str()) == Some(own.as_str()))
}

/// What stands after the origin in the issuer of a service client.
pub(super) fn client_path(client: &str) -> String {
    format!("/v1/clients/{}", utf8_percent_encode(client, RESERVED))
}
