//! Calls of what the description does not have yet: any method, any path, sent as the other calls are.

use std::fmt::{self, Display};
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::successful;
use crate::error::NotAsDescribed;
use crate::options::Settings;
use crate::{Client, Encoded, Error, Operation, Response, json, path};

/// What is known of a call by its method alone.
const fn known(id: &'static str, method: Method, idempotent: bool) -> Operation {
    Operation {
        id,
        tag: "",
        method,
        path: "",
        idempotent,
        authenticated: true,
        deprecated: false,
    }
}

/// The methods that a call may have, and which of them are idempotent (RFC 9110 section 9.2.2).
static METHODS: [Operation; 7] = [
    known("GET", Method::GET, true),
    known("HEAD", Method::HEAD, true),
    known("OPTIONS", Method::OPTIONS, true),
    known("PUT", Method::PUT, true),
    known("DELETE", Method::DELETE, true),
    known("POST", Method::POST, false),
    known("PATCH", Method::PATCH, false),
];

pub(crate) fn operation(method: &Method) -> Option<&'static Operation> {
    METHODS.iter().find(|operation| operation.method == method)
}

/// A call of any path, with the token, limits and errors of all other calls; made by [`Client::request`].
///
/// `.await` and [`send`](Self::send) give the body as it is, [`decode`](Self::decode) reads it as JSON.
///
/// ```
/// use std::time::Duration;
/// use authress_api::{Client, RawCall, http::Method};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = httpmock::MockServer::start_async().await;
/// # server.mock_async(|when, then| { when.method("POST").path("/v1/things").json_body(serde_json::json!({"name": "a"})); then.status(202); }).await;
/// # let client = Client::new(server.base_url())?;
/// let call: RawCall = client
///     .request(Method::POST, "/v1/things")
///     .json(&serde_json::json!({"name": "a"}))
///     .timeout(Duration::from_secs(2))
///     .user_token("eyJ.a.b")
///     .header("x-trace-id", "42")
///     .no_retry();
/// let answer = call.send().await?;
/// assert!(answer.status() == 202 && answer.is_empty());
/// # Ok(()) }
/// ```
#[derive(Clone)]
#[must_use = "a call does nothing until it is awaited or sent"]
pub struct RawCall {
    client: Client,
    encoded: Result<Encoded, Refusal>,
    settings: Option<Box<Settings>>,
}

/// The argument that cannot be used, and why. Setters do not fail, so it is told when the call is sent.
#[derive(Clone)]
struct Refusal(&'static str, String);

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self("query", error.reason().unwrap_or("it cannot be sent").to_owned())
    }
}

impl Client {
    /// Begins a call of `path`, which is absolute below the base URL, percent-encoded, and may have a query: for what the description does not
    /// have yet.
    ///
    /// ```
    /// use authress_api::Client;
    /// use authress_api::http::Method;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), authress_api::Error> {
    /// # let server = httpmock::MockServer::start_async().await;
    /// # server.mock_async(|when, then| {
    /// #     when.method("GET").path("/v1/things").query_param("limit", "5");
    /// #     then.status(200).body(r#"{"things":[]}"#);
    /// # }).await;
    /// # let url = server.base_url();
    /// let client = Client::new(url)?;
    /// let things: serde_json::Value = client.request(Method::GET, "/v1/things").query("limit", 5).decode().await?;
    /// assert_eq!(things["things"], serde_json::json!([]));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Told when the call is sent: an [`Error`] that names `method` when it is none of GET, HEAD, OPTIONS, PUT, DELETE, POST and PATCH, or `path`
    /// when it does not begin with `/`, has an empty segment, one of dots alone, or characters that stand in no encoded path.
    pub fn request(&self, method: Method, path: impl Into<String>) -> RawCall {
        let path = path.into();
        let encoded = match (operation(&method), path::whole_refusal(&path)) {
            (None, _) => Err(Refusal("method", "it is none that the service has".to_owned())),
            (_, Some(reason)) => Err(Refusal("path", reason.to_owned())),
            (Some(operation), None) => Ok(Encoded::raw(operation, path)),
        };
        RawCall {
            client: self.clone(),
            encoded,
            settings: None,
        }
    }
}

