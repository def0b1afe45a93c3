//! Raw client for the Authress authorization API: every operation of its OpenAPI description, one call each.
//!
//! It is generated, and adds what a generated client needs to be safe: paths that ask exactly what was meant, answers that may grow, errors that
//! keep everything, limits on time and size. It neither makes nor verifies tokens; the `authress` crate, which is built on it, does.
//!
//! # Calls
//!
//! [`Client`] has a method for each operation, named by the operation's id in snake case. Required parameters are arguments; optional ones are setters on the
//! [`Call`] that the method returns. `.await` gives the output, [`send`](Call::send) gives it with status and headers.
//!
//! ```
//! use authress_api::Client;
//! use authress_api::models::{AccessRecord, Statement};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = httpmock::MockServer::start_async().await;
//! # server.mock_async(|when, then| {
//! #     when.method("GET").header("authorization", "Bearer eyJ.a.b").query_param("limit", "20");
//! #     then.status(200).body(r#"{"roles":[{"name":"Reader","permissions":[]}]}"#);
//! # }).await;
//! # server.mock_async(|when, then| { when.method("POST"); then.status(202); }).await;
//! # let (url, token) = (server.base_url(), "eyJ.a.b");
//! let client = Client::new(url)?.with_bearer_token(token)?;
//!
//! let roles = client.get_roles().limit(20).await?;
//! assert_eq!(roles.roles[0].name, "Reader");
//!
//! let statement = Statement::new(["ro_reader"], ["documents/42"]);
//! let record = AccessRecord::new("Readers of document 42", [statement]).users(["user-1"]);
//! // The service may accept a record and create it later; there is no body then.
//! let answer = client.create_record(record).send().await?;
//! assert_eq!(answer.status(), 202);
//! # Ok(()) }
//! ```
//!
//! # Errors
//!
//! There is one error type, [`Error`]. Decide by its predicates; an authorization check has an answer only when it succeeds (allowed) or
//! [`is_denied`](Error::is_denied) (not allowed). Every other error means that the question could not be answered.
//!
//! ```
//! # use authress_api::Client;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), authress_api::Error> {
//! # let server = httpmock::MockServer::start_async().await;
//! # server.mock_async(|_, then| { then.status(404).body(r#"{"errorCode":"PermissionNotFound"}"#); }).await;
//! # let client = Client::new(server.base_url())?;
//! match client.authorize_user("user-1", "documents/42", "read").await {
//!     Ok(()) => println!("allowed"),
//!     Err(error) if error.is_denied() => println!("denied: {:?}", error.code()),
//!     Err(error) => return Err(error),
//! }
//! # Ok(()) }
//! ```
//!
//! # Pages
//!
//! Long lists come in pages. [`Call::stream`] gives the items of all of them, [`Call::pages`] the pages; the next page is asked for when it is
//! needed. Both are `Stream`s of `futures-core`: read them with the extensions of `futures-util` or `tokio-stream`. Lists may change between two
//! pages.
//!
//! ```
//! use futures_util::TryStreamExt;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), authress_api::Error> {
//! # let server = httpmock::MockServer::start_async().await;
//! # server.mock_async(|_, then| { then.status(200).body(r#"{"roles":[{"name":"Reader","permissions":[]}]}"#); }).await;
//! # let client = authress_api::Client::new(server.base_url())?;
//! let mut roles = client.get_roles().stream();
//! while let Some(role) = roles.try_next().await? {
//!     println!("{}", role.name);
//! }
//! # Ok(()) }
//! ```
//!
//! # Accepted, not done
//!
//! Some changes are completed later: `update_record` and `delete_user` are answered with 202 always, `create_record` sometimes. Success means that
//! the service has taken the change over; reads may show the former state for a while.
//!
//! # Paths
//!
//! A path parameter is percent-encoded whole: `/`, `|` or `%` in a resource URI or a user id is data. One that encoding cannot protect (empty,
//! `.`, `..`) is refused with an error that names it, before anything is sent.
//!
//! ```
//! use authress_api::Request;
//! use authress_api::requests::AuthorizeUser;
//!
//! let request = AuthorizeUser::new("user|1", "documents/42", "read");
//! assert_eq!(
//!     request.encode()?.path_and_query(),
//!     "/v1/users/user%7C1/resources/documents%2F42/permissions/read",
//! );
//! let error = AuthorizeUser::new("user|1", "..", "read").encode().unwrap_err();
//! assert_eq!(error.argument(), Some("resource_uri"));
//! # Ok::<(), authress_api::Error>(())
//! ```
//!
//! # Answers that grow
//!
//! [`models`] read over fields that they do not know, and keep values of enumerations that they do not know, to send them back unchanged.
//!
//! ```
//! use authress_api::models::AccessRecordStatus;
//!
//! let status: AccessRecordStatus = serde_json::from_str(r#""ARCHIVED""#)?;
//! assert_eq!(status, AccessRecordStatus::Unknown("ARCHIVED".into()));
//! assert_eq!(serde_json::to_string(&status)?, r#""ARCHIVED""#);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # All operations alike
//!
//! Every operation has a type in [`requests`] that implements [`Request`]; what is known of it (method, path template, whether it may be repeated)
//! is in [`OPERATIONS`]. [`Transport`] is the way to another HTTP library, to retries, or to a recorder.
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls with the platform's certificate verifier.
//! - `native-tls`: TLS by the operating system's library. With both, rustls is used.
//! - `schemars`: `schemars::JsonSchema` (1.x) on every model.

mod access_key;
mod base_url;
mod bearer;
mod call;
mod client;
mod encoded;
mod error;
mod generated;
mod items;
mod json;
mod open_enum;
mod operation;
mod options;
mod pages;
mod paginated;
mod path;
mod raw;
mod request;
mod response;
mod retry_after;
mod secret;
mod tolerance;
mod tolerant;
mod transport;

pub use access_key::holds_access_key;
pub use base_url::BaseUrl;
pub use bearer::{bearer_authorization, bearer_token};
pub use call::Call;
pub use client::Client;
pub use encoded::Encoded;
pub use error::Error;
pub use generated::operations::OPERATIONS;
pub use generated::{models, requests};
pub use items::Items;
pub use operation::Operation;
pub use options::{CallContext, free_header};
pub use pages::Pages;
pub use paginated::Paginated;
pub use raw::RawCall;
pub use request::Request;
pub use response::Response;
pub use retry_after::retry_after;
pub use secret::Secret;
pub use transport::{Attempts, EarlierStatus, ReqwestTransport, ReqwestTransportBuilder, Transport, TransportFuture};
// What a `Transport` is written with.
pub use {bytes, http};
