//! Values: limits, defaults and closed sets are told in words, and not made part of the types.

use serde_json::{Value, json};

use super::walk::{self, Object};

/// Removes `default`, and says it in the description.
///
/// As part of the type it would be sent back explicitly, and would make an absent field look set.
pub(super) fn say_defaults(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        if let Some(default) = schema.shift_remove("default")
            && !default.is_null()
        {
            let default = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
            say(schema, &format!("Default: `{default}`."));
        }
    });
}

/// Removes patterns, lengths and ranges, and says them in the description.
///
/// The service checks them on what it is sent. On what it answers, one odd value must not spoil the whole.
pub(super) fn say_limits(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        let mut limits = Vec::new();
        for (least, most, unit) in [
            ("minLength", "maxLength", "characters"),
            ("minItems", "maxItems", "items"),
            ("minimum", "maximum", ""),
        ] {
            let unit = if unit.is_empty() {
                String::new()
            } else {
                format!(" {unit}")
            };
            let least = schema.shift_remove(least).filter(|least| *least != json!(0));
            match (least, schema.shift_remove(most)) {
                (Some(least), Some(most)) => limits.push(format!("{least} to {most}{unit}")),
                (Some(least), None) => limits.push(format!("at least {least}{unit}")),
                (None, Some(most)) => limits.push(format!("at most {most}{unit}")),
                (None, None) => {}
            }
        }
        for keyword in ["exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems"] {
            schema.shift_remove(keyword);
        }
        if let Some(Value::String(pattern)) = schema.shift_remove("pattern") {
            limits.push(format!("pattern `{pattern}`"));
        }
        if !limits.is_empty() {
            say(schema, &format!("Limits: {}.", limits.join(", ")));
        }
    });
}

/// Makes integers plain: unsigned where nothing below zero is allowed, and never a type that excludes zero.
///
/// Runs before the limits are removed.
pub(super) fn plain_integers(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        if schema.get("type") != Some(&json!("integer")) {
            return;
        }
        let unsigned = schema
            .get("minimum")
            .and_then(Value::as_i64)
            .is_some_and(|minimum| minimum >= 0);
        let wide = schema.get("format") == Some(&json!("int64"));
        schema.insert(
            "format".into(),
            json!(match (unsigned, wide) {
                (true, true) => "uint64",
                (true, false) => "uint32",
                (false, true) => "int64",
                (false, false) => "int32",
            }),
        );
    });
}

/// Removes `enum` from anything but strings, and says the values in the description: the set may grow.
///
/// Enums of strings stay here; they are opened in the generated code.
pub(super) fn say_closed_sets(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        let Some(Value::Array(values)) = schema.get_mut("enum") else {
            return;
        };
        values.retain(|value| !value.is_null());
        if schema.get("type") != Some(&json!("string"))
            && let Some(Value::Array(values)) = schema.shift_remove("enum")
        {
            let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            say(schema, &format!("Known values: {}.", values.join(", ")));
        }
    });
}

/// Removes formats that are not formats of OpenAPI: what the generator does not know it may refuse.
pub(super) fn known_formats_only(document: &mut Value) {
    const KNOWN: [&str; 9] = [
        "date-time",
        "date",
        "password",
        "int32",
        "int64",
        "uint32",
        "uint64",
        "float",
        "double",
    ];
    walk::schemas(document, &mut |schema| {
        if schema
            .get("format")
            .and_then(Value::as_str)
            .is_some_and(|format| !KNOWN.contains(&format))
        {
            schema.shift_remove("format");
        }
    });
}

/// Removes `nullable` from parameters: one that is null is not sent.
pub(super) fn parameters_are_not_nullable(document: &mut Value) {
    let strip = |parameter: &mut Value| {
        if let Some(Value::Object(schema)) = parameter.get_mut("schema") {
            schema.shift_remove("nullable");
        }
    };
    if let Some(Value::Object(parameters)) = document.pointer_mut("/components/parameters") {
        parameters.values_mut().for_each(strip);
    }
    walk::operations(document, &mut |operation| {
        if let Some(Value::Array(parameters)) = operation.get_mut("parameters") {
            parameters.iter_mut().for_each(strip);
        }
    });
}

