//! References lead straight to whole components: what is elsewhere becomes a component, or is written in place.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use serde_json::{Value, json};

use super::walk::{self, Object};
use crate::document::{follow, pointer, resolve, tokens};

const SCHEMAS: &str = "#/components/schemas/";

/// Replaces `#/components/schemas/X/properties/y` by a new component `XY`, at its place and at every use; and a reference to a parameter, body or
/// answer by what it leads to, unless that is a component.
///
/// The generator knows only references to whole components. A name that is taken gets a number. References that lead nowhere or round in a
/// circle stay as they are: they have been refused.
pub(super) fn hoist_deep_refs(document: &mut Value) {
    hoist_schemas(document);
    write_parts_in_place(document);
}

fn hoist_schemas(document: &mut Value) {
    let mut deep = BTreeSet::new();
    walk::schemas(document, &mut |schema| {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
            && !is_component(reference, "schemas")
        {
            deep.insert(reference.to_owned());
        }
    });
    // The deepest first: where one leads into another, the other takes it along. So one round is enough, whatever leads where.
    let mut deep: Vec<String> = deep.into_iter().collect();
    deep.sort_by_key(|reference| std::cmp::Reverse(reference.matches('/').count()));
    for reference in deep {
        if let Some(replacement) = hoist(document, &reference) {
            walk::schemas(document, &mut |schema| {
                if schema.get("$ref").and_then(Value::as_str) == Some(&reference) {
                    schema.insert("$ref".into(), replacement.clone());
                }
            });
        }
    }
}

/// Makes a component of what `reference` leads to; returns the reference to it.
fn hoist(document: &mut Value, reference: &str) -> Option<Value> {
    let target = resolve(document, reference).ok()?.clone();
    let pointer = pointer(reference).ok()?;
    if let ["components", "schemas", name] = tokens(&pointer)
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        return Some(json!(format!("{SCHEMAS}{name}")));
    }
    // What the reference leads to may be a reference to a component already: then that is the new target.
    let replacement = match target.get("$ref") {
        Some(already) => already.clone(),
        None => json!(format!(
            "{SCHEMAS}{}",
            add_component(document, &name_of(&pointer), target)
        )),
    };
    *document.pointer_mut(&pointer)? = json!({ "$ref": replacement });
    Some(replacement)
}

/// Whether `reference` leads to a whole component of its kind, by a name without escapes.
fn is_component(reference: &str, kind: &str) -> bool {
    let name = reference
        .strip_prefix("#/components/")
        .and_then(|path| path.strip_prefix(kind)?.strip_prefix('/'));
    name.is_some_and(|name| !name.contains(['/', '~', '%']))
}

/// What the schema at `pointer` is called as a component: as the component that it is in, and the last step to it.
fn name_of(pointer: &str) -> String {
    let tokens = tokens(pointer);
    match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["components", "schemas", owner, .., last] => format!("{owner}{}", last.to_upper_camel_case()),
        ["components", _, steps @ .., "schema"] | ["paths", steps @ .., "schema"] => {
            steps.join(" ").to_upper_camel_case()
        }
        steps => steps.join(" ").to_upper_camel_case(),
    }
}

