//! Measures pieces of work side by side: in turns within one run, so that what slows the machine down slows all of them.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long one measurement of one piece of work takes at least.
const ROUND: Duration = Duration::from_millis(4);
/// How often each piece of work is measured.
const ROUNDS: usize = 200;

/// Pieces of work, the first of which is what the others are compared with.
pub(crate) struct Comparison<'a> {
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
    pub(crate) fn new(title: &'static str) -> Self {
        Self {
            title,
            work: Vec::new(),
        }
    }

    pub(crate) fn work<T>(mut self, name: &'static str, mut work: impl FnMut() -> T + 'a) -> Self {
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
    pub(crate) fn run(mut self) {
        for _ in 0..ROUNDS {
            for work in &mut self.work {
                let took = time(&mut *work.run, work.times);
                work.samples.push(took.as_secs_f64() * 1e9 / f64::from(work.times));
            }
        }
        println!("\n{}", self.title);
        let mut first = None;
        for work in &mut self.work {
            let median = median(&mut work.samples);
            let first = *first.get_or_insert(median);
            let (ratio, beyond) = (median / first, (median - first) / 1e3);
            println!(
                "  {:<58} {median:>10.1} ns  {ratio:>6.3} x  {beyond:>+8.3} us",
                work.name
            );
        }
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

fn median(samples: &mut [f64]) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}
