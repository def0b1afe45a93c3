//! When a decision is used that has outlived its life, since the service cannot be asked.

use super::*;

fn cache_for_outages() -> DecisionCacheBuilder {
    cache().stale_if_unavailable(Duration::from_secs(600))
}

async fn warm(service: &Service, clock: &Ticks, cache: DecisionCacheBuilder) -> AuthressClient {
    let client = client(service, clock, cache);
    assert_eq!(parts(check(&client).await), live(true));
    clock.advance(60_000);
    client
}

#[tokio::test]
async fn while_the_service_cannot_be_asked_a_decision_holds_for_its_max_age_and_not_longer() {
    let outages: [fn() -> Outcome; 7] = [
        || Err(Error::connect("refused")),
        || Err(Error::connect_timeout("late")),
        || Err(Error::timeout(None, "late")),
        || Err(Error::interrupted(None, "reset")),
        || Err(Error::token("no signer")),
        || Ok(answer(500, "")),
        || Ok(answer(503, "<html>")),
    ];
    for (number, outage) in outages.into_iter().enumerate() {
        let (service, clock) = (Service::status(200), Ticks::new());
        let client = warm(&service, &clock, cache_for_outages()).await;
        service.set(move |_| outage());
        assert_eq!(parts(check(&client).await), stale(true, 60_000), "{number}");
        clock.advance(539_999);
        assert_eq!(parts(check(&client).await), stale(true, 599_999), "{number}");
        clock.advance(1);
        assert!(!check(&client).await.unwrap_err().is_denied(), "{number}");
        // What was never asked for has no answer.
        assert!(
            client.check_user("user-1", "documents/43", "read").await.is_err(),
            "{number}"
        );
        // The service was tried each time.
        assert_eq!(service.count(), 5, "{number}");
    }
}

#[tokio::test]
async fn what_the_service_says_is_never_overridden_by_what_it_said_before() {
    let answers: [fn() -> Outcome; 8] = [
        || Ok(answer(401, "")),
        || Ok(answer(402, "")),
        || Ok(answer(403, "")),
        || Ok(answer(404, "<html>")),
        || Ok(answer(429, "")),
        || Ok(answer(200, "<html>")),
        || Err(Error::interrupted(Some(answer(404, "")), "reset")),
        || Err(Error::timeout(Some(answer(403, "")), "late")),
    ];
    for (number, said) in answers.into_iter().enumerate() {
        let (service, clock) = (Service::status(200), Ticks::new());
        let client = warm(&service, &clock, cache_for_outages()).await;
        service.set(move |_| said());
        assert!(!check(&client).await.unwrap_err().is_denied(), "{number}");
        // Nor afterwards, save after a 429, which says nothing of the question.
        service.is_down();
        assert_eq!(check(&client).await.is_ok(), number == 4, "{number}");
    }
}

#[tokio::test]
async fn a_no_of_today_is_not_overridden_by_a_yes_of_yesterday() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = warm(&service, &clock, cache_for_outages()).await;
    service.set_status(404);
    assert_eq!(parts(check(&client).await), live(false));
    service.is_down();
    clock.advance(10_000);
    assert_eq!(parts(check(&client).await), stale(false, 10_000));
}

#[tokio::test]
async fn the_first_live_answer_replaces_the_stale_one() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = warm(&service, &clock, cache_for_outages()).await;
    service.is_down();
    assert_eq!(parts(check(&client).await), stale(true, 60_000));
    service.set_status(404);
    assert_eq!(parts(check(&client).await), live(false));
    assert_eq!(parts(check(&client).await), cached(false, 0));
}

#[tokio::test]
async fn without_the_setting_an_outage_fails_every_question_that_has_no_fresh_answer() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = warm(&service, &clock, cache()).await;
    service.is_down();
    assert!(check(&client).await.unwrap_err().is_connect());
}

#[tokio::test]
async fn what_was_given_up_is_not_used_in_an_outage() {
    type Invalidate = fn(&DecisionCache);
    let ways: [Invalidate; 3] = [
        |cache| cache.invalidate("user-1"),
        |cache| cache.invalidate_resource("/documents/*"),
        |cache| cache.invalidate_all(),
    ];
    for invalidate in ways {
        let (service, clock) = (Service::status(200), Ticks::new());
        let client = warm(&service, &clock, cache_for_outages()).await;
        service.is_down();
        assert_eq!(parts(check(&client).await), stale(true, 60_000));
        invalidate(client.decision_cache().unwrap());
        assert!(check(&client).await.unwrap_err().is_connect());
    }
}

