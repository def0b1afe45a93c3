//! What the tests share: a KMS on loopback that really signs and keeps what it is asked, and a client of the SDK that speaks plain HTTP and waits for
//! nothing but events.

#![allow(dead_code, reason = "each test program uses its part of it")]

use std::future::{pending, ready};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use authress::Signer;
use authress_aws_kms::aws_sdk_kms::config::http::{HttpRequest, HttpResponse};
use authress_aws_kms::aws_sdk_kms::config::retry::RetryPartition;
use authress_aws_kms::aws_sdk_kms::config::{
    AsyncSleep, BehaviorVersion, Builder, Credentials, HttpClient, Region, RuntimeComponents, Sleep,
    StalledStreamProtectionConfig,
};
use authress_aws_kms::aws_sdk_kms::error::ConnectorError;
use authress_aws_kms::aws_sdk_kms::{Client, Config};
use authress_aws_kms::{KmsSigner, KmsSignerError};
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_types::body::SdkBody;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, Request, Response, Uri, header};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body, Frame, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

pub(crate) const KEY_ID: &str = "alias/authress";
pub(crate) const ACCESS_KEY_ID: &str = "AKIDEXAMPLE";
pub(crate) const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI-secret";
pub(crate) const SESSION_TOKEN: &str = "FwoGZXIvYXdzE-session";

/// The private key in the KMS.
pub(crate) struct Key(Ed25519KeyPair);

impl Key {
    pub(crate) fn generate() -> Arc<Self> {
        Arc::new(Self(Ed25519KeyPair::generate().unwrap()))
    }

    pub(crate) fn public(&self) -> &[u8] {
        self.0.public_key().as_ref()
    }

    /// `SubjectPublicKeyInfo`, put together by hand (RFC 8410 section 4).
    pub(crate) fn spki(&self) -> Vec<u8> {
        let algorithm = [0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70];
        [&[0x30, 0x2a], &algorithm[..], &[0x03, 0x21, 0x00], self.public()].concat()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }

    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, self.public());
        key.verify(message, signature).is_ok()
    }

    /// What KMS answers to a request about this key.
    pub(crate) fn answer(&self, asked: &Asked) -> Answer {
        match asked.operation() {
            "Sign" => {
                let signature = self.sign(&asked.message());
                Answer::json(&sign_answer(&signature))
            }
            "GetPublicKey" => Answer::json(&self.description()),
            other => Answer::error(400, "UnknownOperationException", other),
        }
    }

    /// What KMS answers to `GetPublicKey`.
    pub(crate) fn description(&self) -> Value {
        json!({
            "KeyId": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "PublicKey": STANDARD.encode(self.spki()),
            "CustomerMasterKeySpec": "ECC_NIST_EDWARDS25519",
            "KeySpec": "ECC_NIST_EDWARDS25519",
            "KeyUsage": "SIGN_VERIFY",
            "SigningAlgorithms": ["ED25519_PH_SHA_512", "ED25519_SHA_512"],
        })
    }
}

/// What KMS answers to `Sign`.
pub(crate) fn sign_answer(signature: &[u8]) -> Value {
    json!({
        "KeyId": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "Signature": STANDARD.encode(signature),
        "SigningAlgorithm": "ED25519_SHA_512",
    })
}

/// A request as it came over the wire.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn operation(&self) -> &str {
        self.header("x-amz-target").strip_prefix("TrentService.").unwrap_or("")
    }

    pub(crate) fn message(&self) -> Vec<u8> {
        STANDARD
            .decode(self.body.get("Message").and_then(Value::as_str).unwrap())
            .unwrap()
    }
}

#[derive(Clone)]
pub(crate) enum Answer {
    Is(u16, &'static str, Bytes),
    /// The connection is kept and nothing comes.
    Silence,
    /// The connection is closed without an answer.
    HangUp,
    /// The connection is closed within the body.
    BreakOff(Bytes),
}

impl Answer {
    pub(crate) fn json(body: &Value) -> Self {
        Self::Is(200, "application/x-amz-json-1.1", body.to_string().into())
    }

