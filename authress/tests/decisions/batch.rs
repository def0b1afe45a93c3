//! Many questions at once.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::*;

/// Answers by the resource: `allowed/..`, `denied/..`, and anything else fails.
fn by_resource() -> Service {
    Service::answering(|request| {
        let path = request.uri().path();
        let status = match path {
            _ if path.contains("/allowed%2F") => 200,
            _ if path.contains("/denied%2F") => 404,
            _ => 503,
        };
        Ok(answer(status, ""))
    })
}

/// A client that keeps nothing.
fn asking(service: &Service) -> AuthressClient {
    let builder = AuthressClient::builder(DOMAIN).access_key(access_key());
    let builder = builder.transport(service.clone()).retry(RetryPolicy::none());
    builder.build().unwrap()
}

fn about(resource: &str) -> (&'static str, String, &'static str) {
    ("user-1", resource.to_owned(), "read")
}

#[tokio::test]
async fn decisions_come_in_the_order_of_the_questions_and_each_question_is_asked_once() {
    let service = by_resource();
    let resources = [
        "allowed/1",
        "denied/1",
        "allowed/1",
        "allowed/2",
        "denied/1",
        "allowed/1",
    ];
    let decisions = asking(&service).check_many(resources.map(about)).await.unwrap();
    let allowed: Vec<_> = decisions.iter().map(|decision| decision.allowed).collect();
    assert_eq!(allowed, [true, false, true, true, false, true]);
    assert_eq!(service.count(), 3);
    assert!(
        asking(&service)
            .check_many(Vec::<(String, String)>::new())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn the_first_question_without_an_answer_fails_all_and_nothing_more_is_asked() {
    let service = by_resource();
    let questions =
        (0..100).map(|number| about(&format!("{}/{number}", if number == 2 { "broken" } else { "allowed" })));
    let error = asking(&service).check_many(questions).concurrency(1).await.unwrap_err();
    assert!(error.is_server_error());
    assert_eq!(service.count(), 3);
}

#[tokio::test]
async fn partial_results_have_every_answer_and_every_error_in_its_place() {
    let service = by_resource();
    let resources = ["allowed/1", "broken/1", "denied/1", "..", "broken/1"];
    let answers = asking(&service).check_many(resources.map(about)).each().await;
    let shown: Vec<_> = answers
        .iter()
        .map(|answer| match answer {
            Ok(decision) => decision.allowed.to_string(),
            Err(error) => error
                .status()
                .map_or("not sent".to_owned(), |status| status.to_string()),
        })
        .collect();
    let unavailable = "503 Service Unavailable";
    assert_eq!(shown, ["true", unavailable, "false", "not sent", unavailable]);
    assert_eq!(service.count(), 3);
}

#[tokio::test]
async fn answers_are_told_as_they_come_each_with_its_place() {
    let service = by_resource();
    let resources = ["allowed/1", "denied/1", "allowed/1"];
    let checks = asking(&service).check_many(resources.map(about)).stream();
    let mut answers: Vec<_> = checks
        .map(|(place, answer)| (place, answer.unwrap().allowed))
        .collect()
        .await;
    answers.sort_unstable();
    assert_eq!(answers, [(0, true), (1, false), (2, true)]);
}

#[tokio::test]
async fn no_more_questions_are_with_the_service_at_a_time_than_was_said() {
    let service = by_resource();
    let client = asking(&service);
    service.hold();
    let checking = tokio::spawn(async move {
        let questions = (0..100).map(|number| about(&format!("allowed/{number}")));
        client.check_many(questions).concurrency(7).await
    });
    service.has_been_asked(7).await;
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(service.count(), 7);
    service.let_go(100);
    assert_eq!(checking.await.unwrap().unwrap().len(), 100);
    assert_eq!(service.count(), 100);
}

#[tokio::test]
async fn all_are_authorized_when_each_is_and_the_first_that_is_not_ends_it() {
    let service = by_resource();
    let client = asking(&service);
    client
        .authorize_all([about("allowed/1"), about("allowed/2")])
        .await
        .unwrap();
    let before = service.count();
    let questions = ["allowed/1", "denied/1", "broken/1", "allowed/2"].map(about);
    let error = client
        .authorize_all(questions.clone())
        .concurrency(1)
        .await
        .unwrap_err();
    assert!(error.is_denied());
    assert_eq!(service.count(), before + 2);
    let [allowed, _, broken, _] = questions;
    assert!(
        client
            .authorize_all([allowed, broken])
            .await
            .unwrap_err()
            .is_server_error()
    );
}

#[tokio::test]
async fn any_is_authorized_when_one_is_and_nothing_more_is_asked() {
    let service = by_resource();
    let client = asking(&service);
    let questions = ["denied/1", "broken/1", "allowed/1", "allowed/2"].map(about);
    assert_eq!(client.authorize_any(questions).concurrency(1).await.unwrap(), 2);
    assert_eq!(service.count(), 3);
    // Only when every question was answered it is a no.
    for resources in [["denied/1", "broken/1"], ["broken/1", "denied/1"]] {
        let error = client.authorize_any(resources.map(about)).await.unwrap_err();
        assert!(error.is_server_error());
    }
    assert!(
        client
            .authorize_any(["denied/1", "denied/2"].map(about))
            .await
            .unwrap_err()
            .is_denied()
    );
}

#[tokio::test]
async fn no_question_is_no_permission() {
    let service = by_resource();
    let client = asking(&service);
    let none = Vec::<(String, String, String)>::new;
    assert_eq!(
        client.authorize_all(none()).await.unwrap_err().argument(),
        Some("questions")
    );
    assert_eq!(
        client.authorize_any(none()).await.unwrap_err().argument(),
        Some("questions")
    );
    assert_eq!(service.count(), 0);
}

#[tokio::test]
async fn what_may_be_seen_stays_in_its_order_and_a_failure_hides_nothing() {
    let service = by_resource();
    let client = asking(&service);
    let items = ["allowed/3", "denied/1", "allowed/1", "allowed/3"];
    let seen = client.filter_authorized(items, |item| about(item)).await.unwrap();
    assert_eq!(seen, ["allowed/3", "allowed/1", "allowed/3"]);
    assert_eq!(service.count(), 3);
    let error = client
        .filter_authorized(["allowed/1", "broken/1"], |item| about(item))
        .await
        .unwrap_err();
    assert!(error.is_server_error());

    let stream = client.filter_authorized(items, |item| about(item)).stream();
    assert_eq!(
        stream.try_collect::<Vec<_>>().await.unwrap(),
        ["allowed/3", "allowed/1", "allowed/3"]
    );
}

#[tokio::test]
async fn a_stream_passes_errors_on_in_their_places_and_goes_on() {
    let service = by_resource();
    let client = asking(&service);
    let items = stream::iter([
        Ok("allowed/1"),
        Err(Error::interrupted(None, "the list broke off")),
        Ok("broken/1"),
        Ok("denied/1"),
        Ok("allowed/2"),
    ]);
    let seen = client
        .filter_authorized_stream(items, |item: &&str| about(item))
        .concurrency(2)
        .stream();
    let seen: Vec<_> = seen
        .map(|item| item.map_err(|error| error.is_interrupted()))
        .collect()
        .await;
    assert_eq!(seen, [Ok("allowed/1"), Err(true), Err(false), Ok("allowed/2")]);
}

#[tokio::test]
async fn a_stream_is_read_only_as_far_ahead_as_questions_are_asked_at_a_time() {
    let service = by_resource();
    let client = asking(&service);
    let read = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&read);
    let items = stream::iter(0..1_000).map(move |number| {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok(number)
    });
    let mut seen = client
        .filter_authorized_stream(items, |number| about(&format!("allowed/{number}")))
        .concurrency(4)
        .stream();
    assert_eq!(seen.try_next().await.unwrap(), Some(0));
    assert!(read.load(Ordering::SeqCst) <= 5);
    drop(seen);
    assert!(service.count() <= 5);
}

#[tokio::test]
async fn a_concurrency_of_zero_or_beyond_the_most_is_refused_by_name() {
    let service = by_resource();
    let client = asking(&service);
    let one = || [about("allowed/1")];
    let mut refused = vec![
        client.check_many(one()).concurrency(0).await.unwrap_err(),
        client.check_many(one()).concurrency(4_097).await.unwrap_err(),
        client
            .check_many(one())
            .concurrency(0)
            .each()
            .await
            .remove(0)
            .unwrap_err(),
        client.authorize_all(one()).concurrency(0).await.unwrap_err(),
        client.authorize_any(one()).concurrency(0).await.unwrap_err(),
        client
            .filter_authorized(["allowed/1"], |item| about(item))
            .concurrency(0)
            .await
            .unwrap_err(),
    ];
    let stream = client
        .filter_authorized(["allowed/1"], |item| about(item))
        .concurrency(0)
        .stream();
    refused.push(stream.try_collect::<Vec<_>>().await.unwrap_err());
    for error in refused {
        assert_eq!(error.argument(), Some("concurrency"));
    }
    assert_eq!(service.count(), 0);
}

#[tokio::test]
async fn questions_about_oneself_need_a_users_token() {
    let service = by_resource();
    let client = asking(&service);
    let error = client.check_many([("allowed/1", "read")]).await.unwrap_err();
    assert_eq!(error.argument(), Some("token"));
    let as_user = client.with_user_token(&super::support::user_token(|_| {})).unwrap();
    assert!(as_user.check_many([("allowed/1", "read")]).await.unwrap()[0].allowed);
    assert_eq!(
        service.paths(),
        ["/v1/users/user-1/resources/allowed%2F1/permissions/read"]
    );
}
