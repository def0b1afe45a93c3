//! Who is asking: what is answered to which token.

use std::error::Error as _;

use authress::middleware::axum::require;
use authress::middleware::{Authenticate, RequirePermission};
use authress::{AuthressClient, RetryPolicy, TokenVerifier, http};
use authress_local::AuthressLocal;
use axum::Router;
use axum::routing::get;
use tower::ServiceExt as _;

use crate::world::{World, seen};

/// Routes behind each of the layers that want a token.
fn router(client: &AuthressClient) -> Router {
    let pattern = RequirePermission::builder(client, "documents/{id}", "read").route("/pattern/{id}");
    Router::new()
        .route("/authenticate/{id}", get(seen).layer(Authenticate::new(client)))
        .route(
            "/require/{id}",
            get(seen).layer(require(client, "documents/{id}", "read").build().unwrap()),
        )
        .route("/pattern/{id}", get(seen).layer(pattern.build().unwrap()))
}

const ROUTES: [&str; 3] = ["/authenticate/42", "/require/42", "/pattern/42"];

#[tokio::test]
async fn no_token_is_401_with_a_challenge_that_names_no_error() {
    let world = World::new(router).await;
    for path in ROUTES {
        for headers in [
            &[][..],
            &["authorization: Basic YTpi"],
            &["authorization: eyJ.a.b"],
            &["authorization: "],
        ] {
            let answer = world.ask("GET", path, headers).await;
            assert_eq!(
                (answer.status, answer.header("www-authenticate")),
                (401, "Bearer realm=\"api\""),
                "{path} {headers:?}"
            );
            assert_eq!(answer.body, "");
        }
    }
    assert_eq!((world.verifications(), world.questions()), (0, 0));
}

#[tokio::test]
async fn a_bad_token_is_401_with_the_error_and_without_the_token() {
    let world = World::new(router).await;
    let stranger = AuthressLocal::start().await.unwrap();
    let good = world.local.user_token("alice");
    let (signed, _) = good.rsplit_once('.').unwrap();
    for (token, why) in [
        ("nonsense".to_owned(), "well-formed"),
        (String::new(), "well-formed"),
        ("Bearer nonsense".to_owned(), "well-formed"),
        (format!("Bearer {good}"), "well-formed"),
        (format!("{good}, Bearer {good}"), "well-formed"),
        ("t\u{fc}rkis".to_owned(), "well-formed"),
        (world.local.expired_user_token("alice"), "expired"),
        (stranger.user_token("alice"), "not trusted"),
        (format!("{signed}.{}", "A".repeat(86)), "signature"),
        (world.local.owner_access_key().to_owned(), "access key"),
    ] {
        for path in ROUTES {
            let answer = world
                .ask("GET", path, &[&format!("authorization: Bearer {token}")])
                .await;
            let challenge = answer.header("www-authenticate");
            assert_eq!(answer.status, 401, "{path} {why}");
            let begin = "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"";
            let description = challenge.strip_prefix(begin).unwrap().strip_suffix('"').unwrap();
            assert!(
                description.contains(why) && !description.contains(['"', '\\']),
                "{challenge}"
            );
            assert!(token.is_empty() || !challenge.contains(&token), "{challenge}");
            assert_eq!(answer.body, "");
        }
    }
    assert_eq!(world.questions(), 0);
}

#[tokio::test]
async fn a_refusal_shows_no_token_and_no_ids_and_has_its_cause() {
    let local = AuthressLocal::start().await.unwrap();
    let client = AuthressClient::builder("http://127.0.0.1:9")
        .access_key(local.owner_access_key())
        .token_verifier(TokenVerifier::builder(local.url()).build().unwrap())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let require = RequirePermission::builder(&client, "documents/secret-7", "read")
        .build()
        .unwrap();
    for (token, status) in [
        (local.user_token("alice-secret"), 503),
        (local.expired_user_token("alice-secret"), 401),
        ("secret-token".to_owned(), 401),
    ] {
        let request = http::Request::builder().header("authorization", format!("Bearer {token}"));
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let refusal = require.check(&mut parts).await.unwrap_err();
        let text = format!("{refusal} {refusal:?} {:?}", refusal.source().unwrap());
        assert!(!text.contains("secret") && !text.contains(&token), "{text}");
        assert_eq!(refusal.status(), status);
        let answer: http::Response<String> = refusal.into_response();
        assert!(!format!("{answer:?}").contains("secret"), "{answer:?}");
    }
}

