//! Authorization checks through the client, beside the bare `reqwest` call with the same headers, in turns within one run.
//! `cargo bench -p authress --bench calls`.
//!
//! The server is a process of its own, so that the time on the processor is that of the caller alone. The runtime of the caller has one thread.
//!
//! The third way to ask is the measure of the second: the bare call after two microseconds of work. Where the server has gone to sleep by the time
//! it is asked, they cost more than two, since it is the caller who wakes it.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark is a program of its own")]

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use authress::AuthressClient;
use reqwest::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

/// The argument with which the program is the server.
const SERVE: &str = "--serve";
const ACCESS_KEY: &str = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
/// Calls that follow one another in a turn.
const ONE_BY_ONE: u32 = 1_000;
/// Callers at once, and the calls of each in a turn.
const CALLERS: u32 = 64;
const CALLS: u32 = 60;
const TURNS: usize = 60;
/// What the measure works before each call.
const WORK: Duration = Duration::from_micros(2);

/// One way to ask.
#[derive(Clone)]
enum Asker {
    Bare(Bare),
    Sdk(AuthressClient),
    AfterWork(Bare),
}

/// The call as it is made without an SDK.
#[derive(Clone)]
struct Bare {
    client: reqwest::Client,
    url: String,
    token: String,
}

impl Asker {
    async fn ask(&self) {
        match self {
            Self::Bare(bare) => bare.ask().await,
            Self::Sdk(client) => assert!(client.is_authorized("user-1", "documents/42", "read").await.unwrap()),
            Self::AfterWork(bare) => {
                let begun = Instant::now();
                while begun.elapsed() < WORK {}
                bare.ask().await;
            }
        }
    }
}

impl Bare {
    async fn ask(&self) {
        let Self { client, url, token } = self;
        let request = client
            .get(format!(
                "{url}/v1/users/user-1/resources/documents%2F42/permissions/read"
            ))
            .header(ACCEPT, "application/links+json, application/json")
            .header(USER_AGENT, "bare")
            .header(AUTHORIZATION, token);
        let answer = request.send().await.unwrap();
        assert!(answer.status() == 200 && answer.bytes().await.unwrap().is_empty());
    }
}

/// What a turn took: on the clock, and on the processor.
#[derive(Clone, Copy)]
struct Took {
    wall: Duration,
    processor: Duration,
}

fn main() {
    if std::env::args().any(|argument| argument == SERVE) {
        return serve();
    }
    let (mut server, url) = start_server();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(compare(&url));
    server.kill().unwrap();
}

async fn compare(url: &str) {
    let sdk = AuthressClient::builder(url).access_key(ACCESS_KEY).build().unwrap();
    let token = format!("Bearer {}", sdk.client_token().await.unwrap().expose());
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
        .no_proxy()
        .build()
        .unwrap();
    let bare = Bare {
        client,
        url: url.to_owned(),
        token,
    };
    let askers = [Asker::Bare(bare.clone()), Asker::Sdk(sdk), Asker::AfterWork(bare)];

    println!("one call after another");
    let mut turns_of = [const { Vec::new() }; 3];
    for _ in 0..TURNS {
        for (asker, turns_of) in askers.iter().zip(&mut turns_of) {
            let turn = measured(async {
                for _ in 0..ONE_BY_ONE {
                    asker.ask().await;
                }
            });
            turns_of.push(turn.await);
        }
    }
    report(turns_of, ONE_BY_ONE);

    println!("{CALLERS} callers at once");
    let mut turns_of = [const { Vec::new() }; 3];
    for _ in 0..TURNS {
        for (asker, turns_of) in askers.iter().zip(&mut turns_of) {
            let turn = measured(async {
                let mut callers = JoinSet::new();
                for _ in 0..CALLERS {
                    let asker = asker.clone();
                    callers.spawn(async move {
                        for _ in 0..CALLS {
                            asker.ask().await;
                        }
                    });
                }
                callers.join_all().await;
            });
            turns_of.push(turn.await);
        }
    }
    report(turns_of, CALLERS * CALLS);
}

async fn measured(turn: impl Future<Output = ()>) -> Took {
    let (processor, wall) = (on_processor(), Instant::now());
    turn.await;
    Took {
        wall: wall.elapsed(),
        processor: on_processor().saturating_sub(processor),
    }
}

/// The time that this thread has had on a processor; zero where the system does not tell.
fn on_processor() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|text| text.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// Prints the median of the turns on the clock, and their mean on the processor, of which the system tells in steps of some milliseconds.
fn report(turns_of: [Vec<Took>; 3], calls: u32) {
    let took = turns_of.map(|turns| {
        let micros = |time: Duration| time.as_secs_f64() * 1e6 / f64::from(calls);
        let mut wall: Vec<f64> = turns.iter().map(|turn| micros(turn.wall)).collect();
        wall.sort_by(f64::total_cmp);
        let processor = turns.iter().map(|turn| micros(turn.processor)).sum::<f64>();
        let median = wall.get(wall.len() / 2).copied().unwrap_or(f64::NAN);
        #[allow(clippy::cast_precision_loss, reason = "there are few turns")]
        (median, processor / turns.len() as f64)
    });
    let [bare, ..] = took;
    for (name, (wall, processor)) in ["bare reqwest", "authress", "bare after 2 us"].iter().zip(took) {
        println!(
            "  {name:<15} {wall:>7.2} us a call, {:>6.0} a second, {:.3} of the bare; {processor:>6.2} us on the processor, {:+.2}",
            1e6 / wall,
            bare.0 / wall,
            processor - bare.1
        );
    }
}

/// The program once more, as the server, with its URL.
fn start_server() -> (Child, String) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let mut server = command.arg(SERVE).stdout(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut url)
        .unwrap();
    (server, url.trim().to_owned())
}

/// Answers each request with an empty 200.
fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        listener.set_nonblocking(true).unwrap();
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            tokio::spawn(answer(stream));
        }
    });
}

async fn answer(mut stream: tokio::net::TcpStream) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
    let mut buffer = vec![0; 8_192];
    let mut filled = 0;
    while let Ok(read @ 1..) = stream.read(buffer.get_mut(filled..).unwrap_or_default()).await {
        filled += read;
        // One request at a time on each connection, so what ends with an empty line is one.
        if buffer
            .get(..filled)
            .is_some_and(|request| request.ends_with(b"\r\n\r\n"))
        {
            filled = 0;
            if stream.write_all(OK).await.is_err() {
                return;
            }
        }
    }
}
