//! One schema of OpenAPI 3.1 (JSON Schema 2020-12) in the words of 3.0.3, as far as both can say it.

use serde_json::{Map, Value, json};

use super::schemas::Refusal;

type Object = Map<String, Value>;

/// Keywords for which OpenAPI 3.0 has no words. To drop them would change what the schema allows, or where its references lead.
const NOT_IN_3_0: &[&str] = &[
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "contains",
    "contentSchema",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Rewrites one schema whose inner schemas are rewritten already.
///
/// # Errors
/// A keyword or value that 3.0 cannot say.
pub(super) fn convert(schema: &mut Value) -> Result<(), Refusal> {
    match schema {
        Value::Bool(true) => {
            *schema = json!({});
            Ok(())
        }
        Value::Bool(false) => Err("is the schema `false`, which nothing fits".to_owned()),
        Value::Object(schema) => {
            if let Some(keyword) = NOT_IN_3_0.iter().find(|keyword| schema.contains_key(**keyword)) {
                return Err(format!("says `{keyword}`, which OpenAPI 3.0 does not know"));
            }
            schema.shift_remove("$comment");
            schema.shift_remove("$schema");
            const_is_an_enum_of_one(schema);
            null_is_a_flag(schema)?;
            bounds(schema, "exclusiveMinimum", "minimum", |exclusive, inclusive| {
                inclusive > exclusive
            })?;
            bounds(schema, "exclusiveMaximum", "maximum", |exclusive, inclusive| {
                inclusive < exclusive
            })?;
            first_example(schema);
            content_is_a_format(schema);
            null_members_are_a_flag(schema);
            reference_stands_alone(schema);
            Ok(())
        }
        _ => Err("is no schema".to_owned()),
    }
}

/// `const: x` → `enum: [x]`, with the type of `x` where none is said, since 3.0 has no values without type.
fn const_is_an_enum_of_one(schema: &mut Object) {
    let Some(value) = schema.shift_remove("const") else {
        return;
    };
    let kind = match &value {
        Value::Null | Value::Array(_) | Value::Object(_) => None,
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_f64() => Some("number"),
        Value::Number(_) => Some("integer"),
        Value::String(_) => Some("string"),
    };
    if let Some(kind) = kind {
        schema.entry("type").or_insert_with(|| json!(kind));
    }
    schema.insert("enum".to_owned(), json!([value]));
}

/// `type: [x, "null"]` → `type: x` and `nullable`; `null` alone → the enum whose only value is null.
fn null_is_a_flag(schema: &mut Object) -> Result<(), Refusal> {
    let types = match schema.get("type") {
        Some(Value::String(one)) if one == "null" => vec![one.clone()],
        Some(Value::Array(types)) => {
            let names = types.iter().map(|name| name.as_str().map(str::to_owned));
            names
                .collect::<Option<Vec<_>>>()
                .ok_or("has a `type` that is no name")?
        }
        _ => return Ok(()),
    };
    let mut real = types.iter().filter(|name| *name != "null");
    match (real.next(), real.next()) {
        (Some(first), Some(second)) => return Err(format!("has two types, `{first}` and `{second}`")),
        (Some(only), None) => {
            schema.insert("type".to_owned(), json!(only));
        }
        (None, _) => {
            schema.shift_remove("type");
            schema.insert("enum".to_owned(), json!([null]));
        }
    }
    if types.iter().any(|name| name == "null") {
        schema.insert("nullable".to_owned(), json!(true));
    }
    Ok(())
}

/// `exclusiveMinimum: 5` → `minimum: 5` and `exclusiveMinimum: true`; of two bounds the narrower stays.
fn bounds(
    schema: &mut Object,
    exclusive: &str,
    inclusive: &str,
    is_narrower: fn(f64, f64) -> bool,
) -> Result<(), Refusal> {
    let Some(Value::Number(bound)) = schema.get(exclusive).cloned() else {
        return Ok(());
    };
    let other = schema.get(inclusive).and_then(Value::as_f64);
    let value = bound
        .as_f64()
        .ok_or_else(|| format!("has an `{exclusive}` that is too large"))?;
    if other.is_some_and(|other| is_narrower(value, other)) {
        schema.shift_remove(exclusive);
    } else {
        schema.insert(inclusive.to_owned(), Value::Number(bound));
        schema.insert(exclusive.to_owned(), json!(true));
    }
    Ok(())
}

/// `examples: [a, b]` → `example: a`.
fn first_example(schema: &mut Object) {
    if let Some(Value::Array(examples)) = schema.shift_remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        schema.entry("example").or_insert(first);
    }
}

