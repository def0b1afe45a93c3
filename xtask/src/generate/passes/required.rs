//! Which properties must be present: fewer than descriptions say.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::walk::{self, Object};
use crate::generate::usage::Usage;

/// Marks, on the schema of a list or map, that `null` is read as an empty one.
pub(crate) const NULL_IS_EMPTY: &str = "x-null-is-empty";

/// Marks, on the schema of a list or map, that an empty one is written as well: whoever reads it counts on it.
pub(crate) const ALWAYS_WRITTEN: &str = "x-always-written";

/// Removes from `required` the names that no property declares: no answer could ever be decoded.
pub(super) fn drop_undeclared_required(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        retain_required(schema, |_, property| property.is_some());
    });
}

/// Makes properties that only the service sets optional: whoever creates a thing cannot give them.
///
/// `readOnly` may stand on the property or on the component that it refers to.
pub(super) fn read_only_is_optional(document: &mut Value) {
    let mut read_only = BTreeSet::new();
    walk::components(document, &mut |name, schema| {
        if is_true(schema, "readOnly") {
            read_only.insert(reference(name));
        }
    });
    walk::schemas(document, &mut |schema| {
        retain_required(schema, |_, property| {
            let Some(Value::Object(property)) = property else {
                return true;
            };
            !is_true(property, "readOnly") && !target(property).is_some_and(|target| read_only.contains(target))
        });
    });
}

/// Makes the fields of what only ever arrives optional, save identifiers: a service that drops one must not break its users.
///
/// That is models, the models within them, and answers that are described where they arrive. Lists and maps become empty ones instead of `Option`,
/// since nobody sends them back. The members of a choice (`oneOf`, `anyOf`) stay as they are: their required fields tell them apart.
pub(super) fn answers_lose_fields_gracefully(document: &mut Value) {
    let usage = Usage::of(document);
    let choices = members_of_choices(document);
    walk::components(document, &mut |name, schema| {
        if usage.only_in_answers(name) && !choices.contains(&reference(name)) {
            lose_fields_gracefully(schema);
        }
    });
    walk::responses(document, &mut |responses| {
        for answer in responses.values_mut() {
            let contents = answer.get_mut("content").and_then(Value::as_object_mut);
            for media in contents.into_iter().flat_map(|contents| contents.values_mut()) {
                if let Some(Value::Object(schema)) = media.get_mut("schema") {
                    lose_fields_gracefully(schema);
                }
            }
        }
    });
}

fn lose_fields_gracefully(schema: &mut Object) {
    let always = required(schema);
    retain_required(schema, |name, property| {
        is_identifier(name)
            && property.is_some_and(|p| p.get("type") == Some(&json!("string")) || p.get("$ref").is_some())
    });
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (name, property) in properties.into_iter().flatten() {
        let Value::Object(property) = property else { continue };
        if is_collection(property) {
            property.shift_remove("nullable");
            property.insert(NULL_IS_EMPTY.into(), json!(true));
            if always.contains(name) {
                property.insert(ALWAYS_WRITTEN.into(), json!(true));
            }
        }
        lose_fields_gracefully(property);
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(Value::Object(inner)) = schema.get_mut(keyword) {
            lose_fields_gracefully(inner);
        }
    }
    if let Some(Value::Array(members)) = schema.get_mut("allOf") {
        members
            .iter_mut()
            .filter_map(Value::as_object_mut)
            .for_each(lose_fields_gracefully);
    }
}

/// The references among the members of every `oneOf` and `anyOf`.
pub(crate) fn members_of_choices(document: &Value) -> BTreeSet<String> {
    let mut references = BTreeSet::new();
    // The walk is one that may change what it sees.
    walk::schemas(&mut document.clone(), &mut |schema| {
        for keyword in ["oneOf", "anyOf"] {
            let members = schema.get(keyword).and_then(Value::as_array);
            let members = members
                .into_iter()
                .flatten()
                .filter_map(|member| member.get("$ref")?.as_str());
            references.extend(members.map(str::to_owned));
        }
    });
    references
}

/// Makes properties that are only sent optional in models that arrive too: no answer has them.
pub(super) fn write_only_is_optional(document: &mut Value) {
    let usage = Usage::of(document);
    walk::components(document, &mut |name, schema| {
        if usage.in_answers(name) {
            retain_required(schema, |_, property| {
                !property
                    .and_then(Value::as_object)
                    .is_some_and(|property| is_true(property, "writeOnly"))
            });
        }
    });
}

