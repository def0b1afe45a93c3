//! What is seen of calls from outside: a span a call and a span an attempt, with the names of OpenTelemetry's conventions for HTTP clients, and
//! what is counted.
//!
//! No span has the path, the query, a header or a body: they hold the ids of users and resources. The template of the path stands for it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use tracing::field::{Empty, display};
use tracing::{Instrument as _, Span, info_span};

use super::Call;
use crate::{AttemptEnded, CallEnded, Error, ErrorType, Metrics};

type Outcome = Result<http::Response<Bytes>, Error>;

/// Tells of the calls to one service.
pub(super) struct Observer {
    host: String,
    port: u16,
    metrics: Option<Arc<dyn Metrics>>,
}

impl Observer {
    pub(super) fn new(base_url: &str, metrics: Option<Arc<dyn Metrics>>) -> Self {
        let uri: Uri = base_url.parse().unwrap_or_default();
        let port = if uri.scheme_str() == Some("http") { 80 } else { 443 };
        Self {
            host: uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned(),
            port: uri.port_u16().unwrap_or(port),
            metrics,
        }
    }

    /// Begins the span of a whole call, and takes its steps in it.
    pub(super) async fn call<T>(&self, call: &Call<'_>, steps: impl Future<Output = T>) -> (Span, T) {
        let id = call.context.operation.map_or("", |operation| operation.id);
        let span = info_span!(
            "authress.call",
            otel.name = id,
            otel.kind = "internal",
            authress.operation.id = id,
            authress.attempts = Empty,
            http.response.status_code = Empty,
            error.r#type = Empty,
        );
        let outcome = steps.instrument(span.clone()).await;
        (span, outcome)
    }

    /// Tells what came of a whole call.
    pub(super) fn call_ended(&self, call: &Call<'_>, span: &Span, attempts: u32, outcome: &Outcome) {
        if span.is_disabled() && self.metrics.is_none() {
            return;
        }
        span.record("authress.attempts", attempts);
        let error = ErrorType::of(outcome, call.context.operation);
        record(span, outcome, error);
        if let Some(metrics) = &self.metrics {
            metrics.call_ended(&CallEnded {
                operation: call.context.operation,
                duration: call.deadline.elapsed(),
                attempts,
                status: outcome.as_ref().ok().map(http::Response::status),
                error,
            });
        }
    }

    /// Tells of one attempt of a call.
    pub(super) async fn attempt(
        &self,
        call: &Call<'_>,
        number: u32,
        again_because: Option<&'static str>,
        attempt: impl Future<Output = Outcome>,
    ) -> Outcome {
        let span = self.attempt_span(call, number, again_because);
        let begun = self
            .metrics
            .as_ref()
            .map_or(Duration::ZERO, |_| call.deadline.elapsed());
        let outcome = attempt.instrument(span.clone()).await;
        if span.is_disabled() && self.metrics.is_none() {
            return outcome;
        }
        let error = ErrorType::of(&outcome, call.context.operation);
        record(&span, &outcome, error);
        if let Some(metrics) = &self.metrics {
            metrics.attempt_ended(&AttemptEnded {
                operation: call.context.operation,
                duration: call.deadline.elapsed().saturating_sub(begun),
                number,
                again_because,
                host: &self.host,
                port: self.port,
                status: outcome.as_ref().ok().map(http::Response::status),
                error,
            });
        }
        outcome
    }

    fn attempt_span(&self, call: &Call<'_>, number: u32, again_because: Option<&'static str>) -> Span {
        let (method, template) = call.context.operation.map_or(("", ""), |o| (o.method.as_str(), o.path));
        let span = info_span!(
            "authress.attempt",
            otel.name = format_args!("{method} {template}"),
            otel.kind = "client",
            http.request.method = method,
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            url.template = Empty,
            server.address = &*self.host,
            server.port = self.port,
            authress.operation.id = call.context.operation.map_or("", |operation| operation.id),
            authress.retry.reason = again_because,
            error.r#type = Empty,
        );
        if !template.is_empty() {
            span.record("url.template", template);
        }
        if number > 1 {
            span.record("http.request.resend_count", number - 1);
        }
        span
    }
}

fn record(span: &Span, outcome: &Outcome, error: Option<ErrorType>) {
    if let Ok(answer) = outcome {
        span.record("http.response.status_code", answer.status().as_u16());
    }
    if let Some(error) = error {
        span.record("error.type", display(error));
    }
}
