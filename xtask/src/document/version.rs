//! Versions of OpenAPI: 3.0 is taken as it is, 3.1 is written as 3.0 where only the words differ, every other one is refused.

use serde_json::{Value, json};

use super::schemas::each_schema;
use super::{Document, dialect, place};
use crate::problem::Problem;

/// Turns a 3.1 description into 3.0.3; one of 3.0 stays as it is.
///
/// Parts that 3.0 does not know and a caller does not need (`jsonSchemaDialect`, `webhooks`) go; schemas are rewritten one by one.
///
/// # Errors
/// A version that is missing or neither 3.0 nor 3.1, and a schema that says what 3.0 cannot.
pub(crate) fn downgrade(document: &mut Document) -> Result<(), Problem> {
    let file = document.file.clone();
    let refuse = |what: String| {
        Err(Problem::new(
            &file,
            None,
            what,
            "give a description in OpenAPI 3.0 or 3.1",
        ))
    };
    let version = match document.value.get("openapi") {
        Some(Value::String(version)) => version.clone(),
        // Unquoted in YAML, `3.1` is a number.
        Some(Value::Number(version)) => version.to_string(),
        Some(_) => return refuse("has an `openapi` that is no version".to_owned()),
        None => {
            return match document.value.get("swagger") {
                Some(Value::String(version)) => refuse(format!("is Swagger {version}")),
                Some(version) => refuse(format!("is Swagger {version}")),
                None => refuse("does not say its version, `openapi: 3.0.3`".to_owned()),
            };
        }
    };
    match version.split('.').take(2).collect::<Vec<_>>().as_slice() {
        ["3", "0"] => return Ok(()),
        ["3", "1"] => {}
        _ => return refuse(format!("is OpenAPI {version}")),
    }
    if let Value::Object(root) = &mut document.value {
        root.insert("openapi".to_owned(), json!("3.0.3"));
        root.shift_remove("jsonSchemaDialect");
        root.shift_remove("webhooks");
        // Only required in 3.0: a 3.1 description may consist of webhooks alone.
        root.entry("paths").or_insert_with(|| json!({}));
    }
    each_schema(&mut document.value, &mut dialect::convert).map_err(|(pointer, what)| {
        let place = place(&document.value, &pointer);
        Problem::new(&file, Some(place), what, "say it in the words of OpenAPI 3.0")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn downgraded(value: &Value) -> Result<Value, String> {
        let mut document = Document::parse("a.json", &value.to_string()).unwrap();
        downgrade(&mut document).map_err(|problem| problem.to_string())?;
        Ok(document.value)
    }

    #[test]
    fn only_3_0_and_3_1_are_taken() {
        for (document, expected) in [
            (json!({"openapi": "3.0.0"}), Ok(())),
            (json!({"openapi": "3.0.3"}), Ok(())),
            (json!({"openapi": "3.1.1"}), Ok(())),
            (json!({"openapi": 3.1}), Ok(())),
            (json!({"openapi": "3.2.0"}), Err("is OpenAPI 3.2.0")),
            (json!({"openapi": "3.10.0"}), Err("is OpenAPI 3.10.0")),
            (json!({"openapi": "4"}), Err("is OpenAPI 4")),
            (json!({"openapi": null}), Err("has an `openapi` that is no version")),
            (json!({"swagger": "2.0"}), Err("is Swagger 2.0")),
            (json!({"swagger": 2}), Err("is Swagger 2")),
            (json!({"info": {}}), Err("does not say its version, `openapi: 3.0.3`")),
        ] {
            let expected = expected.map_err(|what| format!("a.json: {what}; give a description in OpenAPI 3.0 or 3.1"));
            assert_eq!(downgraded(&document).map(|_| ()), expected, "{document}");
        }
    }

    #[test]
    fn what_3_0_says_stays_as_it_is() {
        let document = json!({"openapi": "3.0.1", "webhooks": {}, "components": {"schemas": {
            "A": {"$ref": "#/b", "description": "ignored in 3.0"}, "B": {"exclusiveMinimum": true, "minimum": 1},
        }}});
        assert_eq!(downgraded(&document), Ok(document));
    }

    #[test]
    fn parts_that_3_0_does_not_know_go() {
        let document = json!({
            "openapi": "3.1.0", "jsonSchemaDialect": "https://example.com/x", "webhooks": {"w": {}},
            "paths": {"/a": {"get": {"parameters": [{"name": "q", "in": "query", "schema": {"type": ["string", "null"]}}]}}},
        });
        let expected = json!({
            "openapi": "3.0.3",
            "paths": {"/a": {"get": {"parameters": [
                {"name": "q", "in": "query", "schema": {"type": "string", "nullable": true}},
            ]}}},
        });
        assert_eq!(downgraded(&document), Ok(expected));
        assert_eq!(
            downgraded(&json!({"openapi": "3.1.0"})),
            Ok(json!({"openapi": "3.0.3", "paths": {}}))
        );
    }

    #[test]
    fn what_3_0_cannot_say_is_refused_by_its_place() {
        let schema = json!({"type": ["string", "integer"]});
        for (part, place) in [
            (
                json!({"components": {"schemas": {"A": {"properties": {"b": schema}}}}}),
                "#/components/schemas/A/properties/b",
            ),
            (
                json!({"paths": {"/a": {"get": {"operationId": "getA", "parameters": [{"schema": schema}]}}}}),
                "getA: #/parameters/0/schema",
            ),
        ] {
            let mut document = json!({"openapi": "3.1.0"});
            document
                .as_object_mut()
                .unwrap()
                .extend(part.as_object().unwrap().clone());
            let expected =
                format!("a.json: {place}: has two types, `string` and `integer`; say it in the words of OpenAPI 3.0");
            assert_eq!(downgraded(&document), Err(expected));
        }
    }
}
