//! When a decision is used that has outlived its life, since the next answer is slow.

use super::*;

/// Fresh for 60 seconds; then up to a second is waited, until 160 seconds.
fn cache_for_slow_answers() -> DecisionCacheBuilder {
    cache().stale_if_slow(Duration::from_secs(1), Duration::from_secs(160))
}

fn ask(client: &AuthressClient) -> tokio::task::JoinHandle<Result<Decision, Error>> {
    let client = client.clone();
    tokio::spawn(async move { check(&client).await })
}

#[tokio::test]
async fn the_older_a_decision_is_the_longer_the_next_one_is_waited_for() {
    for (age, wait) in [(60_000, 0), (70_000, 100), (110_000, 500), (159_000, 990)] {
        let (service, clock) = (Service::status(200), Ticks::new());
        let client = client(&service, &clock, cache_for_slow_answers());
        let _ = check(&client).await.unwrap();
        service.set_status(404);
        service.hold();
        clock.advance(age);
        let asking = ask(&client);
        service.has_been_asked(2).await;
        clock.has_sleeper(wait).await;
        if wait > 0 {
            clock.advance(wait - 1);
            tokio::task::yield_now().await;
            assert!(!asking.is_finished(), "{age}");
            clock.advance(1);
        }
        let age = u64::try_from(age + wait).unwrap();
        assert_eq!(parts(asking.await.unwrap()), stale(true, age));

        // The call goes on, and what it brings is kept.
        service.let_go(1);
        let mut tries = 0;
        while check(&client).await.unwrap().allowed {
            tries += 1;
            assert!(tries < 10_000, "{age}");
            tokio::task::yield_now().await;
        }
        assert_eq!(service.count(), 2, "{age}");
    }
}

#[tokio::test]
async fn an_answer_that_comes_in_time_is_used() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache_for_slow_answers());
    let _ = check(&client).await.unwrap();
    service.set_status(404);
    clock.advance(110_000);
    assert_eq!(parts(check(&client).await), live(false));
}

#[tokio::test]
async fn a_decision_that_is_too_old_is_not_used_however_slow_the_answer_is() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache_for_slow_answers());
    let _ = check(&client).await.unwrap();
    service.set_status(404);
    service.hold();
    clock.advance(159_500);
    // It would be waited for until after the end of the decision.
    let asking = ask(&client);
    service.has_been_asked(2).await;
    clock.has_sleeper(995).await;
    clock.advance(995);
    tokio::task::yield_now().await;
    service.let_go(1);
    assert_eq!(parts(asking.await.unwrap()), live(false));

    clock.advance(160_000);
    let asking = ask(&client);
    service.has_been_asked(3).await;
    service.let_go(1);
    assert_eq!(parts(asking.await.unwrap()), live(false));
}

#[tokio::test]
async fn what_is_given_up_meanwhile_is_not_used() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache_for_slow_answers());
    let _ = check(&client).await.unwrap();
    service.set_status(404);
    service.hold();
    clock.advance(110_000);
    let asking = ask(&client);
    service.has_been_asked(2).await;
    clock.has_sleeper(500).await;
    client.decision_cache().unwrap().invalidate("user-1");
    clock.advance(500);
    tokio::task::yield_now().await;
    service.let_go(1);
    assert_eq!(parts(asking.await.unwrap()), live(false));
}

#[tokio::test]
async fn a_failure_is_no_reason_to_use_a_decision_unless_that_is_set_too() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache_for_slow_answers());
    let _ = check(&client).await.unwrap();
    service.is_down();
    clock.advance(110_000);
    assert!(check(&client).await.unwrap_err().is_connect());
}

#[tokio::test]
async fn no_second_call_begins_beside_one_that_hangs_where_an_older_decision_may_be_used() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let second = Duration::from_secs(1);
    let cache = cache().ttl(second).deny_ttl(second);
    let client = client(
        &service,
        &clock,
        cache.stale_if_slow(Duration::ZERO, Duration::from_secs(600)),
    );
    let _ = check(&client).await.unwrap();
    service.hold();
    for age in (1..=31).map(|seconds| seconds * 1_000) {
        clock.advance(1_000);
        assert_eq!(parts(check(&client).await), stale(true, age));
        service.has_been_asked(2).await;
    }
    assert_eq!(service.count(), 2);

    // Longer than any call takes: nobody carries that one any more.
    clock.advance(2_000);
    assert_eq!(parts(check(&client).await), stale(true, 33_000));
    service.has_been_asked(3).await;
    assert_eq!(service.count(), 3);
}

#[tokio::test]
async fn whoever_waits_for_a_call_that_hangs_is_told_what_it_brings_or_asks_anew() {
    for answer_in_time in [true, false] {
        let (service, clock) = (Service::status(200), Ticks::new());
        let second = Duration::from_secs(1);
        let cache = cache().ttl(second).deny_ttl(second);
        let client = client(
            &service,
            &clock,
            cache.stale_if_slow(Duration::from_secs(60), Duration::from_secs(61)),
        );
        let _ = check(&client).await.unwrap();
        service.set_status(404);
        service.hold();
        clock.advance(2_000);
        let first = ask(&client);
        service.has_been_asked(2).await;
        clock.has_sleeper(1_000).await;
        clock.advance(1_000);
        assert_eq!(parts(first.await.unwrap()), stale(true, 3_000));
        // Its answer would be too old to be kept, and an older decision may be used for another while.
        let second = ask(&client);
        clock.has_sleeper(2_000).await;
        if answer_in_time {
            // That it is old is known, and the next question has begun.
            service.let_go(1);
            assert_eq!(parts(second.await.unwrap()), stale(false, 1_000));
            service.has_been_asked(3).await;
        } else {
            client.decision_cache().unwrap().invalidate("user-1");
            clock.advance(2_000);
            service.has_been_asked(3).await;
            service.let_go(2);
            assert_eq!(parts(second.await.unwrap()), live(false));
        }
        assert_eq!(service.count(), 3);
    }
}

#[tokio::test]
async fn whoever_finds_no_place_uses_an_older_decision_as_well() {
    const PLACES: usize = 4_096;
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache_for_slow_answers());
    let _ = check(&client).await.unwrap();
    service.hold();
    clock.advance(60_000);
    let others: Vec<_> = (0..PLACES)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move { client.check_user("user-2", format!("documents/{number}"), "read").await })
        })
        .collect();
    service.has_been_asked(1 + PLACES).await;
    assert_eq!(parts(check(&client).await), stale(true, 60_000));
    for other in others {
        other.abort();
    }
}

#[test]
fn whoever_waits_for_a_call_that_nobody_drives_asks_anew_when_it_should_be_over() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let second = Duration::from_secs(1);
    let cache = cache().ttl(second).deny_ttl(second);
    let cache = cache.stale_if_slow(Duration::from_secs(7_200), Duration::from_secs(7_201));
    let client = client(&service, &clock, cache);
    let (idle, busy) = (runtime(), runtime());
    assert_eq!(parts(idle.block_on(check(&client))), live(true));
    clock.advance(3_600_000);
    service.set_status(404);
    service.hold();
    idle.block_on(async {
        drop(ask(&client));
        service.has_been_asked(2).await;
    });
    clock.advance(2_000);
    busy.block_on(async {
        let waiting = ask(&client);
        clock.has_sleeper(32_000).await;
        clock.advance(32_000);
        service.has_been_asked(3).await;
        service.let_go(2);
        assert_eq!(parts(waiting.await.unwrap()), live(false));
    });
    assert_eq!(service.count(), 3);
}
