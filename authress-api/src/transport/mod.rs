//! How requests reach the service: the trait, and in files of their own the transport over `reqwest`, its settings, and proxies.
//!
//! Whoever wants another HTTP library, a cache or a recorder implements [`Transport`], or wraps another one. The trait speaks `http` and `bytes`
//! alone, so that no major version of an HTTP library is part of what users of this crate build upon.

mod builder;
mod proxy;
mod reqwest;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

pub use self::builder::ReqwestTransportBuilder;
pub use self::reqwest::ReqwestTransport;
use crate::Error;

/// The future of [`Transport::send`].
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, Error>> + Send + 'a>>;

/// Sends one HTTP request and reads the whole answer, whatever its status.
///
/// The request has an absolute URI, the operation it is for as an extension of type `&'static Operation`, and [`CallOptions`](crate::CallOptions)
/// as another one when there are any. An implementation must send the URI exactly as it stands, must not follow redirects, and must limit the time:
/// to that of the options, or to one of its own.
///
/// ```
/// use authress_api::{Transport, TransportFuture, bytes::Bytes, http};
///
/// /// Writes down which paths are asked for, and passes everything on.
/// struct Recorder<T>(T);
///
/// impl<T: Transport> Transport for Recorder<T> {
///     fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
///         println!("{} {}", request.method(), request.uri().path());
///         self.0.send(request)
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`.
    ///
    /// # Errors
    /// When no complete answer arrived. An answer of any status is not an error here.
    ///
    /// # Cancel safety
    /// Dropping the future must abandon the exchange.
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}
