//! Service clients of the local server: what they hold, and who may give them power.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use authress_api::models::{
    AccessRecord, Client, ClientAccessKey, ClientOptions, ClientRateLimit, ClientRateLimitDuration, PermissionObject,
    Role, Statement,
};
use authress_local::AuthressLocal;
use tests::{as_user, ask_as_owner, owner, raw_request, refusal};

#[tokio::test]
async fn a_client_is_kept_as_it_was_given_until_it_is_replaced() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let options = ClientOptions::new().grant_token_generation(true);
    let limit = ClientRateLimit::new(ClientRateLimitDuration::P1d).quota(1000);
    let given = Client::new()
        .name("Reports")
        .options(options.clone())
        .tags([("team", "a")])
        .rate_limits([limit.clone()]);
    let created = api.create_client(given).await.unwrap();
    let id = created.client_id.clone().unwrap();
    assert_eq!(created.name.as_deref(), Some("Reports"));
    assert_eq!(created.options, Some(options));
    assert_eq!(created.tags.as_ref().unwrap()["team"], "a");
    assert_eq!(created.rate_limits, Some(vec![limit]));
    assert_eq!(api.get_client(&id).await.unwrap(), created);

    let key = api.request_access_key(&id).await.unwrap().key_id.unwrap();
    let changed = api.update_client(&id, Client::new()).await.unwrap();
    assert!(changed.name.is_none() && changed.options.is_none() && changed.tags.is_none());
    assert!(changed.rate_limits.is_none());
    assert_eq!(changed.created_time, created.created_time);
    let keys = changed.verification_keys.unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].key_id, Some(key));
}

#[tokio::test]
async fn a_client_is_read_with_its_public_keys() {
    const PUBLIC: &str = "MCowBQYDK2VwAyEAHsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc=";
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let id = api.create_client(Client::new()).await.unwrap().client_id.unwrap();
    let upload = ClientAccessKey::new().public_key(PUBLIC);
    api.request_access_key(&id).body(upload).await.unwrap();
    api.request_access_key(&id).await.unwrap();
    let keys = api.get_client(&id).await.unwrap().verification_keys.unwrap();
    assert_eq!(keys[0].public_key.as_deref(), Some(PUBLIC));
    assert!(keys[1].public_key.as_ref().is_some_and(|key| key.len() == PUBLIC.len()));
    assert!(
        keys.iter()
            .all(|key| key.access_key.is_none() && key.client_secret.is_none())
    );
}

#[tokio::test]
async fn clients_are_listed_to_who_may_read_them() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let mut ids = Vec::new();
    for _ in 0..21 {
        let client = owner.api().create_client(Client::new()).await.unwrap();
        ids.push(client.client_id.unwrap());
    }
    local.grant("one", &format!("Authress:ServiceClients/{}", ids[0]), ["READ"]);
    local.grant("all", "Authress:ServiceClients", ["READ"]);
    for (user, expected) in [("one", 1), ("all", 20), ("none", 0)] {
        let clients = as_user(&local, user).api().get_clients().await.unwrap().clients;
        assert_eq!(clients.len(), expected, "{user}");
    }
}

#[tokio::test]
async fn nobody_gives_a_client_a_power_that_they_could_not_give() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let api = owner.api();
    let ask = || Client::new().options(ClientOptions::new().grant_user_permissions_access(true));
    let make = || Client::new().options(ClientOptions::new().grant_token_generation(true));
    for user in ["manager", "asker"] {
        local.grant(user, "Authress:ServiceClients", ["CREATE", "READ", "UPDATE"]);
    }
    let give = Role::new("give", [PermissionObject::new("READ").grant(true)]).role_id("ro_give");
    api.create_role(give).await.unwrap();
    let give = AccessRecord::new("give", [Statement::new(["ro_give"], ["Authress:UserPermissions"])]);
    api.create_record(give.users(["asker"])).await.unwrap();
    let plain = api.create_client(Client::new()).await.unwrap().client_id.unwrap();
    let powerful = api.create_client(make()).await.unwrap().client_id.unwrap();
    for (user, may_ask) in [("manager", false), ("asker", true)] {
        let user = as_user(&local, user);
        let user = user.api();
        for (given, may) in [(ask(), may_ask), (make(), false)] {
            let answers = [
                user.create_client(given.clone()).await,
                user.update_client(&plain, given).await,
            ];
            for answer in answers {
                assert_eq!(answer.is_ok(), may, "{answer:?}");
                assert!(may || refusal(answer) == 403);
            }
            api.update_client(&plain, Client::new()).await.unwrap();
        }
        // What is on may stay on.
        user.update_client(&powerful, make()).await.unwrap();
    }
    let kept = api.get_client(&plain).await.unwrap();
    assert!(kept.options.is_none());
}

#[tokio::test]
async fn a_client_that_has_made_as_many_calls_as_its_limit_allows_is_answered_429_until_the_window_is_over() {
    let seconds = Arc::new(AtomicU64::new(1_900_000_000));
    let now = Arc::clone(&seconds);
    let clock = move || UNIX_EPOCH + Duration::from_secs(now.load(Ordering::SeqCst));
    let local = AuthressLocal::builder().permissive(true).clock(clock);
    let local = local.start().await.unwrap();
    let admin = as_user(&local, "admin");
    let limit = ClientRateLimit::new(ClientRateLimitDuration::Pt5m).quota(100);
    let limited = || Client::new().rate_limits([limit.clone()]);
    let id = admin.api().create_client(limited()).await.unwrap().client_id.unwrap();
    let bearer = format!("Bearer {}", local.user_token(&id));
    let call = async || {
        let answer = raw_request(local.address(), "GET", "/v1/accounts", &bearer, "").await;
        answer.unwrap().status
    };
    for number in 0..100 {
        assert_eq!(call().await, 200, "{number}");
    }
    assert_eq!(call().await, 429);
    // To change the client is no way around; and nobody else is limited.
    admin.api().update_client(&id, limited()).await.unwrap();
    seconds.fetch_add(5 * 60 - 1, Ordering::SeqCst);
    assert_eq!(call().await, 429);
    seconds.fetch_add(1, Ordering::SeqCst);
    assert_eq!(call().await, 200);
}

#[tokio::test]
async fn the_first_client_and_its_record_do_not_change() {
    let local = AuthressLocal::start().await.unwrap();
    let record = r#"{"name":"R","statements":[{"roles":["r"],"resources":[{"resourceUri":"x"}]}]}"#;
    for (method, path, body) in [
        ("PUT", "/v1/clients/sc_owner", "{}"),
        ("DELETE", "/v1/clients/sc_owner", ""),
        ("POST", "/v1/clients/sc_owner/access-keys", ""),
        ("DELETE", "/v1/clients/sc_owner/access-keys/k", ""),
        ("PUT", "/v1/records/rec_owner", record),
        ("DELETE", "/v1/records/rec_owner", ""),
    ] {
        let answer = ask_as_owner(&local, method, path, body).await;
        assert_eq!(answer.status, 403, "{method} {path}: {answer:?}");
        assert!(answer.body.contains("is the server's own"), "{answer:?}");
    }
    assert!(owner(&local).is_authorized("sc_owner", "x", "read").await.unwrap());
}

#[tokio::test]
async fn the_first_client_gets_no_key_that_the_next_start_would_not_know() {
    let local = AuthressLocal::start().await.unwrap();
    let refused = local.access_key("sc_owner").unwrap_err();
    assert!(refused.to_string().contains("the server's own"), "{refused}");
    assert!(local.access_key("svc").unwrap().starts_with("svc."));
}
