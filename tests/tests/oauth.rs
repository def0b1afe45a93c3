//! OAuth at the local server: tokens for extensions, which act for users, and for programs, which act as themselves.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use authress::models::{AccessRecord, Client, Statement};
use authress::{AuthressClient, TokenOverrides};
use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{RawAnswer, StoppedClock, ask_as_owner, owner, raw_request};

/// RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const BACK: &str = "https://extension.example.com/done";
const TOKENS: &str = "/api/authentication/oauth/tokens";

fn json_of(answer: &RawAnswer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_default()
}

fn error_of(answer: &RawAnswer) -> (u16, String) {
    (
        answer.status,
        json_of(answer)["errorCode"].as_str().unwrap_or_default().to_owned(),
    )
}

async fn request_token(local: &AuthressLocal, body: Value) -> RawAnswer {
    raw_request(local.address(), "POST", TOKENS, "", &body.to_string())
        .await
        .unwrap()
}

/// An extension's id and that of its service client.
async fn extension(local: &AuthressLocal) -> (String, String) {
    let body = json!({"name": "Ext", "application": {"redirectUrls": [BACK]}}).to_string();
    let made = json_of(&ask_as_owner(local, "POST", "/v1/extensions", &body).await);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made["extensionId"]), text(&made["client"]["clientId"]))
}

/// Logs `user` in to an extension; the answer.
async fn login(local: &AuthressLocal, user: &str, client: &str) -> RawAnswer {
    login_with(
        local,
        user,
        &format!("client_id={client}&code_challenge={CHALLENGE}&redirect_uri={BACK}"),
    )
    .await
}

async fn login_with(local: &AuthressLocal, user: &str, query: &str) -> RawAnswer {
    let bearer = format!("Bearer {}", local.user_token(user));
    raw_request(local.address(), "GET", &format!("/?{query}"), &bearer, "")
        .await
        .unwrap()
}

fn code_of(answer: &RawAnswer) -> String {
    json_of(answer)["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_extension_gets_the_token_of_its_user_by_the_verifier_and_the_code() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/*", ["read"]);
    let (id, client_id) = extension(&local).await;
    for (client, more) in [
        // As the description has it, and as RFC 6749 has it.
        (&id, json!({})),
        (&client_id, json!({})),
        (&id, json!({"redirect_uri": BACK, "code": true})),
    ] {
        let answer = login(&local, "alice", client).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (200, "no-store"),
            "{}",
            answer.body
        );
        let mut body = json!({"grant_type": "authorization_code", "client_id": client, "code_verifier": VERIFIER});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        if more.get("code").is_some() {
            body["code"] = code_of(&answer).into();
        }
        let answer = request_token(&local, body.clone()).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (200, "no-store"),
            "{}",
            answer.body
        );
        let token = json_of(&answer)["access_token"].as_str().unwrap().to_owned();
        let identity = owner(&local).verify_token(&token).await.unwrap();
        assert_eq!(
            (identity.user_id(), &identity.claims()["client_id"]),
            ("alice", &json!(client))
        );
        let alice = owner(&local).with_user_token(&token).unwrap();
        alice.authorize("documents/1", "read").await.unwrap();
        // Once.
        assert_eq!(
            error_of(&request_token(&local, body).await),
            (400, "InvalidGrant".into())
        );
    }
}

#[tokio::test]
async fn a_login_asked_for_again_has_one_code() {
    let local = AuthressLocal::start().await.unwrap();
    let (id, _) = extension(&local).await;
    let (first, second) = (login(&local, "alice", &id).await, login(&local, "alice", &id).await);
    let exchange = |code: String| json!({"grant_type": "authorization_code", "client_id": id, "code_verifier": VERIFIER, "code": code});
    assert_eq!(request_token(&local, exchange(code_of(&first))).await.status, 400);
    assert_eq!(request_token(&local, exchange(code_of(&second))).await.status, 200);
}

#[tokio::test]
async fn nobody_takes_the_place_of_a_user_whose_challenge_they_saw() {
    let local = AuthressLocal::start().await.unwrap();
    let (id, _) = extension(&local).await;
    assert_eq!(login(&local, "alice", &id).await.status, 200);
    assert_eq!(
        error_of(&login(&local, "mallory", &id).await),
        (400, "InvalidRequest".into())
    );
    let body = json!({"grant_type": "authorization_code", "client_id": id, "code_verifier": VERIFIER});
    let token = json_of(&request_token(&local, body).await)["access_token"].clone();
    let identity = owner(&local).verify_token(token.as_str().unwrap()).await.unwrap();
    assert_eq!(identity.user_id(), "alice");
    // Nobody's any more.
    assert_eq!(login(&local, "mallory", &id).await.status, 200);
}

