//! Operation ids, tags and schema names: they become the names of types, functions and modules, so each must give one and differ from the others.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Finding, taken};
use crate::document::{OperationRef, operations};
use crate::generate::names::{left_of, module_name, type_name};

const NO_NAME: &str = "choose one with letters in it";
const ALIKE: &str = "choose names that differ in more than case and signs";

/// The longest name of a module; it is the name of a file as well, for which systems have limits.
const LONGEST: usize = 100;

pub(super) fn check(root: &Value) -> Vec<Finding> {
    let mut findings = ids(root);
    findings.extend(operations(root).filter_map(|operation| tag(&operation)));
    findings.extend(schemas(root));
    findings
}

fn ids(root: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut routes: BTreeMap<String, (&str, String)> = BTreeMap::new();
    for operation in operations(root) {
        let mut refuse = |what: String, remedy| findings.push(Finding::in_operation(&operation, what, remedy));
        if operation.id.is_empty() {
            refuse("has no `operationId`".to_owned(), "give it one");
            continue;
        }
        if !begins_with_letter(operation.id) {
            refuse(
                "has an id that is no name in code".to_owned(),
                "let it begin with a letter",
            );
            continue;
        }
        let name = type_name(operation.id);
        if taken::REQUESTS.contains(&name.as_str()) {
            refuse(
                format!("would be the request `{name}`, a name that the code of requests uses"),
                "choose another id",
            );
        }
        let route = operation.route();
        match routes.get(&name) {
            Some((id, other)) if *id == operation.id => {
                refuse(
                    format!("is the id of {other} and of {route}"),
                    "give each operation an id of its own",
                );
            }
            Some((id, _)) => {
                let remedy = "choose ids that differ in more than case and signs";
                refuse(format!("has the same name in code as the operation `{id}`"), remedy);
            }
            None => {
                routes.insert(name, (operation.id, route));
            }
        }
    }
    findings
}

/// Whether the name of `id` in code begins as names do. What has to be put before it, two parts of the generator do not agree on.
fn begins_with_letter(id: &str) -> bool {
    left_of(id).starts_with(char::is_alphabetic)
}

/// The first tag is the module that the request goes to.
fn tag(operation: &OperationRef<'_>) -> Option<Finding> {
    let tag = operation.tags().next()?;
    let name = module_name(tag);
    let (what, remedy) = if left_of(tag).is_empty() {
        ("leaves no name for a file", NO_NAME)
    } else if !name.is_ascii() {
        (
            "would be a file with a name that is not ASCII",
            "choose one of the letters a to z",
        )
    } else if name.len() > LONGEST {
        ("is too long for the name of a file", "choose a shorter one")
    } else {
        return None;
    };
    Some(Finding::in_operation(
        operation,
        format!("the tag `{tag}` {what}"),
        remedy,
    ))
}

fn schemas(root: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    for name in schemas.into_iter().flatten().map(|(name, _)| name) {
        let mut refuse =
            |what: String, remedy| findings.push(Finding::new(format!("#/components/schemas/{name}"), what, remedy));
        if left_of(name).is_empty() {
            refuse("leaves no name for a type".to_owned(), NO_NAME);
            continue;
        }
        if let Some(sign) = name.chars().find(|c| c.is_ascii() && !is_of_component(*c)) {
            let what = format!("has `{sign}` in its name, which OpenAPI does not allow there");
            refuse(what, "choose a name of letters, digits, `.`, `-` and `_`");
        }
        let in_code = type_name(name);
        if taken::MODELS.contains(&in_code.as_str()) {
            refuse(format!("has the name of Rust's own `{in_code}`"), "choose another name");
        }
        if let Some(other) = names.insert(in_code, name) {
            refuse(format!("has the same name in code as the schema `{other}`"), ALIKE);
        }
    }
    findings
}

/// What the names of components are made of, as far as ASCII goes.
fn is_of_component(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use super::*;
    use serde_json::json;

    #[test]
    fn an_operation_without_id_is_called_by_its_route() {
        for id in [json!(""), json!(7)] {
            assert_eq!(
                said(&with_operation(&json!({"operationId": id}))),
                ["GET /a/{id}: has no `operationId`"]
            );
        }
    }

    #[test]
    fn an_id_begins_with_a_letter() {
        for id in ["2fa", "???", "²", "_7"] {
            assert_eq!(
                said(&with_operation(&json!({"operationId": id}))),
                [format!("{id}: has an id that is no name in code")]
            );
        }
        for id in ["get2", "_get", "größe", "self", "user's"] {
            assert_eq!(
                said(&with_operation(&json!({"operationId": id}))),
                Vec::<String>::new(),
                "{id}"
            );
        }
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
    fn an_id_that_would_hide_what_requests_are_written_with_is_refused() {
        for name in taken::REQUESTS {
            assert_eq!(type_name(name), *name);
            assert_eq!(
                said(&with_operation(&json!({"operationId": name.to_lowercase()}))).len(),
                usize::from(type_name(&name.to_lowercase()) == *name),
                "{name}"
            );
        }
        assert_eq!(
            said(&with_operation(&json!({"operationId": "result"}))),
            ["result: would be the request `Result`, a name that the code of requests uses"]
        );
    }

    #[test]
    fn a_tag_gives_the_name_of_a_file() {
        for (tag, what) in [
            ("2FA", None),
            ("mod", None),
            ("", Some("leaves no name for a file")),
            ("!!!", Some("leaves no name for a file")),
            ("Größe", Some("would be a file with a name that is not ASCII")),
            (&"a".repeat(101), Some("is too long for the name of a file")),
        ] {
            let expected: Vec<String> = what
                .into_iter()
                .map(|what| format!("getA: the tag `{tag}` {what}"))
                .collect();
            assert_eq!(said(&with_operation(&json!({"tags": [tag, "???"]}))), expected);
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
    fn the_name_of_a_schema_has_letters_and_no_signs_that_references_escape() {
        for (name, what) in [
            ("!", "leaves no name for a type"),
            ("a b", "has ` ` in its name, which OpenAPI does not allow there"),
            ("a/b", "has `/` in its name, which OpenAPI does not allow there"),
        ] {
            let mut document = with_operation(&json!({}));
            document["components"] = json!({"schemas": {name: {}, "a.b-c_d": {}, "2D": {}, "Größe": {}}});
            assert_eq!(said(&document), [format!("#/components/schemas/{name}: {what}")]);
        }
    }
}
