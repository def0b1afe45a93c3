//! The settings of a client, and how they are checked. What a client does is in `client`.

use std::fmt;
use std::sync::Arc;

use crate::client::Shared as SharedClient;
use crate::pipeline::Shared;
use crate::pipeline::token::WithToken;
use crate::pipeline::user_agent::WithUserAgent;
use crate::verifier::for_keys;
use crate::{
    AccessKey, AccessKeyError, AuthressClient, BaseUrl, Clock, Error, ReqwestTransport, ServiceClientTokenProvider,
    SystemClock, TokenProvider, TokenVerifier, Transport,
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
    access_key: Option<Result<AccessKey, AccessKeyError>>,
    token_provider: Option<Provider>,
    clock: Arc<dyn Clock>,
    transport: Option<Arc<dyn Transport>>,
    user_agent_suffix: Option<String>,
    token_verifier: Option<TokenVerifier>,
}

/// Where tokens come from, and the same again when it is one that can make others.
struct Provider {
    tokens: Arc<dyn TokenProvider>,
    service_client: Option<ServiceClientTokenProvider>,
}

impl AuthressClientBuilder {
    pub(crate) fn new(url: String) -> Self {
        Self {
            url,
            access_key: None,
            token_provider: None,
            clock: Arc::new(SystemClock),
            transport: None,
            user_agent_suffix: None,
            token_verifier: None,
        }
    }

    /// The access key of the service client that the program is: `CLIENT_ID.KEY_ID.ACCOUNT_ID.PRIVATE_KEY`, as text, as a [`Secret`](crate::Secret), or read
    /// already, by [`AccessKey::from_env`] for instance.
    ///
    /// It stays in the process and signs tokens. Without one, only calls with a user's token are authenticated.
    pub fn access_key<K>(mut self, access_key: K) -> Self
    where
        K: TryInto<AccessKey>,
        K::Error: Into<AccessKeyError>,
    {
        self.access_key = Some(access_key.try_into().map_err(Into::into));
        self
    }

    /// Where tokens come from instead of an access key.
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.token_provider = Some(Provider {
            tokens: Arc::new(provider),
            service_client: None,
        });
        self
    }

    /// The service client that the program is, when its tokens are made with a [`Signer`](crate::Signer), or shared with another client.
    pub fn service_client(mut self, provider: ServiceClientTokenProvider) -> Self {
        self.token_provider = Some(Provider {
            tokens: Arc::new(provider.clone()),
            service_client: Some(provider),
        });
        self
    }

    /// Where the time comes from.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// How requests are sent, those to the service and those for keys. It must follow no redirects and must have a time limit.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The name and version of the program, to stand in `User-Agent` after those of the SDK: printable ASCII.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// The verifier of [`AuthressClient::verify_token`], when it needs settings: an audience, another trusted origin.
    pub fn token_verifier(mut self, verifier: TokenVerifier) -> Self {
        self.token_verifier = Some(verifier);
        self
    }

    /// Checks the settings and makes the client. Nothing is sent yet.
    ///
    /// # Errors
    /// An [`Error`] that names the setting: `base_url`, `access_key`, `token_provider` when there is one beside an access key, `user_agent_suffix`, or
    /// `tls` when TLS cannot be set up.
    pub fn build(self) -> Result<AuthressClient, Error> {
        let base_url = BaseUrl::parse(&self.url)?;
        let provider = match (self.access_key, self.token_provider) {
            (Some(_), Some(_)) => {
                let reason = "there is an access key as well; give one of the two";
                return Err(Error::invalid_argument("token_provider", reason));
            }
            (Some(key), None) => {
                let key = key.map_err(|e| Error::invalid_argument("access_key", e.to_string()))?;
                let provider = ServiceClientTokenProvider::builder(key)
                    .domain(base_url.as_str())
                    .shared_clock(Arc::clone(&self.clock))
                    .build()?;
                Some(Provider {
                    tokens: Arc::new(provider.clone()),
                    service_client: Some(provider),
                })
            }
            (None, provider) => provider,
        };

        let (transport, keys): (_, Arc<dyn Transport>) = if let Some(transport) = self.transport {
            (Shared(Arc::clone(&transport)), transport)
        } else {
            let transport = ReqwestTransport::new()?;
            // The two share their connections.
            let keys = for_keys(transport.clone());
            (Shared(Arc::new(transport)), Arc::new(keys))
        };
        let verifier = match self.token_verifier {
            Some(verifier) => verifier,
            None => TokenVerifier::builder(self.url).shared(self.clock, keys).build()?,
        };
        let suffix = self.user_agent_suffix.as_deref();
        let (tokens, service_client) = provider.map_or((None, None), |p| (Some(p.tokens), p.service_client));
        let api = match &tokens {
            Some(tokens) => {
                let transport = WithToken::new(transport, Arc::clone(tokens));
                authress_api::Client::with_transport(base_url, WithUserAgent::new(transport, suffix)?)
            }
            None => authress_api::Client::with_transport(base_url, WithUserAgent::new(transport, suffix)?),
        };
        Ok(AuthressClient::new(
            api,
            SharedClient {
                tokens,
                service_client,
                verifier,
            },
        ))
    }
}

impl fmt::Debug for AuthressClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the URL: it is not checked yet, and one that will be refused may hold a password.
        f.debug_struct("AuthressClientBuilder")
            .field("access_key", &self.access_key)
            .field("user_agent_suffix", &self.user_agent_suffix)
            .finish_non_exhaustive()
    }
}
