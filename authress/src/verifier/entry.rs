//! What is known of one issuer's keys, and what that means for a key that is looked for: the rules of time, without I/O and locks.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch;

use super::jwks::{Key, KeySet};
use super::keys::{Flight, Lead};

/// How long a set is used without asking again, in seconds.
const FRESH: u64 = 3_600;
/// How long a set is used at most when asking again fails, in seconds. After that its keys may have been revoked long ago.
const MAX_STALENESS: u64 = 86_400;
/// How long nothing is fetched for a key id that the set lacks, after a fetch that was made for such a one, in seconds. A fetch for a key that was
/// found begins no such pause, so that a second key of the same issuer is found at once.
const COOL_DOWN: u64 = 60;
/// How long nothing is fetched after a fetch in vain, in seconds: short, since nobody is verified meanwhile whose keys are not known.
const FAILURE_COOL_DOWN: u64 = 5;

/// One issuer.
#[derive(Default)]
pub(super) struct Entry {
    /// Whether the issuer is the account itself, which comes from the configuration and not from tokens.
    is_account: bool,
    loaded: Option<Loaded>,
    /// When a fetch last ended without the key id that it was made for.
    missed_at: Option<u64>,
    /// When a fetch last ended in vain, if it was the last one.
    failed_at: Option<u64>,
    flight: Option<Flight>,
    used_at: AtomicU64,
}

struct Loaded {
    set: Arc<KeySet>,
    at: u64,
}

/// What to do about a key.
pub(super) enum Advice {
    /// The key is good.
    Use(Arc<Key>),
    /// The key is good, and it is time to ask again without waiting for it.
    UseAndFetch(Arc<Key>),
    /// Only a fetch can tell.
    Fetch,
    /// The issuer was asked a short time ago and has no such key.
    Unknown,
    /// The issuer was asked a short time ago in vain, so nothing is known.
    Unavailable,
}

impl Entry {
    pub(super) fn new(is_account: bool) -> Self {
        Self {
            is_account,
            ..Self::default()
        }
    }

    /// The key, when it is known and fresh.
    pub(super) fn fresh(&self, key_id: &str, now: u64) -> Option<Arc<Key>> {
        self.used_at.store(now, Ordering::Relaxed);
        let loaded = self.loaded.as_ref()?;
        loaded.age(now).filter(|age| *age < FRESH)?;
        loaded.set.get(key_id)
    }

    pub(super) fn advice(&self, key_id: &str, now: u64) -> Advice {
        self.used_at.store(now, Ordering::Relaxed);
        let is_failing = is_within(self.failed_at, FAILURE_COOL_DOWN, now);
        let known = self
            .loaded
            .as_ref()
            .filter(|loaded| loaded.age(now).is_none_or(|age| age < MAX_STALENESS));
        let key = known.and_then(|loaded| Some((loaded, loaded.set.get(key_id)?)));
        if let Some((loaded, key)) = key {
            let is_stale = loaded.age(now).is_none_or(|age| age >= FRESH);
            return if is_stale && !is_failing && !self.is_fetching() {
                Advice::UseAndFetch(key)
            } else {
                Advice::Use(key)
            };
        }
        if self.flight.is_some() {
            // It is joined, or begun again when whoever led it has gone.
            Advice::Fetch
        } else if is_failing {
            Advice::Unavailable
        } else if known.is_some() && is_within(self.missed_at, COOL_DOWN, now) {
            Advice::Unknown
        } else {
            Advice::Fetch
        }
    }

    /// The lead of a new fetch, or the fetch that is under way.
    pub(super) fn join(&mut self) -> Result<Lead, Flight> {
        match &self.flight {
            Some(flight) if is_led(flight) => Err(flight.clone()),
            _ => {
                let (lead, flight) = watch::channel(None);
                self.flight = Some(flight);
                Ok(lead)
            }
        }
    }

    /// The fetch for `key_id` has ended, with a set or in vain. In vain, what was known stays.
    pub(super) fn completed(&mut self, key_id: &str, set: Option<&Arc<KeySet>>, now: u64) {
        self.flight = None;
        self.failed_at = set.is_none().then_some(now);
        if let Some(set) = set {
            if set.get(key_id).is_none() {
                self.missed_at = Some(now);
            }
            self.loaded = Some(Loaded {
                set: Arc::clone(set),
                at: now,
            });
        }
    }

    /// Whether the entry may go when there are too many without keys: anybody can make up the id of a client, and nobody that of the account.
    pub(super) fn is_expendable(&self) -> bool {
        !self.is_account && !self.has_keys() && !self.is_fetching()
    }

    /// Whether the issuer has shown at least one key.
    pub(super) fn has_keys(&self) -> bool {
        self.loaded.as_ref().is_some_and(|loaded| !loaded.set.is_empty())
    }

    /// Whether a fetch is under way.
    pub(super) fn is_fetching(&self) -> bool {
        self.flight.as_ref().is_some_and(is_led)
    }

    /// When a key was last looked for, in seconds since the Unix epoch.
    pub(super) fn used_at(&self) -> u64 {
        self.used_at.load(Ordering::Relaxed)
    }
}

/// Whether less than `length` seconds have gone by since `start`. A clock that was set back ends a pause rather than lengthening it.
fn is_within(start: Option<u64>, length: u64, now: u64) -> bool {
    start
        .and_then(|start| now.checked_sub(start))
        .is_some_and(|since| since < length)
}

impl Loaded {
    /// How old the set is, in seconds; nothing when the clock was set back since.
    fn age(&self, now: u64) -> Option<u64> {
        now.checked_sub(self.at)
    }
}