/// `contentEncoding: base64` → `format: byte`; raw bytes, of whatever media type, → `format: binary`.
fn content_is_a_format(schema: &mut Object) {
    let encoding = schema.shift_remove("contentEncoding");
    let media = schema.shift_remove("contentMediaType");
    let format = match (
        encoding.as_ref().and_then(Value::as_str),
        media.as_ref().and_then(Value::as_str),
    ) {
        (Some("base64"), _) => "byte",
        (None, Some("application/octet-stream")) => "binary",
        _ => return,
    };
    schema.entry("format").or_insert_with(|| json!(format));
}

/// `anyOf: [x, {type: "null"}]` → `x`, nullable; with several others, those and `nullable`. The same for `oneOf`.
fn null_members_are_a_flag(schema: &mut Object) {
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(members)) = schema.get_mut(keyword) else {
            continue;
        };
        let before = members.len();
        members.retain(|member| member.get("enum") != Some(&json!([null])));
        if members.len() == before || members.is_empty() {
            // Nothing but null: that is said well enough.
            continue;
        }
        let only = if members.len() == 1 { members.pop() } else { None };
        // A type beside the members that is not nullable has forbidden null already.
        if !schema.contains_key("type") {
            schema.insert("nullable".to_owned(), json!(true));
        }
        let Some(only) = only else { continue };
        schema.shift_remove(keyword);
        match only {
            Value::Object(only) if can_move_up(&only, schema) => {
                for (key, value) in only {
                    schema.entry(key).or_insert(value);
                }
            }
            only => add_to_all_of(schema, only),
        }
    }
}

/// Whether the keywords of `inner` can stand beside those of `outer`. Words for people may be in both: the outer ones are nearer to the use.
fn can_move_up(inner: &Object, outer: &Object) -> bool {
    let for_people = |key: &str| matches!(key, "description" | "title" | "example" | "nullable");
    !inner.contains_key("$ref") && inner.keys().all(|key| for_people(key) || !outer.contains_key(key))
}

/// `$ref` with keywords beside it → `allOf` with the reference: in 3.0 what stands beside a reference is ignored.
fn reference_stands_alone(schema: &mut Object) {
    if schema.len() > 1
        && let Some(reference) = schema.shift_remove("$ref")
    {
        add_to_all_of(schema, json!({"$ref": reference}));
    }
}

