//! Operations of the tag "User Permissions".

use http::StatusCode;

use super::access::{self, forbidden};
use super::answer::{Answer, Problem};
use super::call::Call;
use crate::engine::{self, Right};
use crate::store::ServiceClient;

const USER_PERMISSIONS: &str = "Authress:UserPermissions";

/// 200 when the user has the permission, 404 when not, 403 when the caller may not ask.
pub(super) fn authorize_user(call: &Call<'_>) -> Result<Answer, Problem> {
    let [user, resource, permission] = [0, 1, 2].map(|index| call.parameter(index));
    if !may_ask(call, user) {
        return Err(forbidden(format!(
            "The caller needs READ on {}",
            access::resource(USER_PERMISSIONS, user)
        )));
    }
    if call.store.engine.check(user, resource, permission, Right::Allow) {
        return Ok(Answer::empty(StatusCode::OK));
    }
    let explanation = call.store.engine.explain(user, resource, permission);
    Err(Problem::new(
        StatusCode::NOT_FOUND,
        "UserPermissionNotFound",
        explanation.to_string(),
    ))
}

/// Everybody may ask about themself; about others, who may read their permissions, under any name that they have.
fn may_ask(call: &Call<'_>, named: &str) -> bool {
    let user = engine::user(named);
    let clients = &call.store.clients;
    let may_read = |id: &str| call.may("READ", &access::resource(USER_PERMISSIONS, id));
    call.caller == user
        || clients.get(&call.caller).is_some_and(ServiceClient::may_ask_about_all)
        || may_read(user)
        || clients.contains_key(user) && may_read(&format!("Authress:ServiceClients/{user}"))
}
