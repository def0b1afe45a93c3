//! Parameters: where they are sent, what can be sent there, and that each has a name of its own in code.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Finding, paths};
use crate::document::{OperationRef, follow};
use crate::generate::names::{field_ident, left_of};

/// How deep a type is looked into; what holds itself has no end.
const DEPTH: usize = 16;

pub(super) fn check(root: &Value, operation: &OperationRef<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut refuse = |what: String, remedy| findings.push(Finding::in_operation(operation, what, remedy));
    if operation.value.get("parameters").is_some_and(|it| !it.is_array()) {
        refuse("has `parameters` that are no list".to_owned(), "write them as a list");
        return findings;
    }
    // A reference to nowhere is told by `references`.
    let Ok(parameters) = operation.parameters(root) else {
        return Vec::new();
    };
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    if operation.value.get("requestBody").is_some() {
        names.insert("body".to_owned(), "body");
    }
    let mut in_path = Vec::new();
    for parameter in parameters {
        let Some(name) = parameter.get("name").and_then(Value::as_str) else {
            refuse("has a parameter without name".to_owned(), "name it");
            continue;
        };
        if parameter.get("in") == Some(&json!("path")) {
            in_path.push(name);
        }
        if left_of(name).is_empty() {
            refuse(
                format!("the parameter `{name}` leaves no name in code"),
                "choose one with letters in it",
            );
        } else if let Some(other) = names.insert(field_ident(name).to_string(), name) {
            let what = match other {
                "body" if name != other => format!("the parameter `{name}` has the same name in code as the body"),
                other => format!("the parameter `{name}` has the same name in code as another, `{other}`"),
            };
            refuse(what, "choose names that differ in more than case and signs");
        }
        if let Some((what, remedy)) = place(parameter, name).or_else(|| value(root, parameter, name)) {
            refuse(what, remedy);
        }
    }
    findings.extend(paths::check(operation, &in_path));
    findings
}

type Refusal = (String, &'static str);

/// What is wrong with where and how a parameter is sent.
fn place(parameter: &Value, name: &str) -> Option<Refusal> {
    let text = |key| parameter.get(key).and_then(Value::as_str);
    let style = match text("in") {
        Some("path") if parameter.get("required") != Some(&json!(true)) => {
            return Some((
                format!("the path parameter `{name}` is not required"),
                "say `required: true`",
            ));
        }
        Some("header") if !is_token(name) => {
            let what = format!("the header parameter `{name}` has signs that no header can have in its name");
            return Some((what, "write its name as it is sent"));
        }
        Some("path" | "header") => "simple",
        Some("query") => "form",
        Some("cookie") => {
            let what = format!("the parameter `{name}` is sent as a cookie, which is not supported");
            return Some((what, "remove it, or send it as a header or in the query"));
        }
        _ => {
            let what = format!("the parameter `{name}` does not say where it is sent");
            return Some((what, "say `in: query`, `path` or `header`"));
        }
    };
    if text("style").is_some_and(|said| said != style) {
        let what = format!("the parameter `{name}` has a style other than `{style}`");
        return Some((what, "leave the style out"));
    }
    None
}

/// What is wrong with the values of a parameter, given where it is sent.
fn value(root: &Value, parameter: &Value, name: &str) -> Option<Refusal> {
    if parameter.get("content").is_some() {
        return Some((
            format!("the parameter `{name}` has `content`"),
            "give it a `schema` instead",
        ));
    }
    let Some(schema) = parameter.get("schema") else {
        return Some((format!("the parameter `{name}` has no schema"), "give it one"));
    };
    let place = parameter.get("in").and_then(Value::as_str).unwrap_or_default();
    match (place, Shape::of(root, schema, DEPTH)) {
        ("query", Shape::List) if parameter.get("explode") == Some(&json!(false)) => {
            let what = format!("the values of the parameter `{name}` are sent as one, `explode: false`");
            Some((what, "send one pair for each, `explode: true`"))
        }
        (_, Shape::Single) | ("query", Shape::Any | Shape::List) => None,
        ("query", Shape::Other) => Some((
            format!("the query parameter `{name}` is no single value and no list of them"),
            "let it be one, or send it in the body",
        )),
        (_, Shape::Any) => Some((format!("the {place} parameter `{name}` has no type"), "say its type")),
        _ => Some((
            format!("the {place} parameter `{name}` is no single value"),
            "let it be a text, a number or a boolean",
        )),
    }
}

/// What a value is, as far as it matters for sending it outside of a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Single,
    /// A list of single values.
    List,
    /// Objects, and lists of lists or objects.
    Other,
    /// Anything: the schema does not say.
    Any,
}

