//! The engine: a check with 10,000, 100,000 and 1,000,000 records, the time and memory of the index, and changes to it.
//!
//! With a million records a check is made of waiting for memory: so one read that has to wait is measured too. It takes less with large pages,
//! which the allocator of glibc asks for with `GLIBC_TUNABLES=glibc.malloc.hugetlb=1`.

mod world;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use authress_local::bench::BenchEngine;
use benches::{Goal, Row, Table};

use self::world::{Numbers, QUESTIONS, Question, Questions, ROLES, Record, World, put as put_record};

/// Checks between two looks at the clock.
const BATCH: usize = 100;
const ROUNDS: usize = 20;

/// The medians of what one call takes, in nanoseconds: each piece of work is done `calls` times without a clock and then `calls` times with
/// one that is looked at after each `batch`, in turns within one run.
fn medians<const N: usize>(mut work: [&mut dyn FnMut(usize); N], batch: usize, calls: usize) -> [f64; N] {
    let mut samples: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
    for _ in 0..ROUNDS {
        for (work, samples) in work.iter_mut().zip(&mut samples) {
            (0..calls).for_each(&mut **work);
            for first in (0..calls).step_by(batch) {
                samples.push(nanoseconds(batch, || (first..first + batch).for_each(&mut **work)));
            }
        }
    }
    samples.map(median)
}

/// What each of `times` takes of the time of `work`.
fn nanoseconds(times: usize, work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e9 / f64::from(u32::try_from(times).unwrap())
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

/// What one read takes that has to wait for the one before, when as much memory is looked at as by the questions to a million records.
fn waiting_read() -> f64 {
    /// Numbers in a line of memory; lines in half a gibibyte; lines that are read.
    const LINE: usize = 8;
    const LINES: usize = 8 << 20;
    const READ: usize = 10 * QUESTIONS;
    let mut numbers = Numbers(5);
    let mut memory = vec![0_usize; LINES * LINE];
    let mut seen = HashSet::new();
    let places = std::iter::repeat_with(|| numbers.below(LINES) * LINE);
    let places: Vec<usize> = places.filter(|place| seen.insert(*place)).take(READ).collect();
    for (place, next) in places.iter().zip(places.iter().cycle().skip(1)) {
        memory[*place] = *next;
    }
    let mut at = places[0];
    let [read] = medians([&mut |_| at = memory[at]], BATCH, READ);
    black_box(at);
    read
}

/// Memory of this process, in bytes.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    kib.map_or(f64::NAN, |kib| kib * 1024.0)
}

/// A scan of all records, without wildcards further in: what no index can be slower than.
fn scan(records: &[Record], groups: &[(String, Vec<String>)], question: &Question<'_>) -> bool {
    let reaches = |held: &String| {
        let held = held.strip_suffix("/*").unwrap_or(held);
        let below = question.resource.strip_prefix(held);
        below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    };
    records.iter().any(|record| {
        let in_group = |group: &String| {
            let number: usize = group.trim_start_matches("group_").parse().unwrap();
            groups[number].1.iter().any(|user| user == question.user)
        };
        record.resources.iter().any(reaches)
            && (record.users.iter().any(|user| user == question.user) || record.groups.iter().any(in_group))
            && ROLES
                .iter()
                .any(|(role, actions)| *role == record.role && actions.contains(&question.action))
    })
}

/// One size of world, with its questions, and what a check cannot cost less than: a lookup of the whole question in a hash table of at least as many entries.
struct Size {
    records: usize,
    world: World,
    engine: BenchEngine,
    questions: Questions,
    table: HashMap<String, bool, foldhash::fast::RandomState>,
}

impl Size {
    fn new(records: usize) -> Self {
        let world = World::new(records);
        let before = memory();
        let (engine, built) = world.engine();
        let bytes = (memory() - before) / f64::from(u32::try_from(records).unwrap());
        let took = built.as_secs_f64();
        println!("index of {records} records: {took:.2} s, {bytes:.0} bytes a record");

        let questions = world.questions();
        let mut table = HashMap::default();
        for number in 0..QUESTIONS {
            let question = questions.get(number);
            let answer = engine.check(question.user, question.resource, question.action);
            table.insert(question.whole.to_owned(), answer);
        }
        let yes = table.values().filter(|answer| **answer).count();
        println!("allowed: {} %", yes * 100 / table.len());
        let more = (0..records).map(|number| (format!("user_{number}orgs/{number}/documents/7"), false));
        table.extend(more.take(records.saturating_sub(QUESTIONS)));
        Self {
            records,
            world,
            engine,
            questions,
            table,
        }
    }

    /// The medians of a lookup and of a check.
    fn measure(&self) -> [f64; 2] {
        let question = |number: usize| self.questions.get(number % QUESTIONS);
        let [lookup, check] = medians(
            [
                &mut |number| {
                    black_box(self.table.get(question(number).whole));
                },
                &mut |number| {
                    let it = question(number);
                    black_box(self.engine.check(it.user, it.resource, it.action));
                },
            ],
            BATCH,
            QUESTIONS,
        );
        println!(
            "{} records: a lookup {lookup:.1} ns, a check {check:.1} ns",
            self.records
        );
        [lookup, check]
    }
}

pub(crate) fn run(table: &mut Table) {
    let limit = "a lookup in a hash table";
    let mut push = |work, took, goal| table.push(Row::new(work, limit, took, goal));
    let small = Size::new(10_000);
    let of_small = small.measure();
    push("the engine, 10,000 records", of_small, Goal::Nanoseconds(200.0));
    let list: Vec<Record> = small.world.records().collect();
    let [scanned] = medians(
        [&mut |number| {
            black_box(scan(
                &list,
                &small.world.groups,
                &small.questions.get(number % QUESTIONS),
            ));
        }],
        10,
        100,
    );
    println!(
        "scan of 10,000 records: {scanned:.1} ns, {:.2} x",
        scanned / of_small[1]
    );
    drop(small);

    push("the engine, 100,000 records", Size::new(100_000).measure(), Goal::None);

    let large = Size::new(1_000_000);
    let of_large = large.measure();
    push(
        "the engine, 1,000,000 records",
        of_large,
        Goal::Growth {
            times: 3.0,
            row: "10,000 records",
            of: of_small[1],
        },
    );
    let read = waiting_read();
    println!(
        "one read that waits: {read:.1} ns, of which the check takes {:.2}",
        of_large[1] / read
    );
    changes(large);
}

/// What it takes to put a record among a million, and to remove it.
fn changes(large: Size) {
    let Size { world, mut engine, .. } = large;
    let more: Vec<Record> = (0..20_000)
        .map(|number| Record {
            id: format!("more_{number}"),
            ..world.record(number)
        })
        .collect();
    let put = more.clone().into_iter();
    let put = median(
        put.map(|record| nanoseconds(1, || put_record(&mut engine, record)))
            .collect(),
    );
    let remove = more.iter();
    let remove = median(
        remove
            .map(|record| nanoseconds(1, || engine.remove_record(&record.id)))
            .collect(),
    );
    println!("put one of 1,000,000 records: {put:.1} ns; remove it: {remove:.1} ns");
}
