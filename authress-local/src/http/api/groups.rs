//! Operations of the tag "Groups".

use authress_api::models::{Group, GroupCollection};
use http::StatusCode;

use crate::http::access::forbidden;
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::{access, page, too_large};
use crate::store::Store;

/// Largest group, in bytes of JSON.
const MAX_GROUP_BYTES: usize = 100 * 1024;

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "CREATE", "Authress:Groups")?;
    let group = body(call)?;
    let id = match &group.group_id {
        Some(id) => id.clone(),
        None => call.new_id("grp")?,
    };
    if store.groups().contains_key(&id) {
        let title = format!("There is a group {id} already");
        return Err(Problem::new(StatusCode::CONFLICT, "GroupAlreadyExists", title));
    }
    // Records may name a group that is gone. Whoever makes it again gives all that they give.
    if store.engine.gives_to_group(&id) {
        call.require_everything(store)?;
    }
    Ok(Answer::json(
        StatusCode::CREATED,
        &linked(call, &id, store.put_group(&id, group, call.now)),
    ))
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let group = existing(call, store, "READ")?.clone();
    Ok(Answer::json(StatusCode::OK, &linked(call, call.parameter(0), group)))
}

pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let filter = call.query("filter");
    let page = call.page(store.groups(), |id, group| {
        let found = page::matches(filter.as_deref(), &[id, &group.name]) && may(call, store, "READ", id, group);
        found.then(|| linked(call, id, group.clone()))
    })?;
    let answer = GroupCollection::new()
        .groups(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let group = body(call)?;
    let last_updated = existing(call, store, "UPDATE")?.last_updated;
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
    Ok(Answer::json(
        StatusCode::OK,
        &linked(call, &id, store.put_group(&id, group, call.now)),
    ))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    existing(call, store, "UPDATE")?;
    store.remove_group(call.parameter(0));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn body(call: &Call<'_>) -> Result<Group, Problem> {
    if call.body.len() > MAX_GROUP_BYTES {
        return Err(too_large(MAX_GROUP_BYTES));
    }
    let group = call.json()?;
    Ok(group)
}

/// The group with its place, which every answer says.
fn linked(call: &Call<'_>, id: &str, group: Group) -> Group {
    group.links(call.links(&format!("/v1/groups/{id}")))
}

fn existing<'a>(call: &Call<'_>, store: &'a Store, action: &str) -> Result<&'a Group, Problem> {
    let id = call.parameter(0);
    let group = store.groups().get(id);
    if !group.map_or_else(
        || call.may(store, action, &resource(id)),
        |group| may(call, store, action, id, group),
    ) {
        return Err(forbidden(format!("The caller needs {action} on {}", resource(id))));
    }
    group.ok_or_else(|| Problem::not_found("group"))
}

/// Admins of a group may read and change it.
fn may(call: &Call<'_>, store: &Store, action: &str, id: &str, group: &Group) -> bool {
    call.is_one_of(store, &group.admins) || call.may(store, action, &resource(id))
}

fn resource(id: &str) -> String {
    access::resource("Authress:Groups", id)
}
