//! Parameters of one operation, and the order in which calls give them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::operations::Both;
use super::parts::{bare, is_true, list, reference};
use super::shape::Shape;
use super::types::Types;
use super::values::Values;
use super::{Changes, Documents, Pair};
use crate::document::{OperationRef, follow};

/// One parameter; where it is sent and its name tell it from the others.
struct Parameter<'a> {
    place: &'a str,
    /// Header names do not depend on case (RFC 9110 section 5.1).
    key: String,
    name: &'a str,
    required: bool,
    value: &'a Value,
}

impl Parameter<'_> {
    /// The same parameter in another description.
    fn among<'p, 'a>(&self, all: &'p [Parameter<'a>]) -> Option<&'p Parameter<'a>> {
        all.iter()
            .find(|other| self.place == other.place && self.key == other.key)
    }

    fn what(&self) -> String {
        format!("{} parameter `{}`", self.place, self.key)
    }
}

pub(super) fn compare(documents: Documents<'_>, both: Both<'_>, changes: &mut Changes) {
    let id = both.written.old.id;
    let mended = documents
        .mended
        .zip(both.mended)
        .map(|(root, operation)| parameters(root, operation));
    let written = documents
        .written
        .zip(both.written)
        .map(|(root, operation)| parameters(root, operation));
    for parameter in &mended.old {
        let what = parameter.what();
        let Some(other) = parameter.among(&mended.new) else {
            changes.removed(id, what, true);
            continue;
        };
        let required = Pair {
            old: parameter.required,
            new: other.required,
        };
        if !required.is_same() {
            // What was an argument becomes a setter, or the other way round.
            let word = required.map(|required| if required { "required" } else { "optional" });
            changes.differs(id, &what, word.old, word.new, true);
        }
        let place = format!("{id}: {what}");
        let schema = Pair {
            old: parameter.value.get("schema"),
            new: other.value.get("schema"),
        };
        if let Some(schema) = schema.both() {
            types(documents.mended, &place, schema, changes);
        }
        if let Some(found) = written.as_ref().map(|all| parameter.among(all)).both() {
            values(
                documents.written,
                &place,
                found.map(|parameter| parameter.value),
                changes,
            );
        }
    }
    let is_new = |parameter: &&Parameter<'_>| parameter.among(&mended.old).is_none();
    for parameter in mended.new.iter().filter(is_new) {
        let kind = if parameter.required { "required" } else { "optional" };
        changes.added(id, format!("{kind} {}", parameter.what()), parameter.required);
    }
    let arguments = mended.as_ref().map(|all| {
        let required = all.iter().filter(|parameter| parameter.required);
        required.map(|parameter| parameter.key.as_str()).collect()
    });
    changes.reordered(id, "required parameters", &arguments);
}

fn types(roots: Pair<&Value>, place: &str, both: Pair<&Value>, changes: &mut Changes) {
    if converts(roots, both) {
        let shown = roots
            .zip(both)
            .map(|(root, schema)| Shape::of(root, schema).to_string());
        changes.differs(place, "type", &shown.old, &shown.new, false);
    } else {
        Types::new(roots, changes).compare_argument(place, both);
    }
}

/// Whether calls stay as they are when a text, number or truth value in place moves into a component, or a text out of one: what was given converts.
///
/// Lists and enums are made of, and known by, their types, so those that move are others.
fn converts(roots: Pair<&Value>, both: Pair<&Value>) -> bool {
    let named = both.map(|schema| reference(schema).is_some());
    let shape = roots
        .zip(both)
        .map(|(root, schema)| Some(Shape::of(root, follow(root, bare(schema)).ok()?)));
    let same = shape.is_same();
    let Some(Shape::Plain(kind, format)) = shape.new.filter(|_| same) else {
        return false;
    };
    match (named.old, named.new) {
        (false, true) => true,
        (true, false) => kind == "string" && format.is_none(),
        _ => false,
    }
}

fn values(roots: Pair<&Value>, place: &str, both: Pair<&Value>, changes: &mut Changes) {
    let Some(schema) = both.map(|parameter| parameter.get("schema")).both() else {
        return;
    };
    let explode = both.map(explodes);
    if !explode.is_same() {
        // It says how a list or an object is written; of anything else there is but one way.
        let shape = Shape::of(roots.new, follow(roots.new, schema.new).unwrap_or(schema.new));
        let breaks = !matches!(shape, Shape::Plain(..) | Shape::Values);
        let shown = explode.map(|explode| explode.to_string());
        changes.differs(place, "explode", &shown.old, &shown.new, breaks);
    }
    Values::new(roots, changes).compare(place, schema, true);
}

