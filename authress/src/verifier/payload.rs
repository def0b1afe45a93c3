//! The payload of a token, read once: the claims that mean something to the verifier in their types, all others only as far as they must be JSON
//! without repeated names. What must be true of the claims is in `claims`.

use std::fmt;
use std::time::Duration;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

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

/// A claim that is to be a date: a `NumericDate` (RFC 7519 section 2) in whole seconds since the Unix epoch. What lies before the epoch is zero.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Date {
    #[default]
    Absent,
    Seconds(u64),
    Other,
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

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As text: how numbers reach a visitor depends on features of `serde_json` that any crate of the program may turn on.
        <&RawValue>::deserialize(deserializer).map(|raw| Self::read(raw.get()))
    }
}

impl Date {
    fn read(json: &str) -> Self {
        if let Ok(seconds) = json.parse() {
            return Self::Seconds(seconds);
        }
        if !json.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return Self::Other;
        }
        // By the reader that the claims are read with as well: what it takes for no number is none.
        match serde_json::from_str::<f64>(json) {
            Ok(seconds) if seconds <= 0.0 => Self::Seconds(0),
            Ok(seconds) => Self::Seconds(Duration::try_from_secs_f64(seconds).map_or(u64::MAX, |date| date.as_secs())),
            Err(_) => Self::Other,
        }
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
    fn dates_are_json_numbers_of_every_kind() {
        for (json, expected) in [
            ("0", Date::Seconds(0)),
            ("-0", Date::Seconds(0)),
            ("-1", Date::Seconds(0)),
            ("-1.5e300", Date::Seconds(0)),
            ("1700000000", Date::Seconds(1_700_000_000)),
            ("1700000000.9", Date::Seconds(1_700_000_000)),
            ("1.7e9", Date::Seconds(1_700_000_000)),
            ("18446744073709551615", Date::Seconds(u64::MAX)),
            ("18446744073709551616", Date::Seconds(u64::MAX)),
            ("1e300", Date::Seconds(u64::MAX)),
            // No reader of JSON makes a number of these.
            ("1e999", Date::Other),
            ("-1e999", Date::Other),
            ("null", Date::Other),
            ("true", Date::Other),
            (r#""1700000000""#, Date::Other),
            ("[1700000000]", Date::Other),
            (r#"{"a":1}"#, Date::Other),
        ] {
            let json = format!(r#"{{"exp":{json}}}"#);
            assert_eq!(payload(&json).unwrap().expires_at, expected, "{json}");
        }
        assert_eq!(payload("{}").unwrap().expires_at, Date::Absent);
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
            for name in ["iss", "sub", "aud", "scope", "scopes", "other"] {
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
            "[1e999]",
            "-1.7976931348623158e308",
            "17976931348623157081e289",
            "1e-999",
        ] {
            for name in ["iss", "exp", "other"] {
                let json = format!(r#"{{"{name}":{value}}}"#);
                let is_readable = serde_json::from_str::<serde_json::Value>(&json).is_ok();
                assert!(
                    payload(&json).is_none_or(|read| is_readable || read.expires_at == Date::Other),
                    "{json}"
                );
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
