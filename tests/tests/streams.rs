//! Streams over long lists of a server, while others change the lists.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use authress::AuthressClient;
use authress::models::{PermissionObject, Role};
use authress_local::AuthressLocal;
use futures_util::TryStreamExt as _;
use tests::owner;

const ROLES: usize = 2_000;

fn role_id(number: usize) -> String {
    format!("ro_{number:04}")
}

/// A server with 2,000 roles.
async fn with_roles() -> (AuthressLocal, AuthressClient) {
    let permission = "{action: read, allow: true, grant: false, delegate: false}";
    let mut seed = "roles:\n".to_owned();
    for number in 0..ROLES {
        let id = role_id(number);
        writeln!(seed, "  - {{roleId: {id}, name: R, permissions: [{permission}]}}").unwrap();
    }
    let local = AuthressLocal::builder().seed(seed).start().await.unwrap();
    let client = owner(&local);
    (local, client)
}

async fn insert(client: &AuthressClient, id: &str) {
    let role = Role::new("New", [PermissionObject::new("read").allow(true)]).role_id(id);
    client.roles().create_role(role).await.unwrap();
}

/// How often each id comes when roles are listed while every tenth step one is removed and others are added, before and after the place where the
/// list is.
async fn seen_while_it_changes(client: &AuthressClient, read_ahead: bool) -> BTreeMap<String, usize> {
    let roles = client.roles().get_roles().limit(70).stream();
    let mut roles = if read_ahead { roles.read_ahead() } else { roles };
    let (mut seen, mut step) = (BTreeMap::new(), 0);
    while let Some(role) = roles.try_next().await.unwrap() {
        *seen.entry(role.role_id.unwrap()).or_insert(0) += 1;
        step += 1;
        if step % 10 == 0 && step < ROLES {
            // Those whose number ends in 5 are removed, from the end of the list and from its beginning by turns.
            let tens = step / 10 - 1;
            let tens = if tens % 2 == 0 {
                tens / 2
            } else {
                ROLES / 10 - 1 - tens / 2
            };
            client.roles().delete_role(role_id(tens * 10 + 5)).await.unwrap();
            insert(client, &format!("ro_{:04}_new", tens * 10 + 3)).await;
            insert(client, &format!("ro_{:04}_new", tens * 10 + 8)).await;
        }
    }
    seen
}

#[tokio::test]
async fn of_2000_items_each_that_stays_comes_once_and_none_twice_while_others_come_and_go() {
    for read_ahead in [false, true] {
        let (_local, client) = with_roles().await;
        let seen = seen_while_it_changes(&client, read_ahead).await;
        for number in (0..ROLES).filter(|number| number % 10 != 5) {
            assert_eq!(seen.get(&role_id(number)), Some(&1), "{number}");
        }
        assert!(seen.values().all(|times| *times == 1));
        // Of those that were added, the ones before the place where the list was are missed, the others come.
        let added = seen.keys().filter(|id| id.ends_with("_new")).count();
        assert!((1..ROLES / 5).contains(&added), "{added}");
    }
}

#[tokio::test]
async fn pages_go_on_at_the_cursor_of_an_earlier_stream() {
    let (_local, client) = with_roles().await;
    let roles = || client.roles().get_roles().limit(100);
    let mut pages = roles().pages();
    let mut seen = Vec::new();
    for _ in 0..7 {
        seen.extend(pages.try_next().await.unwrap().unwrap().roles);
    }
    let cursor = pages.next_cursor().unwrap();
    let rest: Vec<Role> = roles().cursor(cursor).stream().try_collect().await.unwrap();
    seen.extend(rest);
    let ids: Vec<String> = seen.into_iter().filter_map(|role| role.role_id).collect();
    assert_eq!(ids, (0..ROLES).map(role_id).collect::<Vec<_>>());
}
