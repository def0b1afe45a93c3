//! Service clients and their access keys: the server keeps the public halves alone.

use authress_api::Secret;
use authress_api::models::{Client, ClientAccessKey, ClientOptions, ClientRateLimit};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Store;
use super::calls::Calls;
use crate::Error;
use crate::keys::{KeyPair, PublicKey, random_id};

/// Most access keys that a client may have at once.
pub(crate) const MAX_KEYS: usize = 5;

/// A service client with its keys.
#[derive(Debug, Clone)]
pub(crate) struct ServiceClient {
    model: Client,
    pub(crate) keys: Vec<StoredKey>,
    calls: Calls,
}

/// The public half of an access key.
#[derive(Debug, Clone)]
pub(crate) struct StoredKey {
    pub(crate) id: String,
    pub(crate) public: PublicKey,
    pub(crate) created: DateTime<Utc>,
}

impl ServiceClient {
    /// The client as it is answered: with its public keys, without anything secret.
    pub(crate) fn answer(&self) -> Client {
        let key = |key: &StoredKey| {
            let answer = ClientAccessKey::new().key_id(&key.id).generation_date(key.created);
            answer.public_key(key.public.to_spki_base64())
        };
        self.model.clone().verification_keys(self.keys.iter().map(key))
    }

    /// A client as it was answered, by which it is made again; times that it leaves out are `now`.
    pub(super) fn restored(id: &str, mut model: Client, now: DateTime<Utc>) -> Result<Self, Error> {
        let mut keys = Vec::new();
        for key in model.verification_keys.take().unwrap_or_default() {
            let problem = |what| Error::new(format!("clients: a key of {id} {what}"));
            let public = key.public_key.as_deref().and_then(PublicKey::from_spki_base64);
            keys.push(StoredKey {
                id: key.key_id.ok_or_else(|| problem("has no keyId"))?,
                public: public.ok_or_else(|| problem("has no publicKey, an Ed25519 key as base64 of its SPKI"))?,
                created: key.generation_date.unwrap_or(now),
            });
        }
        if keys.len() > MAX_KEYS {
            return Err(Error::new(format!("clients: {id} has more than {MAX_KEYS} keys")));
        }
        model.client_id = Some(id.to_owned());
        model.created_time.get_or_insert(now);
        Ok(Self {
            model,
            keys,
            calls: Calls::default(),
        })
    }

    /// The JWKS of the client (RFC 7517 section 5).
    pub(crate) fn jwks(&self) -> Value {
        json!({"keys": self.keys.iter().map(|key| key.public.jwk(&key.id)).collect::<Vec<_>>()})
    }

    /// Whether the client may make tokens for every user.
    pub(crate) fn may_make_tokens(&self) -> bool {
        self.options()
            .is_some_and(|options| options.grant_token_generation == Some(true))
    }

    /// Whether the client may ask about every user.
    pub(crate) fn may_ask_about_all(&self) -> bool {
        self.options()
            .is_some_and(|options| options.grant_user_permissions_access == Some(true))
    }

    /// The powers of the client beyond its permissions.
    pub(crate) fn options(&self) -> Option<&ClientOptions> {
        self.model.options.as_ref()
    }

    /// Counts a call of the client at `now`, unless it may make no more of them then.
    pub(crate) fn may_call(&self, now: DateTime<Utc>) -> bool {
        let mut limits = self.model.rate_limits.iter().flatten();
        // The description allows one limit.
        limits.next().is_none_or(|limit| self.calls.admits(limit, now))
    }

    /// How many calls the client may make.
    pub(crate) fn rate_limits(&self) -> Option<&[ClientRateLimit]> {
        self.model.rate_limits.as_deref()
    }

    /// Changes how many calls the client may make.
    pub(crate) fn limit(&mut self, limits: Option<Vec<ClientRateLimit>>) {
        self.model.rate_limits = limits;
    }
}

impl Store {
    /// Adds a service client, or changes the one with its id, which keeps its keys, its calls and the time it was made.
    pub(crate) fn put_client(&mut self, id: &str, mut client: Client, now: DateTime<Utc>) -> Client {
        let before = self.clients.remove(id);
        let created = before.as_ref().and_then(|before| before.model.created_time);
        client.client_id = Some(id.to_owned());
        client.created_time = Some(created.unwrap_or(now));
        client.verification_keys = None;
        let (keys, calls) = before.map(|before| (before.keys, before.calls)).unwrap_or_default();
        let client = ServiceClient {
            model: client,
            keys,
            calls,
        };
        let answer = client.answer();
        self.clients.insert(id.to_owned(), client);
        answer
    }

    /// A new access key of a client that is there, as its key id and its text; none when it has as many as it may.
    pub(crate) fn new_access_key(
        &mut self,
        id: &str,
        account_id: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<(String, Secret)>, Error> {
        let pair = KeyPair::generate(random_id(4)?)?;
        let key = StoredKey {
            id: pair.id().to_owned(),
            public: pair.public()?,
            created: now,
        };
        let text = pair.access_key(id, account_id)?;
        Ok(self.add_key(id, key).then(|| (pair.id().to_owned(), text)))
    }

    /// Gives a client a key, if it may have another one.
    pub(crate) fn add_key(&mut self, id: &str, key: StoredKey) -> bool {
        let client = self.clients.get_mut(id).filter(|client| client.keys.len() < MAX_KEYS);
        client.map(|client| client.keys.push(key)).is_some()
    }

    /// The public half of a key of a client.
    pub(crate) fn client_key(&self, client_id: &str, key_id: &str) -> Option<&PublicKey> {
        let key = self.clients.get(client_id)?.keys.iter().find(|key| key.id == key_id)?;
        Some(&key.public)
    }
}
