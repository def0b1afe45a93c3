//! Operations of the tag "User Permissions".

use authress_api::models::{
    PermissionCollection, PermissionCollectionAccount, PermissionObject, Resource, UserResourcesCollection, UserRole,
    UserRoleCollection,
};
use http::StatusCode;

use crate::engine::{Permission, ResourceQuery, Right};
use crate::http::access::{self, forbidden};
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::log::Check;
use crate::store::{ServiceClient, Store};

const USER_PERMISSIONS: &str = "Authress:UserPermissions";

/// 200 when the user has the permission, 404 when not, 403 when the caller may not ask.
pub(super) fn authorize_user(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let (user, resource) = asked(call, store)?;
    let permission = call.parameter(2);
    let allowed = store.engine.check(user, resource, permission, Right::Allow);
    call.note.decided(|| Check {
        user_id: user.to_owned(),
        resource_uri: resource.to_owned(),
        permission: permission.to_owned(),
        allowed,
        why: store.engine.explain(user, resource, permission).to_string(),
    });
    if allowed {
        Ok(Answer::empty(StatusCode::OK))
    } else {
        // Why is for who asks for it: it takes many times as long as the decision.
        Err(nothing(format!(
            "The user lacks {permission} on {resource}; GET /_local/explain says why"
        )))
    }
}

/// All that the user may do, give and pass on at the resource, whatever gives it.
pub(super) fn permissions(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let (user, resource) = asked(call, store)?;
    let permissions = store.engine.permissions_on(user, resource);
    if permissions.is_empty() {
        return Err(nothing(format!("The user has no permission on {resource}")));
    }
    let object = |it: Permission| {
        PermissionObject::new(it.action)
            .allow(it.allow)
            .grant(it.grant)
            .delegate(it.delegate)
    };
    let answer = PermissionCollection::new(user)
        .account(account(call))
        .permissions(permissions.into_iter().map(object));
    Ok(Answer::json(StatusCode::OK, &answer))
}

/// The roles that the user was given on exactly this resource.
pub(super) fn roles(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let (user, resource) = asked(call, store)?;
    let roles = store.engine.roles_on(user, resource);
    if roles.is_empty() {
        return Err(nothing(format!("The user was given no role on {resource} itself")));
    }
    let answer = UserRoleCollection::new(user).roles(roles.into_iter().map(UserRole::new));
    Ok(Answer::json(StatusCode::OK, &answer))
}

/// The resources on which the user has a permission; an empty list is an answer, too.
pub(super) fn resources(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let user = call.parameter(0);
    require_asking(call, store, user)?;
    let [collection, action] = ["resourceUri", "permissions"].map(|name| call.query(name));
    let nested = call.query("collectionConfiguration").as_deref() == Some("INCLUDE_NESTED");
    let place = call.place()?;
    let query = ResourceQuery {
        collection: collection.as_deref(),
        nested,
        action: action.as_deref(),
        after: place.after.as_deref(),
        limit: place.limit + 1,
    };
    let found = store.engine.resources_of(user, &query);
    let page = call.paged(
        place.limit,
        found.into_iter().map(|it| (it.clone(), Resource::new(it))).collect(),
    );
    let answer = UserResourcesCollection::new(user)
        .account(account(call))
        .resources(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json_with_list(StatusCode::OK, &answer, "resources"))
}

/// Refuses a token from now on, by its claim `jti`. Users may do that to their own; for others it is a change of what they may do.
pub(super) fn disable_token(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let user = store.engine.user(call.parameter(0));
    if call.caller != user {
        call.require(store, "UPDATE", &access::resource(USER_PERMISSIONS, user))?;
    }
    store.disable_token(user, call.parameter(1), call.now);
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// The user and the resource of the path, if the caller may ask about the user.
fn asked<'a>(call: &'a Call<'_>, store: &Store) -> Result<(&'a str, &'a str), Problem> {
    let [user, resource] = [0, 1].map(|index| call.parameter(index));
    require_asking(call, store, user)?;
    Ok((user, resource))
}

fn account(call: &Call<'_>) -> PermissionCollectionAccount {
    PermissionCollectionAccount::new().account_id(call.shared.account.id())
}

fn nothing(title: String) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "UserPermissionNotFound", title)
}

/// Refuses a caller who may not ask about a user.
pub(super) fn require_asking(call: &Call<'_>, store: &Store, user: &str) -> Result<(), Problem> {
    if may_ask(call, store, user) {
        return Ok(());
    }
    Err(forbidden(format!(
        "The caller needs READ on {}",
        access::resource(USER_PERMISSIONS, user)
    )))
}

/// Everybody may ask about themself; about others, who may read their permissions, under any name that they have.
fn may_ask(call: &Call<'_>, store: &Store, named: &str) -> bool {
    let user = store.engine.user(named);
    let clients = &store.clients;
    let may_read = |id: &str| call.may(store, "READ", &access::resource(USER_PERMISSIONS, id));
    call.caller == user
        || clients.get(&call.caller).is_some_and(ServiceClient::may_ask_about_all)
        || may_read(user)
        || clients.contains_key(user) && may_read(&format!("Authress:ServiceClients/{user}"))
}
