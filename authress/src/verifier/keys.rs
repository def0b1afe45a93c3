//! The cache of keys: one entry an issuer, so that a key id of one issuer never finds the key of another.
//!
//! A known key that is fresh costs a shared lock held for one look-up. Everything else is decided in `entry` under the exclusive lock and done
//! outside of it: no lock is held while anything is awaited.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::entry::{Advice, Entry};
use super::error::TokenVerificationError;
use super::error::TokenVerificationReason::UnknownKey;
use super::fetch::{FetchError, fetch};
use super::issuer::Issuer;
use super::jwks::{Key, KeySet};
use crate::clock::unix_seconds;
use crate::{Clock, Transport};

/// Most issuers whose keys are kept. Beyond it the one that was not used for longest goes.
const MAX_ISSUERS: usize = 512;
/// Most issuers that are remembered without keys. They come from tokens that anybody can make up, so they never push out one with keys.
const MAX_ISSUERS_WITHOUT_KEYS: usize = 64;

/// What came of a fetch.
pub(super) type Outcome = Result<Arc<KeySet>, Arc<FetchError>>;

/// Where those wait who share one fetch. The sender goes with the fetch, so its end is always noticed.
pub(super) type Flight = watch::Receiver<Option<Outcome>>;

/// Goes with the fetch, and brings its outcome to all who wait.
pub(super) type Lead = watch::Sender<Option<Outcome>>;

pub(super) struct Keys {
    entries: RwLock<HashMap<String, Entry>>,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
}

/// What is to be done for one token.
enum Plan {
    Use(Arc<Key>),
    UseAndRefresh(Arc<Key>, Lead),
    Fetch(Lead),
    Wait(Flight),
    Refuse(TokenVerificationError),
}

impl Keys {
    pub(super) fn new(transport: Arc<dyn Transport>, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self {
            entries: RwLock::default(),
            transport,
            clock,
        })
    }

    /// The key `key_id` of `issuer`.
    pub(super) async fn find(
        self: &Arc<Self>,
        issuer: &Issuer,
        key_id: &str,
    ) -> Result<Arc<Key>, TokenVerificationError> {
        if let Some(key) = self.fresh(issuer, key_id) {
            return Ok(key);
        }
        let set = loop {
            match self.plan(issuer, key_id) {
                Plan::Use(key) => return Ok(key),
                Plan::UseAndRefresh(key, lead) => {
                    // What comes of it does not matter: the key at hand is good.
                    self.start(issuer, key_id, lead).await;
                    return Ok(key);
                }
                Plan::Fetch(lead) => {
                    let mut flight = lead.subscribe();
                    self.start(issuer, key_id, lead).await;
                    break outcome(&mut flight)
                        .await
                        .unwrap_or_else(|| Err(Arc::new(FetchError::Abandoned)));
                }
                // When the one who led the fetch has gone without an outcome, the next look decides who leads.
                Plan::Wait(mut flight) => {
                    if let Some(outcome) = outcome(&mut flight).await {
                        break outcome;
                    }
                }
                Plan::Refuse(error) => return Err(error),
            }
        };
        set.map_err(TokenVerificationError::unavailable)?
            .get(key_id)
            .ok_or_else(|| TokenVerificationError::new(UnknownKey))
    }

    /// The key, when it is at hand and fresh.
    fn fresh(&self, issuer: &Issuer, key_id: &str) -> Option<Arc<Key>> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        entries.get(&issuer.keys_url)?.fresh(key_id, unix_seconds(&*self.clock))
    }

    fn plan(&self, issuer: &Issuer, key_id: &str) -> Plan {
        let now = unix_seconds(&*self.clock);
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        if !entries.contains_key(&issuer.keys_url) && !make_room(&mut entries, issuer) {
            return Plan::Refuse(TokenVerificationError::unavailable(Arc::new(FetchError::TooMany)));
        }
        let entry = entry(&mut entries, issuer);
        match entry.advice(key_id, now) {
            Advice::Use(key) => Plan::Use(key),
            Advice::UseAndFetch(key) => match entry.join() {
                Ok(lead) => Plan::UseAndRefresh(key, lead),
                Err(_) => Plan::Use(key),
            },
            Advice::Fetch => entry.join().map_or_else(Plan::Wait, Plan::Fetch),
            Advice::Unknown => Plan::Refuse(TokenVerificationError::new(UnknownKey)),
            Advice::Unavailable => Plan::Refuse(TokenVerificationError::unavailable(Arc::new(FetchError::CoolingDown))),
        }
    }

    /// Makes the fetch a task of its own, so that a caller who stops waiting does not end it for the others. Without a runtime the caller carries
    /// it to its end.
    async fn start(self: &Arc<Self>, issuer: &Issuer, key_id: &str, lead: Lead) {
        let keys = Arc::clone(self);
        let (issuer, key_id) = (issuer.clone(), key_id.to_owned());
        let run = async move {
            let outcome = fetch(&*keys.transport, &issuer).await.map_err(Arc::new);
            keys.record(&issuer, &key_id, &outcome);
            lead.send_replace(Some(outcome));
        };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(run)),
            Err(_) => run.await,
        }
    }

    fn record(&self, issuer: &Issuer, key_id: &str, outcome: &Outcome) {
        let now = unix_seconds(&*self.clock);
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        entry(&mut entries, issuer).completed(key_id, outcome.as_ref().ok(), now);
        let with_keys = entries.values().filter(|entry| entry.has_keys()).count();
        if with_keys > MAX_ISSUERS {
            evict(&mut entries, |entry| entry.has_keys().then(|| entry.used_at()));
        }
    }
}

