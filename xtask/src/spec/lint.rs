//! `cargo xtask spec lint`: what a description must have to be generated from and read on docs.rs.

use serde_json::Value;

use crate::document::{Document, downgrade, operations};
use crate::generate::refusals;
use crate::problem::{Problem, Problems};

/// Every problem of the document: what the generator cannot take, then what its readers would miss.
///
/// # Errors
/// All of them, a line each.
pub(super) fn lint(document: &mut Document) -> Result<(), Problems> {
    let mut problems = match downgrade(document) {
        Ok(()) => refusals(document),
        Err(problem) => vec![problem],
    };
    problems.extend(style(document));
    Problems::none_of(problems)
}

/// What readers of the generated crate would miss: a tag, a summary, a description, or an answer that means success.
pub(super) fn style(document: &Document) -> Vec<Problem> {
    let mut problems = Vec::new();
    for operation in operations(&document.value) {
        let mut miss = |what: &str, remedy: &str| {
            problems.push(Problem::new(&document.file, Some(operation.place()), what, remedy));
        };
        if operation.tags().all(|tag| tag.trim().is_empty()) {
            miss("has no tag", "give it the tag of its group");
        }
        for (key, remedy) in [
            ("summary", "say in a few words what it does"),
            ("description", "say what it does"),
        ] {
            if operation
                .value
                .get(key)
                .and_then(Value::as_str)
                .is_none_or(|text| text.trim().is_empty())
            {
                miss(&format!("has no {key}"), remedy);
            }
        }
        let statuses = operation.value.get("responses").and_then(Value::as_object);
        if !statuses
            .into_iter()
            .flatten()
            .any(|(status, _)| status.starts_with('2'))
        {
            miss(
                "has no success answer",
                "describe what it answers, `200` or another status from 200 to 299",
            );
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(operation: &Value) -> Vec<String> {
        let value =
            json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": operation}}});
        let mut document = Document::parse("a.json", &value.to_string()).unwrap();
        let Err(problems) = lint(&mut document) else {
            return Vec::new();
        };
        let lines = problems.to_string();
        lines
            .lines()
            .map(|line| line.split("; ").next().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn what_readers_would_miss_is_told() {
        let whole = json!({
            "operationId": "getA", "tags": ["A"], "summary": "Get A", "description": "Gets A.",
            "responses": {"200": {"description": "A."}},
        });
        assert_eq!(said(&whole), Vec::<String>::new());
        for (key, value, what) in [
            ("tags", json!([]), "has no tag"),
            ("summary", json!(""), "has no summary"),
            ("description", json!(null), "has no description"),
            ("responses", json!({"404": {}, "default": {}}), "has no success answer"),
            ("responses", json!({}), "has no success answer"),
        ] {
            let mut operation = whole.clone();
            operation[key] = value;
            assert_eq!(said(&operation), [format!("a.json: getA: {what}")]);
        }
    }

    #[test]
    fn what_only_the_generator_finds_is_told_as_well() {
        let whole = json!({
            "operationId": "getA", "tags": ["A"], "summary": "s", "description": "d", "responses": {"200": {"headers": 3}},
        });
        let lines = said(&whole);
        assert!(
            lines.len() == 1 && lines[0].starts_with("a.json: getA: cannot become code: "),
            "{lines:?}"
        );
    }

    #[test]
    fn what_cannot_be_generated_is_told_as_well() {
        let lines = said(&json!({"tags": ["A"], "summary": "s", "responses": {"200": {}}}));
        assert_eq!(
            lines,
            [
                "a.json: GET /a: has no `operationId`",
                "a.json: GET /a: has no description"
            ]
        );
    }
}
