//! Tokens that were verified, so that a signature is not verified again at every request.
//!
//! Only what was verified is kept, by its whole text: a made-up token takes no place and is found by none. Whether the keys are still there and
//! the token is in its time is asked at every use, so nothing has to be forgotten when a key goes.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::quality::RandomState;

use super::Shared;
use crate::account::Account;
use crate::keys::PublicKey;
use crate::keys::token::Times;
use crate::store::Store;

/// Most tokens of a generation, and most bytes of their texts; there are two generations.
const MAX_TOKENS: usize = 4_096;
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// What a verified token says, and by which keys.
#[derive(Debug)]
pub(super) struct Verified {
    /// The one id of the user.
    pub(super) user: String,
    /// By which it may be disabled.
    pub(super) token_id: Option<String>,
    pub(super) times: Times,
    /// All of these must be there for the token to be good; the first one signed it.
    pub(super) keys: Vec<UsedKey>,
}

/// A key that a token is good by.
#[derive(Debug)]
pub(super) struct UsedKey {
    /// The service client whose key it is; none for the account.
    pub(super) client: Option<String>,
    pub(super) id: String,
    pub(super) public: PublicKey,
}

impl UsedKey {
    /// The key of the account, or of a service client, with this id.
    pub(super) fn find(shared: &Shared, client: Option<&str>, id: &str) -> Option<Self> {
        let public = match client {
            None => shared.account.keys().public(id).cloned(),
            Some(client) => shared.read(|store| store.client_key(client, id).cloned()),
        };
        Some(Self {
            client: client.map(str::to_owned),
            id: id.to_owned(),
            public: public?,
        })
    }

    /// Whether it is still there, and the same.
    fn is_current(&self, account: &Account, store: &Store) -> bool {
        match &self.client {
            None => account.has_key(&self.id, &self.public),
            Some(client) => store.client_key(client, &self.id) == Some(&self.public),
        }
    }
}

impl Verified {
    /// Whether no key has gone since the token was verified.
    pub(super) fn is_current(&self, account: &Account, store: &Store) -> bool {
        self.keys.iter().all(|key| key.is_current(account, store))
    }
}

/// The tokens, in two generations: when the young one is full it takes the place of the old one, whose tokens are forgotten unless they came back.
#[derive(Default)]
pub(crate) struct VerifiedTokens(RwLock<Generations>);

/// By their texts, some hundred bytes that are hashed at every request. Only what was verified is put in, so nobody can fill a table with collisions.
type Tokens = HashMap<Box<[u8]>, Arc<Verified>, RandomState>;

#[derive(Default)]
struct Generations {
    young: Tokens,
    young_bytes: usize,
    old: Tokens,
}

impl VerifiedTokens {
    /// Found by bytes, so that whoever asks need not read them as text first.
    pub(super) fn get(&self, text: &[u8]) -> Option<Arc<Verified>> {
        let found = {
            let generations = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(found) = generations.young.get(text) {
                return Some(Arc::clone(found));
            }
            generations.old.get(text).map(Arc::clone)
        };
        if let Some(found) = &found {
            self.put(text, found);
        }
        found
    }

    /// How many there are, in both generations.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        let generations = self.0.read().unwrap_or_else(PoisonError::into_inner);
        generations.young.len() + generations.old.len()
    }

    pub(super) fn put(&self, text: &[u8], verified: &Arc<Verified>) {
        let mut generations = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let generations = &mut *generations;
        if generations.young.len() >= MAX_TOKENS || generations.young_bytes + text.len() > MAX_BYTES {
            generations.old = std::mem::take(&mut generations.young);
            generations.young_bytes = 0;
        }
        if generations.young.insert(text.into(), Arc::clone(verified)).is_none() {
            generations.young_bytes += text.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::KeyPair;
    use crate::keys::token::{Token, sign};

    fn verified() -> Arc<Verified> {
        let key = KeyPair::generate("k").unwrap();
        let text = sign(&key, &serde_json::json!({"exp": 1}));
        let times = Token::parse(&text).unwrap().times().unwrap();
        Arc::new(Verified {
            user: String::new(),
            token_id: None,
            times,
            keys: Vec::new(),
        })
    }

    fn size(tokens: &VerifiedTokens) -> (usize, usize) {
        let generations = tokens.0.read().unwrap();
        let bytes = |all: &Tokens| all.keys().map(|text| text.len()).sum::<usize>();
        let young = bytes(&generations.young);
        assert_eq!(young, generations.young_bytes);
        (tokens.len(), young + bytes(&generations.old))
    }

    #[test]
    fn tokens_are_bounded_in_number_and_in_bytes() {
        let verified = verified();
        for length in [1, 16 * 1024] {
            let tokens = VerifiedTokens::default();
            for number in 0..10_000 {
                tokens.put(format!("{number:0length$}").as_bytes(), &verified);
            }
            let (number, bytes) = size(&tokens);
            assert!(
                number > 0 && number <= 2 * MAX_TOKENS && bytes <= 2 * MAX_BYTES,
                "{number} {bytes}"
            );
        }
    }

    #[test]
    fn a_token_in_use_outlives_those_that_are_not() {
        let verified = verified();
        let tokens = VerifiedTokens::default();
        tokens.put(b"used", &verified);
        tokens.put(b"unused", &verified);
        for number in 0..5 * MAX_TOKENS {
            tokens.put(number.to_string().as_bytes(), &verified);
            assert!(tokens.get(b"used").is_some());
        }
        assert!(tokens.get(b"unused").is_none());
    }

    #[test]
    fn a_text_that_was_not_verified_is_not_found() {
        let tokens = VerifiedTokens::default();
        tokens.put(b"a.b.c", &verified());
        for other in ["", "a.b.", "a.b.c ", "a.b.d", "A.b.c"] {
            assert!(tokens.get(other.as_bytes()).is_none());
        }
    }
}
