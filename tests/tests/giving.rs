//! Who may give what to whom, and who may change what was given, on the local server.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress::models::{AccessRecord, Group, PermissionObject, Role, Statement, User};
use authress_local::AuthressLocal;
use tests::{as_user, owner};

#[tokio::test]
async fn nobody_gives_what_they_may_not_give() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    for (id, allow, grant, delegate) in [
        ("ro_do", true, false, false),
        ("ro_give", false, true, false),
        ("ro_pass_on", false, false, true),
    ] {
        let role = Role::new(
            id,
            [PermissionObject::new("documents:read")
                .allow(allow)
                .grant(grant)
                .delegate(delegate)],
        )
        .role_id(id);
        owner.roles().create_role(role).await.unwrap();
    }
    let record = |role: &str, resource: &str, user: &str| {
        AccessRecord::new(role, [Statement::new([role], [resource])]).users([user])
    };
    for (user, role) in [("doer", "ro_do"), ("giver", "ro_give"), ("passer", "ro_pass_on")] {
        owner
            .access_records()
            .create_record(record(role, "documents", user))
            .await
            .unwrap();
    }
    for (user, role, resource, may) in [
        ("doer", "ro_do", "documents/1", false),
        ("giver", "ro_do", "documents/1", true),
        ("giver", "ro_do", "documents", true),
        ("giver", "ro_do", "folders", false),
        ("giver", "ro_do", "*", false),
        ("giver", "ro_give", "documents/1", false),
        ("giver", "ro_pass_on", "documents/1", false),
        ("giver", "Authress:Owner", "documents/1", false),
        ("passer", "ro_do", "documents/1", true),
        ("passer", "ro_give", "documents/1", true),
        ("passer", "ro_pass_on", "documents/1", true),
        ("passer", "Authress:Owner", "documents/1", false),
    ] {
        let client = as_user(&local, user);
        let answer = client
            .access_records()
            .create_record(record(role, resource, "friend"))
            .await;
        match answer {
            Ok(_) => assert!(may, "{user} gave {role} on {resource}"),
            Err(error) => assert!(!may && error.is_forbidden(), "{user} {role} {resource}: {error}"),
        }
    }
}

#[tokio::test]
async fn the_creator_of_a_record_may_change_it_and_a_stranger_may_not_even_read_it() {
    let local = AuthressLocal::start().await.unwrap();
    let owned = AccessRecord::new("alice's", [Statement::new(["Authress:Owner"], ["a"])]).users(["alice"]);
    owner(&local).access_records().create_record(owned).await.unwrap();
    let record = || {
        AccessRecord::new("r", [Statement::new(["ro_unknown", "Authress:Owner"], ["a/b"])])
            .record_id("rec_1")
            .users(["carol"])
    };
    let (alice, bob) = (as_user(&local, "alice"), as_user(&local, "bob"));
    let created = alice.access_records().create_record(record()).await.unwrap().unwrap();
    assert_eq!(created.admins.unwrap()[0].user_id, "alice");
    assert!(
        bob.access_records()
            .get_record("rec_1")
            .await
            .unwrap_err()
            .is_forbidden()
    );
    assert!(
        bob.access_records()
            .update_record("rec_1", record())
            .await
            .unwrap_err()
            .is_forbidden()
    );
    assert!(
        bob.access_records()
            .delete_record("rec_1")
            .await
            .unwrap_err()
            .is_forbidden()
    );
    assert_eq!(bob.access_records().get_records().await.unwrap().records.len(), 0);
    assert_eq!(alice.access_records().get_records().await.unwrap().records.len(), 1);
    alice.access_records().update_record("rec_1", record()).await.unwrap();
    assert_eq!(
        alice
            .access_records()
            .get_record("rec_1")
            .await
            .unwrap()
            .admins
            .unwrap()[0]
            .user_id,
        "alice"
    );
}