    pub(crate) fn text(status: u16, body: impl Into<Bytes>) -> Self {
        Self::Is(status, "text/html", body.into())
    }

    pub(crate) fn error(status: u16, code: &str, message: &str) -> Self {
        let body = json!({"__type": code, "message": message}).to_string();
        Self::Is(status, "application/x-amz-json-1.1", body.into())
    }
}

type Decide = dyn Fn(&Asked) -> Answer + Send + Sync;

/// A KMS on a free loopback port; it stops when it is dropped.
pub(crate) struct Kms {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    arrived: watch::Receiver<usize>,
    task: JoinHandle<()>,
}

impl Kms {
    pub(crate) async fn with(key: &Arc<Key>) -> Self {
        let key = Arc::clone(key);
        Self::answering(move |asked| key.answer(asked)).await
    }

    pub(crate) async fn always(answer: Answer) -> Self {
        Self::answering(move |_| answer.clone()).await
    }

    pub(crate) async fn answering(decide: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (arrivals, arrived) = watch::channel(0);
        let (decide, kept): (Arc<Decide>, _) = (Arc::new(decide), Arc::clone(&asked));
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (decide, kept, arrivals) = (Arc::clone(&decide), Arc::clone(&kept), arrivals.clone());
                let service = service_fn(move |request| {
                    exchange(request, Arc::clone(&decide), Arc::clone(&kept), arrivals.clone())
                });
                let http = hyper::server::conn::http1::Builder::new();
                // A client that goes away is the client's affair.
                connections.spawn(async move { http.serve_connection(TokioIo::new(stream), service).await.ok() });
            }
        });
        Self {
            address,
            asked,
            arrived,
            task,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Ends when a request has arrived.
    pub(crate) async fn has_been_asked(&self) {
        self.arrived.clone().wait_for(|count| *count > 0).await.unwrap();
    }

    /// A client's configuration for it. No limit in time runs out, and the pauses between tries take no time.
    pub(crate) fn config(&self) -> Builder {
        config(self.address).sleep_impl(Timer::NeverOut)
    }

    /// The same, where every limit in time runs out as soon as a request has arrived.
    pub(crate) fn config_out_of_time(&self) -> Builder {
        config(self.address).sleep_impl(Timer::OutOnArrival(self.arrived.clone()))
    }

    /// The same, with the timer that the SDK takes by itself.
    pub(crate) fn config_in_real_time(&self) -> Builder {
        config(self.address)
    }

    pub(crate) fn signer(&self) -> KmsSigner {
        signer(self.config())
    }
}

impl Drop for Kms {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn exchange(
    request: Request<Incoming>,
    decide: Arc<Decide>,
    kept: Arc<Mutex<Vec<Asked>>>,
    arrivals: watch::Sender<usize>,
) -> io::Result<Response<UnsyncBoxBody<Bytes, io::Error>>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let asked = Asked {
        headers: head.headers,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    };
    kept.lock().unwrap().push(asked.clone());
    arrivals.send_modify(|count| *count += 1);
    match decide(&asked) {
        Answer::Is(status, kind, body) => {
            let body = Full::new(body).map_err(|never| match never {});
            let answer = Response::builder().status(status).header(header::CONTENT_TYPE, kind);
            Ok(answer.body(body.boxed_unsync()).unwrap())
        }
        Answer::BreakOff(body) => {
            let body = BreaksOff { body, polled: 0 };
            Ok(Response::new(body.boxed_unsync()))
        }
        Answer::Silence => pending().await,
        Answer::HangUp => Err(io::Error::other("hung up")),
    }
}

/// A body that ends with an error, after what there is of it has been sent.
struct BreaksOff {
    body: Bytes,
    polled: u8,
}

impl Body for BreaksOff {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.polled += 1;
        match self.polled {
            1 => Poll::Ready(Some(Ok(Frame::data(self.body.clone())))),
            // What waits for more sends what it has.
            2 => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            _ => Poll::Ready(Some(Err(io::Error::other("broken off")))),
        }
    }
}

