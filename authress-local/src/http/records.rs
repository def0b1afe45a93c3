//! Operations of the tag "Access Records".

use authress_api::models::{
    AccessRecord, AccessRecordAccount, AccessRecordCollection, AccessRecordStatus, LinkedGroup, User,
};
use http::StatusCode;

use super::access::forbidden;
use super::answer::{Answer, Problem};
use super::call::Call;
use super::{access, page, too_large};
use crate::keys::random_id;

/// Largest access record, in bytes of JSON.
const MAX_RECORD_BYTES: usize = 100 * 1024;

pub(super) fn create(call: Call<'_>) -> Result<Answer, Problem> {
    let mut record = body(&call)?;
    let id = match &record.record_id {
        Some(id) => id.clone(),
        None => format!("rec_{}", random_id(10).map_err(|error| Problem::internal(&error))?),
    };
    call.require_grants(&record)?;
    if call.store.records.get(&id).is_some_and(|record| !is_deleted(record)) {
        let title = format!("There is an access record {id} already");
        return Err(Problem::new(StatusCode::CONFLICT, "AccessRecordAlreadyExists", title));
    }
    // Somebody must be able to change the record later.
    if record.admins.as_ref().is_none_or(Vec::is_empty) {
        record.admins = Some(vec![User::new(&call.caller)]);
    }
    let record = write(call, &id, record);
    Ok(Answer::json(StatusCode::CREATED, &record).last_modified(record.last_updated))
}

pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    let record = existing(call, "READ")?;
    Ok(Answer::json(StatusCode::OK, record).last_modified(record.last_updated))
}

/// The records that the caller may read; by default those that are active.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    let status = match call.query("status").as_deref().map(AccessRecordStatus::from) {
        None => AccessRecordStatus::Active,
        Some(status @ (AccessRecordStatus::Active | AccessRecordStatus::Deleted)) => status,
        Some(_) => return Err(Problem::invalid("request.query.status: must be ACTIVE or DELETED")),
    };
    let filter = call.query("filter");
    let page = call.page(&call.store.records, |id, record| {
        let found = record.status.as_ref() == Some(&status)
            && page::matches(filter.as_deref(), &[id, &record.name])
            && may(call, "READ", id, record);
        found.then(|| record.clone())
    })?;
    let answer = AccessRecordCollection::new()
        .records(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: Call<'_>) -> Result<Answer, Problem> {
    let mut record = body(&call)?;
    let existing = changeable(&call)?;
    let (last_updated, admins) = (existing.last_updated, existing.admins.clone());
    let id = call.parameter(0).to_owned();
    if record.record_id.as_ref().is_some_and(|other| *other != id) {
        return Err(Problem::invalid(
            "request.body.recordId is another than that of the path",
        ));
    }
    call.require_grants(&record)?;
    if !call.is_unmodified_since(last_updated)? {
        let title = "The access record has changed since it was read";
        let problem = Problem::new(StatusCode::PRECONDITION_FAILED, "AccessRecordModified", title);
        return Ok(Answer::from(problem).last_modified(last_updated));
    }
    // Still somebody must be able to change it.
    record.admins = record.admins.filter(|admins| !admins.is_empty()).or(admins);
    write(call, &id, record);
    Ok(Answer::empty(StatusCode::ACCEPTED))
}

pub(super) fn delete(call: Call<'_>) -> Result<Answer, Problem> {
    changeable(&call)?;
    call.store
        .delete_record(call.parameters.first().map_or("", String::as_str), call.shared.now());
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn write(call: Call<'_>, id: &str, mut record: AccessRecord) -> AccessRecord {
    record.account = Some(AccessRecordAccount::new(call.shared.account.id()));
    record.links = Some(call.links(&format!("/v1/records/{id}")));
    call.store.put_record(id, record, call.shared.now())
}

/// The record in the body, if the service would take it.
fn body(call: &Call<'_>) -> Result<AccessRecord, Problem> {
    if call.body.len() > MAX_RECORD_BYTES {
        return Err(too_large(MAX_RECORD_BYTES));
    }
    let record: AccessRecord = call.json()?;
    let named = |users: &Option<Vec<User>>, groups: &Option<Vec<LinkedGroup>>| {
        users.as_ref().is_some_and(|users| !users.is_empty())
            || groups.as_ref().is_some_and(|groups| !groups.is_empty())
    };
    let in_statements = record
        .statements
        .iter()
        .any(|statement| named(&statement.users, &statement.groups));
    if in_statements && named(&record.users, &record.groups) {
        let title =
            "request.body.statements: users and groups are given for the record or for its statements, not for both";
        return Err(Problem::invalid(title));
    }
    Ok(record)
}

/// The record of the path, if the caller may do `action` with it.
fn existing<'a>(call: &'a Call<'_>, action: &str) -> Result<&'a AccessRecord, Problem> {
    let id = call.parameter(0);
    let record = call.store.records.get(id);
    if !record.map_or_else(
        || call.may(action, &resource(id)),
        |record| may(call, action, id, record),
    ) {
        return Err(forbidden(format!("The caller needs {action} on {}", resource(id))));
    }
    record.ok_or_else(|| Problem::not_found("access record"))
}

/// The record of the path, if the caller may change it. One that is deleted can only be read, and made again.
fn changeable<'a>(call: &'a Call<'_>) -> Result<&'a AccessRecord, Problem> {
    let record = existing(call, "UPDATE")?;
    if is_deleted(record) {
        return Err(Problem::not_found("access record"));
    }
    Ok(record)
}

/// Admins of a record may read and change it.
fn may(call: &Call<'_>, action: &str, id: &str, record: &AccessRecord) -> bool {
    call.is_one_of(record.admins.as_deref().unwrap_or_default()) || call.may(action, &resource(id))
}

fn resource(id: &str) -> String {
    access::resource("Authress:AccessRecords", id)
}

fn is_deleted(record: &AccessRecord) -> bool {
    record.status == Some(AccessRecordStatus::Deleted)
}