#[tokio::test]
async fn a_code_is_bound_to_its_client_verifier_and_address_and_tried_once() {
    let local = AuthressLocal::start().await.unwrap();
    let ((id, _), (other, _)) = (extension(&local).await, extension(&local).await);
    let wrong = VERIFIER.replace('d', "e");
    for (what, client, verifier, redirect) in [
        ("another client", other.as_str(), VERIFIER, BACK),
        ("no extension", "sc_owner", VERIFIER, BACK),
        ("another verifier", id.as_str(), wrong.as_str(), BACK),
        ("the challenge as verifier", &id, CHALLENGE, BACK),
        ("a verifier that is too short", &id, &VERIFIER[1..], BACK),
        ("another address", &id, VERIFIER, "https://extension.example.com/"),
    ] {
        let code = code_of(&login(&local, "alice", &id).await);
        let body = |client: &str, verifier: &str, redirect: &str| {
            json!({
                "grant_type": "authorization_code", "client_id": client, "code_verifier": verifier, "redirect_uri": redirect, "code": code,
            })
        };
        let answer = request_token(&local, body(client, verifier, redirect)).await;
        assert_eq!(error_of(&answer), (400, "InvalidGrant".into()), "{what}");
        let again = request_token(&local, body(&id, VERIFIER, BACK)).await;
        assert_eq!(
            error_of(&again),
            (400, "InvalidGrant".into()),
            "{what}: it was tried before"
        );
    }
    // Without a code, the verifier of another finds nothing, and harms nothing.
    login(&local, "alice", &id).await;
    let by_verifier = |client: &str, verifier: &str| json!({"grant_type": "authorization_code", "client_id": client, "code_verifier": verifier});
    for (client, verifier) in [(other.as_str(), VERIFIER), (&id, &wrong), (&id, ""), (&id, CHALLENGE)] {
        let answer = request_token(&local, by_verifier(client, verifier)).await;
        assert_eq!(error_of(&answer), (400, "InvalidGrant".into()), "{client} {verifier}");
    }
    assert_eq!(request_token(&local, by_verifier(&id, VERIFIER)).await.status, 200);
}

#[tokio::test]
async fn a_code_is_good_for_less_than_a_minute() {
    let clock = StoppedClock::at(1_900_000_000);
    let of_server = clock.clone();
    let local = AuthressLocal::builder()
        .permissive(true)
        .clock(move || of_server.time())
        .start()
        .await
        .unwrap();
    let bearer = format!("Bearer {}", local.user_token("alice"));
    let body = json!({"application": {"redirectUrls": [BACK]}}).to_string();
    let made = raw_request(local.address(), "POST", "/v1/extensions", &bearer, &body)
        .await
        .unwrap();
    let id = json_of(&made)["extensionId"].as_str().unwrap().to_owned();
    let exchange = || json!({"grant_type": "authorization_code", "client_id": id, "code_verifier": VERIFIER});
    for (seconds, status) in [(59, 200), (60, 400)] {
        login(&local, "alice", &id).await;
        clock.advance(seconds);
        assert_eq!(request_token(&local, exchange()).await.status, status, "{seconds}");
    }
}

#[tokio::test]
async fn a_login_needs_a_user_an_extension_its_address_and_s256() {
    let local = AuthressLocal::start().await.unwrap();
    let (id, _) = extension(&local).await;
    let good = format!("client_id={id}&code_challenge={CHALLENGE}&redirect_uri={BACK}");
    for (query, status) in [
        (good.clone(), 200),
        (format!("{good}&code_challenge_method=S256"), 200),
        (format!("{good}&code_challenge_method=plain"), 400),
        (good.replace(CHALLENGE, VERIFIER.split_at(20).0), 400),
        (good.replace("code_challenge", "x"), 400),
        (good.replace("redirect_uri", "x"), 400),
        (good.replace("client_id", "x"), 400),
        (good.replace(BACK, "https://evil.example.com/"), 400),
        (good.replace(BACK, &format!("{BACK}/more")), 400),
        (good.replace(&id, "sc_owner"), 401),
        (good.replace(&id, "app_other"), 401),
    ] {
        let answer = login_with(&local, "alice", &query).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.body);
    }
    // The address of one extension is not another's.
    let body = json!({"application": {"redirectUrls": ["https://other.example.com/"]}}).to_string();
    ask_as_owner(&local, "POST", "/v1/extensions", &body).await;
    let answer = login_with(&local, "alice", &good.replace(BACK, "https://other.example.com/")).await;
    assert_eq!(answer.status, 400);

    // Nobody without a token, nobody with a bad one, and no service client.
    let path = format!("/?{good}");
    for bearer in ["", "Bearer x", "Basic eDp5"] {
        let answer = raw_request(local.address(), "GET", &path, bearer, "").await.unwrap();
        assert_eq!(answer.status, 401, "{bearer}");
    }
    assert_eq!(ask_as_owner(&local, "GET", &path, "").await.status, 401);
    for user in ["sc_owner", "Authress:ServiceClients/sc_owner"] {
        assert_eq!(login_with(&local, user, &good).await.status, 401, "{user}");
    }
}

