//! The transport over `reqwest`.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::Uri;
use reqwest::Url;

use super::{ReqwestTransportBuilder, Transport, TransportFuture};
use crate::{CallContext, Error};

/// The transport over `reqwest`: HTTP/1.1, keep-alive, no redirects, finite time limits, a bound on the size of answers.
///
/// The proxy that the environment names for https (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`) is used. One for plain http is not: that is spoken with
/// this machine alone, and a proxy would read the token and could answer in the service's place.
///
/// ```
/// use std::time::Duration;
/// use authress_api::ReqwestTransport;
///
/// let transport = ReqwestTransport::new()?.with_timeout(Duration::from_secs(5)).with_max_body_bytes(64 * 1024);
/// # Ok::<(), authress_api::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    timeout: Duration,
    max_body_bytes: usize,
    /// The client is a given one, which may follow redirects.
    may_be_led: bool,
    /// The origin of the first request; nothing when it is none.
    origin: Arc<OnceLock<Option<Url>>>,
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
    /// When the TLS library cannot be set up, or the environment names a proxy that is no URL.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// Begins a transport with other settings.
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder::new()
    }

    /// A transport over a client of your own, with its proxies, certificates and pool; time and size are limited as named above.
    ///
    /// Build it with `redirect::Policy::none()`: an answer to which the client was led by a redirect is refused, since it answers some other
    /// question. One that led back to the same URL, where a POST has become a GET, is not noticed.
    ///
    /// ```
    /// use authress_api::{BaseUrl, Client, ReqwestTransport};
    ///
    /// let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    /// let transport = ReqwestTransport::from_client(http);
    /// let client = Client::with_transport(BaseUrl::parse("https://login.example.com")?, transport);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_client(client: reqwest::Client) -> Self {
        Self {
            may_be_led: true,
            ..Self::over(client)
        }
    }

    /// A transport over a client that follows no redirects.
    pub(super) fn over(client: reqwest::Client) -> Self {
        Self {
            client,
            timeout: Self::TIMEOUT,
            max_body_bytes: Self::MAX_BODY_BYTES,
            may_be_led: false,
            origin: Arc::default(),
        }
    }

    /// The same transport with another limit on the time of the whole exchange; connections are shared.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The same transport with another bound on the size of answers, in bytes; connections are shared.
    #[must_use]
    pub fn with_max_body_bytes(mut self, max_body_bytes: usize) -> Self {
        self.max_body_bytes = max_body_bytes;
        self
    }

    /// The same request, as `reqwest` has it.
    fn prepared(&self, request: http::Request<Bytes>, context: CallContext) -> Result<reqwest::Request, Error> {
        let (parts, body) = request.into_parts();
        let url = self.url(&parts.uri)?;
        // Had the URL library changed anything, the service would be asked something else.
        if url.path() != parts.uri.path() || url.query() != parts.uri.query() {
            return Err(Error::invalid_argument("path", "a URL library would change it"));
        }
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        // An empty body is none: it costs nothing, and where one is due the HTTP library says that it has no bytes.
        *request.body_mut() = (!body.is_empty()).then(|| body.into());
        *request.timeout_mut() = Some(context.timeout.unwrap_or(self.timeout));
        Ok(request)
    }

    /// `uri` as a URL. All requests of a client go to one origin, which is taken apart once.
    fn url(&self, uri: &Uri) -> Result<Url, Error> {
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(Error::invalid_argument("url", "it is not absolute"));
        };
        let known = self
            .origin
            .get_or_init(|| Url::parse(&format!("{scheme}://{authority}")).ok());
        match known {
            Some(origin) if origin.scheme() == scheme && origin.authority() == authority.as_str() => {
                let mut url = origin.clone();
                url.set_path(uri.path());
                url.set_query(uri.query());
                Ok(url)
            }
            _ => Url::parse(&uri.to_string()).map_err(|error| Error::invalid_argument("url", error.to_string())),
        }
    }

    /// Waits for the answer and reads it. `asked` is where the request goes, when the client may be led elsewhere.
    async fn answer(
        &self,
        sent: impl Future<Output = Result<reqwest::Response, reqwest::Error>>,
        asked: Option<Url>,
    ) -> Result<http::Response<Bytes>, Error> {
        let mut response = sent.await.map_err(|e| failure(None, e))?;
        let mut answer = http::Response::new(Bytes::new());
        *answer.status_mut() = response.status();
        if asked.is_some_and(|asked| asked != *response.url()) {
            let followed = "the HTTP client followed a redirect, which it must not";
            return Err(Error::undecodable(answer, followed));
        }
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        let mut body = BytesMut::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > self.max_body_bytes => {
                    *answer.body_mut() = body.freeze();
                    let limit = format!("the answer is larger than {} bytes", self.max_body_bytes);
                    return Err(Error::undecodable(answer, limit));
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
    fn send(&self, request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
        let request = match self.prepared(request, context) {
            Ok(request) => request,
            Err(error) => return Box::pin(std::future::ready(Err(error))),
        };
        let asked = self.may_be_led.then(|| request.url().clone());
        Box::pin(self.answer(self.client.execute(request), asked))
    }

    fn keeps_time(&self) -> bool {
        true
    }
}

/// Sorts a `reqwest` error by what it says of the request: not sent, late, or broken off.
fn failure(partial: Option<http::Response<Bytes>>, error: reqwest::Error) -> Error {
    // The URL holds user ids and resources; the operation is named elsewhere.
    let error = error.without_url();
    if error.is_connect() && error.is_timeout() {
        Error::connect_timeout(error)
    } else if error.is_connect() {
        Error::connect(error)
    } else if error.is_timeout() {
        Error::timeout(partial, error)
    } else if error.is_builder() {
        Error::invalid_argument("request", error.to_string())
    } else {
        Error::interrupted(partial, error)
    }
}
