//! The base URL of an account: which forms are accepted, and what becomes of them.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use bytes::Bytes;
use http::Uri;
use http::uri::{self, PathAndQuery};
use reqwest::Url;

use crate::{Error, holds_access_key};

/// A host name that always leads to the own machine, used by local stacks of cloud services.
const LOCALSTACK: &str = "authress.localhost.localstack.cloud";

/// A checked base URL: scheme, host, port and path prefix, without a trailing slash.
///
/// Accepted are `login.example.com`, `https://login.example.com/`, `http://localhost:8888`, `https://gateway.example.com/authress`. Without a
/// scheme it is `https`, on a loopback host `http`. Plain `http` is for loopback hosts only, since a token would travel readable.
///
/// ```
/// use authress_api::BaseUrl;
///
/// assert_eq!(BaseUrl::parse("login.example.com/")?.as_str(), "https://login.example.com");
/// assert_eq!(BaseUrl::parse("http://login.example.com").unwrap_err().argument(), Some("base_url"));
/// # Ok::<(), authress_api::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    /// The same in parts, so that the URL of a request need not be taken apart again.
    uri: Uri,
}

impl BaseUrl {
    /// Checks `text` and brings it into its one form.
    ///
    /// # Errors
    /// An [`Error`] for the argument `base_url` that says what is wrong: another scheme, user information, a host that would not be asked for as it is
    /// written, an empty port, a query, a fragment, plain `http` to a host that is not loopback, or a path that is not in its normal form.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        if holds_access_key(text) {
            return refuse("it is an access key, which must never be sent to anybody");
        }
        // URL libraries drop or replace these without a word; what is asked must be what was written.
        if text.is_empty() || text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return refuse("it must be one URL without spaces, control characters or backslashes");
        }
        let (scheme, written) = match text.split_once("://") {
            // URL libraries take a scheme without the slashes for one with them; then the first `://` is somewhere behind the host.
            Some((scheme, _)) if !is_scheme(scheme) => return refuse("its scheme must be https"),
            Some((scheme, written)) => (Some(scheme), written),
            None => (None, text),
        };
        let with_scheme =
            |scheme: &str| Url::parse(&format!("{scheme}://{written}")).or_else(|e| refuse(format!("{e}")));
        let mut url = with_scheme(scheme.unwrap_or("https"))?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if scheme.is_none() && is_loopback(&host) {
            // Anew, since a port that is the usual one of https is not that of http.
            url = with_scheme("http")?;
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&host) => {}
            "http" => return refuse("plain http is for loopback hosts only; use https"),
            _ => return refuse("its scheme must be https"),
        }
        let authority = written.split(['/', '?', '#']).next().unwrap_or_default();
        // Also an empty one, which URL libraries drop without a word.
        if authority.contains('@') {
            return refuse("it must not hold a user name or password");
        }
        // Such as `https:/login.example.com` has, where a scheme is taken for the host.
        if authority.ends_with(':') {
            return refuse("its port must not be empty");
        }
        if !is_the_same_host(authority, &host) {
            return refuse(
                "its host must be a name in letters, digits and hyphens, or an address as it is usually written",
            );
        }
        if host.ends_with('.') {
            return refuse("its host must not end in a dot");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("it must not have a query or a fragment");
        }
        let written_path = written.find('/').and_then(|at| written.get(at..)).unwrap_or_default();
        if written_path.trim_end_matches('/') != url.path().trim_end_matches('/') {
            return refuse("its path must be in normal form: no dot segments, percent-encoded");
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        let uri = Uri::try_from(&text).or_else(|e| refuse(format!("{e}")))?;
        if uri.scheme().is_none() || uri.authority().is_none() {
            return refuse("it must have a scheme and a host");
        }
        Ok(Self { text, uri })
    }

    /// The whole URI of a path below it, which begins with `/` and may have a query; nothing when that makes no URI.
    pub(crate) fn uri_of(&self, path_and_query: String) -> Option<Uri> {
        let path_and_query = match self.uri.path() {
            "" | "/" => path_and_query,
            prefix => format!("{prefix}{path_and_query}"),
        };
        let mut parts = uri::Parts::default();
        parts.scheme = self.uri.scheme().cloned();
        parts.authority = self.uri.authority().cloned();
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(Bytes::from(path_and_query)).ok()?);
        Uri::from_parts(parts).ok()
    }

    /// The same as a URI, as requests have it: one without a path is shown with `/` as its path.
    ///
    /// ```
    /// let base_url = authress_api::BaseUrl::parse("gateway.example.com/authress")?;
    /// assert_eq!(base_url.as_uri(), "https://gateway.example.com/authress");
    /// # Ok::<(), authress_api::Error>(())
    /// ```
    pub fn as_uri(&self) -> &Uri {
        &self.uri
    }

    /// The URL without a trailing slash: `https://login.example.com`.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

