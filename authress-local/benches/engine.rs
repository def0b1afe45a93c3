//! The engine: a check with 10,000 and with 1,000,000 records beside a scan of 10,000, the time and memory of the index, and changes to it.
//! `cargo bench -p authress-local --features bench --bench engine`.
//!
//! With a million records a check is made of waiting for memory: so one read that has to wait is measured too. It takes less with large pages,
//! which the allocator of glibc asks for with `GLIBC_TUNABLES=glibc.malloc.hugetlb=1`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark is a program of its own"
)]

use std::collections::HashSet;
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use authress_local::bench::BenchEngine;

const SMALL: usize = 10_000;
const LARGE: usize = 1_000_000;
/// How many different questions are asked; with a million records they are spread over all of them.
const QUESTIONS: usize = 20_000;
/// Checks between two looks at the clock.
const BATCH: usize = 100;
const ROUNDS: usize = 20;

/// Numbers that look random and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit
    }
}

#[derive(Clone)]
struct Record {
    id: String,
    users: Vec<String>,
    groups: Vec<String>,
    role: &'static str,
    resources: Vec<String>,
}

struct Question<'a> {
    user: &'a str,
    resource: &'a str,
    action: &'a str,
}

/// Questions whose texts stand one after the other: a server has the one it is asked in its cache, so to fetch them is no part of a check.
#[derive(Default)]
struct Questions {
    texts: String,
    /// Where the user, the resource and the action of each end.
    ends: Vec<[usize; 3]>,
}

impl Questions {
    fn push(&mut self, user: &str, resource: &str, action: &str) {
        let ends = [user, resource, action].map(|text| {
            self.texts += text;
            self.texts.len()
        });
        self.ends.push(ends);
    }

    fn get(&self, number: usize) -> Question<'_> {
        let start = if number == 0 { 0 } else { self.ends[number - 1][2] };
        let [user, resource, action] = self.ends[number];
        Question {
            user: &self.texts[start..user],
            resource: &self.texts[user..resource],
            action: &self.texts[resource..action],
        }
    }
}

const ROLES: [(&str, &[&str]); 4] = [
    ("reader", &["documents:read", "comments:*"]),
    ("writer", &["documents:read", "documents:write", "comments"]),
    ("admin", &["documents", "users:read", "users:invite", "billing:*:read"]),
    ("auditor", &["*:read"]),
];
const ACTIONS: [&str; 4] = ["documents:read", "documents:write", "users:invite", "DOCUMENTS:DELETE"];

/// A world of `records` records: half as many users; groups of twenty; every record names two users or, one in four, a group, and
/// up to three resources, of which one in eight has a wildcard further in.
struct World {
    records: usize,
    groups: Vec<(String, Vec<String>)>,
}

impl World {
    fn new(records: usize) -> Self {
        let mut numbers = Numbers(7);
        let users = records / 2;
        let groups = (0..records / 50)
            .map(|group| {
                let members = (0..20).map(|_| format!("user_{}", numbers.below(users)));
                (format!("group_{group}"), members.collect())
            })
            .collect();
        Self { records, groups }
    }

    fn record(&self, number: usize) -> Record {
        let mut numbers = Numbers(u64::try_from(number).unwrap() * 2 + 1);
        for _ in 0..4 {
            numbers.below(2);
        }
        let by_group = numbers.below(4) == 0;
        let users = self.records / 2;
        let names = (0..2).map(|_| format!("user_{}", numbers.below(users))).collect();
        let group = format!("group_{}", numbers.below(self.groups.len()));
        let org = numbers.below(self.records / 100);
        let resources = (0..=numbers.below(3)).map(|_| match numbers.below(16) {
            0 => format!("orgs/{org}/folders/*"),
            1 => format!("orgs/*/documents/{}", numbers.below(self.records)),
            2 => format!("orgs/{org}/tags:*/documents"),
            _ => format!("orgs/{org}/documents/{}", numbers.below(self.records)),
        });
        let resources = resources.collect();
        Record {
            id: format!("rec_{number}"),
            users: if by_group { vec![] } else { names },
            groups: if by_group { vec![group] } else { vec![] },
            role: ROLES[numbers.below(ROLES.len())].0,
            resources,
        }
    }

    fn records(&self) -> impl Iterator<Item = Record> {
        (0..self.records).map(|number| self.record(number))
    }

