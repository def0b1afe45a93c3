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
/// How long nothing is fetched after a fetch, whatever came of it, in seconds.
const COOL_DOWN: u64 = 60;

/// One issuer.
#[derive(Default)]
pub(super) struct Entry {
    loaded: Option<Loaded>,
    /// When a fetch last began or ended.
    attempted_at: Option<u64>,
    failed: bool,
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
    /// The key, when it is known and fresh.
    pub(super) fn fresh(&self, key_id: &str, now: u64) -> Option<Arc<Key>> {
        self.used_at.store(now, Ordering::Relaxed);
        let loaded = self.loaded.as_ref()?;
        loaded.age(now).filter(|age| *age < FRESH)?;
        loaded.set.get(key_id)
    }

    pub(super) fn advice(&self, key_id: &str, now: u64) -> Advice {
        self.used_at.store(now, Ordering::Relaxed);
        let may_fetch = !self.is_fetching() && !self.is_cooling_down(now);
        let known = self
            .loaded
            .as_ref()
            .filter(|loaded| loaded.age(now).is_none_or(|age| age < MAX_STALENESS));
        match known.and_then(|loaded| Some((loaded, loaded.set.get(key_id)?))) {
            Some((loaded, key)) if may_fetch && loaded.age(now).is_none_or(|age| age >= FRESH) => {
                Advice::UseAndFetch(key)
            }
            Some((_, key)) => Advice::Use(key),
            None if may_fetch || self.flight.is_some() => Advice::Fetch,
            None if self.failed || known.is_none() => Advice::Unavailable,
            None => Advice::Unknown,
        }
    }

    /// The lead of a new fetch, or the fetch that is under way.
    pub(super) fn join(&mut self, now: u64) -> Result<Lead, Flight> {
        match &self.flight {
            Some(flight) if is_led(flight) => Err(flight.clone()),
            _ => {
                let (lead, flight) = watch::channel(None);
                self.flight = Some(flight);
                self.attempted_at = Some(now);
                Ok(lead)
            }
        }
    }

    /// The fetch has ended, with a set or in vain. In vain, what was known stays.
    pub(super) fn completed(&mut self, set: Option<&Arc<KeySet>>, now: u64) {
        self.flight = None;
        self.attempted_at = Some(now);
        self.failed = set.is_none();
        if let Some(set) = set {
            self.loaded = Some(Loaded {
                set: Arc::clone(set),
                at: now,
            });
        }
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

    fn is_cooling_down(&self, now: u64) -> bool {
        // A clock that was set back ends the pause rather than lengthening it.
        self.attempted_at
            .and_then(|at| now.checked_sub(at))
            .is_some_and(|since| since < COOL_DOWN)
    }
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

    fn loaded_at(now: u64) -> Entry {
        let mut entry = Entry::default();
        let _ = entry.join(now);
        entry.completed(Some(&set()), now);
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
        for (age, known, unknown) in [
            (0, "use", "unknown"),
            (COOL_DOWN - 1, "use", "unknown"),
            (COOL_DOWN, "use", "fetch"),
            (FRESH - 1, "use", "fetch"),
            (FRESH, "use and fetch", "fetch"),
            (MAX_STALENESS - 1, "use and fetch", "fetch"),
            (MAX_STALENESS, "fetch", "fetch"),
        ] {
            let entry = loaded_at(NOW);
            assert_eq!(advice(&entry, "k", NOW + age), known, "{age}");
            assert_eq!(advice(&entry, "x", NOW + age), unknown, "{age}");
            assert_eq!(entry.fresh("k", NOW + age).is_some(), age < FRESH);
        }
    }

    #[test]
    fn a_failure_keeps_what_is_known_and_makes_the_unknown_unavailable() {
        let mut entry = loaded_at(NOW);
        let _ = entry.join(NOW + FRESH);
        entry.completed(None, NOW + FRESH);
        assert_eq!(advice(&entry, "k", NOW + FRESH), "use");
        assert_eq!(advice(&entry, "x", NOW + FRESH), "unavailable");
        assert_eq!(advice(&entry, "k", NOW + FRESH + COOL_DOWN), "use and fetch");
    }

    #[test]
    fn a_set_that_is_too_old_fails_closed_while_fetches_fail() {
        let mut entry = loaded_at(NOW);
        let _ = entry.join(NOW + MAX_STALENESS - 1);
        entry.completed(None, NOW + MAX_STALENESS - 1);
        assert_eq!(advice(&entry, "k", NOW + MAX_STALENESS - 1), "use");
        assert_eq!(advice(&entry, "k", NOW + MAX_STALENESS), "unavailable");
    }

    #[test]
    fn a_fetch_under_way_is_joined_and_needs_nobody_who_has_the_key() {
        let mut entry = loaded_at(NOW);
        let lead = entry.join(NOW + FRESH).unwrap();
        assert_eq!(advice(&entry, "k", NOW + FRESH), "use");
        assert_eq!(advice(&entry, "x", NOW + FRESH), "fetch");
        assert!(entry.join(NOW + FRESH).unwrap_err().same_channel(&lead.subscribe()));
    }

    #[test]
    fn a_fetch_whose_leader_has_gone_is_begun_again_by_the_next() {
        let mut entry = loaded_at(NOW);
        drop(entry.join(NOW + FRESH));
        assert_eq!(advice(&entry, "x", NOW + FRESH), "fetch");
        assert_eq!(advice(&entry, "k", NOW + FRESH + COOL_DOWN), "use and fetch");
        assert!(entry.join(NOW + FRESH + COOL_DOWN).is_ok());
    }

    #[test]
    fn a_clock_that_is_set_back_refreshes_and_ends_the_pause() {
        let entry = loaded_at(NOW);
        assert_eq!(advice(&entry, "k", NOW - 1), "use and fetch");
        assert_eq!(advice(&entry, "x", NOW - 1), "fetch");
    }

    #[test]
    fn nothing_is_known_before_the_first_fetch() {
        let mut entry = Entry::default();
        assert_eq!(advice(&entry, "k", NOW), "fetch");
        let _ = entry.join(NOW);
        entry.completed(None, NOW);
        assert_eq!(advice(&entry, "k", NOW + COOL_DOWN - 1), "unavailable");
        assert_eq!(advice(&entry, "k", NOW + COOL_DOWN), "fetch");
    }
}
