//! What is known of one issuer's keys, and what that means for a key that is looked for: the rules of time, without I/O and locks.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;

use super::fetch::FetchError;
use super::freshness::KeyFreshness;
use super::issuer::Issuer;
use super::jwks::{Key, KeySet};
use crate::flight::{Flight, Lead};

/// How long a set is used without asking again, in seconds.
const FRESH: u64 = 3_600;
/// How long a set is used at most when asking again fails, in seconds. After that its keys may have been revoked long ago.
const MAX_STALENESS: u64 = 86_400;
/// How long nothing is fetched for a key id that the set lacks, after a fetch that was made for such a one, in seconds. A fetch for a key that was
/// found begins no such pause, so that a second key of the same issuer is found at once.
const COOL_DOWN: u64 = 60;
/// How long nothing is fetched after a fetch in vain, in seconds: short, since nobody is verified meanwhile whose keys are not known.
const FAILURE_COOL_DOWN: u64 = 5;
/// Longest time that a caller waits for a fetch that somebody else makes, who may have stopped making it.
pub(super) const WAIT_LIMIT: Duration = Duration::from_secs(10);
/// Most headers that are known by their text, of one set. An issuer writes one header for each of its keys.
const MAX_HEADERS: usize = 8;

/// What came of a fetch.
pub(super) type Outcome = Result<Arc<Loaded>, Arc<FetchError>>;

/// One issuer.
pub(super) struct Entry {
    issuer: Issuer,
    loaded: Option<Arc<Loaded>>,
    /// When a fetch last ended without the key id that it was made for.
    missed_at: Option<u64>,
    /// When a fetch last ended in vain, and why, if it was the last one.
    failed: Option<(u64, Arc<FetchError>)>,
    flight: Option<Flight<Outcome>>,
    used_at: AtomicU64,
}

/// The keys of one issuer, as they are read without a lock.
pub(super) struct Loaded {
    pub(super) issuer: Issuer,
    pub(super) set: KeySet,
    /// When they were asked for as far as is known, in seconds since the Unix epoch.
    at: AtomicU64,
    /// Given by the configuration, so they do not age.
    is_static: bool,
    used_at: AtomicU64,
    /// Headers of verified tokens by their text, with the key that each means.
    headers: ArcSwap<Vec<(Box<str>, Arc<Key>)>>,
}

/// What to do about a key.
pub(super) enum Advice {
    /// The key is good.
    Use(Arc<Key>),
    /// The key is good, and it is time to ask again without waiting for it.
    UseAndFetch(Arc<Key>),
    /// The key is good, and it is time to ask again and to wait for it: whoever was to do it without waiting does not get to it.
    FetchOrUse(Arc<Key>),
    /// Only a fetch can tell.
    Fetch,
    /// The issuer was asked a short time ago and has no such key.
    Unknown,
    /// The issuer was asked a short time ago in vain, so nothing is known.
    Unavailable,
}

impl Loaded {
    pub(super) fn new(issuer: Issuer, set: KeySet, at: u64) -> Self {
        Self {
            issuer,
            set,
            at: AtomicU64::new(at),
            is_static: false,
            used_at: AtomicU64::new(at),
            headers: ArcSwap::default(),
        }
    }

    /// The key of `key_id`, when the set is fresh.
    pub(super) fn fresh(&self, key_id: &str, now: u64) -> Option<Arc<Key>> {
        self.is_fresh(now).then(|| self.set.get(key_id))?
    }

    /// The key that a verified token with this very header had, when the set is fresh.
    pub(super) fn by_header(&self, header: &str, now: u64) -> Option<Arc<Key>> {
        if !self.is_fresh(now) {
            return None;
        }
        let headers = self.headers.load();
        let (_, key) = headers.iter().find(|(known, _)| **known == *header)?;
        Some(Arc::clone(key))
    }

