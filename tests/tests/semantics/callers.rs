//! Who may call what.

use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{ask_as_user, give, owner, raw_request};

use crate::world::{OWNER, World, record, statement, users};

/// Collections whose things are managed alike: path, resource, a body, and the name of the id.
const MANAGED: [(&str, &str, &str, &str); 7] = [
    (
        "/v1/roles",
        "Authress:Roles",
        r#"{"name":"n","permissions":[]}"#,
        "roleId",
    ),
    (
        "/v1/groups",
        "Authress:Groups",
        r#"{"name":"n","users":[],"admins":[]}"#,
        "groupId",
    ),
    ("/v1/clients", "Authress:ServiceClients", r#"{"name":"n"}"#, "clientId"),
    ("/v1/tenants", "Authress:Tenants", r#"{"connection":{}}"#, "tenantId"),
    (
        "/v1/connections",
        "Authress:Connections",
        r#"{"authenticationUrl":"https://login.example.com"}"#,
        "connectionId",
    ),
    (
        "/v1/applications",
        "Authress:Applications",
        r#"{"name":"n","redirectUrls":[]}"#,
        "applicationId",
    ),
    (
        "/v1/extensions",
        "Authress:Extensions",
        r#"{"name":"n"}"#,
        "extensionId",
    ),
];

/// What the caller may do with one thing of each collection by the action that is given on it.
async fn managed_by(at: &World, action: &str, method: &str) {
    for (path, collection, body, id) in MANAGED {
        let body: Value = serde_json::from_str(body).unwrap();
        let made = at.post(path, body).await;
        let id = made[id].as_str().unwrap();
        let one = format!("{path}/{id}");
        let (status, _) = at.ask("mallory", method, &one).await;
        assert_eq!(status, 403, "{method} {one}");
        give(
            &at.local,
            id,
            action,
            &format!("{collection}/{id}"),
            [true, false, false],
        )
        .await;
        let (status, answer) = at.ask(id, method, &one).await;
        assert!(status < 300, "{method} {one}: {status} {answer}");
    }
}

#[tokio::test]
async fn caller_is_the_subject() {
    let at = World::new().await;
    at.local.grant("alice", "Authress:UserPermissions/carol", ["READ"]);
    assert_eq!(at.check("alice", "carol", "read", "a").await, 404);
    assert_eq!(at.check("bob", "carol", "read", "a").await, 403);
    for bearer in ["", "Bearer x", "Basic YTpi"] {
        let path = "/v1/users/carol/resources/a/permissions/read";
        let answer = raw_request(at.local.address(), "GET", path, bearer, "").await.unwrap();
        assert_eq!(answer.status, 401, "{bearer}");
    }
}

#[tokio::test]
async fn about_oneself() {
    let at = World::new().await;
    at.local.grant("alice", "a", ["read"]);
    assert_eq!(at.check("alice", "alice", "read", "a").await, 200);
    assert_eq!(at.check("alice", "alice", "write", "a").await, 404);
    assert_eq!(at.ask("alice", "GET", "/v1/users/alice/resources").await.0, 200);
}

#[tokio::test]
async fn about_others() {
    let at = World::new().await;
    let alice = "/v1/users/alice/resources";
    let paths = [
        alice.to_owned(),
        format!("{alice}/a/permissions/read"),
        format!("{alice}/a/permissions"),
        format!("{alice}/a/roles"),
    ];
    at.local.grant("alice", "a", ["read"]);
    at.local.grant("support", "Authress:UserPermissions/alice", ["READ"]);
    for path in &paths {
        assert_eq!(at.ask("bob", "GET", path).await.0, 403, "{path}");
        assert_eq!(at.ask("support", "GET", path).await.0, 200, "{path}");
    }
    assert_eq!(at.check("support", "bob", "read", "a").await, 403);
}

#[tokio::test]
async fn records_need_permission() {
    let at = World::new().await;
    let mut of = record("r", &["bob"], vec![statement(&["Authress:Owner"], &["a"])]);
    of["admins"] = users(&["admin"]);
    at.post("/v1/records", of).await;
    let one = "/v1/records/r";
    assert_eq!(at.ask("mallory", "GET", one).await.0, 403);
    assert_eq!(at.ask("mallory", "DELETE", one).await.0, 403);
    give(
        &at.local,
        "reader",
        "READ",
        "Authress:AccessRecords/r",
        [true, false, false],
    )
    .await;
    assert_eq!(at.ask("reader", "GET", one).await.0, 200);
    assert_eq!(at.ask("reader", "DELETE", one).await.0, 403);
    assert_eq!(at.ask("admin", "GET", one).await.0, 200);
    assert_eq!(at.ask("admin", "DELETE", one).await.0, 204);
}

#[tokio::test]
async fn giving_needs_grant() {
    let at = World::new().await;
    at.role("reader", &["read"]).await;
    give(&at.local, "doer", "read", "a", [true, false, false]).await;
    give(&at.local, "giver", "read", "a", [false, true, false]).await;
    give(&at.local, "passer", "read", "a", [false, false, true]).await;
    for (caller, resource, expected) in [
        ("doer", "a/b", 403),
        ("giver", "a/b", 201),
        ("giver", "b", 403),
        ("passer", "a/b", 201),
        (OWNER, "b", 201),
    ] {
        let given = json!({"name": "n", "users": users(&["bob"]), "statements": [statement(&["reader"], &[resource])]});
        let (status, answer) = at.send(caller, "POST", "/v1/records", given).await;
        assert_eq!(status, expected, "{caller} {resource}: {answer}");
    }
}

#[tokio::test]
async fn passing_on_needs_delegate() {
    let at = World::new().await;
    let giving = give(&at.local, "x", "read", "elsewhere", [false, true, false]).await;
    give(&at.local, "giver", "read", "a", [true, true, false]).await;
    give(&at.local, "passer", "read", "a", [false, false, true]).await;
    for (caller, expected) in [("giver", 403), ("passer", 201)] {
        let given = json!({"name": "n", "users": users(&["bob"]), "statements": [statement(&[&giving], &["a"])]});
        assert_eq!(
            at.send(caller, "POST", "/v1/records", given).await.0,
            expected,
            "{caller}"
        );
    }
}

#[tokio::test]
async fn unknown_role_needs_everything() {
    let at = World::new().await;
    give(&at.local, "giver", "read", "a", [true, true, true]).await;
    give(&at.local, "all", "*", "a", [false, false, true]).await;
    for (caller, expected) in [("giver", 403), ("all", 201)] {
        let given = json!({"name": "n", "users": users(&["bob"]), "statements": [statement(&["nowhere"], &["a"])]});
        assert_eq!(
            at.send(caller, "POST", "/v1/records", given).await.0,
            expected,
            "{caller}"
        );
    }
}

#[tokio::test]
async fn creator_becomes_admin() {
    let at = World::new().await;
    at.record("r", "bob", "Authress:Owner", "a").await;
    let mut named = record("s", &["bob"], vec![statement(&["Authress:Owner"], &["a"])]);
    named["admins"] = users(&["carol"]);
    at.post("/v1/records", named).await;
    for (id, admin) in [("r", OWNER), ("s", "carol")] {
        let (_, read) = at.ask(OWNER, "GET", &format!("/v1/records/{id}")).await;
        assert_eq!(read["admins"], users(&[admin]), "{id}");
    }
}

#[tokio::test]
async fn making_needs_create() {
    let at = World::new().await;
    for (path, collection, body, _) in MANAGED {
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(at.send("mallory", "POST", path, body.clone()).await.0, 403, "{path}");
        give(&at.local, "maker", "CREATE", collection, [true, false, false]).await;
        let (status, answer) = at.send("maker", "POST", path, body).await;
        assert_eq!(status, 201, "{path}: {answer}");
    }
}

#[tokio::test]
async fn reading_needs_read() {
    managed_by(&World::new().await, "READ", "GET").await;
}

#[tokio::test]
async fn deleting_needs_update() {
    managed_by(&World::new().await, "UPDATE", "DELETE").await;
}

#[tokio::test]
async fn identities_need_configuration() {
    let at = World::new().await;
    assert_eq!(at.ask("alice", "GET", "/v1/identities").await.0, 403);
    at.local.grant("alice", "Authress:Configuration", ["READ"]);
    assert_eq!(at.ask("alice", "GET", "/v1/identities").await.0, 200);
}

#[tokio::test]
async fn enforcement() {
    let enforced = AuthressLocal::start().await.unwrap();
    let permissive = AuthressLocal::builder().permissive(true).start().await.unwrap();
    for (local, expected) in [(&enforced, 403), (&permissive, 201)] {
        let role = json!({"name": "n", "permissions": []});
        assert_eq!(ask_as_user(local, "alice", "POST", "/v1/roles", role).await.0, expected);
    }
    let answer = raw_request(permissive.address(), "GET", "/v1/roles", "Bearer x", "")
        .await
        .unwrap();
    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn first_client() {
    let at = World::new().await;
    let first = owner(&at.local);
    assert!(first.is_authorized(OWNER, "any/thing", "at:all").await.unwrap());
    first.roles().get_roles().send().await.unwrap();
}
