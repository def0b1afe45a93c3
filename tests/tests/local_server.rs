//! The local server as an HTTP service: paths, statuses, shapes.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress::models::{AccessRecord, Statement};
use authress_local::AuthressLocal;
use serde_json::Value;
use tests::{ask_as_owner, owner, raw_request};

/// The same; status, media type and body.
async fn raw(local: &AuthressLocal, method: &str, path: &str, body: &str) -> (u16, String, Value) {
    let answer = ask_as_owner(local, method, path, body).await;
    let media = answer.header("content-type").to_owned();
    (
        answer.status,
        media,
        serde_json::from_str(&answer.body).unwrap_or_default(),
    )
}

#[tokio::test]
async fn answers_have_the_media_type_and_errors_the_shape_of_the_service() {
    let local = AuthressLocal::start().await.unwrap();
    let (status, media, _) = raw(&local, "GET", "/v1/roles", "").await;
    assert_eq!((status, media.as_str()), (200, "application/links+json"));
    for (method, path, status) in [
        ("GET", "/v1/nothing", 404),
        ("DELETE", "/v1/roles", 405),
        ("GET", "/v1/roles/none", 404),
    ] {
        let (found, media, body) = raw(&local, method, path, "").await;
        assert_eq!((found, media.as_str()), (status, "application/links+json"));
        for field in ["title", "errorCode", "errorId"] {
            assert!(
                body[field].as_str().is_some_and(|text| !text.is_empty()),
                "{path}: {body}"
            );
        }
    }
}

#[tokio::test]
async fn times_are_written_with_milliseconds() {
    let clock = || std::time::UNIX_EPOCH + std::time::Duration::from_nanos(1_900_000_000_123_456_789);
    let local = AuthressLocal::builder().permissive(true).clock(clock);
    let local = local.start().await.unwrap();
    let bearer = format!("Bearer {}", local.user_token("alice"));
    let ask = async |method: &str, path: &str, body: &str| -> Value {
        let answer = raw_request(local.address(), method, path, &bearer, body).await.unwrap();
        serde_json::from_str(&answer.body).unwrap()
    };
    let client = ask("POST", "/v1/clients", "{}").await;
    let path = format!("/v1/clients/{}", client["clientId"].as_str().unwrap());
    let key = ask("POST", &format!("{path}/access-keys"), "").await;
    let read = ask("GET", &path, "").await;
    let record = AccessRecord::new("r", [Statement::new(["ro_x"], ["a"])]).users(["alice"]);
    let record = serde_json::to_string(&record.record_id("rec_1")).unwrap();
    let record = ask("POST", "/v1/records", &record).await;
    for time in [
        &client["createdTime"],
        &key["generationDate"],
        &read["createdTime"],
        &read["verificationKeys"][0]["generationDate"],
        &record["lastUpdated"],
    ] {
        assert_eq!(time, "2030-03-17T17:46:40.123Z");
    }
}

#[tokio::test]
async fn another_method_is_refused_with_those_that_there_are() {
    let local = AuthressLocal::start().await.unwrap();
    for (method, path, expected) in [
        ("DELETE", "/v1/roles", vec!["GET", "POST"]),
        ("POST", "/v1/records/rec_1", vec!["DELETE", "GET", "PUT"]),
        ("POST", "/v1/users/u/resources/a/permissions/b", vec!["GET"]),
        ("PUT", "/.well-known/openid-configuration/jwks", vec!["GET"]),
    ] {
        let answer = ask_as_owner(&local, method, path, "").await;
        let mut allowed: Vec<&str> = answer.header("allow").split(", ").collect();
        allowed.sort_unstable();
        assert_eq!((answer.status, allowed), (405, expected), "{path}");
    }
}

#[tokio::test]
async fn a_path_that_is_malformed_or_names_no_resource_or_action_is_400() {
    let local = AuthressLocal::start().await.unwrap();
    for (resource, permission, place) in [
        ("%zz", "read", "request.path: "),
        ("a", "%", "request.path: "),
        ("%FF", "read", "request.path: "),
        ("%2F", "read", "request.path.resourceUri: "),
        ("%2F%2F", "read", "request.path.resourceUri: "),
        ("orgs%2F%2Fdocuments", "read", "request.path.resourceUri: "),
        ("a", "documents:", "request.path.permission: "),
        ("a", "documents::read", "request.path.permission: "),
        ("a", "a%20b", "request.path.permission: "),
    ] {
        let path = format!("/v1/users/sc_owner/resources/{resource}/permissions/{permission}");
        let (status, _, body) = raw(&local, "GET", &path, "").await;
        let title = body["title"].as_str().unwrap_or_default();
        assert!(status == 400 && title.starts_with(place), "{path}: {status} {title}");
    }
    for path in ["a", "%2Fa%2F", "a%2F%2A", "%2A", "orgs%2F%2A%2Fdocuments"] {
        let path = format!("/v1/users/sc_owner/resources/{path}/permissions/read");
        assert_eq!(ask_as_owner(&local, "GET", &path, "").await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn keys_are_public_and_verify_the_tokens() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let user = client.verify_token(&local.user_token("alice")).await.unwrap();
    assert_eq!((user.user_id(), user.service_client_id()), ("alice", None));
    let service = client
        .verify_token(client.client_token().await.unwrap().expose())
        .await
        .unwrap();
    assert_eq!(service.service_client_id(), Some("sc_owner"));
    let other = AuthressLocal::start().await.unwrap();
    assert!(client.verify_token(&other.user_token("alice")).await.is_err());
}

#[tokio::test]
async fn servers_are_apart_and_one_that_stopped_is_gone() {
    let (one, two) = (
        AuthressLocal::start().await.unwrap(),
        AuthressLocal::start().await.unwrap(),
    );
    one.grant("alice", "a", ["read"]);
    let client = owner(&one);
    assert!(client.is_authorized("alice", "a", "read").await.unwrap());
    assert!(!owner(&two).is_authorized("alice", "a", "read").await.unwrap());

    one.stop().await;
    let error = client.is_authorized("alice", "a", "read").await.unwrap_err();
    assert!(!error.was_sent(), "{error:?}");
    assert!(!owner(&two).is_authorized("alice", "a", "read").await.unwrap());
}

#[tokio::test]
async fn debug_shows_no_key() {
    let local = AuthressLocal::start().await.unwrap();
    let secret = local.owner_access_key().rsplit('.').next().unwrap();
    assert!(!format!("{local:?} {local:#?}").contains(secret));
}
