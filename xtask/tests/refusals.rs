//! Inputs that cannot be taken: one line that names file and operation, exit code 1, and nothing written.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod common;

use common::xtask;
use tempfile::TempDir;

/// Runs `generate` on a description and expects one line that begins, after the file, with `expected`.
fn refused(description: &str, expected: &str) {
    let directory = TempDir::new().unwrap();
    let (spec, out) = (directory.path().join("api.yaml"), directory.path().join("out"));
    std::fs::write(&spec, description).unwrap();
    let ran = xtask([
        "generate",
        "--spec",
        spec.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    let said = ran.stderr.trim_end().strip_prefix(&format!("{}: ", spec.display()));
    assert!(said.is_some_and(|said| said.starts_with(expected)), "{}", ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    assert!(
        said.is_some_and(|said| said.contains("; ")),
        "no remedy: {}",
        ran.stderr
    );
    assert!(!out.exists(), "something was written");
}

fn with_operation(operation: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n  /v1/a:\n    post:\n      operationId: createA\n{operation}\n      responses: {{'200': {{description: d}}}}\n"
    )
}

#[test]
fn two_body_media_types_are_refused() {
    let body = "      requestBody: {content: {application/json: {schema: {type: object}}, text/plain: {schema: {type: string}}}}";
    refused(
        &with_operation(body),
        "createA: the request body has two media types, `application/json` and `text/plain`",
    );
}

#[test]
fn a_cookie_parameter_is_refused() {
    let parameter = "      parameters: [{name: session, in: cookie, schema: {type: string}}]";
    refused(
        &with_operation(parameter),
        "createA: the parameter `session` is sent as a cookie",
    );
}

#[test]
fn a_reference_to_nowhere_is_refused() {
    let body = "      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Gone'}}}}";
    refused(&with_operation(body), "createA: ");
}

#[test]
fn text_that_does_not_parse_is_refused_with_its_place() {
    refused("openapi: [3.0.3\npaths: {", "does not parse as YAML: line 2, ");
    refused("{\"openapi\": ", "does not parse as JSON: line 1, ");
    refused("", "is empty");
    refused(
        "openapi: 3.0.3\nopenapi: 3.0.3\npaths: {}",
        "does not parse as YAML: line 2, ",
    );
}

#[test]
fn another_version_is_refused() {
    refused("swagger: '2.0'\npaths: {}", "is Swagger 2.0");
    refused("openapi: 4.0.0\npaths: {}", "is OpenAPI 4.0.0");
}

#[test]
fn a_file_that_is_not_there_is_one_line() {
    let ran = xtask([
        "generate",
        "--spec",
        "/no/such/file.yaml",
        "--out",
        "/no/such/directory",
    ]);
    assert_eq!((ran.code, ran.stderr.lines().count()), (1, 1), "{ran:?}");
    assert!(
        ran.stderr.starts_with("/no/such/file.yaml: cannot be opened"),
        "{ran:?}"
    );
}
