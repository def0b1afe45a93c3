//! JSON values against schemas.

use serde_json::{Map, Value};

use super::text::{self, counted, expected};
use super::violation::Place;
use super::{Field, Schema, Violation};

/// Whether a value was sent to the service or by it: who may say what is read-only differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Request,
    Answer,
}

/// Refuses `value` unless it fits.
pub(super) fn check(schema: &Schema, value: &Value, way: Way, place: &Place<'_>) -> Result<(), Violation> {
    let fits = match (schema, value) {
        (Schema::Nullable(_), Value::Null) | (Schema::Boolean, Value::Bool(_)) => true,
        (Schema::Text { .. } | Schema::Choice(_) | Schema::DateTime, Value::String(value)) => {
            let problem = text::problem(schema, value);
            return problem.map_or(Ok(()), |problem| Err(Violation::new(place, problem)));
        }
        (Schema::Integer { least, most }, Value::Number(number)) => {
            number.as_i64().is_some_and(|number| (*least..=*most).contains(&number))
        }
        (Schema::IntegerChoice(values), Value::Number(number)) => {
            number.as_i64().is_some_and(|number| values.contains(&number))
        }
        (Schema::Number { least, most }, Value::Number(number)) => {
            number.as_f64().is_some_and(|number| (*least..=*most).contains(&number))
        }
        (Schema::OneOrMany(items), Value::Array(values)) => return each(items, values, way, place),
        (Schema::Nullable(inner) | Schema::OneOrMany(inner), value) => return check(inner, value, way, place),
        (Schema::List { items, least, most }, Value::Array(values)) => {
            if !(*least..=*most).contains(&values.len()) {
                let text = format!("must have {}", counted(*least, *most, "item"));
                return Err(Violation::new(place, text));
            }
            return each(items, values, way, place);
        }
        (Schema::Object { fields, further }, Value::Object(values)) => {
            return members(fields, *further, values, way, place);
        }
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err(Violation::new(place, expected(schema)))
    }
}

fn each(items: &Schema, values: &[Value], way: Way, place: &Place<'_>) -> Result<(), Violation> {
    let mut values = values.iter().enumerate();
    values.try_for_each(|(index, value)| check(items, value, way, &Place::Item(place, index)))
}

/// The fields in the order of the description, then all others.
fn members(
    fields: &[Field],
    further: Option<&Schema>,
    values: &Map<String, Value>,
    way: Way,
    place: &Place<'_>,
) -> Result<(), Violation> {
    for field in fields {
        if field.read_only && way == Way::Request {
            continue;
        }
        let place = Place::Field(place, field.name);
        match values.get(field.name) {
            Some(value) => check(field.schema, value, way, &place)?,
            None if field.required => return Err(Violation::new(&place, "is required")),
            None => {}
        }
    }
    let Some(further) = further else { return Ok(()) };
    let mut others = values
        .iter()
        .filter(|(name, _)| fields.iter().all(|field| field.name != *name));
    others.try_for_each(|(name, value)| check(further, value, way, &Place::Field(place, name)))
}

