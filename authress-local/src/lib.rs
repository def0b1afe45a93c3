//! A local Authress that really evaluates permissions: for tests, and for development without an account.
//!
//! It speaks the service's HTTP API on loopback and decides as the service does: the union of what active access records give, by roles, groups, the
//! hierarchy of resources, and wildcards. Nothing is set up beforehand and nothing is left behind.
//!
//! ```
//! use authress_local::AuthressLocal;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let local = AuthressLocal::start().await?;
//! local.grant("alice", "documents/*", ["read"]);
//!
//! // Over HTTP, as alice: any Authress client with this URL and this token.
//! let client = authress_api::Client::new(local.url())?.with_bearer_token(local.user_token("alice"))?;
//! client.authorize_user("alice", "documents/42", "read").await?;
//! let denied = client.authorize_user("alice", "documents/42", "write").await.unwrap_err();
//! assert!(denied.is_denied());
//!
//! // And why.
//! println!("{}", local.explain("alice", "documents/42", "write"));
//! # Ok(()) }
//! ```
//!
//! # What is there
//!
//! Access records, roles, groups, service clients with access keys (their own, or with a public key of yours), the authorization check, and the keys
//! (JWKS) of the account and of each client. Bearer tokens are verified; callers need the permissions that the service asks of them, unless the server
//! is [`permissive`](Builder::permissive). Every other operation of the API answers 501.
//!
//! # Which requests it takes
//!
//! Those that the description of the API has. Any other is answered 400 with the place of what does not fit, as in
//! `request.body.statements[0].roles[1]: must have 1 to 64 characters`. Query parameters that are not described are refused, fields of bodies that are
//! not described are ignored, and so are those that only answers have: what was read can be sent back. A body must be `application/json`, another type
//! whose name ends in `+json`, or of no named type; otherwise the answer is 415.
//!
//! The description has fewer letters for user ids in paths than for those in bodies: access can be given to `a+b@example.com`, and only answered 400
//! when it is asked about.
//!
//! # How it reads the service's rules
//!
//! Where the service's material leaves a question open, this is the answer here. It is fixed for now; what the sources disagree about, which is
//! marked (*), is to become a setting. Whether callers need permissions is one already.
//!
//! - (*) What is given on a resource also holds for it when the resource ends in `/*`: `documents/*` covers `documents`. So with actions.
//! - A `*` within a resource or action stands for one segment; one at the end for all that follow.
//! - A question with `*` is answered with yes only when everything that it stands for is given; `documents/*` asks about `documents` and all below.
//! - Resources and user ids are case-sensitive, actions are not.
//! - What is empty, or has an empty segment as `a//b` has, is no resource: nothing is given on it, and a request that names it is answered 400.
//! - An unknown role gives nothing. A check needs `allow`; `grant` and `delegate` alone do not suffice.
//! - Who gives a role needs the right to give each of its permissions. For a role that does not exist, and so may be made with any permission
//!   later, and for `Authress:AuthenticateUser`, that is the right to delegate `*`, which `Authress:Owner` has.
//! - (*) `Authress:ServiceClients/{id}` and `{id}` are the same user, wherever a user is named.
//! - A record whose status is `DELETED` can be read, but neither changed nor deleted again; its id can be used for a new one.
//!
//! # Features
//!
//! - `program` (default): the command-line program. Without it, the library alone, with fewer dependencies.

mod account;
mod builder;
mod connections;
mod description;
mod engine;
mod error;
mod generated;
mod http;
mod keys;
mod server;
mod store;

pub use builder::Builder;
#[doc(hidden)] // For the tests of this workspace.
pub use description::check_answer;
pub use engine::Explanation;
pub use error::Error;
pub use server::AuthressLocal;
