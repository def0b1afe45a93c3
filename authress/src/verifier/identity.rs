//! Who a verified token speaks for.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::claims::Claims;

/// Who a verified token speaks for. There is no other way to one than the verification of a token.
///
/// `Display` and `Debug` are safe to log: they show ids, never the claims, which may hold names and addresses.
#[derive(Clone)]
pub struct Identity {
    user_id: String,
    issuer: String,
    service_client_id: Option<String>,
    checked: Checked,
    claims: Map<String, Value>,
}

#[derive(Clone)]
struct Checked {
    audiences: Vec<String>,
    scopes: Vec<String>,
    expires_at: SystemTime,
    issued_at: Option<SystemTime>,
}

impl Identity {
    pub(super) fn new(
        user_id: String,
        issuer: String,
        service_client_id: Option<String>,
        checked: Claims,
        claims: Map<String, Value>,
    ) -> Self {
        let checked = Checked {
            audiences: checked.audiences,
            scopes: checked.scopes,
            expires_at: time(checked.expires_at),
            issued_at: checked.issued_at.map(time),
        };
        Self {
            user_id,
            issuer,
            service_client_id,
            checked,
            claims,
        }
    }

    /// The id to ask the permissions of (`sub`): a user's, or a service client's.
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// Who issued the token (`iss`), as it stands in it.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The id of the service client, when the token is one that a service client made for itself.
    pub fn service_client_id(&self) -> Option<&str> {
        self.service_client_id.as_deref()
    }

    /// Whether the token is one that a service client made for itself.
    pub fn is_service_client(&self) -> bool {
        self.service_client_id.is_some()
    }

    /// Whom the token is meant for (`aud`); empty when it does not say.
    pub fn audiences(&self) -> &[String] {
        &self.checked.audiences
    }

    /// What the token may be used for (`scope` or `scopes`); empty when it does not say.
    pub fn scopes(&self) -> &[String] {
        &self.checked.scopes
    }

    /// When the token ends (`exp`), to the second.
    pub fn expires_at(&self) -> SystemTime {
        self.checked.expires_at
    }

    /// When the token was made (`iat`), to the second.
    pub fn issued_at(&self) -> Option<SystemTime> {
        self.checked.issued_at
    }

    /// All claims of the token as JSON.
    pub fn claims(&self) -> &Map<String, Value> {
        &self.claims
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
        T::deserialize(Value::Object(self.claims.clone()))
    }
}

/// A date as the platform's time. Every platform's time reaches the year 9999; what lies beyond is cut off there.
fn time(seconds: u64) -> SystemTime {
    const END_OF_9999: u64 = 253_402_300_799;
    UNIX_EPOCH + Duration::from_secs(seconds.min(END_OF_9999))
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_service_client() {
            "service client"
        } else {
            "user"
        };
        // Quoted and escaped, so that no id can forge a line of a log.
        write!(f, "{kind} {:?} of {:?}", self.user_id, self.issuer)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("user_id", &self.user_id)
            .field("issuer", &self.issuer)
            .field("service_client_id", &self.service_client_id)
            .field("audiences", &self.checked.audiences)
            .field("scopes", &self.checked.scopes)
            .field("expires_at", &self.checked.expires_at)
            .field("issued_at", &self.checked.issued_at)
            .finish_non_exhaustive()
    }
}
