//! JSON of strangers, tokens and messages, that is read strictly: an object that names a member twice is refused (RFC 7515 section 4, RFC 7519 section 4).
//!
//! Two readers may take different ones of two members with one name; then one of them checks what the other does not use.

pub(crate) mod parts;

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// The members of the object in `bytes`, or nothing when it is something else or anything in it is named twice.
pub(crate) fn object(bytes: &[u8]) -> Option<Map<String, Value>> {
    read(bytes).ok()
}

/// Reads `bytes` when nothing in them is named twice.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    // Names first, values after: how numbers reach a visitor depends on features of `serde_json` that any crate of the program may turn on.
    serde_json::from_slice::<NoRepeats>(bytes)?;
    serde_json::from_slice(bytes)
}

/// The name by which `serde_json` hands over a text that it would read as JSON again, with a depth of its own and without regard to what was read
/// here.
const RAW: &str = "$serde_json::private::RawValue";
/// The name by which `serde_json` hands over numbers, when any crate of the program has turned on its feature `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Any JSON in which no object names a member twice.
pub(crate) struct NoRepeats;

impl NoRepeats {
    /// Reads the members of an object.
    pub(crate) fn members<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
        Self::members_or_number(members).map(|_| Self)
    }

    /// Reads the members of an object, or the number that is handed over as one: its text.
    pub(crate) fn members_or_number<'de, A: MapAccess<'de>>(mut members: A) -> Result<Option<String>, A::Error> {
        let mut names = Names::default();
        while let Some(Name(name)) = members.next_key()? {
            if name == NUMBER {
                return Self::number(members);
            }
            members.next_value::<Self>()?;
            if !names.insert(name) {
                return Err(A::Error::custom("a name is repeated"));
            }
        }
        Ok(None)
    }

    /// Reads what must be a number and nothing else, the name that says so being read.
    fn number<'de, A: MapAccess<'de>>(mut members: A) -> Result<Option<String>, A::Error> {
        let HandedOver(number) = members.next_value()?;
        match members.next_key::<Name<'_>>()? {
            None => Ok(number),
            Some(_) => Err(A::Error::custom("a name is reserved")),
        }
    }
}

/// The text of a number that is handed over; nothing for a text of the JSON's own that looks like one. `serde_json` gives away what it hands over, and
/// lends what stands in the JSON.
struct HandedOver(Option<String>);

impl<'de> Deserialize<'de> for HandedOver {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(HandedOverVisitor)
    }
}

struct HandedOverVisitor;

impl Visitor<'_> for HandedOverVisitor {
    type Value = HandedOver;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_string<E: serde::de::Error>(self, number: String) -> Result<HandedOver, E> {
        number.parse::<serde_json::Number>().map_err(E::custom)?;
        Ok(HandedOver(Some(number)))
    }

    fn visit_str<E: serde::de::Error>(self, number: &str) -> Result<HandedOver, E> {
        number.parse::<serde_json::Number>().map_err(E::custom)?;
        Ok(HandedOver(None))
    }
}

/// The name of a member, borrowed from the text where it has no escapes. It is none that `serde_json` takes for an order.
pub(crate) struct Name<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, name: &'de str) -> Result<Name<'de>, E> {
        if name == RAW {
            return Err(E::custom("a name is reserved"));
        }
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Name<'de>, E> {
        if name == RAW {
            return Err(E::custom("a name is reserved"));
        }
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}

/// The names of one object. Few are compared with each other, which is faster than hashing them; many are hashed, so that a long object costs no
/// more than its length.
#[derive(Default)]
pub(crate) struct Names<'de> {
    few: Vec<Cow<'de, str>>,
    many: HashSet<Cow<'de, str>>,
}

impl<'de> Names<'de> {
    const FEW: usize = 16;

    /// Adds a name; whether it was not there yet.
    pub(crate) fn insert(&mut self, name: Cow<'de, str>) -> bool {
        if self.few.contains(&name) {
            return false;
        }
        if self.few.len() < Self::FEW {
            self.few.push(name);
            return true;
        }
        self.many.insert(name)
    }
}

impl<'de> Deserialize<'de> for NoRepeats {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NoRepeatsVisitor)
    }
}

struct NoRepeatsVisitor;

impl<'de> Visitor<'de> for NoRepeatsVisitor {
    type Value = NoRepeats;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without repeated names")
    }

    fn visit_unit<E>(self) -> Result<NoRepeats, E> {
        Ok(NoRepeats)
    }

    fn visit_bool<E>(self, _: bool) -> Result<NoRepeats, E> {
        Ok(NoRepeats)
    }

    fn visit_u64<E>(self, _: u64) -> Result<NoRepeats, E> {
        Ok(NoRepeats)
    }

    fn visit_i64<E>(self, _: i64) -> Result<NoRepeats, E> {
        Ok(NoRepeats)
    }

    fn visit_f64<E>(self, _: f64) -> Result<NoRepeats, E> {
        Ok(NoRepeats)
    }

    fn visit_str<E>(self, _: &str) -> Result<NoRepeats, E> {
        Ok(NoRepeats)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<NoRepeats, A::Error> {
        while elements.next_element::<NoRepeats>()?.is_some() {}
        Ok(NoRepeats)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<NoRepeats, A::Error> {
        NoRepeats::members(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_read_as_it_stands() {
        let text = r#"{"a":1,"b":[-1,1.5,true,null,"x"],"c":{"a":2}}"#;
        let expected: Value = serde_json::from_str(text).unwrap();
        assert_eq!(object(text.as_bytes()).map(Value::Object), Some(expected));
    }

    #[test]
    fn repeated_names_are_refused_at_any_depth() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"b":{"a":1,"a":2}}"#,
            r#"{"b":[{"a":1,"a":2}]}"#,
        ] {
            assert_eq!(object(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn names_that_the_library_takes_for_orders_are_refused() {
        for text in [
            r#"{"$serde_json::private::RawValue":"{}"}"#,
            r#"{"a":[{"$serde_json::private::\u0052awValue":"{}"}]}"#,
            r#"{"$serde_json::private::Number":"x"}"#,
            r#"{"a":{"$serde_json::private::Number":{}}}"#,
            r#"{"a":{"$serde_json::private::Number":"1","b":1}}"#,
            r#"{"a":{"b":1,"$serde_json::private::Number":"x"}}"#,
        ] {
            assert_eq!(object(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn what_is_not_one_object_is_refused() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
        for text in ["", "[]", "null", "\"a\"", "{", "{}x", "{} {}", "\u{feff}{}", &deep] {
            assert_eq!(object(text.as_bytes()), None);
        }
    }
}
