//! Login with an identity provider of one's own: the URL that the user is sent back to the service with.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use url::Url;

use crate::origin::origin;
use crate::token_provider::{issuer_base, no_access_key};
use crate::verifier::{TrustedIssuers, trusted_base};
use crate::{BaseUrl, Error, Secret, ServiceClientTokenProvider, encoding};

/// The type of a login code, which no verifier takes for an access token.
const CODE_TYPE: &str = "oauth-authz-req+jwt";
/// How long a code is valid when nothing else is set: the browser takes it to the service at once.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(60);
/// The longest lifetime of a code.
const MAX_LIFETIME: Duration = Duration::from_secs(3_600);

/// A request for the URL that a user is sent back to, once an identity provider of your own has authenticated them. `.await` gives the URL.
///
/// The service redirects the user's browser to your login page with `client_id` and `state` in the query. Authenticate the user there, then
/// redirect the browser to this URL: it carries a code that says who the user is, signed by the service client. Whoever has the URL can log in as
/// the user while the code is valid, so it is a [`Secret`].
///
/// ```
/// use authress::{AccessKey, ServiceClientTokenProvider};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let text = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
/// # let key: AccessKey = text.parse()?;
/// let provider = ServiceClientTokenProvider::builder(key).domain("https://login.example.com").build()?;
/// // Where the service sent the browser to: its own URL, and what it had in its query.
/// let authentication_url = "https://login.example.com/?client_id=sc_1&state=state-1";
/// let url = provider.user_login_url(authentication_url, "user-1").await?;
/// assert!(url.expose().starts_with("https://login.example.com/login?client_id=sc_1&state=state-1&code=eyJ"));
/// # Ok(()) }
/// ```
///
/// # Errors
/// An [`Error`] that names what cannot be used: `authentication_url`, `user_id`, `state`, `client_id`, `lifetime`, `trusted_issuer`; `access_key`
/// when it is asked of a client that has none; or one that no token could be had, when the signer fails or takes longer than 10 seconds.
///
/// # Cancel safety
/// Dropping the future abandons the URL.
#[must_use = "it does nothing until it is awaited"]
pub struct UserLoginUrl<'a> {
    /// None when it was asked of a client that has no service client.
    provider: Option<&'a ServiceClientTokenProvider>,
    authentication_url: String,
    user_id: String,
    state: Option<String>,
    client_id: Option<String>,
    lifetime: Duration,
    trusted: Vec<String>,
    trusts_any_host: bool,
}

/// The claims of a code; the order of the fields is the order on the wire.
#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    iss: &'a str,
    sub: &'a str,
    client_id: &'a str,
    jti: &'a str,
    iat: u64,
    exp: u64,
    max_age: u64,
    scope: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
}

impl<'a> UserLoginUrl<'a> {
    pub(crate) fn new(
        provider: Option<&'a ServiceClientTokenProvider>,
        authentication_url: String,
        user_id: String,
    ) -> Self {
        Self {
            provider,
            authentication_url,
            user_id,
            state: None,
            client_id: None,
            lifetime: DEFAULT_LIFETIME,
            trusted: Vec::new(),
            trusts_any_host: false,
        }
    }

    /// The state that the service sent with the browser, when the URL does not carry it.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress::Error> {
    /// # let access_key = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
    /// # let client = authress::AuthressClient::builder("https://login.example.com").access_key(access_key).build()?;
    /// let url = client
    ///     .user_login_url("https://login.example.org/", "user-1")
    ///     .state("state-1")
    ///     .client_id("sc_1")
    ///     .lifetime(Duration::from_secs(30))
    ///     .trusted_issuer("https://login.example.org")
    ///     .await?;
    /// assert!(url.expose().starts_with("https://login.example.org/login?"));
    /// # Ok(()) }
    /// ```
    pub fn state(mut self, state: impl Into<String>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// The service client that the service sent with the browser, when the URL does not carry it. It must be the one that signs.
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = Some(client_id.into());
        self
    }

    /// How long the code is valid, in whole seconds: 60 seconds by default, 1 second at least, 1 hour at most.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Trusts another name of the account as well, such as `https://login.example.com`: the code may be sent there.
    pub fn trusted_issuer(mut self, url: impl Into<String>) -> Self {
        self.trusted.push(url.into());
        self
    }

    /// Sends the code to whatever host the authentication URL has.
    ///
    /// The URL comes from the browser. Anybody can make a user's browser bring one of their own, and would get a code with which to log in as the
    /// user: check the host yourself.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress::Error> {
    /// # let access_key = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
    /// # let client = authress::AuthressClient::builder("https://login.example.com").access_key(access_key).build()?;
    /// let url = "https://tenant.login.example.org/?client_id=sc_1&state=state-1"; // whose host you have checked
    /// let url = client.user_login_url(url, "user-1").dangerous_trust_any_host().await?;
    /// # Ok(()) }
    /// ```
    pub fn dangerous_trust_any_host(mut self) -> Self {
        self.trusts_any_host = true;
        self
    }

