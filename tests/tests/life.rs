//! The life of a local server: it starts, limits what clients may take, and ends in time, whatever its clients do.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::pin::pin;
use std::time::Duration;

use authress_local::AuthressLocal;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, pause, timeout};

/// Longest that anything here may take that is not a limit of the server.
const SOON: Duration = Duration::from_secs(20);

const WHOLE: &str = "GET /health HTTP/1.1\r\nhost: x\r\n\r\n";
const HALF_A_HEAD: &str = "GET /health HTTP/1.1\r\nho";
const HALF_A_BODY: &str = "POST /v1/roles HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{";

/// A connection on which the server has read `beginning`, and no more.
///
/// That it has is known by the answer to a whole request that was sent later, on another connection.
async fn connection_with(local: &AuthressLocal, beginning: &str) -> TcpStream {
    let mut stream = TcpStream::connect(local.address()).await.unwrap();
    stream.write_all(beginning.as_bytes()).await.unwrap();
    asked(local).await;
    stream
}

/// A connection on which one request was answered.
async fn asked(local: &AuthressLocal) -> TcpStream {
    let mut stream = TcpStream::connect(local.address()).await.unwrap();
    stream.write_all(WHOLE.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") {
        assert_ne!(timeout(SOON, stream.read_buf(&mut answer)).await.unwrap().unwrap(), 0);
    }
    assert!(answer.starts_with(b"HTTP/1.1 200 "));
    stream
}

/// What still comes on a connection until it is closed; a connection that is reset is closed, too.
async fn rest(stream: &mut TcpStream) -> String {
    let mut rest = Vec::new();
    while stream.read_buf(&mut rest).await.is_ok_and(|read| read > 0) {}
    String::from_utf8(rest).unwrap()
}

#[tokio::test]
async fn stop_waits_five_seconds_for_an_unfinished_request_and_no_longer() {
    for beginning in [HALF_A_HEAD, HALF_A_BODY] {
        let local = AuthressLocal::start().await.unwrap();
        let mut stream = connection_with(&local, beginning).await;
        pause();
        let begun = Instant::now();
        local.stop().await;
        let took = begun.elapsed().as_secs_f64();
        assert!((5.0..5.1).contains(&took), "{beginning}: {took}");
        assert_eq!(rest(&mut stream).await, "", "{beginning}");
        tokio::time::resume();
    }
}

#[tokio::test]
async fn stop_waits_for_no_connection_that_idles() {
    let local = AuthressLocal::start().await.unwrap();
    let (mut used, mut fresh) = (asked(&local).await, connection_with(&local, "").await);
    pause();
    let begun = Instant::now();
    local.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(rest(&mut used).await + &rest(&mut fresh).await, "");
}

#[tokio::test]
async fn a_request_that_is_finished_while_the_server_stops_is_answered() {
    let local = AuthressLocal::start().await.unwrap();
    let mut stream = connection_with(&local, HALF_A_HEAD).await;
    let mut stopping = pin!(local.stop());
    tokio::select! {
        biased;
        () = &mut stopping => panic!("it did not wait"),
        // Now it has begun to stop.
        () = std::future::ready(()) => {}
    }
    stream.write_all(b"st: x\r\n\r\n").await.unwrap();
    let (answer, ()) = timeout(SOON, async { tokio::join!(rest(&mut stream), stopping) })
        .await
        .unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn a_dropped_server_answers_nothing_more_and_leaves_no_task() {
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    for (beginning, end) in [
        (HALF_A_HEAD, "st: x\r\n\r\n".to_owned()),
        (HALF_A_BODY, " ".repeat(99)),
        ("", WHOLE.to_owned()),
        (WHOLE, WHOLE.to_owned()),
    ] {
        let local = AuthressLocal::start().await.unwrap();
        let mut stream = connection_with(&local, beginning).await;
        assert!(tasks() >= before + 2, "one that accepts and one for the connection");
        drop(local);
        // It may fail already: then nobody listens any more.
        let _ = stream.write_all(end.as_bytes()).await;
        let answers = timeout(SOON, rest(&mut stream)).await.unwrap();
        let whole = usize::from(beginning == WHOLE);
        assert_eq!(answers.matches("HTTP/1.1").count(), whole, "{beginning}: {answers}");
        let gone = async {
            while tasks() > before {
                tokio::task::yield_now().await;
            }
        };
        timeout(SOON, gone).await.unwrap();
    }
}

#[tokio::test]
async fn a_head_and_a_body_that_do_not_come_within_thirty_seconds_end_the_connection() {
    for (beginning, answer) in [(HALF_A_HEAD, ""), (HALF_A_BODY, "HTTP/1.1 408 ")] {
        let local = AuthressLocal::start().await.unwrap();
        let mut stream = connection_with(&local, beginning).await;
        pause();
        let begun = Instant::now();
        let rest = rest(&mut stream).await;
        let took = begun.elapsed().as_secs_f64();
        // What went by before the clock stood still is counted by the server alone.
        assert!((20.0..31.0).contains(&took), "{beginning}: {took}");
        assert!(
            rest.starts_with(answer) && rest.is_empty() == answer.is_empty(),
            "{rest}"
        );
        tokio::time::resume();
    }
}

#[tokio::test]
async fn the_port_of_a_dropped_server_is_free_again() {
    let local = AuthressLocal::start().await.unwrap();
    let port = local.address().port();
    drop(local);
    let again = async {
        loop {
            match AuthressLocal::builder().port(port).start().await {
                Ok(local) => return local,
                // The task that holds the port ends when the runtime gets to it.
                Err(_) => tokio::task::yield_now().await,
            }
        }
    };
    assert_eq!(timeout(SOON, again).await.unwrap().address().port(), port);
}
