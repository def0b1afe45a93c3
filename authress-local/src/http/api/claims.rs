//! The operation of the tag "Access Records" on claims.

use authress_api::models::{AccessRecord, ClaimRequest, Statement};
use http::StatusCode;
use serde_json::json;

use crate::engine::{OWNER, is_resource};
use crate::http::access::forbidden;
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::store::Store;

/// Gives the caller a new resource, if the collection is configured for it and nobody has it.
///
/// The configuration of the very collection counts, not that of a parent: who may claim in a collection may not claim in what others have there.
pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let claim: ClaimRequest = call.json()?;
    let collection = store.resource_name(&claim.collection_resource);
    if !is_name(&claim.resource_id) {
        return Err(Problem::invalid(
            "request.body.resourceId: must be one segment without *",
        ));
    }
    let resource = format!("{collection}/{}", claim.resource_id);
    if !is_resource(&claim.collection_resource) || collection.contains('*') {
        let title = "request.body.collectionResource: must be a resource, without * but at its end";
        return Err(Problem::invalid(title));
    }
    if !store.can_be_claimed(collection) {
        return Err(forbidden(format!("What is in {collection} cannot be claimed")));
    }
    if store.engine.has_explicit_access(&resource) {
        let title = format!("Somebody has access to {resource} already");
        return Err(Problem::new(StatusCode::CONFLICT, "ResourceAlreadyClaimed", title));
    }
    let record = AccessRecord::new("Claim", [Statement::new([OWNER], [resource.as_str()])])
        .description(format!("{} claimed {resource}", call.caller))
        .users([call.caller.as_str()])
        .admins([call.caller.as_str()]);
    let id = call.new_id("rec")?;
    store.put_record(&id, record, call.now);
    Ok(Answer::json(StatusCode::CREATED, &json!({})))
}

/// Whether `id` is one segment of a resource, and stands for nothing but itself.
fn is_name(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.+=~|@:".contains(c);
    id.chars().all(fits) && !id.starts_with(':')
}
