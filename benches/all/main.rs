//! Everything that is measured: `cargo bench -p benches`, or some of it: `cargo bench -p benches -- tokens decisions`.
//!
//! Each subject prints what it measured, beside what the same work cannot cost less than, in the same run; the table of all rows comes last. What
//! they mean, and what they do not say, is in `docs/performance.md`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark is a program of its own"
)]

mod calls;
mod decisions;
mod engine;
mod layers;
mod local_server;
mod server;
mod start;
mod tokens;

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use benches::{Machine, Table};

/// Measures a subject, and adds its rows.
type Run = fn(&mut Table);

/// The subjects, by the names that choose them.
const SUBJECTS: [(&str, Run); 7] = [
    ("tokens", tokens::run),
    ("decisions", decisions::run),
    ("layers", layers::run),
    ("calls", calls::run),
    ("start", start::run),
    ("engine", engine::run),
    ("local_server", local_server::run),
];

const ACCESS_KEY: &str = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";

/// What a future that has nothing to wait for comes to.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

fn main() {
    // Cargo says that it is a benchmark.
    let chosen: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if chosen == [server::SERVE] {
        return server::serve();
    }
    for name in &chosen {
        let names = SUBJECTS.map(|(name, _)| name).join(", ");
        assert!(
            SUBJECTS.iter().any(|(known, _)| known == name),
            "{name} is none of {names}"
        );
    }
    let mut table = Table::default();
    for (name, run) in SUBJECTS {
        if chosen.is_empty() || chosen.iter().any(|chosen| chosen == name) {
            println!("\n== {name}");
            let begun = Instant::now();
            run(&mut table);
            println!("\n{name} took {:.0} s", begun.elapsed().as_secs_f64());
        }
    }
    println!("\n{}\n\n{table}", Machine::this());
}
