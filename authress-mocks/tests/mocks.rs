//! What requests are told by, and what the client reads of the answers.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::time::Duration;

use authress::{AuthressClient, RetryPolicy};
use authress_api::models::{AccessRecord, PermissionObject, Role, Statement};
use authress_mocks::AuthressMocks as _;
use httpmock::MockServer;

async fn start() -> (MockServer, AuthressClient) {
    let server = MockServer::start_async().await;
    let builder = AuthressClient::builder(server.base_url()).retry(RetryPolicy::none());
    (server, builder.build().unwrap())
}

fn role() -> Role {
    Role::new("Reader", [PermissionObject::new("read").allow(true)])
}

#[tokio::test]
async fn values_of_a_path_are_matched_exactly_whatever_is_in_them() {
    for (value, other) in [
        ("orgs/1", "orgs/2"),
        ("a*b", "aab"),
        ("a+b", "aab"),
        ("a b", "a+b"),
        ("a%b", "a%25b"),
        ("a|b", "a"),
        ("a.b", "a-b"),
        ("[a]", "a"),
        ("ü", "u"),
        ("a\\d", "a1"),
    ] {
        let (server, client) = start().await;
        let mock = server.authorize_user(|when, then| {
            when.user_id(value).resource_uri(value).permission(value);
            then.allowed();
        });
        assert!(client.is_authorized(value, value, value).await.unwrap(), "{value}");
        for near in [[other, value, value], [value, other, value], [value, value, other]] {
            let [user, resource, permission] = near;
            assert!(
                client.is_authorized(user, resource, permission).await.is_err(),
                "{near:?}"
            );
        }
        mock.assert_calls(1);
    }
}

#[tokio::test]
async fn a_parameter_that_is_not_set_is_any_value_and_the_first_mock_that_matches_answers() {
    let (server, client) = start().await;
    let one = server.authorize_user(|when, then| {
        when.user_id("user-1");
        then.allowed();
    });
    let others = server.authorize_user(|_, then| {
        then.denied();
    });
    for (user, resource) in [("user-1", "a"), ("user-1", "a/b"), ("user-2", "a"), ("user-1/x", "a")] {
        let allowed = client.is_authorized(user, resource, "read").await.unwrap();
        assert_eq!(allowed, user == "user-1", "{user}");
    }
    one.assert_calls(2);
    others.assert_calls(2);
}

#[tokio::test]
async fn queries_headers_and_bodies_are_matched_as_the_client_sends_them() {
    let (server, client) = start().await;
    let statement = || Statement::new(["reader"], ["documents/42"]);
    let record = || AccessRecord::new("Readers", [statement()]).users(["user-1"]);
    let time = "2026-01-02T03:04:05.678901Z".parse().unwrap();
    let listed = server.get_users(|when, then| {
        when.limit(7).cursor("a/b+c d");
        then.error(409, "Seen");
    });
    let updated = server.update_record(|when, then| {
        when.record_id("rec_1").if_unmodified_since(time).body(record());
        then.precondition_failed();
    });
    let error = client.users().get_users().limit(7).cursor("a/b+c d").await.unwrap_err();
    assert_eq!(error.code(), Some("Seen"));
    assert!(
        client
            .users()
            .get_users()
            .limit(8)
            .cursor("a/b+c d")
            .await
            .is_err_and(|error| error.is_not_found())
    );

    let update = |record| {
        client
            .access_records()
            .update_record("rec_1", record)
            .if_unmodified_since(time)
    };
    assert!(update(record()).await.unwrap_err().is_precondition_failed());
    assert!(update(record().users(["user-2"])).await.unwrap_err().is_not_found());
    listed.assert_calls(1);
    updated.assert_calls(1);
}

#[tokio::test]
async fn the_client_reads_from_an_answer_what_was_put_into_it() {
    let (server, client) = start().await;
    server.create_role(|when, then| {
        when.body(role());
        then.created(role().role_id("ro_1")).header("x-request-id", "r-1");
    });
    let created = client.roles().create_role(role()).send().await.unwrap();
    assert_eq!(
        (created.status().as_u16(), created.role_id.as_deref()),
        (201, Some("ro_1"))
    );
    assert_eq!(created.headers()["x-request-id"], "r-1");
    assert_eq!(created.headers()["content-type"], "application/links+json");

    server.delete_role(|_, then| {
        then.no_content();
    });
    client.roles().delete_role("ro_1").await.unwrap();

    server.get_role(|_, then| {
        then.error(503, "Overloaded").header("retry-after", "7");
    });
    let error = client.roles().get_role("ro_1").await.unwrap_err();
    assert_eq!(
        (error.code(), error.retry_after()),
        (Some("Overloaded"), Some(Duration::from_secs(7)))
    );

    server.get_account(|_, then| {
        then.status(200).body_bytes("<html>");
    });
    assert!(
        client
            .accounts()
            .get_account("acc")
            .await
            .unwrap_err()
            .is_unexpected_answer()
    );
}

#[tokio::test]
async fn the_answers_of_a_check_are_told_apart_by_the_client() {
    let (server, client) = start().await;
    server.authorize_user(|when, then| {
        when.user_id("yes");
        then.ok();
    });
    server.authorize_user(|when, then| {
        when.user_id("no");
        then.not_found();
    });
    server.authorize_user(|when, then| {
        when.user_id("not yours");
        then.forbidden();
    });
    server.authorize_user(|when, then| {
        when.user_id("who are you");
        then.unauthorized();
    });
    let ask = |user: &'static str| client.authorize_user(user, "documents/42", "read");
    ask("yes").await.unwrap();
    assert!(ask("no").await.unwrap_err().is_denied());
    assert!(ask("not yours").await.unwrap_err().is_not_permitted_to_ask());
    assert!(ask("who are you").await.unwrap_err().is_unauthenticated());
}

#[tokio::test]
async fn an_answer_may_come_late_and_only_so_often() {
    let (server, client) = start().await;
    server.authorize_user(|_, then| {
        then.allowed().delay(Duration::from_secs(60));
    });
    let call = client
        .user_permissions()
        .authorize_user("u", "r", "p")
        .timeout(Duration::from_millis(50));
    assert!(call.await.unwrap_err().is_timeout());

    let (server, client) = start().await;
    server.authorize_user(|_, then| {
        then.allowed().and(|then| then.up_to_n_times(1));
    });
    server.authorize_user(|_, then| {
        then.denied();
    });
    assert!(client.is_authorized("u", "r", "p").await.unwrap());
    assert!(!client.is_authorized("u", "r", "p").await.unwrap());
}

#[tokio::test]
async fn a_mock_that_is_told_no_answer_allows_nothing() {
    let (server, client) = start().await;
    let mock = server.authorize_user(|_, then| {
        then.header("x-request-id", "r-1");
    });
    let error = client.is_authorized("u", "r", "p").await.unwrap_err();
    assert!(error.is_server_error());
    mock.assert_calls(1);
}

#[tokio::test]
async fn a_time_in_the_query_is_compared_as_the_client_sends_it() {
    for time in ["2026-01-02T03:04:05.678901Z", "2026-01-02T03:04:05Z"] {
        let (server, client) = start().await;
        let time: chrono::DateTime<chrono::Utc> = time.parse().unwrap();
        let mock = server.get_accounts(|when, then| {
            when.earliest_cache_time(time);
            then.error(409, "Seen");
        });
        let error = client
            .accounts()
            .get_accounts()
            .earliest_cache_time(time)
            .await
            .unwrap_err();
        assert_eq!(error.code(), Some("Seen"));
        mock.assert_calls(1);
    }
}
