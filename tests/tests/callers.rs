//! Who may call what, and whose tokens are taken, on the local server.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use authress::models::{
    AccessRecord, Client, ClientAccessKey, ClientOptions, Group, LinkedGroup, PermissionObject, Role, Statement,
};
use authress::{AuthressClient, Error};
use authress_local::AuthressLocal;
use tests::{as_user, owner};

fn status(error: &Error) -> u16 {
    error.status().unwrap().as_u16()
}

#[tokio::test]
async fn a_user_may_ask_about_themself_and_about_others_only_with_the_permission() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/1", ["read"]);
    let alice = as_user(&local, "alice");
    alice.authorize("documents/1", "read").await.unwrap();
    assert!(alice.authorize("documents/2", "read").await.unwrap_err().is_denied());

    let bob = as_user(&local, "bob");
    let error = bob.is_authorized("alice", "documents/1", "read").await.unwrap_err();
    assert!(error.is_not_permitted_to_ask() && !error.is_denied(), "{error}");
    local.grant("bob", "Authress:UserPermissions/alice", ["READ"]);
    assert!(bob.is_authorized("alice", "documents/1", "read").await.unwrap());
    assert!(bob.is_authorized("carol", "documents/1", "read").await.is_err());
}

#[tokio::test]
async fn a_service_client_with_the_option_may_ask_about_every_user() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/1", ["read"]);
    let owner = owner(&local);
    for (may, expected) in [(true, Some(true)), (false, None)] {
        let options = ClientOptions::new().grant_user_permissions_access(may);
        let client = owner
            .service_clients()
            .create_client(Client::new().options(options))
            .await
            .unwrap();
        let key = owner
            .service_clients()
            .request_access_key(client.client_id.unwrap())
            .await
            .unwrap();
        let service = AuthressClient::builder(local.url())
            .access_key(key.access_key.unwrap())
            .build()
            .unwrap();
        assert_eq!(
            service.is_authorized("alice", "documents/1", "read").await.ok(),
            expected
        );
    }
}

#[tokio::test]
async fn no_token_a_bad_one_and_one_of_another_account_are_401() {
    let local = AuthressLocal::start().await.unwrap();
    let other = AuthressLocal::start().await.unwrap();
    let raw = authress_api::Client::new(local.url()).unwrap();
    let none = raw.authorize_user("alice", "a", "read").await.unwrap_err();
    assert!(none.is_unauthenticated() && none.headers().unwrap().contains_key("www-authenticate"));
    let token = local.user_token("alice");
    let (signed, _) = token.rsplit_once('.').unwrap();
    let (header, rest) = token.split_once('.').unwrap();
    for bad in [
        "x".to_owned(),
        format!("{signed}."),
        format!("{signed}.AAAA"),
        format!("{header}.{}", rest.replacen('e', "f", 1)),
        other.user_token("alice"),
    ] {
        let error = raw
            .with_bearer_token(&bad)
            .unwrap()
            .authorize_user("alice", "a", "read")
            .await
            .unwrap_err();
        assert!(error.is_unauthenticated(), "{error}");
    }
    // The same keys, another port: the issuer is not this server.
    let stranger = AuthressClient::builder(local.url())
        .access_key(other.owner_access_key())
        .build()
        .unwrap();
    assert!(stranger.roles().get_roles().await.unwrap_err().is_unauthenticated());
}

#[tokio::test]
async fn a_clients_token_for_another_address_is_401() {
    let local = AuthressLocal::start().await.unwrap();
    let raw = authress_api::Client::new(local.url()).unwrap();
    for (url, taken) in [
        (local.url(), true),
        ("https://anything.authress.io", true), // becomes https://acc_local.api.authress.io, the account's name at the service
        ("https://login.example.com", false),
        ("http://127.0.0.1:1", false),
    ] {
        let elsewhere = AuthressClient::builder(url)
            .access_key(local.owner_access_key())
            .build()
            .unwrap();
        let token = elsewhere.client_token().await.unwrap();
        let answer = raw.with_bearer_token(token.expose()).unwrap().get_roles().await;
        assert_eq!(answer.is_ok(), taken, "{url}");
        assert!(answer.err().is_none_or(|error| error.is_unauthenticated()));
    }
}

