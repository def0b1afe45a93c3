//! What a server begins with: nothing, a seed, or what it kept in its data file.

use authress_api::Secret;
use authress_api::models::{Client, ClientOptions};
use chrono::{DateTime, Utc};

use crate::account::{Account, AccountKeys};
use crate::builder::SeedSource;
use crate::engine::OWNER;
use crate::files::{Data, DataFile, Key, OldKey};
use crate::keys::{KeyPair, PublicKey, random_id};
use crate::store::{OWNER_CLIENT, OWNER_RECORD, Seed, Store, StoredKey};
use crate::{Builder, Error};

/// What stays the same as long as the data file does.
pub(crate) struct Start {
    pub(crate) account: Account,
    pub(crate) store: Store,
    pub(crate) owner_access_key: Secret,
}

/// Who the server is, and what it knows besides.
struct Beginning {
    account: Account,
    owner_pair: KeyPair,
    owner_access_key: Secret,
    seed: Seed,
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
        let beginning = match kept {
            Some(kept) => Beginning::kept(kept, urls)?,
            None => Beginning::new(builder, urls, now)?,
        };
        let Beginning {
            account,
            owner_pair,
            owner_access_key,
            seed,
        } = beginning;
        let mut store = Store::new(builder.settings);
        add_owner(&mut store, &owner_pair, now)?;
        store.replace(seed, now)?;
        Ok(Self {
            account,
            store,
            owner_access_key,
        })
    }
}

impl Beginning {
    fn new(builder: &Builder, urls: Vec<String>, now: DateTime<Utc>) -> Result<Self, Error> {
        let owner_pair = KeyPair::generate(random_id(4)?)?;
        let id = builder.account_id.clone();
        let access_key = format!(
            "{OWNER_CLIENT}.{}.{id}.{}",
            owner_pair.id(),
            owner_pair.private_base64()?
        );
        let seed = builder.seed.as_ref().map(SeedSource::read).transpose()?;
        Ok(Self {
            account: Account::new(id, urls, now, AccountKeys::generate()?),
            owner_pair,
            owner_access_key: access_key.into(),
            seed: seed.unwrap_or_default(),
        })
    }

    fn kept(kept: Data, urls: Vec<String>) -> Result<Self, Error> {
        let key = &kept.account_key;
        let key = KeyPair::from_private_base64(&key.key_id, key.private_key.expose())?;
        let old = kept.old_account_keys.iter().map(|key| {
            let public = PublicKey::from_spki_base64(&key.public_key);
            let public = public.ok_or_else(|| Error::new("an old key in the data file is none"))?;
            Ok((key.key_id.clone(), public))
        });
        let keys = AccountKeys::new(key, old.collect::<Result<Vec<_>, Error>>()?)?;
        let parts: Vec<&str> = kept.owner_access_key.expose().splitn(4, '.').collect();
        let [_, key_id, _, private] = parts[..] else {
            return Err(Error::new("the access key in the data file is none"));
        };
        Ok(Self {
            account: Account::new(kept.account_id, urls, kept.account_created, keys),
            owner_pair: KeyPair::from_private_base64(key_id, private)?,
            owner_access_key: kept.owner_access_key.clone(),
            seed: kept.state,
        })
    }
}

/// Makes the service client that everything else can be made with.
fn add_owner(store: &mut Store, pair: &KeyPair, now: DateTime<Utc>) -> Result<(), Error> {
    let options = ClientOptions::new().grant_user_permissions_access(true);
    let owner = Client::new().name("Owner of the local account").options(options);
    store.put_client(OWNER_CLIENT, owner, now);
    let key = StoredKey {
        id: pair.id().to_owned(),
        public: pair.public()?,
        created: now,
    };
    store.add_key(OWNER_CLIENT, key);
    store.give(OWNER_RECORD, OWNER_CLIENT, "*", OWNER, now);
    Ok(())
}

/// What the data file is to hold.
pub(crate) fn kept(account: &Account, owner_access_key: &Secret, store: &Store) -> Result<Data, Error> {
    let keys = account.keys();
    let old = keys.public.iter().skip(1).map(|(id, key)| OldKey {
        key_id: id.clone(),
        public_key: key.to_spki_base64(),
    });
    Ok(Data {
        account_id: account.id().to_owned(),
        account_created: account.created(),
        account_key: Key {
            key_id: keys.current().id().to_owned(),
            private_key: keys.current().private_base64()?.into(),
        },
        old_account_keys: old.collect(),
        owner_access_key: owner_access_key.clone(),
        state: store.seed(),
    })
}
