//! A request bound to the client that sends it: `.await` it.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use crate::client::successful;
use crate::error::NotAsDescribed;
use crate::options::Settings;
use crate::{Client, Error, Request, Response};

/// A request that is ready to be sent: set its optional parameters, then `.await` it.
///
/// `.await` gives the output alone; [`send`](Self::send) gives it with status and headers. Nothing happens before either.
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct Call<R> {
    client: Client,
    request: R,
    /// Most calls have none.
    settings: Option<Box<Settings>>,
}

impl<R: Request> Call<R> {
    /// Binds `request` to `client`, as the method of the operation does. The clone of the client is cheap.
    ///
    /// ```
    /// use authress_api::{Call, Client, requests::GetRoles};
    ///
    /// let client = Client::new("https://login.example.com")?;
    /// let call = Call::new(&client, GetRoles::new().limit(20));
    /// assert_eq!(call.request().limit, Some(20));
    /// # Ok::<(), authress_api::Error>(())
    /// ```
    pub fn new(client: &Client, request: R) -> Self {
        Self {
            client: client.clone(),
            request,
            settings: None,
        }
    }

    /// The request as it stands.
    ///
    /// ```
    /// let client = authress_api::Client::new("https://login.example.com")?;
    /// assert_eq!(client.get_roles().limit(20).request().limit, Some(20));
    /// # Ok::<(), authress_api::Error>(())
    /// ```
    pub fn request(&self) -> &R {
        &self.request
    }

    /// Changes the request; what the generated setters do.
    pub(crate) fn with(mut self, change: impl FnOnce(R) -> R) -> Self {
        self.request = change(self.request);
        self
    }

    fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(self.settings.get_or_insert_default());
        self
    }

    /// Limits the time of this call: of all attempts together, where the client repeats requests. Zero is refused when the call is sent.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress_api::Error> {
    /// # let server = httpmock::MockServer::start_async().await;
    /// # server.mock_async(|_, then| { then.status(200).body(r#"{"name":"Reader","permissions":[]}"#); }).await;
    /// # let client = authress_api::Client::new(server.base_url())?;
    /// let role = client.get_role("ro_reader").timeout(Duration::from_secs(2)).await?;
    /// # Ok(()) }
    /// ```
    pub fn timeout(self, timeout: Duration) -> Self {
        self.set(|settings| settings.timeout(timeout))
    }

    /// Makes this call as the user whose `token` this is, with or without `Bearer ` before it, whatever token the client has. What cannot be a
    /// token is refused when the call is sent.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress_api::Error> {
    /// # let server = httpmock::MockServer::start_async().await;
    /// # server.mock_async(|when, then| { when.header("authorization", "Bearer eyJ.a.b"); then.status(200); }).await;
    /// # let client = authress_api::Client::new(server.base_url())?;
    /// client.authorize_user("user-1", "documents/42", "read").user_token("Bearer eyJ.a.b").await?;
    /// # Ok(()) }
    /// ```
    pub fn user_token(self, token: impl AsRef<str>) -> Self {
        self.set(|settings| settings.user_token(token.as_ref()))
    }

    /// Adds a header to this call, for instance of a trace. Headers that the client sets itself are refused when the call is sent.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress_api::Error> {
    /// # let server = httpmock::MockServer::start_async().await;
    /// # server.mock_async(|when, then| { when.header("x-trace-id", "42"); then.status(200).body("{}"); }).await;
    /// # let client = authress_api::Client::new(server.base_url())?;
    /// let accounts = client.get_accounts().header("x-trace-id", "42").await?;
    /// # Ok(()) }
    /// ```
    pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.set(|settings| settings.header(name.as_ref(), value.as_ref()))
    }

    /// Sends this call once at most, where the client would repeat it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress_api::Error> {
    /// # let server = httpmock::MockServer::start_async().await;
    /// # server.mock_async(|_, then| { then.status(503); }).await;
    /// # let client = authress_api::Client::new(server.base_url())?;
    /// let error = client.get_accounts().no_retry().await.unwrap_err();
    /// assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    /// # Ok(()) }
    /// ```
    pub fn no_retry(self) -> Self {
        self.set(Settings::no_retry)
    }

    /// Sends the request and returns its output with status and headers.
    ///
    /// # Errors
    /// Any [`Error`]: see its predicates.
    ///
    /// # Cancel safety
    /// Dropping the future abandons the call; whether the service saw the request is not known then.
    pub async fn send(self) -> Result<Response<R::Output>, Error> {
        let Self {
            client,
            request,
            settings,
        } = self;
        let in_operation = |error: Error| error.with_operation(R::OPERATION);
        let sent = request.encode().and_then(|encoded| client.send(encoded, settings));
        let answer = sent.map_err(in_operation)?.await;
        // The rest is not generic where it can be, so that it is compiled once and not once an operation.
        let answer = answer
            .and_then(|answer| successful(answer, R::OPERATION))
            .map_err(in_operation)?;
        match R::decode(answer.body()) {
            Ok(output) => Ok(Response::new(answer, output)),
            Err(error) => Err(in_operation(Error::undecodable(answer, NotAsDescribed::from(&error)))),
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
            .finish_non_exhaustive()
    }
}
