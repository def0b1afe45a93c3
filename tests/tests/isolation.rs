//! Callers that share a client, and its connections, and nothing else: no call carries the token of another, and none gets the answer of another.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use authress::{AuthressClient, Error, Jitter};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const ACCESS_KEY: &str = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
/// How many calls each caller makes, by how many tasks at once.
const CALLS: usize = 1_000;
const TASKS: usize = 25;

/// A token with this payload; nobody verifies it here.
fn token(payload: &str) -> String {
    format!("eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.{payload}.c2ln")
}

/// Of every request, its path and its `Authorization`.
#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<(String, String)>>,
    connections: AtomicUsize,
    /// Connections that have carried more than one `Authorization`.
    shared: AtomicUsize,
}

/// Keeps connections open, and answers each path as its last character says: yes to even numbers, no to odd ones; now and then with 503.
async fn server() -> (String, Arc<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Seen::default());
    let kept = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            kept.connections.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream, Arc::clone(&kept)));
        }
    });
    (url, seen)
}

async fn serve(mut stream: TcpStream, seen: Arc<Seen>) {
    let mut read = String::new();
    let mut buffer = [0; 4_096];
    let mut carried = std::collections::BTreeSet::new();
    loop {
        while let Some((head, rest)) = read.split_once("\r\n\r\n") {
            let path = head.split(' ').nth(1).unwrap().to_owned();
            let authorization = head.lines().find_map(|line| line.strip_prefix("authorization: "));
            let is_yes = path.ends_with(['0', '2', '4', '6', '8']);
            if carried.insert(authorization.unwrap_or_default().to_owned()) && carried.len() == 2 {
                seen.shared.fetch_add(1, Ordering::SeqCst);
            }
            let number = {
                let mut requests = seen.requests.lock().unwrap();
                requests.push((path, authorization.unwrap_or_default().to_owned()));
                requests.len()
            };
            let status = match number % 50 {
                0 => "503 Later",
                _ if is_yes => "200 OK",
                _ => "404 Not Found",
            };
            read = rest.to_owned();
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(length) if length > 0 => read.push_str(std::str::from_utf8(&buffer[..length]).unwrap()),
            _ => return,
        }
    }
}

/// What is sent again is sent at once.
struct Never;

impl Jitter for Never {
    fn up_to(&self, _: Duration) -> Duration {
        Duration::ZERO
    }
}

/// Who asks: with a client, and perhaps with a token for the call alone.
#[derive(Clone)]
struct Caller {
    name: &'static str,
    client: AuthressClient,
    of_call: Option<String>,
}

impl Caller {
    async fn asks(&self, number: usize) -> Result<bool, Error> {
        let permission = format!("n{number}");
        let Some(token) = &self.of_call else {
            return self.client.is_authorized(self.name, "documents/1", permission).await;
        };
        let call = self.client.user_permissions();
        let call = call.authorize_user(self.name, "documents/1", permission);
        match call.user_token(token).await {
            Ok(()) => Ok(true),
            Err(error) if error.is_denied() => Ok(false),
            Err(error) => Err(error),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_who_share_connections_share_neither_tokens_nor_answers() {
    let (url, seen) = server().await;
    let builder = AuthressClient::builder(url).access_key(ACCESS_KEY).jitter(Never);
    let service = builder.build().unwrap();
    let as_user = |token: &str| service.with_user_token(token).unwrap();
    // {"sub":"alice"} and so on.
    let [alice, bob, carol, dave] = [
        "eyJzdWIiOiJhbGljZSJ9",
        "eyJzdWIiOiJib2IifQ",
        "eyJzdWIiOiJjYXJvbCJ9",
        "eyJzdWIiOiJkYXZlIn0",
    ]
    .map(token);
    let caller = |name, client: &AuthressClient, of_call: Option<&String>| Caller {
        name,
        client: client.clone(),
        of_call: of_call.cloned(),
    };
    let callers = [
        caller("service", &service, None),
        caller("alice", &as_user(&alice), None),
        caller("bob", &as_user(&bob), None),
        // With a token for each call, once on the service's client and once on another user's.
        caller("carol", &service, Some(&carol)),
        caller("dave", &as_user(&alice), Some(&dave)),
    ];
    let mut tasks = Vec::new();
    for first in 0..TASKS {
        for caller in callers.clone() {
            tasks.push(tokio::spawn(async move {
                for number in (first..CALLS).step_by(TASKS) {
                    assert_eq!(
                        caller.asks(number).await.unwrap(),
                        number % 2 == 0,
                        "{} {number}",
                        caller.name
                    );
                }
            }));
        }
    }
    for task in tasks {
        task.await.unwrap();
    }

    let of_service = service.client_token().await.unwrap();
    let expected = BTreeMap::from([
        ("service", of_service.expose()),
        ("alice", &alice),
        ("bob", &bob),
        ("carol", &carol),
        ("dave", &dave),
    ]);
    let requests = seen.requests.lock().unwrap();
    let mut counts = BTreeMap::new();
    for (path, authorization) in &*requests {
        let name = path.split('/').nth(3).unwrap();
        assert_eq!(*authorization, format!("Bearer {}", expected[name]), "{path}");
        *counts.entry(name).or_insert(0) += 1;
    }
    for name in expected.keys() {
        assert!(counts[name] >= CALLS, "{counts:?}");
    }
    // Each 503 was asked again, once.
    assert_eq!(requests.len(), 5 * CALLS + requests.len() / 50);
    assert!(seen.connections.load(Ordering::SeqCst) <= TASKS * 5 * 2);
    // One pool: connections carry what several callers say, one after the other.
    assert!(seen.shared.load(Ordering::SeqCst) > 0);
}
