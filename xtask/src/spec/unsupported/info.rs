//! The head of a description: its title and version are texts.

use serde_json::Value;

use super::Finding;

pub(super) fn check(root: &Value) -> Vec<Finding> {
    let Some(info) = root.get("info").and_then(Value::as_object) else {
        let remedy = "say `info: {title: …, version: '1'}`";
        return vec![Finding::new(None, "has no `info`", remedy)];
    };
    let mut findings = Vec::new();
    for key in ["title", "version"] {
        let (what, remedy) = match info.get(key) {
            Some(Value::String(_)) => continue,
            Some(_) => (format!("has a {key} that is no text"), "put it in quotes"),
            None => (format!("has no {key}"), "give it one"),
        };
        findings.push(Finding::new("#/info".to_owned(), what, remedy));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use serde_json::json;

    #[test]
    fn title_and_version_are_texts() {
        for (info, expected) in [
            (json!(null), vec!["has no `info`"]),
            (json!(3), vec!["has no `info`"]),
            (json!({"title": "t", "version": "1"}), vec![]),
            (
                json!({"title": "t", "version": 1}),
                vec!["#/info: has a version that is no text"],
            ),
            (
                json!({"version": ["1"]}),
                vec!["#/info: has no title", "#/info: has a version that is no text"],
            ),
        ] {
            let mut document = with_operation(&json!({}));
            document["info"] = info;
            assert_eq!(said(&document), expected, "{document}");
        }
    }
}
