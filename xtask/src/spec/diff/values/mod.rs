//! What the service takes, and what is only worth telling: schemas as they are written, side by side.
//!
//! Where something is sent, a value that was right before and is refused now breaks users. Whatever changes types is told by `types`.

mod limits;

use serde_json::Value;

use super::parts::{Compositions, bare, is_required, is_true, list, members, properties, property, reference, whole};
use super::shape::Shape;
use super::{Changes, Pair};
use crate::document::follow;
use crate::generate::ONE_OR_MANY;

/// Compares values; references lead into `roots`.
pub(super) struct Values<'a, 'c> {
    roots: Pair<&'a Value>,
    changes: &'c mut Changes,
    compositions: Compositions,
}

impl<'a, 'c> Values<'a, 'c> {
    pub(super) fn new(roots: Pair<&'a Value>, changes: &'c mut Changes) -> Self {
        Self {
            roots,
            changes,
            compositions: Compositions::default(),
        }
    }

    /// Compares two schemas; `sent` when callers send what they describe.
    pub(super) fn compare(&mut self, place: &str, both: Pair<&Value>, sent: bool) {
        let refers = both.map(|schema| reference(schema).is_some());
        if refers.is_same() {
            self.words(place, both);
        }
        // What both refer to is compared once, where it stands; another type is told by its name.
        if (refers.old && refers.new) || (!refers.is_same() && self.changes.is_retyped(place)) {
            return;
        }
        let found = self
            .roots
            .zip(both)
            .map(|(root, schema)| follow(root, bare(schema)).ok());
        let Some(found) = found.both() else { return };
        if !refers.is_same() {
            self.words(place, found);
        }
        if !self.compositions.is_new(found) {
            return;
        }
        let whole = self.roots.zip(found).map(|(root, schema)| whole(root, schema));
        let whole = whole.as_ref().map(|schema| &**schema);
        // Between two kinds of values there is no more to compare.
        if self.changes.is_retyped(place) && !whole.map(|schema| schema.get("type")).is_same() {
            return;
        }
        self.format(place, whole);
        self.set(place, whole, sent);
        limits::compare(place, whole, sent, self.changes);
        self.fields(place, whole, sent);
        self.inside(place, whole, sent);
    }

    /// What stands beside a type or a reference.
    fn words(&mut self, place: &str, both: Pair<&Value>) {
        for (key, word) in [
            ("nullable", "nullable"),
            ("readOnly", "read-only"),
            ("writeOnly", "write-only"),
        ] {
            let marked = both.map(|schema| is_true(schema, key));
            if !marked.is_same() {
                let word = marked.map(|marked| if marked { word.to_owned() } else { format!("not {word}") });
                self.changes
                    .changed(place, format!("is {}, was {}", word.new, word.old), false);
            }
        }
        let mark = both.map(|schema| is_true(schema, ONE_OR_MANY).to_string());
        let default = both.map(|schema| shown(schema.get("default"), "none"));
        for (what, value) in [(ONE_OR_MANY, mark), ("default", default)] {
            if !value.is_same() {
                self.changes.differs(place, what, &value.old, &value.new, false);
            }
        }
    }

    /// A format; where it makes another type, that is what is told.
    fn format(&mut self, place: &str, both: Pair<&Value>) {
        let format = both.map(|schema| shown(schema.get("format"), "none"));
        if !format.is_same() && !self.changes.is_retyped(place) {
            self.changes.differs(place, "format", &format.old, &format.new, false);
        }
    }

    /// A closed set of values; one of texts is a type.
    fn set(&mut self, place: &str, both: Pair<&Value>, sent: bool) {
        let is_text = |schema: &Value| schema.get("type").and_then(Value::as_str) == Some("string");
        if is_text(both.old) && is_text(both.new) {
            return;
        }
        let sets = both.map(|schema| {
            let values = list(schema, "enum").filter(|value| !value.is_null());
            values.map(|value| shown(Some(value), "")).collect::<Vec<_>>()
        });
        let is_set = sets.as_ref().map(|values| !values.is_empty());
        if !is_set.is_same() {
            let word = is_set.map(|is_set| if is_set { "one of a list" } else { "any value" });
            let what = format!("is {}, was {}", word.new, word.old);
            self.changes.changed(place, what, sent && is_set.new);
            return;
        }
        for value in sets.old.iter().filter(|value| !sets.new.contains(value)) {
            self.changes.removed(place, format!("value `{value}`"), sent);
        }
        for value in sets.new.iter().filter(|value| !sets.old.contains(value)) {
            self.changes.added(place, format!("value `{value}`"), false);
        }
    }

    /// Fields that both have; the others are told by `types`.
    fn fields(&mut self, place: &str, both: Pair<&Value>, sent: bool) {
        for (name, field) in properties(both.old) {
            let Some(other) = property(both.new, name) else {
                continue;
            };
            let required = both.map(|schema| is_required(schema, name));
            if !required.is_same() {
                let word = required.map(|required| if required { "required" } else { "optional" });
                let what = format!("field `{name}`");
                self.changes.differs(place, &what, word.old, word.new, false);
            }
            let field = Pair { old: field, new: other };
            // Nobody sends what only the service sets.
            let set_by_callers = field.map(|field| !is_true(field, "readOnly"));
            let sent = sent && set_by_callers.old && set_by_callers.new;
            self.compare(&format!("{place}.{name}"), field, sent);
        }
    }

