//! Schemas: those of the components by name, and inside of them fields, types, enum values and limits.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Changes, texts};
use crate::document::follow;
use crate::generate::Usage;

/// The two documents that references lead into.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) old: &'a Value,
    pub(super) new: &'a Value,
}

impl<'a> Pair<'a> {
    pub(super) fn new(old: &'a Value, new: &'a Value) -> Self {
        Self { old, new }
    }
}

/// Compares the component schemas.
pub(super) fn compare_all(old: &Value, new: &Value, changes: &mut Changes) {
    let of = |root: &Value| {
        root.pointer("/components/schemas")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    };
    let (before, after) = (of(old), of(new));
    let usage = Usage::of(new);
    for (name, schema) in &before {
        match after.get(name) {
            Some(other) => compare(
                Pair::new(old, new),
                name,
                schema,
                other,
                !usage.only_in_answers(name),
                changes,
            ),
            None => changes.removed(name, "schema", true),
        }
    }
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        changes.added(name, "schema", false);
    }
}

/// Compares two schemas; `sent` when callers send it, so that narrower limits matter to them.
pub(super) fn compare(pair: Pair<'_>, place: &str, old: &Value, new: &Value, sent: bool, changes: &mut Changes) {
    let (before, after) = (shape(pair.old, old), shape(pair.new, new));
    if before != after {
        changes.changed(place, format!("type is {after}, was {before}"), true);
        return;
    }
    if nullable(old) != nullable(new) {
        let word = |schema| if nullable(schema) { "nullable" } else { "not nullable" };
        changes.changed(place, format!("is {}, was {}", word(new), word(old)), true);
    }
    if component(old).is_some() && component(new).is_some() {
        // The component itself is compared once, under its own name.
        return;
    }
    let (Ok(old), Ok(new)) = (follow(pair.old, bare(old)), follow(pair.new, bare(new))) else {
        return;
    };
    values(place, old, new, changes);
    limits(place, old, new, sent, changes);
    fields(pair, place, old, new, sent, changes);
    for (key, shown) in [("items", "items"), ("additionalProperties", "values")] {
        if let (Some(old @ Value::Object(_)), Some(new @ Value::Object(_))) = (old.get(key), new.get(key)) {
            compare(pair, &format!("{place}: {shown}"), old, new, sent, changes);
        }
    }
}

/// The type as users see it: the name of a component, or the JSON type with its format.
pub(super) fn shape(root: &Value, schema: &Value) -> String {
    if let Some(name) = component(schema) {
        return name.to_owned();
    }
    let Ok(schema) = follow(root, bare(schema)) else {
        return "unknown".to_owned();
    };
    let text = |key| schema.get(key).and_then(Value::as_str);
    match (text("type"), text("format")) {
        (Some("array"), _) => {
            let items = schema
                .get("items")
                .map_or_else(|| "anything".to_owned(), |items| shape(root, items));
            format!("list of {items}")
        }
        (Some(kind), Some(format)) => format!("{kind} ({format})"),
        (Some(kind), None) => kind.to_owned(),
        (None, _) if schema.get("properties").is_some() => "object".to_owned(),
        (None, _) if schema.get("enum").is_some() => "string".to_owned(),
        (None, _) => "anything".to_owned(),
    }
}

/// The name, if `schema` is a component by reference, also wrapped as the only part of an `allOf`.
fn component(schema: &Value) -> Option<&str> {
    let name = bare(schema)
        .get("$ref")?
        .as_str()?
        .strip_prefix("#/components/schemas/")?;
    (!name.contains('/')).then_some(name)
}

/// `schema` itself, or the only part of its `allOf`: how 3.0 adds words to a reference.
fn bare(schema: &Value) -> &Value {
    match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([only]) if schema.get("properties").is_none() => only,
        _ => schema,
    }
}

fn nullable(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
}

fn values(place: &str, old: &Value, new: &Value, changes: &mut Changes) {
    let (before, after) = (texts(old, "enum"), texts(new, "enum"));
    if before.is_empty() != after.is_empty() {
        let word = |values: &BTreeSet<&str>| if values.is_empty() { "any text" } else { "one of a list" };
        changes.changed(place, format!("is {}, was {}", word(&after), word(&before)), true);
        return;
    }
    for value in before.difference(&after) {
        changes.removed(place, format!("value `{value}`"), true);
    }
    for value in after.difference(&before) {
        // Enums of the client are open.
        changes.added(place, format!("value `{value}`"), false);
    }
}

fn limits(place: &str, old: &Value, new: &Value, sent: bool, changes: &mut Changes) {
    const UPPER: &[&str] = &["maxLength", "maxItems", "maximum", "maxProperties"];
    const LOWER: &[&str] = &["minLength", "minItems", "minimum", "minProperties"];
    for key in UPPER.iter().chain(LOWER).chain(&["pattern"]) {
        let (before, after) = (old.get(key), new.get(key));
        if before == after {
            continue;
        }
        let number = |value: Option<&Value>| value.and_then(Value::as_f64);
        let narrower = match (number(before), number(after)) {
            (Some(before), Some(after)) => {
                if UPPER.contains(key) {
                    after < before
                } else {
                    after > before
                }
            }
            // A limit that is new narrows, and so may another pattern; a limit that goes does not.
            _ => after.is_some(),
        };
        let shown = |value: Option<&Value>| {
            value.map_or_else(|| "unlimited".to_owned(), |value| value.to_string().replace('"', ""))
        };
        changes.changed(
            place,
            format!("{key} is {}, was {}", shown(after), shown(before)),
            sent && narrower,
        );
    }
}

