//! What the tests of the comparisons share.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::{Report, diff};
use crate::generate;

/// A document of one operation and some schemas.
pub(super) fn document(operation: &Value, schemas: &Value) -> Value {
    json!({"openapi": "3.0.3", "paths": {"/a/{id}": {"get": operation}}, "components": {"schemas": schemas}})
}

/// The lines of the report without the counts.
pub(super) fn lines(old: &Value, new: &Value) -> Vec<String> {
    let report = Report(&diff(old, new)).to_string();
    let mut lines: Vec<String> = report.lines().map(ToOwned::to_owned).collect();
    lines.pop();
    lines
}

/// Where the schema `X` of [`with_schema`] is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Used {
    Sent,
    Answered,
}

/// A document of one schema, `X`, and two others to refer to: `Y`, an object, and `Id`, a text.
pub(super) fn with_schema(used: Used, schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/X"}}});
    let mut operation = json!({"operationId": "a", "tags": ["A"], "responses": {"200": {}}});
    match used {
        Used::Sent => operation["requestBody"] = json!({"required": true, "content": content}),
        Used::Answered => operation["responses"]["200"] = json!({"content": content}),
    }
    let schemas = json!({
        "X": schema,
        "Y": {"type": "object", "required": ["y"], "properties": {"y": {"type": "string"}}},
        "Id": {"type": "string"},
    });
    let mut document = document(&operation, &schemas);
    // Keeps what becomes of `Y` and `Id` out of what becomes of `X`.
    document["paths"]["/b"] = json!({"post": {
        "operationId": "b", "tags": ["A"], "responses": {"200": {}},
        "parameters": [{"name": "id", "in": "query", "schema": {"$ref": "#/components/schemas/Id"}}],
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Y"}}}},
    }});
    document
}

/// What becomes of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// All of it stays, save what is said in words.
    Same,
    Other,
}

/// Checks that a change is told in these lines, and that the generator agrees on whether it makes other code.
pub(super) fn assert_told(old: &Value, new: &Value, expected: &[&str], code: Code) {
    // While the generator runs it keeps the panics of all threads silent, and with them what a failed test has to say.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(lines(old, new), expected, "{old}\n{new}");
    let same = without_words(old) == without_words(new);
    assert_eq!(same, code == Code::Same, "{old}\n{new}");
}

/// The code for a document, without its documentation and samples.
fn without_words(document: &Value) -> Vec<String> {
    let mut document = document.clone();
    document["info"] = json!({"title": "T", "version": "1"});
    for item in document["paths"].as_object_mut().unwrap().values_mut() {
        for operation in item
            .as_object_mut()
            .unwrap()
            .values_mut()
            .filter(|part| part.is_object())
        {
            if operation.get("parameters").is_none() {
                operation["parameters"] =
                    json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]);
            }
            for answer in operation["responses"].as_object_mut().unwrap().values_mut() {
                answer["description"] = json!("An answer.");
            }
        }
    }
    let files = generate::code(&document)
        .into_iter()
        .filter(|(path, _)| path != "samples.rs");
    let lines = files.flat_map(|(_, code)| code.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>());
    lines
        .filter(|line| !line.starts_with("//") && !line.starts_with("#[doc"))
        .collect()
}
