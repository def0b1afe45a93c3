//! Middleware for services of [tower](https://docs.rs/tower): who is asking, and may they. Each layer is a file of its own; the extractors and the
//! binding of axum's routes are in `axum`.
//!
//! - [`Authenticate`] verifies the bearer token of a request on this machine, and gives the handler its [`Identity`](crate::Identity).
//! - [`RequirePermission`] asks whether the caller has one permission on the resource that the request is about, and gives the handler what was
//!   [`Allowed`].
//!
//! They are for every `Service<http::Request<B>, Response = http::Response<R>>` whose `R` has a default, an empty body: those of axum, hyper and
//! tonic. The body of a request is not touched: it is passed on as it came, or dropped unread with a request that is refused.
//!
//! ```
//! use authress::middleware::{Allowed, Authenticate, RequirePermission};
//! use authress::{Identity, http};
//! use tower::{ServiceBuilder, ServiceExt, service_fn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let local = authress_local::AuthressLocal::start().await?;
//! # local.grant("user-1", "documents/42", ["read"]);
//! # let client = authress::AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
//! # let (token, other_token) = (local.user_token("user-1"), local.user_token("user-2"));
//! let service = ServiceBuilder::new()
//!     .layer(Authenticate::new(&client))
//!     .layer(RequirePermission::builder(&client, "documents/{id}", "read").route("/documents/{id}").build()?)
//!     .service(service_fn(|request: http::Request<String>| async move {
//!         let identity = request.extensions().get::<Identity>().ok_or("nobody")?;
//!         let allowed = request.extensions().get::<Allowed>().ok_or("nothing")?;
//!         let text = format!("{} of {} by {}", allowed.permission(), allowed.resource_uri(), identity.user_id());
//!         Ok::<_, &str>(http::Response::new(text))
//!     }));
//!
//! let ask = |token: &str| {
//!     let request = http::Request::builder().uri("/documents/42").header("authorization", format!("Bearer {token}"));
//!     request.body(String::new())
//! };
//! assert_eq!(service.clone().oneshot(ask(&token)?).await?.body(), "read of documents/42 by user-1");
//! assert_eq!(service.oneshot(ask(&other_token)?).await?.status(), 403);
//! # Ok(()) }
//! ```
//!
//! # What is answered
//!
//! | Status | When |
//! |---|---|
//! | 400 | There are several `Authorization` headers |
//! | 401 | There is no bearer token, or a bad one; `WWW-Authenticate` is as [RFC 6750](https://www.rfc-editor.org/rfc/rfc6750#section-3) has it |
//! | 403, or 404 when denials are hidden | The service said no; or the path names no resource: nothing was asked, or the service takes what the path holds for none (400) |
//! | 500 | The program's mistake: a name that the route does not bind, or a question that cannot be sent |
//! | 502 | The service answered, and not the question: the client may not ask, its own token is not accepted, the plan does not allow it, it takes what the program has written for no resource (400), or the URL leads elsewhere |
//! | 503, with `Retry-After` | Keys could not be had, or the question has no answer now: ask again |
//!
//! Bodies are empty. Over gRPC the client of the call reads 401 as `UNAUTHENTICATED`, 403 as `PERMISSION_DENIED`, 502 and 503 as `UNAVAILABLE`, a hidden
//! 404 as `UNIMPLEMENTED`, 400 as `INTERNAL`, and 500 as `UNKNOWN`, by gRPC's
//! [table](https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md). Of a stream it may read that where the first message would be.
//! What has no answer is never passed on, and never called denied.
//!
//! # Which token
//!
//! That of `Authorization: Bearer …`, with the scheme in any case. Any other scheme counts as no token. A token is verified once in a request, however
//! many layers and extractors want to know whose it is, as long as they share a client or a [`TokenVerifier`](crate::TokenVerifier), and the header is
//! left as it came: who has another verifier, or finds another header, does not trust what was found before.

mod allowed;
mod ask;
mod authenticate;
#[cfg(feature = "axum")]
pub mod axum;
mod bearer;
mod future;
mod preflight;
mod refusal;
mod require;
mod resource;
mod route;
mod template;
mod verified;

pub use self::allowed::Allowed;
pub use self::authenticate::{Authenticate, AuthenticateBuilder, AuthenticateService};
pub use self::future::ResponseFuture;
pub use self::refusal::Refusal;
pub use self::require::{RequirePermission, RequirePermissionBuilder, RequirePermissionService};
