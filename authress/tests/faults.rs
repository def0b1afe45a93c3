//! What a broken network, or a broken server, makes of calls: over real connections, byte by byte. How often a request was read whole is counted at
//! the server, and no broken exchange is ever a yes or a no.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod support;

use std::time::Duration;

use authress::models::{AccessRecord, Statement};
use authress::{AuthressClient, Error, ReqwestTransport};
use support::waits::{Never, Waits};
use support::wire::{Does, Wire};
use tokio::net::TcpListener;

/// Longer than any wait.
const HOUR: Duration = Duration::from_secs(3_600);

fn client(url: &str) -> (AuthressClient, Waits) {
    let clock = Waits::shorter_than(HOUR);
    let builder = AuthressClient::builder(url).clock(clock.clone()).jitter(Never);
    let builder = builder.timeout(10 * HOUR).attempt_timeout(HOUR);
    (builder.build().unwrap(), clock)
}

async fn check(client: &AuthressClient) -> Error {
    let error = client.authorize_user("u", "r", "p").await.unwrap_err();
    assert_eq!(error.operation().unwrap().id, "authorizeUser");
    error
}

async fn create(client: &AuthressClient) -> Error {
    let record = AccessRecord::new("n", [Statement::new(["ro_x"], ["a"])]).record_id("rec_1");
    client.access_records().create_record(record).await.unwrap_err()
}

/// An answer of this status with these lines of headers and this body.
fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

/// What a server has seen of one check, and what one attempt to create a record has come to.
struct Met {
    check: Error,
    create: Error,
    /// Connections and whole requests of the check.
    of_check: (usize, usize),
    of_create: (usize, usize),
    waits: Vec<u128>,
}

async fn meet(does: Does) -> Met {
    let server = Wire::always(does.clone()).await;
    let (asked, clock) = client(server.url());
    let check = check(&asked).await;
    assert!(!check.is_denied() && !check.is_not_found(), "{check:?}");
    let of_check = (server.connections(), server.requests().len());
    same_bytes(&server);
    let server = Wire::always(does).await;
    let create = create(&client(server.url()).0).await;
    same_bytes(&server);
    Met {
        check,
        create,
        of_check,
        of_create: (server.connections(), server.requests().len()),
        waits: clock.millis(),
    }
}

