//! What verifiers of tokens look up: the OpenID configuration and the keys, of the account and of each service client.
//!
//! They are public, and pages of every origin may read them, as single-page applications do that verify their users' tokens.

use http::StatusCode;
use serde_json::{Value, json};

use super::answer::{Answer, Problem};
use super::bearer::client_path;
use super::call::Call;
use crate::account::Account;

/// The configuration of the account (RFC 8414 section 3.2, OpenID Connect Discovery 1.0 section 3).
pub(super) fn configuration(call: &Call<'_>) -> Answer {
    let account = &call.shared.account;
    document(&configuration_of(account, account.url()))
}

/// The keys of the account.
pub(super) fn keys(call: &Call<'_>) -> Answer {
    document(&call.shared.account.keys().jwks())
}

/// The configuration of a service client, which is the issuer of the tokens that it signs.
pub(super) fn client_configuration(call: &Call<'_>) -> Result<Answer, Problem> {
    let (account, id) = (&call.shared.account, call.parameter(0));
    if !call.shared.read(|store| store.clients.contains_key(id)) {
        return Err(Problem::not_found("service client"));
    }
    let issuer = format!("{}{}", account.url(), client_path(id));
    Ok(document(&configuration_of(account, &issuer)))
}

/// The keys of a service client.
pub(super) fn client_keys(call: &Call<'_>) -> Result<Answer, Problem> {
    let id = call.parameter(0);
    let jwks = call.shared.read(|store| Some(store.clients.get(id)?.jwks()));
    jwks.map(|jwks| document(&jwks))
        .ok_or_else(|| Problem::not_found("service client"))
}

fn document(body: &Value) -> Answer {
    Answer::json(StatusCode::OK, body).plain_json().for_every_origin()
}

fn configuration_of(account: &Account, issuer: &str) -> Value {
    let url = account.url();
    json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/openid-configuration/jwks"),
        "authorization_endpoint": format!("{url}/"),
        "token_endpoint": format!("{url}/api/authentication/oauth/tokens"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        // A program sends a token that it has signed; an extension has no secret: the code verifier shows that it began the login.
        "token_endpoint_auth_methods_supported": ["client_secret_post", "none"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
        "scopes_supported": ["openid", "profile", "email"],
        "claims_supported": ["iss", "sub", "aud", "iat", "exp", "scope", "client_id", "azp"],
    })
}
