//! A service that answers everything alike and remembers what it was asked.

use std::sync::{Arc, Mutex, PoisonError};

use authress::bytes::Bytes;
use authress::http::{HeaderValue, Request, Response, StatusCode};
use authress::{CallContext, Transport, TransportFuture};

/// A transport that answers at once; clones share what was asked.
#[derive(Clone)]
pub struct Service {
    answer: Response<Bytes>,
    asked: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl Service {
    pub fn answering(status: StatusCode, body: Bytes) -> Self {
        let mut answer = Response::new(body);
        *answer.status_mut() = status;
        Self {
            answer,
            asked: Arc::default(),
        }
    }

    /// The same with a header in every answer.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: HeaderValue) -> Self {
        self.answer.headers_mut().insert(name, value);
        self
    }

    /// One that says yes to every check.
    pub fn allowing() -> Self {
        Self::answering(StatusCode::OK, Bytes::new())
    }

    /// What was asked since the last time.
    pub fn asked(&self) -> Vec<Request<Bytes>> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Transport for Service {
    fn send(&self, request: Request<Bytes>, _: CallContext) -> TransportFuture<'_> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        Box::pin(std::future::ready(Ok(self.answer.clone())))
    }
}
