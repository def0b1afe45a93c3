//! Who calls: the bearer token of a request, verified.

use http::HeaderMap;
use http::header::AUTHORIZATION;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::answer::Problem;
use crate::account::Account;
use crate::keys::token::Token;
use crate::store::Store;

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The one id of the caller: the subject of its token.
pub(super) fn caller(headers: &HeaderMap, account: &Account, store: &Store, now: u64) -> Result<String, Problem> {
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
    let token = Token::parse(token).ok_or_else(|| Problem::unauthorized("The token is no JWT of this account"))?;
    let subject = token.text("sub").filter(|subject| !subject.is_empty());
    let subject = subject.ok_or_else(|| Problem::unauthorized("The token has no subject"))?;
    let issuer = token
        .text("iss")
        .ok_or_else(|| Problem::unauthorized("The token has no issuer"))?;
    let verified = if account.issuers().any(|own| own == issuer) {
        token.key_id == account.key().id() && account.public_key().verifies(token.signed, &token.signature)
    } else {
        // A client signs for itself alone: the issuer must be the one text that its subject makes.
        let own = format!("/v1/clients/{}", utf8_percent_encode(subject, RESERVED));
        let is_client = account
            .client_issuers()
            .any(|origin| issuer.strip_prefix(origin.as_str()) == Some(own.as_str()));
        let key = store.client_key(subject, &token.key_id).filter(|_| is_client);
        key.is_some_and(|key| key.verifies(token.signed, &token.signature))
    };
    if !verified {
        return Err(Problem::unauthorized(
            "The token is not signed by this account or one of its service clients",
        ));
    }
    if !token.is_in_time(now) {
        return Err(not_in_time());
    }
    let user = store.engine.user(subject);
    if token.text("jti").is_some_and(|id| store.is_disabled(user, id)) {
        return Err(Problem::unauthorized("The token is disabled"));
    }
    Ok(user.to_owned())
}

/// The refusal of a token that has expired or is not good yet.
pub(super) fn not_in_time() -> Problem {
    Problem::unauthorized("The token is not in its time")
}
