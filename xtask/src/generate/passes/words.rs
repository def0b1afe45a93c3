//! What a description says in keywords and the types do not hold is said in words: limits, defaults, closed sets, read-only fields, statuses.

use serde_json::{Value, json};

use super::walk::{self, Object};
use crate::document::follow;
use crate::problem::one_line;

/// Holds, beside an operation's description, what each status of its answers means: Markdown, one list item a status.
pub(crate) const ANSWERS: &str = "x-answers";

/// Holds the limits of a schema until the schema around it has read them.
const LIMITS: &str = "x-limits";

/// Writes down what each status means, before the passes over answers leave one success and nothing else.
pub(super) fn say_answers(document: &mut Value) {
    let whole = document.clone();
    walk::operations(document, &mut |operation| {
        let Some(Value::Object(responses)) = operation.get("responses") else {
            return;
        };
        // The merged success is no status of the description; what was there before has been said.
        if operation.contains_key(ANSWERS) {
            return;
        }
        let items: Vec<String> = responses
            .iter()
            .filter(|(status, _)| !status.starts_with("x-"))
            .filter_map(|(status, answer)| answer_item(status, follow(&whole, answer).unwrap_or(answer)))
            .collect();
        if !items.is_empty() {
            operation.insert(ANSWERS.into(), items.join("\n").into());
        }
    });
}

/// `- 409: The id is taken.`, with the headers that come along; nothing where there is nothing to say.
fn answer_item(status: &str, answer: &Value) -> Option<String> {
    let description = |value: &Value| {
        let text = value.get("description").and_then(Value::as_str).unwrap_or_default();
        text.trim().replace('\n', "\n  ")
    };
    let mut parts = vec![description(answer)];
    let headers = answer.get("headers").and_then(Value::as_object);
    for (name, header) in headers.into_iter().flatten() {
        parts.push(format!("The header `{name}`: {}", description(header)));
    }
    let text = parts.join(" ");
    let status = if status == "default" { "Any other" } else { status };
    (!text.trim().is_empty()).then(|| format!("- {status}: {}", text.trim()))
}

/// Says which fields only the service sets, and removes the keyword.
///
/// Runs after `read_only_is_optional`, which reads it.
pub(super) fn say_read_only(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        for property in properties.into_iter().flat_map(|p| p.values_mut()) {
            if let Value::Object(property) = property
                && property.shift_remove("readOnly") == Some(json!(true))
            {
                say(property, "Set by the service.");
            }
        }
    });
}

/// Removes `default`, and says it in the description.
///
/// As part of the type it would be sent back explicitly, and would make an absent field look set.
pub(super) fn say_defaults(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        if let Some(default) = schema.shift_remove("default")
            && !default.is_null()
        {
            let default = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
            say(schema, &format!("Default: {}.", code_span(&default)));
        }
    });
}

/// Removes patterns, lengths and ranges, and says them in the description; those of the elements of a list or map at the list or map.
///
/// The service checks them on what it is sent. On what it answers, one odd value must not spoil the whole.
pub(super) fn say_limits(document: &mut Value) {
    // Inner schemas come first, so that the one around them finds their limits.
    walk::schemas(document, &mut |schema| {
        let mut limits = take_limits(schema);
        if !limits.is_empty() {
            schema.insert(LIMITS.into(), limits.join(", ").into());
        }
        for (keyword, elements) in [("items", "each"), ("additionalProperties", "each value")] {
            let inner = schema.get(keyword).and_then(|inner| inner.get(LIMITS));
            if let Some(inner) = inner.and_then(Value::as_str) {
                limits.push(format!("{elements} {inner}"));
            }
        }
        if !limits.is_empty() {
            say(schema, &format!("Limits: {}.", limits.join(", ")));
        }
    });
    walk::schemas(document, &mut |schema| {
        schema.shift_remove(LIMITS);
    });
}

/// Removes the limits of one schema, and returns them in words.
fn take_limits(schema: &mut Object) -> Vec<String> {
    let mut limits = Vec::new();
    for (least, most, unit) in [
        ("minLength", "maxLength", "character"),
        ("minItems", "maxItems", "item"),
        ("minProperties", "maxProperties", "entry"),
        ("minimum", "maximum", ""),
    ] {
        // The bound itself is not among the values: OpenAPI 3.0 has a mark for that.
        let mut excludes = |keyword: &str| unit.is_empty() && schema.shift_remove(keyword) == Some(json!(true));
        let (above, below) = (excludes("exclusiveMinimum"), excludes("exclusiveMaximum"));
        let least = schema.shift_remove(least).filter(|least| above || *least != json!(0));
        let most = schema.shift_remove(most);
        match (&least, &most) {
            (Some(least), Some(most)) if !above && !below => limits.push(if least == most {
                format!("exactly {}", counted(most, unit))
            } else {
                format!("{least} to {}", counted(most, unit))
            }),
            _ => {
                let least_is = if above { "more than" } else { "at least" };
                let most_is = if below { "less than" } else { "at most" };
                for (bound, words) in [(least, least_is), (most, most_is)] {
                    limits.extend(bound.map(|bound| format!("{words} {}", counted(&bound, unit))));
                }
            }
        }
    }
    if let Some(step) = schema.shift_remove("multipleOf") {
        limits.push(format!("a multiple of {step}"));
    }
    if schema.shift_remove("uniqueItems") == Some(json!(true)) {
        limits.push("none twice".to_owned());
    }
    if let Some(Value::String(pattern)) = schema.shift_remove("pattern") {
        limits.push(format!("pattern {}", code_span(&pattern)));
    }
    limits
}

