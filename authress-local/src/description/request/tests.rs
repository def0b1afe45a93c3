//! Requests to operations of the description.

use serde_json::json;

use super::*;

/// What is wrong with a request; empty when nothing is.
fn violation(id: &str, path: &[&str], query: &str, headers: &[(&str, &str)], body: &str) -> String {
    let operation = Operation::of(id).unwrap();
    assert_eq!(path.len(), operation.path.len());
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name = http::HeaderName::try_from(*name).unwrap();
        map.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    let path: Vec<Cow<'_, str>> = path.iter().map(|text| Cow::Borrowed(*text)).collect();
    let request = Request {
        path: &path,
        query,
        headers: &map,
        body: body.as_bytes(),
    };
    validate(operation, &request)
        .err()
        .map_or(String::new(), |violation| violation.to_string())
}

#[test]
fn path_parameters_are_named() {
    let long = "n".repeat(513);
    for (path, text) in [
        (["alice", "documents/42", "documents:read"], ""),
        (["al|ice@x.y", "/a/*", "*"], ""),
        (["a b+c", "a", "read"], ""),
        (
            ["a?b", "a", "read"],
            "request.path.userId: must be made of letters, digits, spaces and +._|/~:@-",
        ),
        (
            ["alice", &long, "read"],
            "request.path.resourceUri: must have 1 to 512 characters",
        ),
        (
            ["alice", "", "read"],
            "request.path.resourceUri: must have 1 to 512 characters",
        ),
        (
            ["alice", "a", "a b"],
            "request.path.permission: must be made of letters, digits and -_ in parts between colons, each of which may be * instead",
        ),
    ] {
        assert_eq!(violation("authorizeUser", &path, "", &[], ""), text);
    }
    for resource in ["/", "//", "a//", "//a", "a//b", "a b", "a%2Fb", "ü"] {
        let text = violation("authorizeUser", &["alice", resource, "read"], "", &[], "");
        assert!(
            text.starts_with("request.path.resourceUri: must be made of "),
            "{resource}: {text}"
        );
    }
}

#[test]
fn query_parameters_are_known_typed_and_given_once() {
    for (id, query, text) in [
        ("getRecords", "", ""),
        ("getRecords", "limit=20&cursor=a%20b&filter=x+y&status=ACTIVE&", ""),
        ("getRecords", "%6Cimit=20", ""),
        (
            "getRecords",
            "limit=21",
            "request.query.limit: must be a whole number from 1 to 20",
        ),
        (
            "getRecords",
            "%6Cimit=21",
            "request.query.limit: must be a whole number from 1 to 20",
        ),
        (
            "getRecords",
            "limit=",
            "request.query.limit: must be a whole number from 1 to 20",
        ),
        (
            "getRecords",
            "limit",
            "request.query.limit: must be a whole number from 1 to 20",
        ),
        (
            "getRecords",
            "limit=1.0",
            "request.query.limit: must be a whole number from 1 to 20",
        ),
        (
            "getRecords",
            "limit=%2B5",
            "request.query.limit: must be a whole number from 1 to 20",
        ),
        (
            "getRecords",
            "filter=",
            "request.query.filter: must have 1 to 64 characters",
        ),
        (
            "getRecords",
            "status=active",
            "request.query.status: must be ACTIVE or DELETED",
        ),
        (
            "getRecords",
            "limit=1&limit=1",
            "request.query.limit: must be given once",
        ),
        (
            "getRecords",
            "limits=1",
            "request.query.limits: is no parameter of the operation",
        ),
        (
            "getRecords",
            "a%20b=1",
            "request.query[\"a b\"]: is no parameter of the operation",
        ),
        (
            "getRecords",
            "=1",
            "request.query[\"\"]: is no parameter of the operation",
        ),
        ("getRecords", "cursor=%zz", "request.query.cursor: is not well-formed"),
        ("getRecords", "cursor=%FF", "request.query.cursor: is not well-formed"),
        ("getRecords", "%FF=1", "request.query: is not well-formed"),
        ("getAccounts", "earliestCacheTime=2026-01-02T03:04:05%2B01:00", ""),
        (
            "getAccounts",
            "earliestCacheTime=today",
            "request.query.earliestCacheTime: must be a time such as 2026-01-02T03:04:05Z",
        ),
        (
            "login",
            "client_id=a&code_challenge=b",
            "request.query.redirect_uri: is required",
        ),
        (
            "login",
            "client_id=a&code_challenge=b&redirect_uri=c&state=d&state=e",
            "",
        ),
        (
            "login",
            "client_id=a&client_id=a&code_challenge=b&redirect_uri=c",
            "request.query.client_id: must be given once",
        ),
    ] {
        assert_eq!(violation(id, &[], query, &[], ""), text, "{query}");
    }
}

