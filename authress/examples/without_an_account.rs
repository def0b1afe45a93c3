//! No account is needed to develop and to test: a local Authress begins with what it is told, decides, says why, and fails when it is asked to.
//!
//! `cargo run -p authress --example without_an_account`; as a program of its own, for services in any language: `cargo run -p authress-local`.

use std::error::Error;

use authress::AuthressClient;
use authress_local::AuthressLocal;

/// What a test begins with; it may be a file as well, with `seed_file`.
const SEED: &str = "
roles:
  - roleId: reader
    name: Reader
    permissions: [{action: documents:read, allow: true, grant: false, delegate: false}]
records:
  - recordId: handbook
    name: The handbook is for the team
    groups: [{groupId: team}]
    statements: [{roles: [reader], resources: [{resourceUri: documents/handbook}]}]
groups:
  - {groupId: team, name: Team, users: [{userId: alice}], admins: []}
";

/// Starts a server, asks it, and has it be down.
pub async fn run() -> Result<(), Box<dyn Error>> {
    let local = AuthressLocal::builder().seed(SEED).start().await?;
    println!("listens at {}", local.url());

    // What your service would get from its settings: the URL, and the access key of the first service client.
    let authress = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    let authress = authress.build()?;
    expect(&local, &authress, "alice", true).await?;
    expect(&local, &authress, "bob", false).await?;

    // Access in one line; the record that it returns takes it back.
    let record_id = local.grant("bob", "documents/*", ["documents:read"]);
    expect(&local, &authress, "bob", true).await?;
    authress.access_records().delete_record(&record_id).await?;
    expect(&local, &authress, "bob", false).await?;

    // A user's token, as after a login.
    let as_alice = authress.with_user_token(&local.user_token("alice"))?;
    as_alice.authorize("documents/handbook", "documents:read").await?;

    // What does your service do when Authress cannot be asked?
    local.faults().on("authorizeUser")?.status(500, 100)?;
    match as_alice.authorize("documents/handbook", "documents:read").await {
        Err(error) if error.is_server_error() => println!("on a bad day: {error}"),
        Err(error) => return Err(error.into()),
        Ok(()) => return Err("nothing may be allowed without an answer".into()),
    }
    local.faults().clear();
    as_alice.authorize("documents/handbook", "documents:read").await?;
    println!("and it is over");

    local.stop().await;
    Ok(())
}

async fn expect(
    local: &AuthressLocal,
    authress: &AuthressClient,
    user: &str,
    expected: bool,
) -> Result<(), Box<dyn Error>> {
    let (resource, permission) = ("documents/handbook", "documents:read");
    let allowed = authress.is_authorized(user, resource, permission).await?;
    println!("{}", local.explain(user, resource, permission));
    if allowed == expected {
        return Ok(());
    }
    Err(format!("the answer for {user} is {allowed}").into())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    run().await
}
