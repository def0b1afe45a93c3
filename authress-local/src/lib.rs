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
//! Access records, roles, groups, service clients with access keys (their own, or with a public key of yours), the authorization check, logins, and
//! the keys (JWKS) and OpenID configuration of the account and of each client. Bearer tokens are verified; callers need the permissions that the
//! service asks of them, unless the server is [`permissive`](Builder::permissive). Every other operation of the API answers 501.
//!
//! # How users come by a token
//!
//! - In a test: [`user_token`](AuthressLocal::user_token).
//! - At once: `POST /api/authentication` with `{"userId": "alice"}`, and `tenantId`, `applicationId`, `connectionId`, `expiresInSeconds` and
//!   `claims` where they matter, answers with `access_token`. The service has no such door. It takes a service client with the option
//!   `grantTokenGeneration`, or a caller with `Authress:Owner` on everything; on a permissive server nobody need be known, but the host must be
//!   named by its address, `localhost`, or a name without a dot, so that no page of another name reads the token.
//! - With an identity provider of your own: `POST /api/authentication` with `applicationId`, `connectionId`, `redirectUrl` and `codeChallenge`, as
//!   the service's login library sends it, answers with the `authenticationUrl` of the connection. The service client that the connection names as
//!   its `clientId` signs who the user is, and the user goes to `GET /login` with that, from there to `redirectUrl` with a code, which
//!   `POST /api/authentication/{id}/tokens` exchanges. Without `redirectUrl`, `GET /login` answers with the token itself. A service client with
//!   `grantTokenGeneration` may sign for every connection.
//! - Through an extension: `GET /` answers with a code for the user whose token the request bears, since there is no page to log in at; then
//!   `requestToken`. The method is S256, and the code good for 60 seconds and one attempt.
//! - By delegation: the address that `delegateUserLogin` makes answers with the user's token for the application, once, within 60 seconds. It takes
//!   what a token at once does.
//!
//! A program gets a token by `client_credentials`, with a token that it has signed with its access key as `client_secret`: the access key itself is
//! refused. What it gets is good as long as that key. There are no passwords: the grant `password` is answered 400. No login makes anybody a
//! service client. `updateAuthenticationRequest` needs a token, as the description has it, and takes any `antiAbuseHash`.
//!
//! Logins under way are kept for 10 minutes, in memory alone; a restart forgets them.
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
mod engine;
mod error;
mod http;
mod keys;
mod server;
mod store;

pub use builder::Builder;
pub use engine::Explanation;
pub use error::Error;
pub use server::AuthressLocal;
