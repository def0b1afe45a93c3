//! An API for reports, which customers' own programs call. A customer makes an API key, a service client of their own, and takes it back; a program
//! sends tokens that it makes from its key, and may do what the customer's keys may do, on what is the customer's.

use authress::middleware::axum::require;
use authress::models::{AccessRecord, Client, Statement};
use authress::{AuthressClient, Error, Identity, Secret};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::Serialize;

/// What a key may do with its customer's things: a role of your account.
const ROLE: &str = "ro_api_key";

/// The API; `authress` has the access key of a service client that may make others, and give access to customers' things.
///
/// # Errors
/// When a route's resource or permission cannot be used.
pub fn api(authress: AuthressClient) -> Result<Router, Error> {
    let may_read = require(&authress, "customers/{customer}/reports/{report}", "reports:read").build()?;
    let reports = get(async |Path((_, report)): Path<(String, String)>| format!("the report {report}"));
    Ok(Router::new()
        .route("/customers/{customer}/reports/{report}", reports.route_layer(may_read))
        .route("/api-keys", post(create_key))
        .route("/api-keys/{key}", delete(revoke_key))
        .with_state(authress))
}

/// An API key. It is in this answer alone: the customer keeps it, and nobody else does.
#[derive(Serialize)]
struct NewKey {
    id: String,
    access_key: String,
}

/// Makes an API key for the customer whose token came with the request.
///
/// The order is such that whatever happens, a request that is dropped included, nothing is left that can be used: the client can do nothing without a
/// record, the record gives access to somebody without a key, and the key, which makes both of use, comes last.
async fn create_key(customer: Identity, State(authress): State<AuthressClient>) -> Result<Json<NewKey>, StatusCode> {
    // A key must not make further keys: it would outlive its own end.
    if customer.is_service_client() {
        return Err(StatusCode::FORBIDDEN);
    }
    let client = Client::new().name(customer.user_id());
    let client = authress
        .service_clients()
        .create_client(client)
        .await
        .map_err(unavailable)?;
    let id = client.client_id.ok_or(StatusCode::BAD_GATEWAY)?;
    match give_access_and_key(&authress, &id, customer.user_id()).await {
        Ok(access_key) => {
            let access_key = access_key.expose().to_owned();
            Ok(Json(NewKey { id, access_key }))
        }
        Err(error) => {
            // Nobody has a key, so that whatever stays is of no use to anybody.
            if let Err(left) = take_back(&authress, &id).await {
                eprintln!("{id} may be left: {left}");
            }
            Err(unavailable(error))
        }
    }
}

async fn give_access_and_key(authress: &AuthressClient, id: &str, customer: &str) -> Result<Secret, Error> {
    let statement = Statement::new([ROLE], [format!("customers/{customer}")]);
    let record = AccessRecord::new("API key", [statement])
        .record_id(record_of(id))
        .users([id]);
    authress.access_records().create_record(record).await?;
    let key = authress.service_clients().request_access_key(id).await?;
    key.access_key
        .ok_or_else(|| Error::invalid_argument("access_key", "the service gave none"))
}

/// Takes a key back. Only the customer whose it is may do that, and is told of it only when the key can do nothing any more: else it can be tried
/// again.
async fn revoke_key(
    customer: Identity,
    State(authress): State<AuthressClient>,
    Path(id): Path<String>,
) -> Result<StatusCode, StatusCode> {
    let client = authress.service_clients().get_client(&id).await;
    let client = client.map_err(|error| {
        if error.is_not_found() {
            StatusCode::NOT_FOUND
        } else {
            unavailable(error)
        }
    })?;
    if client.name.as_deref() != Some(customer.user_id()) {
        return Err(StatusCode::NOT_FOUND);
    }
    take_back(&authress, &id).await.map_err(unavailable)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes the record, which ends the access at once, and then the client, whose tokens are good for as long as its keys are remembered. The client tells
/// whose key it is: without it, nobody could try again to remove the record.
///
/// That a record is not there, the service tells only who may change all records; `authress` must be one who may.
async fn take_back(authress: &AuthressClient, id: &str) -> Result<(), Error> {
    let gone = |error: Error| if error.is_not_found() { Ok(()) } else { Err(error) };
    authress
        .access_records()
        .delete_record(record_of(id))
        .await
        .or_else(gone)?;
    authress.service_clients().delete_client(id).await.or_else(gone)
}

/// An id of our own: the record can be deleted also when the answer that would tell its id is lost.
fn record_of(id: &str) -> String {
    format!("rec_{id}")
}

fn unavailable(error: Error) -> StatusCode {
    eprintln!("{error}");
    StatusCode::SERVICE_UNAVAILABLE
}
