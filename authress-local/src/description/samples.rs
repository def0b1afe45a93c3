//! Samples of what is described: requests and answers made from the tables alone fit them, so no part contradicts another.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

use super::{Field, Operation, Request, Schema, check_answer, validate};
use crate::generated::OPERATIONS;

/// Texts of which at least one fits each pattern.
const TEXTS: [&str; 3] = ["grp_a", "PT1H", "a"];

/// A value that fits; with all fields, or with those alone that must be there.
fn sample(schema: &Schema, all: bool) -> Value {
    match schema {
        Schema::Nullable(_) if !all => Value::Null,
        Schema::Nullable(inner) | Schema::OneOrMany(inner) => sample(inner, all),
        Schema::Text { least, pattern, .. } => {
            let fits = |text: &&str| pattern.is_none_or(|pattern| (pattern.fits)(text));
            let text = TEXTS.into_iter().find(fits).unwrap();
            assert!(text.len() >= *least);
            json!(text)
        }
        Schema::Choice(values) => json!(values[0]),
        Schema::DateTime => json!("2026-01-02T03:04:05Z"),
        Schema::Boolean => json!(true),
        Schema::Integer { least, .. } => json!(least),
        Schema::IntegerChoice(values) => json!(values[0]),
        Schema::Number { least, .. } => json!(least.max(0.0)),
        Schema::List { items, least, .. } => {
            let count = if all { (*least).max(1) } else { *least };
            vec![sample(items, all); count].into()
        }
        Schema::Object { fields, further } => {
            let fields = fields.iter().filter(|field| all || field.required);
            let mut values: Map<String, Value> = fields
                .map(|field| (field.name.to_owned(), sample(field.schema, all)))
                .collect();
            if let Some(further) = further.filter(|_| all) {
                values.insert("another".to_owned(), sample(further, all));
            }
            values.into()
        }
    }
}

fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

fn of(fields: &[Field], all: bool) -> impl Iterator<Item = (&'static str, String)> {
    let fields = fields.iter().filter(move |field| all || field.required);
    // A parameter is never null.
    fields.map(|field| (field.name, as_text(&sample(field.schema, true))))
}

#[test]
fn a_request_made_of_what_is_described_is_taken() {
    let mut count = 0;
    for operation in &OPERATIONS {
        for all in [false, true] {
            let path: Vec<Cow<'_, str>> = of(operation.path, all).map(|(_, value)| value.into()).collect();
            let query: Vec<String> = of(operation.query, all)
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let header = |(name, value): (&'static str, String)| {
                (
                    HeaderName::try_from(name).unwrap(),
                    HeaderValue::try_from(value).unwrap(),
                )
            };
            let headers: HeaderMap = of(operation.headers, all).map(header).collect();
            let body = operation.body.as_ref().filter(|body| all || body.required);
            let sent = body.map(|body| sample(body.schema, all));
            let bytes = sent.as_ref().map(Value::to_string).unwrap_or_default();
            let request = Request {
                path: &path,
                query: &query.join("&"),
                headers: &headers,
                body: bytes.as_bytes(),
            };
            let taken = validate(operation, &request).unwrap_or_else(|error| panic!("{}: {error}", operation.id));
            assert_eq!(taken.is_some(), sent.is_some(), "{}", operation.id);
            count += 1;
        }
    }
    assert_eq!(count, 150);
}

#[test]
fn an_answer_made_of_what_is_described_is_one() {
    let mut count = 0;
    for operation in &OPERATIONS {
        for answer in operation.answers {
            for all in [false, true] {
                let body = answer
                    .schema
                    .map(|schema| sample(schema, all).to_string())
                    .unwrap_or_default();
                let media_type = answer.schema.map(|_| "application/links+json");
                let fits = check_answer(operation.id, answer.status, media_type, body.as_bytes());
                assert_eq!(fits, Ok(()), "{} {}", operation.id, answer.status);
                count += 1;
            }
        }
    }
    // As many as there are of operations and statuses, twice.
    assert_eq!(
        count,
        2 * OPERATIONS
            .iter()
            .map(|operation| operation.answers.len())
            .sum::<usize>()
    );
}

#[test]
fn what_was_read_can_be_sent_back() {
    let mut count = 0;
    for (read, write) in [
        ("getRecord", "updateRecord"),
        ("getRole", "updateRole"),
        ("getGroup", "updateGroup"),
        ("getClient", "updateClient"),
        ("getApplication", "updateApplication"),
        ("getConnection", "updateConnection"),
        ("getTenant", "updateTenant"),
        ("getExtension", "updateExtension"),
        ("getPermissionedResource", "updatePermissionedResource"),
    ] {
        let answers = Operation::of(read).unwrap().answers;
        let schema = answers
            .iter()
            .find(|answer| answer.status == 200)
            .unwrap()
            .schema
            .unwrap();
        let operation = Operation::of(write).unwrap();
        let path: Vec<Cow<'_, str>> = of(operation.path, true).map(|(_, value)| value.into()).collect();
        let body = sample(schema, true).to_string();
        let request = Request {
            path: &path,
            query: "",
            headers: &HeaderMap::new(),
            body: body.as_bytes(),
        };
        assert!(validate(operation, &request).is_ok(), "{write}");
        count += 1;
    }
    assert_eq!(count, 9);
}
