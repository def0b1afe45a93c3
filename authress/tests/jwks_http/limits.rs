//! Servers that take their time, and runtimes that stand still: nobody waits without an end.
//!
//! The limits are measured with the verifier's own clock, which is set by hand here as well, so that no test waits for them.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authress::TokenVerificationReason::{KeysUnavailable, UnknownKey};
use authress::{Clock, TokenVerifier};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::server::{Answer, Server, Step, endless, held, keys};
use crate::support::{ACCOUNT, CLIENT};
use crate::{
    FAILURE_COOL_DOWN, FRESH, MAX_STALENESS, NOW, Verified, at_once, counted, new_key, old_key, signed, until,
    verified, within,
};

/// Longest time for one fetch.
const FETCH: Duration = Duration::from_secs(5);
/// What is missing from a whole second at the last moment before it ends.
const MOMENT: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);
/// How many seconds anybody may wait at most for a fetch that others have begun. That there is such a bound is a rule; its length is not.
const PATIENCE: u32 = 60;

/// A clock whose time is set by hand, for those who ask for it and for those who wait for it.
#[derive(Clone)]
struct HandClock {
    elapsed: watch::Sender<Duration>,
    /// What has been waited for.
    waits: watch::Sender<Vec<Duration>>,
}

impl HandClock {
    fn new() -> Self {
        Self {
            elapsed: watch::Sender::new(Duration::ZERO),
            waits: watch::Sender::default(),
        }
    }

    fn advance(&self, duration: Duration) {
        self.elapsed.send_modify(|elapsed| *elapsed += duration);
    }

    /// How many fetches have begun, as far as the clock has been asked to limit them.
    fn fetches(&self) -> usize {
        limits(&self.waits.borrow())
    }

    /// Waits until so many fetches have begun.
    async fn until_fetches(&self, count: usize) {
        let mut waits = self.waits.subscribe();
        within(waits.wait_for(|waits| limits(waits) >= count)).await.unwrap();
    }
}

fn limits(waits: &[Duration]) -> usize {
    waits.iter().filter(|wait| **wait == FETCH).count()
}

impl Clock for HandClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW) + *self.elapsed.borrow()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let mut elapsed = self.elapsed.subscribe();
        let end = *elapsed.borrow() + duration;
        self.waits.send_modify(|waits| waits.push(duration));
        Box::pin(async move {
            // The clock outlives those who wait for it.
            let _ = elapsed.wait_for(|elapsed| *elapsed >= end).await;
        })
    }
}

struct Scene {
    server: Server,
    clock: HandClock,
    verifier: TokenVerifier,
    old: String,
    new: String,
}

impl Scene {
    fn new(answer: Answer) -> Self {
        let server = Server::new(answer);
        let clock = HandClock::new();
        let verifier = TokenVerifier::builder(server.url())
            .clock(clock.clone())
            .build()
            .unwrap();
        Self {
            old: signed(server.url(), "user-1", "k-old", ACCOUNT),
            new: signed(server.url(), "user-1", "k-new", CLIENT),
            server,
            clock,
            verifier,
        }
    }

    /// With the old key, which has been fetched.
    async fn warm() -> Self {
        let scene = Self::new(keys([old_key()]));
        assert_eq!(scene.verify(&scene.old).await, Ok(()));
        scene
    }

    /// A server that holds its answer back, and the 64 who wait for it.
    async fn with_64_who_wait() -> (Self, Vec<JoinHandle<Verified>>) {
        let scene = Self::new(held(keys([old_key()])));
        let waiting = watch::Sender::default();
        let tasks = (0..64).map(|_| scene.spawn(&scene.old, &waiting)).collect();
        until(&waiting, 64).await;
        scene.server.until_asked(1).await;
        scene.clock.until_fetches(1).await;
        (scene, tasks)
    }

    async fn verify(&self, token: &str) -> Verified {
        within(verified(&self.verifier, token)).await
    }

    fn verify_at_once(&self, token: &str) -> Option<Verified> {
        at_once(verified(&self.verifier, token))
    }

    fn spawn(&self, token: &str, waiting: &watch::Sender<usize>) -> JoinHandle<Verified> {
        let (verifier, token, waiting) = (self.verifier.clone(), token.to_owned(), waiting.clone());
        tokio::spawn(async move { counted(&waiting, verified(&verifier, &token)).await })
    }

    /// Lets time go by until `task` ends or begins a fetch, which then ends by itself.
    async fn patiently(&self, task: JoinHandle<Verified>) -> Verified {
        let fetches = self.clock.fetches();
        for _ in 0..PATIENCE {
            settle().await;
            if task.is_finished() || self.clock.fetches() > fetches {
                break;
            }
            self.clock.advance(SECOND);
        }
        within(task).await.unwrap()
    }
}

