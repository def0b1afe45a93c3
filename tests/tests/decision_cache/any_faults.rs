//! Whatever goes wrong, and whenever: no answer is allowed that was not so a short time ago, and none that is known to be over.
//!
//! Users' access is given and taken, by this client and by others, events come and are lost, time goes by, and requests fail in every way there is. What
//! is answered is compared with what was true.

use std::collections::HashMap;
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
    const ALL: [Self; 17] = [
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
    /// How many of them, the first ones, are outages.
    const OUTAGES: usize = 8;

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

/// Does to the next request what it is told to.
#[derive(Clone)]
struct Faulty {
    inner: ReqwestTransport,
    next: Arc<Mutex<Option<Fault>>>,
    sent: Arc<Mutex<usize>>,
}

impl Transport for Faulty {
    fn send(&self, request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
        let fault = *self.next.lock().unwrap();
        *self.sent.lock().unwrap() += 1;
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

type Question = (u64, u64);

/// What was true, and what this client can know of it.
#[derive(Default)]
struct History {
    /// Of each question, since when it is so, latest last.
    truth: HashMap<Question, Vec<(u64, bool)>>,
    /// When the client last learnt that something about a user has changed.
    told: HashMap<u64, u64>,
    /// When the service last said no, or something that is no answer, and to which question.
    refused: HashMap<Question, u64>,
}

impl History {
    fn at(&self, question: Question, step: u64) -> bool {
        let changes = self.truth.get(&question).map_or(&[][..], Vec::as_slice);
        changes
            .iter()
            .rev()
            .find(|(since, _)| *since <= step)
            .is_some_and(|(_, allowed)| *allowed)
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

/// How many decisions of each kind a schedule has brought.
async fn schedule(seed: u64) -> [usize; 3] {
    let mut numbers = Numbers(seed);
    let clock = StoppedClock::at(START);
    let server_clock = clock.clone();
    let local = AuthressLocal::builder().clock(move || server_clock.time());
    let local = local.start().await.unwrap();
    let others = tests::owner_at(&local, &clock);
    let faulty = Faulty {
        inner: ReqwestTransport::builder().build().unwrap(),
        next: Arc::default(),
        sent: Arc::default(),
    };
    let cache = DecisionCache::builder()
        .ttl(Duration::from_secs(TTL))
        .deny_ttl(Duration::from_secs(DENY_TTL));
    let builder = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    let builder = builder
        .clock(clock.clone())
        .retry(RetryPolicy::none())
        .transport(faulty.clone());
    let builder = builder.decision_cache(cache.stale_if_unavailable(Duration::from_secs(MAX_AGE)));
    let client = builder.build().unwrap();

    let mut history = History::default();
    let mut counts = [0; 3];
    let mut events = 0_u32;
    // The weather changes every now and then: how many of a hundred requests fail, and of how many of the faults.
    let mut weather = (0, Fault::ALL.len());
    let mut now = 0;
    for step in 0..STEPS {
        let question @ (user, resource) = (numbers.below(USERS), numbers.below(RESOURCES));
        let (user_id, resource_uri) = (format!("user-{user}"), format!("documents/{resource}"));
        let record_id = format!("rec_{user}_{resource}");
        let fault = (numbers.below(100) < weather.0).then(|| {
            let which = numbers.below(weather.1 as u64);
            Fault::ALL[usize::try_from(which).unwrap()]
        });
        *faulty.next.lock().unwrap() = None;
        match numbers.below(100) {
            0..2 => {
                let all = Fault::ALL.len();
                let weathers = [
                    (0, all),
                    (30, all),
                    (95, all),
                    (95, Fault::OUTAGES),
                    (95, Fault::OUTAGES),
                ];
                weather = weathers[usize::try_from(numbers.below(5)).unwrap()];
            }
            2..20 => {
                let seconds = 1 + numbers.below(15);
                clock.advance(seconds);
                now += seconds;
            }
            // Access is given or taken: by this client, by others who tell, or by others who do not.
            20..30 => {
                let by_us = numbers.below(3) == 0;
                let writer = if by_us { &client } else { &others };
                if by_us {
                    *faulty.next.lock().unwrap() = fault;
                }
                let was_allowed = history.at(question, now);
                let records = writer.access_records();
                let outcome = if was_allowed {
                    records.delete_record(&record_id).await
                } else {
                    let statement = Statement::new(["Authress:Owner"], [resource_uri.as_str()]);
                    let record = AccessRecord::new("made", [statement]).record_id(record_id.as_str());
                    records.create_record(record.users([user_id.as_str()])).await.map(drop)
                };
                let is_done = outcome.is_ok() || fault.is_some_and(Fault::is_done);
                assert!(by_us || outcome.is_ok(), "seed {seed}, step {step}: {outcome:?}");
                if is_done {
                    history.truth.entry(question).or_default().push((now, !was_allowed));
                }
                let is_told = numbers.below(2) == 0;
                if !by_us && is_told {
                    events += 1;
                    let operation = if was_allowed { "REMOVED" } else { "ADDED" };
                    let event = format!(
                        r#"{{"eventId":"{events}","changes":[{{"userId":"{user_id}","resourceUri":"{resource_uri}","operation":"{operation}"}}]}}"#
                    );
                    assert!(
                        client
                            .decision_cache()
                            .unwrap()
                            .apply(&AccessChanged::parse(event).unwrap())
                    );
                }
                if (by_us && (is_done || fault.is_none())) || (!by_us && is_told) {
                    history.told.insert(user, now);
                }
            }
            _ => {
                *faulty.next.lock().unwrap() = fault;
                let sent = *faulty.sent.lock().unwrap();
                let decision = client.check_user(&user_id, &resource_uri, "read").await;
                let was_sent = *faulty.sent.lock().unwrap() > sent;
                let context = || format!("seed {seed}, step {step}: {decision:?} with {fault:?}");
                let Ok(decision) = &decision else {
                    // Only a fault leaves a question without an answer, and never as a no.
                    assert!(was_sent && fault.is_some(), "{}", context());
                    assert!(!decision.as_ref().is_err_and(Error::is_denied), "{}", context());
                    if fault.is_some_and(|fault| !fault.is_outage() && fault != Fault::Status(429)) {
                        history.refused.insert(question, now);
                    }
                    continue;
                };
                let as_of = decision.source.age().map_or(now, |age| now - age.as_secs());
                assert_eq!(
                    decision.allowed,
                    was_true(&history, question, as_of, decision.allowed),
                    "{}",
                    context()
                );
                let told = history.told.get(&user).copied().unwrap_or_default();
                let refused = history.refused.get(&question).copied().unwrap_or_default();
                match decision.source {
                    DecisionSource::Live => {
                        assert!(was_sent && fault.is_none(), "{}", context());
                        counts[0] += 1;
                    }
                    DecisionSource::Cached { age } => {
                        let ttl = if decision.allowed { TTL } else { DENY_TTL };
                        assert!(!was_sent && age < Duration::from_secs(ttl), "{}", context());
                        assert!(as_of >= told && as_of >= refused, "{}", context());
                        counts[1] += 1;
                    }
                    DecisionSource::Stale { age } => {
                        assert!(was_sent && fault.is_some_and(Fault::is_outage), "{}", context());
                        assert!(age < Duration::from_secs(MAX_AGE), "{}", context());
                        assert!(as_of >= told && as_of >= refused, "{}", context());
                        counts[2] += 1;
                    }
                    _ => panic!("{}", context()),
                }
            }
        }
    }
    counts
}

/// What was true at a second; where it changed within that second, what was answered if that was true at some time of it.
fn was_true(history: &History, question: Question, second: u64, answered: bool) -> bool {
    let changes = history.truth.get(&question).map_or(&[][..], Vec::as_slice);
    let within = changes
        .iter()
        .any(|(since, allowed)| *since == second && *allowed == answered);
    let before =
        second > 0 && changes.iter().any(|(since, _)| *since == second) && history.at(question, second - 1) == answered;
    if within || before {
        answered
    } else {
        history.at(question, second)
    }
}
