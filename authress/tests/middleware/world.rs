//! A service on loopback in front of a local Authress, and requests to it byte by byte.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use authress::http::Request;
use authress::middleware::Allowed;
use authress::{AuthressClient, Cache, CallEnded, Identity, Metrics, RetryPolicy, VerifiedTokenCache};
use authress_local::AuthressLocal;
use axum::Router;
use axum::body::Body;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Longest that an answer may take.
const LIMIT: Duration = Duration::from_secs(20);

/// How often a token was to be verified, and how often the service was asked.
#[derive(Default)]
pub(crate) struct Counters {
    verifications: AtomicUsize,
    questions: AtomicUsize,
}

impl Metrics for Counters {
    fn call_ended(&self, _: &CallEnded) {
        self.questions.fetch_add(1, Ordering::SeqCst);
    }

    fn cache_asked(&self, cache: Cache, _: bool) {
        let is_for_token = cache == Cache::VerifiedTokens;
        self.verifications
            .fetch_add(usize::from(is_for_token), Ordering::SeqCst);
    }
}

/// A local Authress, a client of it that sends each request once, and a service behind the layers of the test.
pub(crate) struct World {
    pub(crate) local: AuthressLocal,
    counters: Arc<Counters>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl World {
    /// Alice may read document 42. The client has the access key of the owner.
    pub(crate) async fn new(router: impl FnOnce(&AuthressClient) -> Router) -> Self {
        let local = AuthressLocal::start().await.unwrap();
        let access_key = local.owner_access_key().to_owned();
        Self::with(local, Some(access_key), router).await
    }

    pub(crate) async fn with(
        local: AuthressLocal,
        access_key: Option<String>,
        router: impl FnOnce(&AuthressClient) -> Router,
    ) -> Self {
        local.grant("alice", "documents/42", ["read"]);
        let counters = Arc::new(Counters::default());
        let mut client = AuthressClient::builder(local.url())
            .retry(RetryPolicy::none())
            .cache_verified_tokens(VerifiedTokenCache::new(1_000))
            .metrics(Arc::clone(&counters));
        if let Some(access_key) = access_key {
            client = client.access_key(access_key);
        }
        let client = client.build().unwrap();
        let router = router(&client);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            local,
            counters,
            address,
            server,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn verifications(&self) -> usize {
        self.counters.verifications.load(Ordering::SeqCst)
    }

    pub(crate) fn questions(&self) -> usize {
        self.counters.questions.load(Ordering::SeqCst)
    }

    pub(crate) fn bearer(&self, user: &str) -> String {
        format!("authorization: Bearer {}", self.local.user_token(user))
    }

    /// Sends a request as it is, with these lines as its headers.
    pub(crate) async fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: local\r\nconnection: close\r\n");
        for header in headers {
            request.push_str(header);
            request.push_str("\r\n");
        }
        request.push_str("\r\n");
        let mut text = String::new();
        let exchange = async {
            let mut stream = TcpStream::connect(self.address).await?;
            stream.write_all(request.as_bytes()).await?;
            stream.read_to_string(&mut text).await
        };
        timeout(LIMIT, exchange).await.unwrap().unwrap();
        Answer::of(&text)
    }

    /// The same as a user, without a body.
    pub(crate) async fn ask_as(&self, user: &str, method: &str, path: &str) -> Answer {
        self.ask(method, path, &[&self.bearer(user)]).await
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.server.abort();
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The names and values of the headers but the date, sorted.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    fn of(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| line.split_once(": ").unwrap());
        let mut headers: Vec<_> = headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        headers.retain(|(name, _)| name != "date");
        headers.sort();
        Self {
            status,
            headers,
            body: body.to_owned(),
        }
    }

    /// The value of a header; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        headers.find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// Says what it was given by the layers.
pub(crate) async fn seen(request: Request<Body>) -> String {
    let identity = request.extensions().get::<Identity>();
    let allowed = request.extensions().get::<Allowed>();
    let user = identity.map_or("nobody", |identity| identity.user_id());
    match allowed {
        None => user.to_owned(),
        Some(allowed) => format!("{user} may {} {}", allowed.permission(), allowed.resource_uri()),
    }
}
