//! References that lead nowhere, or to something of another kind than is due where they stand.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Finding;
use crate::document::{METHODS, place, pointer, references, resolve, schemas, tokens};

pub(super) fn check(root: &Value) -> Vec<Finding> {
    let schemas: BTreeSet<String> = schemas(root).into_iter().map(|(pointer, _)| pointer).collect();
    let kind = |pointer: &str| {
        if schemas.contains(pointer) {
            Some(Kind::Schema)
        } else {
            Kind::of_part(pointer)
        }
    };
    let mut findings = Vec::new();
    for (holder, reference) in references(root) {
        let target = match resolve(root, reference).and_then(|_| pointer(reference)) {
            Ok(target) => target,
            Err(bad) => {
                let remedy = "define what it names in this file, or correct it";
                findings.push(Finding::new(place(root, &holder), bad.to_string(), remedy));
                continue;
            }
        };
        if let Some(due) = kind(&holder)
            && kind(&target) != Some(due)
        {
            let what = format!("the reference `{reference}` leads to what is no {}", due.word());
            findings.push(Finding::new(place(root, &holder), what, due.remedy()));
        }
    }
    for (path, item) in root.get("paths").and_then(Value::as_object).into_iter().flatten() {
        if item.get("$ref").is_some() {
            let what = "is a path item elsewhere, whose operations are not found";
            findings.push(Finding::new(path.clone(), what, "write the operations in place"));
        }
    }
    findings
}

/// What stands at a place, where the generator reads it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Schema,
    Parameter,
    Body,
    Answer,
}

impl Kind {
    /// The kind of what `pointer` names, if it is a shared part or one of an operation.
    fn of_part(pointer: &str) -> Option<Self> {
        let tokens = tokens(pointer);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        match tokens.as_slice() {
            ["components", "parameters", _] | ["paths", _, "parameters", _] => Some(Self::Parameter),
            ["components", "requestBodies", _] => Some(Self::Body),
            ["components", "responses", _] => Some(Self::Answer),
            ["paths", _, method, part @ ..] if METHODS.contains(method) => match part {
                ["parameters", _] => Some(Self::Parameter),
                ["requestBody"] => Some(Self::Body),
                ["responses", _] => Some(Self::Answer),
                _ => None,
            },
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Parameter => "parameter",
            Self::Body => "request body",
            Self::Answer => "answer",
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::Schema => "name one, `#/components/schemas/NAME`",
            Self::Parameter => "name one, `#/components/parameters/NAME`",
            Self::Body => "name one, `#/components/requestBodies/NAME`",
            Self::Answer => "name one, `#/components/responses/NAME`",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use serde_json::json;

    #[test]
    fn a_reference_to_nowhere_is_said_once_and_at_its_place() {
        let document = with_operation(&json!({"parameters": [{"$ref": "#/components/parameters/none"}]}));
        assert_eq!(
            said(&document),
            ["getA: #/parameters/1: the reference `#/components/parameters/none` leads nowhere"]
        );
        let mut document = with_operation(&json!({}));
        document["components"] = json!({"schemas": {"A": {"items": {"$ref": "b.yaml#/B"}}}});
        assert_eq!(
            said(&document),
            ["#/components/schemas/A/items: the reference `b.yaml#/B` leaves the document"]
        );
    }

    #[test]
    fn a_reference_to_another_kind_is_refused_at_its_place() {
        for (operation, what) in [
            (
                json!({"parameters": [{"name": "q", "in": "query", "schema": {"$ref": "#/info"}}]}),
                "getA: #/parameters/1/schema: the reference `#/info` leads to what is no schema",
            ),
            (
                json!({"parameters": [{"name": "q", "in": "query", "schema": {"$ref": "#"}}]}),
                "getA: #/parameters/1/schema: the reference `#` leads to what is no schema",
            ),
            (
                json!({"parameters": [{"$ref": "#/components/responses/r"}]}),
                "getA: #/parameters/1: the reference `#/components/responses/r` leads to what is no parameter",
            ),
            (
                json!({"requestBody": {"$ref": "#/components/responses/r"}}),
                "getA: #/requestBody: the reference `#/components/responses/r` leads to what is no request body",
            ),
            (
                json!({"responses": {"404": {"$ref": "#/info"}}}),
                "getA: #/responses/404: the reference `#/info` leads to what is no answer",
            ),
        ] {
            let mut document = with_operation(&operation);
            document["components"]["responses"]["r"] = json!({"description": "R."});
            assert!(said(&document).contains(&what.to_owned()), "{:?}", said(&document));
        }
    }

    #[test]
    fn references_to_parts_of_the_same_kind_are_taken() {
        let mut document = with_operation(&json!({"responses": {"200": {"$ref": "#/paths/~1b/get/responses/200"}}}));
        document["paths"]["/b"] = json!({"get": {
            "operationId": "getB",
            "parameters": [{"name": "q", "in": "query", "schema": {"$ref": "#/components/parameters/p/schema"}}],
            "responses": {"200": {"description": "B."}},
        }});
        document["components"] =
            json!({"parameters": {"p": {"name": "p", "in": "query", "schema": {"type": "string"}}}});
        assert_eq!(said(&document), Vec::<String>::new());
    }

    #[test]
    fn a_path_item_elsewhere_is_refused() {
        let mut document = with_operation(&json!({}));
        document["paths"]["/b"] = json!({"$ref": "#/paths/~1a~1{id}"});
        assert_eq!(
            said(&document),
            ["/b: is a path item elsewhere, whose operations are not found"]
        );
    }
}
