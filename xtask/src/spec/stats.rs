//! `cargo xtask spec stats`: counts of what a description holds.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::operations;

/// The counts, one a line: operations, tags, schemas, parameters, then the operations of each tag.
///
/// A parameter that several operations share counts once for each, as their callers see it.
pub(super) fn stats(root: &Value) -> Vec<String> {
    let mut by_tag: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parameters = 0;
    let mut count = 0;
    for operation in operations(root) {
        count += 1;
        parameters += operation.parameters(root).map_or(0, |parameters| parameters.len());
        for tag in operation.tags() {
            *by_tag.entry(tag).or_default() += 1;
        }
    }
    let schemas = root
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .map_or(0, serde_json::Map::len);
    let mut lines = vec![
        format!("{count} operations"),
        format!("{} tags", by_tag.len()),
        format!("{schemas} schemas"),
        format!("{parameters} parameters"),
    ];
    lines.extend(
        by_tag
            .into_iter()
            .map(|(tag, count)| format!("{count} operation{} tagged {tag}", if count == 1 { "" } else { "s" })),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn everything_is_counted_once_for_each_operation() {
        let root = json!({
            "paths": {
                "/a/{id}": {
                    "parameters": [{"name": "id", "in": "path"}],
                    "get": {"tags": ["B"], "parameters": [{"name": "q", "in": "query"}]},
                    "put": {"tags": ["A"]},
                },
                "/b": {"get": {"tags": ["B"]}},
            },
            "components": {"schemas": {"A": {}, "B": {}}},
        });
        assert_eq!(
            stats(&root),
            [
                "3 operations",
                "2 tags",
                "2 schemas",
                "3 parameters",
                "1 operation tagged A",
                "2 operations tagged B",
            ]
        );
    }

    #[test]
    fn nothing_counts_as_zero() {
        assert_eq!(
            stats(&json!({})),
            ["0 operations", "0 tags", "0 schemas", "0 parameters"]
        );
    }
}
