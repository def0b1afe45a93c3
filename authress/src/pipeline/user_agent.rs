//! The step that says in `User-Agent` which program is calling.

use bytes::Bytes;
use http::HeaderValue;
use http::header::USER_AGENT;

use crate::{Error, Transport, TransportFuture, holds_access_key};

/// Sets `User-Agent`.
pub(crate) struct WithUserAgent<T> {
    next: T,
    user_agent: HeaderValue,
}

impl<T> WithUserAgent<T> {
    /// `Authress SDK; Rust; VERSION`, and `suffix` when there is one.
    ///
    /// # Errors
    /// When the suffix is empty, has other characters than printable ASCII, or holds an access key.
    pub(crate) fn new(next: T, suffix: Option<&str>) -> Result<Self, Error> {
        const SDK: &str = concat!("Authress SDK; Rust; ", env!("CARGO_PKG_VERSION"));
        let refuse = |reason| Err(Error::invalid_argument("user_agent_suffix", reason));
        let user_agent = match suffix.map(str::trim) {
            None => SDK.to_owned(),
            Some("") => return refuse("it is empty"),
            Some(suffix) if holds_access_key(suffix) => return refuse("it is an access key, which must never be sent"),
            Some(suffix) if suffix.chars().all(|c| c == ' ' || c.is_ascii_graphic()) => format!("{SDK}; {suffix}"),
            Some(_) => return refuse("it has characters that are not printable ASCII"),
        };
        let user_agent = HeaderValue::try_from(user_agent)
            .map_err(|_| Error::invalid_argument("user_agent_suffix", "a header cannot carry it"))?;
        Ok(Self { next, user_agent })
    }
}

impl<T: Transport> Transport for WithUserAgent<T> {
    fn send(&self, mut request: http::Request<Bytes>) -> TransportFuture<'_> {
        request.headers_mut().insert(USER_AGENT, self.user_agent.clone());
        self.next.send(request)
    }
}
