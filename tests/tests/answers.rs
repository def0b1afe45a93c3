//! Answers that are not what was hoped for: a typed error that keeps status, headers, code and every byte.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress_api::{Client, Error};
use httpmock::MockServer;
use tests::RawServer;

const BODY: &str = r#"{"title":"Not like that","errorCode":"SomeCode","errorId":"e-77"}"#;

/// Which predicates an error of an operation that is no authorization check has, by name.
fn predicates(error: &Error) -> Vec<&'static str> {
    let table = [
        ("denied", error.is_denied()),
        ("not permitted to ask", error.is_not_permitted_to_ask()),
        ("forbidden", error.is_forbidden()),
        ("unauthenticated", error.is_unauthenticated()),
        ("plan limit", error.is_plan_limit()),
        ("not found", error.is_not_found()),
        ("conflict", error.is_conflict()),
        ("too large", error.is_too_large()),
        ("rate limited", error.is_rate_limited()),
        ("timeout", error.is_timeout()),
        ("invalid argument", error.is_invalid_argument()),
    ];
    table
        .into_iter()
        .filter_map(|(name, holds)| holds.then_some(name))
        .collect()
}

/// The statuses, with what they mean for any operation and for an authorization check.
const STATUSES: [(u16, &[&str], &[&str]); 10] = [
    (401, &["unauthenticated"], &["unauthenticated"]),
    (402, &["plan limit"], &["plan limit"]),
    (403, &["forbidden"], &["not permitted to ask", "forbidden"]),
    (404, &["not found"], &["denied"]),
    (409, &["conflict"], &["conflict"]),
    (412, &["conflict"], &["conflict"]),
    (413, &["too large"], &["too large"]),
    (429, &["rate limited"], &["rate limited"]),
    (500, &[], &[]),
    (503, &[], &[]),
];

#[tokio::test]
async fn each_status_is_told_apart_with_and_without_the_error_body() {
    for (status, meaning, meaning_of_check) in STATUSES {
        for body in [BODY, "", "<html>no</html>"] {
            let server = MockServer::start_async().await;
            let mock = server
                .mock_async(|_, then| {
                    then.status(status)
                        .header("x-request-id", "r-1")
                        .header("retry-after", "7")
                        .body(body);
                })
                .await;
            let client = Client::new(server.base_url()).unwrap();
            let check = client.authorize_user("u", "r", "p").await.unwrap_err();
            let other = client.get_record("rec").await.unwrap_err();
            mock.assert_calls_async(2).await;
            assert_eq!(predicates(&other), meaning, "{status}");
            // A page does not come from the service, so its 404 is no denial.
            let is_page = status == 404 && body.starts_with('<');
            let meaning_of_check = if is_page { &[] } else { meaning_of_check };
            assert_eq!(predicates(&check), meaning_of_check, "{status} {body}");

            for error in [check, other] {
                assert_eq!(error.status().unwrap().as_u16(), status);
                assert_eq!(error.headers().unwrap()["x-request-id"], "r-1");
                assert_eq!(error.request_id(), Some("r-1"));
                assert_eq!(error.retry_after().unwrap().as_secs(), 7);
                assert_eq!(error.body().unwrap(), body);
                let known = body == BODY;
                assert_eq!(error.code(), known.then_some("SomeCode"));
                assert_eq!(error.title(), known.then_some("Not like that"));
                assert_eq!(error.error_id(), known.then_some("e-77"));
                assert!(error.was_sent());
            }
        }
    }
}

#[tokio::test]
async fn an_html_page_of_a_gateway_is_an_error_with_its_bytes() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|_, then| {
            then.status(502)
                .header("content-type", "text/html")
                .body("<html>Bad Gateway</html>");
        })
        .await;
    let error = Client::new(server.base_url())
        .unwrap()
        .authorize_user("u", "r", "p")
        .await
        .unwrap_err();
    assert_eq!(predicates(&error), Vec::<&str>::new());
    assert_eq!(
        (error.status().unwrap().as_u16(), error.body().unwrap().as_ref()),
        (502, &b"<html>Bad Gateway</html>"[..])
    );
    assert!(!error.to_string().contains("html"), "{error}");
}

