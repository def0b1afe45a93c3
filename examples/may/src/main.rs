//! May somebody do something? `may user-1 documents:read documents/42` answers with its exit code: 0 for yes, 1 for no, and 2 when it could not ask.
//!
//! The access key comes from a file or from the environment, since what stands in a command can be seen by everybody on the machine.

use std::path::PathBuf;
use std::process::ExitCode;

use authress::{AccessKey, AuthressClient};
use authress_local::AuthressLocal;
use clap::Parser;

#[derive(Parser)]
struct Question {
    /// Who.
    user: String,
    /// What.
    permission: String,
    /// With what.
    resource: String,
    /// The URL of the account.
    #[arg(long, env = "AUTHRESS_API_URL", required_unless_present = "local")]
    url: Option<String>,
    /// The file with the access key; without it, the variable `AUTHRESS_ACCESS_KEY`.
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Ask a local Authress, in which alice may do everything with documents.
    #[arg(long)]
    local: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let question = match Question::try_parse() {
        Ok(question) => question,
        // Also when it was help that was asked for: nothing but a yes is 0, whatever a user is called.
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(2);
        }
    };
    match answer(&question).await {
        Ok(true) => {
            println!("yes");
            ExitCode::SUCCESS
        }
        Ok(false) => {
            println!("no");
            ExitCode::from(1)
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

async fn answer(question: &Question) -> Result<bool, Box<dyn std::error::Error>> {
    let local;
    let client = if question.local {
        local = AuthressLocal::start().await?;
        local.grant("alice", "documents", ["*"]);
        local.client()?
    } else {
        client(question)?
    };
    let answer = client.is_authorized(&question.user, &question.resource, &question.permission);
    Ok(answer.await?)
}

fn client(question: &Question) -> Result<AuthressClient, Box<dyn std::error::Error>> {
    let key = match &question.key_file {
        Some(file) => AccessKey::from_file(file)?,
        None => AccessKey::from_env()?,
    };
    let url = question.url.clone().unwrap_or_default();
    Ok(AuthressClient::builder(url).access_key(key).build()?)
}
