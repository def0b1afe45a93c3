//! Pages of the local server: everything once, whatever happens between two of them.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress::AuthressClient;
use authress::models::{Client, Group, PermissionObject, Role};
use authress_local::AuthressLocal;
use serde_json::Value;
use tests::{ask_as_owner, owner};

/// The body of the answer to a request of the owner.
async fn page(local: &AuthressLocal, path: &str) -> Value {
    let answer = ask_as_owner(local, "GET", path, "").await;
    serde_json::from_str(&answer.body).unwrap()
}

/// The ids of seven roles by pages of three, and how many pages there were.
async fn role_ids_by_pages(client: &AuthressClient, after_each_page: impl AsyncFn(&str)) -> (Vec<String>, usize) {
    for number in 0..7 {
        let role = Role::new("R", [PermissionObject::new("read").allow(true)]).role_id(format!("ro_{number}"));
        client.roles().create_role(role).await.unwrap();
    }
    let (mut seen, mut cursor, mut pages) = (Vec::new(), None::<String>, 0);
    loop {
        let mut call = client.roles().get_roles().limit(3);
        if let Some(cursor) = &cursor {
            call = call.cursor(cursor);
        }
        let page = call.await.unwrap();
        seen.extend(page.roles.into_iter().filter_map(|role| role.role_id));
        pages += 1;
        after_each_page(seen.last().unwrap()).await;
        cursor = page
            .pagination
            .and_then(|pagination| pagination.next)
            .and_then(|next| next.cursor);
        if cursor.is_none() {
            return (seen, pages);
        }
    }
}

#[tokio::test]
async fn pages_have_everything_once() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let expected: Vec<String> = (0..7).map(|number| format!("ro_{number}")).collect();
    assert_eq!(role_ids_by_pages(&client, async |_| {}).await, (expected, 3));
    assert_eq!(
        client
            .roles()
            .get_roles()
            .limit(0)
            .await
            .unwrap_err()
            .status()
            .unwrap()
            .as_u16(),
        400
    );
}

#[tokio::test]
async fn a_cursor_survives_the_removal_of_what_it_points_at() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    let expected: Vec<String> = (0..7).map(|number| format!("ro_{number}")).collect();
    let remove = async |last: &str| client.roles().delete_role(last).await.unwrap();
    assert_eq!(role_ids_by_pages(&client, remove).await, (expected, 3));
}

#[tokio::test]
async fn the_links_of_a_page_keep_what_was_asked() {
    let local = AuthressLocal::start().await.unwrap();
    for number in 0..3 {
        local.grant(&format!("alice-{number}"), "a", ["read"]);
    }
    let asked = "/v1/records?status=ACTIVE&limit=2&filter=alice%2D";
    let first = page(&local, asked).await;
    assert_eq!(first["links"]["self"]["href"], format!("{}{asked}", local.url()));
    let next = first["links"]["next"]["href"].as_str().unwrap();
    let next = next.strip_prefix(local.url()).unwrap();
    assert!(next.starts_with(&format!("{asked}&cursor=")), "{next}");

    let second = page(&local, next).await;
    assert_eq!(second["links"]["self"]["href"], format!("{}{next}", local.url()));
    assert!(second["links"]["next"].is_null());
    let count = |page: &Value| page["records"].as_array().unwrap().len();
    assert_eq!((count(&first), count(&second)), (2, 1));

    // A cursor is replaced, wherever it stands.
    let cursor = first["pagination"]["next"]["cursor"].as_str().unwrap();
    let third = page(&local, &format!("/v1/records?cursor={cursor}&limit=1")).await;
    let next = third["links"]["next"]["href"].as_str().unwrap();
    assert!(
        next.contains("/v1/records?limit=1&cursor=") && !next.contains(cursor),
        "{next}"
    );
}

#[tokio::test]
async fn an_empty_collection_is_an_empty_list() {
    let local = AuthressLocal::start().await.unwrap();
    for (path, list) in [
        ("/v1/roles", "roles"),
        ("/v1/groups", "groups"),
        ("/v1/records?status=DELETED", "records"),
        ("/v1/clients?cursor=enp6", "clients"),
    ] {
        assert_eq!(page(&local, path).await[list], serde_json::json!([]), "{path}");
    }
}

#[tokio::test]
async fn records_groups_and_clients_come_in_pages_of_twenty() {
    let local = AuthressLocal::start().await.unwrap();
    let client = owner(&local);
    for number in 0..21 {
        local.grant("alice", &number.to_string(), ["read"]);
        let group = Group::new("G", ["u"], ["admin"]);
        client.groups().create_group(group).await.unwrap();
        client.service_clients().create_client(Client::new()).await.unwrap();
    }
    // The owner has a record and a client besides.
    for (list, rest) in [("records", 2), ("groups", 1), ("clients", 2)] {
        let path = format!("/v1/{list}");
        let first = page(&local, &path).await;
        assert_eq!(first[list].as_array().unwrap().len(), 20, "{list}");
        let cursor = first["pagination"]["next"]["cursor"].as_str().unwrap();
        let second = page(&local, &format!("{path}?cursor={cursor}")).await;
        assert_eq!(second[list].as_array().unwrap().len(), rest, "{list}");
        assert!(second["pagination"]["next"].is_null());
        for (limit, status) in [(20, 200), (21, 400)] {
            let answer = ask_as_owner(&local, "GET", &format!("{path}?limit={limit}"), "").await;
            assert_eq!(answer.status, status, "{list} {limit}");
        }
    }
}

/// What a list must have for a full page, made by the owner.
const MEMBERS: [(&str, &str, &str); 4] = [
    (
        "/v1/applications",
        "applications",
        r#"{"name": "A", "redirectUrls": []}"#,
    ),
    ("/v1/connections", "connections", "{}"),
    ("/v1/tenants", "tenants", r#"{"connection": {}}"#),
    ("/v1/roles", "roles", r#"{"name": "R", "permissions": []}"#),
];

#[tokio::test]
async fn roles_tenants_connections_and_applications_come_in_pages_of_a_hundred() {
    let local = AuthressLocal::start().await.unwrap();
    for (path, list, body) in MEMBERS {
        for _ in 0..101 {
            assert_eq!(ask_as_owner(&local, "POST", path, body).await.status, 201, "{path}");
        }
        let first = page(&local, path).await;
        assert_eq!(first[list].as_array().unwrap().len(), 100, "{list}");
        assert!(first["pagination"]["next"]["cursor"].is_string(), "{list}");
        for (limit, status) in [(100, 200), (101, 400)] {
            let answer = ask_as_owner(&local, "GET", &format!("{path}?limit={limit}"), "").await;
            assert_eq!(answer.status, status, "{list} {limit}");
        }
    }
}