#[tokio::test]
async fn a_token_ends_with_its_time() {
    let seconds = Arc::new(AtomicU64::new(1_700_000_000));
    let now = Arc::clone(&seconds);
    let clock = move || SystemTime::UNIX_EPOCH + Duration::from_secs(now.load(Ordering::SeqCst));
    let local = AuthressLocal::builder().clock(clock).start().await.unwrap();
    let alice = as_user(&local, "alice");
    assert!(alice.authorize("a", "read").await.unwrap_err().is_denied());
    seconds.fetch_add(24 * 60 * 60 - 1, Ordering::SeqCst);
    assert!(alice.authorize("a", "read").await.unwrap_err().is_denied());
    seconds.fetch_add(1, Ordering::SeqCst);
    assert!(alice.authorize("a", "read").await.unwrap_err().is_unauthenticated());
}

#[tokio::test]
async fn a_token_of_a_client_whose_clock_is_ahead_is_refused_beyond_ten_seconds() {
    // The client goes by the system's clock, the server by one that is behind it.
    for (behind, taken) in [(5, true), (60, false)] {
        let clock = move || SystemTime::now() - Duration::from_secs(behind);
        let local = AuthressLocal::builder().clock(clock).start().await.unwrap();
        let answer = owner(&local).roles().get_roles().await;
        assert_eq!(answer.is_ok(), taken, "{behind}");
        assert!(answer.err().is_none_or(|error| error.is_unauthenticated()));
    }
}

#[tokio::test]
async fn the_scheme_is_bearer_in_any_case_with_a_space_or_a_tab_after_it() {
    let local = AuthressLocal::start().await.unwrap();
    let token = local.user_token("alice");
    let path = "/v1/users/alice/resources/a/permissions/read";
    for (before, status) in [
        ("Bearer ", 404),
        ("bearer ", 404),
        ("BEARER  ", 404),
        ("Bearer\t", 404),
        ("Bearer", 401),
        ("Basic ", 401),
        ("", 401),
    ] {
        let answer = tests::raw_request(local.address(), "GET", path, &format!("{before}{token}"), "")
            .await
            .unwrap();
        assert_eq!(answer.status, status, "{before:?}");
    }
}

#[tokio::test]
async fn a_deleted_key_and_a_deleted_client_are_refused() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let clients = owner.service_clients();
    let id = clients.create_client(Client::new()).await.unwrap().client_id.unwrap();
    let service = async || {
        let key = clients.request_access_key(&id).await.unwrap();
        let client = AuthressClient::builder(local.url())
            .access_key(key.access_key.unwrap())
            .build()
            .unwrap();
        (key.key_id.unwrap(), client)
    };
    let ((first_id, first), (_, second)) = (service().await, service().await);
    let denied = |error: Error| error.is_denied();
    assert!(first.authorize_user(&id, "a", "read").await.is_err_and(denied));
    clients.delete_access_key(&id, &first_id).await.unwrap();
    assert!(
        first
            .authorize_user(&id, "a", "read")
            .await
            .unwrap_err()
            .is_unauthenticated()
    );
    assert!(second.authorize_user(&id, "a", "read").await.is_err_and(denied));
    clients.delete_client(&id).await.unwrap();
    assert!(
        second
            .authorize_user(&id, "a", "read")
            .await
            .unwrap_err()
            .is_unauthenticated()
    );
}

#[tokio::test]
async fn a_client_has_at_most_five_keys_and_an_uploaded_one_works() {
    // A key pair that belongs to nobody, its public half as it is uploaded.
    const PRIVATE: &str = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
    const PUBLIC: &str = "MCowBQYDK2VwAyEAHsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc=";
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let clients = owner.service_clients();
    let id = clients.create_client(Client::new()).await.unwrap().client_id.unwrap();

    let upload = ClientAccessKey::new().public_key(PUBLIC);
    let key = clients.request_access_key(&id).body(upload).await.unwrap();
    assert!(key.access_key.is_none());
    let key_id = key.key_id.unwrap();
    let text = format!("{id}.{key_id}.acc_local.{PRIVATE}");
    let service = AuthressClient::builder(local.url()).access_key(text).build().unwrap();
    assert!(service.authorize_user(&id, "a", "read").await.unwrap_err().is_denied());
    assert_eq!(
        service
            .verify_token(service.client_token().await.unwrap().expose())
            .await
            .unwrap()
            .user_id(),
        id
    );

    let no_key = ClientAccessKey::new().public_key("bm8gRWQyNTUxOSBrZXk=");
    assert_eq!(
        status(&clients.request_access_key(&id).body(no_key).await.unwrap_err()),
        400
    );
    for _ in 0..4 {
        clients.request_access_key(&id).await.unwrap();
    }
    assert_eq!(status(&clients.request_access_key(&id).await.unwrap_err()), 400);
    assert_eq!(
        clients.get_client(&id).await.unwrap().verification_keys.unwrap().len(),
        5
    );
}

