//! By whom a question is shared.

use super::*;

async fn together(client: &AuthressClient, callers: usize) -> Vec<tokio::task::JoinHandle<Result<Decision, Error>>> {
    let ask = |client: AuthressClient| async move { check(&client).await };
    let asking = (0..callers).map(|_| tokio::spawn(ask(client.clone()))).collect();
    tokio::task::yield_now().await;
    asking
}

#[tokio::test]
async fn a_thousand_who_ask_the_same_at_once_share_one_request() {
    let service = Service::status(200);
    let client = client(&service, &Ticks::new(), cache());
    service.hold();
    let asking = together(&client, 1_000).await;
    service.has_been_asked(1).await;
    service.let_go(1);
    for one in asking {
        assert_eq!(parts(one.await.unwrap()), live(true));
    }
    assert_eq!(service.count(), 1);
}

#[test]
fn threads_that_ask_the_same_at_once_share_one_request() {
    const THREADS: usize = 6;
    const ROUNDS: usize = 1_000;
    let service = Service::status(200);
    // With the machine's own clock, which threads read in another order than they join.
    let client = AuthressClient::builder(DOMAIN).access_key(access_key());
    let client = client
        .transport(service.clone())
        .decision_cache(cache())
        .build()
        .unwrap();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
    let turn = std::sync::Barrier::new(THREADS);
    let ask = || {
        for round in 0..ROUNDS {
            let resource = format!("documents/{round}");
            turn.wait();
            assert!(
                runtime
                    .block_on(client.is_authorized("user-1", &resource, "read"))
                    .unwrap()
            );
        }
    };
    std::thread::scope(|scope| (0..THREADS).for_each(|_| drop(scope.spawn(ask))));
    assert_eq!(service.count(), ROUNDS);
}

#[tokio::test]
async fn a_failure_is_shared_as_well_and_is_the_same_for_all() {
    let service = Service::answering(|_| Ok(answer(403, r#"{"errorCode":"NotYours","errorId":"e-1"}"#)));
    let client = client(&service, &Ticks::new(), cache());
    service.hold();
    let asking = together(&client, 100).await;
    service.has_been_asked(1).await;
    service.let_go(1);
    for one in asking {
        let error = one.await.unwrap().unwrap_err();
        assert!(error.is_not_permitted_to_ask());
        assert_eq!((error.code(), error.error_id()), (Some("NotYours"), Some("e-1")));
    }
    assert_eq!(service.count(), 1);
}

#[tokio::test]
async fn whoever_began_may_go_and_the_others_are_answered_by_the_same_request() {
    let service = Service::status(200);
    let client = client(&service, &Ticks::new(), cache());
    service.hold();
    let mut asking = together(&client, 10).await;
    service.has_been_asked(1).await;
    let first = asking.remove(0);
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    service.let_go(1);
    for one in asking {
        assert_eq!(parts(one.await.unwrap()), live(true));
    }
    assert_eq!(service.count(), 1);
}

#[test]
fn when_the_runtime_of_whoever_began_ends_somebody_else_begins_again() {
    let service = Service::status(200);
    let client = client(&service, &Ticks::new(), cache());
    service.hold();
    let first = runtime();
    first.block_on(async {
        drop(together(&client, 1).await);
        service.has_been_asked(1).await;
    });
    let second = runtime();
    let asking = second.block_on(together(&client, 1)).remove(0);
    drop(first);
    service.let_go(1);
    let decision = second.block_on(asking).unwrap();
    assert_eq!(parts(decision), live(true));
    assert_eq!(service.count(), 2);
}

#[tokio::test]
async fn what_was_asked_before_an_invalidation_is_neither_shared_nor_kept_after_it() {
    type Invalidate = fn(&DecisionCache);
    let ways: [Invalidate; 3] = [
        |cache| cache.invalidate("user-1"),
        |cache| cache.invalidate_resource("documents"),
        |cache| cache.invalidate_all(),
    ];
    for invalidate in ways {
        let service = Service::status(200);
        let client = client(&service, &Ticks::new(), cache());
        service.hold();
        let before = together(&client, 1).await.remove(0);
        service.has_been_asked(1).await;
        // The service changes its mind, and says so.
        service.set_status(404);
        invalidate(client.decision_cache().unwrap());
        let after = together(&client, 1).await.remove(0);
        service.has_been_asked(2).await;
        service.let_go(2);
        assert_eq!(parts(before.await.unwrap()), live(true));
        assert_eq!(parts(after.await.unwrap()), live(false));
        assert_eq!(parts(check(&client).await), cached(false, 0));
        assert_eq!(service.count(), 2);
    }
}

#[tokio::test]
async fn an_older_answer_that_comes_later_does_not_replace_a_newer_one() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache());
    service.hold();
    let older = together(&client, 1).await.remove(0);
    service.has_been_asked(1).await;
    // So long that nobody joins it any more.
    clock.advance(40_000);
    service.set_status(404);
    let newer = together(&client, 1).await.remove(0);
    service.has_been_asked(2).await;
    service.let_go(2);
    let _ = older.await.unwrap();
    assert_eq!(parts(newer.await.unwrap()), live(false));
    assert!(!check(&client).await.unwrap().allowed);
}

#[tokio::test]
async fn a_question_that_is_older_than_a_decision_may_be_is_not_joined() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(
        &service,
        &clock,
        cache()
            .ttl(std::time::Duration::from_millis(500))
            .deny_ttl(std::time::Duration::ZERO),
    );
    service.hold();
    let first = together(&client, 1).await.remove(0);
    service.has_been_asked(1).await;
    clock.advance(499);
    let joined = together(&client, 1).await.remove(0);
    clock.advance(1);
    service.set_status(404);
    let anew = together(&client, 1).await.remove(0);
    service.has_been_asked(2).await;
    service.let_go(2);
    assert_eq!(parts(first.await.unwrap()), live(true));
    assert_eq!(parts(joined.await.unwrap()), live(true));
    assert_eq!(parts(anew.await.unwrap()), live(false));
    assert_eq!(service.count(), 2);
}