    /// Remembers that a verified token of this issuer had this header and key, if the key is of this set: another may have taken its place
    /// meanwhile.
    pub(super) fn remember(&self, header: &str, key: &Arc<Key>) {
        let headers = self.headers.load();
        let is_known = headers.iter().any(|(known, _)| **known == *header);
        if is_known || headers.len() >= MAX_HEADERS || !self.set.holds(key) {
            return;
        }
        let mut more = Vec::clone(&headers);
        more.push((header.into(), Arc::clone(key)));
        // Of two at once one may be lost. It is remembered the next time.
        self.headers.store(Arc::new(more));
    }

    /// Whether the set is too old to be used.
    pub(super) fn is_expired(&self, now: u64) -> bool {
        self.freshness(now) == KeyFreshness::Expired
    }

    fn is_fresh(&self, now: u64) -> bool {
        let is_fresh = self.is_static || self.age(now).is_some_and(|age| age < FRESH);
        if is_fresh && self.used_at.load(Ordering::Relaxed) != now {
            self.used_at.store(now, Ordering::Relaxed);
        }
        is_fresh
    }

    fn freshness(&self, now: u64) -> KeyFreshness {
        match self.age(now) {
            _ if self.is_static => KeyFreshness::Static,
            Some(age) if age >= MAX_STALENESS => KeyFreshness::Expired,
            Some(age) if age < FRESH => KeyFreshness::Fresh,
            _ => KeyFreshness::Stale,
        }
    }

    /// How old the set is, in seconds; nothing when the clock was set back since.
    fn age(&self, now: u64) -> Option<u64> {
        now.checked_sub(self.at.load(Ordering::Relaxed))
    }

    /// Takes the set for one that has just become stale when it comes from the future: the clock was ahead when it was fetched, and nobody knows
    /// since when.
    fn settle(&self, now: u64) {
        if !self.is_static && self.age(now).is_none() {
            self.at.store(now.saturating_sub(FRESH), Ordering::Relaxed);
            self.set.set_fresh_until(now);
        }
    }
}

impl Entry {
    pub(super) fn new(issuer: Issuer) -> Self {
        Self {
            issuer,
            loaded: None,
            missed_at: None,
            failed: None,
            flight: None,
            used_at: AtomicU64::new(0),
        }
    }

    /// An issuer whose keys are given, and never fetched.
    pub(super) fn with_static_keys(issuer: Issuer, set: KeySet) -> Self {
        set.set_fresh_until(u64::MAX);
        let loaded = Loaded {
            is_static: true,
            ..Loaded::new(issuer.clone(), set, 0)
        };
        Self {
            loaded: Some(Arc::new(loaded)),
            ..Self::new(issuer)
        }
    }

    pub(super) fn advice(&self, key_id: &str, now: u64) -> Advice {
        self.used_at.store(now, Ordering::Relaxed);
        let is_failing = self.is_failing(now);
        if let Some(loaded) = &self.loaded {
            loaded.settle(now);
        }
        let loaded = self.loaded.as_deref().map(|loaded| (loaded, loaded.freshness(now)));
        let known = loaded.filter(|(_, freshness)| *freshness != KeyFreshness::Expired);
        if let Some((loaded, freshness)) = known
            && let Some(key) = loaded.set.get(key_id)
        {
            return match &self.flight {
                _ if freshness != KeyFreshness::Stale || is_failing || self.is_fetching(now) => Advice::Use(key),
                Some(_) => Advice::FetchOrUse(key),
                None => Advice::UseAndFetch(key),
            };
        }
        let is_static = known.is_some_and(|(loaded, _)| loaded.is_static);
        if is_static {
            Advice::Unknown
        } else if self.is_fetching(now) {
            Advice::Fetch
        } else if is_failing {
            Advice::Unavailable
        } else if known.is_some() && is_within(self.missed_at, COOL_DOWN, now) {
            Advice::Unknown
        } else {
            Advice::Fetch
        }
    }

    /// The lead of a new fetch, with what to wait for; or the fetch that is under way.
    pub(super) fn join(&mut self, now: u64) -> Result<(Lead<Outcome>, Flight<Outcome>), Flight<Outcome>> {
        match &self.flight {
            Some(flight) if flight.is_under_way(WAIT_LIMIT, now) => Err(flight.clone()),
            _ => {
                let (lead, flight) = Flight::begin(now);
                self.flight = Some(flight.clone());
                Ok((lead, flight))
            }
        }
    }

