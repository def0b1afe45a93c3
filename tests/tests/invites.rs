//! Invites on the local server: who may make and accept them, how long they are good, and which record they write.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use authress::models::{AccessRecord, Statement, User};
use authress_local::AuthressLocal;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tests::{ask_as_user, give, owner};

/// A server whose clock the test moves: on it, `giver` may grant reading of `a` and may make invites of any duration.
struct Fixture {
    local: AuthressLocal,
    seconds: Arc<AtomicU64>,
    /// Allows reading.
    reader: String,
    /// Allows writing, which `giver` may not grant.
    writer: String,
}

async fn fixture() -> Fixture {
    // The owner's tokens go by the clock of the system.
    let start = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let seconds = Arc::new(AtomicU64::new(start));
    let now = Arc::clone(&seconds);
    let clock = move || SystemTime::UNIX_EPOCH + Duration::from_secs(now.load(Ordering::SeqCst));
    let local = AuthressLocal::builder().clock(clock).start().await.unwrap();
    give(&local, "giver", "read", "a", [false, true, false]).await;
    give(
        &local,
        "giver",
        "Invites:Create",
        "Authress:Invites",
        [true, false, false],
    )
    .await;
    let reader = give(&local, "reader", "read", "elsewhere", [true, false, false]).await;
    let writer = give(&local, "writer", "write", "elsewhere", [true, false, false]).await;
    Fixture {
        local,
        seconds,
        reader,
        writer,
    }
}

