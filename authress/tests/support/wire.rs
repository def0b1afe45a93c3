//! A server byte by byte that does with each connection what it is told to, and counts what it has read whole.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What a server does with a request.
#[derive(Clone)]
pub(crate) enum Does {
    /// Waits until there is something to read, and resets the connection without reading it.
    ResetUnread,
    /// Reads the request and resets the connection.
    Reset,
    /// Answers with these bytes and closes the connection.
    Close(String),
    /// Answers with these bytes and resets the connection.
    AnswerAndReset(String),
    /// Answers with these bytes and waits for another request on the same connection.
    Keep(String),
    /// Answers with these bytes and never says anything more.
    Stall(String),
    /// Answers with the first, and then with the second without an end.
    Endless(String, String),
}

/// A server on a free loopback port; it stops when it is dropped.
pub(crate) struct Wire {
    url: String,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<String>>,
    /// Bytes of endless answers.
    written: AtomicUsize,
}

impl Wire {
    /// Always does the same.
    pub(crate) async fn always(does: Does) -> Self {
        Self::script(move |_| does.clone()).await
    }

    /// Does with each request what the script says of its number, counted from zero in the order in which they are waited for.
    pub(crate) async fn script(script: impl Fn(usize) -> Does + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Seen::default());
        let (kept, script, number) = (Arc::clone(&seen), Arc::new(script), Arc::new(AtomicUsize::new(0)));
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                kept.connections.fetch_add(1, Ordering::SeqCst);
                let (kept, script, number) = (Arc::clone(&kept), Arc::clone(&script), Arc::clone(&number));
                connections.spawn(async move {
                    let next = || script(number.fetch_add(1, Ordering::SeqCst));
                    // A client that goes away is the client's affair.
                    let _ = serve(stream, &kept, next).await;
                });
            }
        });
        Self { url, seen, task }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// The requests that were read whole.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().unwrap().clone()
    }

    pub(crate) fn written(&self) -> usize {
        self.seen.written.load(Ordering::SeqCst)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, seen: &Seen, next: impl Fn() -> Does) -> std::io::Result<()> {
    loop {
        let does = next();
        if let Does::ResetUnread = does {
            // What was not read when a connection is closed resets it.
            stream.peek(&mut [0]).await?;
            return stream.set_zero_linger();
        }
        let Some(request) = request(&mut stream).await? else {
            return Ok(());
        };
        seen.requests.lock().unwrap().push(request);
        match does {
            Does::ResetUnread | Does::Reset => return stream.set_zero_linger(),
            Does::Close(answer) => return stream.write_all(answer.as_bytes()).await,
            Does::AnswerAndReset(answer) => {
                stream.write_all(answer.as_bytes()).await?;
                // The reset overtakes what the client has not read yet, so it gets the time to.
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                return stream.set_zero_linger();
            }
            Does::Keep(answer) => stream.write_all(answer.as_bytes()).await?,
            Does::Stall(answer) => {
                stream.write_all(answer.as_bytes()).await?;
                std::future::pending::<()>().await;
            }
            Does::Endless(head, more) => {
                stream.write_all(head.as_bytes()).await?;
                loop {
                    stream.write_all(more.as_bytes()).await?;
                    seen.written.fetch_add(more.len(), Ordering::SeqCst);
                }
            }
        }
    }
}

/// Reads one request with its body; nothing when the client has closed the connection before it was whole.
async fn request(stream: &mut TcpStream) -> std::io::Result<Option<String>> {
    let mut request = String::new();
    let mut buffer = [0; 4_096];
    loop {
        if let Some((head, body)) = request.split_once("\r\n\r\n") {
            let length = head.to_ascii_lowercase();
            let length = length.split("content-length: ").nth(1);
            let length = length.map_or(0, |text| text.lines().next().unwrap().parse().unwrap());
            if body.len() >= length {
                return Ok(Some(request));
            }
        }
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Ok(None);
        }
        request.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    }
}
