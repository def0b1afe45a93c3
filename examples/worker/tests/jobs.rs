//! The worker on a local Authress that really decides, through an outage.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use authress::{AccessChanged, AuthressClient, Clock, RetryPolicy, SleepFuture};
use authress_local::AuthressLocal;
use tokio::sync::mpsc;
use worker::{Job, MOST_TRIES, Message, Outcome, with_cache, work};

/// Goes ahead by itself when somebody waits, and shows a later time when it is told to.
#[derive(Clone, Default)]
struct Skipping(Arc<AtomicU64>);

impl Skipping {
    fn skip(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Skipping {
    fn now(&self) -> SystemTime {
        SystemTime::now() + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

/// What the worker waits with between tries: each wait is over at once.
struct Impatient;

impl Clock for Impatient {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, _: Duration) -> SleepFuture<'_> {
        Box::pin(std::future::ready(()))
    }
}

struct World {
    local: AuthressLocal,
    clock: Skipping,
    queue: mpsc::Sender<Message>,
    outcomes: mpsc::Receiver<Outcome>,
}

impl World {
    async fn new() -> Self {
        let (local, clock) = (AuthressLocal::start().await.unwrap(), Skipping::default());
        let builder = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
        let builder = with_cache(builder).clock(clock.clone()).retry(RetryPolicy::none());
        let (queue, messages) = mpsc::channel(8);
        let (told, outcomes) = mpsc::channel(8);
        tokio::spawn(work(builder.build().unwrap(), Arc::new(Impatient), messages, told));
        Self {
            local,
            clock,
            queue,
            outcomes,
        }
    }

    async fn job(&mut self, user: &str) -> Outcome {
        self.queue.send(Message::Job(job(user, 0))).await.unwrap();
        self.outcomes.recv().await.unwrap()
    }
}

fn job(user: &str, tries: u32) -> Job {
    Job {
        user_id: user.to_owned(),
        document: "documents/42".to_owned(),
        tries,
    }
}

#[tokio::test]
async fn a_job_is_done_for_whom_may_have_it_done_and_for_nobody_else() {
    let mut at = World::new().await;
    at.local.grant("alice", "documents/*", ["documents:export"]);
    assert_eq!(at.job("alice").await, Outcome::Done(job("alice", 1)));
    assert_eq!(at.job("bob").await, Outcome::Denied(job("bob", 1)));
}

#[tokio::test]
async fn in_an_outage_jobs_of_users_known_before_go_on_and_others_are_tried_again_and_never_done() {
    let mut at = World::new().await;
    at.local.grant("alice", "documents/*", ["documents:export"]);
    at.local.grant("carol", "documents/*", ["documents:export"]);
    assert_eq!(at.job("alice").await, Outcome::Done(job("alice", 1)));
    at.clock.skip(61);
    at.local.faults().status(503, 1_000).unwrap();
    assert_eq!(at.job("alice").await, Outcome::Done(job("alice", 1)));
    assert_eq!(at.job("carol").await, Outcome::GivenUp(job("carol", MOST_TRIES)));
    // It comes back while a job is tried.
    at.local.faults().clear();
    at.local.faults().drop_connection(2);
    assert_eq!(at.job("carol").await, Outcome::Done(job("carol", 3)));
}

#[tokio::test]
async fn access_that_was_taken_away_is_over_when_the_event_comes() {
    let mut at = World::new().await;
    let record = at.local.grant("alice", "documents/*", ["documents:export"]);
    assert_eq!(at.job("alice").await, Outcome::Done(job("alice", 1)));
    let others = at.local.client().unwrap();
    others.access_records().delete_record(&record).await.unwrap();
    let event = r#"{"eventId":"e-1","changes":[{"userId":"alice","resourceUri":"documents","operation":"REMOVED"}]}"#;
    let event = AccessChanged::parse(event).unwrap();
    at.queue.send(Message::AccessChanged(event)).await.unwrap();
    assert_eq!(at.job("alice").await, Outcome::Denied(job("alice", 1)));
}

#[tokio::test]
async fn the_worker_ends_when_its_queue_does() {
    let at = World::new().await;
    let World {
        queue, mut outcomes, ..
    } = at;
    drop(queue);
    assert_eq!(outcomes.recv().await, None);
}

#[test]
fn the_program_starts_without_an_account() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_worker"));
    let mut program = program.arg("--local").stdout(Stdio::piped()).spawn().unwrap();
    let first = BufReader::new(program.stdout.take().unwrap()).lines().next();
    program.kill().unwrap();
    program.wait().unwrap();
    assert_eq!(first.unwrap().unwrap(), "exporting documents/1 for alice");
}
