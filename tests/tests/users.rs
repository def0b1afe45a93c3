//! The users that a local server knows, what their tokens say of them, and what is left when they are deleted: nothing.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use authress::models::{AccessRecord, AccessTemplate, Group, LinkedGroup, Statement, User};
use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{as_user, ask_as_owner, ask_as_user, give, owner, raw_request};

const OWNER: &str = "sc_owner";

/// Asks as the first service client, which may do everything.
async fn ask(local: &AuthressLocal, method: &str, path: &str, body: Value) -> (u16, Value) {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let answer = ask_as_owner(local, method, path, &body).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

async fn user_ids(local: &AuthressLocal, query: &str) -> Vec<String> {
    let (status, body) = ask(local, "GET", &format!("/v1/users{query}"), Value::Null).await;
    assert_eq!(status, 200, "{body}");
    let users = body["users"].as_array().unwrap();
    users
        .iter()
        .map(|user| user["userId"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn whoever_has_logged_in_is_listed_once_and_a_service_client_is_not() {
    let local = AuthressLocal::start().await.unwrap();
    for user in [
        "carol",
        "alice",
        "bob",
        "alice",
        OWNER,
        "Authress:ServiceClients/sc_owner",
    ] {
        local.user_token(user);
    }
    assert_eq!(user_ids(&local, "").await, ["alice", "bob", "carol"]);
    assert_eq!(user_ids(&local, "?filter=LI").await, ["alice"]);
    assert_eq!(user_ids(&local, "?tenantId=t1").await, Vec::<String>::new());
    let (status, user) = ask(&local, "GET", "/v1/users/alice", Value::Null).await;
    assert_eq!(
        (status, user),
        (200, json!({"userId": "alice", "linkedIdentities": []}))
    );
    assert_eq!(ask(&local, "GET", "/v1/users/dave", Value::Null).await.0, 404);
}

#[tokio::test]
async fn the_users_of_a_tenant_are_listed_until_they_are_deleted() {
    let local = AuthressLocal::start().await.unwrap();
    for user in ["alice", "bob", "carol"] {
        local.user_token(user);
    }
    let tenant = json!({"tenantId": "t1", "name": "T"});
    assert_eq!(ask(&local, "POST", "/v1/tenants", tenant).await.0, 201);
    for user in ["alice", "carol", "never-logged-in"] {
        let body = json!({"userId": user});
        assert_eq!(ask(&local, "PATCH", "/v1/tenants/t1/users", body).await.0, 204);
    }
    assert_eq!(user_ids(&local, "?tenantId=t1").await, ["alice", "carol"]);
    assert_eq!(user_ids(&local, "?tenantId=t2").await, Vec::<String>::new());
    assert_eq!(ask(&local, "DELETE", "/v1/users/alice", Value::Null).await.0, 202);
    local.user_token("alice");
    assert_eq!(user_ids(&local, "?tenantId=t1").await, ["carol"]);
}

#[tokio::test]
async fn pages_of_users_have_everybody_once_although_some_go_in_between() {
    let local = AuthressLocal::start().await.unwrap();
    for number in 0..5 {
        local.user_token(&format!("user{number}"));
    }
    let (_, first) = ask(&local, "GET", "/v1/users?limit=2", Value::Null).await;
    let cursor = first["pagination"]["next"]["cursor"].as_str().unwrap();
    assert_eq!(ask(&local, "DELETE", "/v1/users/user1", Value::Null).await.0, 202);
    let second = user_ids(&local, &format!("?limit=2&cursor={cursor}")).await;
    assert_eq!(second, ["user2", "user3"]);
}

#[tokio::test]
async fn a_user_reads_themself_and_nobody_else() {
    let local = AuthressLocal::start().await.unwrap();
    local.user_token("bob");
    assert_eq!(
        ask_as_user(&local, "alice", "GET", "/v1/users/alice", Value::Null)
            .await
            .0,
        200
    );
    assert_eq!(
        ask_as_user(&local, "alice", "GET", "/v1/users/bob", Value::Null)
            .await
            .0,
        403
    );
    assert_eq!(
        ask_as_user(&local, "alice", "GET", "/v1/users", Value::Null).await.0,
        403
    );
}

#[tokio::test]
async fn the_claims_of_a_users_configuration_are_in_the_tokens_from_then_on() {
    let local = AuthressLocal::start().await.unwrap();
    local.user_token("alice");
    let claims = json!({"defaultClaims": {"defaultAccessTokenClaims": {"plan": "gold"}}});
    let (status, body) = ask(&local, "PUT", "/v1/users/alice", claims.clone()).await;
    assert_eq!((status, body), (200, Value::Null));
    let client = as_user(&local, "bob");
    let identity = client.verify_token(&local.user_token("alice")).await.unwrap();
    assert_eq!(identity.user_id(), "alice");
    assert_eq!(identity.claims().get("plan"), Some(&json!("gold")));
    let (_, user) = ask(&local, "GET", "/v1/users/alice", Value::Null).await;
    assert_eq!(user["tokenConfiguration"], claims);
    // It is replaced as a whole.
    ask(&local, "PUT", "/v1/users/alice", json!({})).await;
    let identity = client.verify_token(&local.user_token("alice")).await.unwrap();
    assert_eq!(identity.claims().get("plan"), None);
}

#[tokio::test]
async fn a_configuration_cannot_say_whose_a_token_is_and_is_small() {
    let local = AuthressLocal::start().await.unwrap();
    local.user_token("alice");
    for kind in ["defaultAccessTokenClaims", "defaultUserIdentityClaims"] {
        for name in [
            "iss",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "scope",
            "client_id",
            "azp",
            "act",
        ] {
            let claims = json!({"defaultClaims": {kind: {name: "sc_owner"}}});
            assert_eq!(
                ask(&local, "PUT", "/v1/users/alice", claims).await.0,
                400,
                "{kind} {name}"
            );
        }
        for (length, status) in [(1015, 200), (1016, 400)] {
            // With `{"n":""}` around it.
            let claims = json!({"defaultClaims": {kind: {"n": "x".repeat(length)}}});
            assert_eq!(
                ask(&local, "PUT", "/v1/users/alice", claims).await.0,
                status,
                "{length}"
            );
        }
    }
    // Nobody chooses what is said of themself.
    let own = json!({"defaultClaims": {"defaultAccessTokenClaims": {"plan": "gold"}}});
    assert_eq!(
        ask_as_user(&local, "alice", "PUT", "/v1/users/alice", own.clone())
            .await
            .0,
        403
    );
    assert_eq!(ask(&local, "PUT", "/v1/users/dave", own).await.0, 404);
}

#[tokio::test]
async fn a_deleted_user_has_no_access_left_and_is_named_nowhere() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let records = client.access_records();
    let statement = || Statement::new(["Authress:Owner"], ["a"]);
    let on_record = AccessRecord::new("r", [statement()])
        .record_id("rec_1")
        .users(["alice", "bob"]);
    records
        .create_record(on_record.admins(["alice", "carol"]))
        .await
        .unwrap();
    let mut in_statement = AccessRecord::new("r", [statement(), statement()]).record_id("rec_2");
    in_statement.statements[0].users = Some(vec![User::new("alice")]);
    in_statement.statements[1].users = Some(vec![User::new("bob")]);
    records.create_record(in_statement).await.unwrap();
    let gone = AccessRecord::new("r", [statement()])
        .record_id("rec_3")
        .users(["alice"]);
    records.create_record(gone).await.unwrap();
    records.delete_record("rec_3").await.unwrap();
    let group = Group::new("G", ["alice", "bob"], ["alice"]).group_id("grp_1");
    client.groups().create_group(group).await.unwrap();
    let by_group = AccessRecord::new("r", [Statement::new(["Authress:Owner"], ["b"])]).record_id("rec_4");
    records
        .create_record(by_group.groups([LinkedGroup::new("grp_1")]))
        .await
        .unwrap();
    local.user_token("alice");
    let before = records.get_record("rec_1").await.unwrap().last_updated.unwrap();

    let (status, body) = ask(&local, "DELETE", "/v1/users/alice", Value::Null).await;
    assert_eq!((status, body), (202, Value::Null));
    for resource in ["a", "b"] {
        assert!(
            !client.is_authorized("alice", resource, "read").await.unwrap(),
            "{resource}"
        );
        assert!(
            client.is_authorized("bob", resource, "read").await.unwrap(),
            "{resource}"
        );
    }
    let all = ["rec_1", "rec_2", "rec_3", "rec_4"];
    for id in all {
        let (_, record) = ask(&local, "GET", &format!("/v1/records/{id}"), Value::Null).await;
        assert!(!record.to_string().contains("alice"), "{record}");
        let status = if id == "rec_3" { "DELETED" } else { "ACTIVE" };
        assert_eq!(record["status"], status, "{id}");
    }
    let (_, group) = ask(&local, "GET", "/v1/groups/grp_1", Value::Null).await;
    assert!(!group.to_string().contains("alice"), "{group}");
    assert!(records.get_record("rec_1").await.unwrap().last_updated.unwrap() > before);
    assert_eq!(user_ids(&local, "").await, Vec::<String>::new());
    assert_eq!(ask(&local, "GET", "/v1/users/alice", Value::Null).await.0, 404);
    assert_eq!(ask(&local, "DELETE", "/v1/users/alice", Value::Null).await.0, 404);
}

#[tokio::test]
async fn a_user_who_is_named_and_never_logged_in_can_be_deleted_and_a_service_client_cannot() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "a", ["read"]);
    assert_eq!(ask(&local, "DELETE", "/v1/users/alice", Value::Null).await.0, 202);
    assert!(!owner(&local).is_authorized("alice", "a", "read").await.unwrap());
    for name in [OWNER, "Authress:ServiceClients%2Fsc_owner", "nobody"] {
        assert_eq!(
            ask(&local, "DELETE", &format!("/v1/users/{name}"), Value::Null).await.0,
            404,
            "{name}"
        );
    }
    assert!(owner(&local).is_authorized(OWNER, "a", "read").await.unwrap());
}

#[tokio::test]
async fn nothing_that_a_deleted_user_prepared_or_waited_for_gives_access_later() {
    let local = AuthressLocal::start().await.unwrap();
    give(&local, "alice", "read", "a", [false, true, false]).await;
    let role = give(&local, "reader", "read", "elsewhere", [true, false, false]).await;
    let statements = json!([{"roles": [role], "resources": [{"resourceUri": "a"}]}]);
    let (status, invite) = ask_as_user(
        &local,
        "alice",
        "POST",
        "/v1/invites",
        json!({"inviteId": "", "statements": statements}),
    )
    .await;
    assert_eq!(status, 201, "{invite}");
    let request = async |by: &str, users: &[&str]| {
        let access = AccessTemplate::new(users.to_vec(), [Statement::new([role.as_str()], ["a"])]);
        let request = as_user(&local, by)
            .access_records()
            .create_request(authress::models::AccessRequest::new(access));
        request.await.unwrap().request_id.unwrap()
    };
    let own = request("alice", &["bob"]).await;
    let alone = request("bob", &["alice"]).await;
    let both = request("bob", &["alice", "bob"]).await;
    assert_eq!(ask(&local, "DELETE", "/v1/users/alice", Value::Null).await.0, 202);

    let invite = format!("/v1/invites/{}", invite["inviteId"].as_str().unwrap());
    assert_eq!(
        ask_as_user(&local, "mallory", "PATCH", &invite, Value::Null).await.0,
        404
    );
    for (id, status, approval) in [(own, "DELETED", 404), (alone, "DELETED", 404), (both, "OPEN", 200)] {
        let path = format!("/v1/requests/{id}");
        assert_eq!(ask(&local, "GET", &path, Value::Null).await.1["status"], status);
        assert_eq!(
            ask(&local, "PATCH", &path, json!({"status": "APPROVED"})).await.0,
            approval
        );
    }
    let client = owner(&local);
    assert!(!client.is_authorized("alice", "a", "read").await.unwrap());
    assert!(client.is_authorized("bob", "a", "read").await.unwrap());
}

#[tokio::test]
async fn a_disabled_token_is_refused_and_the_others_of_the_user_are_not() {
    let local = AuthressLocal::start().await.unwrap();
    let (one, other) = (local.user_token("alice"), local.user_token("alice"));
    let client = as_user(&local, "alice");
    let token_id = async |token: &str| {
        let identity = client.verify_token(token).await.unwrap();
        identity.claims().get("jti").unwrap().as_str().unwrap().to_owned()
    };
    let path = format!("/v1/users/alice/tokens/{}", token_id(&one).await);
    let check = async |token: &str| {
        let path = "/v1/users/alice/resources/a/permissions/read";
        raw_request(local.address(), "GET", path, &format!("Bearer {token}"), "")
            .await
            .unwrap()
            .status
    };
    assert_eq!(ask_as_user(&local, "bob", "DELETE", &path, Value::Null).await.0, 403);
    assert_eq!((check(&one).await, check(&other).await), (404, 404));
    assert_eq!(ask_as_user(&local, "alice", "DELETE", &path, Value::Null).await.0, 204);
    assert_eq!((check(&one).await, check(&other).await), (401, 404));
    // The id of somebody else's token says nothing about it.
    let path = format!("/v1/users/bob/tokens/{}", token_id(&other).await);
    assert_eq!(ask_as_user(&local, "bob", "DELETE", &path, Value::Null).await.0, 204);
    assert_eq!(check(&other).await, 404);
}
