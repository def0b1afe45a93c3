//! A server on this machine whose answers are set while it runs, and which counts what it is asked.
//!
//! It runs on threads of its own, so that it answers whatever becomes of the runtimes of a test, and it speaks as much HTTP/1.1 as is needed here.

use std::collections::HashMap;
use std::io::{self, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};

use serde_json::{Value, json};
use tokio::sync::watch;

use crate::within;

/// What the server does when it is asked.
#[derive(Clone)]
pub(crate) enum Answer {
    /// These steps.
    Steps(Vec<Step>),
    /// It closes new connections before anything is asked, and others when something is.
    Refuse,
}

#[derive(Clone)]
pub(crate) enum Step {
    /// Sends this.
    Send(Vec<u8>),
    /// Sends this again and again until the client has gone.
    SendForever(Vec<u8>),
    /// Waits until the test lets one step pass.
    Hold,
    /// Ends the connection.
    Close,
}

/// A set of these keys.
pub(crate) fn keys(keys: impl IntoIterator<Item = Value>) -> Answer {
    let keys: Vec<Value> = keys.into_iter().collect();
    whole("200 OK", json!({ "keys": keys }).to_string())
}

/// An answer with its length, after which the connection stays open. `head` is the status, and further header lines.
pub(crate) fn whole(head: &str, body: impl AsRef<[u8]>) -> Answer {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    Answer::Steps(vec![Step::Send(bytes)])
}

/// Exactly these bytes, after which the connection is closed.
pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Answer {
    Answer::Steps(vec![Step::Send(bytes.into()), Step::Close])
}

/// `start`, and then `more` without an end.
pub(crate) fn endless(start: &str, more: &str) -> Answer {
    Answer::Steps(vec![Step::Send(start.into()), Step::SendForever(more.into())])
}

/// The same answer once the test lets it pass.
pub(crate) fn held(answer: Answer) -> Answer {
    match answer {
        Answer::Steps(mut steps) => {
            steps.insert(0, Step::Hold);
            Answer::Steps(steps)
        }
        Answer::Refuse => Answer::Steps(vec![Step::Hold, Step::Close]),
    }
}

/// The server; it ends what it holds when it goes.
pub(crate) struct Server {
    url: String,
    shared: Arc<Shared>,
}

struct Shared {
    answer: Mutex<Answer>,
    answers_at: Mutex<HashMap<String, Answer>>,
    /// The heads of the requests; empty for a connection that was refused.
    asked: watch::Sender<Vec<String>>,
    connections: watch::Sender<usize>,
    gate: Mutex<Gate>,
    gate_moved: Condvar,
}

#[derive(Default)]
struct Gate {
    permits: usize,
    is_gone: bool,
}

impl Server {
    pub(crate) fn new(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            answer: Mutex::new(answer),
            answers_at: Mutex::default(),
            asked: watch::Sender::default(),
            connections: watch::Sender::default(),
            gate: Mutex::default(),
            gate_moved: Condvar::new(),
        });
        let accepting = Arc::clone(&shared);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let shared = Arc::clone(&accepting);
                // A client may go away at any time.
                std::thread::spawn(move || connection.and_then(|connection| shared.serve(&connection)));
            }
        });
        Self { url, shared }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Sets what every request is answered with from now on.
    pub(crate) fn set(&self, answer: Answer) {
        *self.shared.answer.lock().unwrap() = answer;
    }

    /// Sets what requests for `path` are answered with from now on.
    pub(crate) fn set_at(&self, path: &str, answer: Answer) {
        self.shared.answers_at.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// Lets so many steps that hold pass, now or when they come.
    pub(crate) fn release(&self, steps: usize) {
        self.shared.gate.lock().unwrap().permits += steps;
        self.shared.gate_moved.notify_all();
    }

    /// How many requests have arrived. None of them says more than which keys are asked for.
    pub(crate) fn count(&self) -> usize {
        let asked = self.shared.asked.borrow();
        for head in asked.iter().filter(|head| !head.is_empty()) {
            says_nothing_more(head);
        }
        asked.len()
    }

    /// The paths that were asked for, as they were written.
    pub(crate) fn paths(&self) -> Vec<String> {
        let asked = self.shared.asked.borrow();
        asked.iter().map(|head| path(head).to_owned()).collect()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.shared.connections.borrow()
    }

    /// Waits until so many requests have arrived.
    pub(crate) async fn until_asked(&self, count: usize) {
        let mut asked = self.shared.asked.subscribe();
        within(asked.wait_for(|asked| asked.len() >= count)).await.unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.gate.lock().unwrap().is_gone = true;
        self.shared.gate_moved.notify_all();
    }
}

impl Shared {
    fn serve(&self, connection: &TcpStream) -> io::Result<()> {
        connection.set_nodelay(true)?;
        self.connections.send_modify(|count| *count += 1);
        if matches!(*self.answer.lock().unwrap(), Answer::Refuse) {
            self.asked.send_modify(|asked| asked.push(String::new()));
            return Ok(());
        }
        let mut reader = BufReader::new(connection);
        while let Some(head) = read_head(&mut reader)? {
            // The answer is settled before the request is told, so that a test which has seen the request can set the next answer.
            let answer = self.answer_to(path(&head));
            self.asked.send_modify(|asked| asked.push(head));
            let Answer::Steps(steps) = answer else { return Ok(()) };
            for step in steps {
                match step {
                    Step::Send(bytes) => (&*connection).write_all(&bytes)?,
                    Step::SendForever(bytes) => loop {
                        (&*connection).write_all(&bytes)?;
                    },
                    Step::Hold if self.passes() => {}
                    Step::Hold | Step::Close => return Ok(()),
                }
            }
        }
        Ok(())
    }

    fn answer_to(&self, path: &str) -> Answer {
        let special = self.answers_at.lock().unwrap().get(path).cloned();
        special.unwrap_or_else(|| self.answer.lock().unwrap().clone())
    }

    /// Waits at the gate; whether it was opened, and did not go away.
    fn passes(&self) -> bool {
        let gate = self.gate.lock().unwrap();
        let mut gate = self
            .gate_moved
            .wait_while(gate, |gate| gate.permits == 0 && !gate.is_gone)
            .unwrap();
        gate.permits = gate.permits.saturating_sub(1);
        !gate.is_gone
    }
}

/// The head of the next request; none when the client has closed.
fn read_head(reader: &mut impl io::BufRead) -> io::Result<Option<String>> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(head))
}

fn path(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

/// Checks that a request is a plain question: no query, and no header but those that every request needs.
fn says_nothing_more(head: &str) {
    let mut lines = head.trim_end().split("\r\n");
    let line = lines.next().unwrap();
    assert!(line.starts_with("GET /") && line.ends_with(" HTTP/1.1"), "{line}");
    assert!(!path(head).contains(['?', '#']), "{line}");
    for header in lines {
        let (name, value) = header.split_once(':').unwrap();
        match name.to_ascii_lowercase().as_str() {
            "accept" => assert_eq!(value.trim(), "application/json"),
            "host" => assert!(value.trim().starts_with("127.0.0.1:"), "{header}"),
            _ => panic!("the request has {header}"),
        }
    }
}
