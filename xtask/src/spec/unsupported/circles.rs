//! Parts that are made of themselves: no value could ever fit, and whoever follows them never ends.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Finding;
use crate::document::{place, pointer, references, schemas};

/// What each part is or is made of, by JSON pointers.
type Parts = BTreeMap<String, Vec<String>>;

/// Parts that a reference, or a schema that a value must or may fit, leads back to without a property or item between; each circle once.
pub(super) fn check(root: &Value) -> Vec<Finding> {
    let parts = parts(root);
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for start in parts.keys() {
        if told.contains(start.as_str()) {
            continue;
        }
        let reached = reachable(&parts, start);
        if reached.contains(start.as_str()) {
            // All that this one reaches and that reach it back are the same circle.
            let same = |other: &&str| reachable(&parts, other).contains(start.as_str());
            told.extend(reached.into_iter().filter(same));
            let remedy = "break the circle of references";
            findings.push(Finding::new(place(root, start), "is made of itself", remedy));
        }
    }
    findings
}

fn parts(root: &Value) -> Parts {
    let mut parts = Parts::new();
    for (holder, reference) in references(root) {
        if let Ok(target) = pointer(reference) {
            parts.entry(holder).or_default().push(target.into_owned());
        }
    }
    for (at, schema) in schemas(root) {
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let members = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..members {
                let of = parts.entry(at.clone()).or_default();
                of.push(format!("{at}/{keyword}/{index}"));
            }
        }
    }
    parts
}

fn reachable<'a>(parts: &'a Parts, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = parts.get(from).into_iter().flatten().map(String::as_str).collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(parts.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use serde_json::json;

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
            (json!({"A": {"oneOf": [{"type": "string"}, reference("A")]}}), vec!["A"]),
            (
                json!({"A": {"anyOf": [reference("B")]}, "B": {"anyOf": [reference("A")]}}),
                vec!["A"],
            ),
            (
                json!({"A": {"properties": {"a": reference("A")}}, "B": {"items": reference("B")}}),
                vec![],
            ),
            (
                json!({"A": {"allOf": [reference("B")]}, "B": {"properties": {"a": reference("A")}}}),
                vec![],
            ),
            (
                json!({"M": {"properties": {"a": reference("M/properties/b"), "b": reference("M/properties/a")}}}),
                vec!["M/properties/a"],
            ),
            (
                json!({"M": {"properties": {"a b": reference("M/properties/a%20b")}}}),
                vec!["M/properties/a b"],
            ),
        ] {
            let mut document = with_operation(&json!({}));
            document["components"] = json!({"schemas": schemas});
            let expected: Vec<String> = expected
                .iter()
                .map(|place| format!("#/components/schemas/{place}: is made of itself"))
                .collect();
            assert_eq!(said(&document), expected, "{document}");
        }
    }

    #[test]
    fn shared_parts_that_lead_round_are_refused_once() {
        for (kind, used) in [
            (
                "parameters",
                json!({"parameters": [{"$ref": "#/components/parameters/A"}]}),
            ),
            (
                "requestBodies",
                json!({"requestBody": {"$ref": "#/components/requestBodies/A"}}),
            ),
            (
                "responses",
                json!({"responses": {"200": {"$ref": "#/components/responses/A"}}}),
            ),
        ] {
            let mut document = with_operation(&used);
            document["components"][kind] = json!({
                "A": {"$ref": format!("#/components/{kind}/B")}, "B": {"$ref": format!("#/components/{kind}/A")},
            });
            assert_eq!(said(&document), [format!("#/components/{kind}/A: is made of itself")]);
        }
    }
}