#[tokio::test]
async fn a_role_that_is_not_there_is_given_only_by_who_may_pass_everything_on() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    for (id, action, delegate) in [
        ("ro_most", "documents", true),
        ("ro_give", "*", false),
        ("ro_all", "*", true),
    ] {
        let role = Role::new(
            id,
            [PermissionObject::new(action).allow(true).grant(true).delegate(delegate)],
        )
        .role_id(id);
        owner.roles().create_role(role).await.unwrap();
    }
    for (user, role, resource) in [
        ("most", "ro_most", "*"),
        ("giver", "ro_give", "*"),
        ("elsewhere", "ro_all", "b"),
        ("below", "ro_all", "a/b"),
        ("all", "ro_all", "a"),
    ] {
        let record = AccessRecord::new(user, [Statement::new([role], [resource])]).users([user]);
        owner.access_records().create_record(record).await.unwrap();
    }
    // Also `Authress:AuthenticateUser`, which is there, but stands for what no action does.
    for role in ["ro_later", "Authress:AuthenticateUser"] {
        for (user, may) in [
            ("nobody", false),
            ("most", false),
            ("giver", false),
            ("elsewhere", false),
            ("below", false),
            ("all", true),
        ] {
            let record = AccessRecord::new("r", [Statement::new([role], ["a"])]).users([user]);
            let answer = as_user(&local, user).access_records().create_record(record).await;
            match answer {
                Ok(_) => assert!(may, "{user} gave {role}"),
                Err(error) => assert!(!may && error.is_forbidden(), "{user} {role}: {error}"),
            }
        }
    }
    // One resource of several is enough to refuse it.
    let both = AccessRecord::new("r", [Statement::new(["ro_later"], ["a", "b"])]).users(["all"]);
    let error = as_user(&local, "all")
        .access_records()
        .create_record(both)
        .await
        .unwrap_err();
    assert!(error.is_forbidden(), "{error}");
}

#[tokio::test]
async fn a_change_of_a_record_gives_no_more_than_its_admin_may_give() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let record = |role: &str| {
        AccessRecord::new("r", [Statement::new([role], ["a"])])
            .record_id("rec_1")
            .users(["bob"])
    };
    for id in ["ro_one", "ro_two"] {
        let role = Role::new(id, [PermissionObject::new(id).allow(true)]).role_id(id);
        owner.roles().create_role(role).await.unwrap();
    }
    let give = Role::new("give", [PermissionObject::new("ro_one").grant(true)]).role_id("ro_give");
    owner.roles().create_role(give).await.unwrap();
    let gives = AccessRecord::new("g", [Statement::new(["ro_give"], ["a"])]).users(["alice"]);
    owner.access_records().create_record(gives).await.unwrap();
    owner
        .access_records()
        .create_record(record("ro_one").admins(["alice"]))
        .await
        .unwrap();

    let alice = as_user(&local, "alice");
    alice
        .access_records()
        .update_record("rec_1", record("ro_one"))
        .await
        .unwrap();
    let error = alice
        .access_records()
        .update_record("rec_1", record("ro_two"))
        .await
        .unwrap_err();
    assert!(error.is_forbidden(), "{error}");
    assert!(owner.is_authorized("bob", "a", "ro_one").await.unwrap());
    assert!(!owner.is_authorized("bob", "a", "ro_two").await.unwrap());
}

#[tokio::test]
async fn a_role_that_gives_nothing_yet_is_given_only_by_who_may_pass_everything_on() {
    let local = AuthressLocal::start().await.unwrap();
    let roles = owner(&local);
    let none = Vec::<PermissionObject>::new();
    for (id, permissions) in [("ro_empty", none), ("ro_flagless", vec![PermissionObject::new("read")])] {
        let role = Role::new(id, permissions).role_id(id);
        roles.roles().create_role(role).await.unwrap();
        let record = || AccessRecord::new("r", [Statement::new([id], ["*"])]).users(["alice"]);
        let refused = as_user(&local, "alice").access_records().create_record(record()).await;
        assert!(refused.unwrap_err().is_forbidden(), "{id}");
        owner(&local).access_records().create_record(record()).await.unwrap();
    }
}

