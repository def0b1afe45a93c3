//! A user of yours asks for an API key: a service client of its own, which may do on `/users/{user_id}` what a role says.
//!
//! `cargo run --example api_key_for_a_user`

use std::error::Error;

use authress::models::{AccessRecord, Client, PermissionObject, Role, Statement};
use authress::{AuthressClient, Secret};
use authress_local::AuthressLocal;

/// It can go from thread to thread, as the future of a route must.
type Failure = Box<dyn Error + Send + Sync>;

/// Makes an API key. It is in this answer alone: show it to the user once, and keep it nowhere.
///
/// `user_id` comes from a token that was verified, never from a path or a body: `*` would be everybody.
///
/// The order is such that whatever happens, a request that is dropped included, nothing is left that can be used: the client can do nothing
/// without a record, the record gives access to somebody without a key, and the key, which makes both of use, comes last.
pub(crate) async fn create_api_key(authress: &AuthressClient, user_id: &str, role_id: &str) -> Result<Secret, Failure> {
    let client = Client::new().name(user_id);
    let client = authress.service_clients().create_client(client).await?;
    let client_id = client.client_id.ok_or("the service gave the client no id")?;
    // An id of our own: the record can be deleted also when the answer that would tell its id is lost.
    let record_id = format!("rec_{client_id}");

    let key = give_access_and_key(authress, &client_id, &record_id, user_id, role_id).await;
    if key.is_err() {
        take_back(authress, &client_id, &record_id).await;
    }
    key
}

async fn give_access_and_key(
    authress: &AuthressClient,
    client_id: &str,
    record_id: &str,
    user_id: &str,
    role_id: &str,
) -> Result<Secret, Failure> {
    let statement = Statement::new([role_id], [format!("/users/{user_id}")]);
    let record = AccessRecord::new("API key", [statement])
        .record_id(record_id)
        .users([client_id]);
    authress.access_records().create_record(record).await?;
    let key = authress.service_clients().request_access_key(client_id).await?;
    Ok(key.access_key.ok_or("the service gave no access key")?)
}

/// Removes what was made. Nobody has a key yet, so that what stays is of no use to anybody: one that fails does not keep the other from being tried.
///
/// Of a record that was never made the service may say 403: only who may change all records is told that it is not there.
async fn take_back(authress: &AuthressClient, client_id: &str, record_id: &str) {
    let record = authress.access_records().delete_record(record_id).await;
    let client = authress.service_clients().delete_client(client_id).await;
    for (id, removed) in [(record_id, record), (client_id, client)] {
        match removed {
            Err(error) if !error.is_not_found() => eprintln!("{id} may be left, of no use to anybody: {error}"),
            _ => {}
        }
    }
}

/// Makes a key, uses it as the user's program does, and has one fail half-way.
pub(crate) async fn run() -> Result<(), Failure> {
    let (local, authress) = local().await?;

    let access_key = create_api_key(&authress, "alice", "ro_api").await?;
    println!("1. alice has an API key, which is not printed");

    let program = AuthressClient::builder(local.url()).access_key(access_key.expose());
    let token = program.build()?.client_token().await?;
    // Your API, with the token that the program has sent.
    let as_program = AuthressClient::builder(local.url()).build()?;
    let as_program = as_program.with_user_token(token.expose())?;
    as_program.authorize("/users/alice", "documents:read").await?;
    println!("2. alice's program may read what is alice's");
    match as_program.authorize("/users/bob", "documents:read").await {
        Err(error) if error.is_denied() => println!("3. and nothing of bob's"),
        Err(error) => return Err(error.into()),
        Ok(()) => return Err("alice's program may read what is bob's".into()),
    }

    local.faults().on("requestAccessKey")?.status(500, 1)?;
    match create_api_key(&authress, "bob", "ro_api").await {
        Err(error) => println!("4. bob gets none: {error}"),
        Ok(_) => return Err("the key could not be made".into()),
    }
    let clients = authress.service_clients().get_clients().await?.clients;
    if clients.iter().any(|client| client.name.as_deref() == Some("bob")) {
        return Err("bob's client is left".into());
    }
    println!("5. and nothing is left of it");
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    run().await
}

/// In the place of your account: a role for API keys, and your service's own client, which may make clients and give access to users' things.
pub(crate) async fn local() -> Result<(AuthressLocal, AuthressClient), Failure> {
    let local = AuthressLocal::start().await?;
    let owner = AuthressClient::builder(local.url())
        .access_key(local.owner_access_key())
        .build()?;
    let role = Role::new("API", [PermissionObject::new("documents:read").allow(true)]).role_id("ro_api");
    owner.roles().create_role(role).await?;
    let access_key = local.access_key("service")?;
    let statement = Statement::new(["Authress:Owner"], ["Authress:ServiceClients/*", "/users/*"]);
    let record = AccessRecord::new("Service", [statement]).users(["service"]);
    owner.access_records().create_record(record).await?;
    let authress = AuthressClient::builder(local.url()).access_key(access_key).build()?;
    Ok((local, authress))
}
