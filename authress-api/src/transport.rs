//! How requests reach the service: the trait, and the transport over `reqwest`.
//!
//! Whoever wants another HTTP library, retries, a cache or a recorder implements [`Transport`] and wraps another one.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::redirect;

use crate::Error;

/// The future of [`Transport::send`].
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, Error>> + Send + 'a>>;

/// Sends one HTTP request and reads the whole answer, whatever its status.
///
/// The request has an absolute URI, and the operation it is for as an extension of type `&'static Operation`. An implementation must send the
/// URI exactly as it stands, and must not follow redirects.
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`.
    ///
    /// # Errors
    /// When no complete answer arrived. An answer of any status is not an error here.
    ///
    /// # Cancel safety
    /// Dropping the future must abandon the exchange.
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_>;
}

/// The transport over `reqwest`: HTTP/1.1, keep-alive, no redirects, finite time limits, a bound on the size of answers.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    max_body_bytes: usize,
}

impl ReqwestTransport {
    /// Longest time for making a connection.
    pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
    /// Longest time for the whole exchange.
    pub const TIMEOUT: Duration = Duration::from_secs(30);
    /// Largest answer that is read.
    pub const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

    /// A transport with the limits named above.
    ///
    /// # Errors
    /// When the TLS library cannot be set up.
    pub fn new() -> Result<Self, Error> {
        let client = reqwest::Client::builder()
            // A redirect would carry the question, and with some libraries the token, to somewhere else.
            .redirect(redirect::Policy::none())
            .connect_timeout(Self::CONNECT_TIMEOUT)
            .timeout(Self::TIMEOUT)
            .build()
            .map_err(|e| Error::invalid_argument("tls", e.to_string()))?;
        Ok(Self {
            client,
            max_body_bytes: Self::MAX_BODY_BYTES,
        })
    }

    /// The same transport with another bound on the size of answers, in bytes.
    #[must_use]
    pub fn with_max_body_bytes(mut self, max_body_bytes: usize) -> Self {
        self.max_body_bytes = max_body_bytes;
        self
    }

    async fn exchange(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, Error> {
        let path = request.uri().path().to_owned();
        let request = reqwest::Request::try_from(request)
            .map_err(|e| Error::invalid_argument("url", e.without_url().to_string()))?;
        // The URL library has parsed the URL again: had it changed the path, the service would be asked something else.
        if request.url().path() != path {
            return Err(Error::invalid_argument("path", "a URL library would change it"));
        }
        let mut response = self.client.execute(request).await.map_err(|e| failure(None, e))?;

        let mut answer = http::Response::new(Bytes::new());
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        let mut body = BytesMut::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > self.max_body_bytes => {
                    *answer.body_mut() = body.freeze();
                    let limit = format!("the answer is larger than {} bytes", self.max_body_bytes);
                    return Err(Error::interrupted(Some(answer), limit));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(e) => {
                    *answer.body_mut() = body.freeze();
                    return Err(failure(Some(answer), e));
                }
            }
        }
        *answer.body_mut() = body.freeze();
        Ok(answer)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(self.exchange(request))
    }
}

/// Sorts a `reqwest` error by what it says of the request: not sent, late, or broken off.
fn failure(partial: Option<http::Response<Bytes>>, error: reqwest::Error) -> Error {
    // The URL holds user ids and resources; the operation is named elsewhere.
    let error = error.without_url();
    if error.is_connect() {
        Error::connect(error)
    } else if error.is_timeout() {
        Error::timeout(error)
    } else if error.is_builder() {
        Error::invalid_argument("request", error.to_string())
    } else {
        Error::interrupted(partial, error)
    }
}
