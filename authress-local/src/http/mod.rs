//! HTTP: from a request to an answer. Requests that change nothing run side by side, the others one at a time; nothing waits under the lock.
//!
//! What is asked is found in `route`, who asks in `bearer`, whether they may in `access`; `description` says whether it can be asked so. The operations
//! are in `api`. What the service does not have is in `local`.

mod access;
mod answer;
mod api;
mod bearer;
mod call;
mod discovery;
mod local;
mod log;
mod login;
mod page;
mod paths;
mod redirect_url;
mod route;
mod verified;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Request, Response, StatusCode, request::Parts};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use serde_json::{Value, json};

use self::answer::{Answer, Problem};
use self::api::Handler;
use self::call::Call;
use self::log::Note;
pub(crate) use self::log::{Log, OnLine};
#[cfg(feature = "bench")]
pub use self::route::operation_of;
use self::route::{Offered, Own, Parameters, Route};
pub(crate) use self::verified::VerifiedTokens;
use crate::account::Account;
use crate::clock::Clock;
use crate::description;
use crate::engine::Explanation;
use crate::faults::{Faults, Outcome};
use crate::files::Saver;
use crate::store::Store;

/// Largest body that is read, in bytes; operations have smaller limits of their own.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Longest that a client may take to send a body.
const BODY_LIMIT: Duration = Duration::from_secs(30);

/// What all requests share.
pub(crate) struct Shared {
    pub(crate) account: Arc<Account>,
    pub(crate) store: Arc<RwLock<Store>>,
    /// What saves changes, when there is a data file.
    pub(crate) saver: Option<Saver>,
    pub(crate) faults: Faults,
    pub(crate) verified: VerifiedTokens,
    /// Whether callers need the permissions that the service asks of them.
    pub(crate) enforce: bool,
    pub(crate) clock: Clock,
    /// Whether there is the page.
    pub(crate) page: bool,
    pub(crate) log: Option<Log>,
}

impl Shared {
    /// The time, in whole milliseconds, as it is written.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Why a check is answered as it is.
    pub(crate) fn explain(&self, user_id: &str, resource: &str, permission: &str) -> Explanation {
        self.read(|store| store.engine.explain(user_id, resource, permission))
    }

    /// Reads the state; also after a handler has panicked, which leaves each change whole or undone.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Store) -> T) -> T {
        work(&self.store.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the state and has it saved; the number of the change, when there is a data file, is to be waited for before it is acknowledged.
    pub(crate) fn change<T>(&self, work: impl FnOnce(&mut Store) -> T) -> (T, Option<u64>) {
        let done = work(&mut self.store.write().unwrap_or_else(PoisonError::into_inner));
        (done, self.saver.as_ref().map(Saver::save))
    }

    /// The number of the latest change, whoever made it: for those who have made some on their way and wait for all of them.
    fn latest_change(&self) -> Option<u64> {
        self.saver.as_ref().map(Saver::latest)
    }

    /// Waits until the change is in the data file.
    async fn saved(&self, change: Option<u64>) -> Result<(), Problem> {
        match (&self.saver, change) {
            (Some(saver), Some(change)) => saver.saved(change).await.map_err(|error| Problem::internal(&error)),
            _ => Ok(()),
        }
    }
}

/// A request whose connection is to be closed without an answer.
#[derive(Debug)]
pub(crate) struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is dropped")
    }
}

impl std::error::Error for Dropped {}

/// The answer to any request; the description is the table of routes.
pub(crate) async fn serve(shared: &Shared, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Dropped> {
    let (parts, body) = request.into_parts();
    if local::has(parts.uri.path()) {
        return Ok(local::serve(shared, &parts, body).await);
    }
    let logged = shared.log.as_ref().map(|log| (log, shared.now(), Instant::now()));
    let note = Note::new(logged.is_some());
    let route = route::find(&parts.method, parts.uri.path());
    let answer = match fault(shared, &route, &parts).await? {
        Some(problem) => Err(problem),
        None => match read(body, MAX_BODY_BYTES).await {
            Ok(body) => {
                let answer = answer(shared, route, &parts, &body, &note);
                acknowledged(shared, answer).await
            }
            Err(problem) => Err(problem),
        },
    };
    let response = answer.unwrap_or_else(Answer::from).into_response();
    if let Some((log, time, began)) = logged {
        log.add(&parts, note, time, response.status().as_u16(), began.elapsed());
    }
    Ok(response)
}

/// What the test has put in for this request, after the wait that it has put in too.
async fn fault(shared: &Shared, route: &Route<'_>, parts: &Parts) -> Result<Option<Problem>, Dropped> {
    let Some(target) = route.target() else { return Ok(None) };
    let effect = shared.faults.next(target, || parts.headers.contains_key(AUTHORIZATION));
    if !effect.latency.is_zero() {
        tokio::time::sleep(effect.latency).await;
    }
    match effect.outcome {
        None => Ok(None),
        Some(Outcome::Drop) => Err(Dropped),
        Some(Outcome::Status(status)) => Ok(Some(Problem::new(status, "Fault", "A fault that was put in"))),
        Some(Outcome::ExpiredToken) => Ok(Some(bearer::not_in_time())),
    }
}

/// A body of at most `limit` bytes.
async fn read(body: Incoming, limit: usize) -> Result<Bytes, Problem> {
    // Most requests have none, and wait for none.
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let body = Limited::new(body, limit).collect();
    match tokio::time::timeout(BODY_LIMIT, body).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(limit)),
        Ok(Err(_)) => Err(Problem::invalid("request.body: is cut off or not well-formed")),
        Err(_) => Err(Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            "RequestTimeout",
            "The body did not come in time",
        )),
    }
}

