//! The local server as an HTTP service: statuses, shapes, pages, life and death.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress::AuthressClient;
use authress::models::{AccessRecord, PermissionObject, Role, Statement, User};
use authress_api::OPERATIONS;
use authress_local::AuthressLocal;

fn owner(local: &AuthressLocal) -> AuthressClient {
    AuthressClient::builder(local.url())
        .access_key(local.access_key())
        .build()
        .unwrap()
}

fn record() -> AccessRecord {
    AccessRecord::new("r", [Statement::new(["ro_x"], ["a"])])
        .users(["alice"])
        .record_id("rec_1")
}

/// Sends a request as it is, with a bearer token; status, media type and body.
async fn raw(local: &AuthressLocal, method: &str, path: &str, body: &str) -> (u16, String, serde_json::Value) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let owner = owner(local);
    let token = owner.client_token().await.unwrap();
    let mut stream = tokio::net::TcpStream::connect(local.address()).await.unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: local\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        token.expose(),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let media = head
        .lines()
        .find_map(|line| line.strip_prefix("content-type: "))
        .unwrap_or_default();
    (status, media.to_owned(), serde_json::from_str(body).unwrap_or_default())
}

#[tokio::test]
async fn every_operation_is_answered_or_says_that_it_is_not_there_yet() {
    let local = AuthressLocal::start().await.unwrap();
    let (mut here, mut not_yet) = (Vec::new(), Vec::new());
    for operation in OPERATIONS {
        let path = operation.path.replace(['{', '}'], "");
        let (status, _, body) = raw(&local, operation.method.as_str(), &path, "{}").await;
        let code = body["errorCode"].as_str().unwrap_or_default();
        assert_ne!(code, "RouteNotFound", "{}", operation.id);
        assert_ne!(status, 405, "{}", operation.id);
        if status == 501 {
            assert_eq!(code, "NotImplemented");
            assert!(body["errorId"].as_str().is_some_and(|id| !id.is_empty()));
            not_yet.push(operation.id);
        } else {
            assert!(status < 500, "{}: {status}", operation.id);
            here.push(operation.id);
        }
    }
    assert_eq!((here.len(), not_yet.len()), (23, 52), "{here:?}");
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
async fn a_body_that_does_not_fit_is_400_and_names_the_field() {
    let local = AuthressLocal::start().await.unwrap();
    for (path, body, field) in [
        ("/v1/records", "", "request.body"),
        ("/v1/records", "{", "request.body"),
        ("/v1/records", "[]", "request.body"),
        ("/v1/records", r#"{"statements":[]}"#, "name"),
        (
            "/v1/records",
            r#"{"name":"n","statements":[]}"#,
            "request.body.statements",
        ),
        ("/v1/records", r#"{"name":7,"statements":[]}"#, "request.body.name"),
        (
            "/v1/records",
            r#"{"name":"n","statements":[{"roles":["r"],"resources":[{"resourceUri":7}]}]}"#,
            "request.body.statements[0].resources[0]",
        ),
        (
            "/v1/records",
            r#"{"name":"n","statements":[{"roles":["r"],"resources":[{"resourceUri":"a//b"}]}]}"#,
            "resourceUri",
        ),
        (
            "/v1/records",
            r#"{"recordId":"a b","name":"n","statements":[{"roles":["r"],"resources":[{"resourceUri":"a"}]}]}"#,
            "request.body.recordId",
        ),
        (
            "/v1/roles",
            r#"{"name":"n","permissions":[{"action":"a","allow":"yes"}]}"#,
            "request.body.permissions[0].allow",
        ),
        (
            "/v1/roles",
            r#"{"roleId":"a/b","name":"n","permissions":[]}"#,
            "request.body.roleId",
        ),
    ] {
        let (status, _, answer) = raw(&local, "POST", path, body).await;
        let title = answer["title"].as_str().unwrap_or_default();
        assert!(status == 400 && title.contains(field), "{body}: {status} {title}");
    }
    let both = AccessRecord::new("r", [Statement::new(["ro_x"], ["a"]).users(["bob"])]).users(["alice"]);
    let error = owner(&local).access_records().create_record(both).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
}

#[tokio::test]
async fn an_id_that_is_taken_is_a_conflict() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    client.access_records().create_record(record()).await.unwrap();
    let error = client.access_records().create_record(record()).await.unwrap_err();
    assert!(
        error.is_conflict() && error.code() == Some("AccessRecordAlreadyExists"),
        "{error}"
    );
    let role = || Role::new("R", [PermissionObject::new("read", true, false, false)]).role_id("ro_1");
    client.roles().create_role(role()).await.unwrap();
    assert!(client.roles().create_role(role()).await.unwrap_err().is_conflict());
}

#[tokio::test]
async fn a_change_after_the_named_time_is_a_conflict_in_both_forms_of_date() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let records = client.access_records();
    let first = records
        .create_record(record())
        .await
        .unwrap()
        .unwrap()
        .last_updated
        .unwrap();
    let iso = first.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    assert_eq!(iso.len(), 24);
    records
        .update_record("rec_1", record())
        .if_unmodified_since(&iso)
        .await
        .unwrap();
    let error = records
        .update_record("rec_1", record())
        .if_unmodified_since(&iso)
        .await
        .unwrap_err();
    assert!(
        error.is_conflict() && error.status().unwrap().as_u16() == 412,
        "{error}"
    );

    let http = |time: chrono::DateTime<chrono::Utc>| time.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let now = records.get_record("rec_1").await.unwrap().last_updated.unwrap();
    records
        .update_record("rec_1", record())
        .if_unmodified_since(http(now + chrono::TimeDelta::seconds(2)))
        .await
        .unwrap();
    let earlier = http(now - chrono::TimeDelta::seconds(2));
    assert!(
        records
            .update_record("rec_1", record())
            .if_unmodified_since(earlier)
            .await
            .unwrap_err()
            .is_conflict()
    );
    let error = records
        .update_record("rec_1", record())
        .if_unmodified_since("yesterday")
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 400);
}

