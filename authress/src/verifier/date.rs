//! A claim that is to be a date (RFC 7519 section 2).

use std::fmt;
use std::time::Duration;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::json::NoRepeats;

/// A `NumericDate` in whole seconds since the Unix epoch. What lies before the epoch is zero.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Date {
    #[default]
    Absent,
    Seconds(u64),
    Other,
}

impl Date {
    fn of(seconds: f64) -> Self {
        if seconds <= 0.0 {
            return Self::Seconds(0);
        }
        Self::Seconds(Duration::try_from_secs_f64(seconds).map_or(u64::MAX, |date| date.as_secs()))
    }

    /// The date in the text of a number.
    fn read(number: &str) -> Self {
        let seconds = number.parse().map(Self::Seconds);
        // By the reader that the claims are read with as well: what it takes for no number is none.
        seconds.unwrap_or_else(|_| serde_json::from_str(number).map_or(Self::Other, Self::of))
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateVisitor)
    }
}

struct DateVisitor;

impl<'de> Visitor<'de> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date")
    }

    fn visit_u64<E>(self, seconds: u64) -> Result<Date, E> {
        Ok(Date::Seconds(seconds))
    }

    fn visit_i64<E>(self, seconds: i64) -> Result<Date, E> {
        Ok(Date::Seconds(seconds.try_into().unwrap_or(0)))
    }

    fn visit_f64<E>(self, seconds: f64) -> Result<Date, E> {
        Ok(Date::of(seconds))
    }

    fn visit_unit<E>(self) -> Result<Date, E> {
        Ok(Date::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Date, E> {
        Ok(Date::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Date, E> {
        Ok(Date::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Date, A::Error> {
        while elements.next_element::<NoRepeats>()?.is_some() {}
        Ok(Date::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Date, A::Error> {
        let number = NoRepeats::members_or_number(members)?;
        Ok(number.map_or(Date::Other, |number| Date::read(&number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("null", Date::Other),
            ("true", Date::Other),
            (r#""1700000000""#, Date::Other),
            ("[1700000000]", Date::Other),
            (r#"{"a":1}"#, Date::Other),
            ("[{}]", Date::Other),
        ] {
            assert_eq!(serde_json::from_str::<Date>(json).unwrap(), expected, "{json}");
        }
    }

    #[test]
    fn a_number_that_is_too_large_for_a_reader_is_no_date() {
        // No JSON, or a number of which nothing can be made: that depends on a feature of the reader.
        for json in ["1e999", "-1e999"] {
            assert!(serde_json::from_str::<Date>(json).is_ok_and(|date| date == Date::Other) || cannot_read(json));
        }
    }

    fn cannot_read(json: &str) -> bool {
        serde_json::from_str::<Date>(json).is_err() && serde_json::from_str::<serde_json::Value>(json).is_err()
    }

    #[test]
    fn an_object_is_never_a_date() {
        for json in [
            r#"{"$serde_json::private::Number":"1700000000"}"#,
            r#"{"$serde_json::private::Number":"17\u00300000000"}"#,
            r#"{"\u0024serde_json::private::Number":"1700000000"}"#,
            r#"{"a":1,"$serde_json::private::Number":"1700000000"}"#,
        ] {
            assert_eq!(serde_json::from_str::<Date>(json).unwrap(), Date::Other, "{json}");
        }
    }
}
