//! The client: who is asking, and the questions that are asked most. Settings are in `config`, the other calls in `api`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::within;
use crate::config::AuthressClientBuilder;
use crate::decision::{self, Answer, TokenCaller};
use crate::login::UserLoginUrl;
use crate::token_provider::no_access_key;
use crate::verifier::shape::Claimed;
use crate::{
    Clock, Decision, DecisionCache, Error, Identity, Jitter, RawCall, Secret, ServiceClientTokenProvider,
    TokenOverrides, TokenProvider, TokenVerificationError, TokenVerifier, bearer_token, holds_access_key,
};

/// The client of one account. Cloning is cheap; clones share connections, tokens and keys.
///
/// It asks as the service client whose access key it was built with, or, after [`with_user_token`](Self::with_user_token), as a user.
#[derive(Clone)]
pub struct AuthressClient {
    api: authress_api::Client,
    shared: Arc<Shared>,
    user: Option<Arc<User>>,
}

/// The user whose token a client has.
struct User {
    id: String,
    /// Nothing when no decision is kept for the holder of the token.
    caller: Option<TokenCaller>,
}

pub(crate) struct Shared {
    pub(crate) tokens: Option<Arc<dyn TokenProvider>>,
    /// The same again, when the tokens are made from an access key or with a signer.
    pub(crate) service_client: Option<ServiceClientTokenProvider>,
    pub(crate) verifier: TokenVerifier,
    pub(crate) decisions: Option<DecisionCache>,
    /// Longest time for a whole call.
    pub(crate) timeout: Duration,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) jitter: Arc<dyn Jitter>,
}

impl AuthressClient {
    /// Begins a client for the account at `url`: the custom domain, or `https://ACCOUNT_ID.api.authress.io`. See [`BaseUrl`](crate::BaseUrl) for
    /// the forms.
    ///
    /// ```
    /// use authress::AuthressClient;
    ///
    /// let client = AuthressClient::builder("https://login.example.com").build()?;
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn builder(url: impl Into<String>) -> AuthressClientBuilder {
        AuthressClientBuilder::new(url.into())
    }

    pub(crate) fn new(api: authress_api::Client, shared: Shared) -> Self {
        Self {
            api,
            shared: Arc::new(shared),
            user: None,
        }
    }

    /// A client that acts as the user whose `token` came with a request. The clone is cheap; make one a request.
    ///
    /// `token` may be a whole `Authorization` value, with `Bearer ` before it. It is not verified here: the service does that with each call.
    /// To know on this machine who is calling, use [`verify_token`](Self::verify_token).
    ///
    /// ```
    /// use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).build()?;
    /// # let authorization_header = format!("Bearer {}", local.user_token("user-1"));
    /// let as_user = client.with_user_token(&authorization_header)?;
    /// as_user.authorize("documents/42", "read").await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// An [`Error`] that names `token` when it is not a JSON Web Token with a subject, or is an access key, which must never be sent.
    pub fn with_user_token(&self, token: &str) -> Result<Self, Error> {
        let refuse = |reason: &str| Error::invalid_argument("token", reason);
        let token = bearer_token(token);
        if holds_access_key(token) {
            return Err(refuse(
                "it is an access key, which must never be sent to anybody; give it to the builder with `access_key`",
            ));
        }
        let mut claimed = Claimed::by(token).map_err(|e| refuse(&e.to_string()))?;
        let subject = claimed.subject.take();
        let id = subject.ok_or_else(|| refuse("it does not say whose it is (`sub`)"))?;
        let keeps_decisions = self.shared.decisions.is_some();
        let caller = keeps_decisions.then(|| TokenCaller::new(token, &claimed)).flatten();
        Ok(Self {
            api: self.api.with_bearer_token(token)?,
            shared: Arc::clone(&self.shared),
            user: Some(Arc::new(User { id, caller })),
        })
    }

    /// Whether the user may do this. `Ok(false)` means that the service said no, and nothing else.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// assert!(client.is_authorized("user-1", "documents/42", "read").await?);
    /// assert!(!client.is_authorized("user-2", "documents/42", "read").await?);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any [`Error`] but a denial: the question has no answer then, and nothing may be allowed.
    ///
    /// # Cancel safety
    /// Dropping the future abandons the question; where decisions are kept, it goes on, and its answer is kept for others.
    pub async fn is_authorized(
        &self,
        user_id: impl AsRef<str>,
        resource_uri: impl AsRef<str>,
        permission: impl AsRef<str>,
    ) -> Result<bool, Error> {
        let (user_id, resource_uri, permission) = (user_id.as_ref(), resource_uri.as_ref(), permission.as_ref());
        match decision::known(self, user_id, resource_uri, permission) {
            Some(decision) => Ok(decision.allowed),
            None => Ok(self.ask(user_id, resource_uri, permission).await?.decision.allowed),
        }
    }

