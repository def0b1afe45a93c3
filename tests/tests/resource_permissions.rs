//! What holds for a resource and all users on the local server, and who has access to a resource.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use authress::models::{AccessRecord, Group, LinkedGroup, Statement};
use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{ask_as_user, give, owner};

const OWNER: &str = "sc_owner";
const GRANT: [bool; 3] = [false, true, false];

fn path(resource: &str) -> String {
    format!("/v1/resources/{}", resource.replace('/', "%2F"))
}

fn setting(action: &str, allow: bool) -> Value {
    json!({"permissions": [{"action": action, "allow": allow}]})
}

async fn put(local: &AuthressLocal, user: &str, resource: &str, body: Value) -> u16 {
    ask_as_user(local, user, "PUT", &path(resource), body).await.0
}

async fn check(local: &AuthressLocal, user: &str, resource: &str) -> u16 {
    let path = format!(
        "/v1/users/{user}/resources/{}/permissions/any:thing",
        resource.replace('/', "%2F")
    );
    ask_as_user(local, user, "GET", &path, Value::Null).await.0
}

#[tokio::test]
async fn every_user_passes_the_check_at_a_public_resource_and_below_until_it_is_public_no_more() {
    let local = AuthressLocal::start().await.unwrap();
    assert_eq!(put(&local, OWNER, "a/b", setting("PUBLIC", true)).await, 200);
    for (resource, status) in [
        ("a/b", 200),
        ("/a/b/", 200),
        ("a/b/c/d", 200),
        ("a/b/*", 200),
        ("a", 404),
        ("a/*", 404),
        ("a/bc", 404),
        ("*", 404),
    ] {
        assert_eq!(check(&local, "alice", resource).await, status, "{resource}");
    }
    // To do, not to give.
    let record = AccessRecord::new("r", [Statement::new(["Authress:Owner"], ["a/b"])]).users(["alice"]);
    let given = tests::as_user(&local, "alice")
        .access_records()
        .create_record(record)
        .await;
    assert!(given.unwrap_err().is_forbidden());
    assert_eq!(put(&local, OWNER, "a/b/*", setting("CLAIM", true)).await, 200);
    assert_eq!(check(&local, "alice", "a/b/c").await, 404);
}

#[tokio::test]
async fn a_configuration_is_replaced_as_a_whole_whatever_the_name_of_the_resource() {
    let local = AuthressLocal::start().await.unwrap();
    assert_eq!(
        ask_as_user(&local, OWNER, "GET", &path("a/b"), Value::Null).await.0,
        404
    );
    for name in ["a/b", "/a/b", "a/b/", "a/b/*"] {
        for body in [
            setting("CLAIM", true),
            setting("PUBLIC", true),
            setting("PUBLIC", false),
        ] {
            assert_eq!(put(&local, OWNER, name, body.clone()).await, 200);
            for other in ["a/b", "/a/b/", "a/b/*"] {
                let read = ask_as_user(&local, OWNER, "GET", &path(other), Value::Null).await;
                assert_eq!(read, (200, body.clone()), "{name} {other}");
            }
        }
    }
    let (status, list) = ask_as_user(&local, OWNER, "GET", "/v1/resources", Value::Null).await;
    assert_eq!((status, &list["resources"]), (200, &json!([setting("PUBLIC", false)])));
}

#[tokio::test]
async fn resources_are_configured_and_listed_by_who_may_grant_everything_on_their_permissions() {
    let local = AuthressLocal::start().await.unwrap();
    assert_eq!(put(&local, OWNER, "a", setting("CLAIM", true)).await, 200);
    give(&local, "admin", "*", "Authress:ResourcePermissions/a", GRANT).await;
    give(&local, "one-action", "read", "Authress:ResourcePermissions/a", GRANT).await;
    give(
        &local,
        "doer",
        "*",
        "Authress:ResourcePermissions/a",
        [true, false, false],
    )
    .await;
    give(&local, "elsewhere", "*", "Authress:ResourcePermissions/b", GRANT).await;
    give(&local, "on-it", "*", "a", GRANT).await;
    for (user, get, update, listed) in [
        ("admin", 200, 200, 1),
        ("one-action", 404, 403, 0),
        ("doer", 404, 403, 0),
        ("on-it", 404, 403, 0),
        ("elsewhere", 404, 404, 0),
        ("nobody", 404, 404, 0),
    ] {
        assert_eq!(
            ask_as_user(&local, user, "GET", &path("a"), Value::Null).await.0,
            get,
            "{user}"
        );
        assert_eq!(put(&local, user, "a", setting("CLAIM", true)).await, update, "{user}");
        let (status, list) = ask_as_user(&local, user, "GET", "/v1/resources", Value::Null).await;
        assert_eq!(
            (status, list["resources"].as_array().unwrap().len()),
            (200, listed),
            "{user}"
        );
        let users = ask_as_user(&local, user, "GET", &format!("{}/users", path("a")), Value::Null)
            .await
            .0;
        assert_eq!(users, if user == "admin" { 200 } else { 403 }, "{user}");
    }
}