#[test]
fn headers_are_checked_and_those_that_are_required_are_asked_for() {
    let group = json!({"name": "n", "users": [], "admins": []}).to_string();
    let long = "x".repeat(33);
    for (headers, text) in [
        (vec![], ""),
        (vec![("if-unmodified-since", "2026-10-21T07:28:00.000Z")], ""),
        (
            vec![("If-Unmodified-Since", "")],
            "request.headers.If-Unmodified-Since: must have 1 to 32 characters",
        ),
        (
            vec![("If-Unmodified-Since", &*long)],
            "request.headers.If-Unmodified-Since: must have 1 to 32 characters",
        ),
        (
            vec![("If-Unmodified-Since", "ü")],
            "request.headers.If-Unmodified-Since: must be text",
        ),
        (
            vec![("If-Unmodified-Since", "a"), ("If-Unmodified-Since", "a")],
            "request.headers.If-Unmodified-Since: must be given once",
        ),
    ] {
        assert_eq!(violation("updateGroup", &["grp_a"], "", &headers, &group), text);
    }
    let text = violation("updateAuthenticationRequest", &["a"], "", &[], "{}");
    assert_eq!(text, "request.headers.origin: is required");
}

#[test]
fn bodies_are_json_where_one_is_described() {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    for (body, start) in [
        (r#"{"name": "n", "permissions": [], "unknown": 1}"#, ""),
        ("", "request.body: is required"),
        ("{", "request.body: must be a JSON object: EOF while parsing"),
        ("{}x", "request.body: must be a JSON object: trailing characters"),
        ("[]", "request.body: must be a JSON object"),
        ("null", "request.body: must be a JSON object"),
        ("{}", "request.body.name: is required"),
        (&deep, "request.body: must be a JSON object: recursion limit exceeded"),
    ] {
        let text = violation("createRole", &[], "", &[], body);
        assert!(
            text.starts_with(start) && text.is_empty() == start.is_empty(),
            "{body}: {text}"
        );
    }
    // One that may be left out, and one that nobody reads.
    assert_eq!(violation("requestAccessKey", &["sc_1"], "", &[], ""), "");
    assert_eq!(
        violation("requestAccessKey", &["sc_1"], "", &[], r#"{"publicKey": 7}"#),
        "request.body.publicKey: must be text"
    );
    assert_eq!(violation("getRoles", &[], "", &[], "{"), "");
}

#[test]
fn a_request_need_not_have_what_only_answers_have() {
    let statement = json!({"roles": ["ro_1"], "resources": [{"resourceUri": "a"}]});
    let invite = json!({"statements": [statement], "inviteId": 7, "links": null}).to_string();
    assert_eq!(violation("createInvite", &[], "", &[], &invite), "");
    let request = Request {
        path: &[],
        query: "",
        headers: &HeaderMap::new(),
        body: invite.as_bytes(),
    };
    let body = validate(Operation::of("createInvite").unwrap(), &request)
        .unwrap()
        .unwrap();
    assert_eq!(body, json!({"statements": [statement]}));
}

#[test]
fn json_has_its_own_media_type_or_none() {
    for (content_type, expected) in [
        (None, true),
        (Some("application/json"), true),
        (Some("Application/JSON; charset=utf-8"), true),
        (Some("application/links+json"), true),
        (Some("application/x-www-form-urlencoded"), false),
        (Some("text/plain"), false),
        (Some("application/jsonx"), false),
        (Some(""), false),
    ] {
        let value = content_type.map(|text| HeaderValue::from_str(text).unwrap());
        assert_eq!(is_json(value.as_ref()), expected, "{content_type:?}");
    }
}