    /// Succeeds when the user may do this.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// match client.authorize_user("user-2", "documents/42", "read").await {
    ///     Ok(()) => println!("allowed"),
    ///     Err(error) if error.is_denied() => println!("denied"),
    ///     Err(error) => return Err(error.into()), // could not ask: neither allowed nor denied
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// An [`Error`] with [`is_denied`](Error::is_denied) when the service said no; any other one when the question has no answer.
    ///
    /// # Cancel safety
    /// As [`is_authorized`](Self::is_authorized).
    pub async fn authorize_user(
        &self,
        user_id: impl AsRef<str>,
        resource_uri: impl AsRef<str>,
        permission: impl AsRef<str>,
    ) -> Result<(), Error> {
        let (user_id, resource_uri, permission) = (user_id.as_ref(), resource_uri.as_ref(), permission.as_ref());
        match decision::known(self, user_id, resource_uri, permission) {
            Some(decision) => Answer::from(decision).into_outcome(),
            None => self.ask(user_id, resource_uri, permission).await?.into_outcome(),
        }
    }

    /// What the service says to whether the user may do this, and how it is known. A denied is no error here: look at
    /// [`allowed`](Decision::allowed).
    ///
    /// ```
    /// # use authress::{AuthressClient, DecisionSource};
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let decision = client.check_user("user-1", "documents/42", "read").await?;
    /// assert!(decision.allowed && decision.source == DecisionSource::Live);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`is_authorized`](Self::is_authorized).
    ///
    /// # Cancel safety
    /// As [`is_authorized`](Self::is_authorized).
    pub async fn check_user(
        &self,
        user_id: impl AsRef<str>,
        resource_uri: impl AsRef<str>,
        permission: impl AsRef<str>,
    ) -> Result<Decision, Error> {
        let (user_id, resource_uri, permission) = (user_id.as_ref(), resource_uri.as_ref(), permission.as_ref());
        match decision::known(self, user_id, resource_uri, permission) {
            Some(decision) => Ok(decision),
            None => Ok(self.ask(user_id, resource_uri, permission).await?.decision),
        }
    }

    /// Answers a question, by what is known or by a call.
    pub(crate) async fn answer(&self, user_id: &str, resource_uri: &str, permission: &str) -> Result<Answer, Error> {
        match decision::known(self, user_id, resource_uri, permission) {
            Some(decision) => Ok(decision.into()),
            None => self.ask(user_id, resource_uri, permission).await,
        }
    }

    /// Asks what is not known.
    async fn ask(&self, user_id: &str, resource_uri: &str, permission: &str) -> Result<Answer, Error> {
        if let Some(cache) = &self.shared.decisions {
            // On the heap, so that the calls of those who keep nothing are no larger for it.
            return Box::pin(decision::ask(self, cache, user_id, resource_uri, permission)).await;
        }
        // `send` needs no allocation, as `.await` on the call would.
        let call = self.api.authorize_user(user_id, resource_uri, permission);
        Answer::live(call.send().await.map(|_| ()))
    }

    /// Succeeds when the user whose token this client has may do this: the token's subject. See [`with_user_token`](Self::with_user_token).
    ///
    /// The subject is read from the token as it stands. That is safe because the service verifies the same token before it answers.
    ///
    /// # Errors
    /// As [`authorize_user`](Self::authorize_user); and an [`Error`] that names `token` when the client has no user's token.
    ///
    /// # Cancel safety
    /// As [`is_authorized`](Self::is_authorized).
    pub async fn authorize(&self, resource_uri: impl AsRef<str>, permission: impl AsRef<str>) -> Result<(), Error> {
        self.authorize_user(self.own_user()?, resource_uri, permission).await
    }

    /// Whether the user whose token this client has may do this. `Ok(false)` means that the service said no, and nothing else.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).build()?;
    /// let as_user = client.with_user_token(&local.user_token("user-1"))?;
    /// assert!(as_user.is_allowed("documents/42", "read").await?);
    /// assert!(!as_user.is_allowed("documents/42", "write").await?);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`authorize`](Self::authorize), but a denial.
    ///
    /// # Cancel safety
    /// As [`is_authorized`](Self::is_authorized).
    pub async fn is_allowed(&self, resource_uri: impl AsRef<str>, permission: impl AsRef<str>) -> Result<bool, Error> {
        self.is_authorized(self.own_user()?, resource_uri, permission).await
    }