fn refuse<T>(reason: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid_argument("base_url", reason))
}

/// Whether the host of `authority`, which has no user information, is this one. URL libraries decode it, drop what cannot be seen, and take numbers for
/// addresses.
fn is_the_same_host(authority: &str, host: &str) -> bool {
    let written = match authority.rsplit_once(':') {
        Some((written, port)) if !port.ends_with(']') => written,
        _ => authority,
    };
    let address = |text: &str| {
        let text = text.strip_prefix('[')?.strip_suffix(']')?;
        text.parse::<Ipv6Addr>().ok()
    };
    if written.starts_with('[') {
        return address(written).is_some_and(|written| Some(written) == address(host));
    }
    written.split('.').count() == host.split('.').count()
        && written.split('.').zip(host.split('.')).all(|(written, sent)| {
            // Of other letters a name is sent in Punycode (RFC 5890 section 2.3.2.1), or they were taken for others yet.
            let is_of_letters = || written.chars().all(|c| c.is_alphanumeric() || c == '-');
            written.eq_ignore_ascii_case(sent) || !written.is_ascii() && is_of_letters() && sent.starts_with("xn--")
        })
}

/// Whether `text` has the characters of a scheme of a URL alone (RFC 3986 section 3.1).
fn is_scheme(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Whether `host`, as it stands in a URL, is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match host.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost") || host.eq_ignore_ascii_case(LOCALSTACK),
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accepted_form_has_one_result() {
        for (written, expected) in [
            ("login.example.com", "https://login.example.com"),
            (" https://login.example.com/ \n", "https://login.example.com"),
            ("https://login.example.com//", "https://login.example.com"),
            ("HTTPS://LOGIN.example.com:443", "https://login.example.com"),
            (
                "https://gateway.example.com/authress/",
                "https://gateway.example.com/authress",
            ),
            ("localhost:8888", "http://localhost:8888"),
            ("127.0.0.1:8888", "http://127.0.0.1:8888"),
            ("http://[::1]:8888", "http://[::1]:8888"),
            ("http://[0:0:0:0:0:0:0:1]:8888", "http://[::1]:8888"),
            ("localhost:443", "http://localhost:443"),
            ("127.0.0.1:443/authress", "http://127.0.0.1:443/authress"),
            ("[::1]:80", "http://[::1]"),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
            ("https://b\u{fc}cher.example", "https://xn--bcher-kva.example"),
            ("https://localhost:8888", "https://localhost:8888"),
            (
                "http://authress.localhost.localstack.cloud:4566",
                "http://authress.localhost.localstack.cloud:4566",
            ),
        ] {
            assert_eq!(BaseUrl::parse(written).unwrap().as_str(), expected, "{written}");
        }
    }

    #[test]
    fn everything_else_is_refused_by_name() {
        for written in [
            "",
            " ",
            "http://login.example.com",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "ftp://login.example.com",
            "https://user@login.example.com",
            "https://user:word@login.example.com",
            "https://@login.example.com",
            "https://:@login.example.com",
            "https:user@login.example.com/://",
            "https:user@login.example.com://",
            "https:login.example.com",
            "https:/login.example.com",
            "://login.example.com",
            "login.example.com://",
            "login.example.com/://",
            "https://login.exam\u{200b}ple.com",
            "https://login.exam\u{ad}ple.com",
            "https://%6cogin.example.com",
            "https://b\u{fc}ch\u{200b}er.example",
            "https://\u{ff4c}ogin.example.com",
            "https://login.example\u{3002}com",
            "http://2130706433:8888",
            "http://127.1",
            "http://0x7f.1",
            "https://login.example.com:",
            "https://login.example.com:/authress",
            "https://login.example.com.",
            "https://login.example.com?a=b",
            "https://login.example.com#a",
            "https://login.example.com/a/../b",
            "https://login.example.com/a/%2e%2e/b",
            "https://login.example.com\\@evil.example.com",
            "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn",
            "https://login.exa\tmple.com",
            "https://login.example.com/a b",
            "https://",
        ] {
            let error = BaseUrl::parse(written).unwrap_err();
            assert_eq!(error.argument(), Some("base_url"), "{written}");
            assert!(!error.was_sent());
        }
    }
}