/// Marks strings that are secrets by their name with `format: password`, so that they become a type that does not print.
pub(super) fn mark_secrets(document: &mut Value) {
    const SECRETS: [&str; 9] = [
        "accessKey",
        "accessToken",
        "access_token",
        "clientSecret",
        "client_secret",
        "code_verifier",
        "jwt",
        "password",
        "token",
    ];
    walk::schemas(document, &mut |schema| {
        for (name, property) in schema
            .get_mut("properties")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            if SECRETS.contains(&name.as_str())
                && let Value::Object(property) = property
                && property.get("type") == Some(&json!("string"))
                && !property.contains_key("enum")
            {
                property.entry("format").or_insert(json!("password"));
            }
        }
    });
}

/// Adds a paragraph to the description.
fn say(schema: &mut Object, text: &str) {
    let description = schema
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim_end();
    let separator = match description {
        "" => "",
        _ => "\n\n",
    };
    let description = format!("{description}{separator}{text}");
    schema.insert("description".into(), description.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(pass: fn(&mut Value), schema: Value) -> Value {
        let mut document = json!({"components": {"schemas": {"A": schema}}});
        pass(&mut document);
        document["components"]["schemas"]["A"].take()
    }

    #[test]
    fn a_default_is_said_and_not_sent() {
        let schema = after(
            say_defaults,
            json!({"type": "string", "default": "OAUTH2", "description": "The type."}),
        );
        assert_eq!(
            schema,
            json!({"type": "string", "description": "The type.\n\nDefault: `OAUTH2`."})
        );
        assert_eq!(
            after(say_defaults, json!({"default": false})),
            json!({"description": "Default: `false`."})
        );
    }

    #[test]
    fn limits_are_said_and_not_enforced_on_answers() {
        let schema = json!({"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^a$"});
        let expected = json!({"type": "string", "description": "Limits: 1 to 64 characters, pattern `^a$`."});
        assert_eq!(after(say_limits, schema), expected);
        let schema = json!({"type": "array", "minItems": 0, "maxItems": 10});
        assert_eq!(
            after(say_limits, schema),
            json!({"type": "array", "description": "Limits: at most 10 items."})
        );
    }

    #[test]
    fn an_integer_from_one_is_a_plain_unsigned_integer() {
        let format = |schema: Value| after(plain_integers, schema)["format"].clone();
        assert_eq!(
            format(json!({"type": "integer", "minimum": 1, "format": "int32"})),
            "uint32"
        );
        assert_eq!(
            format(json!({"type": "integer", "minimum": 0, "format": "int64"})),
            "uint64"
        );
        assert_eq!(format(json!({"type": "integer"})), "int32");
        assert_eq!(
            format(json!({"type": "integer", "minimum": -1, "format": "int64"})),
            "int64"
        );
    }

    #[test]
    fn a_set_of_numbers_is_said_and_a_set_of_strings_is_left_to_be_opened() {
        let numbers = after(say_closed_sets, json!({"type": "integer", "enum": [1, 2, null]}));
        assert_eq!(
            numbers,
            json!({"type": "integer", "description": "Known values: `1`, `2`."})
        );
        let strings = after(say_closed_sets, json!({"type": "string", "enum": ["A", null]}));
        assert_eq!(strings, json!({"type": "string", "enum": ["A"]}));
    }

    #[test]
    fn a_made_up_format_is_dropped() {
        assert_eq!(
            after(known_formats_only, json!({"format": "duration(ISO8601)"})),
            json!({})
        );
        assert_eq!(
            after(known_formats_only, json!({"format": "date-time"})),
            json!({"format": "date-time"})
        );
    }

    #[test]
    fn parameters_lose_nullable() {
        let mut document = json!({"paths": {"/": {"get": {"parameters": [{"schema": {"nullable": true}}]}}}});
        parameters_are_not_nullable(&mut document);
        assert_eq!(document.pointer("/paths/~1/get/parameters/0/schema"), Some(&json!({})));
    }

    #[test]
    fn a_secret_is_known_by_its_name() {
        let schema = json!({"properties": {"clientSecret": {"type": "string"}, "clientSecretId": {"type": "string"}}});
        let properties = after(mark_secrets, schema)["properties"].clone();
        assert_eq!(properties["clientSecret"]["format"], "password");
        assert_eq!(properties["clientSecretId"].get("format"), None);
    }
}
