//! Operations of the tag "Access Records" on access requests.
//!
//! Anybody may ask. A request is seen by who made it, whom it is for, and who may decide it: who may give what it asks for.

use authress_api::models::{
    AccessRequest, AccessRequestCollection, AccessRequestResponse, AccessRequestResponseStatus, AccessRequestStatus,
};
use http::StatusCode;

use crate::http::access::forbidden;
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::too_large;
use crate::store::{MAX_RECORD_BYTES, Store, StoredRequest, names_twice};

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    if call.body.len() > MAX_RECORD_BYTES {
        return Err(too_large(MAX_RECORD_BYTES));
    }
    let id = call.new_id("req")?;
    let request = StoredRequest::new(&id, call.json()?, &call.caller, call.now);
    if names_twice(&request.record()) {
        let title = "request.body.access.statements: users and groups are given for the request alone";
        return Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "InvalidAccessRequest",
            title,
        ));
    }
    let answer = Answer::json(StatusCode::CREATED, &linked(call, &id, &request));
    store.requests.insert(id, request);
    Ok(answer)
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let request = existing(call, store)?;
    if !may_see(call, store, request) {
        return Err(forbidden(
            "The caller has no part in the access request, and may not decide it",
        ));
    }
    Ok(Answer::json(StatusCode::OK, &linked(call, call.parameter(0), request)))
}

/// The requests that the caller may see, but for those that are deleted.
pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let status = call.query("status").as_deref().map(AccessRequestStatus::from);
    let page = call.page(&store.requests, |id, request| {
        let found = match &status {
            None => request.model.status != Some(AccessRequestStatus::Deleted),
            status => request.model.status == *status,
        };
        (found && may_see(call, store, request)).then(|| linked(call, id, request))
    })?;
    let answer = AccessRequestCollection::new()
        .records(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json_with_list(StatusCode::OK, &answer, "records"))
}

/// Whoever gives, or refuses, is the one who may give. With approval, they become the admin of the record that gives it.
pub(super) fn respond(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let response: AccessRequestResponse = call.json()?;
    let id = call.parameter(0);
    let request = existing(call, store)?;
    let record = request.record();
    call.require_grants(store, &record)?;
    if !request.is_open() {
        return Err(Problem::not_found("open access request"));
    }
    let status = match response.status {
        AccessRequestResponseStatus::Approved => AccessRequestStatus::Approved,
        AccessRequestResponseStatus::Denied => AccessRequestStatus::Denied,
        _ => return Err(Problem::invalid("request.body.status: must be APPROVED or DENIED")),
    };
    if status == AccessRequestStatus::Approved {
        let record_id = call.new_id("rec")?;
        store.put_record(&record_id, record.admins([call.caller.as_str()]), call.now);
    }
    let request = changed(call, store, status)?;
    Ok(Answer::json(StatusCode::OK, &linked(call, id, request)))
}

/// Marks a request as deleted, which is for who made it and who may decide it. What was given stays given.
pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let request = existing(call, store)?;
    if request.created_by != call.caller {
        call.require_grants(store, &request.record())?;
    }
    if request.model.status == Some(AccessRequestStatus::Deleted) {
        return Err(Problem::not_found("access request"));
    }
    changed(call, store, AccessRequestStatus::Deleted)?;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn existing<'a>(call: &Call<'_>, store: &'a Store) -> Result<&'a StoredRequest, Problem> {
    let request = store.requests.get(call.parameter(0));
    request.ok_or_else(|| Problem::not_found("access request"))
}

/// The request of the path with its new status.
fn changed<'a>(
    call: &Call<'_>,
    store: &'a mut Store,
    status: AccessRequestStatus,
) -> Result<&'a StoredRequest, Problem> {
    let request = store.requests.get_mut(call.parameter(0));
    let request = request.ok_or_else(|| Problem::not_found("access request"))?;
    request.set_status(status, call.now);
    Ok(request)
}

fn may_see(call: &Call<'_>, store: &Store, request: &StoredRequest) -> bool {
    request.created_by == call.caller
        || call.is_one_of(store, &request.model.access.users)
        || call.require_grants(store, &request.record()).is_ok()
}

/// The request with its place, which every answer says.
fn linked(call: &Call<'_>, id: &str, request: &StoredRequest) -> AccessRequest {
    request.model.clone().links(call.links(&format!("/v1/requests/{id}")))
}
