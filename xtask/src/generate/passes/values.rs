//! Values: integers that are plain, formats that are known, secrets that do not print. What is only told in words is in `words`.

use serde_json::{Value, json};

use super::walk;

/// Makes integers plain: unsigned where nothing below zero is allowed, and never a type that excludes zero.
///
/// Runs before `words` removes the limits.
pub(super) fn plain_integers(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        if schema.get("type") != Some(&json!("integer")) {
            return;
        }
        let unsigned = schema
            .get("minimum")
            .and_then(Value::as_i64)
            .is_some_and(|minimum| minimum >= 0);
        // Without a format anything may come; times in milliseconds are beyond 32 bits.
        let format = schema.get("format").and_then(Value::as_str);
        let wide = !matches!(format, Some("int32" | "uint32"));
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
    walk::parameters(document, &mut |parameter| {
        if let Some(Value::Object(schema)) = parameter.get_mut("schema") {
            schema.shift_remove("nullable");
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

#[cfg(test)]
mod tests {
    use super::super::after;
    use super::*;

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
        assert_eq!(format(json!({"type": "integer"})), "int64");
        assert_eq!(format(json!({"type": "integer", "minimum": 0})), "uint64");
        assert_eq!(format(json!({"type": "integer", "format": "int32"})), "int32");
        assert_eq!(
            format(json!({"type": "integer", "minimum": -1, "format": "int64"})),
            "int64"
        );
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
