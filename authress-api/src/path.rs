//! Path parameters: how they are encoded, and which are refused.
//!
//! A path parameter is data, never structure. It is percent-encoded whole, so that `/`, `|` or `\` in a resource URI cannot
//! add a segment; and a value that encoding cannot protect (an empty one, `.` or `..`, which URL libraries fold away) is
//! refused, because the folded URL asks a different question.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a value cannot stand in a path.
pub(crate) fn refusal(value: &str) -> Option<&'static str> {
    match value {
        "" => Some("it is empty"),
        "." | ".." => Some("it is a dot segment, which URL libraries fold away"),
        _ => None,
    }
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
            assert!(refusal(value).is_some(), "{value:?}");
        }
        for value in ["...", "a", "/", "a/../b", "%2e%2e", " ", "*"] {
            assert!(refusal(value).is_none(), "{value:?}");
        }
    }
}
