//! Who has access to what: records, roles, actions, resources, groups.

use serde_json::{Value, json};

use crate::world::{World, groups, record, right, statement, users};

/// Holds that each of the users may do the action at the resource, or may not.
async fn holds(at: &World, rows: &[(&str, &str, &str, bool)]) {
    for (user, action, resource, expected) in rows {
        assert_eq!(
            at.may(user, action, resource).await,
            *expected,
            "{user} {action} {resource}"
        );
    }
}

#[tokio::test]
async fn additive() {
    let at = World::new().await;
    at.local.grant("alice", "documents/1", ["read"]);
    at.local.grant("alice", "documents/1", ["write"]);
    let second = at.local.grant("alice", "documents/2", ["read"]);
    // Less, or nothing, on what is below takes nothing away.
    at.local.grant("alice", "documents/1/pages", ["list"]);
    holds(
        &at,
        &[
            ("alice", "read", "documents/1", true),
            ("alice", "write", "documents/1/pages", true),
            ("alice", "read", "documents/2", true),
            ("alice", "write", "documents/2", false),
        ],
    )
    .await;
    at.delete(&format!("/v1/records/{second}")).await;
    holds(
        &at,
        &[
            ("alice", "read", "documents/2", false),
            ("alice", "read", "documents/1", true),
        ],
    )
    .await;
}

#[tokio::test]
async fn statement_scope() {
    let at = World::new().await;
    at.role("reader", &["read"]).await;
    at.role("writer", &["write"]).await;
    let statements = vec![statement(&["reader"], &["a"]), statement(&["writer"], &["b"])];
    at.post("/v1/records", record("r", &["alice"], statements)).await;
    holds(
        &at,
        &[
            ("alice", "read", "a", true),
            ("alice", "write", "b", true),
            ("alice", "write", "a", false),
            ("alice", "read", "b", false),
        ],
    )
    .await;
}

#[tokio::test]
async fn users_in_one_place() {
    let at = World::new().await;
    at.role("reader", &["read"]).await;
    let named = |member: &str, named: Value| {
        let mut statement = statement(&["reader"], &["a"]);
        statement[member] = named;
        statement
    };
    for (member, named_there) in [("users", users(&["bob"])), ("groups", groups(&["grp_x"]))] {
        let both = record("both", &["alice"], vec![named(member, named_there)]);
        let (status, body) = at.send("sc_owner", "POST", "/v1/records", both).await;
        assert_eq!(status, 400, "{member}: {body}");
    }
    let mut alone = record("alone", &[], vec![named("users", users(&["bob"]))]);
    alone.as_object_mut().unwrap().remove("users");
    at.post("/v1/records", alone).await;
    holds(&at, &[("bob", "read", "a", true), ("alice", "read", "a", false)]).await;
}

#[tokio::test]
async fn check_needs_allow() {
    let at = World::new().await;
    let permissions = [right("read", [false, true, true]), right("list", [true, false, false])];
    at.post(
        "/v1/roles",
        json!({"roleId": "giver", "name": "n", "permissions": permissions}),
    )
    .await;
    at.record("r", "alice", "giver", "a").await;
    holds(&at, &[("alice", "read", "a", false), ("alice", "list", "a", true)]).await;
}

#[tokio::test]
async fn unknown_role() {
    let at = World::new().await;
    at.record("r", "alice", "later", "a").await;
    holds(&at, &[("alice", "read", "a", false)]).await;
    at.role("later", &["read"]).await;
    holds(&at, &[("alice", "read", "a", true)]).await;
}

#[tokio::test]
async fn deleted_role() {
    let at = World::new().await;
    at.role("reader", &["read"]).await;
    at.record("r", "alice", "reader", "a").await;
    let before = at.ask("sc_owner", "GET", "/v1/records/r").await;
    at.delete("/v1/roles/reader").await;
    holds(&at, &[("alice", "read", "a", false)]).await;
    assert_eq!(at.ask("sc_owner", "GET", "/v1/records/r").await, before);
}

#[tokio::test]
async fn built_in_roles() {
    let at = World::new().await;
    at.record("r", "alice", "Authress:Owner", "a").await;
    at.record("s", "bob", "Authress:AuthenticateUser", "a").await;
    holds(
        &at,
        &[
            ("alice", "any:thing", "a/b", true),
            ("alice", "any:thing", "b", false),
            ("bob", "any:thing", "a", false),
        ],
    )
    .await;
    // An owner may also give it.
    let given = record("t", &["carol"], vec![statement(&["Authress:Owner"], &["a/b"])]);
    assert_eq!(at.send("alice", "POST", "/v1/records", given).await.0, 201);
    holds(
        &at,
        &[("carol", "any:thing", "a/b", true), ("carol", "any:thing", "a", false)],
    )
    .await;
}

#[tokio::test]
async fn action_case() {
    let at = World::new().await;
    at.local.grant("alice", "a", ["Documents:READ"]);
    holds(
        &at,
        &[
            ("alice", "documents:read", "a", true),
            ("alice", "DOCUMENTS:Read", "a", true),
        ],
    )
    .await;
}

