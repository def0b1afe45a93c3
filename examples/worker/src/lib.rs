//! A background worker. Jobs come from a queue; before it does one, it asks whether the user who wants it may have it done.
//!
//! A job that is denied is never done. One of which nobody can say is tried again a few times, and then told as given up, for whoever owns the queue to put
//! back. In an outage, for ten minutes at most, what was known of a user before counts.

use std::sync::Arc;
use std::time::Duration;

use authress::{AccessChanged, AuthressClient, AuthressClientBuilder, Clock, DecisionCache};
use tokio::sync::mpsc;

/// What somebody wants to have done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Who wants it. Whoever put the job into the queue has verified that.
    pub user_id: String,
    /// With what.
    pub document: String,
    /// How often it was tried.
    pub tries: u32,
}

/// What comes from the queues.
#[derive(Debug)]
pub enum Message {
    /// A job.
    Job(Job),
    /// An event of the service: somebody's access has changed.
    AccessChanged(AccessChanged),
}

/// What became of a job.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done(Job),
    /// The user may not have it done.
    Denied(Job),
    /// Nobody could say, time and again.
    GivenUp(Job),
}

/// How often a job is tried.
pub const MOST_TRIES: u32 = 5;
/// How long a job waits for its next try.
pub const PAUSE: Duration = Duration::from_secs(1);

/// What the worker's client has: decisions that carry it through an outage for ten minutes.
pub fn with_cache(builder: AuthressClientBuilder) -> AuthressClientBuilder {
    let minute = Duration::from_secs(60);
    builder.decision_cache(DecisionCache::builder().ttl(minute).stale_if_unavailable(10 * minute))
}

/// Does jobs, one after another, until the queue ends; what becomes of each is told to `outcomes`.
pub async fn work(
    authress: AuthressClient,
    clock: Arc<dyn Clock>,
    mut messages: mpsc::Receiver<Message>,
    outcomes: mpsc::Sender<Outcome>,
) {
    while let Some(message) = messages.recv().await {
        let job = match message {
            Message::Job(job) => job,
            Message::AccessChanged(event) => {
                // In its turn, and not when the decisions about this user have outlived their life. What must be sooner has a queue of its own.
                if let Some(cache) = authress.decision_cache() {
                    cache.apply(&event);
                }
                continue;
            }
        };
        // Whoever listened has gone; there is nobody left to work for.
        if outcomes.send(one(&authress, &*clock, job).await).await.is_err() {
            return;
        }
    }
}

async fn one(authress: &AuthressClient, clock: &dyn Clock, mut job: Job) -> Outcome {
    loop {
        job.tries += 1;
        match authress
            .is_authorized(&job.user_id, &job.document, "documents:export")
            .await
        {
            Ok(true) => {
                println!("exporting {} for {}", job.document, job.user_id);
                return Outcome::Done(job);
            }
            Ok(false) => return Outcome::Denied(job),
            Err(error) => eprintln!("{}: {error}", job.document),
        }
        if job.tries == MOST_TRIES {
            return Outcome::GivenUp(job);
        }
        clock.sleep(PAUSE).await;
    }
}