#[tokio::test]
async fn a_record_of_more_than_100_kb_is_too_large() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let users = |count: usize| {
        (0..count)
            .map(|number| User::new(format!("user-{number:040}")))
            .collect::<Vec<_>>()
    };
    let of = |count| AccessRecord::new("r", [Statement::new(["ro_x"], ["a"])]).users(users(count));
    client.access_records().create_record(of(1000)).await.unwrap();
    assert!(
        client
            .access_records()
            .create_record(of(2000))
            .await
            .unwrap_err()
            .is_too_large()
    );
}

/// The ids of seven roles by pages of three, and how many pages there were.
async fn role_ids_by_pages(client: &AuthressClient, after_each_page: impl AsyncFn(&str)) -> (Vec<String>, usize) {
    for number in 0..7 {
        let role = Role::new("R", [PermissionObject::new("read", true, false, false)]).role_id(format!("ro_{number}"));
        client.roles().create_role(role).await.unwrap();
    }
    let (mut seen, mut cursor, mut pages) = (Vec::new(), None::<String>, 0);
    loop {
        let mut call = client.roles().get_roles().limit(3);
        if let Some(cursor) = &cursor {
            call = call.cursor(cursor);
        }
        let page = call.await.unwrap();
        seen.extend(page.roles.into_iter().filter_map(|role| role.role_id));
        pages += 1;
        after_each_page(seen.last().unwrap()).await;
        cursor = page
            .pagination
            .and_then(|pagination| pagination.next)
            .and_then(|next| next.cursor);
        if cursor.is_none() {
            return (seen, pages);
        }
    }
}

#[tokio::test]
async fn pages_have_everything_once() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let expected: Vec<String> = (0..7).map(|number| format!("ro_{number}")).collect();
    assert_eq!(role_ids_by_pages(&client, async |_| {}).await, (expected, 3));
    assert_eq!(
        client
            .roles()
            .get_roles()
            .limit(0)
            .await
            .unwrap_err()
            .status()
            .unwrap()
            .as_u16(),
        400
    );
}

#[tokio::test]
async fn a_cursor_survives_the_removal_of_what_it_points_at() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let expected: Vec<String> = (0..7).map(|number| format!("ro_{number}")).collect();
    let remove = async |last: &str| client.roles().delete_role(last).await.unwrap();
    assert_eq!(role_ids_by_pages(&client, remove).await, (expected, 3));
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
    let secret = local.access_key().rsplit('.').next().unwrap();
    assert!(!format!("{local:?} {local:#?}").contains(secret));
}
