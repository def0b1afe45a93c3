//! The payload of a token, read once: the claims that mean something to the verifier in their types, all others only as far as they must be JSON
//! without repeated names. What must be true of the claims is in `claims`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::date::Date;
use super::error::TokenVerificationError;
use super::error::TokenVerificationReason::InvalidClaim;
use super::member::Member;
use crate::json::{Name, Names, NoRepeats};

/// What a token claims. Nothing is verified.
#[derive(Debug, Default)]
pub(super) struct Payload<'a> {
    issuer: Member<'a>,
    subject: Member<'a>,
    pub(super) audience: Member<'a>,
    pub(super) scope: Member<'a>,
    pub(super) scopes: Member<'a>,
    pub(super) expires_at: Date,
    pub(super) not_before: Date,
    pub(super) issued_at: Date,
}

impl<'a> Payload<'a> {
    /// Reads the JSON of a payload; nothing when it is no object, or names anything twice.
    pub(super) fn parse(json: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    /// `iss`, when it is a text that is not empty.
    pub(super) fn issuer(&self) -> Option<&str> {
        self.issuer.text()
    }

    /// `sub`, when it is a text that is not empty.
    pub(super) fn subject(&self) -> Option<&str> {
        self.subject.text()
    }

    /// Who is said to speak, and who says so: the subject, which becomes the user's id, and the issuer. A token must have both.
    pub(super) fn subject_and_issuer(&self) -> Result<(&str, &str), TokenVerificationError> {
        let missing = |claim| move || TokenVerificationError::at(InvalidClaim, claim);
        let issuer = self.issuer().ok_or_else(missing("`iss`"))?;
        Ok((self.subject().ok_or_else(missing("`sub`"))?, issuer))
    }
}

impl<'de> Deserialize<'de> for Payload<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PayloadVisitor)
    }
}

struct PayloadVisitor;

impl<'de> Visitor<'de> for PayloadVisitor {
    type Value = Payload<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the claims of a token")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Payload<'de>, A::Error> {
        let mut payload = Payload::default();
        let mut names = Names::default();
        while let Some(Name(name)) = members.next_key()? {
            match &*name {
                "iss" => payload.issuer = members.next_value()?,
                "sub" => payload.subject = members.next_value()?,
                "aud" => payload.audience = members.next_value()?,
                "scope" => payload.scope = members.next_value()?,
                "scopes" => payload.scopes = members.next_value()?,
                "exp" => payload.expires_at = members.next_value()?,
                "nbf" => payload.not_before = members.next_value()?,
                "iat" => payload.issued_at = members.next_value()?,
                _ => {
                    members.next_value::<NoRepeats>()?;
                }
            }
            if !names.insert(name) {
                return Err(A::Error::custom("a name is repeated"));
            }
        }
        Ok(payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(json: &str) -> Option<Payload<'_>> {
        Payload::parse(json.as_bytes())
    }

    #[test]
    fn issuer_and_subject_are_texts_that_are_not_empty() {
        let read = payload(r#"{"iss":"a","sub":"\u0062"}"#).unwrap();
        assert_eq!((read.issuer(), read.subject()), (Some("a"), Some("b")));
        for json in [
            "{}",
            r#"{"iss":"","sub":""}"#,
            r#"{"iss":null,"sub":null}"#,
            r#"{"iss":["a"],"sub":["b"]}"#,
            r#"{"iss":{"a":1},"sub":{"b":1}}"#,
            r#"{"iss":1,"sub":true}"#,
        ] {
            let read = payload(json).unwrap();
            assert_eq!((read.issuer(), read.subject()), (None, None), "{json}");
        }
    }

    #[test]
    fn what_is_read_can_be_read_as_json_again() {
        for value in [
            r#""\ud800""#,
            r#"{"a":"\ud800"}"#,
            r#"{"a":1,"a":2}"#,
            "01",
            "nul",
            "[1,]",
        ] {
            for name in ["iss", "sub", "aud", "scope", "scopes", "exp", "nbf", "iat", "other"] {
                assert!(payload(&format!(r#"{{"{name}":{value}}}"#)).is_none(), "{name} {value}");
            }
        }
        for json in [
            "",
            "[]",
            "null",
            "1",
            r#"{"a":1,"a":1}"#,
            r#"{"iss":"a","iss":"a"}"#,
            "{}x",
        ] {
            assert!(payload(json).is_none(), "{json}");
        }
        // Whether these are numbers depends on a feature of the library; whatever is read, its own reader reads as well.
        for value in [
            "1e999",
            "-1e999",
            "[1e999]",
            "-1.7976931348623158e308",
            "17976931348623157081e289",
            "1e-999",
        ] {
            for name in ["iss", "exp", "other"] {
                let json = format!(r#"{{"{name}":{value}}}"#);
                let is_readable = serde_json::from_str::<serde_json::Value>(&json).is_ok();
                assert!(is_readable || payload(&json).is_none(), "{json}");
            }
        }
    }

    #[test]
    fn the_same_number_of_names_costs_the_same_whatever_they_are() {
        let many: Vec<String> = (0..3_000).map(|n| format!(r#""n{n}":1"#)).collect();
        assert!(payload(&format!("{{{}}}", many.join(","))).is_some());
        assert!(payload(&format!(r#"{{{},"n2999":1}}"#, many.join(","))).is_none());
        assert!(payload(&format!(r#"{{{},"n0":1}}"#, many.join(","))).is_none());
    }
}
