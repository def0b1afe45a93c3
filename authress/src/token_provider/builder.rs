//! The settings of a provider of a service client's tokens, and how they are checked.

use std::fmt;
use std::sync::Arc;

use super::minter::{Minter, Signing};
use super::service_client::ServiceClientTokenProvider;
use crate::{BaseUrl, Clock, Error, ServiceClientKey, SystemClock};

/// Settings of a [`ServiceClientTokenProvider`].
///
/// ```
/// use authress::{AccessKey, ServiceClientTokenProvider, SystemClock};
///
/// # let text = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
/// let key: AccessKey = text.parse()?;
/// let provider = ServiceClientTokenProvider::builder(key).domain("https://login.example.com").clock(SystemClock).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct ServiceClientTokenProviderBuilder {
    key: ServiceClientKey,
    signing: Signing,
    domain: Option<String>,
    clock: Arc<dyn Clock>,
}

impl ServiceClientTokenProviderBuilder {
    pub(super) fn new(key: ServiceClientKey, signing: Signing) -> Self {
        Self {
            key,
            signing,
            domain: None,
            clock: Arc::new(SystemClock),
        }
    }

    /// Where the account is reached: the custom domain. It is what the tokens have as their issuer, and which login URLs are trusted.
    ///
    /// Without it, or at one of the service's own hosts, the issuer is `https://ACCOUNT_ID.api.authress.io`.
    pub fn domain(mut self, domain: impl Into<String>) -> Self {
        self.domain = Some(domain.into());
        self
    }

    /// Where the time comes from: by default from [`SystemClock`].
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Checks the settings. Nothing is signed yet.
    ///
    /// # Errors
    /// An [`Error`] that names `domain` when it is not a URL that the service can be reached at.
    pub fn build(self) -> Result<ServiceClientTokenProvider, Error> {
        let domain = self.domain.as_deref().map(BaseUrl::parse).transpose();
        let domain = domain.map_err(|error| error.for_argument("domain"))?;
        let minter = Minter::new(self.key, self.signing, domain.as_ref())?;
        Ok(ServiceClientTokenProvider::new(minter, domain, self.clock))
    }
}

impl fmt::Debug for ServiceClientTokenProviderBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the domain: it is not checked yet, and one that will be refused may hold a password.
        f.debug_struct("ServiceClientTokenProviderBuilder")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
