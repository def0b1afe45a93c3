//! Parts of a schema: references, what an `allOf` comes to, fields.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Pair;
use crate::document::resolve;

/// Keywords that say nothing of which values fit.
const WORDS: &[&str] = &[
    "default",
    "deprecated",
    "description",
    "example",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

/// `schema` itself, or the only part of its `allOf` that says anything: how 3.0 adds words to a reference.
pub(super) fn bare(schema: &Value) -> &Value {
    let Some(members) = schema.get("allOf").and_then(Value::as_array) else {
        return schema;
    };
    let mut telling = members.iter().filter(|member| !is_only_words(member));
    match (telling.next(), telling.next()) {
        (Some(only), None) if schema.get("properties").is_none() => bare(only),
        _ => schema,
    }
}

fn is_only_words(schema: &Value) -> bool {
    let says_nothing = |key: &String| WORDS.contains(&key.as_str()) || key.starts_with("x-");
    schema.as_object().is_some_and(|schema| schema.keys().all(says_nothing))
}

/// The reference that `schema` is, with or without words around it.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    bare(schema).get("$ref").and_then(Value::as_str)
}

/// What people call the target of a reference: the name of a component schema, or else all of the reference.
pub(super) fn target(reference: &str) -> &str {
    reference
        .strip_prefix("#/components/schemas/")
        .filter(|name| !name.contains('/'))
        .unwrap_or(reference)
}

/// `schema` with all that its `allOf` adds; the properties of its own first, those that come from elsewhere by name, as in the code.
pub(super) fn whole<'a>(root: &'a Value, schema: &'a Value) -> Cow<'a, Value> {
    let schema = bare(schema);
    let Some(own) = schema.as_object().filter(|own| own.contains_key("allOf")) else {
        return Cow::Borrowed(schema);
    };
    let mut whole = Map::new();
    add(root, own, &mut BTreeSet::new(), &mut whole);
    let known = own.get("properties").and_then(Value::as_object);
    if let Some(Value::Object(properties)) = whole.get_mut("properties") {
        let position = |name: &String| known.and_then(|known| known.keys().position(|other| other == name));
        let mut sorted: Vec<(String, Value)> = std::mem::take(properties).into_iter().collect();
        sorted.sort_by(|(one, _), (other, _)| {
            let place = |name| position(name).unwrap_or(usize::MAX);
            (place(one), one).cmp(&(place(other), other))
        });
        properties.extend(sorted);
    }
    Cow::Owned(Value::Object(whole))
}

/// Adds all keywords of `part` to `whole`; `seen` are the references that were followed, each once, since twice adds nothing.
fn add<'a>(
    root: &'a Value,
    part: &'a Map<String, Value>,
    seen: &mut BTreeSet<&'a str>,
    whole: &mut Map<String, Value>,
) {
    if let Some(reference) = part.get("$ref").and_then(Value::as_str) {
        if seen.insert(reference)
            && let Ok(Value::Object(target)) = resolve(root, reference)
        {
            add(root, target, seen, whole);
        }
        return;
    }
    for (keyword, value) in part {
        match (keyword.as_str(), value, whole.get_mut(keyword)) {
            ("properties", Value::Object(more), Some(Value::Object(there))) => {
                for (name, property) in more {
                    let property = match there.get(name) {
                        Some(other) if other != property => json!({"allOf": [other, property]}),
                        _ => property.clone(),
                    };
                    there.insert(name.clone(), property);
                }
            }
            ("required", Value::Array(more), Some(Value::Array(there))) => there.extend(more.iter().cloned()),
            ("allOf", _, _) | (_, _, Some(_)) => {}
            (_, _, None) => {
                whole.insert(keyword.clone(), value.clone());
            }
        }
    }
    let members = part.get("allOf").and_then(Value::as_array);
    for member in members.into_iter().flatten().filter_map(Value::as_object) {
        add(root, member, seen, whole);
    }
}

