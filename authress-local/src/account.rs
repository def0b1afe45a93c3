//! The account that the server plays: its id, its names on the network, its key.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::Error;
use crate::keys::{KeyPair, PublicKey, random_id};

/// The account.
pub(crate) struct Account {
    id: String,
    /// Where the server is reached; the first is what it calls itself.
    urls: Vec<String>,
    created: DateTime<Utc>,
    key: KeyPair,
    public: PublicKey,
}

impl Account {
    /// The account `id` with a key of its own, or with the one that it had before.
    pub(crate) fn new(
        id: String,
        urls: Vec<String>,
        created: DateTime<Utc>,
        key: Option<KeyPair>,
    ) -> Result<Self, Error> {
        let key = match key {
            Some(key) => key,
            None => KeyPair::generate(random_id(4)?)?,
        };
        let public = key.public()?;
        Ok(Self {
            id,
            urls,
            created,
            key,
            public,
        })
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

    pub(crate) fn key(&self) -> &KeyPair {
        &self.key
    }

    pub(crate) fn public_key(&self) -> &PublicKey {
        &self.public
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
