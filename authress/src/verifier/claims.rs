//! What must be true of the claims of a token whose signature is good (RFC 7519 section 4.1).

use super::date::Date;
use super::error::TokenVerificationError;
use super::error::TokenVerificationReason::{Expired, InvalidClaim, IssuedInFuture, NotYetValid, WrongAudience};
use super::member::Member;
use super::payload::Payload;

/// What the claims are held against.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    /// Now, in seconds since the Unix epoch.
    pub(super) now: u64,
    /// How far the clocks may differ, in seconds.
    pub(super) leeway: u64,
    /// One of these must be among the token's audiences, when there are any.
    pub(super) audiences: &'a [String],
}

/// The claims that have a meaning for the verifier, in their types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claims {
    pub(super) audiences: Vec<String>,
    pub(super) scopes: Vec<String>,
    /// In seconds since the Unix epoch.
    pub(super) expires_at: u64,
    /// In seconds since the Unix epoch.
    pub(super) issued_at: Option<u64>,
}

impl Claims {
    /// Checks the claims of `payload` and takes them over.
    pub(super) fn check(payload: &Payload<'_>, expected: &Expected<'_>) -> Result<Self, TokenVerificationError> {
        let refuse = |reason| Err(TokenVerificationError::new(reason));
        let expires_at = date(payload.expires_at, "`exp`")?.ok_or_else(|| invalid("`exp`"))?;
        let not_before = date(payload.not_before, "`nbf`")?;
        let issued_at = date(payload.issued_at, "`iat`")?;
        let audiences = audiences(&payload.audience)?;
        let mut scopes = scopes(&payload.scope, "`scope`")?;
        scopes.extend(self::scopes(&payload.scopes, "`scopes`")?);

        let latest_now = expected.now.saturating_add(expected.leeway);
        // "On or after" the expiration the token must not be accepted (RFC 7519 section 4.1.4).
        if expected.now >= expires_at.saturating_add(expected.leeway) {
            return refuse(Expired);
        }
        if not_before.is_some_and(|not_before| latest_now < not_before) {
            return refuse(NotYetValid);
        }
        if issued_at.is_some_and(|issued_at| latest_now < issued_at) {
            return refuse(IssuedInFuture);
        }
        if !expected.audiences.is_empty() && !audiences.iter().any(|audience| expected.audiences.contains(audience)) {
            return refuse(WrongAudience);
        }
        Ok(Self {
            audiences,
            scopes,
            expires_at,
            issued_at,
        })
    }
}

fn invalid(claim: &'static str) -> TokenVerificationError {
    TokenVerificationError::at(InvalidClaim, claim)
}

fn date(date: Date, name: &'static str) -> Result<Option<u64>, TokenVerificationError> {
    match date {
        Date::Absent => Ok(None),
        Date::Seconds(seconds) => Ok(Some(seconds)),
        Date::Other => Err(invalid(name)),
    }
}

/// `aud`: one text or a list of texts (RFC 7519 section 4.1.3).
fn audiences(audience: &Member<'_>) -> Result<Vec<String>, TokenVerificationError> {
    match audience {
        Member::Absent => Ok(Vec::new()),
        Member::Text(audience) => Ok(vec![audience.to_string()]),
        Member::List(audiences) => texts(audiences).ok_or_else(|| invalid("`aud`")),
        Member::Null | Member::Other => Err(invalid("`aud`")),
    }
}

/// The scopes of `scope`, words between spaces (RFC 8693 section 4.2), or of `scopes`, which some tokens have instead; both may be lists.
fn scopes(scope: &Member<'_>, name: &'static str) -> Result<Vec<String>, TokenVerificationError> {
    match scope {
        Member::Absent | Member::Null => Ok(Vec::new()),
        Member::Text(words) => Ok(words.split_ascii_whitespace().map(str::to_owned).collect()),
        Member::List(words) => texts(words).ok_or_else(|| invalid(name)),
        Member::Other => Err(invalid(name)),
    }
}

