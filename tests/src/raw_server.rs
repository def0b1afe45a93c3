//! A server that understands no HTTP: it keeps the bytes that clients send and answers with bytes that the test gives.
//!
//! Real servers, and mocks, tidy up paths and answers before anybody sees them; what is proved with this one is proved of the wire.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Largest request head that is read.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// A server on a free loopback port; it stops when it is dropped.
#[derive(Debug)]
pub struct RawServer {
    url: String,
    heads: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl RawServer {
    /// A server that answers every request with exactly these bytes and closes the connection.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn answering(answer: impl Into<Vec<u8>>) -> io::Result<Self> {
        Self::start(answer.into(), false).await
    }

    /// A server that answers every request with exactly these bytes and then leaves the connection open, as if more were to come.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn answering_and_waiting(answer: impl Into<Vec<u8>>) -> io::Result<Self> {
        Self::start(answer.into(), true).await
    }

    async fn start(answer: Vec<u8>, waits: bool) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let heads = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heads);
        let task = tokio::spawn(async move {
            let mut open = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                // A client that goes away is the client's affair.
                if let Ok(head) = head(&mut stream).await {
                    // Kept before it is answered: who has the answer finds the head.
                    kept.lock().unwrap_or_else(PoisonError::into_inner).push(head);
                    let _ = stream.write_all(&answer).await;
                }
                if waits {
                    open.push(stream);
                }
            }
        });
        Ok(Self { url, heads, task })
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The heads of the requests so far (request line and headers), in order.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The request lines so far, in order.
    pub fn request_lines(&self) -> Vec<String> {
        let first = |head: String| head.lines().next().unwrap_or_default().to_owned();
        self.heads().into_iter().map(first).collect()
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Reads one request up to the end of its head.
async fn head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|bytes| bytes == b"\r\n\r\n") && head.len() < MAX_HEAD_BYTES {
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            break;
        }
        head.extend(buffer.iter().take(read));
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}
