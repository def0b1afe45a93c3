//! What the cache of keys does with a real server: how often it asks, who waits, and what becomes of bad answers.
//!
//! No test sleeps. Time is a clock that is set by hand, and the server holds its answer until the test has seen what it waited for.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of tests may, as tests may"
)]

mod answers;
mod callers;
mod floods;
mod issuers;
mod limits;
mod outage;
mod refresh;
mod rotation;
mod runtimes;
mod server;
#[path = "../support/mod.rs"]
mod support;

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use authress::{TokenVerificationReason, TokenVerifier};
use serde_json::{Value, json};
use tokio::sync::watch;

use server::{Answer, Server, keys};
use support::{ACCOUNT, CLIENT, KeyPair, NOW, OTHER, TestClock, jwk, token};

/// How long keys are used without asking again, in seconds.
const FRESH: u64 = 3_600;
/// How long keys are used when asking again fails, in seconds.
const MAX_STALENESS: u64 = 86_400;
/// How long nothing is asked for made-up key ids after the first, in seconds.
const COOL_DOWN: u64 = 60;
/// How long nothing is asked after a fetch in vain, in seconds.
const FAILURE_COOL_DOWN: u64 = 5;

/// Where the keys of the account are, and what follows the id of a client.
const JWKS: &str = "/.well-known/openid-configuration/jwks";

type Verified = Result<(), TokenVerificationReason>;

/// A verifier with the transport that is used when none is given, and the server that it asks.
struct Scene {
    server: Server,
    clock: TestClock,
    verifier: TokenVerifier,
}

impl Scene {
    /// With a server that answers so.
    fn new(answer: Answer) -> Self {
        let server = Server::new(answer);
        let clock = TestClock::at(NOW);
        let verifier = TokenVerifier::builder(server.url())
            .clock(clock.clone())
            .build()
            .unwrap();
        Self {
            server,
            clock,
            verifier,
        }
    }

    /// With a server that has the account's key, which has been fetched.
    async fn warm() -> Self {
        let scene = Self::new(keys([old_key()]));
        assert_eq!(scene.verify(&scene.old_token()).await, Ok(()));
        assert_eq!(scene.server.count(), 1);
        scene
    }

    /// A token of the account for its user, with this key id and key.
    fn token(&self, key_id: &str, key: KeyPair) -> String {
        signed(self.server.url(), "user-1", key_id, key)
    }

    fn old_token(&self) -> String {
        self.token("k-old", ACCOUNT)
    }

    fn new_token(&self) -> String {
        self.token("k-new", CLIENT)
    }

    fn newest_token(&self) -> String {
        self.token("k-newest", OTHER)
    }

    /// A token with a key id that the account never had.
    fn bogus_token(&self, number: usize) -> String {
        self.token(&format!("bogus-{number}"), OTHER)
    }

    async fn verify(&self, token: &str) -> Verified {
        within(verified(&self.verifier, token)).await
    }

    /// What comes of it without any waiting; none when it would wait.
    fn verify_at_once(&self, token: &str) -> Option<Verified> {
        at_once(verified(&self.verifier, token))
    }

    /// Starts a verification as a task of its own, which is counted as soon as it waits.
    fn spawn(&self, token: String, waiting: &watch::Sender<usize>) -> tokio::task::JoinHandle<Verified> {
        let (verifier, waiting) = (self.verifier.clone(), waiting.clone());
        tokio::spawn(async move { counted(&waiting, verified(&verifier, &token)).await })
    }
}

fn old_key() -> Value {
    jwk("k-old", ACCOUNT)
}

fn new_key() -> Value {
    jwk("k-new", CLIENT)
}

fn newest_key() -> Value {
    jwk("k-newest", OTHER)
}

fn signed(issuer: &str, subject: &str, key_id: &str, key: KeyPair) -> String {
    let header = json!({"alg": "EdDSA", "kid": key_id, "typ": "at+jwt"});
    let claims = json!({"iss": issuer, "sub": subject, "iat": NOW, "exp": NOW + 1_000_000});
    token(&header.to_string(), &claims.to_string(), key)
}

/// Verifies, and checks that the class of a refusal is that of its reason: only keys that cannot be had are unavailable.
async fn verified(verifier: &TokenVerifier, token: &str) -> Verified {
    verifier.verify(token).await.map(drop).map_err(|error| {
        let is_unavailable = error.reason() == TokenVerificationReason::KeysUnavailable;
        assert_eq!(error.is_unavailable(), is_unavailable, "{error:?}");
        assert_eq!(error.is_token_invalid(), !is_unavailable, "{error:?}");
        error.reason()
    })
}

/// What `future` gives when it is asked once; none when it waits for something.
fn at_once<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// `future`, which is counted in `waiting` once when it begins to wait.
async fn counted<F: Future>(waiting: &watch::Sender<usize>, future: F) -> F::Output {
    let mut future = pin!(future);
    let mut is_counted = false;
    poll_fn(|context| {
        let poll = future.as_mut().poll(context);
        if poll.is_pending() && !is_counted {
            is_counted = true;
            waiting.send_modify(|count| *count += 1);
        }
        poll
    })
    .await
}

/// Waits until so many wait.
async fn until(waiting: &watch::Sender<usize>, count: usize) {
    let mut waiting = waiting.subscribe();
    within(waiting.wait_for(|waiting| *waiting >= count)).await.unwrap();
}

/// `future`, which must end. The bound is for a test that would otherwise never do; nothing is measured with it.
async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(60), future).await.unwrap()
}
