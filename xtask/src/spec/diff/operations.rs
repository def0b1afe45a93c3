//! Operations, told apart by their ids: route, tag, parameters, bodies and answers.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Changes;
use super::schemas::{self, Pair, shape};
use crate::document::{OperationRef, is_json, operations};

pub(super) fn compare(old: &Value, new: &Value, changes: &mut Changes) {
    let after: BTreeMap<&str, OperationRef<'_>> = operations(new).map(|operation| (operation.id, operation)).collect();
    let before: BTreeMap<&str, OperationRef<'_>> = operations(old).map(|operation| (operation.id, operation)).collect();
    for operation in operations(old) {
        match after.get(operation.id) {
            Some(other) => compare_one(Pair::new(old, new), &operation, other, changes),
            None => changes.removed(operation.id, format!("operation {}", operation.route()), true),
        }
    }
    for operation in operations(new).filter(|operation| !before.contains_key(operation.id)) {
        changes.added(operation.id, format!("operation {}", operation.route()), false);
    }
}

fn compare_one(pair: Pair<'_>, old: &OperationRef<'_>, new: &OperationRef<'_>, changes: &mut Changes) {
    let id = old.id;
    let mut differs = |what: &str, before: String, after: String, breaks: bool| {
        if before != after {
            changes.changed(id, format!("{what} is {after}, was {before}"), breaks);
        }
    };
    differs("route", old.route(), new.route(), true);
    // The first tag is the group that the call is found in.
    let group = |operation: &OperationRef<'_>| operation.tags().next().unwrap_or_default().to_owned();
    differs("tag", group(old), group(new), true);
    let deprecated = |operation: &OperationRef<'_>| operation.value.get("deprecated") == Some(&Value::Bool(true));
    differs(
        "deprecated",
        deprecated(old).to_string(),
        deprecated(new).to_string(),
        false,
    );
    let (before, after) = (needs_token(pair.old, old), needs_token(pair.new, new));
    differs("needs a token", before.to_string(), after.to_string(), after);
    differs("success answer", success(pair.old, old), success(pair.new, new), true);
    differs("error statuses", errors(old), errors(new), false);

    parameters(pair, old, new, changes);
    body(pair, old, new, changes);
}

fn parameters(pair: Pair<'_>, old: &OperationRef<'_>, new: &OperationRef<'_>, changes: &mut Changes) {
    type Key = (String, String);
    let of = |operation: &OperationRef<'_>, root: &Value| -> BTreeMap<Key, Value> {
        let text = |parameter: &Value, key: &str| {
            parameter
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let parameters = operation.parameters(root).unwrap_or_default();
        // Header names do not depend on case (RFC 9110 section 5.1).
        let name = |p: &Value| {
            if text(p, "in") == "header" {
                text(p, "name").to_lowercase()
            } else {
                text(p, "name")
            }
        };
        parameters
            .into_iter()
            .map(|p| ((text(p, "in"), name(p)), p.clone()))
            .collect()
    };
    let (before, after) = (of(old, pair.old), of(new, pair.new));
    let required = |parameter: &Value| parameter.get("required") == Some(&Value::Bool(true));
    for (key, parameter) in &before {
        let what = format!("{} parameter `{}`", key.0, key.1);
        let Some(other) = after.get(key) else {
            changes.removed(old.id, what, true);
            continue;
        };
        match (required(parameter), required(other)) {
            (false, true) => changes.changed(old.id, format!("{what} is required, was optional"), true),
            // What was an argument becomes a setter.
            (true, false) => changes.changed(old.id, format!("{what} is optional, was required"), true),
            _ => {}
        }
        if let (Some(parameter), Some(other)) = (parameter.get("schema"), other.get("schema")) {
            schemas::compare(pair, &format!("{}: {what}", old.id), parameter, other, true, changes);
        }
    }
    for (key, parameter) in after.iter().filter(|(key, _)| !before.contains_key(key)) {
        let needed = required(parameter);
        let kind = if needed { "required" } else { "optional" };
        changes.added(old.id, format!("{kind} {} parameter `{}`", key.0, key.1), needed);
    }
}

fn body(pair: Pair<'_>, old: &OperationRef<'_>, new: &OperationRef<'_>, changes: &mut Changes) {
    let of = |operation: &OperationRef<'_>, root: &Value| operation.request_body(root).ok().flatten().cloned();
    let required = |body: &Value| body.get("required") == Some(&Value::Bool(true));
    match (of(old, pair.old), of(new, pair.new)) {
        (None, None) => {}
        (Some(_), None) => changes.removed(old.id, "request body", true),
        (None, Some(body)) => {
            let needed = required(&body);
            changes.added(
                old.id,
                if needed {
                    "required request body"
                } else {
                    "optional request body"
                },
                needed,
            );
        }
        (Some(before), Some(after)) => {
            if required(&before) != required(&after) {
                let word = |body| if required(body) { "required" } else { "optional" };
                changes.changed(
                    old.id,
                    format!("request body is {}, was {}", word(&after), word(&before)),
                    true,
                );
            }
            if let (Some(before), Some(after)) = (schema(&before), schema(&after)) {
                schemas::compare(pair, &format!("{}: request body", old.id), before, after, true, changes);
            }
        }
    }
}

/// The schema of a body, JSON before anything else.
fn schema(body: &Value) -> Option<&Value> {
    let content = body.get("content")?.as_object()?;
    content
        .iter()
        .find(|(media, _)| is_json(media))
        .or_else(|| content.iter().next())?
        .1
        .get("schema")
}

