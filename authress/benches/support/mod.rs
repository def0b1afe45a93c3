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
    work: Vec<(&'static str, Box<dyn FnMut() + 'a>)>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(title: &'static str) -> Self {
        Self {
            title,
            work: Vec::new(),
        }
    }

    pub(crate) fn work<T>(mut self, name: &'static str, mut work: impl FnMut() -> T + 'a) -> Self {
        self.work.push((name, Box::new(move || drop(black_box(work())))));
        self
    }

    /// Measures all of it in turns, and prints the median of each with its ratio to the first.
    pub(crate) fn run(mut self) {
        let times: Vec<usize> = self.work.iter_mut().map(|(_, work)| repetitions(work)).collect();
        let mut measured = vec![Vec::with_capacity(ROUNDS); self.work.len()];
        for _ in 0..ROUNDS {
            for (index, (_, work)) in self.work.iter_mut().enumerate() {
                measured[index].push(nanoseconds(work, times[index]));
            }
        }
        println!("\n{}", self.title);
        let medians: Vec<f64> = measured.iter_mut().map(|samples| median(samples)).collect();
        for ((name, _), median) in self.work.iter().zip(&medians) {
            println!("  {name:<58} {median:>10.1} ns  {:>6.3} x", median / medians[0]);
        }
    }
}

/// How often the work is to be done to take a round.
fn repetitions(work: &mut dyn FnMut()) -> usize {
    let mut times = 1;
    loop {
        let start = Instant::now();
        (0..times).for_each(|_| work());
        if start.elapsed() >= ROUND {
            return times;
        }
        times *= 2;
    }
}

fn nanoseconds(work: &mut dyn FnMut(), times: usize) -> f64 {
    let start = Instant::now();
    (0..times).for_each(|_| work());
    start.elapsed().as_nanos() as f64 / times as f64
}

fn median(samples: &mut [f64]) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}