/// Whether the fetch can still end with an outcome: whoever led it may have gone, with their runtime for instance.
fn is_led(flight: &Flight) -> bool {
    flight.has_changed().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_700_000_000;

    fn set() -> Arc<KeySet> {
        let json =
            r#"{"keys":[{"kid":"k","kty":"OKP","crv":"Ed25519","x":"Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc"}]}"#;
        Arc::new(KeySet::parse(json.as_bytes()).unwrap())
    }

    /// An entry whose keys were fetched for `key_id`.
    fn fetched_for(key_id: &str, now: u64) -> Entry {
        let mut entry = Entry::default();
        let _ = entry.join();
        entry.completed(key_id, Some(&set()), now);
        entry
    }

    fn name(advice: &Advice) -> &'static str {
        match advice {
            Advice::Use(_) => "use",
            Advice::UseAndFetch(_) => "use and fetch",
            Advice::Fetch => "fetch",
            Advice::Unknown => "unknown",
            Advice::Unavailable => "unavailable",
        }
    }

    fn advice(entry: &Entry, key_id: &str, now: u64) -> &'static str {
        name(&entry.advice(key_id, now))
    }

    #[test]
    fn a_set_ages_from_fresh_over_stale_to_unusable() {
        for (age, known) in [
            (0, "use"),
            (FRESH - 1, "use"),
            (FRESH, "use and fetch"),
            (MAX_STALENESS - 1, "use and fetch"),
            (MAX_STALENESS, "fetch"),
        ] {
            let entry = fetched_for("k", NOW);
            assert_eq!(advice(&entry, "k", NOW + age), known, "{age}");
            assert_eq!(entry.fresh("k", NOW + age).is_some(), age < FRESH);
        }
    }

    #[test]
    fn a_key_id_that_is_missed_begins_a_pause_and_one_that_is_found_does_not() {
        assert_eq!(advice(&fetched_for("k", NOW), "x", NOW), "fetch");
        let missed = fetched_for("x", NOW);
        assert_eq!(advice(&missed, "k", NOW), "use");
        for key_id in ["x", "y"] {
            assert_eq!(advice(&missed, key_id, NOW), "unknown");
            assert_eq!(advice(&missed, key_id, NOW + COOL_DOWN - 1), "unknown");
            assert_eq!(advice(&missed, key_id, NOW + COOL_DOWN), "fetch");
        }
    }

    #[test]
    fn a_failure_keeps_what_is_known_and_makes_the_unknown_unavailable_for_a_short_time() {
        let mut entry = fetched_for("x", NOW);
        let failed = NOW + FRESH;
        let _ = entry.join();
        entry.completed("k", None, failed);
        assert_eq!(advice(&entry, "k", failed), "use");
        assert_eq!(advice(&entry, "x", failed), "unavailable");
        assert_eq!(advice(&entry, "k", failed + FAILURE_COOL_DOWN - 1), "use");
        assert_eq!(advice(&entry, "k", failed + FAILURE_COOL_DOWN), "use and fetch");
        assert_eq!(advice(&entry, "x", failed + FAILURE_COOL_DOWN), "fetch");
    }

    #[test]
    fn a_set_that_is_too_old_fails_closed_while_fetches_fail() {
        let mut entry = fetched_for("k", NOW);
        let _ = entry.join();
        entry.completed("k", None, NOW + MAX_STALENESS - 1);
        assert_eq!(advice(&entry, "k", NOW + MAX_STALENESS - 1), "use");
        assert_eq!(advice(&entry, "k", NOW + MAX_STALENESS), "unavailable");
    }

    #[test]
    fn a_fetch_under_way_is_joined_and_needs_nobody_who_has_the_key() {
        let mut entry = fetched_for("k", NOW);
        let lead = entry.join().unwrap();
        assert_eq!(advice(&entry, "k", NOW + FRESH), "use");
        assert_eq!(advice(&entry, "x", NOW + FRESH), "fetch");
        assert!(entry.join().unwrap_err().same_channel(&lead.subscribe()));
    }

    #[test]
    fn a_fetch_whose_leader_has_gone_is_begun_again_by_the_next() {
        let mut entry = fetched_for("x", NOW);
        drop(entry.join());
        assert_eq!(advice(&entry, "x", NOW), "fetch");
        assert_eq!(advice(&entry, "k", NOW + FRESH), "use and fetch");
        assert!(entry.join().is_ok());
    }

    #[test]
    fn a_clock_that_is_set_back_refreshes_and_ends_the_pauses() {
        let entry = fetched_for("x", NOW);
        assert_eq!(advice(&entry, "k", NOW - 1), "use and fetch");
        assert_eq!(advice(&entry, "x", NOW - 1), "fetch");
    }

    #[test]
    fn nothing_is_known_before_the_first_fetch() {
        let mut entry = Entry::default();
        assert_eq!(advice(&entry, "k", NOW), "fetch");
        let _ = entry.join();
        entry.completed("k", None, NOW);
        assert_eq!(advice(&entry, "k", NOW + FAILURE_COOL_DOWN - 1), "unavailable");
        assert_eq!(advice(&entry, "k", NOW + FAILURE_COOL_DOWN), "fetch");
    }

    #[test]
    fn only_a_client_without_keys_is_expendable() {
        assert!(Entry::new(false).is_expendable());
        assert!(!Entry::new(true).is_expendable());
        assert!(!fetched_for("k", NOW).is_expendable());
        let mut fetching = Entry::new(false);
        let _lead = fetching.join();
        assert!(!fetching.is_expendable());
    }
}