#[tokio::test]
async fn a_group_that_is_made_again_is_made_only_by_who_may_give_what_records_give_to_it() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    local.grant("mallory", "Authress:Groups", ["CREATE"]);
    let none = || Vec::<User>::new();
    let group = |id: &str, user: &str| Group::new("G", [user], none()).group_id(id);
    let record = AccessRecord::new("r", [Statement::new(["Authress:Owner"], ["*"])]).groups(["grp_ops"]);
    owner.access_records().create_record(record).await.unwrap();
    owner.groups().create_group(group("grp_ops", "bob")).await.unwrap();
    owner.groups().delete_group("grp_ops").await.unwrap();

    let mallory = as_user(&local, "mallory");
    let refused = mallory
        .groups()
        .create_group(group("grp_ops", "mallory"))
        .await
        .unwrap_err();
    assert!(refused.is_forbidden());
    assert!(!owner.is_authorized("mallory", "anything", "delete").await.unwrap());
    mallory
        .groups()
        .create_group(group("grp_new", "mallory"))
        .await
        .unwrap();
    owner.groups().create_group(group("grp_ops", "mallory")).await.unwrap();
    assert!(owner.is_authorized("mallory", "anything", "delete").await.unwrap());
}

#[tokio::test]
async fn a_role_that_is_made_again_is_made_only_by_who_may_give_everything_where_records_name_it() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    local.grant("mallory", "Authress:Roles", ["CREATE"]);
    let role = |id: &str, action: &str| {
        Role::new(
            id,
            [PermissionObject::new(action).allow(true).grant(true).delegate(true)],
        )
        .role_id(id)
    };
    owner
        .roles()
        .create_role(role("ro_old", "documents:read"))
        .await
        .unwrap();
    let record = AccessRecord::new("r", [Statement::new(["ro_old"], ["*"])]).users(["mallory"]);
    owner.access_records().create_record(record).await.unwrap();
    owner.roles().delete_role("ro_old").await.unwrap();

    let mallory = as_user(&local, "mallory");
    let refused = mallory.roles().create_role(role("ro_old", "*")).await.unwrap_err();
    assert!(refused.is_forbidden());
    assert!(!owner.is_authorized("mallory", "anything", "delete").await.unwrap());
    mallory.roles().create_role(role("ro_new", "*")).await.unwrap();
    owner.roles().create_role(role("ro_old", "*")).await.unwrap();
    assert!(owner.is_authorized("mallory", "anything", "delete").await.unwrap());
}

#[tokio::test]
async fn what_the_program_grants_takes_nobodys_role() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    for number in 0..5 {
        let id = format!("ro_grant_{number}");
        let role = Role::new("R", [PermissionObject::new("read").allow(true)]).role_id(&id);
        owner.roles().create_role(role).await.unwrap();
        let record = AccessRecord::new("r", [Statement::new([id], ["z"])]).users(["bob"]);
        owner.access_records().create_record(record).await.unwrap();
    }
    for _ in 0..5 {
        local.grant("carol", "z", ["delete"]);
    }
    assert!(owner.is_authorized("carol", "z", "delete").await.unwrap());
    assert!(!owner.is_authorized("bob", "z", "delete").await.unwrap());
}

#[tokio::test]
async fn a_record_at_the_limits_of_the_description_is_taken_changed_and_decided_on() {
    let local = AuthressLocal::start().await.unwrap();
    let owner = owner(&local);
    let resources = |n: usize| (0..100).map(move |m| format!("r{n}/{m}"));
    let statements = (0..20).map(|n| Statement::new(["Authress:Owner"; 100], resources(n)));
    let users = (0..1000).map(|n| format!("u{n}"));
    let record = AccessRecord::new("large", statements)
        .record_id("rec_large")
        .users(users);
    owner.access_records().create_record(record.clone()).await.unwrap();
    owner.access_records().update_record("rec_large", record).await.unwrap();
    assert!(owner.is_authorized("u999", "r19/99/x", "read").await.unwrap());
    assert!(!owner.is_authorized("u999", "r20/0", "read").await.unwrap());
}