fn texts(list: &[Member<'_>]) -> Option<Vec<String>> {
    let text = |element: &Member<'_>| match element {
        Member::Text(text) => Some(text.to_string()),
        _ => None,
    };
    list.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const NOW: u64 = 1_700_000_000;

    fn check(claims: &Value, audiences: &[&str]) -> Result<Claims, TokenVerificationError> {
        let audiences: Vec<String> = audiences.iter().map(ToString::to_string).collect();
        let expected = Expected {
            now: NOW,
            leeway: 10,
            audiences: &audiences,
        };
        let json = claims.to_string();
        Claims::check(&Payload::parse(json.as_bytes()).unwrap(), &expected)
    }

    #[test]
    fn times_are_held_against_the_clock_with_the_leeway_to_the_second() {
        for claims in [
            json!({"exp": NOW - 9}),
            json!({"exp": NOW + 1}),
            json!({"exp": 1_700_000_000.5}),
            json!({"exp": u64::MAX}),
            json!({"exp": 1e300}),
            json!({"exp": NOW + 1, "nbf": NOW + 10, "iat": NOW + 10}),
            json!({"exp": NOW + 1, "nbf": NOW + 10, "iat": 1_700_000_010.9}),
            json!({"exp": NOW + 1, "nbf": 0, "iat": -1}),
        ] {
            assert!(check(&claims, &[]).is_ok(), "{claims}");
        }
        for (claims, expected) in [
            (json!({"exp": NOW - 10}), Expired),
            (json!({"exp": NOW - 11}), Expired),
            (json!({"exp": 0}), Expired),
            (json!({"exp": -1}), Expired),
            (json!({"exp": -1.5e300}), Expired),
            (json!({"exp": NOW + 1, "nbf": NOW + 11}), NotYetValid),
            (json!({"exp": u64::MAX, "nbf": 1e300}), NotYetValid),
            (json!({"exp": NOW + 1, "iat": NOW + 11}), IssuedInFuture),
        ] {
            assert_eq!(check(&claims, &[]).unwrap_err().reason(), expected, "{claims}");
        }
    }

    #[test]
    fn a_claim_that_is_missing_or_of_the_wrong_type_is_refused() {
        for claims in [
            json!({}),
            json!({"exp": null}),
            json!({"exp": "1800000000"}),
            json!({"exp": [NOW]}),
            json!({"exp": true}),
            json!({"exp": NOW + 1, "nbf": "0"}),
            json!({"exp": NOW + 1, "nbf": null}),
            json!({"exp": NOW + 1, "iat": "0"}),
            json!({"exp": NOW + 1, "iat": {}}),
            json!({"exp": NOW + 1, "aud": 1}),
            json!({"exp": NOW + 1, "aud": -1}),
            json!({"exp": NOW + 1, "aud": 1.5}),
            json!({"exp": NOW + 1, "aud": null}),
            json!({"exp": NOW + 1, "aud": {"a": "b"}}),
            json!({"exp": NOW + 1, "aud": ["a", 1]}),
            json!({"exp": NOW + 1, "aud": [["a"]]}),
            json!({"exp": NOW + 1, "scope": 1}),
            json!({"exp": NOW + 1, "scopes": [1]}),
        ] {
            assert_eq!(check(&claims, &[]).unwrap_err().reason(), InvalidClaim, "{claims}");
        }
    }

    #[test]
    fn one_audience_of_the_callers_must_be_among_the_tokens() {
        for aud in [json!("a"), json!(["a"]), json!(["x", "a"])] {
            assert!(
                check(&json!({"exp": NOW + 1, "aud": aud}), &["a", "b"]).is_ok(),
                "{aud}"
            );
        }
        for claims in [
            json!({"exp": NOW + 1}),
            json!({"exp": NOW + 1, "aud": []}),
            json!({"exp": NOW + 1, "aud": "A"}),
            json!({"exp": NOW + 1, "aud": "a b"}),
            json!({"exp": NOW + 1, "aud": ["x"]}),
        ] {
            assert_eq!(
                check(&claims, &["a", "b"]).unwrap_err().reason(),
                WrongAudience,
                "{claims}"
            );
            assert!(check(&claims, &[]).is_ok(), "{claims}");
        }
    }

    #[test]
    fn scopes_are_read_from_either_claim() {
        for (claims, expected) in [
            (json!({"exp": NOW + 1}), vec![]),
            (
                json!({"exp": NOW + 1, "scope": "openid  profile"}),
                vec!["openid", "profile"],
            ),
            (json!({"exp": NOW + 1, "scopes": "openid"}), vec!["openid"]),
            (json!({"exp": NOW + 1, "scopes": ["a", "b"]}), vec!["a", "b"]),
            (json!({"exp": NOW + 1, "scope": "a", "scopes": ["b"]}), vec!["a", "b"]),
        ] {
            assert_eq!(check(&claims, &[]).unwrap().scopes, expected, "{claims}");
        }
    }
}
