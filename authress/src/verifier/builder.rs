//! The settings of a verifier, and how they are checked. What a verifier does is in `mod`.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::algorithm::SigningAlgorithm;
use super::fetch::for_keys;
use super::issuer::{Issuer, TrustedIssuers, base};
use super::jwks::KeySet;
use super::keys::Keys;
use super::token_cache::VerifiedTokenCache;
use super::{Shared, TokenVerifier};
use crate::{Clock, Error, Metrics, ReqwestTransport, SystemClock, Transport};

/// Settings of a [`TokenVerifier`]; see [`TokenVerifier::builder`].
///
/// ```
/// use std::time::Duration;
/// use authress::{Metrics, SigningAlgorithm, SystemClock, TokenVerifier, VerifiedTokenCache};
///
/// # struct Uncounted;
/// # impl Metrics for Uncounted {}
/// let verifier = TokenVerifier::builder("https://login.example.com")
///     .audience("https://api.example.com")
///     .trusted_issuer("https://login.example.org")
///     .algorithms([SigningAlgorithm::EdDSA])
///     .leeway(Duration::from_secs(5))
///     .cache_verified_tokens(VerifiedTokenCache::new(10_000))
///     .metrics(Uncounted)
///     .clock(SystemClock)
///     .build()?;
/// # Ok::<(), authress::Error>(())
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct TokenVerifierBuilder {
    domain: String,
    trusted: Vec<String>,
    audiences: Vec<String>,
    algorithms: Vec<SigningAlgorithm>,
    static_jwks: Vec<(String, Vec<u8>)>,
    leeway: Duration,
    cache: Option<VerifiedTokenCache>,
    clock: Arc<dyn Clock>,
    metrics: Option<Arc<dyn Metrics>>,
    transport: Option<Arc<dyn Transport>>,
}

impl TokenVerifierBuilder {
    pub(super) fn new(domain: String) -> Self {
        Self {
            domain,
            trusted: Vec::new(),
            audiences: Vec::new(),
            algorithms: SigningAlgorithm::ALL.to_vec(),
            static_jwks: Vec::new(),
            leeway: TokenVerifier::DEFAULT_LEEWAY,
            cache: None,
            clock: Arc::new(SystemClock),
            metrics: None,
            transport: None,
        }
    }

