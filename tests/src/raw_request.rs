//! A request that is sent as it is, by no client that tidies it up, and its answer.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longest that an answer may take.
const LIMIT: Duration = Duration::from_secs(20);

/// An answer in its parts.
#[derive(Debug)]
pub struct RawAnswer {
    /// The status; 0 when there is none.
    pub status: u16,
    head: String,
    /// The body as text.
    pub body: String,
}

impl RawAnswer {
    /// The value of a header, by its name in lower case; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers
            .find_map(|(key, value)| (key == name).then_some(value))
            .unwrap_or_default()
    }
}

/// Sends one request on a connection of its own, with this text as its `Authorization`; with none when it is empty.
///
/// # Errors
/// When the connection fails, or the answer takes longer than 20 seconds.
pub async fn raw_request(
    address: SocketAddr,
    method: &str,
    path: &str,
    authorization: &str,
    body: &str,
) -> io::Result<RawAnswer> {
    raw_request_to("local", address, method, path, authorization, body).await
}

/// The same, under another name of the host.
///
/// # Errors
/// When the connection fails, or the answer takes longer than 20 seconds.
pub async fn raw_request_to(
    host: &str,
    address: SocketAddr,
    method: &str,
    path: &str,
    authorization: &str,
    body: &str,
) -> io::Result<RawAnswer> {
    let length = body.len();
    let authorization = if authorization.is_empty() {
        String::new()
    } else {
        format!("authorization: {authorization}\r\n")
    };
    let others = format!("origin: http://localhost\r\ncontent-length: {length}\r\nconnection: close\r\n");
    let request = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n{authorization}{others}\r\n{body}");
    raw_exchange(address, &request).await
}

/// Sends this text as a request on a connection of its own; it should ask for the connection to be closed.
///
/// # Errors
/// When the connection fails, or the answer takes longer than 20 seconds.
pub async fn raw_exchange(address: SocketAddr, request: &str) -> io::Result<RawAnswer> {
    let mut text = String::new();
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(request.as_bytes()).await?;
        stream.read_to_string(&mut text).await
    };
    timeout(LIMIT, exchange).await.map_err(io::Error::from)??;
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_default();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok(RawAnswer {
        status: status.unwrap_or_default(),
        head: head.to_owned(),
        body: body.to_owned(),
    })
}
