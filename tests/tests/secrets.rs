//! Tokens and keys do not print, and travel only where they belong.

use httpmock::MockServer;

#[test]
fn debug_of_client_and_call_shows_no_header() {
    let client = authress_api::Client::new("https://login.example.com").unwrap();
    let client = client.with_bearer_token("s3cr3t-t0ken").unwrap();
    let text = format!("{client:?} {client:#?} {:?}", client.get_users());
    assert!(text.contains("login.example.com"), "{text}");
    assert!(
        !text.contains("s3cr3t") && !text.to_lowercase().contains("bearer"),
        "{text}"
    );
}

#[tokio::test]
async fn debug_of_an_error_shows_neither_header_nor_body() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|_, then| {
            then.status(500).header("x-echo", "s3cr3t").body("s3cr3t");
        })
        .await;
    let error = authress_api::Client::new(server.base_url())
        .unwrap()
        .get_roles()
        .await
        .unwrap_err();
    assert!(!format!("{error:?} {error:#?} {error}").contains("s3cr3t"));
}

#[tokio::test]
async fn the_token_is_sent_with_operations_that_want_one_and_with_no_other() {
    let server = MockServer::start_async().await;
    let with = server
        .mock_async(|when, then| {
            when.header("authorization", "Bearer abc");
            then.status(200).body(r#"{"roles":[]}"#);
        })
        .await;
    let without = server
        .mock_async(|when, then| {
            when.header_missing("authorization");
            then.status(200).body(r#"{"access_token":"t"}"#);
        })
        .await;
    let client = authress_api::Client::new(server.base_url())
        .unwrap()
        .with_bearer_token("abc")
        .unwrap();
    client.get_roles().await.unwrap();
    with.assert_calls_async(1).await;
    without.assert_calls_async(0).await;
    let request = authress_api::models::OAuthTokenRequest::new("client");
    client.request_token(request).await.unwrap();
    with.assert_calls_async(1).await;
    without.assert_calls_async(1).await;
}