/// A service client without any rights: its id, the id of its key, and a client with it.
async fn service_client(local: &AuthressLocal) -> (String, String, AuthressClient) {
    let owner = owner(local);
    let clients = owner.service_clients();
    let id = clients.create_client(Client::new()).await.unwrap().client_id.unwrap();
    let key = clients.request_access_key(&id).await.unwrap();
    let client = AuthressClient::builder(local.url()).access_key(key.access_key.unwrap());
    (id, key.key_id.unwrap(), client.build().unwrap())
}

fn credentials(id: &str, secret: &str) -> Value {
    json!({"grant_type": "client_credentials", "client_id": id, "client_secret": secret})
}

#[tokio::test]
async fn a_program_gets_a_token_for_what_it_signed_and_the_token_ends_with_the_key() {
    let local = AuthressLocal::start().await.unwrap();
    let (id, key_id, service) = service_client(&local).await;
    local.grant(&id, "documents/*", ["read"]);
    let secret = service.client_token().await.unwrap();
    let answer = request_token(&local, credentials(&id, secret.expose())).await;
    assert_eq!(
        (answer.status, answer.header("cache-control")),
        (200, "no-store"),
        "{}",
        answer.body
    );
    let token = json_of(&answer)["access_token"].as_str().unwrap().to_owned();
    let identity = owner(&local).verify_token(&token).await.unwrap();
    assert_eq!(
        (identity.user_id(), &identity.claims()["client_id"]),
        (id.as_str(), &json!(id))
    );

    let program = owner(&local).with_user_token(&token).unwrap();
    program.authorize("documents/1", "read").await.unwrap();
    assert!(program.authorize("documents/1", "write").await.unwrap_err().is_denied());
    owner(&local)
        .service_clients()
        .delete_access_key(&id, &key_id)
        .await
        .unwrap();
    assert!(
        program
            .authorize("documents/1", "read")
            .await
            .unwrap_err()
            .is_unauthenticated()
    );
}

#[tokio::test]
async fn a_secret_that_the_client_did_not_sign_itself_is_401() {
    let local = AuthressLocal::start().await.unwrap();
    let (id, _, service) = service_client(&local).await;
    let (other_id, _, other) = service_client(&local).await;
    let own = service.client_token().await.unwrap();
    let exchanged = request_token(&local, credentials(&id, own.expose())).await;
    let exchanged = json_of(&exchanged)["access_token"].as_str().unwrap().to_owned();
    let code_url = format!("{}/?client_id={id}&state=s", local.url());
    let code_url = service.user_login_url(&code_url, &id).await.unwrap();
    let code = code_url
        .expose()
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let provider = |claim: &str, value: Value| {
        let overrides = TokenOverrides::new().claim(claim, value);
        let key = service.clone();
        async move { key.client_token_with(&overrides).await.unwrap() }
    };
    let expired = provider("exp", json!(1)).await;
    let for_other = provider("sub", json!(other_id)).await;
    for (what, client, secret) in [
        (
            "the token of another client",
            id.as_str(),
            other.client_token().await.unwrap().expose(),
        ),
        ("its own token for another client", &other_id, own.expose()),
        ("its own token in the name of another", &other_id, for_other.expose()),
        ("an expired token", &id, expired.expose()),
        ("a user's token", &id, &local.user_token("alice")),
        ("a user's token with the client's id", &id, &local.user_token(&id)),
        ("a token that was made for such a secret", &id, &exchanged),
        ("a login code", &id, code),
        ("the access key itself", "sc_owner", local.owner_access_key()),
        ("nothing", &id, ""),
    ] {
        let answer = request_token(&local, credentials(client, secret)).await;
        assert_eq!(error_of(&answer), (401, "InvalidClient".into()), "{what}");
        assert!(secret.is_empty() || !answer.body.contains(secret), "{what}");
    }
    let missing = json!({"grant_type": "client_credentials", "client_id": id});
    assert_eq!(request_token(&local, missing).await.status, 400);
}

