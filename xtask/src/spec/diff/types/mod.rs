//! What becomes of the generated types: schemas of the mended descriptions, side by side.

mod fields;

use heck::ToUpperCamelCase as _;
use serde_json::Value;

use self::fields::Stated;
use super::parts::{Compositions, is_true, list, members, whole};
use super::shape::Shape;
use super::{Changes, Pair};

/// In which order `new` takes the fields of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// As they stand in the description: components and what is nested in their fields.
    Described,
    /// By name: all other objects.
    ByName,
}

/// Compares types; references lead into `roots`.
pub(super) struct Types<'a, 'c> {
    roots: Pair<&'a Value>,
    changes: &'c mut Changes,
    compositions: Compositions,
}

impl<'a, 'c> Types<'a, 'c> {
    pub(super) fn new(roots: Pair<&'a Value>, changes: &'c mut Changes) -> Self {
        Self {
            roots,
            changes,
            compositions: Compositions::default(),
        }
    }

    /// Compares two types and whether they are optional.
    pub(super) fn compare(&mut self, place: &str, both: Pair<&Value>, order: Order) {
        let Some(shape) = self.same_shape(place, both) else {
            return;
        };
        self.compare_nullable(place, both, &shape);
        self.inside(place, both, &shape, order);
    }

    /// Compares the types of two arguments. One that is null is one that is not given.
    pub(super) fn compare_argument(&mut self, place: &str, both: Pair<&Value>) {
        if let Some(shape) = self.same_shape(place, both) {
            self.inside(place, both, &shape, Order::ByName);
        }
    }

    /// The shape that both have; tells when they have not.
    fn same_shape(&mut self, place: &str, both: Pair<&Value>) -> Option<Shape> {
        let shape = self.roots.zip(both).map(|(root, schema)| Shape::of(root, schema));
        if shape.is_same() {
            return Some(shape.new);
        }
        self.changes
            .retyped(place, &shape.old.to_string(), &shape.new.to_string(), true);
        None
    }

    fn compare_nullable(&mut self, place: &str, both: Pair<&Value>, shape: &Shape) {
        let nullable = both.map(|schema| is_nullable(shape, schema));
        if !nullable.is_same() {
            self.nullable(place, nullable);
        }
    }

    fn nullable(&mut self, place: &str, nullable: Pair<bool>) {
        let word = nullable.map(|nullable| if nullable { "nullable" } else { "not nullable" });
        self.changes
            .changed(place, format!("is {}, was {}", word.new, word.old), true);
    }

    /// Compares what is in two types of one shape.
    fn inside(&mut self, place: &str, both: Pair<&Value>, shape: &Shape, order: Order) {
        if !self.compositions.is_new(both) {
            return;
        }
        let whole = self.roots.zip(both).map(|(root, schema)| whole(root, schema));
        let whole = whole.as_ref().map(|schema| &**schema);
        let inner = |key: &str| whole.map(|schema| schema.get(key)).both();
        match shape {
            // A type by name is compared once, under its own name.
            Shape::Named(_) | Shape::Free | Shape::Plain(..) | Shape::Anything => {}
            Shape::Values => self.values(place, whole),
            Shape::List(_) => {
                if let Some(items) = inner("items") {
                    self.compare(&format!("{place}: items"), items, Order::ByName);
                }
            }
            Shape::Map(_) => {
                if let Some(values) = inner("additionalProperties") {
                    self.compare(&format!("{place}: values"), values, Order::ByName);
                }
            }
            Shape::Fields => {
                self.fields(place, whole, order, Stated::SomeFields);
                self.arguments(place, whole, order);
                self.made_from_text(place, whole);
            }
            Shape::Choice(keyword, _) => {
                // Fields beside a choice become fields of each of its variants.
                self.fields(place, whole, Order::ByName, Stated::AllFields);
                for (place, member) in members(place, keyword, whole) {
                    self.member(&place, member);
                }
            }
        }
    }

