//! Enums of texts: each value becomes a variant, whose name must differ from those of the others.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::generate::names::type_name;

/// What the variant for all values that are not described is called, the second where the first is described.
const OTHERS: [&str; 2] = ["Unknown", "UnknownValue"];

/// What keeps the values of `schema` from being the variants of an enum, and what to do. Enums of other types are only said in words.
pub(super) fn refusal(schema: &Value) -> Option<(String, &'static str)> {
    let values = schema.get("enum")?;
    let Some(values) = values.as_array() else {
        return Some(("has an `enum` that is no list".to_owned(), "write a list of values"));
    };
    if schema.get("type").and_then(Value::as_str) != Some("string") {
        return None;
    }
    let mut names = Vec::new();
    for value in values.iter().filter(|value| !value.is_null()) {
        match value {
            Value::String(name) => names.push(name.as_str()),
            value => {
                let what = format!("has the value `{value}`, which is no text, in the `enum` of a string");
                return Some((what, "put it in quotes, or say its type"));
            }
        }
    }
    // The generator has a second try, in which signs become letters.
    let alike = alike(&names, type_name).and_then(|_| alike(&names, name_with_signs));
    let what = match alike {
        Some((first, second)) if first == second => {
            return Some((format!("has the value `{first}` twice in its `enum`"), "say it once"));
        }
        Some((first, second)) => {
            format!("has the values `{first}` and `{second}` in its `enum`, which have the same name in code")
        }
        None if OTHERS
            .iter()
            .all(|name| names.iter().any(|value| type_name(value) == *name)) =>
        {
            format!(
                "has values called `{}` in its `enum`, as the variant for all others is",
                OTHERS.join("` and `")
            )
        }
        None => return None,
    };
    Some((what, "leave the `enum` out, and say the values in the description"))
}

/// Two of `values` that `name` calls the same.
fn alike<'a>(values: &[&'a str], name: impl Fn(&str) -> String) -> Option<(&'a str, &'a str)> {
    let mut names: BTreeMap<String, &'a str> = BTreeMap::new();
    values
        .iter()
        .find_map(|value| Some((names.insert(name(value), value)?, *value)))
}

fn name_with_signs(value: &str) -> String {
    let is_sign = |c: char| c == '_' || !c.is_alphanumeric();
    type_name(&value.replace(is_sign, "X"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::said_of_schema;
    use serde_json::json;

    #[test]
    fn values_with_one_name_in_code_are_refused() {
        for (values, alike) in [
            (json!(["A", "a"]), "`A` and `a`"),
            (json!(["a-b", "a_b"]), "`a-b` and `a_b`"),
            (json!(["*", ">", "x"]), "`*` and `>`"),
        ] {
            let what = format!("has the values {alike} in its `enum`, which have the same name in code");
            assert_eq!(said_of_schema(&json!({"type": "string", "enum": values})), Some(what));
        }
        let twice = said_of_schema(&json!({"type": "string", "enum": ["A", "A"]}));
        assert_eq!(twice.as_deref(), Some("has the value `A` twice in its `enum`"));
        let both = said_of_schema(&json!({"type": "string", "enum": ["unknown", "unknown_value"]}));
        let what = "has values called `Unknown` and `UnknownValue` in its `enum`, as the variant for all others is";
        assert_eq!(both.as_deref(), Some(what));
    }

    #[test]
    fn values_that_signs_tell_apart_are_taken() {
        for values in [
            json!(["a", "b", null]),
            json!(["", "A"]),
            json!(["+1", "-1"]),
            json!(["a b", "ab"]),
            json!(["2D", "3D", "self", "日本"]),
            json!(["Unknown", "A"]),
            json!([]),
            json!([null]),
        ] {
            assert_eq!(
                said_of_schema(&json!({"type": "string", "enum": values})),
                None,
                "{values}"
            );
        }
    }

    #[test]
    fn values_of_a_string_are_texts() {
        let said = said_of_schema(&json!({"type": "string", "enum": ["A", null, 1.5]}));
        assert_eq!(
            said.as_deref(),
            Some("has the value `1.5`, which is no text, in the `enum` of a string")
        );
        assert_eq!(said_of_schema(&json!({"type": "integer", "enum": [1, null]})), None);
        assert_eq!(said_of_schema(&json!({"enum": ["A", 1, true]})), None);
        let said = said_of_schema(&json!({"enum": "A"}));
        assert_eq!(said.as_deref(), Some("has an `enum` that is no list"));
    }
}
