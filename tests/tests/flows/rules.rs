//! The rules behind the flows, each asserted on the code of its example.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::time::Duration;

use authress::http::StatusCode;
use authress::models::{AccessRecord, AccessRecordStatus, Statement};
use authress::{
    AuthressClient, Identity, RetryPolicy, ServiceClientTokenProvider, TokenProvider, TokenVerificationReason,
    TokenVerifier,
};
use authress_local::{AuthressLocal, Faults};
use futures_util::TryStreamExt;
use tests::owner;

use crate::api_key_for_a_user::create_api_key;
use crate::authorize_with_service_client::send_report;
use crate::authorize_with_user_token::{answer, read_document};
use crate::verify_token::caller;
use crate::{api_key_for_a_user, authorize_with_service_client, service_client_as_api_key};

/// The operations that make an API key, in the order of the example.
const STEPS: [&str; 3] = ["createClient", "createRecord", "requestAccessKey"];

/// Every kind of bad day that an operation can have.
fn bad_days(faults: &Faults, day: u8) {
    match day {
        0 => faults.status(500, 100).unwrap(),
        1 => faults.status(403, 100).unwrap(),
        2 => faults.expired_tokens(100),
        _ => faults.drop_connection(100),
    };
}

/// A client without a token that sends everything once, so that no test waits.
fn at(local: &AuthressLocal) -> AuthressClient {
    AuthressClient::builder(local.url())
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

fn bearer(local: &AuthressLocal, user: &str) -> String {
    format!("Bearer {}", local.user_token(user))
}

#[tokio::test]
async fn two_users_at_once_each_get_their_own_answer() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/*", ["READ"]);
    local.grant("bob", "documents/7", ["READ"]);
    let authress = at(&local);
    let (alice, bob) = (bearer(&local, "alice"), bearer(&local, "bob"));
    // Each waits, so that they are under way together.
    local.faults().latency(Duration::from_millis(5));
    for _ in 0..20 {
        let answers = tokio::join!(
            read_document(&authress, &alice, "42"),
            read_document(&authress, &bob, "42"),
            read_document(&authress, &bob, "7"),
            read_document(&authress, &alice, "7"),
        );
        let (ok, forbidden) = (StatusCode::OK, StatusCode::FORBIDDEN);
        let answers = [answers.0, answers.1, answers.2, answers.3].map(Result::unwrap);
        assert_eq!(answers, [ok, forbidden, ok, ok]);
    }
}

#[tokio::test]
async fn a_check_that_is_not_answered_is_neither_allowed_nor_denied() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/*", ["READ"]);
    let authress = at(&local);
    for user in ["alice", "bob"] {
        let authorization = bearer(&local, user);
        for (day, expected) in [(0, 503), (1, 503), (2, 401), (3, 503)] {
            bad_days(&local.faults().on("authorizeUser").unwrap(), day);
            let outcome = read_document(&authress, &authorization, "42").await;
            assert!(!outcome.as_ref().unwrap_err().is_denied());
            assert_eq!(answer(outcome).as_u16(), expected, "{user}, {day}");
            local.faults().clear();
        }
    }
}

#[tokio::test]
async fn a_job_that_cannot_ask_serves_nobody_and_says_so() {
    let (local, access_key) = authorize_with_service_client::local().await.unwrap();
    let authress = AuthressClient::builder(local.url())
        .access_key(access_key)
        .retry(RetryPolicy::none());
    let authress = authress.build().unwrap();
    for day in 0..4 {
        bad_days(&local.faults().on("authorizeUser").unwrap(), day);
        let error = send_report(&authress, &["alice", "bob"]).await.unwrap_err();
        assert!(!error.is_denied(), "{error}");
        local.faults().clear();
    }
    // Bob has no access, whoever else is asked about.
    assert_eq!(send_report(&authress, &["bob", "alice"]).await.unwrap(), ["alice"]);
}

#[tokio::test]
async fn a_program_speaks_for_itself_alone() {
    let (local, access_key) = service_client_as_api_key::local().await.unwrap();
    let verifier = service_client_as_api_key::verifier(&local, &access_key).await.unwrap();
    let authorization = service_client_as_api_key::bearer(&access_key).await.unwrap();
    let identity = verifier.verify(authorization.expose()).await.unwrap();
    assert_eq!(identity.service_client_id(), Some("customer-7"));
    assert_eq!(
        identity.issuer(),
        "https://acc_local.api.authress.io/v1/clients/customer-7"
    );

    // The key is not in what is sent, and not in what is shown.
    assert!(!authorization.expose().contains(access_key.rsplit('.').next().unwrap()));
    assert!(!format!("{authorization:?}").contains("eyJ"));

    // The program's private key under the name of another client's key speaks for nobody: neither at your API nor at the service.
    let stranger = local.access_key("stranger").unwrap();
    let private_key = access_key.rsplit('.').next().unwrap();
    let (name, _) = stranger.rsplit_once('.').unwrap();
    let forged = format!("{name}.{private_key}").parse().unwrap();
    let forged = ServiceClientTokenProvider::builder(forged).domain(local.url());
    let forged = forged.build().unwrap().token().await.unwrap();
    let local_verifier = TokenVerifier::builder(local.url()).build().unwrap();
    let error = local_verifier.verify(forged.expose()).await.unwrap_err();
    assert_eq!(error.reason(), TokenVerificationReason::BadSignature);
    let as_stranger = at(&local).with_user_token(forged.expose()).unwrap();
    let error = as_stranger.authorize("exports/1", "READ").await.unwrap_err();
    assert!(error.is_unauthenticated(), "{error}");

    // A user is no program.
    let status = service_client_as_api_key::route(&local_verifier, &bearer(&local, "alice")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

/// The service's client of the example, sending everything once.
async fn key_maker() -> (AuthressLocal, AuthressClient) {
    let (local, _) = api_key_for_a_user::local().await.unwrap();
    let access_key = local.access_key("service").unwrap();
    let authress = AuthressClient::builder(local.url())
        .access_key(access_key)
        .retry(RetryPolicy::none());
    let authress = authress.build().unwrap();
    (local, authress)
}

/// The service clients that were made for alice, with how many keys each has.
async fn clients_of_alice(local: &AuthressLocal) -> Vec<usize> {
    let owner = owner(local);
    let clients = owner.service_clients().get_clients().stream();
    let clients: Vec<_> = clients.try_collect().await.unwrap();
    let of_alice = clients
        .into_iter()
        .filter(|client| client.name.as_deref() == Some("alice"));
    of_alice
        .map(|client| client.verification_keys.unwrap_or_default().len())
        .collect()
}

/// Whether a record gives anybody access to what is alice's.
async fn is_given(local: &AuthressLocal) -> bool {
    let records = owner(local);
    let records = records.access_records().get_records().stream();
    let records: Vec<AccessRecord> = records.try_collect().await.unwrap();
    let gives = |record: &AccessRecord| {
        record.status != Some(AccessRecordStatus::Deleted)
            && (record.statements.iter())
                .flat_map(|statement| &statement.resources)
                .any(|at| at.resource_uri.trim_matches('/') == "users/alice")
    };
    records.iter().any(gives)
}

#[tokio::test]
async fn an_api_key_gives_what_the_role_says_on_its_user_and_on_nobody_else() {
    let (local, authress) = key_maker().await;
    let key = create_api_key(&authress, "alice", "ro_api").await.unwrap();
    assert!(is_given(&local).await);
    assert_eq!(clients_of_alice(&local).await, [1]);
    let program = AuthressClient::builder(local.url()).access_key(key.expose());
    let token = program.build().unwrap().client_token().await.unwrap();
    let program = at(&local).with_user_token(token.expose()).unwrap();
    program
        .authorize("/users/alice/documents", "documents:read")
        .await
        .unwrap();
    for (resource, permission) in [
        ("/users/alice", "documents:write"),
        ("/users/bob", "documents:read"),
        ("/users/*", "documents:read"),
    ] {
        let error = program.authorize(resource, permission).await.unwrap_err();
        assert!(error.is_denied(), "{resource} {permission}");
    }
}

#[tokio::test]
async fn a_key_that_fails_half_way_leaves_no_client_and_no_access() {
    let (local, authress) = key_maker().await;
    for step in STEPS {
        for day in 0..4 {
            bad_days(&local.faults().on(step).unwrap(), day);
            create_api_key(&authress, "alice", "ro_api").await.unwrap_err();
            local.faults().clear();
            assert!(!is_given(&local).await, "{step}, {day}");
            assert!(clients_of_alice(&local).await.is_empty(), "{step}, {day}");
        }
    }
    // What is no role is refused at the second step, without any fault.
    create_api_key(&authress, "alice", "").await.unwrap_err();
    assert!(clients_of_alice(&local).await.is_empty());
}

#[tokio::test]
async fn what_cannot_be_removed_is_of_no_use_to_anybody() {
    for step in STEPS {
        for down in [
            &["deleteRecord", "deleteClient"][..],
            &["deleteRecord"],
            &["deleteClient"],
        ] {
            let (local, authress) = key_maker().await;
            for operation in [&[step], down].concat() {
                bad_days(&local.faults().on(operation).unwrap(), 0);
            }
            create_api_key(&authress, "alice", "ro_api").await.unwrap_err();
            local.faults().clear();
            // Whatever is left, nobody has a key to it.
            let keys = clients_of_alice(&local).await;
            assert!(keys.iter().all(|keys| *keys == 0), "{step}, {down:?}: {keys:?}");
            assert_eq!(is_given(&local).await, step == STEPS[2] && down[0] == "deleteRecord");
        }
    }
}

#[tokio::test]
async fn a_key_request_that_is_dropped_leaves_nothing_that_can_be_used() {
    let (local, authress) = key_maker().await;
    for step in STEPS {
        local.faults().on(step).unwrap().latency(Duration::MAX);
        let dropped = tokio::time::timeout(Duration::from_millis(100), create_api_key(&authress, "alice", "ro_api"));
        assert!(dropped.await.is_err());
        local.faults().clear();
        assert!(clients_of_alice(&local).await.iter().all(|keys| *keys == 0), "{step}");
    }
}

#[tokio::test]
async fn a_bad_token_is_401_and_keys_that_cannot_be_had_are_503() {
    let local = AuthressLocal::start().await.unwrap();
    let other = AuthressLocal::start().await.unwrap();
    let status = |answer: Result<Identity, StatusCode>| answer.unwrap_err().as_u16();
    let good = bearer(&local, "alice");
    let tampered = format!("{}A", &good[..good.len() - 1]);
    let tampered = if tampered == good {
        format!("{}B", &good[..good.len() - 1])
    } else {
        tampered
    };
    let bad = [
        String::new(),
        "Bearer".into(),
        "Bearer a.b.c".into(),
        format!("Bearer {}", local.owner_access_key()),
        format!("Bearer {}", local.expired_user_token("alice")),
        bearer(&other, "alice"),
        tampered,
    ];
    local.faults().jwks_down();
    let without_keys = at(&local);
    assert_eq!(status(caller(&without_keys, &good).await), 503);

    local.faults().clear();
    let authress = at(&local);
    authress.token_verifier().hydrate().await.unwrap();
    local.faults().jwks_down();
    assert_eq!(caller(&authress, &good).await.unwrap().user_id(), "alice");
    for token in &bad {
        assert_eq!(status(caller(&authress, token).await), 401, "{token}");
    }
}

#[tokio::test]
async fn all_records_are_listed_whatever_pages_they_come_in() {
    let local = AuthressLocal::start().await.unwrap();
    let authress = owner(&local);
    let mut made: Vec<String> = (0..45).map(|n| format!("rec_{n:02}")).collect();
    for id in &made {
        let record = AccessRecord::new(id, [Statement::new(["Authress:Owner"], [format!("documents/{id}")])]);
        let record = record.record_id(id).users(["alice"]);
        authress.access_records().create_record(record).await.unwrap();
    }
    let listed = authress.access_records().get_records().stream();
    let mut listed: Vec<_> = listed
        .map_ok(|record| record.record_id.unwrap())
        .try_collect()
        .await
        .unwrap();
    listed.retain(|id| id != "rec_owner");
    listed.sort();
    assert_eq!(listed, made);

    let at_all = authress.user_permissions().get_user_resources("alice");
    let at_all = at_all.resource_uri("documents/*").stream();
    let mut at_all: Vec<_> = at_all.map_ok(|at| at.resource_uri).try_collect().await.unwrap();
    at_all.sort();
    for id in &mut made {
        id.insert_str(0, "documents/");
    }
    assert_eq!(at_all, made);
}

#[tokio::test]
async fn servers_side_by_side_share_nothing() {
    let [one, other] = [
        AuthressLocal::start().await.unwrap(),
        AuthressLocal::start().await.unwrap(),
    ];
    one.grant("alice", "documents/1", ["read"]);
    let ask = |local| async move {
        owner(local)
            .is_authorized("alice", "documents/1", "read")
            .await
            .unwrap()
    };
    assert!(ask(&one).await && !ask(&other).await);
    // Neither is the key of one good at the other.
    let stranger = AuthressClient::builder(other.url())
        .access_key(one.owner_access_key())
        .build();
    let error = stranger
        .unwrap()
        .is_authorized("alice", "documents/1", "read")
        .await
        .unwrap_err();
    assert!(error.is_unauthenticated(), "{error}");
}
