//! The account that the server plays: its id, its names on the network, its keys.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::Error;
use crate::keys::{KeyPair, PublicKey, random_id};

/// The account.
pub(crate) struct Account {
    id: String,
    /// Where the server is reached; the first is what it calls itself.
    urls: Vec<String>,
    created: DateTime<Utc>,
    /// Replaced as a whole, so that who has begun with one set ends with it.
    keys: RwLock<Arc<AccountKeys>>,
}

/// The keys of the account: the one that signs, and those before it whose tokens are still taken.
#[derive(Debug)]
pub(crate) struct AccountKeys {
    current: KeyPair,
    /// By their ids, the current one first.
    pub(crate) public: Vec<(String, PublicKey)>,
}

impl AccountKeys {
    /// A new key.
    pub(crate) fn generate() -> Result<Self, Error> {
        Self::new(KeyPair::generate(random_id(4)?)?, [])
    }

    /// A key that signs, and older ones.
    pub(crate) fn new(current: KeyPair, old: impl IntoIterator<Item = (String, PublicKey)>) -> Result<Self, Error> {
        let first = (current.id().to_owned(), current.public()?);
        let public = std::iter::once(first).chain(old).collect();
        Ok(Self { current, public })
    }

    /// The key that signs.
    pub(crate) fn current(&self) -> &KeyPair {
        &self.current
    }

    /// The public half of the key with this id.
    pub(crate) fn public(&self, id: &str) -> Option<&PublicKey> {
        self.public.iter().find_map(|(known, key)| (known == id).then_some(key))
    }

    /// The JWKS of the account (RFC 7517 section 5), the current key first.
    pub(crate) fn jwks(&self) -> Value {
        json!({"keys": self.public.iter().map(|(id, key)| key.jwk(id)).collect::<Vec<_>>()})
    }
}

impl Account {
    pub(crate) fn new(id: String, urls: Vec<String>, created: DateTime<Utc>, keys: AccountKeys) -> Self {
        let keys = RwLock::new(Arc::new(keys));
        Self {
            id,
            urls,
            created,
            keys,
        }
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn url(&self) -> &str {
        self.urls.first().map_or("", String::as_str)
    }

    pub(crate) fn created(&self) -> DateTime<Utc> {
        self.created
    }

    /// The keys as they are now.
    pub(crate) fn keys(&self) -> Arc<AccountKeys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether this key is one of them now, under this id.
    pub(crate) fn has_key(&self, id: &str, key: &PublicKey) -> bool {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.public(id) == Some(key)
    }

    /// Signs with a new key from now on; what the keys before it have signed stays good.
    pub(crate) fn rotate_key(&self) -> Result<(), Error> {
        let new = KeyPair::generate(random_id(4)?)?;
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        *keys = Arc::new(AccountKeys::new(new, keys.public.clone())?);
        Ok(())
    }

    /// Forgets every key but the current one, and so every token that they have signed.
    pub(crate) fn retire_old_keys(&self) {
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        *keys = Arc::new(AccountKeys {
            current: keys.current.clone(),
            public: keys.public.iter().take(1).cloned().collect(),
        });
    }

    /// What the audience of a client's token is.
    pub(crate) fn client_audience(&self) -> String {
        format!("{}.accounts.authress.io", self.id)
    }

    /// Whether the claim `aud` of a client's token names this account, alone or among others.
    pub(crate) fn is_audience(&self, audience: &Value) -> bool {
        let own = self.client_audience();
        match audience {
            Value::String(one) => *one == own,
            Value::Array(all) => all.contains(&own.into()),
            _ => false,
        }
    }

    /// The issuers of users' tokens.
    pub(crate) fn issuers(&self) -> impl Iterator<Item = &str> {
        self.urls.iter().map(String::as_str)
    }

    /// What the issuers of clients' tokens begin with: the server's own names, and the name at the service, which clients use that are not told
    /// where they will call.
    pub(crate) fn client_issuers(&self) -> impl Iterator<Item = String> {
        let at_the_service = format!("https://{}.api.authress.io", self.id);
        self.urls.iter().cloned().chain(std::iter::once(at_the_service))
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("urls", &self.urls)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(account: &Account) -> Vec<String> {
        account.keys().public.iter().map(|(id, _)| id.clone()).collect()
    }

    #[test]
    fn a_new_key_signs_and_the_old_ones_stay_until_they_are_retired() {
        let account = Account::new(
            "acc".into(),
            Vec::new(),
            DateTime::default(),
            AccountKeys::generate().unwrap(),
        );
        let before = account.keys();
        let first = before.current().id().to_owned();
        account.rotate_key().unwrap();
        account.rotate_key().unwrap();
        let keys = account.keys();
        assert_eq!((ids(&account).len(), &ids(&account)[2]), (3, &first));
        assert_eq!(keys.current().id(), ids(&account)[0]);
        assert_eq!(keys.jwks()["keys"].as_array().unwrap().len(), 3);
        let signature = before.current().sign(b"text");
        assert!(keys.public(&first).unwrap().verifies(b"text", &signature));

        account.retire_old_keys();
        assert_eq!(ids(&account), [keys.current().id()]);
        assert!(account.keys().public(&first).is_none());
        let signature = account.keys().current().sign(b"text");
        assert!(keys.public(keys.current().id()).unwrap().verifies(b"text", &signature));
    }
}
