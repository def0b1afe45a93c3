//! Bearer tokens: which text can be one, and how it stands in a request.

use http::HeaderValue;

use crate::{Error, holds_access_key};

/// Longest token that is sent, in bytes; servers refuse longer headers.
const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// The value of `Authorization` for `token`, marked as sensitive.
///
/// The token may be given with or without `Bearer ` before it. It is not looked into.
///
/// ```
/// let value = authress_api::bearer_authorization("eyJ.a.b")?;
/// assert!(value == "Bearer eyJ.a.b" && value.is_sensitive());
/// # Ok::<(), authress_api::Error>(())
/// ```
///
/// # Errors
/// An [`Error`] that names `token` when it is empty, longer than 16 KiB, has characters that no bearer token has (RFC 6750 section 2.1), or
/// holds an access key, which must never be sent.
pub fn bearer_authorization(token: &str) -> Result<HeaderValue, Error> {
    let refuse = |reason: &str| Err(Error::invalid_argument("token", reason));
    let token = bearer_token(token);
    if token.is_empty() {
        return refuse("it is empty");
    }
    if holds_access_key(token) {
        return refuse("it is an access key, which must never be sent to anybody");
    }
    if token.len() > MAX_TOKEN_BYTES {
        return refuse("it is longer than 16 KiB");
    }
    if !token
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte))
    {
        return refuse("it has characters that no bearer token has");
    }
    let mut value = HeaderValue::try_from(format!("Bearer {token}"))
        .map_err(|_| Error::invalid_argument("token", "a header cannot carry it"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// The token in `text`, which may be a whole `Authorization` header value; the scheme is case-insensitive (RFC 9110 section 11.1).
///
/// ```
/// assert_eq!(authress_api::bearer_token(" bearer  eyJ.a.b\n"), "eyJ.a.b");
/// assert_eq!(authress_api::bearer_token("eyJ.a.b"), "eyJ.a.b");
/// ```
pub fn bearer_token(text: &str) -> &str {
    const SCHEME: &str = "bearer";
    let text = text.trim();
    match text.split_at_checked(SCHEME.len()) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case(SCHEME) => {
            if token.is_empty() || token.starts_with(|c: char| c.is_ascii_whitespace()) {
                token.trim_start()
            } else {
                text
            }
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bearer_token_may_be_a_whole_header_value() {
        for text in [
            "abc",
            " abc ",
            "Bearer abc",
            "bearer abc",
            "BEARER   abc\n",
            "Bearer\tabc",
        ] {
            assert_eq!(bearer_token(text), "abc", "{text:?}");
        }
    }

    #[test]
    fn what_only_looks_like_the_scheme_stays() {
        for (text, expected) in [
            ("", ""),
            ("Bearer", ""),
            ("Basic a", "Basic a"),
            ("Bearera.b.c", "Bearera.b.c"),
            ("ü", "ü"),
        ] {
            assert_eq!(bearer_token(text), expected);
        }
    }

    #[test]
    fn what_is_no_bearer_token_is_refused_without_being_shown() {
        let access_key = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
        let long = "a".repeat(MAX_TOKEN_BYTES + 1);
        for token in [
            "",
            "  ",
            "Bearer ",
            "a\nb",
            "a\u{0}b",
            "a b",
            "Basic abc",
            "abc, Bearer def",
            "tök",
            access_key,
            &long,
        ] {
            let error = bearer_authorization(token).unwrap_err();
            assert_eq!(error.argument(), Some("token"), "{token:?}");
            assert!(
                !error.was_sent() && !format!("{error} {error:?}").contains("KuU4"),
                "{error:?}"
            );
        }
        for token in ["eyJ.a-b_c.d", "abc~+/==", &long[1..]] {
            assert!(bearer_authorization(token).is_ok(), "{token:?}");
        }
    }
}
