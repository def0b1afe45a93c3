//! Invites and access requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use authress_local::AuthressLocal;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::world::{OWNER, World, record, statement, users};

/// An invite to read `a`, with more members; its path.
async fn invite(at: &World, more: Value) -> String {
    let mut body = json!({"statements": [statement(&["reader"], &["a"])]});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let made = at.post("/v1/invites", body).await;
    format!("/v1/invites/{}", made["inviteId"].as_str().unwrap())
}

/// An access request of alice for reading `a`; its path.
async fn request(at: &World) -> String {
    let access = json!({"users": users(&["alice"]), "statements": [statement(&["reader"], &["a"])]});
    let (status, made) = at
        .send("alice", "POST", "/v1/requests", json!({"access": access}))
        .await;
    assert_eq!((status, &made["status"]), (201, &json!("OPEN")), "{made}");
    format!("/v1/requests/{}", made["requestId"].as_str().unwrap())
}

#[tokio::test]
async fn invites_are_accepted_by_patch() {
    let at = World::new().await;
    at.role("reader", &["read"]).await;
    let path = invite(&at, json!({})).await;
    assert!(!at.may("alice", "read", "a").await);
    assert_eq!(at.ask("alice", "PATCH", &path).await.0, 200);
    assert!(at.may("alice", "read", "a").await);
    assert_eq!(at.ask("bob", "PATCH", &path).await.0, 404);
}

#[tokio::test]
async fn invites_are_good_for_seven_days() {
    let late = Arc::new(AtomicI64::new(0));
    let seconds = Arc::clone(&late);
    let begin = SystemTime::now();
    let clock = move || begin + TimeDelta::seconds(seconds.load(Ordering::SeqCst)).to_std().unwrap();
    let local = AuthressLocal::builder().clock(clock).start().await.unwrap();
    let at = World { local };
    at.role("reader", &["read"]).await;
    let [one, two] = [invite(&at, json!({})).await, invite(&at, json!({})).await];
    let day = 24 * 60 * 60;
    late.store(7 * day - 1, Ordering::SeqCst);
    assert_eq!(at.ask("alice", "PATCH", &one).await.0, 200);
    late.store(7 * day + 1, Ordering::SeqCst);
    assert_eq!(at.ask("bob", "PATCH", &two).await.0, 404);
}

#[tokio::test]
async fn other_times_of_invites() {
    let at = World::new().await;
    at.role("reader", &["read"]).await;
    for (time, expected) in [
        (TimeDelta::minutes(4), 400),
        (TimeDelta::minutes(6), 201),
        (TimeDelta::days(29), 201),
        (TimeDelta::days(31), 400),
    ] {
        let end = DateTime::<Utc>::from(SystemTime::now()) + time;
        let body = json!({"statements": [statement(&["reader"], &["a"])], "expiryTime": end.to_rfc3339()});
        let (status, answer) = at.send(OWNER, "POST", "/v1/invites", body).await;
        assert_eq!(status, expected, "{time}: {answer}");
    }
}

#[tokio::test]
async fn conflicts_of_invites() {
    for (strategy, old, new, records) in [
        ("GENERATE_NEW_RECORD", true, true, 2),
        ("UNSAFE_FORCE_MERGE", true, true, 1),
        ("SKIP_CHANGES", true, false, 1),
        ("REPLACE_RECORD_DATA", false, true, 1),
    ] {
        let at = World::new().await;
        at.role("reader", &["read"]).await;
        at.role("writer", &["write"]).await;
        let existing = record("r", &["bob"], vec![statement(&["writer"], &["a"])]);
        at.post("/v1/records", existing).await;
        let path = invite(&at, json!({"conflictResolutionStrategy": strategy})).await;
        assert_eq!(at.ask("alice", "PATCH", &path).await.0, 200, "{strategy}");
        let has = [at.may("bob", "write", "a").await, at.may("alice", "read", "a").await];
        assert_eq!(has, [old, new], "{strategy}");
        let (_, listed) = at.ask(OWNER, "GET", "/v1/records").await;
        let listed = listed["records"].as_array().unwrap();
        let about_a = |record: &&Value| record["statements"][0]["resources"][0]["resourceUri"] == "a";
        assert_eq!(listed.iter().filter(about_a).count(), records, "{strategy}");
    }
}

#[tokio::test]
async fn requests_are_decided_once() {
    let at = World::new().await;
    at.role("reader", &["read"]).await;
    for (decision, allowed) in [("DENIED", false), ("APPROVED", true)] {
        let path = request(&at).await;
        let (status, answer) = at.send(OWNER, "PATCH", &path, json!({"status": decision})).await;
        assert_eq!((status, &answer["status"]), (200, &json!(decision)));
        assert_eq!(at.may("alice", "read", "a").await, allowed, "{decision}");
        let (status, _) = at.send(OWNER, "PATCH", &path, json!({"status": "APPROVED"})).await;
        assert_eq!(status, 404, "{decision}");
    }
}

#[tokio::test]
async fn requests_are_deleted_softly() {
    let at = World::new().await;
    at.role("reader", &["read"]).await;
    let path = request(&at).await;
    assert_eq!(at.ask("alice", "DELETE", &path).await.0, 204);
    let (status, read) = at.ask("alice", "GET", &path).await;
    assert_eq!((status, &read["status"]), (200, &json!("DELETED")));
    assert_eq!(
        at.send(OWNER, "PATCH", &path, json!({"status": "APPROVED"})).await.0,
        404
    );
}
