//! Much of everything at once: checks, tokens, writes and lists, while the server goes away and comes back, keys change, clocks are off and the way to
//! the server fails in many ways. No answer is wrong, no write is lost or doubled, and memory stays what it was.
//!
//! `AUTHRESS_SOAK_CALLS` says how many calls there are, `AUTHRESS_SOAK_SEED` from which number all that looks random is made. The same seed makes the same
//! questions and the same faults; which of them meet is for the scheduler.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod chaos;
mod checks;
mod clock;
mod memory;
mod numbers;
mod oracle;
mod programs;
mod records;
mod report;
mod rooms;
mod said;
mod server;
mod things;
mod tokens;
mod wire;
mod worker;
mod world;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use self::numbers::Numbers;
use self::report::Wrong;
use self::worker::Worker;
use self::world::{WORKERS, World};

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_no_answer_is_wrong_and_no_write_is_lost_or_doubled() {
    // The same each time, so that it fails for a change alone.
    soak(
        variable("AUTHRESS_SOAK_CALLS").unwrap_or(20_000),
        variable("AUTHRESS_SOAK_SEED").unwrap_or(1),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it takes minutes"]
async fn whatever_goes_wrong_for_a_million_calls() {
    let of_the_day = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let seed = variable("AUTHRESS_SOAK_SEED").unwrap_or_else(of_the_day);
    soak(variable("AUTHRESS_SOAK_CALLS").unwrap_or(1_000_000), seed).await;
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

async fn soak(calls: u64, seed: u64) {
    println!("AUTHRESS_SOAK_CALLS={calls} AUTHRESS_SOAK_SEED={seed}");
    let begun = Instant::now();
    let directory = tempfile::tempdir().unwrap();
    let world = Arc::new(World::new(directory.path(), &mut Numbers::stream(seed, 0)).await);
    let chaos = tokio::spawn(chaos::chaos(Arc::clone(&world), Numbers::stream(seed, 1)));
    let workers = (0..WORKERS).map(|number| {
        let numbers = Numbers::stream(seed, 2 + number as u64);
        tokio::spawn(Worker::new(&world, number, numbers).work(calls))
    });
    let workers: Vec<_> = workers.collect();
    let mut done = Vec::new();
    for worker in workers {
        done.push(worker.await.unwrap());
    }
    chaos.await.unwrap();
    let (warm, end) = (world.warm.get().copied().flatten(), memory::resident());
    settle(&world, &mut done, &mut Numbers::stream(seed, 1 << 32)).await;

    let report = &world.report;
    println!("{report}{:<23} {:>9?}", "time", begun.elapsed());
    let wrong = report.all_wrong();
    assert!(
        wrong.is_none(),
        "AUTHRESS_SOAK_SEED={seed}: {}",
        wrong.unwrap_or_default()
    );
    if let Some((warm, end)) = warm.zip(end) {
        println!("memory, warm            {warm:>9} KiB\nmemory, end             {end:>9} KiB");
        assert!(memory::is_flat(warm, end), "memory grew from {warm} to {end} KiB");
    }
    // What did not happen was not tested.
    for what in [
        "decisions, kept",
        "decisions, live",
        "decisions, stale",
        "bad tokens",
        "storms",
        "writes, done",
        "hiccups",
        "writes while asked",
        "invites, answer lost",
        "withdrawn keys refused",
        "said, yes",
        "said, nothing",
        "said, busy",
        "said, something else",
        "said, for certain",
        "said before, and used",
        "restarts",
        "crashes",
        "key rotations",
        "clock shifts",
        "writes, not sent",
        "writes, unknown",
        "way, request cut",
        "way, answer lost",
        "way, answer cut",
        "way, answer in parts",
        "way, held",
        "way, answer of its own",
    ] {
        assert!(calls < 20_000 || report.counted(what) > 0, "no {what}");
    }
}

/// Once nothing goes wrong any more: whatever nobody knew is found out, and everything is compared with what the server has.
async fn settle(world: &Arc<World>, workers: &mut [Worker], numbers: &mut Numbers) {
    world.storm_begins();
    chaos::restart(world, numbers).await;
    // The connections to the server that is gone are found out.
    for client in [&world.plain, &world.wired, &world.cached] {
        for _ in 0..WORKERS {
            let _ = client.roles().get_roles().await;
        }
    }
    world.storm_ends();
    let mut names = BTreeSet::new();
    for worker in workers.iter_mut() {
        worker.read_records().await;
        worker.list_records().await;
        worker.list_things().await;
        // Twice: what was unknown is known by now.
        worker.list_things().await;
        assert_eq!(worker.unknown_records() + worker.unknown_things(), 0);
        names.extend(worker.names_of_things().map(str::to_owned));
    }
    things_are_known(world, &names);
    workers[0].outlive_keys().await;
}

/// The server has the roles, groups and users that the workers know, and no others. Records were compared when they were listed.
fn things_are_known(world: &World, names: &BTreeSet<String>) {
    let state: serde_json::Value = serde_json::from_str(&world.server.snapshot()).unwrap();
    let found = [("roles", "name"), ("groups", "name"), ("users", "userId")]
        .into_iter()
        .flat_map(|(list, name)| {
            state[list]
                .as_array()
                .into_iter()
                .flatten()
                .map(move |thing| &thing[name])
        });
    let found: BTreeSet<String> = found
        .filter_map(serde_json::Value::as_str)
        .filter(|name| name.starts_with("thing-"))
        .map(str::to_owned)
        .collect();
    for name in found.symmetric_difference(names) {
        let (wrong, what) = if names.contains(name) {
            (Wrong::Lost, "is not")
        } else {
            (Wrong::Doubled, "is")
        };
        world
            .report
            .wrong(wrong, || format!("{name} {what} in the state of the server"));
    }
}
