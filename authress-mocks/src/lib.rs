//! Typed mocks of the Authress API, for tests of what goes over the wire: every operation of the description by its id, on a server of
//! [`httpmock`].
//!
//! ```
//! use authress::AuthressClient;
//! use authress_mocks::AuthressMocks as _;
//! use httpmock::MockServer;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = MockServer::start_async().await;
//! let yes = server.authorize_user(|when, then| {
//!     when.user_id("user-1").resource_uri("documents/42");
//!     then.ok();
//! });
//! let broken = server.authorize_user(|when, then| {
//!     when.user_id("user-2");
//!     then.error(503, "Overloaded").header("retry-after", "1");
//! });
//!
//! let client = AuthressClient::builder(server.base_url()).build()?;
//! assert!(client.is_authorized("user-1", "documents/42", "read").await?);
//! let call = client.user_permissions().authorize_user("user-2", "documents/42", "read").no_retry();
//! assert!(call.await.unwrap_err().is_server_error());
//! yes.assert_calls(1);
//! broken.assert_calls(1);
//! # Ok(()) }
//! ```
//!
//! # When to use it, and when not
//!
//! A mock answers what the test tells it to. That is what is wanted for the wire: a certain status, a header, a delay, a body that is no JSON, how many requests
//! there were. It proves nothing about permissions: whether a user may really do something, through groups, roles, and parents of a resource, is
//! decided by `authress-local`, which is a whole Authress on your machine. Use that for behaviour, and this for what an Authress does not do on its
//! good days.
//!
//! # What is matched
//!
//! The method and the whole path, always, so that no mock answers for another operation. A parameter of the path that is not set is any value of exactly one segment;
//! one that is set is compared as the client sends it, percent-encoded whole: `documents/42` is one segment. What is set more than once must be true
//! each time, save the body: the last one counts. Where several mocks match, the one that was made first answers. A mock that is
//! told no answer answers 500.

#![allow(clippy::return_self_not_must_use, reason = "what was said of a mock counts already")]

mod authorize_user;
mod generated;
mod then;
mod when;

use authress_api::Request;
use httpmock::{Mock, MockServer};

pub use self::generated::AuthressMocks;
pub use self::then::Then;
pub use self::when::When;

/// A mock of the operation of `R` on `server`.
fn mocked<R: Request>(server: &MockServer, mock: impl FnOnce(When<R>, Then<R>)) -> Mock<'_> {
    // Without a status, `httpmock` answers 200: what nobody has answered must not be a yes.
    server.mock(|when, then| mock(When::new(when), Then::new(then.status(500))))
}
