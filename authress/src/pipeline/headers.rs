//! The step that adds what every request says: which program is calling, and the headers of the settings.

use bytes::Bytes;
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use crate::{Error, free_header, holds_access_key};

/// The headers of every request.
pub(crate) struct Headers {
    user_agent: HeaderValue,
    others: HeaderMap,
}

impl Headers {
    /// `User-Agent: Authress SDK; Rust; VERSION`, with `suffix` when there is one, and `others` where a call has not set them itself.
    ///
    /// # Errors
    /// An [`Error`] for `user_agent_suffix` when that is empty, has other characters than printable ASCII, or holds an access key; one for
    /// `default_header` when one of the others may not be set.
    pub(crate) fn new(suffix: Option<&str>, others: &[(String, String)]) -> Result<Self, Error> {
        const SDK: &str = concat!("Authress SDK; Rust; ", env!("CARGO_PKG_VERSION"));
        let refuse = |reason| Err(Error::invalid_argument("user_agent_suffix", reason));
        let user_agent = match suffix.map(str::trim) {
            // It is shared without being counted.
            None => HeaderValue::from_static(SDK),
            Some("") => return refuse("it is empty"),
            Some(suffix) if holds_access_key(suffix) => return refuse("it is an access key, which must never be sent"),
            Some(suffix) if suffix.chars().all(|c| c == ' ' || c.is_ascii_graphic()) => {
                HeaderValue::try_from(format!("{SDK}; {suffix}"))
                    .map_err(|_| Error::invalid_argument("user_agent_suffix", "a header cannot carry it"))?
            }
            Some(_) => return refuse("it has characters that are not printable ASCII"),
        };
        let mut headers = HeaderMap::new();
        for (name, value) in others {
            let (name, value) = free_header(name, value).map_err(|error| error.for_argument("default_header"))?;
            // The same header again replaces the former, as with all settings.
            headers.insert(name, value);
        }
        // Each call says so itself, and a default that never counts would mislead.
        if headers.contains_key(ACCEPT) {
            let reason = "`accept` is set by each call";
            return Err(Error::invalid_argument("default_header", reason));
        }
        Ok(Self {
            user_agent,
            others: headers,
        })
    }

    pub(crate) fn apply(&self, request: &mut http::Request<Bytes>) {
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, self.user_agent.clone());
        for (name, value) in &self.others {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
}
