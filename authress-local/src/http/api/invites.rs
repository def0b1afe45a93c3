//! Operations of the tag "Invites".
//!
//! Who knows the id of an invite may accept it, and so may read it. It gives in the name of who made it, with no more rights than that user has.

use authress_api::models::{AccessRecord, AccessRecordStatus, Invite, InviteConflictResolutionStrategy};
use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use http::StatusCode;

use super::{records, user_permissions};
use crate::http::access::forbidden;
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::too_large;
use crate::store::{INVITE_DURATION, MAX_RECORD_BYTES, OWNER_RECORD, Store, StoredInvite};

/// The shortest and the longest time that an invite may be open.
const SHORTEST: TimeDelta = TimeDelta::minutes(5);
const LONGEST: TimeDelta = TimeDelta::days(30);

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    if call.body.len() > MAX_RECORD_BYTES {
        return Err(too_large(MAX_RECORD_BYTES));
    }
    let invite: Invite = call.json()?;
    let expiry_time = expiry_time(call, store, &invite)?;
    let id = call.new_id("inv")?;
    let invite = StoredInvite::new(&id, invite, expiry_time, &call.caller);
    call.require_grants(store, &invite.record(&call.caller))?;
    let answer = Answer::json(StatusCode::CREATED, &linked(call, &invite));
    // Those that nobody can accept any more need no keeping.
    store.invites.retain(|_, invite| call.now < invite.expiry_time);
    store.invites.insert(id, invite);
    Ok(answer)
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    Ok(Answer::json(StatusCode::OK, &linked(call, existing(call, store)?)))
}

/// Gives the caller the access, once: then the invite is gone.
pub(super) fn respond(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let invite = existing(call, store)?;
    if let Some((id, record)) = to_write(call, store, invite)? {
        store.put_record(&id, record, call.now);
    }
    store.invites.remove(call.parameter(0));
    Ok(Answer::empty(StatusCode::OK))
}

/// Withdraws an invite, which is for who made it and who may read what that user may do.
pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    user_permissions::require_asking(call, store, &existing(call, store)?.created_by)?;
    store.invites.remove(call.parameter(0));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// When the invite in the body is to end. Another time than the default needs a permission of its own.
fn expiry_time(call: &Call<'_>, store: &Store, invite: &Invite) -> Result<DateTime<Utc>, Problem> {
    let default = call.now + INVITE_DURATION;
    let Some(text) = &invite.expiry_time else {
        return Ok(default);
    };
    let time = DateTime::parse_from_rfc3339(text).map(|time| time.to_utc().trunc_subsecs(3));
    let time = time.map_err(|_| Problem::invalid("request.body.expiryTime: is no time of ISO 8601"))?;
    if time != default {
        call.require(store, "Invites:Create", "Authress:Invites")?;
    }
    if (SHORTEST..=LONGEST).contains(&(time - call.now)) {
        Ok(time)
    } else {
        let title = "request.body.expiryTime: must be between 5 minutes and 30 days from now";
        Err(Problem::invalid(title))
    }
}

/// The record that accepting the invite writes, with its id; none when nothing is to be written.
///
/// The record to write exists already when an active one that the inviter may change names all the resources of the invite. What fits into it
/// without giving anybody anything else is added there; otherwise the invite says what happens.
fn to_write(call: &Call<'_>, store: &Store, invite: &StoredInvite) -> Result<Option<(String, AccessRecord)>, Problem> {
    use InviteConflictResolutionStrategy::{ReplaceRecordData, SkipChanges, UnsafeForceMerge};
    if invite.statements.is_empty() {
        return Ok(None);
    }
    let inviter = call.in_the_name_of(&invite.created_by);
    // Rights that the inviter has lost since, and roles that give more by now, give nothing through an invite from before.
    inviter
        .require_grants(store, &invite.record(&call.caller))
        .map_err(|_| forbidden("Who made the invite may not give what it gives any more"))?;
    // The record of the first service client is made anew at every start, without what others put there.
    let candidates = store.records().iter().filter(|(id, record)| {
        *id != OWNER_RECORD
            && record.status == Some(AccessRecordStatus::Active)
            && invite.is_about(record)
            && records::may(&inviter, store, "UPDATE", id, record)
    });
    let candidates: Vec<(&String, &AccessRecord)> = candidates.collect();
    let merged =
        |(id, record): &(&String, &AccessRecord)| Some(((*id).clone(), invite.merged_safely(record, &call.caller)?));
    if let Some(merged) = candidates.iter().find_map(merged) {
        return Ok(Some(merged));
    }
    let Some((id, existing)) = candidates.first() else {
        return Ok(Some((call.new_id("rec")?, invite.record(&call.caller))));
    };
    let record = match invite.conflict_resolution_strategy {
        Some(SkipChanges) => return Ok(None),
        Some(UnsafeForceMerge) => invite
            .merged_by_force(existing, &call.caller)
            .ok_or_else(|| too_large(MAX_RECORD_BYTES))?,
        Some(ReplaceRecordData) => invite.in_the_place_of(existing, &call.caller),
        _ => return Ok(Some((call.new_id("rec")?, invite.record(&call.caller)))),
    };
    // It gives what the record gave before, too, which the inviter was never asked for.
    inviter
        .require_grants(store, &record)
        .map_err(|_| forbidden("Who made the invite may not give what the access record would give"))?;
    Ok(Some(((*id).clone(), record)))
}

/// The invite of the path, unless it has expired.
fn existing<'a>(call: &Call<'_>, store: &'a Store) -> Result<&'a StoredInvite, Problem> {
    let invite = store.invites.get(call.parameter(0));
    let invite = invite.filter(|invite| call.now < invite.expiry_time);
    invite.ok_or_else(|| Problem::not_found("invite"))
}

/// The invite with its place, which every answer says.
fn linked(call: &Call<'_>, invite: &StoredInvite) -> Invite {
    let place = format!("/v1/invites/{}", invite.invite_id);
    invite.answer().links(call.links(&place))
}
