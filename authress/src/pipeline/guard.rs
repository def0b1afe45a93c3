//! The step that looks at a request once more before it leaves: it must go to the service, and ask what was meant.

use bytes::Bytes;
use http::Uri;
use http::uri::Authority;

use crate::{BaseUrl, Error};

/// Lets pass what is below the base URL and has no segment that is folded away on the way.
pub(crate) struct Guard {
    base: Uri,
    /// The path of the base URL, without a slash at its end.
    prefix: String,
}

impl Guard {
    pub(crate) fn new(base_url: &BaseUrl) -> Self {
        let base = base_url.as_uri().clone();
        let prefix = base.path().trim_end_matches('/').to_owned();
        Self { base, prefix }
    }

    /// # Errors
    /// An [`Error`] for `path`. The raw client refuses such requests itself; that no token goes astray must not hang on one place.
    pub(crate) fn check(&self, request: &http::Request<Bytes>) -> Result<(), Error> {
        let uri = request.uri();
        let refuse = |reason| Err(Error::invalid_argument("path", reason));
        if uri.scheme() != self.base.scheme() || text_of(uri.authority()) != text_of(self.base.authority()) {
            return refuse("the request is not for the service");
        }
        let path = uri.path().strip_prefix(&*self.prefix);
        let Some(path) = path.filter(|path| path.starts_with('/')) else {
            return refuse("the request is not below the base URL");
        };
        if may_have_dots(path) && path.split('/').any(is_dots) {
            return refuse("it has a dot segment, which URL libraries fold away");
        }
        Ok(())
    }
}

fn text_of(authority: Option<&Authority>) -> Option<&str> {
    authority.map(Authority::as_str)
}

/// Whether a segment begins as one of dots alone does: most paths have none that does.
fn may_have_dots(path: &str) -> bool {
    let bytes = path.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    // To the end, many at once: for paths, that is faster than to stop at the first one.
    pairs.fold(false, |found, (first, second)| {
        found || (*first == b'/' && matches!(second, b'.' | b'%'))
    })
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
        Guard::new(&BaseUrl::parse(base_url).unwrap()).check(&request).is_ok()
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
