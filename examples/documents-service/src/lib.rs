//! A service for documents in shared folders. Authress decides who may do what; the service asks it with each caller's own token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use authress::AuthressClient;
use authress::middleware::axum::{Authorized, Permission};
use authress::models::{AccessRecord, LinkedGroup, Statement};
use axum::Router;
use axum::extract::{FromRef, Path, State};
use axum::http::{HeaderMap, StatusCode, header::AUTHORIZATION};
use axum::routing::{get, put};

#[derive(Clone)]
struct Service {
    authress: AuthressClient,
    documents: Arc<Mutex<HashMap<String, String>>>,
}

type Answer<T> = Result<T, StatusCode>;

/// The service; `authress` needs no access key.
pub fn service(authress: AuthressClient) -> Router {
    let documents = Arc::default();
    Router::new()
        .route("/folders/{folder}/documents/{document}", get(read).put(write))
        .route("/folders/{folder}/teams/{team}", put(share))
        .with_state(Service { authress, documents })
}

/// For the extractors, which verify the caller's token and ask with it.
impl FromRef<Service> for AuthressClient {
    fn from_ref(service: &Service) -> Self {
        service.authress.clone()
    }
}

struct ReadDocument;

impl Permission for ReadDocument {
    const RESOURCE: &str = "folders/{folder}/documents/{document}";
    const PERMISSION: &str = "documents:read";
}

struct WriteDocument;

impl Permission for WriteDocument {
    const RESOURCE: &str = "folders/{folder}/documents/{document}";
    const PERMISSION: &str = "documents:write";
}

struct ReadFolder;

impl Permission for ReadFolder {
    const RESOURCE: &str = "folders/{folder}";
    const PERMISSION: &str = "documents:read";
}

async fn read(State(at): State<Service>, document: Authorized<ReadDocument>) -> Answer<String> {
    let documents = at.documents.lock().unwrap_or_else(PoisonError::into_inner);
    documents
        .get(document.resource_uri())
        .cloned()
        .ok_or(StatusCode::NOT_FOUND)
}

async fn write(State(at): State<Service>, document: Authorized<WriteDocument>, text: String) {
    let mut documents = at.documents.lock().unwrap_or_else(PoisonError::into_inner);
    documents.insert(document.resource_uri().to_owned(), text);
}

/// Lets a team read a folder. Authress itself refuses a caller who may not give that.
async fn share(
    State(at): State<Service>,
    folder: Authorized<ReadFolder>,
    Path((_, team)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer<StatusCode> {
    let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let as_caller = at
        .authress
        .with_user_token(token.unwrap_or_default())
        .map_err(refused)?;
    let reading = Statement::new(["ro_reader"], [folder.resource_uri()]);
    let record = AccessRecord::new(format!("{team} reads {}", folder.resource_uri()), [reading]);
    let record = record.groups([LinkedGroup::new(team)]);
    as_caller
        .access_records()
        .create_record(record)
        .await
        .map_err(refused)?;
    Ok(StatusCode::CREATED)
}

/// Whoever may not is told so; what has no answer is never taken for one.
fn refused(error: authress::Error) -> StatusCode {
    if error.is_forbidden() {
        return StatusCode::FORBIDDEN;
    }
    StatusCode::SERVICE_UNAVAILABLE
}