#[tokio::test]
async fn what_is_given_up_while_the_service_is_tried_is_not_used_either() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = warm(&service, &clock, cache_for_outages()).await;
    service.is_down();
    service.hold();
    let asking = tokio::spawn({
        let client = client.clone();
        async move { check(&client).await }
    });
    service.has_been_asked(2).await;
    client.decision_cache().unwrap().invalidate("user-1");
    service.let_go(1);
    assert!(asking.await.unwrap().unwrap_err().is_connect());
}

#[tokio::test]
async fn a_service_that_wants_to_be_asked_again_is_obeyed_in_an_outage() {
    let service = Service::answering(|_| {
        let mut answer = answer(200, "");
        let header = http::HeaderValue::from_static("max-age=30, must-revalidate");
        answer.headers_mut().insert(http::header::CACHE_CONTROL, header);
        Ok(answer)
    });
    let clock = Ticks::new();
    let client = warm(&service, &clock, cache_for_outages()).await;
    service.is_down();
    assert!(check(&client).await.unwrap_err().is_connect());
}

#[tokio::test]
async fn a_no_ends_the_yes_before_it_also_when_something_else_was_given_up_meanwhile() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = warm(&service, &clock, cache_for_outages()).await;
    service.set_status(404);
    service.hold();
    let asking = tokio::spawn({
        let client = client.clone();
        async move { check(&client).await }
    });
    service.has_been_asked(2).await;
    client.decision_cache().unwrap().invalidate_resource("plans/7");
    service.let_go(100);
    assert_eq!(parts(asking.await.unwrap()), live(false));
    service.is_down();
    assert!(check(&client).await.unwrap_err().is_connect());
}

#[tokio::test]
async fn a_write_that_cannot_be_sent_in_an_outage_takes_nothing_from_those_who_ask() {
    let (service, clock) = (Service::status(200), Ticks::new());
    let client = warm(&service, &clock, cache_for_outages()).await;
    service.is_down();
    let error = client.access_records().delete_record("r").await.unwrap_err();
    assert!(!error.was_sent());
    assert_eq!(parts(check(&client).await), stale(true, 60_000));
}

#[tokio::test]
async fn what_the_service_says_to_an_earlier_attempt_is_not_overridden_either() {
    let answers: [fn() -> Outcome; 5] = [
        || Err(Error::interrupted(Some(answer(404, "")), "reset")),
        || Err(Error::interrupted(Some(answer(403, "")), "reset")),
        || Err(Error::timeout(Some(answer(401, "")), "late")),
        || Ok(answer(429, "")),
        || Ok(answer(425, "")),
    ];
    let outages: [fn() -> Outcome; 2] = [|| Err(Error::connect("refused")), || Ok(answer(503, ""))];
    for (number, said) in answers.into_iter().enumerate() {
        for outage in outages {
            let (service, clock) = (Service::status(200), Ticks::new());
            let client = AuthressClient::builder(DOMAIN).access_key(access_key());
            let client = client.transport(service.clone()).clock(clock.clone());
            let retry = RetryPolicy::new()
                .initial_backoff(Duration::ZERO)
                .max_backoff(Duration::ZERO);
            let client = client.retry(retry).decision_cache(cache_for_outages()).build().unwrap();
            assert!(check(&client).await.unwrap().allowed);
            clock.advance(60_000);
            let attempts = Mutex::new(0);
            service.set(move |_| {
                *attempts.lock().unwrap() += 1;
                if *attempts.lock().unwrap() == 2 {
                    said()
                } else {
                    outage()
                }
            });
            let error = check(&client).await.unwrap_err();
            assert!(
                !error.is_denied() && error.earlier_status().is_some(),
                "{number} {error}"
            );
            assert_eq!(service.count(), 1 + 5, "{number}");
            // What is known by then: nothing, unless the service just wanted to be asked later.
            service.is_down();
            assert_eq!(check(&client).await.is_ok(), number == 3, "{number}");
        }
    }
}