fn add_to_all_of(schema: &mut Object, member: Value) {
    match schema.get_mut("allOf") {
        Some(Value::Array(members)) => members.push(member),
        _ => {
            schema.insert("allOf".to_owned(), json!([member]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::schemas::each_schema;
    use super::*;

    fn converted(schema: Value) -> Result<Value, Refusal> {
        let mut root = json!({"schema": schema});
        each_schema(&mut root, &mut convert).map_err(|(_, what)| what)?;
        Ok(root["schema"].take())
    }

    #[test]
    fn the_same_is_said_in_the_words_of_3_0() {
        let reference = json!({"$ref": "#/components/schemas/A"});
        let table = [
            (
                json!({"type": ["string", "null"]}),
                json!({"type": "string", "nullable": true}),
            ),
            (
                json!({"type": ["null", "integer"], "format": "int32"}),
                json!({"type": "integer", "format": "int32", "nullable": true}),
            ),
            (json!({"type": ["string"]}), json!({"type": "string"})),
            (json!({"type": ["null"]}), json!({"enum": [null], "nullable": true})),
            (json!({"type": "null"}), json!({"enum": [null], "nullable": true})),
            (
                json!({"exclusiveMinimum": 5}),
                json!({"minimum": 5, "exclusiveMinimum": true}),
            ),
            (json!({"exclusiveMinimum": 5, "minimum": 7}), json!({"minimum": 7})),
            (
                json!({"exclusiveMinimum": 5, "minimum": 5}),
                json!({"minimum": 5, "exclusiveMinimum": true}),
            ),
            (
                json!({"exclusiveMaximum": 5, "maximum": 7}),
                json!({"maximum": 5, "exclusiveMaximum": true}),
            ),
            (json!({"exclusiveMaximum": 5, "maximum": 3}), json!({"maximum": 3})),
            (json!({"const": "a"}), json!({"type": "string", "enum": ["a"]})),
            (
                json!({"const": 1, "type": "number"}),
                json!({"type": "number", "enum": [1]}),
            ),
            (json!({"const": true}), json!({"type": "boolean", "enum": [true]})),
            (json!({"examples": ["a", "b"]}), json!({"example": "a"})),
            (json!({"examples": ["a"], "example": "c"}), json!({"example": "c"})),
            (json!({"examples": []}), json!({})),
            (
                json!({"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"}),
                json!({"type": "string", "format": "byte"}),
            ),
            (
                json!({"type": "string", "contentMediaType": "application/octet-stream"}),
                json!({"type": "string", "format": "binary"}),
            ),
            (
                json!({"type": "string", "contentMediaType": "text/html"}),
                json!({"type": "string"}),
            ),
            (
                json!({"anyOf": [reference, {"type": "null"}]}),
                json!({"allOf": [reference], "nullable": true}),
            ),
            (
                json!({"description": "d", "oneOf": [{"type": "null"}, {"type": "string", "description": "e"}]}),
                json!({"description": "d", "nullable": true, "type": "string"}),
            ),
            (
                json!({"oneOf": [reference, {"type": "string"}, {"type": "null"}]}),
                json!({"oneOf": [reference, {"type": "string"}], "nullable": true}),
            ),
            (
                json!({"minLength": 1, "anyOf": [{"type": "string", "minLength": 2}, {"type": "null"}]}),
                json!({"minLength": 1, "nullable": true, "allOf": [{"type": "string", "minLength": 2}]}),
            ),
            (
                json!({"$ref": "#/components/schemas/A", "description": "d"}),
                json!({"description": "d", "allOf": [reference]}),
            ),
            (reference.clone(), reference.clone()),
            (
                json!({"$comment": "c", "$schema": "s", "type": "object"}),
                json!({"type": "object"}),
            ),
            (json!({"items": true}), json!({"items": {}})),
            (
                json!({"additionalProperties": false}),
                json!({"additionalProperties": false}),
            ),
            (
                json!({"properties": {"examples": {"type": ["string", "null"]}}}),
                json!({"properties": {"examples": {"type": "string", "nullable": true}}}),
            ),
        ];
        for (from, to) in table {
            assert_eq!(converted(from.clone()), Ok(to), "{from}");
        }
    }

    #[test]
    fn what_3_0_has_no_words_for_is_refused() {
        for keyword in NOT_IN_3_0 {
            let what = converted(json!({"items": {*keyword: {}}})).unwrap_err();
            assert_eq!(what, format!("says `{keyword}`, which OpenAPI 3.0 does not know"));
        }
        for (schema, what) in [
            (
                json!({"type": ["string", "integer"]}),
                "has two types, `string` and `integer`",
            ),
            (
                json!({"type": ["null", "object", "array"]}),
                "has two types, `object` and `array`",
            ),
            (json!({"type": [1]}), "has a `type` that is no name"),
            (json!({"items": false}), "is the schema `false`, which nothing fits"),
            (json!({"items": 3}), "is no schema"),
        ] {
            assert_eq!(converted(schema), Err(what.to_owned()));
        }
    }

    #[test]
    fn what_is_converted_stays_when_converted_again() {
        let once = converted(json!({"anyOf": [{"type": ["integer", "null"], "exclusiveMinimum": 1}, {"const": null}]}))
            .unwrap();
        assert_eq!(converted(once.clone()), Ok(once));
    }
}
