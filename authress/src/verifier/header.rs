//! The header of a token: type, algorithm and key id. Key material and key addresses that a header may carry (`jwk`, `jku`, `x5c`, `x5u`)
//! are never read.

use serde_json::{Map, Value};

use super::algorithm::SigningAlgorithm;
use super::error::TokenVerificationError;
use super::error::TokenVerificationReason::{CriticalExtension, Malformed, UnsupportedAlgorithm, UnsupportedType};

/// What a header says, once it is acceptable.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    pub(super) algorithm: SigningAlgorithm,
    pub(super) key_id: &'a str,
}

impl<'a> Header<'a> {
    /// Reads a header whose algorithm is one of `accepted`. Whether the key is for the algorithm is checked with the key.
    pub(super) fn read(
        header: &'a Map<String, Value>,
        accepted: &[SigningAlgorithm],
    ) -> Result<Self, TokenVerificationError> {
        if header.contains_key("crit") {
            return Err(TokenVerificationError::new(CriticalExtension));
        }
        match header.get("typ") {
            None => {}
            Some(Value::String(typ)) if is_accepted_type(typ) => {}
            Some(_) => return Err(TokenVerificationError::new(UnsupportedType)),
        }
        let algorithm = match header.get("alg") {
            Some(Value::String(name)) => SigningAlgorithm::of(name),
            _ => None,
        };
        let algorithm = algorithm
            .filter(|algorithm| accepted.contains(algorithm))
            .ok_or_else(|| TokenVerificationError::new(UnsupportedAlgorithm))?;
        match header.get("kid") {
            Some(Value::String(key_id)) if !key_id.is_empty() => Ok(Self { algorithm, key_id }),
            _ => Err(TokenVerificationError::at(Malformed, "`kid`")),
        }
    }
}

/// A media type: without regard to case, and with or without `application/` before it (RFC 7515 section 4.1.9, RFC 9068 section 2.1).
///
/// A login code has `oauth-authz-req+jwt`; taken for an access token, it would let an identity provider act as the user.
fn is_accepted_type(typ: &str) -> bool {
    let typ = typ.to_ascii_lowercase();
    matches!(typ.strip_prefix("application/").unwrap_or(&typ), "at+jwt" | "jwt")
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    #[test]
    fn access_tokens_and_plain_tokens_are_accepted() {
        for typ in [
            "",
            r#","typ":"at+jwt""#,
            r#","typ":"AT+JWT""#,
            r#","typ":"application/at+jwt""#,
            r#","typ":"JWT""#,
            r#","typ":"jwt""#,
        ] {
            let header = json::object(format!(r#"{{"alg":"EdDSA","kid":"k"{typ}}}"#).as_bytes()).unwrap();
            let expected = Header {
                algorithm: SigningAlgorithm::EdDSA,
                key_id: "k",
            };
            assert_eq!(
                Header::read(&header, &SigningAlgorithm::ALL).unwrap(),
                expected,
                "{typ}"
            );
        }
    }

    #[test]
    fn every_other_header_is_refused_with_its_reason() {
        for (text, expected) in [
            (
                r#"{"alg":"EdDSA","kid":"k","typ":"oauth-authz-req+jwt"}"#,
                UnsupportedType,
            ),
            (r#"{"alg":"EdDSA","kid":"k","typ":"dpop+jwt"}"#, UnsupportedType),
            (
                r#"{"alg":"EdDSA","kid":"k","typ":"application/application/jwt"}"#,
                UnsupportedType,
            ),
            (r#"{"alg":"EdDSA","kid":"k","typ":""}"#, UnsupportedType),
            (r#"{"alg":"EdDSA","kid":"k","typ":null}"#, UnsupportedType),
            (r#"{"alg":"EdDSA","kid":"k","typ":["JWT"]}"#, UnsupportedType),
            (r#"{"alg":"none","kid":"k"}"#, UnsupportedAlgorithm),
            (r#"{"alg":"None","kid":"k"}"#, UnsupportedAlgorithm),
            (r#"{"alg":"","kid":"k"}"#, UnsupportedAlgorithm),
            (r#"{"alg":"HS256","kid":"k"}"#, UnsupportedAlgorithm),
            (r#"{"alg":"ES256","kid":"k"}"#, UnsupportedAlgorithm),
            (r#"{"alg":"eddsa","kid":"k"}"#, UnsupportedAlgorithm),
            (r#"{"alg":["EdDSA"],"kid":"k"}"#, UnsupportedAlgorithm),
            (r#"{"kid":"k"}"#, UnsupportedAlgorithm),
            (r#"{"alg":"EdDSA"}"#, Malformed),
            (r#"{"alg":"EdDSA","kid":""}"#, Malformed),
            (r#"{"alg":"EdDSA","kid":1}"#, Malformed),
            (r#"{"alg":"EdDSA","kid":"k","crit":["exp"]}"#, CriticalExtension),
            (r#"{"alg":"EdDSA","kid":"k","crit":[]}"#, CriticalExtension),
            (r#"{"alg":"EdDSA","kid":"k","crit":null}"#, CriticalExtension),
        ] {
            let header = json::object(text.as_bytes()).unwrap();
            assert_eq!(
                Header::read(&header, &SigningAlgorithm::ALL).unwrap_err().reason(),
                expected,
                "{text}"
            );
        }
    }
}
