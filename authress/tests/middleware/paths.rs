//! Which resource a path is: what is encoded in it stays data.

use authress::AuthressClient;
use authress::middleware::RequirePermission;
use authress::middleware::axum::{Authorized, Permission, require};
use authress_local::AuthressLocal;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Path;
use axum::http::Request;
use axum::http::request::Parts;
use axum::routing::{any, get};
use tower::ServiceExt as _;

use crate::double::Double;
use crate::world::{World, seen};

/// The question about a resource, as it is sent.
fn question(resource: &str) -> String {
    format!("/v1/users/alice/resources/{resource}/permissions/read")
}

/// As one segment of a path: everything but RFC 3986's unreserved characters is encoded.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

async fn double_behind(router: impl FnOnce(&AuthressClient) -> Router) -> (Double, World) {
    let double = Double::answering(200);
    let local = AuthressLocal::start().await.unwrap();
    let client = double.client(&local);
    (double, World::with(local, None, |_| router(&client)).await)
}

/// Segments, and what is asked of them as sent; nothing is asked where there is none.
const SEGMENTS: [(&str, Option<&str>); 30] = [
    ("42", Some("documents%2F42")),
    ("4%32", Some("documents%2F42")),
    ("a.b", Some("documents%2Fa.b")),
    ("...", Some("documents%2F...")),
    ("a%20b", Some("documents%2Fa%20b")),
    ("a+b", Some("documents%2Fa%2Bb")),
    ("a:b", Some("documents%2Fa%3Ab")),
    ("%C3%BC", Some("documents%2F%C3%BC")),
    ("%7Bid%7D", Some("documents%2F%7Bid%7D")),
    // Once decoded, and no further.
    ("%252F", Some("documents%2F%252F")),
    ("%252e%252e", Some("documents%2F%252e%252e")),
    ("..%252Fsecret", Some("documents%2F..%252Fsecret")),
    ("a%2Fb", None),
    ("%2F", None),
    ("%2f..%2fsecret", None),
    ("..", None),
    (".", None),
    ("%2e%2e", None),
    ("%2E.", None),
    ("%2e", None),
    ("%5C", None),
    ("..%5Csecret", None),
    ("*", None),
    ("%2A", None),
    ("a*", None),
    ("%00", None),
    ("a%0Ab", None),
    ("%7F", None),
    ("%C2%85", None),
    ("%FF", None),
];

#[tokio::test]
async fn a_segment_is_decoded_once_and_never_changes_the_structure_of_the_resource() {
    let routers: [fn(&AuthressClient) -> Router; 2] = [
        |client| {
            let layer = require(client, "documents/{id}", "read").build().unwrap();
            Router::new().route("/documents/{id}", get(seen)).route_layer(layer)
        },
        |client| {
            let layer = RequirePermission::builder(client, "documents/{id}", "read").route("/documents/{id}");
            Router::new().fallback(any(seen)).layer(layer.build().unwrap())
        },
    ];
    for router in routers {
        let (double, world) = double_behind(router).await;
        for (segment, asked) in SEGMENTS {
            let answer = world.ask_as("alice", "GET", &format!("/documents/{segment}")).await;
            assert_eq!(answer.status, if asked.is_some() { 200 } else { 403 }, "{segment}");
            assert_eq!(
                double.paths(),
                asked.map(question).into_iter().collect::<Vec<_>>(),
                "{segment}"
            );
        }
        let long = world
            .ask_as("alice", "GET", &format!("/documents/{}", "a".repeat(503)))
            .await;
        assert_eq!((long.status, double.paths().len()), (403, 0));
    }
}

/// What paths are made of in the next test: whatever may mean something else to one of those that read them.
const PIECES: [&str; 20] = [
    "a", ".", "..", "/", "//", "%2F", "%2f", "%2e", "%252F", "%25", "%5C", "*", "%2A", "%00", "%3F", ";a=1", "+",
    "%C3%BC", "%FF", "%",
];

