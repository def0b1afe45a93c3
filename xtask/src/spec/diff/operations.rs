//! Operations, told apart by their ids: route, tag, token and errors; parameters and bodies have files of their own.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Changes, Documents, Pair, bodies, parameters};
use crate::document::{OperationRef, operations};

/// One operation in both descriptions, as written and as mended.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) written: Pair<OperationRef<'a>>,
    pub(super) mended: Pair<OperationRef<'a>>,
}

pub(super) fn compare(documents: Documents<'_>, changes: &mut Changes) {
    let by_id = |root| -> BTreeMap<&str, OperationRef<'_>> {
        operations(root).map(|operation| (operation.id, operation)).collect()
    };
    let (written, mended) = (documents.written.map(by_id), documents.mended.map(by_id));
    for operation in operations(documents.written.old) {
        let id = operation.id;
        match (find(&written, id), find(&mended, id)) {
            (Some(written), Some(mended)) => compare_one(documents, Both { written, mended }, changes),
            _ => changes.removed(id, format!("operation {}", operation.route()), true),
        }
    }
    for operation in operations(documents.written.new).filter(|operation| !written.old.contains_key(operation.id)) {
        changes.added(operation.id, format!("operation {}", operation.route()), false);
    }
}

fn find<'a>(all: &Pair<BTreeMap<&str, OperationRef<'a>>>, id: &str) -> Option<Pair<OperationRef<'a>>> {
    all.as_ref().map(|all| all.get(id).copied()).both()
}

fn compare_one(documents: Documents<'_>, both: Both<'_>, changes: &mut Changes) {
    let written = both.written;
    let mut differs = |what: &str, value: Pair<String>, breaks: bool| {
        if !value.is_same() {
            changes.differs(written.old.id, what, &value.old, &value.new, breaks);
        }
    };
    differs("route", written.map(|operation| operation.route()), true);
    // The first tag is the group that the call is found in.
    let group = |operation: OperationRef<'_>| operation.tags().next().unwrap_or_default().to_owned();
    differs("tag", written.map(group), true);
    let deprecated = |operation: OperationRef<'_>| operation.value.get("deprecated") == Some(&Value::Bool(true));
    differs("deprecated", written.map(deprecated).map(|it| it.to_string()), false);
    let token = documents
        .written
        .zip(written)
        .map(|(root, operation)| needs_token(root, operation));
    differs("needs a token", token.map(|it| it.to_string()), token.new);
    differs("error statuses", written.map(errors), false);

    parameters::compare(documents, both, changes);
    bodies::compare(documents, both, changes);
}

fn errors(operation: OperationRef<'_>) -> String {
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

fn needs_token(root: &Value, operation: OperationRef<'_>) -> bool {
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
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {}, "404": {}},
        })
    }

    fn changed(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut new = operation();
        change(&mut new);
        lines(&document(&operation(), &json!({})), &document(&new, &json!({})))
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
    fn another_route_breaks_users() {
        let mut moved = document(&operation(), &json!({}));
        let item = moved["paths"]["/a/{id}"].take();
        moved["paths"] = json!({"/b/{id}": item});
        let expected = ["~ getA: route is GET /b/{id}, was GET /a/{id} [breaks users]"];
        assert_eq!(lines(&document(&operation(), &json!({})), &moved), expected);
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
        ];
        for (change, line) in table {
            assert_eq!(changed(*change), [*line]);
        }
    }
}
