//! The settings of a client, and how they are checked. What a client does is in `client`.

mod environment;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::client::Shared;
use crate::pipeline::{Headers, Parts, Pipeline};
use crate::token_provider::Guarded;
use crate::verifier::for_keys;
use crate::{
    AccessKey, AccessKeyError, AuthressClient, BaseUrl, Clock, DecisionCacheBuilder, Error, Jitter, Metrics,
    RandomJitter, ReqwestTransport, ReqwestTransportBuilder, RetryPolicy, ServiceClientKey, ServiceClientTokenProvider,
    Signer, SystemClock, TokenProvider, TokenVerifier, TokenVerifierBuilder, Transport, VerifiedTokenCache,
};

/// Longest time for a whole call, unless another one is set.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Settings of an [`AuthressClient`]; see [`AuthressClient::builder`].
///
/// ```
/// use std::time::Duration;
/// use authress::{AuthressClient, RetryPolicy};
///
/// let url = "https://login.example.com";
/// # let access_key = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
/// let client = AuthressClient::builder(url)
///     .access_key(access_key)
///     .timeout(Duration::from_secs(5))
///     .attempt_timeout(Duration::from_secs(2))
///     .connect_timeout(Duration::from_secs(1))
///     .pool_max_idle_per_host(64)
///     .pool_idle_timeout(Duration::from_secs(60))
///     .retry(RetryPolicy::new().max_attempts(3))
///     .user_agent_suffix("shop/1.2")
///     .default_header("x-team", "checkout")
///     .audience("https://api.example.com")
///     .build()?;
///
/// // Also what is not set is checked when the client is built, and an error says which setting cannot be used, and why.
/// let error = AuthressClient::builder("http://login.example.com").build().unwrap_err();
/// assert_eq!(error.argument(), Some("base_url"));
/// # Ok::<(), authress::Error>(())
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct AuthressClientBuilder {
    url: String,
    tokens: Option<(&'static str, Tokens)>,
    /// Two settings that both say where tokens come from, the second one first.
    too_many: Option<(&'static str, &'static str)>,
    clock: Arc<dyn Clock>,
    clock_is_own: bool,
    jitter: Arc<dyn Jitter>,
    metrics: Option<Arc<dyn Metrics>>,
    way: Option<Way>,
    connections: ReqwestTransportBuilder,
    /// The first setting that was made of the connections.
    of_connections: Option<&'static str>,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    retry: RetryPolicy,
    user_agent_suffix: Option<String>,
    default_headers: Vec<(String, String)>,
    token_verifier: Option<TokenVerifier>,
    audiences: Vec<String>,
    verified_tokens: Option<VerifiedTokenCache>,
    decisions: Option<DecisionCacheBuilder>,
}

/// How requests are sent, when not as usual.
enum Way {
    Reqwest(ReqwestTransport),
    Transport(Arc<dyn Transport>),
}

/// Where tokens come from.
enum Tokens {
    AccessKey(Box<Result<AccessKey, AccessKeyError>>),
    Signer(ServiceClientKey, Arc<dyn Signer>),
    ServiceClient(ServiceClientTokenProvider),
    Provider(Arc<dyn TokenProvider>),
}

impl AuthressClientBuilder {
    pub(crate) fn new(url: String) -> Self {
        Self {
            url,
            tokens: None,
            too_many: None,
            clock: Arc::new(SystemClock),
            clock_is_own: false,
            jitter: Arc::new(RandomJitter),
            metrics: None,
            way: None,
            connections: ReqwestTransport::builder(),
            of_connections: None,
            timeout: TIMEOUT,
            attempt_timeout: None,
            retry: RetryPolicy::new(),
            user_agent_suffix: None,
            default_headers: Vec::new(),
            token_verifier: None,
            audiences: Vec::new(),
            verified_tokens: None,
            decisions: None,
        }
    }

    /// The access key of the service client that the program is: `CLIENT_ID.KEY_ID.ACCOUNT_ID.PRIVATE_KEY`, as text, as a
    /// [`Secret`](crate::Secret), or read already, by [`AccessKey::from_env`] for instance.
    ///
    /// It stays in the process and signs tokens. Without one, only calls with a user's token are authenticated.
    pub fn access_key<K>(self, access_key: K) -> Self
    where
        K: TryInto<AccessKey>,
        K::Error: Into<AccessKeyError>,
    {
        let access_key = access_key.try_into().map_err(Into::into);
        self.tokens("access_key", Tokens::AccessKey(Box::new(access_key)))
    }

    /// The service client that the program is, with a private key that lives elsewhere: `signer` signs instead of an access key.
    ///
    /// ```
    /// use authress::{AuthressClient, ServiceClientKey, SignFuture};
    ///
    /// # struct Hsm;
    /// # impl authress::Signer for Hsm {
    /// #     fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> { Box::pin(async { Err("no module is connected".into()) }) }
    /// # }
    /// let key = ServiceClientKey::new("sc_1", "k1", "acc_1")?;
    /// let client = AuthressClient::builder("https://login.example.com").signer(key, Hsm).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn signer(self, key: ServiceClientKey, signer: impl Signer) -> Self {
        self.tokens("signer", Tokens::Signer(key, Arc::new(signer)))
    }

    /// The service client that the program is, as a provider that is shared with something else. Its domain must be the client's.
    ///
    /// ```
    /// use authress::{AccessKey, AuthressClient, ServiceClientTokenProvider};
    ///
    /// # let key: AccessKey = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt".parse()?;
    /// let provider = ServiceClientTokenProvider::builder(key).domain("https://login.example.com").build()?;
    /// let client = AuthressClient::builder("https://login.example.com").service_client(provider.clone()).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn service_client(self, provider: ServiceClientTokenProvider) -> Self {
        self.tokens("service_client", Tokens::ServiceClient(provider))
    }

    /// Where tokens come from instead of an access key.
    ///
    /// ```
    /// use authress::{AuthressClient, StaticToken};
    ///
    /// let client = AuthressClient::builder("https://login.example.com").token_provider(StaticToken::new("eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ1c2VyLTEifQ.c2ln")?).build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn token_provider(self, provider: impl TokenProvider) -> Self {
        self.tokens("token_provider", Tokens::Provider(Arc::new(provider)))
    }

    fn tokens(mut self, setting: &'static str, tokens: Tokens) -> Self {
        // The same setting again replaces the former, as with all settings.
        if let Some((former, _)) = self.tokens
            && former != setting
        {
            self.too_many = Some((setting, former));
        }
        self.tokens = Some((setting, tokens));
        self
    }

    /// Where the time comes from: by default from [`SystemClock`].
    ///
    /// ```
    /// use authress::{AuthressClient, SystemClock};
    ///
    /// let client = AuthressClient::builder("https://login.example.com").clock(SystemClock).build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self.clock_is_own = true;
        self
    }

    /// Where the random part of the waits before repeated requests comes from: by default from [`RandomJitter`].
    ///
    /// ```
    /// use authress::{AuthressClient, RandomJitter};
    ///
    /// let client = AuthressClient::builder("https://login.example.com").jitter(RandomJitter).build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn jitter(mut self, jitter: impl Jitter) -> Self {
        self.jitter = Arc::new(jitter);
        self
    }

    /// What is told of every call, attempt and cache; see [`Metrics`].
    ///
    /// ```
    /// use authress::{AuthressClient, Metrics};
    ///
    /// struct Uncounted;
    ///
    /// impl Metrics for Uncounted {}
    ///
    /// let client = AuthressClient::builder("https://login.example.com").metrics(Uncounted).build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn metrics(mut self, metrics: impl Metrics) -> Self {
        self.metrics = Some(Arc::new(metrics));
        self
    }

    /// Longest time for a whole call, with its token, all attempts and the waits between them: by default 30 seconds. One call can have another
    /// one by [`Call::timeout`](crate::Call::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Longest time for one attempt of a call: by default ten seconds where another attempt may follow, and what is left of the call's time where
    /// none may.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// When requests are sent again: see [`RetryPolicy`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Longest time for making a connection: by default five seconds.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.connections("connect_timeout", |connections| connections.connect_timeout(timeout))
    }

    /// Most connections that are kept while they are not in use: by default without a limit but that of their time.
    pub fn pool_max_idle_per_host(self, connections: usize) -> Self {
        self.connections("pool_max_idle_per_host", |c| c.pool_max_idle_per_host(connections))
    }

    /// Longest time that a connection is kept while it is not in use: by default 90 seconds.
    pub fn pool_idle_timeout(self, timeout: Duration) -> Self {
        self.connections("pool_idle_timeout", |connections| {
            connections.pool_idle_timeout(timeout)
        })
    }

    /// The proxy for https, instead of the one that the environment names; see [`ReqwestTransportBuilder::proxy`].
    ///
    /// ```
    /// use authress::AuthressClient;
    ///
    /// let client = AuthressClient::builder("https://login.example.com").proxy("http://proxy.example.com:3128").build()?;
    /// let error = AuthressClient::builder("https://login.example.com").proxy("http://[").build().unwrap_err();
    /// assert_eq!(error.argument(), Some("proxy"));
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn proxy(self, url: impl Into<String>) -> Self {
        self.connections("proxy", |connections| connections.proxy(url))
    }

    /// No proxy, whatever the environment names.
    ///
    /// ```
    /// let client = authress::AuthressClient::builder("https://login.example.com").no_proxy().build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn no_proxy(self) -> Self {
        self.connections("no_proxy", ReqwestTransportBuilder::no_proxy)
    }

    fn connections(
        mut self,
        setting: &'static str,
        change: impl FnOnce(ReqwestTransportBuilder) -> ReqwestTransportBuilder,
    ) -> Self {
        self.connections = change(self.connections);
        self.of_connections.get_or_insert(setting);
        self
    }

    /// The transport over `reqwest` that sends, when it needs what has no setting here: certificates of your own, say. It fetches keys as well,
    /// unless [`token_verifier`](Self::token_verifier) is given. Its own limit on the time gives way to those of the calls.
    ///
    /// ```
    /// use authress::{AuthressClient, ReqwestTransport};
    ///
    /// let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    /// let client = AuthressClient::builder("https://login.example.com")
    ///     .reqwest_transport(ReqwestTransport::from_client(http))
    ///     .build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reqwest_transport(mut self, transport: ReqwestTransport) -> Self {
        self.way = Some(Way::Reqwest(transport));
        self
    }

    /// How requests are sent, those to the service and, unless [`token_verifier`](Self::token_verifier) is given, those for keys: by default with
    /// [`ReqwestTransport`]. It must follow no redirects and must have a time limit.
    ///
    /// ```
    /// use authress::bytes::Bytes;
    /// use authress::{AuthressClient, CallContext, Transport, TransportFuture, http};
    ///
    /// /// A double of the service that allows everything.
    /// struct Yes;
    ///
    /// impl Transport for Yes {
    ///     fn send(&self, _: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
    ///         Box::pin(async { Ok(http::Response::new(Bytes::new())) })
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress::Error> {
    /// let client = AuthressClient::builder("https://login.example.com").transport(Yes).build()?;
    /// assert!(client.is_authorized("user-1", "documents/42", "read").await?);
    /// # Ok(()) }
    /// ```
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.way = Some(Way::Transport(Arc::new(transport)));
        self
    }

    /// A header of every request, where the call does not set it itself. Those that the client sets are refused when it is built.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.default_headers.push((name.into(), value.into()));
        self
    }

    /// An audience of which [`AuthressClient::verify_token`] demands one; see [`TokenVerifierBuilder::audience`](crate::TokenVerifierBuilder::audience).
    /// It may be called again for another one.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.push(audience.into());
        self
    }

    /// Keeps verified tokens, so that the same one is verified once: see [`VerifiedTokenCache`].
    ///
    /// ```
    /// use authress::{AuthressClient, VerifiedTokenCache};
    ///
    /// let client = AuthressClient::builder("https://login.example.com").cache_verified_tokens(VerifiedTokenCache::new(10_000)).build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn cache_verified_tokens(mut self, cache: VerifiedTokenCache) -> Self {
        self.verified_tokens = Some(cache);
        self
    }

    /// Keeps decisions for a while, so that the same question is asked once: see [`DecisionCache`](crate::DecisionCache). Off unless it is set.
    ///
    /// ```
    /// use std::time::Duration;
    /// use authress::{AuthressClient, DecisionCache};
    ///
    /// let cache = DecisionCache::builder().ttl(Duration::from_secs(10));
    /// let client = AuthressClient::builder("https://login.example.com").decision_cache(cache).build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn decision_cache(mut self, cache: DecisionCacheBuilder) -> Self {
        self.decisions = Some(cache);
        self
    }

    /// The name and version of the program, to stand in `User-Agent` after those of the SDK: printable ASCII.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// The verifier of [`AuthressClient::verify_token`], when it needs more settings: another trusted issuer, a leeway. It has its own clock,
    /// transport and audiences.
    ///
    /// ```
    /// use authress::{AuthressClient, TokenVerifier};
    ///
    /// let verifier = TokenVerifier::builder("https://login.example.com").trusted_issuer("https://login.example.org").build()?;
    /// let client = AuthressClient::builder("https://login.example.com").token_verifier(verifier).build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn token_verifier(mut self, verifier: TokenVerifier) -> Self {
        self.token_verifier = Some(verifier);
        self
    }

    /// Checks the settings and makes the client. Nothing is sent yet.
    ///
    /// # Errors
    /// An [`Error`] that names the setting and says what is wrong with it; two that exclude each other (of `access_key`, `signer`, `service_client`
    /// and `token_provider`, of a transport and the settings of connections, of `token_verifier` and `audience`) are told by the second one.
    pub fn build(self) -> Result<AuthressClient, Error> {
        let base_url = BaseUrl::parse(&self.url)?;
        if let Some((second, former)) = self.too_many {
            let reason =
                format!("`{former}`, which is set already, says where tokens come from as well; keep one of the two");
            return Err(Error::invalid_argument(second, reason));
        }
        let (tokens, service_client) = match self.tokens {
            None => (None, None),
            Some((_, Tokens::Provider(provider))) => {
                let guarded = Guarded::new(provider, Arc::clone(&self.clock));
                (Some(Arc::new(guarded) as Arc<dyn TokenProvider>), None)
            }
            Some((_, tokens)) => {
                let provider = service_client(tokens, &base_url, &self.clock)?;
                (Some(Arc::new(provider.clone()) as _), Some(provider))
            }
        };

        let way = match (self.way, self.of_connections) {
            (None, _) => Way::Reqwest(self.connections.build_for(&base_url)?),
            (Some(way), None) => way,
            (Some(_), Some(setting)) => {
                let reason = "it does nothing to a transport that is given; set it there";
                return Err(Error::invalid_argument(setting, reason));
            }
        };
        let (transport, keys): (Arc<dyn Transport>, Arc<dyn Transport>) = match way {
            Way::Transport(transport) => (Arc::clone(&transport), transport),
            // The two share their connections.
            Way::Reqwest(transport) => (Arc::new(transport.clone()), Arc::new(for_keys(transport))),
        };
        let verifier = match self.token_verifier {
            None => verifier(
                self.url,
                self.audiences,
                self.verified_tokens,
                &self.clock,
                self.metrics.as_ref(),
                keys,
            )?,
            Some(verifier) if self.audiences.is_empty() && self.verified_tokens.is_none() => verifier,
            Some(_) => {
                let reason = "it does nothing to a token verifier that is given; set it there";
                let setting = if self.audiences.is_empty() {
                    "cache_verified_tokens"
                } else {
                    "audience"
                };
                return Err(Error::invalid_argument(setting, reason));
            }
        };
        let decisions = self
            .decisions
            .map(|cache| cache.build(&self.clock, self.metrics.as_ref()));
        let decisions = decisions.transpose()?;
        let pipeline = Pipeline::new(Parts {
            base_url: base_url.clone(),
            headers: Headers::new(self.user_agent_suffix.as_deref(), &self.default_headers)?,
            tokens: tokens.clone(),
            retry: self.retry,
            jitter: Arc::clone(&self.jitter),
            metrics: self.metrics,
            decisions: decisions.clone(),
            clock: Arc::clone(&self.clock),
            clock_is_own: self.clock_is_own,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            transport,
        })?;
        let api = authress_api::Client::with_transport(base_url, pipeline);
        let shared = Shared {
            tokens,
            service_client,
            verifier,
            decisions,
            timeout: self.timeout,
            clock: self.clock,
            jitter: self.jitter,
        };
        Ok(AuthressClient::new(api, shared))
    }
}