/// Lets the others go on for a while. What must not happen has its chance to; what must happen is waited for elsewhere.
async fn settle() {
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
}

fn standing() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Begins a fetch for the old key in a runtime that stands still from then on.
fn begin_in(standing: &Runtime, scene: &Scene) -> JoinHandle<Verified> {
    let _entered = standing.enter();
    let task = scene.spawn(&scene.old, &watch::Sender::default());
    standing.block_on(async {
        scene.server.until_asked(1).await;
        scene.clock.until_fetches(1).await;
    });
    task
}

/// Answers that never come to an end, though some of them keep coming.
fn slow() -> [(&'static str, Answer); 3] {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
    [
        ("nothing", Answer::Steps(vec![Step::Hold])),
        (
            "a head and no body",
            Answer::Steps(vec![Step::Send(head.into()), Step::Hold]),
        ),
        ("a drop now and then", {
            let drop = [Step::Hold, Step::Send(b" ".to_vec())];
            let mut steps = vec![Step::Send(head.into())];
            steps.extend(drop.into_iter().cycle().take(1_000));
            Answer::Steps(steps)
        }),
    ]
}

#[tokio::test]
async fn a_fetch_ends_at_its_limit_however_the_server_keeps_it_up() {
    for (name, answer) in slow() {
        let scene = Scene::new(answer);
        let task = scene.spawn(&scene.old, &watch::Sender::default());
        scene.server.until_asked(1).await;
        scene.clock.until_fetches(1).await;
        for _ in 1..FETCH.as_secs() {
            scene.clock.advance(SECOND);
            // One more drop from the one that drips.
            scene.server.release(1);
            settle().await;
        }
        scene.clock.advance(SECOND.saturating_sub(MOMENT));
        settle().await;
        assert!(!task.is_finished(), "{name}");
        scene.clock.advance(MOMENT);
        assert_eq!(within(task).await.unwrap(), Err(KeysUnavailable), "{name}");

        // The pause counts from the end of the fetch.
        scene.server.set(keys([old_key()]));
        scene
            .clock
            .advance(Duration::from_secs(FAILURE_COOL_DOWN).saturating_sub(MOMENT));
        assert_eq!(scene.verify_at_once(&scene.old), Some(Err(KeysUnavailable)), "{name}");
        assert_eq!(scene.server.count(), 1, "{name}");
        scene.clock.advance(MOMENT);
        assert_eq!(scene.verify(&scene.old).await, Ok(()), "{name}");
        assert_eq!(scene.server.count(), 2, "{name}");
    }
}

#[tokio::test]
async fn a_server_that_announces_its_answer_again_and_again_is_given_up_as_well() {
    let scene = Scene::new(endless("", "HTTP/1.1 103 Early Hints\r\n\r\n"));
    let task = scene.spawn(&scene.old, &watch::Sender::default());
    scene.server.until_asked(1).await;
    scene.clock.until_fetches(1).await;
    scene.clock.advance(FETCH);
    assert_eq!(within(task).await.unwrap(), Err(KeysUnavailable));
    assert_eq!(scene.server.count(), 1);
}

#[tokio::test]
async fn an_answer_just_within_the_limit_is_in_time_for_all_who_wait() {
    let (scene, tasks) = Scene::with_64_who_wait().await;
    scene.clock.advance(FETCH.saturating_sub(MOMENT));
    settle().await;
    scene.server.release(1);
    for task in tasks {
        assert_eq!(within(task).await.unwrap(), Ok(()));
    }
    assert_eq!(scene.server.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn all_who_wait_are_let_go_at_the_limit_of_the_one_fetch() {
    let (scene, tasks) = Scene::with_64_who_wait().await;
    scene.clock.advance(FETCH);
    for task in tasks {
        assert_eq!(within(task).await.unwrap(), Err(KeysUnavailable));
    }
    assert_eq!(scene.server.count(), 1);
}

#[tokio::test]
async fn a_refresh_that_gets_no_answer_is_given_up_and_tried_again_and_good_tokens_never_wait() {
    let scene = Scene::warm().await;
    scene.server.set(held(keys([old_key()])));
    scene.clock.advance(Duration::from_secs(FRESH));
    for fetches in 2..5 {
        assert_eq!(scene.verify_at_once(&scene.old), Some(Ok(())));
        scene.server.until_asked(fetches).await;
        scene.clock.until_fetches(fetches).await;
        let waits = scene.spawn(&scene.new, &watch::Sender::default());
        settle().await;
        assert_eq!(scene.verify_at_once(&scene.old), Some(Ok(())));
        scene.clock.advance(FETCH);
        assert_eq!(within(waits).await.unwrap(), Err(KeysUnavailable));
        assert_eq!(scene.verify_at_once(&scene.old), Some(Ok(())));
        assert_eq!(scene.server.count(), fetches);
        scene.clock.advance(Duration::from_secs(FAILURE_COOL_DOWN));
    }
}

#[tokio::test]
async fn keys_that_are_too_old_are_waited_for_no_longer_than_a_fetch_takes() {
    let scene = Scene::warm().await;
    scene.server.set(held(keys([old_key()])));
    scene.clock.advance(Duration::from_secs(MAX_STALENESS));
    let task = scene.spawn(&scene.old, &watch::Sender::default());
    scene.server.until_asked(2).await;
    scene.clock.until_fetches(2).await;
    scene.clock.advance(FETCH);
    assert_eq!(within(task).await.unwrap(), Err(KeysUnavailable));
    assert_eq!(scene.server.count(), 2);
}

#[test]
fn nobody_is_stuck_with_a_fetch_in_a_runtime_that_stands_still() {
    let scene = Scene::new(held(keys([old_key()])));
    let still = standing();
    let first = begin_in(&still, &scene);
    scene.server.set(keys([old_key()]));
    standing().block_on(async {
        let waiting = watch::Sender::default();
        let tasks: Vec<_> = (0..10).map(|_| scene.spawn(&scene.old, &waiting)).collect();
        until(&waiting, 10).await;
        assert_eq!(scene.server.count(), 1);
        for task in tasks {
            let verified = scene.patiently(task).await;
            assert!(matches!(verified, Ok(()) | Err(KeysUnavailable)), "{verified:?}");
        }
        // Whoever comes later has the keys, though the first fetch still has not ended.
        scene.clock.advance(Duration::from_secs(FAILURE_COOL_DOWN));
        let later = scene.spawn(&scene.old, &waiting);
        assert_eq!(scene.patiently(later).await, Ok(()));
        assert_eq!(scene.verify_at_once(&scene.old), Some(Ok(())));
    });
    assert_eq!(scene.server.count(), 2);
    drop((first, still));
}

#[test]
fn what_a_runtime_that_stood_still_brings_late_undoes_nothing() {
    let scene = Scene::new(held(keys([old_key()])));
    let still = standing();
    let first = begin_in(&still, &scene);
    // Meanwhile the old key has been withdrawn, and the others know it.
    scene.server.set(keys([new_key()]));
    standing().block_on(async {
        for _ in 0..2 {
            let task = scene.spawn(&scene.new, &watch::Sender::default());
            let _ = scene.patiently(task).await;
            scene.clock.advance(Duration::from_secs(FAILURE_COOL_DOWN));
        }
        assert_eq!(scene.verify_at_once(&scene.new), Some(Ok(())));
    });
    let asked = scene.server.count();
    // Now the first fetch goes on and finds its answer.
    scene.server.release(1);
    still.block_on(async {
        let _ = within(first).await;
        settle().await;
    });
    standing().block_on(async {
        assert_eq!(scene.verify_at_once(&scene.new), Some(Ok(())));
        assert_ne!(scene.verify(&scene.old).await, Ok(()));
        scene.clock.advance(Duration::from_secs(FAILURE_COOL_DOWN));
        assert_eq!(scene.verify(&scene.old).await, Err(UnknownKey));
        assert_eq!(scene.verify_at_once(&scene.new), Some(Ok(())));
    });
    assert_eq!(scene.server.count(), asked + 1);
}

#[test]
fn a_connection_kept_by_a_runtime_that_stands_still_delays_the_keys_no_longer_than_a_fetch_in_vain() {
    let still = standing();
    let scene = still.block_on(Scene::warm());
    scene.server.set(keys([old_key(), new_key()]));
    standing().block_on(async {
        let task = scene.spawn(&scene.new, &watch::Sender::default());
        scene.clock.until_fetches(2).await;
        settle().await;
        scene.clock.advance(FETCH);
        let verified = within(task).await.unwrap();
        assert!(matches!(verified, Ok(()) | Err(KeysUnavailable)), "{verified:?}");
        assert_eq!(scene.verify_at_once(&scene.old), Some(Ok(())));
        scene.clock.advance(Duration::from_secs(FAILURE_COOL_DOWN));
        assert_eq!(scene.verify(&scene.new).await, Ok(()));
    });
}
