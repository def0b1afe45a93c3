//! When a request is sent again, how often, after which wait, and what ends it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod support;

use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use authress::models::{PermissionObject, Role};
use authress::{
    AuthressClient, AuthressClientBuilder, CallContext, Clock, Error, Jitter, RetryPolicy, Secret, SleepFuture,
    Transport, TransportFuture,
};
use bytes::Bytes;
use http::Method;
use http::header::{DATE, HeaderName, RETRY_AFTER};
use support::waits::{Longest, Never, Waits};
use support::{DOMAIN, Memory, access_key, answer};

const HOUR: Duration = Duration::from_secs(3_600);

/// A client with limits of hours, so that everything shorter on its clock is a wait.
fn builder(clock: &Waits, jitter: impl Jitter, transport: impl Transport) -> AuthressClientBuilder {
    let builder = AuthressClient::builder(DOMAIN).clock(clock.clone()).jitter(jitter);
    builder.timeout(2 * HOUR).attempt_timeout(HOUR).transport(transport)
}

fn client(memory: &Memory) -> (AuthressClient, Waits) {
    let clock = Waits::shorter_than(HOUR);
    (builder(&clock, Longest, memory.clone()).build().unwrap(), clock)
}

fn always(status: u16) -> Memory {
    Memory::answering(move |_| Ok(answer(status, "")))
}

type Failure = fn() -> Error;

fn failing(failure: Failure) -> Memory {
    Memory::answering(move |_| Err(failure()))
}

