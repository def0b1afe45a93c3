//! Tokens for users at once, from the local server's own door for development: who may have them, and what stands in them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use authress::models::{Client, ClientOptions};
use authress::{AuthressClient, SystemClock};
use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{RawAnswer, StoppedClock, as_user, ask_as_owner, owner, raw_exchange, raw_request, raw_request_to};

const PATH: &str = "/api/authentication";

fn json_of(answer: &RawAnswer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_default()
}

async fn ask(local: &AuthressLocal, bearer: &str, body: Value) -> RawAnswer {
    raw_request(local.address(), "POST", PATH, bearer, &body.to_string())
        .await
        .unwrap()
}

/// The bearer of a service client with or without the option for making tokens.
async fn service_client(local: &AuthressLocal, may_make_tokens: bool) -> String {
    let owner = owner(local);
    let options = ClientOptions::new().grant_token_generation(may_make_tokens);
    let clients = owner.service_clients();
    let id = clients.create_client(Client::new().options(options)).await.unwrap();
    let key = clients.request_access_key(id.client_id.unwrap()).await.unwrap();
    let client = AuthressClient::builder(local.url()).access_key(key.access_key.unwrap());
    let token = client.build().unwrap().client_token().await.unwrap();
    format!("Bearer {}", token.expose())
}

