//! Whatever goes wrong, and whenever: no answer is allowed that was not so a short time ago, and none that is known to be over.
//!
//! Users' access is given and taken, by this client and by others, events come and are lost, time goes by, and requests fail in every way there is. What
//! is answered is compared with what was true.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use authress::bytes::Bytes;
use authress::models::{AccessRecord, Statement};
use authress::{AccessChanged, CallContext, Error, ReqwestTransport, Transport, TransportFuture, http};

use super::*;

/// How many schedules there are, and how many steps each has.
const SCHEDULES: u64 = 32;
const STEPS: usize = 1_000;

const USERS: u64 = 4;
const RESOURCES: u64 = 4;

const TTL: u64 = 60;
const DENY_TTL: u64 = 10;
const MAX_AGE: u64 = 200;

/// Numbers that look random and are the same for each seed (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }
}

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Connect,
    ConnectTimeout,
    /// The request arrives, and is done; its answer is lost.
    Timeout,
    Interrupted,
    /// The answer breaks off after its head.
    Partial(u16),
    Status(u16),
    /// Something that stands in between answers.
    Page(u16),
}

impl Fault {
    const ALL: &[Self] = &[
        Self::Connect,
        Self::ConnectTimeout,
        Self::Timeout,
        Self::Interrupted,
        Self::Partial(503),
        Self::Status(500),
        Self::Status(503),
        Self::Page(502),
        Self::Partial(200),
        Self::Partial(404),
        Self::Status(400),
        Self::Status(401),
        Self::Status(402),
        Self::Status(403),
        Self::Status(429),
        Self::Page(200),
        Self::Page(404),
    ];
    /// Those in which the service cannot be asked.
    const OUTAGES: &[Self] = &[
        Self::Connect,
        Self::ConnectTimeout,
        Self::Timeout,
        Self::Interrupted,
        Self::Partial(503),
        Self::Status(500),
        Self::Status(503),
        Self::Page(502),
    ];

    /// Whether the service could not be asked.
    fn is_outage(self) -> bool {
        match self {
            Self::Connect | Self::ConnectTimeout | Self::Timeout | Self::Interrupted => true,
            Self::Partial(status) | Self::Status(status) | Self::Page(status) => status >= 500,
        }
    }

    /// Whether the request is done nevertheless.
    fn is_done(self) -> bool {
        matches!(self, Self::Timeout | Self::Interrupted | Self::Partial(_))
    }
}

/// Does to the next requests what it is told to.
#[derive(Clone)]
struct Faulty {
    inner: ReqwestTransport,
    next: Arc<Mutex<VecDeque<Option<Fault>>>>,
    /// What went wrong with each request that was sent, if anything.
    met: Arc<Mutex<Vec<Option<Fault>>>>,
}

impl Faulty {
    /// What went wrong with each request since the last time.
    fn met(&self) -> Vec<Option<Fault>> {
        std::mem::take(&mut self.met.lock().unwrap())
    }
}

impl Transport for Faulty {
    fn send(&self, request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
        let fault = self.next.lock().unwrap().pop_front().flatten();
        self.met.lock().unwrap().push(fault);
        Box::pin(async move {
            let Some(fault) = fault else {
                return self.inner.send(request, context).await;
            };
            if fault.is_done() {
                let _ = self.inner.send(request, context).await?;
            }
            let answer = |status: u16, body: &'static str| {
                let answer = http::Response::builder().status(status);
                answer.body(Bytes::from_static(body.as_bytes())).unwrap()
            };
            match fault {
                Fault::Connect => Err(Error::connect("refused")),
                Fault::ConnectTimeout => Err(Error::connect_timeout("late")),
                Fault::Timeout => Err(Error::timeout(None, "late")),
                Fault::Interrupted => Err(Error::interrupted(None, "reset")),
                Fault::Partial(status) => Err(Error::interrupted(Some(answer(status, "")), "reset")),
                Fault::Status(status) => Ok(answer(status, "")),
                Fault::Page(status) => Ok(answer(status, "<html>")),
            }
        })
    }
}

/// How many of a hundred requests fail, and how.
#[derive(Clone, Copy)]
struct Weather {
    failing: u64,
    faults: &'static [Fault],
}

const WEATHERS: [Weather; 5] = [
    Weather {
        failing: 0,
        faults: Fault::ALL,
    },
    Weather {
        failing: 30,
        faults: Fault::ALL,
    },
    Weather {
        failing: 95,
        faults: Fault::ALL,
    },
    Weather {
        failing: 95,
        faults: Fault::OUTAGES,
    },
    Weather {
        failing: 95,
        faults: Fault::OUTAGES,
    },
];

/// May this user read that resource?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Question {
    user: u64,
    resource: u64,
}

impl Question {
    fn user_id(self) -> String {
        format!("user-{}", self.user)
    }

    fn resource_uri(self) -> String {
        format!("documents/{}", self.resource)
    }

