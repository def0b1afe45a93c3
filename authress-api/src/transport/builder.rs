//! The settings of the transport over `reqwest`, how they are checked, and what cannot be set: no redirects, HTTP/1.1, which root certificates.

use std::fmt;
use std::time::Duration;

use http::uri::Scheme;
use reqwest::{redirect, retry};

use super::lazy_https::LazyHttps;
use super::{ReqwestTransport, proxy};
use crate::{BaseUrl, Error};

/// Settings of a [`ReqwestTransport`]; see [`ReqwestTransport::builder`].
///
/// ```
/// use std::time::Duration;
/// use authress_api::ReqwestTransport;
///
/// let transport = ReqwestTransport::builder()
///     .connect_timeout(Duration::from_secs(2))
///     .timeout(Duration::from_secs(10))
///     .max_body_bytes(1024 * 1024)
///     .pool_max_idle_per_host(32)
///     .pool_idle_timeout(Duration::from_secs(30))
///     .proxy("http://proxy.example.com:3128")
///     .build()?;
/// let direct = ReqwestTransport::builder().no_proxy().build()?;
/// # Ok::<(), authress_api::Error>(())
/// ```
#[must_use = "a builder does nothing until `build`"]
#[derive(Clone)]
pub struct ReqwestTransportBuilder {
    connect_timeout: Duration,
    timeout: Duration,
    max_body_bytes: usize,
    pool_max_idle_per_host: Option<usize>,
    pool_idle_timeout: Option<Duration>,
    proxy: Proxy,
}

#[derive(Clone)]
enum Proxy {
    OfEnvironment,
    None,
    At(String),
}

impl ReqwestTransportBuilder {
    pub(super) fn new() -> Self {
        Self {
            connect_timeout: ReqwestTransport::CONNECT_TIMEOUT,
            timeout: ReqwestTransport::TIMEOUT,
            max_body_bytes: ReqwestTransport::MAX_BODY_BYTES,
            pool_max_idle_per_host: None,
            pool_idle_timeout: None,
            proxy: Proxy::OfEnvironment,
        }
    }

    /// Longest time for making a connection: by default five seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Longest time for an exchange that has no limit of its own: by default 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Largest answer that is read, in bytes: by default 16 MiB.
    pub fn max_body_bytes(mut self, max_body_bytes: usize) -> Self {
        self.max_body_bytes = max_body_bytes;
        self
    }