fn fields(pair: Pair<'_>, place: &str, old: &Value, new: &Value, sent: bool, changes: &mut Changes) {
    let of = |schema: &Value| {
        schema
            .get("properties")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    };
    let (before, after) = (of(old), of(new));
    let required = |schema: &Value, name: &str| texts(schema, "required").contains(name);
    for (name, field) in &before {
        let Some(other) = after.get(name) else {
            changes.removed(place, format!("field `{name}`"), true);
            continue;
        };
        match (required(old, name), required(new, name)) {
            (false, true) => changes.changed(place, format!("field `{name}` is required, was optional"), true),
            (true, false) => changes.changed(place, format!("field `{name}` is optional, was required"), true),
            _ => {}
        }
        compare(pair, &format!("{place}.{name}"), field, other, sent, changes);
    }
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        let needed = sent && required(new, name);
        changes.added(
            place,
            format!("{} field `{name}`", if needed { "required" } else { "optional" }),
            needed,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, lines};
    use serde_json::{Value, json};

    fn schema() -> Value {
        json!({
            "type": "object", "required": ["name"],
            "properties": {
                "name": {"type": "string", "maxLength": 10},
                "kind": {"type": "string", "enum": ["A", "B"]},
                "tags": {"type": "array", "items": {"type": "string"}},
                "other": {"$ref": "#/components/schemas/Y"},
            },
        })
    }

    fn changed(sent: bool, change: impl FnOnce(&mut Value)) -> Vec<String> {
        let content = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/X"}}}});
        let operation = if sent {
            json!({"operationId": "a", "requestBody": content, "responses": {"200": {}}})
        } else {
            json!({"operationId": "a", "responses": {"200": content}})
        };
        let mut new = schema();
        change(&mut new);
        let all = |x: Value| document(&operation, &json!({"X": x, "Y": {"type": "object"}}));
        lines(&all(schema()), &all(new))
    }

    #[test]
    fn each_change_of_a_schema_says_whether_it_breaks() {
        type Mutation = fn(&mut Value);
        let table: &[(Mutation, &str)] = &[
            (
                |s| drop(s["properties"].as_object_mut().unwrap().remove("kind")),
                "- X: field `kind` [breaks users]",
            ),
            (
                |s| s["properties"]["new"] = json!({"type": "string"}),
                "+ X: optional field `new`",
            ),
            (
                |s| s["required"] = json!([]),
                "~ X: field `name` is optional, was required [breaks users]",
            ),
            (
                |s| s["required"] = json!(["name", "kind"]),
                "~ X: field `kind` is required, was optional [breaks users]",
            ),
            (
                |s| s["properties"]["kind"]["enum"] = json!(["A", "B", "C"]),
                "+ X.kind: value `C`",
            ),
            (
                |s| s["properties"]["kind"]["enum"] = json!(["A"]),
                "- X.kind: value `B` [breaks users]",
            ),
            (
                |s| s["properties"]["name"]["type"] = json!("integer"),
                "~ X.name: type is integer, was string [breaks users]",
            ),
            (
                |s| s["properties"]["name"]["nullable"] = json!(true),
                "~ X.name: is nullable, was not nullable [breaks users]",
            ),
            (
                |s| s["properties"]["tags"]["items"] = json!({"type": "integer"}),
                "~ X.tags: type is list of integer, was list of string [breaks users]",
            ),
            (
                |s| s["properties"]["other"] = json!({"type": "object"}),
                "~ X.other: type is object, was Y [breaks users]",
            ),
        ];
        for (change, line) in table {
            assert_eq!(changed(true, *change), [*line]);
        }
    }

    #[test]
    fn narrower_limits_break_only_what_is_sent() {
        let narrower = |s: &mut Value| s["properties"]["name"]["maxLength"] = json!(5);
        assert_eq!(
            changed(true, narrower),
            ["~ X.name: maxLength is 5, was 10 [breaks users]"]
        );
        assert_eq!(changed(false, narrower), ["~ X.name: maxLength is 5, was 10"]);
        let wider = |s: &mut Value| drop(s["properties"]["name"].as_object_mut().unwrap().remove("maxLength"));
        assert_eq!(changed(true, wider), ["~ X.name: maxLength is unlimited, was 10"]);
    }

    #[test]
    fn a_new_required_field_breaks_only_what_is_sent() {
        let add = |s: &mut Value| {
            s["properties"]["new"] = json!({"type": "string"});
            s["required"] = json!(["name", "new"]);
        };
        assert_eq!(changed(true, add), ["+ X: required field `new` [breaks users]"]);
        assert_eq!(changed(false, add), ["+ X: optional field `new`"]);
    }

    #[test]
    fn a_reference_wrapped_for_its_words_is_the_same() {
        let wrap = |s: &mut Value| {
            s["properties"]["other"] = json!({"allOf": [{"$ref": "#/components/schemas/Y"}], "description": "words"});
        };
        assert_eq!(changed(true, wrap), Vec::<String>::new());
    }
}
