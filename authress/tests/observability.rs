//! What is seen of calls from outside: spans, and what is counted.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod support;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use authress::{
    AttemptEnded, AuthressClient, Cache, CallEnded, DecisionCache, Error, Metrics, RetryPolicy, VerifiedTokenCache,
};
use support::waits::Never;
use support::{Hasty, Memory, NOW, TestClock, access_key, answer, user_token};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::{Layer, registry::LookupSpan};

/// A span: its name, that of its parent, and its fields.
#[derive(Clone, Debug, Default)]
struct Seen {
    name: &'static str,
    parent: Option<&'static str>,
    fields: BTreeMap<String, String>,
}

#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<(Id, Seen)>>>);

struct Fields<'a>(&'a mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut seen = Seen {
            name: attributes.metadata().name(),
            parent: context.span(id).unwrap().parent().map(|parent| parent.name()),
            fields: BTreeMap::new(),
        };
        attributes.record(&mut Fields(&mut seen.fields));
        self.0.lock().unwrap().push((id.clone(), seen));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut spans = self.0.lock().unwrap();
        let (_, seen) = spans.iter_mut().rev().find(|(of, _)| of == id).unwrap();
        values.record(&mut Fields(&mut seen.fields));
    }
}

/// A service that answers with these statuses, one after another; zero stands for a connection that breaks.
fn answering(statuses: &'static [u16]) -> Memory {
    let next = AtomicUsize::new(0);
    Memory::answering(move |_| match statuses[next.fetch_add(1, Ordering::SeqCst)] {
        0 => Err(Error::interrupted(None, "reset")),
        status => Ok(answer(status, "")),
    })
}

fn client(memory: &Memory, metrics: impl Metrics) -> AuthressClient {
    let builder = AuthressClient::builder("https://login.example.com:8443").access_key(access_key());
    let builder = builder.clock(TestClock::at(NOW)).jitter(Never).metrics(metrics);
    builder.transport(memory.clone()).build().unwrap()
}

struct Uncounted;

impl Metrics for Uncounted {}

async fn spans_of(statuses: &'static [u16]) -> Vec<Seen> {
    let spans = Spans::default();
    let subscriber = tracing_subscriber::registry().with(spans.clone());
    let guard = tracing::subscriber::set_default(subscriber);
    let client = client(&answering(statuses), Uncounted);
    let _ = client
        .user_permissions()
        .authorize_user("user|hush", "documents/hush", "hush:read")
        .await;
    drop(guard);
    let spans = spans.0.lock().unwrap();
    spans
        .iter()
        .map(|(_, seen)| seen.clone())
        .filter(|seen| seen.name.starts_with("authress."))
        .collect()
}

