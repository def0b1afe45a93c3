//! What is seen of calls from outside: a span a call and a span an attempt, with the names of OpenTelemetry's conventions for HTTP clients, and
//! what is counted.
//!
//! No span has the path, the query, a header or a body: they hold the ids of users and resources. The template of the path stands for it.

use std::sync::Arc;

use tracing::field::{Empty, display};
use tracing::{Instrument as _, Span, info_span};

use super::attempt::Attempt;
use super::{Call, Outcome};
use crate::{AttemptEnded, Attempts, BaseUrl, CallEnded, ErrorType, Metrics, TransportFuture};

/// Tells of the calls to one service.
pub(super) struct Observer {
    host: String,
    port: u16,
    metrics: Option<Arc<dyn Metrics>>,
}

impl Observer {
    pub(super) fn new(base_url: &BaseUrl, metrics: Option<Arc<dyn Metrics>>) -> Self {
        let uri = base_url.as_uri();
        let port = if uri.scheme_str() == Some("http") { 80 } else { 443 };
        Self {
            host: uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned(),
            port: uri.port_u16().unwrap_or(port),
            metrics,
        }
    }

    /// What is to be told of a whole call; nothing when nobody listens.
    pub(super) fn call<'a>(&'a self, call: Call<'a>) -> Option<ObservedCall<'a>> {
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
        let observer = self;
        self.has_listener(&span)
            .then_some(ObservedCall { observer, call, span })
    }

    /// The same attempt, told of when somebody listens.
    pub(super) fn attempt<'a>(
        &'a self,
        sent: TransportFuture<'a>,
        call: Call<'a>,
        attempt: &Attempt,
    ) -> TransportFuture<'a> {
        let span = self.attempt_span(call, attempt);
        if !self.has_listener(&span) {
            return sent;
        }
        let (number, again_because) = (attempt.number, attempt.again_because);
        let begun = call.deadline.elapsed();
        Box::pin(async move {
            let outcome = sent.instrument(span.clone()).await;
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
        })
    }

    fn has_listener(&self, span: &Span) -> bool {
        !span.is_disabled() || self.metrics.is_some()
    }

    fn attempt_span(&self, call: Call<'_>, attempt: &Attempt) -> Span {
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
            authress.retry.reason = attempt.again_because,
            error.r#type = Empty,
        );
        if !template.is_empty() {
            span.record("url.template", template);
        }
        if attempt.number > 1 {
            span.record("http.request.resend_count", attempt.number - 1);
        }
        span
    }
}

/// A whole call that somebody is told of.
pub(super) struct ObservedCall<'a> {
    observer: &'a Observer,
    call: Call<'a>,
    span: Span,
}

impl<'a> ObservedCall<'a> {
    /// The same steps, within the span of the call; and then what came of them.
    pub(super) fn over(self, steps: TransportFuture<'a>) -> TransportFuture<'a> {
        Box::pin(async move {
            let outcome = steps.instrument(self.span.clone()).await;
            self.ended(&outcome);
            outcome
        })
    }

    fn ended(&self, outcome: &Outcome) {
        let operation = self.call.context.operation;
        let attempts = match outcome {
            Ok(answer) => answer.extensions().get().map(|Attempts(attempts)| *attempts),
            Err(error) => error.attempts(),
        };
        // None were made when something failed before the first one.
        let attempts = attempts.unwrap_or(0);
        self.span.record("authress.attempts", attempts);
        let error = ErrorType::of(outcome, operation);
        record(&self.span, outcome, error);
        if let Some(metrics) = &self.observer.metrics {
            metrics.call_ended(&CallEnded {
                operation,
                duration: self.call.deadline.elapsed(),
                attempts,
                status: outcome.as_ref().ok().map(http::Response::status),
                error,
            });
        }
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