    /// Questions close to what is held, so that about half are answered with yes.
    fn questions(&self) -> Questions {
        let mut numbers = Numbers(3);
        let mut questions = Questions::default();
        for _ in 0..QUESTIONS {
            let record = self.record(numbers.below(self.records));
            let member = |group: &String| {
                let number: usize = group.trim_start_matches("group_").parse().unwrap();
                self.groups[number].1[numbers.below(20)].clone()
            };
            let user = record.groups.first().map(member);
            let user = user.unwrap_or_else(|| record.users[numbers.below(2)].clone());
            let resource = &record.resources[numbers.below(record.resources.len())];
            let name = numbers.below(1_000).to_string();
            let mut resource = resource
                .replace("folders/*", &format!("folders/{name}"))
                .replace('*', &name);
            if numbers.below(2) == 0 {
                resource += "/pages/7";
            }
            questions.push(&user, &resource, ACTIONS[numbers.below(ACTIONS.len())]);
        }
        questions
    }

    fn engine(&self) -> (BenchEngine, Duration) {
        let mut engine = BenchEngine::default();
        for (role, actions) in ROLES {
            engine.put_role(role, actions);
        }
        for (group, users) in &self.groups {
            engine.put_group(group, users.clone());
        }
        // The records are made in parts, which is not counted, so that the memory of all of them is not there at once.
        let mut took = Duration::ZERO;
        let mut records = self.records();
        loop {
            let part: Vec<Record> = records.by_ref().take(10_000).collect();
            if part.is_empty() {
                return (engine, took);
            }
            let start = Instant::now();
            for record in part {
                put(&mut engine, record);
            }
            took += start.elapsed();
        }
    }
}

fn put(engine: &mut BenchEngine, record: Record) {
    let role = vec![record.role.to_owned()];
    engine.put_record(&record.id, record.users, record.groups, role, record.resources);
}

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

fn main() {
    let (small, large) = (World::new(SMALL), World::new(LARGE));
    let (small_engine, _) = small.engine();
    let before = memory();
    let (mut large_engine, built) = large.engine();
    let bytes = memory() - before;
    println!(
        "index of {LARGE} records: {:.2} s, {:.0} bytes a record",
        built.as_secs_f64(),
        bytes / 1e6
    );

    let (few, many) = (small.questions(), large.questions());
    let ask = |engine: &BenchEngine, questions: &Questions, number: usize| {
        let it = questions.get(number % QUESTIONS);
        engine.check(it.user, it.resource, it.action)
    };
    let allowed = |engine: &BenchEngine, questions: &Questions| {
        let yes = (0..QUESTIONS).filter(|number| ask(engine, questions, *number));
        yes.count() * 100 / QUESTIONS
    };
    println!(
        "allowed: {} % and {} %",
        allowed(&small_engine, &few),
        allowed(&large_engine, &many)
    );

    let list: Vec<Record> = small.records().collect();
    let [visit, of_small, of_large] = medians(
        [
            &mut |number| {
                let it = many.get(number % QUESTIONS);
                let texts = [it.user, it.resource, it.action];
                black_box(texts.map(|text| text.bytes().fold(0_u8, u8::wrapping_add)));
            },
            &mut |number| {
                black_box(ask(&small_engine, &few, number));
            },
            &mut |number| {
                black_box(ask(&large_engine, &many, number));
            },
        ],
        BATCH,
        QUESTIONS,
    );
    let [scanned] = medians(
        [&mut |number| {
            black_box(scan(&list, &small.groups, &few.get(number % QUESTIONS)));
        }],
        10,
        100,
    );
    println!("only reading a question: {visit:>10.1} ns");
    println!("check, {SMALL} records:   {of_small:>10.1} ns");
    println!(
        "check, {LARGE} records: {of_large:>10.1} ns  {:>8.2} x",
        of_large / of_small
    );
    let read = waiting_read();
    println!(
        "one read that waits:     {read:>10.1} ns, of which the larger check takes {:.2}",
        of_large / read
    );
    println!(
        "scan of {SMALL} records:  {scanned:>10.1} ns  {:>8.2} x",
        scanned / of_small
    );

    let more: Vec<Record> = (0..20_000)
        .map(|number| Record {
            id: format!("more_{number}"),
            ..large.record(number)
        })
        .collect();
    let put = median(
        more.clone()
            .into_iter()
            .map(|record| nanoseconds(1, || put(&mut large_engine, record)))
            .collect(),
    );
    let remove = more
        .iter()
        .map(|record| nanoseconds(1, || large_engine.remove_record(&record.id)));
    let remove = median(remove.collect());
    println!("put one of {LARGE} records:    {put:>10.1} ns");
    println!("remove one of {LARGE} records: {remove:>10.1} ns");
}
