//! What is written on the local server: taken ids, changes that meet, deletion, and finding it again.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress::models::{AccessRecord, Group, PermissionObject, Role, Statement, User};
use authress_local::AuthressLocal;
use serde_json::Value;
use tests::{ask_as_owner, owner};

fn record() -> AccessRecord {
    AccessRecord::new("r", [Statement::new(["ro_x"], ["a"])])
        .users(["alice"])
        .record_id("rec_1")
}

#[tokio::test]
async fn an_id_that_is_taken_is_a_conflict() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    client.access_records().create_record(record()).await.unwrap();
    let error = client.access_records().create_record(record()).await.unwrap_err();
    assert!(
        error.is_conflict() && error.code() == Some("AccessRecordAlreadyExists"),
        "{error}"
    );
    let role = || Role::new("R", [PermissionObject::new("read").allow(true)]).role_id("ro_1");
    client.roles().create_role(role()).await.unwrap();
    assert!(client.roles().create_role(role()).await.unwrap_err().is_conflict());
}

#[tokio::test]
async fn the_built_in_roles_cannot_be_made_changed_or_deleted() {
    let local = AuthressLocal::start().await.unwrap();
    for id in ["Authress:Owner", "Authress:AuthenticateUser"] {
        let role = format!(r#"{{"roleId":"{id}","name":"n","permissions":[]}}"#);
        assert_eq!(
            ask_as_owner(&local, "POST", "/v1/roles", &role).await.status,
            409,
            "{id}"
        );
        let path = format!("/v1/roles/{id}");
        assert_eq!(ask_as_owner(&local, "PUT", &path, &role).await.status, 404, "{id}");
        assert_eq!(ask_as_owner(&local, "DELETE", &path, "").await.status, 404, "{id}");
    }
    local.grant("alice", "a", ["read"]);
    assert!(owner(&local).is_authorized("alice", "a", "read").await.unwrap());
}

#[tokio::test]
async fn a_deleted_record_is_read_and_made_again_but_neither_changed_nor_deleted() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let records = client.access_records();
    records.create_record(record()).await.unwrap();
    records.delete_record("rec_1").await.unwrap();
    assert!(
        records
            .update_record("rec_1", record())
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert!(records.delete_record("rec_1").await.unwrap_err().is_not_found());
    let read = records.get_record("rec_1").await.unwrap();
    assert_eq!(read.status.unwrap().as_str(), "DELETED");
    records.create_record(record()).await.unwrap();
    records.update_record("rec_1", record()).await.unwrap();
    let read = records.get_record("rec_1").await.unwrap();
    assert_eq!(read.status.unwrap().as_str(), "ACTIVE");
}

#[tokio::test]
async fn a_record_always_has_an_admin() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let records = client.access_records();
    let admins = async || {
        let record = records.get_record("rec_1").await.unwrap();
        record
            .admins
            .unwrap()
            .into_iter()
            .map(|user| user.user_id)
            .collect::<Vec<_>>()
    };
    let none = || record().admins(Vec::<User>::new());
    records.create_record(none()).await.unwrap();
    assert_eq!(admins().await, ["sc_owner"]);
    records
        .update_record("rec_1", record().admins(["alice"]))
        .await
        .unwrap();
    assert_eq!(admins().await, ["alice"]);
    for without in [none(), record()] {
        records.update_record("rec_1", without).await.unwrap();
        assert_eq!(admins().await, ["alice"]);
    }
}

#[tokio::test]
async fn records_are_found_by_status_and_by_text() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    for (id, name) in [("rec_1", "Apollo"), ("rec_2", "Gemini"), ("rec_3", "apollo 13")] {
        let record = AccessRecord::new(name, [Statement::new(["ro_x"], ["a"])]).record_id(id);
        client.access_records().create_record(record).await.unwrap();
    }
    client.access_records().delete_record("rec_3").await.unwrap();
    for (query, expected) in [
        ("", vec!["rec_1", "rec_2", "rec_owner"]),
        ("?status=ACTIVE", vec!["rec_1", "rec_2", "rec_owner"]),
        ("?status=DELETED", vec!["rec_3"]),
        ("?filter=APOLLO", vec!["rec_1"]),
        ("?filter=rec_2", vec!["rec_2"]),
        ("?status=DELETED&filter=apollo", vec!["rec_3"]),
        ("?status=DELETED&filter=gemini", vec![]),
    ] {
        let answer = ask_as_owner(&local, "GET", &format!("/v1/records{query}"), "").await;
        assert_eq!(answer.status, 200, "{query}");
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        let records = body["records"].as_array().map_or(&[][..], Vec::as_slice);
        let ids: Vec<&str> = records
            .iter()
            .filter_map(|record| record["recordId"].as_str())
            .collect();
        assert_eq!(ids, expected, "{query}");
    }
    for bad in ["bogus", "active", ""] {
        let answer = ask_as_owner(&local, "GET", &format!("/v1/records?status={bad}"), "").await;
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(answer.status, 400, "{bad}");
        assert!(
            body["title"].as_str().unwrap().starts_with("request.query.status: "),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_change_after_the_named_time_is_a_conflict_in_both_forms_of_date() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let records = client.access_records();
    let first = records
        .create_record(record())
        .await
        .unwrap()
        .unwrap()
        .last_updated
        .unwrap();
    records
        .update_record("rec_1", record())
        .if_unmodified_since(first)
        .await
        .unwrap();
    let error = records
        .update_record("rec_1", record())
        .if_unmodified_since(first)
        .await
        .unwrap_err();
    assert!(
        error.is_conflict() && error.status().unwrap().as_u16() == 412,
        "{error}"
    );

    // Other forms than the client's own are sent as they are.
    let update = async |time: &str| {
        let path = "/v1/records/rec_1";
        let call = client.request(authress::http::Method::PUT, path).json(&record());
        let sent = call.header("If-Unmodified-Since", time).send().await;
        sent.map_or_else(
            |error| error.status().unwrap().as_u16(),
            |answer| answer.status().as_u16(),
        )
    };
    let http = |time: chrono::DateTime<chrono::Utc>| time.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let now = records.get_record("rec_1").await.unwrap().last_updated.unwrap();
    assert_eq!(update(&http(now + chrono::TimeDelta::seconds(2))).await, 202);
    assert_eq!(update(&http(now - chrono::TimeDelta::seconds(2))).await, 412);
    assert_eq!(update("yesterday").await, 400);
}

#[tokio::test]
async fn a_group_that_has_changed_since_it_was_read_is_not_overwritten() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let groups = client.groups();
    let group = |user: &str| Group::new("Team", [user], ["admin"]).group_id("grp_1");
    let time = groups.create_group(group("alice")).await.unwrap().last_updated;
    groups
        .update_group("grp_1", group("bob"))
        .if_unmodified_since(time)
        .await
        .unwrap();
    let stale = groups
        .update_group("grp_1", group("carol"))
        .if_unmodified_since(time)
        .await
        .unwrap_err();
    assert_eq!(stale.status().unwrap().as_u16(), 412, "{stale}");
    assert_eq!(groups.get_group("grp_1").await.unwrap().users[0].user_id, "bob");
}