fn same_bytes(server: &Wire) {
    let requests = server.requests();
    for again in &requests {
        assert_eq!(again, &requests[0]);
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_for_every_operation() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (client, clock) = client(&url);
    for error in [check(&client).await, create(&client).await] {
        assert!(error.is_connect() && !error.was_sent() && !error.is_denied() && !error.is_timeout());
        assert_eq!(error.attempts(), Some(5));
    }
    assert_eq!(clock.millis(), [0; 8]);
}

#[tokio::test]
async fn a_reset_before_the_request_was_read_repeats_what_may_be_sent_twice() {
    let met = meet(Does::ResetUnread).await;
    assert_eq!((met.of_check, met.of_create), ((5, 0), (1, 0)));
    for (error, attempts) in [(met.check, 5), (met.create, 1)] {
        // It may have been read: nobody on this side knows.
        assert!(error.is_interrupted() && error.was_sent(), "{error:?}");
        assert_eq!((error.attempts(), error.status()), (Some(attempts), None));
    }
}

#[tokio::test]
async fn a_reset_or_an_end_after_the_request_was_read_repeats_what_may_be_sent_twice() {
    for does in [Does::Reset, Does::Close(String::new())] {
        let met = meet(does).await;
        assert_eq!((met.of_check, met.of_create), ((5, 5), (1, 1)));
        for (error, attempts) in [(met.check, 5), (met.create, 1)] {
            assert!(error.is_interrupted() && error.was_sent(), "{error:?}");
            assert_eq!((error.attempts(), error.status()), (Some(attempts), None));
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_none_is_an_interrupted_exchange() {
    let long = format!("HTTP/1.1 200 OK\r\nx: {}", "y".repeat(1_000_000));
    for garbage in [
        "hello\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\ncontent-length: 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\na b: c\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "\0\0\0\0\0\0\0\0\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}",
        &long,
    ] {
        let met = meet(Does::Close(garbage.to_owned())).await;
        let shown: String = garbage.chars().take(60).collect();
        assert_eq!((met.of_check, met.of_create), ((5, 5), (1, 1)), "{shown:?}");
        for error in [met.check, met.create] {
            assert!(error.is_interrupted() && error.was_sent(), "{shown:?} {error:?}");
            assert_eq!(error.status(), None);
        }
    }
}

#[tokio::test]
async fn a_yes_that_does_not_tell_where_it_ends_is_none() {
    for head in ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n"] {
        let server = Wire::always(Does::Close(head.to_owned())).await;
        let error = check(&client(server.url()).0).await;
        assert!(error.status().is_some() && !error.is_denied(), "{error:?}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_neither_yes_nor_no_and_keeps_what_had_arrived() {
    for status in ["200 OK", "404 Not Found", "201 Created"] {
        for (does, body) in [
            (
                Does::Close(format!("HTTP/1.1 {status}\r\ncontent-length: 9\r\n\r\n")),
                "",
            ),
            (
                Does::Close(format!("HTTP/1.1 {status}\r\ncontent-length: 9\r\n\r\n{{")),
                "{",
            ),
            (
                Does::AnswerAndReset(format!("HTTP/1.1 {status}\r\ncontent-length: 9\r\n\r\n{{}}")),
                "{}",
            ),
            // The end of this body is the end of the connection: a reset is none.
            (Does::AnswerAndReset(format!("HTTP/1.1 {status}\r\n\r\n{{}}")), "{}"),
            (
                Does::Close(format!(
                    "HTTP/1.1 {status}\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\n"
                )),
                "{}",
            ),
            (
                Does::Close(format!(
                    "HTTP/1.1 {status}\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\nzz\r\n"
                )),
                "{}",
            ),
            (
                Does::Close(format!(
                    "HTTP/1.1 {status}\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{{}}5\r\n"
                )),
                "{}",
            ),
            (
                Does::Close(format!("HTTP/1.1 {status}\r\ntransfer-encoding: chunked\r\n\r\n")),
                "",
            ),
        ] {
            let met = meet(does).await;
            assert_eq!((met.of_check, met.of_create), ((5, 5), (1, 1)), "{status} {body:?}");
            for (error, attempts) in [(met.check, 5), (met.create, 1)] {
                assert!(error.is_interrupted() && error.was_sent(), "{error:?}");
                assert!(status.starts_with(error.status().unwrap().as_str()));
                assert_eq!(
                    (error.attempts(), &error.body().unwrap()[..]),
                    (Some(attempts), body.as_bytes())
                );
            }
        }
    }
}

#[tokio::test]
async fn an_answer_that_stalls_runs_into_the_limit_of_its_attempt() {
    for stalled in [
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{",
        "HTTP/1.1 404 Not Found\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ] {
        let server = Wire::always(Does::Stall(stalled.to_owned())).await;
        let (client, clock) = client(server.url());
        let ends = async {
            for number in 1..=5 {
                clock.has_begun(number).await;
                // The limit runs out when the server has done what it does.
                while server.requests().len() < number {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                clock.end_long_sleep(number).await;
            }
        };
        let (error, ()) = tokio::join!(check(&client), ends);
        assert!(
            error.is_timeout() && error.was_sent() && !error.is_denied(),
            "{error:?}"
        );
        assert_eq!((error.attempts(), server.requests().len()), (Some(5), 5), "{stalled:?}");
        assert_eq!(
            server.connections(),
            5,
            "no connection on which something is due is used again"
        );

        let ends = async {
            while server.requests().len() < 6 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            clock.end_long_sleep(6).await;
        };
        let (error, ()) = tokio::join!(create(&client), ends);
        assert!(error.is_timeout() && error.was_sent(), "{error:?}");
        assert_eq!((error.attempts(), server.requests().len()), (Some(1), 6), "{stalled:?}");
    }
}

#[tokio::test]
async fn an_answer_without_an_end_is_not_read_to_its_end() {
    const LIMIT: usize = 16 * 1024 * 1024;
    let kib = "y".repeat(1_024);
    for (status, headers, more) in [
        ("200 OK", "transfer-encoding: chunked\r\n", format!("400\r\n{kib}\r\n")),
        ("404 Not Found", "", kib),
    ] {
        let head = format!("HTTP/1.1 {status}\r\n{headers}\r\n");
        let server = Wire::always(Does::Endless(head, more.repeat(64))).await;
        let error = check(&client(server.url()).0).await;
        assert!(
            !error.is_denied() && !error.is_not_found() && error.was_sent(),
            "{error}"
        );
        assert!(error.body().unwrap().len() <= LIMIT);
        assert_eq!((error.attempts(), server.requests().len()), (Some(1), 1));
        let written = server.written();
        // Beside what is read, what stands in the buffers of the connection.
        assert!((LIMIT / 2..2 * LIMIT).contains(&written), "{written}");
    }
}

#[tokio::test]
async fn statuses_are_repeated_and_waits_that_are_asked_for_are_waited() {
    let date = "date: Tue, 14 Nov 2023 22:13:20 GMT\r\n";
    for (status, of_create) in [
        ("500 Internal Server Error", 1),
        ("502 Bad Gateway", 1),
        ("503 Service Unavailable", 1),
        ("504 Gateway Timeout", 1),
        ("429 Too Many Requests", 5),
    ] {
        for (asked, seconds, wait) in [
            ("", None, Some(0)),
            ("retry-after: 0\r\n", Some(0), Some(0)),
            ("retry-after: 2\r\n", Some(2), Some(2)),
            ("Retry-After:   20  \r\n", Some(20), Some(20)),
            ("retry-after: 21\r\n", Some(21), None),
            ("retry-after: 99999999999999999999\r\n", Some(u64::MAX), None),
            ("retry-after: soon\r\n", None, Some(0)),
            ("retry-after: -5\r\n", None, Some(0)),
            ("retry-after: \r\n", None, Some(0)),
            ("retry-after: Tue, 14 Nov 2023 22:13:00 GMT\r\n", Some(0), Some(0)),
            ("retry-after: Tue, 14 Nov 2023 22:13:23 GMT\r\n", Some(3), Some(3)),
            ("retry-after: Tue, 14 Nov 2023 23:13:20 GMT\r\n", Some(3_600), None),
            ("retry-after: Tue, 44 Nov 2023 23:13:20 GMT\r\n", None, Some(0)),
        ] {
            let met = meet(Does::Close(answer(
                status,
                &format!("{date}{asked}"),
                r#"{"errorCode":"X"}"#,
            )))
            .await;
            let (of_check, of_create) = wait.map_or((1, 1), |_| (5, of_create));
            assert_eq!(
                (met.of_check, met.of_create),
                ((of_check, of_check), (of_create, of_create)),
                "{status} {asked}"
            );
            assert_eq!(
                met.waits,
                vec![wait.unwrap_or_default() * 1_000; of_check - 1],
                "{asked}"
            );
            for (error, attempts) in [(met.check, of_check), (met.create, of_create)] {
                assert!(status.starts_with(error.status().unwrap().as_str()));
                assert_eq!(
                    error.attempts().map(|attempts| attempts as usize),
                    Some(attempts),
                    "{status} {asked}"
                );
                assert_eq!(error.retry_after().map(|wait| wait.as_secs()), seconds, "{asked}");
                assert!(error.was_sent() && !error.is_timeout() && error.code() == Some("X"));
            }
        }
    }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let elsewhere = Wire::always(Does::Keep(answer("200 OK", "", ""))).await;
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        for location in [elsewhere.url().to_owned(), "/v1/elsewhere".to_owned(), "?a".to_owned()] {
            let met = meet(Does::Close(answer(status, &format!("location: {location}\r\n"), ""))).await;
            assert_eq!((met.of_check, met.of_create), ((1, 1), (1, 1)), "{status}");
            for error in [met.check, met.create] {
                assert!(status.starts_with(error.status().unwrap().as_str()));
                assert_eq!(error.attempts(), Some(1));
            }
        }
    }
    assert_eq!((elsewhere.connections(), elsewhere.requests().len()), (0, 0));
}

#[tokio::test]
async fn what_recovers_is_answered() {
    for (broken, does) in [
        (4, Does::Reset),
        (4, Does::ResetUnread),
        (
            4,
            Does::Close("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n".to_owned()),
        ),
        (4, Does::Keep(answer("503 Service Unavailable", "", ""))),
    ] {
        for (status, is_yes) in [("200 OK", true), ("404 Not Found", false)] {
            let does = does.clone();
            let server = Wire::script(move |number| match number {
                number if number < broken => does.clone(),
                _ => Does::Close(answer(status, "", "")),
            })
            .await;
            let (client, clock) = client(server.url());
            assert_eq!(client.is_authorized("u", "r", "p").await.unwrap(), is_yes);
            assert_eq!(clock.millis().len(), broken);
        }
    }
}

#[tokio::test]
async fn a_connection_that_was_closed_between_two_calls_is_not_in_the_way_of_the_next() {
    let server = Wire::always(Does::Close(answer("200 OK", "", ""))).await;
    let (client, clock) = client(server.url());
    for calls in 1..=20 {
        assert!(client.is_authorized("u", "r", "p").await.unwrap());
        assert_eq!(server.requests().len(), calls);
        // Time for the client to see that it was closed; half of the time it has none.
        if calls % 2 == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    assert_eq!(server.connections(), 20 + clock.millis().len());
}

#[tokio::test]
async fn a_connection_that_is_kept_is_used_again() {
    let server = Wire::always(Does::Keep(answer("200 OK", "", ""))).await;
    let (client, clock) = client(server.url());
    for _ in 0..20 {
        assert!(client.is_authorized("u", "r", "p").await.unwrap());
    }
    assert_eq!(
        (server.requests().len(), server.connections(), clock.millis()),
        (20, 1, vec![])
    );
}

#[tokio::test]
async fn a_client_of_ones_own_and_the_default_one_send_the_same_bytes() {
    let server = Wire::always(Does::Keep(answer("200 OK", "", ""))).await;
    let own = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let own = ReqwestTransport::from_client(own.build().unwrap());
    for url in [server.url().to_owned(), server.url().replace("127.0.0.1", "LOCALHOST")] {
        let host = url.to_lowercase().replace("http://", "host: ");
        let before = server.requests().len();
        let builder = || AuthressClient::builder(&url).user_agent_suffix("test");
        for client in [builder(), builder().reqwest_transport(own.clone())] {
            let client = client.build().unwrap();
            assert!(client.is_authorized("u", "r", "p").await.unwrap());
        }
        let requests = &server.requests()[before..];
        for request in requests {
            let hosts: Vec<_> = request.lines().filter(|line| line.starts_with("host:")).collect();
            assert_eq!(hosts, [&host]);
        }
        assert_eq!(requests[0], requests[1]);
    }
}

#[tokio::test]
async fn an_answer_that_nobody_asked_for_is_not_the_answer_to_the_next_question() {
    // A yes stands right behind the no.
    let (yes, no) = (answer("200 OK", "", ""), answer("404 Not Found", "", ""));
    let server = Wire::always(Does::Keep(format!("{no}{yes}"))).await;
    let (client, _) = client(server.url());
    for _ in 0..50 {
        assert!(!client.is_authorized("u", "r", "p").await.unwrap());
    }
}

#[tokio::test]
async fn many_at_once_on_connections_that_break_are_all_answered_or_told_of_it() {
    // Every third exchange breaks off, and every third connection is closed behind its answer.
    let server = Wire::script(|number| match number % 3 {
        0 => Does::Reset,
        1 => Does::Close(answer("200 OK", "", "")),
        _ => Does::Keep(answer("200 OK", "", "")),
    })
    .await;
    let (client, _) = client(server.url());
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.is_authorized("u", "r", "p").await })
        })
        .collect();
    for call in calls {
        match call.await.unwrap() {
            Ok(is_yes) => assert!(is_yes),
            Err(error) => assert!(error.is_interrupted() && error.attempts() == Some(5), "{error:?}"),
        }
    }
}

#[tokio::test]
async fn an_answer_to_which_a_client_of_ones_own_was_led_is_neither_yes_nor_no() {
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        for answered in ["200 OK", "404 Not Found"] {
            let elsewhere = Wire::always(Does::Keep(answer(answered, "", ""))).await;
            // The way leads to another server, and to another path of the same one.
            for location in [format!("{}/x", elsewhere.url()), "/v1/other".to_owned()] {
                let there = answer(status, &format!("location: {location}\r\n"), "");
                let server = Wire::script(move |number| match number {
                    0 => Does::Close(there.clone()),
                    _ => Does::Close(answer(answered, "", "")),
                })
                .await;
                // Its redirects are followed, as they are when nothing else is said.
                let own = ReqwestTransport::from_client(reqwest::Client::new());
                let builder = AuthressClient::builder(server.url()).reqwest_transport(own);
                let error = check(&builder.build().unwrap()).await;
                assert!(
                    !error.is_denied() && !error.is_not_found() && error.was_sent(),
                    "{error:?}"
                );
                assert_eq!(error.attempts(), Some(1));
            }
            assert_eq!(elsewhere.requests().len(), 1);
            assert!(!elsewhere.requests()[0].contains("authorization"));
        }
    }
}

/// 1,000 callers at once, who all fail; how often the server was asked.
async fn thousand_callers(client: &AuthressClient, server: &Wire) -> usize {
    let before = server.requests().len();
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..1_000 {
        let client = client.clone();
        callers.spawn(async move { check(&client).await });
    }
    for error in callers.join_all().await {
        assert_eq!(error.status().map(|status| status.as_u16()), Some(503), "{error:?}");
    }
    server.requests().len() - before
}

#[tokio::test]
async fn a_server_that_is_down_is_asked_by_a_thousand_callers_no_more_than_a_tenth_more_often() {
    let server = Wire::always(Does::Keep(answer("503 Down", "", ""))).await;
    let (client, _) = client(server.url());
    // The reserve of 100, and a tenth of what is asked.
    let first = thousand_callers(&client, &server).await;
    assert!((1_100..=1_200).contains(&first), "{first}");
    for _ in 0..3 {
        let asked = thousand_callers(&client, &server).await;
        assert!((1_000..=1_100).contains(&asked), "{asked}");
    }
}
