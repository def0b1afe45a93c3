//! What the service does not have: the page at `/_local`, and what it asks for. Nothing here needs a token; `guard` says who may ask.
//!
//! Answers are whole and at once, so that nobody who watches keeps the server from stopping.

mod guard;

use http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use http::{HeaderName, HeaderValue, Method, Response, StatusCode, request::Parts};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::answer::{Answer, Problem};
use super::call::{json, query};
use super::{Answered, Shared, acknowledged, read};
use crate::engine::is_resource;
use crate::files::Strict;
use crate::store::Seed;

/// The path of the page; everything else here is below it.
const PAGE: &str = "/_local";

/// Largest state that is taken, in bytes; it is held in memory some times over while it is read.
const MAX_STATE_BYTES: usize = 64 * 1024 * 1024;

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Nothing from elsewhere, nothing inline, in no frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// On every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (CACHE_CONTROL, "no-store"),
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What there is to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    /// A file of the page: its media type and what is in it.
    File(&'static str, &'static str),
    Explain,
    Grant,
    ReadState,
    WriteState,
    Log,
}

static ROUTES: [(&str, Method, Route); 14] = [
    (PAGE, Method::GET, Route::File(HTML, include_str!("page/index.html"))),
    (
        "/_local/style.css",
        Method::GET,
        Route::File(CSS, include_str!("page/style.css")),
    ),
    (
        "/_local/page.js",
        Method::GET,
        Route::File(SCRIPT, include_str!("page/page.js")),
    ),
    (
        "/_local/question.js",
        Method::GET,
        Route::File(SCRIPT, include_str!("page/question.js")),
    ),
    (
        "/_local/browse.js",
        Method::GET,
        Route::File(SCRIPT, include_str!("page/browse.js")),
    ),
    (
        "/_local/edit.js",
        Method::GET,
        Route::File(SCRIPT, include_str!("page/edit.js")),
    ),
    (
        "/_local/place.js",
        Method::GET,
        Route::File(SCRIPT, include_str!("page/place.js")),
    ),
    (
        "/_local/log.js",
        Method::GET,
        Route::File(SCRIPT, include_str!("page/log.js")),
    ),
    (
        "/_local/dom.js",
        Method::GET,
        Route::File(SCRIPT, include_str!("page/dom.js")),
    ),
    ("/_local/explain", Method::GET, Route::Explain),
    ("/_local/grant", Method::POST, Route::Grant),
    ("/_local/state", Method::GET, Route::ReadState),
    ("/_local/state", Method::PUT, Route::WriteState),
    ("/_local/log", Method::GET, Route::Log),
];

/// Access for one user.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Grant {
    user_id: String,
    resource_uri: String,
    permission: String,
}

/// Whether a path is one of those here.
pub(super) fn has(path: &str) -> bool {
    path.strip_prefix(PAGE)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The answer to a request here.
pub(super) async fn serve(shared: &Shared, parts: &Parts, body: Incoming) -> Response<Full<Bytes>> {
    let answer = match find(shared, parts) {
        Ok(route) => match read(body, MAX_STATE_BYTES).await {
            Ok(body) => acknowledged(shared, answer(shared, parts, route, &body)).await,
            Err(problem) => Err(problem),
        },
        Err(problem) => Err(problem),
    };
    let mut response = answer.unwrap_or_else(|problem| {
        let mut response = Answer::from(problem).into_response();
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
        response
    });
    let headers = HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value)));
    response.headers_mut().extend(headers);
    response
}

/// What is asked for, if whoever asks may have it.
fn find(shared: &Shared, parts: &Parts) -> Result<Route, Problem> {
    if !shared.page {
        let title = "The page is off, since others than this machine may reach the server";
        return Err(Problem::new(StatusCode::NOT_FOUND, "RouteNotFound", title));
    }
    guard::check(parts)?;
    let mut of_path = ROUTES.iter().filter(|(path, ..)| *path == parts.uri.path());
    let methods: Vec<Method> = of_path.clone().map(|(_, method, _)| method.clone()).collect();
    match of_path.find(|(_, method, _)| *method == parts.method) {
        Some((_, _, route)) => Ok(*route),
        None if methods.is_empty() => Err(Problem::new(
            StatusCode::NOT_FOUND,
            "RouteNotFound",
            "There is no such path",
        )),
        None => Err(Problem::other_method(&methods)),
    }
}

