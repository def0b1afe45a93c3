//! A reference into a schema becomes a reference to a named component.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use serde_json::{Value, json};

use super::walk;

const SCHEMAS: &str = "#/components/schemas/";

/// Replaces `#/components/schemas/X/properties/y` by a new component `XY`, at its place and at every use.
///
/// The generator knows only references to whole components. A name that is taken gets a number.
pub(super) fn hoist_deep_refs(document: &mut Value) {
    // A hoisted schema may itself hold deep references, so go on until there are none; each round removes at least one.
    loop {
        let mut deep = BTreeMap::new();
        walk::schemas(document, &mut |schema| {
            if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
                && let Some(path) = reference.strip_prefix(SCHEMAS)
                && let Some((owner, inner)) = path.split_once('/')
            {
                let last = inner.rsplit('/').next().unwrap_or(inner);
                deep.insert(reference.to_owned(), format!("{}{}", owner, last.to_upper_camel_case()));
            }
        });
        if deep.is_empty() {
            return;
        }
        for (reference, name) in deep {
            let pointer = reference.trim_start_matches('#').to_owned();
            let Some(target) = document.pointer(&pointer).cloned() else {
                continue;
            };
            // What the reference leads to may be a reference to a component already: then that is the new target.
            let replacement = match target.get("$ref") {
                Some(already) => already.clone(),
                None => json!(format!("{SCHEMAS}{}", add_component(document, &name, target))),
            };
            if let Some(place) = document.pointer_mut(&pointer) {
                *place = json!({ "$ref": replacement });
            }
            walk::schemas(document, &mut |schema| {
                if schema.get("$ref").and_then(Value::as_str) == Some(&reference) {
                    schema.insert("$ref".into(), replacement.clone());
                }
            });
        }
    }
}

fn add_component(document: &mut Value, wanted: &str, schema: Value) -> String {
    let Some(schemas) = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    else {
        return wanted.to_owned();
    };
    let mut name = wanted.to_owned();
    for number in 2.. {
        match schemas.get(&name) {
            Some(existing) if *existing != schema => name = format!("{wanted}{number}"),
            _ => break,
        }
    }
    schemas.insert(name.clone(), schema);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_reference_becomes_a_component() {
        let deep = json!({"$ref": "#/components/schemas/User/properties/userId"});
        let mut document = json!({"components": {"schemas": {
            "User": {"properties": {"userId": {"type": "string"}}},
            "Role": {"properties": {"owner": deep}},
        }}});
        hoist_deep_refs(&mut document);
        let shallow = json!({"$ref": "#/components/schemas/UserUserId"});
        assert_eq!(
            document.pointer("/components/schemas/UserUserId"),
            Some(&json!({"type": "string"}))
        );
        assert_eq!(
            document.pointer("/components/schemas/User/properties/userId"),
            Some(&shallow)
        );
        assert_eq!(
            document.pointer("/components/schemas/Role/properties/owner"),
            Some(&shallow)
        );
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut document = json!({"components": {"schemas": {
            "User": {"properties": {"id": {"type": "string"}}},
            "UserId": {"type": "integer"},
            "Role": {"properties": {"owner": {"$ref": "#/components/schemas/User/properties/id"}}},
        }}});
        hoist_deep_refs(&mut document);
        assert_eq!(
            document.pointer("/components/schemas/UserId/type"),
            Some(&json!("integer"))
        );
        assert_eq!(
            document.pointer("/components/schemas/Role/properties/owner/$ref"),
            Some(&json!("#/components/schemas/UserId2"))
        );
    }

    #[test]
    fn a_deep_reference_to_a_reference_goes_straight_to_its_target() {
        let mut document = json!({"components": {"schemas": {
            "Id": {"type": "string"},
            "User": {"properties": {"id": {"$ref": "#/components/schemas/Id"}}},
            "Role": {"properties": {"owner": {"$ref": "#/components/schemas/User/properties/id"}}},
        }}});
        hoist_deep_refs(&mut document);
        assert_eq!(
            document.pointer("/components/schemas/Role/properties/owner/$ref"),
            Some(&json!("#/components/schemas/Id"))
        );
    }
}
