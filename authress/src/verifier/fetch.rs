//! One fetch of a set of keys over HTTP: no token is sent, no redirect is followed, and the answer is bounded.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderValue, StatusCode};

use super::issuer::Issuer;
use super::jwks::KeySet;
use crate::{CallContext, Error, ReqwestTransport, Transport, json};

/// Largest answer that is read as a set of keys, in bytes.
const MAX_JWKS_BYTES: usize = 256 * 1024;
/// Longest time for one fetch: callers wait for it, and those who come from made-up clients hold one of few places meanwhile.
pub(super) const JWKS_TIMEOUT: Duration = Duration::from_secs(5);

/// Why the keys of an issuer could not be had.
#[derive(Debug)]
pub(super) enum FetchError {
    /// No answer arrived.
    Transport(Error),
    /// The answer was no success.
    Status(StatusCode),
    /// The answer was larger than allowed.
    TooLarge,
    /// The answer was not a set of keys.
    NotKeys(serde_json::Error),
    /// The answer was a set of keys, and none of them can be used.
    NoUsableKeys,
    /// The fetch was ended from outside, with its runtime for instance.
    Abandoned,
    /// Another fetch has begun meanwhile, and what comes of that counts.
    Superseded,
    /// The last fetch failed a short time ago, and the next one is not due yet.
    CoolingDown,
    /// The answer did not arrive in time.
    TooLong,
    /// Too many other issuers are being asked for their keys at this moment.
    TooMany,
}

/// `transport` with the limits for sets of keys; the two share their connections.
pub(crate) fn for_keys(transport: ReqwestTransport) -> ReqwestTransport {
    transport.with_max_body_bytes(MAX_JWKS_BYTES).with_timeout(JWKS_TIMEOUT)
}

/// Fetches the keys of `issuer`.
pub(super) async fn fetch(transport: &dyn Transport, issuer: &Issuer) -> Result<KeySet, FetchError> {
    let mut request = http::Request::new(Bytes::new());
    *request.uri_mut() = issuer
        .keys_url()
        .parse()
        .map_err(|_| FetchError::Transport(Error::invalid_argument("iss", "it makes no URL")))?;
    request
        .headers_mut()
        .insert(ACCEPT, HeaderValue::from_static("application/json"));
    let answer = transport
        .send(request, CallContext::default())
        .await
        .map_err(FetchError::Transport)?;
    match answer.status() {
        StatusCode::OK if answer.body().len() > MAX_JWKS_BYTES => Err(FetchError::TooLarge),
        StatusCode::OK => KeySet::parse(answer.body()).map_err(FetchError::NotKeys),
        // The service says that there is no such client: that is an answer, and the client has no keys. A page comes from what stands in between.
        StatusCode::NOT_FOUND if issuer.service_client_id.is_some() && may_be_of_the_service(answer.body()) => {
            Ok(KeySet::default())
        }
        status => Err(FetchError::Status(status)),
    }
}

/// Whether the service can have given the body of a 404: none, or a JSON object.
fn may_be_of_the_service(body: &[u8]) -> bool {
    body.trim_ascii().is_empty() || json::object(body).is_some()
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(_) => f.write_str("no answer to the request for the keys"),
            Self::Status(status) => write!(f, "the answer to the request for the keys was {status}"),
            Self::TooLarge => write!(
                f,
                "the answer to the request for the keys is larger than {MAX_JWKS_BYTES} bytes"
            ),
            Self::NotKeys(_) => f.write_str("the answer to the request for the keys is not a set of keys"),
            Self::NoUsableKeys => f.write_str("none of the keys in the answer can be used"),
            Self::Abandoned => f.write_str("fetching the keys was given up"),
            Self::Superseded => f.write_str("the keys are being fetched again"),
            Self::CoolingDown => f.write_str("fetching the keys failed a short time ago"),
            Self::TooLong => f.write_str("fetching the keys took too long"),
            Self::TooMany => f.write_str("too many issuers are being asked for their keys"),
        }
    }
}

impl StdError for FetchError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            Self::NotKeys(error) => Some(error),
            _ => None,
        }
    }
}
