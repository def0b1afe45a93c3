//! What a decision costs that is kept, beside a bare lookup in the same kind of cache.
//!
//! Both are asked with borrowed texts. What the client does more is to tell callers apart, to read the clock, and to see whether anything has happened
//! since.

use std::hash::Hash;
use std::time::Duration;

use authress::bytes::Bytes;
use authress::{AuthressClient, CallContext, DecisionCache, DecisionSource, Transport, TransportFuture, http};
use benches::{Comparison, Goal, Table};
use quick_cache::Equivalent;
use quick_cache::sync::Cache;

use crate::{ACCESS_KEY, ready};

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

fn compare(table: &mut Table, title: &'static str, count: usize, goal: Goal) {
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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(async {
        for (user, resource) in &questions {
            assert!(client.is_authorized(user, resource, "read").await.unwrap());
        }
    });
    let (user, resource) = questions.first().unwrap();
    let decision = ready(client.check_user(user, resource, "read")).unwrap();
    assert!(matches!(decision.source, DecisionSource::Cached { .. }));

    let mut turns = [0, 0, 0].map(|_: i32| questions.iter().cycle());
    let [first, second, third] = &mut turns;
    let limit = "quick_cache by borrowed texts, and the clock";
    let medians = Comparison::new(title)
        .work("quick_cache by borrowed texts", || {
            let (user, resource) = first.next().unwrap();
            bare.get(&Borrowed(user, resource, "read")).unwrap()
        })
        .work(limit, || {
            let (user, resource) = third.next().unwrap();
            (
                bare.get(&Borrowed(user, resource, "read")).unwrap(),
                std::time::SystemTime::now(),
            )
        })
        .work("is_authorized, kept", || {
            let (user, resource) = second.next().unwrap();
            ready(client.is_authorized(user, resource, "read")).unwrap()
        })
        .run();
    table.push(medians.row(title, limit, "is_authorized, kept", goal));
}

pub(crate) fn run(table: &mut Table) {
    compare(
        table,
        "a decision that is kept",
        1,
        Goal::Scaled {
            most: 80.0,
            beside: 55.0,
        },
    );
    compare(
        table,
        "10,000 decisions that are kept, in turn",
        10_000,
        Goal::Scaled {
            most: 150.0,
            beside: 87.0,
        },
    );
}
