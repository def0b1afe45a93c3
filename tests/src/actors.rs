//! Who asks in the tests: the owner of a local server, and users with tokens of it.

#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

use std::fmt::Debug;

use authress::{AuthressClient, Error};
use authress_local::AuthressLocal;

use crate::{RawAnswer, raw_request};

/// A client that may do everything at `local`.
pub fn owner(local: &AuthressLocal) -> AuthressClient {
    AuthressClient::builder(local.url())
        .access_key(local.owner_access_key())
        .build()
        .unwrap()
}

/// Sends a request to `local` as it is, as the owner.
pub async fn ask_as_owner(local: &AuthressLocal, method: &str, path: &str, body: &str) -> RawAnswer {
    let token = owner(local).client_token().await.unwrap();
    let bearer = format!("Bearer {}", token.expose());
    raw_request(local.address(), method, path, &bearer, body).await.unwrap()
}

/// A client that acts as `user` at `local`.
pub fn as_user(local: &AuthressLocal, user: &str) -> AuthressClient {
    let client = AuthressClient::builder(local.url()).build().unwrap();
    client.with_user_token(&local.user_token(user)).unwrap()
}

/// The status with which the server refused.
pub fn refusal<T: Debug>(answer: Result<T, Error>) -> u16 {
    answer.unwrap_err().status().unwrap().as_u16()
}