    /// The fetch of `lead`, made for `key_id`, has ended with a set or in vain. In vain, what was known stays.
    pub(super) fn completed(
        &mut self,
        lead: &Lead<Outcome>,
        key_id: Option<&str>,
        fetched: Result<KeySet, Arc<FetchError>>,
        now: u64,
    ) -> Outcome {
        // Another fetch may have begun when this one took too long. What comes late may be older than what is known by now.
        let Some(flight) = self.flight.take_if(|flight| flight.is_led_by(lead)) else {
            return Err(Arc::new(FetchError::Superseded));
        };
        let former = self.loaded.as_ref();
        let mut set = match fetched {
            // That is no word of the service that the known keys have gone.
            Ok(set) if former.is_some_and(|former| set.is_damaged(&former.set)) => {
                let error = Arc::new(FetchError::NoUsableKeys);
                self.failed = Some((now, Arc::clone(&error)));
                return Err(error);
            }
            Ok(set) => set,
            Err(error) => {
                self.failed = Some((now, Arc::clone(&error)));
                return Err(error);
            }
        };
        self.failed = None;
        if key_id.is_some_and(|key_id| set.get(key_id).is_none()) {
            self.missed_at = Some(now);
        }
        if let Some(former) = &self.loaded {
            set.follow(&former.set);
        }
        set.forget_unusable();
        // What arrives says how things were when it was asked for: a machine that slept meanwhile may have slept for days.
        let asked_at = flight.begun_at();
        set.set_fresh_until(asked_at.saturating_add(FRESH));
        let loaded = Arc::new(Loaded::new(self.issuer.clone(), set, asked_at));
        self.loaded = Some(Arc::clone(&loaded));
        Ok(loaded)
    }

    /// Whether the fetch of `lead` is the one that is waited for: a task that gets its turn late must not fetch any more.
    pub(super) fn is_led_by(&self, lead: &Lead<Outcome>) -> bool {
        self.flight.as_ref().is_some_and(|flight| flight.is_led_by(lead))
    }

    /// The fetch that was begun last was given up, by its runtime or by a transport that panics.
    pub(super) fn abandoned(&mut self, now: u64) {
        if self.flight.as_ref().is_some_and(|flight| !flight.has_lead()) {
            self.flight = None;
            self.failed = Some((now, Arc::new(FetchError::Abandoned)));
        }
    }

    pub(super) fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// The keys that are read without a lock.
    pub(super) fn loaded(&self) -> Option<&Arc<Loaded>> {
        self.loaded.as_ref()
    }

    /// Whether the issuer is the account itself, which comes from the configuration and not from tokens.
    fn is_account(&self) -> bool {
        self.issuer.service_client_id.is_none()
    }

    fn is_static(&self) -> bool {
        self.loaded.as_ref().is_some_and(|loaded| loaded.is_static)
    }

    /// Whether the entry may go when there are too many without keys: anybody can make up the id of a client, and nobody that of the account.
    pub(super) fn is_expendable(&self, now: u64) -> bool {
        !self.is_account() && !self.has_keys() && !self.is_fetching(now)
    }

    /// Whether the entry may go when there are too many with keys.
    pub(super) fn is_replaceable(&self, now: u64) -> bool {
        !self.is_account() && !self.is_static() && self.has_keys() && !self.is_fetching(now)
    }

    /// Whether the issuer has shown at least one key.
    pub(super) fn has_keys(&self) -> bool {
        self.loaded.as_ref().is_some_and(|loaded| !loaded.set.is_empty())
    }

    /// Whether a fetch is under way.
    pub(super) fn is_fetching(&self, now: u64) -> bool {
        let flight = self.flight.as_ref();
        flight.is_some_and(|flight| flight.is_under_way(WAIT_LIMIT, now))
    }