    async fn url(self) -> Result<Secret, Error> {
        let provider = self.provider.ok_or_else(no_access_key)?;
        let key = provider.minter().key();
        if self.user_id.trim().is_empty() {
            return Err(Error::invalid_argument("user_id", "it is empty"));
        }
        let lifetime = self.lifetime.as_secs();
        if self.lifetime < Duration::from_secs(1) || self.lifetime > MAX_LIFETIME {
            return Err(Error::invalid_argument(
                "lifetime",
                "it is not between 1 second and 1 hour",
            ));
        }
        let mut url = Url::parse(&self.authentication_url).map_err(|_| refused("it is no URL"))?;
        let base = self.base_for(provider, &url)?;
        let parameter = |name: &str| {
            let mut found = url.query_pairs().filter(|(known, _)| known == name);
            match (found.next(), found.next()) {
                (Some((_, value)), None) => Ok(Some(value.into_owned())),
                (None, _) => Ok(None),
                // Two readers may take different ones of the two.
                (Some(_), Some(_)) => Err(refused(format!("it has more than one `{name}`"))),
            }
        };
        let state = one("state", parameter("state")?, self.state)?;
        let client_id = one("client_id", parameter("client_id")?, self.client_id)?;
        if client_id != key.client_id() {
            let reason = "it is not the service client whose key signs";
            return Err(Error::invalid_argument("client_id", reason));
        }

        let issuer = format!("{base}/v1/clients/{}", encoding::segment(key.client_id()));
        let now = provider.now();
        let is_email = self.user_id.contains('@');
        let claims = Claims {
            aud: &provider.minter().audience(),
            iss: &issuer,
            sub: &self.user_id,
            client_id: key.client_id(),
            jti: &unique_id()?,
            iat: now,
            exp: now.saturating_add(lifetime),
            max_age: lifetime,
            scope: "openid",
            email: is_email.then_some(&self.user_id),
            email_verified: is_email.then_some(true),
        };
        let input = provider.minter().signing_input_of(CODE_TYPE, &claims)?;
        let code = provider.sign(input).await?;

        let mut query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        for (name, value) in [("code", code.expose()), ("iss", &issuer), ("state", &state)] {
            set(&mut query, name, value);
        }
        url.set_path("/login");
        url.set_fragment(None);
        url.query_pairs_mut().clear().extend_pairs(query);
        Ok(Secret::from(String::from(url)))
    }

    /// What the code's issuer begins with, once the URL's host is one that the code may be sent to.
    fn base_for(&self, provider: &ServiceClientTokenProvider, url: &Url) -> Result<String, Error> {
        // Another scheme may have no host at all, or belong to a program that is not a browser.
        if !matches!(url.scheme(), "https" | "http") {
            return Err(refused("it must be https, or http to this machine"));
        }
        let at = BaseUrl::parse(&url.origin().ascii_serialization())
            .map_err(|_| refused("it must be https, or http to this machine"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("it must not hold a user name or password"));
        }
        let domain = provider.domain();
        let mut trusted = domain.map(TrustedIssuers::new).unwrap_or_default();
        for url in &self.trusted {
            trusted.add(&trusted_base("trusted_issuer", url)?);
        }
        if !self.trusts_any_host && !trusted.has_origin(origin(&at)) {
            return Err(refused(
                "its host is not one of the account's; set `domain`, or name the host with `trusted_issuer`",
            ));
        }
        let key = provider.minter().key();
        Ok(issuer_base(key, Some(domain.unwrap_or(&at))))
    }
}

impl<'a> IntoFuture for UserLoginUrl<'a> {
    type Output = Result<Secret, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.url())
    }
}

fn refused(reason: impl Into<String>) -> Error {
    Error::invalid_argument("authentication_url", reason)
}

/// A parameter that stands in the URL, beside it, or equally in both.
fn one(name: &'static str, in_url: Option<String>, given: Option<String>) -> Result<String, Error> {
    let value = match (in_url, given) {
        (Some(in_url), Some(given)) if in_url != given => {
            return Err(Error::invalid_argument(name, "the URL has another one"));
        }
        (Some(value), _) | (None, Some(value)) => value,
        (None, None) => String::new(),
    };
    if value.is_empty() {
        return Err(Error::invalid_argument(name, "it is missing or empty"));
    }
    Ok(value)
}

/// Sets a parameter in its place, or at the end.
fn set(query: &mut Vec<(String, String)>, name: &str, value: &str) {
    let first = query.iter().position(|(known, _)| known == name);
    let mut at = 0;
    query.retain(|(known, _)| {
        let keep = known != name || Some(at) == first;
        at += 1;
        keep
    });
    match query.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => value.clone_into(known),
        None => query.push((name.to_owned(), value.to_owned())),
    }
}

/// 128 random bits: with it the service can tell a code that was used before.
fn unique_id() -> Result<String, Error> {
    let mut bytes = [0; 16];
    rand::fill(&mut bytes).map_err(|_| Error::token("the system gave no random bytes"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

impl fmt::Debug for UserLoginUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the URL: its state belongs to the user's browser.
        f.debug_struct("UserLoginUrl")
            .field("user_id", &self.user_id)
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}
