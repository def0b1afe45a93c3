//! Operations of the tag "Tenants".

use authress_api::models::{Tenant, TenantCollection, TenantUser};
use http::StatusCode;

use super::connections;
use crate::http::access::{self, forbidden};
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::page;
use crate::store::{Store, connection_id};

const TENANTS: &str = "Authress:Tenants";

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    require(call, store, "CREATE", TENANTS)?;
    let tenant: Tenant = call.json()?;
    let id = match tenant.tenant_id.as_ref().filter(|id| !id.is_empty()) {
        Some(id) => id.clone(),
        None => call.new_id("ten")?,
    };
    if store.tenants.contains_key(&id) {
        return Err(taken(format!("There is a tenant {id} already")));
    }
    require_own(call, store, &id, None, &tenant)?;
    Ok(Answer::json(
        StatusCode::CREATED,
        &store.put_tenant(&id, tenant, call.now),
    ))
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    Ok(Answer::json(StatusCode::OK, existing(call, store, "READ")?))
}

/// The tenants that the caller may read.
pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let filter = call.query("filter");
    let page = call.page(&store.tenants, |id, tenant| {
        let name = tenant.data.as_ref().and_then(|data| data.name.as_deref());
        let other = tenant.tenant_lookup_identifier.as_deref();
        let texts = [id, name.unwrap_or_default(), other.unwrap_or_default()];
        let found = page::matches(filter.as_deref(), &texts) && may(call, store, "READ", &resource(id));
        found.then(|| tenant.clone())
    })?;
    let answer = TenantCollection::new().tenants(page.items).pagination(page.pagination);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let tenant: Tenant = call.json()?;
    let before = existing(call, store, "UPDATE")?;
    let id = call.parameter(0).to_owned();
    let other = tenant.tenant_id.as_ref().filter(|other| !other.is_empty());
    if other.is_some_and(|other| *other != id) {
        return Err(Problem::invalid(
            "request.body.tenantId is another than that of the path",
        ));
    }
    require_own(call, store, &id, Some(before), &tenant)?;
    Ok(Answer::json(StatusCode::OK, &store.put_tenant(&id, tenant, call.now)))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    existing(call, store, "UPDATE")?;
    store.remove_tenant(call.parameter(0));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// Users need not be made beforehand, so that any can be linked.
pub(super) fn link_user(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let user = call.json::<TenantUser>()?.user_id;
    let user = user.ok_or_else(|| Problem::invalid("request.body.userId: is missing"))?;
    existing(call, store, "UPDATE")?;
    store.link_tenant_user(call.parameter(0), &user);
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// Refuses a tenant that takes what is another's: a name or a domain to be found by, or a connection that the caller may not change.
///
/// A connection is deleted with the tenant that it was given to; so the caller must be allowed to change it, unless the tenant had it `before`.
fn require_own(
    call: &Call<'_>,
    store: &Store,
    id: &str,
    before: Option<&Tenant>,
    tenant: &Tenant,
) -> Result<(), Problem> {
    if let Some(other) = store.mistakable_tenant(id, tenant) {
        return Err(taken(format!(
            "The tenant {other} has this tenantId, this tenantLookupIdentifier or one of these domains"
        )));
    }
    match connection_id(tenant) {
        Some(connection) if before.and_then(connection_id) != Some(connection) => {
            call.require(store, "UPDATE", &connections::resource(connection))
        }
        _ => Ok(()),
    }
}

fn taken(title: String) -> Problem {
    Problem::new(StatusCode::CONFLICT, "TenantAlreadyExists", title)
}

fn existing<'a>(call: &Call<'_>, store: &'a Store, action: &str) -> Result<&'a Tenant, Problem> {
    let id = call.parameter(0);
    require(call, store, action, &resource(id))?;
    store.tenants.get(id).ok_or_else(|| Problem::not_found("tenant"))
}

/// Refuses a caller who may not do `action` on `resource`, which stands for tenants.
pub(super) fn require(call: &Call<'_>, store: &Store, action: &str, resource: &str) -> Result<(), Problem> {
    if may(call, store, action, resource) {
        Ok(())
    } else {
        Err(forbidden(format!("The caller needs {action} on {resource}")))
    }
}

/// Older documentation puts tenants under `Authress:Connections`; who may do the same there may do it here.
fn may(call: &Call<'_>, store: &Store, action: &str, resource: &str) -> bool {
    call.may(store, action, resource) || call.may(store, action, connections::CONNECTIONS)
}

pub(super) fn resource(id: &str) -> String {
    access::resource(TENANTS, id)
}
