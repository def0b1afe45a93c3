//! The server: it says yes to one question, publishes one key, and knows nothing else. A process of its own, as a service is.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::Outcome;
use crate::setting::{self, Setting};

const QUESTION: &[u8] = b"GET /v1/users/user-1/resources/documents%2F42/permissions/read ";
const YES: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
const NO: &[u8] = b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";

/// Serves until the input ends, so that no server outlives whoever started it.
pub(crate) async fn serve() -> Outcome<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let setting = Setting::at(format!("http://{}", listener.local_addr()?)).await?;
    println!("{}", serde_json::to_string(&setting)?);
    std::thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        std::process::exit(0);
    });

    let keys = Arc::new(Keys::new()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(answer(stream, Arc::clone(&keys)));
    }
}

/// Where the keys are asked for, and the answer.
struct Keys {
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Keys {
    fn new() -> Outcome<Self> {
        let jwks = setting::jwks()?;
        let (length, client) = (jwks.len(), setting::CLIENT);
        Ok(Self {
            request: format!("GET /v1/clients/{client}/.well-known/openid-configuration/jwks").into_bytes(),
            answer: format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{jwks}"
            )
            .into_bytes(),
        })
    }
}

async fn answer(mut stream: TcpStream, keys: Arc<Keys>) {
    let mut buffer = vec![0; 8_192];
    let mut filled = 0;
    while let Ok(read @ 1..) = stream.read(buffer.get_mut(filled..).unwrap_or_default()).await {
        filled += read;
        let request = buffer.get(..filled).unwrap_or_default();
        // One request at a time on each connection and none with a body, so what ends with an empty line is one.
        if request.ends_with(b"\r\n\r\n") {
            let answer = match request {
                request if request.starts_with(QUESTION) => YES,
                request if request.starts_with(&keys.request) => &keys.answer,
                _ => NO,
            };
            filled = 0;
            if stream.write_all(answer).await.is_err() {
                return;
            }
        }
    }
}
