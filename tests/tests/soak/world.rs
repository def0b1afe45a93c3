//! What all tasks share: the server, the way to it, the clients, and what is known of them all.

use std::pin::pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::{Duration, Instant};

use authress::models::{AccessRecord, Client, PermissionObject, Role, Statement};
use authress::{
    AuthressClient, AuthressClientBuilder, DecisionCache, Error, RetryPolicy, TokenVerifier, VerifiedTokenCache,
};
use authress_local::AuthressLocal;
use tokio::sync::Notify;

use super::clock::SoakClock;
use super::numbers::Numbers;
use super::oracle::{Memory, Oracle, Possible};
use super::report::{Kind, Report, Wrong};
use super::server::Server;
use super::tokens::OneKey;
use super::wire::Wire;

/// Where the clocks begin, in seconds since the Unix epoch.
const START: u64 = 1_700_000_000;

pub(crate) const WORKERS: usize = 16;
/// Questions whose answers one worker changes.
pub(crate) const SLOTS_EACH: usize = 4;
const CHANGING: usize = WORKERS * SLOTS_EACH;
/// The question whose answer is always yes, and the one whose answer is always no.
const ALWAYS: usize = CHANGING;
const NEVER: usize = CHANGING + 1;
pub(crate) const SLOTS: usize = CHANGING + 2;
pub(crate) const USERS: usize = 8;

/// Lives of decisions, in seconds.
pub(crate) const TTL: u64 = 60;
pub(crate) const DENY_TTL: u64 = 10;
pub(crate) const MAX_AGE: u64 = 200;
/// The same for the client that asks again and again, and uses what it has when nobody answers.
pub(crate) const BRIEF_TTL: Duration = Duration::from_secs(1);
pub(crate) const BRIEF_MAX_AGE: Duration = Duration::from_secs(86_400);

/// The user, and the resource, of a question.
pub(crate) fn question(slot: usize) -> (String, String) {
    match slot {
        ALWAYS => ("admin".to_owned(), "documents/1".to_owned()),
        NEVER => ("nobody".to_owned(), "documents/1".to_owned()),
        _ => (format!("user-{}", slot % USERS), format!("documents/{slot}")),
    }
}

/// The ids of the records that are there from the beginning to the end.
pub(crate) fn records_that_stay() -> impl Iterator<Item = String> {
    let rooms = (0..WORKERS).map(|worker| format!("rec_room_{worker}"));
    rooms.chain(["rec_admin".to_owned()])
}

pub(crate) struct World {
    pub(crate) report: Arc<Report>,
    pub(crate) clock: SoakClock,
    pub(crate) oracle: Oracle,
    pub(crate) server: Server,
    pub(crate) wire: Wire,
    /// Without a cache, straight to the server.
    pub(crate) plain: AuthressClient,
    /// Without a cache, over the wire.
    pub(crate) wired: AuthressClient,
    /// Keeps decisions; over the wire.
    pub(crate) cached: AuthressClient,
    /// Keeps decisions for as long as the clock stands, and then for when nobody answers; over the wire.
    pub(crate) brief: AuthressClient,
    /// One that remembers no token, and one that does.
    pub(crate) verifiers: [TokenVerifier; 2],
    /// The same, that meet one key at a time.
    pub(crate) one_key: [OneKey; 2],
    /// Allows reading.
    pub(crate) reader: String,
    /// The ids of service clients, one for each worker.
    programs: Vec<String>,
    /// A token of another account.
    pub(crate) foreign_token: String,
    /// The memory once everything was as large as it becomes, where the system tells.
    pub(crate) warm: OnceLock<Option<u64>>,
    /// Odd while something can go wrong, and another number each time.
    weather: AtomicU64,
    workers: AtomicUsize,
    turn: Notify,
}

impl World {
    pub(crate) async fn new(directory: &std::path::Path, numbers: &mut Numbers) -> Self {
        let (clock, report) = (SoakClock::at(START), Arc::<Report>::default());
        let wire = Wire::start(Arc::clone(&report)).await;
        let server = Server::start(directory.join("data.json"), &clock, &wire.url, numbers).await;
        wire.lead_to(server.port);
        let builder = |url: &str| client(url, &server.access_key, &clock, &report);
        let decisions = DecisionCache::builder()
            .ttl(Duration::from_secs(TTL))
            .deny_ttl(Duration::from_secs(DENY_TTL))
            .stale_if_unavailable(Duration::from_secs(MAX_AGE))
            .capacity(500);
        let brief = DecisionCache::builder()
            .ttl(BRIEF_TTL)
            .deny_ttl(BRIEF_TTL)
            .stale_if_unavailable(BRIEF_MAX_AGE);
        let verifier = || TokenVerifier::builder(&server.url).clock(clock.clone());
        let verifiers = || {
            let remembers = verifier().cache_verified_tokens(VerifiedTokenCache::new(200));
            [verifier(), remembers].map(|verifier| verifier.build().unwrap())
        };
        let foreign = AuthressLocal::start().await.unwrap();
        let mut world = Self {
            programs: Vec::new(),
            plain: builder(&server.url)
                .retry(retry().budget(u32::MAX, 100))
                .build()
                .unwrap(),
            wired: builder(&wire.url).retry(retry().budget(u32::MAX, 100)).build().unwrap(),
            // Its outages meet a budget, as those of most clients.
            cached: builder(&wire.url).decision_cache(decisions).build().unwrap(),
            brief: builder(&wire.url)
                .retry(retry().budget(u32::MAX, 100))
                .decision_cache(brief)
                .build()
                .unwrap(),
            verifiers: verifiers(),
            one_key: verifiers().map(OneKey::new),
            reader: "ro_reader".to_owned(),
            foreign_token: foreign.user_token("user-1"),
            oracle: Oracle::new(
                SLOTS,
                clock.clone(),
                Memory {
                    truth: MAX_AGE,
                    joined: TTL,
                },
            ),
            report,
            clock,
            server,
            wire,
            warm: OnceLock::new(),
            weather: AtomicU64::new(0),
            workers: AtomicUsize::new(WORKERS),
            turn: Notify::new(),
        };
        world.programs = world.furnish().await;
        world
    }