    fn is_failing(&self, now: u64) -> bool {
        is_within(self.failed.as_ref().map(|(at, _)| *at), FAILURE_COOL_DOWN, now)
    }

    pub(super) fn freshness(&self, now: u64) -> KeyFreshness {
        self.loaded
            .as_ref()
            .map_or(KeyFreshness::NotFetched, |loaded| loaded.freshness(now))
    }

    /// When the keys were fetched, in seconds since the Unix epoch.
    pub(super) fn fetched_at(&self) -> Option<u64> {
        self.loaded
            .as_ref()
            .filter(|loaded| !loaded.is_static)
            .map(|loaded| loaded.at.load(Ordering::Relaxed))
    }

    /// Until when nothing is fetched for key ids that are not known: after a failure, or after a fetch that did not bring the key it was made for.
    pub(super) fn cooling_down_until(&self, now: u64) -> Option<u64> {
        let pause = |start: Option<u64>, length| {
            start
                .filter(|_| is_within(start, length, now))
                .map(|at| at.saturating_add(length))
        };
        let failing = pause(self.failed.as_ref().map(|(at, _)| *at), FAILURE_COOL_DOWN);
        let missed = pause(self.missed_at, COOL_DOWN);
        failing.max(missed)
    }

    /// Why the last fetch was in vain, if it was.
    pub(super) fn last_error(&self) -> Option<&Arc<FetchError>> {
        self.failed.as_ref().map(|(_, error)| error)
    }

    /// When a key was last looked for, in seconds since the Unix epoch.
    pub(super) fn used_at(&self) -> u64 {
        let loaded = self
            .loaded
            .as_ref()
            .map(|loaded| loaded.used_at.load(Ordering::Relaxed));
        self.used_at.load(Ordering::Relaxed).max(loaded.unwrap_or_default())
    }
}

