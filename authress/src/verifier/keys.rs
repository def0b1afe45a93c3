//! The cache of keys: one entry an issuer, so that a key id of one issuer never finds the key of another. How many keys an entry may have is in
//! `jwks`, how long they live in `key_age`.
//!
//! A known key that is fresh is found without a lock. Everything else is decided in `key_age` under a lock and done outside of it: no lock is held
//! while anything is awaited.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;

use super::error::TokenVerificationError;
use super::error::TokenVerificationReason::UnknownKey;
use super::fetch::{FetchError, JWKS_TIMEOUT, fetch};
use super::freshness::KeyFreshness;
use super::issuer::Issuer;
use super::jwks::{Key, KeySet};
use super::key_age::{Advice, Entry, Loaded, Outcome, WAIT_LIMIT};
use super::state::IssuerKeys;
use crate::clock::{unix_seconds, within};
use crate::flight::{Flight, Lead, carry};
use crate::{Clock, Transport};

/// Most issuers whose keys are kept. Beyond it the one that was not used for longest goes.
const MAX_ISSUERS: usize = 512;
/// Most issuers that are remembered without keys. They come from tokens that anybody can make up, so they never push out one with keys.
const MAX_ISSUERS_WITHOUT_KEYS: usize = 64;

/// By the issuer in its one form.
type Table = HashMap<Arc<str>, Arc<Loaded>>;

pub(super) struct Keys {
    /// What is read without a lock: the keys of every entry that has some.
    table: ArcSwap<Table>,
    entries: Mutex<HashMap<Arc<str>, Entry>>,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
}

/// What is to be done for one token.
enum Plan {
    Use(Arc<Key>),
    UseAndRefresh(Arc<Key>, Lead<Outcome>),
    RefreshOrUse(Lead<Outcome>, Flight<Outcome>),
    Fetch(Lead<Outcome>, Flight<Outcome>),
    Wait(Flight<Outcome>),
    Refuse(TokenVerificationError),
}

impl Keys {
    /// A cache in which `given` stand from the start and for ever.
    pub(super) fn new(given: Vec<(Issuer, KeySet)>, transport: Arc<dyn Transport>, clock: Arc<dyn Clock>) -> Arc<Self> {
        let entries = given.into_iter().map(|(issuer, set)| {
            let name = Arc::from(issuer.text.as_str());
            (name, Entry::with_static_keys(issuer, set))
        });
        let keys = Self {
            table: ArcSwap::default(),
            entries: Mutex::new(entries.collect()),
            transport,
            clock,
        };
        keys.publish(&keys.entries());
        Arc::new(keys)
    }

    /// What is at hand for the issuer that has this text, when it has it in its one form.
    pub(super) fn at_hand(&self, issuer: &str) -> Option<Arc<Loaded>> {
        self.table.load().get(issuer).map(Arc::clone)
    }

    /// The key `key_id` of `issuer`.
    pub(super) async fn find(
        self: &Arc<Self>,
        issuer: &Issuer,
        key_id: &str,
    ) -> Result<Arc<Key>, TokenVerificationError> {
        let now = unix_seconds(&*self.clock);
        let fresh = self.at_hand(&issuer.text).and_then(|loaded| loaded.fresh(key_id, now));
        if let Some(key) = fresh {
            return Ok(key);
        }
        let mut is_led_here = false;
        let mut was_at_hand = false;
        let outcome = loop {
            let flight = match self.plan(issuer, key_id) {
                Plan::Use(key) => return Ok(key),
                Plan::UseAndRefresh(key, lead) => {
                    // What comes of it does not matter: the key at hand is good. Only outside of a runtime is it waited for.
                    self.start(issuer, Some(key_id), lead).await;
                    return Ok(key);
                }
                Plan::RefreshOrUse(lead, flight) => {
                    was_at_hand = true;
                    is_led_here = true;
                    self.start(issuer, Some(key_id), lead).await;
                    flight
                }
                Plan::Fetch(lead, flight) => {
                    is_led_here = true;
                    self.start(issuer, Some(key_id), lead).await;
                    flight
                }
                Plan::Wait(flight) => flight,
                Plan::Refuse(error) => return Err(error),
            };
            if let Some(outcome) = self.landed(issuer, flight, is_led_here).await {
                break outcome;
            }
        };
        let loaded = match outcome {
            Ok(loaded) => loaded,
            // What was at hand will do, unless the key has gone meanwhile.
            Err(error) => {
                let known = was_at_hand.then(|| self.at_hand(&issuer.text)).flatten();
                let known = known.filter(|loaded| loaded.set.get(key_id).is_some());
                known.ok_or_else(|| TokenVerificationError::unavailable(error))?
            }
        };
        // It was asked for before the machine slept, say.
        if loaded.is_expired(unix_seconds(&*self.clock)) {
            return Err(TokenVerificationError::unavailable(Arc::new(FetchError::TooLong)));
        }
        loaded
            .set
            .get(key_id)
            .ok_or_else(|| TokenVerificationError::new(UnknownKey))
    }

