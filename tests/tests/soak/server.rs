//! The server, which goes away and comes back at the same port with the same data file.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, UNIX_EPOCH};

use authress_local::{AuthressLocal, Faults, SeedFormat};

use super::clock::SoakClock;
use super::numbers::Numbers;

/// Where ports are looked for: below those that systems give to connections, so that none of them takes the port while the server is away.
const PORTS: std::ops::Range<u64> = 20_000..32_000;

/// How often a start is tried again. What is in the way is gone as soon as the runtime gets to it.
const MOST_TRIES: u32 = 1_000_000;

pub(crate) struct Server {
    local: RwLock<Option<AuthressLocal>>,
    pub(crate) faults: Faults,
    pub(crate) url: String,
    pub(crate) port: u16,
    pub(crate) access_key: String,
    also_at: String,
    data: PathBuf,
    clock: SoakClock,
    /// How far its clock is ahead of the clients', in seconds.
    ahead: Arc<AtomicI64>,
    keys: Mutex<Keys>,
    begun: AtomicU64,
    ended: AtomicU64,
}

/// The keys of the account. Each that signs has a number.
#[derive(Default)]
struct Keys {
    /// When each was made, in seconds since the Unix epoch.
    made: Vec<u64>,
    /// How many of them, from the first on, are in the set no more, and since when.
    retired: Vec<u64>,
}

/// A token of a user, and what there is to know of it.
#[derive(Debug, Clone)]
pub(crate) struct UserToken {
    pub(crate) user: String,
    pub(crate) text: String,
    /// The number of the key that has signed it.
    pub(crate) key: usize,
    /// When it ends, in seconds since the Unix epoch.
    pub(crate) ends: u64,
}

impl Server {
    pub(crate) async fn start(data: PathBuf, clock: &SoakClock, also_at: &str, numbers: &mut Numbers) -> Self {
        let (faults, ahead) = (Faults::new(), Arc::<AtomicI64>::default());
        let (local, port) = loop {
            let port = u16::try_from(PORTS.start + numbers.below(PORTS.end - PORTS.start)).unwrap();
            let builder = builder(port, &data, clock, &ahead, &faults, also_at);
            if let Ok(local) = builder.start().await {
                break (local, port);
            }
        };
        Self {
            url: local.url().to_owned(),
            access_key: local.owner_access_key().to_owned(),
            local: RwLock::new(Some(local)),
            faults,
            port,
            also_at: also_at.to_owned(),
            data,
            clock: clock.clone(),
            ahead,
            keys: Mutex::new(Keys {
                made: vec![clock.seconds()],
                retired: Vec::new(),
            }),
            begun: AtomicU64::new(0),
            ended: AtomicU64::new(0),
        }
    }

    /// How many restarts have begun. What was sent before this is asked is done, or will never be, once so many and one more have [`ended`](Self::ended).
    pub(crate) fn begun(&self) -> u64 {
        self.begun.load(Ordering::SeqCst)
    }

    /// How many restarts are over.
    pub(crate) fn ended(&self) -> u64 {
        self.ended.load(Ordering::SeqCst)
    }

    /// Ends it: in order, or at once.
    pub(crate) async fn stop(&self, in_order: bool) {
        self.begun.fetch_add(1, Ordering::SeqCst);
        let local = self.local.write().unwrap().take().unwrap();
        if in_order {
            local.stop().await;
        }
    }

    /// Starts it again.
    pub(crate) async fn start_again(&self) {
        for _ in 0..MOST_TRIES {
            let builder = builder(
                self.port,
                &self.data,
                &self.clock,
                &self.ahead,
                &self.faults,
                &self.also_at,
            );
            if let Ok(local) = builder.start().await {
                *self.local.write().unwrap() = Some(local);
                self.ended.fetch_add(1, Ordering::SeqCst);
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("the server does not start again at port {}", self.port);
    }

    /// Puts its clock ahead of the clients', or behind.
    pub(crate) fn set_ahead(&self, seconds: i64) {
        self.ahead.store(seconds, Ordering::SeqCst);
    }

    /// The time by its clock.
    pub(crate) fn seconds(&self) -> u64 {
        shifted(&self.clock, &self.ahead)
    }

    /// Signs users' tokens with a new key from now on.
    pub(crate) fn rotate_keys(&self) {
        let mut keys = self.keys.lock().unwrap();
        if let Some(local) = &*self.local.read().unwrap() {
            local.rotate_keys().unwrap();
            keys.made.push(self.clock.seconds());
        }
    }

    /// Takes all keys but the one that signs out of the set.
    pub(crate) fn retire_old_keys(&self) {
        let mut keys = self.keys.lock().unwrap();
        if let Some(local) = &*self.local.read().unwrap() {
            local.retire_old_keys();
            let (old, now) = (keys.made.len() - 1, self.clock.seconds());
            keys.retired.resize(old, now);
        }
    }

    /// When the key with a number was made, and when it was taken out of the set.
    pub(crate) fn key(&self, number: usize) -> (u64, Option<u64>) {
        let keys = self.keys.lock().unwrap();
        (keys.made[number], keys.retired.get(number).copied())
    }

    /// A token of a user, or of one that has ended an hour ago; none while the server is away.
    pub(crate) fn user_token(&self, user: &str, is_expired: bool) -> Option<UserToken> {
        let keys = self.keys.lock().unwrap();
        let local = self.local.read().unwrap();
        let local = local.as_ref()?;
        let now = self.seconds();
        let (text, ends) = if is_expired {
            (local.expired_user_token(user), now - 3_600)
        } else {
            (local.user_token(user), now + 24 * 3_600)
        };
        Some(UserToken {
            user: user.to_owned(),
            text,
            key: keys.made.len() - 1,
            ends,
        })
    }

    /// The ids of the invites to a resource, which no operation lists; none while the server is away.
    pub(crate) fn invites(&self, resource: &str) -> Option<BTreeSet<String>> {
        let local = self.local.read().unwrap();
        let state = local.as_ref()?.snapshot(SeedFormat::Json).unwrap();
        let state: serde_json::Value = serde_json::from_str(&state).unwrap();
        let invites = state["invites"].as_array().into_iter().flatten();
        let to_it = invites.filter(|invite| invite["statements"][0]["resources"][0]["resourceUri"] == resource);
        let ids = to_it.map(|invite| invite["inviteId"].as_str().unwrap().to_owned());
        Some(ids.collect())
    }

    /// The whole state, as the server has it.
    pub(crate) fn snapshot(&self) -> String {
        let local = self.local.read().unwrap();
        local.as_ref().unwrap().snapshot(SeedFormat::Json).unwrap()
    }
}

fn builder(
    port: u16,
    data: &std::path::Path,
    clock: &SoakClock,
    ahead: &Arc<AtomicI64>,
    faults: &Faults,
    also_at: &str,
) -> authress_local::Builder {
    let (clock, ahead) = (clock.clone(), Arc::clone(ahead));
    let clock = move || UNIX_EPOCH + Duration::from_secs(shifted(&clock, &ahead));
    let builder = AuthressLocal::builder().port(port).data_file(data).clock(clock);
    builder.faults(faults.clone()).also_at(also_at)
}

fn shifted(clock: &SoakClock, ahead: &AtomicI64) -> u64 {
    clock.seconds().saturating_add_signed(ahead.load(Ordering::SeqCst))
}