    fn record_id(self) -> String {
        format!("rec_{}_{}", self.user, self.resource)
    }

    /// The event that says that it has another answer now.
    fn event(self, id: u32, allowed: bool) -> AccessChanged {
        let operation = if allowed { "ADDED" } else { "REMOVED" };
        let (user, resource) = (self.user_id(), self.resource_uri());
        let change = format!(r#"{{"userId":"{user}","resourceUri":"{resource}","operation":"{operation}"}}"#);
        AccessChanged::parse(format!(r#"{{"eventId":"{id}","changes":[{change}]}}"#)).unwrap()
    }
}

/// What was true, and what the client can know of it. Times are in seconds since the beginning.
#[derive(Default)]
struct History {
    /// Of each question, since when its answer is so, latest last.
    truth: HashMap<Question, Vec<(u64, bool)>>,
    /// When the client last learnt that something about a user has changed.
    told: HashMap<u64, u64>,
    /// When something that is no answer was last said to a question.
    refused: HashMap<Question, u64>,
}

impl History {
    fn changed(&mut self, question: Question, now: u64, allowed: bool) {
        self.truth.entry(question).or_default().push((now, allowed));
    }

    fn changes(&self, question: Question) -> &[(u64, bool)] {
        self.truth.get(&question).map_or(&[], Vec::as_slice)
    }

    /// What is true at the end of a second.
    fn at(&self, question: Question, second: u64) -> bool {
        let changes = self.changes(question).iter().rev();
        changes
            .clone()
            .find(|(since, _)| *since <= second)
            .is_some_and(|(_, allowed)| *allowed)
    }

    /// Whether the answer was so at some time of a second.
    fn was(&self, question: Question, second: u64, allowed: bool) -> bool {
        let mut within = self.changes(question).iter().filter(|(since, _)| *since == second);
        let at_its_beginning = second.checked_sub(1).is_some_and(|before| self.at(question, before));
        at_its_beginning == allowed || within.any(|(_, now)| *now == allowed)
    }

    /// The time whose answers the client must not use any more.
    fn known_until(&self, question: Question) -> u64 {
        let told = self.told.get(&question.user).copied().unwrap_or_default();
        told.max(self.refused.get(&question).copied().unwrap_or_default())
    }
}

#[tokio::test]
async fn no_fault_turns_a_no_into_a_yes() {
    let mut decisions = [0; 3];
    for seed in 0..SCHEDULES {
        for (sum, count) in decisions.iter_mut().zip(schedule(seed).await) {
            *sum += count;
        }
    }
    println!("live, cached, stale: {decisions:?}");
    assert!(decisions.iter().sum::<usize>() >= 10_000, "{decisions:?}");
    // Each kind is there often enough to have been tested.
    assert!(decisions.iter().all(|count| *count > 500), "{decisions:?}");
}

/// How many decisions of each kind a schedule has brought: live, cached, stale.
async fn schedule(seed: u64) -> [usize; 3] {
    let mut world = World::new(seed).await;
    for step in 0..STEPS {
        world.context = format!("seed {seed}, step {step}");
        match world.numbers.below(100) {
            0..2 => world.weather = world.numbers.one_of(&WEATHERS),
            2..20 => world.let_time_go_by(),
            20..30 => world.change_access().await,
            _ => world.ask().await,
        }
    }
    world.counts
}

struct World {
    numbers: Numbers,
    clock: StoppedClock,
    /// In seconds since the beginning.
    now: u64,
    _local: AuthressLocal,
    faulty: Faulty,
    weather: Weather,
    /// Keeps decisions.
    client: AuthressClient,
    /// Somebody else, of whom the client knows nothing.
    others: AuthressClient,
    events: u32,
    history: History,
    counts: [usize; 3],
    /// Where in the schedule it is, for messages.
    context: String,
}

impl World {
    async fn new(seed: u64) -> Self {
        let clock = StoppedClock::at(START);
        let server_clock = clock.clone();
        let local = AuthressLocal::builder().clock(move || server_clock.time());
        let local = local.start().await.unwrap();
        let faulty = Faulty {
            inner: ReqwestTransport::builder().build().unwrap(),
            next: Arc::default(),
            met: Arc::default(),
        };
        // Every other schedule with a second attempt, whenever it may help.
        let retry = RetryPolicy::new().max_attempts(1 + u32::from(seed % 2 == 1));
        let retry = retry.initial_backoff(Duration::ZERO).max_backoff(Duration::ZERO);
        let cache = DecisionCache::builder().ttl(Duration::from_secs(TTL));
        let cache = cache.deny_ttl(Duration::from_secs(DENY_TTL));
        let builder = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
        let builder = builder
            .clock(clock.clone())
            .retry(retry.budget(u32::MAX, 0))
            .transport(faulty.clone());
        let builder = builder.decision_cache(cache.stale_if_unavailable(Duration::from_secs(MAX_AGE)));
        Self {
            numbers: Numbers(seed),
            others: tests::owner_at(&local, &clock),
            clock,
            now: 0,
            _local: local,
            faulty,
            weather: WEATHERS[0],
            client: builder.build().unwrap(),
            events: 0,
            history: History::default(),
            counts: [0; 3],
            context: String::new(),
        }
    }

    fn let_time_go_by(&mut self) {
        let seconds = 1 + self.numbers.below(15);
        self.clock.advance(seconds);
        self.now += seconds;
    }

    fn question(&mut self) -> Question {
        Question {
            user: self.numbers.below(USERS),
            resource: self.numbers.below(RESOURCES),
        }
    }

    /// Sees to what goes wrong with the next requests of the client.
    fn next_faults(&mut self) {
        let faults = [(); 2].map(|()| {
            let fails = self.numbers.below(100) < self.weather.failing;
            fails.then(|| self.numbers.one_of(self.weather.faults))
        });
        *self.faulty.next.lock().unwrap() = faults.into();
        self.faulty.met();
    }

    /// Access is given or taken: by the client, by others who tell, or by others who do not.
    async fn change_access(&mut self) {
        let question = self.question();
        let was_allowed = self.history.at(question, self.now);
        if self.numbers.below(3) == 0 {
            self.next_faults();
            let outcome = set_access(&self.client, question, !was_allowed).await;
            let fault = self.faulty.met().into_iter().flatten().next();
            let is_done = outcome.is_ok() || fault.is_some_and(Fault::is_done);
            assert_eq!(
                outcome.is_err(),
                fault.is_some(),
                "{}: {outcome:?} with {fault:?}",
                self.context
            );
            if is_done {
                self.history.changed(question, self.now, !was_allowed);
                self.history.told.insert(question.user, self.now);
            }
        } else {
            let outcome = set_access(&self.others, question, !was_allowed).await;
            outcome.unwrap();
            self.history.changed(question, self.now, !was_allowed);
            if self.numbers.below(2) == 0 {
                self.events += 1;
                let event = question.event(self.events, !was_allowed);
                assert!(self.client.decision_cache().unwrap().apply(&event));
                self.history.told.insert(question.user, self.now);
            }
        }
    }

    async fn ask(&mut self) {
        let question = self.question();
        self.next_faults();
        let answer = self
            .client
            .check_user(question.user_id(), question.resource_uri(), "read")
            .await;
        let met = self.faulty.met();
        let context = format!("{}: {question:?} is {answer:?} with {met:?}", self.context);
        match answer {
            Ok(decision) => self.compare(question, decision, &met, &context),
            Err(error) => {
                // Only a fault leaves a question without an answer, and never as a no.
                assert!(
                    met.last().is_some_and(Option::is_some) && !error.is_denied(),
                    "{context}"
                );
                // A 429 says nothing of the question; whatever else is said ends what was said before.
                let said = |fault: &Fault| !fault.is_outage() && *fault != Fault::Status(429);
                if met.iter().flatten().any(said) {
                    self.history.refused.insert(question, self.now);
                }
            }
        }
    }

    /// Compares what was answered with what was true, and with what the client could know.
    fn compare(&mut self, question: Question, decision: Decision, met: &[Option<Fault>], context: &str) {
        let age = decision.source.age().unwrap_or_default();
        let as_of = self.now - age.as_secs();
        assert!(self.history.was(question, as_of, decision.allowed), "{context}");
        let ttl = Duration::from_secs(if decision.allowed { TTL } else { DENY_TTL });
        let kind = match decision.source {
            DecisionSource::Live => {
                assert_eq!(met.last(), Some(&None), "{context}");
                0
            }
            DecisionSource::Cached { .. } => {
                assert!(met.is_empty() && age < ttl, "{context}");
                1
            }
            DecisionSource::Stale { .. } => {
                let was_away = |fault: &Option<Fault>| fault.is_some_and(Fault::is_outage);
                assert!(!met.is_empty() && met.iter().all(was_away), "{context}");
                assert!(ttl <= age && age < Duration::from_secs(MAX_AGE), "{context}");
                2
            }
            _ => panic!("{context}"),
        };
        assert!(as_of >= self.history.known_until(question), "{context}");
        self.counts[kind] += 1;
    }
}

/// Sent once, so that it is known whether it was done.
async fn set_access(client: &AuthressClient, question: Question, allowed: bool) -> Result<(), Error> {
    let records = client.access_records();
    if !allowed {
        return records.delete_record(question.record_id()).no_retry().await;
    }
    let statement = Statement::new(["Authress:Owner"], [question.resource_uri()]);
    let record = AccessRecord::new("made", [statement]).record_id(question.record_id());
    records
        .create_record(record.users([question.user_id()]))
        .no_retry()
        .await
        .map(drop)
}
