//! The end of a login: the user comes back from an identity provider, and goes on to the application, which gets the token.

use authress_api::models::UserIdentity;
use serde::Deserialize;
use url::Url;

use super::oauth::{self, invalid_grant};
use super::provider::{self, ProviderCode};
use super::{is_service_client, secret, token_of, too_many};
use crate::http::access::forbidden;
use crate::http::answer::{Answer, Problem};
use crate::http::call::{Call, json};
use crate::store::{Back, CODE_SECONDS, Code, LoggedIn, LoginRequest, ServiceClient, Store};

/// Where the user comes back: with a code of an identity provider, or with a delegated login.
pub(in crate::http) fn login(call: &Call<'_>) -> Result<Answer, Problem> {
    let now = call.seconds();
    if let Some(delegation) = call.query("delegation") {
        let (login, _) = call
            .shared
            .change(|store| store.logins.delegations.take(&delegation, now));
        let login = login.ok_or_else(|| provider::refused("the address was used before, or is too old"))?;
        return token_of(call, &login);
    }
    let [code, issuer, state] = ["code", "iss", "state"].map(|name| call.required_query(name));
    let (code, issuer, state) = (code?, issuer?, state?);
    let code = provider::verify(call, &code, &issuer, call.query("client_id").as_deref())?;
    let (taken, _) = call.shared.change(|store| take_request(call, store, &code, &state));
    let (login, back) = taken?;
    let Some(back) = back else {
        return token_of(call, &login);
    };

    let mut url = Url::parse(&back.url).map_err(|error| Problem::internal(&error))?;
    let code = secret()?;
    url.query_pairs_mut()
        .append_pair("code", &code)
        .append_pair("nonce", &state)
        .append_pair("iss", call.shared.account.url());
    let kept = Code {
        request: Some(state),
        back,
        user: login,
    };
    let ends = now.saturating_add(CODE_SECONDS);
    let (room, _) = call
        .shared
        .change(|store| store.logins.codes.put(code, kept, ends, now));
    if room {
        Answer::see_other(url.as_str())
    } else {
        Err(too_many())
    }
}

/// Ends a login request with a code; both are used up then.
fn take_request(
    call: &Call<'_>,
    store: &mut Store,
    code: &ProviderCode,
    state: &str,
) -> Result<(LoggedIn, Option<Back>), Problem> {
    let now = call.seconds();
    let request = store.logins.requests.get(state, now).cloned();
    let request = request.ok_or_else(|| Problem::invalid("request.query.state: is no login under way"))?;
    if call.shared.enforce && !may_log_in(store, &request, code) {
        return Err(forbidden(format!(
            "{} is neither the client of the login's connection nor a service client with the option grantTokenGeneration",
            code.client
        )));
    }
    if is_service_client(store, &code.user) {
        return Err(forbidden("A service client has no login"));
    }
    if store.logins.used.get(&code.id, now).is_some() {
        return Err(provider::refused("it was used before"));
    }
    if !store.logins.used.put(code.id.clone(), (), code.ends, now) {
        return Err(too_many());
    }
    store.logins.requests.take(state, now);
    store.seen_user(UserIdentity::new(&code.user));
    let login = LoggedIn {
        user: code.user.clone(),
        application: request.application,
        connection: request.connection,
        tenant: request.tenant,
    };
    Ok((login, request.back))
}

/// Whether a service client may say who the user of a login is. One that could for any login would be able to pass for every user.
fn may_log_in(store: &Store, request: &LoginRequest, code: &ProviderCode) -> bool {
    let connection = request.connection.as_deref().and_then(|id| store.connections.get(id));
    let is_of_connection = connection.and_then(|it| it.client_id.as_deref()) == Some(&code.client);
    is_of_connection
        || store
            .clients
            .get(&code.client)
            .is_some_and(ServiceClient::may_make_tokens)
}

/// What the login library exchanges its code with.
#[derive(Deserialize)]
struct Exchange {
    grant_type: Option<String>,
    client_id: String,
    code: String,
    code_verifier: String,
    redirect_uri: Option<String>,
}

/// The token of a login that has ended.
pub(in crate::http) fn token(call: &Call<'_>) -> Result<Answer, Problem> {
    let exchange: Exchange = json(call.body)?;
    if exchange.grant_type.is_some_and(|grant| grant != "authorization_code") {
        let title = "request.body.grant_type: must be authorization_code";
        return Err(Problem::invalid(title));
    }
    let now = call.seconds();
    // Whatever comes of it, a code is tried once.
    let (code, _) = call.shared.change(|store| store.logins.codes.take(&exchange.code, now));
    let code = code.filter(|code| code.request.as_deref() == Some(call.parameter(0)));
    let code = code.ok_or_else(invalid_grant)?;
    oauth::redeem(
        call,
        &code,
        &exchange.client_id,
        &exchange.code_verifier,
        exchange.redirect_uri.as_deref(),
    )
}
