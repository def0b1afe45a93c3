//! What a verifier knows of the keys of an issuer, for health checks, metrics and debugging.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::freshness::KeyFreshness;
use super::key_age::Entry;

/// What a verifier knows of the keys of one issuer at one moment.
///
/// ```
/// use authress::{KeyFreshness, TokenVerifier};
///
/// let jwks = r#"{"keys":[{"kid":"k1","kty":"OKP","crv":"Ed25519","x":"Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc"}]}"#;
/// let verifier = TokenVerifier::builder("https://login.example.com")
///     .static_jwks("https://login.example.com", jwks)
///     .build()?;
/// for keys in verifier.issuer_keys() {
///     assert_eq!((keys.issuer(), keys.freshness()), ("https://login.example.com", KeyFreshness::Static));
///     assert_eq!(keys.key_ids(), ["k1"]);
/// }
/// # Ok::<(), authress::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct IssuerKeys {
    issuer: String,
    key_ids: Vec<String>,
    freshness: KeyFreshness,
    fetched_at: Option<SystemTime>,
    is_fetching: bool,
    cooling_down_until: Option<SystemTime>,
    last_error: Option<Arc<dyn StdError + Send + Sync>>,
}

impl IssuerKeys {
    pub(super) fn of(entry: &Entry, now: u64) -> Self {
        let time = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        Self {
            issuer: entry.issuer().text.clone(),
            key_ids: entry.loaded().map(|loaded| loaded.set.key_ids()).unwrap_or_default(),
            freshness: entry.freshness(now),
            fetched_at: entry.fetched_at().map(time),
            is_fetching: entry.is_fetching(now),
            cooling_down_until: entry.cooling_down_until(now).map(time),
            last_error: entry.last_error().map(|error| Arc::clone(error) as _),
        }
    }

    /// The issuer: the account, or one of its service clients.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The ids of the keys that are at hand, sorted.
    pub fn key_ids(&self) -> &[String] {
        &self.key_ids
    }

    /// How much the keys are worth.
    pub fn freshness(&self) -> KeyFreshness {
        self.freshness
    }

    /// When the keys were asked for, as far as is known, to the second.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// # let client = authress::AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.token_verifier().hydrate().await?;
    /// for keys in client.token_verifier().issuer_keys() {
    ///     assert!(keys.fetched_at().is_some() && !keys.is_fetching());
    ///     assert!(keys.cooling_down_until().is_none() && keys.last_error().is_none());
    /// }
    /// # Ok(()) }
    /// ```
    pub fn fetched_at(&self) -> Option<SystemTime> {
        self.fetched_at
    }

    /// Whether they are being fetched.
    pub fn is_fetching(&self) -> bool {
        self.is_fetching
    }

    /// Until when nothing is fetched for key ids that are not known: after a fetch that failed, or one that did not bring the key it was made for.
    pub fn cooling_down_until(&self) -> Option<SystemTime> {
        self.cooling_down_until
    }

    /// Why the last fetch failed, when it did.
    pub fn last_error(&self) -> Option<&(dyn StdError + 'static)> {
        self.last_error.as_deref().map(|error| error as _)
    }
}
