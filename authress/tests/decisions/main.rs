//! Decisions that are kept: for how long, for whom, shared by whom, and given up when.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the helpers of tests may, as tests may"
)]

mod batch;
mod callers;
mod events;
mod flights;
mod lives;
mod slow;
mod stale;
#[path = "../support/mod.rs"]
mod support;
mod threads;
mod writes;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use authress::bytes::Bytes;
use authress::{
    AuthressClient, CallContext, Decision, DecisionCache, DecisionCacheBuilder, DecisionSource, Error, RetryPolicy,
    Transport, TransportFuture, http,
};
use support::ticks::Ticks;
use support::{DOMAIN, access_key, answer};
use tokio::sync::Semaphore;

type Outcome = Result<http::Response<Bytes>, Error>;
type Answering = dyn Fn(&http::Request<Bytes>) -> Outcome + Send;

/// A service that answers everything in the same way, until it is told otherwise. Clones are the same service.
#[derive(Clone)]
struct Service(Arc<Inner>);

struct Inner {
    answer: Mutex<Box<Answering>>,
    /// The paths that were asked for.
    asked: Mutex<Vec<String>>,
    /// How many answers may leave.
    gate: Semaphore,
}

impl Service {
    fn answering(answer: impl Fn(&http::Request<Bytes>) -> Outcome + Send + 'static) -> Self {
        Self(Arc::new(Inner {
            answer: Mutex::new(Box::new(answer)),
            asked: Mutex::default(),
            gate: Semaphore::new(Semaphore::MAX_PERMITS),
        }))
    }

    fn status(status: u16) -> Self {
        Self::answering(move |_| Ok(answer(status, "")))
    }

    fn set(&self, answer: impl Fn(&http::Request<Bytes>) -> Outcome + Send + 'static) {
        *self.0.answer.lock().unwrap() = Box::new(answer);
    }

    fn set_status(&self, status: u16) {
        self.set(move |_| Ok(answer(status, "")));
    }

    fn is_down(&self) {
        self.set(|_| Err(Error::connect("refused")));
    }

    /// No answer leaves until one is let go.
    fn hold(&self) {
        self.0.gate.forget_permits(Semaphore::MAX_PERMITS);
    }

    fn let_go(&self, answers: usize) {
        self.0.gate.add_permits(answers);
    }

    fn count(&self) -> usize {
        self.0.asked.lock().unwrap().len()
    }

    fn paths(&self) -> Vec<String> {
        self.0.asked.lock().unwrap().clone()
    }

    /// Lets the others go on until so many requests have come.
    async fn has_been_asked(&self, times: usize) {
        while self.count() < times {
            tokio::task::yield_now().await;
        }
    }
}

impl Transport for Service {
    fn send(&self, request: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        Box::pin(async move {
            self.0.asked.lock().unwrap().push(request.uri().path().to_owned());
            // What is answered is what is true when the question comes, however long the answer takes.
            let answer = (self.0.answer.lock().unwrap())(&request);
            self.0.gate.acquire().await.unwrap().forget();
            answer
        })
    }
}

/// A client of `service` that is a service client, keeps decisions, and sends once.
fn client(service: &Service, clock: &Ticks, cache: DecisionCacheBuilder) -> AuthressClient {
    let builder = AuthressClient::builder(DOMAIN).access_key(access_key());
    let builder = builder.transport(service.clone()).clock(clock.clone());
    builder
        .retry(RetryPolicy::none())
        .decision_cache(cache)
        .build()
        .unwrap()
}

/// A runtime of its own, which stands still while nobody waits on it.
fn runtime() -> tokio::runtime::Runtime {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap()
}

fn cache() -> DecisionCacheBuilder {
    let cache = DecisionCache::builder().ttl(Duration::from_secs(60));
    cache.deny_ttl(Duration::from_secs(10))
}

async fn check(client: &AuthressClient) -> Result<Decision, Error> {
    client.check_user("user-1", "documents/42", "read").await
}

fn live(allowed: bool) -> (bool, DecisionSource) {
    (allowed, DecisionSource::Live)
}

fn cached(allowed: bool, age_millis: u64) -> (bool, DecisionSource) {
    let age = Duration::from_millis(age_millis);
    (allowed, DecisionSource::Cached { age })
}

fn stale(allowed: bool, age_millis: u64) -> (bool, DecisionSource) {
    let age = Duration::from_millis(age_millis);
    (allowed, DecisionSource::Stale { age })
}

/// A decision by its parts, which can be compared.
fn parts(decision: Result<Decision, Error>) -> (bool, DecisionSource) {
    let decision = decision.unwrap();
    (decision.allowed, decision.source)
}
