//! Seeds and data files of the local server.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::fs;

use authress::AuthressClient;
use authress::models::{AccessRecord, Client, Group, PermissionObject, Role, Statement};
use authress_local::{AuthressLocal, SeedFormat};
use tests::{as_user, owner};

/// A server with something of everything.
async fn furnished() -> AuthressLocal {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let read = PermissionObject::new("documents:read").allow(true);
    client
        .roles()
        .create_role(Role::new("Reader: \"all\", or 'none'", [read]).role_id("ro_reader"))
        .await
        .unwrap();
    client
        .groups()
        .create_group(Group::new("#team\nof two", ["bob"], ["alice"]).group_id("team"))
        .await
        .unwrap();
    let statement = || Statement::new(["ro_reader"], ["documents/*"]);
    for (id, record) in [
        ("yes", AccessRecord::new("true", [statement()]).users(["alice"])),
        ("1e3", AccessRecord::new("2026-01-01", [statement()]).groups(["team"])),
        ("gone", AccessRecord::new("~", [statement()]).users(["carol"])),
    ] {
        client
            .access_records()
            .create_record(record.record_id(id))
            .await
            .unwrap();
    }
    client.access_records().delete_record("gone").await.unwrap();
    let service = client
        .service_clients()
        .create_client(Client::new().name("Service"))
        .await
        .unwrap();
    client
        .service_clients()
        .request_access_key(service.client_id.unwrap())
        .await
        .unwrap();
    local.grant("dave", "projects/1", ["read"]);
    local
}

async fn decisions(local: &AuthressLocal) -> Vec<bool> {
    let client = owner(local);
    let mut all = Vec::new();
    for user in ["alice", "bob", "carol", "dave"] {
        for resource in ["documents/1", "projects/1"] {
            for action in ["documents:read", "read"] {
                all.push(client.is_authorized(user, resource, action).await.unwrap());
            }
        }
    }
    all
}

