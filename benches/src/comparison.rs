//! Measures pieces of work side by side: in turns within one run, so that what slows the machine down slows all of them.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::table::{Goal, Row};

/// How long one measurement of one piece of work takes at least.
const ROUND: Duration = Duration::from_millis(4);
/// How often each piece of work is measured.
const ROUNDS: usize = 200;

/// Pieces of work, the first of which is what the others are compared with.
#[must_use]
pub struct Comparison<'a> {
    title: &'static str,
    work: Vec<Work<'a>>,
}

struct Work<'a> {
    name: &'static str,
    run: Box<dyn FnMut() + 'a>,
    /// How often it is done in a round.
    times: u32,
    /// The time that it took in each round, in nanoseconds.
    samples: Vec<f64>,
}

impl<'a> Comparison<'a> {
    /// A comparison without work yet.
    pub fn new(title: &'static str) -> Self {
        Self {
            title,
            work: Vec::new(),
        }
    }

    /// Adds a piece of work.
    pub fn work<T>(mut self, name: &'static str, mut work: impl FnMut() -> T + 'a) -> Self {
        let mut run: Box<dyn FnMut() + 'a> = Box::new(move || drop(black_box(work())));
        let times = repetitions(&mut *run);
        self.work.push(Work {
            name,
            run,
            times,
            samples: Vec::with_capacity(ROUNDS),
        });
        self
    }

    /// Measures all of it in turns, and prints the median of each with its ratio to the first and what it takes beyond that.
    pub fn run(mut self) -> Medians {
        for _ in 0..ROUNDS {
            for work in &mut self.work {
                let took = time(&mut *work.run, work.times);
                work.samples.push(took.as_secs_f64() * 1e9 / f64::from(work.times));
            }
        }
        println!("\n{}", self.title);
        let medians = self.work.iter_mut();
        let medians: Vec<_> = medians.map(|work| (work.name, median(&mut work.samples))).collect();
        let first = medians.first().map_or(f64::NAN, |(_, median)| *median);
        for (name, median) in &medians {
            let (ratio, beyond) = (median / first, (median - first) / 1e3);
            println!("  {name:<58} {median:>10.1} ns  {ratio:>6.3} x  {beyond:>+8.3} us");
        }
        Medians(medians)
    }
}

/// The median of each piece of work, in nanoseconds.
pub struct Medians(Vec<(&'static str, f64)>);

impl Medians {
    /// A line of the table: `took` beside `limit`, by their names in the comparison.
    ///
    /// # Panics
    ///
    /// If there is no work of such a name.
    #[must_use]
    pub fn row(&self, work: &'static str, limit: &'static str, took: &str, goal: Goal) -> Row {
        Row::new(work, limit, [self.of(limit), self.of(took)], goal)
    }

    #[allow(clippy::panic, reason = "the name is a mistake in the benchmark")]
    fn of(&self, name: &str) -> f64 {
        let found = self.0.iter().find(|(other, _)| *other == name);
        found.map_or_else(|| panic!("no work is named {name}"), |(_, median)| *median)
    }
}

/// How often the work is to be done to take a round.
fn repetitions(work: &mut dyn FnMut()) -> u32 {
    let mut times = 1;
    while time(work, times) < ROUND {
        times *= 2;
    }
    times
}

fn time(work: &mut dyn FnMut(), times: u32) -> Duration {
    let start = Instant::now();
    (0..times).for_each(|_| work());
    start.elapsed()
}

/// The one in the middle.
pub fn median(samples: &mut [f64]) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}
