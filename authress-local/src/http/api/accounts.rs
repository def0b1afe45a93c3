//! Operations of the tag "Accounts". There is one account, and every caller with a good token is of it.

use authress_api::Secret;
use authress_api::models::{Account, Identity, IdentityCollection, IdentityRequest};
use http::StatusCode;
use serde_json::{Value, json};

use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::keys::token::unverified_claims;
use crate::store::Store;

const CONFIGURATION: &str = "Authress:Configuration";

/// The audience that stands for any.
const ANY: &str = "*";

/// The one account, without a list around it, as the description has it. Nothing is cached, so that the list is as new as anybody asks for.
#[expect(clippy::unnecessary_wraps, reason = "handlers have one form")]
pub(super) fn list(call: &Call<'_>, _: &Store) -> Result<Answer, Problem> {
    Ok(Answer::json(StatusCode::OK, &json!({"accounts": account(call)})))
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    call.require(store, "READ", CONFIGURATION)?;
    if call.parameter(0) != call.shared.account.id() {
        return Err(Problem::not_found("account"));
    }
    Ok(Answer::json(StatusCode::OK, &account(call)))
}

pub(super) fn list_identities(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    call.require(store, "READ", CONFIGURATION)?;
    let identities: Vec<Identity> = store.identities.values().cloned().collect();
    Ok(Answer::json(
        StatusCode::OK,
        &IdentityCollection::new().identities(identities),
    ))
}

/// Keeps an issuer and one of its audiences. A token that names them is read, not verified: the server asks nobody for keys.
pub(super) fn trust(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "UPDATE", CONFIGURATION)?;
    let request: IdentityRequest = call.json()?;
    let preferred = request.preferred_audience.as_deref().unwrap_or(ANY);
    let (issuer, audience) = match (&request.jwt, request.issuer) {
        (Some(jwt), None) => of_token(jwt, preferred)?,
        (None, Some(issuer)) => (issuer, preferred.to_owned()),
        _ => return Err(Problem::invalid("request.body: must have either jwt or issuer")),
    };
    if issuer.is_empty() || issuer.contains(char::is_whitespace) {
        return Err(Problem::invalid(
            "request.body: the issuer must be a text without spaces",
        ));
    }
    store.put_identity(&issuer, &audience, request.user_id_expression);
    Ok(Answer::empty(StatusCode::CREATED))
}

/// The issuer of a token, and that of its audiences that is preferred; its only one, or any, where none is.
fn of_token(jwt: &Secret, preferred: &str) -> Result<(String, String), Problem> {
    let invalid = |what| Problem::invalid(format!("request.body.jwt: {what}"));
    let claims = unverified_claims(jwt.expose()).ok_or_else(|| invalid("is no JWT"))?;
    let issuer = claims.get("iss").and_then(Value::as_str);
    let issuer = issuer.ok_or_else(|| invalid("has no issuer"))?;
    let audiences = match claims.get("aud") {
        Some(Value::String(audience)) => vec![audience.as_str()],
        Some(Value::Array(audiences)) => audiences.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let audience = match audiences.as_slice() {
        [only] if preferred == ANY => only,
        _ if preferred == ANY || audiences.contains(&preferred) => preferred,
        _ => return Err(invalid("does not name the preferred audience")),
    };
    Ok((issuer.to_owned(), audience.to_owned()))
}

fn account(call: &Call<'_>) -> Account {
    let account = &call.shared.account;
    let domain = account.url().split_once("://").map_or("", |(_, domain)| domain);
    Account::new(account.id())
        .created_time(account.created())
        .domain(domain)
        .links(call.links(&format!("/v1/accounts/{}", account.id())))
}
