//! For how long a decision is used.

use super::*;

#[tokio::test]
async fn an_allowed_is_used_for_its_ttl_and_not_a_millisecond_longer() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache());
    assert_eq!(parts(check(&client).await), live(true));
    assert_eq!(parts(check(&client).await), cached(true, 0));
    clock.advance(59_999);
    assert_eq!(parts(check(&client).await), cached(true, 59_999));
    assert_eq!(service.count(), 1);
    clock.advance(1);
    assert_eq!(parts(check(&client).await), live(true));
    assert_eq!(service.count(), 2);
}

#[tokio::test]
async fn a_denied_has_a_life_of_its_own() {
    let (service, clock) = (Service::status(404), Ticks::new());
    let client = client(&service, &clock, cache());
    assert_eq!(parts(check(&client).await), live(false));
    clock.advance(9_999);
    assert_eq!(parts(check(&client).await), cached(false, 9_999));
    let error = client
        .authorize_user("user-1", "documents/42", "read")
        .await
        .unwrap_err();
    assert!(error.is_denied());
    assert!(!client.is_authorized("user-1", "documents/42", "read").await.unwrap());
    assert_eq!(service.count(), 1);
    clock.advance(1);
    service.set_status(200);
    assert_eq!(parts(check(&client).await), live(true));
}

#[tokio::test]
async fn a_denied_of_no_life_is_never_used_and_leaves_no_allowed_behind() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let hour = Duration::from_secs(3_600);
    let client = client(
        &service,
        &clock,
        cache().deny_ttl(Duration::ZERO).stale_if_unavailable(hour),
    );
    assert_eq!(parts(check(&client).await), live(true));
    clock.advance(60_000);
    service.set_status(404);
    for _ in 0..2 {
        assert_eq!(parts(check(&client).await), live(false));
    }
    service.is_down();
    assert_eq!(parts(check(&client).await), stale(false, 0));
}

#[tokio::test]
async fn the_life_of_a_decision_is_counted_from_when_the_service_was_asked() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache());
    service.hold();
    let first = tokio::spawn({
        let client = client.clone();
        async move { check(&client).await }
    });
    service.has_been_asked(1).await;
    clock.advance(29_000);
    service.let_go(1);
    assert_eq!(parts(first.await.unwrap()), live(true));
    clock.advance(30_999);
    assert_eq!(parts(check(&client).await), cached(true, 59_999));
    clock.advance(1);
    service.let_go(1);
    assert_eq!(parts(check(&client).await), live(true));
}

#[tokio::test]
async fn cache_control_shortens_a_life_and_never_lengthens_it() {
    for (header, life) in [
        ("max-age=5", 5_000),
        ("private, max-age=86400", 60_000),
        ("max-age=0", 0),
        ("max-age=nonsense", 0),
        ("no-store", 0),
        ("no-cache, max-age=60", 0),
    ] {
        let service = Service::answering(move |_| {
            let mut answer = answer(200, "");
            let header = http::HeaderValue::from_static(header);
            answer.headers_mut().insert(http::header::CACHE_CONTROL, header);
            Ok(answer)
        });
        let clock = Ticks::new();
        let client = client(&service, &clock, cache());
        assert_eq!(parts(check(&client).await), live(true));
        if life > 0 {
            clock.advance(life - 1);
            assert!(
                matches!(check(&client).await.unwrap().source, DecisionSource::Cached { .. }),
                "{header}"
            );
            clock.advance(1);
        }
        assert_eq!(parts(check(&client).await), live(true), "{header}");
        assert_eq!(service.count(), 2, "{header}");
    }
}

#[tokio::test]
async fn what_is_neither_a_yes_nor_a_no_is_not_kept() {
    for (status, body) in [
        (400, ""),
        (401, ""),
        (402, ""),
        (403, ""),
        (404, "<html>no such page</html>"),
        (429, ""),
        (500, ""),
        (503, ""),
        (200, "<html>log in</html>"),
        (204, ""),
    ] {
        let service = Service::answering(move |_| Ok(answer(status, body)));
        let client = client(&service, &Ticks::new(), cache());
        for _ in 0..2 {
            let error = check(&client).await.unwrap_err();
            assert!(!error.is_denied(), "{status}");
        }
        assert_eq!(service.count(), 2, "{status}");
    }
}

