//! The calls that streams of pages and items make: how many, when, and with what.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use authress_api::bytes::Bytes;
use authress_api::models::{PermissionObject, Role, RoleCollection};
use authress_api::requests::GetRoles;
use authress_api::{BaseUrl, CallContext, Client, Error, Items, Pages, Transport, TransportFuture, http};
use futures_util::stream::FusedStream;
use futures_util::{FutureExt as _, StreamExt as _, TryStreamExt as _};

const NO_PERMISSIONS: [PermissionObject; 0] = [];

/// What was asked, in order.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<Sent>>>);

type Sent = (http::Request<Bytes>, CallContext);

impl Asked {
    fn queries(&self) -> Vec<String> {
        let asked = self.0.lock().unwrap();
        let queries = asked
            .iter()
            .map(|(request, _)| request.uri().query().unwrap_or_default());
        queries.map(ToOwned::to_owned).collect()
    }

    fn count(&self) -> usize {
        self.queries().len()
    }

    /// How many times the page at `cursor` was asked for.
    fn count_of(&self, cursor: &str) -> usize {
        let query = format!("cursor={cursor}");
        self.queries().iter().filter(|asked| **asked == query).count()
    }
}

/// A service in memory: the answer to each cursor, given when the future was polled for the second time.
struct Service {
    answer: fn(&str) -> (u16, String),
    asked: Asked,
}

impl Transport for Service {
    fn send(&self, request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let cursor = query.split('&').find_map(|pair| pair.strip_prefix("cursor="));
        let (status, body) = (self.answer)(cursor.unwrap_or_default());
        self.asked.0.lock().unwrap().push((request, context));
        Box::pin(async move {
            tokio::task::yield_now().await;
            Ok(http::Response::builder()
                .status(status)
                .body(Bytes::from(body))
                .unwrap())
        })
    }
}

fn service(answer: fn(&str) -> (u16, String)) -> (Client, Asked) {
    let asked = Asked::default();
    let service = Service {
        answer,
        asked: asked.clone(),
    };
    let base_url = BaseUrl::parse("https://login.example.com").unwrap();
    (Client::with_transport(base_url, service), asked)
}

