//! Operations of the tag "Roles".

use authress_api::models::{Role, RoleCollection};
use http::StatusCode;

use crate::engine::{AUTHENTICATE_USER, OWNER};
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::{access, page};
use crate::store::Store;

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "CREATE", "Authress:Roles")?;
    let role = body(call)?;
    let id = match &role.role_id {
        Some(id) => id.clone(),
        None => call.new_id("ro")?,
    };
    if store.roles().contains_key(&id) || [OWNER, AUTHENTICATE_USER].contains(&id.as_str()) {
        let title = format!("There is a role {id} already");
        return Err(Problem::new(StatusCode::CONFLICT, "RoleAlreadyExists", title));
    }
    // Records may name a role that is gone. Whoever makes it again decides what they give.
    match call.require_everything(store) {
        Err(refused) if store.gives_role(&id) => return Err(refused),
        _ => {}
    }
    Ok(Answer::json(StatusCode::CREATED, &store.put_role(&id, role)))
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    Ok(Answer::json(StatusCode::OK, existing(call, store, "READ")?))
}

pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    call.require(store, "READ", "Authress:Roles")?;
    let filter = call.query("filter");
    let page = call.page(store.roles(), |id, role| {
        page::matches(filter.as_deref(), &[id, &role.name]).then(|| role.clone())
    })?;
    let answer = RoleCollection::new()
        .roles(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let role = body(call)?;
    existing(call, store, "UPDATE")?;
    let id = call.parameter(0).to_owned();
    if role.role_id.as_ref().is_some_and(|other| *other != id) {
        return Err(Problem::invalid("request.body.roleId is another than that of the path"));
    }
    Ok(Answer::json(StatusCode::OK, &store.put_role(&id, role)))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    existing(call, store, "UPDATE")?;
    store.remove_role(call.parameter(0));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn body(call: &Call<'_>) -> Result<Role, Problem> {
    let role = call.json()?;
    Ok(role)
}

fn existing<'a>(call: &Call<'_>, store: &'a Store, action: &str) -> Result<&'a Role, Problem> {
    let id = call.parameter(0);
    call.require(store, action, &access::resource("Authress:Roles", id))?;
    store.roles().get(id).ok_or_else(|| Problem::not_found("role"))
}
