//! Operations of the tag "Roles".

use authress_api::models::{Role, RoleCollection};
use http::StatusCode;

use super::answer::{Answer, Problem};
use super::call::Call;
use super::{access, page};
use crate::engine::{AUTHENTICATE_USER, OWNER};
use crate::keys::random_id;

pub(super) fn create(call: Call<'_>) -> Result<Answer, Problem> {
    call.require("CREATE", "Authress:Roles")?;
    let role: Role = call.json()?;
    let id = match &role.role_id {
        Some(id) => id.clone(),
        None => format!("ro_{}", random_id(10).map_err(|error| Problem::internal(&error))?),
    };
    if call.store.roles.contains_key(&id) || [OWNER, AUTHENTICATE_USER].contains(&id.as_str()) {
        let title = format!("There is a role {id} already");
        return Err(Problem::new(StatusCode::CONFLICT, "RoleAlreadyExists", title));
    }
    Ok(Answer::json(StatusCode::CREATED, &call.store.put_role(&id, role)))
}

pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    Ok(Answer::json(StatusCode::OK, existing(call, "READ")?))
}

pub(super) fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    call.require("READ", "Authress:Roles")?;
    let filter = call.query("filter");
    let page = call.page(&call.store.roles, |id, role| {
        page::matches(filter.as_deref(), &[id, &role.name]).then(|| role.clone())
    })?;
    let answer = RoleCollection::new()
        .roles(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: Call<'_>) -> Result<Answer, Problem> {
    let role: Role = call.json()?;
    existing(&call, "UPDATE")?;
    let id = call.parameter(0).to_owned();
    if role.role_id.as_ref().is_some_and(|other| *other != id) {
        return Err(Problem::invalid("request.body.roleId is another than that of the path"));
    }
    Ok(Answer::json(StatusCode::OK, &call.store.put_role(&id, role)))
}

pub(super) fn delete(call: Call<'_>) -> Result<Answer, Problem> {
    existing(&call, "UPDATE")?;
    call.store
        .remove_role(call.parameters.first().map_or("", String::as_str));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn existing<'a>(call: &'a Call<'_>, action: &str) -> Result<&'a Role, Problem> {
    let id = call.parameter(0);
    call.require(action, &access::resource("Authress:Roles", id))?;
    call.store.roles.get(id).ok_or_else(|| Problem::not_found("role"))
}