    /// What the service says to whether the user whose token this client has may do this, as [`check_user`](Self::check_user) does.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).build()?;
    /// let as_user = client.with_user_token(&local.user_token("user-1"))?;
    /// assert!(as_user.check("documents/42", "read").await?.allowed);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`is_allowed`](Self::is_allowed).
    ///
    /// # Cancel safety
    /// As [`is_authorized`](Self::is_authorized).
    pub async fn check(&self, resource_uri: impl AsRef<str>, permission: impl AsRef<str>) -> Result<Decision, Error> {
        self.check_user(self.own_user()?, resource_uri, permission).await
    }

    /// The user whose token this client has: the token's subject, which is not verified here. Nothing for a client that asks for itself.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// let client = AuthressClient::builder(local.url()).build()?;
    /// let as_user = client.with_user_token(&local.user_token("user-1"))?;
    /// assert_eq!((client.user_id(), as_user.user_id()), (None, Some("user-1")));
    /// # Ok(()) }
    /// ```
    pub fn user_id(&self) -> Option<&str> {
        self.user.as_ref().map(|user| &*user.id)
    }

    pub(crate) fn own_user(&self) -> Result<&str, Error> {
        self.user_id().ok_or_else(|| {
            let reason =
                "the client has no user's token; use `with_user_token`, or `authorize_user` with the user's id";
            Error::invalid_argument("token", reason)
        })
    }

    /// The decisions that are kept, if the client was built to [keep them](AuthressClientBuilder::decision_cache): to give some of them up.
    ///
    /// ```
    /// use authress::{AuthressClient, DecisionCache};
    ///
    /// let client = AuthressClient::builder("https://login.example.com").decision_cache(DecisionCache::builder()).build()?;
    /// if let Some(cache) = client.decision_cache() {
    ///     cache.invalidate("user-1");
    /// }
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn decision_cache(&self) -> Option<&DecisionCache> {
        self.shared.decisions.as_ref()
    }

    /// Verifies `token` on this machine, with or without `Bearer ` before it, and says who it speaks for. Keys are fetched when needed and kept.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let authorization_header = format!("Bearer {}", local.user_token("user-1"));
    /// match client.verify_token(&authorization_header).await {
    ///     Ok(identity) => assert_eq!(identity.user_id(), "user-1"),
    ///     Err(error) if error.is_token_invalid() => println!("401: {}", error.reason()),
    ///     Err(error) => println!("503: {error}"),
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// A [`TokenVerificationError`]: the token is not good (answer 401), or the keys could not be had (answer 503).
    ///
    /// # Cancel safety
    /// Dropping the future is safe. A fetch of keys that it began goes on for the others who wait for it.
    pub async fn verify_token(&self, token: &str) -> Result<Identity, TokenVerificationError> {
        self.shared.verifier.verify(token).await
    }

    /// A token of the service client, to call an API of your own with; that API verifies it with [`verify_token`](Self::verify_token).
    ///
    /// It is made on this machine from the access key: nothing is sent. It is kept, and another takes its place when an hour of its life is left.
    /// With a [`TokenProvider`] of your own it is what that gives, without `Bearer ` before it.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let token = client.client_token().await?;
    /// let header = format!("Authorization: Bearer {}", token.expose());
    /// assert!(client.verify_token(token.expose()).await?.is_service_client());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// An [`Error`] that names `access_key` when the client was built without one and without a token provider; or the token provider's error.
    ///
    /// # Cancel safety
    /// Dropping the future is safe.
    pub async fn client_token(&self) -> Result<Secret, Error> {
        match &self.shared.tokens {
            Some(tokens) => tokens.token().await,
            None => Err(no_access_key()),
        }
    }

    /// A token of the service client with other claims or headers than all the others have. It is made anew each time, and kept nowhere.
    ///
    /// ```
    /// # use authress::{AuthressClient, TokenOverrides};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress::Error> {
    /// # let access_key = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
    /// let client = AuthressClient::builder("https://login.example.com").access_key(access_key).build()?;
    /// let overrides = TokenOverrides::new().claim("aud", "https://api.example.com");
    /// let token = client.client_token_with(&overrides).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// An [`Error`] that names `access_key` when the client has none, nor a [`ServiceClientTokenProvider`]; or as
    /// [`token_with`](ServiceClientTokenProvider::token_with).
    ///
    /// # Cancel safety
    /// Dropping the future abandons the token.
    pub async fn client_token_with(&self, overrides: &TokenOverrides) -> Result<Secret, Error> {
        self.service_client()?.token_with(overrides).await
    }