    /// Demands that the token is meant for `audience` (`aud`). Given more than once, one of them is enough. Without it any audience will do.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.push(audience.into());
        self
    }

    /// Trusts another issuer as well, such as `https://login.example.com`, with its service clients: the URL whole, with its path if it has one.
    pub fn trusted_issuer(mut self, url: impl Into<String>) -> Self {
        self.trusted.push(url.into());
        self
    }

    /// What is told whether the cache of verified tokens had a token, if there is a cache; see [`Metrics`].
    pub fn metrics(mut self, metrics: impl Metrics) -> Self {
        self.metrics = Some(Arc::new(metrics));
        self
    }

    /// Accepts these algorithms only. Without it all of [`SigningAlgorithm`] are accepted, each with keys that are for it.
    pub fn algorithms(mut self, algorithms: impl IntoIterator<Item = SigningAlgorithm>) -> Self {
        self.algorithms = algorithms.into_iter().collect();
        self
    }

    /// The keys of `issuer`, as the JSON of a JWK set (RFC 7517 section 5): they are never fetched, for a machine without a network or a test.
    ///
    /// The issuer is the account, `https://login.example.com`, or one of its service clients, `https://login.example.com/v1/clients/CLIENT_ID`.
    /// Keys that the service withdraws stay good here: give a new set when that happens.
    ///
    /// ```
    /// use authress::TokenVerifier;
    ///
    /// let jwks = r#"{"keys":[{"kid":"k1","kty":"OKP","crv":"Ed25519","x":"Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc"}]}"#;
    /// let verifier = TokenVerifier::builder("https://login.example.com")
    ///     .static_jwks("https://login.example.com", jwks)
    ///     .build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn static_jwks(mut self, issuer: impl Into<String>, jwks: impl Into<Vec<u8>>) -> Self {
        self.static_jwks.push((issuer.into(), jwks.into()));
        self
    }

    /// How far the clocks may differ, in whole seconds: 10 seconds by default, 5 minutes at most.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Remembers verified tokens for a short time, so that the same token is not verified again. Without it every token is verified each time.
    pub fn cache_verified_tokens(mut self, cache: VerifiedTokenCache) -> Self {
        self.cache = Some(cache);
        self
    }

    /// Where the time comes from: by default from [`SystemClock`].
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// How keys are fetched: by default with [`ReqwestTransport`]. It must follow no redirects; what takes longer than 5 seconds is given up.
    ///
    /// ```
    /// use authress::{CallContext, TokenVerifier, Transport, TransportFuture, bytes::Bytes, http};
    ///
    /// /// Has the keys from somewhere else.
    /// struct FromConfiguration;
    ///
    /// impl Transport for FromConfiguration {
    ///     fn send(&self, request: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
    ///         assert_eq!(request.uri().path(), "/.well-known/openid-configuration/jwks");
    ///         let jwks = br#"{"keys":[{"kid":"k1","kty":"OKP","crv":"Ed25519","x":"Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc"}]}"#;
    ///         Box::pin(async { Ok(http::Response::new(Bytes::from_static(jwks))) })
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let verifier = TokenVerifier::builder("https://login.example.com").transport(FromConfiguration).build()?;
    /// verifier.hydrate().await?;
    /// # Ok(()) }
    /// ```
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Checks the settings. Nothing is fetched yet.
    ///
    /// # Errors
    /// An [`Error`] that names the setting: `domain`, `trusted_issuer`, `audience`, `algorithms`, `static_jwks`, `leeway`,
    /// `cache_verified_tokens`, `tls`.
    pub fn build(self) -> Result<TokenVerifier, Error> {
        let domain = base("domain", &self.domain)?;
        let mut issuers = TrustedIssuers::new(&domain);
        for url in &self.trusted {
            issuers.add(&base("trusted_issuer", url)?);
        }
        if self.audiences.iter().any(String::is_empty) {
            return Err(Error::invalid_argument("audience", "it is empty"));
        }
        if self.algorithms.is_empty() {
            return Err(Error::invalid_argument("algorithms", "there are none"));
        }
        if self.leeway > TokenVerifier::MAX_LEEWAY {
            return Err(Error::invalid_argument("leeway", "it is more than 5 minutes"));
        }
        let given = self
            .static_jwks
            .iter()
            .map(|(issuer, jwks)| static_keys(&issuers, issuer, jwks))
            .collect::<Result<Vec<_>, _>>()?;
        let mut given_for = HashSet::new();
        if !given.iter().all(|(issuer, _)| given_for.insert(&issuer.text)) {
            return Err(Error::invalid_argument(
                "static_jwks",
                "it is given twice for one issuer",
            ));
        }
        let cache = self.cache.map(VerifiedTokenCache::build).transpose()?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(for_keys(ReqwestTransport::builder().build_for(&domain)?)),
        };
        Ok(TokenVerifier(Arc::new(Shared {
            issuers,
            audiences: self.audiences,
            algorithms: self.algorithms,
            leeway: self.leeway,
            cache,
            keys: Keys::new(given, transport, Arc::clone(&self.clock)),
            clock: self.clock,
            metrics: self.metrics,
        })))
    }
}

fn static_keys(issuers: &TrustedIssuers, issuer: &str, jwks: &[u8]) -> Result<(Issuer, KeySet), Error> {
    let refuse = |reason| Error::invalid_argument("static_jwks", reason);
    let issuer = issuers
        .find(issuer)
        .map_err(|_| refuse("its issuer is none that is trusted"))?;
    let set = KeySet::parse(jwks).map_err(|_| refuse("it is not the JSON of a set of keys"))?;
    if set.is_empty() {
        return Err(refuse("it has no key that can be used"));
    }
    Ok((issuer, set))
}

impl fmt::Debug for TokenVerifierBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the URLs: they are not checked yet, and one that will be refused may hold a password.
        f.debug_struct("TokenVerifierBuilder")
            .field("audiences", &self.audiences)
            .field("algorithms", &self.algorithms)
            .field("leeway", &self.leeway)
            .field("cache", &self.cache)
            .finish_non_exhaustive()
    }
}
