//! The settings of a client, and how they are checked. What a client does is in `client`.

use std::fmt;
use std::sync::Arc;

use crate::client::Shared;
use crate::pipeline::token::WithToken;
use crate::pipeline::user_agent::WithUserAgent;
use crate::token_provider::Guarded;
use crate::verifier::for_keys;
use crate::{
    AccessKey, AccessKeyError, AuthressClient, BaseUrl, Clock, Error, ReqwestTransport, ServiceClientKey,
    ServiceClientTokenProvider, Signer, SystemClock, TokenProvider, TokenVerifier, Transport,
};

/// Settings of an [`AuthressClient`]; see [`AuthressClient::builder`].
///
/// ```
/// use authress::{AuthressClient, TokenVerifier};
///
/// let url = "https://login.example.com";
/// # let access_key = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
/// let client = AuthressClient::builder(url)
///     .access_key(access_key)
///     .user_agent_suffix("shop/1.2")
///     .token_verifier(TokenVerifier::builder(url).audience("https://api.example.com").build()?)
///     .build()?;
///
/// let error = AuthressClient::builder("http://login.example.com").build().unwrap_err();
/// assert_eq!(error.argument(), Some("base_url"));
/// # Ok::<(), authress::Error>(())
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct AuthressClientBuilder {
    url: String,
    tokens: Option<(&'static str, Tokens)>,
    /// A second setting that says where tokens come from.
    too_many: Option<&'static str>,
    clock: Arc<dyn Clock>,
    transport: Option<Arc<dyn Transport>>,
    user_agent_suffix: Option<String>,
    token_verifier: Option<TokenVerifier>,
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
            transport: None,
            user_agent_suffix: None,
            token_verifier: None,
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
    pub fn signer(self, key: ServiceClientKey, signer: impl Signer) -> Self {
        self.tokens("signer", Tokens::Signer(key, Arc::new(signer)))
    }

    /// The service client that the program is, as a provider that is shared with something else. Its domain must be the client's.
    pub fn service_client(self, provider: ServiceClientTokenProvider) -> Self {
        self.tokens("service_client", Tokens::ServiceClient(provider))
    }

    /// Where tokens come from instead of an access key.
    pub fn token_provider(self, provider: impl TokenProvider) -> Self {
        self.tokens("token_provider", Tokens::Provider(Arc::new(provider)))
    }

    fn tokens(mut self, setting: &'static str, tokens: Tokens) -> Self {
        // The same setting again replaces the former, as with all settings.
        if self.tokens.as_ref().is_some_and(|(former, _)| *former != setting) {
            self.too_many = Some(setting);
        }
        self.tokens = Some((setting, tokens));
        self
    }

    /// Where the time comes from: by default from [`SystemClock`].
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// How requests are sent, those to the service and, unless [`token_verifier`](Self::token_verifier) is given, those for keys: by default with
    /// [`ReqwestTransport`]. It must follow no redirects and must have a time limit.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The name and version of the program, to stand in `User-Agent` after those of the SDK: printable ASCII.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// The verifier of [`AuthressClient::verify_token`], when it needs settings: an audience, another trusted issuer. It has its own clock and
    /// transport.
    pub fn token_verifier(mut self, verifier: TokenVerifier) -> Self {
        self.token_verifier = Some(verifier);
        self
    }

    /// Checks the settings and makes the client. Nothing is sent yet.
    ///
    /// # Errors
    /// An [`Error`] that names the setting: `base_url`, `access_key`, `user_agent_suffix`, `tls` when TLS cannot be set up; `service_client` when
    /// its tokens have another issuer than those of this client; or the second one of `access_key`, `signer`, `service_client` and
    /// `token_provider`, which exclude each other.
    pub fn build(self) -> Result<AuthressClient, Error> {
        let base_url = BaseUrl::parse(&self.url)?;
        if let Some(second) = self.too_many {
            let reason = "something else is set already that says where tokens come from";
            return Err(Error::invalid_argument(second, reason));
        }
        let (tokens, service_client) = match self.tokens {
            None => (None, None),
            Some((_, Tokens::Provider(provider))) => {
                let guarded = Guarded::new(provider, Arc::clone(&self.clock));
                (Some(Arc::new(guarded) as _), None)
            }
            Some((_, tokens)) => {
                let provider = service_client(tokens, &base_url, &self.clock)?;
                (Some(Arc::new(provider.clone()) as _), Some(provider))
            }
        };

        let (transport, keys): (Arc<dyn Transport>, Arc<dyn Transport>) = if let Some(transport) = self.transport {
            (Arc::clone(&transport), transport)
        } else {
            let transport = ReqwestTransport::new()?;
            // The two share their connections.
            let keys = for_keys(transport.clone());
            (Arc::new(transport), Arc::new(keys))
        };
        let verifier = if let Some(verifier) = self.token_verifier {
            verifier
        } else {
            let builder = TokenVerifier::builder(self.url).clock(self.clock).transport(keys);
            builder.build().map_err(|error| error.for_argument("base_url"))?
        };
        let suffix = self.user_agent_suffix.as_deref();
        let api = match &tokens {
            Some(tokens) => {
                let transport = WithToken::new(transport, Arc::clone(tokens));
                authress_api::Client::with_transport(base_url, WithUserAgent::new(transport, suffix)?)
            }
            None => authress_api::Client::with_transport(base_url, WithUserAgent::new(transport, suffix)?),
        };
        Ok(AuthressClient::new(
            api,
            Shared {
                tokens,
                service_client,
                verifier,
            },
        ))
    }
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
