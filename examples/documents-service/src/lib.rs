//! A service for documents in shared folders. Authress decides who may do what; the service asks it with each caller's own token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use authress::AuthressClient;
use authress::models::{AccessRecord, LinkedGroup, Statement};
use axum::Router;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::{StatusCode, header::AUTHORIZATION, request::Parts};
use axum::routing::{get, put};

#[derive(Clone)]
struct Service {
    authress: AuthressClient,
    documents: Arc<Mutex<HashMap<String, String>>>,
}

type Names = Path<(String, String)>;
type Answer<T> = Result<T, StatusCode>;

/// The service; `authress` needs no access key.
pub fn service(authress: AuthressClient) -> Router {
    let documents = Arc::default();
    Router::new()
        .route("/folders/{folder}/documents/{document}", get(read).put(write))
        .route("/folders/{folder}/teams/{team}", put(share))
        .with_state(Service { authress, documents })
}

/// Authress, asked as the caller.
struct Caller(AuthressClient);

impl FromRequestParts<Service> for Caller {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Answer<Self> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.ok_or(StatusCode::UNAUTHORIZED)?;
        match service.authress.verify_token(token).await {
            Ok(_) => service.authress.with_user_token(token).map(Self).map_err(refused),
            Err(error) if error.is_token_invalid() => Err(StatusCode::UNAUTHORIZED),
            Err(_) => Err(StatusCode::SERVICE_UNAVAILABLE),
        }
    }
}

/// Whoever may not is told so; what has no answer is never taken for one.
fn refused(error: authress::Error) -> StatusCode {
    if error.is_denied() || error.is_forbidden() {
        return StatusCode::FORBIDDEN;
    }
    StatusCode::SERVICE_UNAVAILABLE
}

async fn read(at: State<Service>, Caller(authress): Caller, Path((folder, id)): Names) -> Answer<String> {
    let document = format!("folders/{folder}/documents/{id}");
    authress.authorize(&document, "documents:read").await.map_err(refused)?;
    let documents = at.documents.lock().unwrap_or_else(PoisonError::into_inner);
    documents.get(&document).cloned().ok_or(StatusCode::NOT_FOUND)
}

async fn write(at: State<Service>, Caller(authress): Caller, Path((folder, id)): Names, text: String) -> Answer<()> {
    let document = format!("folders/{folder}/documents/{id}");
    authress
        .authorize(&document, "documents:write")
        .await
        .map_err(refused)?;
    let mut documents = at.documents.lock().unwrap_or_else(PoisonError::into_inner);
    documents.insert(document, text);
    Ok(())
}

/// Lets a team read a folder. Authress itself refuses a caller who may not give that.
async fn share(Caller(authress): Caller, Path((folder, team)): Names) -> Answer<StatusCode> {
    let reading = Statement::new(["ro_reader"], [format!("folders/{folder}")]);
    let record = AccessRecord::new(format!("{team} reads {folder}"), [reading]).groups([LinkedGroup::new(team)]);
    authress.access_records().create_record(record).await.map_err(refused)?;
    Ok(StatusCode::CREATED)
}
