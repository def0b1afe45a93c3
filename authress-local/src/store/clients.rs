//! Service clients and their access keys: the server keeps the public halves alone.

use authress_api::models::{Client, ClientAccessKey};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Store;
use crate::keys::PublicKey;

/// Most access keys that a client may have at once.
pub(crate) const MAX_KEYS: usize = 5;

/// A service client with its keys.
#[derive(Debug, Clone)]
pub(crate) struct ServiceClient {
    model: Client,
    pub(crate) keys: Vec<StoredKey>,
}

/// The public half of an access key.
#[derive(Debug, Clone)]
pub(crate) struct StoredKey {
    pub(crate) id: String,
    pub(crate) public: PublicKey,
    pub(crate) created: DateTime<Utc>,
}

impl ServiceClient {
    /// The client as it is answered: with its keys, without anything secret.
    pub(crate) fn answer(&self) -> Client {
        let key = |key: &StoredKey| ClientAccessKey::new().key_id(&key.id).generation_date(key.created);
        self.model.clone().verification_keys(self.keys.iter().map(key))
    }

    /// The JWKS of the client (RFC 7517 section 5).
    pub(crate) fn jwks(&self) -> Value {
        json!({"keys": self.keys.iter().map(|key| key.public.jwk(&key.id)).collect::<Vec<_>>()})
    }

    /// Whether the client may ask about every user.
    pub(crate) fn may_ask_about_all(&self) -> bool {
        self.model
            .options
            .as_ref()
            .and_then(|options| options.grant_user_permissions_access)
            == Some(true)
    }

    /// Whether the client may make tokens for every user.
    pub(crate) fn may_make_tokens(&self) -> bool {
        let options = self.model.options.as_ref();
        options.and_then(|options| options.grant_token_generation) == Some(true)
    }
}

impl Store {
    /// Adds a service client, or changes the one with its id, which keeps its keys and the time it was made.
    pub(crate) fn put_client(&mut self, id: &str, mut client: Client, now: DateTime<Utc>) -> Client {
        let before = self.clients.remove(id);
        let created = before.as_ref().and_then(|before| before.model.created_time);
        client.client_id = Some(id.to_owned());
        client.created_time = Some(created.unwrap_or(now));
        client.verification_keys = None;
        let keys = before.map(|before| before.keys).unwrap_or_default();
        let client = ServiceClient { model: client, keys };
        let answer = client.answer();
        self.clients.insert(id.to_owned(), client);
        answer
    }

    /// The public half of a key of a client.
    pub(crate) fn client_key(&self, client_id: &str, key_id: &str) -> Option<&PublicKey> {
        let key = self.clients.get(client_id)?.keys.iter().find(|key| key.id == key_id)?;
        Some(&key.public)
    }
}