#[tokio::test]
async fn whose_token_has_ended_joins_nobody() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache());
    let token = super::support::user_token(|claims| claims["exp"] = serde_json::json!(super::support::NOW + 10));
    let as_user = client.with_user_token(&token).unwrap();
    service.hold();
    let first = together(&as_user, 1).await.remove(0);
    service.has_been_asked(1).await;
    clock.advance(10_000);
    service.set_status(401);
    let second = together(&as_user, 1).await.remove(0);
    service.has_been_asked(2).await;
    service.let_go(2);
    assert_eq!(parts(first.await.unwrap()), live(true));
    assert!(second.await.unwrap().unwrap_err().is_unauthenticated());
}

#[test]
fn a_question_that_nobody_drives_is_no_outage_and_is_joined_no_more() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let cache = cache().stale_if_unavailable(Duration::from_secs(600));
    let client = client(&service, &clock, cache);
    let (idle, busy) = (runtime(), runtime());
    assert_eq!(parts(idle.block_on(check(&client))), live(true));
    clock.advance(60_000);
    service.set_status(404);
    service.hold();
    idle.block_on(async {
        drop(together(&client, 1).await);
        service.has_been_asked(2).await;
    });
    service.let_go(100);
    // The runtime is there, and stands still.
    busy.block_on(async {
        let joined = together(&client, 1).await.remove(0);
        clock.has_sleeper(32_000).await;
        clock.advance(32_000);
        let error = joined.await.unwrap().unwrap_err();
        assert!(error.is_timeout() && !error.is_denied());
        assert_eq!(parts(check(&client).await), live(false));
    });
    drop(idle);
}

#[tokio::test]
async fn whoever_has_a_clock_that_is_a_little_behind_joins_as_well() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache());
    service.hold();
    let first = together(&client, 1).await.remove(0);
    service.has_been_asked(1).await;
    clock.advance(-1);
    let second = together(&client, 1).await.remove(0);
    service.let_go(1);
    assert_eq!(parts(first.await.unwrap()), live(true));
    assert_eq!(parts(second.await.unwrap()), live(true));
    assert_eq!(service.count(), 1);
}

#[tokio::test]
async fn a_yes_that_overlapped_with_a_no_is_not_kept_whatever_the_clock_says() {
    let life = Duration::from_millis(500);
    // The life of the first answer is over when it comes; then the clock goes on, stands still, or is set back by a little.
    for until_second in [200, 0, -300] {
        for (first_status, second_status) in [(200, 404), (404, 200)] {
            let (service, clock) = (Service::status(first_status), Ticks::new());
            let cache = cache().ttl(life).deny_ttl(life);
            let client = client(&service, &clock, cache.stale_if_unavailable(Duration::from_secs(600)));
            service.hold();
            let first = together(&client, 1).await.remove(0);
            service.has_been_asked(1).await;
            clock.advance(600);
            service.set_status(second_status);
            let second = together(&client, 1).await.remove(0);
            service.has_been_asked(2).await;
            service.let_go(1);
            assert_eq!(parts(first.await.unwrap()), live(first_status == 200));
            clock.advance(until_second);
            service.let_go(100);
            assert_eq!(parts(second.await.unwrap()), live(second_status == 200));
            service.is_down();
            let known = check(&client).await;
            assert!(
                !known.is_ok_and(|decision| decision.allowed),
                "{until_second} {first_status}"
            );
        }
    }
}
