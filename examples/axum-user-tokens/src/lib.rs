//! A service for notes. Users come with their tokens, which are verified here; Authress says what each of them may see and write.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use authress::middleware::axum::{Authorized, Permission, require};
use authress::{AuthressClient, AuthressClientBuilder, DecisionCache, Error, Identity, VerifiedTokenCache};
use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};

/// What every client of this service has: caches, so that most requests need not wait for Authress, and go on when it is away.
pub fn with_caches(builder: AuthressClientBuilder) -> AuthressClientBuilder {
    let decisions = DecisionCache::builder()
        .ttl(Duration::from_secs(30))
        .stale_if_unavailable(Duration::from_secs(600));
    builder
        .decision_cache(decisions)
        .cache_verified_tokens(VerifiedTokenCache::new(10_000))
}

#[derive(Clone)]
struct Service {
    authress: AuthressClient,
    notes: Arc<Mutex<BTreeMap<String, String>>>,
}

/// The extractors take the client from here.
impl FromRef<Service> for AuthressClient {
    fn from_ref(service: &Service) -> Self {
        service.authress.clone()
    }
}

impl Service {
    fn notes(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The service; `authress` has the access key of its service client.
///
/// # Errors
/// When a route's resource or permission cannot be used.
pub fn service(authress: AuthressClient) -> Result<Router, Error> {
    // A note that may not be read looks like one that is not there.
    let may_read = require(&authress, "notes/{id}", "notes:read").hide_denied().build()?;
    let service = Service {
        authress,
        notes: Arc::default(),
    };
    Ok(Router::new()
        .route("/notes/{id}", get(read).route_layer(may_read).put(write))
        .route("/notes", get(list))
        .with_state(service))
}

/// The layer has asked already.
async fn read(State(service): State<Service>, Path(id): Path<String>) -> Result<String, StatusCode> {
    service.notes().get(&id).cloned().ok_or(StatusCode::NOT_FOUND)
}

struct WriteNote;

impl Permission for WriteNote {
    const RESOURCE: &str = "notes/{id}";
    const PERMISSION: &str = "notes:write";
}

/// The extractor asks, before the body is read.
async fn write(note: Authorized<WriteNote>, State(service): State<Service>, Path(id): Path<String>, text: String) {
    println!("{} writes {}", note.identity(), note.resource_uri());
    service.notes().insert(id, text);
}

/// All notes that the caller may read: each is asked about, some at a time.
async fn list(identity: Identity, State(service): State<Service>) -> Result<Json<Vec<String>>, StatusCode> {
    let ids: Vec<String> = service.notes().keys().cloned().collect();
    let of_note = |id: &String| (identity.user_id(), format!("notes/{id}"), "notes:read");
    let visible = service.authress.filter_authorized(ids, of_note).await;
    // What has no answer is not left out, as if it were denied.
    visible.map(Json).map_err(|_| StatusCode::SERVICE_UNAVAILABLE)
}
