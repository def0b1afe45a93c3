//! Fields of objects: which there are, whether they must be given, and in which order.

use serde_json::Value;

use super::super::Pair;
use super::super::parts::{is_required, is_true, properties, property};
use super::super::shape::Shape;
use super::{Order, Types, is_nullable};
use crate::generate::ONE_OR_MANY;

/// How the code holds a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    /// Given to `new`.
    Argument,
    /// An `Option` that is written as null.
    Null,
    /// An `Option` that is left out.
    Absent,
    /// A list or map that is empty when it is not there.
    Empty,
}

impl Presence {
    fn of(root: &Value, object: &Value, name: &str, field: &Value) -> Self {
        let required = is_required(object, name);
        let shape = Shape::of(root, field);
        let nullable = is_nullable(&shape, field);
        if shape.is_collection() && !nullable && (!required || is_true(field, ONE_OR_MANY)) {
            return Self::Empty;
        }
        match (required, nullable) {
            (true, true) => Self::Null,
            (true, false) => Self::Argument,
            (false, _) => Self::Absent,
        }
    }

    fn is_option(self) -> bool {
        matches!(self, Self::Null | Self::Absent)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Argument => "required",
            Self::Null => "required or null",
            Self::Absent => "optional",
            Self::Empty => "empty when missing",
        }
    }
}

/// How much of an object code must name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    SomeFields,
    AllFields,
}

impl Types<'_, '_> {
    pub(super) fn fields(&mut self, place: &str, both: Pair<&Value>, order: Order, stated: Stated) {
        for (name, field) in properties(both.old) {
            match property(both.new, name) {
                Some(other) => self.field(place, both, name, Pair { old: field, new: other }, order),
                None => self.changes.removed(place, format!("field `{name}`"), true),
            }
        }
        for (name, field) in properties(both.new).filter(|(name, _)| property(both.old, name).is_none()) {
            let needed = Presence::of(self.roots.new, both.new, name, field) == Presence::Argument;
            let word = if needed { "required" } else { "optional" };
            let breaks = needed || stated == Stated::AllFields;
            self.changes.added(place, format!("{word} field `{name}`"), breaks);
        }
        let further =
            both.map(|schema| properties(schema).next().is_some() && schema.get("additionalProperties").is_some());
        match (further.old, further.new) {
            (true, false) => self.changes.removed(place, "further fields", true),
            (false, true) => self.changes.added(place, "further fields", stated == Stated::AllFields),
            _ => {}
        }
    }

    fn field(&mut self, place: &str, objects: Pair<&Value>, name: &str, both: Pair<&Value>, order: Order) {
        let inner = format!("{place}.{name}");
        let Some(shape) = self.same_shape(&inner, both) else {
            return;
        };
        let old = Presence::of(self.roots.old, objects.old, name, both.old);
        let new = Presence::of(self.roots.new, objects.new, name, both.new);
        match (old, new) {
            _ if old == new || old.is_option() && new.is_option() => {}
            (Presence::Argument, Presence::Null) => self.nullable(&inner, Pair { old: false, new: true }),
            (Presence::Null, Presence::Argument) => self.nullable(&inner, Pair { old: true, new: false }),
            _ => {
                let what = format!("field `{name}`");
                self.changes.differs(place, &what, old.word(), new.word(), true);
            }
        }
        self.inside(&inner, both, &shape, order);
    }

    /// The order of the fields that `new` takes: texts that change places still compile.
    pub(super) fn arguments(&mut self, place: &str, both: Pair<&Value>, order: Order) {
        if order == Order::ByName {
            return;
        }
        let all = self.roots.zip(both).map(|(root, object)| {
            properties(object)
                .filter(|(name, field)| Presence::of(root, object, name, field) == Presence::Argument)
                .map(|(name, _)| name)
                .collect()
        });
        self.changes.reordered(place, "required fields", &all);
    }

    /// A model of one text and nothing else is made from a text; one more field, and it no longer is.
    pub(super) fn made_from_text(&mut self, place: &str, both: Pair<&Value>) {
        let (Some(name), None) = (only_text(self.roots.old, both.old), only_text(self.roots.new, both.new)) else {
            return;
        };
        // A text that is no longer there, or no longer given, is told by itself.
        if is_given_text(self.roots.new, both.new, name) {
            self.changes.changed(place, "is no longer made from one text", true);
        }
    }
}

/// The name of the field of an object that has but one, a text that must be given.
fn only_text<'a>(root: &Value, object: &'a Value) -> Option<&'a str> {
    let mut names = properties(object).map(|(name, _)| name);
    let (Some(name), None) = (names.next(), names.next()) else {
        return None;
    };
    let closed = object.get("additionalProperties").is_none();
    (closed && is_given_text(root, object, name)).then_some(name)
}

