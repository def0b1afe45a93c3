//! Path parameters: how they are encoded, and which are refused; and which whole paths, of raw calls, are.
//!
//! A path parameter is data, never structure. It is percent-encoded whole, so that `/`, `|` or `\` in a resource URI cannot
//! add a segment; and a value that encoding cannot protect (an empty one, `.` or `..`, which URL libraries fold away) is
//! refused, because the folded URL asks a different question. `authress` looks at each whole URL once more before it leaves (`pipeline/guard.rs`).

use std::fmt::{self, Display, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Appends `value` to `path`, percent-encoded whole, or says why it cannot stand in one.
pub(crate) fn push_parameter(path: &mut String, value: &dyn Display) -> Option<&'static str> {
    let before = path.len();
    // It is encoded as it is written: what is written bit by bit needs no text of its own.
    if write!(Encoding(path), "{value}").is_err() {
        return Some("it cannot be written as text");
    }
    // Dots stay as they are.
    refusal(path.get(before..).unwrap_or_default())
}

/// Encodes what is written to it.
struct Encoding<'a>(&'a mut String);

impl fmt::Write for Encoding<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        push_encoded(self.0, text);
        Ok(())
    }
}

/// Why an encoded value cannot stand in a path.
fn refusal(value: &str) -> Option<&'static str> {
    match value {
        "" => Some("it is empty"),
        "." | ".." => Some("it is a dot segment, which URL libraries fold away"),
        _ => None,
    }
}

/// Why a whole path, which may have a query, cannot be sent as it stands.
///
/// What is let pass is the same to everybody on the way: absolute, percent-encoded, without segments that are folded away.
pub(crate) fn whole_refusal(path_and_query: &str) -> Option<&'static str> {
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    let Some(segments) = path.strip_prefix('/') else {
        return Some("it must begin with `/`");
    };
    let is_sendable = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=%[]".contains(&b))
    };
    // A single quote in a query is encoded by URL libraries, though not in a path.
    if !is_sendable(path) || !is_sendable(query) || query.contains('\'') {
        return Some("it has characters that must be percent-encoded");
    }
    if !percent_signs_are_whole(path) || !percent_signs_are_whole(query) {
        return Some("it has a `%` that begins no percent-encoded byte");
    }
    for segment in segments.split('/') {
        if segment.is_empty() && !segments.is_empty() {
            return Some("it has an empty segment, which some servers fold away");
        }
        // Also percent-encoded dots are dots to URL libraries.
        if matches!(&*segment.to_ascii_lowercase().replace("%2e", "."), "." | "..") {
            return Some("it has a dot segment, which URL libraries fold away");
        }
    }
    None
}

fn percent_signs_are_whole(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        let mut bytes = rest.bytes();
        let mut is_hex = || bytes.next().is_some_and(|b| b.is_ascii_hexdigit());
        is_hex() && is_hex()
    })
}

/// Appends `value` to `path`, percent-encoded whole.
pub(crate) fn push_encoded(path: &mut String, value: &str) {
    path.extend(utf8_percent_encode(value, RESERVED));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(value: &str) -> String {
        let mut path = String::new();
        push_encoded(&mut path, value);
        path
    }

    #[test]
    fn only_unreserved_characters_stay_as_they_are() {
        assert_eq!(encoded("AZaz09-._~"), "AZaz09-._~");
        for byte in (0u8..128).filter(|b| !b.is_ascii_alphanumeric() && !b"-._~".contains(b)) {
            assert_eq!(encoded(&char::from(byte).to_string()), format!("%{byte:02X}"));
        }
        assert_eq!(encoded("ü/日"), "%C3%BC%2F%E6%97%A5");
    }

    #[test]
    fn a_percent_sign_is_data_so_nothing_is_decoded_twice() {
        assert_eq!(encoded("%2e%2e"), "%252e%252e");
    }

    #[test]
    fn only_empty_and_dot_segments_are_refused() {
        for value in ["", ".", ".."] {
            assert!(push_parameter(&mut "/a/".to_owned(), &value).is_some(), "{value:?}");
        }
        for value in ["...", "a", "/", "a/../b", "%2e%2e", " ", "*"] {
            let mut path = "/a/".to_owned();
            assert_eq!(push_parameter(&mut path, &value), None);
            assert_eq!(path, format!("/a/{}", encoded(value)));
        }
    }

    #[test]
    fn a_whole_path_is_sent_only_when_nobody_would_read_it_otherwise() {
        for path in [
            "/",
            "/v1/users",
            "/v1/users/user%7C1?limit=5&a=%20b",
            "/v1/a.b/..c",
            "/v1/users?next=/a//b/..",
        ] {
            assert_eq!(whole_refusal(path), None, "{path}");
        }
        for path in [
            "",
            "v1/users",
            "https://example.com/v1",
            "//example.com/v1",
            "/v1//users",
            "/v1/users/",
            "/v1/../v2",
            "/v1/.",
            "/v1/%2e%2E/v2",
            "/v1/.%2e/v2",
            "/v1/users#a",
            "/v1/us ers",
            "/v1/üser",
            "/v1/a\\b",
            "/v1/%",
            "/v1/%4",
            "/v1/%zz",
            "/v1?a=%g0",
            "/v1?a=\n",
            "/v1?a='b'",
        ] {
            assert!(whole_refusal(path).is_some(), "{path:?}");
        }
    }
}
