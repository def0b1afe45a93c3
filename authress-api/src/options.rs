//! What is asked of one call beside its parameters: its time, its token, its headers, and that it is sent once.

use std::time::Duration;

use http::header::{self, AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{Error, Operation, bearer_authorization, holds_access_key};

/// Headers that belong to the exchange, have a setting of their own, or say in another way who is asking (`Cookie`) or what can be read
/// (`Accept-Encoding`).
const NOT_FREE: [HeaderName; 16] = [
    header::ACCEPT_ENCODING,
    AUTHORIZATION,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::COOKIE,
    header::EXPECT,
    header::HOST,
    HeaderName::from_static("keep-alive"),
    header::PROXY_AUTHORIZATION,
    HeaderName::from_static("proxy-connection"),
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    header::USER_AGENT,
];

/// What a [`Transport`](crate::Transport) is told of the call that a request belongs to.
///
/// ```
/// use std::time::Duration;
/// use authress_api::{CallContext, Request, requests::GetRoles};
///
/// let context = CallContext::new(GetRoles::OPERATION).with_timeout(Duration::from_secs(2));
/// assert_eq!((context.timeout, context.no_retry), (Some(Duration::from_secs(2)), false));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallContext {
    /// The operation that the request is for; nothing for what is none of the service, such as a fetch of keys.
    pub operation: Option<&'static Operation>,
    /// Longest time for the whole call, where the caller set one. A transport that repeats requests has this for all attempts together.
    pub timeout: Option<Duration>,
    /// The request must be sent once at most.
    pub no_retry: bool,
}

impl CallContext {
    /// What is told of a request for `operation`.
    pub fn new(operation: &'static Operation) -> Self {
        Self {
            operation: Some(operation),
            ..Self::default()
        }
    }

    /// The same with another limit on the time.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }
}

/// Everything that was set for one call.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    timeout: Option<Duration>,
    no_retry: bool,
    headers: HeaderMap,
    /// The first setting that cannot be used, and why. It is told when the call is sent: setters do not fail.
    refused: Option<(&'static str, String)>,
}

impl Settings {
    pub(crate) fn timeout(&mut self, timeout: Duration) {
        if timeout.is_zero() {
            self.refuse("timeout", "it is zero");
        }
        self.timeout = Some(timeout);
    }

    pub(crate) fn no_retry(&mut self) {
        self.no_retry = true;
    }

    pub(crate) fn user_token(&mut self, token: &str) {
        match bearer_authorization(token) {
            Ok(authorization) => drop(self.headers.insert(AUTHORIZATION, authorization)),
            Err(error) => self.refuse("user_token", error.reason().unwrap_or("it cannot be sent")),
        }
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        match free_header(name, value) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(error) => self.refuse("header", error.reason().unwrap_or("it cannot be sent")),
        }
    }

    fn refuse(&mut self, setting: &'static str, reason: impl Into<String>) {
        self.refused.get_or_insert_with(|| (setting, reason.into()));
    }

    /// Brings the settings into a request and what is told of it.
    pub(crate) fn apply(self, headers: &mut HeaderMap, context: &mut CallContext) -> Result<(), Error> {
        if let Some((setting, reason)) = self.refused {
            return Err(Error::invalid_argument(setting, reason));
        }
        headers.extend(self.headers);
        context.timeout = self.timeout;
        context.no_retry = self.no_retry;
        Ok(())
    }
}

/// A header that a caller may set, checked: for settings that take headers.
///
/// ```
/// let (name, value) = authress_api::free_header("X-Trace-Id", "42")?;
/// assert!(name == "x-trace-id" && value == "42");
/// assert!(authress_api::free_header("Authorization", "Bearer eyJ.a.b").is_err());
/// # Ok::<(), authress_api::Error>(())
/// ```
///
/// # Errors
/// An [`Error`] that names `header`: a name or value that HTTP does not allow, a header that belongs to the exchange or has a setting of its own,
/// or an access key as the value, which must never be sent.
pub fn free_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let refuse = |reason: String| Error::invalid_argument("header", reason);
    let name =
        HeaderName::try_from(name).map_err(|_| refuse("its name has characters that no header has".to_owned()))?;
    if NOT_FREE.contains(&name) {
        return Err(refuse(format!("`{name}` is the client's own")));
    }
    if holds_access_key(value) {
        return Err(refuse(format!(
            "`{name}` holds an access key, which must never be sent to anybody"
        )));
    }
    let value = HeaderValue::try_from(value)
        .map_err(|_| refuse(format!("`{name}` has characters that a header cannot carry")))?;
    Ok((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_the_exchange_is_not_free() {
        for name in [
            "authorization",
            "Host",
            "CONTENT-LENGTH",
            "transfer-encoding",
            "",
            "a b",
            "ü",
        ] {
            let error = free_header(name, "x").unwrap_err();
            assert_eq!(error.argument(), Some("header"), "{name:?}");
        }
        for value in [
            "a\nb",
            "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt",
        ] {
            let error = free_header("x-trace", value).unwrap_err();
            assert!(!format!("{error:?}").contains("KuU4"), "{error:?}");
        }
        assert!(free_header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").is_ok());
    }

    #[test]
    fn the_first_setting_that_cannot_be_used_is_told() {
        let mut settings = Settings::default();
        settings.timeout(Duration::ZERO);
        settings.header("host", "x");
        settings.user_token("");
        let error = settings
            .apply(&mut HeaderMap::new(), &mut CallContext::default())
            .unwrap_err();
        assert_eq!(error.argument(), Some("timeout"));
    }
}
