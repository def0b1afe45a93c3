//! Who asks in the tests: the owner of a local server, and users with tokens of it.

#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

use authress::AuthressClient;
use authress_local::AuthressLocal;

/// A client that may do everything at `local`.
pub fn owner(local: &AuthressLocal) -> AuthressClient {
    AuthressClient::builder(local.url())
        .access_key(local.access_key())
        .build()
        .unwrap()
}

/// A client that acts as `user` at `local`.
pub fn as_user(local: &AuthressLocal, user: &str) -> AuthressClient {
    let client = AuthressClient::builder(local.url()).build().unwrap();
    client.with_user_token(&local.user_token(user)).unwrap()
}
