//! Names of the description in its texts, written as the names of the code: whoever reads the documentation of the crate looks for those.
//!
//! A code span that is an operation id becomes a link to the method; one that is a parameter or field of what the text is about becomes the name that
//! it has in code. Everything else is left alone, so the words of the wire, such as values and headers, stay.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::names::field_ident;
use super::requests::method_ident;
use crate::generate::passes::ANSWERS;

/// How far into what is sent and answered fields are looked for.
const DEPTH: usize = 3;

/// What code spans become, by what they are.
type Names = BTreeMap<String, String>;

/// Rewrites every text of the mended description.
pub(super) fn write_names_as_in_code(document: &mut Value) {
    let methods: Names = crate::document::operations(document)
        .filter(|operation| !operation.id.is_empty())
        .map(|operation| {
            let method = method_ident(operation.id);
            (
                operation.id.to_owned(),
                format!("[`{method}`](crate::Client::{method})"),
            )
        })
        .collect();
    let schemas = document.pointer("/components/schemas").cloned().unwrap_or_default();
    if let Some(Value::Object(components)) = document.pointer_mut("/components/schemas") {
        for schema in components.values_mut() {
            in_schema(schema, &methods);
        }
    }
    let shared = document.pointer("/components/parameters").cloned().unwrap_or_default();
    let items = document.get_mut("paths").and_then(Value::as_object_mut);
    for item in items.into_iter().flat_map(|items| items.values_mut()) {
        let of_path = item.get("parameters").cloned().unwrap_or_default();
        in_parameters(item.get_mut("parameters"), &methods);
        for operation in item.as_object_mut().into_iter().flat_map(|item| item.values_mut()) {
            if let Value::Object(operation) = operation {
                let names = names_of_operation(operation, &of_path, &shared, &schemas, &methods);
                in_operation(operation, &names);
            }
        }
    }
}

/// The parameters of an operation, and the fields of what it sends and answers. What is nearer goes before what is farther.
fn names_of_operation(
    operation: &Map<String, Value>,
    of_path: &Value,
    shared: &Value,
    schemas: &Value,
    methods: &Names,
) -> Names {
    let mut names = methods.clone();
    let body = operation.get("requestBody").and_then(|body| body.get("content"));
    for media in body.and_then(Value::as_object).into_iter().flat_map(Map::values) {
        if let Some(schema) = media.get("schema") {
            add_all_fields(schema, schemas, &mut names, DEPTH);
        }
    }
    let answers = operation.get("responses").and_then(Value::as_object);
    let contents = answers
        .into_iter()
        .flat_map(Map::values)
        .filter_map(|answer| answer.get("content")?.as_object());
    for schema in contents.flat_map(Map::values).filter_map(|media| media.get("schema")) {
        add_all_fields(schema, schemas, &mut names, DEPTH);
    }
    let own = operation.get("parameters").and_then(Value::as_array);
    for parameter in own.into_iter().chain(of_path.as_array()).flatten() {
        let parameter = target(parameter, shared, "#/components/parameters/");
        // Headers are known by their names on the wire.
        if parameter.get("in").and_then(Value::as_str) != Some("header") {
            names.extend(parameter.get("name").and_then(Value::as_str).map(in_code));
        }
    }
    names
}

fn target<'a>(value: &'a Value, shared: &'a Value, place: &str) -> &'a Value {
    let name = value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|r| r.strip_prefix(place));
    name.and_then(|name| shared.get(name)).unwrap_or(value)
}

/// The fields of a schema, and of what is in it down to a depth; names that are there already stay.
fn add_all_fields(schema: &Value, schemas: &Value, names: &mut Names, depth: usize) {
    let schema = target(schema, schemas, "#/components/schemas/");
    for (name, _) in schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let (wire, code) = in_code(name);
        names.entry(wire).or_insert(code);
    }
    if depth > 0 {
        for inner in within(schema) {
            add_all_fields(inner, schemas, names, depth - 1);
        }
    }
}

/// The schemas that a schema is made of.
fn within(schema: &Value) -> impl Iterator<Item = &Value> {
    let properties = schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::values);
    let members = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .filter_map(|keyword| schema.get(keyword)?.as_array())
        .flatten();
    let elements = ["items", "additionalProperties"]
        .into_iter()
        .filter_map(|keyword| schema.get(keyword));
    properties.chain(members).chain(elements)
}

fn add_fields(schema: &Value, names: &mut Names) {
    let properties = schema.get("properties").and_then(Value::as_object);
    names.extend(properties.into_iter().flat_map(Map::keys).map(|name| in_code(name)));
}

/// A field or argument: what it is on the wire, and its code span.
fn in_code(name: &str) -> (String, String) {
    (name.to_owned(), format!("`{}`", field_ident(name)))
}

