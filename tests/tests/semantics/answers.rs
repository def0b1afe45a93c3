//! What is answered, and how.

use std::time::SystemTime;

use serde_json::{Value, json};
use tests::{RawAnswer, owner, raw_request};

use crate::world::{OWNER, World, record, statement};

async fn raw(at: &World, method: &str, path: &str, headers: &str, body: &Value) -> RawAnswer {
    // Other headers go where the token ends.
    let bearer = format!("Bearer {}{headers}", at.local.user_token(OWNER));
    raw_request(at.local.address(), method, path, &bearer, &body.to_string())
        .await
        .unwrap()
}

/// The members of the list `name` in an answer, by their id.
fn ids(answer: &Value, name: &str, id: &str) -> Vec<String> {
    let list = answer[name].as_array().unwrap();
    list.iter().map(|it| it[id].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn check_statuses() {
    let at = World::new().await;
    at.local.grant("alice", "a", ["read"]);
    for (caller, action, expected) in [("alice", "read", 200), ("alice", "write", 404), ("bob", "read", 403)] {
        assert_eq!(
            at.check(caller, "alice", action, "a").await,
            expected,
            "{caller} {action}"
        );
    }
    let path = "/v1/users/alice/resources/a/permissions/read";
    assert_eq!(at.ask("alice", "GET", path).await, (200, Value::Null));
    assert_eq!(
        raw_request(at.local.address(), "GET", path, "Bearer x", "")
            .await
            .unwrap()
            .status,
        401
    );
}

#[tokio::test]
async fn nothing_is_404() {
    let at = World::new().await;
    for what in ["permissions", "roles"] {
        let path = format!("/v1/users/alice/resources/a/{what}");
        assert_eq!(at.ask(OWNER, "GET", &path).await.0, 404, "{what}");
        at.local.grant("alice", "a", ["read"]);
        assert_eq!(at.ask(OWNER, "GET", &path).await.0, 200, "{what}");
        at.delete("/v1/users/alice").await;
    }
}

#[tokio::test]
async fn explicit_assignments_only() {
    let at = World::new().await;
    at.record("parent", "above", "Authress:Owner", "a").await;
    at.record("itself", "here", "Authress:Owner", "a/b").await;
    at.record("child", "below", "Authress:Owner", "a/b/c").await;
    let (status, answer) = at.ask(OWNER, "GET", "/v1/resources/a%2Fb/users").await;
    assert_eq!(
        (status, ids(&answer, "users", "userId")),
        (200, vec!["here".to_owned()])
    );
    for (user, expected) in [("above", 404), ("here", 200), ("below", 404)] {
        let path = format!("/v1/users/{user}/resources/a%2Fb/roles");
        assert_eq!(at.ask(OWNER, "GET", &path).await.0, expected, "{user}");
    }
}

#[tokio::test]
async fn user_resources() {
    let at = World::new().await;
    for resource in ["docs/1", "docs/1/pages/2", "other/3"] {
        at.local.grant("alice", resource, ["read"]);
    }
    let docs = "/v1/users/alice/resources?resourceUri=docs%2F*";
    for (query, expected) in [
        ("", vec!["docs/1"]),
        ("&collectionConfiguration=TOP_LEVEL_ONLY", vec!["docs/1"]),
        (
            "&collectionConfiguration=INCLUDE_NESTED",
            vec!["docs/1", "docs/1/pages/2"],
        ),
    ] {
        let (_, answer) = at.ask("alice", "GET", &format!("{docs}{query}")).await;
        assert_eq!(ids(&answer, "resources", "resourceUri"), expected, "{query}");
    }
}

#[tokio::test]
async fn user_resources_of_a_parent() {
    let at = World::new().await;
    at.local.grant("alice", "docs/*", ["read"]);
    let docs = "/v1/users/alice/resources?resourceUri=docs%2F*";
    for (query, expected) in [
        ("", Vec::<&str>::new()),
        ("&collectionConfiguration=INCLUDE_NESTED", vec!["docs/*"]),
    ] {
        let (status, answer) = at.ask("alice", "GET", &format!("{docs}{query}")).await;
        assert_eq!(status, 200, "{query}");
        assert_eq!(ids(&answer, "resources", "resourceUri"), expected, "{query}");
    }
}

#[tokio::test]
async fn user_resources_by_permission() {
    let at = World::new().await;
    at.local.grant("alice", "docs/1", ["read"]);
    at.local.grant("alice", "docs/2", ["write"]);
    let docs = "/v1/users/alice/resources?resourceUri=docs%2F*&permissions=write";
    let (_, answer) = at.ask("alice", "GET", docs).await;
    assert_eq!(ids(&answer, "resources", "resourceUri"), ["docs/2"]);
}

#[tokio::test]
async fn user_resources_come_by_twenty() {
    let at = World::new().await;
    for number in 10..31 {
        at.local.grant("alice", &format!("docs/{number}"), ["read"]);
    }
    let (_, answer) = at
        .ask("alice", "GET", "/v1/users/alice/resources?resourceUri=docs%2F*")
        .await;
    assert_eq!(ids(&answer, "resources", "resourceUri").len(), 20);
    assert_eq!(
        at.ask("alice", "GET", "/v1/users/alice/resources?limit=21").await.0,
        400
    );
}

#[tokio::test]
async fn created_and_accepted() {
    let at = World::new().await;
    let of = || record("r", &["alice"], vec![statement(&["Authress:Owner"], &["a"])]);
    let (status, made) = at.send(OWNER, "POST", "/v1/records", of()).await;
    assert_eq!((status, &made["recordId"]), (201, &json!("r")));
    assert_eq!(at.send(OWNER, "PUT", "/v1/records/r", of()).await.0, 202);
    assert_eq!(at.ask(OWNER, "DELETE", "/v1/records/r").await, (204, Value::Null));
}

#[tokio::test]
async fn duplicate() {
    let at = World::new().await;
    at.role("ro", &["read"]).await;
    at.record("r", "alice", "ro", "a").await;
    let again = record("r", &["bob"], vec![statement(&["ro"], &["a"])]);
    assert_eq!(at.send(OWNER, "POST", "/v1/records", again).await.0, 409);
    let again = json!({"roleId": "ro", "name": "n", "permissions": []});
    assert_eq!(at.send(OWNER, "POST", "/v1/roles", again).await.0, 409);
    assert!(at.may("alice", "read", "a").await);
}

#[tokio::test]
async fn unmodified_since() {
    let at = World::new().await;
    let of = || record("r", &["alice"], vec![statement(&["Authress:Owner"], &["a"])]);
    let made = at.post("/v1/records", of()).await;
    let last_updated = made["lastUpdated"].as_str().unwrap();
    for (time, expected) in [
        ("Wed, 21 Oct 2015 07:28:00 GMT", 412),
        ("2015-10-21T07:28:00.000Z", 412),
        (last_updated, 202),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 202),
    ] {
        let header = format!("\r\nif-unmodified-since: {time}");
        assert_eq!(
            raw(&at, "PUT", "/v1/records/r", &header, &of()).await.status,
            expected,
            "{time}"
        );
    }
}

#[tokio::test]
async fn too_large() {
    let at = World::new().await;
    let of = |length: usize| {
        let mut of = record("r", &["alice"], vec![statement(&["Authress:Owner"], &["a"])]);
        of["tags"] = json!({"tag": ""});
        of["name"] = json!("n");
        of["padding"] = json!("x".repeat(length));
        of
    };
    assert_eq!(at.send(OWNER, "POST", "/v1/records", of(110 * 1024)).await.0, 413);
}

#[tokio::test]
async fn described_bodies() {
    let at = World::new().await;
    for (body, place) in [
        (json!({"permissions": []}), "request.body"),
        (json!({"name": "", "permissions": []}), "request.body.name"),
        (
            json!({"name": "n", "permissions": [{"action": "a b", "allow": true, "grant": false, "delegate": false}]}),
            "request.body.permissions[0].action",
        ),
    ] {
        let (status, answer) = at.send(OWNER, "POST", "/v1/roles", body).await;
        let title = answer["title"].as_str().unwrap();
        assert!(status == 400 && title.starts_with(place), "{status} {title}");
    }
    assert_eq!(at.ask(OWNER, "GET", "/v1/roles?limit=0").await.0, 400);
}

#[tokio::test]
async fn soft_delete() {
    let at = World::new().await;
    at.role("ro", &["read"]).await;
    at.record("r", "alice", "ro", "a").await;
    at.delete("/v1/records/r").await;
    let (status, read) = at.ask(OWNER, "GET", "/v1/records/r").await;
    assert_eq!((status, &read["status"]), (200, &json!("DELETED")));
    assert!(!at.may("alice", "read", "a").await);
    assert_eq!(at.ask(OWNER, "DELETE", "/v1/records/r").await.0, 404);
    at.record("r", "alice", "ro", "a").await;
    assert!(at.may("alice", "read", "a").await);
}

#[tokio::test]
async fn pages() {
    let at = World::new().await;
    for id in ["a", "c", "e"] {
        at.role(id, &["read"]).await;
    }
    let (_, first) = at.ask(OWNER, "GET", "/v1/roles?limit=2").await;
    assert_eq!(ids(&first, "roles", "roleId"), ["a", "c"]);
    let cursor = first["pagination"]["next"]["cursor"].as_str().unwrap();
    // What comes before or goes between two pages moves nothing.
    at.role("b", &["read"]).await;
    at.role("d", &["read"]).await;
    at.delete("/v1/roles/c").await;
    let (_, last) = at
        .ask(OWNER, "GET", &format!("/v1/roles?limit=2&cursor={cursor}"))
        .await;
    assert_eq!(ids(&last, "roles", "roleId"), ["d", "e"]);
    assert!(last["pagination"]["next"].is_null(), "{last}");
}

#[tokio::test]
async fn media_type() {
    let at = World::new().await;
    for (path, expected) in [("/v1/roles", 200), ("/v1/roles/none", 404)] {
        let answer = raw(&at, "GET", path, "", &json!({})).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (expected, "application/links+json")
        );
    }
}