impl Shape {
    fn of(root: &Value, schema: &Value, depth: usize) -> Self {
        let (Ok(schema), Some(depth)) = (follow(root, schema), depth.checked_sub(1)) else {
            return Self::Any;
        };
        match schema.get("type").and_then(Value::as_str) {
            Some("array") => {
                let items = schema.get("items").map(|items| Self::of(root, items, depth));
                return match items {
                    Some(Self::Single | Self::Any) | None => Self::List,
                    Some(Self::List | Self::Other) => Self::Other,
                };
            }
            Some("object") => return Self::Other,
            Some(_) => return Self::Single,
            None => {}
        }
        if ["properties", "additionalProperties"]
            .iter()
            .any(|key| schema.get(key).is_some())
        {
            return Self::Other;
        }
        let members = ["allOf", "anyOf", "oneOf"]
            .iter()
            .filter_map(|keyword| schema.get(keyword)?.as_array());
        let shapes: Vec<Self> = members.flatten().map(|member| Self::of(root, member, depth)).collect();
        match shapes.as_slice() {
            [] => Self::Any,
            [only] => *only,
            // One that says only words, and others.
            several if several.iter().all(|shape| matches!(shape, Self::Single | Self::Any)) => {
                if several.contains(&Self::Single) {
                    Self::Single
                } else {
                    Self::Any
                }
            }
            _ => Self::Other,
        }
    }
}

