//! Verification of tokens on this machine: what to check, in which order. Each check is a file of its own.
//!
//! Shape, header, issuer, key, signature, claims: each step uses only what the steps before it have checked, and nothing in a token that is not
//! verified decides where keys come from.

mod algorithm;
mod builder;
mod claims;
mod date;
mod ed25519;
mod error;
mod fetch;
mod freshness;
mod header;
mod identity;
mod issuer;
mod jwks;
mod key_age;
mod keys;
mod member;
mod payload;
pub(crate) mod shape;
mod state;
mod token_cache;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;

pub use self::algorithm::SigningAlgorithm;
pub use self::builder::TokenVerifierBuilder;
use self::claims::{Claims, Expected};
use self::error::TokenVerificationReason::{BadSignature, InvalidClaim, UnsupportedAlgorithm};
pub use self::error::{TokenVerificationError, TokenVerificationReason};
pub(crate) use self::fetch::for_keys;
pub use self::freshness::KeyFreshness;
use self::header::Header;
pub use self::identity::{Identity, IdentityKind};
pub(crate) use self::issuer::{TrustedIssuers, base as trusted_base};
use self::jwks::Key;
use self::keys::Keys;
use self::payload::Payload;
use self::shape::{Parts, malformed};
pub use self::state::IssuerKeys;
pub use self::token_cache::VerifiedTokenCache;
use self::token_cache::VerifiedTokens;
use crate::clock::unix_seconds;
use crate::{AuthressClient, Cache, Clock, Metrics, bearer_token};

/// Verifies tokens of one account: those that the account issued to its users, and those that its service clients made for themselves.
///
/// Keys are fetched when they are needed and kept; no token is sent anywhere. Cloning is cheap; clones share the keys.
///
/// - Keys are used for an hour, then fetched again in the background while they are used on, for a day at most. After that, as long as they cannot
///   be fetched, every token of the issuer is refused with an error that [`is_unavailable`](TokenVerificationError::is_unavailable).
/// - A key id that is not known is asked for once; then the issuer is not asked for unknown ones for a minute. After a failure it is not asked for
///   5 seconds.
/// - A fetch takes 5 seconds at most, and an answer has 256 KiB at most. Many callers at once share one fetch.
/// - The keys of 512 service clients are kept, and at most 64 clients that are not known are asked for at once.
/// - A token has 16 KiB at most; RSA keys have 2048 to 8192 bits.
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
    issuers: TrustedIssuers,
    audiences: Vec<String>,
    algorithms: Vec<SigningAlgorithm>,
    leeway: Duration,
    cache: Option<VerifiedTokens>,
    clock: Arc<dyn Clock>,
    metrics: Option<Arc<dyn Metrics>>,
    keys: Arc<Keys>,
}

/// The key that a token must be signed with, and the service client that it is of, if it is one's.
struct Found {
    key: Arc<Key>,
    service_client_id: Option<String>,
    /// Whether the header was read for it, and not known by its text.
    header_was_read: bool,
}

impl TokenVerifier {
    /// How far the clocks of the issuer and of this machine may differ when nothing else is set.
    pub const DEFAULT_LEEWAY: Duration = Duration::from_secs(10);
    /// The largest leeway that can be set.
    pub const MAX_LEEWAY: Duration = Duration::from_secs(300);

    /// Begins a verifier for the account at `domain`: the custom domain, or `https://ACCOUNT_ID.api.authress.io`.
    ///
    /// At one of the service's own hosts the account's other names there are trusted as well: `https://ACCOUNT_ID.api.authress.io` and
    /// `https://ACCOUNT_ID.login.authress.io`. Of a domain with a path, behind which a gateway has the service, both the whole and the host without
    /// the path are trusted.
    pub fn builder(domain: impl Into<String>) -> TokenVerifierBuilder {
        TokenVerifierBuilder::new(domain.into())
    }