#[tokio::test]
async fn errors() {
    let at = World::new().await;
    let (_, one) = at.ask(OWNER, "GET", "/v1/roles/none").await;
    let (_, two) = at.ask(OWNER, "GET", "/v1/roles/none").await;
    for field in ["title", "errorCode", "errorId"] {
        assert!(one[field].as_str().is_some_and(|text| !text.is_empty()), "{one}");
    }
    assert_eq!(one["errorCode"], two["errorCode"]);
    assert_ne!(one["errorId"], two["errorId"]);
}

#[tokio::test]
async fn at_once() {
    let at = World::new().await;
    at.role("ro", &["read"]).await;
    at.record("r", "alice", "ro", "a").await;
    let (_, listed) = at.ask(OWNER, "GET", "/v1/records").await;
    assert!(ids(&listed, "records", "recordId").contains(&"r".to_owned()));
    let changed = record("r", &["bob"], vec![statement(&["ro"], &["a"])]);
    assert_eq!(at.send(OWNER, "PUT", "/v1/records/r", changed).await.0, 202);
    assert!(at.may("bob", "read", "a").await && !at.may("alice", "read", "a").await);
}

#[tokio::test]
async fn public_keys() {
    let at = World::new().await;
    let keys = "/.well-known/openid-configuration/jwks";
    for path in [keys.to_owned(), format!("/v1/clients/{OWNER}{keys}")] {
        let answer = raw_request(at.local.address(), "GET", &path, "", "").await.unwrap();
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(
            (answer.status, &body["keys"][0]["crv"]),
            (200, &json!("Ed25519")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn five_access_keys() {
    let at = World::new().await;
    let client = at.post("/v1/clients", json!({"name": "n"})).await;
    let path = format!("/v1/clients/{}/access-keys", client["clientId"].as_str().unwrap());
    for _ in 0..5 {
        at.post(&path, Value::Null).await;
    }
    assert_eq!(at.ask(OWNER, "POST", &path).await.0, 400);
}

#[tokio::test]
async fn user_tokens() {
    let at = World::new().await;
    let identity = owner(&at.local)
        .verify_token(&at.local.user_token("alice"))
        .await
        .unwrap();
    assert_eq!((identity.user_id(), identity.issuer()), ("alice", at.local.url()));
    assert_eq!(identity.scopes(), ["openid", "profile", "email"]);
    assert_eq!(identity.audiences().len(), 1);
    let left = identity.expires_at().duration_since(SystemTime::now()).unwrap();
    assert!(left.as_secs().abs_diff(24 * 60 * 60) < 60, "{left:?}");
}
