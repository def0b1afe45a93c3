//! HTTP: from a request to an answer. Requests that change nothing run side by side, the others one at a time; nothing waits under the lock.
//!
//! What is asked is found in `route`, who asks in `bearer`, whether they may in `access`; the operations are in `api`.

mod access;
mod answer;
mod api;
mod bearer;
mod call;
mod discovery;
mod login;
mod page;
mod route;
mod valid;
mod verified;

use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, SubsecRound as _, Utc};
use http::{Request, Response, StatusCode, request::Parts};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use serde_json::json;

use self::answer::{Answer, Problem};
use self::api::Handler;
use self::call::Call;
use self::route::{Own, Route};
pub(crate) use self::verified::VerifiedTokens;
use crate::account::Account;
use crate::store::Store;

/// Largest body that is read, in bytes; operations have smaller limits of their own.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Longest that a client may take to send a body.
const BODY_LIMIT: Duration = Duration::from_secs(30);

/// What all requests share.
pub(crate) struct Shared {
    pub(crate) account: Account,
    pub(crate) store: RwLock<Store>,
    pub(crate) verified: VerifiedTokens,
    /// Whether callers need the permissions that the service asks of them.
    pub(crate) enforce: bool,
    pub(crate) clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
}

impl Shared {
    /// The time, in whole milliseconds, as it is written.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        DateTime::<Utc>::from((self.clock)()).trunc_subsecs(3)
    }

    /// Reads the state; also after a handler has panicked, which leaves each change whole or undone.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Store) -> T) -> T {
        work(&self.store.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the state.
    pub(crate) fn change<T>(&self, work: impl FnOnce(&mut Store) -> T) -> T {
        work(&mut self.store.write().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The answer to any request; the description is the table of routes.
pub(crate) async fn serve(shared: &Shared, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let answer = match read(body).await {
        Ok(body) => answer(shared, &parts, &body).unwrap_or_else(Answer::from),
        Err(problem) => problem.into(),
    };
    answer.into_response()
}

/// Reads a body within its limits of size and time; most requests have none, and no time is taken for those.
async fn read(body: Incoming) -> Result<Bytes, Problem> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let body = Limited::new(body, MAX_BODY_BYTES).collect();
    match tokio::time::timeout(BODY_LIMIT, body).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(MAX_BODY_BYTES)),
        Ok(Err(_)) => Err(Problem::invalid("request.body: is cut off or not well-formed")),
        Err(_) => Err(Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            "RequestTimeout",
            "The body did not come in time",
        )),
    }
}

fn answer(shared: &Shared, parts: &Parts, body: &[u8]) -> Result<Answer, Problem> {
    let now = shared.now();
    let call = |caller, parameters| Call {
        caller,
        parameters,
        parts,
        body,
        shared,
        now,
    };
    let (operation, parameters) = match route::find(&parts.method, parts.uri.path()) {
        Route::Operation(operation, parameters) => (operation, parameters),
        Route::Own(own, parameters) => return answer_own(own, call(String::new(), parameters)),
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
    let Some(handler) = api::handler(operation.id) else {
        let title = format!("{} is not part of the local server yet", operation.id);
        return Err(Problem::new(StatusCode::NOT_IMPLEMENTED, "NotImplemented", title));
    };
    let caller = if operation.authenticated {
        bearer::caller(shared, &parts.headers, seconds(now))?
    } else {
        String::new()
    };
    let call = call(caller, parameters);
    match handler {
        Handler::Read(answer) => shared.read(|store| answer(&call, store)),
        Handler::Write(answer) => shared.change(|store| answer(&call, store)),
        Handler::Unlocked(answer) => answer(&call),
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

fn too_large(limit: usize) -> Problem {
    let title = format!("The body has more than {limit} bytes");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "TooLarge", title)
}