fn fields(seen: &Seen) -> Vec<(&str, &str)> {
    seen.fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_is_a_span_in_it() {
    let template = "/v1/users/{userId}/resources/{resourceUri}/permissions/{permission}";
    let spans = spans_of(&[503, 0, 200]).await;
    let names: Vec<_> = spans.iter().map(|seen| (seen.name, seen.parent)).collect();
    let attempt = ("authress.attempt", Some("authress.call"));
    assert_eq!(names, [("authress.call", None), attempt, attempt, attempt]);
    assert_eq!(
        fields(&spans[0]),
        [
            ("authress.attempts", "3"),
            ("authress.operation.id", "authorizeUser"),
            ("http.response.status_code", "200"),
            ("otel.kind", "internal"),
            ("otel.name", "authorizeUser"),
        ]
    );
    assert_eq!(
        fields(&spans[1]),
        [
            ("authress.operation.id", "authorizeUser"),
            ("error.type", "503"),
            ("http.request.method", "GET"),
            ("http.response.status_code", "503"),
            ("otel.kind", "client"),
            ("otel.name", &format!("GET {template}")),
            ("server.address", "login.example.com"),
            ("server.port", "8443"),
            ("url.template", template),
        ]
    );
    let retried = |seen: &Seen| {
        ["http.request.resend_count", "authress.retry.reason", "error.type"].map(|name| seen.fields.get(name).cloned())
    };
    assert_eq!(
        retried(&spans[2]),
        [Some("1".into()), Some("503".into()), Some("interrupted".into())]
    );
    assert_eq!(retried(&spans[3]), [Some("2".into()), Some("interrupted".into()), None]);
}

#[tokio::test]
async fn a_no_is_an_answer_and_not_an_error() {
    let spans = spans_of(&[404]).await;
    assert_eq!(spans.len(), 2);
    for seen in spans {
        assert_eq!(seen.fields["http.response.status_code"], "404");
        assert!(!seen.fields.contains_key("error.type"), "{seen:?}");
    }
}

#[tokio::test]
async fn no_span_has_an_id_of_a_user_or_a_resource_or_a_token() {
    for statuses in [&[200][..], &[404], &[503, 503, 503, 503, 503], &[0, 403]] {
        for seen in spans_of(statuses).await {
            let text = format!("{seen:?}");
            assert!(
                !text.contains("hush") && !text.contains("eyJ") && !text.contains("sc_1"),
                "{text}"
            );
        }
    }
}

/// Writes down what it is told.
#[derive(Default)]
struct Told(Mutex<Vec<String>>);

impl Metrics for Told {
    fn call_ended(&self, call: &CallEnded) {
        let operation = call.operation.map(|operation| operation.id).unwrap();
        let error = call.error.map(|error| error.to_string());
        let status = call.status.map(|status| status.as_u16());
        self.0
            .lock()
            .unwrap()
            .push(format!("{operation} {} {status:?} {error:?}", call.attempts));
    }

    fn attempt_ended(&self, attempt: &AttemptEnded<'_>) {
        let error = attempt.error.map(|error| error.to_string());
        let told = format!(
            "{} {:?} {error:?} {}:{}",
            attempt.number, attempt.again_because, attempt.host, attempt.port
        );
        self.0.lock().unwrap().push(told);
    }

    fn cache_asked(&self, cache: Cache, is_hit: bool) {
        self.0.lock().unwrap().push(format!("{} {is_hit}", cache.as_str()));
    }

    fn stale_decision_used(&self, age: Duration) {
        self.0.lock().unwrap().push(format!("stale after {age:?}"));
    }
}

#[tokio::test]
async fn every_attempt_and_every_call_is_counted_once() {
    let told = Arc::new(Told::default());
    let client = client(&answering(&[502, 404, 403]), Arc::clone(&told));
    assert!(!client.is_authorized("u", "r", "p").await.unwrap());
    assert!(client.is_authorized("u", "r", "p").await.is_err());
    assert!(client.is_authorized("", "r", "p").await.is_err());
    assert_eq!(
        *told.0.lock().unwrap(),
        [
            r#"1 None Some("502") login.example.com:8443"#,
            r#"2 Some("502") None login.example.com:8443"#,
            "authorizeUser 2 Some(404) None",
            r#"1 None Some("403") login.example.com:8443"#,
            r#"authorizeUser 1 Some(403) Some("403")"#,
        ]
    );
}

#[tokio::test]
async fn each_question_to_the_cache_of_verified_tokens_is_counted_as_hit_or_miss() {
    let told = Arc::new(Told::default());
    let client = AuthressClient::builder(support::DOMAIN)
        .clock(TestClock::at(NOW))
        .transport(Memory::with_keys())
        .cache_verified_tokens(VerifiedTokenCache::new(10))
        .metrics(Arc::clone(&told))
        .build()
        .unwrap();
    let token = user_token(|_| ());
    for _ in 0..3 {
        client.verify_token(&token).await.unwrap();
    }
    assert_eq!(
        *told.0.lock().unwrap(),
        ["verified_tokens false", "verified_tokens true", "verified_tokens true"]
    );
}

/// A client that keeps decisions for a minute, and uses older ones when the service cannot be asked.
fn keeping(clock: &TestClock, memory: &Memory, metrics: impl Metrics) -> AuthressClient {
    let minute = Duration::from_secs(60);
    let cache = DecisionCache::builder().ttl(minute).stale_if_unavailable(minute * 10);
    let builder = AuthressClient::builder(support::DOMAIN).access_key(access_key());
    let builder = builder.clock(clock.clone()).transport(memory.clone()).metrics(metrics);
    let builder = builder.retry(RetryPolicy::none()).decision_cache(cache);
    builder.build().unwrap()
}

#[tokio::test]
async fn a_question_of_nobody_in_particular_is_a_span_as_well() {
    let spans = Spans::default();
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(spans.clone()));
    let builder = AuthressClient::builder(support::DOMAIN).transport(answering(&[200, 200]));
    let client = builder.decision_cache(DecisionCache::builder()).build().unwrap();
    for _ in 0..2 {
        let decision = client.check_user("user-1", "documents/42", "read").await.unwrap();
        assert_eq!(decision.source, authress::DecisionSource::Live);
    }
    drop(guard);
    let spans = spans.0.lock().unwrap();
    let checks: Vec<_> = spans.iter().filter(|(_, seen)| seen.name == "authress.check").collect();
    assert_eq!(checks.len(), 2);
    for (_, seen) in checks {
        let source = &seen.fields["authress.decision.source"];
        assert_eq!(source, "live");
    }
}

