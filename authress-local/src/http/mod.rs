//! HTTP: from a request to an answer, one after the other under one lock, which nothing waits under.
//!
//! What is asked is found in `route`, who asks in `bearer`, whether they may in `access`; `description` says whether it can be asked so. Each tag
//! has a file of its operations.

mod access;
mod answer;
mod bearer;
mod call;
mod clients;
mod groups;
mod page;
mod records;
mod roles;
mod route;
mod user_permissions;

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authress_api::Operation;
use chrono::{DateTime, SubsecRound as _, Utc};
use http::header::CONTENT_TYPE;
use http::{Method, Request, Response, StatusCode, request::Parts};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use serde_json::json;

use self::answer::{Answer, Problem};
use self::call::Call;
use self::route::Route;
use crate::account::Account;
use crate::description;
use crate::store::Store;

/// Largest body that is read, in bytes; operations have smaller limits of their own.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Longest that a client may take to send a body.
const BODY_LIMIT: Duration = Duration::from_secs(30);

/// What all requests share.
pub(crate) struct Shared {
    pub(crate) account: Account,
    pub(crate) store: Mutex<Store>,
    /// Whether callers need the permissions that the service asks of them.
    pub(crate) enforce: bool,
    pub(crate) clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
}

impl Shared {
    /// The time, in whole seconds since the Unix epoch.
    pub(crate) fn seconds(&self) -> u64 {
        (self.clock)()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |time| time.as_secs())
    }

    /// The time, in whole milliseconds, as it is written.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        DateTime::<Utc>::from((self.clock)()).trunc_subsecs(3)
    }

    /// The state; also after a handler has panicked, which leaves each change whole or undone.
    pub(crate) fn with_store<T>(&self, work: impl FnOnce(&mut Store) -> T) -> T {
        work(&mut self.store.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The answer to any request; the description is the table of routes.
pub(crate) async fn serve(shared: &Shared, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, MAX_BODY_BYTES).collect();
    let answer = match tokio::time::timeout(BODY_LIMIT, body).await {
        Ok(Ok(body)) => answer(shared, &parts, &body.to_bytes()).unwrap_or_else(Answer::from),
        Ok(Err(error)) if error.is::<LengthLimitError>() => too_large(MAX_BODY_BYTES).into(),
        Ok(Err(_)) => Problem::invalid("request.body: is cut off or not well-formed").into(),
        Err(_) => Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            "RequestTimeout",
            "The body did not come in time",
        )
        .into(),
    };
    answer.into_response()
}

fn answer(shared: &Shared, parts: &Parts, body: &[u8]) -> Result<Answer, Problem> {
    let (operation, parameters) = match route::find(&parts.method, parts.uri.path()) {
        Route::Operation(operation, parameters) => (operation, parameters),
        Route::AccountKeys => {
            let keys = [shared.account.public_key().jwk(shared.account.key().id())];
            return Ok(Answer::json(StatusCode::OK, &json!({"keys": keys})));
        }
        Route::ClientKeys(id) => {
            let jwks = shared.with_store(|store| Some(store.clients.get(&id)?.jwks()));
            let jwks = jwks.ok_or_else(|| Problem::not_found("service client"))?;
            return Ok(Answer::json(StatusCode::OK, &jwks));
        }
        Route::OtherMethod(methods) => return Err(Problem::other_method(&methods)),
        Route::Malformed => return Err(Problem::invalid("request.path: is not well-formed")),
        Route::Nothing if parts.method == Method::GET && parts.uri.path() == "/health" => {
            return Ok(Answer::json(StatusCode::OK, &json!({"status": "ok"})));
        }
        Route::Nothing => {
            return Err(Problem::new(
                StatusCode::NOT_FOUND,
                "RouteNotFound",
                "There is no such path",
            ));
        }
    };
    // Before the lock, since it may take a while, and told after the token is known to be good.
    let valid = validated(operation, &parameters, parts, body);
    shared.with_store(|store| {
        let caller = if operation.authenticated {
            bearer::caller(&parts.headers, &shared.account, store, shared.seconds())?
        } else {
            String::new()
        };
        let json = valid?;
        let call = Call {
            store,
            caller,
            parameters,
            parts,
            body,
            json,
            shared,
        };
        dispatch(operation, call)
    })
}

/// The body of a request that is as the description has it.
fn validated(
    operation: &Operation,
    parameters: &[String],
    parts: &Parts,
    body: &[u8],
) -> Result<Option<serde_json::Value>, Problem> {
    let described = description::Operation::of(operation.id)
        .ok_or_else(|| Problem::internal(&format!("{} is not described", operation.id)))?;
    let has_body = described.body.is_some() && !body.is_empty();
    if has_body && !description::is_json(parts.headers.get(CONTENT_TYPE)) {
        let title = "The body must be application/json";
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UnsupportedMediaType",
            title,
        ));
    }
    let request = description::Request {
        path: parameters,
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        body,
    };
    description::validate(described, &request).map_err(|violation| Problem::invalid(violation.to_string()))
}

/// The operations that are there so far; all others say so.
fn dispatch(operation: &Operation, call: Call<'_>) -> Result<Answer, Problem> {
    match operation.id {
        "authorizeUser" => user_permissions::authorize_user(&call),
        "createRecord" => records::create(call),
        "getRecord" => records::get(&call),
        "getRecords" => records::list(&call),
        "updateRecord" => records::update(call),
        "deleteRecord" => records::delete(call),
        "createRole" => roles::create(call),
        "getRole" => roles::get(&call),
        "getRoles" => roles::list(&call),
        "updateRole" => roles::update(call),
        "deleteRole" => roles::delete(call),
        "createGroup" => groups::create(call),
        "getGroup" => groups::get(&call),
        "getGroups" => groups::list(&call),
        "updateGroup" => groups::update(call),
        "deleteGroup" => groups::delete(call),
        "createClient" => clients::create(call),
        "getClient" => clients::get(&call),
        "getClients" => clients::list(&call),
        "updateClient" => clients::update(call),
        "deleteClient" => clients::delete(call),
        "requestAccessKey" => clients::request_access_key(call),
        "deleteAccessKey" => clients::delete_access_key(call),
        id => {
            let title = format!("{id} is not part of the local server yet");
            Err(Problem::new(StatusCode::NOT_IMPLEMENTED, "NotImplemented", title))
        }
    }
}

fn too_large(limit: usize) -> Problem {
    let title = format!("The body has more than {limit} bytes");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "TooLarge", title)
}