/// An answer, with the number of the change that was made for it, when it is to be saved.
type Answered<T> = (T, Option<u64>);

/// The answer, once what it says is also in the data file.
async fn acknowledged<T>(shared: &Shared, answer: Result<Answered<T>, Problem>) -> Result<T, Problem> {
    let (answer, change) = answer?;
    shared.saved(change).await?;
    Ok(answer)
}

fn answer(
    shared: &Shared,
    route: Route<'_>,
    parts: &Parts,
    body: &[u8],
    note: &Note,
) -> Result<Answered<Answer>, Problem> {
    let now = shared.now();
    let call = |caller, parameters, json, most_in_page| Call {
        caller,
        parameters,
        parts,
        body,
        json,
        most_in_page,
        shared,
        note,
        now,
    };
    let (offered, parameters) = match route {
        Route::Operation(offered, parameters) => (offered, parameters),
        Route::Own(own, parameters) => {
            let answer = answer_own(own, call(String::new(), parameters, None, 0))?;
            // Whoever has logged in is one of the known users.
            let is_login = matches!(own, Own::Authenticate | Own::Login | Own::LoginToken);
            return Ok((answer, shared.latest_change().filter(|_| is_login)));
        }
        Route::OtherMethod(methods) => return Err(Problem::other_method(&methods)),
        Route::Malformed => return Err(Problem::invalid("request.path: is not well-formed")),
        Route::Nothing => {
            return Err(Problem::new(
                StatusCode::NOT_FOUND,
                "RouteNotFound",
                "There is no such path",
            ));
        }
    };
    let Offered {
        operation,
        described,
        handler,
    } = offered;
    note.called(operation.id, "");
    let handler = handler.ok_or_else(|| Problem::internal(&format!("{} is answered by nothing", operation.id)))?;
    // Before the lock, since it may take a while, and told after the token is known to be good.
    let described = described.ok_or_else(|| Problem::internal(&format!("{} is not described", operation.id)))?;
    let valid = validated(described, &parameters, parts, body);
    let caller = if operation.authenticated {
        bearer::caller(shared, &parts.headers, now)?
    } else {
        String::new()
    };
    note.called(operation.id, &caller);
    let call = call(caller, parameters, valid?, described.most_in_page());
    match handler {
        Handler::Read(answer) => Ok((shared.read(|store| answer(&call, store))?, None)),
        Handler::Write(answer) => {
            let (answer, change) = shared.change(|store| answer(&call, store));
            Ok((answer?, change))
        }
        Handler::Unlocked(answer) => Ok((answer(&call)?, shared.latest_change())),
    }
}

/// What the description does not have; none of it needs a token, and some of it looks at one.
fn answer_own(own: Own, call: Call<'_>) -> Result<Answer, Problem> {
    match own {
        Own::Health => Ok(Answer::json(StatusCode::OK, &json!({"status": "ok"}))),
        Own::Configuration => Ok(discovery::configuration(&call)),
        Own::Keys => Ok(discovery::keys(&call)),
        Own::ClientConfiguration => discovery::client_configuration(&call),
        Own::ClientKeys => discovery::client_keys(&call),
        Own::Authenticate => login::authenticate(call),
        Own::Login => login::login(&call),
        Own::LoginToken => login::token(&call),
    }
}

/// A time as tokens have it: whole seconds since the Unix epoch.
pub(crate) fn seconds(time: DateTime<Utc>) -> u64 {
    time.timestamp().try_into().unwrap_or_default()
}

/// The body of a request that is as the description has it.
fn validated(
    described: &description::Operation,
    parameters: &Parameters<'_>,
    parts: &Parts,
    body: &[u8],
) -> Result<Option<Value>, Problem> {
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

fn too_large(limit: usize) -> Problem {
    let title = format!("The body has more than {limit} bytes");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "TooLarge", title)
}
