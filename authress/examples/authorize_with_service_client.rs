//! A job that has no user's token asks with the access key of its service client, and names the user.
//!
//! `cargo run -p authress --example authorize_with_service_client`

use std::error::Error;

use authress::AuthressClient;
use authress::models::{AccessRecord, Statement};
use authress_local::AuthressLocal;

/// Sends the monthly report to those of `users` who may read it.
pub async fn send_report(authress: &AuthressClient, users: &[&str]) -> Result<Vec<String>, authress::Error> {
    let mut sent = Vec::new();
    for user in users {
        // `false` is the service's no. When it cannot be asked the job ends here, and nobody is taken for one who may or may not.
        if authress.is_authorized(*user, "reports/monthly", "READ").await? {
            sent.push((*user).to_owned());
        }
    }
    Ok(sent)
}

/// Runs the job, and once more with the key of a client that may not ask about others.
pub async fn run() -> Result<(), Box<dyn Error>> {
    let (local, access_key) = local().await?;
    // In a service: `AccessKey::from_env()`, or `AccessKey::from_file(..)`.
    let authress = AuthressClient::builder(local.url()).access_key(access_key).build()?;

    let sent = send_report(&authress, &["alice", "bob"]).await?;
    println!("sent to {}", sent.join(", "));
    if sent != ["alice"] {
        return Err("alice alone may read it".into());
    }

    // A key that is good, of a client that may not ask: that is an error of the job's set-up, and says nothing of alice.
    let stranger = AuthressClient::builder(local.url()).access_key(local.access_key("stranger")?);
    match send_report(&stranger.build()?, &["alice"]).await {
        Err(error) if error.is_not_permitted_to_ask() => println!("the stranger cannot ask: {error}"),
        Err(error) => return Err(error.into()),
        Ok(_) => return Err("the stranger may not ask".into()),
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    run().await
}

/// In the place of your account: a local Authress where alice may read reports, and a service client that may ask about every user.
pub async fn local() -> Result<(AuthressLocal, String), Box<dyn Error>> {
    let local = AuthressLocal::start().await?;
    local.grant("alice", "reports/*", ["READ"]);
    let access_key = local.access_key("reports-job")?;
    let asks = Statement::new(["Authress:Owner"], ["Authress:UserPermissions"]);
    let record = AccessRecord::new("The job may ask about users", [asks]).users(["reports-job"]);
    let owner = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    owner.build()?.access_records().create_record(record).await?;
    Ok((local, access_key))
}
