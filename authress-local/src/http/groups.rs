//! Operations of the tag "Groups".

use authress_api::models::{Group, GroupCollection};
use http::StatusCode;

use super::access::forbidden;
use super::answer::{Answer, Problem};
use super::call::Call;
use super::{access, page};
use crate::keys::random_id;

pub(super) fn create(call: Call<'_>) -> Result<Answer, Problem> {
    call.require("CREATE", "Authress:Groups")?;
    let group: Group = call.json()?;
    let id = match &group.group_id {
        Some(id) => id.clone(),
        None => format!("grp_{}", random_id(10).map_err(|error| Problem::internal(&error))?),
    };
    if call.store.groups.contains_key(&id) {
        let title = format!("There is a group {id} already");
        return Err(Problem::new(StatusCode::CONFLICT, "GroupAlreadyExists", title));
    }
    // Records may name a group that is gone. Whoever makes it again gives all that they give.
    if call.store.engine.gives_to_group(&id) {
        call.require_everything()?;
    }
    Ok(Answer::json(StatusCode::CREATED, &write(call, &id, group)))
}

pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    Ok(Answer::json(StatusCode::OK, existing(call, "READ")?))
}

pub(super) fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    let filter = call.query("filter");
    let page = call.page(&call.store.groups, |id, group| {
        let found = page::matches(filter.as_deref(), &[id, &group.name]) && may(call, "READ", id, group);
        found.then(|| group.clone())
    })?;
    let answer = GroupCollection::new()
        .groups(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: Call<'_>) -> Result<Answer, Problem> {
    let group: Group = call.json()?;
    let last_updated = existing(&call, "UPDATE")?.last_updated;
    let id = call.parameter(0).to_owned();
    if group.group_id.as_ref().is_some_and(|other| *other != id) {
        return Err(Problem::invalid(
            "request.body.groupId is another than that of the path",
        ));
    }
    if !call.is_unmodified_since(last_updated)? {
        let title = "The group has changed since it was read";
        return Err(Problem::new(StatusCode::PRECONDITION_FAILED, "GroupModified", title));
    }
    Ok(Answer::json(StatusCode::OK, &write(call, &id, group)))
}

pub(super) fn delete(call: Call<'_>) -> Result<Answer, Problem> {
    existing(&call, "UPDATE")?;
    call.store
        .remove_group(call.parameters.first().map_or("", String::as_str));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn write(call: Call<'_>, id: &str, mut group: Group) -> Group {
    group.links = Some(call.links(&format!("/v1/groups/{id}")));
    call.store.put_group(id, group, call.shared.now())
}

fn existing<'a>(call: &'a Call<'_>, action: &str) -> Result<&'a Group, Problem> {
    let id = call.parameter(0);
    let group = call.store.groups.get(id);
    if !group.map_or_else(|| call.may(action, &resource(id)), |group| may(call, action, id, group)) {
        return Err(forbidden(format!("The caller needs {action} on {}", resource(id))));
    }
    group.ok_or_else(|| Problem::not_found("group"))
}

/// Admins of a group may read and change it.
fn may(call: &Call<'_>, action: &str, id: &str, group: &Group) -> bool {
    call.is_one_of(&group.admins) || call.may(action, &resource(id))
}

fn resource(id: &str) -> String {
    access::resource("Authress:Groups", id)
}
