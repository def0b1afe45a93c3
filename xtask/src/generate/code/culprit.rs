//! Which part of a description progenitor cannot take: it says what is wrong, and not where.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::progenitor;
use crate::document::{OperationRef, escape, operations, pointer, references, tokens};

/// The place of the first part that progenitor cannot take by itself: a component with all that it refers to, the smallest first, or an
/// operation. None where it is the head of the description, or only several parts together.
pub(super) fn of(document: &Value) -> Option<String> {
    let mut parts: Vec<Part> = components(document).collect();
    parts.sort_by_key(|part| part.needed.len());
    parts.extend(operations(document).map(|operation| Part::of_operation(document, &operation)));
    let fails = |part: &Part| progenitor::run(part.alone(document)).is_err();
    if fails(&Part::default()) {
        return None;
    }
    parts.into_iter().find(fails).map(|part| part.place)
}

/// A part of a description, and all that it needs.
#[derive(Default)]
struct Part {
    place: String,
    /// The paths with the one operation, if the part is one.
    paths: Map<String, Value>,
    /// The pointers of components.
    needed: BTreeSet<String>,
}

impl Part {
    fn of_operation(document: &Value, operation: &OperationRef<'_>) -> Self {
        let mut item = Map::new();
        item.insert(operation.method.to_owned(), operation.value.clone());
        let shared = document.pointer(&format!("/paths/{}/parameters", escape(operation.path)));
        item.extend(shared.map(|parameters| ("parameters".to_owned(), parameters.clone())));
        let item = Value::Object(item);
        Self {
            place: operation.place(),
            needed: needed(document, &item),
            paths: Map::from_iter([(operation.path.to_owned(), item)]),
        }
    }

    /// The description of nothing but this part.
    fn alone(&self, document: &Value) -> Value {
        let mut components: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
        for pointer in &self.needed {
            if let ([_, kind, name], Some(component)) = (tokens(pointer).as_slice(), document.pointer(pointer)) {
                let named = components.entry(kind.clone()).or_default();
                named.insert(name.clone(), component.clone());
            }
        }
        json!({
            "openapi": document.get("openapi"), "info": document.get("info"),
            "paths": self.paths, "components": components,
        })
    }
}

/// Every component that code is made from.
fn components(document: &Value) -> impl Iterator<Item = Part> {
    let all = document.get("components").and_then(Value::as_object);
    let kinds = all.into_iter().flatten();
    let kinds =
        kinds.filter(|(kind, _)| matches!(kind.as_str(), "schemas" | "parameters" | "requestBodies" | "responses"));
    kinds.flat_map(move |(kind, named)| {
        let names = named.as_object().into_iter().flatten();
        names.map(move |(name, component)| {
            let pointer = format!("/components/{kind}/{}", escape(name));
            let mut needed = needed(document, component);
            needed.insert(pointer.clone());
            Part {
                place: format!("#{pointer}"),
                paths: Map::new(),
                needed,
            }
        })
    })
}

/// The components that `value` refers to, at any depth.
fn needed(document: &Value, value: &Value) -> BTreeSet<String> {
    let mut needed = BTreeSet::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        for (_, reference) in references(value) {
            if let Ok(pointer) = pointer(reference)
                && let Some(component) = document.pointer(&pointer)
                && needed.insert(pointer.into_owned())
            {
                open.push(component);
            }
        }
    }
    needed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        json!({
            "openapi": "3.0.3", "info": {"title": "t", "version": "1"},
            "paths": {
                "/a": {"get": {"operationId": "getA", "responses": {"200": {"description": "A."}}}},
                "/b": {"get": {"operationId": "getB", "responses": {"200": {"description": "B.", "content": {
                    "application/json": {"schema": reference("Outer")},
                }}}}},
            },
            "components": {"schemas": {
                "Outer": {"type": "object", "properties": {"inner": reference("Inner")}},
                "Inner": {"type": "object", "properties": {"outer": reference("Outer"), "last": reference("Last")}},
                "Last": {"type": "string"},
            }},
        })
    }

    #[test]
    fn what_can_be_taken_has_no_culprit() {
        assert_eq!(of(&document()), None);
    }

    #[test]
    fn the_operation_is_named() {
        let mut document = document();
        document["paths"]["/b"]["get"]["parameters"] = json!([{"name": "q", "in": "cookie", "schema": {}}]);
        assert_eq!(of(&document), Some("getB".to_owned()));
    }

    #[test]
    fn the_component_is_named_and_not_what_uses_it() {
        let mut document = document();
        document["components"]["schemas"]["Last"] = json!({"type": "strng"});
        assert_eq!(of(&document), Some("#/components/schemas/Last".to_owned()));
    }

    #[test]
    fn the_head_is_no_part() {
        let mut document = document();
        document["info"] = json!(null);
        assert_eq!(of(&document), None);
    }
}
