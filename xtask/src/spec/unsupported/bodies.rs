//! Bodies: JSON of one shape for what is sent, one shape for what a success answers.

use serde_json::Value;

use super::Finding;
use crate::document::{OperationRef, follow, is_json};

pub(super) fn check(root: &Value, operation: &OperationRef<'_>) -> Vec<Finding> {
    // References to nowhere are told by `references`.
    let body = operation
        .request_body(root)
        .ok()
        .flatten()
        .and_then(|body| request(root, body));
    let answer = if operation.value.get("responses").is_some_and(Value::is_object) {
        operation.answers(root).ok().and_then(|answers| success(root, &answers))
    } else {
        Some(("has no `responses`".to_owned(), "say what it answers"))
    };
    let found = body.into_iter().chain(answer);
    found
        .map(|(what, remedy)| Finding::in_operation(operation, what, remedy))
        .collect()
}

type Refusal = (String, &'static str);

fn request(root: &Value, body: &Value) -> Option<Refusal> {
    let content: Vec<(&str, &Value)> = content(body).collect();
    if content.is_empty() {
        return Some((
            "the request body has no media type".to_owned(),
            "describe it as JSON, or remove it",
        ));
    }
    if let Some((other, _)) = content.iter().find(|(media, _)| !is_json(media)) {
        return Some(match content.iter().find(|(media, _)| is_json(media)) {
            Some((json, _)) => (
                format!("the request body has two media types, `{json}` and `{other}`"),
                "keep the JSON",
            ),
            None => (
                format!("the request body is `{other}`, which is not supported"),
                "describe it as JSON, or remove the operation",
            ),
        });
    }
    if let Some((media, _)) = content.iter().find(|(_, body)| body.get("schema").is_none()) {
        return Some((format!("the request body `{media}` has no schema"), "give it one"));
    }
    let bodies: Vec<&Value> = content.iter().map(|(_, body)| *body).collect();
    let (what, _) = two_schemas(root, &bodies)?;
    Some((format!("the JSON of the request body has {what}"), "keep one of them"))
}

fn success(root: &Value, answers: &[(&str, &Value)]) -> Option<Refusal> {
    let mut json = Vec::new();
    let mut bytes = None;
    for (status, answer) in answers.iter().filter(|(status, _)| status.starts_with('2')) {
        let bodies: Vec<&Value> = content(answer)
            .filter(|(media, _)| is_json(media))
            .map(|(_, body)| body)
            .collect();
        if bodies.iter().any(|body| body.get("schema").is_none()) {
            return Some((
                format!("the JSON answer {status} has no schema"),
                "give it one, `schema: {}` where it may be anything",
            ));
        }
        if bodies.is_empty() && content(answer).next().is_some() {
            bytes = Some(*status);
        }
        json.extend(bodies);
    }
    let remedy = "let all success answers have the same schema, or none";
    if let Some((what, _)) = two_schemas(root, &json) {
        return Some((format!("the success answers have {what}"), remedy));
    }
    let status = bytes.filter(|_| !json.is_empty())?;
    Some((
        format!("one success answer is JSON and another, {status}, is not"),
        remedy,
    ))
}

/// `two different schemas` and the second of them, when not all of `bodies` have the same.
fn two_schemas<'a>(root: &'a Value, bodies: &[&'a Value]) -> Option<(String, &'a Value)> {
    let schemas: Vec<&Value> = bodies.iter().filter_map(|body| body.get("schema")).collect();
    let (first, others) = schemas.split_first()?;
    let same = |other: &&&Value| *first == **other || follow(root, first).is_ok_and(|it| follow(root, other) == Ok(it));
    let other = others.iter().find(|other| !same(other))?;
    let name = |schema: &Value| {
        let reference = schema.get("$ref").and_then(Value::as_str);
        reference
            .and_then(|reference| reference.rsplit('/').next())
            .map(|name| format!("`{name}`"))
    };
    let names = match (name(first), name(other)) {
        (Some(first), Some(other)) => format!(", {first} and {other}"),
        _ => String::new(),
    };
    Some((format!("two different schemas{names}"), other))
}

fn content(body: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let content = body.get("content").and_then(Value::as_object);
    content
        .into_iter()
        .flatten()
        .map(|(media, body)| (media.as_str(), body))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use super::*;
    use serde_json::json;

    fn a() -> Value {
        json!({"schema": {"$ref": "#/components/schemas/A"}})
    }

    fn b() -> Value {
        json!({"schema": {"$ref": "#/components/schemas/B"}})
    }

    fn said_of(operation: &Value) -> Vec<String> {
        let mut document = with_operation(operation);
        document["components"] = json!({"schemas": {
            "A": {"type": "object"}, "B": {"type": "string"}, "SameAsA": {"$ref": "#/components/schemas/A"},
        }});
        said(&document)
    }

    #[test]
    fn a_request_body_is_json_of_one_schema() {
        let same = json!({"schema": {"$ref": "#/components/schemas/SameAsA"}});
        for (content, what) in [
            (json!({}), Some("the request body has no media type")),
            (json!({"application/json": a()}), None),
            (
                json!({"application/json": a(), "application/links+json; charset=utf-8": a()}),
                None,
            ),
            (json!({"application/json": a(), "application/links+json": same}), None),
            (
                json!({"text/plain; charset=utf-8": b()}),
                Some("the request body is `text/plain; charset=utf-8`, which is not supported"),
            ),
            (
                json!({"application/x-www-form-urlencoded": a()}),
                Some("the request body is `application/x-www-form-urlencoded`, which is not supported"),
            ),
            (
                json!({"application/octet-stream": {}}),
                Some("the request body is `application/octet-stream`, which is not supported"),
            ),
            (
                json!({"text/plain": b(), "application/json": a()}),
                Some("the request body has two media types, `application/json` and `text/plain`"),
            ),
            (
                json!({"application/x-www-form-urlencoded": a(), "text/plain": b()}),
                Some("the request body is `application/x-www-form-urlencoded`, which is not supported"),
            ),
            (
                json!({"application/json": a(), "application/links+json": b()}),
                Some("the JSON of the request body has two different schemas, `A` and `B`"),
            ),
            (
                json!({"multipart/form-data": a()}),
                Some("the request body is `multipart/form-data`, which is not supported"),
            ),
            (
                json!({"application/json": {}}),
                Some("the request body `application/json` has no schema"),
            ),
        ] {
            let expected: Vec<String> = what.into_iter().map(|what| format!("getA: {what}")).collect();
            assert_eq!(
                said_of(&json!({"requestBody": {"content": content}})),
                expected,
                "{content}"
            );
        }
    }

    #[test]
    fn an_operation_says_what_it_answers() {
        for responses in [json!(null), json!([])] {
            assert_eq!(said_of(&json!({"responses": responses})), ["getA: has no `responses`"]);
        }
    }

    #[test]
    fn success_answers_have_one_shape() {
        let json = |body: Value| json!({"content": {"application/links+json": body}});
        for (responses, what) in [
            (
                json!({"200": json(a()), "204": {}, "404": json(b()), "500": json(json!({}))}),
                None,
            ),
            (json!({"200": json(a()), "201": json(a())}), None),
            (json!({"200": {"content": {"text/html": {}}}}), None),
            (
                json!({"200": {"content": {"text/html": {}, "application/json": a()}}}),
                None,
            ),
            (
                json!({"200": json(json!({}))}),
                Some("the JSON answer 200 has no schema"),
            ),
            (
                json!({"200": json(a()), "2XX": json(b())}),
                Some("the success answers have two different schemas, `A` and `B`"),
            ),
            (
                json!({"200": json(a()), "202": json(json!({"schema": {"type": "string"}}))}),
                Some("the success answers have two different schemas"),
            ),
            (
                json!({"200": json(a()), "202": {"content": {"text/html": {}}}}),
                Some("one success answer is JSON and another, 202, is not"),
            ),
        ] {
            let expected: Vec<String> = what.into_iter().map(|what| format!("getA: {what}")).collect();
            assert_eq!(said_of(&json!({"responses": responses})), expected, "{responses}");
        }
    }
}
