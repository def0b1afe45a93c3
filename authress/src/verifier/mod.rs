//! Verification of tokens on this machine: what to check, in which order. Each check is a file of its own.
//!
//! Shape, header, issuer, key, signature, claims: each step uses only what the steps before it have checked, and nothing in a token that is not
//! verified decides where keys come from.

mod claims;
mod entry;
mod error;
mod fetch;
mod header;
mod identity;
mod issuer;
mod json;
mod jwks;
mod keys;
pub(crate) mod shape;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use self::claims::{Claims, Expected};
pub use self::error::{TokenVerificationError, TokenVerificationReason};
pub(crate) use self::fetch::for_keys;
use self::header::Header;
pub use self::identity::Identity;
use self::issuer::TrustedOrigins;
use self::keys::Keys;
use self::shape::Parts;
use crate::clock::unix_seconds;
use crate::{BaseUrl, Clock, Error, ReqwestTransport, SystemClock, Transport};

/// Verifies tokens of one account: those that the account issued to its users, and those that its service clients made for themselves.
///
/// Keys are fetched when they are needed and kept; no token is sent anywhere. Cloning is cheap; clones share the keys.
///
/// ```
/// use authress::{TokenVerificationReason, TokenVerifier};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), authress::Error> {
/// let verifier = TokenVerifier::builder("https://login.example.com")
///     .audience("https://api.example.com")
///     .build()?;
/// let error = verifier.verify("Bearer nonsense").await.unwrap_err();
/// assert_eq!(error.reason(), TokenVerificationReason::Malformed);
/// assert!(error.is_token_invalid() && !error.is_unavailable());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct TokenVerifier(Arc<Shared>);

struct Shared {
    origins: TrustedOrigins,
    audiences: Vec<String>,
    leeway: Duration,
    clock: Arc<dyn Clock>,
    keys: Arc<Keys>,
}

impl TokenVerifier {
    /// How far the clocks of the issuer and of this machine may differ when nothing else is set.
    pub const DEFAULT_LEEWAY: Duration = Duration::from_secs(10);
    /// The largest leeway that can be set.
    pub const MAX_LEEWAY: Duration = Duration::from_secs(300);

    /// Begins a verifier for the account at `domain`: the custom domain, or `https://ACCOUNT_ID.api.authress.io`.
    ///
    /// At one of the service's own hosts the account's other names there are trusted as well: `https://ACCOUNT_ID.api.authress.io` and
    /// `https://ACCOUNT_ID.login.authress.io`.
    pub fn builder(domain: impl Into<String>) -> TokenVerifierBuilder {
        TokenVerifierBuilder {
            domain: domain.into(),
            trusted: Vec::new(),
            audiences: Vec::new(),
            leeway: Self::DEFAULT_LEEWAY,
            clock: Arc::new(SystemClock),
            transport: None,
        }
    }

    /// Verifies `token`, with or without `Bearer ` before it, and says who it speaks for.
    ///
    /// # Errors
    /// A [`TokenVerificationError`]: the token is not good (answer 401), or the keys could not be had (answer 503).
    ///
    /// # Cancel safety
    /// Dropping the future is safe. A fetch of keys that it began goes on for the others who wait for it.
    pub async fn verify(&self, token: &str) -> Result<Identity, TokenVerificationError> {
        let shared = &*self.0;
        let parts = Parts::of(shape::bearer(token))?;
        let header = Header::read(&parts.header)?;
        let (issuer, subject) = issuer::claimed(&parts.claims)?;
        let trusted = shared.origins.find(issuer, subject)?;
        let key = shared.keys.find(&trusted, header.key_id).await?;
        if key.algorithm() != header.algorithm {
            return Err(TokenVerificationError::new(
                TokenVerificationReason::UnsupportedAlgorithm,
            ));
        }
        if !key.verifies(parts.signing_input, &parts.signature) {
            return Err(TokenVerificationError::new(TokenVerificationReason::BadSignature));
        }
        let expected = Expected {
            now: unix_seconds(&*shared.clock),
            leeway: shared.leeway.as_secs(),
            audiences: &shared.audiences,
        };
        let checked = Claims::check(&parts.claims, &expected)?;
        let (user_id, issuer) = (subject.to_owned(), issuer.to_owned());
        Ok(Identity::new(
            user_id,
            issuer,
            trusted.service_client_id,
            checked,
            parts.claims,
        ))
    }
}

/// Settings of a [`TokenVerifier`]; see [`TokenVerifier::builder`].
#[must_use = "a builder does nothing until `build`"]
pub struct TokenVerifierBuilder {
    domain: String,
    trusted: Vec<String>,
    audiences: Vec<String>,
    leeway: Duration,
    clock: Arc<dyn Clock>,
    transport: Option<Arc<dyn Transport>>,
}

impl TokenVerifierBuilder {
    /// Demands that the token is meant for `audience` (`aud`). Given more than once, one of them is enough. Without it any audience will do.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.push(audience.into());
        self
    }

    /// Trusts the tokens of another name of the account as well, such as `https://login.example.com`. Only scheme, host and port count.
    pub fn trusted_origin(mut self, url: impl Into<String>) -> Self {
        self.trusted.push(url.into());
        self
    }

    /// How far the clocks may differ, in whole seconds: 10 seconds by default, 5 minutes at most.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Where the time comes from.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// How keys are fetched. It must follow no redirects and must have a time limit.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    pub(crate) fn shared(mut self, clock: Arc<dyn Clock>, transport: Arc<dyn Transport>) -> Self {
        self.clock = clock;
        self.transport = Some(transport);
        self
    }

    /// Checks the settings. Nothing is fetched yet.
    ///
    /// # Errors
    /// An [`Error`] that names the setting: `base_url` for the domain or a trusted origin, `audience`, `leeway`, `tls`.
    pub fn build(self) -> Result<TokenVerifier, Error> {
        let mut origins = TrustedOrigins::new(&BaseUrl::parse(&self.domain)?);
        for url in &self.trusted {
            origins.add(&BaseUrl::parse(url)?);
        }
        if self.audiences.iter().any(String::is_empty) {
            return Err(Error::invalid_argument("audience", "it is empty"));
        }
        if self.leeway > TokenVerifier::MAX_LEEWAY {
            return Err(Error::invalid_argument("leeway", "it is more than 5 minutes"));
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(for_keys(ReqwestTransport::new()?)),
        };
        Ok(TokenVerifier(Arc::new(Shared {
            origins,
            audiences: self.audiences,
            leeway: self.leeway,
            keys: Keys::new(transport, Arc::clone(&self.clock)),
            clock: self.clock,
        })))
    }
}

impl fmt::Debug for TokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenVerifier")
            .field("origins", &self.0.origins)
            .field("audiences", &self.0.audiences)
            .field("leeway", &self.0.leeway)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for TokenVerifierBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the URLs: they are not checked yet, and one that will be refused may hold a password.
        f.debug_struct("TokenVerifierBuilder")
            .field("audiences", &self.audiences)
            .field("leeway", &self.leeway)
            .finish_non_exhaustive()
    }
}
