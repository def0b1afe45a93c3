//! Inputs that the generator cannot take, each said in a line before any generation starts.
//!
//! The generator itself says what it cannot take in its own words, about whole operations and schemas. Style, which it does not mind, is in `lint`.

mod bodies;
mod circles;
mod enums;
mod fields;
mod info;
mod inline;
mod names;
mod parameters;
mod paths;
mod references;
mod schemas;
mod taken;

use crate::document::{Document, OperationRef, operations};
use crate::problem::Problem;

/// Something wrong in one document, without the document's name.
struct Finding {
    place: Option<String>,
    what: String,
    remedy: &'static str,
}

impl Finding {
    fn new(place: impl Into<Option<String>>, what: impl Into<String>, remedy: &'static str) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
            remedy,
        }
    }

    fn in_operation(operation: &OperationRef<'_>, what: impl Into<String>, remedy: &'static str) -> Self {
        Self::new(operation.place(), what, remedy)
    }
}

/// What the generator cannot take in a document of OpenAPI 3.0, one problem each; call [`downgrade`](crate::document::downgrade) before.
pub(crate) fn unsupported(document: &Document) -> Vec<Problem> {
    let root = &document.value;
    let mut findings = Vec::new();
    if operations(root).next().is_none() {
        findings.push(Finding::new(
            None,
            "has no operations",
            "give a description with operations under `paths`",
        ));
    }
    for check in [
        info::check,
        references::check,
        circles::check,
        schemas::check,
        names::check,
        fields::check,
        inline::check,
    ] {
        findings.extend(check(root));
    }
    for operation in operations(root) {
        findings.extend(parameters::check(root, &operation));
        findings.extend(bodies::check(root, &operation));
    }
    let problem = |finding: Finding| Problem::new(&document.file, finding.place, finding.what, finding.remedy);
    findings.into_iter().map(problem).collect()
}

/// What the tests of the checks share.
#[cfg(test)]
mod testing {
    use serde_json::{Value, json};

    use super::unsupported;
    use crate::document::Document;

    /// A document with one operation, `getA` at `GET /a/{id}`, that `operation` adds to.
    pub(super) fn with_operation(operation: &Value) -> Value {
        let mut get = json!({
            "operationId": "getA",
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "A."}},
        });
        for (key, value) in operation.as_object().unwrap() {
            match (get.get_mut(key), value) {
                (Some(Value::Array(there)), Value::Array(more)) => there.extend(more.clone()),
                _ => get[key] = value.clone(),
            }
        }
        json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/a/{id}": {"get": get}}})
    }

    /// What is said of a document, without the name and the remedy.
    pub(super) fn said(document: &Value) -> Vec<String> {
        let document = Document::parse("a.json", &document.to_string()).unwrap();
        let lines = unsupported(&document).into_iter().map(|problem| problem.to_string());
        let middle = |line: String| Some(line.strip_prefix("a.json: ")?.rsplit_once("; ")?.0.to_owned());
        lines.map(|line| middle(line).unwrap()).collect()
    }

    /// What is said of a schema, at whatever place in it.
    pub(super) fn said_of_schema(schema: &Value) -> Option<String> {
        let mut document = with_operation(&json!({}));
        document["components"] = json!({"schemas": {"A": schema}});
        let said = said(&document);
        assert!(said.len() <= 1, "{said:?}");
        let said = said.into_iter().next()?;
        let place = said.strip_prefix("#/components/schemas/A").unwrap();
        Some(place.split_once(": ").unwrap().1.to_owned())
    }

    #[test]
    fn a_plain_document_is_taken() {
        assert_eq!(said(&with_operation(&json!({}))), Vec::<String>::new());
    }

    #[test]
    fn a_document_without_operations_is_refused() {
        for paths in [json!(null), json!({}), json!({"/a": {"parameters": []}}), json!(3)] {
            let mut document = with_operation(&json!({}));
            document["paths"] = paths;
            assert_eq!(said(&document), ["has no operations"], "{document}");
        }
    }
}