    /// Most connections that are kept while they are not in use: by default without a limit but that of their time.
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.pool_max_idle_per_host = Some(connections);
        self
    }

    /// Longest time that a connection is kept while it is not in use: by default 90 seconds.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        // A longer one would overflow the clock.
        self.pool_idle_timeout = Some(timeout.min(Duration::from_secs(365 * 24 * 3_600)));
        self
    }

    /// The proxy for https, instead of the one that the environment names: `http://proxy.example.com:3128`, with `user:password@` before the host
    /// where it asks for that. Plain http, which is spoken with this machine alone, has no proxy.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Proxy::At(url.into());
        self
    }

    /// No proxy, whatever the environment names.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Checks the settings and makes the transport. Nothing is sent yet.
    ///
    /// The root certificates of the machine are read, which takes some milliseconds; [`build_for`](Self::build_for) does that only where it is of
    /// use.
    ///
    /// # Errors
    /// An [`Error`] that names the setting: a time or size of zero, `proxy` or the variable of the environment that is no URL of a proxy, or `tls` when
    /// the TLS library cannot be set up.
    pub fn build(self) -> Result<ReqwestTransport, Error> {
        let proxy = self.checked()?;
        Ok(self.over(self.client(proxy, Roots::OfMachine)?))
    }

    /// The same as [`build`](Self::build), for a client of the account at `base_url`.
    ///
    /// Where that is plain `http`, so on this machine, the root certificates are read when something with `https` is asked for the first time, such
    /// as the keys of another issuer, and never if that does not happen.
    ///
    /// ```
    /// use authress_api::{BaseUrl, ReqwestTransport};
    ///
    /// let base_url = BaseUrl::parse("http://127.0.0.1:8888")?;
    /// let transport = ReqwestTransport::builder().build_for(&base_url)?;
    /// # Ok::<(), authress_api::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`build`](Self::build). When the TLS library cannot be set up later on, the request fails with that error, and was not sent.
    pub fn build_for(self, base_url: &BaseUrl) -> Result<ReqwestTransport, Error> {
        if base_url.as_uri().scheme() != Some(&Scheme::HTTP) {
            return self.build();
        }
        let proxy = self.checked()?;
        let plain = self.client(None, Roots::None)?;
        let secure = LazyHttps::new(self.clone(), proxy);
        Ok(self.over(plain).with_secure(secure))
    }

    /// The proxy, once all settings have been looked at.
    fn checked(&self) -> Result<Option<reqwest::Proxy>, Error> {
        for (setting, is_zero) in [
            ("connect_timeout", self.connect_timeout.is_zero()),
            ("timeout", self.timeout.is_zero()),
            ("max_body_bytes", self.max_body_bytes == 0),
        ] {
            if is_zero {
                return Err(Error::invalid_argument(
                    setting,
                    "it is zero, so that no call could ever succeed",
                ));
            }
        }
        match &self.proxy {
            Proxy::OfEnvironment => proxy::of_environment(|name| std::env::var(name).ok()),
            Proxy::None => Ok(None),
            Proxy::At(url) => proxy::https("proxy", url).map(Some),
        }
    }

    /// The client of the HTTP library with these settings.
    pub(super) fn client(&self, proxy: Option<reqwest::Proxy>, roots: Roots) -> Result<reqwest::Client, Error> {
        let mut client = reqwest::Client::builder()
            // A redirect would carry the question, and with some libraries the token, to somewhere else.
            .redirect(redirect::Policy::none())
            // Whether a request is sent again is for the layer above to decide. With none allowed, no copy is kept for it either.
            .retry(retry::never().max_retries_per_request(0))
            // Also where another crate of the program asks `reqwest` for more.
            .http1_only()
            .connect_timeout(self.connect_timeout)
            .no_proxy();
        if let Some(connections) = self.pool_max_idle_per_host {
            client = client.pool_max_idle_per_host(connections);
        }
        if let Some(timeout) = self.pool_idle_timeout {
            client = client.pool_idle_timeout(timeout);
        }
        if let Some(proxy) = proxy {
            client = client.proxy(proxy);
        }
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        if matches!(roots, Roots::None) {
            client = client.tls_certs_only([]);
        }
        #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
        let _ = roots;
        client
            .build()
            .map_err(|e| Error::invalid_argument("tls", e.to_string()))
    }

    fn over(&self, client: reqwest::Client) -> ReqwestTransport {
        ReqwestTransport::over(client)
            .with_timeout(self.timeout)
            .with_max_body_bytes(self.max_body_bytes)
    }
}

/// Who is trusted to say that a server is the one that was asked for.
#[derive(Clone, Copy)]
pub(super) enum Roots {
    OfMachine,
    /// Nobody: for plain http, where no server says so.
    None,
}

impl fmt::Debug for ReqwestTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the proxy, whose URL may hold a password.
        f.debug_struct("ReqwestTransportBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .field("max_body_bytes", &self.max_body_bytes)
            .field("pool_max_idle_per_host", &self.pool_max_idle_per_host)
            .field("pool_idle_timeout", &self.pool_idle_timeout)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_cannot_be_used_is_named_and_not_shown() {
        let builder = ReqwestTransport::builder;
        for (setting, builder) in [
            ("connect_timeout", builder().connect_timeout(Duration::ZERO)),
            ("timeout", builder().timeout(Duration::ZERO)),
            ("max_body_bytes", builder().max_body_bytes(0)),
            ("proxy", builder().proxy("http://user:hush@[")),
        ] {
            assert!(!format!("{builder:?}").contains("hush"));
            let error = builder.build().unwrap_err();
            assert_eq!(error.argument(), Some(setting));
            assert!(!format!("{error:?}").contains("hush"), "{error:?}");
        }
    }
}
