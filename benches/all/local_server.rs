//! Authorization checks over HTTP, beside an empty axum route in the same run.
//!
//! Each server has one thread of its own, and all are asked in turns by the same client over kept connections: one request at a time on each, sent as
//! bytes that are ready, so that the servers are what is measured.
//!
//! With one connection, the client and a server wait for each other. Where the system puts their threads then decides more than what they do: on one core
//! (`taskset -c 0` before the command) the answers differ by what they cost.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use authress_local::AuthressLocal;
use axum::Router;
use axum::routing::get;
use benches::{Goal, Row, Table, median};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

/// Connections that ask at once.
const CONNECTIONS: usize = 64;
/// How long each is asked before the next one's turn.
const TURN: Duration = Duration::from_millis(250);
/// How often each has its turn.
const TURNS: usize = 24;
/// Users with an access record of their own each.
const USERS: usize = 10_000;
/// Requests that follow one another on one connection in a turn.
const ONE_BY_ONE: usize = 2_000;

/// What is asked, and how it is answered.
struct Question {
    name: &'static str,
    connections: Vec<Connection>,
}

struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
    status: &'static str,
    buffer: Vec<u8>,
}

pub(crate) fn run(table: &mut Table) {
    let client = Builder::new_current_thread().enable_io().build().unwrap();
    let (axum_thread, local_thread) = (server("axum"), server("local"));
    let empty = axum_thread.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new().route("/", get(|| async {}));
        tokio::spawn(async move { axum::serve(listener, app).await });
        address
    });
    let local = local_thread.block_on(AuthressLocal::start()).unwrap();
    for number in 0..USERS {
        local.grant(
            &format!("user_{number}"),
            &format!("documents/{number}/*"),
            ["documents:read"],
        );
    }
    let check = |number: usize, permission: &str| {
        let user = format!("user_{number}");
        let path = format!("/v1/users/{user}/resources/documents%2F{number}%2Fpages%2F1/permissions/{permission}");
        format!(
            "GET {path} HTTP/1.1\r\nhost: local\r\nauthorization: Bearer {}\r\n\r\n",
            local.user_token(&user)
        )
    };
    let empty_request = |_| "GET / HTTP/1.1\r\nhost: local\r\n\r\n".to_owned();
    let mut questions = client.block_on(async {
        [
            Question::new("an empty axum route", empty, "200", empty_request).await,
            Question::new("a check, allowed", local.address(), "200", |n| {
                check(n, "documents:read")
            })
            .await,
            Question::new("a check, denied", local.address(), "404", |n| {
                check(n, "documents:write")
            })
            .await,
        ]
    });

    let rates = in_turns(&mut questions, |question| client.block_on(question.rate()));
    println!("{CONNECTIONS} connections: requests a second");
    print(&questions, &rates, |rate, first| rate / first);
    if let [empty, allowed, denied] = rates[..] {
        for (work, rate) in [
            ("a check on the local server, allowed, 64 at once", allowed),
            ("a check on the local server, denied, 64 at once", denied),
        ] {
            let took = [1e9 / empty, 1e9 / rate];
            table.push(Row::new(work, "an empty axum route", took, Goal::Throughput(0.80)));
        }
    }

    let times = in_turns(&mut questions, |question| client.block_on(question.one_by_one()));
    println!("\none connection: median in microseconds");
    print(&questions, &times, |time, first| time / first);
}

/// A runtime for one server, on a thread with this name.
fn server(name: &str) -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name(name)
        .enable_all()
        .build()
        .unwrap()
}

/// The median of each question's measurements.
fn in_turns(questions: &mut [Question], mut measure: impl FnMut(&mut Question) -> f64) -> Vec<f64> {
    let mut samples = vec![Vec::new(); questions.len()];
    for _ in 0..TURNS {
        for (question, samples) in questions.iter_mut().zip(&mut samples) {
            samples.push(measure(question));
        }
    }
    samples.iter_mut().map(|samples| median(samples)).collect()
}

fn print(questions: &[Question], values: &[f64], ratio: impl Fn(f64, f64) -> f64) {
    let first = values.first().copied().unwrap_or(f64::NAN);
    for (question, value) in questions.iter().zip(values) {
        println!("  {:<24} {value:>10.1}  {:>6.3} x", question.name, ratio(*value, first));
    }
}

impl Question {
    async fn new(
        name: &'static str,
        address: SocketAddr,
        status: &'static str,
        request: impl Fn(usize) -> String,
    ) -> Self {
        let mut connections = Vec::new();
        for number in 0..CONNECTIONS {
            let stream = TcpStream::connect(address).await.unwrap();
            stream.set_nodelay(true).unwrap();
            connections.push(Connection {
                stream,
                request: request(number * USERS / CONNECTIONS).into_bytes(),
                status,
                buffer: vec![0; 4096],
            });
        }
        Self { name, connections }
    }

    /// Answers a second when all connections ask.
    async fn rate(&mut self) -> f64 {
        let start = Instant::now();
        let mut asking = JoinSet::new();
        for mut connection in self.connections.drain(..) {
            asking.spawn(async move {
                let mut answers = 0_u32;
                while start.elapsed() < TURN {
                    connection.ask().await;
                    answers += 1;
                }
                (connection, answers)
            });
        }
        let mut sum = 0;
        while let Some(asked) = asking.join_next().await {
            let (connection, answers) = asked.unwrap();
            self.connections.push(connection);
            sum += answers;
        }
        f64::from(sum) / start.elapsed().as_secs_f64()
    }

    /// The median time of an answer, in microseconds, when one connection asks.
    async fn one_by_one(&mut self) -> f64 {
        let mut samples = Vec::with_capacity(ONE_BY_ONE);
        let connection = self.connections.first_mut().unwrap();
        for _ in 0..ONE_BY_ONE {
            let start = Instant::now();
            connection.ask().await;
            samples.push(start.elapsed().as_secs_f64() * 1e6);
        }
        median(&mut samples)
    }
}

impl Connection {
    /// Sends the request and reads the whole answer.
    async fn ask(&mut self) {
        self.stream.write_all(&self.request).await.unwrap();
        let mut filled = 0;
        loop {
            let read = self.stream.read(self.buffer.get_mut(filled..).unwrap()).await.unwrap();
            assert!(read > 0, "the server has closed the connection");
            filled += read;
            let text = std::str::from_utf8(self.buffer.get(..filled).unwrap()).unwrap();
            let Some((head, body)) = text.split_once("\r\n\r\n") else {
                continue;
            };
            let (_, length) = head.split_once("content-length: ").unwrap();
            let length: usize = length.lines().next().unwrap().parse().unwrap();
            if body.len() >= length {
                assert_eq!(head.get(9..12), Some(self.status), "{text}");
                return;
            }
        }
    }
}
