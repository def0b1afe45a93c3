//! References that lead nowhere, and schemas that are made of themselves.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Finding;
use crate::document::{place, references, resolve};

pub(super) fn check(root: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pointer, reference) in references(root) {
        if let Err(bad) = resolve(root, reference) {
            let remedy = "define what it names in this file, or correct it";
            findings.push(Finding::new(place(root, &pointer), bad.to_string(), remedy));
        }
    }
    for (path, item) in root.get("paths").and_then(Value::as_object).into_iter().flatten() {
        if item.get("$ref").is_some() {
            let what = "is a path item elsewhere, whose operations are not found";
            findings.push(Finding::new(path.clone(), what, "write the operations in place"));
        }
    }
    findings.extend(made_of_themselves(root));
    findings
}

/// Component schemas that a reference or an `allOf` leads back to, without a property or item between: no value could ever fit.
fn made_of_themselves(root: &Value) -> Vec<Finding> {
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    let parts: BTreeMap<&str, Vec<&str>> = schemas
        .into_iter()
        .flatten()
        .map(|(name, schema)| (name.as_str(), parts(schema)))
        .collect();
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for name in schemas.into_iter().flatten().map(|(name, _)| name.as_str()) {
        let reached = reachable(&parts, name);
        if reached.contains(name) && !told.contains(name) {
            // All that this one reaches and that reach it back are the same circle: it is told once.
            told.extend(
                reached
                    .into_iter()
                    .filter(|other| reachable(&parts, other).contains(name)),
            );
            let what = format!("the schema `{name}` is made of itself");
            let remedy = "break the circle of `$ref` and `allOf`";
            findings.push(Finding::new(format!("#/components/schemas/{name}"), what, remedy));
        }
    }
    findings
}

/// The component schemas that `schema` is, or is made of.
fn parts(schema: &Value) -> Vec<&str> {
    let mut names = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        let reference = schema.get("$ref").and_then(Value::as_str);
        names.extend(reference.and_then(|reference| reference.strip_prefix("#/components/schemas/")));
        open.extend(schema.get("allOf").and_then(Value::as_array).into_iter().flatten());
    }
    names
}

fn reachable<'a>(parts: &BTreeMap<&'a str, Vec<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = parts.get(from).into_iter().flatten().copied().collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(parts.get(name).into_iter().flatten());
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use serde_json::json;

    #[test]
    fn a_reference_to_nowhere_is_said_once_and_at_its_place() {
        let document = with_operation(&json!({"parameters": [{"$ref": "#/components/parameters/none"}]}));
        assert_eq!(
            said(&document),
            ["getA: #/parameters/1: the reference `#/components/parameters/none` leads nowhere"]
        );
        let mut document = with_operation(&json!({}));
        document["components"] = json!({"schemas": {"A": {"items": {"$ref": "b.yaml#/B"}}}});
        assert_eq!(
            said(&document),
            ["#/components/schemas/A/items: the reference `b.yaml#/B` leaves the document"]
        );
    }

    #[test]
    fn a_path_item_elsewhere_is_refused() {
        let mut document = with_operation(&json!({}));
        document["paths"]["/b"] = json!({"$ref": "#/paths/~1a~1{id}"});
        assert_eq!(
            said(&document),
            ["/b: is a path item elsewhere, whose operations are not found"]
        );
    }

    #[test]
    fn a_schema_made_of_itself_is_refused_once() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        for (schemas, expected) in [
            (json!({"A": reference("A")}), vec!["A"]),
            (
                json!({"A": {"allOf": [reference("B")]}, "B": {"allOf": [{}, {"allOf": [reference("A")]}]}}),
                vec!["A"],
            ),
            (
                json!({"A": reference("B"), "B": reference("B"), "C": reference("C")}),
                vec!["B", "C"],
            ),
            (
                json!({"A": {"properties": {"a": reference("A")}, "items": reference("A")}}),
                vec![],
            ),
            (
                json!({"A": {"allOf": [reference("B")]}, "B": {"properties": {"a": reference("A")}}}),
                vec![],
            ),
        ] {
            let mut document = with_operation(&json!({}));
            document["components"] = json!({"schemas": schemas});
            let expected: Vec<String> = expected
                .iter()
                .map(|name| format!("#/components/schemas/{name}: the schema `{name}` is made of itself"))
                .collect();
            assert_eq!(said(&document), expected, "{document}");
        }
    }
}
