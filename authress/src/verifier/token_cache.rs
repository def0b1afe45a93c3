//! The cache of verified tokens: the same token again, without a signature.
//!
//! Only tokens that were verified enter, and they are found by the whole of their text. What is remembered of a token ends with the token, with its
//! key, and after a settable time, whichever comes first.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, UnitWeighter};
use zeroize::Zeroizing;

use super::identity::Identity;
use crate::Error;

/// Longest token that is remembered, in bytes, so that the number of tokens bounds the memory. Longer ones are verified each time.
const MAX_TOKEN_BYTES: usize = 4096;

/// About how many tokens one lock is for.
const SHARD: usize = 1_024;
/// Fewest locks, so that threads do not wait for each other; small caches have fewer.
const MIN_SHARDS: usize = 16;

/// The settings of a verifier's cache of verified tokens.
///
/// With it, a token that was verified a short time ago is not verified again. It counts no more when it expires, when its key is published no more
/// (which is noticed within an hour), or after [`max_age`](Self::max_age).
///
/// The cache holds bearer tokens in memory: whoever can read the memory of the process finds not only the tokens of the requests that are being
/// answered, but also earlier ones. Those that count no more are dropped, and their text overwritten, when other tokens are remembered, at most
/// once in the maximum age; in a process that verifies nothing more they stay until the verifier is dropped.
///
/// ```
/// use std::time::Duration;
///
/// use authress::{TokenVerifier, VerifiedTokenCache};
///
/// let verifier = TokenVerifier::builder("https://login.example.com")
///     .cache_verified_tokens(VerifiedTokenCache::new(10_000).max_age(Duration::from_secs(60)))
///     .build()?;
/// # Ok::<(), authress::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "it does nothing until a verifier is built with it"]
pub struct VerifiedTokenCache {
    capacity: usize,
    max_age: Duration,
}

impl VerifiedTokenCache {
    /// How long a token is remembered at most when nothing else is set.
    pub const DEFAULT_MAX_AGE: Duration = Duration::from_secs(300);
    /// The most tokens that can be remembered.
    pub const MAX_CAPACITY: usize = 100_000;

    /// A cache of `capacity` tokens: 1 at least, 100,000 at most. Each takes about three times its length, more once its claims are read; those of
    /// more than 4 KiB are not remembered.
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity,
            max_age: Self::DEFAULT_MAX_AGE,
        }
    }

    /// How long a token is remembered at most, in whole seconds: 5 minutes by default, 1 second at least, 1 hour at most.
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.max_age = max_age;
        self
    }

    pub(super) fn build(self) -> Result<VerifiedTokens, Error> {
        let refuse = |reason| Err(Error::invalid_argument("cache_verified_tokens", reason));
        if self.capacity == 0 || self.capacity > Self::MAX_CAPACITY {
            return refuse("its capacity is not between 1 and 100,000");
        }
        if self.max_age < Duration::from_secs(1) || self.max_age > Duration::from_secs(3_600) {
            return refuse("its maximum age is not between 1 second and 1 hour");
        }
        // Each part has a lock of its own, so nobody waits for long while one is swept.
        let options = OptionsBuilder::new()
            .estimated_items_capacity(self.capacity)
            .weight_capacity(self.capacity as u64)
            .shards(self.capacity.div_ceil(SHARD).max(MIN_SHARDS))
            .build()
            .map_err(|_| Error::invalid_argument("cache_verified_tokens", "its capacity cannot be used"))?;
        let tokens = Cache::with_options(
            options,
            UnitWeighter,
            DefaultHashBuilder::default(),
            DefaultLifecycle::default(),
        );
        Ok(VerifiedTokens {
            tokens: Arc::new(tokens),
            max_age: self.max_age.as_secs(),
            swept_at: AtomicU64::new(0),
        })
    }
}

/// Tokens that were verified a short time ago.
pub(super) struct VerifiedTokens {
    tokens: Arc<Cache<Token, Verified>>,
    /// In seconds.
    max_age: u64,
    /// When those that count no more were last dropped, in seconds since the Unix epoch.
    swept_at: AtomicU64,
}

/// The whole text of a token.
#[derive(PartialEq, Eq)]
struct Token(Zeroizing<String>);

/// As its text is hashed, by which it is looked for.
impl Hash for Token {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_str().hash(state);
    }
}

impl Borrow<str> for Token {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// It is cloned for each hit, so that it counts references but once: the key is in the identity.
#[derive(Clone)]
struct Verified {
    identity: Identity,
    /// In seconds since the Unix epoch. Before it, the clock was set back and nothing is known.
    from: u64,
    /// In seconds since the Unix epoch.
    until: u64,
}

impl VerifiedTokens {
    /// Who `token` speaks for, when it was verified a short time ago and nothing has happened since.
    pub(super) fn get(&self, token: &str, now: u64) -> Option<Identity> {
        let verified = self.tokens.get(token)?;
        if verified.counts(now) {
            return Some(verified.identity);
        }
        self.tokens.remove(token);
        None
    }

    /// Remembers that `token` was verified at `now`.
    pub(super) fn insert(&self, token: &str, identity: &Identity, now: u64) {
        let until = identity.expires_at_seconds().min(now.saturating_add(self.max_age));
        // Within the leeway after its end a token is accepted, but not remembered.
        if token.len() > MAX_TOKEN_BYTES || until <= now || !identity.key().is_fresh(now) {
            return;
        }
        let verified = Verified {
            identity: identity.clone(),
            from: now,
            until,
        };
        self.sweep(now);
        self.tokens.insert(Token(Zeroizing::new(token.to_owned())), verified);
    }

