//! The way to the server, which cuts it, holds it up, and answers itself: a proxy that understands no HTTP but whose turn it is.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, Weak};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use super::report::Report;

/// What goes wrong with one exchange.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// Half of the request arrives.
    CutRequest,
    /// The request arrives, and its answer does not.
    LoseAnswer,
    /// Half of the answer arrives.
    HalfAnswer,
    /// The answer arrives in two parts. Nothing is wrong with that.
    Parts,
    /// Nothing arrives anywhere, and nobody says so.
    Hold,
    /// Something that stands in between answers.
    Answer(&'static str),
}

pub(crate) const BUSY: &str =
    "HTTP/1.1 429 Too Many Requests\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
pub(crate) const AWAY: &str =
    "HTTP/1.1 503 Service Unavailable\r\nretry-after: 3600\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const BAD_GATEWAY: &str =
    "HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>";
const PAGE: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>";
pub(crate) const NO_PAGE: &str =
    "HTTP/1.1 404 Not Found\r\ncontent-type: text/html\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>";
const ELSEWHERE: &str = "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const NO_HTTP: &str = "SSH-2.0-OpenSSH_9.9\r\n";

impl Fault {
    pub(crate) const ALL: &[Self] = &[
        Self::CutRequest,
        Self::LoseAnswer,
        Self::LoseAnswer,
        Self::LoseAnswer,
        Self::HalfAnswer,
        Self::HalfAnswer,
        Self::Parts,
        Self::Answer(BUSY),
        Self::Answer(AWAY),
        Self::Answer(BAD_GATEWAY),
        Self::Answer(PAGE),
        Self::Answer(NO_PAGE),
        Self::Answer(ELSEWHERE),
        Self::Answer(NO_HTTP),
    ];

    fn name(self) -> &'static str {
        match self {
            Self::CutRequest => "way, request cut",
            Self::LoseAnswer => "way, answer lost",
            Self::HalfAnswer => "way, answer cut",
            Self::Parts => "way, answer in parts",
            Self::Hold => "way, held",
            Self::Answer(_) => "way, answer of its own",
        }
    }
}

/// Faults for certain exchanges alone.
struct Aimed {
    /// What their requests have in them, all of it.
    of: Vec<String>,
    faults: Weak<Mutex<VecDeque<Fault>>>,
}

/// What goes wrong with certain exchanges, one after the other, until it is dropped.
pub(crate) struct Aim {
    faults: Arc<Mutex<VecDeque<Fault>>>,
    all: usize,
}

impl Aim {
    /// How many of the faults there were.
    pub(crate) fn met(&self) -> usize {
        self.all - self.faults.lock().unwrap().len()
    }
}

/// An exchange whose answer is to be held up.
struct Late {
    /// What its request has in it.
    of: String,
    is_held: oneshot::Sender<()>,
    go_on: oneshot::Receiver<()>,
}

/// Holds the answer to one exchange up, until it is dropped.
pub(crate) struct HeldUp {
    is_held: oneshot::Receiver<()>,
    _go_on: oneshot::Sender<()>,
}

impl HeldUp {
    /// Waits until the server has answered, and the answer is held.
    pub(crate) async fn is_held(&mut self) {
        // Whoever could have said so is gone when the connection was closed meanwhile.
        let _ = (&mut self.is_held).await;
    }
}

pub(crate) struct Wire {
    pub(crate) url: String,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    /// Is told what has gone wrong.
    report: Arc<Report>,
    server: Mutex<Option<SocketAddr>>,
    /// What goes wrong with the next exchanges.
    next: Mutex<Vec<Fault>>,
    /// What goes wrong with certain exchanges, before that.
    aimed: Mutex<Vec<Aimed>>,
    /// Exchanges whose answers are to be held up.
    late: Mutex<Vec<Late>>,
    /// Connections of another life of the server are closed.
    life: watch::Sender<u64>,
}