/// Whether `schema` is put together from several by an `allOf`.
pub(super) fn is_composed(schema: &Value) -> bool {
    bare(schema).get("allOf").is_some()
}

/// The composed schemas that were compared.
///
/// Unlike a reference, a composition has no place of its own at which it is compared, and its fields may lead back to it.
#[derive(Default)]
pub(super) struct Compositions(BTreeSet<(String, String)>);

impl Compositions {
    /// Whether the two must be compared: always, unless both are compositions that were.
    pub(super) fn is_new(&mut self, both: Pair<&Value>) -> bool {
        let composed = both.map(is_composed);
        !(composed.old && composed.new) || self.0.insert((both.old.to_string(), both.new.to_string()))
    }
}

/// The properties, in their order.
pub(super) fn properties(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties
        .into_iter()
        .flatten()
        .map(|(name, property)| (name.as_str(), property))
}

/// The property called `name`.
pub(super) fn property<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    schema.get("properties")?.get(name)
}

/// Whether the property called `name` must be there.
pub(super) fn is_required(schema: &Value, name: &str) -> bool {
    list(schema, "required").any(|required| required.as_str() == Some(name))
}

/// The elements of the array under `key`.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

pub(super) fn is_true(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

/// The members of the choice under `keyword` in both, if there are as many of them, each with what it is called.
pub(super) fn members<'a>(place: &str, keyword: &str, both: Pair<&'a Value>) -> Vec<(String, Pair<&'a Value>)> {
    let all = both.map(|schema| list(schema, keyword).collect::<Vec<_>>());
    if all.old.len() != all.new.len() {
        return Vec::new();
    }
    let pairs = all.old.into_iter().zip(all.new);
    pairs
        .enumerate()
        .map(|(index, (old, new))| (format!("{place}: {keyword} {}", index + 1), Pair { old, new }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_in_its_words() {
        for (schema, name) in [
            (json!({"$ref": "#/components/schemas/A"}), Some("A")),
            (
                json!({"allOf": [{"$ref": "#/components/schemas/A"}], "nullable": true}),
                Some("A"),
            ),
            (
                json!({"allOf": [{"$ref": "#/components/schemas/A"}, {"description": "x"}]}),
                Some("A"),
            ),
            (
                json!({"allOf": [{"$ref": "#/components/schemas/A"}, {"required": ["a"]}]}),
                None,
            ),
            (
                json!({"allOf": [{"$ref": "#/components/schemas/A"}], "properties": {}}),
                None,
            ),
            (
                json!({"$ref": "#/components/schemas/A/properties/b"}),
                Some("#/components/schemas/A/properties/b"),
            ),
        ] {
            assert_eq!(reference(&schema).map(target), name, "{schema}");
        }
    }

    #[test]
    fn an_all_of_comes_to_all_fields_its_own_first_and_the_others_by_name() {
        let root = json!({"components": {"schemas": {
            "Base": {"type": "object", "required": ["z"], "properties": {"z": {"type": "string"}, "b": {"type": "string"}}},
        }}});
        let base = json!({"$ref": "#/components/schemas/Base"});
        let schema = json!({
            "required": ["q"], "properties": {"q": {}, "p": {}},
            "allOf": [base, base, {"required": ["b"], "maxProperties": 9, "properties": {"q": {"maxLength": 1}}}],
        });
        let whole = whole(&root, &schema);
        let names: Vec<&str> = properties(&whole).map(|(name, _)| name).collect();
        assert_eq!(names, ["q", "p", "b", "z"]);
        assert_eq!(whole["required"], json!(["q", "z", "b"]));
        assert_eq!(whole["maxProperties"], json!(9));
        assert_eq!(whole["properties"]["q"], json!({"allOf": [{}, {"maxLength": 1}]}));
    }

    #[test]
    fn a_schema_without_all_of_is_left_as_it_is() {
        let schema = json!({"properties": {"b": {}, "a": {}}});
        assert!(matches!(whole(&schema, &schema), Cow::Borrowed(it) if *it == schema));
    }
}