    /// Fetches the keys of `issuer`, unless they are at hand and fresh.
    pub(super) async fn hydrate(self: &Arc<Self>, issuer: &Issuer) -> Result<(), TokenVerificationError> {
        loop {
            let joined = {
                let now = unix_seconds(&*self.clock);
                let mut entries = self.entries();
                let entry = entry(&mut entries, issuer);
                if entry.has_keys() && matches!(entry.freshness(now), KeyFreshness::Fresh | KeyFreshness::Static) {
                    return Ok(());
                }
                entry.join(now)
            };
            let (flight, is_led_here) = match joined {
                Ok((lead, flight)) => {
                    self.start(issuer, None, lead).await;
                    (flight, true)
                }
                Err(flight) => (flight, false),
            };
            if let Some(outcome) = self.landed(issuer, flight, is_led_here).await {
                let hydrated = match outcome {
                    Ok(loaded) if loaded.set.is_empty() => Err(Arc::new(FetchError::NoUsableKeys)),
                    outcome => outcome.map(drop),
                };
                return hydrated.map_err(TokenVerificationError::unavailable);
            }
        }
    }

    /// What is known of every issuer.
    pub(super) fn state(&self) -> Vec<IssuerKeys> {
        let now = unix_seconds(&*self.clock);
        let mut state: Vec<IssuerKeys> = self
            .entries()
            .values()
            .map(|entry| IssuerKeys::of(entry, now))
            .collect();
        state.sort_by(|a, b| a.issuer().cmp(b.issuer()));
        state
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<Arc<str>, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn plan(&self, issuer: &Issuer, key_id: &str) -> Plan {
        let now = unix_seconds(&*self.clock);
        let mut entries = self.entries();
        if !entries.contains_key(&*issuer.text) && !make_room(&mut entries, issuer, now) {
            return Plan::Refuse(TokenVerificationError::unavailable(Arc::new(FetchError::TooMany)));
        }
        let entry = entry(&mut entries, issuer);
        match entry.advice(key_id, now) {
            Advice::Use(key) => Plan::Use(key),
            Advice::UseAndFetch(key) => match entry.join(now) {
                Ok((lead, _)) => Plan::UseAndRefresh(key, lead),
                Err(_) => Plan::Use(key),
            },
            Advice::FetchOrUse(key) => match entry.join(now) {
                Ok((lead, flight)) => Plan::RefreshOrUse(lead, flight),
                Err(_) => Plan::Use(key),
            },
            Advice::Fetch => match entry.join(now) {
                Ok((lead, flight)) => Plan::Fetch(lead, flight),
                Err(flight) => Plan::Wait(flight),
            },
            Advice::Unknown => Plan::Refuse(TokenVerificationError::new(UnknownKey)),
            Advice::Unavailable => Plan::Refuse(TokenVerificationError::unavailable(Arc::new(FetchError::CoolingDown))),
        }
    }

    /// What came of a fetch; nothing when it came to nothing, and the next look decides what to do.
    async fn landed(&self, issuer: &Issuer, flight: Flight<Outcome>, is_led_here: bool) -> Option<Outcome> {
        let failed = |error| Err(Arc::new(error));
        let too_long = || failed(FetchError::TooLong);
        match flight.landed(&*self.clock, WAIT_LIMIT, too_long).await {
            Some(Err(error)) if matches!(*error, FetchError::Superseded) => None,
            // Whoever has made one does not begin again: it would be given up again, by a runtime that ends or a transport that panics.
            None if is_led_here => {
                let now = unix_seconds(&*self.clock);
                if let Some(entry) = self.entries().get_mut(&*issuer.text) {
                    entry.abandoned(now);
                }
                Some(failed(FetchError::Abandoned))
            }
            outcome => outcome,
        }
    }

    /// Makes the fetch and takes over what comes of it.
    async fn start(self: &Arc<Self>, issuer: &Issuer, key_id: Option<&str>, lead: Lead<Outcome>) {
        let keys = Arc::clone(self);
        let (issuer, key_id) = (issuer.clone(), key_id.map(str::to_owned));
        let run = async move {
            let is_led = keys
                .entries()
                .get(&*issuer.text)
                .is_some_and(|entry| entry.is_led_by(&lead));
            if !is_led {
                return lead.land(Err(Arc::new(FetchError::Superseded)));
            }
            let fetched = within(&*keys.clock, JWKS_TIMEOUT, fetch(&*keys.transport, &issuer)).await;
            let fetched = fetched.unwrap_or(Err(FetchError::TooLong)).map_err(Arc::new);
            match &fetched {
                Ok(set) => tracing::debug!(issuer = issuer.text, keys = ?set, "the keys were fetched"),
                // The client may be made up, by anybody and as often as they like.
                Err(error) if issuer.service_client_id.is_some() => {
                    tracing::debug!(issuer = issuer.text, %error, "the keys could not be fetched");
                }
                Err(error) => tracing::warn!(issuer = issuer.text, %error, "the keys could not be fetched"),
            }
            let outcome = keys.record(&issuer, key_id.as_deref(), &lead, fetched);
            lead.land(outcome);
        };
        carry(run).await;
    }

    fn record(
        &self,
        issuer: &Issuer,
        key_id: Option<&str>,
        lead: &Lead<Outcome>,
        fetched: Result<KeySet, Arc<FetchError>>,
    ) -> Outcome {
        let now = unix_seconds(&*self.clock);
        let mut entries = self.entries();
        let Some(entry) = entries.get_mut(&*issuer.text) else {
            return Err(Arc::new(FetchError::Superseded));
        };
        let outcome = entry.completed(lead, key_id, fetched, now);
        if outcome.is_ok() {
            let with_keys = entries.values().filter(|entry| entry.is_replaceable(now)).count();
            if with_keys > MAX_ISSUERS {
                // What was used in the future was used when the clock was ahead: nobody knows when.
                let used_at = |entry: &Entry| {
                    Some(entry.used_at())
                        .filter(|used_at| *used_at <= now)
                        .unwrap_or_default()
                };
                evict(&mut entries, |entry| entry.is_replaceable(now).then(|| used_at(entry)));
            }
            self.publish(&entries);
        }
        outcome
    }

    /// Makes what the entries hold readable without the lock, which the caller holds, so that the last one who calls is the last one who knows.
    fn publish(&self, entries: &HashMap<Arc<str>, Entry>) {
        let loaded = entries
            .iter()
            .filter_map(|(name, entry)| Some((Arc::clone(name), Arc::clone(entry.loaded()?))));
        self.table.store(Arc::new(loaded.collect()));
    }
}

/// The entry of an issuer; a new one when there is none.
fn entry<'a>(entries: &'a mut HashMap<Arc<str>, Entry>, issuer: &Issuer) -> &'a mut Entry {
    entries
        .entry(Arc::from(issuer.text.as_str()))
        .or_insert_with(|| Entry::new(issuer.clone()))
}