impl Wire {
    pub(crate) async fn start(report: Arc<Report>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            report,
            server: Mutex::default(),
            next: Mutex::default(),
            aimed: Mutex::default(),
            late: Mutex::default(),
            life: watch::Sender::new(0),
        });
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (state, life) = (Arc::clone(&shared), shared.life.subscribe());
                tokio::spawn(async move {
                    // Whatever goes wrong with one, both connections are closed.
                    let _ = connection(client, &state, life).await;
                });
            }
        });
        Self { url, state, task }
    }

    /// Leads to the server at this port from now on.
    pub(crate) fn lead_to(&self, port: u16) {
        *self.state.server.lock().unwrap() = Some(([127, 0, 0, 1], port).into());
    }

    /// Lets this go wrong with the next exchanges.
    pub(crate) fn fail(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state.next.lock().unwrap().extend(faults);
    }

    /// Lets this go wrong with the next exchanges whose requests have all of this in them.
    pub(crate) fn aim(&self, of: impl IntoIterator<Item = String>, faults: impl IntoIterator<Item = Fault>) -> Aim {
        let faults: VecDeque<_> = faults.into_iter().collect();
        let (all, faults) = (faults.len(), Arc::new(Mutex::new(faults)));
        let mut aimed = self.state.aimed.lock().unwrap();
        aimed.retain(|aimed| aimed.faults.strong_count() > 0);
        aimed.push(Aimed {
            of: of.into_iter().collect(),
            faults: Arc::downgrade(&faults),
        });
        Aim { faults, all }
    }

    /// Holds the answer to the next request up that has this in it.
    pub(crate) fn hold_up(&self, of: String) -> HeldUp {
        let ((is_held, held), (release, go_on)) = (oneshot::channel(), oneshot::channel());
        let mut late = self.state.late.lock().unwrap();
        // Some were never met by a request.
        late.retain(|late| !late.is_held.is_closed());
        late.push(Late { of, is_held, go_on });
        HeldUp {
            is_held: held,
            _go_on: release,
        }
    }

    /// Nothing goes wrong any more.
    pub(crate) fn clear(&self) {
        self.state.next.lock().unwrap().clear();
    }

    /// Closes all connections. What was accepted before this reaches no server that is started later.
    pub(crate) fn close(&self) {
        self.state.life.send_modify(|life| *life += 1);
    }
}

impl State {
    /// What goes wrong with this request.
    fn fault_of(&self, request: &str) -> Option<Fault> {
        let aimed = self.aimed.lock().unwrap();
        let at_it = aimed
            .iter()
            .filter(|aimed| aimed.of.iter().all(|of| request.contains(of)));
        let fault = at_it
            .filter_map(|aimed| aimed.faults.upgrade())
            .find_map(|faults| faults.lock().unwrap().pop_front());
        if fault.is_some() {
            return fault;
        }
        let fault = self.next.lock().unwrap().pop()?;
        self.report.count(fault.name());
        Some(fault)
    }

    /// Takes what is to be held up, if it is this request.
    fn late_of(&self, request: &str) -> Option<Late> {
        let mut late = self.late.lock().unwrap();
        let at = late.iter().position(|late| request.contains(&late.of))?;
        Some(late.swap_remove(at))
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn connection(client: TcpStream, state: &State, mut life: watch::Receiver<u64>) -> io::Result<()> {
    let server = *state.server.lock().unwrap();
    let server = TcpStream::connect(server.ok_or(io::ErrorKind::NotConnected)?).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    tokio::select! {
        biased;
        _ = life.changed() => Ok(()),
        done = exchanges(client, server, state) => done,
    }
}

async fn exchanges(mut client: TcpStream, mut server: TcpStream, state: &State) -> io::Result<()> {
    let (mut up, mut down) = (vec![0; 8 * 1024], vec![0; 8 * 1024]);
    // Whether what the client sends next is a request, and no more of one; and what goes wrong with the one under way.
    let (mut is_new, mut fault, mut late) = (true, None, None);
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let Some(sent) = up.get(..read?).filter(|sent| !sent.is_empty()) else { return Ok(()) };
                if is_new {
                    is_new = false;
                    let request = String::from_utf8_lossy(sent);
                    (fault, late) = (state.fault_of(&request), state.late_of(&request));
                }
                match fault {
                    Some(Fault::CutRequest) => return server.write_all(&sent[..sent.len() / 2]).await,
                    Some(Fault::Answer(answer)) => return client.write_all(answer.as_bytes()).await,
                    Some(Fault::Hold) => {}
                    _ => server.write_all(sent).await?,
                }
            }
            read = server.read(&mut down) => {
                let Some(answer) = down.get(..read?).filter(|answer| !answer.is_empty()) else { return Ok(()) };
                is_new = true;
                if let Some(late) = late.take() {
                    let _ = late.is_held.send(());
                    let _ = late.go_on.await;
                }
                let (begin, end) = answer.split_at(answer.len() / 2);
                match fault.take() {
                    Some(Fault::LoseAnswer) => return Ok(()),
                    Some(Fault::HalfAnswer) => return client.write_all(begin).await,
                    Some(Fault::Parts) => {
                        client.write_all(begin).await?;
                        tokio::task::yield_now().await;
                        client.write_all(end).await?;
                    }
                    _ => client.write_all(answer).await?,
                }
            }
        }
    }
}