fn is_given_text(root: &Value, object: &Value, name: &str) -> bool {
    property(object, name).is_some_and(|field| {
        Shape::of(root, field) == Shape::Plain("string".to_owned(), None)
            && Presence::of(root, object, name, field) == Presence::Argument
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{Code, Used, assert_told, with_schema};
    use serde_json::{Value, json};

    fn object(required: &[&str], properties: Value) -> Value {
        json!({"type": "object", "required": required, "properties": properties})
    }

    fn assert_change(used: Used, old: &Value, new: &Value, expected: &[&str], code: Code) {
        assert_told(&with_schema(used, old), &with_schema(used, new), expected, code);
    }

    #[test]
    fn fields_that_go_break_users_and_fields_that_come_do_so_where_they_must_be_given() {
        let (text, one) = (
            json!({"type": "string"}),
            json!({"a": {"type": "string"}, "b": {"type": "string"}}),
        );
        let mut two = one.clone();
        two["new"] = text.clone();
        let (old, optional, required) = (
            object(&["a"], one),
            object(&["a"], two.clone()),
            object(&["a", "new"], two.clone()),
        );
        let mut by_service = required.clone();
        by_service["properties"]["new"]["readOnly"] = json!(true);
        for used in [Used::Sent, Used::Answered] {
            assert_change(used, &optional, &old, &["- X: field `new` [breaks users]"], Code::Other);
            assert_change(used, &old, &optional, &["+ X: optional field `new`"], Code::Other);
            assert_change(used, &old, &by_service, &["+ X: optional field `new`"], Code::Other);
        }
        assert_change(
            Used::Sent,
            &old,
            &required,
            &["+ X: required field `new` [breaks users]"],
            Code::Other,
        );
        assert_change(
            Used::Answered,
            &old,
            &required,
            &["+ X: optional field `new`"],
            Code::Other,
        );
    }

    #[test]
    fn whether_a_field_must_be_given_matters_where_it_is_sent_and_for_identifiers() {
        let fields = json!({"a": {"type": "string"}, "userId": {"type": "string"}});
        let (none, a, id) = (
            object(&[], fields.clone()),
            object(&["a"], fields.clone()),
            object(&["userId"], fields),
        );
        assert_change(
            Used::Sent,
            &none,
            &a,
            &["~ X: field `a` is required, was optional [breaks users]"],
            Code::Other,
        );
        assert_change(
            Used::Sent,
            &a,
            &none,
            &["~ X: field `a` is optional, was required [breaks users]"],
            Code::Other,
        );
        assert_change(
            Used::Answered,
            &none,
            &a,
            &["~ X: field `a` is required, was optional"],
            Code::Same,
        );
        assert_change(
            Used::Answered,
            &a,
            &none,
            &["~ X: field `a` is optional, was required"],
            Code::Same,
        );
        let gone = ["~ X: field `userId` is optional, was required [breaks users]"];
        assert_change(Used::Answered, &id, &none, &gone, Code::Other);
    }

    #[test]
    fn a_required_field_that_only_the_service_sets_is_no_argument() {
        let plain = object(&["a", "b"], json!({"a": {"type": "string"}, "b": {"type": "string"}}));
        let mut by_service = plain.clone();
        by_service["properties"]["a"]["readOnly"] = json!(true);
        let added = [
            "~ X: field `a` is optional, was required [breaks users]",
            "~ X.a: is read-only, was not read-only",
        ];
        assert_change(Used::Sent, &plain, &by_service, &added, Code::Other);
        let removed = [
            "~ X: field `a` is required, was optional [breaks users]",
            "~ X.a: is not read-only, was read-only",
        ];
        assert_change(Used::Sent, &by_service, &plain, &removed, Code::Other);
    }

    #[test]
    fn required_fields_that_change_places_break_users() {
        let (a, b) = (json!({"type": "string"}), json!({"type": "string"}));
        let inner = |fields: Value| json!({"type": "object", "properties": {"in": object(&["a", "b"], fields)}});
        let list = |fields: Value| json!({"type": "array", "items": object(&["a", "b"], fields)});
        let (one, other) = (json!({"a": a, "b": b}), json!({"b": b, "a": a}));
        let swapped = ["~ X: order of required fields is `b`, `a`, was `a`, `b` [breaks users]"];
        assert_change(
            Used::Sent,
            &object(&["a", "b"], one.clone()),
            &object(&["a", "b"], other.clone()),
            &swapped,
            Code::Other,
        );
        let swapped = ["~ X.in: order of required fields is `b`, `a`, was `a`, `b` [breaks users]"];
        assert_change(
            Used::Sent,
            &inner(one.clone()),
            &inner(other.clone()),
            &swapped,
            Code::Other,
        );
        // Optional fields have setters, and what is in a list is sorted by name.
        assert_change(Used::Sent, &list(one.clone()), &list(other.clone()), &[], Code::Same);
        let names = |fields: &[&str]| {
            object(
                &["a"],
                fields.iter().map(|name| ((*name).to_owned(), a.clone())).collect(),
            )
        };
        let (one, other) = (names(&["a", "b", "c"]), names(&["c", "b", "a"]));
        assert_change(Used::Sent, &one, &other, &[], Code::Other);
    }

    #[test]
    fn null_matters_where_it_makes_an_option() {
        let of = |required: &[&str], field: Value, nullable: bool| {
            let mut object = object(required, json!({"a": field, "z": {"type": "string"}}));
            object["properties"]["a"]["nullable"] = json!(nullable);
            object
        };
        let there = ["~ X.a: is nullable, was not nullable"];
        let list = json!({"type": "array", "items": {"type": "string"}});
        for field in [json!({"type": "string"}), list.clone(), json!({"type": "integer"})] {
            let (plain, null) = (of(&[], field.clone(), false), of(&[], field.clone(), true));
            assert_change(Used::Sent, &plain, &null, &there, Code::Same);
            let (plain, null) = (of(&["a"], field.clone(), false), of(&["a"], field.clone(), true));
            let breaks = ["~ X.a: is nullable, was not nullable [breaks users]"];
            assert_change(Used::Sent, &plain, &null, &breaks, Code::Other);
            let breaks = ["~ X.a: is not nullable, was nullable [breaks users]"];
            assert_change(Used::Sent, &null, &plain, &breaks, Code::Other);
        }
        // An empty list stands for one that is null.
        let (plain, null) = (of(&["a"], list.clone(), false), of(&["a"], list, true));
        assert_change(Used::Answered, &plain, &null, &there, Code::Same);
    }

    #[test]
    fn a_required_list_that_may_be_one_element_is_no_argument() {
        let list = json!({"type": "array", "items": {"type": "string"}});
        let mut marked = list.clone();
        marked["x-one-or-many"] = json!(true);
        let of = |field: &Value| object(&["a"], json!({"a": field, "z": {"type": "string"}}));
        let there = [
            "~ X: field `a` is empty when missing, was required [breaks users]",
            "~ X.a: x-one-or-many is true, was false",
        ];
        assert_change(Used::Sent, &of(&list), &of(&marked), &there, Code::Other);
        let back = [
            "~ X: field `a` is required, was empty when missing [breaks users]",
            "~ X.a: x-one-or-many is false, was true",
        ];
        assert_change(Used::Sent, &of(&marked), &of(&list), &back, Code::Other);
    }

    #[test]
    fn formats_without_a_type_of_their_own_make_no_difference() {
        for (kind, format) in [
            ("string", "uuid"),
            ("string", "duration"),
            ("integer", "int64"),
            ("number", "double"),
        ] {
            let plain = object(&[], json!({"a": {"type": kind}}));
            let formatted = object(&[], json!({"a": {"type": kind, "format": format}}));
            let there = format!("~ X.a: format is {format}, was none");
            assert_change(Used::Sent, &plain, &formatted, &[&there], Code::Same);
            let back = format!("~ X.a: format is none, was {format}");
            assert_change(Used::Sent, &formatted, &plain, &[&back], Code::Same);
        }
    }

    #[test]
    fn a_model_of_one_text_is_no_longer_made_from_it_with_a_second_field() {
        let one = object(&["id"], json!({"id": {"type": "string"}}));
        let two = object(&["id"], json!({"id": {"type": "string"}, "b": {"type": "string"}}));
        let there = [
            "+ X: optional field `b`",
            "~ X: is no longer made from one text [breaks users]",
        ];
        for used in [Used::Sent, Used::Answered] {
            assert_change(used, &one, &two, &there, Code::Other);
            assert_change(used, &two, &one, &["- X: field `b` [breaks users]"], Code::Other);
        }
    }

    #[test]
    fn further_fields_that_go_break_users() {
        let closed = object(&[], json!({"a": {"type": "string"}}));
        let mut open = closed.clone();
        open["additionalProperties"] = json!(true);
        assert_change(
            Used::Sent,
            &open,
            &closed,
            &["- X: further fields [breaks users]"],
            Code::Other,
        );
        assert_change(Used::Sent, &closed, &open, &["+ X: further fields"], Code::Other);
    }
}