#[tokio::test]
async fn action_scope() {
    let at = World::new().await;
    for (user, action) in [("plain", "a"), ("star", "a:*"), ("all", "*")] {
        at.local.grant(user, "x", [action]);
        holds(
            &at,
            &[
                (user, "a:b", "x", true),
                (user, "a:b:c", "x", true),
                (user, "ab", "x", user == "all"),
            ],
        )
        .await;
    }
    at.local.grant("deep", "x", ["a:b"]);
    holds(
        &at,
        &[
            ("deep", "a", "x", false),
            ("deep", "a:c", "x", false),
            ("deep", "a:b:c", "x", true),
        ],
    )
    .await;
}

#[tokio::test]
async fn action_star_in_the_middle() {
    let at = World::new().await;
    at.local.grant("alice", "x", ["a:*:c"]);
    holds(
        &at,
        &[
            ("alice", "a:b:c", "x", true),
            ("alice", "a:b:d", "x", false),
            ("alice", "a:b:b:c", "x", false),
            ("alice", "a:c", "x", false),
        ],
    )
    .await;
}

#[tokio::test]
async fn asked_action_star() {
    let at = World::new().await;
    at.local.grant("one", "x", ["a:b"]);
    at.local.grant("all", "x", ["a:*"]);
    holds(
        &at,
        &[
            ("one", "a:*", "x", false),
            ("all", "a:*", "x", true),
            ("all", "a:b:*", "x", true),
            ("all", "*", "x", false),
        ],
    )
    .await;
}

#[tokio::test]
async fn slashes() {
    let at = World::new().await;
    at.local.grant("alice", "/a/b/", ["read"]);
    at.local.grant("bob", "a/b", ["read"]);
    for user in ["alice", "bob"] {
        holds(
            &at,
            &[
                (user, "read", "a/b", true),
                (user, "read", "/a/b", true),
                (user, "read", "/a/b/", true),
            ],
        )
        .await;
    }
}

#[tokio::test]
async fn grant_cascades() {
    let at = World::new().await;
    at.local.grant("plain", "documents", ["read"]);
    at.local.grant("star", "documents/*", ["read"]);
    for user in ["plain", "star"] {
        holds(
            &at,
            &[
                (user, "read", "documents/A", true),
                (user, "read", "documents/B/sub/C", true),
                (user, "read", "documents2", false),
                (user, "read", "other/documents/A", false),
            ],
        )
        .await;
    }
}

#[tokio::test]
async fn resource_star_in_the_middle() {
    let at = World::new().await;
    at.local.grant("alice", "orgs/*/documents", ["read"]);
    holds(
        &at,
        &[
            ("alice", "read", "orgs/1/documents", true),
            ("alice", "read", "orgs/1/documents/2", true),
            ("alice", "read", "orgs/1/teams/documents", false),
            ("alice", "read", "orgs/documents", false),
            ("alice", "read", "orgs/1", false),
        ],
    )
    .await;
}

#[tokio::test]
async fn star_in_a_namespace() {
    let at = World::new().await;
    at.local.grant("alice", "ns:*/documents", ["read"]);
    holds(
        &at,
        &[
            ("alice", "read", "ns:a/documents", true),
            ("alice", "read", "ns:a/documents/1", true),
            ("alice", "read", "other:a/documents", false),
            ("alice", "read", "ns/documents", false),
        ],
    )
    .await;
}

#[tokio::test]
async fn asked_resource_star() {
    let at = World::new().await;
    at.local.grant("one", "documents/1", ["read"]);
    at.local.grant("all", "documents/*", ["read"]);
    holds(
        &at,
        &[
            ("one", "read", "documents/*", false),
            ("all", "read", "documents/*", true),
            ("all", "read", "*", false),
        ],
    )
    .await;
}

#[tokio::test]
async fn collection_star_covers_the_collection() {
    let at = World::new().await;
    at.local.grant("alice", "documents/*", ["documents:*"]);
    holds(
        &at,
        &[
            ("alice", "documents:read", "documents", true),
            ("alice", "documents", "documents/1", true),
        ],
    )
    .await;
}

#[tokio::test]
async fn case_sensitive() {
    let at = World::new().await;
    at.local.grant("alice", "Documents/a", ["read"]);
    holds(
        &at,
        &[
            ("alice", "read", "Documents/a", true),
            ("alice", "read", "documents/a", false),
            ("Alice", "read", "Documents/a", false),
        ],
    )
    .await;
}

#[tokio::test]
async fn no_resource() {
    let at = World::new().await;
    for resource in ["/", "//", "a//b"] {
        assert_eq!(at.check("alice", "alice", "read", resource).await, 400, "{resource}");
        let given = record("r", &["alice"], vec![statement(&["Authress:Owner"], &[resource])]);
        assert_eq!(
            at.send("sc_owner", "POST", "/v1/records", given).await.0,
            400,
            "{resource}"
        );
    }
}

