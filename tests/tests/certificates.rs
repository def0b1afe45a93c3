//! Over https nobody is believed but the server that was asked for: real certificates, real TLS.
//!
//! Which authorities are trusted is told by the environment, so each case is a process of its own.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::process::Command;
use std::sync::Arc;

use authress_api::{BaseUrl, ReqwestTransport, Transport as _};
use rcgen::{CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// Where the server of a case is.
const SERVER: &str = "AUTHRESS_TEST_SERVER";

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut about = CertificateParams::new([]).unwrap();
    about.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    about
        .distinguished_name
        .push(DnType::CommonName, "An authority of the tests");
    CertifiedIssuer::self_signed(about, KeyPair::generate().unwrap()).unwrap()
}

/// A server that says yes, with a certificate for `name`; its port.
async fn server(authority: &CertifiedIssuer<'static, KeyPair>, name: &str, valid_until: i32) -> u16 {
    let key = KeyPair::generate().unwrap();
    let mut about = CertificateParams::new([name.to_owned()]).unwrap();
    about.not_before = rcgen::date_time_ymd(2020, 1, 1);
    about.not_after = rcgen::date_time_ymd(valid_until, 1, 1);
    let certificate = about.signed_by(&key, authority).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // Whoever does not believe the certificate goes away.
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let read = stream.read(&mut [0; 8_192]).await;
                if matches!(read, Ok(1..)) {
                    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                    stream.write_all(answer).await.unwrap();
                }
            }
        }
    });
    port
}

/// Runs a test of this file in a process that trusts these authorities, in PEM, and nobody else.
async fn passes(test: &'static str, authorities: String, port: u16) -> Result<(), String> {
    let trusted = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&trusted, authorities).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", test, "--ignored"])
        .env("SSL_CERT_FILE", trusted.path())
        .env_remove("SSL_CERT_DIR")
        .env(SERVER, format!("https://localhost:{port}"));
    let ran = tokio::task::spawn_blocking(move || child.output())
        .await
        .unwrap()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    if ran.status.success() && said.contains("1 passed") {
        Ok(())
    } else {
        Err(said)
    }
}

async fn ask() -> Result<(), authress_api::Error> {
    let client = authress_api::Client::new(std::env::var(SERVER).unwrap())?.with_bearer_token("eyJ.a.b")?;
    client.authorize_user("u", "r", "p").await.map(drop)
}

#[tokio::test]
#[ignore = "a process of its own, for the tests below"]
async fn the_server_is_believed() {
    ask().await.unwrap();
}

#[tokio::test]
#[ignore = "a process of its own, for the tests below"]
async fn the_server_is_not_believed_and_is_told_nothing() {
    let error = ask().await.unwrap_err();
    assert!(error.is_connect() && !error.was_sent(), "{error:?}");
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    let cause = cause.unwrap().to_string();
    assert!(cause.contains("certificate"), "{cause}");
}

#[tokio::test]
#[ignore = "a process of its own, for the tests below"]
async fn the_server_is_believed_by_a_transport_that_was_made_for_plain_http() {
    let base_url = BaseUrl::parse("http://127.0.0.1:1").unwrap();
    let transport = ReqwestTransport::builder().build_for(&base_url).unwrap();
    let request =
        authress_api::http::Request::get(std::env::var(SERVER).unwrap()).body(authress_api::bytes::Bytes::new());
    let answer = transport
        .send(request.unwrap(), authress_api::CallContext::default())
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
#[ignore = "a process of its own, for the tests below"]
async fn a_client_for_plain_http_is_made_without_certificates_and_one_for_https_is_not() {
    authress_api::Client::new("http://127.0.0.1:1").unwrap();
    let error = authress_api::Client::new("https://localhost:1").unwrap_err();
    assert_eq!(error.argument(), Some("tls"), "{error:?}");
}

const BELIEVED: &str = "the_server_is_believed";
const NOT_BELIEVED: &str = "the_server_is_not_believed_and_is_told_nothing";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_a_certificate_of_a_trusted_authority_for_its_name_is_believed() {
    let authority = authority();
    let port = server(&authority, "localhost", 2_100).await;
    passes(BELIEVED, authority.pem(), port).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_a_certificate_of_another_authority_is_not_believed() {
    let port = server(&authority(), "localhost", 2_100).await;
    passes(NOT_BELIEVED, authority().pem(), port).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_a_certificate_for_another_name_is_not_believed() {
    let authority = authority();
    let port = server(&authority, "login.example.com", 2_100).await;
    passes(NOT_BELIEVED, authority.pem(), port).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_a_certificate_that_has_expired_is_not_believed() {
    let authority = authority();
    let port = server(&authority, "localhost", 2_021).await;
    passes(NOT_BELIEVED, authority.pem(), port).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transport_for_plain_http_believes_the_same_servers_over_https() {
    let authority = authority();
    let port = server(&authority, "localhost", 2_100).await;
    let test = "the_server_is_believed_by_a_transport_that_was_made_for_plain_http";
    passes(test, authority.pem(), port).await.unwrap();
    passes(test, self::authority().pem(), port).await.unwrap_err();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_nobody_is_trusted_a_client_for_https_says_so_and_one_for_plain_http_does_not_ask() {
    let test = "a_client_for_plain_http_is_made_without_certificates_and_one_for_https_is_not";
    passes(test, String::new(), 1).await.unwrap();
}