/// A page with roles of these names; `next` is the JSON of `pagination.next`.
fn page(names: &[&str], next: &str) -> (u16, String) {
    let roles = names
        .iter()
        .map(|name| Role::new(*name, NO_PERMISSIONS))
        .collect::<Vec<_>>();
    let roles = serde_json::to_string(&roles).unwrap();
    (200, format!(r#"{{"roles":{roles},"pagination":{{"next":{next}}}}}"#))
}

fn next(cursor: &str) -> String {
    format!(r#"{{"cursor":"{cursor}"}}"#)
}

/// Four pages, the third of which is empty.
fn four_pages(cursor: &str) -> (u16, String) {
    match cursor {
        "" => page(&["1", "2"], &next("p2")),
        "p2" => page(&["3", "4"], &next("p3")),
        "p3" => page(&[], &next("p4")),
        "p4" => page(&["5"], "null"),
        _ => (404, String::new()),
    }
}

/// Two pages, and a third that cannot be had.
fn two_pages_and_an_outage(cursor: &str) -> (u16, String) {
    match cursor {
        "p3" => (503, String::new()),
        other => four_pages(other),
    }
}

/// Pages that go from `A` to `B` and back.
fn circle(cursor: &str) -> (u16, String) {
    match cursor {
        "A" => page(&["in A"], &next("B")),
        "B" => page(&["in B"], &next("A")),
        _ => page(&["first"], &next("A")),
    }
}

async fn next_name(items: &mut Items<GetRoles>) -> String {
    items.try_next().await.unwrap().unwrap().name
}

fn names(page: RoleCollection) -> Vec<String> {
    page.roles.into_iter().map(|role| role.name).collect()
}

#[test]
fn streams_are_words_that_move_and_cross_threads() {
    fn holds<T: Send + Unpin + std::fmt::Debug + FusedStream + 'static>() {}
    holds::<Pages<GetRoles>>();
    holds::<Items<GetRoles>>();
    let (client, _) = service(four_pages);
    let text = format!("{:?}", client.get_roles().cursor("p2").stream());
    assert!(
        text.contains("Items") && text.contains(r#"next_cursor: Some("p2")"#),
        "{text}"
    );
}

#[tokio::test]
async fn items_come_in_order_from_all_pages_and_one_request_a_page() {
    for read_ahead in [false, true] {
        let (client, asked) = service(four_pages);
        let items = client.get_roles().stream();
        let items = if read_ahead { items.read_ahead() } else { items };
        let roles: Vec<Role> = items.try_collect().await.unwrap();
        let names: Vec<_> = roles.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names, ["1", "2", "3", "4", "5"]);
        assert_eq!(asked.queries(), ["", "cursor=p2", "cursor=p3", "cursor=p4"]);
    }
}

#[tokio::test]
async fn page_3_is_fetched_0_times_when_the_caller_stops() {
    let (client, asked) = service(four_pages);
    let mut items = client.get_roles().stream();
    assert_eq!(asked.count(), 0);
    for (name, count) in [("1", 1), ("2", 1), ("3", 2), ("4", 2)] {
        assert_eq!((next_name(&mut items).await.as_str(), asked.count()), (name, count));
    }
    drop(items);
    assert_eq!((asked.count(), asked.count_of("p3")), (2, 0));

    let (client, asked) = service(four_pages);
    let pages: Vec<_> = client.get_roles().pages().take(2).try_collect().await.unwrap();
    assert_eq!((pages.len(), asked.count(), asked.count_of("p3")), (2, 2, 0));
}

#[tokio::test]
async fn read_ahead_has_one_page_under_way_and_page_3_is_fetched_0_times_on_page_1() {
    let (client, asked) = service(four_pages);
    let mut items = client.get_roles().stream().read_ahead();
    assert_eq!(asked.count(), 0);
    for (name, count) in [("1", 2), ("2", 2), ("3", 3), ("4", 3), ("5", 4)] {
        assert_eq!((next_name(&mut items).await.as_str(), asked.count()), (name, count));
    }
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(asked.count(), 4);

    let (client, asked) = service(four_pages);
    let mut pages = client.get_roles().pages().read_ahead();
    assert_eq!(names(pages.try_next().await.unwrap().unwrap()), ["1", "2"]);
    assert_eq!((asked.count_of("p2"), asked.count_of("p3")), (1, 0));
    // What is read ahead was not handed out.
    assert_eq!(pages.next_cursor(), Some("p2"));
}

#[tokio::test]
async fn a_page_that_is_read_ahead_arrives_while_items_are_taken() {
    let (client, _) = service(four_pages);
    let mut items = client.get_roles().stream().read_ahead();
    assert_eq!(next_name(&mut items).await, "1");
    // The service answers at the second poll: that was the one for the second item.
    for name in ["2", "3"] {
        let item = items.next().now_or_never().unwrap().unwrap().unwrap();
        assert_eq!(item.name, name);
    }
}

#[tokio::test]
async fn a_cursor_that_is_null_absent_or_empty_ends_the_list_after_1_request() {
    for answer in [
        |_: &str| page(&["only"], "null"),
        |_: &str| page(&["only"], "{}"),
        |_: &str| page(&["only"], r#"{"cursor":null}"#),
        |_: &str| page(&["only"], r#"{"cursor":""}"#),
        |_: &str| {
            (
                200,
                r#"{"roles":[{"name":"only","permissions":[]}],"pagination":null}"#.to_owned(),
            )
        },
        |_: &str| (200, r#"{"roles":[{"name":"only","permissions":[]}]}"#.to_owned()),
    ] {
        let (client, asked) = service(answer);
        let mut pages = client.get_roles().pages().read_ahead();
        assert_eq!(names(pages.try_next().await.unwrap().unwrap()), ["only"]);
        assert!(pages.is_terminated() && pages.next_cursor().is_none());
        for _ in 0..2 {
            assert!(pages.next().await.is_none());
        }
        assert_eq!(asked.count(), 1);
    }
}

/// What is left of a stream whose pages go in a circle, and the error at its end.
async fn around(mut items: Items<GetRoles>) -> (Vec<String>, Error) {
    let mut names = Vec::new();
    let error = loop {
        match items.next().await.unwrap() {
            Ok(role) => names.push(role.name),
            Err(error) => break error,
        }
    };
    assert!(items.is_terminated() && items.next().await.is_none());
    (names, error)
}

#[tokio::test]
async fn a_cursor_seen_before_ends_the_stream_with_an_error_and_is_fetched_0_times_again() {
    for read_ahead in [false, true] {
        let (client, asked) = service(circle);
        let items = client.get_roles().stream();
        let items = if read_ahead { items.read_ahead() } else { items };
        let (names, error) = around(items).await;
        assert_eq!(names, ["first", "in A", "in B"]);
        assert_eq!(asked.queries(), ["", "cursor=A", "cursor=B"]);
        assert!(error.was_sent() && !error.is_invalid_argument());
        assert_eq!(
            error.to_string(),
            "getRoles: the service gave a cursor that it had given before, so that the list would never end"
        );
    }
}

#[tokio::test]
async fn a_cursor_that_leads_to_itself_is_fetched_once() {
    let (client, asked) = service(|_| page(&["x"], &next("same")));
    let (names, _) = around(client.get_roles().stream()).await;
    assert_eq!((names.len(), asked.count_of("same")), (2, 1));
}

#[tokio::test]
async fn the_cursor_that_the_caller_began_with_counts_as_seen() {
    let (client, asked) = service(circle);
    let (names, _) = around(client.get_roles().cursor("B").stream()).await;
    assert_eq!(names, ["in B", "in A"]);
    assert_eq!(asked.queries(), ["cursor=B", "cursor=A"]);
}

#[tokio::test]
async fn an_error_comes_after_the_items_before_it_and_ends_the_stream_after_3_requests() {
    for read_ahead in [false, true] {
        let (client, asked) = service(two_pages_and_an_outage);
        let items = client.get_roles().stream();
        let items = if read_ahead { items.read_ahead() } else { items };
        let (names, error) = around(items).await;
        assert_eq!(names, ["1", "2", "3", "4"]);
        assert!(error.is_server_error());
        assert_eq!((asked.count(), asked.count_of("p3")), (3, 1));
    }
}

#[tokio::test]
async fn after_an_error_next_cursor_tells_where_to_go_on() {
    let (client, asked) = service(two_pages_and_an_outage);
    let mut pages = client.get_roles().pages();
    assert_eq!(pages.next_cursor(), None);
    assert!(pages.try_next().await.unwrap().is_some());
    assert_eq!(pages.next_cursor(), Some("p2"));
    assert!(pages.try_next().await.unwrap().is_some());
    assert!(pages.try_next().await.unwrap_err().is_server_error());
    assert!(pages.next().await.is_none());
    assert_eq!(pages.next_cursor(), Some("p3"));

    let again = client.get_roles().cursor(pages.next_cursor().unwrap()).pages();
    assert_eq!(again.next_cursor(), Some("p3"));
    assert_eq!((asked.count(), asked.count_of("p3")), (3, 1));
}

#[tokio::test]
async fn a_dropped_wait_loses_nothing_and_the_page_is_fetched_once() {
    let (client, asked) = service(four_pages);
    let mut items = client.get_roles().stream();
    assert!(items.next().now_or_never().is_none());
    assert_eq!(asked.count(), 1);
    let rest: Vec<_> = items.try_collect().await.unwrap();
    assert_eq!((rest.len(), asked.count()), (5, 4));
}

#[tokio::test]
async fn parameters_and_settings_of_the_call_are_those_of_each_of_its_4_requests() {
    let (client, asked) = service(four_pages);
    let call = client.get_roles().limit(2).timeout(Duration::from_secs(7)).no_retry();
    let call = call.header("x-trace-id", "42").user_token("eyJ.a.b");
    let roles: Vec<_> = call.stream().try_collect().await.unwrap();
    assert_eq!(roles.len(), 5);
    let queries = asked.queries();
    assert_eq!(queries.len(), 4);
    assert!(queries.iter().all(|query| query.contains("limit=2")), "{queries:?}");
    for (request, context) in asked.0.lock().unwrap().iter() {
        assert_eq!(request.headers()["x-trace-id"], "42");
        assert_eq!(request.headers()["authorization"], "Bearer eyJ.a.b");
        assert_eq!(
            (context.timeout, context.no_retry),
            (Some(Duration::from_secs(7)), true)
        );
    }
}