#[tokio::test]
async fn groups_are_flat() {
    let at = World::new().await;
    at.role("reader", &["read"]).await;
    at.group("grp_inner", &["alice"]).await;
    at.group("grp_outer", &["grp_inner", "bob"]).await;
    let given = json!({"name": "n", "groups": groups(&["grp_outer"]), "statements": [statement(&["reader"], &["a"])]});
    at.post("/v1/records", given).await;
    holds(&at, &[("bob", "read", "a", true), ("alice", "read", "a", false)]).await;
}

#[tokio::test]
async fn group_size() {
    let at = World::new().await;
    let members: Vec<String> = (0..101).map(|number| format!("user_{number}")).collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    for (count, expected) in [(100, 201), (101, 400)] {
        let group = json!({"name": "n", "users": users(&members[..count]), "admins": users(&["admin"])});
        assert_eq!(
            at.send("sc_owner", "POST", "/v1/groups", group).await.0,
            expected,
            "{count}"
        );
    }
}

#[tokio::test]
async fn deleted_group() {
    let at = World::new().await;
    at.role("reader", &["read"]).await;
    at.group("grp_team", &["alice"]).await;
    let given = json!({"name": "n", "groups": groups(&["grp_team"]), "statements": [statement(&["reader"], &["a"])]});
    at.post("/v1/records", given).await;
    holds(&at, &[("alice", "read", "a", true)]).await;
    at.delete("/v1/groups/grp_team").await;
    holds(&at, &[("alice", "read", "a", false)]).await;
}

#[tokio::test]
async fn deleted_user() {
    let at = World::new().await;
    at.local.grant("alice", "a", ["read"]);
    assert_eq!(at.ask("sc_owner", "DELETE", "/v1/users/alice").await.0, 202);
    holds(&at, &[("alice", "read", "a", false)]).await;
}

#[tokio::test]
async fn service_client_names() {
    let at = World::new().await;
    let client = at.post("/v1/clients", json!({"name": "n"})).await;
    let id = client["clientId"].as_str().unwrap();
    let long = format!("Authress:ServiceClients/{id}");
    at.local.grant(&long, "a", ["read"]);
    at.local.grant(id, "b", ["read"]);
    for name in [id, &long] {
        holds(&at, &[(name, "read", "a", true), (name, "read", "b", true)]).await;
    }
}

#[tokio::test]
async fn public() {
    let at = World::new().await;
    at.put(
        "/v1/resources/news",
        json!({"permissions": [{"action": "PUBLIC", "allow": true}]}),
    )
    .await;
    holds(
        &at,
        &[
            ("anybody", "read", "news", true),
            ("anybody", "write", "news/1/2", true),
            ("anybody", "read", "new", false),
        ],
    )
    .await;
}

#[tokio::test]
async fn configuration_is_replaced() {
    let at = World::new().await;
    let allow = |action| json!({"permissions": [{"action": action, "allow": true}]});
    at.put("/v1/resources/news", allow("PUBLIC")).await;
    at.put("/v1/resources/news", allow("CLAIM")).await;
    holds(&at, &[("anybody", "read", "news", false)]).await;
    let (_, read) = at.ask("sc_owner", "GET", "/v1/resources/news").await;
    assert_eq!(read["permissions"], allow("CLAIM")["permissions"]);
}

#[tokio::test]
async fn configuration_actions() {
    let at = World::new().await;
    for (action, expected) in [("CLAIM", 200), ("PUBLIC", 200), ("READ", 400), ("public", 400)] {
        let body = json!({"permissions": [{"action": action, "allow": true}]});
        assert_eq!(
            at.send("sc_owner", "PUT", "/v1/resources/news", body).await.0,
            expected,
            "{action}"
        );
    }
}

#[tokio::test]
async fn claim() {
    let at = World::new().await;
    let orgs = json!({"collectionResource": "orgs", "resourceId": "acme"});
    assert_eq!(at.send("alice", "POST", "/v1/claims", orgs.clone()).await.0, 403);
    at.put(
        "/v1/resources/orgs",
        json!({"permissions": [{"action": "CLAIM", "allow": true}]}),
    )
    .await;
    assert_eq!(at.send("alice", "POST", "/v1/claims", orgs).await.0, 201);
    holds(
        &at,
        &[
            ("alice", "any:thing", "orgs/acme", true),
            ("alice", "any:thing", "orgs", false),
        ],
    )
    .await;
    let (_, records) = at.ask("sc_owner", "GET", "/v1/records").await;
    let admins = records["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| &record["admins"]);
    assert_eq!(admins.filter(|admins| **admins == users(&["alice"])).count(), 1);
}

#[tokio::test]
async fn claim_conflict() {
    let at = World::new().await;
    at.put(
        "/v1/resources/orgs",
        json!({"permissions": [{"action": "CLAIM", "allow": true}]}),
    )
    .await;
    let of = |id: &str| json!({"collectionResource": "orgs", "resourceId": id});
    assert_eq!(at.send("alice", "POST", "/v1/claims", of("acme")).await.0, 201);
    at.local.grant("carol", "orgs/given", ["read"]);
    for id in ["acme", "given"] {
        assert_eq!(at.send("bob", "POST", "/v1/claims", of(id)).await.0, 409, "{id}");
    }
}