/// Whether `name` can be that of a header: a token of RFC 9110 section 5.6.2.
fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use super::*;

    #[test]
    fn a_parameter_that_cannot_be_sent_is_refused() {
        let schema = json!({"type": "string"});
        for (parameter, what) in [
            (json!({"name": "q", "in": "query", "schema": schema}), None),
            (
                json!({"name": "q", "in": "query", "style": "form", "schema": schema}),
                None,
            ),
            (json!({"name": "h", "in": "header", "schema": schema}), None),
            (
                json!({"name": "session", "in": "cookie", "schema": schema}),
                Some("the parameter `session` is sent as a cookie, which is not supported"),
            ),
            (
                json!({"name": "q", "schema": schema}),
                Some("the parameter `q` does not say where it is sent"),
            ),
            (
                json!({"in": "query", "schema": schema}),
                Some("has a parameter without name"),
            ),
            (
                json!({"name": "q", "in": "query"}),
                Some("the parameter `q` has no schema"),
            ),
            (
                json!({"name": "q", "in": "query", "content": {}}),
                Some("the parameter `q` has `content`"),
            ),
            (
                json!({"name": "q", "in": "query", "style": "deepObject", "schema": schema}),
                Some("the parameter `q` has a style other than `form`"),
            ),
            (
                json!({"name": "id", "in": "path", "schema": schema}),
                Some("the path parameter `id` is not required"),
            ),
            (
                json!({"name": "b", "in": "path", "required": true, "schema": schema}),
                Some("the path parameter `b` is not in the path `/a/{id}`"),
            ),
        ] {
            let document = with_operation(&json!({"parameters": [parameter]}));
            let expected: Vec<String> = what.into_iter().map(|what| format!("getA: {what}")).collect();
            assert_eq!(said(&document), expected, "{parameter}");
        }
    }

    #[test]
    fn each_parameter_has_a_name_of_its_own_in_code() {
        let named = |name: &str, place: &str| json!({"name": name, "in": place, "schema": {"type": "string"}});
        for (parameters, body, what) in [
            (json!([named("userId", "query"), named("user", "query")]), false, None),
            (json!([named("2fa", "query"), named("new", "query")]), false, None),
            (json!([named("body", "query")]), false, None),
            (
                json!([named("userId", "query"), named("user_id", "query")]),
                false,
                Some("the parameter `user_id` has the same name in code as another, `userId`"),
            ),
            (
                json!([named("id", "query")]),
                false,
                Some("the parameter `id` has the same name in code as another, `id`"),
            ),
            (
                json!([named("Body", "query")]),
                true,
                Some("the parameter `Body` has the same name in code as the body"),
            ),
            (
                json!([named("$", "query")]),
                false,
                Some("the parameter `$` leaves no name in code"),
            ),
        ] {
            let mut operation = json!({"parameters": parameters});
            if body {
                operation["requestBody"] = json!({"content": {"application/json": {"schema": {"type": "string"}}}});
            }
            let expected: Vec<String> = what.into_iter().map(|what| format!("getA: {what}")).collect();
            assert_eq!(said(&with_operation(&operation)), expected, "{parameters}");
        }
    }

    #[test]
    fn only_single_values_go_into_path_and_headers_and_lists_of_them_into_the_query() {
        let list = json!({"type": "array", "items": {"type": "string"}});
        let object = json!({"type": "object", "additionalProperties": {"type": "string"}});
        let lists = json!({"type": "array", "items": list});
        let referred = json!({"allOf": [{"$ref": "#/components/schemas/List"}]});
        for (place, schema, what) in [
            ("header", json!({"allOf": [{"type": "string"}]}), None),
            (
                "header",
                json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
                None,
            ),
            ("header", json!({}), Some("the header parameter `x` has no type")),
            (
                "header",
                list.clone(),
                Some("the header parameter `x` is no single value"),
            ),
            (
                "header",
                referred.clone(),
                Some("the header parameter `x` is no single value"),
            ),
            (
                "header",
                object.clone(),
                Some("the header parameter `x` is no single value"),
            ),
            ("query", json!({}), None),
            ("query", list.clone(), None),
            ("query", referred, None),
            (
                "query",
                object,
                Some("the query parameter `x` is no single value and no list of them"),
            ),
            (
                "query",
                lists,
                Some("the query parameter `x` is no single value and no list of them"),
            ),
            ("query", json!({"$ref": "#/components/schemas/Itself"}), None),
        ] {
            let mut document = with_operation(&json!({"parameters": [{"name": "x", "in": place, "schema": schema}]}));
            document["components"] = json!({"schemas": {
                "List": list, "Itself": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/components/schemas/Itself"}}},
            }});
            let expected: Vec<String> = what.into_iter().map(|what| format!("getA: {what}")).collect();
            if schema.get("$ref").is_none() {
                assert_eq!(said(&document), expected, "{schema}");
            } else {
                // What holds itself comes to an end.
                assert!(said(&document).len() <= 1);
            }
        }
    }

    #[test]
    fn a_list_in_the_query_is_sent_as_one_pair_for_each() {
        for (parameter, taken) in [
            (
                json!({"explode": true, "schema": {"type": "array", "items": {"type": "string"}}}),
                true,
            ),
            (
                json!({"explode": false, "schema": {"type": "array", "items": {"type": "string"}}}),
                false,
            ),
            (json!({"explode": false, "schema": {"type": "string"}}), true),
        ] {
            let mut whole = json!({"name": "q", "in": "query"});
            whole
                .as_object_mut()
                .unwrap()
                .extend(parameter.as_object().unwrap().clone());
            let said = said(&with_operation(&json!({"parameters": [whole]})));
            let what = "getA: the values of the parameter `q` are sent as one, `explode: false`";
            assert_eq!(said, if taken { vec![] } else { vec![what.to_owned()] }, "{parameter}");
        }
    }

    #[test]
    fn the_name_of_a_header_is_a_token() {
        for (name, taken) in [
            ("X-Request-Id", true),
            ("x_1.a~", true),
            ("X A", false),
            ("X:A", false),
            ("é", false),
        ] {
            let parameter = json!({"name": name, "in": "header", "schema": {"type": "string"}});
            assert_eq!(
                said(&with_operation(&json!({"parameters": [parameter]}))).is_empty(),
                taken,
                "{name}"
            );
        }
    }

    #[test]
    fn parameters_are_a_list() {
        let mut document = with_operation(&json!({}));
        document["paths"]["/a/{id}"]["get"]["parameters"] = json!({"a": 1});
        assert_eq!(said(&document), ["getA: has `parameters` that are no list"]);
    }
}
