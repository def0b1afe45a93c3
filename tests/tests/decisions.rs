//! Decisions of the local server, asked over HTTP with the SDK: unions, roles, groups, hierarchy, wildcards.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress::AuthressClient;
use authress::models::{AccessRecord, Group, LinkedGroup, PermissionObject, Role, Statement};
use authress_local::AuthressLocal;

struct Fixture {
    local: AuthressLocal,
    client: AuthressClient,
}

/// A server with a reader and a writer role, and the client that may do everything there.
async fn fixture() -> Fixture {
    let local = AuthressLocal::start().await.unwrap();
    let client = AuthressClient::builder(local.url())
        .access_key(local.owner_access_key())
        .build()
        .unwrap();
    for (role_id, action) in [("ro_reader", "documents:read"), ("ro_writer", "documents:write")] {
        let role = Role::new(role_id, [PermissionObject::new(action).allow(true)]).role_id(role_id);
        client.roles().create_role(role).await.unwrap();
    }
    Fixture { local, client }
}

impl Fixture {
    async fn record(&self, record: AccessRecord) -> String {
        let record = self.client.access_records().create_record(record).await.unwrap();
        record.unwrap().record_id.unwrap()
    }

    async fn allowed(&self, user: &str, resource: &str, action: &str) -> bool {
        let allowed = self.client.is_authorized(user, resource, action).await.unwrap();
        assert_eq!(self.local.explain(user, resource, action).is_allowed(), allowed);
        allowed
    }
}

#[tokio::test]
async fn access_is_the_union_of_all_records_and_reaches_everything_below() {
    let at = fixture().await;
    let reader = Statement::new(["ro_reader"], ["documents/1", "projects/*"]);
    at.record(AccessRecord::new("readers", [reader]).users(["alice", "bob"]))
        .await;
    let writer = Statement::new(["ro_writer"], ["documents"]);
    at.record(AccessRecord::new("writers", [writer]).users(["alice"])).await;
    for (user, resource, action, allowed) in [
        ("alice", "documents/1", "documents:read", true),
        ("alice", "/documents/1/", "documents:read", true),
        ("alice", "documents/1/pages/2", "documents:read", true),
        ("alice", "documents/1", "DOCUMENTS:READ", true),
        ("alice", "documents/2", "documents:write", true),
        ("alice", "projects/a/b", "documents:read", true),
        ("alice", "documents/2", "documents:read", false),
        ("alice", "Documents/1", "documents:read", false),
        ("alice", "documents/*", "documents:write", true),
        ("alice", "documents/*", "documents:read", false),
        ("alice", "documents/1", "documents", false),
        ("bob", "documents/1", "documents:read", true),
        ("bob", "documents/1", "documents:write", false),
        ("carol", "documents/1", "documents:read", false),
    ] {
        assert_eq!(
            at.allowed(user, resource, action).await,
            allowed,
            "{user} {action} {resource}"
        );
    }
}

#[tokio::test]
async fn users_of_a_statement_have_that_statement_alone() {
    let at = fixture().await;
    let statements = [
        Statement::new(["ro_reader"], ["a"]).users(["alice"]),
        Statement::new(["ro_writer"], ["b"]).users(["bob"]),
    ];
    at.record(AccessRecord::new("two", statements)).await;
    assert!(at.allowed("alice", "a", "documents:read").await);
    assert!(at.allowed("bob", "b", "documents:write").await);
    assert!(!at.allowed("alice", "b", "documents:write").await);
    assert!(!at.allowed("bob", "a", "documents:read").await);
}

#[tokio::test]
async fn groups_of_a_statement_have_that_statement_alone() {
    let at = fixture().await;
    for (id, user) in [("grp_a", "alice"), ("grp_b", "bob")] {
        let group = Group::new(id, [user], ["admin"]).group_id(id);
        at.client.groups().create_group(group).await.unwrap();
    }
    let statements = [
        Statement::new(["ro_reader"], ["a"]).groups([LinkedGroup::new("grp_a")]),
        Statement::new(["ro_writer"], ["b"]).groups([LinkedGroup::new("grp_b")]),
    ];
    at.record(AccessRecord::new("two", statements)).await;
    assert!(at.allowed("alice", "a", "documents:read").await);
    assert!(at.allowed("bob", "b", "documents:write").await);
    assert!(!at.allowed("alice", "b", "documents:write").await);
    assert!(!at.allowed("bob", "a", "documents:read").await);
}

#[tokio::test]
async fn a_question_with_a_star_is_about_all_that_it_stands_for() {
    let at = fixture().await;
    at.local.grant("deep", "documents/*/*", ["a:*:*"]);
    at.local.grant("flat", "documents/*", ["a:*"]);
    for (user, resource, action, allowed) in [
        ("deep", "documents/1", "a:b", true),
        ("deep", "documents/1/*", "a:b:*", true),
        ("deep", "documents/*/*", "a:*:*", true),
        ("deep", "documents/*", "a:b", false),
        ("deep", "documents", "a:b", false),
        ("deep", "documents/1", "a:*", false),
        ("deep", "documents/1", "a", false),
        ("flat", "documents/*", "a:*", true),
        ("flat", "documents", "a", true),
        ("flat", "*", "a", false),
        ("flat", "documents", "*", false),
    ] {
        assert_eq!(
            at.allowed(user, resource, action).await,
            allowed,
            "{user} {action} {resource}"
        );
    }
}