#[tokio::test]
async fn decisions_from_the_future_of_a_clock_that_was_set_back_do_not_count() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache());
    assert_eq!(parts(check(&client).await), live(true));
    clock.advance(-1);
    assert_eq!(parts(check(&client).await), live(true));
    assert_eq!(service.count(), 2);
}

#[tokio::test]
async fn the_number_of_decisions_that_are_kept_is_bounded() {
    let service = Service::status(200);
    let client = client(&service, &Ticks::new(), cache().capacity(100));
    for number in 0..1_000 {
        assert!(
            client
                .is_authorized("user-1", format!("documents/{number}"), "read")
                .await
                .unwrap()
        );
    }
    let shown = format!("{:?}", client.decision_cache().unwrap());
    let (_, kept) = shown.split_once("kept: ").unwrap();
    let kept: usize = kept.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().unwrap();
    assert!((50..=110).contains(&kept), "{shown}");
}

#[tokio::test]
async fn the_operation_itself_always_asks() {
    let service = Service::status(200);
    let client = client(&service, &Ticks::new(), cache());
    for _ in 0..2 {
        client
            .user_permissions()
            .authorize_user("user-1", "documents/42", "read")
            .await
            .unwrap();
    }
    assert_eq!(service.count(), 2);
}

#[tokio::test]
async fn a_client_that_was_not_told_to_keeps_nothing() {
    let service = Service::status(200);
    let builder = AuthressClient::builder(DOMAIN).access_key(access_key());
    let client = builder.transport(service.clone()).build().unwrap();
    assert!(client.decision_cache().is_none());
    for _ in 0..2 {
        assert_eq!(parts(check(&client).await), live(true));
    }
    assert_eq!(service.count(), 2);
}

#[test]
fn settings_that_cannot_be_used_are_refused_by_name() {
    let day = Duration::from_secs(24 * 3_600);
    let over = day + Duration::from_nanos(1);
    let second = Duration::from_secs(1);
    for cache in [
        cache().ttl(Duration::ZERO),
        cache().ttl(over),
        cache().deny_ttl(over),
        cache().capacity(0),
        cache().capacity(DecisionCache::MAX_CAPACITY + 1),
        cache().stale_if_unavailable(Duration::from_millis(59_999)),
        cache().stale_if_unavailable(over),
        cache().ttl(second).stale_if_unavailable(second),
        cache().stale_if_slow(second, second),
        cache().stale_if_slow(second, over),
        cache().stale_if_slow(over, day),
    ] {
        let shown = format!("{cache:?}");
        let error = AuthressClient::builder(DOMAIN)
            .decision_cache(cache)
            .build()
            .unwrap_err();
        assert_eq!(error.argument(), Some("decision_cache"), "{shown}");
    }
    let longest = cache()
        .ttl(day)
        .deny_ttl(day)
        .stale_if_unavailable(day)
        .stale_if_slow(day, day);
    assert!(AuthressClient::builder(DOMAIN).decision_cache(longest).build().is_ok());
}

#[tokio::test]
async fn after_a_clock_was_set_back_nothing_from_before_comes_to_life_again() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache());
    assert_eq!(parts(check(&client).await), live(true));
    clock.advance(-100_000);
    service.set_status(404);
    assert_eq!(parts(check(&client).await), live(false));
    clock.advance(100_000);
    assert_eq!(parts(check(&client).await), live(false));
}

#[tokio::test]
async fn the_first_answer_after_a_clock_was_set_back_is_a_new_one() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = client(&service, &clock, cache());
    assert_eq!(parts(check(&client).await), live(true));
    clock.advance(59_000);
    assert_eq!(parts(check(&client).await), cached(true, 59_000));
    clock.advance(-50_000);
    assert_eq!(parts(check(&client).await), live(true));
}

#[tokio::test]
async fn what_cannot_be_sent_and_what_is_longer_than_any_question_takes_no_room() {
    let service = Service::status(200);
    let client = client(&service, &Ticks::new(), cache());
    for number in 0..10 {
        assert!(
            client
                .check_user("..", format!("documents/{number}"), "read")
                .await
                .is_err()
        );
        let long = format!("{number}").repeat(5_000);
        assert!(client.is_authorized("user-1", &long, "read").await.unwrap());
        assert!(client.is_authorized("user-1", &long, "read").await.unwrap());
    }
    assert_eq!(service.count(), 20);
    let shown = format!("{:?}", client.decision_cache().unwrap());
    assert!(shown.contains("kept: 0"), "{shown}");
}
