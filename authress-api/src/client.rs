//! The client: a base URL, a transport and, if given, a bearer token.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderValue;
use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};

use crate::options::Settings;
use crate::{
    BaseUrl, CallContext, Encoded, Error, Operation, ReqwestTransport, Transport, TransportFuture, bearer_authorization,
};

/// Sends requests to one account. Cloning is cheap; clones share connections.
///
/// Each operation is a method that takes the required parameters and returns a [`Call`](crate::Call): set the optional ones on it, then
/// `.await` it.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    authorization: Option<HeaderValue>,
}

struct Shared {
    base_url: BaseUrl,
    transport: Box<dyn Transport>,
    user_agent: HeaderValue,
}

impl Client {
    /// A client for the account at `base_url`: the custom domain, or `https://ACCOUNT_ID.api.authress.io`. See [`BaseUrl`] for the forms.
    ///
    /// # Errors
    /// An [`Error`] that names `base_url` and what is wrong with it.
    pub fn new(base_url: impl AsRef<str>) -> Result<Self, Error> {
        let base_url = BaseUrl::parse(base_url.as_ref())?;
        let transport = ReqwestTransport::builder().build_for(&base_url)?;
        Ok(Self::with_transport(base_url, transport))
    }

    /// A client over a transport of your own.
    pub fn with_transport(base_url: BaseUrl, transport: impl Transport) -> Self {
        let user_agent = HeaderValue::from_static(concat!("Authress SDK; Rust; ", env!("CARGO_PKG_VERSION")));
        let shared = Shared {
            base_url,
            transport: Box::new(transport),
            user_agent,
        };
        Self {
            shared: Arc::new(shared),
            authorization: None,
        }
    }

    /// The same client, sending `token` with every operation that takes one; connections are shared.
    ///
    /// The token may be given with or without `Bearer ` before it. It is not looked into: the service verifies it with each call.
    ///
    /// # Errors
    /// An [`Error`] that names `token` when it is empty, longer than 16 KiB, has characters that no bearer token has (RFC 6750 section 2.1), or
    /// holds an access key, which must never be sent.
    pub fn with_bearer_token(&self, token: impl AsRef<str>) -> Result<Self, Error> {
        Ok(Self {
            shared: Arc::clone(&self.shared),
            authorization: Some(bearer_authorization(token.as_ref())?),
        })
    }

    /// Where the requests go.
    pub fn base_url(&self) -> &BaseUrl {
        &self.shared.base_url
    }

    /// Begins to send an encoded request. It is not `async`, so that no future has the request in it.
    pub(crate) fn send(&self, request: Encoded, settings: Option<Box<Settings>>) -> Result<TransportFuture<'_>, Error> {
        let mut context = CallContext::new(request.operation());
        let is_authenticated = request.operation().authenticated;
        let mut request = request.into_http(&self.shared.base_url)?;
        let headers = request.headers_mut();
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/links+json, application/json"));
        headers
            .entry(USER_AGENT)
            .or_insert_with(|| self.shared.user_agent.clone());
        if is_authenticated && let Some(authorization) = &self.authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        if let Some(settings) = settings {
            settings.apply(headers, &mut context)?;
        }
        Ok(self.shared.transport.send(request, context))
    }
}

/// An answer that is a success, as the operation has it.
pub(crate) fn successful(
    answer: http::Response<Bytes>,
    operation: &'static Operation,
) -> Result<http::Response<Bytes>, Error> {
    if !answer.status().is_success() {
        return Err(Error::unsuccessful(answer));
    }
    // Anything else, from whatever stands in between, is the answer to some other question.
    if !operation.is_answered_by(&answer) {
        return Err(Error::undecodable(
            answer,
            "an authorization check is allowed by a 200 alone, which has no body and speaks of no error",
        ));
    }
    Ok(answer)
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .finish_non_exhaustive()
    }
}
