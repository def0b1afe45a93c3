//! Bodies that the local server refuses: one table. The answer is 400, and its title names the field.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress::AuthressClient;
use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{RawAnswer, raw_request};

async fn ask(local: &AuthressLocal, method: &str, path: &str, body: &str) -> RawAnswer {
    let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    let token = client.build().unwrap().client_token().await.unwrap();
    let bearer = format!("Bearer {}", token.expose());
    raw_request(local.address(), method, path, &bearer, body).await.unwrap()
}

/// Bodies that are taken.
fn record() -> Value {
    let statement = json!({"roles": ["ro_1"], "resources": [{"resourceUri": "a"}]});
    json!({"name": "n", "statements": [statement], "users": [{"userId": "u"}]})
}

fn role() -> Value {
    json!({"name": "n", "permissions": [{"action": "read", "allow": true, "grant": false, "delegate": false}]})
}

fn group() -> Value {
    json!({"name": "n", "users": [{"userId": "u"}], "admins": [{"userId": "u"}]})
}

fn client() -> Value {
    json!({"name": "n"})
}

/// `body` with `value` at the place that `pointer` names (RFC 6901).
fn with(body: &Value, pointer: &str, value: Value) -> Value {
    let mut body = body.clone();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    match body.pointer_mut(parent).unwrap() {
        Value::Array(list) => *list.get_mut(field.parse::<usize>().unwrap()).unwrap() = value,
        parent => parent[field] = value,
    }
    body
}

/// Where a body is changed, to what, and the field that the refusal names.
type Case = (&'static str, Value, &'static str);

/// Instead of a field: it is not refused.
const TAKEN: &str = "";

fn long(length: usize) -> Value {
    Value::from("x".repeat(length))
}

fn users(count: usize) -> Value {
    (0..count).map(|n| json!({"userId": format!("u{n}")})).collect()
}

fn record_cases() -> Vec<Case> {
    vec![
        ("/recordId", json!(""), "recordId"),
        ("/recordId", json!("a b"), "recordId"),
        ("/recordId", json!("a/b"), "recordId"),
        ("/recordId", long(101), "recordId"),
        ("/name", json!(""), "name"),
        ("/name", json!(7), "name"),
        ("/name", long(128), TAKEN),
        ("/name", json!("ü".repeat(128)), TAKEN),
        // What is read-only is ignored, so that people can send back what they read.
        ("/status", json!("NO_SUCH"), TAKEN),
        ("/lastUpdated", json!(7), TAKEN),
        ("/name", long(129), "name"),
        ("/users/0/userId", json!(""), "users[0].userId"),
        ("/users/0/userId", long(128), TAKEN),
        ("/users/0/userId", long(129), "users[0].userId"),
        ("/users/0/userId", json!("ü"), "users[0].userId"),
        ("/admins", json!([{"userId": ""}]), "admins[0].userId"),
        ("/groups", json!([{"groupId": ""}]), "groups[0].groupId"),
        ("/statements", json!([]), "statements"),
        ("/statements/0/roles", json!([]), "statements[0].roles"),
        ("/statements/0/roles/0", json!(""), "statements[0].roles[0]"),
        ("/statements/0/roles/0", json!("Authress:Owner"), TAKEN),
        ("/statements/0/resources", json!([]), "statements[0].resources"),
        (
            "/statements/0/resources/0/resourceUri",
            json!(7),
            "statements[0].resources[0].resourceUri",
        ),
        (
            "/statements/0/resources/0/resourceUri",
            json!(""),
            "statements[0].resources[0].resourceUri",
        ),
        (
            "/statements/0/resources/0/resourceUri",
            json!("/"),
            "statements[0].resources[0].resourceUri",
        ),
        (
            "/statements/0/resources/0/resourceUri",
            json!("//"),
            "statements[0].resources[0].resourceUri",
        ),
        (
            "/statements/0/resources/0/resourceUri",
            json!("a//b"),
            "statements[0].resources[0].resourceUri",
        ),
        ("/statements/0/resources/0/resourceUri", json!("/a/*"), TAKEN),
        (
            "/statements/0/resources/0/resourceUri",
            long(513),
            "statements[0].resources[0].resourceUri",
        ),
    ]
}

