//! Parameters: where they are sent, and that those of the path are the ones in its template.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Finding;
use crate::document::OperationRef;

pub(super) fn check(root: &Value, operation: &OperationRef<'_>) -> Vec<Finding> {
    // A reference to nowhere is told by `references`.
    let Ok(parameters) = operation.parameters(root) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let mut refuse = |what: String, remedy| findings.push(Finding::in_operation(operation, what, remedy));
    let mut declared = BTreeSet::new();
    for parameter in parameters {
        let text = |key| parameter.get(key).and_then(Value::as_str);
        let Some(name) = text("name") else {
            refuse("has a parameter without name".to_owned(), "name it");
            continue;
        };
        let style = match text("in") {
            Some("path") => {
                declared.insert(name);
                if parameter.get("required") != Some(&json!(true)) {
                    refuse(
                        format!("the path parameter `{name}` is not required"),
                        "say `required: true`",
                    );
                }
                "simple"
            }
            Some("header") => "simple",
            Some("query") => "form",
            Some("cookie") => {
                let remedy = "remove it, or send it as a header or in the query";
                refuse(
                    format!("the parameter `{name}` is sent as a cookie, which is not supported"),
                    remedy,
                );
                continue;
            }
            _ => {
                refuse(
                    format!("the parameter `{name}` does not say where it is sent"),
                    "say `in: query`, `path` or `header`",
                );
                continue;
            }
        };
        if text("style").is_some_and(|said| said != style) {
            refuse(
                format!("the parameter `{name}` has a style other than `{style}`"),
                "leave the style out",
            );
        }
        if parameter.get("content").is_some() {
            refuse(
                format!("the parameter `{name}` has `content`"),
                "give it a `schema` instead",
            );
        } else if parameter.get("schema").is_none() {
            refuse(format!("the parameter `{name}` has no schema"), "give it one");
        }
    }
    let Some(template) = placeholders(operation.path) else {
        refuse(
            format!("the path `{}` has braces that do not match", operation.path),
            "write each parameter as `{name}`",
        );
        return findings;
    };
    for name in template.difference(&declared) {
        refuse(
            format!("the path has `{{{name}}}`, which is no parameter of it"),
            "declare the parameter, `in: path`",
        );
    }
    for name in declared.difference(&template) {
        refuse(
            format!("the path parameter `{name}` is not in the path `{}`", operation.path),
            "remove it or correct the path",
        );
    }
    findings
}

/// The names in the braces of a path template; `None` when the braces do not match.
fn placeholders(path: &str) -> Option<BTreeSet<&str>> {
    let mut names = BTreeSet::new();
    let mut pieces = path.split('{');
    if pieces.next()?.contains('}') {
        return None;
    }
    for piece in pieces {
        let (name, rest) = piece.split_once('}')?;
        if name.is_empty() || rest.contains('}') {
            return None;
        }
        names.insert(name);
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use super::*;

    #[test]
    fn a_parameter_that_cannot_be_sent_is_refused() {
        let schema = json!({"type": "string"});
        for (parameter, what) in [
            (json!({"name": "q", "in": "query", "schema": schema}), None),
            (
                json!({"name": "q", "in": "query", "style": "form", "schema": schema}),
                None,
            ),
            (json!({"name": "h", "in": "header", "schema": schema}), None),
            (
                json!({"name": "session", "in": "cookie", "schema": schema}),
                Some("the parameter `session` is sent as a cookie, which is not supported"),
            ),
            (
                json!({"name": "q", "schema": schema}),
                Some("the parameter `q` does not say where it is sent"),
            ),
            (
                json!({"in": "query", "schema": schema}),
                Some("has a parameter without name"),
            ),
            (
                json!({"name": "q", "in": "query"}),
                Some("the parameter `q` has no schema"),
            ),
            (
                json!({"name": "q", "in": "query", "content": {}}),
                Some("the parameter `q` has `content`"),
            ),
            (
                json!({"name": "q", "in": "query", "style": "deepObject", "schema": schema}),
                Some("the parameter `q` has a style other than `form`"),
            ),
            (
                json!({"name": "id", "in": "path", "schema": schema}),
                Some("the path parameter `id` is not required"),
            ),
            (
                json!({"name": "b", "in": "path", "required": true, "schema": schema}),
                Some("the path parameter `b` is not in the path `/a/{id}`"),
            ),
        ] {
            let document = with_operation(&json!({"parameters": [parameter]}));
            let expected: Vec<String> = what.into_iter().map(|what| format!("getA: {what}")).collect();
            assert_eq!(said(&document), expected, "{parameter}");
        }
    }

    #[test]
    fn a_placeholder_that_is_no_parameter_is_refused() {
        let mut document = with_operation(&json!({}));
        let operation = document["paths"]["/a/{id}"].take();
        document["paths"] = json!({"/a/{id}/{part}": operation});
        assert_eq!(
            said(&document),
            ["getA: the path has `{part}`, which is no parameter of it"]
        );
    }

    #[test]
    fn braces_must_match() {
        let names = |path| placeholders(path).map(|names| names.into_iter().collect::<Vec<_>>());
        assert_eq!(names("/a"), Some(vec![]));
        assert_eq!(names("/a/{b}/{c}.{d}"), Some(vec!["b", "c", "d"]));
        for path in ["/{", "/}", "/{}", "/{a", "/a}", "/{a}}", "/{a{b}", "/}{a}"] {
            assert_eq!(names(path), None, "{path}");
        }
    }
}