/// `1 item`, `2 items`, `2 entries`; a number without a unit as it is.
fn counted(count: &Value, unit: &str) -> String {
    match (unit, count == &json!(1)) {
        ("", _) => count.to_string(),
        (unit, true) => format!("{count} {unit}"),
        ("entry", false) => format!("{count} entries"),
        (unit, false) => format!("{count} {unit}s"),
    }
}

/// A code span of one line, whatever is in it.
pub(crate) fn code_span(text: &str) -> String {
    let text = one_line(text);
    if text.contains('`') {
        // A span may hold single ticks between double ones (CommonMark section 6.1).
        format!("`` {} ``", text.replace("``", "` `"))
    } else {
        format!("`{text}`")
    }
}

/// Moves what is said of a parameter with a set of values to the type of its values, which then say what each of them means.
pub(super) fn parameters_speak_by_their_values(document: &mut Value) {
    walk::parameters(document, &mut |parameter| {
        let Value::Object(parameter) = parameter else { return };
        let is_silent = |schema: &&mut Object| schema.contains_key("enum") && !schema.contains_key("description");
        if let Some(description) = parameter.get("description").cloned()
            && let Some(schema) = parameter
                .get_mut("schema")
                .and_then(Value::as_object_mut)
                .filter(is_silent)
        {
            schema.insert("description".into(), description);
            parameter.shift_remove("description");
        }
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
            let values: Vec<String> = values.iter().map(|value| code_span(&value.to_string())).collect();
            say(schema, &format!("Known values: {}.", values.join(", ")));
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
    use super::super::after;
    use super::*;

    #[test]
    fn every_status_is_said_with_its_headers_and_through_references() {
        let mut document = json!({
            "paths": {"/": {"get": {"responses": {
                "201": {"description": "Made.\nFor good.\n", "headers": {"Last-Modified": {"description": "When."}}},
                "404": {"$ref": "#/components/responses/Gone"},
                "default": {"description": "Other things."},
                "500": {"description": ""},
                "x-note": {"description": "Not an answer."},
            }}}},
            "components": {"responses": {"Gone": {"description": "No such thing."}}},
        });
        say_answers(&mut document);
        assert_eq!(
            document["paths"]["/"]["get"][ANSWERS],
            "- 201: Made.\n  For good. The header `Last-Modified`: When.\n- 404: No such thing.\n- Any other: Other things."
        );
    }

    #[test]
    fn what_is_said_of_a_parameter_goes_to_its_values() {
        let parameter = |description: Value, schema: Value| json!({"paths": {"/": {"get": {"parameters": [{"description": description, "schema": schema}]}}}});
        let mut document = parameter(json!("How.\n\n- `A`: So."), json!({"type": "string", "enum": ["A"]}));
        parameters_speak_by_their_values(&mut document);
        let moved = &document["paths"]["/"]["get"]["parameters"][0];
        assert_eq!(moved.get("description"), None);
        assert_eq!(moved["schema"]["description"], "How.\n\n- `A`: So.");
        let mut plain = parameter(json!("How."), json!({"type": "string"}));
        let before = plain.clone();
        parameters_speak_by_their_values(&mut plain);
        assert_eq!(plain, before);
    }

    #[test]
    fn bounds_are_said_as_they_are() {
        for (schema, said) in [
            (json!({"minimum": 5, "exclusiveMinimum": true}), "more than 5"),
            (
                json!({"minimum": 0, "exclusiveMinimum": true, "maximum": 9}),
                "more than 0, at most 9",
            ),
            (
                json!({"minimum": 1, "maximum": 9, "exclusiveMaximum": true}),
                "at least 1, less than 9",
            ),
            (
                json!({"minItems": 3, "maxItems": 3, "uniqueItems": true}),
                "exactly 3 items, none twice",
            ),
            (json!({"maximum": 10, "multipleOf": 5}), "at most 10, a multiple of 5"),
            (json!({"pattern": "^`+$"}), "pattern `` ^`+$ ``"),
        ] {
            assert_eq!(after(say_limits, schema)["description"], format!("Limits: {said}."));
        }
    }

    #[test]
    fn what_only_the_service_sets_says_so() {
        let schema =
            json!({"properties": {"a": {"readOnly": true, "description": "When."}, "b": {"description": "What."}}});
        assert_eq!(
            after(say_read_only, schema),
            json!({"properties": {"a": {"description": "When.\n\nSet by the service."}, "b": {"description": "What."}}})
        );
    }

    #[test]
    fn limits_of_elements_are_said_at_the_list_and_at_the_map() {
        let list = json!({"type": "array", "maxItems": 1, "items": {"type": "string", "maxLength": 64}});
        let list = after(say_limits, list);
        assert_eq!(
            list["description"],
            "Limits: at most 1 item, each at most 64 characters."
        );
        let map =
            json!({"type": "object", "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 128}});
        let map = after(say_limits, map);
        assert_eq!(map["description"], "Limits: each value 1 to 128 characters.");
        assert_eq!(map["additionalProperties"].get(LIMITS), None);
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
    fn a_set_of_numbers_is_said_and_a_set_of_strings_is_left_to_be_opened() {
        let numbers = after(say_closed_sets, json!({"type": "integer", "enum": [1, 2, null]}));
        assert_eq!(
            numbers,
            json!({"type": "integer", "description": "Known values: `1`, `2`."})
        );
        let strings = after(say_closed_sets, json!({"type": "string", "enum": ["A", null]}));
        assert_eq!(strings, json!({"type": "string", "enum": ["A"]}));
    }
}
