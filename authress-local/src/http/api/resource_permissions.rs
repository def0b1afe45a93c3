//! Operations of the tag "Resource Permissions".

use authress_api::models::{
    Pagination, PermissionedResource, PermissionedResourceCollection, ResourcePermissionAction,
    ResourceUsersCollection, UserRole, UserRoleCollection,
};
use http::StatusCode;

use crate::engine::Right;
use crate::http::access;
use crate::http::access::forbidden;
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::store::{Store, sets};

const RESOURCE_PERMISSIONS: &str = "Authress:ResourcePermissions";

/// The configurations that the caller may change, all at once.
#[expect(clippy::unnecessary_wraps, reason = "all that answers operations has one shape")]
pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let resources = store.resources().iter();
    let configurable = resources.filter(|(name, _)| may_configure(call, store, name));
    let page = call.paged(
        usize::MAX,
        configurable.map(|(name, it)| (name.clone(), it.answer())).collect(),
    );
    let answer = PermissionedResourceCollection::new()
        .resources(page.items)
        .pagination(Pagination::new())
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let resource = resource(call, store);
    let configured = store.resources().get(resource);
    let configured = configured.filter(|_| may_configure(call, store, resource));
    let configured = configured.ok_or_else(|| Problem::not_found("resource configuration"))?;
    Ok(Answer::json(StatusCode::OK, &configured.answer()))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    use ResourcePermissionAction::{Claim, Public};
    let permissions = call.json::<PermissionedResource>()?.permissions;
    let resource = resource(call, store);
    if !may_configure(call, store, resource) {
        let knows = |resource: &str| !store.engine.permissions_on(&call.caller, resource).is_empty();
        return Err(if knows(resource) || knows(&name(resource)) {
            forbidden(format!("The caller needs to be able to grant * on {}", name(resource)))
        } else {
            Problem::not_found("resource")
        });
    }
    // What opens the server's own resources lets everybody manage it: roles, keys, all of it.
    if is_of_the_service(resource) && (sets(&permissions, &Claim) || sets(&permissions, &Public)) {
        call.require_right(store, Right::Delegate, "*", resource)?;
    }
    store.put_resource(resource, permissions);
    Ok(Answer::empty(StatusCode::OK))
}

pub(super) fn users(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let resource = resource(call, store);
    call.require_right(store, Right::Grant, "*", &name(resource))?;
    let place = call.place()?;
    let found = store.engine.users_on(resource, place.after.as_deref(), place.limit + 1);
    let items = found.into_iter().map(|(user, roles)| {
        let collection = UserRoleCollection::new(&user).roles(roles.into_iter().map(UserRole::new));
        (user, collection)
    });
    let page = call.paged(place.limit, items.collect());
    let answer = ResourceUsersCollection::new()
        .users(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

/// The resource of the path, by its plain name.
fn resource<'a>(call: &'a Call<'_>, store: &Store) -> &'a str {
    store.resource_name(call.parameter(0))
}

/// What stands for the configuration of a resource.
fn name(resource: &str) -> String {
    access::resource(RESOURCE_PERMISSIONS, resource)
}

fn may_configure(call: &Call<'_>, store: &Store, resource: &str) -> bool {
    call.require_right(store, Right::Grant, "*", &name(resource)).is_ok()
}

/// Whether a resource reaches what the permissions to manage the service are given on.
fn is_of_the_service(resource: &str) -> bool {
    let first = resource.split('/').next().unwrap_or_default();
    first.contains('*') || first.starts_with("Authress:")
}