/// Takes the read-only fields out of a request: people send back what they read, and it counts for nothing.
pub(super) fn remove_read_only(schema: &Schema, value: &mut Value) {
    match (schema, value) {
        (Schema::Nullable(inner), value) => remove_read_only(inner, value),
        (Schema::List { items, .. } | Schema::OneOrMany(items), Value::Array(values)) => {
            for value in values {
                remove_read_only(items, value);
            }
        }
        (Schema::Object { fields, .. }, Value::Object(values)) => {
            for field in *fields {
                if field.read_only {
                    values.remove(field.name);
                } else if let Some(value) = values.get_mut(field.name) {
                    remove_read_only(field.schema, value);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::description::*;

    static PART: Schema = object(&[
        field("id", &text_of(&RECORD_ID, 1, 3)).required(),
        field("made", &date_time()).required().read_only(),
    ]);
    static WHOLE: Schema = object(&[
        field("name", &text(0, 2)),
        field("note", &nullable(&text(1, NO_LIMIT))),
        field("kind", &choice(&["A", "B", "C"])),
        field("kinds", &nullable(&choice(&["A"]))),
        field("time", &date_time()),
        field("flag", &boolean()),
        field("count", &integer(1, 20)),
        field("any", &integer(i64::MIN, i64::MAX)),
        field("quota", &nullable(&integer_choice(&[1, 100]))),
        field("share", &number(0.0, 1.0)),
        field("parts", &list(&PART, 1, 2)),
        field("part", &nullable(&PART)),
        field("tags", &map(&[field("a", &boolean())], &text(0, 1))),
        field("free", &object(&[])),
        field("pair", &list(&boolean(), 2, 2)),
        field("some", &one_or_many(&PART)),
    ]);

    fn violation(value: &Value, way: Way) -> Option<String> {
        let place = Place::Top("body");
        check(&WHOLE, value, way, &place)
            .err()
            .map(|violation| violation.to_string())
    }

    #[test]
    fn what_fits_is_taken_whatever_else_is_there() {
        for value in [
            json!({}),
            json!({"name": "üü", "note": null, "kind": "B", "kinds": null, "time": "2026-01-02t03:04:05.123+01:00"}),
            json!({"flag": false, "count": 20, "any": -7, "quota": 100, "share": 1, "part": null}),
            json!({"parts": [{"id": "a"}], "some": {"id": "a"}, "tags": {"a": true, "b": ""}, "free": {"x": [1]}}),
            json!({"some": [{"id": "a"}, {"id": "b"}], "pair": [true, false], "unknown": {"a": null}}),
        ] {
            assert_eq!(violation(&value, Way::Request), None, "{value}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
        for (value, text) in [
            (json!([]), "body: must be a JSON object"),
            (json!(null), "body: must be a JSON object"),
            (json!({"name": 7}), "body.name: must be text"),
            (json!({"name": null}), "body.name: must be text"),
            (json!({"name": "abc"}), "body.name: must have at most 2 characters"),
            (json!({"note": ""}), "body.note: must have at least 1 character"),
            (json!({"note": 7}), "body.note: must be text"),
            (json!({"kind": "D"}), "body.kind: must be A, B or C"),
            (json!({"kind": null}), "body.kind: must be A, B or C"),
            (json!({"kind": 1}), "body.kind: must be A, B or C"),
            (json!({"kinds": "B"}), "body.kinds: must be A"),
            (
                json!({"time": "2026-01-02"}),
                "body.time: must be a time such as 2026-01-02T03:04:05Z",
            ),
            (
                json!({"time": "2026-01-02 03:04:05Z"}),
                "body.time: must be a time such as 2026-01-02T03:04:05Z",
            ),
            (
                json!({"time": "2026-02-30T03:04:05Z"}),
                "body.time: must be a time such as 2026-01-02T03:04:05Z",
            ),
            (
                json!({"time": "2026-01-02T03:04:05"}),
                "body.time: must be a time such as 2026-01-02T03:04:05Z",
            ),
            (json!({"flag": "true"}), "body.flag: must be true or false"),
            (json!({"count": 0}), "body.count: must be a whole number from 1 to 20"),
            (json!({"count": 21}), "body.count: must be a whole number from 1 to 20"),
            (json!({"count": 1.5}), "body.count: must be a whole number from 1 to 20"),
            (json!({"count": "1"}), "body.count: must be a whole number from 1 to 20"),
            (json!({"any": u64::MAX}), "body.any: must be a whole number"),
            (json!({"quota": 2}), "body.quota: must be 1 or 100"),
            (json!({"share": 1.01}), "body.share: must be a number from 0 to 1"),
            (json!({"parts": {}}), "body.parts: must be a list"),
            (json!({"parts": []}), "body.parts: must have 1 to 2 items"),
            (
                json!({"parts": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}),
                "body.parts: must have 1 to 2 items",
            ),
            (json!({"parts": [{"id": "a"}, {}]}), "body.parts[1].id: is required"),
            (
                json!({"parts": [{"id": "a"}, null]}),
                "body.parts[1]: must be a JSON object",
            ),
            (
                json!({"parts": [{"id": "abcd"}]}),
                "body.parts[0].id: must have 1 to 3 characters",
            ),
            (
                json!({"parts": [{"id": "a/b"}]}),
                "body.parts[0].id: must be made of letters, digits and -_:|~",
            ),
            (json!({"part": {"id": 7}}), "body.part.id: must be text"),
            (json!({"some": 7}), "body.some: must be a JSON object"),
            (json!({"some": [7]}), "body.some[0]: must be a JSON object"),
            (json!({"tags": {"a": ""}}), "body.tags.a: must be true or false"),
            (
                json!({"tags": {"b c": "dd"}}),
                r#"body.tags["b c"]: must have at most 1 character"#,
            ),
            (json!({"pair": [true]}), "body.pair: must have 2 items"),
        ] {
            assert_eq!(violation(&value, Way::Request).as_deref(), Some(text), "{value}");
        }
    }

    #[test]
    fn what_is_read_only_is_for_answers_and_ignored_in_requests() {
        let bad = json!({"parts": [{"id": "a", "made": 7}]});
        let missing = json!({"parts": [{"id": "a"}]});
        assert_eq!(
            [violation(&bad, Way::Request), violation(&missing, Way::Request)],
            [None, None]
        );
        let text = |value| violation(value, Way::Answer).unwrap();
        assert_eq!(
            text(&bad),
            "body.parts[0].made: must be a time such as 2026-01-02T03:04:05Z"
        );
        assert_eq!(text(&missing), "body.parts[0].made: is required");

        let part = json!({"id": "a", "made": 7, "other": 1});
        let mut value = json!({"parts": [part.clone()], "part": part.clone(), "some": [part.clone()], "made": 7});
        let part = json!({"id": "a", "other": 1});
        remove_read_only(&WHOLE, &mut value);
        assert_eq!(
            value,
            json!({"parts": [part.clone()], "part": part.clone(), "some": [part], "made": 7})
        );
    }
}
