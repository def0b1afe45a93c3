//! The ways to ask that are compared.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use authress::AuthressClient;
use reqwest::header::{ACCEPT, AUTHORIZATION, HOST, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Method, Url};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::ACCESS_KEY;

pub(super) const NAMES: [&str; 5] = ["bare", "authress", "tuned", "bare + 2 us", "socket"];

const PATH: &str = "/v1/users/user-1/resources/documents%2F42/permissions/read";
const ACCEPTED: &str = "application/links+json, application/json";
/// As long as what the client says of itself.
const PROGRAM: &str = "Authress SDK; Rust; 0.0.0";
/// What the measure works before each call.
const WORK: Duration = Duration::from_micros(2);

/// One way to ask.
#[derive(Clone)]
pub(super) enum Asker {
    Bare(Bare),
    Sdk(AuthressClient),
    Tuned {
        client: reqwest::Client,
        url: Url,
        headers: HeaderMap,
    },
    AfterWork(Bare),
    Socket(Socket),
}

/// The bytes of a request, and the connections on which nobody waits.
#[derive(Clone)]
pub(super) struct Socket {
    address: String,
    request: Arc<[u8]>,
    idle: Arc<Mutex<Vec<TcpStream>>>,
}

/// The call as it is written by hand.
#[derive(Clone)]
pub(super) struct Bare {
    client: reqwest::Client,
    url: String,
    token: String,
}

impl Asker {
    /// All ways, in the order of `NAMES`.
    pub(super) async fn all(url: &str) -> [Self; NAMES.len()] {
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
        let address = url.trim_start_matches("http://");
        let request = format!(
            "GET {PATH} HTTP/1.1\r\nhost: {address}\r\naccept: {ACCEPTED}\r\nuser-agent: {PROGRAM}\r\nauthorization: {token}\r\n\r\n"
        );
        let socket = Socket {
            address: address.to_owned(),
            request: request.into_bytes().into(),
            idle: Arc::default(),
        };
        [
            Asker::Bare(bare()),
            Asker::Sdk(sdk),
            tuned,
            Asker::AfterWork(bare()),
            Asker::Socket(socket),
        ]
    }

    pub(super) async fn ask(&self) {
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
            Self::Socket(socket) => socket.ask().await,
        }
    }
}

impl Socket {
    async fn ask(&self) {
        let idle = self.idle.lock().unwrap().pop();
        let mut stream = match idle {
            Some(stream) => stream,
            None => TcpStream::connect(&self.address).await.unwrap(),
        };
        stream.set_nodelay(true).unwrap();
        stream.write_all(&self.request).await.unwrap();
        let mut answer = [0; 512];
        let mut filled = 0;
        while !answer[..filled].ends_with(b"\r\n\r\n") {
            let read = stream.read(&mut answer[filled..]).await.unwrap();
            assert!(read > 0, "the server has closed the connection");
            filled += read;
        }
        assert!(answer.starts_with(b"HTTP/1.1 200 OK"));
        self.idle.lock().unwrap().push(stream);
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
