//! Users who log in at the local server with an identity provider of one's own, and by delegation.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use authress::models::{Client, ClientOptions};
use authress::{AccessKey, AuthressClient, ServiceClientTokenProvider, TokenOverrides};
use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{RawAnswer, StoppedClock, as_user, raw_exchange, raw_request};

/// RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What the clocks show.
const NOW: u64 = 1_900_000_000;

const BACK: &str = "https://app.example.com/done";

/// A server with an application, and a connection whose identity provider signs with a service client.
struct World {
    local: AuthressLocal,
    clock: StoppedClock,
    application: String,
    /// The service client of the connection `con_own`.
    client_id: String,
    provider: AuthressClient,
    signer: ServiceClientTokenProvider,
}

async fn world() -> World {
    world_of(false).await
}

async fn world_of(permissive: bool) -> World {
    let clock = StoppedClock::at(NOW);
    let of_server = clock.clone();
    let local = AuthressLocal::builder()
        .permissive(permissive)
        .clock(move || of_server.time());
    let local = local.start().await.unwrap();
    let token = bearer_of_owner(&local, &clock).await;
    let made = async |path: &str, body: Value| -> Value {
        let answer = raw_request(local.address(), "POST", path, &token, &body.to_string()).await;
        let answer = answer.unwrap();
        assert_eq!(answer.status, 201, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    };
    let application = made("/v1/applications", json!({"name": "App", "redirectUrls": [BACK]})).await;
    let client_id = text(&made("/v1/clients", json!({})).await, "clientId");
    let key = made(&format!("/v1/clients/{client_id}/access-keys"), json!({})).await;
    let key = text(&key, "accessKey");
    let connection = json!({"connectionId": "con_own", "authenticationUrl": "https://idp.example.com/start?x=1", "clientId": client_id});
    made("/v1/connections", connection).await;
    let tenant = json!({
        "tenantId": "ten_1", "tenantLookupIdentifier": "first", "connection": {"connectionId": "con_own"},
        "domains": [{"domain": "first.example.com"}],
    });
    made("/v1/tenants", tenant).await;
    World {
        application: text(&application, "applicationId"),
        provider: client(&local, &clock, &key),
        signer: signer(&local, &clock, &key),
        client_id,
        clock,
        local,
    }
}

fn client(local: &AuthressLocal, clock: &StoppedClock, key: &str) -> AuthressClient {
    let client = AuthressClient::builder(local.url())
        .access_key(key)
        .clock(clock.clone());
    client.build().unwrap()
}

fn signer(local: &AuthressLocal, clock: &StoppedClock, key: &str) -> ServiceClientTokenProvider {
    let key: AccessKey = key.parse().unwrap();
    let builder = ServiceClientTokenProvider::builder(key).domain(local.url());
    builder.clock(clock.clone()).build().unwrap()
}

async fn bearer_of_owner(local: &AuthressLocal, clock: &StoppedClock) -> String {
    let token = client(local, clock, local.owner_access_key())
        .client_token()
        .await
        .unwrap();
    format!("Bearer {}", token.expose())
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap().to_owned()
}

fn json_of(answer: &RawAnswer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_default()
}

impl World {
    async fn send(&self, method: &str, path: &str, body: Value) -> RawAnswer {
        raw_request(self.local.address(), method, path, "", &body.to_string())
            .await
            .unwrap()
    }

    /// Begins a login; the answer.
    async fn begin(&self, more: Value) -> RawAnswer {
        let mut body = json!({"applicationId": self.application, "connectionId": "con_own"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.send("POST", "/api/authentication", body).await
    }

    /// Begins a login that is to end at the application; its id.
    async fn begun(&self) -> String {
        let back = json!({"redirectUrl": BACK, "codeChallenge": CHALLENGE, "codeChallengeMethod": "S256"});
        let answer = self.begin(back).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        text(&json_of(&answer), "authenticationRequestId")
    }

    /// Begins a login that is to end with a token in the answer; its id.
    async fn begun_without_a_way_back(&self) -> String {
        text(&json_of(&self.begin(json!({})).await), "authenticationRequestId")
    }

    /// The address, without its origin, that the identity provider sends `user` to.
    async fn login_path(&self, client: &AuthressClient, client_id: &str, state: &str, user: &str) -> String {
        let url = format!("{}/?client_id={client_id}&state={state}", self.local.url());
        let url = client.user_login_url(&url, user).await.unwrap();
        url.expose().strip_prefix(self.local.url()).unwrap().to_owned()
    }

    async fn own_login_path(&self, state: &str, user: &str) -> String {
        self.login_path(&self.provider, &self.client_id, state, user).await
    }

    /// Logs alice in with a code of the connection's client that is changed.
    async fn login_with(&self, state: &str, change: impl Fn(TokenOverrides) -> TokenOverrides) -> RawAnswer {
        let whole = TokenOverrides::new()
            .header("typ", "oauth-authz-req+jwt")
            .claim("sub", "alice")
            .claim("jti", "id-1")
            .claim("exp", NOW + 60);
        let code = self.signer.token_with(&change(whole)).await.unwrap();
        let issuer = format!("{}/v1/clients/{}", self.local.url(), self.client_id);
        let path = format!("/login?code={}&iss={issuer}&state={state}", code.expose());
        self.send("GET", &path, Value::Null).await
    }

    /// Exchanges the code that a login has sent back.
    async fn exchange(&self, state: &str, code: &str, verifier: &str, application: &str) -> RawAnswer {
        let body = json!({
            "grant_type": "authorization_code", "client_id": application, "code": code, "code_verifier": verifier, "redirect_uri": BACK,
        });
        self.send("POST", &format!("/api/authentication/{state}/tokens"), body)
            .await
    }

    /// Logs alice in; the code that is sent back to the application.
    async fn code_for_application(&self, state: &str) -> String {
        let answer = self
            .send("GET", &self.own_login_path(state, "alice").await, Value::Null)
            .await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        parameter(answer.header("location"), "code")
    }
}

fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').unwrap().1;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).unwrap().1.to_owned()
}

fn error_of(answer: &RawAnswer) -> (u16, String) {
    (answer.status, text(&json_of(answer), "errorCode"))
}

#[tokio::test]
async fn a_user_of_an_own_identity_provider_gets_a_token_that_verifies_and_decides() {
    let world = world().await;
    let back = json!({"redirectUrl": BACK, "codeChallenge": CHALLENGE, "codeChallengeMethod": "S256"});
    let begun = json_of(&world.begin(back).await);
    let state = text(&begun, "authenticationRequestId");
    let url = text(&begun, "authenticationUrl");
    assert!(url.starts_with("https://idp.example.com/start?x=1&client_id="), "{url}");
    assert_eq!(
        (parameter(&url, "client_id"), parameter(&url, "state")),
        (world.client_id.clone(), state.clone())
    );

    // The identity provider sends the user back.
    let answer = world
        .send(
            "GET",
            &world.own_login_path(&state, "alice@example.com").await,
            Value::Null,
        )
        .await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(
        (answer.header("cache-control"), answer.header("referrer-policy")),
        ("no-store", "no-referrer")
    );
    let location = answer.header("location");
    assert!(location.starts_with(&format!("{BACK}?code=")), "{location}");
    assert_eq!(parameter(location, "nonce"), state);

    // The application gets the token.
    let answer = world
        .exchange(&state, &parameter(location, "code"), VERIFIER, &world.application)
        .await;
    assert_eq!(
        (answer.status, answer.header("cache-control")),
        (200, "no-store"),
        "{}",
        answer.body
    );
    let token = text(&json_of(&answer), "access_token");
    let identity = world.provider.verify_token(&token).await.unwrap();
    assert_eq!(identity.user_id(), "alice@example.com");
    assert_eq!(identity.audiences(), ["acc_local"]);
    assert_eq!(
        (&identity.claims()["client_id"], &identity.claims()["azp"]),
        (&json!(world.application), &json!("con_own"))
    );
    world.local.grant("alice@example.com", "documents/*", ["read"]);
    let alice = world.provider.with_user_token(&token).unwrap();
    alice.authorize("documents/1", "read").await.unwrap();
    assert!(alice.authorize("documents/1", "write").await.unwrap_err().is_denied());
}

#[tokio::test]
async fn a_login_without_a_way_back_answers_with_the_token() {
    let world = world().await;
    let state = world.begun_without_a_way_back().await;
    let answer = world
        .send("GET", &world.own_login_path(&state, "alice").await, Value::Null)
        .await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    let body = json_of(&answer);
    assert_eq!(
        (&body["token_type"], &body["expires_in"]),
        (&json!("Bearer"), &json!(86_400))
    );
    let identity = world.provider.verify_token(&text(&body, "access_token")).await.unwrap();
    assert_eq!(identity.user_id(), "alice");
}

#[tokio::test]
async fn a_code_logs_in_once_and_so_does_a_login_request() {
    let world = world().await;
    let (first, second) = (world.begun().await, world.begun().await);
    assert_eq!(world.login_with(&first, |code| code).await.status, 303);
    // Neither the same code with another login, nor another code with the same login.
    assert_eq!(
        error_of(&world.login_with(&second, |code| code).await),
        (401, "InvalidCode".into())
    );
    let other = world.login_with(&first, |code| code.claim("jti", "id-2")).await;
    assert_eq!(other.status, 400, "{}", other.body);
    assert_eq!(
        world.login_with(&second, |code| code.claim("jti", "id-2")).await.status,
        303
    );
}

#[tokio::test]
async fn a_code_that_is_not_what_it_must_be_logs_nobody_in() {
    type Change = fn(TokenOverrides) -> TokenOverrides;
    let world = world().await;
    let state = world.begun().await;
    let changes: [(&str, Change); 15] = [
        ("an access token", |code| code.header("typ", "at+jwt")),
        ("of no type", |code| code.header("typ", "JWT")),
        ("for another account", |code| {
            code.claim("aud", "acc_other.accounts.authress.io")
        }),
        ("for nobody", |code| code.claim("aud", Value::Null)),
        ("of another client", |code| code.claim("client_id", "sc_owner")),
        ("of another issuer", |code| {
            code.claim("iss", "https://login.example.com")
        }),
        ("without a user", |code| code.claim("sub", "")),
        ("with a user of control characters", |code| code.claim("sub", "a\nb")),
        ("without an id", |code| code.claim("jti", Value::Null)),
        ("with an id that is too long", |code| code.claim("jti", "x".repeat(129))),
        ("without an end", |code| code.claim("exp", Value::Null)),
        ("that has ended", |code| code.claim("exp", NOW)),
        ("that is good for too long", |code| code.claim("exp", NOW + 3_601)),
        ("without a beginning", |code| code.claim("iat", Value::Null)),
        ("made in the future", |code| code.claim("iat", NOW + 11)),
    ];
    for (what, change) in changes {
        let answer = world.login_with(&state, change).await;
        assert!(
            matches!(answer.status, 400 | 401),
            "{what}: {} {}",
            answer.status,
            answer.body
        );
    }
    // The same, unchanged: what was refused was refused for its change.
    assert_eq!(world.login_with(&state, |code| code).await.status, 303);
}

#[tokio::test]
async fn a_code_goes_with_its_issuer_client_and_signature() {
    let world = world().await;
    let state = world.begun().await;
    let path = world.own_login_path(&state, "alice").await;
    let code = parameter(&path, "code");
    let damaged = code.rsplit_once('.').unwrap().0;
    for (what, from, to) in [
        ("issuer", "iss=http", "iss=https"),
        ("client", world.client_id.as_str(), "sc_owner"),
        ("signature", &code, &format!("{damaged}.AAAA")),
        ("code", "code=", "cod="),
        ("state", "state=", "stat="),
    ] {
        let answer = world.send("GET", &path.replacen(from, to, 1), Value::Null).await;
        assert!(
            matches!(answer.status, 400 | 401),
            "{what}: {} {}",
            answer.status,
            answer.body
        );
    }
    assert_eq!(world.send("GET", &path, Value::Null).await.status, 303);
}

#[tokio::test]
async fn a_key_that_was_deleted_signs_no_code() {
    let world = world().await;
    let state = world.begun().await;
    let path = world.own_login_path(&state, "alice").await;
    let bearer = bearer_of_owner(&world.local, &world.clock).await;
    let client = format!("/v1/clients/{}", world.client_id);
    let answer = raw_request(world.local.address(), "DELETE", &client, &bearer, "")
        .await
        .unwrap();
    assert_eq!(answer.status, 204);
    assert_eq!(
        error_of(&world.send("GET", &path, Value::Null).await),
        (401, "InvalidCode".into())
    );
}

#[tokio::test]
async fn only_the_connections_client_and_one_that_may_make_tokens_say_who_the_user_is() {
    let world = world().await;
    let bearer = bearer_of_owner(&world.local, &world.clock).await;
    for (may, expected) in [(false, 403), (true, 303)] {
        let (id, other) = other_client(&world, &bearer, may).await;
        let state = world.begun().await;
        let answer = world
            .send(
                "GET",
                &world.login_path(&other, &id, &state, "alice").await,
                Value::Null,
            )
            .await;
        assert_eq!(answer.status, expected, "{}", answer.body);
    }
    // Without a connection, the client of none.
    let state = json!({"applicationId": world.application});
    let state = text(
        &json_of(&world.send("POST", "/api/authentication", state).await),
        "authenticationRequestId",
    );
    let answer = world
        .send("GET", &world.own_login_path(&state, "alice").await, Value::Null)
        .await;
    assert_eq!(answer.status, 403);

    let permissive = world_of(true).await;
    let bearer = bearer_of_owner(&permissive.local, &permissive.clock).await;
    let (id, other) = other_client(&permissive, &bearer, false).await;
    let state = permissive.begun().await;
    let path = permissive.login_path(&other, &id, &state, "alice").await;
    assert_eq!(permissive.send("GET", &path, Value::Null).await.status, 303);
}

/// A service client, with or without the option for making tokens.
async fn other_client(world: &World, bearer: &str, may_make_tokens: bool) -> (String, AuthressClient) {
    let options = ClientOptions::new().grant_token_generation(may_make_tokens);
    let body = serde_json::to_string(&Client::new().options(options)).unwrap();
    let address = world.local.address();
    let made = raw_request(address, "POST", "/v1/clients", bearer, &body)
        .await
        .unwrap();
    let id = text(&json_of(&made), "clientId");
    let path = format!("/v1/clients/{id}/access-keys");
    let key = raw_request(address, "POST", &path, bearer, "").await.unwrap();
    let key = text(&json_of(&key), "accessKey");
    (id, client(&world.local, &world.clock, &key))
}

#[tokio::test]
async fn no_login_makes_somebody_a_service_client() {
    let world = world_of(true).await;
    for user in [
        "sc_owner",
        "Authress:ServiceClients/sc_owner",
        "Authress:ServiceClients/Authress:ServiceClients/sc_owner",
    ] {
        let state = world.begun().await;
        let answer = world
            .send("GET", &world.own_login_path(&state, user).await, Value::Null)
            .await;
        assert_eq!(answer.status, 403, "{user}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_login_code_is_no_bearer_token() {
    let world = world().await;
    let state = world.begun().await;
    let path = world.own_login_path(&state, "alice").await;
    let code = parameter(&path, "code");
    let path = "/v1/users/alice/resources/a/permissions/read";
    let answer = raw_request(world.local.address(), "GET", path, &format!("Bearer {code}"), "").await;
    assert_eq!(answer.unwrap().status, 401);
    assert!(world.provider.verify_token(&code).await.is_err());
}

#[tokio::test]
async fn a_login_goes_back_to_an_address_of_its_application_alone_and_with_pkce() {
    let world = world().await;
    for (back, place) in [
        (
            json!({"redirectUrl": "https://evil.example.com/", "codeChallenge": CHALLENGE}),
            "redirectUrl",
        ),
        (
            json!({"redirectUrl": "https://app.example.com/", "codeChallenge": CHALLENGE}),
            "redirectUrl",
        ),
        (
            json!({"redirectUrl": "/done", "codeChallenge": CHALLENGE}),
            "redirectUrl",
        ),
        (json!({"redirectUrl": BACK}), "codeChallenge"),
        (json!({"redirectUrl": BACK, "codeChallenge": "short"}), "codeChallenge"),
        (
            json!({"redirectUrl": BACK, "codeChallenge": CHALLENGE, "codeChallengeMethod": "plain"}),
            "codeChallenge",
        ),
        (
            json!({"redirectUrl": BACK, "codeChallenge": CHALLENGE, "applicationId": "app_other"}),
            "applicationId",
        ),
        (json!({"connectionId": "con_other"}), "connectionId"),
        (json!({"tenantLookupIdentifier": "other"}), "tenantLookupIdentifier"),
        (json!({"applicationId": ""}), "applicationId"),
    ] {
        let answer = world.begin(back.clone()).await;
        let title = text(&json_of(&answer), "title");
        assert!(
            answer.status == 400 && title.starts_with(&format!("request.body.{place}: ")),
            "{back}: {} {title}",
            answer.status
        );
    }
}

#[tokio::test]
async fn the_code_of_a_login_is_exchanged_once_and_by_who_began_it() {
    let world = world().await;
    let wrong = VERIFIER.replace('d', "e");
    for (what, verifier, application) in [
        ("another verifier", wrong.as_str(), world.application.as_str()),
        ("the challenge", CHALLENGE, world.application.as_str()),
        ("another application", VERIFIER, "app_other"),
    ] {
        let state = world.begun().await;
        let code = world.code_for_application(&state).await;
        let answer = world.exchange(&state, &code, verifier, application).await;
        assert_eq!(error_of(&answer), (400, "InvalidGrant".into()), "{what}");
        // It was tried, and that was it.
        let again = world.exchange(&state, &code, VERIFIER, &world.application).await;
        assert_eq!(error_of(&again), (400, "InvalidGrant".into()), "{what}");
    }

    let (state, other) = (world.begun().await, world.begun().await);
    let code = world.code_for_application(&state).await;
    assert_eq!(
        world.exchange(&other, &code, VERIFIER, &world.application).await.status,
        400
    );

    let code = world.code_for_application(&other).await;
    assert_eq!(
        world.exchange(&other, &code, VERIFIER, &world.application).await.status,
        200
    );
    assert_eq!(
        world.exchange(&other, &code, VERIFIER, &world.application).await.status,
        400
    );

    // Nor is it a code of an extension.
    let state = world.begun().await;
    let code = world.code_for_application(&state).await;
    for body in [
        json!({"grant_type": "authorization_code", "client_id": world.application, "code_verifier": VERIFIER}),
        json!({"grant_type": "authorization_code", "client_id": world.application, "code_verifier": VERIFIER, "code": code}),
    ] {
        let answer = world.send("POST", "/api/authentication/oauth/tokens", body).await;
        assert_eq!(error_of(&answer), (400, "InvalidGrant".into()));
    }
}

#[tokio::test]
async fn logins_and_their_codes_end_with_time() {
    let world = world().await;
    let (state, late) = (world.begun().await, world.begun().await);
    let code = world.code_for_application(&state).await;
    world.clock.advance(60);
    assert_eq!(
        world.exchange(&state, &code, VERIFIER, &world.application).await.status,
        400
    );

    let state = world.begun().await;
    let code = world.code_for_application(&state).await;
    world.clock.advance(59);
    assert_eq!(
        world.exchange(&state, &code, VERIFIER, &world.application).await.status,
        200
    );

    world.clock.advance(600 - 119);
    let answer = world
        .send("GET", &world.own_login_path(&late, "alice").await, Value::Null)
        .await;
    assert_eq!(answer.status, 400, "{}", answer.body);
}

#[tokio::test]
async fn a_login_under_way_is_completed_by_its_page() {
    let world = world().await;
    let bearer = format!("Bearer {}", world.local.user_token("alice"));
    let update = async |id: &str, body: Value| {
        let path = format!("/api/authentication/{id}");
        raw_request(world.local.address(), "PATCH", &path, &bearer, &body.to_string())
            .await
            .unwrap()
    };
    for choice in [
        json!({"connectionId": "con_own"}),
        json!({"tenantLookupIdentifier": "first"}),
        json!({"hint": "alice@First.example.com"}),
        json!({"hint": "first.example.com"}),
    ] {
        let begun = json!({"applicationId": world.application});
        let begun = json_of(&world.send("POST", "/api/authentication", begun).await);
        let state = text(&begun, "authenticationRequestId");
        assert_eq!(
            text(&begun, "authenticationUrl"),
            format!("{}/login?state={state}", world.local.url())
        );
        let mut body = choice.clone();
        body["antiAbuseHash"] = "x".into();
        let answer = update(&state, body).await;
        assert_eq!(answer.status, 200, "{choice}: {}", answer.body);
        let url = text(&json_of(&answer), "authenticationUrl");
        assert_eq!(
            (parameter(&url, "client_id"), parameter(&url, "state")),
            (world.client_id.clone(), state.clone()),
            "{choice}"
        );
        // The tenant is in the token.
        let answer = world
            .send("GET", &world.own_login_path(&state, "alice").await, Value::Null)
            .await;
        let identity = world
            .provider
            .verify_token(&text(&json_of(&answer), "access_token"))
            .await
            .unwrap();
        let audience = if choice.get("connectionId").is_some() {
            "acc_local"
        } else {
            "ten_1"
        };
        assert_eq!(identity.audiences(), [audience], "{choice}");
    }
    let state = world.begun().await;
    for (id, body, status) in [
        ("unknown", json!({"antiAbuseHash": "x", "connectionId": "con_own"}), 404),
        (&state, json!({"connectionId": "con_own"}), 400),
        (&state, json!({"antiAbuseHash": "x", "connectionId": "con_other"}), 400),
        (
            &state,
            json!({"antiAbuseHash": "x", "tenantLookupIdentifier": "other"}),
            400,
        ),
        (&state, json!({"antiAbuseHash": "x", "hint": "example.com"}), 400),
        (&state, json!({"antiAbuseHash": "x", "inviteId": "inv_1"}), 400),
        (&state, json!({"antiAbuseHash": "x"}), 200),
    ] {
        let answer = update(id, body.clone()).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_delegated_login_is_for_who_may_make_tokens_and_good_once() {
    let world = world().await;
    let bearer = bearer_of_owner(&world.local, &world.clock).await;
    let (_, other) = other_client(&world, &bearer, true).await;
    let delegate = async |client: &AuthressClient, application: &str, user: &str| {
        client.api().delegate_user_login(application, user).await
    };
    let application = world.application.as_str();
    let url = delegate(&other, application, "alice")
        .await
        .unwrap()
        .authentication_url
        .unwrap();
    let path = url.expose().strip_prefix(world.local.url()).unwrap();
    let answer = world.send("GET", path, Value::Null).await;
    assert_eq!(
        (answer.status, answer.header("cache-control")),
        (200, "no-store"),
        "{}",
        answer.body
    );
    let token = text(&json_of(&answer), "access_token");
    let identity = world.provider.verify_token(&token).await.unwrap();
    assert_eq!(
        (identity.user_id(), &identity.claims()["client_id"]),
        ("alice", &json!(application))
    );
    assert_eq!(
        error_of(&world.send("GET", path, Value::Null).await),
        (401, "InvalidCode".into())
    );

    let status = |error: authress_api::Error| error.status().unwrap().as_u16();
    for (client, application, user, expected) in [
        (&world.provider, application, "alice", 403),
        (&as_user(&world.local, "alice"), application, "alice", 403),
        (&other, application, "sc_owner", 403),
        (&other, "app_other", "alice", 404),
    ] {
        let error = delegate(client, application, user).await.unwrap_err();
        assert_eq!(status(error), expected, "{application} {user}");
    }

    let url = delegate(&other, application, "alice")
        .await
        .unwrap()
        .authentication_url
        .unwrap();
    world.clock.advance(60);
    let path = url.expose().strip_prefix(world.local.url()).unwrap();
    assert_eq!(world.send("GET", path, Value::Null).await.status, 401);
}

#[tokio::test]
async fn debug_of_the_server_shows_no_login() {
    let world = world().await;
    let state = world.begun().await;
    let code = world.code_for_application(&state).await;
    let shown = format!("{:?}", world.local);
    assert!(!shown.contains(&state) && !shown.contains(&code), "{shown}");
}

#[tokio::test]
async fn a_code_that_was_used_stays_used_when_another_state_takes_the_place_of_this_one() {
    let world = world().await;
    let state = world.begun().await;
    assert_eq!(world.login_with(&state, |code| code).await.status, 303);
    let local = async |method: &str, body: &str| {
        let headers = "host: localhost\r\ncontent-type: application/json\r\nconnection: close";
        let length = body.len();
        let request = format!("{method} /_local/state HTTP/1.1\r\n{headers}\r\ncontent-length: {length}\r\n\r\n{body}");
        raw_exchange(world.local.address(), &request).await.unwrap()
    };
    let seed = local("GET", "").await.body;
    assert_eq!(local("PUT", &seed).await.status, 204);
    let state = world.begun().await;
    assert_eq!(
        error_of(&world.login_with(&state, |code| code).await),
        (401, "InvalidCode".into())
    );
}
