//! Operations of the tag "User Permissions".

use http::StatusCode;

use super::access::forbidden;
use super::answer::{Answer, Problem};
use super::call::Call;
use crate::engine::Right;

/// 200 when the user has the permission, 404 when not, 403 when the caller may not ask.
pub(super) fn authorize_user(call: &Call<'_>) -> Result<Answer, Problem> {
    let [user, resource, permission] = [0, 1, 2].map(|index| call.parameter(index));
    if !may_ask(call, user) {
        return Err(forbidden(format!(
            "The caller needs READ on Authress:UserPermissions/{user}"
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

/// Everybody may ask about themself; about others, who may read their permissions.
fn may_ask(call: &Call<'_>, user: &str) -> bool {
    let client = call.store.clients.get(&call.caller);
    call.caller == user
        || client.is_some_and(crate::store::ServiceClient::may_ask_about_all)
        || call.may("READ", &format!("Authress:UserPermissions/{user}"))
}
