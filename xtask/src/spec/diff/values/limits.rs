//! Limits: lengths, counts, ranges, patterns.

use serde_json::{Value, json};

use super::super::parts::is_true;
use super::super::{Changes, Pair};
use super::shown;

/// Which way a limit narrows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Least,
    Most,
}

/// A bound and the keyword that excludes it.
const RANGES: &[(&str, &str, Side)] = &[
    ("minimum", "exclusiveMinimum", Side::Least),
    ("maximum", "exclusiveMaximum", Side::Most),
];

const COUNTS: &[(&str, Side)] = &[
    ("maxLength", Side::Most),
    ("maxItems", Side::Most),
    ("maxProperties", Side::Most),
    ("minLength", Side::Least),
    ("minItems", Side::Least),
    ("minProperties", Side::Least),
];

/// Compares the limits of two schemas. Narrower ones break users where the value is `sent`.
pub(super) fn compare(place: &str, both: Pair<&Value>, sent: bool, changes: &mut Changes) {
    let mut differs = |key: &str, none: &str, value: Pair<Option<&Value>>, narrower: bool| {
        if !value.is_same() {
            let shown = value.map(|value| shown(value, none));
            changes.differs(place, key, &shown.old, &shown.new, sent && narrower);
        }
    };
    for (key, side) in COUNTS {
        // No count is below nothing.
        let limit = both.map(|schema| {
            schema
                .get(*key)
                .filter(|limit| *side == Side::Most || **limit != json!(0))
        });
        let narrower = is_narrower(*side, limit.map(|limit| Some((limit?.as_f64()?, false))));
        differs(key, "unlimited", limit, narrower);
    }
    for (key, exclusive, side) in RANGES {
        let limit = both.map(|schema| Some((schema.get(*key)?.as_f64()?, is_true(schema, exclusive))));
        let narrower = is_narrower(*side, limit);
        differs(key, "unlimited", both.map(|schema| schema.get(*key)), narrower);
        let flag = both.map(|schema| schema.get(*exclusive).filter(|flag| **flag != json!(false)));
        differs(exclusive, "false", flag, narrower);
    }
    let step = both.map(|schema| schema.get("multipleOf"));
    let narrower = match step.map(|step| step.and_then(Value::as_f64)).both() {
        Some(step) => step.old % step.new != 0.0,
        None => step.new.is_some(),
    };
    differs("multipleOf", "none", step, narrower);
    // Another pattern may refuse what the one before let through.
    let pattern = both.map(|schema| schema.get("pattern"));
    differs("pattern", "none", pattern, pattern.new.is_some());
    let unique = both.map(|schema| schema.get("uniqueItems").filter(|unique| **unique != json!(false)));
    differs("uniqueItems", "false", unique, unique.new.is_some());
}

/// Whether the new limit lets less through: the number, and whether it is excluded itself.
fn is_narrower(side: Side, limit: Pair<Option<(f64, bool)>>) -> bool {
    let (Some((before, open_before)), Some((after, open_after))) = (limit.old, limit.new) else {
        return limit.new.is_some();
    };
    let further_in = match side {
        Side::Least => after > before,
        Side::Most => after < before,
    };
    let equal = after.total_cmp(&before).is_eq();
    further_in || (equal && open_after && !open_before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::diff::{Report, breaks};

    /// What is told of a change of something sent, and whether it breaks.
    fn told(old: &Value, new: &Value) -> (String, bool) {
        let mut changes = Changes::default();
        compare("A", Pair { old, new }, true, &mut changes);
        let found = changes.by_place();
        let report = Report(&found).to_string();
        let lines: Vec<&str> = report.lines().filter_map(|line| line.strip_prefix("~ A: ")).collect();
        (lines.join("; ").replace(" [breaks users]", ""), breaks(&found))
    }

    #[test]
    fn a_limit_breaks_what_is_sent_when_less_gets_through() {
        for (narrow, wide, there, back) in [
            (
                json!({"maxLength": 5}),
                json!({"maxLength": 10}),
                "maxLength is 10, was 5",
                "maxLength is 5, was 10",
            ),
            (
                json!({"maxItems": 5}),
                json!({}),
                "maxItems is unlimited, was 5",
                "maxItems is 5, was unlimited",
            ),
            (
                json!({"minLength": 1}),
                json!({"minLength": 0}),
                "minLength is unlimited, was 1",
                "minLength is 1, was unlimited",
            ),
            (
                json!({"minimum": 5}),
                json!({"minimum": -5}),
                "minimum is -5, was 5",
                "minimum is 5, was -5",
            ),
            (
                json!({"maximum": 0}),
                json!({}),
                "maximum is unlimited, was 0",
                "maximum is 0, was unlimited",
            ),
            (
                json!({"minimum": 5, "exclusiveMinimum": true}),
                json!({"minimum": 5}),
                "exclusiveMinimum is false, was true",
                "exclusiveMinimum is true, was false",
            ),
            (
                json!({"maximum": 5, "exclusiveMaximum": true}),
                json!({"maximum": 5}),
                "exclusiveMaximum is false, was true",
                "exclusiveMaximum is true, was false",
            ),
            (
                json!({"minimum": 5}),
                json!({"minimum": 3, "exclusiveMinimum": true}),
                "minimum is 3, was 5; exclusiveMinimum is true, was false",
                "minimum is 5, was 3; exclusiveMinimum is false, was true",
            ),
            (
                json!({"multipleOf": 10}),
                json!({"multipleOf": 5}),
                "multipleOf is 5, was 10",
                "multipleOf is 10, was 5",
            ),
            (
                json!({"multipleOf": 10}),
                json!({}),
                "multipleOf is none, was 10",
                "multipleOf is 10, was none",
            ),
            (
                json!({"pattern": "^a$"}),
                json!({}),
                "pattern is none, was ^a$",
                "pattern is ^a$, was none",
            ),
            (
                json!({"uniqueItems": true}),
                json!({"uniqueItems": false}),
                "uniqueItems is false, was true",
                "uniqueItems is true, was false",
            ),
        ] {
            assert_eq!(told(&narrow, &wide), (there.to_owned(), false));
            assert_eq!(told(&wide, &narrow), (back.to_owned(), true));
        }
    }

    #[test]
    fn another_pattern_or_step_breaks_both_ways() {
        for (one, other) in [
            (json!({"pattern": "^a$"}), json!({"pattern": "^b$"})),
            (json!({"multipleOf": 2}), json!({"multipleOf": 3})),
        ] {
            assert!(told(&one, &other).1 && told(&other, &one).1, "{one} {other}");
        }
    }

    #[test]
    fn a_limit_that_lets_everything_through_is_none() {
        for nothing in [
            json!({"minLength": 0}),
            json!({"minItems": 0}),
            json!({"uniqueItems": false}),
            json!({"exclusiveMinimum": false}),
        ] {
            assert_eq!(told(&json!({}), &nothing), (String::new(), false));
        }
    }
}
