//! `cargo xtask spec diff`: what differs between two descriptions, as the users of the generated client meet it.
//!
//! Texts and examples are not compared: two descriptions of one service say the same in different words. "Breaks" means that code written for the
//! old description no longer compiles against the new one, or that a request which was right before is refused.

mod operations;
mod schemas;

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Added,
    Removed,
    Changed,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    kind: Kind,
    place: String,
    what: String,
    breaks: bool,
}

/// Collects changes.
#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn added(&mut self, place: &str, what: impl Into<String>, breaks: bool) {
        self.push(Kind::Added, place, what, breaks);
    }

    fn removed(&mut self, place: &str, what: impl Into<String>, breaks: bool) {
        self.push(Kind::Removed, place, what, breaks);
    }

    fn changed(&mut self, place: &str, what: impl Into<String>, breaks: bool) {
        self.push(Kind::Changed, place, what, breaks);
    }

    fn push(&mut self, kind: Kind, place: &str, what: impl Into<String>, breaks: bool) {
        self.0.push(Change {
            kind,
            place: place.to_owned(),
            what: what.into(),
            breaks,
        });
    }
}

/// Every difference between two descriptions of OpenAPI 3.0: operations first, then schemas, each in the order of the old description.
pub(super) fn diff(old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = Changes::default();
    operations::compare(old, new, &mut changes);
    schemas::compare_all(old, new, &mut changes);
    changes.0
}

/// Whether any of the changes breaks users.
pub(super) fn breaks(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.breaks)
}

/// Prints changes, one a line: `+`, `-` or `~`, the place, what it is, and whether it breaks users; then a line of counts.
pub(super) struct Report<'a>(pub(super) &'a [Change]);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in self.0 {
            let sign = match change.kind {
                Kind::Added => '+',
                Kind::Removed => '-',
                Kind::Changed => '~',
            };
            let breaks = if change.breaks { " [breaks users]" } else { "" };
            writeln!(f, "{sign} {}: {}{breaks}", change.place, change.what)?;
        }
        let count = |kind| self.0.iter().filter(|change| change.kind == kind).count();
        let (added, removed, changed) = (count(Kind::Added), count(Kind::Removed), count(Kind::Changed));
        let breaking = self.0.iter().filter(|change| change.breaks).count();
        writeln!(
            f,
            "{added} added, {removed} removed, {changed} changed; {breaking} break users"
        )
    }
}

/// The texts in the array `key` of `value`.
fn texts<'a>(value: &'a Value, key: &str) -> BTreeSet<&'a str> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

#[cfg(test)]
mod testing {
    use serde_json::{Value, json};

    use super::{Report, diff};

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
}

#[cfg(test)]
mod tests {
    use super::testing::document;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_description_does_not_differ_from_itself_and_texts_are_not_compared() {
        let old = document(
            &json!({"operationId": "getA", "summary": "A", "responses": {"200": {"description": "x"}}}),
            &json!({}),
        );
        let new = document(
            &json!({"operationId": "getA", "summary": "B", "responses": {"200": {"description": "y"}}}),
            &json!({}),
        );
        assert_eq!(
            Report(&diff(&old, &new)).to_string(),
            "0 added, 0 removed, 0 changed; 0 break users\n"
        );
    }

    #[test]
    fn counts_follow_the_list() {
        let old = document(&json!({"operationId": "getA"}), &json!({"X": {}}));
        let new = document(&json!({"operationId": "getB"}), &json!({"Y": {}}));
        let changes = diff(&old, &new);
        assert!(breaks(&changes));
        let report = Report(&changes).to_string();
        assert!(
            report.ends_with("2 added, 2 removed, 0 changed; 2 break users\n"),
            "{report}"
        );
    }
}
