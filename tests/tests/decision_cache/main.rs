//! Decisions that are kept, on the local server: what users may do changes, and the service goes away and comes back.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod any_faults;
mod changes;
mod outage;

use std::time::Duration;

use authress::{AuthressClient, Decision, DecisionCache, DecisionCacheBuilder, DecisionSource, RetryPolicy};
use authress_local::AuthressLocal;
use tests::StoppedClock;

/// Where the clocks begin, in seconds since the Unix epoch.
const START: u64 = 1_700_000_000;

/// A server and a client of its owner that go by one clock.
async fn with_cache(clock: &StoppedClock, cache: DecisionCacheBuilder) -> (AuthressLocal, AuthressClient) {
    let server_clock = clock.clone();
    let local = AuthressLocal::builder().clock(move || server_clock.time());
    let local = local.start().await.unwrap();
    let client = client(&local, clock, cache);
    (local, client)
}

fn client(local: &AuthressLocal, clock: &StoppedClock, cache: DecisionCacheBuilder) -> AuthressClient {
    let builder = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    let builder = builder.clock(clock.clone()).retry(RetryPolicy::none());
    builder.decision_cache(cache).build().unwrap()
}

fn cache() -> DecisionCacheBuilder {
    let cache = DecisionCache::builder().ttl(Duration::from_secs(60));
    cache.deny_ttl(Duration::from_secs(10))
}

fn is_live(decision: Decision) -> bool {
    decision.source == DecisionSource::Live
}