    /// What does not change, or not the answer to a question. The ids of the service clients, one for each worker.
    async fn furnish(&self) -> Vec<String> {
        let permissions = [PermissionObject::new("read").allow(true)];
        let role = Role::new("Reader", permissions).role_id(&self.reader);
        self.plain.roles().create_role(role).await.unwrap();
        let statement = Statement::new([self.reader.as_str()], ["documents/*"]);
        let record = AccessRecord::new("admin", [statement]).record_id("rec_admin");
        let records = self.plain.access_records();
        records.create_record(record.users(["admin"])).await.unwrap();
        self.oracle.becomes(ALWAYS, Possible::YES);
        let mut programs = Vec::new();
        for worker in 0..WORKERS {
            records.create_record(self.room(worker)).await.unwrap();
            let program = self.plain.service_clients().create_client(Client::new()).await.unwrap();
            programs.push(program.client_id.unwrap());
        }
        programs
    }

    /// The record of a room, to which nobody is invited yet.
    pub(crate) fn room(&self, worker: usize) -> AccessRecord {
        let statement = Statement::new([self.reader.as_str()], [format!("rooms/{worker}")]);
        AccessRecord::new("room", [statement]).record_id(format!("rec_room_{worker}"))
    }

    /// Makes a call, which chaos and the report are told of. With what came of it, whether something that went wrong can have reached it.
    pub(crate) async fn call<T>(&self, kind: Kind, call: impl Future<Output = T>) -> (T, bool) {
        let (weather, begun) = (self.weather.load(Ordering::SeqCst), Instant::now());
        let output = call.await;
        self.report.called(kind, begun.elapsed());
        self.turn.notify_one();
        let is_reached = weather % 2 == 1 || weather != self.weather.load(Ordering::SeqCst);
        (output, is_reached)
    }

    /// An error is an answer only when something went wrong.
    pub(crate) fn failed(&self, error: &Error, is_reached: bool, what: &str) {
        self.report.count("errors");
        if !is_reached {
            self.report.wrong(Wrong::Error, || format!("{what}: {error:?}"));
        }
    }

    pub(crate) fn storm_begins(&self) {
        assert_eq!(self.weather.fetch_add(1, Ordering::SeqCst) % 2, 0);
    }

    pub(crate) fn storm_ends(&self) {
        assert_eq!(self.weather.fetch_add(1, Ordering::SeqCst) % 2, 1);
    }

    /// Whether all workers make calls still.
    pub(crate) fn all_are_at_work(&self) -> bool {
        self.workers.load(Ordering::SeqCst) == WORKERS
    }

    /// A worker has made its calls.
    pub(crate) fn worker_ends(&self) {
        self.workers.fetch_sub(1, Ordering::SeqCst);
        self.turn.notify_one();
    }

    /// Waits until so many more calls are over; or a worker has made its calls, since those who are left may all wait for what the caller does next.
    pub(crate) async fn calls(&self, count: u64) {
        self.calls_while(count, || self.all_are_at_work()).await;
    }

    /// Waits until so many more calls are over, of which nothing holds one up; or all are.
    pub(crate) async fn calls_that_end(&self, count: u64) {
        self.calls_while(count, || self.workers.load(Ordering::SeqCst) > 0)
            .await;
    }

    async fn calls_while(&self, count: u64, is_worth_it: impl Fn() -> bool) {
        let end = self.report.calls() + count;
        while self.report.calls() < end && is_worth_it() {
            self.turn.notified().await;
        }
    }

    /// The id of the service client of a worker.
    pub(crate) fn program(&self, worker: usize) -> &str {
        &self.programs[worker]
    }

    /// Another client of the server, with another access key.
    pub(crate) fn client_of(&self, access_key: &str) -> AuthressClient {
        client(&self.server.url, access_key, &self.clock, &self.report)
            .build()
            .unwrap()
    }
}

fn client(url: &str, access_key: &str, clock: &SoakClock, report: &Arc<Report>) -> AuthressClientBuilder {
    AuthressClient::builder(url)
        .access_key(access_key)
        .clock(clock.clone())
        .retry(retry())
        .metrics(Arc::clone(report))
}

fn retry() -> RetryPolicy {
    // No wait before another attempt is as long as a limit, by which the clock knows it.
    let retry = RetryPolicy::new().max_attempts(4).max_backoff(Duration::from_secs(1));
    retry.max_retry_after(Duration::from_secs(2))
}

/// What comes of a future that is given up when it has been woken so many times.
pub(crate) async fn unless_given_up<T>(wakes: Option<u64>, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut left) = (pin!(future), wakes);
    std::future::poll_fn(|context| {
        match &mut left {
            Some(0) => return Poll::Ready(None),
            Some(left) => *left -= 1,
            None => {}
        }
        future.as_mut().poll(context).map(Some)
    })
    .await
}
