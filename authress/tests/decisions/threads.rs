//! Decisions while many threads ask, and what is true changes between them.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use authress::AccessChanged;
use tokio::task::{JoinSet, yield_now};

use super::*;

const USERS: [&str; 3] = ["user-1", "user-2", "user-3"];
/// How many decisions that were not kept are compared with what is true, besides those that were.
const ENOUGH: usize = 5_000;

/// What is true of one user: odd while it changes, or is not yet given up.
#[derive(Default)]
struct Truth {
    version: AtomicU64,
    allowed: AtomicBool,
}

/// A service that answers early and late, and now and then not at all. Clones are the same service.
#[derive(Clone, Default)]
struct Restless(Arc<Inside>);

#[derive(Default)]
struct Inside {
    truths: [Truth; USERS.len()],
    requests: AtomicU64,
}

impl Restless {
    fn truth(&self, path: &str) -> &Truth {
        let user = USERS.iter().position(|user| path.contains(user)).unwrap();
        &self.0.truths[user]
    }
}

impl Transport for Restless {
    fn send(&self, request: http::Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        Box::pin(async move {
            let dice = spread(self.0.requests.fetch_add(1, Ordering::Relaxed));
            for _ in 0..dice % 4 {
                yield_now().await;
            }
            if request.method() != http::Method::GET {
                return Ok(answer(204, ""));
            }
            let allowed = self.truth(request.uri().path()).allowed.load(Ordering::SeqCst);
            for _ in 0..dice / 4 % 32 {
                yield_now().await;
            }
            match dice / 128 % 8 {
                0 => Err(Error::connect("refused")),
                1 => Ok(answer(503, "")),
                _ if allowed => Ok(answer(200, "")),
                _ => Ok(answer(404, "")),
            }
        })
    }
}

/// A number that looks like chance, and is the same in each run.
fn spread(number: u64) -> u64 {
    let mixed = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 20
}

/// Changes what one user may do, and gives up what is kept in one of the ways there are.
async fn change(service: &Restless, client: &AuthressClient, turn: u64) {
    let user = USERS[usize::try_from(turn % 3).unwrap()];
    let truth = service.truth(user);
    truth.version.fetch_add(1, Ordering::SeqCst);
    truth.allowed.fetch_xor(true, Ordering::SeqCst);
    let cache = client.decision_cache().unwrap();
    match spread(turn) % 5 {
        0 => cache.invalidate(user),
        1 => cache.invalidate_resource("documents"),
        2 => cache.invalidate_all(),
        3 => {
            let event = format!(r#"{{"eventId":"{turn}","changes":[{{"userId":"{user}"}}]}}"#);
            assert!(cache.apply(&AccessChanged::parse(event).unwrap()));
        }
        _ => client.users().delete_user(user).await.unwrap(),
    }
    truth.version.fetch_add(1, Ordering::SeqCst);
}

/// The answer, unless whoever asks goes away before it has come.
async fn ask(client: &AuthressClient, user: &str, turn: u64) -> Option<Decision> {
    let resource = format!("documents/{}", turn % 4);
    let asking = client.check_user(user, &resource, "read");
    let patience = async {
        for _ in 0..spread(turn) % 16 {
            yield_now().await;
        }
        if !turn.is_multiple_of(3) {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        decision = asking => decision.ok(),
        () = patience => None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_thread_is_told_what_was_given_up_before_it_asked() {
    let (service, clock) = (Restless::default(), Ticks::new());
    let cache = cache().stale_if_unavailable(Duration::from_secs(600));
    let cache = cache.stale_if_slow(Duration::from_secs(1), Duration::from_secs(300));
    let builder = AuthressClient::builder(DOMAIN).access_key(access_key());
    let builder = builder.transport(service.clone()).clock(clock.clone());
    let client = builder
        .retry(RetryPolicy::none())
        .decision_cache(cache)
        .build()
        .unwrap();
    let compared = Arc::new(AtomicUsize::new(0));
    // Those that ask, and the one that changes: when one fails, all end.
    let mut tasks = JoinSet::new();
    for user in (0..12).map(|task| USERS[task % 3]) {
        let (service, client, compared) = (service.clone(), client.clone(), Arc::clone(&compared));
        tasks.spawn(async move {
            let truth = service.truth(user);
            let mut seen = [0; 3];
            for turn in 0.. {
                if compared.load(Ordering::Relaxed) >= ENOUGH {
                    break;
                }
                let before = truth.version.load(Ordering::SeqCst);
                let decision = ask(&client, user, turn).await;
                let allowed = truth.allowed.load(Ordering::SeqCst);
                let is_same = before.is_multiple_of(2) && truth.version.load(Ordering::SeqCst) == before;
                if let (Some(decision), true) = (decision, is_same) {
                    assert_eq!(decision.allowed, allowed, "{:?}", decision.source);
                    let source = match decision.source {
                        DecisionSource::Cached { .. } => 0,
                        DecisionSource::Live => 1,
                        _ => 2,
                    };
                    seen[source] += 1;
                    compared.fetch_add(source.min(1), Ordering::Relaxed);
                }
                yield_now().await;
            }
            seen
        });
    }
    tasks.spawn(async move {
        for turn in 0.. {
            if compared.load(Ordering::Relaxed) >= ENOUGH {
                break;
            }
            change(&service, &client, turn).await;
            // So that some questions are of a time without a change.
            for _ in 0..spread(turn) % 8 {
                clock.advance(5_000);
                yield_now().await;
            }
        }
        [0; 3]
    });
    let mut seen = [0; 3];
    while let Some(of_task) = tasks.join_next().await {
        seen.iter_mut().zip(of_task.unwrap()).for_each(|(all, one)| *all += one);
    }
    assert!(seen[0] > 0 && seen[1] + seen[2] >= ENOUGH, "{seen:?}");
}
