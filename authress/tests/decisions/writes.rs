//! Decisions that are given up since the client itself has changed something.

use authress::models::{AccessRecord, Group, Role, Statement};
use authress::{http::Method, models::PermissionObject};

use super::*;

/// Answers writes with `status`, and allows everything that is asked.
fn writing(status: u16) -> Service {
    Service::answering(move |request| {
        if request.method() == Method::GET {
            return Ok(answer(200, ""));
        }
        Ok(answer(status, "{}"))
    })
}

/// Which of the questions about two users at two resources are still kept after `write`.
async fn left_after<F: Future<Output = ()>>(status: u16, write: impl FnOnce(AuthressClient) -> F) -> [bool; 3] {
    let service = writing(status);
    let client = client(&service, &Ticks::new(), cache());
    let questions = [
        ("user-1", "documents/42"),
        ("user-2", "documents/42"),
        ("user-2", "plans/7"),
    ];
    for (user, resource) in questions {
        assert!(client.is_authorized(user, resource, "read").await.unwrap());
    }
    write(client.clone()).await;
    let mut left = [false; 3];
    for (left, (user, resource)) in left.iter_mut().zip(questions) {
        let decision = client.check_user(user, resource, "read").await.unwrap();
        *left = decision.source != DecisionSource::Live;
    }
    left
}

#[tokio::test]
async fn a_write_gives_up_what_it_names_and_everything_where_it_does_not_say() {
    let statement = || Statement::new(["reader"], ["documents/42"]);
    let record = || AccessRecord::new("r", [statement()]);
    let of_user = left_after(200, |client| async move {
        let _ = client.access_records().create_record(record().users(["user-1"])).await;
    });
    assert_eq!(of_user.await, [false, true, true]);
    let of_group = left_after(200, |client| async move {
        let _ = client.access_records().create_record(record().groups(["g"])).await;
    });
    assert_eq!(of_group.await, [false, false, true]);
    let group = left_after(200, |client| async move {
        let _ = client
            .groups()
            .create_group(Group::new("g", ["user-2"], ["user-3"]))
            .await;
    });
    assert_eq!(group.await, [true, false, false]);
    let deleted = left_after(202, |client| async move {
        client.users().delete_user("user-2").await.unwrap();
    });
    assert_eq!(deleted.await, [true, false, false]);
    let updated = left_after(202, |client| async move {
        let _ = client.access_records().update_record("r", record()).await;
    });
    assert_eq!(updated.await, [false; 3]);
    let removed = left_after(204, |client| async move {
        client.access_records().delete_record("r").await.unwrap();
    });
    assert_eq!(removed.await, [false; 3]);
    let role = left_after(200, |client| async move {
        let read = PermissionObject::new("read").allow(true);
        let _ = client.roles().update_role("reader", Role::new("Reader", [read])).await;
    });
    assert_eq!(role.await, [false; 3]);
    let raw = left_after(200, |client| async move {
        client.request(Method::POST, "/v1/something").await.unwrap();
    });
    assert_eq!(raw.await, [false; 3]);
    let key = left_after(200, |client| async move {
        let _ = client.service_clients().delete_access_key("sc_2", "k").await;
    });
    assert_eq!(key.await, [true; 3]);
    let read = left_after(200, |client| async move {
        let _ = client.access_records().get_record("r").await;
    });
    assert_eq!(read.await, [true; 3]);
}

#[tokio::test]
async fn a_write_of_which_nobody_knows_what_became_gives_up_the_same() {
    for status in [500, 409, 429] {
        let deleted = left_after(status, |client| async move {
            assert!(client.users().delete_user("user-2").no_retry().await.is_err());
        });
        assert_eq!(deleted.await, [true, false, false]);
    }
}

#[tokio::test]
async fn a_write_that_was_never_sent_gives_up_nothing() {
    let refused = left_after(200, |client| async move {
        assert!(client.access_records().delete_record("..").await.is_err());
    });
    assert_eq!(refused.await, [true; 3]);
}

#[tokio::test]
async fn a_write_that_nobody_waits_for_any_more_gives_up_the_same() {
    let service = writing(204);
    let client = client(&service, &Ticks::new(), cache());
    assert_eq!(parts(check(&client).await), live(true));
    service.hold();
    let writing = tokio::spawn({
        let client = client.clone();
        async move { client.access_records().delete_record("r").await }
    });
    service.has_been_asked(2).await;
    assert_eq!(parts(check(&client).await), cached(true, 0));
    writing.abort();
    assert!(writing.await.unwrap_err().is_cancelled());
    service.let_go(1);
    assert_eq!(parts(check(&client).await), live(true));
}

#[tokio::test]
async fn what_was_asked_while_a_write_was_under_way_is_not_kept_beyond_it() {
    let service = writing(204);
    let client = client(&service, &Ticks::new(), cache());
    service.hold();
    let writing = tokio::spawn({
        let client = client.clone();
        async move { client.access_records().delete_record("r").await }
    });
    service.has_been_asked(1).await;
    let asking = tokio::spawn({
        let client = client.clone();
        async move { check(&client).await }
    });
    service.has_been_asked(2).await;
    // The write ends first.
    service.let_go(1);
    writing.await.unwrap().unwrap();
    service.let_go(1);
    assert_eq!(parts(asking.await.unwrap()), live(true));
    service.let_go(1);
    assert_eq!(parts(check(&client).await), live(true));
}