fn role_cases() -> Vec<Case> {
    vec![
        ("/roleId", json!(""), "roleId"),
        ("/roleId", json!("a/b"), "roleId"),
        ("/roleId", long(65), "roleId"),
        ("/name", json!(""), "name"),
        ("/permissions", json!([]), TAKEN),
        ("/permissions/0/allow", json!("yes"), "permissions[0].allow"),
        ("/permissions/0/action", json!(""), "permissions[0].action"),
        ("/permissions/0/action", json!("a b"), "permissions[0].action"),
        ("/permissions/0/action", json!("a::b"), "permissions[0].action"),
        ("/permissions/0/action", json!("a*"), "permissions[0].action"),
        ("/permissions/0/action", json!("a:*:b-c_1"), TAKEN),
        ("/permissions/0/action", long(65), "permissions[0].action"),
    ]
}

fn group_cases() -> Vec<Case> {
    vec![
        ("/groupId", json!(""), "groupId"),
        ("/groupId", json!("a/b"), "groupId"),
        ("/groupId", json!("grp_ok!"), "groupId"),
        ("/groupId", long(65), "groupId"),
        ("/name", json!(""), "name"),
        ("/users", users(100), TAKEN),
        ("/users", users(101), "users"),
        ("/users/0/userId", json!(""), "users[0].userId"),
        ("/admins/0/userId", json!(""), "admins[0].userId"),
    ]
}

fn client_cases() -> Vec<Case> {
    vec![("/name", json!(""), TAKEN), ("/name", long(129), "name")]
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
    let local = AuthressLocal::start().await.unwrap();
    for path in ["/v1/records", "/v1/roles", "/v1/groups", "/v1/clients"] {
        for body in ["", "{", "[]", r#"["n"]"#, "null", "7", r#""{}""#, "{}x", " [{}]"] {
            let answer = ask(&local, "POST", path, body).await;
            assert!(
                answer.status == 400 && answer.body.contains("request.body"),
                "{path} {body:?}: {answer:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_the_description_does_not_allow_is_refused_on_creation_and_on_update() {
    let local = AuthressLocal::start().await.unwrap();
    let mut counts = [0, 0];
    for (collection, id, body, cases) in [
        ("/v1/records", "recordId", record(), record_cases()),
        ("/v1/roles", "roleId", role(), role_cases()),
        ("/v1/groups", "groupId", group(), group_cases()),
        ("/v1/clients", "clientId", client(), client_cases()),
    ] {
        let made = ask(&local, "POST", collection, &body.to_string()).await;
        let made: Value = serde_json::from_str(&made.body).unwrap();
        let path = format!("{collection}/{}", made[id].as_str().unwrap());
        for (pointer, value, field) in cases {
            let body = with(&body, pointer, value).to_string();
            let place = format!("request.body.{field}: ");
            for (method, path) in [("PUT", &*path), ("POST", collection)] {
                let answer = ask(&local, method, path, &body).await;
                let answered: Value = serde_json::from_str(&answer.body).unwrap_or_default();
                let title = answered["title"].as_str().unwrap_or_default();
                if field == TAKEN {
                    assert!(
                        (200..300).contains(&answer.status),
                        "{method} {path} {body}: {answer:?}"
                    );
                } else {
                    assert!(
                        answer.status == 400 && title.starts_with(&place),
                        "{method} {path} {body}: {answer:?}"
                    );
                }
                counts[usize::from(field == TAKEN)] += 1;
            }
        }
    }
    assert_eq!(counts, [82, 22]);
}

#[tokio::test]
async fn users_and_groups_are_named_by_the_record_or_by_its_statements_and_not_by_both() {
    let local = AuthressLocal::start().await.unwrap();
    let (user, group) = (json!([{"userId": "u"}]), json!([{"groupId": "grp_1"}]));
    let made = ask(
        &local,
        "POST",
        "/v1/records",
        &with(&record(), "/recordId", json!("x1")).to_string(),
    )
    .await;
    assert_eq!(made.status, 201);
    let members = [("users", &user), ("groups", &group)];
    let (mut refused, mut taken) = (0, 0);
    for (of_record, value) in members {
        let plain = with(
            &with(&record(), "/users", json!([])),
            &format!("/{of_record}"),
            value.clone(),
        );
        for (of_statement, value) in members {
            let pointer = format!("/statements/0/{of_statement}");
            for (method, path) in [("PUT", "/v1/records/x1"), ("POST", "/v1/records")] {
                let both = with(&plain, &pointer, value.clone()).to_string();
                let answer = ask(&local, method, path, &both).await;
                assert!(
                    answer.status == 400 && answer.body.contains("request.body.statements: "),
                    "{both}: {answer:?}"
                );
                refused += 1;
                let one = with(&plain, &pointer, json!([])).to_string();
                let answer = ask(&local, method, path, &one).await;
                assert!((200..300).contains(&answer.status), "{one}: {answer:?}");
                taken += 1;
            }
        }
    }
    assert_eq!((refused, taken), (8, 8));
}
