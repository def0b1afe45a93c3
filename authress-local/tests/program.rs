//! The program, started as a user starts it.

#![cfg(all(unix, feature = "program"))]
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::fs::OpenOptions;
use std::io::pipe;
use std::process::{Command, Output, Stdio};

/// Runs the program to its end with this as its standard output.
fn run(stdout: impl Into<Stdio>) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_authress-local"));
    program.args(["--port", "0"]).stdout(stdout).stderr(Stdio::piped());
    program.spawn().unwrap().wait_with_output().unwrap()
}

#[test]
fn it_ends_quietly_when_nobody_reads_what_it_says() {
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    let output = run(writer);
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{output:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn it_says_in_one_line_that_it_cannot_write() {
    let output = run(OpenOptions::new().write(true).open("/dev/full").unwrap());
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.starts_with("authress-local: ") && text.lines().count() == 1,
        "{text}"
    );
}
