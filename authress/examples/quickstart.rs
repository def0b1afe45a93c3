//! An authorization decision from nothing: who may do what, asked and answered over HTTP, and a token made and verified.
//!
//! `cargo run --example quickstart` starts a local Authress and runs against it. With `AUTHRESS_API_URL` and `AUTHRESS_ACCESS_KEY` set it runs
//! against that account instead, and removes what it made there. It exits with 1 when any answer is not as told.
//!
//! At the service it may take up to five minutes until a new access key is known everywhere: step 4, which uses one, may be refused until then.

use std::cell::RefCell;
use std::error::Error;
use std::net::IpAddr;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use authress::AuthressClient;
use authress::models::{AccessRecord, Client, ClientOptions, PermissionObject, Role, Statement};
use authress_local::AuthressLocal;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let setting = match Setting::from_env().await {
        Ok(setting) => setting,
        Err(error) => return complain("This could not begin", &*error),
    };
    println!("Running against {} at {}\n", setting.name(), setting.url);

    let story = Story::default();
    let mut code = match story.tell(&setting).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain("This did not go as told", &*error),
    };
    for (made, error) in story.clean_up(&setting.admin).await {
        code = complain(&format!("{made:?} could not be removed"), &error);
    }
    code
}

/// Tells a failure and its causes.
fn complain(what: &str, error: &dyn Error) -> ExitCode {
    eprintln!("\n{what}: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
    ExitCode::FAILURE
}

/// Where the story takes place.
struct Setting {
    url: String,
    admin: AuthressClient,
    /// The local server, which lives as long as this; none when the account is another one.
    local: Option<AuthressLocal>,
}

impl Setting {
    async fn from_env() -> Outcome<Self> {
        // Set but empty is as good as not set.
        let [url, access_key] = ["AUTHRESS_API_URL", "AUTHRESS_ACCESS_KEY"]
            .map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
        let (url, access_key, local) = match (url, access_key) {
            (Some(url), Some(access_key)) => (url, access_key, None),
            (None, None) => {
                let local = AuthressLocal::start().await?;
                (local.url().to_owned(), local.owner_access_key().to_owned(), Some(local))
            }
            _ => return Err("set both AUTHRESS_API_URL and AUTHRESS_ACCESS_KEY, or neither".into()),
        };
        let admin = AuthressClient::builder(&url).access_key(access_key).build()?;
        Ok(Self { url, admin, local })
    }

    fn name(&self) -> &'static str {
        let uri: Option<http::Uri> = self.url.parse().ok();
        let host = uri.as_ref().and_then(http::Uri::host).unwrap_or_default();
        let address = host.trim_matches(['[', ']']).parse();
        let is_loopback = host == "localhost" || address.is_ok_and(|address: IpAddr| address.is_loopback());
        match self.local {
            Some(_) => "a local Authress",
            None if is_loopback => "the Authress of this machine",
            None => "your Authress account",
        }
    }
}

/// What was made, by its id.
#[derive(Debug)]
enum Made {
    Role(String),
    Client(String),
    Record(String),
}

/// The story, which notes what is to be removed in the end.
#[derive(Default)]
struct Story {
    made: RefCell<Vec<Made>>,
}

impl Story {
    async fn tell(&self, setting: &Setting) -> Outcome<()> {
        let admin = &setting.admin;
        // New names each time, so that nothing of an account is touched.
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        let (role_id, record_id) = (format!("ro_quickstart_{now}"), format!("rec_quickstart_{now}"));

        println!("1. A role says what may be done.");
        let read = PermissionObject::new("documents:read").allow(true);
        let role = Role::new("Quickstart reader", [read]).role_id(&role_id);
        self.note(Made::Role(role_id.clone()), admin.roles().create_role(role).await)?;
        println!("   A reader may do documents:read. This role has the id {role_id}.\n");

        println!("2. A service client is the identity of a program; an access key lets the program prove it.");
        let options = ClientOptions::new().grant_user_permissions_access(true);
        let client = Client::new().name("Quickstart service").options(options);
        let client = admin.service_clients().create_client(client).await?;
        let client_id = client.client_id.ok_or("the service gave the client no id")?;
        self.made.borrow_mut().push(Made::Client(client_id.clone()));
        let key = admin.service_clients().request_access_key(&client_id).await?;
        let access_key = key.access_key.ok_or("the service gave no access key")?;
        println!("   The service {client_id} has its key: a secret that is given out once and never printed.\n");

        println!("3. An access record gives users a role on resources.");
        let statement = Statement::new([role_id.as_str()], ["documents/42", "projects/apollo"]);
        let record = AccessRecord::new("Quickstart", [statement])
            .record_id(&record_id)
            .users(["alice"]);
        let created = admin.access_records().create_record(record).await;
        self.note(Made::Record(record_id), created)?;
        println!("   alice is a reader of documents/42 and of projects/apollo.\n");

        println!("4. The service asks, with its own key, before it serves a request.");
        let service = AuthressClient::builder(&setting.url).access_key(access_key.expose());
        let service = service.build()?;
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
            print!("   May {user} do documents:read on {resource}? {answer}");
            if allowed != expected {
                println!();
                return Err(format!("{answer} was not expected").into());
            }
            println!(": {why}");
        }

        println!("\n5. The service calls another one with a token; that one verifies it by itself.");
        let token = service.client_token().await?;
        let identity = service.verify_token(token.expose()).await?;
        if identity.user_id() != client_id {
            return Err(format!("the token is of {} instead", identity.user_id()).into());
        }
        let left = identity.expires_at().duration_since(SystemTime::now())?;
        let hours = left.as_secs().div_ceil(3600);
        println!(
            "   VERIFIED: the caller is {}, for another {hours} hours.",
            identity.user_id()
        );
        println!("\nAll answers are as told.");
        Ok(())
    }

    /// Notes what a call made; also when that is not known, as after a timeout. What was refused or not even sent was not made.
    fn note<T>(&self, made: Made, answer: Result<T, authress::Error>) -> Result<T, authress::Error> {
        let is_refusal = |error: &authress::Error| {
            let status = error.status();
            !error.was_sent() || status.is_some_and(|status| status.is_client_error())
        };
        if !answer.as_ref().is_err_and(is_refusal) {
            self.made.borrow_mut().push(made);
        }
        answer
    }

    /// Removes what was made, the last first, also after a failure; what could not be removed, and why.
    async fn clean_up(&self, admin: &AuthressClient) -> Vec<(Made, authress::Error)> {
        let mut left = Vec::new();
        for made in self.made.take().into_iter().rev() {
            let removed = match &made {
                Made::Role(id) => admin.roles().delete_role(id).await,
                Made::Client(id) => admin.service_clients().delete_client(id).await,
                Made::Record(id) => admin.access_records().delete_record(id).await,
            };
            match removed {
                Err(error) if !error.is_not_found() => left.push((made, error)),
                _ => {}
            }
        }
        left
    }
}
