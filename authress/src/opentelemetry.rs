//! What is counted, by the names of OpenTelemetry.

use std::fmt;
use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::metrics::{Counter, Histogram, Meter};

use crate::{AttemptEnded, Cache, CallEnded, Metrics};

/// Where the durations of requests are told apart, in seconds: as OpenTelemetry's conventions for HTTP advise.
const BOUNDARIES: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
];

/// Where the ages of decisions are told apart, in seconds: up to the most that can be allowed.
const AGES: [f64; 9] = [1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3_600.0, 14_400.0, 86_400.0];

/// Metrics of a client by the API of OpenTelemetry.
///
/// | metric | kind | attributes |
/// |---|---|---|
/// | `http.client.request.duration` | histogram, seconds, each attempt | `http.request.method`, `server.address`, `server.port`, `url.template`, `http.response.status_code`, `error.type` |
/// | `authress.client.call.duration` | histogram, seconds, each call with all its attempts | `authress.operation.id`, `http.response.status_code`, `error.type` |
/// | `authress.client.retries` | counter | `authress.operation.id`, `authress.retry.reason` |
/// | `authress.client.cache.requests` | counter | `authress.cache.name`, `authress.cache.hit` |
/// | `authress.client.stale_decision.age` | histogram, seconds, each decision that had outlived its life and was used | |
///
/// No attribute holds the id of a user or a resource.
///
/// ```
/// use authress::{AuthressClient, OpenTelemetryMetrics};
///
/// let meter = opentelemetry::global::meter("authress");
/// let client = AuthressClient::builder("https://login.example.com")
///     .metrics(OpenTelemetryMetrics::new(&meter))
///     .build()?;
/// # Ok::<(), authress::Error>(())
/// ```
pub struct OpenTelemetryMetrics {
    requests: Histogram<f64>,
    calls: Histogram<f64>,
    retries: Counter<u64>,
    cache: Counter<u64>,
    stale_decisions: Histogram<f64>,
}

impl OpenTelemetryMetrics {
    /// Metrics that go to `meter`.
    pub fn new(meter: &Meter) -> Self {
        let durations = |name, description| {
            let histogram = meter.f64_histogram(name).with_description(description);
            histogram.with_unit("s").with_boundaries(BOUNDARIES.to_vec()).build()
        };
        let counter = |name, description| meter.u64_counter(name).with_description(description).build();
        Self {
            requests: durations("http.client.request.duration", "Duration of HTTP client requests."),
            calls: durations(
                "authress.client.call.duration",
                "Duration of calls with all their attempts.",
            ),
            retries: counter("authress.client.retries", "Requests that were sent again."),
            cache: counter("authress.client.cache.requests", "Questions to a cache."),
            stale_decisions: meter
                .f64_histogram("authress.client.stale_decision.age")
                .with_description("Age of decisions that had outlived their life and were used.")
                .with_unit("s")
                .with_boundaries(AGES.to_vec())
                .build(),
        }
    }
}

impl Metrics for OpenTelemetryMetrics {
    fn call_ended(&self, call: &CallEnded) {
        let mut attributes = Vec::with_capacity(3);
        if let Some(operation) = call.operation {
            attributes.push(KeyValue::new("authress.operation.id", operation.id));
        }
        if let Some(status) = call.status {
            attributes.push(KeyValue::new("http.response.status_code", i64::from(status.as_u16())));
        }
        if let Some(error) = call.error {
            attributes.push(KeyValue::new("error.type", error.to_string()));
        }
        self.calls.record(call.duration.as_secs_f64(), &attributes);
    }

    fn attempt_ended(&self, attempt: &AttemptEnded<'_>) {
        let mut attributes = Vec::with_capacity(6);
        attributes.push(KeyValue::new("server.address", attempt.host.to_owned()));
        attributes.push(KeyValue::new("server.port", i64::from(attempt.port)));
        if let Some(operation) = attempt.operation {
            attributes.push(KeyValue::new("http.request.method", operation.method.as_str()));
            if !operation.path.is_empty() {
                attributes.push(KeyValue::new("url.template", operation.path));
            }
        }
        if let Some(status) = attempt.status {
            attributes.push(KeyValue::new("http.response.status_code", i64::from(status.as_u16())));
        }
        if let Some(error) = attempt.error {
            attributes.push(KeyValue::new("error.type", error.to_string()));
        }
        self.requests.record(attempt.duration.as_secs_f64(), &attributes);
        if let Some(reason) = attempt.again_because {
            let id = attempt.operation.map_or("", |operation| operation.id);
            let attributes = [
                KeyValue::new("authress.operation.id", id),
                KeyValue::new("authress.retry.reason", reason),
            ];
            self.retries.add(1, &attributes);
        }
    }

    fn cache_asked(&self, cache: Cache, is_hit: bool) {
        let attributes = [
            KeyValue::new("authress.cache.name", cache.as_str()),
            KeyValue::new("authress.cache.hit", is_hit),
        ];
        self.cache.add(1, &attributes);
    }

    fn stale_decision_used(&self, age: Duration) {
        self.stale_decisions.record(age.as_secs_f64(), &[]);
    }
}

impl fmt::Debug for OpenTelemetryMetrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpenTelemetryMetrics(..)")
    }
}