    /// A member of a choice: an object becomes a variant that code gives, and takes apart, with all of its fields.
    fn member(&mut self, place: &str, both: Pair<&Value>) {
        let shape = Shape::of(self.roots.new, both.new);
        if shape != Shape::Fields {
            return self.compare(place, both, Order::ByName);
        }
        if !self.compositions.is_new(both) {
            return;
        }
        let whole = self.roots.zip(both).map(|(root, schema)| whole(root, schema));
        let whole = whole.as_ref().map(|schema| &**schema);
        // The variant is called by the type that is said, and not by one that is understood.
        let said = whole.map(|schema| schema.get("type").and_then(Value::as_str).unwrap_or("none"));
        if !said.is_same() {
            self.changes.differs(place, "type", said.old, said.new, true);
        }
        self.compare_nullable(place, both, &shape);
        self.fields(place, whole, Order::ByName, Stated::AllFields);
    }

    fn values(&mut self, place: &str, both: Pair<&Value>) {
        let all = both.map(|schema| list(schema, "enum").filter_map(Value::as_str).collect::<Vec<_>>());
        for value in all.old.iter().filter(|value| !all.new.contains(value)) {
            self.changes.removed(place, format!("value `{value}`"), true);
        }
        for value in all.new.iter().filter(|value| !all.old.contains(value)) {
            // Enums of the client are open; one with a value of that name calls what it does not know by another.
            let takes_the_name = value.to_upper_camel_case() == "Unknown";
            self.changes.added(place, format!("value `{value}`"), takes_the_name);
        }
    }
}

