//! How requests reach the service: the trait, and in files of their own the transport over `reqwest`, its settings, and proxies.
//!
//! Whoever wants another HTTP library, a cache or a recorder implements [`Transport`], or wraps another one. The trait speaks `http` and `bytes`
//! alone, so that no major version of an HTTP library is part of what users of this crate build upon.

mod builder;
mod lazy_https;
mod proxy;
mod reqwest;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

pub use self::builder::ReqwestTransportBuilder;
pub use self::reqwest::ReqwestTransport;
use crate::{CallContext, Error};

/// The future of [`Transport::send`].
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, Error>> + Send + 'a>>;

/// How many times the request of an answer was sent, or begun to be. A transport that repeats requests leaves it in the extensions of the answer,
/// where [`Error::attempts`] finds it when the answer is none that was hoped for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts(pub u32);

impl Attempts {
    /// What an answer tells; zero when it tells nothing.
    pub(crate) fn of(answer: &http::Response<Bytes>) -> u32 {
        answer.extensions().get().map_or(0, |Self(attempts)| *attempts)
    }
}

/// What an attempt before the one that was answered last had been answered with, where that was another status than 5xx. A transport that repeats
/// requests leaves it in the extensions of the answer as well, for [`Error::earlier_status`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierStatus(pub http::StatusCode);

/// Sends one HTTP request and reads the whole answer, whatever its status.
///
/// The request has an absolute URI. An implementation must send it exactly as it stands, must not follow redirects, and must limit the time: to that of
/// the context, or to one of its own.
///
/// ```
/// use authress_api::{CallContext, Transport, TransportFuture, bytes::Bytes, http};
///
/// /// Writes down which operations are called, and passes everything on.
/// struct Recorder<T>(T);
///
/// impl<T: Transport> Transport for Recorder<T> {
///     fn send(&self, request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
///         println!("{:?}", context.operation.map(|operation| operation.id));
///         self.0.send(request, context)
///     }
///     fn keeps_time(&self) -> bool {
///         self.0.keeps_time()
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`; `context` says what it is for.
    ///
    /// # Errors
    /// When no complete answer arrived. An answer of any status is not an error here.
    ///
    /// # Cancel safety
    /// Dropping the future must abandon the exchange.
    fn send(&self, request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_>;

    /// Whether it keeps to the time of the [`CallContext`] by itself, on the machine's clock, so that nobody else need watch over it. A transport
    /// that wraps another one may pass its answer on.
    fn keeps_time(&self) -> bool {
        false
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>, context: CallContext) -> TransportFuture<'_> {
        (**self).send(request, context)
    }

    fn keeps_time(&self) -> bool {
        (**self).keeps_time()
    }
}
