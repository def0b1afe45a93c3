//! A token for any user at once, without a login: for development and tests. The service has no such door.
//!
//! Who makes a token for a user is this user, so it takes a caller who may. On a permissive server it is open, but to this machine's names only: a
//! page in the browser can make its own host name lead here, and would read the token.

use authress_api::models::UserIdentity;
use http::header::HOST;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{MAX_ID, MAX_USER_ID, check_text, signed};
use crate::http::access::forbidden;
use crate::http::answer::{Answer, Problem};
use crate::http::call::{Call, json};
use crate::keys::token::{self, USER_TOKEN_SECONDS, UserToken};

/// Largest further claims, in bytes of JSON: a token must fit into a header.
const MAX_CLAIMS: usize = 4 * 1024;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wanted {
    user_id: String,
    tenant_id: Option<String>,
    application_id: Option<String>,
    connection_id: Option<String>,
    expires_in_seconds: Option<u64>,
    #[serde(default)]
    claims: Map<String, Value>,
}

/// Answers with the token.
pub(super) fn make(mut call: Call<'_>) -> Result<Answer, Problem> {
    let wanted: Wanted = json(call.body)?;
    check_text("body.userId", &wanted.user_id, MAX_USER_ID)?;
    for (place, id) in [
        ("body.tenantId", &wanted.tenant_id),
        ("body.applicationId", &wanted.application_id),
        ("body.connectionId", &wanted.connection_id),
    ] {
        id.as_deref().map_or(Ok(()), |id| check_text(place, id, MAX_ID))?;
    }
    let lifetime = wanted.expires_in_seconds.unwrap_or(USER_TOKEN_SECONDS);
    if !(1..=USER_TOKEN_SECONDS).contains(&lifetime) {
        let title = format!("request.body.expiresInSeconds: must be from 1 to {USER_TOKEN_SECONDS}");
        return Err(Problem::invalid(title));
    }
    if let Some(own) = wanted.claims.keys().find(|name| token::is_reserved(name)) {
        return Err(Problem::invalid(format!(
            "request.body.claims.{own}: is set by the server"
        )));
    }
    if serde_json::to_vec(&wanted.claims).map_or(true, |claims| claims.len() > MAX_CLAIMS) {
        return Err(Problem::invalid(format!(
            "request.body.claims: must have at most {MAX_CLAIMS} bytes"
        )));
    }

    match call.caller_if_any()? {
        Some(caller) => {
            call.caller = caller;
            call.shared
                .read(|store| call.require_token_generation(store, &wanted.user_id))?;
        }
        None if call.shared.enforce => return Err(Problem::unauthorized("There is no Authorization header")),
        None if is_of_another_site(&call) => return Err(forbidden("This is not answered to pages of other sites")),
        None if !is_own_name(&call) => return Err(forbidden("The Host header is no name of this machine")),
        None => {}
    }
    call.shared
        .change(|store| store.seen_user(UserIdentity::new(&wanted.user_id)));

    let mut claims = UserToken::new(&call.shared.account, &wanted.user_id, call.seconds());
    if let Some(tenant) = &wanted.tenant_id {
        claims.audience = tenant;
    }
    if let Some(application) = &wanted.application_id {
        claims.application = application;
    }
    if let Some(connection) = &wanted.connection_id {
        claims.connection = connection;
    }
    claims.lifetime = lifetime;
    claims.more = wanted.claims;
    signed(&call, claims)
}

/// Whether a browser sent the request for a page of another site, which needs no answer to have made a user known.
fn is_of_another_site(call: &Call<'_>) -> bool {
    let site = call.parts.headers.get("sec-fetch-site");
    site.is_some_and(|site| site == "cross-site")
}

/// Whether the request came under a name that no page elsewhere can have: an address, `localhost`, or a name without a dot, as in a network of
/// containers.
fn is_own_name(call: &Call<'_>) -> bool {
    let host = call.parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = host.and_then(|host| host.parse::<http::uri::Authority>().ok());
    authority.is_some_and(|authority| {
        let host = authority.host();
        let address = host.trim_start_matches('[').trim_end_matches(']');
        address.parse::<std::net::IpAddr>().is_ok()
            || !host.trim_end_matches('.').contains('.')
            || host.to_ascii_lowercase().ends_with(".localhost")
    })
}
