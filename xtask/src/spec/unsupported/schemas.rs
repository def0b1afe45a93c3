//! The shape of schemas: what the generator takes at every place where a schema is due.

use serde_json::Value;

use super::{Finding, enums};
use crate::document::{place, schemas};

/// The most steps of a JSON pointer to a schema: the compiler gives up on lists of lists of lists, and on the types in types that objects become.
const DEEPEST: usize = 40;

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

pub(super) fn check(root: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    let schemas = schemas(root);
    let steps = |pointer: &str| pointer.matches('/').count();
    let too_deep = schemas.iter().filter(|(pointer, _)| steps(pointer) > DEEPEST);
    // What is in it is deeper, and not told of as well.
    if let Some((pointer, _)) = too_deep.min_by_key(|(pointer, _)| steps(pointer)) {
        let remedy = "make a schema of a part of it under `#/components/schemas`";
        findings.push(Finding::new(place(root, pointer), "is nested too deep", remedy));
    }
    for (pointer, schema) in schemas {
        let refusal = shape(schema).or_else(|| enums::refusal(schema));
        findings.extend(refusal.map(|(what, remedy)| Finding::new(place(root, &pointer), what, remedy)));
    }
    findings
}

fn shape(schema: &Value) -> Option<(String, &'static str)> {
    let Some(schema) = schema.as_object() else {
        return Some((
            "is no schema".to_owned(),
            "write an object, `{}` where it may be anything",
        ));
    };
    match schema.get("$ref") {
        None => {}
        // What stands beside a reference is ignored.
        Some(Value::String(_)) => return None,
        Some(_) => {
            return Some((
                "has a `$ref` that is no text".to_owned(),
                "write `$ref: '#/components/schemas/NAME'`",
            ));
        }
    }
    match schema.get("type") {
        None => {}
        Some(Value::String(name)) if TYPES.contains(&name.as_str()) => {}
        Some(Value::String(name)) => {
            let remedy = "say `array`, `boolean`, `integer`, `number`, `object` or `string`";
            return Some((format!("has the type `{name}`, which there is not"), remedy));
        }
        Some(Value::Array(_)) => {
            let remedy = "say one, and `nullable: true` where it may be null";
            return Some((
                "has a list of types, which OpenAPI 3.0 does not know".to_owned(),
                remedy,
            ));
        }
        Some(_) => return Some(("has a `type` that is no name".to_owned(), "name one type")),
    }
    if schema.contains_key("not") {
        let what = "says `not`, for which there is no type".to_owned();
        return Some((what, "say what a value is, or leave it out"));
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if schema.get(keyword).is_some_and(|members| !members.is_array()) {
            return Some((format!("has an `{keyword}` that is no list"), "write a list of schemas"));
        }
    }
    if schema
        .get("properties")
        .is_some_and(|properties| !properties.is_object())
    {
        return Some((
            "has `properties` that are no object".to_owned(),
            "write them as `name: schema`",
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::testing::said_of_schema;
    use serde_json::json;

    #[test]
    fn what_has_no_type_in_code_is_refused_at_its_place() {
        for (schema, what) in [
            (json!({"type": "string"}), None),
            (
                json!({"type": "strng"}),
                Some("has the type `strng`, which there is not"),
            ),
            (
                json!({"type": ["string", "null"]}),
                Some("has a list of types, which OpenAPI 3.0 does not know"),
            ),
            (json!({"type": 3}), Some("has a `type` that is no name")),
            (
                json!({"not": {"type": "string"}}),
                Some("says `not`, for which there is no type"),
            ),
            (json!(3), Some("is no schema")),
            (json!([1]), Some("is no schema")),
            (json!({"$ref": 3}), Some("has a `$ref` that is no text")),
            (json!({"allOf": {}}), Some("has an `allOf` that is no list")),
            (json!({"properties": []}), Some("has `properties` that are no object")),
        ] {
            assert_eq!(said_of_schema(&schema), what.map(str::to_owned), "{schema}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_refused_once() {
        let nested = |levels| {
            (0..levels).fold(
                json!({"type": "string"}),
                |inner, _| json!({"type": "array", "items": inner}),
            )
        };
        assert_eq!(said_of_schema(&nested(37)), None);
        assert_eq!(said_of_schema(&nested(60)).as_deref(), Some("is nested too deep"));
    }

    #[test]
    fn schemas_are_looked_at_wherever_they_are() {
        for schema in [
            json!({"properties": {"a": {"type": "x"}}}),
            json!({"items": {"type": "x"}}),
            json!({"additionalProperties": {"oneOf": [{"type": "x"}]}}),
        ] {
            assert_eq!(
                said_of_schema(&schema).as_deref(),
                Some("has the type `x`, which there is not"),
                "{schema}"
            );
        }
    }
}
