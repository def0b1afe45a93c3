//! Operations of the tag "User Permissions".

use http::StatusCode;

use crate::engine::{self, Right};
use crate::http::access::{self, forbidden};
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::log::Check;
use crate::http::valid;
use crate::store::{ServiceClient, Store};

const USER_PERMISSIONS: &str = "Authress:UserPermissions";

/// 200 when the user has the permission, 404 when not, 403 when the caller may not ask.
pub(super) fn authorize_user(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let [user, resource, permission] = [0, 1, 2].map(|index| call.parameter(index));
    valid::RESOURCE.check("path.resourceUri", resource)?;
    valid::ACTION.check("path.permission", permission)?;
    if !may_ask(call, store, user) {
        return Err(forbidden(format!(
            "The caller needs READ on {}",
            access::resource(USER_PERMISSIONS, user)
        )));
    }
    let allowed = store.engine.check(user, resource, permission, Right::Allow);
    let why = || store.engine.explain(user, resource, permission).to_string();
    call.note.decided(|| Check {
        user_id: user.to_owned(),
        resource_uri: resource.to_owned(),
        permission: permission.to_owned(),
        allowed,
        why: why(),
    });
    if allowed {
        Ok(Answer::empty(StatusCode::OK))
    } else {
        Err(Problem::new(StatusCode::NOT_FOUND, "UserPermissionNotFound", why()))
    }
}

/// Everybody may ask about themself; about others, who may read their permissions, under any name that they have.
fn may_ask(call: &Call<'_>, store: &Store, named: &str) -> bool {
    let user = engine::user(named);
    let clients = &store.clients;
    let may_read = |id: &str| call.may(store, "READ", &access::resource(USER_PERMISSIONS, id));
    call.caller == user
        || clients.get(&call.caller).is_some_and(ServiceClient::may_ask_about_all)
        || may_read(user)
        || clients.contains_key(user) && may_read(&format!("Authress:ServiceClients/{user}"))
}