    /// The URL that a user is sent back to who was authenticated by an identity provider of your own; see [`UserLoginUrl`].
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress::Error> {
    /// # let access_key = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
    /// let client = AuthressClient::builder("https://login.example.com").access_key(access_key).build()?;
    /// let authentication_url = "https://login.example.com/?client_id=sc_1&state=state-1";
    /// let url = client.user_login_url(authentication_url, "user-1").await?;
    /// # Ok(()) }
    /// ```
    pub fn user_login_url(
        &self,
        authentication_url: impl Into<String>,
        user_id: impl Into<String>,
    ) -> UserLoginUrl<'_> {
        let provider = self.shared.service_client.as_ref();
        UserLoginUrl::new(provider, authentication_url.into(), user_id.into())
    }

    /// Waits for a random time up to `longest`.
    pub(crate) async fn wait_at_random(&self, longest: Duration) {
        let wait = self.shared.jitter.up_to(longest).min(longest);
        self.shared.clock.sleep(wait).await;
    }

    /// Whether it has tokens of its own to ask with.
    #[cfg(feature = "tower")]
    pub(crate) fn has_tokens(&self) -> bool {
        self.shared.tokens.is_some()
    }

    /// Whether it asks as a user, with that user's token.
    pub(crate) fn acts_as_user(&self) -> bool {
        self.user.is_some()
    }

    /// Who holds the user's token that this client has; nothing when that is not to be told from others.
    pub(crate) fn user_caller(&self) -> Option<&TokenCaller> {
        self.user.as_ref()?.caller.as_ref()
    }

    /// Whether it asks as one service client, whose tokens it makes.
    pub(crate) fn is_service_client(&self) -> bool {
        self.shared.service_client.is_some()
    }

    /// The token of the provider that gives them, when it is not known whose it will be.
    pub(crate) async fn provided_token(&self) -> Result<Option<Secret>, Error> {
        if self.acts_as_user() || self.is_service_client() {
            return Ok(None);
        }
        let Some(tokens) = &self.shared.tokens else {
            return Ok(None);
        };
        let token = within(self.clock(), self.timeout(), tokens.token()).await;
        let late = || Error::token_timeout("the token did not come within the time of the call");
        let token = token.unwrap_or_else(|| Err(late()));
        token.map(Some).map_err(|error| error.with_attempts(0))
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.shared.clock
    }

    /// Longest time for a whole call.
    pub(crate) fn timeout(&self) -> Duration {
        self.shared.timeout
    }

    fn service_client(&self) -> Result<&ServiceClientTokenProvider, Error> {
        self.shared.service_client.as_ref().ok_or_else(no_access_key)
    }

    /// The verifier that [`verify_token`](Self::verify_token) uses: to fetch its keys when the program starts, or to see what it knows.
    ///
    /// ```
    /// use authress::AuthressClient;
    ///
    /// let client = AuthressClient::builder("https://login.example.com").build()?;
    /// assert!(client.token_verifier().issuer_keys().iter().all(|keys| keys.key_ids().is_empty()));
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn token_verifier(&self) -> &TokenVerifier {
        &self.shared.verifier
    }

    /// The raw client ([`RawClient`](crate::RawClient)) with every operation of the service, sending as this client does.
    ///
    /// ```
    /// use authress::AuthressClient;
    ///
    /// let client = AuthressClient::builder("https://login.example.com/").build()?;
    /// assert_eq!(client.api().base_url().as_str(), "https://login.example.com");
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn api(&self) -> &authress_api::Client {
        &self.api
    }

    /// Begins a call of any path below the base URL, for what the description does not have yet: with this client's token, retries and errors.
    /// See [`authress_api::Client::request`] for what a path may be.
    ///
    /// ```
    /// use authress::http::Method;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let roles: serde_json::Value = client.request(Method::GET, "/v1/roles").query("limit", 5).decode().await?;
    /// assert!(roles["roles"].is_array());
    /// # Ok(()) }
    /// ```
    pub fn request(&self, method: http::Method, path: impl Into<String>) -> RawCall {
        self.api.request(method, path)
    }
}

impl fmt::Debug for AuthressClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthressClient")
            .field("base_url", self.api.base_url())
            .field("service_client", &self.shared.service_client)
            .field("user_id", &self.user_id())
            .finish_non_exhaustive()
    }
}
