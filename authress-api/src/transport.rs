//! How requests reach the service: the trait, and the transport over `reqwest`.
//!
//! Whoever wants another HTTP library, retries, a cache or a recorder implements [`Transport`] and wraps another one.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::{NoProxy, Proxy, redirect};

use crate::Error;

/// The variables that name the proxy for https, the first that is set counting.
const PROXY_VARIABLES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

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

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

/// The transport over `reqwest`: HTTP/1.1, keep-alive, no redirects, finite time limits, a bound on the size of answers.
///
/// The proxy that the environment names for https (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`) is used. One for plain http is not: that is spoken with
/// this machine alone, and a proxy would read the token and could answer in the service's place.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    timeout: Duration,
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
    /// When the TLS library cannot be set up, or the environment names a proxy that is no URL.
    pub fn new() -> Result<Self, Error> {
        let mut client = reqwest::Client::builder()
            // A redirect would carry the question, and with some libraries the token, to somewhere else.
            .redirect(redirect::Policy::none())
            .connect_timeout(Self::CONNECT_TIMEOUT)
            .no_proxy();
        if let Some(proxy) = https_proxy(|name| std::env::var(name).ok())? {
            client = client.proxy(proxy);
        }
        let client = client
            .build()
            .map_err(|e| Error::invalid_argument("tls", e.to_string()))?;
        Ok(Self {
            client,
            timeout: Self::TIMEOUT,
            max_body_bytes: Self::MAX_BODY_BYTES,
        })
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

    async fn exchange(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, Error> {
        let path = request.uri().path().to_owned();
        let mut request = reqwest::Request::try_from(request)
            .map_err(|e| Error::invalid_argument("url", e.without_url().to_string()))?;
        // The URL library has parsed the URL again: had it changed the path, the service would be asked something else.
        if request.url().path() != path {
            return Err(Error::invalid_argument("path", "a URL library would change it"));
        }
        *request.timeout_mut() = Some(self.timeout);
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

/// The proxy for https that the environment names, if any.
fn https_proxy(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Proxy>, Error> {
    let found = PROXY_VARIABLES.into_iter().find_map(|name| {
        let url = variable(name).filter(|url| !url.trim().is_empty())?;
        Some((name, url))
    });
    let Some((name, url)) = found else { return Ok(None) };
    // Not the library's own words: they may repeat the URL, which may hold a password.
    let proxy = Proxy::https(url.trim()).map_err(|_| Error::invalid_argument(name, "it is no URL of a proxy"))?;
    Ok(Some(proxy.no_proxy(NoProxy::from_env())))
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

    fn proxy(variables: &[(&str, &str)]) -> Result<Option<Proxy>, Error> {
        https_proxy(|name| {
            let set = variables.iter().find(|(set, _)| *set == name)?;
            Some(set.1.to_owned())
        })
    }

    #[test]
    fn the_environments_proxy_counts_for_https_and_never_for_http() {
        for variables in [
            &[][..],
            &[("HTTP_PROXY", "http://p")],
            &[("http_proxy", "http://p")],
            &[("HTTPS_PROXY", " ")],
        ] {
            assert!(proxy(variables).unwrap().is_none(), "{variables:?}");
        }
        for name in PROXY_VARIABLES {
            let shown = format!(
                "{:?}",
                proxy(&[(name, "http://proxy.example.com:3128")]).unwrap().unwrap()
            );
            assert!(shown.contains("proxy.example.com"), "{shown}");
            assert!(shown.contains("Https"), "{shown}");
        }
    }

    #[test]
    fn a_proxy_that_is_no_url_is_refused_by_name_without_being_shown() {
        let error = proxy(&[("HTTPS_PROXY", "http://user:hush@[")]).unwrap_err();
        assert_eq!(error.argument(), Some("HTTPS_PROXY"));
        assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    }
}