/// Moves `nullable` from a component to where it is used: the properties that refer to it become optional, elements of lists and maps nullable.
///
/// Otherwise the generator wraps the component: `Link(Option<LinkInner>)`.
pub(super) fn lift_nullable_components(document: &mut Value) {
    let mut nullable = BTreeSet::new();
    walk::components(document, &mut |name, schema| {
        if schema.shift_remove("nullable") == Some(json!(true)) {
            nullable.insert(reference(name));
        }
    });
    walk::schemas(document, &mut |schema| {
        retain_required(schema, |_, property| {
            let Some(Value::Object(property)) = property else {
                return true;
            };
            !target(property).is_some_and(|target| nullable.contains(target))
        });
        for keyword in ["items", "additionalProperties"] {
            let Some(element) = schema.get_mut(keyword) else {
                continue;
            };
            let target = element.get("$ref").and_then(Value::as_str);
            if target.is_some_and(|target| nullable.contains(target)) {
                // Beside a reference nothing counts, so it goes into an `allOf` of its own.
                *element = json!({"allOf": [element.take()], "nullable": true});
            }
        }
    });
}

/// Makes optional lists and maps nullable, so that they become `Option`: absent, `null` and empty stay three things, and an empty one can be
/// sent.
pub(super) fn optional_collections_are_nullable(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        let required = required(schema);
        for (name, property) in schema
            .get_mut("properties")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            if let Value::Object(property) = property
                && is_collection(property)
                && !required.contains(name)
                && !is_true(property, NULL_IS_EMPTY)
            {
                property.insert("nullable".into(), json!(true));
            }
        }
    });
}

/// Keeps in `required` the names for which `keep` says so, given the property; removes an empty list.
fn retain_required(schema: &mut Object, keep: impl Fn(&str, Option<&Value>) -> bool) {
    if !schema.contains_key("properties") {
        return;
    }
    let kept: BTreeSet<String> = required(schema)
        .into_iter()
        .filter(|name| {
            keep(
                name,
                schema.get("properties").and_then(|properties| properties.get(name)),
            )
        })
        .collect();
    if let Some(Value::Array(names)) = schema.get_mut("required") {
        names.retain(|name| name.as_str().is_some_and(|name| kept.contains(name)));
        if names.is_empty() {
            schema.shift_remove("required");
        }
    }
}

fn required(schema: &Object) -> BTreeSet<String> {
    let names = schema.get("required").and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// A list, or a map: an object without properties of its own.
fn is_collection(schema: &Object) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some("array") => true,
        Some("object") => !schema.contains_key("properties"),
        _ => false,
    }
}

/// `id`, `userId`, `user_id`: what a thing is found again by.
pub(crate) fn is_identifier(name: &str) -> bool {
    name == "id" || name.ends_with("Id") || name.ends_with("_id")
}

fn is_true(schema: &Object, keyword: &str) -> bool {
    schema.get(keyword) == Some(&Value::Bool(true))
}

