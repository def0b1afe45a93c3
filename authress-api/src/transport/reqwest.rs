//! The transport over `reqwest`: how a request is sent, and how large an answer may be. Redirects and certificates are decided in `builder`.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::uri::{Authority, Scheme};
use http::{HeaderValue, Uri, Version};
use reqwest::Url;
use tokio::runtime::Handle;
use tokio::time::Sleep;

use super::lazy_https::LazyHttps;
use super::{ReqwestTransportBuilder, Transport, TransportFuture};
use crate::{CallContext, Error, Operation};

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
    /// The client for https, where `client` is for plain http alone.
    secure: Option<Arc<LazyHttps>>,
    timeout: Duration,
    max_body_bytes: usize,
    /// The client is a given one, which may follow redirects.
    may_be_led: bool,
    /// The origin of the first request; nothing when it is none.
    origin: Arc<OnceLock<Option<Origin>>>,
}

/// Scheme, host and port, and what the URL library makes of them.
#[derive(Debug)]
struct Origin {
    scheme: Scheme,
    authority: Authority,
    url: Url,
    /// The value of `Host` (RFC 9112 section 3.2).
    host: HeaderValue,
}

impl Origin {
    fn of(uri: &Uri) -> Option<Self> {
        let (scheme, authority) = (uri.scheme()?.clone(), uri.authority()?.clone());
        let url = Url::parse(&format!("{scheme}://{authority}")).ok()?;
        let host = match (url.host_str()?, url.port()) {
            (host, Some(port)) => format!("{host}:{port}"),
            (host, None) => host.to_owned(),
        };
        let host = HeaderValue::try_from(host).ok()?;
        Some(Self {
            scheme,
            authority,
            url,
            host,
        })
    }