/// Always answers with this status and these headers.
fn with_headers(status: u16, headers: Vec<(HeaderName, &'static str)>) -> Memory {
    Memory::answering(move |_| {
        let mut answer = answer(status, "");
        for (name, value) in &headers {
            answer.headers_mut().append(name, value.parse().unwrap());
        }
        Ok(answer)
    })
}

fn attempts(error: &Error) -> Option<usize> {
    error.attempts().map(|attempts| attempts as usize)
}

async fn check(client: &AuthressClient) -> Error {
    client.authorize_user("u", "r", "p").await.unwrap_err()
}

async fn create(client: &AuthressClient) -> Error {
    let role = Role::new("n", [] as [PermissionObject; 0]).role_id("r");
    client.roles().create_role(role).await.unwrap_err()
}

#[tokio::test]
async fn only_passing_states_are_asked_again_and_what_changes_something_only_after_a_429() {
    let methods = [
        (Method::GET, true),
        (Method::HEAD, true),
        (Method::OPTIONS, true),
        (Method::PUT, true),
        (Method::DELETE, true),
        (Method::POST, false),
        (Method::PATCH, false),
    ];
    for status in 300..600 {
        for (method, is_idempotent) in &methods {
            let memory = always(status);
            let (client, clock) = client(&memory);
            let error = client.request(method.clone(), "/v1/things").await.unwrap_err();
            let expected = match status {
                429 => 5,
                408 | 425 | 500 | 502 | 503 | 504 if *is_idempotent => 5,
                _ => 1,
            };
            assert_eq!(memory.count(), expected, "{method} {status}");
            assert_eq!(attempts(&error), Some(expected));
            assert_eq!(clock.millis().len(), expected - 1);
            assert_eq!(error.status().unwrap().as_u16(), status);
        }
    }
}

#[tokio::test]
async fn operations_are_repeated_as_their_methods_are() {
    for (status, of_check, of_create) in [(503, 5, 1), (500, 5, 1), (408, 5, 1), (429, 5, 5), (404, 1, 1)] {
        let memory = always(status);
        let error = check(&client(&memory).0).await;
        assert_eq!((memory.count(), attempts(&error)), (of_check, Some(of_check)));
        assert_eq!(error.is_denied(), status == 404);
        let memory = always(status);
        let error = create(&client(&memory).0).await;
        assert_eq!((memory.count(), attempts(&error)), (of_create, Some(of_create)));
    }
}

#[tokio::test]
async fn what_was_certainly_not_processed_is_sent_again_and_of_the_rest_only_what_may_be_sent_twice() {
    let failures: [(Failure, usize, usize); 6] = [
        (|| Error::connect("refused"), 5, 5),
        (|| Error::connect_timeout("late"), 5, 5),
        (|| Error::interrupted(None, "reset"), 5, 1),
        (|| Error::interrupted(Some(answer(404, "{")), "reset"), 5, 1),
        (|| Error::timeout(None, "late"), 5, 1),
        (|| Error::undecodable(answer(200, "?"), "too large"), 1, 1),
    ];
    for (failure, of_check, of_create) in failures {
        let memory = failing(failure);
        let error = check(&client(&memory).0).await;
        assert_eq!(
            (memory.count(), attempts(&error)),
            (of_check, Some(of_check)),
            "{error}"
        );
        assert!(!error.is_denied() && error.was_sent() == failure().was_sent());
        let memory = failing(failure);
        let error = create(&client(&memory).0).await;
        assert_eq!(
            (memory.count(), attempts(&error)),
            (of_create, Some(of_create)),
            "{error}"
        );
        assert_eq!(error.is_timeout(), failure().is_timeout());
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_says_how_often_it_was_asked_for() {
    for (failures, expected) in [(0, 1), (2, 3)] {
        let asked = AtomicUsize::new(0);
        let memory = Memory::answering(move |_| {
            let fails = asked.fetch_add(1, Ordering::SeqCst) < failures;
            Ok(if fails { answer(503, "") } else { answer(200, "<html>") })
        });
        let error = check(&client(&memory).0).await;
        assert_eq!(error.attempts(), Some(expected));
        assert!(!error.is_denied() && error.status().unwrap() == 200);
        let (client, _) = client(&memory);
        assert_eq!(client.roles().get_role("r").await.unwrap_err().attempts(), Some(1));
    }
}

#[tokio::test]
async fn waits_double_up_to_their_limit() {
    let (asked, clock) = client(&always(503));
    check(&asked).await;
    assert_eq!(clock.millis(), [100, 200, 400, 800]);

    let policy = RetryPolicy::new().max_attempts(6);
    let policy = policy
        .initial_backoff(Duration::from_millis(30))
        .max_backoff(Duration::from_millis(100));
    let (memory, clock) = (always(503), Waits::shorter_than(HOUR));
    check(&builder(&clock, Longest, memory.clone()).retry(policy).build().unwrap()).await;
    assert_eq!(clock.millis(), [30, 60, 100, 100, 100]);
    assert_eq!(memory.count(), 6);
}

/// Half of what it may, and says what that was; more than it may when asked for a second.
struct Beyond;

impl Jitter for Beyond {
    fn up_to(&self, most: Duration) -> Duration {
        if most == Duration::from_millis(100) {
            most / 2
        } else {
            most * 10
        }
    }
}

#[tokio::test]
async fn the_wait_is_what_the_jitter_draws_and_never_more_than_it_may_be() {
    let clock = Waits::shorter_than(HOUR);
    check(&builder(&clock, Beyond, always(503)).build().unwrap()).await;
    assert_eq!(clock.millis(), [50, 200, 400, 800]);
    let clock = Waits::shorter_than(HOUR);
    check(&builder(&clock, Never, always(503)).build().unwrap()).await;
    assert_eq!(clock.millis(), [0, 0, 0, 0]);
}

#[tokio::test]
async fn a_wait_that_is_asked_for_comes_before_ones_own_and_a_long_one_ends_the_call() {
    // 1_700_000_000 is Tue, 14 Nov 2023 22:13:20 GMT.
    let date = || (DATE, "Tue, 14 Nov 2023 22:13:20 GMT");
    let after = |text| (RETRY_AFTER, text);
    let own = vec![100, 200, 400, 800];
    let plus = |seconds: u128| [100, 200, 400, 800].iter().map(|own| own + seconds * 1_000).collect();
    for (headers, waits, asked) in [
        (vec![after("0")], own.clone(), Some(0)),
        (vec![after("7")], plus(7), Some(7)),
        (vec![after(" 20 ")], plus(20), Some(20)),
        (vec![after("21")], vec![], Some(21)),
        (vec![after("99999999999999999999999")], vec![], Some(u64::MAX)),
        (vec![after("-1")], own.clone(), None),
        (vec![after("1.5")], own.clone(), None),
        (vec![after("soon")], own.clone(), None),
        (vec![after("")], own.clone(), None),
        (vec![date(), after("Tue, 14 Nov 2023 22:13:27 GMT")], plus(7), Some(7)),
        (vec![date(), after("Tue, 14 Nov 2023 22:13:40 GMT")], plus(20), Some(20)),
        (vec![date(), after("Tue, 14 Nov 2023 22:13:41 GMT")], vec![], Some(21)),
        (
            vec![date(), after("Tue, 14 Nov 2023 22:13:00 GMT")],
            own.clone(),
            Some(0),
        ),
        (vec![date(), after("Tue, 14 Nov 2023 25:13:00 GMT")], own.clone(), None),
        // Without a date of its own, it is told from the clock of the client.
        (vec![after("Thu, 01 Jan 1970 00:00:00 GMT")], own.clone(), Some(0)),
    ] {
        for status in [429, 503] {
            let memory = with_headers(status, headers.clone());
            let (client, clock) = client(&memory);
            let error = check(&client).await;
            assert_eq!(clock.millis(), waits, "{headers:?}");
            assert_eq!(memory.count(), waits.len() + 1);
            assert_eq!(error.retry_after().map(|wait| wait.as_secs()), asked, "{headers:?}");
            assert_eq!(attempts(&error), Some(waits.len() + 1));
        }
    }
}

#[tokio::test]
async fn a_date_without_another_is_told_from_the_clients_clock() {
    let memory = with_headers(503, vec![(RETRY_AFTER, "Tue, 14 Nov 2023 22:13:27 GMT")]);
    let (client, clock) = client(&memory);
    check(&client).await;
    // What has been waited for is over.
    assert_eq!(clock.millis(), [7_100, 200, 400, 800]);
    let memory = with_headers(503, vec![(RETRY_AFTER, "Tue, 14 Nov 2023 23:13:27 GMT")]);
    let (client, _) = self::client(&memory);
    check(&client).await;
    assert_eq!(memory.count(), 1);
}

#[tokio::test]
async fn also_an_answer_that_broke_off_says_when_to_come_back() {
    for (text, waits) in [("3", vec![3_100, 3_200, 3_400, 3_800]), ("21", vec![])] {
        let memory = Memory::answering(move |_| {
            let mut partial = answer(503, "{");
            partial.headers_mut().insert(RETRY_AFTER, text.parse().unwrap());
            Err(Error::interrupted(Some(partial), "reset"))
        });
        let (client, clock) = client(&memory);
        check(&client).await;
        assert_eq!(clock.millis(), waits);
    }
}

#[tokio::test]
async fn a_wait_without_end_ends_the_call_whatever_the_settings_say() {
    let policy = RetryPolicy::new().max_retry_after(Duration::MAX).max_backoff(HOUR);
    let memory = with_headers(503, vec![(RETRY_AFTER, "18446744073709551615")]);
    let builder = builder(&Waits::shorter_than(HOUR), Longest, memory.clone());
    let client = builder.retry(policy.initial_backoff(2 * HOUR)).build().unwrap();
    check(&client).await;
    assert_eq!(memory.count(), 1);
}

#[tokio::test]
async fn as_many_attempts_as_are_allowed_and_not_one_more() {
    for most in [1, 2, 7] {
        let (memory, clock) = (always(503), Waits::shorter_than(HOUR));
        let policy = RetryPolicy::new().max_attempts(most);
        let client = builder(&clock, Never, memory.clone()).retry(policy).build().unwrap();
        assert_eq!(check(&client).await.attempts(), Some(most));
        assert_eq!(memory.count(), most as usize);
    }
    let memory = always(503);
    let builder = builder(&Waits::shorter_than(HOUR), Never, memory.clone());
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    assert_eq!((check(&client).await.attempts(), memory.count()), (Some(1), 1));
}

#[tokio::test]
async fn a_call_that_must_be_sent_once_is_sent_once() {
    for memory in [
        always(429),
        always(503),
        failing(|| Error::connect("refused")),
        failing(|| Error::timeout(None, "late")),
    ] {
        let (client, _) = client(&memory);
        let error = client.api().authorize_user("u", "r", "p").no_retry().await.unwrap_err();
        assert_eq!((memory.count(), error.attempts()), (1, Some(1)));
        client.request(Method::GET, "/v1/a").no_retry().await.unwrap_err();
        assert_eq!(memory.count(), 2);
    }
}

/// Answers as another transport does, and at once: no limit can run out on it.
struct AtOnce(Memory);

impl Transport for AtOnce {
    fn send(&self, request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
        let mut sent = self.0.send(request, context);
        Box::pin(std::future::poll_fn(move |task| {
            let first = sent.as_mut().poll(task);
            if first.is_ready() {
                first
            } else {
                sent.as_mut().poll(task)
            }
        }))
    }
}

#[tokio::test]
async fn a_wait_for_which_the_calls_time_does_not_last_is_not_begun() {
    // 100 and 200 ms fit into 0.7 s, 400 more do not; 3 s that are asked for do not at all.
    for (headers, timeout, waits) in [
        (vec![], 700, vec![100, 200]),
        (vec![], 701, vec![100, 200, 400]),
        (vec![(RETRY_AFTER, "3")], 3_100, vec![]),
        (vec![(RETRY_AFTER, "3")], 3_101, vec![3_100]),
    ] {
        let memory = with_headers(503, headers);
        let clock = Waits::shorter_than(HOUR);
        let client = builder(&clock, Longest, AtOnce(memory.clone())).build().unwrap();
        let call = client.api().authorize_user("u", "r", "p");
        let error = call.timeout(Duration::from_millis(timeout)).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 503);
        assert_eq!(clock.millis(), waits);
        assert_eq!(memory.count(), waits.len() + 1);
    }
}

/// Never answers; counts how often it was asked, and how often it was let go of.
#[derive(Clone, Default)]
struct Silent {
    asked: Arc<AtomicUsize>,
    dropped: Arc<AtomicUsize>,
}

struct Dropped(Arc<AtomicUsize>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Transport for Silent {
    fn send(&self, _: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        let guard = Dropped(Arc::clone(&self.dropped));
        Box::pin(async move {
            self.asked.fetch_add(1, Ordering::SeqCst);
            pending::<()>().await;
            drop(guard);
            Err(Error::connect("never"))
        })
    }
}

impl Silent {
    fn counts(&self) -> (usize, usize) {
        (self.asked.load(Ordering::SeqCst), self.dropped.load(Ordering::SeqCst))
    }
}

#[tokio::test]
async fn attempts_have_their_limit_and_all_of_them_together_another() {
    let limited = |timeout| {
        let (silent, clock) = (Silent::default(), Waits::shorter_than(HOUR));
        let builder = builder(&clock, Never, silent.clone()).attempt_timeout(Duration::from_secs(3));
        let client = builder.timeout(Duration::from_secs(timeout)).build().unwrap();
        (silent, clock, client)
    };
    for (timeout, sleeps) in [
        (100, vec![3_000, 0, 3_000, 0, 3_000, 0, 3_000, 0, 3_000]),
        (7, vec![3_000, 0, 3_000, 0, 1_000]),
        (6, vec![3_000, 0, 3_000]),
        (2, vec![2_000]),
    ] {
        let (silent, clock, client) = limited(timeout);
        let error = check(&client).await;
        assert!(
            error.is_timeout() && error.was_sent() && !error.is_denied(),
            "{error:?}"
        );
        assert_eq!(clock.millis(), sleeps);
        let begun = sleeps.len().div_ceil(2);
        assert_eq!(silent.counts(), (begun, begun));
        assert_eq!(attempts(&error), Some(begun));
    }
    let (silent, clock, client) = limited(100);
    let error = create(&client).await;
    assert!(error.is_timeout() && error.was_sent());
    assert_eq!((silent.counts(), clock.millis()), ((1, 1), vec![3_000]));
}

#[tokio::test]
async fn an_attempt_that_no_other_may_follow_has_the_whole_time_of_the_call() {
    let limited = |policy: RetryPolicy| {
        let (silent, clock) = (Silent::default(), Waits::shorter_than(HOUR));
        let builder = AuthressClient::builder(DOMAIN).clock(clock.clone()).jitter(Never);
        let client = builder.timeout(Duration::from_secs(60)).transport(silent);
        (client.retry(policy).build().unwrap(), clock)
    };
    let (client, clock) = limited(RetryPolicy::new().max_attempts(2));
    check(&client).await;
    assert_eq!(clock.millis(), [10_000, 0, 50_000]);
    let (client, clock) = limited(RetryPolicy::none());
    check(&client).await;
    assert_eq!(clock.millis(), [60_000]);
    // It is not repeated after a timeout, so it need leave no time for that.
    let (client, clock) = limited(RetryPolicy::new());
    create(&client).await;
    assert_eq!(clock.millis(), [60_000]);
}

#[tokio::test]
async fn the_longest_wait_that_may_be_asked_for_can_be_set() {
    for (seconds, times) in [(6, 1), (7, 5)] {
        let memory = with_headers(503, vec![(RETRY_AFTER, "7")]);
        let clock = Waits::shorter_than(HOUR);
        let policy = RetryPolicy::new().max_retry_after(Duration::from_secs(seconds));
        let client = builder(&clock, Longest, memory.clone()).retry(policy).build().unwrap();
        check(&client).await;
        assert_eq!(memory.count(), times, "{seconds}");
    }
}

#[tokio::test]
async fn a_token_that_is_long_in_coming_is_waited_for_no_longer_than_the_call_may_take() {
    let memory = always(200);
    let clock = Waits::shorter_than(Duration::from_secs(10));
    let builder = builder(&clock, Never, memory.clone()).timeout(Duration::from_secs(5));
    let slow = builder.token_provider(pending::<Result<Secret, Error>>);
    let client = slow.build().unwrap();
    let error = check(&client).await;
    assert!(!error.was_sent() && !error.is_denied(), "{error:?}");
    assert_eq!(error.attempts(), None);
    let call = client.api().get_roles().timeout(Duration::from_secs(2));
    assert!(!call.await.unwrap_err().was_sent());
    assert_eq!((clock.millis(), memory.count()), (vec![5_000, 2_000], 0));
    // A user's token needs none of it.
    let call = client.api().authorize_user("u", "r", "p").user_token("eyJ.a.b");
    call.timeout(HOUR).await.unwrap();
    assert_eq!(memory.count(), 1);
}

#[tokio::test]
async fn limits_of_nothing_are_refused() {
    let new = || builder(&Waits::shorter_than(HOUR), Never, always(200));
    for (builder, setting) in [
        (new().timeout(Duration::ZERO), "timeout"),
        (new().attempt_timeout(Duration::ZERO), "attempt_timeout"),
        (new().retry(RetryPolicy::new().max_attempts(0)), "retry"),
    ] {
        assert_eq!(builder.build().unwrap_err().argument(), Some(setting));
    }
    let memory = always(200);
    let (client, _) = client(&memory);
    let call = client.api().get_roles().timeout(Duration::ZERO);
    assert_eq!(call.await.unwrap_err().argument(), Some("timeout"));
    let call = client.request(Method::GET, "/v1/a").timeout(Duration::ZERO);
    assert_eq!(call.await.unwrap_err().argument(), Some("timeout"));
    assert_eq!(memory.count(), 0);
}

#[tokio::test]
async fn what_is_sent_again_is_the_same_byte_for_byte() {
    let memory = always(429);
    let clock = Waits::shorter_than(HOUR);
    let builder = builder(&clock, Never, memory.clone()).access_key(access_key());
    let client = builder.default_header("x-team", "a").build().unwrap();
    let role = Role::new("ü", [] as [PermissionObject; 0]).role_id("r/1");
    client.roles().create_role(role).await.unwrap_err();
    let sent = memory.requests();
    assert_eq!(sent.len(), 5);
    assert!(!sent[0].body().is_empty() && sent[0].headers().contains_key("authorization"));
    for again in &sent {
        assert_eq!(again.uri(), sent[0].uri());
        assert_eq!(again.method(), sent[0].method());
        assert_eq!(again.headers(), sent[0].headers());
        assert_eq!(again.body(), sent[0].body());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_outage_meets_a_tenth_more_than_the_calls_once_the_reserve_is_spent() {
    for memory in [always(503), failing(|| Error::connect("refused"))] {
        let (client, _) = client(&memory);
        let all_call = || async {
            let calls: Vec<_> = (0..1_000)
                .map(|_| {
                    let client = client.clone();
                    tokio::spawn(async move { check(&client).await })
                })
                .collect();
            let mut sum = 0;
            for call in calls {
                sum += attempts(&call.await.unwrap()).unwrap();
            }
            sum
        };
        // What the errors say is what the service has met.
        let first = all_call().await;
        assert_eq!(first, memory.count());
        assert!((1_100..=1_200).contains(&first), "{first}");
        let second = all_call().await;
        assert_eq!(first + second, memory.count());
        assert!(second <= 1_101, "{second}");
        assert!(second >= 1_099, "{second}");
    }
}

#[tokio::test]
async fn each_client_has_a_budget_and_its_clones_share_it() {
    let clock = Waits::shorter_than(HOUR);
    let of_two = |memory: &Memory| {
        let builder = builder(&clock, Never, memory.clone()).retry(RetryPolicy::new().budget(2, 0));
        builder.build().unwrap()
    };
    let (memory, other) = (always(503), always(503));
    let (client, another) = (of_two(&memory), of_two(&other));
    let as_user = client.with_user_token(&support::user_token(|_| ())).unwrap();
    assert_eq!(check(&client).await.attempts(), Some(3));
    assert_eq!(check(&as_user).await.attempts(), Some(1));
    assert_eq!(check(&client.clone()).await.attempts(), Some(1));
    assert_eq!(check(&another).await.attempts(), Some(3));
}

#[tokio::test]
async fn a_call_that_is_dropped_in_an_attempt_sends_nothing_more() {
    let (silent, clock) = (Silent::default(), Waits::shorter_than(HOUR));
    let client = builder(&clock, Never, silent.clone()).build().unwrap();
    let task = tokio::spawn(async move { check(&client).await });
    while silent.counts().0 == 0 {
        tokio::task::yield_now().await;
    }
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert_eq!((silent.counts(), clock.millis()), ((1, 1), vec![]));
}

#[tokio::test]
async fn a_call_that_is_dropped_in_a_wait_sends_nothing_more() {
    let memory = always(503);
    // Its waits are long on this clock, so that they last.
    let clock = Waits::shorter_than(Duration::from_millis(1));
    let client = builder(&clock, Longest, memory.clone()).build().unwrap();
    let calling = client.clone();
    let task = tokio::spawn(async move { check(&calling).await });
    // The first is the limit of the attempt, the second the wait.
    clock.has_begun(2).await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    clock.end_long_sleep(2).await;
    tokio::task::yield_now().await;
    assert_eq!(memory.count(), 1);
}

#[tokio::test]
async fn what_an_earlier_attempt_may_have_done_is_not_forgotten() {
    let next = AtomicUsize::new(0);
    let memory = Memory::answering(move |_| match next.fetch_add(1, Ordering::SeqCst) {
        0 => Err(Error::interrupted(None, "reset")),
        _ => Err(Error::connect("refused")),
    });
    let (client, _) = client(&memory);
    let error = check(&client).await;
    assert!(error.is_connect() && error.was_sent(), "{error}");
    assert_eq!((memory.count(), attempts(&error)), (5, Some(5)));

    let memory = failing(|| Error::connect("refused"));
    let (client, _) = self::client(&memory);
    assert!(!create(&client).await.was_sent());
    assert_eq!(memory.count(), 5);
}

/// A clock on which each short sleep takes an hour longer than was asked for.
#[derive(Clone)]
struct Overslept(Waits);

impl Clock for Overslept {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn monotonic(&self) -> Duration {
        let slept = u32::try_from(self.0.millis().len()).unwrap();
        self.0.monotonic() + 3 * HOUR * slept
    }

    fn sleep(&self, duration: Duration) -> SleepFuture<'_> {
        self.0.sleep(duration)
    }
}

#[tokio::test]
async fn no_attempt_begins_when_the_time_of_the_call_has_run_out() {
    let memory = always(503);
    let clock = Overslept(Waits::shorter_than(HOUR));
    let builder = AuthressClient::builder(DOMAIN).clock(clock.clone()).jitter(Longest);
    let builder = builder.timeout(2 * HOUR).attempt_timeout(HOUR);
    let client = builder.transport(memory.clone()).build().unwrap();
    let error = check(&client).await;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!((memory.count(), clock.0.millis().len()), (1, 1));
}

#[tokio::test]
async fn the_transport_is_told_to_send_each_attempt_once_and_for_how_long() {
    #[derive(Clone, Default)]
    struct Told(Arc<Mutex<Vec<CallContext>>>);

    impl Transport for Told {
        fn send(&self, _: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
            self.0.lock().unwrap().push(context);
            Box::pin(async { Ok(answer(503, "")) })
        }
    }

    let told = Told::default();
    let clock = Waits::shorter_than(HOUR);
    let client = builder(&clock, Never, told.clone()).build().unwrap();
    check(&client).await;
    let told = told.0.lock().unwrap();
    assert_eq!(told.len(), 5);
    for context in &*told {
        assert_eq!((context.no_retry, context.timeout), (true, Some(HOUR)));
        assert_eq!(context.operation.map(|operation| operation.id), Some("authorizeUser"));
    }
}