    /// Verifies `token`, with or without `Bearer ` before it, and says who it speaks for.
    ///
    /// # Errors
    /// A [`TokenVerificationError`]: the token is not good (answer 401), or the keys could not be had (answer 503).
    ///
    /// # Cancel safety
    /// Dropping the future is safe. A fetch of keys that it began goes on for the others who wait for it.
    pub async fn verify(&self, token: &str) -> Result<Identity, TokenVerificationError> {
        let (token, now) = (bearer_token(token), unix_seconds(&*self.0.clock));
        match self.remembered(token, now) {
            Some(identity) => Ok(identity),
            None => self.verify_anew(token, now).await,
        }
    }

    /// Whose a token is that was verified a short time ago.
    fn remembered(&self, token: &str, now: u64) -> Option<Identity> {
        let known = self.0.cache.as_ref()?.get(token, now);
        if let Some(metrics) = &self.0.metrics {
            metrics.cache_asked(Cache::VerifiedTokens, known.is_some());
        }
        known
    }

    /// On the heap, so that the future of a token that is remembered is small: it is moved at each call. And of a type without a name, so that this
    /// crate compiles all behind it, once, and not each program that uses it.
    fn verify_anew<'a>(
        &'a self,
        token: &'a str,
        now: u64,
    ) -> Pin<Box<dyn Future<Output = Result<Identity, TokenVerificationError>> + Send + 'a>> {
        Box::pin(async move {
            let verified = self.0.verify(token, now).await;
            if let Err(error) = &verified {
                tracing::debug!(reason = error.reason().as_str(), "a token was refused");
            }
            verified
        })
    }

    /// Verifies `token` as [`verify`](Self::verify) does, and reads its claims as a type of your own.
    ///
    /// ```
    /// #[derive(serde::Deserialize)]
    /// struct Profile {
    ///     tenant: String,
    /// }
    ///
    /// # async fn tenant(verifier: &authress::TokenVerifier, token: &str) -> Result<(), authress::TokenVerificationError> {
    /// let (identity, profile) = verifier.verify_as::<Profile>(token).await?;
    /// println!("{identity} of tenant {}", profile.tenant);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`verify`](Self::verify); and [`InvalidClaim`](TokenVerificationReason::InvalidClaim) when the claims do not fit the type.
    ///
    /// # Cancel safety
    /// As [`verify`](Self::verify).
    pub async fn verify_as<C: DeserializeOwned>(&self, token: &str) -> Result<(Identity, C), TokenVerificationError> {
        let identity = self.verify(token).await?;
        // The reader's own words are left out: they may repeat a claim.
        let claims = identity
            .claims_as()
            .map_err(|_| TokenVerificationError::at(InvalidClaim, "the claims do not fit the type"))?;
        Ok((identity, claims))
    }

    /// Fetches the keys of the account now, so that the first token need not wait for them, and a wrong domain shows when the program starts.
    ///
    /// The domain and each trusted issuer are asked one after another, also shortly after a failure. Keys that are fresh are not fetched again. The
    /// keys of service clients are fetched when the first token of each comes.
    ///
    /// ```
    /// # use authress::{KeyFreshness, TokenVerifier};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// let verifier = TokenVerifier::builder(local.url()).build()?;
    /// verifier.hydrate().await?;
    /// assert!(verifier.issuer_keys().iter().all(|keys| keys.freshness() == KeyFreshness::Fresh));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// A [`TokenVerificationError`] that [`is_unavailable`](TokenVerificationError::is_unavailable) when the keys of the domain or of a trusted
    /// issuer could not be had. The verifier can be used all the same, and fetches them when it needs them.
    ///
    /// # Cancel safety
    /// Dropping the future is safe. A fetch that it began goes on.
    pub async fn hydrate(&self) -> Result<(), TokenVerificationError> {
        let mut outcome = Ok(());
        for issuer in self.0.issuers.configured() {
            let hydrated = self.0.keys.hydrate(&issuer).await;
            outcome = outcome.and(hydrated);
        }
        outcome
    }

    /// What is known of the keys of each issuer at this moment, sorted by issuer.
    ///
    /// ```
    /// # use authress::TokenVerifier;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// # let verifier = TokenVerifier::builder(local.url()).build()?;
    /// verifier.hydrate().await?;
    /// for keys in verifier.issuer_keys() {
    ///     assert_eq!((keys.issuer(), keys.key_ids().len()), (local.url(), 1));
    /// }
    /// # Ok(()) }
    /// ```
    pub fn issuer_keys(&self) -> Vec<IssuerKeys> {
        self.0.keys.state()
    }

    /// Whether the two are one: clones, so that what one says is what the other says.
    #[cfg(feature = "tower")]
    pub(crate) fn is_clone_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl From<&TokenVerifier> for TokenVerifier {
    fn from(verifier: &TokenVerifier) -> Self {
        verifier.clone()
    }
}

