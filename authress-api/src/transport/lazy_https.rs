//! The client for https of a transport that was made for plain http.

use std::fmt;
use std::sync::OnceLock;

use super::ReqwestTransportBuilder;
use super::builder::Roots;
use crate::Error;

/// A client that is made when it is first needed: it reads the root certificates of the machine, which takes longer than many a test.
pub(super) struct LazyHttps {
    settings: ReqwestTransportBuilder,
    proxy: Option<reqwest::Proxy>,
    client: OnceLock<Result<reqwest::Client, Error>>,
}

impl LazyHttps {
    pub(super) fn new(settings: ReqwestTransportBuilder, proxy: Option<reqwest::Proxy>) -> Self {
        Self {
            settings,
            proxy,
            client: OnceLock::new(),
        }
    }

    pub(super) fn client(&self) -> Result<&reqwest::Client, Error> {
        let make = || self.settings.client(self.proxy.clone(), Roots::OfMachine);
        self.client.get_or_init(make).as_ref().map_err(Clone::clone)
    }
}

impl fmt::Debug for LazyHttps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the proxy, whose URL may hold a password.
        f.debug_struct("LazyHttps")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
