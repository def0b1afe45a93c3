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

use std::io::{BufRead as _, BufReader};
use std::pin::pin;
use std::process::{Command, Stdio};
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

/// The argument with which the program measures one subject for another one of itself, and prints the rows alone where that prints the table.
const FOR_ANOTHER: &str = "--for-another";

fn main() {
    // Cargo says that it is a benchmark.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [server::SERVE] => server::serve(),
        [FOR_ANOTHER, name] => print!("{}", measure(subject(name))),
        [] => measure_each(&SUBJECTS.map(|(name, _)| name)),
        ref chosen => measure_each(chosen),
    }
}

fn subject(name: &str) -> (&'static str, Run) {
    let names = || SUBJECTS.map(|(name, _)| name).join(", ");
    let found = SUBJECTS.into_iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("{name} is none of {}", names()))
}

fn measure((name, run): (&str, Run)) -> Table {
    println!("\n== {name}");
    let begun = Instant::now();
    let mut table = Table::default();
    run(&mut table);
    println!("\n{name} took {:.0} s", begun.elapsed().as_secs_f64());
    table
}

/// Measures each subject in a process of its own, so that none finds its memory as another one has left it.
fn measure_each(names: &[&str]) {
    let mut rows = String::new();
    for name in names {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([FOR_ANOTHER, subject(name).0]).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            if line.starts_with('|') {
                rows += &(line + "\n");
            } else {
                println!("{line}");
            }
        }
        assert!(child.wait().unwrap().success(), "{name}");
    }
    println!("\n{}\n\n{}{rows}", Machine::this(), Table::HEAD);
}