#[tokio::test]
async fn a_password_needs_the_role_for_it_and_there_are_none() {
    let local = AuthressLocal::start().await.unwrap();
    let (id, _, service) = service_client(&local).await;
    let grant = |kind: Value| {
        json!({"grant_type": "password", "client_id": id, "username": "alice", "password": "p", "type": kind})
            .to_string()
    };
    let ask = async |bearer: &str| {
        raw_request(local.address(), "POST", TOKENS, bearer, &grant(Value::Null))
            .await
            .unwrap()
    };
    let bearer = format!("Bearer {}", service.client_token().await.unwrap().expose());
    assert_eq!(ask("").await.status, 401);
    assert_eq!(ask(&bearer).await.status, 401);
    let user = format!("Bearer {}", local.user_token("alice"));
    assert_eq!(ask(&user).await.status, 401);

    let record = AccessRecord::new("r", [Statement::new(["Authress:AuthenticateUser"], ["*"])]);
    let record = record.users([id.as_str()]).record_id("rec_login");
    owner(&local).access_records().create_record(record).await.unwrap();
    for kind in [Value::Null, json!("signup"), json!("update")] {
        let answer = raw_request(local.address(), "POST", TOKENS, &bearer, &grant(kind))
            .await
            .unwrap();
        assert_eq!(error_of(&answer), (400, "PasswordNotSupported".into()));
    }
    owner(&local).access_records().delete_record("rec_login").await.unwrap();
    assert_eq!(ask(&bearer).await.status, 401);
    assert_eq!(
        ask_as_owner(&local, "POST", TOKENS, &grant(Value::Null)).await.status,
        400
    );
}

#[tokio::test]
async fn another_grant_and_none_are_400() {
    let local = AuthressLocal::start().await.unwrap();
    for (grant, code) in [
        (json!({"grant_type": "implicit", "client_id": "x"}), "InvalidRequest"),
        (json!({"client_id": "x"}), "InvalidRequest"),
        (
            json!({"grant_type": "authorization_code", "client_id": "x"}),
            "InvalidRequest",
        ),
        (json!({"grant_type": "authorization_code"}), "InvalidRequest"),
    ] {
        assert_eq!(
            error_of(&request_token(&local, grant.clone()).await),
            (400, code.into()),
            "{grant}"
        );
    }
}

#[tokio::test]
async fn a_disabled_token_of_a_service_client_buys_no_other_and_stays_disabled_as_long_as_it_lives() {
    const NOW: u64 = 1_900_000_000;
    const DAY: u64 = 24 * 60 * 60;
    let clock = StoppedClock::at(NOW);
    let of_server = clock.clone();
    let local = AuthressLocal::builder()
        .clock(move || of_server.time())
        .start()
        .await
        .unwrap();
    let key = local.access_key("svc").unwrap();
    let service = AuthressClient::builder(local.url())
        .access_key(key)
        .clock(clock.clone())
        .build()
        .unwrap();
    let overrides = TokenOverrides::new().claim("jti", "id-1").claim("exp", NOW + 100 * DAY);
    let token = service.client_token_with(&overrides).await.unwrap();
    let status_of_check = async || {
        let bearer = format!("Bearer {}", token.expose());
        let path = "/v1/users/svc/resources/a/permissions/read";
        raw_request(local.address(), "GET", path, &bearer, "")
            .await
            .unwrap()
            .status
    };
    let disable = async |user: &str, token_id: &str| {
        let bearer = format!("Bearer {}", local.user_token(user));
        let path = format!("/v1/users/{user}/tokens/{token_id}");
        raw_request(local.address(), "DELETE", &path, &bearer, "")
            .await
            .unwrap()
            .status
    };
    assert_eq!(status_of_check().await, 404);
    let bought = request_token(&local, credentials("svc", token.expose())).await;
    assert_eq!(bought.status, 200, "{}", bought.body);
    assert_eq!(disable("svc", "id-1").await, 204);
    assert_eq!(status_of_check().await, 401);
    let refused = error_of(&request_token(&local, credentials("svc", token.expose())).await);
    assert_eq!(refused, (401, "InvalidClient".into()));

    clock.advance(2 * DAY);
    assert_eq!(disable("alice", "id-2").await, 204);
    assert_eq!(status_of_check().await, 401);
}
