//! What one operation sends as its body, and what it answers.

use serde_json::Value;

use super::operations::Both;
use super::parts::is_true;
use super::shape::Shape;
use super::types::{Order, Types};
use super::values::Values;
use super::{Changes, Documents, Pair};
use crate::document::{OperationRef, is_json};
use crate::generate::OPTIONAL_BODY;

pub(super) fn compare(documents: Documents<'_>, both: Both<'_>, changes: &mut Changes) {
    success(documents, both, changes);
    request(documents, both, changes);
}

fn request(documents: Documents<'_>, both: Both<'_>, changes: &mut Changes) {
    let id = both.written.old.id;
    let word = |body: &Value| {
        if is_true(body, "required") {
            "required"
        } else {
            "optional"
        }
    };
    let mended = documents
        .mended
        .zip(both.mended)
        .map(|(root, operation)| request_body(root, operation));
    let body = match (mended.old, mended.new) {
        (None, None) => return,
        (Some(_), None) => return changes.removed(id, "request body", true),
        (None, Some(body)) => {
            return changes.added(id, format!("{} request body", word(body)), is_true(body, "required"));
        }
        (Some(old), Some(new)) => Pair { old, new },
    };
    let words = body.map(word);
    if !words.is_same() {
        changes.differs(id, "request body", words.old, words.new, true);
    }
    let media = body.map(|body| content(body).map_or("nothing", |(media, _)| kind(media)));
    if !media.is_same() {
        changes.differs(id, "media type of the request body", media.old, media.new, true);
    }
    let place = format!("{id}: request body");
    if let Some(schema) = body.map(schema).both() {
        Types::new(documents.mended, changes).compare_argument(&place, schema);
    }
    let written = documents
        .written
        .zip(both.written)
        .map(|(root, operation)| request_body(root, operation));
    if let Some(schema) = written.map(|body| body.and_then(schema)).both() {
        Values::new(documents.written, changes).compare(&place, schema, true);
    }
}

fn request_body<'a>(root: &'a Value, operation: OperationRef<'a>) -> Option<&'a Value> {
    operation.request_body(root).ok().flatten()
}

/// What a call returns.
#[derive(PartialEq, Eq)]
enum Output {
    Nothing,
    /// The bytes of one of these media types.
    Bytes(String),
    /// JSON, and whether the service may answer without it.
    Json(Shape, bool),
}

impl Output {
    /// `answer` is the one that stands for every success.
    fn of(root: &Value, answer: Option<&Value>) -> Self {
        let Some((answer, (media, body))) = answer.and_then(|answer| Some((answer, content(answer)?))) else {
            return Self::Nothing;
        };
        match body.get("schema").filter(|_| is_json(media)) {
            Some(schema) => Self::Json(Shape::of(root, schema), answer.get(OPTIONAL_BODY).is_some()),
            None => Self::Bytes(kind(media).to_owned()),
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Nothing => "empty".to_owned(),
            Self::Bytes(media) => media.clone(),
            Self::Json(shape, true) => format!("{shape} or empty"),
            Self::Json(shape, false) => shape.to_string(),
        }
    }
}

fn success(documents: Documents<'_>, both: Both<'_>, changes: &mut Changes) {
    let id = both.written.old.id;
    let mended = documents
        .mended
        .zip(both.mended)
        .map(|(root, operation)| answer(root, operation));
    let output = documents
        .mended
        .zip(mended)
        .map(|(root, answer)| Output::of(root, answer));
    if !output.is_same() {
        // Bytes are bytes, whatever they are called.
        let breaks = !matches!((&output.old, &output.new), (Output::Bytes(_), Output::Bytes(_)));
        let shown = output.as_ref().map(Output::shown);
        changes.differs(id, "success answer", &shown.old, &shown.new, breaks);
    }
    match (&output.old, &output.new) {
        (Output::Json(before, _), Output::Json(after, _)) if before == after => {}
        _ => return,
    }
    let place = format!("{id}: success answer");
    if let Some(schema) = mended.map(|answer| answer.and_then(schema)).both() {
        Types::new(documents.mended, changes).compare(&place, schema, Order::ByName);
    }
    let written = documents
        .written
        .zip(both.written)
        .map(|(root, operation)| answer(root, operation));
    if let Some(schema) = written.map(|answer| answer.and_then(schema)).both() {
        Values::new(documents.written, changes).compare(&place, schema, false);
    }
}