#[tokio::test]
async fn what_is_asked_about_is_what_the_handler_is_told_for_any_path() {
    let (double, world) = double_behind(|_| Router::new()).await;
    let client = double.client(&world.local);
    let layer = require(&client, "documents/{id}", "read").build().unwrap();
    let router = Router::new()
        .route("/documents/{id}", get(async |Path(id): Path<String>| id))
        .route_layer(layer);
    let bearer = format!("Bearer {}", world.local.user_token("alice"));
    let (mut allowed, mut denied) = (0, 0);
    let paths = PIECES.iter().flat_map(|one| {
        let two = PIECES
            .iter()
            .flat_map(move |two| PIECES.iter().map(move |three| format!("{one}{two}{three}")));
        two.chain([(*one).to_owned()])
    });
    for path in paths {
        let Ok(request) = Request::get(format!("/documents/{path}"))
            .header("authorization", &bearer)
            .body(Body::empty())
        else {
            continue;
        };
        let answer = router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let told = to_bytes(answer.into_body(), 1_000).await.unwrap();
        match (status.as_u16(), double.paths().as_slice()) {
            (200, [asked]) => {
                let told = str::from_utf8(&told).unwrap();
                assert!(
                    !told.contains(['/', '\\', '*', '\0']) && told != "." && told != "..",
                    "{path}"
                );
                assert_eq!(*asked, question(&encoded(&format!("documents/{told}"))), "{path}");
                allowed += 1;
            }
            (403 | 404, []) => denied += 1,
            other => panic!("{path}: {other:?}"),
        }
    }
    // That there are of both, so that neither rule is empty.
    assert!(allowed > 1_000 && denied > 1_000, "{allowed} {denied}");
}

#[tokio::test]
async fn a_path_that_the_pattern_does_not_match_is_answered_like_a_denial_and_nothing_is_asked() {
    let (double, world) = double_behind(|client| {
        let layer = RequirePermission::builder(client, "documents/{id}", "read").route("/documents/{id}");
        Router::new().fallback(any(seen)).layer(layer.build().unwrap())
    })
    .await;
    for path in [
        "/",
        "/documents",
        "/documents/",
        "/documents//",
        "//documents/1",
        "/documents//1",
        "/documents/1/",
        "/documents/1/2",
        "/Documents/1",
        "/%64ocuments/1",
        "/documents%2F1",
        "/x/../documents/1",
        "/./documents/1",
        "/documents/%zz",
        "/documents/%",
    ] {
        let answer = world.ask_as("alice", "GET", path).await;
        assert_eq!((answer.status, double.paths().len()), (403, 0), "{path}");
    }
    let answer = world.ask_as("alice", "GET", "/documents/1?id=2#/documents/3").await;
    assert_eq!((answer.status, double.paths()), (200, vec![question("documents%2F1")]));
}

#[tokio::test]
async fn a_name_that_axums_route_does_not_bind_exactly_once_is_500_and_nothing_is_asked() {
    let (double, world) = double_behind(|client| {
        let require = |resource: &str| require(client, resource, "read").build().unwrap();
        let inner = Router::new().route("/parts/{id}", get(seen).layer(require("documents/{id}")));
        Router::new()
            .route("/other/{document}", get(seen).layer(require("documents/{id}")))
            .nest("/twice/{id}", inner)
            .route("/several/{*id}", get(seen).layer(require("documents/{id}")))
            .route("/without", get(seen).layer(require("documents/{id}")))
            .route("/none", get(seen).layer(require("documents")))
    })
    .await;
    for path in ["/other/42", "/twice/1/parts/2"] {
        assert_eq!(world.ask_as("alice", "GET", path).await.status, 500, "{path}");
    }
    for path in ["/several/1/2", "/without"] {
        assert_eq!(world.ask_as("alice", "GET", path).await.status, 403, "{path}");
    }
    assert_eq!(double.paths().len(), 0);
    assert_eq!(world.ask_as("alice", "GET", "/none").await.status, 200);
    assert_eq!(double.paths(), [question("documents")]);
}

#[tokio::test]
async fn where_axum_has_no_route_nothing_is_asked_and_the_answer_is_that_of_a_denial() {
    let (double, world) = double_behind(|client| {
        let layer = require(client, "documents/{id}", "read").build().unwrap();
        Router::new()
            .route("/documents/{id}", get(seen))
            .fallback(any(seen))
            .layer(layer)
    })
    .await;
    assert_eq!(world.ask_as("alice", "GET", "/nowhere").await.status, 403);
    assert_eq!(double.paths().len(), 0);
    assert_eq!(world.ask_as("alice", "GET", "/documents/42").await.status, 200);
}

#[tokio::test]
async fn names_of_nested_routers_are_bound_together() {
    let (double, world) = double_behind(|client| {
        let layer = require(client, "tenants/{tenant}/documents/{id}", "read")
            .build()
            .unwrap();
        let inner = Router::new().route("/documents/{id}", get(seen)).route_layer(layer);
        Router::new().nest("/t/{tenant}", inner)
    })
    .await;
    assert_eq!(world.ask_as("alice", "GET", "/t/a/documents/1").await.status, 200);
    assert_eq!(double.paths(), [question("tenants%2Fa%2Fdocuments%2F1")]);
    assert_eq!(world.ask_as("alice", "GET", "/t/%2e%2e/documents/1").await.status, 403);
    assert_eq!(double.paths().len(), 0);
}

