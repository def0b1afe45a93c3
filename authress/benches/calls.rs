//! Authorization checks through the client, beside the same calls without it, in turns within one run.
//! `cargo bench -p authress --bench calls`.
//!
//! - `bare`: the call as it is written by hand, with `reqwest` as it comes, but for the limits of time and redirects that the client has.
//! - `authress`: the check through the client.
//! - `tuned`: the bare call with all that can be prepared, and no copies for repetitions: the limit, below which only another HTTP library gets.
//! - `bare + 2 us`: the bare call after two microseconds of work, as a measure. Where the server has gone to sleep by the time it is asked, they may
//!   cost more than two, since it is the caller who wakes it.
//!
//! The server is a process of its own, so that the time on the processor is that of the caller alone. The runtime of the caller has one thread.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a benchmark is a program of its own"
)]

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use authress::AuthressClient;
use reqwest::header::{ACCEPT, AUTHORIZATION, HOST, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Method, Url};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

const PATH: &str = "/v1/users/user-1/resources/documents%2F42/permissions/read";
const ACCEPTED: &str = "application/links+json, application/json";
/// As long as what the client says of itself.
const PROGRAM: &str = "Authress SDK; Rust; 0.0.0";
/// The argument with which the program is the server.
const SERVE: &str = "--serve";
const ACCESS_KEY: &str = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
/// Calls that follow one another in a turn, and how many turns: short ones, since what the machine does meanwhile changes more than the calls differ.
const ONE_BY_ONE: u32 = 100;
const TURNS_ONE_BY_ONE: usize = 600;
/// Callers at once, the calls of each in a turn, and how many turns.
const CALLERS: u32 = 64;
const CALLS: u32 = 60;
const TURNS: usize = 60;
const ASKERS: usize = 4;
/// What the measure works before each call.
const WORK: Duration = Duration::from_micros(2);

/// One way to ask.
#[derive(Clone)]
enum Asker {
    Bare(Bare),
    Sdk(AuthressClient),
    Tuned {
        client: reqwest::Client,
        url: Url,
        headers: HeaderMap,
    },
    AfterWork(Bare),
}

/// The call as it is written by hand.
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
            Self::Tuned { client, url, headers } => {
                let mut request = reqwest::Request::new(Method::GET, url.clone());
                request.headers_mut().clone_from(headers);
                is_yes(client.execute(request).await.unwrap()).await;
            }
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
            .get(format!("{url}{PATH}"))
            .header(ACCEPT, ACCEPTED)
            .header(USER_AGENT, PROGRAM)
            .header(AUTHORIZATION, token);
        is_yes(request.send().await.unwrap()).await;
    }
}

async fn is_yes(answer: reqwest::Response) {
    assert!(answer.status() == 200 && answer.bytes().await.unwrap().is_empty());
}

/// What a turn took: on the clock, and on the processor.
#[derive(Clone, Copy, Default)]
struct Took {
    wall: Duration,
    processor: Duration,
}

fn main() {
    if std::env::args().any(|argument| argument == SERVE) {
        return serve();
    }
    let (_server, url) = start_server();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(compare(&url));
}

async fn compare(url: &str) {
    let sdk = AuthressClient::builder(url).access_key(ACCESS_KEY).build().unwrap();
    let token = format!("Bearer {}", sdk.client_token().await.unwrap().expose());
    let http = || {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(30))
            .no_proxy()
    };
    let bare = || Bare {
        client: http().build().unwrap(),
        url: url.to_owned(),
        token: token.clone(),
    };
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
    headers.insert(USER_AGENT, HeaderValue::from_static(PROGRAM));
    headers.insert(AUTHORIZATION, token.parse().unwrap());
    headers.insert(HOST, url.trim_start_matches("http://").parse().unwrap());
    let tuned = Asker::Tuned {
        client: http()
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .build()
            .unwrap(),
        url: format!("{url}{PATH}").parse().unwrap(),
        headers,
    };
    let askers = [Asker::Bare(bare()), Asker::Sdk(sdk), tuned, Asker::AfterWork(bare())];

    println!("one call after another");
    let turns = in_turns(&askers, TURNS_ONE_BY_ONE, async |asker| {
        for _ in 0..ONE_BY_ONE {
            asker.ask().await;
        }
    });
    report(&turns.await, ONE_BY_ONE);

    println!("{CALLERS} callers at once");
    let turns = in_turns(&askers, TURNS, async |asker| {
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
    report(&turns.await, CALLERS * CALLS);
}

/// What the turns of each asker took. Each begins a round as often as the others, and the first round, which opens the connections, does not count.
async fn in_turns(askers: &[Asker; ASKERS], turns: usize, turn: impl AsyncFn(&Asker)) -> Vec<[Took; ASKERS]> {
    let mut rounds = Vec::new();
    for round in 0..=turns {
        let mut took = [Took::default(); ASKERS];
        for place in 0..ASKERS {
            let at = (round + place) % ASKERS;
            took[at] = measured(turn(&askers[at])).await;
        }
        rounds.push(took);
    }
    rounds.split_off(1)
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

/// Prints, of each asker, the median time of a call, the quartiles of its throughput beside that of the bare call in the same round, and the mean
/// time on the processor: a mean, since the system tells of that in steps of some milliseconds.
fn report(rounds: &[[Took; ASKERS]], calls: u32) {
    let mean_on_processor = |at: usize| {
        let total: Duration = rounds.iter().map(|round| round[at].processor).sum();
        total.as_secs_f64() * 1e6 / f64::from(calls) / f64::from(u32::try_from(rounds.len()).unwrap())
    };
    for (at, name) in ["bare", "authress", "tuned", "bare + 2 us"].into_iter().enumerate() {
        let wall = quartiles(
            rounds
                .iter()
                .map(|round| round[at].wall.as_secs_f64() * 1e6 / f64::from(calls)),
        );
        let ratio = quartiles(
            rounds
                .iter()
                .map(|round| round[0].wall.as_secs_f64() / round[at].wall.as_secs_f64()),
        );
        let processor = if mean_on_processor(at) == 0.0 {
            "unknown".to_owned()
        } else {
            format!(
                "{:6.2} us ({:+.2})",
                mean_on_processor(at),
                mean_on_processor(at) - mean_on_processor(0)
            )
        };
        println!(
            "  {name:<12} {:6.2} us a call, {:5.0} a second, {:.3} ({:.3} to {:.3}) of the bare; on the processor {processor}",
            wall[1],
            1e6 / wall[1],
            ratio[1],
            ratio[0],
            ratio[2],
        );
    }
}

fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[values.len() * quarter / 4])
}

/// The program once more, as the server. It ends with this one, however that ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the server, and says at which URL it is.
fn start_server() -> (Server, String) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let mut server = command.arg(SERVE).stdout(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut url)
        .unwrap();
    (Server(server), url.trim().to_owned())
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