pub(crate) fn signer(config: Builder) -> KmsSigner {
    KmsSigner::new(Client::from_conf(config.build()), KEY_ID)
}

pub(crate) fn config(address: SocketAddr) -> Builder {
    config_without_credentials(address).credentials_provider(Credentials::new(
        ACCESS_KEY_ID,
        SECRET_ACCESS_KEY,
        Some(SESSION_TOKEN.to_owned()),
        None,
        "tests",
    ))
}

pub(crate) fn config_without_credentials(address: SocketAddr) -> Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .endpoint_url(format!("http://{address}"))
        .http_client(PlainHttp::default())
        // Clients of one partition share how often they may try again in all.
        .retry_partition(RetryPartition::new(address.to_string()))
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
}

pub(crate) async fn public_key(signer: &KmsSigner) -> Result<String, KmsSignerError> {
    in_time(signer.public_key()).await
}

/// A call that is not limited in time is a failure of the test, not a test that never ends.
async fn in_time<T>(call: impl Future<Output = T>) -> T {
    let limited = tokio::time::timeout(Duration::from_secs(30), call).await;
    limited.unwrap()
}

/// Signs as `authress` does, through the trait, and gives back the error's own type.
pub(crate) async fn sign(signer: &dyn Signer, signing_input: &[u8]) -> Result<[u8; 64], KmsSignerError> {
    let signature = in_time(signer.sign(signing_input)).await;
    signature.map_err(|error| *error.downcast::<KmsSignerError>().unwrap())
}

/// The timer of a client.
#[derive(Debug)]
pub(crate) enum Timer {
    NeverOut,
    OutOnArrival(watch::Receiver<usize>),
}

impl AsyncSleep for Timer {
    fn sleep(&self, duration: Duration) -> Sleep {
        match self {
            // A pause between tries.
            Self::NeverOut if duration < KmsSigner::DEFAULT_TIMEOUT => Sleep::new(ready(())),
            Self::NeverOut => Sleep::new(pending()),
            Self::OutOnArrival(arrived) => {
                let mut arrived = arrived.clone();
                Sleep::new(async move {
                    arrived.wait_for(|count| *count > 0).await.unwrap();
                })
            }
        }
    }
}

/// An HTTP client without TLS: a connection for each request.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlainHttp {
    connect_timeouts: Arc<Mutex<Vec<Option<Duration>>>>,
}

impl PlainHttp {
    /// The limits for making a connection that it was told, in order.
    pub(crate) fn connect_timeouts(&self) -> Vec<Option<Duration>> {
        self.connect_timeouts.lock().unwrap().clone()
    }
}

impl HttpClient for PlainHttp {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        self.connect_timeouts.lock().unwrap().push(settings.connect_timeout());
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for PlainHttp {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(async { send(request).await.map_err(|error| ConnectorError::io(error.into())) })
    }
}

/// An HTTP client that fails.
#[derive(Debug, Clone)]
pub(crate) struct Failing(pub(crate) fn() -> ConnectorError);

impl HttpClient for Failing {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Failing {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(Err((self.0)()))
    }
}

async fn send(request: HttpRequest) -> io::Result<HttpResponse> {
    let mut request = request.try_into_http1x().map_err(io::Error::other)?;
    let authority = request.uri().authority().unwrap().to_string();
    let path = request.uri().path_and_query().unwrap().to_string();
    *request.uri_mut() = path.parse::<Uri>().unwrap();
    let host = authority.parse().unwrap();
    request.headers_mut().insert(header::HOST, host);
    let stream = TokioIo::new(TcpStream::connect(authority).await?);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(stream)
        .await
        .map_err(io::Error::other)?;
    tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(io::Error::other)?;
    answer
        .map(SdkBody::from_body_1_x)
        .try_into()
        .map_err(|_| io::Error::other("not an answer"))
}
