//! Access requests on the local server: who sees them, who decides them, and what comes of it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{ask_as_owner, ask_as_user, give, owner};

/// A server on which `giver` may grant what the role allows on `a`, and the role.
async fn fixture() -> (AuthressLocal, String) {
    let local = AuthressLocal::start().await.unwrap();
    give(&local, "giver", "read", "a", [false, true, false]).await;
    let role = give(&local, "reader", "read", "elsewhere", [true, false, false]).await;
    (local, role)
}

fn asking(role: &str, resource: &str, user: &str) -> Value {
    let statement = json!({"roles": [role], "resources": [{"resourceUri": resource}]});
    json!({"access": {"users": [{"userId": user}], "statements": [statement]}})
}

/// Makes a request; its path.
async fn request(local: &AuthressLocal, by: &str, body: Value) -> String {
    let (status, answer) = ask_as_user(local, by, "POST", "/v1/requests", body).await;
    assert_eq!((status, &answer["status"]), (201, &json!("OPEN")), "{answer}");
    format!("/v1/requests/{}", answer["requestId"].as_str().unwrap())
}

async fn ids(local: &AuthressLocal, user: &str, query: &str) -> Vec<String> {
    let (status, body) = ask_as_user(local, user, "GET", &format!("/v1/requests{query}"), Value::Null).await;
    assert_eq!(status, 200, "{body}");
    let records = body["records"].as_array().unwrap();
    let mut ids: Vec<String> = records
        .iter()
        .map(|it| format!("/v1/requests/{}", it["requestId"].as_str().unwrap()))
        .collect();
    ids.sort();
    ids
}

const APPROVED: &str = "APPROVED";
const DENIED: &str = "DENIED";

async fn answer(local: &AuthressLocal, user: &str, path: &str, status: &str) -> u16 {
    ask_as_user(local, user, "PATCH", path, json!({"status": status}))
        .await
        .0
}

#[tokio::test]
async fn an_approved_request_gives_exactly_what_it_asks_for_and_has_its_approver_as_admin() {
    let (local, role) = fixture().await;
    let path = request(&local, "alice", asking(&role, "a/b", "alice")).await;
    let (status, body) = ask_as_user(&local, "giver", "PATCH", &path, json!({"status": APPROVED})).await;
    assert_eq!((status, &body["status"]), (200, &json!("APPROVED")));
    let client = owner(&local);
    for (resource, action, allowed) in [("a/b", "read", true), ("a", "read", false), ("a/b", "write", false)] {
        assert_eq!(
            client.is_authorized("alice", resource, action).await.unwrap(),
            allowed,
            "{resource} {action}"
        );
    }
    let records = client
        .access_records()
        .get_records()
        .filter("Access request")
        .await
        .unwrap()
        .records;
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].admins.as_ref().unwrap()[0].user_id, "giver");
    assert_eq!(records[0].admins.as_ref().unwrap().len(), 1);
}

#[tokio::test]
async fn a_denied_request_gives_nothing() {
    let (local, role) = fixture().await;
    let path = request(&local, "alice", asking(&role, "a", "alice")).await;
    assert_eq!(answer(&local, "giver", &path, DENIED).await, 200);
    assert!(!owner(&local).is_authorized("alice", "a", "read").await.unwrap());
    let (_, body) = ask_as_user(&local, "alice", "GET", &path, Value::Null).await;
    assert_eq!(body["status"], "DENIED");
}

#[tokio::test]
async fn nobody_decides_a_request_who_may_not_give_what_it_asks_for() {
    let (local, role) = fixture().await;
    for (role, resource) in [
        (role.as_str(), "b"),
        (role.as_str(), "*"),
        ("Authress:Owner", "a"),
        // Who makes the role later decides what it gives.
        ("ro_later", "a"),
        ("Authress:AuthenticateUser", "a"),
    ] {
        let path = request(&local, "giver", asking(role, resource, "giver")).await;
        for status in [APPROVED, DENIED] {
            assert_eq!(
                answer(&local, "giver", &path, status).await,
                403,
                "{role} {resource} {status}"
            );
        }
    }
    // Neither who asks nor who has the access, without the right to give it.
    let path = request(&local, "alice", asking(&role, "a", "alice")).await;
    local.grant("doer", "a", ["read"]);
    for user in ["alice", "doer", "bob"] {
        for status in [APPROVED, DENIED] {
            assert_eq!(answer(&local, user, &path, status).await, 403, "{user}");
        }
    }
    assert!(!owner(&local).is_authorized("alice", "a", "read").await.unwrap());
    let records = owner(&local)
        .access_records()
        .get_records()
        .filter("Access request")
        .await
        .unwrap()
        .records;
    assert_eq!(records.len(), 0);
}

#[tokio::test]
async fn only_an_open_request_is_decided() {
    let (local, role) = fixture().await;
    for first in [APPROVED, DENIED, "deleted"] {
        let path = request(&local, "alice", asking(&role, "a", first)).await;
        let status = if first == "deleted" {
            ask_as_user(&local, "alice", "DELETE", &path, Value::Null).await.0
        } else {
            answer(&local, "giver", &path, first).await
        };
        assert!([200, 204].contains(&status), "{first}: {status}");
        for second in [APPROVED, DENIED] {
            assert_eq!(answer(&local, "giver", &path, second).await, 404, "{first} {second}");
        }
    }
    let records = owner(&local)
        .access_records()
        .get_records()
        .filter("Access request")
        .await
        .unwrap()
        .records;
    assert_eq!(records.len(), 1);
    for user in [DENIED, "deleted"] {
        assert!(!owner(&local).is_authorized(user, "a", "read").await.unwrap());
    }
}

