//! Faults that are put into the local server, as clients meet them.

use std::time::{Duration, Instant};

use authress::AuthressClient;
use authress::models::{PermissionObject, Role};
use authress_local::{AuthressLocal, Faults};
use tests::as_user;

#[tokio::test]
async fn a_status_comes_as_often_as_was_asked_for_at_one_operation_and_then_never_again() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/1", ["read"]);
    local.faults().on("authorizeUser").unwrap().status(503, 2).unwrap();
    let alice = as_user(&local, "alice");
    for _ in 0..2 {
        let error = alice.authorize("documents/1", "read").await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 503);
        assert!(!error.is_denied());
    }
    alice.authorize("documents/1", "read").await.unwrap();
}

#[tokio::test]
async fn a_dropped_connection_is_no_answer() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/1", ["read"]);
    let alice = as_user(&local, "alice");
    local.faults().drop_connection(1);
    let error = alice.authorize("documents/1", "read").await.unwrap_err();
    assert!(error.status().is_none() && !error.is_denied(), "{error}");
    alice.authorize("documents/1", "read").await.unwrap();
}

#[tokio::test]
async fn a_fault_keeps_a_change_from_being_made() {
    let local = AuthressLocal::start().await.unwrap();
    let client = local.client().unwrap();
    local.faults().status(500, 1).unwrap().drop_connection(1);
    for _ in 0..2 {
        client
            .roles()
            .create_role(Role::new("n", [] as [PermissionObject; 0]).role_id("r"))
            .await
            .unwrap_err();
    }
    assert!(client.roles().get_role("r").await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn latency_is_waited_for_and_the_callers_time_limit_ends_the_wait() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/1", ["read"]);
    let alice = as_user(&local, "alice");
    let latency = Duration::from_millis(20);
    local.faults().latency(latency);
    let begin = Instant::now();
    alice.authorize("documents/1", "read").await.unwrap();
    assert!(begin.elapsed() >= latency);

    local.faults().latency(Duration::MAX);
    let limited = tokio::time::timeout(Duration::from_millis(50), alice.authorize("documents/1", "read"));
    assert!(limited.await.is_err());
}

#[tokio::test]
async fn keys_that_are_down_are_no_proof_against_a_token() {
    let faults = Faults::new();
    faults.jwks_down();
    let local = AuthressLocal::builder().faults(faults).start().await.unwrap();
    let client = AuthressClient::builder(local.url()).build().unwrap();
    let error = client.verify_token(&local.user_token("alice")).await.unwrap_err();
    assert!(!error.is_token_invalid(), "{error}");
    // Checks go on: the server needs no JWKS of its own.
    assert!(
        as_user(&local, "alice")
            .authorize("x", "read")
            .await
            .unwrap_err()
            .is_denied()
    );
}

#[tokio::test]
async fn a_token_that_is_told_to_be_expired_is_401_and_one_that_is_expired_is_too() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/1", ["read"]);
    let alice = as_user(&local, "alice");
    local.faults().expired_tokens(1);
    assert!(
        alice
            .authorize("documents/1", "read")
            .await
            .unwrap_err()
            .is_unauthenticated()
    );
    alice.authorize("documents/1", "read").await.unwrap();

    let client = AuthressClient::builder(local.url()).build().unwrap();
    let expired = local.expired_user_token("alice");
    let late = client.with_user_token(&expired).unwrap();
    assert!(
        late.authorize("documents/1", "read")
            .await
            .unwrap_err()
            .is_unauthenticated()
    );
    assert!(client.verify_token(&expired).await.unwrap_err().is_token_invalid());
}

#[tokio::test]
async fn tokens_end_when_the_servers_clock_is_ahead_of_them() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/1", ["read"]);
    let alice = as_user(&local, "alice");
    local.advance_clock(Duration::from_secs(24 * 3600 - 60));
    alice.authorize("documents/1", "read").await.unwrap();
    local.advance_clock(Duration::from_secs(61));
    assert!(
        alice
            .authorize("documents/1", "read")
            .await
            .unwrap_err()
            .is_unauthenticated()
    );
    // A client's own clock is right, and its token is from the future for this server.
    local.turn_back_clock(Duration::from_secs(48 * 3600));
    let client = local.client().unwrap();
    assert!(client.roles().get_roles().await.unwrap_err().is_unauthenticated());
}

#[tokio::test]
async fn an_access_key_is_made_for_a_client_of_any_name_at_most_five_times() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("svc", "documents/*", ["read"]);
    for _ in 0..5 {
        let key = local.access_key("svc").unwrap();
        let service = AuthressClient::builder(local.url()).access_key(key).build().unwrap();
        assert!(service.is_authorized("svc", "documents/1", "read").await.unwrap());
        assert!(service.roles().get_roles().await.is_err());
    }
    assert!(
        local
            .access_key("svc")
            .unwrap_err()
            .to_string()
            .contains("has 5 access keys already")
    );
    for id in ["", "a.b", "a/b", "a b"] {
        assert!(local.access_key(id).unwrap_err().to_string().contains("client id"));
    }
}
