//! A process from its start to its first decision: it makes a token, asks, and ends.
//!
//! Beside it stand programs that send the same request: with the standard library alone, and with `reqwest`. Each is a process anew each time.

use std::process::{Command, Stdio};
use std::time::Instant;

use benches::{Goal, Row, Table, median};

use crate::ACCESS_KEY;
use crate::server::Server;

/// How often each program is started.
const STARTS: usize = 200;

const PROGRAMS: [(&str, &str); 3] = [
    ("the standard library", env!("CARGO_BIN_EXE_start_bare")),
    ("reqwest", env!("CARGO_BIN_EXE_start_reqwest")),
    ("authress", env!("CARGO_BIN_EXE_start_authress")),
];

pub(crate) fn run(table: &mut Table) {
    let (_server, url) = Server::start();
    let mut samples = PROGRAMS.map(|_| Vec::with_capacity(STARTS));
    for _ in 0..STARTS {
        for ((_, program), samples) in PROGRAMS.iter().zip(&mut samples) {
            samples.push(start(program, &url));
        }
    }
    let [bare, reqwest, authress] = samples.map(|mut samples| median(&mut samples));
    for ((name, _), took) in PROGRAMS.iter().zip([bare, reqwest, authress]) {
        println!("  {name:<24} {:>6.2} ms", took / 1e6);
    }
    let work = "a process, to its first decision";
    table.push(Row::new(
        work,
        "a program without libraries",
        [bare, authress],
        Goal::Nanoseconds(6e6),
    ));
    table.push(Row::new(
        "the same",
        "a program with reqwest",
        [reqwest, authress],
        Goal::None,
    ));
}

/// Starts a program, waits for its end, and says how long that took, in nanoseconds.
fn start(program: &str, url: &str) -> f64 {
    let mut command = Command::new(program);
    command.args([url, ACCESS_KEY]).stdout(Stdio::null());
    let begun = Instant::now();
    let status = command.status().unwrap();
    let took = begun.elapsed().as_secs_f64() * 1e9;
    assert!(status.success(), "{program}");
    took
}
