//! An authorization decision from nothing: who may do what, asked and answered over HTTP, and a token made and verified.
//!
//! `cargo run --example quickstart` starts a local Authress and runs against it. With `AUTHRESS_API_URL` and `AUTHRESS_ACCESS_KEY` set it runs
//! against that account instead, and removes what it made there. It exits with 1 when any answer is not as told.

use std::error::Error;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use authress::AuthressClient;
use authress::models::{AccessRecord, Client, ClientOptions, PermissionObject, Role, Statement};
use authress_local::AuthressLocal;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nThis did not go as told: {error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("  because: {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Outcome<()> {
    // The local server lives as long as this variable.
    let mut local = None;
    let (url, access_key) = match (std::env::var("AUTHRESS_API_URL"), std::env::var("AUTHRESS_ACCESS_KEY")) {
        (Ok(url), Ok(access_key)) => (url, access_key),
        (Err(_), Err(_)) => {
            let server = local.insert(AuthressLocal::start().await?);
            (server.url().to_owned(), server.access_key().to_owned())
        }
        _ => return Err("set both AUTHRESS_API_URL and AUTHRESS_ACCESS_KEY, or neither".into()),
    };
    let admin = AuthressClient::builder(&url).access_key(access_key).build()?;
    let where_it_runs = if local.is_some() {
        "a local Authress"
    } else {
        "your Authress account"
    };
    println!("Running against {where_it_runs} at {url}\n");

    let story = Story::new()?;
    let told = story.tell(&admin, &url).await;
    let cleaned = story.clean_up(&admin).await;
    told.and(cleaned)
}

/// The names of what is made: new ones each time, so that nothing of an account is touched.
struct Story {
    role: String,
    client: OnceLock<String>,
    record: String,
}

impl Story {
    fn new() -> Outcome<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        Ok(Self {
            role: format!("ro_quickstart_{now}"),
            client: OnceLock::new(),
            record: format!("rec_quickstart_{now}"),
        })
    }

    async fn tell(&self, admin: &AuthressClient, url: &str) -> Outcome<()> {
        println!("1. A role says what may be done.");
        let read = PermissionObject::new("documents:read", true, false, false);
        let role = Role::new("Quickstart reader", [read]).role_id(&self.role);
        admin.roles().create_role(role).await?;
        println!("   {} allows documents:read\n", self.role);

        println!("2. A service client is an identity for a program; an access key lets the program prove it.");
        let options = ClientOptions::new().grant_user_permissions_access(true);
        let client = Client::new().name("Quickstart service").options(options);
        let client = admin.service_clients().create_client(client).await?;
        let client_id = client.client_id.ok_or("the service gave the client no id")?;
        let client_id = self.client.get_or_init(|| client_id);
        let key = admin.service_clients().request_access_key(client_id).await?;
        let access_key = key.access_key.ok_or("the service gave no access key")?;
        println!("   {client_id} has a key: {access_key:?}\n");

        println!("3. An access record gives users a role on resources.");
        let statement = Statement::new([self.role.as_str()], ["documents/42", "projects/apollo"]);
        let record = AccessRecord::new("Quickstart", [statement])
            .record_id(&self.record)
            .users(["alice"]);
        admin.access_records().create_record(record).await?;
        println!("   alice is {} on documents/42 and projects/apollo\n", self.role);

        println!("4. The service asks, with its own key, before it serves a request.");
        let service = AuthressClient::builder(url).access_key(access_key.expose()).build()?;
        for (user, resource, expected, why) in [
            ("alice", "documents/42", true, "given directly"),
            (
                "alice",
                "projects/apollo/plans/7",
                true,
                "inherited from projects/apollo",
            ),
            ("bob", "documents/42", false, "no record names bob"),
        ] {
            let allowed = service.is_authorized(user, resource, "documents:read").await?;
            let answer = if allowed { "ALLOWED" } else { "DENIED" };
            println!("   may {user} do documents:read on {resource}? {answer}: {why}");
            if allowed != expected {
                return Err(format!("{answer} was not expected").into());
            }
        }

        println!("\n5. The service calls another one with a token; that one verifies it without asking anybody.");
        let token = service.client_token().await?;
        let identity = service.verify_token(token.expose()).await?;
        let hours = identity
            .expires_at()
            .duration_since(SystemTime::now())?
            .as_secs()
            .div_ceil(3600);
        println!("   the token is of {} and good for {hours} hours", identity.user_id());
        if identity.user_id() != client_id {
            return Err("the token is of somebody else".into());
        }
        println!("\nAll answers are as told.");
        Ok(())
    }

    /// Removes what was made, also after a failure; the first failure to remove is told.
    async fn clean_up(&self, admin: &AuthressClient) -> Outcome<()> {
        let gone = |result: Result<(), authress::Error>| match result {
            Err(error) if error.is_not_found() => Ok(()),
            other => other,
        };
        let record = gone(admin.access_records().delete_record(&self.record).await);
        let client = match self.client.get() {
            Some(client_id) => gone(admin.service_clients().delete_client(client_id).await),
            None => Ok(()),
        };
        let role = gone(admin.roles().delete_role(&self.role).await);
        Ok(record.and(client).and(role)?)
    }
}
