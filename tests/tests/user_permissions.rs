//! What a user may do, which roles and resources a user has, on the local server.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use authress::models::{AccessRecord, Group, LinkedGroup, PermissionObject, Role, Statement};
use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{ask_as_user, give, owner};

/// Asks as `alice` about herself; what is below `/v1/users/alice`.
async fn alice(local: &AuthressLocal, path: &str) -> (u16, Value) {
    ask_as_user(local, "alice", "GET", &format!("/v1/users/alice{path}"), Value::Null).await
}

async fn resources(local: &AuthressLocal, query: &str) -> Vec<String> {
    let (status, body) = alice(local, &format!("/resources{query}")).await;
    assert_eq!((status, &body["userId"]), (200, &json!("alice")), "{body}");
    let resources = body["resources"].as_array().unwrap();
    resources
        .iter()
        .map(|it| it["resourceUri"].as_str().unwrap().to_owned())
        .collect()
}

/// The actions that a summary has in each right, sorted.
fn actions(body: &Value, right: &str) -> Vec<String> {
    let permissions = body["permissions"].as_array().unwrap();
    let with = permissions.iter().filter(|it| it[right] == true);
    let mut actions: Vec<String> = with.map(|it| it["action"].as_str().unwrap().to_owned()).collect();
    actions.sort();
    actions
}

#[tokio::test]
async fn a_summary_has_all_that_a_user_may_do_give_and_pass_on_also_by_parents_and_groups() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    give(&local, "alice", "read", "a/b", [true, false, false]).await;
    give(&local, "alice", "share", "a", [false, true, false]).await;
    give(&local, "alice", "lower", "a/b/c", [true, true, true]).await;
    client
        .groups()
        .create_group(Group::new("G", ["alice"], ["x"]).group_id("grp_1"))
        .await
        .unwrap();
    let role = Role::new("R", [PermissionObject::new("write").allow(true)]).role_id("ro_w");
    client.roles().create_role(role).await.unwrap();
    let record =
        AccessRecord::new("r", [Statement::new(["ro_w", "ro_gone"], ["a/*"])]).groups([LinkedGroup::new("grp_1")]);
    client.access_records().create_record(record).await.unwrap();

    let (status, body) = alice(&local, "/resources/a%2Fb/permissions").await;
    assert_eq!(
        (status, &body["userId"], &body["account"]["accountId"]),
        (200, &json!("alice"), &json!("acc_local"))
    );
    assert_eq!(actions(&body, "allow"), ["read", "write"]);
    assert_eq!(actions(&body, "grant"), ["share"]);
    assert_eq!(actions(&body, "delegate"), Vec::<String>::new());
    assert_eq!(alice(&local, "/resources/z/permissions").await.0, 404);
}

#[tokio::test]
async fn what_everybody_may_do_on_a_public_resource_is_in_nobodys_lists() {
    let local = AuthressLocal::start().await.unwrap();
    let body = json!({"permissions": [{"action": "PUBLIC", "allow": true}]});
    assert_eq!(
        ask_as_user(&local, "sc_owner", "PUT", "/v1/resources/a", body).await.0,
        200
    );
    assert_eq!(alice(&local, "/resources/a%2Fb/permissions/read").await.0, 200);
    for list in ["permissions", "roles"] {
        assert_eq!(
            alice(&local, &format!("/resources/a%2Fb/{list}")).await.0,
            404,
            "{list}"
        );
    }
    assert_eq!(resources(&local, "").await, Vec::<String>::new());
}

#[tokio::test]
async fn roles_are_those_that_were_given_on_exactly_the_resource() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    for (resource, role) in [
        ("a/b", "ro_1"),
        ("/a/b/", "ro_2"),
        ("a", "ro_parent"),
        ("a/b/c", "ro_child"),
        ("a/x", "ro_x"),
    ] {
        let record = AccessRecord::new("r", [Statement::new([role], [resource])]).users(["alice"]);
        client.access_records().create_record(record).await.unwrap();
    }
    let (status, body) = alice(&local, "/resources/a%2Fb/roles").await;
    assert_eq!((status, &body["userId"]), (200, &json!("alice")));
    let roles = body["roles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|role| role["roleId"].as_str().unwrap());
    let mut roles: Vec<&str> = roles.collect();
    roles.sort_unstable();
    assert_eq!(roles, ["ro_1", "ro_2"]);
    assert_eq!(alice(&local, "/resources/a%2Fb%2Fc%2Fd/roles").await.0, 404);
}

