//! The program is killed while it writes, again and again: what it acknowledged is there afterwards.
//!
//! `AUTHRESS_KILLS` says how often it is killed in a row; 10 times when it is not set.

#![cfg(unix)]
#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tests::raw_request;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// Clients that write at once.
const CLIENTS: usize = 4;

/// The program, built beside this test.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let directory = test.ancestors().nth(2).unwrap();
    let program = directory.join("authress-local");
    let built = Command::new(env!("CARGO"))
        // With an example, features are those of the tests: after them there is nothing to compile.
        .args(["build", "--quiet", "--workspace", "--bin", "authress-local"])
        .args(["--example", "quickstart"])
        .args(if directory.ends_with("release") {
            &["--release"][..]
        } else {
            &[]
        })
        .status();
    assert!(built.unwrap().success() && program.is_file(), "{}", program.display());
    program
}

/// A running program.
struct Running {
    child: Child,
    address: SocketAddr,
    bearer: String,
}

impl Running {
    /// Starts it and waits until it says where it listens.
    fn start(program: &Path, data: &Path) -> Self {
        let mut child = Command::new(program)
            .args(["--port", "0", "--permissive", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let (mut address, mut bearer, mut line) = (None, None, String::new());
        // To the last line: a program whose words nobody reads ends.
        while !line.starts_with("Ctrl-C") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "it has ended");
            if let Some((_, url)) = line.split_once("listens at http://") {
                address = Some(url.trim().parse().unwrap());
            }
            if let Some((_, rest)) = line.split_once("'Authorization: ") {
                bearer = Some(rest.split('\'').next().unwrap().to_owned());
            }
        }
        Self {
            child,
            address: address.unwrap(),
            bearer: bearer.unwrap(),
        }
    }

    /// Ends it as nothing in it can notice (SIGKILL).
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Numbers that look random and are the same each time (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

/// The ids of records, with what was acknowledged last of each: its name, or none when it was deleted.
type Acknowledged = Arc<Mutex<Vec<(String, Option<String>)>>>;

/// Makes, changes and deletes records one after the other until the server is gone; what was acknowledged last of each, its name or none when it is
/// deleted, is in `acknowledged`.
async fn write(
    address: SocketAddr,
    bearer: String,
    begin: String,
    acknowledged: Acknowledged,
    tell: UnboundedSender<()>,
) {
    for number in 0.. {
        let id = format!("{begin}_{number}");
        let path = format!("/v1/records/{id}");
        let record = |name: &str| {
            format!(
                r#"{{"recordId":"{id}","name":"{name}","statements":[{{"roles":["r"],"resources":[{{"resourceUri":"x"}}]}}],"users":[]}}"#
            )
        };
        let steps = [
            ("POST", "/v1/records", Some("made")),
            ("PUT", &path, Some("changed")),
            ("DELETE", &path, None),
        ];
        // Every third is deleted in the end.
        for (method, path, name) in steps.into_iter().take(2 + usize::from(number % 3 == 0)) {
            let body = name.map(record).unwrap_or_default();
            // What is on its way when the server ends may be written or not: the one that says so is gone.
            acknowledged.lock().unwrap().retain(|(other, _)| *other != id);
            match raw_request(address, method, path, &bearer, &body).await {
                Ok(answer) if (200..300).contains(&answer.status) => {
                    acknowledged.lock().unwrap().push((id.clone(), name.map(str::to_owned)));
                    // Whoever waits may have had enough.
                    let _ = tell.send(());
                }
                Ok(answer) if answer.status == 0 => return,
                Ok(answer) => panic!("{method} {path}: {answer:?}"),
                Err(_) => return,
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_write_is_there_after_a_kill() {
    let kills: u64 = std::env::var("AUTHRESS_KILLS").map_or(10, |text| text.parse().unwrap());
    let directory = tempfile::tempdir().unwrap();
    let (program, data) = (program(), directory.path().join("data"));
    let mut numbers = Numbers(kills);
    let mut written = 0;
    for round in 0..kills {
        let server = Running::start(&program, &data);
        let acknowledged = Acknowledged::default();
        let (tell, mut told) = unbounded_channel();
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                tokio::spawn(write(
                    server.address,
                    server.bearer.clone(),
                    format!("r_{round}_{client}"),
                    Arc::clone(&acknowledged),
                    tell.clone(),
                ))
            })
            .collect();
        drop(tell);
        // After some writes, in the middle of the next ones. When all clients have ended, which is an error that they tell, nothing more comes.
        for _ in 0..=numbers.next(40) {
            told.recv().await;
        }
        server.kill();
        for client in clients {
            client.await.unwrap();
        }

        let server = Running::start(&program, &data);
        let acknowledged = std::mem::take(&mut *acknowledged.lock().unwrap());
        for (id, name) in &acknowledged {
            let path = format!("/v1/records/{id}");
            let answer = raw_request(server.address, "GET", &path, &server.bearer, "")
                .await
                .unwrap();
            let record: Value = serde_json::from_str(&answer.body).unwrap_or_default();
            assert_eq!(answer.status, 200, "round {round}: {id} is gone");
            match name {
                Some(name) => assert_eq!(
                    (&record["name"], &record["status"]),
                    (&Value::from(name.as_str()), &Value::from("ACTIVE")),
                    "{id}"
                ),
                None => assert_eq!(record["status"], "DELETED", "{id}"),
            }
        }
        written += acknowledged.len();
    }
    assert!(written as u64 > kills, "{written} records");
    println!("{kills} kills, {written} records");
}

#[tokio::test]
async fn a_damaged_data_file_is_refused_and_left_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let (program, data) = (program(), directory.path().join("data"));
    Running::start(&program, &data).kill();
    let good = std::fs::read(&data).unwrap();
    let altered = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let half = good.len() / 2;
    for (what, bytes) in [
        ("empty", Vec::new()),
        ("cut off", good[..half].to_vec()),
        ("without its end", good[..good.len() - 2].to_vec()),
        ("altered at the beginning", altered(0)),
        ("altered in the middle", altered(half)),
        ("with more after its end", [&good[..], b"x"].concat()),
    ] {
        std::fs::write(&data, &bytes).unwrap();
        let mut child = Command::new(&program)
            .args(["--port", "0", "--data"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        let code = child.wait().unwrap().code();
        assert_eq!(code, Some(1), "{what}: {said}");
        let names_it = said.contains(data.to_str().unwrap()) && said.lines().count() == 1;
        assert!(said.starts_with("authress-local: ") && names_it, "{what}: {said}");
        assert!(std::fs::read(&data).unwrap() == bytes, "{what}");
    }
    std::fs::write(&data, &good).unwrap();
    Running::start(&program, &data).kill();
}
