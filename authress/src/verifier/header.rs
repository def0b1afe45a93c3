//! The header of a token: type, algorithm and key id. Key material and key addresses that a header may carry (`jwk`, `jku`, `x5c`, `x5u`)
//! are never read.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::algorithm::SigningAlgorithm;
use super::error::TokenVerificationError;
use super::error::TokenVerificationReason::{CriticalExtension, Malformed, UnsupportedAlgorithm, UnsupportedType};
use super::member::Member;
use crate::json::{Name, Names, NoRepeats};

/// What stands in a header, as far as it counts.
#[derive(Debug, Default)]
pub(super) struct Header<'a> {
    algorithm: Member<'a>,
    typ: Member<'a>,
    key_id: Member<'a>,
    has_critical: bool,
}

/// What a header says, once it is acceptable.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Accepted<'a> {
    pub(super) algorithm: SigningAlgorithm,
    pub(super) key_id: &'a str,
}

impl<'a> Header<'a> {
    /// Reads the JSON of a header; nothing when it is no object, or names anything twice.
    pub(super) fn parse(json: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    /// Accepts a header whose algorithm is one of `algorithms`. Whether the key is for the algorithm is checked with the key.
    pub(super) fn accepted(&self, algorithms: &[SigningAlgorithm]) -> Result<Accepted<'_>, TokenVerificationError> {
        let refuse = |reason| Err(TokenVerificationError::new(reason));
        if self.has_critical {
            return refuse(CriticalExtension);
        }
        match &self.typ {
            Member::Absent => {}
            Member::Text(typ) if is_accepted_type(typ) => {}
            _ => return refuse(UnsupportedType),
        }
        let named = self.algorithm.text().and_then(SigningAlgorithm::of);
        let Some(algorithm) = named.filter(|algorithm| algorithms.contains(algorithm)) else {
            return refuse(UnsupportedAlgorithm);
        };
        match self.key_id.text() {
            Some(key_id) => Ok(Accepted { algorithm, key_id }),
            None => Err(TokenVerificationError::at(Malformed, "no key id")),
        }
    }
}

impl<'de> Deserialize<'de> for Header<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(HeaderVisitor)
    }
}

struct HeaderVisitor;

impl<'de> Visitor<'de> for HeaderVisitor {
    type Value = Header<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the header of a token")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Header<'de>, A::Error> {
        let mut header = Header::default();
        let mut names = Names::default();
        while let Some(Name(name)) = members.next_key()? {
            match &*name {
                "alg" => header.algorithm = members.next_value()?,
                "typ" => header.typ = members.next_value()?,
                "kid" => header.key_id = members.next_value()?,
                other => {
                    members.next_value::<NoRepeats>()?;
                    header.has_critical |= other == "crit";
                }
            }
            if !names.insert(name) {
                return Err(A::Error::custom("a name is repeated"));
            }
        }
        Ok(header)
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
    use super::*;

    fn read(json: &str) -> Result<(SigningAlgorithm, String), TokenVerificationError> {
        let header = Header::parse(json.as_bytes()).unwrap();
        let accepted = header.accepted(&SigningAlgorithm::ALL)?;
        Ok((accepted.algorithm, accepted.key_id.to_owned()))
    }

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
            let expected = (SigningAlgorithm::EdDSA, "k".to_owned());
            assert_eq!(
                read(&format!(r#"{{"alg":"EdDSA","kid":"k"{typ}}}"#)).unwrap(),
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
            (r#"{"alg":"EdDSA","kid":"k","typ":1}"#, UnsupportedType),
            (r#"{"alg":"EdDSA","kid":"k","typ":-1}"#, UnsupportedType),
            (r#"{"alg":"EdDSA","kid":"k","typ":1.5}"#, UnsupportedType),
            (r#"{"alg":"EdDSA","kid":"k","typ":false}"#, UnsupportedType),
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
            assert_eq!(read(text).unwrap_err().reason(), expected, "{text}");
        }
    }
}
