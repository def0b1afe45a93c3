//! The program, started as a user starts it.

#![cfg(all(unix, feature = "program"))]
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, Read as _, Write as _, pipe};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

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

/// The program while it runs, and where it says that it listens.
struct Running {
    program: Child,
    address: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_authress-local"));
        program.args(arguments).args(["--port", "0"]);
        let mut program = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("A local Authress listens at http://")
            .unwrap()
            .to_owned();
        Self { program, address }
    }

    /// The answer to a request without a body.
    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Sends a signal and waits for the end: the exit code, and what was said on the standard error.
    fn end(mut self, signal: &str) -> (Option<i32>, String) {
        let id = self.program.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let mut said = String::new();
        self.program.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.program.wait().unwrap().code(), said)
    }
}

#[test]
fn it_answers_and_ends_well_when_it_is_asked_to_end() {
    for (arguments, signal) in [(&[][..], "-INT"), (&["serve"][..], "-TERM")] {
        let running = Running::start(arguments);
        assert!(running.get("/health").starts_with("HTTP/1.1 200 "));
        assert!(running.get("/_local").starts_with("HTTP/1.1 200 "));
        assert_eq!(running.end(signal), (Some(0), String::new()), "{signal}");
    }
}

#[test]
fn it_says_each_request_in_a_line_when_it_is_asked_to() {
    let running = Running::start(&["--log"]);
    running.get("/v1/roles?filter=hidden");
    let (_, said) = running.end("-TERM");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains(" GET /v1/roles → 401 "), "{said}");
}

#[test]
fn beyond_this_machine_it_warns_and_has_no_page_unless_told() {
    let running = Running::start(&["--host", "0.0.0.0"]);
    assert!(running.get("/_local").starts_with("HTTP/1.1 404 "));
    let (_, said) = running.end("-TERM");
    assert!(
        said.starts_with("Warning: 0.0.0.0 is not only this machine.") && !said.contains("/_local"),
        "{said}"
    );

    let running = Running::start(&["--host", "0.0.0.0", "--page"]);
    assert!(running.get("/_local").starts_with("HTTP/1.1 200 "));
    let (_, said) = running.end("-TERM");
    assert!(said.contains("see and change everything at /_local"), "{said}");
}

#[test]
fn it_begins_with_a_seed_and_goes_on_with_its_data() {
    let directory = tempfile::tempdir().unwrap();
    let [seed, data] = ["seed.yaml", "data.json"].map(|name| directory.path().join(name));
    std::fs::write(&seed, "groups: [{groupId: seeded, name: Team, users: [], admins: []}]").unwrap();
    let arguments = ["--seed", seed.to_str().unwrap(), "--data", data.to_str().unwrap()];
    let state = |running: &Running| {
        running
            .get("/_local/state")
            .split("\r\n\r\n")
            .nth(1)
            .unwrap()
            .to_owned()
    };
    let first = Running::start(&arguments);
    let before = state(&first);
    assert!(before.contains("seeded"), "{before}");
    first.end("-KILL");
    // The data count, and the seed is not looked at.
    std::fs::write(&seed, "not: [a seed").unwrap();
    let again = Running::start(&arguments);
    assert_eq!(state(&again), before);
    again.end("-KILL");
}
