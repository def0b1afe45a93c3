//! Who a verified token speaks for. Which claims say so is in `payload` (`subject_and_issuer`).

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::claims::Claims;
use super::jwks::Key;

/// Who a verified token speaks for. There is no other way to one than the verification of a token. Cloning is cheap.
///
/// `Display` and `Debug` are safe to log: they show ids, audiences and scopes, no other claims, which may hold names and addresses.
///
/// It cannot be made up, not even from the claims of a token:
///
/// ```compile_fail,E0277
/// let identity: authress::Identity = serde_json::from_str(r#"{"sub":"user-1"}"#).unwrap();
/// ```
///
/// ```compile_fail,E0599
/// let identity = authress::Identity::default();
/// ```
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let local = authress_local::AuthressLocal::start().await?;
/// # let client = authress::AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
/// # let token = local.user_token("user-1");
/// use authress::{Identity, IdentityKind};
///
/// let identity: Identity = client.verify_token(&token).await?;
/// assert_eq!((identity.user_id(), identity.kind()), ("user-1", IdentityKind::User));
/// assert!(!identity.is_service_client() && identity.service_client_id().is_none());
/// assert_eq!(identity.issuer(), local.url());
/// assert!(identity.expires_at() > identity.issued_at().ok_or("it says when it was issued")?);
/// println!("for {:?}, with {:?}, {}", identity.audiences(), identity.scopes(), identity.has_scope("openid"));
/// assert_eq!(identity.claims()["sub"], "user-1");
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Identity(Arc<Inner>);

struct Inner {
    user_id: String,
    issuer: String,
    service_client_id: Option<String>,
    checked: Claims,
    /// The payload as it was signed: an object, read over once.
    json: Vec<u8>,
    claims: OnceLock<Map<String, Value>>,
    /// What its token was verified with.
    key: Arc<Key>,
}

/// What kind of principal an [`Identity`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdentityKind {
    /// A user, whose token the account issued.
    User,
    /// A service client, which made the token for itself.
    ServiceClient,
}

impl Identity {
    pub(super) fn new(
        user_id: String,
        issuer: String,
        service_client_id: Option<String>,
        checked: Claims,
        json: Vec<u8>,
        key: Arc<Key>,
    ) -> Self {
        Self(Arc::new(Inner {
            user_id,
            issuer,
            service_client_id,
            checked,
            json,
            claims: OnceLock::new(),
            key,
        }))
    }

    /// What its token was verified with.
    pub(super) fn key(&self) -> &Key {
        &self.0.key
    }

    /// Whether the two are one: clones of what one verification gave.
    #[cfg(feature = "tower")]
    pub(crate) fn is_clone_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The id to ask the permissions of (`sub`): a user's, or a service client's.
    pub fn user_id(&self) -> &str {
        &self.0.user_id
    }

    /// Who issued the token (`iss`), as it stands in it.
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The id of the service client, when the token is one that a service client made for itself.
    pub fn service_client_id(&self) -> Option<&str> {
        self.0.service_client_id.as_deref()
    }

    /// Whether the token is one that a service client made for itself.
    pub fn is_service_client(&self) -> bool {
        self.0.service_client_id.is_some()
    }

    /// Whether the token speaks for a user or for a service client.
    pub fn kind(&self) -> IdentityKind {
        if self.is_service_client() {
            IdentityKind::ServiceClient
        } else {
            IdentityKind::User
        }
    }

    /// Whom the token is meant for (`aud`); empty when it does not say.
    pub fn audiences(&self) -> &[String] {
        &self.0.checked.audiences
    }

    /// What the token may be used for (`scope` or `scopes`); empty when it does not say.
    pub fn scopes(&self) -> &[String] {
        &self.0.checked.scopes
    }

    /// Whether `scope` is among the scopes, exactly.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes().iter().any(|known| known == scope)
    }

    /// When the token ends (`exp`), to the second.
    pub fn expires_at(&self) -> SystemTime {
        time(self.0.checked.expires_at)
    }

    pub(super) fn expires_at_seconds(&self) -> u64 {
        self.0.checked.expires_at
    }

    /// When the token was made (`iat`), to the second.
    pub fn issued_at(&self) -> Option<SystemTime> {
        self.0.checked.issued_at.map(time)
    }

    /// All claims of the token as JSON.
    pub fn claims(&self) -> &Map<String, Value> {
        // It can be read: when it was verified, all of it was read with the same library, and what that takes for an order was refused.
        let read = || serde_json::from_slice(&self.0.json).unwrap_or_default();
        self.0.claims.get_or_init(read)
    }

    /// All claims of the token as a type of your own.
    ///
    /// ```
    /// #[derive(serde::Deserialize)]
    /// struct Profile {
    ///     email: Option<String>,
    /// }
    ///
    /// fn email(identity: &authress::Identity) -> Option<String> {
    ///     identity.claims_as::<Profile>().ok()?.email
    /// }
    /// ```
    ///
    /// # Errors
    /// When the claims do not fit the type.
    pub fn claims_as<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.0.json)
    }
}

/// A date as the platform's time. Every platform's time reaches the year 9999; what lies beyond is cut off there.
fn time(seconds: u64) -> SystemTime {
    const END_OF_9999: u64 = 253_402_300_799;
    UNIX_EPOCH + Duration::from_secs(seconds.min(END_OF_9999))
}

impl fmt::Display for IdentityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::User => "user",
            Self::ServiceClient => "service client",
        })
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Quoted and escaped, so that no id can forge a line of a log.
        write!(f, "{} {:?} of {:?}", self.kind(), self.0.user_id, self.0.issuer)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("user_id", &self.0.user_id)
            .field("issuer", &self.0.issuer)
            .field("service_client_id", &self.0.service_client_id)
            .field("audiences", &self.0.checked.audiences)
            .field("scopes", &self.0.checked.scopes)
            .field("expires_at", &self.expires_at())
            .field("issued_at", &self.issued_at())
            .finish_non_exhaustive()
    }
}
