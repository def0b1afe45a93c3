//! A server that says yes to every request, in a process of its own, so that the time on the processor is that of the caller alone.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::runtime::Builder;

/// The argument with which the program is the server.
pub(crate) const SERVE: &str = "--serve";

/// The program once more, as the server. It ends with this one, however that ends.
pub(crate) struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    /// Starts the server, and says at which URL it is.
    pub(crate) fn start() -> (Self, String) {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut server = command.arg(SERVE).stdout(Stdio::piped()).spawn().unwrap();
        let mut url = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut url)
            .unwrap();
        (Self(server), url.trim().to_owned())
    }
}

/// Answers each request with an empty 200.
pub(crate) fn serve() {
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