/// Whether `null` makes the type an `Option`. Beside a reference the keyword means nothing.
fn is_nullable(shape: &Shape, schema: &Value) -> bool {
    shape.can_be_optional() && schema.get("$ref").is_none() && is_true(schema, "nullable")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Code, Used, assert_told, with_schema};
    use serde_json::{Value, json};

    /// Old, new, and what is told of the way there and of the way back; the code is another one each time.
    type Row = (Value, Value, &'static [&'static str], &'static [&'static str]);

    fn assert_both_ways(used: Used, table: Vec<Row>) {
        for (one, other, there, back) in table {
            let (one, other) = (with_schema(used, &one), with_schema(used, &other));
            assert_told(&one, &other, there, Code::Other);
            assert_told(&other, &one, back, Code::Other);
        }
    }

    fn field(schema: Value) -> Value {
        json!({"type": "object", "properties": {"a": schema, "z": {"type": "string"}}})
    }

    #[test]
    fn another_type_of_a_field_breaks_users() {
        assert_both_ways(
            Used::Sent,
            vec![
                (
                    field(json!({"type": "string"})),
                    field(json!({"type": "integer"})),
                    &["~ X.a: type is integer, was string [breaks users]"],
                    &["~ X.a: type is string, was integer [breaks users]"],
                ),
                (
                    field(json!({"type": "integer", "minimum": 0})),
                    field(json!({"type": "integer"})),
                    &[
                        "~ X.a: type is integer, was integer (uint64) [breaks users]",
                        "~ X.a: minimum is unlimited, was 0",
                    ],
                    &[
                        "~ X.a: type is integer (uint64), was integer [breaks users]",
                        "~ X.a: minimum is 0, was unlimited [breaks users]",
                    ],
                ),
                (
                    field(json!({"type": "integer"})),
                    field(json!({"type": "integer", "format": "int32"})),
                    &["~ X.a: type is integer (int32), was integer [breaks users]"],
                    &["~ X.a: type is integer, was integer (int32) [breaks users]"],
                ),
                (
                    field(json!({"type": "string", "format": "date-time"})),
                    field(json!({"type": "string"})),
                    &["~ X.a: type is string, was string (date-time) [breaks users]"],
                    &["~ X.a: type is string (date-time), was string [breaks users]"],
                ),
                (
                    field(json!({"type": "string", "enum": ["A"]})),
                    field(json!({"type": "string"})),
                    &["~ X.a: type is string, was string (one of a list) [breaks users]"],
                    &["~ X.a: type is string (one of a list), was string [breaks users]"],
                ),
                (
                    field(json!({"type": "array", "items": {"type": "string"}})),
                    field(json!({"type": "array", "items": {"type": "integer"}})),
                    &["~ X.a: type is list of integer, was list of string [breaks users]"],
                    &["~ X.a: type is list of string, was list of integer [breaks users]"],
                ),
                (
                    field(json!({"$ref": "#/components/schemas/Y"})),
                    field(json!({"$ref": "#/components/schemas/Id"})),
                    &["~ X.a: type is Id, was Y [breaks users]"],
                    &["~ X.a: type is Y, was Id [breaks users]"],
                ),
                (
                    field(json!({"$ref": "#/components/schemas/Id"})),
                    field(json!({"type": "string"})),
                    &["~ X.a: type is string, was Id [breaks users]"],
                    &["~ X.a: type is Id, was string [breaks users]"],
                ),
                (
                    field(json!({"type": "string"})),
                    field(json!({"type": "string", "x-one-or-many": true})),
                    &[
                        "~ X.a: type is list of string, was string [breaks users]",
                        "~ X.a: x-one-or-many is true, was false",
                    ],
                    &[
                        "~ X.a: type is string, was list of string [breaks users]",
                        "~ X.a: x-one-or-many is false, was true",
                    ],
                ),
            ],
        );
    }

    #[test]
    fn a_map_an_object_of_anything_and_an_object_with_fields_are_three_types() {
        let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
        let free = json!({"type": "object"});
        let fields = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        for used in [Used::Sent, Used::Answered] {
            assert_both_ways(
                used,
                vec![
                    (
                        map.clone(),
                        free.clone(),
                        &["~ X: type is object, was map of string [breaks users]"],
                        &["~ X: type is map of string, was object [breaks users]"],
                    ),
                    (
                        map.clone(),
                        fields.clone(),
                        &["~ X: type is object with fields, was map of string [breaks users]"],
                        &["~ X: type is map of string, was object with fields [breaks users]"],
                    ),
                    (
                        map.clone(),
                        json!({"type": "object", "additionalProperties": {"type": "string", "nullable": true}}),
                        &["~ X: values: is nullable, was not nullable [breaks users]"],
                        &["~ X: values: is not nullable, was nullable [breaks users]"],
                    ),
                ],
            );
        }
    }

    #[test]
    fn values_of_an_enum_of_texts_may_come_and_may_not_go() {
        assert_both_ways(
            Used::Answered,
            vec![
                (
                    field(json!({"type": "string", "enum": ["A", "B"]})),
                    field(json!({"type": "string", "enum": ["A"]})),
                    &["- X.a: value `B` [breaks users]"],
                    &["+ X.a: value `B`"],
                ),
                (
                    field(json!({"type": "array", "items": {"type": "string", "enum": ["A", "B"]}})),
                    field(json!({"type": "array", "items": {"type": "string", "enum": ["A"]}})),
                    &["- X.a: items: value `B` [breaks users]"],
                    &["+ X.a: items: value `B`"],
                ),
                // The variant for what is not known gives way to it.
                (
                    field(json!({"type": "string", "enum": ["A"]})),
                    field(json!({"type": "string", "enum": ["A", "unknown"]})),
                    &["+ X.a: value `unknown` [breaks users]"],
                    &["- X.a: value `unknown` [breaks users]"],
                ),
            ],
        );
    }

    #[test]
    fn each_change_inside_a_choice_breaks_users() {
        let y = json!({"$ref": "#/components/schemas/Y"});
        let inline = json!({"type": "object", "required": ["q"], "properties": {"q": {"type": "string"}, "r": {"type": "string"}}});
        let of = |members: &[&Value]| json!({"oneOf": members});
        let mut without = inline.clone();
        without["properties"].as_object_mut().unwrap().remove("r");
        let mut needed = inline.clone();
        needed["required"] = json!(["q", "r"]);
        let mut null = inline.clone();
        null["nullable"] = json!(true);
        let mut untyped = inline.clone();
        untyped.as_object_mut().unwrap().remove("type");
        let mut retyped = inline.clone();
        retyped["properties"]["r"] = json!({"type": "integer"});
        assert_both_ways(
            Used::Answered,
            vec![
                (
                    of(&[&y, &inline]),
                    of(&[&y]),
                    &["~ X: type is one of (Y), was one of (Y, object with fields) [breaks users]"],
                    &["~ X: type is one of (Y, object with fields), was one of (Y) [breaks users]"],
                ),
                (
                    of(&[&y, &inline]),
                    json!({}),
                    &["~ X: type is anything, was one of (Y, object with fields) [breaks users]"],
                    &["~ X: type is one of (Y, object with fields), was anything [breaks users]"],
                ),
                (
                    of(&[&y, &inline]),
                    of(&[&y, &without]),
                    &["- X: oneOf 2: field `r` [breaks users]"],
                    // A variant is taken apart with all of its fields.
                    &["+ X: oneOf 2: optional field `r` [breaks users]"],
                ),
                (
                    of(&[&y, &inline]),
                    of(&[&y, &needed]),
                    &["~ X: oneOf 2: field `r` is required, was optional [breaks users]"],
                    &["~ X: oneOf 2: field `r` is optional, was required [breaks users]"],
                ),
                (
                    of(&[&y, &inline]),
                    of(&[&y, &retyped]),
                    &["~ X: oneOf 2.r: type is integer, was string [breaks users]"],
                    &["~ X: oneOf 2.r: type is string, was integer [breaks users]"],
                ),
                (
                    of(&[&y, &inline]),
                    of(&[&y, &null]),
                    &["~ X: oneOf 2: is nullable, was not nullable [breaks users]"],
                    &["~ X: oneOf 2: is not nullable, was nullable [breaks users]"],
                ),
                (
                    of(&[&y, &inline]),
                    of(&[&y, &untyped]),
                    &["~ X: oneOf 2: type is none, was object [breaks users]"],
                    &["~ X: oneOf 2: type is object, was none [breaks users]"],
                ),
                (
                    json!({"anyOf": [y, inline]}),
                    json!({"anyOf": [y, without]}),
                    &["- X: anyOf 2: field `r` [breaks users]"],
                    &["+ X: anyOf 2: optional field `r` [breaks users]"],
                ),
                (
                    field(of(&[&json!({"type": "string"}), &json!({"type": "integer"})])),
                    field(of(&[&json!({"type": "integer"}), &json!({"type": "string"})])),
                    &["~ X.a: type is one of (integer, string), was one of (string, integer) [breaks users]"],
                    &["~ X.a: type is one of (string, integer), was one of (integer, string) [breaks users]"],
                ),
            ],
        );
    }

    #[test]
    fn an_all_of_is_compared_by_the_fields_it_comes_to() {
        let y = json!({"$ref": "#/components/schemas/Y"});
        let one = json!({"type": "object", "properties": {"q": {"type": "string"}, "r": {"type": "string"}}});
        let less = json!({"type": "object", "properties": {"q": {"type": "string"}}});
        assert_both_ways(
            Used::Sent,
            vec![
                (
                    json!({"allOf": [y, one]}),
                    json!({"allOf": [y, less]}),
                    &["- X: field `r` [breaks users]"],
                    &["+ X: optional field `r`"],
                ),
                (
                    json!({"allOf": [y, one]}),
                    json!({"allOf": [{"type": "object"}, one]}),
                    &["- X: field `y` [breaks users]"],
                    &["+ X: required field `y` [breaks users]"],
                ),
                (
                    json!({"allOf": [y, one]}),
                    y.clone(),
                    &["~ X: type is Y, was object with fields [breaks users]"],
                    &["~ X: type is object with fields, was Y [breaks users]"],
                ),
            ],
        );
        // Where the fields come from makes no difference.
        let here = json!({"type": "object", "required": ["y"], "properties": {"q": {"type": "string"}, "r": {"type": "string"}, "y": {"type": "string"}}});
        let (one, other) = (
            with_schema(Used::Sent, &json!({"allOf": [y, one]})),
            with_schema(Used::Sent, &here),
        );
        assert_told(&one, &other, &[], Code::Same);
    }

    #[test]
    fn a_reference_wrapped_for_its_words_is_the_same() {
        let bare = json!({"$ref": "#/components/schemas/Y"});
        let wrapped = json!({"allOf": [bare], "description": "words"});
        let (one, other) = (
            with_schema(Used::Sent, &field(bare)),
            with_schema(Used::Sent, &field(wrapped)),
        );
        assert_told(&one, &other, &[], Code::Same);
    }
}
