//! Routes and handlers of [axum](https://docs.rs/axum): layers that its routes bind the names of, and extractors.
//!
//! [`require`] guards a route. As arguments of a handler, [`Identity`](crate::Identity) is who is calling, `Option<Identity>` is nobody when there is
//! no token, and [`Authorized`] has asked for a permission that is a type of yours. They take the client from the state of the router
//! (axum's `FromRef`), so that one that is missing does not compile, and are rejected with a [`Refusal`](super::Refusal), which answers as the layers
//! do.
//!
//! ```
//! use authress::middleware::axum::{Authorized, Permission, require};
//! use authress::{AuthressClient, Identity};
//! use axum::Router;
//! use axum::routing::get;
//!
//! struct WriteDocument;
//!
//! impl Permission for WriteDocument {
//!     const RESOURCE: &str = "documents/{id}";
//!     const PERMISSION: &str = "write";
//! }
//!
//! async fn write(document: Authorized<WriteDocument>) -> String {
//!     format!("{} writes {}", document.identity().user_id(), document.resource_uri())
//! }
//!
//! async fn hello(identity: Option<Identity>) -> String {
//!     identity.map_or("Hello, stranger".to_owned(), |identity| format!("Hello, {}", identity.user_id()))
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let local = authress_local::AuthressLocal::start().await?;
//! # local.grant("user-1", "documents/42", ["write"]);
//! # let client: AuthressClient = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
//! let read = require(&client, "documents/{id}", "read").build()?;
//! let router: Router = Router::new()
//!     .route("/documents/{id}", get(async || "the document").route_layer(read).put(write))
//!     .route("/", get(hello))
//!     .with_state(client);
//! # use axum::http::Request;
//! # use axum::body::{Body, to_bytes};
//! # use tower::ServiceExt as _;
//! # let ask = async |method: &str, path: &str| {
//! #     let request = Request::builder().method(method).uri(path);
//! #     let request = request.header("authorization", format!("Bearer {}", local.user_token("user-1")));
//! #     router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
//! # };
//! # let body = ask("PUT", "/documents/42").await.into_body();
//! # assert_eq!(to_bytes(body, 100).await?, "user-1 writes documents/42");
//! # assert_eq!(ask("GET", "/documents/42").await.status(), 403);
//! # let body = ask("GET", "/").await.into_body();
//! # assert_eq!(to_bytes(body, 100).await?, "Hello, user-1");
//! # Ok(()) }
//! ```

mod authorized;
mod identity;
mod matched;
mod permission;

pub use self::authorized::Authorized;
pub(super) use self::matched::matched;
pub use self::permission::Permission;
use super::{RequirePermission, RequirePermissionBuilder};
use crate::AuthressClient;

/// Begins a layer that asks for `permission` on the resource that the template `resource` makes, whose names axum's route binds: for `route_layer`.
///
/// A name that the route does not bind once, while it binds others, is answered 500; see [`RequirePermission`] for the rest. A wildcard (`{*path}`) that
/// binds several segments names no resource; one segment is a value like any other. Where the template has names and nothing is bound, as at axum's
/// fallback, nothing is asked, and the answer is that of a denial.
///
/// axum's `route_layer` covers the routes and methods that were added before it, and no fallback: where there is one, or with `any`, put it on with `layer`.
///
/// Around a router that is nested, the layer sees the names of the outer route alone: put it on the routes within. Around one with
/// `nest_service`, it is the same.
///
/// ```
/// use authress::middleware::axum::require;
/// use axum::{Router, routing::get};
///
/// # let client = authress::AuthressClient::builder("https://login.example.com").build()?;
/// let read = require(&client, "documents/{id}", "read").hide_denied().build()?;
/// let router: Router = Router::new().route("/documents/{id}", get(async || "the document")).route_layer(read);
/// # Ok::<(), authress::Error>(())
/// ```
pub fn require(
    client: &AuthressClient,
    resource: impl Into<String>,
    permission: impl Into<String>,
) -> RequirePermissionBuilder {
    RequirePermission::builder(client, resource, permission).matched_route()
}
