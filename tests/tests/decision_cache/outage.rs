//! The service is away.

use super::*;

const MAX_AGE: u64 = 600;

/// A server on a file, so that it is the same one when it comes back.
async fn start(path: &std::path::Path, port: u16, clock: &StoppedClock) -> AuthressLocal {
    let clock = clock.clone();
    let builder = AuthressLocal::builder().data_file(path).port(port);
    builder.clock(move || clock.time()).start().await.unwrap()
}

/// A thousand questions, every third of which is answered with yes.
fn questions() -> impl Iterator<Item = (String, String, &'static str, bool)> {
    (0..1_000).map(|number| {
        let resource = format!("documents/{number}");
        (format!("user-{}", number % 3), resource, "read", number % 3 == 0)
    })
}

#[tokio::test]
async fn through_an_outage_what_is_warm_holds_for_its_max_age_and_what_is_cold_cannot_be_asked() {
    let directory = tempfile::tempdir().unwrap();
    let (path, clock) = (directory.path().join("data.json"), StoppedClock::at(START));
    let local = start(&path, 0, &clock).await;
    let url = local.url().to_owned();
    local.grant("user-0", "documents/*", ["read"]);
    let key = local.owner_access_key().to_owned();
    let client_of = |cache| {
        let builder = AuthressClient::builder(&url)
            .access_key(key.as_str())
            .clock(clock.clone());
        builder
            .retry(RetryPolicy::none())
            .decision_cache(cache)
            .build()
            .unwrap()
    };
    let prepared = client_of(cache().stale_if_unavailable(Duration::from_secs(MAX_AGE)));
    let unprepared = client_of(cache());
    for client in [&prepared, &unprepared] {
        let asked = questions().map(|(user, resource, permission, _)| (user, resource, permission));
        let decisions = client.check_many(asked).await.unwrap();
        for (decision, (.., allowed)) in decisions.into_iter().zip(questions()) {
            assert!(decision.allowed == allowed && is_live(decision));
        }
    }

    local.stop().await;
    // What is fresh is not asked for; then everything is stale, to its last second.
    for (seconds, source) in [(59, "cached"), (60, "stale"), (MAX_AGE - 1, "stale")] {
        clock.advance(START + seconds - seconds_of(&clock));
        for (user, resource, permission, allowed) in questions() {
            let decision = prepared.check_user(&user, &resource, permission).await.unwrap();
            // A denied lives shorter.
            let source = if allowed { source } else { "stale" };
            assert_eq!(
                (decision.allowed, decision.source.as_str()),
                (allowed, source),
                "{user} {resource} {seconds}"
            );
            assert_eq!(decision.source.age(), Some(Duration::from_secs(seconds)));
        }
        let cold = prepared
            .check_user("user-0", "documents/cold", "read")
            .await
            .unwrap_err();
        assert!(cold.is_connect() && !cold.is_denied());
    }
    for (user, resource, permission, _) in questions() {
        let error = unprepared.check_user(&user, &resource, permission).await.unwrap_err();
        assert!(error.is_connect());
    }
    clock.advance(1);
    for (user, resource, permission, _) in questions() {
        let error = prepared.check_user(&user, &resource, permission).await.unwrap_err();
        assert!(error.is_connect());
    }
}

#[tokio::test]
async fn when_the_service_is_back_the_first_live_answer_replaces_the_stale_one() {
    let directory = tempfile::tempdir().unwrap();
    let (path, clock) = (directory.path().join("data.json"), StoppedClock::at(START));
    let local = start(&path, 0, &clock).await;
    let port = local.address().port();
    let record = local.grant("user-1", "documents/42", ["read"]);
    let client = client(
        &local,
        &clock,
        cache().stale_if_unavailable(Duration::from_secs(MAX_AGE)),
    );
    assert!(client.is_authorized("user-1", "documents/42", "read").await.unwrap());

    local.stop().await;
    clock.advance(61);
    let decision = client.check_user("user-1", "documents/42", "read").await.unwrap();
    assert!(
        decision.allowed
            && decision.source
                == DecisionSource::Stale {
                    age: Duration::from_secs(61)
                }
    );

    // It is back, and access is taken away by somebody else.
    let local = start(&path, port, &clock).await;
    tests::owner_at(&local, &clock)
        .access_records()
        .delete_record(record)
        .await
        .unwrap();
    let decision = client.check_user("user-1", "documents/42", "read").await.unwrap();
    assert!(!decision.allowed && is_live(decision));
    local.stop().await;
    clock.advance(60);
    let decision = client.check_user("user-1", "documents/42", "read").await.unwrap();
    assert!(!decision.allowed && !is_live(decision));
}

fn seconds_of(clock: &StoppedClock) -> u64 {
    clock.time().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}