/// The verifier of a client.
impl From<&AuthressClient> for TokenVerifier {
    fn from(client: &AuthressClient) -> Self {
        client.token_verifier().clone()
    }
}

impl Shared {
    async fn verify(&self, token: &str, now: u64) -> Result<Identity, TokenVerificationError> {
        let parts = Parts::of(token)?;
        let json = parts.payload()?;
        let signature = parts.signature()?;
        let payload = Payload::parse(&json).ok_or_else(|| malformed("payload"))?;
        let (found, now) = match self.known(parts, &payload, now) {
            Some(found) => (found, now),
            // Keys may have been waited for.
            None => (self.looked_up(parts, &payload).await?, unix_seconds(&*self.clock)),
        };
        if !found.key.verifies(parts.signing_input, &signature) {
            return Err(TokenVerificationError::new(BadSignature));
        }
        let expected = Expected {
            now,
            leeway: self.leeway.as_secs(),
            audiences: &self.audiences,
        };
        let claims = Claims::check(&payload, &expected)?;
        let (subject, issuer) = payload.subject_and_issuer()?;
        if found.header_was_read
            && let Some(loaded) = self.keys.at_hand(issuer)
        {
            loaded.remember(parts.header, &found.key);
        }
        let (user_id, issuer) = (subject.to_owned(), issuer.to_owned());
        let identity = Identity::new(user_id, issuer, found.service_client_id, claims, json, found.key);
        if let Some(cache) = &self.cache {
            cache.insert(token, &identity, now);
        }
        Ok(identity)
    }

    /// The key of a token whose issuer and header are known by their text from a token that was verified.
    ///
    /// Nothing is left out: the header was checked then, and an issuer that is found here is a trusted one in its one form.
    fn known(&self, parts: Parts<'_>, payload: &Payload<'_>, now: u64) -> Option<Found> {
        let (subject, issuer) = payload.subject_and_issuer().ok()?;
        let loaded = self.keys.at_hand(issuer)?;
        let key = loaded.by_header(parts.header, now)?;
        loaded.issuer.may_speak_of(subject).ok()?;
        Some(Found {
            key,
            service_client_id: loaded.issuer.service_client_id.clone(),
            header_was_read: false,
        })
    }

    /// The key of any token.
    async fn looked_up(&self, parts: Parts<'_>, payload: &Payload<'_>) -> Result<Found, TokenVerificationError> {
        let json = parts.header()?;
        let header = Header::parse(&json).ok_or_else(|| malformed("header"))?;
        let header = header.accepted(&self.algorithms)?;
        let (subject, issuer) = payload.subject_and_issuer()?;
        let issuer = self.issuers.find(issuer)?;
        issuer.may_speak_of(subject)?;
        let key = self.keys.find(&issuer, header.key_id).await?;
        if key.algorithm() != header.algorithm {
            return Err(TokenVerificationError::new(UnsupportedAlgorithm));
        }
        Ok(Found {
            key,
            service_client_id: issuer.service_client_id,
            header_was_read: true,
        })
    }
}

impl fmt::Debug for TokenVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenVerifier")
            .field("issuers", &self.0.issuers)
            .field("audiences", &self.0.audiences)
            .field("algorithms", &self.0.algorithms)
            .field("leeway", &self.0.leeway)
            .field("cache", &self.0.cache)
            .finish_non_exhaustive()
    }
}