    fn is_that_of(&self, uri: &Uri) -> bool {
        let authority = uri.authority().map(Authority::as_str);
        uri.scheme() == Some(&self.scheme) && authority == Some(self.authority.as_str())
    }
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
            secure: None,
            timeout: Self::TIMEOUT,
            max_body_bytes: Self::MAX_BODY_BYTES,
            may_be_led: false,
            origin: Arc::default(),
        }
    }

    /// The same transport with a client of its own for https.
    pub(super) fn with_secure(mut self, secure: LazyHttps) -> Self {
        self.secure = Some(Arc::new(secure));
        self
    }

    /// The client that speaks with `url`.
    fn client_for(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        match &self.secure {
            Some(secure) if url.scheme() == "https" => secure.client(),
            _ => Ok(&self.client),
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
    fn prepared(&self, request: http::Request<Bytes>) -> Result<reqwest::Request, Error> {
        let (mut parts, body) = request.into_parts();
        // All requests of a client go to one origin, which is taken apart once.
        let origin = self.origin.get_or_init(|| Origin::of(&parts.uri)).as_ref();
        let origin = origin.filter(|origin| origin.is_that_of(&parts.uri));
        let url = match origin {
            Some(origin) => {
                let mut url = origin.url.clone();
                url.set_path(parts.uri.path());
                url.set_query(parts.uri.query());
                url
            }
            None if parts.uri.scheme().is_none() => return Err(Error::invalid_argument("url", "it is not absolute")),
            None => Url::parse(&parts.uri.to_string()).map_err(|e| Error::invalid_argument("url", e.to_string()))?,
        };
        // Had the URL library changed anything, the service would be asked something else.
        if url.path() != parts.uri.path() || url.query() != parts.uri.query() {
            return Err(Error::invalid_argument("path", "a URL library would change it"));
        }
        // The HTTP library would write it anew for each request. A given client may speak another version, which has it in another place.
        if let Some(origin) = origin.filter(|_| !self.may_be_led) {
            parts.headers.entry(HOST).or_insert_with(|| origin.host.clone());
        }
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        // An empty body is none: it costs nothing, and where one is due the HTTP library says that it has no bytes.
        *request.body_mut() = (!body.is_empty()).then(|| body.into());
        Ok(request)
    }

    /// Waits for the answer and reads it, for as long as `limit`.
    ///
    /// The time is looked at after the exchange: what has arrived by then is no less of an answer because nobody asked for it earlier.
    async fn answer(
        &self,
        sent: impl Future<Output = Result<reqwest::Response, reqwest::Error>>,
        expected: Expected,
        limit: Duration,
    ) -> Result<http::Response<Bytes>, Error> {
        let mut timer = pin!(tokio::time::sleep(limit));
        let late = || format!("the answer was not complete within {limit:?}");
        let Some(response) = before(timer.as_mut(), sent).await else {
            return Err(Error::timeout(None, late()));
        };
        let mut response = response.map_err(|e| failure(None, e))?;
        if expected.at.is_some_and(|url| *url != *response.url()) {
            // Nothing else of it is told: it is an answer to some other question.
            response.headers_mut().clear();
            let followed = "the HTTP client followed a redirect, which it must not";
            return Err(Error::undecodable(whole(response, BytesMut::new()), followed));
        }
        let tells_its_end = response.version() > Version::HTTP_11
            || [CONTENT_LENGTH, TRANSFER_ENCODING]
                .iter()
                .any(|name| response.headers().contains_key(name));
        let mut body = BytesMut::new();
        loop {
            let chunk = before(timer.as_mut(), response.chunk()).await;
            let failed = match chunk {
                Some(Ok(None)) => break,
                Some(Ok(Some(chunk))) if body.len() + chunk.len() <= self.max_body_bytes => {
                    body.extend_from_slice(&chunk);
                    continue;
                }
                Some(Ok(Some(_))) => None,
                Some(Err(error)) => Some(Ok(error)),
                None => Some(Err(late())),
            };
            let answer = whole(response, body);
            return Err(match failed {
                None => {
                    let limit = format!("the answer is larger than {} bytes", self.max_body_bytes);
                    Error::undecodable(answer, limit)
                }
                Some(Ok(error)) => failure(Some(answer), error),
                Some(Err(late)) => Error::timeout(Some(answer), late),
            });
        }
        let answer = whole(response, body);
        if expected.is_check && !tells_its_end && answer.status().is_success() {
            let cut = "the answer does not tell where it ends, so that its body may have been cut off";
            return Err(Error::undecodable(answer, cut));
        }
        Ok(answer)
    }
}

/// The answer with what has been read of its body. It is put together at the end, so that no future has its parts twice.
fn whole(mut response: reqwest::Response, body: BytesMut) -> http::Response<Bytes> {
    let mut answer = http::Response::new(body.freeze());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    answer
}

/// What is expected of an answer before it is read.
struct Expected {
    /// Where the request goes, when the client may be led elsewhere.
    at: Option<Box<Url>>,
    /// Whether it is to an authorization check, in which a body that is missing says yes.
    is_check: bool,
}

/// What `future` comes to, or nothing when `timer` ends first. The future has the first word.
async fn before<T>(mut timer: Pin<&mut Sleep>, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
        let refuse = |error| -> TransportFuture<'_> { Box::pin(std::future::ready(Err(error))) };
        if Handle::try_current().is_err() {
            let reason = "there is none on this thread, and the network needs one of Tokio";
            return refuse(Error::invalid_argument("runtime", reason));
        }
        let prepared = self.prepared(request);
        let (client, request) = match prepared.and_then(|request| Ok((self.client_for(request.url())?, request))) {
            Ok(prepared) => prepared,
            Err(error) => return refuse(error),
        };
        let expected = Expected {
            at: self.may_be_led.then(|| Box::new(request.url().clone())),
            is_check: context.operation.is_some_and(Operation::is_authorization_check),
        };
        let limit = context.timeout.unwrap_or(self.timeout);
        Box::pin(self.answer(client.execute(request), expected, limit))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_has_a_port_when_it_is_not_the_usual_one_and_nothing_else() {
        for (uri, host) in [
            ("https://login.example.com/v1/users", "login.example.com"),
            ("https://LOGIN.example.com:443", "login.example.com"),
            ("https://login.example.com:8443/a", "login.example.com:8443"),
            ("http://127.0.0.1:80/", "127.0.0.1"),
            ("http://[::1]:8888/?a", "[::1]:8888"),
            ("http://user:hush@localhost:8888/", "localhost:8888"),
        ] {
            let origin = Origin::of(&Uri::from_static(uri)).unwrap();
            assert_eq!(origin.host, host, "{uri}");
        }
        assert!(Origin::of(&Uri::from_static("/v1/users")).is_none());
    }
}