impl RawCall {
    fn change<E: Into<Refusal>>(mut self, change: impl FnOnce(&mut Encoded) -> Result<(), E>) -> Self {
        if let Ok(encoded) = &mut self.encoded
            && let Err(refusal) = change(encoded)
        {
            self.encoded = Err(refusal.into());
        }
        self
    }

    fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(self.settings.get_or_insert_default());
        self
    }

    /// Adds a parameter to the query; name and value are percent-encoded.
    pub fn query(self, name: impl AsRef<str>, value: impl Display) -> Self {
        self.change(|encoded| {
            encoded.raw_query(name.as_ref(), &value.to_string());
            Ok::<(), Refusal>(())
        })
    }

    /// Sets the body to `value` as JSON. What cannot be written as JSON is refused when the call is sent, with an error that names `body`.
    pub fn json(self, value: &impl Serialize) -> Self {
        self.change(|encoded| {
            encoded
                .json(value)
                .map_err(|error| Refusal("body", Refusal::from(error).1))
        })
    }

    /// Limits the time of this call, as [`Call::timeout`](crate::Call::timeout) does.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.set(|settings| settings.timeout(timeout))
    }

    /// Makes this call as the user whose `token` this is, as [`Call::user_token`](crate::Call::user_token) does.
    pub fn user_token(self, token: impl AsRef<str>) -> Self {
        self.set(|settings| settings.user_token(token.as_ref()))
    }

    /// Adds a header, as [`Call::header`](crate::Call::header) does.
    pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.set(|settings| settings.header(name.as_ref(), value.as_ref()))
    }

    /// Sends this call once at most, as [`Call::no_retry`](crate::Call::no_retry) does.
    pub fn no_retry(self) -> Self {
        self.set(Settings::no_retry)
    }

    /// Sends the request and returns the body of the successful answer as it is, with status and headers.
    ///
    /// # Errors
    /// Any [`Error`]: see its predicates.
    ///
    /// # Cancel safety
    /// Dropping the future abandons the call; whether the service saw the request is not known then.
    pub async fn send(self) -> Result<Response<Bytes>, Error> {
        let answer = self.answer().await?;
        let body = answer.body().clone();
        Ok(Response::new(answer, body))
    }

    /// Sends the request and returns the successful answer, whole.
    async fn answer(self) -> Result<http::Response<Bytes>, Error> {
        let encoded = self
            .encoded
            .map_err(|Refusal(argument, reason)| Error::invalid_argument(argument, reason))?;
        let operation = encoded.operation();
        let in_operation = |error: Error| error.with_operation(operation);
        let answer = self.client.send(encoded, self.settings).map_err(in_operation)?.await;
        answer
            .and_then(|answer| successful(answer, operation))
            .map_err(in_operation)
    }

    /// Sends the request and reads the body of the successful answer as JSON.
    ///
    /// # Errors
    /// Any [`Error`]: see its predicates.
    ///
    /// # Cancel safety
    /// Dropping the future abandons the call; whether the service saw the request is not known then.
    pub async fn decode<T: DeserializeOwned>(self) -> Result<T, Error> {
        let operation = self.encoded.as_ref().ok().map(Encoded::operation);
        let answer = self.answer().await?;
        json::read(answer.body()).map_err(|error| {
            let error = Error::undecodable(answer, NotAsDescribed::from(&error));
            match operation {
                Some(operation) => error.with_operation(operation),
                None => error,
            }
        })
    }
}

impl IntoFuture for RawCall {
    type Output = Result<Response<Bytes>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("RawCall");
        match &self.encoded {
            Ok(encoded) => debug.field("request", encoded),
            Err(Refusal(argument, reason)) => debug.field("refused", &(argument, reason)),
        };
        debug.finish_non_exhaustive()
    }
}