#[tokio::test]
async fn a_request_is_seen_by_who_has_a_part_in_it_and_by_who_may_decide_it() {
    let (local, role) = fixture().await;
    let path = request(&local, "alice", asking(&role, "a", "bob")).await;
    for (user, sees) in [
        ("alice", true),
        ("bob", true),
        ("giver", true),
        ("carol", false),
        ("reader", false),
    ] {
        let (status, _) = ask_as_user(&local, user, "GET", &path, Value::Null).await;
        assert_eq!(status, if sees { 200 } else { 403 }, "{user}");
        assert_eq!(ids(&local, user, "").await.len(), usize::from(sees), "{user}");
    }
    assert_eq!(
        ask_as_user(&local, "alice", "GET", "/v1/requests/req_none", Value::Null)
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn requests_are_listed_by_status_and_the_deleted_ones_are_not() {
    let (local, role) = fixture().await;
    let mut paths = Vec::new();
    for _ in 0..4 {
        paths.push(request(&local, "alice", asking(&role, "a", "alice")).await);
    }
    let [open, approved, denied, deleted] = paths.try_into().unwrap();
    answer(&local, "giver", &approved, APPROVED).await;
    answer(&local, "giver", &denied, DENIED).await;
    assert_eq!(
        ask_as_user(&local, "alice", "DELETE", &deleted, Value::Null).await.0,
        204
    );
    for (query, expected) in [
        ("?status=OPEN", &open),
        ("?status=APPROVED", &approved),
        ("?status=DENIED", &denied),
    ] {
        assert_eq!(&ids(&local, "alice", query).await, std::slice::from_ref(expected));
    }
    let mut rest = vec![open, approved, denied];
    rest.sort();
    assert_eq!(ids(&local, "alice", "").await, rest);
    let (_, body) = ask_as_user(&local, "alice", "GET", &deleted, Value::Null).await;
    assert_eq!(body["status"], "DELETED");
    assert_eq!(
        ask_as_user(&local, "alice", "DELETE", &deleted, Value::Null).await.0,
        404
    );
    for other in ["DELETED", "ANY"] {
        let path = format!("/v1/requests?status={other}");
        assert_eq!(
            ask_as_user(&local, "alice", "GET", &path, Value::Null).await.0,
            400,
            "{other}"
        );
    }
}

#[tokio::test]
async fn a_request_is_deleted_by_who_made_it_or_may_decide_it_and_what_was_given_stays() {
    let (local, role) = fixture().await;
    let path = request(&local, "alice", asking(&role, "a", "bob")).await;
    answer(&local, "giver", &path, APPROVED).await;
    for user in ["bob", "carol"] {
        assert_eq!(
            ask_as_user(&local, user, "DELETE", &path, Value::Null).await.0,
            403,
            "{user}"
        );
    }
    assert_eq!(ask_as_user(&local, "giver", "DELETE", &path, Value::Null).await.0, 204);
    assert!(owner(&local).is_authorized("bob", "a", "read").await.unwrap());
}

#[tokio::test]
async fn what_the_server_decides_is_not_taken_from_the_body() {
    let (local, role) = fixture().await;
    let mut body = asking(&role, "a", "alice");
    body["requestId"] = "req_mine".into();
    body["status"] = "APPROVED".into();
    body["createdBy"] = "giver".into();
    body["tags"] = json!({"k": "v"});
    let path = request(&local, "alice", body).await;
    assert_ne!(path, "/v1/requests/req_mine");
    let (_, read) = ask_as_user(&local, "alice", "GET", &path, Value::Null).await;
    assert_eq!((&read["tags"]["k"], &read["createdBy"]), (&json!("v"), &Value::Null));
    assert_eq!(read["links"]["self"]["href"], format!("{}{path}", local.url()));
}

#[tokio::test]
async fn a_request_that_names_users_in_its_statements_too_is_422_and_a_large_one_413() {
    let (local, role) = fixture().await;
    for (member, value) in [
        ("users", json!([{"userId": "eve"}])),
        ("groups", json!([{"groupId": "grp_1"}])),
    ] {
        let mut body = asking(&role, "a", "alice");
        body["access"]["statements"][0][member] = value;
        let (status, body) = ask_as_user(&local, "alice", "POST", "/v1/requests", body).await;
        assert_eq!((status, &body["errorCode"]), (422, &json!("InvalidAccessRequest")));
    }
    let mut large = asking(&role, "a", "alice");
    large["tags"] = (0..1000)
        .map(|number| (number.to_string(), "x".repeat(120).into()))
        .collect::<serde_json::Map<_, _>>()
        .into();
    assert_eq!(ask_as_user(&local, "alice", "POST", "/v1/requests", large).await.0, 413);
}

#[tokio::test]
async fn pages_of_requests_have_at_most_twenty_and_survive_changes() {
    let (local, role) = fixture().await;
    for _ in 0..21 {
        request(&local, "alice", asking(&role, "a", "alice")).await;
    }
    assert_eq!(
        ask_as_owner(&local, "GET", "/v1/requests?limit=21", "").await.status,
        400
    );
    let (_, first) = ask_as_user(&local, "alice", "GET", "/v1/requests", Value::Null).await;
    let first_ids = first["records"].as_array().unwrap();
    assert_eq!(first_ids.len(), 20);
    let last = format!("/v1/requests/{}", first_ids[19]["requestId"].as_str().unwrap());
    ask_as_user(&local, "alice", "DELETE", &last, Value::Null).await;
    let cursor = first["pagination"]["next"]["cursor"].as_str().unwrap();
    assert_eq!(ids(&local, "alice", &format!("?cursor={cursor}")).await.len(), 1);
}