impl Fixture {
    fn now(&self) -> DateTime<Utc> {
        let seconds = self.seconds.load(Ordering::SeqCst).try_into().unwrap();
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn pass(&self, time: TimeDelta) {
        self.seconds
            .fetch_add(time.num_seconds().try_into().unwrap(), Ordering::SeqCst);
    }

    /// The body of an invite to read `a/b`.
    fn body(&self) -> Value {
        json!({"statements": [{"roles": [self.reader], "resources": [{"resourceUri": "a/b"}]}]})
    }

    /// Makes an invite as `giver`; its path.
    async fn invite(&self, body: Value) -> String {
        let (status, answer) = ask_as_user(&self.local, "giver", "POST", "/v1/invites", body).await;
        assert_eq!(status, 201, "{answer}");
        format!("/v1/invites/{}", answer["inviteId"].as_str().unwrap())
    }

    async fn with_strategy(&self, strategy: &str) -> String {
        let mut body = self.body();
        body["conflictResolutionStrategy"] = strategy.into();
        self.invite(body).await
    }

    async fn accept(&self, user: &str, path: &str) -> u16 {
        ask_as_user(&self.local, user, "PATCH", path, Value::Null).await.0
    }

    /// The status of a check.
    async fn check(&self, user: &str, resource: &str, action: &str) -> u16 {
        let path = format!(
            "/v1/users/{user}/resources/{}/permissions/{action}",
            resource.replace('/', "%2F")
        );
        ask_as_user(&self.local, user, "GET", &path, Value::Null).await.0
    }

    /// Makes the record `rec_1`, which `giver` may change when it is one of `admins`.
    async fn record(&self, record: AccessRecord, admins: &[&str]) {
        let record = record.record_id("rec_1").admins(admins.to_vec());
        owner(&self.local).access_records().create_record(record).await.unwrap();
    }

    async fn read_record(&self) -> AccessRecord {
        owner(&self.local).access_records().get_record("rec_1").await.unwrap()
    }

    /// The records that invites made.
    async fn made(&self) -> usize {
        let records = owner(&self.local)
            .access_records()
            .get_records()
            .filter("Invite inv_")
            .await;
        records.unwrap().records.len()
    }
}

fn ids(users: Option<Vec<User>>) -> Vec<String> {
    users.unwrap_or_default().into_iter().map(|user| user.user_id).collect()
}

#[tokio::test]
async fn whoever_accepts_an_invite_has_exactly_what_it_gives_and_the_inviter_stays_admin() {
    let at = fixture().await;
    let path = at.invite(at.body()).await;
    assert_eq!(at.check("alice", "a/b", "read").await, 404);
    let (status, body) = ask_as_user(&at.local, "alice", "PATCH", &path, Value::Null).await;
    assert_eq!((status, body), (200, Value::Null));
    assert_eq!(at.check("alice", "a/b", "read").await, 200);
    assert_eq!(at.check("alice", "a", "read").await, 404);
    assert_eq!(at.check("alice", "a/b", "write").await, 404);
    let records = owner(&at.local)
        .access_records()
        .get_records()
        .filter("Invite inv_")
        .await
        .unwrap()
        .records;
    assert_eq!(ids(records[0].admins.clone()), ["giver"]);
}

#[tokio::test]
async fn an_invite_is_accepted_once() {
    let at = fixture().await;
    let path = at.invite(at.body()).await;
    assert_eq!(at.accept("alice", &path).await, 200);
    for user in ["alice", "mallory"] {
        assert_eq!(at.accept(user, &path).await, 404, "{user}");
    }
    assert_eq!(at.check("mallory", "a/b", "read").await, 404);
    assert_eq!(ask_as_user(&at.local, "giver", "GET", &path, Value::Null).await.0, 404);
    assert_eq!(at.made().await, 1);
}

#[tokio::test]
async fn nobody_invites_to_what_they_may_not_give() {
    let at = fixture().await;
    for (user, role, resource, status) in [
        ("giver", at.reader.as_str(), "a", 201),
        ("giver", &at.reader, "b", 403),
        ("giver", &at.reader, "*", 403),
        ("giver", &at.writer, "a", 403),
        ("giver", "Authress:Owner", "a", 403),
        ("giver", "Authress:AuthenticateUser", "a", 403),
        ("giver", "ro_later", "a", 403),
        ("reader", &at.reader, "elsewhere", 403),
    ] {
        let body = json!({"statements": [{"roles": [role], "resources": [{"resourceUri": resource}]}]});
        let answer = ask_as_user(&at.local, user, "POST", "/v1/invites", body).await;
        assert_eq!(answer.0, status, "{user} {role} {resource}");
    }
}

#[tokio::test]
async fn an_invite_is_good_for_seven_days_and_gone_then() {
    let at = fixture().await;
    let (early, late) = (at.invite(at.body()).await, at.invite(at.body()).await);
    at.pass(TimeDelta::days(7) - TimeDelta::seconds(1));
    assert_eq!(at.accept("alice", &early).await, 200);
    at.pass(TimeDelta::seconds(1));
    assert_eq!(at.accept("bob", &late).await, 404);
    for (method, user) in [("GET", "bob"), ("DELETE", "giver")] {
        assert_eq!(
            ask_as_user(&at.local, user, method, &late, Value::Null).await.0,
            404,
            "{method}"
        );
    }
    assert_eq!(at.check("bob", "a/b", "read").await, 404);
}

#[tokio::test]
async fn another_time_is_from_five_minutes_to_thirty_days_and_needs_a_permission() {
    let at = fixture().await;
    give(&at.local, "plain", "read", "a", [false, true, false]).await;
    let days = TimeDelta::days;
    for (user, duration, status) in [
        ("giver", TimeDelta::minutes(5), 201),
        ("giver", TimeDelta::minutes(5) - TimeDelta::seconds(1), 400),
        ("giver", TimeDelta::seconds(-1), 400),
        ("giver", days(30), 201),
        ("giver", days(30) + TimeDelta::seconds(1), 400),
        ("plain", days(7), 201),
        ("plain", days(6), 403),
        ("plain", days(30), 403),
        ("plain", days(31), 403),
    ] {
        let mut body = at.body();
        body["expiryTime"] = (at.now() + duration).to_rfc3339().into();
        let answer = ask_as_user(&at.local, user, "POST", "/v1/invites", body).await;
        assert_eq!(answer.0, status, "{user} {duration}");
    }
    for text in ["tomorrow", "P7D", ""] {
        let mut body = at.body();
        body["expiryTime"] = text.into();
        assert_eq!(
            ask_as_user(&at.local, "giver", "POST", "/v1/invites", body).await.0,
            400,
            "{text}"
        );
    }
    let mut body = at.body();
    body["expiryTime"] = (at.now() + TimeDelta::minutes(5)).to_rfc3339().into();
    let path = at.invite(body).await;
    at.pass(TimeDelta::minutes(5));
    assert_eq!(at.accept("alice", &path).await, 404);
}

#[tokio::test]
async fn an_invite_is_read_as_it_was_made_with_its_own_id_and_time() {
    let at = fixture().await;
    let mut body = at.body();
    body["inviteId"] = "inv_mine".into();
    body["createdBy"] = "sc_owner".into();
    body["defaultLoginTenantId"] = "t1".into();
    body["linkedUserId"] = "new_user".into();
    body["conflictResolutionStrategy"] = "SKIP_CHANGES".into();
    let path = at.invite(body.clone()).await;
    let (status, read) = ask_as_user(&at.local, "anybody", "GET", &path, Value::Null).await;
    assert_eq!(status, 200);
    let id = path.strip_prefix("/v1/invites/").unwrap();
    assert!(id != "inv_mine" && read["inviteId"] == id, "{read}");
    assert_eq!(read["links"]["self"]["href"], format!("{}{path}", at.local.url()));
    let expiry: DateTime<Utc> = read["expiryTime"].as_str().unwrap().parse().unwrap();
    assert_eq!(expiry, at.now() + TimeDelta::days(7));
    for member in [
        "statements",
        "defaultLoginTenantId",
        "linkedUserId",
        "conflictResolutionStrategy",
    ] {
        assert_eq!(read[member], body[member], "{member}");
    }
    assert_eq!(read["createdBy"], Value::Null);
}

#[tokio::test]
async fn an_invite_is_withdrawn_by_who_made_it_or_may_read_their_permissions() {
    let at = fixture().await;
    let (one, two) = (at.invite(at.body()).await, at.invite(at.body()).await);
    at.local.grant("auditor", "Authress:UserPermissions/giver", ["READ"]);
    at.local.grant("stranger", "Authress:UserPermissions/alice", ["READ"]);
    for (user, path, status) in [
        ("stranger", &one, 403),
        ("alice", &one, 403),
        ("giver", &one, 204),
        ("auditor", &two, 204),
    ] {
        assert_eq!(
            ask_as_user(&at.local, user, "DELETE", path, Value::Null).await.0,
            status,
            "{user}"
        );
    }
    for path in [&one, &two] {
        assert_eq!(at.accept("alice", path).await, 404);
        assert_eq!(
            ask_as_user(&at.local, "giver", "DELETE", path, Value::Null).await.0,
            404
        );
    }
}

#[tokio::test]
async fn an_invite_without_statements_is_accepted_and_gives_nothing() {
    let at = fixture().await;
    let path = at.invite(json!({"statements": []})).await;
    assert_eq!(at.accept("alice", &path).await, 200);
    assert_eq!(at.made().await, 0);
}

#[tokio::test]
async fn what_fits_into_a_record_without_giving_others_anything_is_added_to_it() {
    for strategy in [
        "GENERATE_NEW_RECORD",
        "UNSAFE_FORCE_MERGE",
        "SKIP_CHANGES",
        "REPLACE_RECORD_DATA",
    ] {
        // The record gives its users the very same.
        let at = fixture().await;
        let record = AccessRecord::new("r", [Statement::new([at.reader.as_str()], ["/a/b/"])]).users(["bob"]);
        at.record(record, &["giver"]).await;
        let path = at.with_strategy(strategy).await;
        assert_eq!(at.accept("alice", &path).await, 200);
        let record = at.read_record().await;
        assert_eq!(ids(record.users), ["bob", "alice"], "{strategy}");
        assert_eq!((record.statements.len(), at.made().await), (1, 0), "{strategy}");
        assert_eq!(at.check("alice", "a/b", "read").await, 200);

        // The record names its users in its statements: one of them is the very same, or a further one is added.
        for role in [&at.reader, &at.writer] {
            let at = fixture().await;
            let role = if *role == at.writer { &at.writer } else { &at.reader };
            let mut record = AccessRecord::new("r", [Statement::new([role.as_str()], ["a/b"])]);
            record.statements[0].users = Some(vec![User::new("bob")]);
            at.record(record, &["giver"]).await;
            let path = at.with_strategy(strategy).await;
            assert_eq!(at.accept("alice", &path).await, 200);
            assert_eq!(at.check("alice", "a/b", "read").await, 200);
            assert_eq!(at.check("alice", "a/b", "write").await, 404);
            assert_eq!(at.made().await, 0);
        }
    }
}

/// A record on what the invites are about, which does not fit: all of its users may write, too.
fn other(at: &Fixture) -> AccessRecord {
    AccessRecord::new("r", [Statement::new([at.writer.as_str()], ["a/b"])]).users(["bob"])
}

#[tokio::test]
async fn by_default_a_further_record_is_written_and_the_existing_one_left_alone() {
    for strategy in [None, Some("GENERATE_NEW_RECORD")] {
        let at = fixture().await;
        at.record(other(&at), &["giver"]).await;
        let before = at.read_record().await;
        let path = match strategy {
            None => at.invite(at.body()).await,
            Some(strategy) => at.with_strategy(strategy).await,
        };
        assert_eq!(at.accept("alice", &path).await, 200);
        assert_eq!(at.read_record().await, before);
        assert_eq!(at.made().await, 1);
        assert_eq!(at.check("alice", "a/b", "read").await, 200);
        assert_eq!(at.check("alice", "a/b", "write").await, 404);
        assert_eq!(at.check("bob", "a/b", "read").await, 404);
    }
}

#[tokio::test]
async fn skipped_changes_accept_the_invite_and_give_nothing() {
    let at = fixture().await;
    at.record(other(&at), &["giver"]).await;
    let before = at.read_record().await;
    let path = at.with_strategy("SKIP_CHANGES").await;
    assert_eq!(at.accept("alice", &path).await, 200);
    assert_eq!(at.read_record().await, before);
    assert_eq!((at.made().await, at.accept("alice", &path).await), (0, 404));
    assert_eq!(at.check("alice", "a/b", "read").await, 404);
    // Without a record that is there, one is written.
    let path = at.with_strategy("SKIP_CHANGES").await;
    owner(&at.local).access_records().delete_record("rec_1").await.unwrap();
    assert_eq!(at.accept("alice", &path).await, 200);
    assert_eq!(at.check("alice", "a/b", "read").await, 200);
}

#[tokio::test]
async fn a_forced_merge_gives_both_to_everybody_in_the_record() {
    let at = fixture().await;
    give(&at.local, "giver", "write", "a", [false, true, false]).await;
    at.record(other(&at), &["giver"]).await;
    let path = at.with_strategy("UNSAFE_FORCE_MERGE").await;
    assert_eq!(at.accept("alice", &path).await, 200);
    for user in ["alice", "bob"] {
        for action in ["read", "write"] {
            assert_eq!(at.check(user, "a/b", action).await, 200, "{user} {action}");
        }
    }
    assert_eq!(
        (ids(at.read_record().await.users), at.made().await),
        (vec!["bob".to_owned(), "alice".to_owned()], 0)
    );
}

#[tokio::test]
async fn a_replacement_leaves_nothing_of_what_the_record_gave() {
    let at = fixture().await;
    at.record(other(&at), &["giver"]).await;
    let path = at.with_strategy("REPLACE_RECORD_DATA").await;
    assert_eq!(at.accept("alice", &path).await, 200);
    assert_eq!(at.check("alice", "a/b", "read").await, 200);
    assert_eq!(at.check("alice", "a/b", "write").await, 404);
    assert_eq!(at.check("bob", "a/b", "write").await, 404);
    let record = at.read_record().await;
    assert_eq!(
        (ids(record.users), ids(record.admins)),
        (vec!["alice".to_owned()], vec!["giver".to_owned()])
    );
    assert_eq!((record.name.as_str(), at.made().await), ("r", 0));
}

#[tokio::test]
async fn a_record_that_the_inviter_may_not_change_is_never_touched() {
    for strategy in [
        "GENERATE_NEW_RECORD",
        "UNSAFE_FORCE_MERGE",
        "SKIP_CHANGES",
        "REPLACE_RECORD_DATA",
    ] {
        let at = fixture().await;
        at.record(other(&at), &["somebody"]).await;
        let before = at.read_record().await;
        let path = at.with_strategy(strategy).await;
        assert_eq!(at.accept("alice", &path).await, 200, "{strategy}");
        assert_eq!(at.read_record().await, before, "{strategy}");
        assert_eq!(at.made().await, 1, "{strategy}");
        assert_eq!(at.check("alice", "a/b", "write").await, 404, "{strategy}");
    }
}

#[tokio::test]
async fn a_forced_merge_gives_nobody_what_the_inviter_may_not_give() {
    let at = fixture().await;
    // The inviter is admin of a record that gives more than the inviter may.
    at.record(other(&at), &["giver"]).await;
    let before = at.read_record().await;
    let path = at.with_strategy("UNSAFE_FORCE_MERGE").await;
    assert_eq!(at.accept("alice", &path).await, 403);
    assert_eq!(at.read_record().await, before);
    for action in ["read", "write"] {
        assert_eq!(at.check("alice", "a/b", action).await, 404);
    }
    // Nothing happened to the invite either.
    assert_eq!(ask_as_user(&at.local, "giver", "GET", &path, Value::Null).await.0, 200);
}

#[tokio::test]
async fn a_record_that_would_become_too_large_does_not_fit() {
    let at = fixture().await;
    let users = (0..1000).map(|number| format!("u{number}"));
    let record = AccessRecord::new("r", [Statement::new([at.reader.as_str()], ["a/b"])]).users(users);
    at.record(record, &["giver"]).await;
    let path = at.invite(at.body()).await;
    assert_eq!(at.accept("alice", &path).await, 200);
    assert_eq!(
        (at.read_record().await.users.unwrap().len(), at.made().await),
        (1000, 1)
    );
    let path = at.with_strategy("UNSAFE_FORCE_MERGE").await;
    // Now there are two such records, and the one that the first invite made has room.
    assert_eq!(at.accept("bob", &path).await, 200);
    assert_eq!(
        (at.read_record().await.users.unwrap().len(), at.made().await),
        (1000, 1)
    );
}

#[tokio::test]
async fn an_invite_gives_nothing_that_the_inviter_may_not_give_any_more() {
    let fixture = fixture().await;
    let (lost, kept) = (
        fixture.invite(fixture.body()).await,
        fixture.invite(fixture.body()).await,
    );
    assert_eq!(fixture.accept("first", &kept).await, 200);
    let records = owner(&fixture.local).access_records().get_records().await.unwrap();
    let given = records
        .records
        .into_iter()
        .filter(|record| ids(record.users.clone()) == ["giver"]);
    for record in given {
        owner(&fixture.local)
            .access_records()
            .delete_record(record.record_id.unwrap())
            .await
            .unwrap();
    }
    // Not even to the inviter.
    for user in ["alice", "giver"] {
        assert_eq!(fixture.accept(user, &lost).await, 403);
        assert_eq!(fixture.check(user, "a/b", "read").await, 404);
    }
    assert_eq!(fixture.made().await, 1);
}
