//! `cargo xtask spec …` as people run it: exit codes, and what is printed where.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod common;

use common::{fixture, xtask};
use httpmock::MockServer;
use tempfile::TempDir;

#[test]
fn the_projects_description_has_75_operations_and_nothing_to_complain_of() {
    let ran = xtask(["spec", "stats"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.stdout.lines().next(), Some("75 operations"));
    let ran = xtask(["spec", "lint"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn lint_tells_every_problem_and_exits_with_1() {
    let directory = TempDir::new().unwrap();
    let spec = directory.path().join("api.json");
    std::fs::write(
        &spec,
        r##"{"openapi":"3.0.3","paths":{"/a":{"get":{"operationId":"a","responses":{"404":{"$ref":"#/components/responses/X"}}}}}}"##,
    )
    .unwrap();
    let ran = xtask(["spec", "lint", spec.to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    for what in [
        "leads nowhere",
        "has no tag",
        "has no summary",
        "has no description",
        "has no success answer",
    ] {
        assert_eq!(ran.stderr.matches(what).count(), 1, "{what}: {}", ran.stderr);
    }
}

#[test]
fn diff_exits_with_0_without_breaking_changes_and_with_2_with_them() {
    let directory = TempDir::new().unwrap();
    let text = std::fs::read_to_string(fixture("nullable_3_1.json")).unwrap();
    let changed = |from: &str, to: &str| {
        let path = directory.path().join("new.json");
        assert!(text.contains(from));
        std::fs::write(&path, text.replace(from, to)).unwrap();
        xtask(["spec", "diff", &fixture("nullable_3_1.json"), path.to_str().unwrap()])
    };
    let same = changed("Reads one note.", "Gives one note.");
    assert_eq!(
        (same.code, same.stdout.as_str()),
        (0, "0 added, 0 removed, 0 changed; 0 break users\n")
    );
    let grown = changed("\"BLUE\"", "\"BLUE\", \"GREEN\"");
    assert_eq!(grown.code, 0);
    assert_eq!(grown.stdout.lines().next(), Some("+ Note.color: value `GREEN`"));
    let broken = changed("updateNote", "replaceNote");
    assert_eq!(broken.code, 2);
    assert!(
        broken
            .stdout
            .starts_with("- updateNote: operation PUT /v1/notes/{noteId} [breaks users]\n"),
        "{broken:?}"
    );
}

#[test]
fn diff_tells_what_the_code_makes_of_a_change() {
    let directory = TempDir::new().unwrap();
    let text = std::fs::read_to_string(fixture("nullable_3_1.json")).unwrap();
    let write = |name: &str, text: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let author = r#""required": ["name"], "properties": {"name": {"type": "string"}}"#;
    let at = r#"{"type": ["string", "null"], "format": "date-time"}"#;
    let weight = r#""exclusiveMinimum": 0"#;
    for (part, old, new, code, line) in [
        (
            author,
            r#""required": ["a", "b"], "properties": {"a": {"type": "string"}, "b": {"type": "string"}}"#,
            r#""required": ["a", "b"], "properties": {"b": {"type": "string"}, "a": {"type": "string"}}"#,
            2,
            "~ Author: order of required fields is `b`, `a`, was `a`, `b` [breaks users]",
        ),
        (
            at,
            r#"{"type": ["string", "null"], "format": "uuid"}"#,
            r#"{"type": "string", "format": "uuid"}"#,
            0,
            "~ getNote: query parameter `at`: is not nullable, was nullable",
        ),
        (
            at,
            r#"{"type": "integer", "default": 1}"#,
            r#"{"type": "integer", "default": 2}"#,
            0,
            "~ getNote: query parameter `at`: default is 2, was 1",
        ),
        (
            weight,
            r#""minimum": 0"#,
            r#""exclusiveMinimum": 0"#,
            2,
            "~ Note.weight: exclusiveMinimum is true, was false [breaks users]",
        ),
    ] {
        assert_eq!(text.matches(part).count(), 1, "{part}");
        let (old, new) = (
            write("old.json", &text.replace(part, old)),
            write("new.json", &text.replace(part, new)),
        );
        let ran = xtask(["spec", "diff", &old, &new]);
        assert_eq!((ran.code, ran.stdout.lines().next()), (code, Some(line)), "{ran:?}");
        assert_eq!(ran.stdout.lines().count(), 2, "{ran:?}");
    }
}

#[test]
fn fetch_shows_the_difference_and_replaces_nothing_unless_told() {
    let server = MockServer::start();
    let text = std::fs::read_to_string(fixture("nullable_3_1.json")).unwrap();
    let mock = server.mock(|when, then| {
        when.method("GET").path("/spec");
        then.status(200).header("content-type", "application/json").body(&text);
    });
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/authress.yaml");
    let before = std::fs::read(ours).unwrap();
    let ran = xtask(["spec", "fetch", "--url", &server.url("/spec")]);
    assert_eq!(ran.code, 0, "{ran:?}");
    mock.assert_calls(1);
    assert!(
        ran.stdout.contains("- authorizeUser: operation GET") && ran.stdout.contains("+ getNote: operation GET"),
        "{ran:?}"
    );
    assert!(
        ran.stdout
            .ends_with("openapi/authress.yaml: not changed; `--write` replaces it\n"),
        "{ran:?}"
    );
    assert_eq!(std::fs::read(ours).unwrap(), before);
}

#[test]
fn what_is_fetched_and_is_no_description_is_refused_in_one_line() {
    let server = MockServer::start();
    for (path, status, body, said) in [
        ("/gone", 404, "no", "answered 404"),
        ("/html", 200, "<html><body>Hello</body></html>", "is not an object"),
        ("/swagger", 200, r#"{"swagger":"2.0"}"#, "is Swagger 2.0"),
        ("/empty", 200, "", "is empty"),
    ] {
        server.mock(|when, then| {
            when.path(path);
            then.status(status).body(body);
        });
        let ran = xtask(["spec", "fetch", "--url", &server.url(path)]);
        assert_eq!((ran.code, ran.stderr.lines().count()), (1, 1), "{ran:?}");
        assert!(
            ran.stderr.starts_with(&server.url(path)) && ran.stderr.contains(said),
            "{ran:?}"
        );
    }
    let ran = xtask(["spec", "fetch", "--url", "http://127.0.0.1:1/"]);
    assert_eq!((ran.code, ran.stderr.lines().count()), (1, 1), "{ran:?}");
}
