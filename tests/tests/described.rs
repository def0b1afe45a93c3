//! Every operation of the description is answered by the local server.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress_api::OPERATIONS;
use authress_local::AuthressLocal;
use serde_json::Value;
use tests::ask_as_owner;

#[tokio::test]
async fn every_operation_of_the_description_is_there() {
    let mut missing = Vec::new();
    for operation in OPERATIONS {
        // Each on a server of its own: one may take the owner's rights away.
        let local = AuthressLocal::start().await.unwrap();
        let path = operation.path.replace(['{', '}'], "");
        let answer = ask_as_owner(&local, operation.method.as_str(), &path, "{}").await;
        let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        if answer.status >= 500 || answer.status == 405 || body["errorCode"] == "RouteNotFound" {
            missing.push((operation.id, answer.status));
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(OPERATIONS.len(), 75);
}