fn answer(
    shared: &Shared,
    parts: &Parts,
    route: Route,
    body: &[u8],
) -> Result<Answered<Response<Full<Bytes>>>, Problem> {
    let answer = match route {
        Route::Grant => return grant(shared, body),
        Route::WriteState => return write_state(shared, body),
        Route::File(media, text) => Ok(response(StatusCode::OK, media, Bytes::from_static(text.as_bytes()))),
        Route::Explain => explain(shared, parts),
        Route::ReadState => of_json(StatusCode::OK, &shared.read(crate::store::Store::seed)),
        Route::Log => {
            let after = match query(&parts.uri, "after") {
                None => 0,
                Some(text) => text
                    .parse()
                    .map_err(|_| Problem::invalid("request.query.after: must be the number of a request"))?,
            };
            match &shared.log {
                Some(log) => of_json(StatusCode::OK, &log.after(after)),
                None => of_json(StatusCode::OK, &json!({"off": true, "latest": 0, "entries": []})),
            }
        }
    };
    Ok((answer?, None))
}

/// Puts a state in the place of the one that there is.
fn write_state(shared: &Shared, body: &[u8]) -> Result<Answered<Response<Full<Bytes>>>, Problem> {
    let Strict { value, unknown } = json::<Strict<Seed>>(body)?;
    if let Some(place) = unknown {
        return Err(Problem::invalid(format!("request.body.{place}: is not known")));
    }
    let now = shared.now();
    let (written, change) = shared.change(|store| store.replace(value, now));
    written.map_err(|error| Problem::invalid(format!("request.body.{error}")))?;
    Ok((Answer::empty(StatusCode::NO_CONTENT).into_response(), change))
}

/// Why a check is answered as it is: as JSON, or as text to who would rather have that.
fn explain(shared: &Shared, parts: &Parts) -> Result<Response<Full<Bytes>>, Problem> {
    let [user_id, resource_uri, permission] = ["userId", "resourceUri", "permission"].map(|name| {
        let value = query(&parts.uri, name).filter(|value| !value.is_empty());
        value.ok_or_else(|| Problem::invalid(format!("request.query.{name}: is missing")))
    });
    let (user, resource, permission) = (user_id?, resource_uri?, permission?);
    let explanation = shared.explain(&user, &resource, &permission);
    let wants_text = match query(&parts.uri, "format").as_deref() {
        None => {
            let accept = parts.headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
            accept.is_some_and(|accept| accept.starts_with("text/plain"))
        }
        Some("text") => true,
        Some("json") => false,
        Some(_) => return Err(Problem::invalid("request.query.format: must be json or text")),
    };
    if wants_text {
        return Ok(response(StatusCode::OK, TEXT, format!("{explanation}\n").into()));
    }
    of_json(StatusCode::OK, &explanation)
}

/// Gives access by a record and a role of its own.
fn grant(shared: &Shared, body: &[u8]) -> Result<Answered<Response<Full<Bytes>>>, Problem> {
    let Grant {
        user_id,
        resource_uri,
        permission,
    } = json(body)?;
    if user_id.is_empty() {
        return Err(Problem::invalid("request.body.userId: must not be empty"));
    }
    if !is_resource(&resource_uri) {
        return Err(Problem::invalid("request.body.resourceUri: must be a resource"));
    }
    if permission.is_empty() {
        return Err(Problem::invalid("request.body.permission: must not be empty"));
    }
    let now = shared.now();
    let (record_id, change) = shared.change(|store| store.grant(&user_id, &resource_uri, &[permission], now));
    Ok((of_json(StatusCode::CREATED, &json!({"recordId": record_id}))?, change))
}

fn of_json(status: StatusCode, body: &impl Serialize) -> Result<Response<Full<Bytes>>, Problem> {
    let body = serde_json::to_vec(body).map_err(|error| Problem::internal(&error))?;
    Ok(response(status, JSON, body.into()))
}

fn response(status: StatusCode, media: &'static str, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response
}
