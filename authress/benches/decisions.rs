//! What a decision costs that is kept, beside a bare lookup in the same kind of cache: `cargo bench -p authress --bench decisions`.
//!
//! Both are asked with borrowed texts. What the client does more is to tell callers apart, to read the clock, and to see whether anything has happened
//! since.

#![allow(clippy::unwrap_used, reason = "a benchmark")]

mod support;

use std::hash::Hash;
use std::time::Duration;

use authress::bytes::Bytes;
use authress::{AuthressClient, CallContext, DecisionCache, DecisionSource, Transport, TransportFuture, http};
use futures_util::FutureExt as _;
use quick_cache::Equivalent;
use quick_cache::sync::Cache;
use support::Comparison;

const ACCESS_KEY: &str = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";

/// A service that allows everything.
struct Yes;

impl Transport for Yes {
    fn send(&self, _: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        Box::pin(async { Ok(http::Response::new(Bytes::new())) })
    }
}

#[derive(PartialEq, Eq, Hash)]
struct Key(String, String, String);

#[derive(Hash)]
struct Borrowed<'a>(&'a str, &'a str, &'a str);

impl Equivalent<Key> for Borrowed<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.0 == key.0 && self.1 == key.1 && self.2 == key.2
    }
}

fn questions(count: usize) -> Vec<(String, String)> {
    // Not in the order in which they lie in memory.
    let question = |number| {
        let number = number * 7_919 % count;
        (format!("user-{number}"), format!("documents/{}", number * 7))
    };
    (0..count).map(question).collect()
}

fn compare(runtime: &tokio::runtime::Runtime, title: &'static str, count: usize) {
    let questions = questions(count);
    let bare = Cache::new(20_000);
    for (user, resource) in &questions {
        bare.insert(Key(user.clone(), resource.clone(), "read".to_owned()), true);
    }
    let cache = DecisionCache::builder()
        .ttl(Duration::from_secs(3_600))
        .capacity(20_000);
    let client = AuthressClient::builder("https://login.example.com")
        .access_key(ACCESS_KEY)
        .transport(Yes)
        .decision_cache(cache)
        .build()
        .unwrap();
    runtime.block_on(async {
        for (user, resource) in &questions {
            assert!(client.is_authorized(user, resource, "read").await.unwrap());
        }
    });
    let (user, resource) = questions.first().unwrap();
    let decision = client
        .check_user(user, resource, "read")
        .now_or_never()
        .unwrap()
        .unwrap();
    assert!(matches!(decision.source, DecisionSource::Cached { .. }));

    let mut turns = [0, 0, 0].map(|_: i32| questions.iter().cycle());
    let [first, second, third] = &mut turns;
    Comparison::new(title)
        .work("quick_cache, borrowed key", || {
            let (user, resource) = first.next().unwrap();
            bare.get(&Borrowed(user, resource, "read")).unwrap()
        })
        .work("is_authorized, kept", || {
            let (user, resource) = second.next().unwrap();
            client
                .is_authorized(user, resource, "read")
                .now_or_never()
                .unwrap()
                .unwrap()
        })
        .work("quick_cache, borrowed key, and the clock", || {
            let (user, resource) = third.next().unwrap();
            (
                bare.get(&Borrowed(user, resource, "read")).unwrap(),
                std::time::SystemTime::now(),
            )
        })
        .run();
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    compare(&runtime, "one question", 1);
    compare(&runtime, "10,000 questions in turn", 10_000);
}