#[tokio::test]
async fn what_is_no_resource_is_given_to_nobody_and_a_star_is_everything() {
    let at = fixture().await;
    for resource in ["", "/", "//", "a//b"] {
        at.local.grant("nobody", resource, ["read"]);
    }
    for resource in ["a", "a/b", "a/x/b", "*"] {
        assert!(!at.allowed("nobody", resource, "read").await, "{resource}");
    }
    let why = at.local.explain("nobody", "a/b", "read").to_string();
    assert!(why.contains(r#"a record names "a//b", which is no resource"#), "{why}");
    at.local.grant("everybody", "*", ["read"]);
    for resource in ["a", "a/x/b", "*"] {
        assert!(at.allowed("everybody", resource, "read").await, "{resource}");
    }
}

#[tokio::test]
async fn access_through_a_group_follows_its_members() {
    let at = fixture().await;
    let members = |users: &[&str]| Group::new("Team", users.iter().copied(), ["admin"]).group_id("grp_team");
    at.client.groups().create_group(members(&["alice"])).await.unwrap();
    let record =
        AccessRecord::new("team", [Statement::new(["ro_reader"], ["a"])]).groups([LinkedGroup::new("grp_team")]);
    at.record(record).await;
    assert!(at.allowed("alice", "a", "documents:read").await);
    at.client
        .groups()
        .update_group("grp_team", members(&["bob"]))
        .await
        .unwrap();
    assert!(!at.allowed("alice", "a", "documents:read").await);
    assert!(at.allowed("bob", "a", "documents:read").await);
    at.client.groups().delete_group("grp_team").await.unwrap();
    assert!(!at.allowed("bob", "a", "documents:read").await);
}

#[tokio::test]
async fn a_deleted_record_gives_nothing_stays_readable_and_its_id_can_be_used_again() {
    let at = fixture().await;
    let record = || {
        AccessRecord::new("r", [Statement::new(["ro_reader"], ["a"])])
            .users(["alice"])
            .record_id("rec_1")
    };
    at.record(record()).await;
    at.client.access_records().delete_record("rec_1").await.unwrap();
    assert!(!at.allowed("alice", "a", "documents:read").await);
    let read = at.client.access_records().get_record("rec_1").await.unwrap();
    assert_eq!(read.status.unwrap().as_str(), "DELETED");
    at.record(record()).await;
    assert!(at.allowed("alice", "a", "documents:read").await);
}

#[tokio::test]
async fn a_changed_record_gives_what_it_says_now() {
    let at = fixture().await;
    let id = at
        .record(AccessRecord::new("r", [Statement::new(["ro_reader"], ["a"])]).users(["alice"]))
        .await;
    let changed = AccessRecord::new("r", [Statement::new(["ro_writer"], ["a"])]).users(["alice"]);
    let answer = at
        .client
        .access_records()
        .update_record(&id, changed)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 202);
    assert!(!at.allowed("alice", "a", "documents:read").await);
    assert!(at.allowed("alice", "a", "documents:write").await);
}

#[tokio::test]
async fn a_changed_role_counts_at_once_and_a_deleted_one_gives_nothing() {
    let at = fixture().await;
    at.record(AccessRecord::new("r", [Statement::new(["ro_reader"], ["a"])]).users(["alice"]))
        .await;
    let changed = Role::new("Reader", [PermissionObject::new("documents:list").allow(true)]);
    at.client.roles().update_role("ro_reader", changed).await.unwrap();
    assert!(!at.allowed("alice", "a", "documents:read").await);
    assert!(at.allowed("alice", "a", "documents:list").await);
    at.client.roles().delete_role("ro_reader").await.unwrap();
    assert!(!at.allowed("alice", "a", "documents:list").await);
}

#[tokio::test]
async fn odd_ids_are_asked_about_as_they_are() {
    let at = fixture().await;
    for user in ["google|1", "a/b", "a.b@c.d", "a~b:c_d-e", "a+b@c.d", "a b"] {
        at.local.grant(user, "ns:things/x|y", ["read"]);
        assert!(at.allowed(user, "ns:things/x|y", "read").await, "{user}");
        assert!(!at.allowed(&format!("{user}x"), "ns:things/x|y", "read").await);
    }
}

#[tokio::test]
async fn users_who_cannot_be_given_anything_are_refused_and_not_denied() {
    let at = fixture().await;
    for user in ["ü日", "100%", "a?b"] {
        let error = at.client.authorize_user(user, "a", "read").await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 400, "{user}");
        assert!(error.to_string().contains("request.path.userId: "), "{error}");
    }
}
