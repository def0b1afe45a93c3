//! Fields of objects: those of one type must differ in code as well, wherever the object is written.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Finding;
use crate::document::{follow, place, schemas};
use crate::generate::names::field_ident;

pub(super) fn check(root: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pointer, schema) in schemas(root) {
        // The members of an `allOf` are looked at together, as parts of the object around them.
        if !is_member_of_all(&pointer)
            && let Some((first, second)) = alike(root, schema)
        {
            let (what, remedy) = if first == OTHERS {
                let what = format!("the field `{second}` has the name under which all further fields are kept");
                (what, "choose another name, or leave `additionalProperties` out")
            } else {
                let what = format!("the field `{second}` has the same name in code as the field `{first}`");
                (what, "choose names that differ in more than case and signs")
            };
            findings.push(Finding::new(place(root, &pointer), what, remedy));
        }
    }
    findings
}

/// The field of the generated type that holds all further fields.
const OTHERS: &str = "extra";

/// Two fields of the object that `schema` describes with the same name in code.
fn alike<'a>(root: &'a Value, schema: &'a Value) -> Option<(&'a str, &'a str)> {
    if !schema.get("properties").is_some_and(Value::is_object) && schema.get("allOf").is_none() {
        return None;
    }
    let mut fields = Fields::default();
    fields.add(root, schema);
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    if fields.has_others {
        names.insert(OTHERS.to_owned(), OTHERS);
    }
    fields
        .names
        .into_iter()
        .find_map(|name| Some((names.insert(field_ident(name).to_string(), name)?, name)))
}

/// The fields of an object and of all that it is made of.
#[derive(Default)]
struct Fields<'a> {
    names: Vec<&'a str>,
    /// Whether there is a place for fields that are not described.
    has_others: bool,
    seen: BTreeSet<*const Value>,
}

impl<'a> Fields<'a> {
    fn add(&mut self, root: &'a Value, schema: &'a Value) {
        // A reference to nowhere is told by `references`; what is made of itself, by `circles`.
        let Ok(schema) = follow(root, schema) else { return };
        if !self.seen.insert(std::ptr::from_ref(schema)) {
            return;
        }
        for (name, _) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if !self.names.contains(&name.as_str()) {
                self.names.push(name);
            }
        }
        let others = schema.get("additionalProperties");
        self.has_others |= matches!(others, Some(Value::Object(_) | Value::Bool(true)));
        for member in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.add(root, member);
        }
    }
}

fn is_member_of_all(pointer: &str) -> bool {
    let mut steps = pointer.rsplit('/');
    let is_index = steps.next().is_some_and(|step| step.parse::<usize>().is_ok());
    is_index && steps.next() == Some("allOf")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, said_of_schema, with_operation};
    use serde_json::{Value, json};

    fn twice() -> Value {
        json!({"properties": {"userId": {}, "user_id": {}, "id": {}}})
    }

    const SAID: &str = "the field `user_id` has the same name in code as the field `userId`";

    #[test]
    fn fields_with_one_name_in_code_are_refused_in_every_schema() {
        for schema in [
            twice(),
            json!({"properties": {"inner": twice()}}),
            json!({"items": twice()}),
            json!({"additionalProperties": twice()}),
            json!({"oneOf": [twice()]}),
            json!({"anyOf": [{"type": "string"}, twice()]}),
            json!({"allOf": [twice()]}),
            json!({"allOf": [{"properties": {"userId": {}}}, {"properties": {"user_id": {}}}]}),
            json!({"properties": {"userId": {}}, "allOf": [{"allOf": [{"properties": {"user_id": {}}}]}]}),
        ] {
            assert_eq!(said_of_schema(&schema).as_deref(), Some(SAID), "{schema}");
        }
    }

    #[test]
    fn fields_of_bodies_and_answers_are_looked_at_too() {
        let content = json!({"application/json": {"schema": twice()}});
        for (operation, pointer) in [
            (json!({"requestBody": {"content": content}}), "requestBody"),
            (
                json!({"responses": {"200": {"description": "A.", "content": content}}}),
                "responses/200",
            ),
        ] {
            let expected = format!("getA: #/{pointer}/content/application~1json/schema: {SAID}");
            assert_eq!(said(&with_operation(&operation)), [expected]);
        }
    }

    #[test]
    fn the_field_for_all_others_is_one_as_well() {
        let schema = json!({"properties": {"Extra": {}}, "additionalProperties": true});
        assert!(said_of_schema(&schema).is_some());
        let schema = json!({"properties": {"Extra": {}}, "additionalProperties": false});
        assert_eq!(said_of_schema(&schema), None);
    }

    #[test]
    fn a_field_said_twice_by_the_parts_of_an_object_is_one() {
        let schema = json!({"properties": {"a": {}}, "allOf": [{"properties": {"a": {}, "b": {}}}]});
        assert_eq!(said_of_schema(&schema), None);
    }
}
