//! Where each component schema is used: in requests, in answers, and by operations of which tags.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::document::resolve;

/// The uses of every component schema, direct ones and through other schemas.
#[derive(Default)]
pub(crate) struct Usage {
    in_requests: BTreeSet<String>,
    in_answers: BTreeSet<String>,
    tags: BTreeMap<String, BTreeSet<String>>,
}

impl Usage {
    pub(crate) fn of(document: &Value) -> Self {
        let mut usage = Self::default();
        let items = document
            .get("paths")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|paths| paths.values());
        for item in items.filter_map(Value::as_object) {
            for operation in item.values().filter(|operation| operation.get("responses").is_some()) {
                let tag = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or_default();
                let sent = ["parameters", "requestBody"]
                    .into_iter()
                    .filter_map(|part| operation.get(part));
                let shared = item.get("parameters");
                for name in reachable(document, sent.chain(shared), Direction::Sent) {
                    usage.tags.entry(name.clone()).or_default().insert(tag.to_owned());
                    usage.in_requests.insert(name);
                }
                // What the description says of failures is no model: those arrive as they are.
                let successes = operation.get("responses").and_then(Value::as_object);
                let successes = successes
                    .into_iter()
                    .flatten()
                    .filter(|(status, _)| status.starts_with('2'));
                for name in reachable(document, successes.map(|(_, answer)| answer), Direction::Answered) {
                    usage.tags.entry(name.clone()).or_default().insert(tag.to_owned());
                    usage.in_answers.insert(name);
                }
            }
        }
        usage
    }

    /// Whether the schema arrives and is never sent.
    pub(crate) fn only_in_answers(&self, name: &str) -> bool {
        self.in_answers.contains(name) && !self.in_requests.contains(name)
    }

    /// Whether the schema arrives, and may be sent as well.
    pub(crate) fn in_answers(&self, name: &str) -> bool {
        self.in_answers.contains(name)
    }

    /// Whether the schema is sent, whatever else.
    pub(crate) fn in_requests(&self, name: &str) -> bool {
        self.in_requests.contains(name)
    }

    /// The tag of all operations that use the schema, if there is just one.
    pub(crate) fn only_tag(&self, name: &str) -> Option<&str> {
        let tags = self.tags.get(name)?;
        if tags.len() == 1 {
            tags.first().map(String::as_str)
        } else {
            None
        }
    }
}

/// Which way a schema goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Sent,
    Answered,
}

/// The names of the component schemas that `roots` lead to, by references at any depth. What only the service sets leads nowhere from what is sent.
fn reachable<'a>(
    document: &'a Value,
    roots: impl IntoIterator<Item = &'a Value>,
    direction: Direction,
) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open: Vec<&Value> = roots.into_iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) if direction == Direction::Sent && is_read_only(document, object) => {}
            Value::Object(object) => {
                if let Some(reference) = object.get("$ref").and_then(Value::as_str)
                    && seen.insert(reference)
                {
                    if let Some(path) = reference.strip_prefix("#/components/schemas/") {
                        names.insert(path.split('/').next().unwrap_or(path).to_owned());
                    }
                    open.extend(resolve(document, reference).ok());
                }
                open.extend(object.values());
            }
            Value::Array(values) => open.extend(values),
            _ => {}
        }
    }
    names
}

/// Whether only the service sets it: said beside it, or by what it refers to.
fn is_read_only(document: &Value, schema: &Map<String, Value>) -> bool {
    let says_so = |schema: &Map<String, Value>| schema.get("readOnly") == Some(&Value::Bool(true));
    let target = schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| resolve(document, reference).ok());
    says_so(schema) || target.and_then(Value::as_object).is_some_and(says_so)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn uses_are_followed_through_shared_parts_and_other_schemas() {
        let content =
            |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        let document = json!({
            "paths": {
                "/a": {"post": {"tags": ["A"], "requestBody": {"content": content("Sent")}, "responses": {"200": {"$ref": "#/components/responses/R"}}}},
                "/b": {"get": {"tags": ["B"], "responses": {"200": {"content": content("Both")}}}},
            },
            "components": {
                "responses": {"R": {"content": content("Arrives")}},
                "schemas": {
                    "Sent": {"properties": {"both": {"$ref": "#/components/schemas/Both"}}},
                    "Arrives": {"items": {"$ref": "#/components/schemas/Inner"}},
                    "Inner": {"properties": {"me": {"$ref": "#/components/schemas/Inner"}}},
                    "Both": {}, "Unused": {},
                },
            },
        });
        let usage = Usage::of(&document);
        let only: Vec<&str> = ["Sent", "Arrives", "Inner", "Both", "Unused"]
            .into_iter()
            .filter(|n| usage.only_in_answers(n))
            .collect();
        assert_eq!(only, ["Arrives", "Inner"]);
        assert_eq!(usage.only_tag("Inner"), Some("A"));
        assert_eq!(usage.only_tag("Both"), None);
        assert_eq!(usage.only_tag("Unused"), None);
    }
    #[test]
    fn what_only_the_service_sets_and_what_failures_hold_is_not_sent_and_no_answer() {
        let content =
            |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        let document = json!({
            "paths": {"/a": {"post": {
                "requestBody": {"content": content("Sent")},
                "responses": {"200": {"content": content("Sent")}, "404": {"content": content("Failure")}},
            }}},
            "components": {"schemas": {
                "Sent": {"properties": {
                    "a": {"readOnly": true, "allOf": [{"$ref": "#/components/schemas/Beside"}]},
                    "b": {"$ref": "#/components/schemas/Marked"},
                }},
                "Marked": {"readOnly": true, "properties": {"c": {"$ref": "#/components/schemas/Within"}}},
                "Beside": {}, "Within": {}, "Failure": {},
            }},
        });
        let usage = Usage::of(&document);
        let only: Vec<&str> = ["Sent", "Beside", "Marked", "Within", "Failure"]
            .into_iter()
            .filter(|n| usage.only_in_answers(n))
            .collect();
        assert_eq!(only, ["Beside", "Marked", "Within"]);
        assert!(usage.in_answers("Sent") && !usage.in_answers("Failure"));
    }
}
