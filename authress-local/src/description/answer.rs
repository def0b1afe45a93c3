//! Answers: whether one is as the operation is described. Tests ask; the server itself does not.

use authress_api::OPERATIONS;

use super::value::{Way, check};
use super::violation::Place;
use super::{Operation, Schema, Violation};
use crate::generated::RESPONSE_ERROR;

const ANSWER: Place<'static> = Place::Top("answer");
const STATUS: Place<'static> = Place::Field(&ANSWER, "status");
const TYPE: Place<'static> = Place::Field(&ANSWER, "content-type");
const BODY: Place<'static> = Place::Field(&ANSWER, "body");

/// The media type of bodies.
const LINKS_JSON: &str = "application/links+json";

/// What any call may be answered with, whether it is listed or not: it breaks the description, the plan of the account does not allow it, it took too
/// long, it is too large, its body is no JSON, or calls come too fast.
const ANY: [u16; 6] = [400, 402, 408, 413, 415, 429];

/// Refuses an answer that the description does not have: its status, the kind of its body, or the body itself.
///
/// Failures that are not listed, but may be met all the same, are taken: those of any call, 401 and 403 where a token is needed, 409 where something
/// is made whose id may be taken, and 404 where the description lists no failure at all and so does not say. That a permission is missing is said by
/// a 404, so where failures are listed it must be among them.
///
/// # Errors
/// The place in the answer, such as `answer.body.records[0].name`, and what is wrong there.
pub fn check_answer(operation_id: &str, status: u16, content_type: Option<&str>, body: &[u8]) -> Result<(), String> {
    let operation =
        Operation::of(operation_id).ok_or_else(|| format!("{operation_id}: is no operation of the description"))?;
    checked(operation, status, content_type, body).map_err(|violation| violation.to_string())
}

fn checked(operation: &Operation, status: u16, content_type: Option<&str>, body: &[u8]) -> Result<(), Violation> {
    let schema = described(operation, status)?;
    if body.is_empty() {
        // Of a failure the status says enough.
        return match schema {
            Some(_) if status < 400 => Err(Violation::new(&BODY, "is required")),
            _ => Ok(()),
        };
    }
    let schema = schema.ok_or_else(|| Violation::new(&BODY, "must be empty"))?;
    if content_type != Some(LINKS_JSON) {
        return Err(Violation::new(&TYPE, format!("must be {LINKS_JSON}")));
    }
    let body = serde_json::from_slice(body).map_err(|error| Violation::new(&BODY, format!("must be JSON: {error}")))?;
    check(schema, &body, Way::Answer, &BODY)
}

/// The schema of the body, if there is one with this status.
fn described(operation: &Operation, status: u16) -> Result<Option<&'static Schema>, Violation> {
    if let Some(answer) = operation.answers.iter().find(|answer| answer.status == status) {
        return Ok(answer.schema);
    }
    let lists = |least: u16, most: u16| {
        let mut statuses = operation.answers.iter().map(|answer| answer.status);
        statuses.any(|status| (least..=most).contains(&status))
    };
    let mut all = OPERATIONS.iter();
    let needs_token = all.any(|it| it.id == operation.id && it.authenticated);
    let may_be = match status {
        401 | 403 => needs_token,
        404 => !lists(400, 499),
        409 => lists(201, 201),
        status => ANY.contains(&status),
    };
    if may_be {
        Ok(Some(&RESPONSE_ERROR))
    } else {
        Err(Violation::new(
            &STATUS,
            format!("{status} is no answer of {}", operation.id),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(id: &str, status: u16, content_type: Option<&str>, body: &str) -> String {
        check_answer(id, status, content_type, body.as_bytes())
            .err()
            .unwrap_or_default()
    }

    #[test]
    fn an_answer_is_one_that_is_listed_or_that_any_call_may_have() {
        for (id, status, text) in [
            ("authorizeUser", 200, ""),
            ("authorizeUser", 404, ""),
            ("authorizeUser", 429, ""),
            ("authorizeUser", 204, "answer.status: 204 is no answer of authorizeUser"),
            ("authorizeUser", 409, "answer.status: 409 is no answer of authorizeUser"),
            ("authorizeUser", 500, "answer.status: 500 is no answer of authorizeUser"),
            // Not listed, and met all the same.
            ("getUserPermissionsForResource", 403, ""),
            ("createGroup", 409, ""),
            ("deleteApplication", 404, ""),
            // An empty list says that there is nothing.
            (
                "getUserResources",
                404,
                "answer.status: 404 is no answer of getUserResources",
            ),
            // Nobody has to be known to log in.
            ("login", 403, "answer.status: 403 is no answer of login"),
            ("login", 401, ""),
            ("nothing", 200, "nothing: is no operation of the description"),
        ] {
            assert_eq!(check(id, status, None, ""), text);
        }
    }

    #[test]
    fn a_body_is_what_is_described_in_the_media_type_of_the_service() {
        let json = Some("application/links+json");
        for (id, status, content_type, body, text) in [
            ("getRole", 200, json, r#"{"name":"n","permissions":[]}"#, ""),
            ("getRole", 200, None, "", "answer.body: is required"),
            (
                "getRole",
                200,
                Some("application/json"),
                "{}",
                "answer.content-type: must be application/links+json",
            ),
            (
                "getRole",
                200,
                None,
                "{}",
                "answer.content-type: must be application/links+json",
            ),
            (
                "getRole",
                200,
                json,
                r#"{"name":"n"}"#,
                "answer.body.permissions: is required",
            ),
            (
                "getRoles",
                200,
                json,
                r#"{"roles":[]}"#,
                "answer.body.links: is required",
            ),
            (
                "getRole",
                404,
                json,
                r#"{"title":7}"#,
                "answer.body.title: must be text",
            ),
            (
                "getRole",
                429,
                json,
                r#"{"title":7}"#,
                "answer.body.title: must be text",
            ),
            (
                "getRole",
                404,
                json,
                r#"{"title":"t","errorCode":"c","errorId":"i"}"#,
                "",
            ),
            ("deleteRole", 204, json, "{}", "answer.body: must be empty"),
            ("createRecord", 202, None, "", ""),
        ] {
            assert_eq!(check(id, status, content_type, body), text, "{id} {status} {body}");
        }
        assert!(check("getRole", 200, json, "{").starts_with("answer.body: must be JSON: "));
    }
}