#[tokio::test]
async fn a_service_client_is_the_same_user_under_both_of_its_names() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let clients = owner.service_clients();
    let id = clients.create_client(Client::new()).await.unwrap().client_id.unwrap();
    let alias = format!("Authress:ServiceClients/{id}");
    let key = clients.request_access_key(&id).await.unwrap().access_key.unwrap();
    let service = AuthressClient::builder(local.url()).access_key(key).build().unwrap();

    // It may ask about itself, and has what either name is given, also as the member of a group.
    let group = Group::new("Team", [alias.as_str()], ["admin"]).group_id("grp_team");
    owner.groups().create_group(group).await.unwrap();
    let through_group = AccessRecord::new("g", [Statement::new(["Authress:Owner"], ["by-group"])]);
    let through_group = through_group.groups([LinkedGroup::new("grp_team")]);
    owner.access_records().create_record(through_group).await.unwrap();
    local.grant(&alias, "by-alias", ["read"]);
    local.grant(&id, "by-id", ["read"]);
    for name in [&id, &alias] {
        for resource in ["by-group", "by-alias", "by-id"] {
            assert!(
                service.is_authorized(name, resource, "read").await.unwrap(),
                "{name} {resource}"
            );
        }
        assert!(!service.is_authorized(name, "other", "read").await.unwrap());
    }

    // It is the admin of what names it so.
    let record = AccessRecord::new("r", [Statement::new(["ro_x"], ["a"])]).record_id("rec_1");
    owner
        .access_records()
        .create_record(record.admins([alias.as_str()]))
        .await
        .unwrap();
    service.access_records().get_record("rec_1").await.unwrap();
    let group = || Group::new("Led", ["alice"], [alias.as_str()]).group_id("grp_led");
    owner.groups().create_group(group()).await.unwrap();
    service.groups().update_group("grp_led", group()).await.unwrap();

    // Who may read its permissions under one name may under the other; that reaches no user of another name.
    for (reader, held) in [("by-id", &id), ("by-alias", &alias)] {
        local.grant(reader, &format!("Authress:UserPermissions/{held}"), ["READ"]);
        let reader = as_user(&local, reader);
        for name in [&id, &alias] {
            assert!(
                reader.is_authorized(name, "by-id", "read").await.unwrap(),
                "{held} {name}"
            );
        }
        assert!(reader.is_authorized("alice", "by-id", "read").await.is_err());
    }
    local.grant(
        "all-clients",
        "Authress:UserPermissions/Authress:ServiceClients",
        ["READ"],
    );
    let reader = as_user(&local, "all-clients");
    assert!(reader.is_authorized(&id, "by-id", "read").await.unwrap());
    for user in ["alice", "Authress:ServiceClients/alice"] {
        assert!(reader.is_authorized(user, "by-id", "read").await.is_err(), "{user}");
    }
}

#[tokio::test]
async fn a_permissive_server_lets_every_good_token_manage_and_still_decides() {
    let local = AuthressLocal::builder().permissive(true).start().await.unwrap();
    let bob = as_user(&local, "bob");
    let role = Role::new("Reader", [PermissionObject::new("read").allow(true)]).role_id("ro_reader");
    bob.roles().create_role(role).await.unwrap();
    let record = AccessRecord::new("r", [Statement::new(["ro_reader"], ["a"])]).users(["alice"]);
    bob.access_records().create_record(record).await.unwrap();
    assert!(bob.is_authorized("alice", "a", "read").await.unwrap());
    assert!(!bob.is_authorized("bob", "a", "read").await.unwrap());
    let nobody = authress_api::Client::new(local.url()).unwrap();
    assert!(nobody.get_roles().await.unwrap_err().is_unauthenticated());
}
