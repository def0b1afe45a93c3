//! Logins that a service client makes for a user of its own, for a third-party application.
//!
//! The service would go on to the application by OpenID or SAML; here the address answers with the token of the user for the application.

use authress_api::Secret;
use authress_api::models::{ApplicationDelegation, UserIdentity};
use http::StatusCode;

use super::{secret, too_many};
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::store::{CODE_SECONDS, LoggedIn, Store};

/// Makes an address that logs the user in, once.
pub(in crate::http) fn delegate(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let [application, user] = [0, 1].map(|index| call.parameter(index).to_owned());
    call.require_token_generation(store, &user)?;
    if !store.applications.contains_key(&application) {
        return Err(Problem::not_found("application"));
    }
    let (delegation, now) = (secret()?, call.seconds());
    let url = format!("{}/login?delegation={delegation}", call.shared.account.url());
    let login = LoggedIn {
        user: user.clone(),
        application,
        connection: None,
        tenant: None,
    };
    let ends = now.saturating_add(CODE_SECONDS);
    if !store.logins.delegations.put(delegation, login, ends, now) {
        return Err(too_many());
    }
    store.seen_user(UserIdentity::new(&user));
    let answer = ApplicationDelegation::new().authentication_url(Secret::from(url));
    Ok(Answer::json(StatusCode::OK, &answer).not_stored())
}
