//! Gives access and takes it back: a role, access records, a group, and who may do what now.
//!
//! `cargo run --example manage_access`

use std::error::Error;

use authress::AuthressClient;
use authress::models::{AccessRecord, Group, LinkedGroup, PermissionObject, Role, Statement};
use authress_local::AuthressLocal;
use futures_util::TryStreamExt;

/// Goes through all of it; the records that it made are deleted in the end.
pub(crate) async fn manage(authress: &AuthressClient) -> Result<(), Box<dyn Error>> {
    let records = authress.access_records();

    // A role says what may be done.
    let read = PermissionObject::new("documents:read").allow(true);
    authress
        .roles()
        .create_role(Role::new("Reader", [read]).role_id("ro_reader"))
        .await?;

    // A record gives it to users, on resources and all that is below.
    let handbook = Statement::new(["ro_reader"], ["documents/handbook"]);
    let record = AccessRecord::new("Readers", [handbook.clone()])
        .record_id("readers")
        .users(["alice"]);
    records.create_record(record).await?;

    // A change is the whole record: it is read, changed, and written if nobody else has written it meanwhile.
    let add_bob = |record: &mut AccessRecord| record.users.get_or_insert_default().push("bob".into());
    records.modify_record("readers", add_bob).await?;
    check(authress, "bob", true).await?;

    // A group gets access as a user does, and whoever comes into it has it too.
    let group = Group::new("Team", ["carol"], ["alice"]).group_id("team");
    authress.groups().create_group(group).await?;
    let record = AccessRecord::new("The team reads", [handbook])
        .record_id("team-reads")
        .groups([LinkedGroup::new("team")]);
    records.create_record(record).await?;
    let groups = authress.groups();
    groups
        .modify_group("team", |group| group.users.push("dave".into()))
        .await?;
    check(authress, "dave", true).await?;

    // All records, page after page.
    let mut all = records.get_records().stream();
    while let Some(record) = all.try_next().await? {
        println!("record {}: {}", record.record_id.unwrap_or_default(), record.name);
    }

    // Who was given what at this resource, and where is it that a user may read?
    let users = authress.resource_permissions().get_resource_users("documents/handbook");
    let users: Vec<_> = users.stream().map_ok(|user| user.user_id).try_collect().await?;
    println!("users of documents/handbook: {}", users.join(", "));
    let resources = authress.user_permissions().get_user_resources("bob");
    let resources = resources.resource_uri("documents/*").permissions("documents:read");
    let resources: Vec<_> = resources.stream().map_ok(|at| at.resource_uri).try_collect().await?;
    println!("bob reads {}", resources.join(", "));
    if !users.contains(&"bob".to_owned()) || resources != ["documents/handbook"] {
        return Err("bob reads the handbook".into());
    }

    for record_id in ["readers", "team-reads"] {
        records.delete_record(record_id).await?;
    }
    for user in ["alice", "bob", "carol", "dave"] {
        check(authress, user, false).await?;
    }
    Ok(())
}

async fn check(authress: &AuthressClient, user: &str, expected: bool) -> Result<(), Box<dyn Error>> {
    let allowed = authress
        .is_authorized(user, "documents/handbook/1", "documents:read")
        .await?;
    let may = if allowed { "may" } else { "may not" };
    println!("{user} {may} read the handbook");
    if allowed == expected {
        return Ok(());
    }
    Err(format!("that is not as it should be for {user}").into())
}

/// Manages the access of a new account.
pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    let local = AuthressLocal::start().await?;
    let authress = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    manage(&authress.build()?).await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    run().await
}
