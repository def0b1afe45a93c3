//! Operations of the tag "Access Records".

use authress_api::models::{AccessRecord, AccessRecordAccount, AccessRecordCollection, AccessRecordStatus, User};
use http::StatusCode;

use crate::http::access::forbidden;
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::{access, page, too_large};
use crate::store::{MAX_RECORD_BYTES, OWNER_RECORD, Store, names_twice};

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let mut record = body(call)?;
    let id = match &record.record_id {
        Some(id) => id.clone(),
        None => call.new_id("rec")?,
    };
    call.require_grants(store, &record)?;
    if store.records().get(&id).is_some_and(|record| !is_deleted(record)) {
        let title = format!("There is an access record {id} already");
        return Err(Problem::new(StatusCode::CONFLICT, "AccessRecordAlreadyExists", title));
    }
    // Somebody must be able to change the record later.
    if record.admins.as_ref().is_none_or(Vec::is_empty) {
        record.admins = Some(vec![User::new(&call.caller)]);
    }
    let record = store.put_record(&id, record, call.now);
    Ok(answer(call, StatusCode::CREATED, &id, record))
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let record = existing(call, store, "READ")?.clone();
    Ok(answer(call, StatusCode::OK, call.parameter(0), record))
}

/// The records that the caller may read; by default those that are active.
pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let status = call.query("status").as_deref().map(AccessRecordStatus::from);
    let status = status.unwrap_or(AccessRecordStatus::Active);
    let filter = call.query("filter");
    let page = call.page(store.records(), |id, record| {
        let found = record.status.as_ref() == Some(&status)
            && page::matches(filter.as_deref(), &[id, &record.name])
            && may(call, store, "READ", id, record);
        found.then(|| linked(call, id, record.clone()))
    })?;
    let answer = AccessRecordCollection::new()
        .records(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let mut record = body(call)?;
    let existing = changeable(call, store)?;
    let (last_updated, admins) = (existing.last_updated, existing.admins.clone());
    let id = call.parameter(0).to_owned();
    if record.record_id.as_ref().is_some_and(|other| *other != id) {
        return Err(Problem::invalid(
            "request.body.recordId is another than that of the path",
        ));
    }
    call.require_grants(store, &record)?;
    if !call.is_unmodified_since(last_updated)? {
        let title = "The access record has changed since it was read";
        let problem = Problem::new(StatusCode::PRECONDITION_FAILED, "AccessRecordModified", title);
        return Ok(Answer::from(problem).last_modified(last_updated));
    }
    // Still somebody must be able to change it.
    record.admins = record.admins.filter(|admins| !admins.is_empty()).or(admins);
    store.put_record(&id, record, call.now);
    Ok(Answer::empty(StatusCode::ACCEPTED))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    changeable(call, store)?;
    store.delete_record(call.parameter(0), call.now);
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn answer(call: &Call<'_>, status: StatusCode, id: &str, record: AccessRecord) -> Answer {
    let last_updated = record.last_updated;
    Answer::json(status, &linked(call, id, record)).last_modified(last_updated)
}

/// The record with what every answer says of it besides: its account, its place, and how much of the room for a record it takes.
fn linked(call: &Call<'_>, id: &str, record: AccessRecord) -> AccessRecord {
    let account = AccessRecordAccount::new(call.shared.account.id());
    let bytes = serde_json::to_vec(&record).map_or(0, |json| json.len());
    let record = record.capacity(capacity(bytes));
    record.account(account).links(call.links(&format!("/v1/records/{id}")))
}

/// The record in the body, if the service would take it.
fn body(call: &Call<'_>) -> Result<AccessRecord, Problem> {
    if call.body.len() > MAX_RECORD_BYTES {
        return Err(too_large(MAX_RECORD_BYTES));
    }
    let record: AccessRecord = call.json()?;
    if names_twice(&record) {
        let title =
            "request.body.statements: users and groups are given for the record or for its statements, not for both";
        return Err(Problem::invalid(title));
    }
    Ok(record)
}

/// How much of the permitted size is used up, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "sizes up to the limit are exact in a float")]
fn capacity(bytes: usize) -> f32 {
    (bytes as f32 / MAX_RECORD_BYTES as f32).min(1.0)
}

/// The record of the path, if the caller may do `action` with it.
fn existing<'a>(call: &Call<'_>, store: &'a Store, action: &str) -> Result<&'a AccessRecord, Problem> {
    let id = call.parameter(0);
    let record = store.records().get(id);
    if !record.map_or_else(
        || call.may(store, action, &resource(id)),
        |record| may(call, store, action, id, record),
    ) {
        return Err(forbidden(format!("The caller needs {action} on {}", resource(id))));
    }
    record.ok_or_else(|| Problem::not_found("access record"))
}

/// The record of the path, if the caller may change it. One that is deleted can only be read, and made again.
fn changeable<'a>(call: &Call<'_>, store: &'a Store) -> Result<&'a AccessRecord, Problem> {
    let record = existing(call, store, "UPDATE")?;
    // As with the service client that it is for.
    if call.parameter(0) == OWNER_RECORD {
        return Err(forbidden(format!(
            "{OWNER_RECORD} is the server's own, and does not change"
        )));
    }
    if is_deleted(record) {
        return Err(Problem::not_found("access record"));
    }
    Ok(record)
}

/// Admins of a record may read and change it.
pub(super) fn may(call: &Call<'_>, store: &Store, action: &str, id: &str, record: &AccessRecord) -> bool {
    call.is_one_of(store, record.admins.as_deref().unwrap_or_default()) || call.may(store, action, &resource(id))
}

fn resource(id: &str) -> String {
    access::resource("Authress:AccessRecords", id)
}

fn is_deleted(record: &AccessRecord) -> bool {
    record.status == Some(AccessRecordStatus::Deleted)
}
