//! Answers: one success answer an operation, and every other status as it arrives.

use serde_json::{Value, json};

use super::walk::{self, Object};
use crate::document::follow;

/// Marks a success answer whose body may be missing, because another success status of the operation has none.
pub(crate) const OPTIONAL_BODY: &str = "x-optional-body";

/// Removes every answer that is not a success.
///
/// What the description says of an error's body is not to be relied on. Without it all errors arrive whole, with status, headers and bytes.
pub(super) fn keep_only_successes(document: &mut Value) {
    walk::responses(document, &mut |responses| {
        responses.retain(|status, _| status.starts_with('2'));
    });
}

/// Merges the success answers of an operation into one, `2XX`.
///
/// A service that answers 202 instead of 200 has not failed. Where one success has a body and another has none, the body becomes optional.
pub(super) fn merge_successes(document: &mut Value) {
    let whole = document.clone();
    walk::responses(document, &mut |responses| {
        let answers: Vec<Value> = responses
            .iter()
            .filter(|(status, _)| status.starts_with('2'))
            .map(|(_, answer)| follow(&whole, answer).unwrap_or(answer).clone())
            .collect();
        let Some(first) = answers.first() else { return };
        let has_body = |answer: &&Value| {
            answer
                .get("content")
                .and_then(Value::as_object)
                .is_some_and(|c| !c.is_empty())
        };
        let with_body = answers.iter().filter(has_body).count();
        let mut merged = answers.iter().find(has_body).unwrap_or(first).clone();
        if with_body > 0
            && with_body < answers.len()
            && let Value::Object(merged) = &mut merged
        {
            merged.insert(OPTIONAL_BODY.into(), json!(true));
        }
        *responses = Object::from_iter([("2XX".to_owned(), merged)]);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(pass: fn(&mut Value), responses: Value) -> Value {
        let mut document = json!({"paths": {"/": {"get": {"responses": responses}}}});
        pass(&mut document);
        document["paths"]["/"]["get"]["responses"].take()
    }

    #[test]
    fn errors_are_left_to_arrive_whole() {
        let kept = after(
            keep_only_successes,
            json!({"200": {}, "204": {}, "404": {}, "default": {}, "5XX": {}}),
        );
        assert_eq!(kept, json!({"200": {}, "204": {}}));
    }

    #[test]
    fn one_success_stands_for_every_success_status() {
        assert_eq!(
            after(merge_successes, json!({"204": {"description": "d"}})),
            json!({"2XX": {"description": "d"}})
        );
    }

    #[test]
    fn a_success_with_and_one_without_body_make_the_body_optional() {
        let body = json!({"application/json": {"schema": {}}});
        let merged = after(merge_successes, json!({"201": {"content": body}, "202": {}}));
        assert_eq!(merged, json!({"2XX": {"content": body, OPTIONAL_BODY: true}}));
        let merged = after(
            merge_successes,
            json!({"200": {"content": body}, "201": {"content": body}}),
        );
        assert_eq!(merged, json!({"2XX": {"content": body}}));
    }
}
