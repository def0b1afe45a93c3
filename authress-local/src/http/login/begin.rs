//! The beginning of a login, and what is added to it before it ends.
//!
//! `POST /api/authentication` has two forms, told apart by `userId`: with it, a token for this user at once; without, the request with which the
//! service's own login library begins a login.

use authress_api::models::{AuthenticationRequest, UpdateAuthenticationRequestParameters};
use http::StatusCode;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;
use url::Url;

use super::{MAX_ID, check_text, pkce, redirect, secret, too_many, user_token};
use crate::http::answer::{Answer, Problem};
use crate::http::call::{self, Call};
use crate::store::{Back, LoginRequest, REQUEST_SECONDS, Store};

/// Which of the two forms.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Form {
    user_id: Option<IgnoredAny>,
}

/// What a login begins with. The login library sends more, which says how the browser is to be treated; here all are treated alike.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Begin {
    application_id: String,
    redirect_url: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    connection_id: Option<String>,
    tenant_lookup_identifier: Option<String>,
}

/// A token for a user, or the beginning of a login.
pub(in crate::http) fn authenticate(call: Call<'_>) -> Result<Answer, Problem> {
    if call::json::<Form>(call.body)?.user_id.is_some() {
        user_token::make(call)
    } else {
        begin(&call)
    }
}

fn begin(call: &Call<'_>) -> Result<Answer, Problem> {
    let begin: Begin = call::json(call.body)?;
    check_text("body.applicationId", &begin.application_id, MAX_ID)?;
    let back = match &begin.redirect_url {
        None => None,
        Some(url) => Some(back(call, &begin, url)?),
    };
    let mut request = LoginRequest {
        application: begin.application_id,
        connection: None,
        tenant: None,
        back,
    };
    let (id, now) = (secret()?, call.seconds());
    let (url, _) = call.shared.change(|store| {
        choose(
            store,
            &mut request,
            begin.connection_id.as_deref(),
            begin.tenant_lookup_identifier.as_deref(),
            None,
        )?;
        let url = authentication_url(call, store, &id, &request);
        let requests = &mut store.logins.requests;
        let room = requests.put(id.clone(), request, now.saturating_add(REQUEST_SECONDS), now);
        room.then_some(url).ok_or_else(too_many)
    });
    let body = json!({"authenticationRequestId": id, "authenticationUrl": url?});
    Ok(Answer::json(StatusCode::OK, &body).not_stored())
}

/// The way back to the application: one of its addresses, and a challenge, without which whoever sees the code could use it.
fn back(call: &Call<'_>, begin: &Begin, url: &str) -> Result<Back, Problem> {
    let parsed = redirect::parse("body.redirectUrl", url)?;
    let is_allowed = call.shared.read(|store| {
        let application = store.applications.get(&begin.application_id)?;
        Some(redirect::is_of_application(&parsed, &application.redirect_urls))
    });
    match is_allowed {
        None => {
            return Err(Problem::invalid(
                "request.body.applicationId: there is no such application",
            ));
        }
        Some(false) => {
            let title = "request.body.redirectUrl: is none of the application's";
            return Err(Problem::invalid(title));
        }
        Some(true) => {}
    }
    let challenge = begin.code_challenge.clone();
    let challenge = challenge.ok_or_else(|| Problem::invalid("request.body.codeChallenge: is missing"))?;
    pkce::check("body.codeChallenge", &challenge, begin.code_challenge_method.as_deref())?;
    let url = parsed.into();
    Ok(Back { url, challenge })
}

/// Adds to a login what its page found out, and says where it goes on. The id of the login is its authority: nobody guesses it.
pub(in crate::http) fn update(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let parameters: UpdateAuthenticationRequestParameters = call.json()?;
    if parameters.invite_id.is_some() {
        let title = "request.body.inviteId: the local server logs nobody in by an invite";
        return Err(Problem::invalid(title));
    }
    let (id, now) = (call.parameter(0), call.seconds());
    let request = store.logins.requests.get(id, now).cloned();
    let mut request = request.ok_or_else(|| Problem::not_found("login under way"))?;
    choose(
        store,
        &mut request,
        parameters.connection_id.as_deref(),
        parameters.tenant_lookup_identifier.as_deref(),
        parameters.hint.as_deref(),
    )?;
    let url = authentication_url(call, store, id, &request);
    if let Some(known) = store.logins.requests.get_mut(id, now) {
        *known = request;
    }
    let answer = AuthenticationRequest::new().authentication_url(url);
    Ok(Answer::json(StatusCode::OK, &answer).not_stored())
}

/// Sets the connection, and the tenant, that a login goes on with. A tenant brings its connection along.
fn choose(
    store: &Store,
    request: &mut LoginRequest,
    connection: Option<&str>,
    tenant: Option<&str>,
    hint: Option<&str>,
) -> Result<(), Problem> {
    let found = match (tenant, hint) {
        (Some(name), _) => Some((store.tenant_of_login(name), "tenantLookupIdentifier")),
        (None, Some(hint)) => Some((store.tenant_of_hint(hint), "hint")),
        (None, None) => None,
    };
    if let Some((tenant, place)) = found {
        let tenant =
            tenant.ok_or_else(|| Problem::invalid(format!("request.body.{place}: there is no such tenant")))?;
        request.tenant.clone_from(&tenant.tenant_id);
        let of_tenant = tenant.connection.as_ref();
        request.connection = of_tenant.and_then(|connection| connection.connection_id.clone());
    }
    if let Some(id) = connection {
        if !store.connections.contains_key(id) {
            let title = "request.body.connectionId: there is no such connection";
            return Err(Problem::invalid(title));
        }
        request.connection = Some(id.to_owned());
    }
    Ok(())
}

/// Where a login goes on: at the identity provider of its connection, or, while there is none, where it ends.
///
/// An identity provider of one's own is told the service client that is to sign for it, and where the user is to come back.
fn authentication_url(call: &Call<'_>, store: &Store, id: &str, request: &LoginRequest) -> String {
    let end = format!("{}/login", call.shared.account.url());
    let connection = request.connection.as_deref().and_then(|id| store.connections.get(id));
    let at_provider = connection.and_then(|connection| {
        let mut url = Url::parse(connection.authentication_url.as_deref()?).ok()?;
        let mut query = url.query_pairs_mut();
        if let Some(client) = &connection.client_id {
            query.append_pair("client_id", client);
        }
        query.append_pair("redirect_uri", &end);
        query.append_pair("state", id);
        drop(query);
        Some(url.into())
    });
    at_provider.unwrap_or_else(|| format!("{end}?state={id}"))
}
