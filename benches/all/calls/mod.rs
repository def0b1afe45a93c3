//! Authorization checks through the client, beside the same calls without it, in turns within one run.
//!
//! - `bare`: the call as it is written by hand, with `reqwest` as it comes, but for the limits of time and redirects that the client has.
//! - `authress`: the check through the client.
//! - `tuned`: the bare call with all that can be prepared, and no copies for repetitions: the limit, below which only another HTTP library gets.
//! - `socket`: the bytes of the request, written to a connection as they are: what the network and the server take, whatever library asks.
//! - `bare + 2 us`: the bare call after two microseconds of work, as a measure. Where the server has gone to sleep by the time it is asked, they may
//!   cost more than two, since it is the caller who wakes it.
//!
//! The runtime of the caller has one thread.

mod askers;

use std::time::{Duration, Instant};

use benches::{Goal, Row, Table};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use self::askers::{Asker, NAMES};
use crate::server::Server;

/// Calls that follow one another in a turn, and how many turns: short ones, since what the machine does meanwhile changes more than the calls differ.
const ONE_BY_ONE: u32 = 100;
const TURNS_ONE_BY_ONE: usize = 600;
/// Callers at once, the calls of each in a turn, and how many turns.
const CALLERS: u32 = 64;
const CALLS: u32 = 60;
const TURNS: usize = 60;
const ASKERS: usize = NAMES.len();

/// What a turn took: on the clock, and on the processor.
#[derive(Clone, Copy, Default)]
struct Took {
    wall: Duration,
    processor: Duration,
}

pub(crate) fn run(table: &mut Table) {
    let (_server, url) = Server::start();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(compare(table, &url));
}

async fn compare(table: &mut Table, url: &str) {
    let askers = Asker::all(url).await;
    println!("one call after another");
    let turns = in_turns(&askers, TURNS_ONE_BY_ONE, async |asker| {
        for _ in 0..ONE_BY_ONE {
            asker.ask().await;
        }
    });
    let [bare, authress, tuned, .., socket] = report(&turns.await, ONE_BY_ONE);
    // Where the system does not tell, there is nothing to put into the table.
    if bare.processor > 0.0 && authress.processor > 0.0 {
        table.push(Row::new(
            "a check over loopback, on the processor",
            "bare reqwest",
            [bare.processor, authress.processor],
            Goal::Beyond(2_000.0),
        ));
    }
    table.push(Row::new(
        "a check over loopback, one at a time",
        "bare reqwest",
        [bare.wall, authress.wall],
        Goal::Beyond(2_000.0),
    ));
    for (limit, of_limit) in [("reqwest, all prepared", tuned), ("the bytes on a socket", socket)] {
        let row = [of_limit.wall, authress.wall];
        table.push(Row::new("the same", limit, row, Goal::None));
    }

    println!("{CALLERS} callers at once");
    let turns = in_turns(&askers, TURNS, async |asker| {
        let mut callers = JoinSet::new();
        for _ in 0..CALLERS {
            let asker = asker.clone();
            callers.spawn(async move {
                for _ in 0..CALLS {
                    asker.ask().await;
                }
            });
        }
        callers.join_all().await;
    });
    let [bare, authress, tuned, .., socket] = report(&turns.await, CALLERS * CALLS);
    table.push(Row::new(
        "a check, 64 at once",
        "bare reqwest",
        [bare.wall, authress.wall],
        Goal::Throughput(0.95),
    ));
    for (limit, of_limit) in [("reqwest, all prepared", tuned), ("the bytes on a socket", socket)] {
        let row = [of_limit.wall, authress.wall];
        table.push(Row::new("the same", limit, row, Goal::None));
    }
}

/// What a call took in the end, in nanoseconds: the median on the clock, and the mean on the processor.
#[derive(Clone, Copy, Default)]
struct Call {
    wall: f64,
    processor: f64,
}

/// What the turns of each asker took. Each begins a round as often as the others, and the first round, which opens the connections, does not count.
async fn in_turns(askers: &[Asker; ASKERS], turns: usize, turn: impl AsyncFn(&Asker)) -> Vec<[Took; ASKERS]> {
    let mut rounds = Vec::new();
    for round in 0..=turns {
        let mut took = [Took::default(); ASKERS];
        for place in 0..ASKERS {
            let at = (round + place) % ASKERS;
            took[at] = measured(turn(&askers[at])).await;
        }
        rounds.push(took);
    }
    rounds.split_off(1)
}

async fn measured(turn: impl Future<Output = ()>) -> Took {
    let (processor, wall) = (on_processor(), Instant::now());
    turn.await;
    Took {
        wall: wall.elapsed(),
        processor: on_processor().saturating_sub(processor),
    }
}

/// The time that this thread has had on a processor; zero where the system does not tell.
fn on_processor() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|text| text.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// Prints, of each asker, the median time of a call, the quartiles of its throughput beside that of the bare call in the same round, and the mean
/// time on the processor: a mean, since the system tells of that in steps of some milliseconds.
fn report(rounds: &[[Took; ASKERS]], calls: u32) -> [Call; ASKERS] {
    let mean_on_processor = |at: usize| {
        let total: Duration = rounds.iter().map(|round| round[at].processor).sum();
        total.as_secs_f64() * 1e6 / f64::from(calls) / f64::from(u32::try_from(rounds.len()).unwrap())
    };
    let mut took = [Call::default(); ASKERS];
    for (at, name) in NAMES.into_iter().enumerate() {
        let wall = quartiles(
            rounds
                .iter()
                .map(|round| round[at].wall.as_secs_f64() * 1e6 / f64::from(calls)),
        );
        let ratio = quartiles(
            rounds
                .iter()
                .map(|round| round[0].wall.as_secs_f64() / round[at].wall.as_secs_f64()),
        );
        let processor = if mean_on_processor(at) == 0.0 {
            "unknown".to_owned()
        } else {
            format!(
                "{:6.2} us ({:+.2})",
                mean_on_processor(at),
                mean_on_processor(at) - mean_on_processor(0)
            )
        };
        println!(
            "  {name:<12} {:6.2} us a call, {:5.0} a second, {:.3} ({:.3} to {:.3}) of the bare; on the processor {processor}",
            wall[1],
            1e6 / wall[1],
            ratio[1],
            ratio[0],
            ratio[2],
        );
        took[at] = Call {
            wall: wall[1] * 1e3,
            processor: mean_on_processor(at) * 1e3,
        };
    }
    took
}

fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[values.len() * quarter / 4])
}
