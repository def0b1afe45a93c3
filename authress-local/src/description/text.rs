//! Texts against schemas: parameters as they are, and the texts within bodies.

use chrono::DateTime;

use super::Schema;

/// What is wrong with `text`, if it does not fit; numbers, truth values and times are read from it.
///
/// Only what a parameter can be is known here: of other schemas a text is none.
pub(super) fn problem(schema: &Schema, text: &str) -> Option<String> {
    match schema {
        Schema::Nullable(inner) => problem(inner, text),
        Schema::Text { least, most, pattern } => {
            let count = text.chars().count();
            if !(*least..=*most).contains(&count) {
                return Some(format!("must have {}", counted(*least, *most, "character")));
            }
            let pattern = pattern.filter(|pattern| !(pattern.fits)(text))?;
            Some(format!("must be {}", pattern.form))
        }
        Schema::Choice(values) if values.contains(&text) => None,
        Schema::DateTime if is_date_time(text) => None,
        Schema::Boolean if ["true", "false"].contains(&text) => None,
        Schema::Integer { least, most } if whole(text).is_some_and(|number| (*least..=*most).contains(&number)) => None,
        Schema::IntegerChoice(values) if whole(text).is_some_and(|number| values.contains(&number)) => None,
        Schema::Number { least, most } if text.parse().is_ok_and(|number: f64| (*least..=*most).contains(&number)) => {
            None
        }
        other => Some(expected(other)),
    }
}

/// What a value must be, in words.
pub(super) fn expected(schema: &Schema) -> String {
    match schema {
        Schema::Nullable(inner) => expected(inner),
        Schema::Text { .. } => "must be text".to_owned(),
        Schema::Choice(values) => format!("must be {}", one_of(values.iter())),
        Schema::DateTime => "must be a time such as 2026-01-02T03:04:05Z".to_owned(),
        Schema::Boolean => "must be true or false".to_owned(),
        Schema::Integer {
            least: i64::MIN,
            most: i64::MAX,
        } => "must be a whole number".to_owned(),
        Schema::Integer { least, most } => format!("must be a whole number from {least} to {most}"),
        Schema::IntegerChoice(values) => format!("must be {}", one_of(values.iter())),
        Schema::Number { least, most } if least.is_finite() && most.is_finite() => {
            format!("must be a number from {least} to {most}")
        }
        Schema::Number { .. } => "must be a number".to_owned(),
        Schema::List { .. } => "must be a list".to_owned(),
        Schema::Object { .. } => "must be a JSON object".to_owned(),
        Schema::OneOrMany(inner) => format!("{}, or a list", expected(inner)),
    }
}

/// `1 to 100 items`, or less of it where there is no bound.
pub(super) fn counted(least: usize, most: usize, what: &str) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    match (least, most) {
        (0, most) => format!("at most {most} {what}{}", plural(most)),
        (least, super::NO_LIMIT) => format!("at least {least} {what}{}", plural(least)),
        (least, most) if least == most => format!("{most} {what}{}", plural(most)),
        (least, most) => format!("{least} to {most} {what}s"),
    }
}

fn one_of<T: ToString>(values: impl Iterator<Item = T>) -> String {
    let mut values: Vec<String> = values.map(|value| value.to_string()).collect();
    let last = values.pop().unwrap_or_default();
    if values.is_empty() {
        last
    } else {
        format!("{} or {last}", values.join(", "))
    }
}

/// A whole number in decimal digits.
fn whole(text: &str) -> Option<i64> {
    text.parse().ok().filter(|_| !text.starts_with('+'))
}

/// Whether `text` is a date and a time of RFC 3339 section 5.6, joined by its `T`.
pub(super) fn is_date_time(text: &str) -> bool {
    matches!(text.as_bytes().get(10), Some(b'T' | b't')) && DateTime::parse_from_rfc3339(text).is_ok()
}
