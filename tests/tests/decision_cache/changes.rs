//! What users may do changes.

use authress::AccessChanged;
use authress::models::{AccessRecord, Statement};

use super::*;

async fn is_allowed(client: &AuthressClient) -> bool {
    client.is_authorized("user-1", "documents/42", "read").await.unwrap()
}

#[tokio::test]
async fn what_is_given_and_taken_by_the_same_client_is_seen_at_once() {
    let clock = StoppedClock::at(START);
    let (_local, client) = with_cache(&clock, cache()).await;
    assert!(!is_allowed(&client).await);
    let record = || {
        let statement = Statement::new(["Authress:Owner"], ["documents/42"]);
        AccessRecord::new("readers", [statement]).record_id("rec_1")
    };
    client
        .access_records()
        .create_record(record().users(["user-1"]))
        .await
        .unwrap();
    assert!(is_allowed(&client).await);
    let remove = |record: &mut AccessRecord| record.users = Some(Vec::new());
    client.access_records().modify_record("rec_1", remove).await.unwrap();
    assert!(!is_allowed(&client).await);
    let add = |record: &mut AccessRecord| record.users = Some(vec!["user-1".into()]);
    client.access_records().modify_record("rec_1", add).await.unwrap();
    assert!(is_allowed(&client).await);
    // By whatever client shares the cache: a clone, or one that acts as a user.
    client.clone().access_records().delete_record("rec_1").await.unwrap();
    assert!(!is_allowed(&client).await);
}

#[tokio::test]
async fn what_somebody_else_takes_is_seen_through_an_event_at_once_and_else_within_the_ttl() {
    let clock = StoppedClock::at(START);
    let (local, client) = with_cache(&clock, cache()).await;
    let others = tests::owner_at(&local, &clock);
    for by_event in [true, false] {
        let record = local.grant("user-1", "documents/42", ["read"]);
        client.decision_cache().unwrap().invalidate("user-1");
        assert!(is_allowed(&client).await);
        others.access_records().delete_record(&record).await.unwrap();
        clock.advance(59);
        assert!(is_allowed(&client).await);
        if by_event {
            let event = format!(
                r#"{{"eventId":"e","triggeredBy":{{"recordId":"{record}"}},
                    "changes":[{{"userId":"user-1","resourceUri":"documents/42","operation":"REMOVED"}}]}}"#
            );
            let event = AccessChanged::parse(event).unwrap();
            assert!(client.decision_cache().unwrap().apply(&event));
        } else {
            clock.advance(1);
        }
        assert!(!is_allowed(&client).await);
    }
}

#[tokio::test]
async fn users_with_different_rights_to_ask_share_nothing() {
    let clock = StoppedClock::at(START);
    let (local, client) = with_cache(&clock, cache()).await;
    local.grant("user-1", "documents/42", ["read"]);
    local.grant("admin", "Authress:UserPermissions/user-1", ["READ"]);
    let as_admin = client.with_user_token(&local.user_token("admin")).unwrap();
    let as_stranger = client.with_user_token(&local.user_token("stranger")).unwrap();
    for _ in 0..2 {
        assert!(is_allowed(&as_admin).await);
        let error = as_stranger
            .is_authorized("user-1", "documents/42", "read")
            .await
            .unwrap_err();
        assert!(error.is_not_permitted_to_ask());
    }
}

#[tokio::test]
async fn a_thousand_identical_questions_at_once_are_one_request() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("user-1", "documents/42", ["read"]);
    let counted = std::sync::Arc::new(Counted::default());
    let builder = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    let builder = builder.decision_cache(cache()).metrics(std::sync::Arc::clone(&counted));
    let client = builder.build().unwrap();
    let asking: Vec<_> = (0..1_000)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { is_allowed(&client).await })
        })
        .collect();
    for one in asking {
        assert!(one.await.unwrap());
    }
    assert_eq!(counted.0.load(std::sync::atomic::Ordering::SeqCst), 1);
}

/// Counts the attempts.
#[derive(Default)]
struct Counted(std::sync::atomic::AtomicUsize);

impl authress::Metrics for Counted {
    fn attempt_ended(&self, _: &authress::AttemptEnded<'_>) {
        self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }
}