    /// Drops what counts no more, unless that was done a short time ago.
    fn sweep(&self, now: u64) {
        let swept_at = self.swept_at.load(Ordering::Relaxed);
        let is_due = now.checked_sub(swept_at).is_none_or(|since| since >= self.max_age);
        let exchange = |to| {
            self.swept_at
                .compare_exchange(swept_at, to, Ordering::Relaxed, Ordering::Relaxed)
        };
        if is_due && exchange(now).is_ok() {
            let tokens = Arc::clone(&self.tokens);
            // Those that were verified since then count as well.
            let sweep =
                move || tokens.retain(|_, verified| now < verified.until && verified.identity.key().is_fresh(now));
            // Beside the requests, since freeing and overwriting many texts takes its time. Where no thread can be had, the next time will do.
            let name = "authress-sweep".to_owned();
            let _ = std::thread::Builder::new().name(name).spawn(sweep);
        }
    }
}

impl Verified {
    /// Whether nothing has happened since the token was verified.
    fn counts(&self, now: u64) -> bool {
        (self.from..self.until).contains(&now) && self.identity.key().is_fresh(now)
    }
}

impl fmt::Debug for VerifiedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedTokens")
            .field("capacity", &self.tokens.capacity())
            .field("max_age", &self.max_age)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::claims::Claims;
    use super::super::jwks::{Key, KeySet};
    use super::*;

    const NOW: u64 = 1_700_000_000;

    fn identity(key: &Arc<Key>) -> Identity {
        let claims = Claims {
            audiences: Vec::new(),
            scopes: Vec::new(),
            expires_at: NOW + 3_600,
            issued_at: None,
        };
        Identity::new(
            "u".to_owned(),
            "i".to_owned(),
            None,
            claims,
            b"{}".to_vec(),
            Arc::clone(key),
        )
    }

    /// Lets the other threads go on until so many tokens are there; it fails rather than waiting forever.
    fn becomes(tokens: &VerifiedTokens, count: usize) -> bool {
        (0..10_000_000).any(|_| {
            std::thread::yield_now();
            tokens.tokens.len() == count
        })
    }

    #[test]
    fn what_counts_no_more_is_dropped_when_others_come_and_at_most_once_in_the_maximum_age() {
        let jwks =
            r#"{"keys":[{"kid":"k","kty":"OKP","crv":"Ed25519","x":"Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc"}]}"#;
        let set = KeySet::parse(jwks.as_bytes()).unwrap();
        set.set_fresh_until(NOW + 3_600);
        let key = set.get("k").unwrap();
        let cache = VerifiedTokenCache::new(1_000).max_age(Duration::from_secs(60));
        let tokens = cache.build().unwrap();
        let insert = |token: &str, now| tokens.insert(token, &identity(&key), now);
        insert("first", NOW);
        insert("second", NOW + 59);
        assert_eq!(tokens.tokens.len(), 2);
        insert("third", NOW + 60);
        assert!(becomes(&tokens, 2));
        assert!(tokens.get("first", NOW + 60).is_none() && tokens.get("second", NOW + 60).is_some());
        // The key is withdrawn.
        set.set_fresh_until(0);
        assert!(tokens.get("third", NOW + 60).is_none());
    }

    #[test]
    fn the_limits_themselves_can_be_set() {
        for (capacity, seconds, is_accepted) in [
            (1, 1, true),
            (VerifiedTokenCache::MAX_CAPACITY, 3_600, true),
            (0, 1, false),
            (VerifiedTokenCache::MAX_CAPACITY + 1, 1, false),
            (1, 0, false),
            (1, 3_601, false),
        ] {
            let cache = VerifiedTokenCache::new(capacity).max_age(Duration::from_secs(seconds));
            assert_eq!(cache.build().is_ok(), is_accepted, "{capacity} {seconds}");
        }
    }

    #[test]
    fn what_does_not_count_or_is_too_long_is_not_remembered() {
        let jwks =
            r#"{"keys":[{"kid":"k","kty":"OKP","crv":"Ed25519","x":"Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc"}]}"#;
        let set = KeySet::parse(jwks.as_bytes()).unwrap();
        let key = set.get("k").unwrap();
        let is_remembered = |length: usize, now, fresh_until| {
            set.set_fresh_until(fresh_until);
            let tokens = VerifiedTokenCache::new(1_000).build().unwrap();
            tokens.insert(&"t".repeat(length), &identity(&key), now);
            tokens.tokens.len() == 1
        };
        let end = NOW + 3_600;
        assert!(is_remembered(MAX_TOKEN_BYTES, end - 1, end));
        assert!(!is_remembered(MAX_TOKEN_BYTES + 1, end - 1, end));
        assert!(!is_remembered(1, end, end + 1));
        assert!(!is_remembered(1, NOW, NOW));
    }

    #[test]
    fn what_was_verified_with_a_key_that_has_gone_is_dropped_with_what_has_ended() {
        let set = || {
            let jwks = r#"{"keys":[{"kid":"k","kty":"OKP","crv":"Ed25519","x":"Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc"}]}"#;
            let set = KeySet::parse(jwks.as_bytes()).unwrap();
            set.set_fresh_until(NOW + 3_600);
            set
        };
        let (former, latter) = (set(), set());
        let cache = VerifiedTokenCache::new(1_000).max_age(Duration::from_secs(60));
        let tokens = cache.build().unwrap();
        let insert = |token: &str, set: &KeySet, now| tokens.insert(token, &identity(&set.get("k").unwrap()), now);
        insert("first", &former, NOW);
        insert("second", &former, NOW + 30);
        // Not due yet.
        assert_eq!(tokens.swept_at.load(Ordering::Relaxed), NOW);
        former.set_fresh_until(0);
        insert("third", &latter, NOW + 60);
        assert!(becomes(&tokens, 1));
        assert!(tokens.get("third", NOW + 60).is_some());
    }
}
