//! The shape of a type: all of it that is not told field by field or value by value.

use std::fmt;

use serde_json::Value;

use super::parts::{is_composed, list, properties, reference, target, whole};

/// How deep compositions within compositions are looked into.
const MAX_COMPOSITIONS: usize = 2;

/// What a schema of the mended description is in the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// A type by its name.
    Named(String),
    List(Box<Shape>),
    Map(Box<Shape>),
    /// An object of which nothing is said.
    Free,
    /// An object with fields.
    Fields,
    /// A text that is one of a list.
    Values,
    /// The keyword, and the members.
    Choice(&'static str, Vec<Shape>),
    /// A text, number or truth value: the type and the format that makes a difference in the code.
    Plain(String, Option<&'static str>),
    Anything,
}

impl Shape {
    pub(super) fn of(root: &Value, schema: &Value) -> Self {
        Self::within(root, schema, 0)
    }

    /// `compositions` are those around `schema`. One may hold a choice that holds it again: that is not gone into.
    fn within(root: &Value, schema: &Value, mut compositions: usize) -> Self {
        if let Some(reference) = reference(schema) {
            return Self::Named(target(reference).to_owned());
        }
        if is_composed(schema) {
            compositions += 1;
            if compositions > MAX_COMPOSITIONS {
                return Self::Anything;
            }
        }
        let schema = &*whole(root, schema);
        for keyword in ["oneOf", "anyOf"] {
            if list(schema, keyword).next().is_some() {
                let members = list(schema, keyword).map(|member| Self::within(root, member, compositions));
                return Self::Choice(keyword, members.collect());
            }
        }
        let inner = |key| schema.get(key).map(|inner| Self::within(root, inner, compositions));
        match kind(schema) {
            None => Self::Anything,
            Some("array") => Self::List(Box::new(inner("items").unwrap_or(Self::Anything))),
            Some("object") if properties(schema).next().is_some() => Self::Fields,
            Some("object") => match inner("additionalProperties") {
                None | Some(Self::Anything) => Self::Free,
                Some(values) => Self::Map(Box::new(values)),
            },
            Some("string") if list(schema, "enum").next().is_some() => Self::Values,
            Some(kind) => Self::Plain(kind.to_owned(), format(kind, schema)),
        }
    }

    /// Whether `null` needs a type of its own here: what may be anything may be null.
    pub(super) fn can_be_optional(&self) -> bool {
        *self != Self::Anything
    }

    /// A list or map, which has a value that stands for nothing.
    pub(super) fn is_collection(&self) -> bool {
        matches!(self, Self::List(_) | Self::Map(_) | Self::Free)
    }
}

/// The type, said or understood.
fn kind(schema: &Value) -> Option<&str> {
    let has = |key| schema.get(key).is_some();
    let said = schema.get("type").and_then(Value::as_str);
    said.or_else(|| has("items").then_some("array"))
        .or_else(|| (has("properties") || has("additionalProperties")).then_some("object"))
}

/// The format, where the code has another type for it.
fn format(kind: &str, schema: &Value) -> Option<&'static str> {
    let known: &[&'static str] = match kind {
        "string" => &["date", "date-time", "password"],
        // 64 bits with a sign are what an integer is when nothing is said.
        "integer" => &["int32", "uint32", "uint64"],
        "number" => &["float"],
        _ => &[],
    };
    let format = schema.get("format")?.as_str()?;
    known.iter().find(|known| **known == format).copied()
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::List(items) => write!(f, "list of {items}"),
            Self::Map(values) => write!(f, "map of {values}"),
            Self::Free => f.write_str("object"),
            Self::Fields => f.write_str("object with fields"),
            Self::Values => f.write_str("string (one of a list)"),
            Self::Choice(keyword, members) => {
                let members: Vec<String> = members.iter().map(ToString::to_string).collect();
                let word = if *keyword == "oneOf" { "one of" } else { "any of" };
                write!(f, "{word} ({})", members.join(", "))
            }
            Self::Plain(kind, None) => f.write_str(kind),
            Self::Plain(kind, Some(format)) => write!(f, "{kind} ({format})"),
            Self::Anything => f.write_str("anything"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_schema_is_called_by_what_the_code_has_for_it() {
        for (schema, shown) in [
            (json!({"$ref": "#/components/schemas/X"}), "X"),
            (
                json!({"type": "array", "items": {"$ref": "#/components/schemas/X"}}),
                "list of X",
            ),
            (json!({"items": {"type": "string"}}), "list of string"),
            (json!({"type": "array"}), "list of anything"),
            (
                json!({"type": "object", "additionalProperties": {"type": "string"}}),
                "map of string",
            ),
            (json!({"type": "object", "additionalProperties": {}}), "object"),
            (json!({"type": "object", "properties": {}}), "object"),
            (json!({"properties": {"a": {}}}), "object with fields"),
            (
                json!({"allOf": [{"type": "object"}, {"properties": {"a": {}}}]}),
                "object with fields",
            ),
            (json!({"type": "string", "enum": ["A"]}), "string (one of a list)"),
            (json!({"enum": ["A"]}), "anything"),
            (
                json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
                "one of (string, integer)",
            ),
            (json!({"anyOf": [{"type": "string"}]}), "any of (string)"),
            (json!({"type": "integer", "format": "int64"}), "integer"),
            (json!({"type": "integer", "format": "int32"}), "integer (int32)"),
            (json!({"type": "integer", "format": "uint32"}), "integer (uint32)"),
            (json!({"type": "number", "format": "double"}), "number"),
            (json!({"type": "string", "format": "uuid"}), "string"),
            (json!({"type": "string", "format": "date-time"}), "string (date-time)"),
        ] {
            assert_eq!(Shape::of(&json!({}), &schema).to_string(), shown, "{schema}");
        }
    }
}
