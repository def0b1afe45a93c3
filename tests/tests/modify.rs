//! Read, change, write back: nothing that somebody else writes meanwhile is lost.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use authress::bytes::Bytes;
use authress::models::{AccessRecord, Group, Statement};
use authress::{
    AuthressClient, CallContext, Clock, Error, Jitter, ReqwestTransport, SleepFuture, Transport, TransportFuture, http,
};
use authress_local::AuthressLocal;
use httpmock::MockServer;
use serde_json::json;

/// A clock on which waits are over at once, and counted; limits of calls are never reached.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicU32>);

impl Clock for Counting {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, duration: Duration) -> SleepFuture<'_> {
        if duration > Duration::from_secs(5) {
            return Box::pin(std::future::pending());
        }
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::ready(()))
    }
}

struct Longest;

impl Jitter for Longest {
    fn up_to(&self, most: Duration) -> Duration {
        most
    }
}

async fn with_record() -> (AuthressLocal, AuthressClient) {
    let local = AuthressLocal::start().await.unwrap();
    let client = local.client().unwrap();
    let record = AccessRecord::new("Readers", [Statement::new(["Authress:Owner"], ["documents/42"])]);
    let record = record.record_id("rec_1").users(["user-0"]);
    client.access_records().create_record(record).await.unwrap();
    (local, client)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_of_others_in_between_are_kept() {
    let (_local, client) = with_record().await;
    let other = client.clone();
    let mut is_first = true;
    // Somebody else writes between the reading and the writing, once.
    let handle = tokio::runtime::Handle::current();
    let changed = client.access_records().modify_record("rec_1", |record| {
        if std::mem::take(&mut is_first) {
            let other = other.clone();
            let handle = handle.clone();
            std::thread::spawn(move || {
                let add = |record: &mut AccessRecord| record.users.get_or_insert_default().push("user-other".into());
                handle
                    .block_on(other.access_records().modify_record("rec_1", add).into_future())
                    .unwrap();
            })
            .join()
            .unwrap();
        }
        record.users.get_or_insert_default().push("user-mine".into());
    });
    let users = changed.await.unwrap().users.unwrap();
    let users: Vec<&str> = users.iter().map(|user| user.user_id.as_str()).collect();
    assert_eq!(users, ["user-0", "user-other", "user-mine"]);
    let stored = client
        .access_records()
        .get_record("rec_1")
        .await
        .unwrap()
        .users
        .unwrap();
    assert_eq!(stored.len(), 3);
}

#[tokio::test]
async fn four_at_once_lose_no_change_of_a_group() {
    let local = AuthressLocal::start().await.unwrap();
    let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key());
    let client = client.clock(Counting::default()).build().unwrap();
    let group = Group::new("Writers", ["user-0"], ["user-9"]).group_id("grp_1");
    client.groups().create_group(group).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for number in 1..=4 {
        let client = client.clone();
        tasks.spawn(async move {
            let add = |group: &mut Group| group.users.push(format!("user-{number}").into());
            client.groups().modify_group("grp_1", add).await.map(drop)
        });
    }
    for outcome in tasks.join_all().await {
        outcome.unwrap();
    }
    assert_eq!(client.groups().get_group("grp_1").await.unwrap().users.len(), 5);
}

#[tokio::test]
async fn what_is_left_as_it_is_is_not_written() {
    let (_local, client) = with_record().await;
    let before = client.access_records().get_record("rec_1").await.unwrap();
    let after = client.access_records().modify_record("rec_1", |_| ()).await.unwrap();
    assert_eq!(before, after);
    assert_eq!(
        client.access_records().get_record("rec_1").await.unwrap().last_updated,
        before.last_updated
    );
}

#[tokio::test]
async fn somebody_who_is_always_first_ends_it_after_five_attempts() {
    let server = MockServer::start_async().await;
    let record = json!({"recordId": "rec_1", "name": "R", "statements": [], "lastUpdated": "2026-11-25T15:00:00.123Z"});
    let read = server.mock_async(|when, then| {
        when.method("GET").path("/v1/records/rec_1");
        then.status(200).json_body(record);
    });
    let read = read.await;
    let written = server.mock_async(|when, then| {
        when.method("PUT")
            .path("/v1/records/rec_1")
            .header("if-unmodified-since", "2026-11-25T15:00:00.123Z");
        then.status(412);
    });
    let written = written.await;
    let clock = Counting::default();
    let client = AuthressClient::builder(server.base_url())
        .clock(clock.clone())
        .jitter(Longest)
        .build()
        .unwrap();
    let error = client
        .access_records()
        .modify_record("rec_1", |record| record.name.push('!'))
        .await
        .unwrap_err();
    assert!(error.is_precondition_failed() && error.is_conflict());
    assert_eq!((read.calls_async().await, written.calls_async().await), (5, 5));
    assert_eq!(clock.0.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn what_does_not_say_when_it_was_changed_is_not_written() {
    let server = MockServer::start_async().await;
    let read = server.mock_async(|when, then| {
        when.method("GET").path("/v1/records/rec_1");
        then.status(200).json_body(json!({"name": "R", "statements": []}));
    });
    read.await;
    let client = AuthressClient::builder(server.base_url()).build().unwrap();
    let error = client
        .access_records()
        .modify_record("rec_1", |record| record.name.push('!'))
        .await
        .unwrap_err();
    assert_eq!(error.argument(), Some("last_updated"));
}

#[tokio::test]
async fn a_write_that_was_done_and_not_answered_is_not_done_twice() {
    let local = AuthressLocal::start().await.unwrap();
    // Between the client and the server: the first PUT is done, and its answer is lost.
    let transport = Losing {
        to: ReqwestTransport::new().unwrap(),
        lost: Arc::default(),
    };
    let client = AuthressClient::builder(local.url())
        .access_key(local.owner_access_key())
        .jitter(Never);
    let client = client.transport(transport.clone()).build().unwrap();
    let group = Group::new("Writers", ["user-0"], ["user-9"]).group_id("grp_1");
    client.groups().create_group(group).await.unwrap();
    let add = |group: &mut Group| group.users.push("user-1".into());
    let group = client.groups().modify_group("grp_1", add).await.unwrap();
    assert_eq!(transport.lost.load(Ordering::SeqCst), 1);
    assert_eq!(group.users.len(), 2);
    assert_eq!(client.groups().get_group("grp_1").await.unwrap().users.len(), 2);
}

/// Loses the answer to the first PUT.
#[derive(Clone)]
struct Losing {
    to: ReqwestTransport,
    lost: Arc<AtomicU32>,
}

impl Transport for Losing {
    fn send(&self, request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
        let is_put = request.method() == http::Method::PUT;
        let answer = self.to.send(request, context);
        Box::pin(async move {
            let answer = answer.await?;
            if is_put && self.lost.swap(1, Ordering::SeqCst) == 0 {
                return Err(Error::interrupted(None, "reset"));
            }
            Ok(answer)
        })
    }
}

/// No wait at all.
struct Never;

impl Jitter for Never {
    fn up_to(&self, _: Duration) -> Duration {
        Duration::ZERO
    }
}
