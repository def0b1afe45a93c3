//! The parts of JSON as they stand in the text, for what is not to be read with all the rest: a value that would spoil its neighbours, or a secret
//! of which a reader would keep a copy.

use std::collections::HashMap;

use serde::de::{Error as _, IgnoredAny};
use serde_json::{Deserializer, Error};

/// The members of the object in `json`, each value as it stands.
pub(crate) fn members(json: &[u8]) -> Result<HashMap<String, &str>, Error> {
    let mut parts = Parts::of(str::from_utf8(json).map_err(Error::custom)?)?;
    let mut members = HashMap::new();
    if !parts.takes('{') {
        return Err(Error::custom("it is no object"));
    }
    if parts.takes('}') {
        return Ok(members);
    }
    loop {
        let name = serde_json::from_str(parts.value()?)?;
        if !parts.takes(':') {
            return Err(Error::custom("a name has no value"));
        }
        if members.insert(name, parts.value()?).is_some() {
            return Err(Error::custom("a name is repeated"));
        }
        if !parts.takes(',') {
            return Ok(members);
        }
    }
}

/// The elements of the list in `json`, each as it stands.
pub(crate) fn elements(json: &str) -> Result<Vec<&str>, Error> {
    let mut parts = Parts::of(json)?;
    let mut elements = Vec::new();
    if !parts.takes('[') {
        return Err(Error::custom("it is no list"));
    }
    if parts.takes(']') {
        return Ok(elements);
    }
    loop {
        elements.push(parts.value()?);
        if !parts.takes(',') {
            return Ok(elements);
        }
    }
}

/// What is left of a text that is known to be JSON.
struct Parts<'a>(&'a str);

impl<'a> Parts<'a> {
    fn of(json: &'a str) -> Result<Self, Error> {
        serde_json::from_str::<IgnoredAny>(json)?;
        Ok(Self(json.trim_ascii_start()))
    }

    /// Steps over `sign` and the white space after it, if it comes next.
    fn takes(&mut self, sign: char) -> bool {
        let rest = self.0.strip_prefix(sign);
        self.0 = rest.map_or(self.0, str::trim_ascii_start);
        rest.is_some()
    }

    /// Steps over the value that comes next and the white space after it.
    fn value(&mut self) -> Result<&'a str, Error> {
        let mut values = Deserializer::from_str(self.0).into_iter::<IgnoredAny>();
        let read = values.next().transpose()?;
        let parts = self.0.split_at_checked(values.byte_offset());
        let (value, rest) = read.and(parts).ok_or_else(|| Error::custom("a value is missing"))?;
        self.0 = rest.trim_ascii_start();
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [&str; 12] = [
        "null",
        "true",
        "-1.5e3",
        "1e999",
        r#""""#,
        r#""a\"]},\\""#,
        r#""\ud800""#,
        "[]",
        "[1 , [2]]",
        "{}",
        r#"{"a":1,"a":{"]":"}"}}"#,
        r#"{ "$serde_json::private::RawValue" : "[" }"#,
    ];

    #[test]
    fn every_value_is_given_as_it_stands_whatever_is_around_it() {
        for white in ["", " ", "\n\t\r "] {
            let list = VALUES.join(&format!("{white},{white}"));
            let list = format!("{white}[{white}{list}{white}]{white}");
            assert_eq!(elements(&list).unwrap(), VALUES);

            let named = VALUES.iter().enumerate();
            let object: Vec<String> = named
                .map(|(n, value)| format!(r#""n{n}"{white}:{white}{value}"#))
                .collect();
            let object = object.join(&format!("{white},{white}"));
            let object = format!("{white}{{{white}{object}{white}}}{white}");
            let members = members(object.as_bytes()).unwrap();
            assert_eq!(members.len(), VALUES.len());
            for (n, value) in VALUES.iter().enumerate() {
                assert_eq!(members.get(&format!("n{n}")).copied(), Some(*value));
            }
        }
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        let members = members(br#"{"\u006beys":[]}"#).unwrap();
        assert_eq!(members.get("keys").copied(), Some("[]"));
        assert!(super::members(br#"{"keys":1,"\u006beys":1}"#).is_err());
    }

    #[test]
    fn depth_has_no_end_and_takes_no_stack() {
        let inner = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
        assert_eq!(elements(&format!("[{inner}]")).unwrap(), [inner]);
    }

    #[test]
    fn what_is_empty_has_no_parts() {
        assert!(elements(" [ ] ").unwrap().is_empty());
        assert!(members(b" { } ").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_json_or_another_kind_is_an_error() {
        for text in [
            "",
            "[",
            "{",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1]]",
            "[1] 2",
            "[01]",
            "[\x0c1]",
            r#"["\x"]"#,
            "[\"\n\"]",
        ] {
            assert!(elements(text).is_err(), "{text}");
        }
        for text in [
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{"a" 1}"#,
            "{1:1}",
            r#"{"a":1}}"#,
            r#"{"a":1,"a":1}"#,
            r#"{"\ud800":1}"#,
        ] {
            assert!(members(text.as_bytes()).is_err(), "{text}");
        }
        for text in ["null", "1", r#""a""#] {
            assert!(elements(text).is_err() && members(text.as_bytes()).is_err(), "{text}");
        }
        assert!(elements("{}").is_err() && members(b"[]").is_err());
        // Text in JSON is UTF-8 (RFC 8259 section 8.1).
        assert!(members(b"{\"a\":\"\xff\"}").is_err());
    }
}
