//! Calls without async, against a server that runs beside them.
#![cfg(feature = "blocking")]
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress::blocking::{Wait as _, WaitEach as _};
use authress::models::{PermissionObject, Role};
use authress::{AuthressClient, Error, TokenVerificationReason};
use authress_local::AuthressLocal;
use tokio::runtime::{Builder, Runtime};

/// A local server, with the runtime that it lives in.
fn local() -> (Runtime, AuthressLocal) {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let local = runtime.block_on(AuthressLocal::start()).unwrap();
    (runtime, local)
}

fn client(local: &AuthressLocal) -> AuthressClient {
    AuthressClient::builder(local.url())
        .access_key(local.owner_access_key())
        .build()
        .unwrap()
}

#[test]
fn every_kind_of_call_can_be_waited_for() {
    let (_runtime, local) = local();
    let client = client(&local);
    local.grant("user-1", "documents/*", ["read"]);
    assert!(client.is_authorized("user-1", "documents/42", "read").wait().unwrap());
    let denied = client
        .user_permissions()
        .authorize_user("user-2", "documents/42", "read")
        .wait();
    assert!(denied.unwrap_err().is_denied());
    let role = Role::new("Reader", [PermissionObject::new("documents:read").allow(true)]).role_id("ro_reader");
    client.roles().create_role(role).wait().unwrap();
    let response = client.roles().get_role("ro_reader").send().wait().unwrap();
    assert_eq!((response.status().as_u16(), response.name.as_str()), (200, "Reader"));
    let token = client.client_token().wait().unwrap();
    assert!(client.verify_token(token.expose()).wait().unwrap().is_service_client());
}

#[test]
fn the_items_of_all_pages_are_waited_for_one_by_one() {
    let (runtime, local) = local();
    let client = client(&local);
    for number in 0..7 {
        local.user_token(&format!("user-{number}"));
    }
    let users = || client.users().get_users().limit(3).stream().wait_each();
    let all: Result<Vec<_>, Error> = users().collect();
    assert_eq!(all.unwrap().len(), 7);
    let mut refused = runtime.block_on(async { users() });
    let first = runtime.block_on(async { refused.next() });
    assert_eq!(first.unwrap().unwrap_err().argument(), Some("wait"));
    assert!(refused.next().is_none());
}

#[test]
fn threads_wait_at_once_over_one_client() {
    let (_runtime, local) = local();
    let client = client(&local);
    local.grant("user-1", "documents/*", ["read"]);
    let answers: Vec<bool> = std::thread::scope(|scope| {
        let ask = |user| {
            let client = &client;
            scope.spawn(move || {
                (0..50).all(|n| {
                    client
                        .is_authorized(user, format!("documents/{n}"), "read")
                        .wait()
                        .unwrap()
                })
            })
        };
        let threads = ["user-1", "user-1", "user-2", "user-1"].map(ask);
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(answers, [true, true, false, true]);
}

#[test]
fn a_thread_with_a_runtime_is_refused_and_nothing_is_sent() {
    let (runtime, local) = local();
    let client = client(&local);
    let is_refusal = |error: Error| error.argument() == Some("wait") && !error.was_sent();
    runtime.block_on(async {
        assert!(is_refusal(client.is_authorized("u", "r", "p").wait().unwrap_err()));
        let error = client.verify_token("eyJ.a.b").wait().unwrap_err();
        assert_eq!(error.reason(), TokenVerificationReason::KeysUnavailable);
        // A thread for blocking work has its task's runtime at hand.
        let there = client.clone();
        let waited = tokio::task::spawn_blocking(move || there.is_authorized("u", "r", "p").wait());
        assert!(is_refusal(waited.await.unwrap().unwrap_err()));
        // The same call, awaited.
        assert!(!client.is_authorized("u", "r", "p").await.unwrap());
    });
}