#[tokio::test]
async fn a_decision_is_a_span_that_says_how_it_is_known_and_in_which_the_call_is() {
    let spans = Spans::default();
    let subscriber = tracing_subscriber::registry().with(spans.clone());
    let guard = tracing::subscriber::set_default(subscriber);
    let clock = TestClock::at(NOW);
    let client = keeping(&clock, &answering(&[200, 503]), Uncounted);
    for seconds in [0, 59, 60] {
        clock.set(NOW + seconds);
        assert!(
            client
                .is_authorized("user|hush", "documents/hush", "hush:read")
                .await
                .unwrap()
        );
    }
    drop(guard);
    let spans = spans.0.lock().unwrap();
    let shown: Vec<_> = spans
        .iter()
        .filter(|(_, seen)| ["authress.check", "authress.call"].contains(&seen.name))
        .map(|(_, seen)| match seen.name {
            "authress.check" => fields(seen)
                .into_iter()
                .map(|(_, value)| value)
                .collect::<Vec<_>>()
                .join(" "),
            name => format!("{name} in {}", seen.parent.unwrap()),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "true live",
            "authress.call in authress.check",
            "59000 true cached",
            "60000 true stale",
            "authress.call in authress.check",
        ]
    );
    let check = spans
        .iter()
        .find(|(_, seen)| seen.fields.contains_key("authress.decision.age_ms"))
        .unwrap();
    let names: Vec<_> = check.1.fields.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "authress.decision.age_ms",
            "authress.decision.allowed",
            "authress.decision.source"
        ]
    );
    assert!(!format!("{spans:?}").contains("hush"));
}

#[tokio::test]
async fn each_question_to_the_cache_of_decisions_is_counted_and_each_stale_decision_told() {
    let told = Arc::new(Told::default());
    let clock = TestClock::at(NOW);
    let client = keeping(&clock, &answering(&[200, 503]), Arc::clone(&told));
    for seconds in [0, 59, 60] {
        clock.set(NOW + seconds);
        assert!(client.is_authorized("u", "r", "p").await.unwrap());
    }
    let told = told.0.lock().unwrap();
    let of_cache: Vec<_> = told
        .iter()
        .filter(|line| !line.contains("authorizeUser") && !line.contains(":443"))
        .collect();
    assert_eq!(
        of_cache,
        [
            "decisions false",
            "decisions true",
            "decisions false",
            "stale after 60s"
        ]
    );
}

#[tokio::test]
async fn what_answers_in_the_services_place_is_counted_as_an_error() {
    for (status, error) in [(200, "undecodable"), (404, "undecodable"), (503, "503")] {
        let told = Arc::new(Told::default());
        let memory = Memory::answering(move |_| Ok(answer(status, "<html>hello</html>")));
        let client = client(&memory, Arc::clone(&told));
        let call = client.user_permissions().authorize_user("u", "r", "p").no_retry();
        assert!(call.await.is_err_and(|error| !error.is_denied()));
        let told = told.0.lock().unwrap();
        assert_eq!(told[1], format!("authorizeUser 1 Some({status}) Some({error:?})"));
    }
}

#[tokio::test]
async fn what_fails_before_it_is_sent_is_told_by_its_kind() {
    let told = Arc::new(Told::default());
    let builder = AuthressClient::builder(support::DOMAIN)
        .clock(Hasty)
        .metrics(Arc::clone(&told));
    let client = builder
        // What was sent for the token are no attempts of the call.
        .token_provider(|| async { Err(Error::token("none today").with_attempts(5)) })
        .transport(Memory::with_keys())
        .build()
        .unwrap();
    assert_eq!(client.roles().get_roles().await.unwrap_err().attempts(), None);
    assert_eq!(*told.0.lock().unwrap(), [r#"getRoles 0 None Some("token")"#]);
}

#[cfg(feature = "opentelemetry")]
#[tokio::test]
async fn open_telemetry_gets_the_metrics_by_their_names() {
    use authress::OpenTelemetryMetrics;
    use opentelemetry::metrics::MeterProvider as _;
    use opentelemetry_sdk::metrics::{InMemoryMetricExporter, PeriodicReader, SdkMeterProvider};

    let exporter = InMemoryMetricExporter::default();
    let reader = PeriodicReader::builder(exporter.clone()).build();
    let provider = SdkMeterProvider::builder().with_reader(reader).build();
    let client = client(
        &answering(&[503, 200]),
        OpenTelemetryMetrics::new(&provider.meter("authress")),
    );
    client
        .is_authorized("user-hush", "documents/hush", "read")
        .await
        .unwrap();
    provider.force_flush().unwrap();
    let told = format!("{:?}", exporter.get_finished_metrics().unwrap());
    for name in [
        "http.client.request.duration",
        "authress.client.call.duration",
        "authress.client.retries",
        "authress.operation.id",
        "authress.retry.reason",
        "url.template",
        "server.address",
        "error.type",
    ] {
        assert!(told.contains(name), "{name}: {told}");
    }
    assert!(!told.contains("hush"), "{told}");
}
