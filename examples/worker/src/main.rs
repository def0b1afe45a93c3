//! `cargo run -p worker -- --local` works on a local Authress, on jobs of alice, who may, and bob, who may not; without `--local` the settings come from
//! the environment: `AUTHRESS_API_URL` and `AUTHRESS_ACCESS_KEY`. It stops in order on Ctrl-C: the job that has begun is finished.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use authress::{AuthressClient, AuthressClientBuilder, SystemClock};
use authress_local::AuthressLocal;
use tokio::sync::mpsc;
use worker::{Job, Message, with_cache, work};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut local = None;
    let builder = if std::env::args().any(|argument| argument == "--local") {
        let authress = local.insert(AuthressLocal::start().await?);
        authress.grant("alice", "documents/*", ["documents:export"]);
        AuthressClient::builder(authress.url()).access_key(authress.owner_access_key())
    } else {
        AuthressClientBuilder::from_env()?
    };
    let authress = with_cache(builder).build()?;

    let (queue, messages) = mpsc::channel(64);
    let (outcomes, mut told) = mpsc::channel(64);
    let working = tokio::spawn(work(authress, Arc::new(SystemClock), messages, outcomes));
    tokio::spawn(async move {
        while let Some(outcome) = told.recv().await {
            println!("{outcome:?}");
        }
    });

    // In the place of a queue.
    let jobs = async move {
        for number in 1_u32.. {
            let user_id = if number % 3 == 0 { "bob" } else { "alice" };
            let job = Job {
                user_id: user_id.to_owned(),
                document: format!("documents/{number}"),
                tries: 0,
            };
            if queue.send(Message::Job(job)).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    };
    tokio::select! {
        () = jobs => {}
        stop = tokio::signal::ctrl_c() => stop?,
    }
    // The queue is closed: what is in it is worked off.
    working.await?;
    Ok(())
}