fn in_operation(operation: &mut Map<String, Value>, names: &Names) {
    for keyword in ["summary", "description", ANSWERS] {
        rewrite(operation, keyword, names);
    }
    if let Some(Value::Object(body)) = operation.get_mut("requestBody") {
        rewrite(body, "description", names);
    }
    in_parameters(operation.get_mut("parameters"), names);
}

fn in_parameters(parameters: Option<&mut Value>, names: &Names) {
    for parameter in parameters.and_then(Value::as_array_mut).into_iter().flatten() {
        if let Value::Object(parameter) = parameter {
            rewrite(parameter, "description", names);
            if let Some(Value::Object(schema)) = parameter.get_mut("schema") {
                rewrite(schema, "description", names);
            }
        }
    }
}

fn in_schema(schema: &mut Value, around: &Names) {
    let mut names = around.clone();
    add_fields(schema, &mut names);
    let Value::Object(schema) = schema else { return };
    rewrite(schema, "description", &names);
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(|properties| properties.values_mut()) {
        in_schema(property, &names);
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get_mut(keyword) {
            in_schema(inner, &names);
        }
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let members = schema.get_mut(keyword).and_then(Value::as_array_mut);
        members
            .into_iter()
            .flatten()
            .for_each(|member| in_schema(member, &names));
    }
}

fn rewrite(object: &mut Map<String, Value>, keyword: &str, names: &Names) {
    if let Some(Value::String(text)) = object.get_mut(keyword) {
        *text = rewritten(text, names);
    }
}

/// `text` with its code spans rewritten. A text with a block of code stays as it is, and so do spans within links.
fn rewritten(text: &str, names: &Names) -> String {
    if text.contains("```") || text.contains("~~~") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('`').peekable();
    let mut is_code = false;
    while let Some(part) = parts.next() {
        // An odd tick at the end opens nothing.
        let closes = parts.peek().is_some();
        match names.get(part).filter(|_| is_code && closes && !is_within_link(&out)) {
            Some(name) => out.push_str(name),
            None if is_code && closes => out.extend(["`", part, "`"]),
            None if is_code => out.extend(["`", part]),
            None => out.push_str(part),
        }
        is_code = !is_code;
    }
    out
}

/// Whether what follows `text` is in brackets that are still open.
fn is_within_link(text: &str) -> bool {
    let open = text
        .rfind('[')
        .filter(|at| !text.get(..*at).is_some_and(|before| before.ends_with('\\')));
    open.is_some_and(|open| text.rfind(']').is_none_or(|close| close < open))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn operations_become_links_and_parameters_and_fields_the_names_in_code() {
        let mut document = json!({
            "paths": {"/a/{userId}": {
                "parameters": [{"name": "userId", "in": "path", "description": "See `getUser`."}],
                "put": {
                    "operationId": "updateUser",
                    "description": "Sets `firstName` of `userId`, unless `If-Match`; see `getUser` and `otherName`.",
                    "x-answers": "- 404: No `userId`.",
                    "parameters": [{"name": "If-Match", "in": "header", "description": "Or `userId`."}],
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}},
                },
                "get": {"operationId": "getUser"},
            }},
            "components": {"schemas": {"User": {"description": "Has `firstName`.", "properties": {
                "firstName": {"description": "Not `type`, nor `getUser`."}, "type": {}, "userId": {},
            }}}},
        });
        write_names_as_in_code(&mut document);
        let put = &document["paths"]["/a/{userId}"]["put"];
        assert_eq!(
            put["description"],
            "Sets `first_name` of `user_id`, unless `If-Match`; see [`get_user`](crate::Client::get_user) and `otherName`."
        );
        assert_eq!(put["x-answers"], "- 404: No `user_id`.");
        let shared = &document["paths"]["/a/{userId}"]["parameters"][0];
        assert_eq!(shared["description"], "See [`get_user`](crate::Client::get_user).");
        assert_eq!(put["parameters"][0]["description"], "Or `user_id`.");
        let user = &document["components"]["schemas"]["User"];
        assert_eq!(user["description"], "Has `first_name`.");
        assert_eq!(
            user["properties"]["firstName"]["description"],
            "Not `type_`, nor [`get_user`](crate::Client::get_user)."
        );
    }

    #[test]
    fn code_blocks_links_and_odd_ticks_stay() {
        let names = Names::from([in_code("userId")]);
        for text in [
            "[`userId`](x)",
            "[the `userId` of](x)",
            "~~~\n`userId`\n~~~",
            "```\n`userId`\n```",
            "a ` b",
            "`userId",
            "``",
        ] {
            assert_eq!(rewritten(text, &names), text);
        }
        assert_eq!(rewritten("`userId``userId`", &names), "`user_id``user_id`");
    }
}