#[tokio::test]
async fn nobody_opens_the_services_own_resources_who_may_not_pass_everything_on_there() {
    let local = AuthressLocal::start().await.unwrap();
    give(&local, "admin", "*", "Authress:ResourcePermissions", GRANT).await;
    for resource in [
        "*",
        "*/x",
        "Authress:*",
        "Authress:Roles",
        "Authress:ServiceClients/sc_owner/access-keys",
    ] {
        for action in ["PUBLIC", "CLAIM"] {
            assert_eq!(
                put(&local, "admin", resource, setting(action, true)).await,
                403,
                "{resource}"
            );
            assert_eq!(
                put(&local, "admin", resource, setting(action, false)).await,
                200,
                "{resource}"
            );
        }
    }
    assert_eq!(
        ask_as_user(&local, "admin", "GET", "/v1/roles", Value::Null).await.0,
        403
    );
    assert_eq!(put(&local, "admin", "documents", setting("PUBLIC", true)).await, 200);
    assert_eq!(put(&local, OWNER, "Authress:Roles", setting("PUBLIC", true)).await, 200);
    assert_eq!(
        ask_as_user(&local, "admin", "GET", "/v1/roles", Value::Null).await.0,
        200
    );
}

#[tokio::test]
async fn the_users_of_a_resource_are_those_who_were_given_roles_on_exactly_it() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    client
        .groups()
        .create_group(Group::new("G", ["carol"], ["x"]).group_id("grp_1"))
        .await
        .unwrap();
    for (resource, users, role) in [
        ("a/b", vec!["bob", "alice"], "ro_1"),
        ("/a/b/", vec!["alice"], "ro_2"),
        ("a", vec!["parent"], "ro_1"),
        ("a/b/c", vec!["child"], "ro_1"),
        ("a/*/c", vec!["pattern"], "ro_1"),
    ] {
        let record = AccessRecord::new("r", [Statement::new([role], [resource])]).users(users);
        client.access_records().create_record(record).await.unwrap();
    }
    let by_group = AccessRecord::new("r", [Statement::new(["ro_3"], ["a/b"])]).groups([LinkedGroup::new("grp_1")]);
    client.access_records().create_record(by_group).await.unwrap();
    let gone = AccessRecord::new("r", [Statement::new(["ro_1"], ["a/b"])])
        .users(["gone"])
        .record_id("rec_gone");
    client.access_records().create_record(gone).await.unwrap();
    client.access_records().delete_record("rec_gone").await.unwrap();

    let (status, body) = ask_as_user(&local, OWNER, "GET", &format!("{}/users", path("a/b")), Value::Null).await;
    assert_eq!(status, 200);
    let mut users: Vec<(String, Vec<String>)> = Vec::new();
    for user in body["users"].as_array().unwrap() {
        let roles = user["roles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|role| role["roleId"].as_str().unwrap().to_owned());
        let mut roles: Vec<String> = roles.collect();
        roles.sort();
        users.push((user["userId"].as_str().unwrap().to_owned(), roles));
    }
    let expected = [
        ("alice", vec!["ro_1", "ro_2"]),
        ("bob", vec!["ro_1"]),
        ("carol", vec!["ro_3"]),
    ];
    let expected = expected.map(|(user, roles)| (user.to_owned(), roles.into_iter().map(ToOwned::to_owned).collect()));
    assert_eq!(users, expected);
    let (_, none) = ask_as_user(&local, OWNER, "GET", &format!("{}/users", path("z")), Value::Null).await;
    assert_eq!(none["users"], json!([]));
}

#[tokio::test]
async fn pages_of_users_go_on_after_the_last_one_although_it_lost_its_roles() {
    let local = AuthressLocal::start().await.unwrap();
    for number in 0..25 {
        local.grant(&format!("user{number:02}"), "a", ["read"]);
    }
    let all = format!("{}/users", path("a"));
    assert_eq!(
        ask_as_user(&local, OWNER, "GET", &format!("{all}?limit=21"), Value::Null)
            .await
            .0,
        400
    );
    let ids = |body: &Value| -> Vec<String> {
        body["users"]
            .as_array()
            .unwrap()
            .iter()
            .map(|user| user["userId"].as_str().unwrap().to_owned())
            .collect()
    };
    let (_, first) = ask_as_user(&local, OWNER, "GET", &all, Value::Null).await;
    assert_eq!((ids(&first).len(), ids(&first)[19].as_str()), (20, "user19"));
    let cursor = first["pagination"]["next"]["cursor"].as_str().unwrap();
    for user in ["user00", "user19"] {
        assert_eq!(
            ask_as_user(&local, OWNER, "DELETE", &format!("/v1/users/{user}"), Value::Null)
                .await
                .0,
            202
        );
    }
    let (_, second) = ask_as_user(&local, OWNER, "GET", &format!("{all}?cursor={cursor}"), Value::Null).await;
    assert_eq!(ids(&second), ["user20", "user21", "user22", "user23", "user24"]);
    assert_eq!(second["pagination"]["next"], Value::Null);
}
