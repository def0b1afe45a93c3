//! Calls from code that is not asynchronous: every call there is, with `.wait()` in the place of `.await`.
//!
//! ```
//! use authress::AuthressClient;
//! use authress::blocking::Wait as _;
//!
//! # let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
//! # let local = runtime.block_on(authress_local::AuthressLocal::start())?;
//! # local.grant("user-1", "documents/*", ["read"]);
//! let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
//! assert!(client.is_authorized("user-1", "documents/42", "read").wait()?);
//! let roles = client.roles().get_roles().limit(20).wait()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The network is driven by one thread that is started with the first call and shared by all clients; a call itself runs on the thread that
//! waits for it. Where a Tokio runtime is at work already, waiting would stop it, so that `wait` refuses to: there, `.await` the call.

use std::future::{IntoFuture, pending, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::{io, thread};

use futures_core::Stream;
use tokio::runtime::{Builder, Handle};

use crate::{Error, TokenVerificationError};

static RUNTIME: Mutex<Option<Handle>> = Mutex::new(None);

/// Waits for a call on the thread that makes it.
///
/// It is implemented for everything that can be awaited and comes to a result of this crate.
pub trait Wait: IntoFuture {
    /// Waits until the call has ended.
    ///
    /// ```
    /// use authress::AuthressClient;
    /// use authress::blocking::Wait as _;
    ///
    /// let client = AuthressClient::builder("https://login.example.com").build()?;
    /// let error = client.client_token().wait().unwrap_err();
    /// assert_eq!(error.argument(), Some("access_key"));
    /// # Ok::<(), authress::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the call; and [`CannotWait`], as the call's error, on a thread where a Tokio runtime is at work, those of `spawn_blocking` among
    /// them. Nothing was sent then.
    fn wait(self) -> Self::Output;
}

impl<F, T, E> Wait for F
where
    F: IntoFuture<Output = Result<T, E>>,
    E: From<CannotWait>,
{
    fn wait(self) -> Result<T, E> {
        runtime()?.block_on(self.into_future())
    }
}

/// Waits for each item of a stream on the thread that takes it.
pub trait WaitEach: Stream {
    /// The items as an iterator.
    ///
    /// ```
    /// use authress::AuthressClient;
    /// use authress::blocking::WaitEach as _;
    ///
    /// # let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    /// # let local = runtime.block_on(authress_local::AuthressLocal::start())?;
    /// # local.user_token("user-1");
    /// let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// for user in client.users().get_users().stream().wait_each() {
    ///     println!("{}", user?.user_id);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Where waiting is refused (see [`Wait::wait`]), the one item is that error.
    fn wait_each(self) -> Each<Self>
    where
        Self: Sized;
}

impl<S, T, E> WaitEach for S
where
    S: Stream<Item = Result<T, E>> + Unpin,
    E: From<CannotWait>,
{
    fn wait_each(self) -> Each<Self> {
        Each(Some(self))
    }
}

/// The items of a stream, each of which is waited for; made by [`WaitEach::wait_each`].
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is asked"]
pub struct Each<S>(Option<S>);

impl<S, T, E> Iterator for Each<S>
where
    S: Stream<Item = Result<T, E>> + Unpin,
    E: From<CannotWait>,
{
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.0.as_mut()?;
        let next = match runtime() {
            Ok(runtime) => runtime.block_on(poll_fn(|context| Pin::new(&mut *stream).poll_next(context))),
            Err(cannot) => {
                self.0 = None;
                return Some(Err(cannot.into()));
            }
        };
        if next.is_none() {
            self.0 = None;
        }
        next
    }
}

/// Why a call cannot be waited for here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CannotWait(Why);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    Runtime,
    Thread(io::ErrorKind),
}

/// The runtime that drives the network of all calls that are waited for. A failure to start it is not kept: the next call tries again.
fn runtime() -> Result<Handle, CannotWait> {
    if Handle::try_current().is_ok() {
        return Err(CannotWait(Why::Runtime));
    }
    // Whoever was in here and panicked has left it as it was.
    let mut running = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(runtime) = &*running {
        return Ok(runtime.clone());
    }
    let runtime = start().map_err(|error| CannotWait(Why::Thread(error.kind())))?;
    *running = Some(runtime.clone());
    Ok(runtime)
}

/// A runtime with a thread of its own. Tokio's runtime of several threads would panic when no thread can be had.
fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let thread = thread::Builder::new().name("authress-blocking".to_owned());
    thread.spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
}

impl std::fmt::Display for CannotWait {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Why::Runtime => f.write_str(
                "waiting would stop the asynchronous runtime of this thread; use `.await`, or a thread without one",
            ),
            Why::Thread(kind) => write!(f, "the thread for the network cannot be started: {kind}"),
        }
    }
}

impl std::error::Error for CannotWait {}

impl From<CannotWait> for Error {
    fn from(cannot: CannotWait) -> Self {
        Self::invalid_argument("wait", cannot.to_string())
    }
}

impl From<CannotWait> for TokenVerificationError {
    fn from(cannot: CannotWait) -> Self {
        Self::unavailable(Arc::new(cannot))
    }
}