/// What a call returns: the shape of the body, and whether the service may answer without one.
fn success(root: &Value, operation: &OperationRef<'_>) -> String {
    let answers = operation.answers(root).unwrap_or_default();
    let (mut bodies, mut empty) = (Vec::new(), false);
    for (_, answer) in answers.iter().filter(|(status, _)| status.starts_with('2')) {
        match schema(answer) {
            Some(schema) => bodies.push(shape(root, schema)),
            None => empty = true,
        }
    }
    bodies.sort();
    bodies.dedup();
    match (bodies.is_empty(), empty) {
        (true, _) => "empty".to_owned(),
        (false, true) => format!("{} or empty", bodies.join(" or ")),
        (false, false) => bodies.join(" or "),
    }
}

fn errors(operation: &OperationRef<'_>) -> String {
    let statuses = operation.value.get("responses").and_then(Value::as_object);
    let mut errors: Vec<&str> = statuses
        .into_iter()
        .flatten()
        .map(|(status, _)| status.as_str())
        .collect();
    errors.retain(|status| !status.starts_with('2') && !status.starts_with("x-"));
    errors.sort_unstable();
    if errors.is_empty() {
        "none".to_owned()
    } else {
        errors.join(", ")
    }
}

fn needs_token(root: &Value, operation: &OperationRef<'_>) -> bool {
    let security = operation
        .value
        .get("security")
        .or_else(|| root.get("security"))
        .and_then(Value::as_array);
    security.is_some_and(|ways| {
        !ways.is_empty()
            && ways
                .iter()
                .all(|way| way.as_object().is_some_and(|way| !way.is_empty()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, lines};
    use serde_json::{Value, json};

    fn operation() -> Value {
        json!({
            "operationId": "getA", "tags": ["A"],
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}},
            ],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/X"}}}},
            "responses": {
                "200": {"content": {"application/links+json": {"schema": {"$ref": "#/components/schemas/X"}}}},
                "404": {},
            },
        })
    }

    fn changed(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let schemas = json!({"X": {"type": "object"}, "Y": {"type": "object"}});
        let mut new = operation();
        change(&mut new);
        lines(&document(&operation(), &schemas), &document(&new, &schemas))
    }

    #[test]
    fn operations_that_come_and_go_are_listed() {
        let renamed = changed(|new| new["operationId"] = json!("getB"));
        assert_eq!(
            renamed,
            [
                "- getA: operation GET /a/{id} [breaks users]",
                "+ getB: operation GET /a/{id}"
            ]
        );
    }

    #[test]
    fn each_change_of_an_operation_says_whether_it_breaks() {
        type Mutation = fn(&mut Value);
        let table: &[(Mutation, &str)] = &[
            (|o| o["tags"] = json!(["B"]), "~ getA: tag is B, was A [breaks users]"),
            (
                |o| o["deprecated"] = json!(true),
                "~ getA: deprecated is true, was false",
            ),
            (
                |o| o["security"] = json!([{"bearer": []}]),
                "~ getA: needs a token is true, was false [breaks users]",
            ),
            (
                |o| o["responses"]["409"] = json!({}),
                "~ getA: error statuses is 404, 409, was 404",
            ),
            (
                |o| o["responses"]["202"] = json!({}),
                "~ getA: success answer is X or empty, was X [breaks users]",
            ),
            (
                |o| {
                    o["responses"]["200"] =
                        json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Y"}}}});
                },
                "~ getA: success answer is Y, was X [breaks users]",
            ),
            (
                |o| o["parameters"][1]["required"] = json!(true),
                "~ getA: query parameter `limit` is required, was optional [breaks users]",
            ),
            (
                |o| o["parameters"][1]["schema"]["maximum"] = json!(20),
                "~ getA: query parameter `limit`: maximum is 20, was 100 [breaks users]",
            ),
            (
                |o| o["parameters"][1]["schema"]["maximum"] = json!(200),
                "~ getA: query parameter `limit`: maximum is 200, was 100",
            ),
            (
                |o| o["requestBody"]["required"] = json!(false),
                "~ getA: request body is optional, was required [breaks users]",
            ),
            (
                |o| drop(o.as_object_mut().unwrap().remove("requestBody")),
                "- getA: request body [breaks users]",
            ),
            (
                |o| {
                    o["requestBody"]["content"]["application/json"]["schema"] =
                        json!({"$ref": "#/components/schemas/Y"});
                },
                "~ getA: request body: type is Y, was X [breaks users]",
            ),
            (
                |o| drop(o["parameters"].as_array_mut().unwrap().pop()),
                "- getA: query parameter `limit` [breaks users]",
            ),
            (
                |o| {
                    o["parameters"]
                        .as_array_mut()
                        .unwrap()
                        .push(json!({"name": "q", "in": "query", "schema": {"type": "string"}}));
                },
                "+ getA: optional query parameter `q`",
            ),
            (
                |o| {
                    let required = json!({"name": "h", "in": "header", "required": true, "schema": {"type": "string"}});
                    o["parameters"].as_array_mut().unwrap().push(required);
                },
                "+ getA: required header parameter `h` [breaks users]",
            ),
        ];
        for (change, line) in table {
            assert_eq!(changed(*change), [*line]);
        }
    }

    #[test]
    fn another_media_type_for_the_same_json_is_no_change() {
        let renamed = changed(|o| {
            let body = o["responses"]["200"]["content"]["application/links+json"].take();
            o["responses"]["200"]["content"] = json!({"application/json": body});
        });
        assert_eq!(renamed, Vec::<String>::new());
    }
}