#[tokio::test]
async fn a_record_of_more_than_100_kb_is_too_large() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    // As many users as there may be, with ids of this length.
    let users = |length: usize| {
        (0..1000)
            .map(|number| User::new(format!("{number:0length$}")))
            .collect::<Vec<_>>()
    };
    let of = |length| AccessRecord::new("r", [Statement::new(["ro_x"], ["a"])]).users(users(length));
    client.access_records().create_record(of(45)).await.unwrap();
    assert!(
        client
            .access_records()
            .create_record(of(128))
            .await
            .unwrap_err()
            .is_too_large()
    );
}

#[tokio::test]
async fn a_group_of_more_than_100_kb_is_too_large() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let of = |count: usize| {
        let tags = (0..count).map(|number| (format!("{number:04}"), "x".repeat(100)));
        Group::new("Team", ["alice"], ["admin"]).group_id("grp_1").tags(tags)
    };
    let too_large = client.groups().create_group(of(1000)).await.unwrap_err();
    assert!(too_large.is_too_large());
    client.groups().create_group(of(900)).await.unwrap();
    let too_large = client.groups().update_group("grp_1", of(1000)).await.unwrap_err();
    assert!(too_large.is_too_large());
    let kept = client.groups().get_group("grp_1").await.unwrap();
    assert_eq!(kept.tags.unwrap().len(), 900);
}

#[tokio::test]
async fn records_groups_and_roles_keep_what_they_were_given() {
    let local = AuthressLocal::start().await.unwrap();
    for (path, id, body) in [
        (
            "/v1/records",
            "rec_1",
            r#"{"recordId":"rec_1","name":"R","description":"about","users":[{"userId":"u"}],"admins":[{"userId":"a"}],
                "statements":[{"roles":["ro_1"],"resources":[{"resourceUri":"x/*"}]}],"tags":{"team":"a"}}"#,
        ),
        (
            "/v1/groups",
            "grp_1",
            r#"{"groupId":"grp_1","name":"G","users":[{"userId":"u"}],"admins":[{"userId":"a"}],"tags":{"team":"a"}}"#,
        ),
        (
            "/v1/roles",
            "ro_1",
            r#"{"roleId":"ro_1","name":"R","description":"about",
                "permissions":[{"action":"read","allow":true,"grant":false,"delegate":true}]}"#,
        ),
    ] {
        assert_eq!(ask_as_owner(&local, "POST", path, body).await.status, 201, "{path}");
        let answer = ask_as_owner(&local, "GET", &format!("{path}/{id}"), "").await;
        let answer: Value = serde_json::from_str(&answer.body).unwrap();
        let given: Value = serde_json::from_str(body).unwrap();
        for (member, value) in given.as_object().unwrap() {
            assert_eq!(&answer[member], value, "{path} {member}");
        }
    }
}

#[tokio::test]
async fn the_server_says_how_much_of_the_room_for_a_record_is_taken() {
    let local = AuthressLocal::start().await.unwrap();
    let capacity = async |characters: usize| {
        let description = "x".repeat(characters);
        let body = format!(
            r#"{{"name":"R","capacity":0.9,"description":"{description}","statements":[{{"roles":["ro_1"],"resources":[{{"resourceUri":"x"}}]}}]}}"#
        );
        let created = ask_as_owner(&local, "POST", "/v1/records", &body).await;
        let created: Value = serde_json::from_str(&created.body).unwrap();
        created["capacity"].as_f64().unwrap()
    };
    let (small, large) = (capacity(0).await, capacity(1024).await);
    assert!(small > 0.0 && (large - small - 0.01).abs() < 0.000_1, "{small} {large}");
}
