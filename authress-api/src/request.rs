//! The one trait of all generated requests.

use std::fmt::Debug;
use std::future::Future;

use bytes::Bytes;

use crate::{Call, Client, Encoded, Error, Operation, Response};

/// One request of the API as a value: which operation it is, how it is encoded, and what its answer is.
///
/// Every operation of the description has a type that implements it, in [`requests`](crate::requests). Code that treats all operations
/// alike (a facade, a recorder, a test double) is written over this trait once.
///
/// ```
/// use authress_api::{Request, bytes::Bytes, requests::GetRoles};
///
/// assert_eq!(GetRoles::OPERATION.path, "/v1/roles");
/// assert_eq!(GetRoles::new().limit(20).encode()?.path_and_query(), "/v1/roles?limit=20");
/// assert!(GetRoles::decode(&Bytes::from_static(br#"{"roles":[]}"#))?.roles.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Request: Clone + Debug + Send + Sync + 'static {
    /// What a successful answer holds: a model, `()` for no body, `Option` of a model where the service may answer without one.
    type Output: Debug + Send + 'static;

    /// The operation that this is a request for.
    const OPERATION: &'static Operation;

    /// Encodes the request.
    ///
    /// # Errors
    /// An [`Error`] that names the argument when one cannot be sent: a path parameter that is empty, `.` or `..`, or a header value with
    /// control characters. Nothing has been sent then.
    fn encode(&self) -> Result<Encoded, Error>;

    /// Decodes the body of a successful answer.
    ///
    /// # Errors
    /// When the body is not what the description promises.
    fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error>;

    /// Sends the request through `client`.
    ///
    /// # Errors
    /// Any [`Error`]: see its predicates.
    ///
    /// # Cancel safety
    /// Dropping the future abandons the call; whether the service saw the request is not known then.
    fn send(self, client: &Client) -> impl Future<Output = Result<Response<Self::Output>, Error>> + Send {
        Call::new(client, self).send()
    }
}

/// How a body becomes the output of a request; called by generated code.
pub(crate) mod decode {
    use bytes::Bytes;
    use serde::de::DeserializeOwned;

    use crate::json;

    /// A JSON body.
    pub(crate) fn json<T: DeserializeOwned>(body: &Bytes) -> Result<T, serde_json::Error> {
        json::read(body)
    }

    /// No body is due; one of JSON is read over.
    ///
    /// Anything else did not come from the service: a page that some server in between shows for every path, with status 200, must not be
    /// taken for its yes.
    pub(crate) fn nothing(body: &Bytes) -> Result<(), serde_json::Error> {
        optional::<serde::de::IgnoredAny>(body).map(drop)
    }

    /// A JSON body, or none: the service accepted the request and finishes it later.
    pub(crate) fn optional<T: DeserializeOwned>(body: &Bytes) -> Result<Option<T>, serde_json::Error> {
        if body.trim_ascii().is_empty() {
            Ok(None)
        } else {
            json::read(body).map(Some)
        }
    }
}
