//! Inputs that cannot be taken: one line that names file and operation, exit code 1, and nothing written.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod common;

use common::xtask;
use httpmock::MockServer;
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

/// Bodies of an operation, and what is said of each.
#[test]
fn operations_that_cannot_become_code_are_refused_by_name() {
    let parameter = |text: &str| format!("      parameters: [{text}]");
    for (operation, expected) in [
        (
            "      tags: ['!!!']".to_owned(),
            "createA: the tag `!!!` leaves no name",
        ),
        ("      tags: ['']".to_owned(), "createA: the tag `` leaves no name"),
        (
            "      tags: [Größe]".to_owned(),
            "createA: the tag `Größe` would be a file with a name that is not ASCII",
        ),
        (
            parameter("{name: $, in: query, schema: {type: string}}"),
            "createA: the parameter `$` leaves no name",
        ),
        (
            parameter("{name: aB, in: query, schema: {type: string}}, {name: a_b, in: header, schema: {type: string}}"),
            "createA: the parameter `a_b` has the same name in code as another, `aB`",
        ),
        (
            parameter("{name: X-A, in: header, schema: {type: array, items: {type: string}}}"),
            "createA: the header parameter `X-A` is no single value",
        ),
        (
            parameter("{name: q, in: query, schema: {type: object}}"),
            "createA: the query parameter `q` is no single value and no list of them",
        ),
        (
            "      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}".to_owned(),
            "createA: the request body is `application/x-www-form-urlencoded`",
        ),
        (
            "      requestBody: {content: {text/plain: {schema: {type: string}}}}".to_owned(),
            "createA: the request body is `text/plain`",
        ),
        (
            "      callbacks: 3".to_owned(),
            "createA: cannot become code: it is not OpenAPI 3.0: ",
        ),
    ] {
        refused(&with_operation(&operation), expected);
    }
}

#[test]
fn ids_and_paths_that_cannot_become_code_are_refused() {
    let plain = with_operation("");
    for (from, to, expected) in [
        ("createA", "2fa", "2fa: has an id that is no name in code"),
        ("createA", "???", "???: has an id that is no name in code"),
        ("createA", "result", "result: would be the request `Result`"),
        ("/v1/a", "v1/a", "createA: the path `v1/a` does not begin with `/`"),
        ("/v1/a", "/v1/a?x=1", "createA: the path `/v1/a?x=1` has a `?`"),
        ("/v1/a", "/v1/a#b", "createA: the path `/v1/a#b` has a `#`"),
        ("info: {title: t, version: '1'}", "", "has no `info`"),
        ("version: '1'", "version: 1", "#/info: has a version that is no text"),
    ] {
        assert!(plain.contains(from));
        refused(&plain.replace(from, to), expected);
    }
}

#[test]
fn components_that_cannot_become_code_are_refused_by_pointer() {
    for (components, expected) in [
        (
            "schemas: {M: {properties: {a: {$ref: '#/components/schemas/M/properties/a'}}}}",
            "schemas/M/properties/a: is made of itself",
        ),
        (
            "responses: {A: {$ref: '#/components/responses/A'}}",
            "responses/A: is made of itself",
        ),
        (
            "parameters: {A: {$ref: '#/components/parameters/A'}}",
            "parameters/A: is made of itself",
        ),
        (
            "requestBodies: {A: {$ref: '#/components/requestBodies/A'}}",
            "requestBodies/A: is made of itself",
        ),
        (
            "schemas: {M: {properties: {a: {$ref: '#/info'}}}}",
            "schemas/M/properties/a: the reference `#/info` leads to what is no schema",
        ),
        (
            "schemas: {M: {items: {properties: {aB: {}, a_b: {}}}}}",
            "schemas/M/items: the field `a_b` has the same name in code",
        ),
        (
            "schemas: {M: {properties: {kind: {properties: {}}}}, MKind: {}}",
            "schemas/M/properties/kind: is the type `MKind` in code",
        ),
        (
            "schemas: {M: {type: string, enum: [A, a]}}",
            "schemas/M: has the values `A` and `a` in its `enum`",
        ),
        (
            "schemas: {M: {type: string, enum: [A, null, 1.0]}}",
            "schemas/M: has the value `1.0`, which is no text",
        ),
        ("schemas: {M: {not: {}}}", "schemas/M: says `not`"),
        ("schemas: {M: {type: strng}}", "schemas/M: has the type `strng`"),
        (
            "schemas: {M: {type: [string, 'null']}}",
            "schemas/M: has a list of types",
        ),
        (
            "schemas: {Hash: {type: object}}",
            "schemas/Hash: has the name of Rust's own `Hash`",
        ),
    ] {
        let description = with_operation("") + "components:\n  " + components + "\n";
        refused(&description, &format!("#/components/{expected}"));
    }
}

#[test]
fn a_type_that_would_be_there_twice_is_refused() {
    let parameter = "      parameters: [{name: kind, in: query, schema: {type: string, enum: [A]}}]";
    let description = with_operation(parameter) + "components: {schemas: {CreateAKind: {type: string, enum: [B]}}}\n";
    refused(
        &description,
        "createA: the parameter `kind`: is the type `CreateAKind` in code, as the schema `CreateAKind` is",
    );
}

#[test]
fn lint_says_what_generate_says() {
    let directory = TempDir::new().unwrap();
    let spec = directory.path().join("api.yaml");
    std::fs::write(&spec, with_operation("      callbacks: 3")).unwrap();
    let ran = xtask(["spec", "lint", spec.to_str().unwrap()]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("createA: cannot become code: "), "{ran:?}");
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

#[test]
fn what_cannot_become_code_replaces_nothing() {
    let server = MockServer::start();
    server.mock(|when, then| {
        when.path("/spec");
        then.status(200).body(with_operation("      callbacks: 3"));
    });
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/authress.yaml");
    let before = std::fs::read(ours).unwrap();
    let url = server.url("/spec");
    let ran = xtask([
        "spec",
        "fetch",
        "--write",
        "--url",
        &url.replace("://", "://user:secretpw@"),
    ]);
    let after = std::fs::read(ours).unwrap();
    if after != before {
        std::fs::write(ours, &before).unwrap();
    }
    assert!(after == before, "it was replaced: {ran:?}");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.stderr.starts_with(&format!("{url}: createA: cannot become code: ")),
        "{ran:?}"
    );
    assert!(!ran.stderr.contains("secretpw"), "{ran:?}");
}
