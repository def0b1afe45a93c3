//! Visiting the parts of a description: every schema, every `content` map, every operation.
//!
//! The walk follows the grammar of OpenAPI 3.0 instead of looking at every object, so that a property that happens to be called `enum` or
//! `content` is never taken for a keyword.

use serde_json::{Map, Value};

use crate::document::METHODS;

pub(crate) type Object = Map<String, Value>;

/// Calls `visit` on every schema object, the inner ones first.
pub(crate) fn schemas(document: &mut Value, visit: &mut dyn FnMut(&mut Object)) {
    if let Some(components) = member(document, "components") {
        for schema in members(components, "schemas") {
            schema_tree(schema, visit);
        }
        for kind in ["parameters", "headers"] {
            members(components, kind).for_each(|p| holder(p, visit));
        }
        for kind in ["responses", "requestBodies"] {
            members(components, kind).for_each(|r| message(r, visit));
        }
    }
    operations(document, &mut |operation| {
        if let Some(Value::Array(parameters)) = operation.get_mut("parameters") {
            for parameter in parameters {
                holder(parameter, visit);
            }
        }
        if let Some(body) = operation.get_mut("requestBody") {
            message(body, visit);
        }
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            responses.values_mut().for_each(|r| message(r, visit));
        }
    });
}

/// Calls `visit` on every named component schema, and not on the schemas within.
pub(crate) fn components(document: &mut Value, visit: &mut dyn FnMut(&str, &mut Object)) {
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        for (name, schema) in schemas {
            if let Value::Object(schema) = schema {
                visit(name, schema);
            }
        }
    }
}

/// Calls `visit` on every operation, and on every path item as far as it has parameters of its own.
pub(crate) fn operations(document: &mut Value, visit: &mut dyn FnMut(&mut Object)) {
    for item in members(document, "paths") {
        let Value::Object(item) = item else { continue };
        if item.contains_key("parameters") {
            let mut shared = Object::new();
            shared.extend(item.remove_entry("parameters"));
            visit(&mut shared);
            item.extend(shared);
        }
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get_mut(method) {
                visit(operation);
            }
        }
    }
}

/// Calls `visit` on every parameter, shared ones too.
pub(crate) fn parameters(document: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(Value::Object(parameters)) = document.pointer_mut("/components/parameters") {
        parameters.values_mut().for_each(&mut *visit);
    }
    operations(document, &mut |operation| {
        if let Some(Value::Array(parameters)) = operation.get_mut("parameters") {
            parameters.iter_mut().for_each(&mut *visit);
        }
    });
}

/// Calls `visit` on every `content` map: media type to body.
pub(crate) fn contents(document: &mut Value, visit: &mut dyn FnMut(&mut Object)) {
    let mut in_message = |message: &mut Value| {
        if let Some(Value::Object(content)) = member(message, "content") {
            visit(content);
        }
    };
    if let Some(components) = member(document, "components") {
        for kind in ["responses", "requestBodies"] {
            members(components, kind).for_each(&mut in_message);
        }
    }
    operations(document, &mut |operation| {
        operation.get_mut("requestBody").into_iter().for_each(&mut in_message);
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            responses.values_mut().for_each(&mut in_message);
        }
    });
}

/// Calls `visit` on every `responses` map of an operation: status to answer.
pub(crate) fn responses(document: &mut Value, visit: &mut dyn FnMut(&mut Object)) {
    operations(document, &mut |operation| {
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            visit(responses);
        }
    });
}

fn schema_tree(schema: &mut Value, visit: &mut dyn FnMut(&mut Object)) {
    let Value::Object(schema) = schema else { return };
    for (keyword, value) in schema.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => properties.values_mut().for_each(|p| schema_tree(p, visit)),
            ("allOf" | "oneOf" | "anyOf", Value::Array(members)) => {
                for member in members {
                    schema_tree(member, visit);
                }
            }
            ("items" | "additionalProperties" | "not", inner) => schema_tree(inner, visit),
            _ => {}
        }
    }
    visit(schema);
}

/// A parameter or header: its schema, or those of its content.
fn holder(holder: &mut Value, visit: &mut dyn FnMut(&mut Object)) {
    if let Some(schema) = member(holder, "schema") {
        schema_tree(schema, visit);
    }
    message(holder, visit);
}

/// A request body or answer: the schemas of its content and headers.
fn message(message: &mut Value, visit: &mut dyn FnMut(&mut Object)) {
    for body in members(message, "content") {
        if let Some(schema) = member(body, "schema") {
            schema_tree(schema, visit);
        }
    }
    members(message, "headers").for_each(|h| {
        if let Some(schema) = member(h, "schema") {
            schema_tree(schema, visit);
        }
    });
}

fn member<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    value.as_object_mut()?.get_mut(name)
}

fn members<'a>(value: &'a mut Value, name: &str) -> impl Iterator<Item = &'a mut Value> {
    member(value, name)
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(Map::values_mut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_property_called_like_a_keyword_is_a_property() {
        let mut document = json!({"components": {"schemas": {"A": {"properties": {
            "items": {"type": "string"}, "properties": {"type": "integer"}
        }}}}});
        let mut types = Vec::new();
        schemas(&mut document, &mut |s| types.extend(s.get("type").cloned()));
        assert_eq!(types, [json!("string"), json!("integer")]);
    }

    #[test]
    fn schemas_are_found_in_every_place_that_can_hold_one() {
        let text = json!({"type": "string"});
        let content = json!({"application/json": {"schema": text}});
        let mut document = json!({
            "paths": {"/a": {
                "parameters": [{"schema": text}],
                "get": {
                    "parameters": [{"schema": text}],
                    "requestBody": {"content": content},
                    "responses": {"200": {"content": content, "headers": {"x": {"schema": text}}}},
                },
            }},
            "components": {
                "schemas": {"A": {"allOf": [text], "additionalProperties": {"items": text}}},
                "parameters": {"p": {"schema": text}},
                "responses": {"r": {"content": content}},
                "requestBodies": {"b": {"content": content}},
            },
        });
        let before = document.clone();
        let mut count = 0;
        schemas(&mut document, &mut |s| count += usize::from(s.contains_key("type")));
        assert_eq!(count, 10);
        assert_eq!(document, before);
    }
}
