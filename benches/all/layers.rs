//! The layers beside a bare axum route, in process: no server, no network.
//!
//! The token is in the cache of verified tokens, and the service is a double that says yes at once: what is left is what the layers, the client and its
//! pipeline add to a request. `is_authorized` by itself tells how much of that is the question.

use std::hint::black_box;
use std::time::{SystemTime, UNIX_EPOCH};

use authress::bytes::Bytes;
use authress::middleware::axum::{Authorized, Permission, require};
use authress::middleware::{Authenticate, RequirePermission};
use authress::{
    AuthressClient, AuthressClientBuilder, CallContext, DecisionCache, Identity, TokenOverrides, Transport,
    TransportFuture, VerifiedTokenCache, http,
};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use axum::Router;
use axum::body::Body;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use benches::{Comparison, Goal, Table};
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{HeaderValue, Request, Response};
use serde_json::json;
use tower::Service as _;
use tower::util::MapRequestLayer;

use crate::ready;

const PRIVATE: &str = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";

/// The service: it has the key of the service client, and allows everything.
struct Yes(Bytes);

impl Transport for Yes {
    fn send(&self, request: Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        let is_for_keys = request.uri().path().ends_with("/jwks");
        let body = if is_for_keys { self.0.clone() } else { Bytes::new() };
        Box::pin(std::future::ready(Ok(Response::new(body))))
    }
}

fn client(change: impl FnOnce(AuthressClientBuilder) -> AuthressClientBuilder) -> AuthressClient {
    let key = Ed25519KeyPair::from_pkcs8(&STANDARD.decode(PRIVATE).unwrap()).unwrap();
    let x = URL_SAFE_NO_PAD.encode(key.public_key());
    let keys = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": "k7Qd", "x": x}]});
    let client = AuthressClient::builder("https://login.example.com")
        .access_key(format!("sc_orders.k7Qd.acc_demo.{PRIVATE}"))
        .cache_verified_tokens(VerifiedTokenCache::new(1_000))
        .transport(Yes(keys.to_string().into()));
    change(client).build().unwrap()
}

/// A token of 676 bytes, as users have them.
async fn token(client: &AuthressClient) -> HeaderValue {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let overrides = TokenOverrides::new()
        .claim("exp", now + 80_000)
        .claim("picture", "p".repeat(240));
    let token = client.client_token_with(&overrides).await.unwrap();
    HeaderValue::try_from(format!("Bearer {}", token.expose())).unwrap()
}

struct ReadDocument;

impl Permission for ReadDocument {
    const RESOURCE: &str = "documents/{id}";
    const PERMISSION: &str = "read";
}

fn head(token: &HeaderValue) -> Parts {
    let mut request = Request::new(());
    *request.uri_mut() = http::Uri::from_static("/documents/42");
    request.headers_mut().insert(AUTHORIZATION, token.clone());
    request.into_parts().0
}

/// A request to a router, from its head to its answer.
fn request<'a>(router: &Router, token: &'a HeaderValue) -> impl FnMut() -> Response<Body> + 'a {
    let mut router = router.clone();
    move || {
        let request = Request::from_parts(head(token), Body::empty());
        let answer = ready(router.call(request)).unwrap();
        assert_eq!(answer.status(), 200);
        answer
    }
}

pub(crate) fn run(table: &mut Table) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let keeping = client(|client| client.decision_cache(DecisionCache::builder()));
    let client = client(|client| client);
    let token = runtime.block_on(token(&client));
    let identity = runtime.block_on(client.verify_token(token.to_str().unwrap())).unwrap();
    runtime.block_on(async {
        // Its keys, and the decision.
        keeping.verify_token(token.to_str().unwrap()).await.unwrap();
        assert!(
            keeping
                .is_authorized(identity.user_id(), "documents/42", "read")
                .await
                .unwrap()
        );
    });
    let _entered = runtime.enter();

    let route = |handler| Router::new().route("/documents/{id}", handler);
    let bare = route(get(async || "a document"));
    let authenticate = bare.clone().route_layer(Authenticate::new(&client));
    let idle = bare
        .clone()
        .route_layer(MapRequestLayer::new(|request: Request<Body>| request));
    let required = bare
        .clone()
        .route_layer(require(&client, "documents/{id}", "read").build().unwrap());
    let kept = bare
        .clone()
        .route_layer(require(&keeping, "documents/{id}", "read").build().unwrap());
    let by_pattern = RequirePermission::builder(&client, "documents/{id}", "read")
        .route("/documents/{id}")
        .build()
        .unwrap();
    let by_pattern = bare.clone().route_layer(by_pattern);
    let both = required.clone().route_layer(Authenticate::new(&client));
    let extractor = |handler: axum::routing::MethodRouter<AuthressClient>| {
        Router::new()
            .route("/documents/{id}", handler)
            .with_state(client.clone())
    };
    let identified = extractor(get(async |identity: Identity| {
        black_box(identity);
        "a document"
    }));
    let authorized = extractor(get(async |document: Authorized<ReadDocument>| {
        black_box(document);
        "a document"
    }));

    println!("a token of {} bytes", token.len() - "Bearer ".len());
    let limit = "a bare axum route";
    let medians = Comparison::new("a request through a router, and what is added to it")
        .work(limit, request(&bare, &token))
        .work("with a layer that does nothing", request(&idle, &token))
        .work("with Authenticate", request(&authenticate, &token))
        .work("with the extractor Identity", request(&identified, &token))
        .work("with require", request(&required, &token))
        .work("with require, and the decision in the cache", request(&kept, &token))
        .work("with RequirePermission and a pattern", request(&by_pattern, &token))
        .work("with Authenticate and require", request(&both, &token))
        .work("with the extractor Authorized", request(&authorized, &token))
        .run();
    for took in [
        "with Authenticate",
        "with require, and the decision in the cache",
        "with Authenticate and require",
        "with the extractor Authorized",
    ] {
        table.push(medians.row(took, limit, took, Goal::Beyond(2_000.0)));
    }
    let layer = RequirePermission::builder(&client, "documents/{id}", "read")
        .route("/documents/{id}")
        .build()
        .unwrap();
    let authenticate = Authenticate::new(&client);
    Comparison::new("the parts")
        .work("a head of a request", || head(&token))
        .work("Authenticate, on a head", || {
            let mut parts = head(&token);
            ready(authenticate.identify(&mut parts)).unwrap();
            parts
        })
        .work("RequirePermission, on a head", || {
            let mut parts = head(&token);
            ready(layer.check(&mut parts)).unwrap();
            parts
        })
        .work("verify_token, in the cache", || {
            ready(client.verify_token(token.to_str().unwrap()))
        })
        .work("is_authorized, answered at once", || {
            ready(client.is_authorized(identity.user_id(), "documents/42", "read"))
        })
        .run();
}
