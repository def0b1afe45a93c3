//! Authorization for Rust services with [Authress](https://authress.io): may this user do this, and who is this token's user.
//!
//! ```no_run
//! use authress::{AccessKey, AuthressClient};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = AuthressClient::builder("https://login.example.com")
//!     .access_key(AccessKey::from_env()?)
//!     .build()?;
//!
//! // May this user do this? An outage is an error, never a no and never a yes.
//! if client.is_authorized("user-1", "documents/42", "read").await? {
//!     println!("allowed");
//! }
//!
//! // Act as the user whose token came with a request: a cheap clone, no global state.
//! let authorization_header = "Bearer eyJ…";
//! let as_user = client.with_user_token(authorization_header)?;
//! as_user.authorize("documents/42", "read").await?;
//!
//! // Know who is calling: verified on this machine, with keys that are kept.
//! let identity = client.verify_token(authorization_header).await?;
//! println!("{identity}");
//! # Ok(())
//! # }
//! ```
//!
//! [`AuthressClient`] has a group of calls for each part of the service; [`TokenVerifier`] and [`ServiceClientTokenProvider`] can be used without
//! one. Calls fail with [`Error`], verification with [`TokenVerificationError`]: both are read with predicates.
//!
//! # Runtime
//!
//! Calls and fetches of keys use the network by `reqwest` and need a [Tokio](https://tokio.rs) runtime with I/O and time enabled. Outside of one they
//! fail with an error that names `runtime`; in one that has them disabled they panic, as everything does that uses Tokio's network. A [`Transport`] of your own may do without I/O, and outside of Tokio altogether. Within a
//! runtime whose time is not enabled, give a [`Clock`] that implements [`sleep`](Clock::sleep) as well. Within a runtime, fetches of keys and
//! signatures that several callers wait for are tasks of their own; outside of one the caller who begins them carries them to their end.
//!
//! # Logs, spans and metrics
//!
//! What happens to tokens and keys is told by [`tracing`](https://docs.rs/tracing): a token that was made or refused and keys that were fetched at
//! level `debug`, a fetch or a signature that failed at `warn`; so is a request that is sent again, at `debug`. No key and no token is in it.
//!
//! Each call is a span `authress.call`, and each of its attempts a span `authress.attempt` in it, both at level `info`. Their fields have the names
//! of OpenTelemetry's conventions for HTTP clients (`http.request.method`, `url.template`, `http.response.status_code`,
//! `http.request.resend_count`, `error.type`, `server.address`, …), and `authress.operation.id`, `authress.attempts` and `authress.retry.reason`. With a
//! [`DecisionCache`] each question is a span `authress.check`, with `authress.decision.source`, `authress.decision.age_ms` and
//! `authress.decision.allowed`, and the call that it began, if it began one, is in it. The ids of users and resources are in none of them. What is to be counted goes to [`Metrics`].
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls with the platform's certificate verifier.
//! - `native-tls`: TLS by the operating system's library. With both, rustls is used.
//! - `schemars`: `schemars::JsonSchema` (1.x) on every model.
//! - `blocking`: calls without async, with `.wait()` in the place of `.await`: see `blocking`.
//! - `opentelemetry`: `OpenTelemetryMetrics`, for [`AuthressClientBuilder::metrics`].
//! - `tower`: layers that verify tokens and ask for permissions, for every service of tower: see `middleware`.
//! - `axum`: the same for axum's routes, and extractors: see `middleware::axum`. It turns on `tower`.

mod access_key;
pub mod api;
#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
mod client_id;
mod clock;
mod config;
mod decision;
mod encoding;
mod flight;
mod json;
mod login;
mod metrics;
#[cfg(feature = "tower")]
pub mod middleware;
#[cfg(feature = "opentelemetry")]
mod opentelemetry;
mod origin;
mod pipeline;
mod rsa;
mod signer;
mod token_provider;
mod verifier;

pub use access_key::{AccessKey, AccessKeyError, ServiceClientKey};
pub use authress_api::Client as RawClient;
pub use authress_api::{
    Attempts, BaseUrl, Call, CallContext, EarlierStatus, Error, Items, Operation, Pages, Paginated, RawCall, Request,
    ReqwestTransport, ReqwestTransportBuilder, Response, Secret, Transport, TransportFuture, bytes, holds_access_key,
    http, models, requests,
};
pub(crate) use authress_api::{bearer_authorization, bearer_token, free_header, retry_after};
pub use client::AuthressClient;
pub use clock::{Clock, SleepFuture, SystemClock};
pub use config::AuthressClientBuilder;
pub use decision::{
    AccessChange, AccessChangeOperation, AccessChanged, AccessChangedTrigger, AuthorizeAll, AuthorizeAny, CheckMany,
    Checks, Decision, DecisionCache, DecisionCacheBuilder, DecisionSource, FilterAuthorized, FilterAuthorizedStream,
    Filtered, Question,
};
pub use login::UserLoginUrl;
pub use metrics::{AttemptEnded, Cache, CallEnded, ErrorType, Metrics};
#[cfg(feature = "opentelemetry")]
pub use opentelemetry::OpenTelemetryMetrics;
pub use pipeline::{Jitter, RandomJitter, RetryPolicy};
pub use signer::{SignFuture, Signer};
pub use token_provider::{
    ServiceClientTokenProvider, ServiceClientTokenProviderBuilder, StaticToken, TokenFuture, TokenOverrides,
    TokenProvider,
};
pub use verifier::{
    Identity, IdentityKind, IssuerKeys, KeyFreshness, SigningAlgorithm, TokenVerificationError,
    TokenVerificationReason, TokenVerifier, TokenVerifierBuilder, VerifiedTokenCache,
};