#[tokio::test]
async fn a_user_without_any_access_has_an_empty_list_of_resources() {
    let local = AuthressLocal::start().await.unwrap();
    for query in ["", "?resourceUri=a", "?collectionConfiguration=INCLUDE_NESTED"] {
        assert_eq!(resources(&local, query).await, Vec::<String>::new(), "{query}");
    }
}

#[tokio::test]
async fn by_default_the_resources_directly_below_are_listed_and_with_nested_ones_all_levels() {
    let local = AuthressLocal::start().await.unwrap();
    for resource in ["docs/2", "docs/1", "docs/1/pages/9", "docs2/1", "other"] {
        local.grant("alice", resource, ["read"]);
    }
    local.grant("bob", "docs/3", ["read"]);
    for (collection, top, nested) in [
        (
            "docs",
            vec!["docs/1", "docs/2"],
            vec!["docs/1", "docs/1/pages/9", "docs/2"],
        ),
        (
            "docs%2F*",
            vec!["docs/1", "docs/2"],
            vec!["docs/1", "docs/1/pages/9", "docs/2"],
        ),
        (
            "%2Fdocs%2F",
            vec!["docs/1", "docs/2"],
            vec!["docs/1", "docs/1/pages/9", "docs/2"],
        ),
        ("docs%2F1%2Fpages", vec!["docs/1/pages/9"], vec!["docs/1/pages/*"]),
        ("doc", vec![], vec![]),
    ] {
        assert_eq!(
            resources(&local, &format!("?resourceUri={collection}")).await,
            top,
            "{collection}"
        );
        if !collection.contains("pages") {
            let query = format!("?resourceUri={collection}&collectionConfiguration=INCLUDE_NESTED");
            assert_eq!(resources(&local, &query).await, nested, "{collection}");
        }
    }
}

#[tokio::test]
async fn who_holds_a_parent_has_the_collection_with_nested_ones_and_nothing_without() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "docs", ["read"]);
    assert_eq!(resources(&local, "?resourceUri=docs%2F1").await, Vec::<String>::new());
    let nested = resources(&local, "?resourceUri=docs%2F1&collectionConfiguration=INCLUDE_NESTED").await;
    assert_eq!(nested, ["docs/1/*"]);
    local.grant("alice", "*", ["read"]);
    let nested = resources(&local, "?resourceUri=docs&collectionConfiguration=INCLUDE_NESTED").await;
    assert!(nested.contains(&"docs/*".to_owned()), "{nested:?}");
}

#[tokio::test]
async fn resources_are_chosen_by_the_permission_on_them() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "docs/1", ["read"]);
    local.grant("alice", "docs/2", ["write"]);
    local.grant("alice", "docs/3", ["read:all"]);
    for (action, expected) in [
        ("read", vec!["docs/1"]),
        ("READ:all", vec!["docs/1", "docs/3"]),
        ("delete", vec![]),
    ] {
        assert_eq!(
            resources(&local, &format!("?resourceUri=docs&permissions={action}")).await,
            expected,
            "{action}"
        );
    }
}

#[tokio::test]
async fn pages_of_resources_have_at_most_twenty_and_survive_changes() {
    let local = AuthressLocal::start().await.unwrap();
    let mut records = Vec::new();
    for number in 0..25 {
        records.push(local.grant("alice", &format!("docs/{number:02}"), ["read"]));
    }
    assert_eq!(alice(&local, "/resources?limit=21").await.0, 400);
    let (_, first) = alice(&local, "/resources?resourceUri=docs").await;
    assert_eq!(first["resources"].as_array().unwrap().len(), 20);
    let cursor = first["pagination"]["next"]["cursor"].as_str().unwrap();
    for record in [&records[3], &records[19]] {
        owner(&local).access_records().delete_record(record).await.unwrap();
    }
    local.grant("alice", "docs/00a", ["read"]);
    let rest = resources(&local, &format!("?resourceUri=docs&cursor={cursor}")).await;
    assert_eq!(rest, ["docs/20", "docs/21", "docs/22", "docs/23", "docs/24"]);
}

#[tokio::test]
async fn about_others_only_those_may_ask_who_may_check() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "a", ["read"]);
    local.grant("reader", "Authress:UserPermissions/alice", ["READ"]);
    for path in ["/resources/a/permissions", "/resources/a/roles", "/resources"] {
        let path = format!("/v1/users/alice{path}");
        for (user, status) in [("alice", 200), ("reader", 200), ("bob", 403)] {
            assert_eq!(
                ask_as_user(&local, user, "GET", &path, Value::Null).await.0,
                status,
                "{user} {path}"
            );
        }
    }
}