    /// Elements, values of maps, and members of choices.
    fn inside(&mut self, place: &str, both: Pair<&Value>, sent: bool) {
        for (key, shown) in [("items", "items"), ("additionalProperties", "values")] {
            let inner = both.map(|schema| schema.get(key).filter(|inner| inner.is_object()));
            if let Some(inner) = inner.both() {
                let place = format!("{place}: {shown}");
                if key == "additionalProperties" && properties(both.new).next().is_some() {
                    self.further_fields(&place, inner, sent);
                }
                self.compare(&place, inner, sent);
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            for (place, member) in members(place, keyword, both) {
                self.compare(&place, member, sent);
            }
        }
    }

    /// Further fields beside known ones have any value in the code; the service may still be particular.
    fn further_fields(&mut self, place: &str, both: Pair<&Value>, sent: bool) {
        let shape = self.roots.zip(both).map(|(root, schema)| Shape::of(root, schema));
        if !shape.is_same() {
            let breaks = sent && shape.new != Shape::Anything;
            let shown = shape.map(|shape| shape.to_string());
            self.changes.retyped(place, &shown.old, &shown.new, breaks);
        }
    }
}

/// A value as people write it.
fn shown(value: Option<&Value>, none: &str) -> String {
    match value {
        None => none.to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Code, Used, assert_told, with_schema};
    use serde_json::{Value, json};

    fn field(schema: &Value) -> Value {
        json!({"type": "object", "properties": {"a": schema, "z": {"type": "string"}}})
    }

    /// Checks a change of a field whose type stays, where it is sent and where it is answered.
    fn assert_change(old: &Value, new: &Value, expected: &str, breaks_what_is_sent: bool) {
        for used in [Used::Sent, Used::Answered] {
            let mark = if used == Used::Sent && breaks_what_is_sent {
                " [breaks users]"
            } else {
                ""
            };
            let (old, new) = (with_schema(used, &field(old)), with_schema(used, &field(new)));
            assert_told(&old, &new, &[&format!("{expected}{mark}")], Code::Same);
        }
    }

    #[test]
    fn numbers_that_may_no_longer_be_sent_break_users() {
        let of = |values: &[i64]| json!({"type": "integer", "enum": values});
        let any = json!({"type": "integer"});
        assert_change(&of(&[1, 2]), &of(&[1]), "- X.a: value `2`", true);
        assert_change(&of(&[1]), &of(&[1, 2]), "+ X.a: value `2`", false);
        assert_change(&any, &of(&[1]), "~ X.a: is one of a list, was any value", true);
        assert_change(&of(&[1]), &any, "~ X.a: is any value, was one of a list", false);
    }

    #[test]
    fn another_default_is_told_and_breaks_nobody() {
        let of = |default: Value| json!({"type": "string", "default": default});
        let none = json!({"type": "string"});
        assert_change(&of(json!("A")), &of(json!("B")), "~ X.a: default is B, was A", false);
        assert_change(&none, &of(json!("A")), "~ X.a: default is A, was none", false);
        assert_change(&of(json!("A")), &none, "~ X.a: default is none, was A", false);
    }

    #[test]
    fn marks_are_told() {
        for (mark, there, back) in [
            (
                "readOnly",
                "~ X.a: is read-only, was not read-only",
                "~ X.a: is not read-only, was read-only",
            ),
            (
                "writeOnly",
                "~ X.a: is write-only, was not write-only",
                "~ X.a: is not write-only, was write-only",
            ),
        ] {
            let (plain, marked) = (json!({"type": "string"}), json!({"type": "string", mark: true}));
            assert_change(&plain, &marked, there, false);
            assert_change(&marked, &plain, back, false);
        }
        // A list is sent as a list, marked or not.
        let list = json!({"type": "array", "items": {"type": "string"}});
        let mut marked = list.clone();
        marked["x-one-or-many"] = json!(true);
        for (old, new, what) in [
            (&list, &marked, "~ X.a: x-one-or-many is true, was false"),
            (&marked, &list, "~ X.a: x-one-or-many is false, was true"),
        ] {
            let of = |schema| with_schema(Used::Sent, &field(schema));
            assert_told(&of(old), &of(new), &[what], Code::Same);
        }
    }

    #[test]
    fn what_only_the_service_sets_cannot_be_refused() {
        let of = |most: u32| json!({"type": "string", "readOnly": true, "maxLength": most});
        assert_change(&of(10), &of(5), "~ X.a: maxLength is 5, was 10", false);
    }

    #[test]
    fn narrower_limits_break_only_what_is_sent_at_any_depth() {
        let of = |inner: &Value| {
            [
                (inner.clone(), "X.a"),
                (json!({"type": "array", "items": inner}), "X.a: items"),
                (json!({"type": "object", "additionalProperties": inner}), "X.a: values"),
                (json!({"type": "object", "properties": {"b": inner}}), "X.a.b"),
                (json!({"oneOf": [{"type": "integer"}, inner]}), "X.a: oneOf 2"),
                (json!({"allOf": [{"type": "string"}, inner]}), "X.a"),
            ]
        };
        let ten = of(&json!({"type": "string", "maxLength": 10}));
        let five = of(&json!({"type": "string", "maxLength": 5}));
        for ((ten, place), (five, _)) in ten.iter().zip(&five) {
            assert_change(ten, five, &format!("~ {place}: maxLength is 5, was 10"), true);
            assert_change(five, ten, &format!("~ {place}: maxLength is 10, was 5"), false);
        }
    }

    #[test]
    fn further_fields_have_any_value_in_the_code_and_the_service_may_refuse_one() {
        let of = |further: Value| json!({"type": "object", "properties": {"b": {"type": "string"}}, "additionalProperties": further});
        let (text, number) = (of(json!({"type": "string"})), of(json!({"type": "integer"})));
        assert_change(&text, &number, "~ X.a: values: type is integer, was string", true);
        assert_change(
            &text,
            &of(json!({})),
            "~ X.a: values: type is anything, was string",
            false,
        );
    }
}
