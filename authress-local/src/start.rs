//! What a server begins with: nothing, a seed, or what it kept in its data file.

use authress_api::Secret;
use authress_api::models::{Client, ClientOptions};
use chrono::{DateTime, Utc};

use crate::account::Account;
use crate::builder::SeedSource;
use crate::engine::OWNER;
use crate::files::{Data, DataFile, Key};
use crate::keys::{KeyPair, random_id};
use crate::store::{OWNER_CLIENT, OWNER_RECORD, Seed, Store, StoredKey};
use crate::{Builder, Error};

/// What stays the same as long as the data file does.
pub(crate) struct Start {
    pub(crate) account: Account,
    pub(crate) store: Store,
    pub(crate) owner_access_key: Secret,
}

impl Start {
    /// What the builder asks for; what the data file holds counts before everything else.
    pub(crate) fn of(
        builder: &Builder,
        data: Option<&DataFile>,
        urls: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let kept = match data {
            Some(file) => file.read()?,
            None => None,
        };
        if let Some(kept) = kept {
            return Self::go_on(kept, urls, now);
        }
        let seed = builder.seed.as_ref().map(SeedSource::read).transpose()?;
        Self::begin(builder.account_id.clone(), seed.unwrap_or_default(), urls, now)
    }

    fn begin(account_id: String, seed: Seed, urls: Vec<String>, now: DateTime<Utc>) -> Result<Self, Error> {
        let pair = KeyPair::generate(random_id(4)?)?;
        let access_key = format!("{OWNER_CLIENT}.{}.{account_id}.{}", pair.id(), pair.private_base64()?);
        let account = Account::new(account_id, urls, now, None)?;
        Self::with(account, seed, &pair, Secret::from(access_key), now)
    }

    fn go_on(kept: Data, urls: Vec<String>, now: DateTime<Utc>) -> Result<Self, Error> {
        let key = kept.account_keys.first();
        let key = key.map(|key| KeyPair::from_private_base64(&key.key_id, key.private_key.expose()));
        let account = Account::new(kept.account_id, urls, kept.account_created, key.transpose()?)?;
        let parts: Vec<&str> = kept.owner_access_key.expose().splitn(4, '.').collect();
        let [_, key_id, _, private] = parts[..] else {
            return Err(Error::new("the access key in the data file is none"));
        };
        let pair = KeyPair::from_private_base64(key_id, private)?;
        Self::with(account, kept.state, &pair, kept.owner_access_key.clone(), now)
    }

    /// Makes the service client that everything else can be made with, beside what the seed has.
    fn with(
        account: Account,
        seed: Seed,
        pair: &KeyPair,
        owner_access_key: Secret,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let mut store = Store::new();
        let options = ClientOptions::new().grant_user_permissions_access(true);
        let owner = Client::new().name("Owner of the local account").options(options);
        store.put_client(OWNER_CLIENT, owner, now);
        if let Some(client) = store.clients.get_mut(OWNER_CLIENT) {
            client.keys.push(StoredKey {
                id: pair.id().to_owned(),
                public: pair.public()?,
                created: now,
            });
        }
        store.give(OWNER_RECORD, OWNER_CLIENT, "*", OWNER, now);
        store.replace(seed, now)?;
        Ok(Self {
            account,
            store,
            owner_access_key,
        })
    }
}

/// What the data file is to hold.
pub(crate) fn kept(account: &Account, owner_access_key: &Secret, store: &Store) -> Result<Data, Error> {
    let key = account.key();
    Ok(Data {
        account_id: account.id().to_owned(),
        account_created: account.created(),
        account_keys: vec![Key {
            key_id: key.id().to_owned(),
            private_key: Secret::from(key.private_base64()?),
        }],
        owner_access_key: owner_access_key.clone(),
        state: store.seed(),
    })
}
