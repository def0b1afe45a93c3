//! Which token a request carries.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};

use super::refusal::Kind;

const SCHEME: &[u8] = b"bearer";

/// The `Authorization` of a request, when its scheme is `Bearer`.
///
/// # Errors
/// When there are several: which of them counts, others on the way may decide otherwise.
pub(super) fn authorization(headers: &HeaderMap) -> Result<Option<&HeaderValue>, Kind> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next();
    if values.next().is_some() {
        return Err(Kind::SeveralAuthorizations);
    }
    Ok(value.filter(|value| is_bearer(value.as_bytes())))
}

/// The text of an `Authorization`, scheme and all: what verifies it takes off the scheme, once. What is no text is no token either.
pub(super) fn text(authorization: &HeaderValue) -> &str {
    // Faster than `to_str`, which looks at each byte by itself.
    str::from_utf8(authorization.as_bytes()).unwrap_or_default()
}

fn is_bearer(value: &[u8]) -> bool {
    let value = value.trim_ascii_start();
    value.split_at_checked(SCHEME.len()).is_some_and(|(scheme, token)| {
        scheme.eq_ignore_ascii_case(SCHEME) && token.first().is_none_or(u8::is_ascii_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_scheme_bearer_in_any_case_is_a_token() {
        for value in [
            "Bearer a.b.c",
            "bearer a",
            "BEARER  a",
            "Bearer\ta",
            "Bearer ",
            "Bearer",
            " Bearer a",
            "Bearer \u{fc}",
        ] {
            assert!(is_bearer(value.as_bytes()), "{value:?}");
        }
        for value in [
            "",
            "a.b.c",
            "Basic a",
            "Bearera",
            "Bear",
            "Basic a, Bearer b",
            "bearer,a",
            "DPoP a",
        ] {
            assert!(!is_bearer(value.as_bytes()), "{value:?}");
        }
    }
}