#[tokio::test]
async fn a_hidden_denial_looks_like_a_path_that_leads_nowhere() {
    let world = World::new(|client| {
        let layer = require(client, "documents/{id}", "read").hide_denied().build().unwrap();
        Router::new().route("/documents/{id}", get(seen)).route_layer(layer)
    })
    .await;
    let unknown = world.ask_as("bob", "GET", "/nowhere").await;
    assert_eq!(unknown.status, 404);
    for path in [
        "/documents/42",
        "/documents/43",
        "/documents/%2e%2e",
        "/documents/a%2Fb",
    ] {
        assert_eq!(world.ask_as("bob", "GET", path).await, unknown, "{path}");
    }
    assert_eq!(world.ask_as("alice", "GET", "/documents/42").await.status, 200);
    // Who nobody knows is still asked to say who it is.
    assert_eq!(world.ask("GET", "/documents/42", &[]).await.status, 401);
}

#[tokio::test]
async fn a_resource_that_a_closure_makes_is_asked_about_and_none_is_answered_like_a_denial() {
    let (double, world) = double_behind(|client| {
        let of =
            |parts: &authress::http::request::Parts| Some(parts.headers.get("x-resource")?.to_str().ok()?.to_owned());
        let layer = RequirePermission::builder_with(client, of, "read").build().unwrap();
        Router::new().fallback(any(seen)).layer(layer)
    })
    .await;
    for (resource, asked) in [
        ("a/b", Some("a%2Fb")),
        ("/a", Some("%2Fa")),
        ("a/*", Some("a%2F%2A")),
        ("%2e%2e", Some("%252e%252e")),
        ("..", None),
        ("a/../b", None),
        ("a//b", None),
        ("a/", None),
        ("a\\b", None),
        ("", None),
    ] {
        let headers = [&*world.bearer("alice"), &format!("x-resource: {resource}")];
        let answer = world.ask("GET", "/", &headers).await;
        assert_eq!(answer.status, if asked.is_some() { 200 } else { 403 }, "{resource}");
        assert_eq!(
            double.paths(),
            asked.map(question).into_iter().collect::<Vec<_>>(),
            "{resource}"
        );
    }
    assert_eq!(world.ask_as("alice", "GET", "/").await.status, 403);
    assert_eq!(double.paths().len(), 0);
}

struct Read;

impl Permission for Read {
    const RESOURCE: &str = "documents/{id}";
    const PERMISSION: &str = "read";
}

/// What a path may hold, and no resource of the service: the service is asked, and refuses the question.
const NOT_OF_THE_SERVICE: [&str; 6] = ["a%20b", "%20", "%3F", "%25", "%7Bx%7D", "%C3%BC"];

#[tokio::test]
async fn a_path_that_no_resource_of_the_service_can_have_is_denied_and_no_failure_of_the_service() {
    let world = World::new(|client| {
        let matched = require(client, "documents/{id}", "read").build().unwrap();
        let routed = RequirePermission::builder(client, "documents/{id}", "read");
        let routed = routed.route("/routed/{id}").build().unwrap();
        let made = |parts: &Parts| Some(parts.uri.path().replace('%', " "));
        let made = RequirePermission::builder_with(client, made, "read");
        Router::new()
            .route("/matched/{id}", get(seen).route_layer(matched))
            .route("/routed/{id}", get(seen).route_layer(routed))
            .route("/made/{id}", get(seen).route_layer(made.build().unwrap()))
            .route("/extracted/{id}", get(async |_: Authorized<Read>| "seen"))
            .with_state(client.clone())
    })
    .await;
    world.local.grant("alice", "*", ["read"]);
    for way in ["matched", "routed", "made", "extracted"] {
        for segment in NOT_OF_THE_SERVICE {
            let answer = world.ask_as("alice", "GET", &format!("/{way}/{segment}")).await;
            assert_eq!(answer.status, 403, "{way} {segment}");
        }
        assert_eq!(world.ask_as("alice", "GET", &format!("/{way}/42")).await.status, 200);
    }
    assert_eq!(world.questions(), 4 * (NOT_OF_THE_SERVICE.len() + 1), "each is asked");
}

#[tokio::test]
async fn a_template_that_the_service_takes_for_no_resource_shows_as_a_mistake_and_as_no_denial() {
    let world = World::new(|client| {
        let named = require(client, "our documents/{id}", "read").build().unwrap();
        let whole = require(client, "our documents", "read").build().unwrap();
        Router::new()
            .route("/named/{id}", get(seen).route_layer(named))
            .route("/whole", get(seen).route_layer(whole))
    })
    .await;
    for path in ["/named/42", "/named/a%20b", "/whole"] {
        assert_eq!(world.ask_as("alice", "GET", path).await.status, 502, "{path}");
    }
}
