//! What the layers' services have in common: what becomes of a request, and the future of its answer.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::request::Parts;
use http::{Request, Response};
use tower_service::Service;

use super::Refusal;

/// A layer that lets some requests through.
pub(super) trait Guard: Clone + Send + Sync + 'static {
    /// Looks at a request, and changes its extensions.
    ///
    /// # Errors
    /// The answer to a request that is not let through.
    fn guard(&self, parts: &mut Parts) -> impl Future<Output = Result<(), Refusal>> + Send;
}

/// The answer of `inner`, which is ready, to a request that is let through.
pub(super) fn guarded<S, B, R>(guard: &impl Guard, inner: &mut S, request: Request<B>) -> ResponseFuture<R, S::Error>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
    R: Default + 'static,
{
    // The one that is ready is called; the clone may not be.
    let clone = inner.clone();
    let mut inner = std::mem::replace(inner, clone);
    let guard = guard.clone();
    // Apart, so that a body need not be `Sync`.
    let (mut parts, body) = request.into_parts();
    ResponseFuture(Box::pin(async move {
        match guard.guard(&mut parts).await {
            Ok(()) => inner.call(Request::from_parts(parts, body)).await,
            Err(refusal) => Ok(refusal.into_response()),
        }
    }))
}

/// The future of an answer: the layer's own, or that of the service behind it.
///
/// # Cancel safety
/// Dropping it abandons the request, as dropping the future of the service behind it does.
#[must_use = "futures do nothing until they are polled"]
pub struct ResponseFuture<R, E>(Pin<Box<dyn Future<Output = Result<Response<R>, E>> + Send>>);

impl<R, E> Future for ResponseFuture<R, E> {
    type Output = Result<Response<R>, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<R, E> fmt::Debug for ResponseFuture<R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture(..)")
    }
}