/// Makes room for an issuer that is not known yet; whether there is any.
fn make_room(entries: &mut HashMap<Arc<str>, Entry>, issuer: &Issuer, now: u64) -> bool {
    // The account itself comes from the configuration, so there are few of these.
    if issuer.service_client_id.is_none() {
        return true;
    }
    let without_keys = entries.values().filter(|entry| !entry.has_keys()).count();
    without_keys < MAX_ISSUERS_WITHOUT_KEYS || evict(entries, |entry| entry.is_expendable(now).then(|| entry.used_at()))
}

/// Removes the entry with the lowest rank; entries without a rank stay. Whether one was removed.
fn evict(entries: &mut HashMap<Arc<str>, Entry>, rank: impl Fn(&Entry) -> Option<u64>) -> bool {
    let lowest = entries
        .iter()
        .filter_map(|(name, entry)| Some((rank(entry)?, name)))
        .min()
        .map(|(_, name)| Arc::clone(name));
    let Some(gone) = lowest.and_then(|name| entries.remove(&name)) else {
        return false;
    };
    // Nobody will hear any more of keys that go.
    if let Some(loaded) = gone.loaded() {
        loaded.set.set_fresh_until(0);
    }
    true
}

#[cfg(test)]
mod tests {
    use std::future::Future as _;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use bytes::Bytes;
    use tokio::sync::Semaphore;

