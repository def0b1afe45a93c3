//! Who asks in the tests: the owner of a local server, and users with tokens of it.

#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

use std::fmt::Debug;

use authress::models::{AccessRecord, PermissionObject, Role, Statement};
use authress::{AuthressClient, Error, RetryPolicy};
use authress_local::AuthressLocal;
use serde_json::Value;

use crate::{RawAnswer, StoppedClock, raw_request};

/// A client that may do everything at `local`. It sends each request once, so that what the server does is seen.
pub fn owner(local: &AuthressLocal) -> AuthressClient {
    AuthressClient::builder(local.url())
        .access_key(local.owner_access_key())
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

/// The same, by a clock that `local` goes by as well.
pub fn owner_at(local: &AuthressLocal, clock: &StoppedClock) -> AuthressClient {
    let builder = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    let builder = builder.clock(clock.clone()).retry(RetryPolicy::none());
    builder.build().unwrap()
}

/// Sends a request to `local` as it is, as the owner.
pub async fn ask_as_owner(local: &AuthressLocal, method: &str, path: &str, body: &str) -> RawAnswer {
    let token = owner(local).client_token().await.unwrap();
    let bearer = format!("Bearer {}", token.expose());
    raw_request(local.address(), method, path, &bearer, body).await.unwrap()
}

/// A client that acts as `user` at `local`, and sends each request once.
pub fn as_user(local: &AuthressLocal, user: &str) -> AuthressClient {
    let client = AuthressClient::builder(local.url()).retry(RetryPolicy::none());
    let client = client.build().unwrap();
    client.with_user_token(&local.user_token(user)).unwrap()
}

/// The status with which the server refused.
pub fn refusal<T: Debug>(answer: Result<T, Error>) -> u16 {
    answer.unwrap_err().status().unwrap().as_u16()
}

/// Sends a request with a JSON body, or none when it is null, as `user`; the status and the body of the answer, null when there is none.
pub async fn ask_as_user(local: &AuthressLocal, user: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
    let bearer = format!("Bearer {}", local.user_token(user));
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let answer = raw_request(local.address(), method, path, &bearer, &body)
        .await
        .unwrap();
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

/// Gives `user` a right to an action: to do it, to grant it, and to delegate it; the id of the role that holds it.
pub async fn give(
    local: &AuthressLocal,
    user: &str,
    action: &str,
    resource: &str,
    [allow, grant, delegate]: [bool; 3],
) -> String {
    let owner = owner(local);
    let role = Role::new(
        "made",
        [PermissionObject::new(action)
            .allow(allow)
            .grant(grant)
            .delegate(delegate)],
    );
    let role_id = owner.roles().create_role(role).await.unwrap().role_id.unwrap();
    let record = AccessRecord::new("made", [Statement::new([role_id.as_str()], [resource])]).users([user]);
    owner.access_records().create_record(record).await.unwrap();
    role_id
}