/// Whether each element is sent by itself: unless told otherwise, in queries only.
fn explodes(parameter: &Value) -> bool {
    let said = parameter.get("explode").and_then(Value::as_bool);
    said.unwrap_or_else(|| parameter.get("in").and_then(Value::as_str) == Some("query"))
}

/// The parameters in the order in which calls give them: those of the path as they stand in it, then the operation's own, then those of its path item.
fn parameters<'a>(root: &'a Value, operation: OperationRef<'a>) -> Vec<Parameter<'a>> {
    let text = |parameter: &'a Value, key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
    let own = list(operation.value, "parameters").filter_map(|parameter| follow(root, parameter).ok());
    let all = own.chain(operation.parameters(root).unwrap_or_default());
    let mut seen = BTreeSet::new();
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    for value in all {
        let (place, name) = (text(value, "in"), text(value, "name"));
        let key = if place == "header" {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        };
        if seen.insert((place, key.clone())) {
            parameters.push(Parameter {
                place,
                key,
                name,
                required: is_true(value, "required"),
                value,
            });
        }
    }
    parameters.sort_by_key(|parameter| {
        let in_path = parameter.place == "path";
        (
            !in_path,
            operation
                .path
                .find(&format!("{{{}}}", parameter.name))
                .filter(|_| in_path),
        )
    });
    parameters
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Code, assert_told, document};
    use serde_json::{Value, json};

    /// A document of one operation with these parameters beside `id` in its path.
    fn with(parameters: &[&Value]) -> Value {
        let mut all = vec![json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}})];
        all.extend(parameters.iter().map(|parameter| (*parameter).clone()));
        let operation = json!({"operationId": "a", "tags": ["A"], "parameters": all, "responses": {"200": {}}});
        let schemas = json!({
            "Text": {"type": "string", "maxLength": 9},
            "Number": {"type": "integer"},
            "Kind": {"type": "string", "enum": ["A", "B"]},
            "Texts": {"type": "array", "items": {"type": "string"}},
        });
        document(&operation, &schemas)
    }

    fn query(name: &str, required: bool) -> Value {
        json!({"name": name, "in": "query", "required": required, "schema": {"type": "string"}})
    }

    fn of(schema: Value) -> Value {
        json!({"name": "q", "in": "query", "schema": schema})
    }

    #[test]
    fn parameters_that_go_or_must_be_given_break_users() {
        let (optional, required) = (query("q", false), query("q", true));
        for (old, new, line) in [
            (with(&[&optional]), with(&[]), "- a: query parameter `q` [breaks users]"),
            (with(&[]), with(&[&optional]), "+ a: optional query parameter `q`"),
            (
                with(&[]),
                with(&[&required]),
                "+ a: required query parameter `q` [breaks users]",
            ),
            (
                with(&[&optional]),
                with(&[&required]),
                "~ a: query parameter `q` is required, was optional [breaks users]",
            ),
            (
                with(&[&required]),
                with(&[&optional]),
                "~ a: query parameter `q` is optional, was required [breaks users]",
            ),
        ] {
            assert_told(&old, &new, &[line], Code::Other);
        }
    }

    #[test]
    fn required_parameters_that_change_places_break_users() {
        let (a, b) = (query("a", true), query("b", true));
        let swapped = ["~ a: order of required parameters is `id`, `b`, `a`, was `id`, `a`, `b` [breaks users]"];
        assert_told(&with(&[&a, &b]), &with(&[&b, &a]), &swapped, Code::Other);
        // Optional ones have setters.
        let (c, d) = (query("c", false), query("d", false));
        assert_told(&with(&[&c, &d]), &with(&[&d, &c]), &[], Code::Other);
    }

    #[test]
    fn parameters_of_the_path_stand_as_in_the_path_and_the_operations_own_before_shared_ones() {
        let path = |name: &str| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
        let of = |own: &[Value], shared: &[Value]| {
            let operation = json!({"operationId": "a", "tags": ["A"], "parameters": own, "responses": {"200": {}}});
            json!({"openapi": "3.0.3", "paths": {"/a/{x}/{y}": {"parameters": shared, "get": operation}}})
        };
        let (x, y, a, b) = (path("x"), path("y"), query("a", true), query("b", true));
        let plain = of(&[x.clone(), y.clone(), a.clone(), b.clone()], &[]);
        let same = of(&[a.clone(), y.clone()], &[b.clone(), x.clone()]);
        assert_told(&plain, &same, &[], Code::Same);
        let swapped = of(&[b, y, x], &[a]);
        let line = "~ a: order of required parameters is `x`, `y`, `b`, `a`, was `x`, `y`, `a`, `b` [breaks users]";
        assert_told(&plain, &swapped, &[line], Code::Other);
    }

    #[test]
    fn a_parameter_is_left_out_rather_than_null() {
        for kind in ["string", "integer", "array"] {
            let plain = of(json!({"type": kind, "items": {"type": "string"}}));
            let mut null = plain.clone();
            null["schema"]["nullable"] = json!(true);
            let there = "~ a: query parameter `q`: is nullable, was not nullable";
            assert_told(&with(&[&plain]), &with(&[&null]), &[there], Code::Same);
            let back = "~ a: query parameter `q`: is not nullable, was nullable";
            assert_told(&with(&[&null]), &with(&[&plain]), &[back], Code::Same);
        }
    }

    #[test]
    fn what_converts_may_move_into_a_component() {
        let named = |name: &str| of(json!({"$ref": format!("#/components/schemas/{name}")}));
        let (text, number) = (
            of(json!({"type": "string", "maxLength": 9})),
            of(json!({"type": "integer"})),
        );
        let (kind, texts) = (
            of(json!({"type": "string", "enum": ["A", "B"]})),
            of(json!({"type": "array", "items": {"type": "string"}})),
        );
        for (one, name, shown, there, back) in [
            (&text, "Text", "string", "", ""),
            (&number, "Number", "integer", "", " [breaks users]"),
            (
                &kind,
                "Kind",
                "string (one of a list)",
                " [breaks users]",
                " [breaks users]",
            ),
            (&texts, "Texts", "list of string", " [breaks users]", " [breaks users]"),
            // Another type is another type, wherever it stands.
            (&number, "Text", "integer", " [breaks users]", " [breaks users]"),
        ] {
            let other = named(name);
            let line = format!("~ a: query parameter `q`: type is {name}, was {shown}{there}");
            assert_told(&with(&[one]), &with(&[&other]), &[&line], Code::Other);
            let line = format!("~ a: query parameter `q`: type is {shown}, was {name}{back}");
            assert_told(&with(&[&other]), &with(&[one]), &[&line], Code::Other);
        }
        let longer = of(json!({"type": "string", "maxLength": 10}));
        let expected = [
            "~ a: query parameter `q`: type is Text, was string",
            "~ a: query parameter `q`: maxLength is 9, was 10 [breaks users]",
        ];
        assert_told(&with(&[&longer]), &with(&[&named("Text")]), &expected, Code::Other);
    }

    #[test]
    fn lists_that_are_written_in_another_way_break_users() {
        let text = of(json!({"type": "string"}));
        let list = of(json!({"type": "array", "items": {"type": "string"}}));
        let as_one = |parameter: &Value| {
            let mut parameter = parameter.clone();
            parameter["explode"] = json!(false);
            parameter
        };
        for (old, new, line) in [
            (
                &list,
                &as_one(&list),
                "~ a: query parameter `q`: explode is false, was true [breaks users]",
            ),
            (
                &as_one(&list),
                &list,
                "~ a: query parameter `q`: explode is true, was false [breaks users]",
            ),
            (
                &text,
                &as_one(&text),
                "~ a: query parameter `q`: explode is false, was true",
            ),
        ] {
            assert_told(&with(&[old]), &with(&[new]), &[line], Code::Same);
        }
    }

    #[test]
    fn limits_and_defaults_of_parameters_are_told() {
        let of = |schema: Value| with(&[&of(schema)]);
        let ten = of(json!({"type": "integer", "minimum": 1, "maximum": 10, "default": 5}));
        let more = of(json!({"type": "integer", "minimum": 1, "maximum": 20, "default": 6}));
        let there = [
            "~ a: query parameter `q`: default is 6, was 5",
            "~ a: query parameter `q`: maximum is 20, was 10",
        ];
        assert_told(&ten, &more, &there, Code::Same);
        let back = [
            "~ a: query parameter `q`: default is 5, was 6",
            "~ a: query parameter `q`: maximum is 10, was 20 [breaks users]",
        ];
        assert_told(&more, &ten, &back, Code::Same);
    }

    #[test]
    fn header_names_do_not_depend_on_case() {
        let header = |name: &str| json!({"name": name, "in": "header", "schema": {"type": "string"}});
        assert_told(
            &with(&[&header("If-Match")]),
            &with(&[&header("if-match")]),
            &[],
            Code::Other,
        );
    }
}
