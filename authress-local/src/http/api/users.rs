//! Operations of the tag "Users". A check about a user whom nobody knows is a plain no, or what everybody may do: that is in `user_permissions`.

use authress_api::models::{UserIdentity, UserIdentityCollection, UserTokenConfiguration};
use http::StatusCode;

use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::{access, page};
use crate::keys::token;
use crate::store::Store;

/// Largest claims of one kind that may be set, in bytes of JSON.
const MAX_CLAIMS_BYTES: usize = 1023;

pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    call.require(store, "READ", "Authress:Users")?;
    let (filter, tenant) = (call.query("filter"), call.query("tenantId"));
    let page = call.page(&store.users, |id, user| {
        let texts = [Some(id), user.name.as_ref(), user.email.as_ref()].map(|text| text.map_or("", String::as_str));
        let found = page::matches(filter.as_deref(), &texts)
            && tenant.as_ref().is_none_or(|tenant| store.is_in_tenant(id, tenant));
        found.then(|| user.clone())
    })?;
    let answer = UserIdentityCollection::new()
        .users(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

/// Everybody may read what is known about themself.
pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let id = store.engine.user(call.parameter(0));
    if call.caller != id {
        require(call, store, "READ", id)?;
    }
    Ok(Answer::json(StatusCode::OK, existing(store, id)?))
}

/// Sets what the tokens of a user say besides, which is for administrators: users do not choose what is said of them.
pub(super) fn set_token_configuration(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let configuration: UserTokenConfiguration = call.json()?;
    let id = store.engine.user(call.parameter(0));
    require(call, store, "UPDATE", id)?;
    check_claims(&configuration)?;
    existing(store, id)?;
    if let Some(user) = store.users.get_mut(id) {
        user.token_configuration = Some(configuration);
    }
    Ok(Answer::empty(StatusCode::OK))
}

/// Deletes a user with all access. It is done when it is answered, although the status says that it goes on.
pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let id = store.engine.user(call.parameter(0));
    require(call, store, "UPDATE", id)?;
    // Service clients are deleted by an operation of their own.
    if store.clients.contains_key(id) || !store.knows_user(id) {
        return Err(Problem::not_found("user"));
    }
    store.remove_user(id, call.now);
    Ok(Answer::empty(StatusCode::ACCEPTED))
}

fn require(call: &Call<'_>, store: &Store, action: &str, id: &str) -> Result<(), Problem> {
    call.require(store, action, &access::resource("Authress:Users", id))
}

fn existing<'a>(store: &'a Store, id: &str) -> Result<&'a UserIdentity, Problem> {
    store.users.get(id).ok_or_else(|| Problem::not_found("user"))
}

/// Claims have a largest size, and none takes the place of one that decides whose token it is, and for how long.
fn check_claims(configuration: &UserTokenConfiguration) -> Result<(), Problem> {
    let Some(claims) = &configuration.default_claims else {
        return Ok(());
    };
    for (place, claims) in [
        ("defaultAccessTokenClaims", &claims.default_access_token_claims),
        ("defaultUserIdentityClaims", &claims.default_user_identity_claims),
    ] {
        let Some(claims) = claims else { continue };
        let size = serde_json::to_vec(claims).map_or(usize::MAX, |json| json.len());
        if size > MAX_CLAIMS_BYTES {
            let title = format!("request.body.defaultClaims.{place}: has more than {MAX_CLAIMS_BYTES} bytes");
            return Err(Problem::invalid(title));
        }
        if let Some(name) = claims.keys().find(|name| token::is_reserved(name)) {
            let title = format!("request.body.defaultClaims.{place}.{name}: is set by the server alone");
            return Err(Problem::invalid(title));
        }
    }
    Ok(())
}