#[tokio::test]
async fn a_page_with_status_200_is_no_permission() {
    for (body, allowed) in [
        ("", true),
        (" \n", true),
        ("{}", true),
        (r#"{"errorCode":"Forbidden"}"#, false),
        ("false", false),
        ("null", false),
        ("<!doctype html>", false),
        ("OK", false),
        ("{", false),
    ] {
        let server = MockServer::start_async().await;
        server
            .mock_async(|_, then| {
                then.status(200).body(body);
            })
            .await;
        let answer = Client::new(server.base_url())
            .unwrap()
            .authorize_user("u", "r", "p")
            .await;
        assert_eq!(answer.is_ok(), allowed, "{body:?}: {answer:?}");
        if let Err(error) = answer {
            assert!(!error.is_denied() && error.was_sent());
        }
    }
}

#[tokio::test]
async fn another_success_than_200_is_no_permission() {
    for status in [201, 202, 204, 206] {
        let server = MockServer::start_async().await;
        server
            .mock_async(|_, then| {
                then.status(status);
            })
            .await;
        let client = Client::new(server.base_url()).unwrap();
        let error = client.authorize_user("u", "r", "p").await.unwrap_err();
        assert_eq!(predicates(&error), Vec::<&str>::new(), "{status}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        client.delete_role("r").await.unwrap();
    }
}

#[tokio::test]
async fn an_empty_200_where_json_is_due_is_an_error_with_status_and_headers() {
    for body in ["", "<html>", "[1", "null", "{}"] {
        let server = MockServer::start_async().await;
        server
            .mock_async(|_, then| {
                then.status(200).header("x-request-id", "r-2").body(body);
            })
            .await;
        let error = Client::new(server.base_url())
            .unwrap()
            .get_record("rec")
            .await
            .unwrap_err();
        assert_eq!(predicates(&error), Vec::<&str>::new(), "{body:?}");
        assert_eq!(error.status().unwrap().as_u16(), 200);
        assert_eq!(error.request_id(), Some("r-2"));
        assert_eq!(error.body().unwrap(), body);
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn a_truncated_body_is_an_error_with_what_had_arrived() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-type: application/links+json\r\nx-request-id: r-3\r\ncontent-length: 500\r\n\r\n{\"recordId\":";
    let server = RawServer::answering(cut).await.unwrap();
    let error = Client::new(server.url()).unwrap().get_record("rec").await.unwrap_err();
    assert_eq!(predicates(&error), Vec::<&str>::new());
    assert_eq!(error.status().unwrap().as_u16(), 200);
    assert_eq!(error.request_id(), Some("r-3"));
    assert_eq!(error.body().unwrap().as_ref(), b"{\"recordId\":");
    assert!(error.was_sent());
}

#[tokio::test]
async fn a_truncated_denial_is_no_denial() {
    let cut = "HTTP/1.1 404 Not Found\r\ncontent-length: 500\r\n\r\n{\"title\":";
    let server = RawServer::answering(cut).await.unwrap();
    let error = Client::new(server.url())
        .unwrap()
        .authorize_user("u", "r", "p")
        .await
        .unwrap_err();
    assert!(!error.is_denied(), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_a_timeout_with_what_had_arrived() {
    // The head promises more than ever comes, and the connection stays open.
    let slow =
        RawServer::answering_and_waiting("HTTP/1.1 404 Not Found\r\nx-request-id: r-4\r\ncontent-length: 9\r\n\r\n{")
            .await
            .unwrap();
    let silent = RawServer::answering_and_waiting("").await.unwrap();
    for (server, status) in [(&slow, Some(404)), (&silent, None)] {
        let transport = authress_api::ReqwestTransport::new().unwrap();
        let transport = transport.with_timeout(std::time::Duration::from_millis(100));
        let base_url = authress_api::BaseUrl::parse(server.url()).unwrap();
        let client = Client::with_transport(base_url, transport);
        let error = client.authorize_user("u", "r", "p").await.unwrap_err();
        assert_eq!(predicates(&error), ["timeout"]);
        assert_eq!(error.status().map(|status| status.as_u16()), status);
        assert!(error.was_sent());
    }
}

#[tokio::test]
async fn no_text_of_an_answer_and_no_url_is_in_an_error() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|_, then| {
            then.status(200).body(r#""sc_1.k1.acc_1.hush""#);
        })
        .await;
    let undecodable = Client::new(server.base_url())
        .unwrap()
        .request_access_key("c")
        .await
        .unwrap_err();
    let gone = RawServer::answering("").await.unwrap();
    let client = Client::new(gone.url()).unwrap();
    drop(gone);
    tokio::task::yield_now().await;
    let refused = client.authorize_user("hush", "hush", "hush").await.unwrap_err();
    for error in [undecodable, refused] {
        let causes = std::iter::successors(std::error::Error::source(&error), |error| error.source());
        let causes: Vec<String> = causes.map(|cause| format!("{cause} {cause:?}")).collect();
        let shown = format!("{error} {error:?} {causes:?}");
        assert!(!shown.contains("hush"), "{shown}");
    }
}

#[tokio::test]
async fn query_values_are_data_and_every_request_says_what_it_takes_and_who_asks() {
    let server = RawServer::answering("HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{\"records\":[]}")
        .await
        .unwrap();
    let client = Client::new(server.url()).unwrap();
    client.get_records().filter("a&b=c d/+%é#").cursor("=").await.unwrap();
    let head = server.heads().remove(0);
    let line = head.lines().next().unwrap();
    assert!(
        line.contains("filter=a%26b%3Dc%20d%2F%2B%25%C3%A9%23") && line.contains("cursor=%3D"),
        "{line}"
    );
    let head = head.to_lowercase();
    assert!(
        head.contains("accept: application/links+json, application/json\r\n"),
        "{head}"
    );
    assert!(head.contains("user-agent: authress sdk; rust; "), "{head}");
}

#[tokio::test]
async fn an_answer_that_is_no_http_is_an_error_after_sending() {
    let server = RawServer::answering("nonsense").await.unwrap();
    let error = Client::new(server.url())
        .unwrap()
        .authorize_user("u", "r", "p")
        .await
        .unwrap_err();
    assert_eq!(predicates(&error), Vec::<&str>::new());
    assert!(error.was_sent() && error.status().is_none());
}

#[tokio::test]
async fn a_connection_that_is_refused_means_that_nothing_was_sent() {
    // A port that nobody listens on: it was free, and this is done with it at once.
    let address = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let error = Client::new(format!("http://{address}"))
        .unwrap()
        .authorize_user("u", "r", "p")
        .await
        .unwrap_err();
    assert!(!error.was_sent(), "{error:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = MockServer::start_async().await;
    let target = server
        .mock_async(|when, then| {
            when.path("/elsewhere");
            then.status(200);
        })
        .await;
    server
        .mock_async(|when, then| {
            when.path_includes("/v1/users");
            then.status(302).header("location", server.url("/elsewhere"));
        })
        .await;
    let error = Client::new(server.base_url())
        .unwrap()
        .authorize_user("u", "r", "p")
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 302);
    target.assert_calls_async(0).await;
}

#[tokio::test]
async fn an_answer_over_the_limit_is_cut_off() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|_, then| {
            then.status(200).body("x".repeat(2000));
        })
        .await;
    let transport = authress_api::ReqwestTransport::new().unwrap().with_max_body_bytes(1000);
    let base_url = authress_api::BaseUrl::parse(&server.base_url()).unwrap();
    let error = Client::with_transport(base_url, transport)
        .get_record("rec")
        .await
        .unwrap_err();
    assert!(error.body().unwrap().len() <= 1000);
    assert_eq!(error.status().unwrap().as_u16(), 200);
}

#[test]
fn numbers_of_users_own_data_are_kept_to_their_last_digit() {
    // Read with less care, these are others in the last digit.
    for text in [
        r#"{"number":31.245270191439438}"#,
        r#"{"number":121.48791951161945}"#,
        r#"{"number":1.84404674717e+29}"#,
    ] {
        let claims: authress_api::models::ClaimResponse = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&claims).unwrap(), text);
    }
}