/// The verifier of the tokens of the account at `url`, when none is given.
fn verifier(
    url: String,
    audiences: Vec<String>,
    cache: Option<VerifiedTokenCache>,
    clock: &Arc<dyn Clock>,
    metrics: Option<&Arc<dyn Metrics>>,
    keys: Arc<dyn Transport>,
) -> Result<TokenVerifier, Error> {
    let mut builder = TokenVerifier::builder(url).clock(Arc::clone(clock)).transport(keys);
    builder = audiences.into_iter().fold(builder, TokenVerifierBuilder::audience);
    if let Some(cache) = cache {
        builder = builder.cache_verified_tokens(cache);
    }
    if let Some(metrics) = metrics {
        builder = builder.metrics(Arc::clone(metrics));
    }
    builder.build().map_err(|error| match error.argument() {
        Some("domain") => error.for_argument("base_url"),
        _ => error,
    })
}

/// The provider of the tokens of a service client at `base_url`.
fn service_client(
    tokens: Tokens,
    base_url: &BaseUrl,
    clock: &Arc<dyn Clock>,
) -> Result<ServiceClientTokenProvider, Error> {
    let builder = match tokens {
        Tokens::AccessKey(key) => {
            let key = key.map_err(|e| Error::invalid_argument("access_key", e.to_string()))?;
            ServiceClientTokenProvider::builder(key)
        }
        Tokens::Signer(key, signer) => ServiceClientTokenProvider::with_signer(key, signer),
        Tokens::ServiceClient(provider) if provider.is_of(base_url) => return Ok(provider),
        Tokens::ServiceClient(_) | Tokens::Provider(_) => {
            let reason = "its tokens have another issuer than this client's would; build it with this client's URL as its `domain`";
            return Err(Error::invalid_argument("service_client", reason));
        }
    };
    builder.domain(base_url.as_str()).clock(Arc::clone(clock)).build()
}

impl fmt::Debug for AuthressClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the URL: it is not checked yet, and one that will be refused may hold a password.
        f.debug_struct("AuthressClientBuilder")
            .field("tokens", &self.tokens.as_ref().map(|(setting, _)| setting))
            .field("user_agent_suffix", &self.user_agent_suffix)
            .finish_non_exhaustive()
    }
}
