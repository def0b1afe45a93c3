//! The step that looks at a request once more before it leaves: it must go to the service, and ask what was meant.

use bytes::Bytes;
use http::uri::Authority;

use crate::Error;

/// Lets pass what is below the base URL and has no segment that is folded away on the way.
pub(crate) struct Guard {
    scheme: String,
    host: String,
    /// The path of the base URL, without a slash at its end.
    prefix: String,
}

impl Guard {
    pub(crate) fn new(base_url: &str) -> Self {
        let (scheme, rest) = base_url.split_once("://").unwrap_or_default();
        let (host, prefix) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        Self {
            scheme: scheme.to_owned(),
            host: host.to_owned(),
            prefix: prefix.to_owned(),
        }
    }

    /// # Errors
    /// An [`Error`] for `path`. The raw client refuses such requests itself; that no token goes astray must not hang on one place.
    pub(crate) fn check(&self, request: &http::Request<Bytes>) -> Result<(), Error> {
        let uri = request.uri();
        let refuse = |reason| Err(Error::invalid_argument("path", reason));
        if uri.scheme_str() != Some(&*self.scheme) || uri.authority().map(Authority::as_str) != Some(&*self.host) {
            return refuse("the request is not for the service");
        }
        let Some(path) = uri
            .path()
            .strip_prefix(&*self.prefix)
            .filter(|path| path.starts_with('/'))
        else {
            return refuse("the request is not below the base URL");
        };
        if may_have_dots(path) && path.split('/').any(is_dots) {
            return refuse("it has a dot segment, which URL libraries fold away");
        }
        Ok(())
    }
}

/// Whether a segment begins as one of dots alone does: most paths have none that does.
fn may_have_dots(path: &str) -> bool {
    path.as_bytes().windows(2).any(|pair| matches!(pair, b"/." | b"/%"))
}

/// Whether a segment is `.` or `..`, plain or percent-encoded.
fn is_dots(segment: &str) -> bool {
    matches!(&*segment.to_ascii_lowercase().replace("%2e", "."), "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_let_pass(base_url: &str, uri: &str) -> bool {
        let mut request = http::Request::new(Bytes::new());
        *request.uri_mut() = uri.parse().unwrap();
        Guard::new(base_url).check(&request).is_ok()
    }

    #[test]
    fn only_what_is_below_the_base_url_leaves() {
        let base_url = "https://gateway.example.com/authress";
        assert!(is_let_pass(
            base_url,
            "https://gateway.example.com/authress/v1/users?a=../b"
        ));
        for uri in [
            "https://gateway.example.com/v1/users",
            "https://gateway.example.com/authressing/v1/users",
            "https://gateway.example.com/authress",
            "http://gateway.example.com/authress/v1/users",
            "https://gateway.example.com:444/authress/v1/users",
            "https://a@gateway.example.com/authress/v1/users",
            "https://gateway.example.com.evil.example/authress/v1/users",
            "/authress/v1/users",
        ] {
            assert!(!is_let_pass(base_url, uri), "{uri}");
        }
    }

    #[test]
    fn no_dot_segment_leaves() {
        let base_url = "https://login.example.com";
        for path in ["/v1/../v2", "/v1/.", "/v1/%2e%2E/a", "/v1/.%2e", "/..", "/v1/%2e"] {
            assert!(!is_let_pass(base_url, &format!("{base_url}{path}")), "{path}");
        }
        for path in ["/", "/v1/...", "/v1/.a", "/v1/%2e%2e%2e", "/v1/a..", "/v1/%2F.."] {
            assert!(is_let_pass(base_url, &format!("{base_url}{path}")), "{path}");
        }
    }
}