/// The first success with a body, or else the first: all that have one have the same.
fn answer<'a>(root: &'a Value, operation: OperationRef<'a>) -> Option<&'a Value> {
    let answers = operation.answers(root).unwrap_or_default();
    let successes = answers.into_iter().filter(|(status, _)| status.starts_with('2'));
    let successes: Vec<&Value> = successes.map(|(_, answer)| answer).collect();
    let with_body = successes.iter().find(|answer| content(answer).is_some());
    with_body.or(successes.first()).copied()
}

/// Media type and body, JSON before anything else.
fn content(message: &Value) -> Option<(&str, &Value)> {
    let content = message.get("content")?.as_object()?;
    let json = content.iter().find(|(media, _)| is_json(media));
    json.or_else(|| content.iter().next())
        .map(|(media, body)| (media.as_str(), body))
}

fn schema(message: &Value) -> Option<&Value> {
    content(message)?.1.get("schema")
}

/// A media type without its parameters; JSON by any name is JSON.
fn kind(media: &str) -> &str {
    if is_json(media) {
        "application/json"
    } else {
        media.split(';').next().unwrap_or_default().trim()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Code, assert_told, document};
    use serde_json::{Value, json};

    fn json_of(schema: &Value) -> Value {
        json!({"content": {"application/json": {"schema": schema}}})
    }

    fn x() -> Value {
        json_of(&json!({"$ref": "#/components/schemas/X"}))
    }

    /// A document whose operation answers this.
    fn answers(responses: &Value) -> Value {
        let schemas = json!({"X": {"type": "object"}, "Y": {"type": "object"}});
        document(
            &json!({"operationId": "a", "tags": ["A"], "responses": responses}),
            &schemas,
        )
    }

    /// A document whose operation sends this.
    fn sends(body: &Value) -> Value {
        let mut document = answers(&json!({"200": {}}));
        document["paths"]["/a/{id}"]["get"]["requestBody"] = body.clone();
        document
    }

    #[test]
    fn another_success_answer_breaks_users() {
        let text = json!({"content": {"text/plain": {"schema": {"type": "string"}}}});
        for (old, new, shown) in [
            (
                json!({"200": x()}),
                json!({"200": json_of(&json!({"$ref": "#/components/schemas/Y"}))}),
                "Y, was X",
            ),
            (json!({"200": x()}), json!({"200": {}}), "empty, was X"),
            (json!({"200": x()}), json!({"200": x(), "202": {}}), "X or empty, was X"),
            (json!({"200": x()}), json!({"200": text}), "text/plain, was X"),
            (json!({"200": text}), json!({"200": x()}), "X, was text/plain"),
            (
                json!({"200": x()}),
                json!({"200": {"content": {"text/html": {}}}}),
                "text/html, was X",
            ),
            (json!({"200": text}), json!({"200": {}}), "empty, was text/plain"),
        ] {
            let line = format!("~ a: success answer is {shown} [breaks users]");
            assert_told(&answers(&old), &answers(&new), &[&line], Code::Other);
        }
    }

    #[test]
    fn bytes_by_another_name_and_json_by_another_name_break_nobody() {
        let bytes = |media: &str| answers(&json!({"200": {"content": {media: {}}}}));
        let line = "~ a: success answer is text/html, was text/plain";
        assert_told(&bytes("text/plain"), &bytes("text/html"), &[line], Code::Same);
        let links = json!({"201": {"content": {"application/links+json": x()["content"]["application/json"]}}});
        assert_told(&answers(&json!({"200": x()})), &answers(&links), &[], Code::Same);
    }

    #[test]
    fn each_change_inside_an_answer_in_place_breaks_users() {
        let object = |fields: Value| json!({"type": "object", "required": ["a"], "properties": fields});
        let whole = json!({"a": {"type": "string"}, "kind": {"type": "string", "enum": ["A", "B"]}, "tags": {"type": "array", "items": {"type": "string"}}});
        let changed = |change: fn(&mut Value)| {
            let mut fields = whole.clone();
            change(&mut fields);
            object(fields)
        };
        for (new, line) in [
            (
                changed(|fields| drop(fields.as_object_mut().unwrap().remove("tags"))),
                "- a: success answer: field `tags` [breaks users]",
            ),
            (
                changed(|fields| fields["a"] = json!({"type": "integer"})),
                "~ a: success answer.a: type is integer, was string [breaks users]",
            ),
            (
                changed(|fields| fields["kind"]["enum"] = json!(["A"])),
                "- a: success answer.kind: value `B` [breaks users]",
            ),
            (
                changed(|fields| fields["tags"]["items"] = json!({"type": "boolean"})),
                "~ a: success answer.tags: type is list of boolean, was list of string [breaks users]",
            ),
        ] {
            let old = answers(&json!({"200": json_of(&object(whole.clone()))}));
            assert_told(&old, &answers(&json!({"200": json_of(&new)})), &[line], Code::Other);
        }
        let list = |items: Value| answers(&json!({"200": json_of(&json!({"type": "array", "items": items}))}));
        assert_told(
            &list(object(whole.clone())),
            &list(changed(|fields| drop(fields.as_object_mut().unwrap().remove("kind")))),
            &["- a: success answer: items: field `kind` [breaks users]"],
            Code::Other,
        );
        let numbers = |values: &[i64]| list(json!({"type": "integer", "enum": values}));
        let line = "- a: success answer: items: value `2`";
        assert_told(&numbers(&[1, 2]), &numbers(&[1]), &[line], Code::Same);
    }

    #[test]
    fn bodies_that_come_go_or_must_be_given_are_told() {
        let (none, mut optional) = (answers(&json!({"200": {}})), x());
        optional["required"] = json!(false);
        let mut required = x();
        required["required"] = json!(true);
        for (old, new, line) in [
            (&none, &sends(&optional), "+ a: optional request body"),
            (&none, &sends(&required), "+ a: required request body [breaks users]"),
            (&sends(&optional), &none, "- a: request body [breaks users]"),
            (
                &sends(&optional),
                &sends(&required),
                "~ a: request body is required, was optional [breaks users]",
            ),
            (
                &sends(&required),
                &sends(&optional),
                "~ a: request body is optional, was required [breaks users]",
            ),
        ] {
            assert_told(old, new, &[line], Code::Other);
        }
    }

    #[test]
    fn a_body_of_another_media_type_is_refused() {
        let form = json!({"content": {"application/x-www-form-urlencoded": x()["content"]["application/json"]}});
        let name =
            |old: &str, new: &str| format!("~ a: media type of the request body is {new}, was {old} [breaks users]");
        let (json, form_name) = ("application/json", "application/x-www-form-urlencoded");
        let told = |old: &Value, new: &Value| super::super::testing::lines(&sends(old), &sends(new));
        assert_eq!(told(&x(), &form), [name(json, form_name)]);
        assert_eq!(told(&form, &x()), [name(form_name, json)]);
        let links = json!({"content": {"application/links+json; charset=utf-8": x()["content"]["application/json"]}});
        assert_eq!(told(&x(), &links), Vec::<String>::new());
    }

    #[test]
    fn bodies_in_place_are_compared_field_by_field_and_by_limits() {
        let of = |fields: Value| {
            sends(&json_of(
                &json!({"type": "object", "required": ["a"], "properties": fields}),
            ))
        };
        let old = of(json!({"a": {"type": "string", "maxLength": 9}, "b": {"type": "string"}}));
        let new = of(json!({"a": {"type": "string", "maxLength": 5}}));
        let expected = [
            "- a: request body: field `b` [breaks users]",
            "~ a: request body.a: maxLength is 5, was 9 [breaks users]",
        ];
        assert_told(&old, &new, &expected, Code::Other);
        let null = {
            let mut null = new.clone();
            let schema = "/paths/~1a~1{id}/get/requestBody/content/application~1json/schema";
            null.pointer_mut(schema).unwrap()["nullable"] = json!(true);
            null
        };
        let line = "~ a: request body: is nullable, was not nullable";
        assert_told(&new, &null, &[line], Code::Same);
        // `new` of an object in place takes its fields by name, so their order is no matter.
        let one = of(json!({"a": {"type": "string"}, "b": {"type": "string"}}));
        let other = of(json!({"b": {"type": "string"}, "a": {"type": "string"}}));
        assert_told(&one, &other, &[], Code::Same);
    }
}
