//! Claims on the local server: a resource that nobody has becomes the caller's, where the collection allows it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use authress::models::{AccessRecord, Group, LinkedGroup, Statement, User};
use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{ask_as_owner, ask_as_user, owner};

async fn configure(local: &AuthressLocal, resource: &str, action: &str, allow: bool) {
    let path = format!("/v1/resources/{}", resource.replace('/', "%2F"));
    let body = json!({"permissions": [{"action": action, "allow": allow}]}).to_string();
    assert_eq!(ask_as_owner(local, "PUT", &path, &body).await.status, 200);
}

async fn claim(local: &AuthressLocal, user: &str, collection: &str, id: &str) -> (u16, Value) {
    let body = json!({"collectionResource": collection, "resourceId": id});
    ask_as_user(local, user, "POST", "/v1/claims", body).await
}

#[tokio::test]
async fn who_claims_a_resource_owns_it_and_is_the_admin_of_a_new_record() {
    let local = AuthressLocal::start().await.unwrap();
    configure(&local, "orgs", "CLAIM", true).await;
    assert_eq!(claim(&local, "alice", "orgs", "acme").await, (201, json!({})));
    let client = owner(&local);
    for (resource, allowed) in [
        ("orgs/acme", true),
        ("orgs/acme/teams/1", true),
        ("orgs", false),
        ("orgs/acme2", false),
    ] {
        assert_eq!(
            client.is_authorized("alice", resource, "any:thing").await.unwrap(),
            allowed,
            "{resource}"
        );
    }
    let records = client
        .access_records()
        .get_records()
        .filter("Claim")
        .await
        .unwrap()
        .records;
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].admins.as_deref(), Some(&[User::new("alice")][..]));
    assert_eq!(
        records[0].statements,
        [Statement::new(["Authress:Owner"], ["orgs/acme"])]
    );
    // As the owner, alice lets others in.
    let record = AccessRecord::new("r", [Statement::new(["Authress:Owner"], ["orgs/acme"])]).users(["bob"]);
    tests::as_user(&local, "alice")
        .access_records()
        .create_record(record)
        .await
        .unwrap();
}

#[tokio::test]
async fn nothing_is_claimed_without_the_configuration_of_the_very_collection() {
    let local = AuthressLocal::start().await.unwrap();
    assert_eq!(claim(&local, "alice", "orgs", "acme").await.0, 403);
    configure(&local, "orgs", "PUBLIC", true).await;
    assert_eq!(claim(&local, "alice", "orgs", "acme").await.0, 403);
    configure(&local, "orgs", "CLAIM", false).await;
    assert_eq!(claim(&local, "alice", "orgs", "acme").await.0, 403);
    configure(&local, "orgs", "CLAIM", true).await;
    assert_eq!(claim(&local, "alice", "orgs", "acme").await.0, 201);
    // Below, above and beside it.
    for collection in ["orgs/acme", "orgs/other", "org", "*", "Orgs"] {
        assert_ne!(claim(&local, "mallory", collection, "x").await.0, 201, "{collection}");
    }
    configure(&local, "orgs", "PUBLIC", true).await;
    assert_eq!(claim(&local, "bob", "orgs", "later").await.0, 403);
}

#[tokio::test]
async fn what_anybody_has_explicitly_is_a_conflict_and_what_comes_from_a_parent_is_none() {
    let local = AuthressLocal::start().await.unwrap();
    configure(&local, "orgs", "CLAIM", true).await;
    let client = owner(&local);
    local.grant("bob", "orgs", ["read"]);
    local.grant("bob", "orgs/user", ["read"]);
    local.grant("bob", "/orgs/slashes/", ["read"]);
    local.grant("bob", "orgs/star/*", ["read"]);
    client
        .groups()
        .create_group(Group::new("G", ["bob"], ["bob"]).group_id("grp_1"))
        .await
        .unwrap();
    let of_group =
        AccessRecord::new("r", [Statement::new(["ro_gone"], ["orgs/group"])]).groups([LinkedGroup::new("grp_1")]);
    client.access_records().create_record(of_group).await.unwrap();
    for id in ["user", "slashes", "star", "group"] {
        for user in ["alice", "bob"] {
            assert_eq!(claim(&local, user, "orgs", id).await.0, 409, "{id}");
        }
    }
    assert_eq!(claim(&local, "alice", "orgs", "free").await.0, 201);
    for user in ["alice", "mallory"] {
        assert_eq!(claim(&local, user, "orgs", "free").await.0, 409, "{user}");
    }
    assert!(!client.is_authorized("mallory", "orgs/free", "read").await.unwrap());
}

#[tokio::test]
async fn an_id_is_one_segment_and_stands_for_itself() {
    let local = AuthressLocal::start().await.unwrap();
    configure(&local, "orgs", "CLAIM", true).await;
    assert_eq!(claim(&local, "alice", "orgs", "acme").await.0, 201);
    for id in [
        "acme/teams",
        "/acme",
        "acme/",
        "*",
        "ns:*",
        "a*",
        "..//",
        "a b",
        ":x",
        "%2F",
    ] {
        assert_eq!(claim(&local, "mallory", "orgs", id).await.0, 400, "{id}");
    }
    for (collection, id) in [("/orgs/", "two"), ("orgs/*", "three")] {
        assert_eq!(claim(&local, "alice", collection, id).await.0, 201, "{collection}");
        assert!(
            owner(&local)
                .is_authorized("alice", &format!("orgs/{id}"), "read")
                .await
                .unwrap()
        );
    }
    for collection in ["*", "*/x", "a//b", "/"] {
        assert_eq!(claim(&local, "alice", collection, "x").await.0, 400, "{collection}");
    }
}

#[tokio::test]
async fn what_its_owner_gave_up_can_be_claimed_again() {
    let local = AuthressLocal::start().await.unwrap();
    configure(&local, "orgs", "CLAIM", true).await;
    for (method, user) in [("record", "alice"), ("user", "bob")] {
        assert_eq!(claim(&local, user, "orgs", method).await.0, 201);
        if method == "user" {
            assert_eq!(ask_as_owner(&local, "DELETE", "/v1/users/bob", "").await.status, 202);
        } else {
            let client = tests::as_user(&local, "alice");
            let records = client.access_records().get_records().await.unwrap().records;
            let id = records[0].record_id.clone().unwrap();
            client.access_records().delete_record(id).await.unwrap();
        }
        assert_eq!(claim(&local, "carol", "orgs", method).await.0, 201, "{method}");
        assert!(
            !owner(&local)
                .is_authorized(user, &format!("orgs/{method}"), "read")
                .await
                .unwrap()
        );
    }
}
