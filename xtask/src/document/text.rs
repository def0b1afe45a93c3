//! Text to values: JSON, and YAML 1.2 read the way JSON would be.
//!
//! Both go through one visitor, so that the same rules hold for both: a key is text (the YAML key `200` is `"200"`), and no key is said twice.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::problem::one_line;

/// Nesting that is followed; `serde_json` has the same limit for JSON.
const MAX_DEPTH: usize = 128;

/// Parses the text of a description.
///
/// # Errors
/// A sentence without an end: what is wrong, after line and column where they are known.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = match text.trim_start().chars().next() {
        None => return Err("is empty".to_owned()),
        Some('{') => json(text)?,
        Some(_) => yaml(text)?,
    };
    if value.is_object() {
        Ok(value)
    } else {
        Err("is not an object with `openapi` and `paths`".to_owned())
    }
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str::<Strict>(text)
        .map(|strict| strict.0)
        .map_err(|error| refusal("JSON", Some((error.line(), error.column())), &error.to_string()))
}

fn yaml(text: &str) -> Result<Value, String> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH, max_nodes: 4_000_000, max_events: 16_000_000 },
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options::<Strict>(text, options)
        .map(|strict| strict.0)
        .map_err(|error| {
            let at = error.location().map(|at| (at.line(), at.column()));
            match in_our_words(&error) {
                Some(words) => refusal("YAML", at, words),
                None => refusal("YAML", at, &error.to_string()),
            }
        })
}

const TOO_MANY_ALIASES: &str = "the aliases, written out, are too much";

/// What the library says to those who program with it, for those who write descriptions.
fn in_our_words(error: &serde_saphyr::Error) -> Option<&'static str> {
    use serde_saphyr::Error;
    match error.without_snippet() {
        Error::MultipleDocuments { .. } => Some("a second document begins here, and a description is one"),
        Error::RecursiveReferencesRequireWeakTypes { .. } => Some("an anchor is used within itself"),
        Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => Some(TOO_MANY_ALIASES),
        // The same, said within what an alias stands for.
        Error::AliasError { msg, .. } if msg.contains("limit exceeded") => Some(TOO_MANY_ALIASES),
        Error::Budget { .. } => Some("it is too large, with its aliases written out"),
        _ => None,
    }
}

/// Both parsers end what they say with the place, which stands first here.
fn refusal<N: fmt::Display>(language: &str, at: Option<(N, N)>, said: &str) -> String {
    let place = at
        .map(|(line, column)| format!("line {line}, column {column}: "))
        .unwrap_or_default();
    let what = said.split(" at line ").next().unwrap_or_default();
    format!("does not parse as {language}: {place}{}", one_line(what))
}

