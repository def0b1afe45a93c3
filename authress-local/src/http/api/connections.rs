//! Operations of the tag "Connections". Client secrets are written and never answered.

use authress_api::models::{Connection, ConnectionCollection};
use http::StatusCode;

use super::tenants;
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::{access, page};
use crate::store::Store;

pub(super) const CONNECTIONS: &str = "Authress:Connections";

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "CREATE", CONNECTIONS)?;
    let connection: Connection = call.json()?;
    let id = match connection.connection_id.as_ref().filter(|id| !id.is_empty()) {
        Some(id) => id.clone(),
        None => call.new_id("con")?,
    };
    if store.connections.contains_key(&id) {
        let title = format!("There is a connection {id} already");
        return Err(Problem::new(StatusCode::CONFLICT, "ConnectionAlreadyExists", title));
    }
    // Tenants may name a connection that is gone. Whoever makes it again decides how their users log in.
    if store.is_connection_of_a_tenant(&id) {
        call.require(store, "UPDATE", &resource(&id))?;
    }
    require_tenant(call, store, None, &connection)?;
    let connection = store.put_connection(&id, connection, call.now);
    Ok(Answer::json(StatusCode::CREATED, &without_secret(connection)))
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let connection = existing(call, store, "READ")?.clone();
    Ok(Answer::json(StatusCode::OK, &without_secret(connection)))
}

/// The connections that the caller may read.
pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let filter = call.query("filter");
    let page = call.page(&store.connections, |id, connection| {
        let name = connection.data.as_ref().and_then(|data| data.name.as_deref());
        let found =
            page::matches(filter.as_deref(), &[id, name.unwrap_or_default()]) && call.may(store, "READ", &resource(id));
        found.then(|| without_secret(connection.clone()))
    })?;
    let answer = ConnectionCollection::new()
        .connections(page.items)
        .pagination(page.pagination);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let connection: Connection = call.json()?;
    let before = existing(call, store, "UPDATE")?;
    let id = call.parameter(0).to_owned();
    let other = connection.connection_id.as_ref().filter(|other| !other.is_empty());
    if other.is_some_and(|other| *other != id) {
        return Err(Problem::invalid(
            "request.body.connectionId is another than that of the path",
        ));
    }
    require_tenant(call, store, Some(before), &connection)?;
    let connection = store.put_connection(&id, connection, call.now);
    Ok(Answer::json(StatusCode::OK, &without_secret(connection)))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    existing(call, store, "UPDATE")?;
    store.connections.remove(call.parameter(0));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// No user has a token of an identity provider here: none is ever asked for one.
pub(super) fn credentials(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    existing(call, store, "READ")?;
    Err(Problem::not_found("token of an identity provider for the user"))
}

/// Who logs in with a connection of a tenant is a user of that tenant: whoever gives it to one must be allowed to change the tenant, unless the
/// connection was the tenant's `before`.
fn require_tenant(
    call: &Call<'_>,
    store: &Store,
    before: Option<&Connection>,
    connection: &Connection,
) -> Result<(), Problem> {
    let tenant_id = |connection: &Connection| connection.data.as_ref()?.tenant_id.clone().filter(|id| !id.is_empty());
    match tenant_id(connection) {
        Some(tenant) if before.and_then(tenant_id).as_ref() != Some(&tenant) => {
            tenants::require(call, store, "UPDATE", &tenants::resource(&tenant))
        }
        _ => Ok(()),
    }
}

fn without_secret(mut connection: Connection) -> Connection {
    connection.client_secret = None;
    connection
}

fn existing<'a>(call: &Call<'_>, store: &'a Store, action: &str) -> Result<&'a Connection, Problem> {
    let id = call.parameter(0);
    call.require(store, action, &resource(id))?;
    store
        .connections
        .get(id)
        .ok_or_else(|| Problem::not_found("connection"))
}

pub(super) fn resource(id: &str) -> String {
    access::resource(CONNECTIONS, id)
}