#[tokio::test]
async fn a_snapshot_starts_a_server_that_decides_the_same_and_gives_the_same_bytes() {
    let local = furnished().await;
    let expected = decisions(&local).await;
    assert!(expected.contains(&true) && expected.contains(&false));
    for format in [SeedFormat::Yaml, SeedFormat::Json] {
        let text = local.snapshot(format).unwrap();
        let again = AuthressLocal::builder().seed(&text).start().await.unwrap();
        assert_eq!(decisions(&again).await, expected, "{text}");
        assert_eq!(again.snapshot(format).unwrap(), text);
        assert!(
            !text.contains(local.owner_access_key()) && !text.contains(local.url()),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_seed_that_people_write_needs_no_more_than_what_decides() {
    let seed = "
roles:
  - roleId: reader
    name: Reader
    permissions: [{action: read, allow: true, grant: false, delegate: false}]
records:
  - recordId: everybody
    name: Documents
    users: [{userId: alice}]
    statements:
      - roles: [reader]
        resources: [{resourceUri: documents/*}]
";
    let local = AuthressLocal::builder().seed(seed).start().await.unwrap();
    let alice = as_user(&local, "alice");
    alice.authorize("documents/1", "read").await.unwrap();
    assert!(alice.authorize("documents/1", "write").await.unwrap_err().is_denied());
    let record = owner(&local).access_records().get_record("everybody").await.unwrap();
    assert!(record.last_updated.is_some() && record.links.is_some());
}

#[tokio::test]
async fn a_seed_with_a_mistake_stops_the_start_and_says_where_it_is() {
    for (seed, expected) in [
        ("roles: [{roleId: r}]", "missing field `name`"),
        ("rolls: []", "unknown field `rolls`"),
        (
            "records: [{recordId: a, name: n, user: [], statements: []}]",
            "records[0].user: is not known",
        ),
        (
            "groups: [{groupId: g, name: n, admins: [], users: [{userId: a, usrId: b}]}]",
            "groups[0].users[0].usrId: is not known",
        ),
        ("records: [{recordId: a, name: n}]", "missing field `statements`"),
        ("roles: [", "the seed"),
        ("records: 5", "the seed"),
        ("roles: [{name: n, permissions: []}]", "roles[0].roleId: is missing"),
    ] {
        let error = AuthressLocal::builder()
            .seed(seed)
            .start()
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{error}");
    }
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("seed.json");
    fs::write(&path, r#"{"roles": [{"roleId": "r", "name": 5}]}"#).unwrap();
    let error = AuthressLocal::builder()
        .seed_file(&path)
        .start()
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("seed.json: roles[0].name: invalid type"), "{error}");
    let error = AuthressLocal::builder()
        .seed_file(directory.path().join("none"))
        .start()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("none cannot be read"), "{error}");
}

#[tokio::test]
async fn a_server_goes_on_with_its_data_file_its_keys_and_its_access_key_included() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("data.json");
    let start = || {
        AuthressLocal::builder()
            .data_file(&path)
            .seed("roles: [{roleId: seeded, name: n, permissions: []}]")
            .start()
    };
    let local = start().await.unwrap();
    let (access_key, token) = (local.owner_access_key().to_owned(), local.user_token("alice"));
    let client = owner(&local);
    client.roles().get_role("seeded").await.unwrap();
    client.roles().delete_role("seeded").await.unwrap();
    local.grant("alice", "documents/1", ["read"]);
    // What was acknowledged is in the file while the server runs: the next one must not need a good end of this one.
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains("seeded"));
    local.stop().await;

    let again = start().await.unwrap();
    assert_eq!(again.owner_access_key(), access_key);
    assert!(
        owner(&again)
            .is_authorized("alice", "documents/1", "read")
            .await
            .unwrap()
    );
    assert!(
        owner(&again)
            .roles()
            .get_role("seeded")
            .await
            .unwrap_err()
            .is_not_found()
    );
    // Another port is another issuer, so an old token is not taken; the key is the same.
    let jwks = |token: &str| token.split('.').next().unwrap().to_owned();
    assert_eq!(jwks(&token), jwks(&again.user_token("alice")));
}

#[tokio::test]
async fn a_damaged_data_file_stops_the_start_and_is_left_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("data.json");
    AuthressLocal::builder()
        .data_file(&path)
        .start()
        .await
        .unwrap()
        .stop()
        .await;
    let good = fs::read_to_string(&path).unwrap();
    for bad in [&good[..good.len() - 1], "", "{}", &good.replace("sc_owner", "sc_ownex")] {
        fs::write(&path, bad).unwrap();
        let error = AuthressLocal::builder()
            .data_file(&path)
            .start()
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains("is left as it is"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), bad);
    }
}

#[tokio::test]
async fn a_data_file_belongs_to_one_server_at_a_time() {
    let directory = tempfile::tempdir().unwrap();
    let start = || {
        AuthressLocal::builder()
            .data_file(directory.path().join("data.json"))
            .start()
    };
    let first = start().await.unwrap();
    let error = start().await.unwrap_err().to_string();
    assert!(error.contains("belongs to a server that is running"), "{error}");
    first.stop().await;
    start().await.unwrap();
}

#[tokio::test]
async fn a_change_that_cannot_be_saved_is_not_acknowledged() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("data.json");
    let local = AuthressLocal::builder().data_file(&path).start().await.unwrap();
    let client: AuthressClient = owner(&local);
    // A directory in the place of the file to be written beside it.
    fs::create_dir(directory.path().join("data.json.tmp")).unwrap();
    let role = Role::new("n", [] as [PermissionObject; 0]);
    let error = client
        .roles()
        .create_role(role.clone().role_id("one"))
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 500);
    fs::remove_dir(directory.path().join("data.json.tmp")).unwrap();
    client.roles().create_role(role.role_id("two")).await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_login_is_acknowledged_when_its_user_is_in_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let builder = AuthressLocal::builder()
        .permissive(true)
        .data_file(data.join("data.json"));
    let local = builder.start().await.unwrap();
    std::fs::remove_dir_all(&data).unwrap();
    let answer = tests::raw_request(
        local.address(),
        "POST",
        "/api/authentication",
        "",
        r#"{"userId": "alice"}"#,
    )
    .await;
    // Now it cannot be there.
    assert_eq!(answer.unwrap().status, 500);
}
