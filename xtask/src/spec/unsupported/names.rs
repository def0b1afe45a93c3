//! Operation ids and schema names: they become the names of types and functions, so each must be there and differ from the others in code.

use std::collections::BTreeMap;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use serde_json::Value;

use super::Finding;
use crate::document::operations;

/// Types and traits that the code of models names; a model of such a name would hide it.
const TAKEN: &[&str] = &[
    "BTreeMap",
    "Default",
    "Deserialize",
    "From",
    "Into",
    "IntoIterator",
    "None",
    "Option",
    "Serialize",
    "Some",
    "String",
    "Vec",
];

pub(super) fn check(root: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut routes: BTreeMap<String, (&str, String)> = BTreeMap::new();
    for operation in operations(root) {
        if operation.id.is_empty() {
            findings.push(Finding::in_operation(&operation, "has no `operationId`", "give it one"));
            continue;
        }
        let route = operation.route();
        match routes.get(&in_code(operation.id)) {
            Some((id, other)) if *id == operation.id => {
                let what = format!("is the id of {other} and of {route}");
                findings.push(Finding::in_operation(
                    &operation,
                    what,
                    "give each operation an id of its own",
                ));
            }
            Some((id, _)) => {
                let what = format!("has the same name in code as the operation `{id}`");
                findings.push(Finding::in_operation(
                    &operation,
                    what,
                    "choose ids that differ in more than case and signs",
                ));
            }
            None => {
                routes.insert(in_code(operation.id), (operation.id, route));
            }
        }
    }
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let place = format!("#/components/schemas/{name}");
        if let Some(other) = names.insert(in_code(name), name) {
            let what = format!("has the same name in code as the schema `{other}`");
            let remedy = "choose names that differ in more than case and signs";
            findings.push(Finding::new(place.clone(), what, remedy));
        }
        if TAKEN.contains(&in_code(name).as_str()) {
            let what = format!("has the name of Rust's own `{}`", in_code(name));
            findings.push(Finding::new(place.clone(), what, "choose another name"));
        }
        fields(schema, &place, &mut findings);
    }
    findings
}

/// Fields of one object, at any depth, must differ in code as well.
fn fields(schema: &Value, place: &str, findings: &mut Vec<Finding>) {
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    if matches!(
        schema.get("additionalProperties"),
        Some(Value::Object(_) | Value::Bool(true))
    ) {
        // The field of the generated type that holds them.
        names.insert("extra".to_owned(), "extra");
    }
    for (name, property) in properties.into_iter().flatten() {
        if let Some(other) = names.insert(name.to_snake_case(), name) {
            let what = format!("the field `{name}` has the same name in code as the field `{other}`");
            let remedy = "choose names that differ in more than case and signs";
            findings.push(Finding::new(place.to_owned(), what, remedy));
        }
        fields(property, place, findings);
    }
}

/// A name without what code cannot tell apart: `get_user`, `getUser` and `get-user` are one.
fn in_code(name: &str) -> String {
    name.to_upper_camel_case()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use serde_json::json;

    #[test]
    fn an_operation_without_id_is_called_by_its_route() {
        assert_eq!(
            said(&with_operation(&json!({"operationId": ""}))),
            ["GET /a/{id}: has no `operationId`"]
        );
        assert_eq!(
            said(&with_operation(&json!({"operationId": 7}))),
            ["GET /a/{id}: has no `operationId`"]
        );
    }

    #[test]
    fn an_id_of_two_operations_is_refused_with_both() {
        for (id, what) in [
            ("getA", "getA: is the id of GET /a/{id} and of PUT /b"),
            ("get_a", "get_a: has the same name in code as the operation `getA`"),
        ] {
            let mut document = with_operation(&json!({}));
            document["paths"]["/b"] = json!({"put": {"operationId": id, "responses": {"200": {}}}});
            assert_eq!(said(&document), [what]);
        }
    }

    #[test]
    fn schemas_with_one_name_in_code_are_refused() {
        let mut document = with_operation(&json!({}));
        document["components"] = json!({"schemas": {"AccessRecord": {}, "access_record": {}, "Record": {}}});
        let what = "#/components/schemas/access_record: has the same name in code as the schema `AccessRecord`";
        assert_eq!(said(&document), [what]);
    }

    #[test]
    fn schemas_that_would_hide_a_type_of_the_language_are_refused() {
        let mut document = with_operation(&json!({}));
        document["components"] = json!({"schemas": {"option": {}, "Options": {}}});
        assert_eq!(
            said(&document),
            ["#/components/schemas/option: has the name of Rust's own `Option`"]
        );
    }

    #[test]
    fn fields_with_one_name_in_code_are_refused_at_any_depth() {
        let mut document = with_operation(&json!({}));
        let twice = json!({"properties": {"userId": {}, "user_id": {}, "id": {}}});
        for schema in [twice.clone(), json!({"properties": {"inner": twice}})] {
            document["components"] = json!({"schemas": {"A": schema}});
            let what = "#/components/schemas/A: the field `user_id` has the same name in code as the field `userId`";
            assert_eq!(said(&document), [what]);
        }
        // All further fields go into a field of that name.
        document["components"] = json!({"schemas": {"A": {"properties": {"Extra": {}}, "additionalProperties": true}}});
        assert_eq!(said(&document).len(), 1);
    }
}