    use super::*;
    use crate::TransportFuture;
    use crate::clock::fixed::FixedClock;

    const NOW: u64 = 1_700_000_000;
    const SET: &str =
        r#"{"keys":[{"kid":"k","kty":"OKP","crv":"Ed25519","x":"Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc"}]}"#;

    /// Answers with `body` once it is let through, and counts.
    struct Gate {
        body: &'static str,
        asked: Mutex<Vec<String>>,
        open: Semaphore,
    }

    impl Transport for Gate {
        fn send(&self, request: http::Request<Bytes>, _: crate::CallContext) -> TransportFuture<'_> {
            self.asked.lock().unwrap().push(request.uri().to_string());
            Box::pin(async {
                self.open.acquire().await.unwrap().forget();
                Ok(http::Response::new(Bytes::from_static(self.body.as_bytes())))
            })
        }
    }

    fn gated(body: &'static str, permits: usize) -> (Arc<Gate>, Arc<FixedClock>, Arc<Keys>) {
        let gate = Arc::new(Gate {
            body,
            asked: Mutex::default(),
            open: Semaphore::new(permits),
        });
        let clock = Arc::new(FixedClock::at(NOW));
        let keys = Keys::new(Vec::new(), Arc::clone(&gate) as _, Arc::clone(&clock) as _);
        (gate, clock, keys)
    }

    fn client(id: usize) -> Issuer {
        Issuer {
            text: format!("https://login.example.com/v1/clients/c{id}"),
            service_client_id: Some(format!("c{id}")),
        }
    }

    fn account() -> Issuer {
        Issuer {
            text: "https://login.example.com".to_owned(),
            service_client_id: None,
        }
    }

    /// Lets the other tasks go on until so many fetches have begun; it fails rather than waiting forever.
    async fn begun(gate: &Gate, count: usize) {
        for _ in 0..100_000 {
            if fetches(gate) >= count {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("{} of {count} fetches begun", fetches(gate));
    }

    fn fetches(gate: &Gate) -> usize {
        gate.asked.lock().unwrap().len()
    }

    #[tokio::test]
    async fn waiters_who_give_up_do_not_end_the_fetch_of_the_others() {
        let (gate, _, keys) = gated(SET, 0);
        let waiters: Vec<_> = (0..20)
            .map(|_| {
                let keys = Arc::clone(&keys);
                tokio::spawn(async move { keys.find(&client(1), "k").await.is_ok() })
            })
            .collect();
        begun(&gate, 1).await;
        let mut waiters = waiters.into_iter();
        let last = waiters.next_back().unwrap();
        for waiter in waiters {
            waiter.abort();
            assert!(waiter.await.unwrap_err().is_cancelled());
        }
        gate.open.add_permits(1);
        assert!(last.await.unwrap());
        assert_eq!(fetches(&gate), 1);
    }

    #[tokio::test]
    async fn a_fetch_whose_only_waiter_gave_up_still_fills_the_cache() {
        let (gate, _, keys) = gated(SET, 0);
        let waiter = {
            let keys = Arc::clone(&keys);
            tokio::spawn(async move { keys.find(&client(1), "k").await.is_ok() })
        };
        begun(&gate, 1).await;
        waiter.abort();
        let _ = waiter.await;
        gate.open.add_permits(1);
        assert!(keys.find(&client(1), "k").await.is_ok());
        assert_eq!(fetches(&gate), 1);
    }

    #[tokio::test]
    async fn issuers_without_keys_are_bounded_and_push_out_none_that_has_keys() {
        let (gate, clock, keys) = gated(SET, 1);
        assert!(keys.find(&client(0), "k").await.is_ok());
        // From here on every set is empty.
        let (empty, _, bogus) = gated(r#"{"keys":[]}"#, 10_000);
        *bogus.entries() = std::mem::take(&mut *keys.entries());
        for id in 1..1_000 {
            clock.set(NOW + id as u64);
            let error = bogus.find(&client(id), "k").await.unwrap_err();
            assert_eq!(error.reason(), UnknownKey);
        }
        assert_eq!(bogus.entries().len(), MAX_ISSUERS_WITHOUT_KEYS + 1);
        assert!(bogus.find(&client(0), "k").await.is_ok());
        assert_eq!((fetches(&gate), fetches(&empty)), (1, 999));
    }

    #[tokio::test]
    async fn made_up_clients_never_push_out_the_account_and_its_pause() {
        let (gate, clock, keys) = gated("no keys", 10_000);
        assert!(keys.find(&account(), "k").await.unwrap_err().is_unavailable());
        clock.set(NOW + 1);
        for id in 0..MAX_ISSUERS_WITHOUT_KEYS * 2 {
            assert!(keys.find(&client(id), "k").await.unwrap_err().is_unavailable());
        }
        let asked = fetches(&gate);
        assert!(keys.find(&account(), "k").await.unwrap_err().is_unavailable());
        assert_eq!(fetches(&gate), asked);
    }

    #[tokio::test]
    async fn issuers_with_keys_are_bounded() {
        let (_, clock, keys) = gated(SET, 10_000);
        for id in 0..MAX_ISSUERS + 10 {
            clock.set(NOW + id as u64);
            assert!(keys.find(&client(id), "k").await.is_ok());
        }
        let entries = keys.entries();
        assert_eq!(entries.len(), MAX_ISSUERS);
        assert!(!entries.contains_key(&*client(9).text) && entries.contains_key(&*client(10).text));
    }

    /// A program that only drives its runtime while it waits, and never has to wait.
    #[test]
    fn refreshes_that_nobody_gets_to_do_not_pile_up() {
        let (gate, clock, keys) = gated(SET, 10_000);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert!(runtime.block_on(keys.find(&client(1), "k")).is_ok());
        for call in 0..100 {
            clock.set(NOW + 3_600 + call * 20);
            assert!(runtime.block_on(keys.find(&client(1), "k")).is_ok());
        }
        // One was begun in the background, and the next call made it.
        assert_eq!(fetches(&gate), 2);
        assert!(runtime.metrics().num_alive_tasks() <= 1);
    }

    #[tokio::test]
    async fn the_keys_of_an_issuer_that_goes_count_no_more_for_what_was_verified_with_them() {
        let (_, clock, keys) = gated(SET, 10_000);
        let first = keys.find(&client(0), "k").await.unwrap();
        assert!(first.is_fresh(NOW));
        for id in 1..=MAX_ISSUERS {
            clock.set(NOW + id as u64);
            assert!(keys.find(&client(id), "k").await.is_ok());
        }
        assert!(!first.is_fresh(NOW));
        assert!(keys.at_hand(&client(0).text).is_none());
    }

    #[tokio::test]
    async fn when_too_many_unknown_clients_are_being_asked_the_next_is_unavailable_and_the_account_is_not() {
        let (gate, _, keys) = gated(SET, 0);
        let waiters: Vec<_> = (0..MAX_ISSUERS_WITHOUT_KEYS)
            .map(|id| {
                let keys = Arc::clone(&keys);
                tokio::spawn(async move { keys.find(&client(id), "k").await.is_ok() })
            })
            .collect();
        begun(&gate, MAX_ISSUERS_WITHOUT_KEYS).await;
        let error = keys.find(&client(MAX_ISSUERS_WITHOUT_KEYS), "k").await.unwrap_err();
        assert!(error.is_unavailable(), "{error:?}");
        gate.open.add_permits(MAX_ISSUERS_WITHOUT_KEYS + 1);
        assert!(keys.find(&account(), "k").await.is_ok());
        for waiter in waiters {
            assert!(waiter.await.unwrap());
        }
    }

    #[test]
    fn without_a_runtime_the_caller_carries_the_fetch() {
        let (gate, clock, keys) = gated(SET, 2);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let mut ready = |issuer: Issuer| {
            let mut find = Box::pin(keys.find(&issuer, "k"));
            match find.as_mut().poll(&mut context) {
                std::task::Poll::Ready(outcome) => outcome.is_ok(),
                std::task::Poll::Pending => panic!("it waits for something that never comes"),
            }
        };
        assert!(ready(client(1)));
        clock.set(NOW + 3_600);
        assert!(ready(client(1)));
        assert_eq!(fetches(&gate), 2);
    }

    /// Does for each question, by its number, what it is told, and gives back the body.
    struct Scripted {
        asked: AtomicUsize,
        script: Box<dyn Fn(usize) -> &'static str + Send + Sync>,
    }

    impl Transport for Scripted {
        fn send(&self, _: http::Request<Bytes>, _: crate::CallContext) -> TransportFuture<'_> {
            let number = self.asked.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move {
                let body = (self.script)(number);
                Ok(http::Response::new(Bytes::from_static(body.as_bytes())))
            })
        }
    }

    fn scripted(
        script: impl Fn(usize, &FixedClock) -> &'static str + Send + Sync + 'static,
    ) -> (Arc<Scripted>, Arc<FixedClock>, Arc<Keys>) {
        let clock = Arc::new(FixedClock::at(NOW));
        let of_the_script = Arc::clone(&clock);
        let transport = Arc::new(Scripted {
            asked: AtomicUsize::new(0),
            script: Box::new(move |number| script(number, &of_the_script)),
        });
        let keys = Keys::new(Vec::new(), Arc::clone(&transport) as _, Arc::clone(&clock) as _);
        (transport, clock, keys)
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().build().unwrap()
    }

    async fn settle() {
        for _ in 0..1_000 {
            tokio::task::yield_now().await;
        }
    }

    #[test]
    fn a_key_that_was_at_hand_is_not_used_after_the_machine_slept_for_days() {
        let (_, clock, keys) = scripted(|number, clock| {
            if number == 0 {
                return SET;
            }
            clock.set(NOW + 3 * 86_400);
            "a page"
        });
        let runtime = runtime();
        for later in [0, 3_600] {
            clock.set(NOW + later);
            assert!(runtime.block_on(keys.find(&client(1), "k")).is_ok());
        }
        clock.set(NOW + 3_620);
        assert!(
            runtime
                .block_on(keys.find(&client(1), "k"))
                .unwrap_err()
                .is_unavailable()
        );
    }

    #[test]
    fn a_key_at_hand_will_do_when_the_refresh_that_was_waited_for_fails() {
        let (transport, clock, keys) = scripted(|number, _| if number == 0 { SET } else { "a page" });
        let runtime = runtime();
        for later in [0, 3_600, 3_620] {
            clock.set(NOW + later);
            assert!(runtime.block_on(keys.find(&client(1), "k")).is_ok());
        }
        assert_eq!(transport.asked.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn keys_are_refreshed_although_each_call_has_a_runtime_of_its_own() {
        let (transport, clock, keys) = scripted(|_, _| SET);
        for hour in 0..24 {
            clock.set(NOW + hour * 3_600);
            assert!(runtime().block_on(keys.find(&client(1), "k")).is_ok());
        }
        assert!(transport.asked.load(Ordering::SeqCst) > 10);
    }

    #[tokio::test]
    async fn a_transport_that_panics_behind_a_stale_key_is_left_alone_as_well() {
        let (transport, clock, keys) = scripted(|number, _| {
            assert_eq!(number, 0, "a bug in a transport");
            SET
        });
        assert!(keys.find(&client(1), "k").await.is_ok());
        clock.set(NOW + 3_600);
        for _ in 0..50 {
            assert!(keys.find(&client(1), "k").await.is_ok());
            settle().await;
        }
        assert_eq!(transport.asked.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn hydrating_without_keys_fails_every_time() {
        let (_, _, keys) = scripted(|_, _| r#"{"keys":[]}"#);
        for _ in 0..2 {
            assert!(keys.hydrate(&account()).await.unwrap_err().is_unavailable());
        }
    }

    #[tokio::test]
    async fn tasks_that_get_their_turn_late_make_no_entries_beyond_the_bound() {
        let (_, clock, keys) = scripted(|_, _| r#"{"keys":[]}"#);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        for id in 0..200 {
            clock.set(NOW + id as u64 * 11);
            // Begun, and the caller goes at once; the task does not get its turn yet.
            assert!(
                Box::pin(keys.find(&client(id), "k"))
                    .as_mut()
                    .poll(&mut context)
                    .is_pending()
            );
        }
        settle().await;
        assert!(keys.entries().len() <= MAX_ISSUERS_WITHOUT_KEYS);
    }

    #[tokio::test]
    async fn damaged_keys_after_a_day_are_unavailable_and_not_unknown() {
        const DAMAGED: &str = r#"{"keys":[{"kid":"k","kty":"OKP","crv":"Ed25519","x":"AA"}]}"#;
        let (_, clock, keys) = scripted(|number, _| if number == 0 { SET } else { DAMAGED });
        assert!(keys.find(&client(1), "k").await.is_ok());
        clock.set(NOW + 86_410);
        assert!(keys.find(&client(1), "k").await.unwrap_err().is_unavailable());
    }

    #[tokio::test]
    async fn whoever_waits_for_a_fetch_that_is_superseded_looks_again() {
        let (gate, _, keys) = gated(SET, 0);
        let waiting = {
            let keys = Arc::clone(&keys);
            tokio::spawn(async move { keys.find(&client(1), "k").await.is_ok() })
        };
        begun(&gate, 1).await;
        // Another one takes its place, as when the clock is set forward, and goes again.
        let joined = keys
            .entries()
            .get_mut(&*client(1).text)
            .map(|entry| entry.join(NOW + WAIT_LIMIT.as_secs()).is_ok());
        assert_eq!(joined, Some(true));
        gate.open.add_permits(2);
        assert!(waiting.await.unwrap());
        assert_eq!(fetches(&gate), 2);
    }

    #[tokio::test]
    async fn the_state_says_whether_keys_are_being_fetched() {
        let (gate, _, keys) = gated(SET, 0);
        let finding = {
            let keys = Arc::clone(&keys);
            tokio::spawn(async move { keys.find(&client(1), "k").await.is_ok() })
        };
        begun(&gate, 1).await;
        assert!(keys.state().iter().all(IssuerKeys::is_fetching) && keys.state().len() == 1);
        gate.open.add_permits(1);
        assert!(finding.await.unwrap());
        assert!(!keys.state().iter().any(IssuerKeys::is_fetching));
    }
}
