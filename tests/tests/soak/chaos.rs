//! What goes wrong, and when: calm and storms by turns, each for so many calls.

use std::sync::Arc;
use std::time::Duration;

use super::numbers::Numbers;
use super::wire::Fault;
use super::world::{MAX_AGE, World};

/// Statuses with which a service refuses, and does nothing. None of them is an answer to a question.
const STATUSES: [u16; 10] = [400, 401, 403, 408, 425, 429, 500, 502, 503, 504];

/// Those of them that speak of a state which passes.
const PASSING: [u16; 6] = [408, 425, 500, 502, 503, 504];
/// Operations that are sent again when something went wrong, and are asked for by clients alone whose attempts nothing limits but their number.
const REPEATED: [&str; 3] = ["getRecord", "getUser", "getClient"];
/// Most hiccups in a row: with a connection that is found to be broken, still one less than a call has attempts.
const HICCUPS: u64 = 2;

/// How many calls a storm goes on for after nothing new goes wrong: connections that are broken are still to be found out.
const LINGERS: u64 = 150;
/// How long verifiers may remember that something went wrong, in seconds, and a little.
const REMEMBERED: u64 = 61;

/// How many kinds of things a storm is made of.
const KINDS: u64 = 12;

pub(crate) async fn chaos(world: Arc<World>, mut numbers: Numbers) {
    let mut kinds = Vec::new();
    while world.all_are_at_work() {
        let mut spared = REPEATED.to_vec();
        for _ in 0..=numbers.below(4) {
            world.calls(20 + numbers.below(60)).await;
            if !world.all_are_at_work() {
                break;
            }
            calm(&world, &mut numbers, &mut spared);
        }
        storm(&world, &mut numbers, &mut kinds).await;
    }
}

/// What happens on good days, too. The operations that are `spared` had no hiccup since the last storm.
fn calm(world: &World, numbers: &mut Numbers, spared: &mut Vec<&'static str>) {
    if !spared.is_empty() {
        let operation = spared.swap_remove(numbers.index(spared.len()));
        hiccup(world, numbers, operation);
    }
    match numbers.below(10) {
        0 => {
            world.server.rotate_keys();
            world.report.count("key rotations");
        }
        1 if numbers.chance(30) => {
            world.server.rotate_keys();
            world.server.retire_old_keys();
            world.report.count("key rotations");
            world.report.count("keys retired");
        }
        _ => pass(world, 1 + numbers.below(15)),
    }
}

/// Fewer attempts fail than a call has, so that nobody may notice.
fn hiccup(world: &World, numbers: &mut Numbers, operation: &str) {
    let faults = world.server.faults.on(operation).unwrap();
    for _ in 0..=numbers.below(HICCUPS) {
        match numbers.below(4) {
            0 => faults.drop_connection(1),
            _ => faults.status(numbers.one_of(&PASSING), 1).unwrap(),
        };
        world.report.count("hiccups");
    }
}

/// Lets time go by, for all.
fn pass(world: &World, seconds: u64) {
    world.oracle.pass(seconds);
}

/// The `kinds` that are left are those that have not had their turn since the last time that all had it.
async fn storm(world: &World, numbers: &mut Numbers, kinds: &mut Vec<u64>) {
    world.storm_begins();
    world.report.count("storms");
    let before = world.clock.seconds();
    let mut is_held = false;
    for _ in 0..=numbers.below(3) {
        if kinds.is_empty() {
            kinds.extend(0..KINDS);
        }
        match kinds.swap_remove(numbers.index(kinds.len())) {
            0..3 => restart(world, numbers).await,
            3 => {
                for _ in 0..=numbers.below(3) {
                    let times = u32::try_from(1 + numbers.below(20)).unwrap();
                    world.server.faults.status(numbers.one_of(&STATUSES), times).unwrap();
                }
            }
            4 => {
                let times = u32::try_from(1 + numbers.below(10)).unwrap();
                world.server.faults.drop_connection(times);
            }
            5 => {
                world.server.faults.latency(Duration::from_millis(1 + numbers.below(4)));
            }
            6 => {
                world.server.faults.expired_tokens(1);
            }
            7 => {
                world.server.faults.jwks_down();
            }
            8 => {
                let faults = (0..5 + numbers.below(40)).map(|_| numbers.one_of(Fault::ALL));
                world.wire.fail(faults.collect::<Vec<_>>());
            }
            9 => {
                world.wire.fail([Fault::Hold, Fault::Hold]);
                is_held = true;
            }
            10 => shift_a_clock(world, numbers),
            _ => {
                // A machine that slept, or a day without anybody.
                world.clock.lose(Duration::from_secs(60));
                pass(world, 3_600 * (1 + numbers.below(12)));
                world.report.count("clock shifts");
            }
        }
        world.calls(10 + numbers.below(60)).await;
    }
    world.server.faults.clear();
    world.wire.clear();
    world.server.set_ahead(0);
    if is_held {
        // Whoever waits for an answer that never comes waits no more.
        world.clock.lose(Duration::from_secs(60));
    }
    world.calls_that_end(LINGERS).await;
    world.oracle.set_clock(before.max(world.clock.seconds()) + REMEMBERED);
    world.calls_that_end(1).await;
    world.storm_ends();
}

/// One of the two clocks is not what it was.
fn shift_a_clock(world: &World, numbers: &mut Numbers) {
    let seconds = 1 + numbers.below(40);
    match numbers.below(3) {
        0 => world.server.set_ahead(i64::try_from(seconds).unwrap()),
        1 => world.server.set_ahead(-i64::try_from(seconds).unwrap()),
        // Both go by the one that is set back.
        _ => world.oracle.set_clock(world.clock.seconds() - seconds),
    }
    world.report.count("clock shifts");
}

/// The server goes away, in order or not, for so many calls.
pub(crate) async fn restart(world: &World, numbers: &mut Numbers) {
    let in_order = numbers.chance(50);
    world.server.stop(in_order).await;
    world.wire.close();
    // Sometimes for so long that what is kept outlives its life, or all its use.
    for _ in 0..numbers.below(3) {
        world.calls(numbers.below(40)).await;
        let longest = if numbers.chance(40) { 2 * MAX_AGE } else { 60 };
        pass(world, 1 + numbers.below(longest));
        world.calls(numbers.below(40)).await;
    }
    world.server.start_again().await;
    world.report.count(if in_order { "restarts" } else { "crashes" });
}
