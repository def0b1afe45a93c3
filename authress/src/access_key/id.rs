//! What an access key says beside its private key: whose it is.

use super::AccessKeyError;
use crate::client_id::{MAX_BYTES, is_client_id};
use crate::holds_access_key;

/// The ids of one key of a service client: what an access key says beside its private key.
///
/// With it and a [`Signer`](crate::Signer) a service client can do without an access key: the private key stays where it is.
///
/// ```
/// use authress::{AccessKeyError, ServiceClientKey};
///
/// let key = ServiceClientKey::new("sc_1", "k1", "acc_1")?;
/// assert_eq!(key.client_id(), "sc_1");
/// assert_eq!(ServiceClientKey::new("", "k1", "acc_1").unwrap_err(), AccessKeyError::EmptyPart("client id"));
/// # Ok::<(), AccessKeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "they are ids")]
pub struct ServiceClientKey {
    client_id: String,
    key_id: String,
    account_id: String,
}

impl ServiceClientKey {
    /// The key `key_id` of the service client `client_id` in the account `account_id`.
    ///
    /// # Errors
    /// When one of them is empty or has characters that it cannot have: the account id stands in a host name, the client id in a URL; or when the client
    /// id is longer than 256 bytes.
    pub fn new(
        client_id: impl Into<String>,
        key_id: impl Into<String>,
        account_id: impl Into<String>,
    ) -> Result<Self, AccessKeyError> {
        let key = Self {
            client_id: client_id.into(),
            key_id: key_id.into(),
            account_id: account_id.into(),
        };
        if [&key.client_id, &key.key_id, &key.account_id]
            .into_iter()
            .any(|id| holds_access_key(id))
        {
            return Err(AccessKeyError::IsWholeKey);
        }
        if key.client_id.len() > MAX_BYTES {
            return Err(AccessKeyError::PartTooLong("client id"));
        }
        for (name, part, is_valid) in [
            ("client id", &key.client_id, is_client_id(&key.client_id)),
            ("key id", &key.key_id, !key.key_id.contains(char::is_control)),
            ("account id", &key.account_id, is_label(&key.account_id)),
        ] {
            if part.trim().is_empty() {
                return Err(AccessKeyError::EmptyPart(name));
            }
            if !is_valid {
                return Err(AccessKeyError::InvalidPart(name));
            }
        }
        Ok(key)
    }

    /// The id of the service client.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The id of the key among the keys of the service client.
    ///
    /// ```
    /// let key = authress::ServiceClientKey::new("sc_1", "k1", "acc_1")?;
    /// assert_eq!((key.key_id(), key.account_id()), ("k1", "acc_1"));
    /// # Ok::<(), authress::AccessKeyError>(())
    /// ```
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The account that the service client belongs to.
    pub fn account_id(&self) -> &str {
        &self.account_id
    }
}

/// Whether `text` can be one label of a host name, as the service writes account ids.
fn is_label(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