fn reference(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

/// Where a property refers to, directly or through an `allOf` of one.
fn target(property: &Object) -> Option<&str> {
    let wrapped = || {
        property
            .get("allOf")?
            .as_array()
            .filter(|members| members.len() == 1)?
            .first()?
            .get("$ref")
    };
    property.get("$ref").or_else(wrapped)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(pass: fn(&mut Value), schemas: Value) -> Value {
        let mut document = json!({"components": {"schemas": schemas}});
        pass(&mut document);
        document["components"]["schemas"].take()
    }

    #[test]
    fn a_required_name_without_a_property_is_dropped() {
        let schema = json!({"A": {"required": ["a", "b"], "properties": {"a": {}}}});
        assert_eq!(after(drop_undeclared_required, schema)["A"]["required"], json!(["a"]));
        let schema = json!({"A": {"required": ["b"], "properties": {"a": {}}}});
        assert_eq!(after(drop_undeclared_required, schema)["A"].get("required"), None);
    }

    #[test]
    fn read_only_is_optional_on_the_property_through_a_reference_and_through_all_of() {
        let schemas = after(
            read_only_is_optional,
            json!({
                "Links": {"readOnly": true},
                "A": {"required": ["a", "b", "c", "d"], "properties": {
                    "a": {"readOnly": true},
                    "b": {"$ref": "#/components/schemas/Links"},
                    "c": {"allOf": [{"$ref": "#/components/schemas/Links"}]},
                    "d": {"type": "string"},
                }},
            }),
        );
        assert_eq!(schemas["A"]["required"], json!(["d"]));
    }

    #[test]
    fn a_model_that_only_arrives_may_lose_every_field_but_identifiers() {
        let content =
            |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        let model = json!({"required": ["userId", "name", "list"], "properties": {
            "userId": {"type": "string"}, "name": {"type": "string"}, "list": {"type": "array", "nullable": true, "items": {}},
        }});
        let mut document = json!({
            "paths": {"/": {"post": {
                "requestBody": {"content": content("Sent")},
                "responses": {"200": {"content": content("Arrives")}},
            }}},
            "components": {"schemas": {"Sent": model, "Arrives": model}},
        });
        answers_lose_fields_gracefully(&mut document);
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["Sent"], model);
        assert_eq!(schemas["Arrives"]["required"], json!(["userId"]));
        assert_eq!(
            schemas["Arrives"]["properties"]["list"],
            json!({"type": "array", "items": {}, NULL_IS_EMPTY: true, ALWAYS_WRITTEN: true})
        );
    }

    #[test]
    fn so_may_what_is_within_it_and_what_is_described_where_it_arrives() {
        let inner = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "boolean"}}});
        let lost = json!({"type": "object", "properties": {"a": {"type": "boolean"}}});
        let answer = |schema: Value| json!({"200": {"content": {"application/json": {"schema": schema}}}});
        let mut document = json!({
            "paths": {
                "/": {"get": {"responses": answer(inner.clone())}},
                "/a": {"get": {"responses": answer(json!({"$ref": "#/components/schemas/A"}))}},
            },
            "components": {"schemas": {"A": {"allOf": [inner], "properties": {
                "one": inner, "list": {"type": "array", "items": inner}, "map": {"type": "object", "additionalProperties": inner},
            }}}},
        });
        answers_lose_fields_gracefully(&mut document);
        let schema = document
            .pointer("/paths/~1/get/responses/200/content/application~1json/schema")
            .unwrap();
        assert_eq!(schema, &lost);
        let a = &document["components"]["schemas"]["A"];
        assert_eq!(a["allOf"][0], lost);
        assert_eq!(a["properties"]["one"], lost);
        assert_eq!(a["properties"]["list"]["items"], lost);
        assert_eq!(a["properties"]["map"]["additionalProperties"], lost);
    }

    #[test]
    fn the_members_of_a_choice_keep_what_tells_them_apart() {
        let choice = json!({"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]});
        let member = |name: &str| json!({"required": [name], "properties": {name: {"type": "boolean"}}});
        let mut document = json!({
            "paths": {"/": {"get": {"responses": {"200": {"content": {"application/json": {"schema": choice}}}}}}},
            "components": {"schemas": {"A": member("a"), "B": member("b")}},
        });
        let before = document.clone();
        answers_lose_fields_gracefully(&mut document);
        assert_eq!(document, before);
    }

    #[test]
    fn what_is_only_sent_need_not_arrive() {
        let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}});
        let mut document = json!({
            "paths": {"/": {"post": {"requestBody": {"content": content}, "responses": {"200": {"content": content}}}}},
            "components": {"schemas": {"A": {"required": ["a", "b"], "properties": {"a": {"writeOnly": true}, "b": {}}}}},
        });
        write_only_is_optional(&mut document);
        assert_eq!(document["components"]["schemas"]["A"]["required"], json!(["b"]));
    }

    #[test]
    fn nullable_moves_from_a_component_to_its_uses() {
        let schemas = after(
            lift_nullable_components,
            json!({
                "Link": {"nullable": true, "type": "object"},
                "A": {"required": ["self"], "properties": {"self": {"$ref": "#/components/schemas/Link"}}},
                "L": {"type": "array", "items": {"$ref": "#/components/schemas/Link"}},
                "M": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Link"}},
            }),
        );
        assert_eq!(schemas["Link"], json!({"type": "object"}));
        assert_eq!(schemas["A"].get("required"), None);
        let elements = json!({"allOf": [{"$ref": "#/components/schemas/Link"}], "nullable": true});
        assert_eq!(schemas["L"]["items"], elements);
        assert_eq!(schemas["M"]["additionalProperties"], elements);
    }

    #[test]
    fn optional_lists_and_maps_can_be_absent_null_or_empty() {
        let schemas = after(
            optional_collections_are_nullable,
            json!({"A": {"required": ["must"], "properties": {
                "must": {"type": "array"},
                "list": {"type": "array"},
                "map": {"type": "object", "additionalProperties": {}},
                "model": {"type": "object", "properties": {}},
                "arrives": {"type": "array", NULL_IS_EMPTY: true},
            }}}),
        );
        let nullable: Vec<&String> = schemas["A"]["properties"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, p)| p.get("nullable").is_some())
            .map(|(name, _)| name)
            .collect();
        assert_eq!(nullable, ["list", "map"]);
    }
}