/// A value none of whose objects says a key twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has too")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("a number that is not finite"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = access.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format_args!("the key `{key}` is said twice")));
            }
            let Strict(value) = access.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn plain_scalars_are_what_yaml_1_2_says() {
        let table = [
            ("yes", json!("yes")),
            ("on", json!("on")),
            ("NO", json!("NO")),
            ("y", json!("y")),
            ("true", json!(true)),
            ("null", json!(null)),
            ("~", json!(null)),
            ("", json!(null)),
            ("2024-01-31", json!("2024-01-31")),
            ("2024-01-31T10:00:00Z", json!("2024-01-31T10:00:00Z")),
            ("12:30:45", json!("12:30:45")),
            ("12", json!(12)),
            ("-12", json!(-12)),
            ("18446744073709551615", json!(18_446_744_073_709_551_615_u64)),
            ("1.5", json!(1.5)),
            ("1.0.0", json!("1.0.0")),
            ("'12'", json!("12")),
            ("\"true\"", json!("true")),
            ("|-\n  a\n  b", json!("a\nb")),
            (">-\n  a\n  b", json!("a b")),
        ];
        for (text, value) in table {
            assert_eq!(parse(&format!("a: {text}")), Ok(json!({"a": value})), "{text}");
        }
    }

    #[test]
    fn keys_are_text() {
        let value = parse("200: a\n'404': b\ntrue: c\n2024-01-31: d\n1.10: e\n").unwrap();
        assert_eq!(
            value,
            json!({"200": "a", "404": "b", "true": "c", "2024-01-31": "d", "1.10": "e"})
        );
    }

    #[test]
    fn a_key_said_twice_is_refused() {
        for text in [
            "{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}}",
            "a: 1\na: 2\n",
            "x:\n  200: a\n  '200': b\n",
            "x: {a: 1, a: 1}\n",
        ] {
            let what = parse(text).unwrap_err();
            assert!(
                what.starts_with("does not parse as ") && what.contains("line "),
                "{what}"
            );
        }
    }

    #[test]
    fn the_order_of_keys_is_kept() {
        for text in ["{\"z\": 1, \"a\": 2, \"m\": 3}", "z: 1\na: 2\nm: 3\n"] {
            let value = parse(text).unwrap();
            assert_eq!(value.as_object().unwrap().keys().collect::<Vec<_>>(), ["z", "a", "m"]);
        }
    }

    #[test]
    fn anchors_and_merge_keys_are_expanded() {
        let value = parse("a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n").unwrap();
        assert_eq!(value, json!({"a": {"b": 1}, "c": {"b": 1}, "d": {"b": 1, "e": 2}}));
    }

    #[test]
    fn what_does_not_parse_is_said_on_one_line() {
        let deep = format!("a: {}{}", "[".repeat(400), "]".repeat(400));
        let deep_json = format!("{{\"a\": {}{}}}", "[".repeat(400), "]".repeat(400));
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
                    d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n\
                    g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g,*g]\n";
        for text in [
            "{\"a\": ",
            "{\"a\": 1} x",
            "a: [1,\n",
            "a: 1\n b: 2\n",
            "a: \"x\n",
            "a: *nowhere\n",
            "a: 1\n---\nb: 2\n",
            "a: .nan\n",
            "? [1, 2]\n: 3\n",
            "a: !thing {b: 1}\n\tc: 2\n",
            deep.as_str(),
            deep_json.as_str(),
            bomb,
        ] {
            let what = parse(text).unwrap_err();
            assert!(
                what.starts_with("does not parse as ") && !what.contains('\n'),
                "{text:.60}: {what}"
            );
        }
    }

    #[test]
    fn what_the_yaml_library_says_to_programmers_is_said_to_authors() {
        let level = |level| {
            format!(
                "a{level}: &a{level} [{}]",
                vec![format!("*a{}", level - 1); 8].join(",")
            )
        };
        let levels: Vec<String> = (1..9).map(level).collect();
        let aliases = format!("a0: &a0 [x,x,x,x,x,x,x,x]\n{}", levels.join("\n"));
        for (text, words) in [
            ("a: 1\n---\nb: 2\n", "line 3, column 1: a second document begins here"),
            ("a: &a [*a]\n", "an anchor is used within itself"),
            (aliases.as_str(), "the aliases, written out, are too much"),
        ] {
            let what = parse(text).unwrap_err();
            assert!(what.contains(words), "{text:.40}: {what}");
        }
    }

    #[test]
    fn line_and_column_are_said_once() {
        let what = parse("{\n  \"a\": x\n}").unwrap_err();
        assert_eq!(what, "does not parse as JSON: line 2, column 8: expected value");
        let what = parse("a: 1\nb: [1\nc: 2\n").unwrap_err();
        assert_eq!(what.matches("line ").count(), 1, "{what}");
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in ["- a\n", "[1, 2]", "just words", "12"] {
            assert_eq!(
                parse(text),
                Err("is not an object with `openapi` and `paths`".to_owned()),
                "{text}"
            );
        }
        for text in ["", " \n", "\u{feff}"] {
            assert_eq!(parse(text), Err("is empty".to_owned()), "{text:?}");
        }
    }
}