fn add_component(document: &mut Value, wanted: &str, schema: Value) -> String {
    let Some(schemas) = schemas_of(document) else {
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

/// The component schemas, which need not be there yet.
fn schemas_of(document: &mut Value) -> Option<&mut Object> {
    let components = document
        .as_object_mut()?
        .entry("components")
        .or_insert_with(|| json!({}));
    let schemas = components
        .as_object_mut()?
        .entry("schemas")
        .or_insert_with(|| json!({}));
    schemas.as_object_mut()
}

fn write_parts_in_place(document: &mut Value) {
    let written = document.clone();
    let write = |part: &mut Value, kind: &str| {
        let Some(reference) = part.get("$ref").and_then(Value::as_str) else {
            return;
        };
        // A component that is a reference itself would be followed only half of the way.
        let whole =
            is_component(reference, kind) && resolve(&written, reference).is_ok_and(|it| it.get("$ref").is_none());
        if !whole && let Ok(end) = follow(&written, part) {
            *part = end.clone();
        }
    };
    walk::operations(document, &mut |operation| {
        if let Some(Value::Array(parameters)) = operation.get_mut("parameters") {
            for part in parameters {
                write(part, "parameters");
            }
        }
        if let Some(body) = operation.get_mut("requestBody") {
            write(body, "requestBodies");
        }
        if let Some(Value::Object(answers)) = operation.get_mut("responses") {
            for part in answers.values_mut() {
                write(part, "responses");
            }
        }
    });
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

    #[test]
    fn escapes_of_a_pointer_are_undone() {
        let mut document = json!({"components": {"schemas": {
            "M": {"properties": {"a b": {"type": "string"}, "c/d": {"type": "integer"}}},
            "N": {"properties": {
                "space": {"$ref": "#/components/schemas/M/properties/a%20b"},
                "slash": {"$ref": "#/components/schemas/M/properties/c~1d"},
            }},
        }}});
        hoist_deep_refs(&mut document);
        let properties = document["components"]["schemas"]["N"]["properties"].clone();
        assert_eq!(properties["space"]["$ref"], "#/components/schemas/MAB");
        assert_eq!(properties["slash"]["$ref"], "#/components/schemas/MCD");
    }

    #[test]
    fn a_whole_component_is_called_by_its_name_without_escapes() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let mut document =
            json!({"components": {"schemas": {"Größe": {"type": "integer"}, "A": reference("Gr%C3%B6%C3%9Fe")}}});
        hoist_deep_refs(&mut document);
        assert_eq!(
            document["components"]["schemas"],
            json!({"Größe": {"type": "integer"}, "A": reference("Größe")})
        );
    }

    #[test]
    fn references_into_what_is_hoisted_itself_are_hoisted_as_well() {
        let deep = |path: &str| json!({"$ref": format!("#/components/schemas/M/properties/{path}")});
        let mut document = json!({"components": {"schemas": {
            "M": {"properties": {"a": {"properties": {"b": {"type": "string"}, "me": deep("a")}}}},
            "N": {"properties": {"a": deep("a"), "b": deep("a/properties/b"), "c": {"$ref": "#/components/schemas/N/properties/a"}}},
        }}});
        hoist_deep_refs(&mut document);
        let schemas = &document["components"]["schemas"];
        for property in ["a", "c"] {
            assert_eq!(schemas["N"]["properties"][property]["$ref"], "#/components/schemas/MA");
        }
        assert_eq!(schemas["N"]["properties"]["b"]["$ref"], "#/components/schemas/MB");
        assert_eq!(schemas["MA"]["properties"]["me"]["$ref"], "#/components/schemas/MA");
        assert_eq!(schemas["MA"]["properties"]["b"]["$ref"], "#/components/schemas/MB");
    }

    #[test]
    fn circles_and_references_to_nowhere_come_to_an_end() {
        let deep = |path: &str| json!({"$ref": format!("#/components/schemas/M/properties/{path}")});
        for properties in [
            json!({"a": deep("a")}),
            json!({"a": deep("b"), "b": deep("a")}),
            json!({"a": deep("c"), "b": {"$ref": "#/info"}}),
        ] {
            hoist_deep_refs(&mut json!({"components": {"schemas": {"M": {"properties": properties}}}}));
        }
    }

    #[test]
    fn a_schema_of_a_parameter_or_answer_becomes_a_component_too() {
        let mut document = json!({
            "paths": {"/a/{id}": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}}}}},
            "components": {"parameters": {"pageSize": {"name": "limit", "in": "query", "schema": {"type": "integer"}}}},
        });
        let reference = |path: &str| json!({"schema": {"$ref": path}});
        let answer = "#/paths/~1a~1%7Bid%7D/get/responses/200/content/application~1json/schema";
        document["paths"]["/b"] = json!({"get": {"parameters": [
            reference("#/components/parameters/pageSize/schema"),
            reference(answer),
        ]}});
        hoist_deep_refs(&mut document);
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["PageSize"], json!({"type": "integer"}));
        assert_eq!(
            schemas["AIdGetResponses200ContentApplicationJson"],
            json!({"type": "object"})
        );
        assert_eq!(
            document["paths"]["/b"]["get"]["parameters"],
            json!([
                reference("#/components/schemas/PageSize"),
                reference("#/components/schemas/AIdGetResponses200ContentApplicationJson"),
            ])
        );
    }

    #[test]
    fn a_part_that_is_no_component_or_a_chain_is_written_in_place() {
        let answer = json!({"description": "A."});
        let mut document = json!({
            "paths": {
                "/a": {"get": {"responses": {"200": answer}}},
                "/b": {"get": {
                    "parameters": [{"$ref": "#/components/parameters/p"}, {"$ref": "#/components/parameters/q"}],
                    "requestBody": {"$ref": "#/components/requestBodies/a~1b"},
                    "responses": {"200": {"$ref": "#/paths/~1a/get/responses/200"}, "404": {"$ref": "#/components/responses/none"}},
                }},
            },
            "components": {
                "parameters": {"p": {"$ref": "#/components/parameters/q"}, "q": {"name": "q"}},
                "requestBodies": {"a/b": {"content": {}}},
            },
        });
        hoist_deep_refs(&mut document);
        assert_eq!(
            document["paths"]["/b"]["get"],
            json!({
                "parameters": [{"name": "q"}, {"$ref": "#/components/parameters/q"}],
                "requestBody": {"content": {}},
                "responses": {"200": answer, "404": {"$ref": "#/components/responses/none"}},
            })
        );
    }
}
