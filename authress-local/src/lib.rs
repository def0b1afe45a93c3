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
//! Every operation of the API, and the keys (JWKS) and OpenID configuration of the account and of each service client. Bearer tokens are verified;
//! callers need the permissions that the service asks of them, unless the server is [`permissive`](Builder::permissive).
//!
//! At `/_local` is a page that shows who can do what and why, where the state can be edited and requests be watched; see [`page`](Builder::page) and
//! [`log`](Builder::log).
//!
//! # State that comes and stays
//!
//! [`seed_file`](Builder::seed_file) begins with a state that people have written and committed, in YAML or JSON; [`snapshot`](AuthressLocal::snapshot)
//! writes one. [`data_file`](Builder::data_file) keeps state and keys over restarts.
//!
//! # When the service has a bad day
//!
//! [`faults`](AuthressLocal::faults) are latency, statuses, dropped connections, keys that cannot be had and tokens that have expired, everywhere or at
//! one operation. Keys [rotate](AuthressLocal::rotate_keys), and the [clock](AuthressLocal::advance_clock) moves.
//!
//! # Which requests it takes
//!
//! Those that the description of the API has. Any other is answered 400 with the place of what does not fit, as in
//! `request.body.statements[0].roles[1]: must have 1 to 64 characters`. Query parameters that are not described are refused, fields of bodies that are
//! not described are ignored, and so are those that only answers have: what was read can be sent back. A body must be `application/json`, another type
//! whose name ends in `+json`, or of no named type; otherwise the answer is 415.
//!
//! In paths, the ids of users and groups may be all that they may be in bodies, where the description has older and narrower rules: whoever can be given
//! access can be asked about.
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
//! Where the service's material leaves a question open, this is the answer here. What its sources disagree about is a setting of the [`Builder`].
//!
//! - What is given on a resource also holds for it when the resource ends in `/*`: `documents/*` covers `documents`, unless
//!   [`collection_wildcard_covers_collection`](Builder::collection_wildcard_covers_collection) says otherwise. So with actions, always.
//! - A `*` within a resource or action stands for one segment; one at the end for all that follow.
//! - A question with `*` is answered with yes only when everything that it stands for is given; `documents/*` asks about `documents` and all below.
//! - Resources and user ids are case-sensitive, actions are not.
//! - What is empty, or has an empty segment as `a//b` has, is no resource: nothing is given on it, and a request that names it is answered 400.
//! - An unknown role gives nothing. A check needs `allow`; `grant` and `delegate` alone do not suffice.
//! - Who gives a role needs the right to give each of its permissions. For a role that does not exist, and so may be made with any permission
//!   later, and for `Authress:AuthenticateUser`, that is the right to delegate `*`, which `Authress:Owner` has.
//! - `Authress:ServiceClients/{id}` and `{id}` are the same user, wherever a user is named, unless
//!   [`service_client_alias`](Builder::service_client_alias) says otherwise.
//! - A record whose status is `DELETED` can be read, but neither changed nor deleted again; its id can be used for a new one.
//! - Tenants, connections, applications, extensions and service clients are listed as far as the caller may read each: READ on
//!   `Authress:Connections/{connectionId}`, and so on. For tenants that is `Authress:Tenants/{tenantId}`; the same permission on all
//!   `Authress:Connections`, where older documentation puts tenants, does as well.
//! - A tenant is deleted with the connection that it names and those that name it, unless another tenant names them. Who gives a connection to a
//!   tenant therefore needs UPDATE on the connection; who says in a connection that it is a tenant's, on the tenant. Two tenants have neither the
//!   same `tenantLookupIdentifier` nor the same domain.
//! - Any user can be linked to a tenant: users need not be known beforehand.
//! - The client secret of a connection is never answered. It stays when a connection is changed without one, and goes with an empty one. There are
//!   no tokens of identity providers, so that `getConnectionCredentials` answers 404.
//! - An extension is deleted with the access records that give something to its service client and to nobody else.
//! - Who turns on `grantUserPermissionsAccess` of a service client needs the right to grant READ on `Authress:UserPermissions/*`; for
//!   `grantTokenGeneration`, the right to delegate `*` on everything. The second is kept, and has no effect yet.
//! - A service client with a rate limit may make as many calls as its quota in any window of that length, and is answered 429 then; `P1M` are 30
//!   days, `PT0S` is no limit.
//! - Trusted issuers are kept and listed. A token that names one to trust is read and not verified, and tokens of trusted issuers are not accepted:
//!   the server sends no requests, and so has no keys of others.
//! - The service client `sc_owner`, whose access key is there to begin with, and the record `rec_owner` that gives it everything do not change.
//! - The application `app_default` and the connection `con_default`, which tokens of users name, are there from the start.
//! - What is public is for every user to do, and in nobody's lists. A resource has one configuration, whichever of its names is used; to open one
//!   that is the service's own (`Authress:Roles`, `*`) needs the right to delegate `*` there.
//! - Only what lies directly in the very collection that is configured for it can be claimed, under an id without `/` and `*`.
//! - Anybody may ask for access. A request is decided by who may give all that it asks for, while it is open; it is seen by them, by who made it
//!   and by whom it is for. Whoever approves it is the admin of the record.
//! - Who knows the id of an invite may read it, and accept it once. The record to write exists already when one that the inviter may change names
//!   all the resources of the invite. What gives the new user nothing else and others nothing is added there. Otherwise the strategy of the invite
//!   counts, and gives no more of that record than the inviter may give when the invite is accepted.
//! - Users are listed and read with `READ` on `Authress:Users`, changed and deleted with `UPDATE` on `Authress:Users/{userId}`. Deleting a user
//!   also withdraws the invites and open requests that the user made. The tokens that the user has stay good until they end, and give nothing.
//! - A token is disabled by its claim `jti`.
//!
//! # Features
//!
//! - `client` (default): [`AuthressLocal::client`], a client of the crate `authress` that is ready to use.
//! - `program` (default): the command-line program. Without it, the library alone, with fewer dependencies.

mod account;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench;
mod builder;
mod clock;
mod connections;
mod description;
mod engine;
mod error;
mod faults;
mod files;
mod generated;
mod head_timer;
mod http;
mod keys;
mod server;
mod start;
mod store;

pub use builder::Builder;
#[doc(hidden)] // For the tests of this workspace.
pub use description::check_answer;
pub use engine::{Because, Explanation, NearMiss, Source};
pub use error::Error;
pub use faults::Faults;
pub use files::SeedFormat;
pub use server::AuthressLocal;
