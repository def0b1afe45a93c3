//! Every operation of the description through the facade: it sends exactly what is described, and reads what is described.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod calls;
mod description;

use std::sync::{Arc, Mutex};

use authress::{AuthressClient, RetryPolicy};
use description::{Described, Description};
use httpmock::{HttpMockRequest, MockServer};
use serde::de::DeserializeOwned;
use serde_json::Value;

const TOKEN: &str = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ1c2VyLTEifQ.c2ln";

/// The values of the table.
impl Described {
    fn text(&self, place: &str, name: &str) -> String {
        self.given(place, name).as_str().unwrap().to_owned()
    }

    fn number<N: From<u8>>(&self, place: &str, name: &str) -> N {
        u8::try_from(self.given(place, name).as_u64().unwrap()).unwrap().into()
    }

    fn time(&self, place: &str, name: &str) -> chrono::DateTime<chrono::Utc> {
        self.text(place, name).parse().unwrap()
    }

    /// The described body as the model that the method takes.
    fn body<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(self.body.clone().unwrap()).unwrap()
    }
}

/// The path, and the parameters of the query, whose order says nothing.
fn in_one_order(uri: &str) -> (&str, Vec<&str>) {
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let mut pairs: Vec<&str> = query.split('&').collect();
    pairs.sort_unstable();
    (path, pairs)
}

/// How a request differs from what is described, if it does.
fn difference(request: &HttpMockRequest, described: &Described) -> Option<String> {
    let header = |name: &str| {
        let values = request
            .headers_vec()
            .iter()
            .filter(|(of, _)| of.eq_ignore_ascii_case(name));
        values.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let uri = request.uri();
    let sent = uri.path_and_query().map_or("", |path| path.as_str());
    let body: Option<Value> =
        (!request.body_ref().is_empty()).then(|| serde_json::from_slice(request.body_ref()).unwrap());
    let token = described.authenticated.then(|| format!("Bearer {TOKEN}"));
    let mut expected = vec![
        ("authorization", token),
        (
            "content-type",
            described.body.as_ref().map(|_| "application/json".to_owned()),
        ),
        ("accept", Some("application/links+json, application/json".to_owned())),
    ];
    let of_operation = described.headers();
    expected.extend(
        of_operation
            .iter()
            .map(|(name, value)| (name.as_str(), Some(value.clone()))),
    );
    // What every request has beside that: the connection's own headers, and who is asking.
    let known = ["host", "user-agent", "content-length"].into_iter();
    let known: Vec<&str> = known.chain(expected.iter().map(|(name, _)| *name)).collect();
    let sent_headers = request.headers_vec().iter();
    let mut additional = sent_headers.filter(|(name, _)| !known.contains(&name.to_lowercase().as_str()));
    let wrong_header = expected
        .iter()
        .find(|(name, value)| header(name) != value.iter().cloned().collect::<Vec<_>>());
    if request.method_str() != described.method {
        Some(format!("method {}", request.method_str()))
    } else if in_one_order(sent) != in_one_order(&described.uri()) {
        Some(format!("{sent} instead of {}", described.uri()))
    } else if body != described.body {
        Some(format!("body {body:?} instead of {:?}", described.body))
    } else if let Some((name, _)) = additional.next() {
        Some(format!("additional header {name}"))
    } else {
        wrong_header.map(|(name, value)| format!("header {name} {:?} instead of {value:?}", header(name)))
    }
}

#[tokio::test]
async fn each_operation_sends_exactly_what_is_described_and_reads_what_is_described() {
    let server = MockServer::start_async().await;
    let client = AuthressClient::builder(server.base_url())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let client = client.with_user_token(TOKEN).unwrap();
    let operations = Description::read().operations();
    assert_eq!(operations.len(), 75);
    let mut wrong = Vec::new();
    let mut answers = 0;
    for (id, described) in operations {
        let described = Arc::new(described);
        assert!(!described.answers.is_empty(), "{id}");
        for (status, body) in &described.answers {
            let (expected, told) = (Arc::clone(&described), Arc::new(Mutex::new(None)));
            let tell = Arc::clone(&told);
            let mock = server
                .mock_async(|when, then| {
                    when.is_true(move |request| {
                        let difference = difference(request, &expected);
                        let is_described = difference.is_none();
                        *tell.lock().unwrap() = difference;
                        is_described
                    });
                    let then = then.status(*status).header("content-type", "application/links+json");
                    if let Some(body) = body {
                        then.body(body.to_string());
                    }
                })
                .await;
            let outcome = calls::call(&client, &id, &described).await;
            let outcome = outcome.unwrap_or_else(|| panic!("{id} is not called"));
            let read = outcome.map_err(|error| format!("{error:?}; sent: {:?}", told.lock().unwrap()));
            let mut body = body.clone().unwrap_or_default();
            if id == "getAccounts" {
                // Told as one account, and answered with a list: both are read, as a list.
                body["accounts"] = Value::Array(vec![body["accounts"].take()]);
            }
            if read.as_ref() != Ok(&body) {
                wrong.push(format!("{id} {status}: {read:?} instead of {body:?}"));
            }
            assert_eq!(mock.calls_async().await, 1, "{id} {status}: {:?}", told.lock().unwrap());
            mock.delete_async().await;
            answers += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Each has a successful answer, and createRecord two.
    assert_eq!(answers, 76);
}