#[tokio::test]
async fn several_authorization_headers_are_400_whatever_is_in_them() {
    let world = World::new(router).await;
    let good = world.bearer("alice");
    for path in ROUTES {
        for second in [
            good.as_str(),
            "authorization: Bearer nonsense",
            "Authorization: Basic YTpi",
        ] {
            for headers in [[good.as_str(), second], [second, good.as_str()]] {
                let answer = world.ask("GET", path, &headers).await;
                assert_eq!(answer.status, 400, "{path}");
                assert!(
                    answer.header("www-authenticate").contains("error=\"invalid_request\""),
                    "{answer:?}"
                );
            }
        }
    }
    assert_eq!((world.verifications(), world.questions()), (0, 0));
}

#[tokio::test]
async fn a_good_token_is_let_through_and_asked_for_where_a_permission_is_required() {
    let world = World::new(router).await;
    assert_eq!(world.ask_as("bob", "GET", "/authenticate/42").await.body, "bob");
    assert_eq!(world.questions(), 0);
    for path in ["/require/42", "/pattern/42"] {
        let allowed = world.ask_as("alice", "GET", path).await;
        assert_eq!((allowed.status, &*allowed.body), (200, "alice may read documents/42"));
        let denied = world.ask_as("bob", "GET", path).await;
        assert_eq!(
            (denied.status, &*denied.body, denied.header("www-authenticate")),
            (403, "", "")
        );
    }
    assert_eq!(world.questions(), 4);
    for scheme in ["bearer", "BEARER", "Bearer  "] {
        let header = format!("authorization: {scheme} {}", world.local.user_token("alice"));
        assert_eq!(
            world.ask("GET", "/require/42", &[&header]).await.status,
            200,
            "{scheme}"
        );
    }
}

#[tokio::test]
async fn an_optional_token_may_be_missing_and_may_not_be_bad() {
    let optional = |client: &AuthressClient| {
        let layer = Authenticate::builder(client).optional().realm("home").build().unwrap();
        Router::new().route("/", get(seen)).route_layer(layer)
    };
    let world = World::new(optional).await;
    let missing = world.ask("GET", "/", &[]).await;
    assert_eq!((missing.status, &*missing.body), (200, "nobody"));
    assert_eq!(
        world.ask("GET", "/", &["authorization: Basic YTpi"]).await.body,
        "nobody"
    );
    assert_eq!(world.ask_as("alice", "GET", "/").await.body, "alice");
    let bad = world.ask("GET", "/", &["authorization: Bearer nonsense"]).await;
    assert_eq!(bad.status, 401);
    assert!(
        bad.header("www-authenticate")
            .starts_with("Bearer realm=\"home\", error=\"invalid_token\"")
    );
    let several = world
        .ask("GET", "/", &["authorization: Basic a", "authorization: Basic b"])
        .await;
    assert_eq!(several.status, 400);
}

#[tokio::test]
async fn a_service_without_axum_is_guarded_alike() {
    use http::{Request, Response};
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/42", ["read"]);
    let client = AuthressClient::builder(local.url()).build().unwrap();
    let require = RequirePermission::builder(&client, "documents/{id}", "read").route("/documents/{id}");
    let service = tower::ServiceBuilder::new()
        .layer(require.build().unwrap())
        .service(tower::service_fn(async |_: Request<()>| {
            Ok::<_, ()>(Response::new("text"))
        }));
    for (user, status, body) in [("alice", 200, "text"), ("bob", 403, "")] {
        let request = Request::builder().uri("http://host/documents/42?x=/y");
        let request = request.header("authorization", format!("Bearer {}", local.user_token(user)));
        let answer = service.clone().oneshot(request.body(()).unwrap()).await.unwrap();
        assert_eq!((answer.status().as_u16(), *answer.body()), (status, body));
    }
}
