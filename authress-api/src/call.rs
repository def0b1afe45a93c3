//! A request bound to the client that sends it: `.await` it.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use crate::error::NotAsDescribed;
use crate::{Client, Error, Request, Response};

/// A request that is ready to be sent: set its optional parameters, then `.await` it.
///
/// `.await` gives the output alone; [`send`](Self::send) gives it with status and headers. Nothing happens before either.
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct Call<R> {
    client: Client,
    request: R,
}

impl<R: Request> Call<R> {
    /// Binds `request` to `client`. The clone of the client is cheap.
    pub fn new(client: &Client, request: R) -> Self {
        Self {
            client: client.clone(),
            request,
        }
    }

    /// The request as it stands.
    pub fn request(&self) -> &R {
        &self.request
    }

    /// Changes the request; what the generated setters do.
    pub(crate) fn with(mut self, change: impl FnOnce(R) -> R) -> Self {
        self.request = change(self.request);
        self
    }

    /// Sends the request and returns its output with status and headers.
    ///
    /// # Errors
    /// Any [`Error`]: see its predicates.
    ///
    /// # Cancel safety
    /// Dropping the future abandons the call; whether the service saw the request is not known then.
    pub async fn send(self) -> Result<Response<R::Output>, Error> {
        let Self { client, request } = self;
        // The rest of the work is not generic, so that it is compiled once and not once an operation.
        let answer = client
            .execute(request.encode().map_err(|e| e.with_operation(R::OPERATION))?)
            .await?;
        match R::decode(answer.body()) {
            Ok(output) => Ok(Response::new(answer, output)),
            Err(error) => Err(Error::undecodable(answer, NotAsDescribed::from(&error)).with_operation(R::OPERATION)),
        }
    }
}

impl<R: Request> IntoFuture for Call<R> {
    type Output = Result<R::Output, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.send().await?.into_inner()) })
    }
}

impl<R: Request> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("client", &self.client)
            .field("request", &self.request)
            .finish()
    }
}
