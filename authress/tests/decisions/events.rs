//! Decisions that are given up since the service says that something has changed.

use authress::AccessChanged;

use super::*;

fn event(id: &str, change: &str) -> AccessChanged {
    AccessChanged::parse(format!(r#"{{"eventId":"{id}","changes":[{change}]}}"#)).unwrap()
}

/// Which of three decisions are still kept after `change`.
async fn left_after(change: &str) -> [bool; 3] {
    let service = Service::status(200);
    let client = client(&service, &Ticks::new(), cache());
    let questions = [
        ("user-1", "documents/42"),
        ("user-1", "plans/7"),
        ("user-2", "documents/42/pages/1"),
    ];
    for (user, resource) in questions {
        assert!(client.is_authorized(user, resource, "read").await.unwrap());
    }
    assert!(client.decision_cache().unwrap().apply(&event("e-1", change)));
    let mut left = [false; 3];
    for (left, (user, resource)) in left.iter_mut().zip(questions) {
        let decision = client.check_user(user, resource, "read").await.unwrap();
        *left = decision.source != DecisionSource::Live;
    }
    left
}

#[tokio::test]
async fn an_event_gives_up_whom_it_names_and_everybody_at_a_resource_where_it_names_nobody() {
    let user = r#"{"userId":"user-1","resourceUri":"documents/42","operation":"REMOVED"}"#;
    assert_eq!(left_after(user).await, [false, false, true]);
    let added = r#"{"userId":"user-2","resourceUri":"documents/42","operation":"ADDED"}"#;
    assert_eq!(left_after(added).await, [true, true, false]);
    let resource = r#"{"resourceUri":"documents/42","operation":"REMOVED"}"#;
    assert_eq!(left_after(resource).await, [false, true, false]);
    let nobody = r#"{"userId":"","resourceUri":"documents/42"}"#;
    assert_eq!(left_after(nobody).await, [false, true, false]);
    assert_eq!(left_after(r#"{"operation":"REMOVED"}"#).await, [false; 3]);
    assert_eq!(
        left_after(r#"{"userId":"somebody else","operation":"REMOVED"}"#).await,
        [true; 3]
    );
    assert_eq!(left_after(&format!("{user},{added}")).await, [false; 3]);
    let resources = |count: usize| {
        let changes = (0..count).map(|number| format!(r#"{{"resourceUri":"plans/{number}"}}"#));
        changes.collect::<Vec<_>>().join(",")
    };
    assert_eq!(left_after(&resources(16)).await, [true, false, true]);
    // To look for so many takes longer than what is kept is worth.
    assert_eq!(left_after(&resources(17)).await, [false; 3]);
}

#[tokio::test]
async fn an_event_that_comes_again_changes_nothing() {
    let service = Service::status(200);
    let client = client(&service, &Ticks::new(), cache());
    let cache = client.decision_cache().unwrap();
    let change = r#"{"userId":"user-1","operation":"REMOVED"}"#;
    assert!(cache.apply(&event("e-1", change)));
    let _ = check(&client).await.unwrap();
    assert!(!cache.apply(&event("e-1", change)));
    assert_eq!(parts(check(&client).await), cached(true, 0));
    assert!(cache.apply(&event("e-2", change)));
    assert_eq!(parts(check(&client).await), live(true));
}