#[tokio::test]
async fn the_owner_gets_a_users_token_with_what_was_asked_for() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/*", ["read"]);
    let body = json!({
        "userId": "alice", "tenantId": "ten_1", "applicationId": "app_1", "connectionId": "con_1", "expiresInSeconds": 60,
        "claims": {"plan": "gold"},
    });
    let answer = ask_as_owner(&local, "POST", PATH, &body.to_string()).await;
    assert_eq!(
        (answer.status, answer.header("cache-control")),
        (200, "no-store"),
        "{}",
        answer.body
    );
    let body = json_of(&answer);
    assert_eq!(
        (&body["token_type"], &body["expires_in"]),
        (&json!("Bearer"), &json!(60))
    );
    let token = body["access_token"].as_str().unwrap();
    let identity = owner(&local).verify_token(token).await.unwrap();
    assert_eq!(
        (identity.user_id(), identity.audiences()),
        ("alice", &["ten_1".to_owned()][..])
    );
    let claims = identity.claims();
    assert_eq!(
        [&claims["client_id"], &claims["azp"], &claims["plan"], &claims["scope"]],
        ["app_1", "con_1", "gold", "openid profile email"]
    );
    let lifetime = identity.expires_at().duration_since(identity.issued_at().unwrap());
    assert_eq!(lifetime.unwrap().as_secs(), 60);
    let alice = owner(&local).with_user_token(token).unwrap();
    alice.authorize("documents/1", "read").await.unwrap();
}

#[tokio::test]
async fn only_who_may_pass_for_every_user_gets_a_users_token() {
    let local = AuthressLocal::start().await.unwrap();
    let body = json!({"userId": "bob"});
    for (bearer, status) in [
        (String::new(), 401),
        ("Bearer x".to_owned(), 401),
        (format!("Bearer {}", local.user_token("alice")), 403),
        // Not even for oneself: the token would outlive the one that it was had with.
        (format!("Bearer {}", local.user_token("bob")), 403),
        (service_client(&local, false).await, 403),
        (service_client(&local, true).await, 200),
    ] {
        assert_eq!(ask(&local, &bearer, body.clone()).await.status, status, "{bearer}");
    }
    // Some rights are not all of them.
    local.grant("alice", "Authress:*", ["*"]);
    let alice = format!("Bearer {}", local.user_token("alice"));
    assert_eq!(ask(&local, &alice, body.clone()).await.status, 403);
}

#[tokio::test]
async fn a_client_that_may_make_tokens_makes_none_for_a_service_client() {
    let local = AuthressLocal::start().await.unwrap();
    let bearer = service_client(&local, true).await;
    for user in [
        "sc_owner",
        "Authress:ServiceClients/sc_owner",
        "Authress:ServiceClients/Authress:ServiceClients/sc_owner",
    ] {
        assert_eq!(
            ask(&local, &bearer, json!({"userId": user})).await.status,
            403,
            "{user}"
        );
        let body = json!({"userId": user}).to_string();
        assert_eq!(ask_as_owner(&local, "POST", PATH, &body).await.status, 200, "{user}");
    }
}

#[tokio::test]
async fn a_permissive_server_gives_tokens_to_everybody_on_this_machine_but_not_to_a_page_of_another_name() {
    let local = AuthressLocal::builder().permissive(true).start().await.unwrap();
    let port = local.address().port();
    let body = json!({"userId": "alice"}).to_string();
    for (host, status) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("localhost:{port}"), 200),
        (format!("[::1]:{port}"), 200),
        (format!("app.localhost:{port}"), 200),
        (format!("authress-local:{port}"), 200),
        (format!("evil.example.com:{port}"), 403),
        ("127.0.0.1.evil.example.com".to_owned(), 403),
        ("localhost.evil.example.com".to_owned(), 403),
        ("evil.example.com.".to_owned(), 403),
    ] {
        let answer = raw_request_to(&host, local.address(), "POST", PATH, "", &body).await;
        assert_eq!(answer.unwrap().status, status, "{host}");
    }
    for (site, status) in [
        ("none", 200),
        ("same-origin", 200),
        ("same-site", 200),
        ("cross-site", 403),
    ] {
        let length = body.len();
        let head = format!("POST {PATH} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: {site}\r\n");
        let request = format!("{head}content-length: {length}\r\nconnection: close\r\n\r\n{body}");
        let answer = raw_exchange(local.address(), &request).await.unwrap();
        assert_eq!(answer.status, status, "{site}");
    }
    let answer = ask(&local, "", json!({"userId": "alice"})).await;
    let token = json_of(&answer)["access_token"].as_str().unwrap().to_owned();
    let alice = as_user(&local, "alice").with_user_token(&token).unwrap();
    assert!(alice.authorize("a", "read").await.unwrap_err().is_denied());
    // A token that is there must be good all the same.
    assert_eq!(ask(&local, "Bearer x", json!({"userId": "alice"})).await.status, 401);
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_400_with_its_place() {
    let local = AuthressLocal::start().await.unwrap();
    for (body, place) in [
        (json!([]), "request.body: "),
        (json!({}), "request.body"),
        (json!({"userId": ""}), "request.body.userId: "),
        (json!({"userId": "x".repeat(129)}), "request.body.userId: "),
        (json!({"userId": "a\nb"}), "request.body.userId: "),
        (json!({"userId": 1}), "request.body.userId: "),
        (json!({"userId": "a", "tenantId": ""}), "request.body.tenantId: "),
        (
            json!({"userId": "a", "applicationId": "x".repeat(129)}),
            "request.body.applicationId: ",
        ),
        (json!({"userId": "a", "connectionId": 1}), "request.body.connectionId: "),
        (
            json!({"userId": "a", "expiresInSeconds": 0}),
            "request.body.expiresInSeconds: ",
        ),
        (
            json!({"userId": "a", "expiresInSeconds": 86_401}),
            "request.body.expiresInSeconds: ",
        ),
        (
            json!({"userId": "a", "expiresInSeconds": -1}),
            "request.body.expiresInSeconds: ",
        ),
        (
            json!({"userId": "a", "claims": {"sub": "b"}}),
            "request.body.claims.sub: ",
        ),
        (
            json!({"userId": "a", "claims": {"exp": 1}}),
            "request.body.claims.exp: ",
        ),
        (
            json!({"userId": "a", "claims": {"x": "y".repeat(4_096)}}),
            "request.body.claims: ",
        ),
        (json!({"userId": "a", "scope": "x"}), "request.body"),
    ] {
        let answer = ask_as_owner(&local, "POST", PATH, &body.to_string()).await;
        let title = json_of(&answer)["title"].as_str().unwrap_or_default().to_owned();
        assert!(
            answer.status == 400 && title.starts_with(place),
            "{body}: {} {title}",
            answer.status
        );
    }
}

#[tokio::test]
async fn keys_and_configuration_are_public_for_every_origin_and_agree_with_the_tokens() {
    let local = AuthressLocal::start().await.unwrap();
    let get = async |path: &str| raw_request(local.address(), "GET", path, "", "").await.unwrap();
    let token = local.user_token("alice");
    let issuer = owner(&local).verify_token(&token).await.unwrap().issuer().to_owned();
    for (before, issuer) in [
        ("", issuer.clone()),
        ("/v1/clients/sc_owner", format!("{issuer}/v1/clients/sc_owner")),
    ] {
        let answer = get(&format!("{before}/.well-known/openid-configuration")).await;
        assert_eq!(
            (
                answer.status,
                answer.header("content-type"),
                answer.header("access-control-allow-origin")
            ),
            (200, "application/json", "*")
        );
        let configuration = json_of(&answer);
        assert_eq!(configuration["issuer"], issuer);
        let keys = configuration["jwks_uri"]
            .as_str()
            .unwrap()
            .strip_prefix(local.url())
            .unwrap()
            .to_owned();
        let answer = get(&keys).await;
        assert_eq!(
            (answer.status, answer.header("access-control-allow-origin")),
            (200, "*")
        );
        assert_eq!(json_of(&answer)["keys"].as_array().unwrap().len(), 1);
        for (field, method) in [("token_endpoint", "POST"), ("authorization_endpoint", "GET")] {
            let path = configuration[field]
                .as_str()
                .unwrap()
                .strip_prefix(local.url())
                .unwrap();
            let answer = raw_request(local.address(), method, path, "", "{}").await.unwrap();
            assert_eq!(answer.status, 400, "{field} is there, and misses something");
        }
        assert_eq!(configuration["code_challenge_methods_supported"], json!(["S256"]));
    }
    let answer = get("/v1/clients/sc_none/.well-known/openid-configuration").await;
    assert_eq!(answer.status, 404);
    // Nothing else is for other origins.
    assert_eq!(get("/v1/roles").await.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn tokens_of_rotated_keys_are_good_until_the_keys_are_retired() {
    let local = AuthressLocal::start().await.unwrap();
    let raw = authress_api::Client::new(local.url()).unwrap();
    let ask = async |token: &str| {
        let client = raw.with_bearer_token(token).unwrap();
        client.authorize_user("alice", "a", "read").await.unwrap_err()
    };
    let old = local.user_token("alice");
    assert!(ask(&old).await.is_denied());
    local.rotate_keys().unwrap();
    let new = local.user_token("alice");
    for token in [&old, &new] {
        assert!(ask(token).await.is_denied());
        // Whoever verifies without having seen a key before finds both.
        let fresh = AuthressClient::builder(local.url()).clock(SystemClock).build().unwrap();
        assert_eq!(fresh.verify_token(token).await.unwrap().user_id(), "alice");
    }
    local.retire_old_keys();
    assert!(ask(&old).await.is_unauthenticated());
    assert!(ask(&new).await.is_denied());
    let fresh = AuthressClient::builder(local.url()).build().unwrap();
    assert!(fresh.verify_token(&old).await.is_err());
    assert_eq!(fresh.verify_token(&new).await.unwrap().user_id(), "alice");
}

#[tokio::test]
async fn a_token_that_was_verified_before_still_ends_and_still_begins() {
    let clock = StoppedClock::at(1_900_000_000);
    let of_server = clock.clone();
    let behind = StoppedClock::at(0);
    let of_behind = behind.clone();
    // The server's clock can go back: it is the first one less the second.
    let now = move || of_server.time() - of_behind.time().duration_since(std::time::UNIX_EPOCH).unwrap();
    let local = AuthressLocal::builder().clock(now).start().await.unwrap();
    let alice = as_user(&local, "alice");
    for (ahead, back, good) in [
        (0, 0, true),
        (86_399, 0, true),
        (1, 0, false),
        (0, 86_400, true),
        (0, 10, true),
        (0, 1, false),
    ] {
        clock.advance(ahead);
        behind.advance(back);
        let error = alice.authorize("a", "read").await.unwrap_err();
        assert_eq!(
            (error.is_denied(), error.is_unauthenticated()),
            (good, !good),
            "{ahead} {back}"
        );
    }
}
