//! How long work took, by this process's own clock.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::Outcome;

/// What a turn took, in nanoseconds.
#[derive(Serialize)]
pub(crate) struct Spent {
    took: u128,
    /// The median of the single repetitions, where each was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    median: Option<u128>,
}

/// The whole of so many repetitions: for work that is not much longer than a look at the clock.
pub(crate) async fn whole<T>(times: usize, work: impl AsyncFn() -> Outcome<T>) -> Outcome<Spent> {
    let begun = Instant::now();
    for _ in 0..times {
        black_box(work().await?);
    }
    Ok(Spent {
        took: begun.elapsed().as_nanos(),
        median: None,
    })
}

/// Each of so many repetitions.
pub(crate) async fn each<T>(times: usize, work: impl AsyncFn() -> Outcome<T>) -> Outcome<Spent> {
    let mut single = Vec::with_capacity(times);
    let begun = Instant::now();
    let mut last = begun;
    for _ in 0..times {
        black_box(work().await?);
        let now = Instant::now();
        single.push(now - last);
        last = now;
    }
    let took = begun.elapsed().as_nanos();
    single.sort_unstable();
    let median = single.get(times / 2).map(Duration::as_nanos);
    Ok(Spent { took, median })
}

/// What this takes by itself.
pub(crate) async fn all(work: impl Future<Output = Outcome<()>>) -> Outcome<Spent> {
    let begun = Instant::now();
    work.await?;
    Ok(Spent {
        took: begun.elapsed().as_nanos(),
        median: None,
    })
}