/// The entry of an issuer; a new one when there is none.
fn entry<'a>(entries: &'a mut HashMap<String, Entry>, issuer: &Issuer) -> &'a mut Entry {
    entries
        .entry(issuer.keys_url.clone())
        .or_insert_with(|| Entry::new(issuer.service_client_id.is_none()))
}

/// Waits for what comes of a fetch; nothing when it ended without an outcome.
async fn outcome(flight: &mut Flight) -> Option<Outcome> {
    flight.wait_for(Option::is_some).await.ok()?.clone()
}

/// Makes room for an issuer that is not known yet; whether there is any.
fn make_room(entries: &mut HashMap<String, Entry>, issuer: &Issuer) -> bool {
    // The account itself comes from the configuration, so there are few of these.
    if issuer.service_client_id.is_none() {
        return true;
    }
    let without_keys = entries.values().filter(|entry| !entry.has_keys()).count();
    without_keys < MAX_ISSUERS_WITHOUT_KEYS || evict(entries, |entry| entry.is_expendable().then(|| entry.used_at()))
}

/// Removes the entry with the lowest rank; entries without a rank stay. Whether one was removed.
fn evict(entries: &mut HashMap<String, Entry>, rank: impl Fn(&Entry) -> Option<u64>) -> bool {
    let lowest = entries
        .iter()
        .filter_map(|(url, entry)| Some((rank(entry)?, url)))
        .min()
        .map(|(_, url)| url.clone());
    lowest.is_some_and(|url| entries.remove(&url).is_some())
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

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

    struct Gated(Arc<Gate>);

    impl Transport for Gated {
        fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
            self.0.asked.lock().unwrap().push(request.uri().to_string());
            Box::pin(async {
                self.0.open.acquire().await.unwrap().forget();
                Ok(http::Response::new(Bytes::from_static(self.0.body.as_bytes())))
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
        let keys = Keys::new(Arc::new(Gated(Arc::clone(&gate))), Arc::clone(&clock) as _);
        (gate, clock, keys)
    }

    fn client(id: usize) -> Issuer {
        Issuer {
            keys_url: format!("https://login.example.com/v1/clients/c{id}/jwks"),
            service_client_id: Some(format!("c{id}")),
        }
    }

    fn account() -> Issuer {
        Issuer {
            keys_url: "https://login.example.com/jwks".to_owned(),
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
        *bogus.entries.write().unwrap() = std::mem::take(&mut *keys.entries.write().unwrap());
        for id in 1..1_000 {
            clock.set(NOW + id as u64);
            let error = bogus.find(&client(id), "k").await.unwrap_err();
            assert_eq!(error.reason(), UnknownKey);
        }
        assert_eq!(bogus.entries.read().unwrap().len(), MAX_ISSUERS_WITHOUT_KEYS + 1);
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
        let entries = keys.entries.read().unwrap();
        assert_eq!(entries.len(), MAX_ISSUERS);
        assert!(!entries.contains_key(&client(9).keys_url) && entries.contains_key(&client(10).keys_url));
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
}