/// Whether less than `length` seconds have gone by since `start`. A clock that was set back ends a pause rather than lengthening it.
fn is_within(start: Option<u64>, length: u64, now: u64) -> bool {
    start
        .and_then(|start| now.checked_sub(start))
        .is_some_and(|since| since < length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_700_000_000;

    fn set() -> KeySet {
        let json =
            r#"{"keys":[{"kid":"k","kty":"OKP","crv":"Ed25519","x":"Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc"}]}"#;
        KeySet::parse(json.as_bytes()).unwrap()
    }

    fn client() -> Issuer {
        Issuer {
            text: "https://login.example.com/v1/clients/c".to_owned(),
            service_client_id: Some("c".to_owned()),
        }
    }

    fn joined(entry: &mut Entry, now: u64) -> (Lead<Outcome>, Flight<Outcome>) {
        entry.join(now).ok().unwrap()
    }

    /// A fetch that ends in vain.
    fn fail(entry: &mut Entry, now: u64) {
        let (lead, _) = joined(entry, now);
        let _ = entry.completed(&lead, Some("k"), Err(Arc::new(FetchError::TooLong)), now);
    }

    /// An entry whose keys were fetched for `key_id`.
    fn fetched_for(key_id: &str, now: u64) -> Entry {
        let mut entry = Entry::new(client());
        let (lead, _) = joined(&mut entry, now);
        let _ = entry.completed(&lead, Some(key_id), Ok(set()), now);
        entry
    }

    fn name(advice: &Advice) -> &'static str {
        match advice {
            Advice::Use(_) => "use",
            Advice::UseAndFetch(_) => "use and fetch",
            Advice::FetchOrUse(_) => "fetch or use",
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
            assert_eq!(entry.loaded().unwrap().fresh("k", NOW + age).is_some(), age < FRESH);
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
        fail(&mut entry, failed);
        assert_eq!(advice(&entry, "k", failed), "use");
        assert_eq!(advice(&entry, "x", failed), "unavailable");
        assert_eq!(advice(&entry, "k", failed + FAILURE_COOL_DOWN - 1), "use");
        assert_eq!(advice(&entry, "k", failed + FAILURE_COOL_DOWN), "use and fetch");
        assert_eq!(advice(&entry, "x", failed + FAILURE_COOL_DOWN), "fetch");
    }

    #[test]
    fn a_set_that_is_too_old_fails_closed_while_fetches_fail() {
        let mut entry = fetched_for("k", NOW);
        fail(&mut entry, NOW + MAX_STALENESS - 1);
        assert_eq!(advice(&entry, "k", NOW + MAX_STALENESS - 1), "use");
        assert_eq!(advice(&entry, "k", NOW + MAX_STALENESS), "unavailable");
    }

    #[test]
    fn a_fetch_under_way_is_joined_and_needs_nobody_who_has_the_key() {
        let mut entry = fetched_for("k", NOW);
        let (lead, _) = joined(&mut entry, NOW + FRESH);
        assert_eq!(advice(&entry, "k", NOW + FRESH), "use");
        assert_eq!(advice(&entry, "x", NOW + FRESH), "fetch");
        assert!(entry.join(NOW + FRESH).err().unwrap().is_led_by(&lead));
    }

    #[test]
    fn a_fetch_whose_leader_has_gone_is_begun_again_by_the_next() {
        let mut entry = fetched_for("x", NOW);
        let begun = NOW + COOL_DOWN;
        drop(entry.join(begun));
        assert_eq!(advice(&entry, "x", begun), "fetch");
        assert_eq!(advice(&entry, "k", NOW + FRESH), "fetch or use");
        assert!(entry.join(begun).is_ok());
    }

    #[test]
    fn a_fetch_that_takes_too_long_is_begun_again_and_its_end_does_not_end_the_new_one() {
        let mut entry = Entry::new(client());
        let (slow, _) = joined(&mut entry, NOW);
        let late = NOW + WAIT_LIMIT.as_secs();
        assert!(entry.join(late - 1).is_err());
        let (lead, _) = joined(&mut entry, late);
        assert!(entry.completed(&slow, Some("k"), Ok(set()), late).is_err());
        assert!(entry.join(late).err().unwrap().is_led_by(&lead) && !entry.has_keys());
        assert!(entry.completed(&lead, Some("k"), Ok(set()), late).is_ok() && entry.has_keys());
        // Not even when the newer one has ended.
        let (slow, _) = joined(&mut entry, late);
        let (lead, _) = joined(&mut entry, late + WAIT_LIMIT.as_secs());
        assert!(entry.completed(&lead, Some("k"), Ok(KeySet::default()), late).is_ok());
        assert!(entry.completed(&slow, Some("k"), Ok(set()), late).is_err() && !entry.has_keys());
    }

    #[test]
    fn a_refresh_that_nobody_gets_to_is_made_by_the_next_caller() {
        let mut entry = fetched_for("k", NOW);
        let begun = NOW + FRESH;
        let (lead, _) = joined(&mut entry, begun);
        let overdue = begun + WAIT_LIMIT.as_secs();
        assert_eq!(advice(&entry, "k", overdue - 1), "use");
        assert_eq!(advice(&entry, "k", overdue), "fetch or use");
        assert!(entry.is_led_by(&lead));
        let (next, _) = joined(&mut entry, overdue);
        assert!(entry.is_led_by(&next) && !entry.is_led_by(&lead));
        assert_eq!(advice(&entry, "k", overdue), "use");
    }

    #[test]
    fn keys_of_the_future_are_stale_and_end_within_a_day() {
        let year = 365 * 86_400;
        let entry = fetched_for("k", NOW + year);
        assert_eq!(advice(&entry, "k", NOW), "use and fetch");
        assert!(!entry.loaded().unwrap().set.get("k").unwrap().is_fresh(NOW));
        let left = MAX_STALENESS - FRESH;
        assert_eq!(advice(&entry, "k", NOW + left - 1), "use and fetch");
        assert_eq!(advice(&entry, "k", NOW + left), "fetch");
    }

    #[test]
    fn keys_that_are_published_again_stay_the_same_and_those_that_have_gone_know_it() {
        let mut entry = fetched_for("k", NOW);
        let known = entry.loaded().unwrap().set.get("k").unwrap();
        assert!(known.is_fresh(NOW + FRESH - 1) && !known.is_fresh(NOW + FRESH));
        let (lead, _) = joined(&mut entry, NOW + 100);
        let _ = entry.completed(&lead, Some("k"), Ok(set()), NOW + 100);
        assert!(Arc::ptr_eq(&known, &entry.loaded().unwrap().set.get("k").unwrap()));
        assert!(known.is_fresh(NOW + 100 + FRESH - 1));
        let (lead, _) = joined(&mut entry, NOW + 200);
        let _ = entry.completed(&lead, Some("k"), Ok(KeySet::default()), NOW + 200);
        assert!(!known.is_fresh(NOW));
    }

    #[test]
    fn static_keys_do_not_age_and_nothing_is_fetched_beside_them() {
        let entry = Entry::with_static_keys(client(), set());
        assert_eq!(advice(&entry, "k", u64::MAX), "use");
        assert_eq!(advice(&entry, "x", NOW), "unknown");
        assert!(entry.loaded().unwrap().fresh("k", u64::MAX).is_some() && !entry.is_replaceable(NOW));
    }

    #[test]
    fn headers_are_remembered_of_one_set_and_are_bounded() {
        let mut entry = fetched_for("k", NOW);
        let loaded = Arc::clone(entry.loaded().unwrap());
        let key = loaded.set.get("k").unwrap();
        assert!(loaded.by_header("h0", NOW).is_none());
        for n in 0..2 * MAX_HEADERS {
            loaded.remember(&format!("h{n}"), &key);
        }
        let known = |loaded: &Loaded, now| {
            (0..2 * MAX_HEADERS)
                .filter(|n| loaded.by_header(&format!("h{n}"), now).is_some())
                .count()
        };
        assert_eq!(known(&loaded, NOW), MAX_HEADERS);
        // A key of another set, as when the set was replaced while the signature was checked.
        let other = fetched_for("k", NOW);
        other.loaded().unwrap().remember("h0", &key);
        assert_eq!(known(other.loaded().unwrap(), NOW), 0);
        assert_eq!(known(&loaded, NOW + FRESH), 0);
        let (lead, _) = joined(&mut entry, NOW);
        let _ = entry.completed(&lead, Some("k"), Ok(set()), NOW);
        assert_eq!(known(entry.loaded().unwrap(), NOW), 0);
    }

    #[test]
    fn a_clock_that_is_set_back_refreshes_and_ends_the_pauses() {
        let entry = fetched_for("x", NOW);
        assert_eq!(advice(&entry, "k", NOW - 1), "use and fetch");
        assert_eq!(advice(&entry, "x", NOW - 1), "fetch");
    }

    #[test]
    fn nothing_is_known_before_the_first_fetch() {
        let mut entry = Entry::new(client());
        assert_eq!(advice(&entry, "k", NOW), "fetch");
        fail(&mut entry, NOW);
        assert_eq!(advice(&entry, "k", NOW + FAILURE_COOL_DOWN - 1), "unavailable");
        assert_eq!(advice(&entry, "k", NOW + FAILURE_COOL_DOWN), "fetch");
    }

    #[test]
    fn only_a_client_without_keys_is_expendable() {
        let account = Issuer {
            text: "https://login.example.com".to_owned(),
            service_client_id: None,
        };
        assert!(Entry::new(client()).is_expendable(NOW));
        assert!(!Entry::new(account).is_expendable(NOW));
        assert!(!fetched_for("k", NOW).is_expendable(NOW));
        let mut fetching = Entry::new(client());
        let _lead = fetching.join(NOW);
        assert!(!fetching.is_expendable(NOW));
    }

    #[test]
    fn keys_that_are_read_without_the_lock_count_as_used() {
        let entry = fetched_for("k", NOW);
        let loaded = entry.loaded().unwrap();
        assert!(loaded.fresh("k", NOW + 5).is_some());
        assert_eq!(entry.used_at(), NOW + 5);
        assert!(loaded.fresh("k", NOW + FRESH).is_none());
        assert_eq!(entry.used_at(), NOW + 5);
    }
}
