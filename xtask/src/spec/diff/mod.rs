//! `cargo xtask spec diff`: what differs between two descriptions, as the users of the generated client meet it.
//!
//! Texts and examples are not compared: two descriptions of one service say the same in different words. "Breaks" means that code written for the
//! old description no longer compiles against the new one or means something else, or that a request which was right before is refused.
//!
//! So there are two comparisons. What the code is made from, the descriptions as the passes of the generator leave them, shows what becomes of types
//! and arguments (`types`). The descriptions as they are written show what the service refuses, and what is only worth telling (`values`).

mod bodies;
mod changes;
mod components;
mod operations;
mod parameters;
mod parts;
mod shape;
mod types;
mod values;

use serde_json::Value;

use self::changes::Changes;
pub(super) use self::changes::{Change, Report, breaks};
use crate::generate;

/// A part of the old description and the same part of the new one.
#[derive(Clone, Copy)]
struct Pair<T> {
    old: T,
    new: T,
}

impl<T> Pair<T> {
    fn map<U>(self, both: impl Fn(T) -> U) -> Pair<U> {
        Pair {
            old: both(self.old),
            new: both(self.new),
        }
    }

    fn zip<U>(self, other: Pair<U>) -> Pair<(T, U)> {
        Pair {
            old: (self.old, other.old),
            new: (self.new, other.new),
        }
    }

    fn as_ref(&self) -> Pair<&T> {
        Pair {
            old: &self.old,
            new: &self.new,
        }
    }
}

impl<T> Pair<Option<T>> {
    /// The pair, if both are there.
    fn both(self) -> Option<Pair<T>> {
        Some(Pair {
            old: self.old?,
            new: self.new?,
        })
    }
}

impl<T: PartialEq> Pair<T> {
    fn is_same(&self) -> bool {
        self.old == self.new
    }
}

/// The two descriptions.
#[derive(Clone, Copy)]
struct Documents<'a> {
    /// As they are written, in the words of OpenAPI 3.0.
    written: Pair<&'a Value>,
    /// As the code is made from them.
    mended: Pair<&'a Value>,
}

/// Every difference between two descriptions of OpenAPI 3.0: operations first, then schemas, each in the order of the old description.
pub(super) fn diff(old: &Value, new: &Value) -> Vec<Change> {
    let written = Pair { old, new };
    let mended = written.map(generate::mended);
    let documents = Documents {
        written,
        mended: mended.as_ref(),
    };
    let mut changes = Changes::default();
    operations::compare(documents, &mut changes);
    components::compare(documents, &mut changes);
    changes.by_place()
}

#[cfg(test)]
mod testing;

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
