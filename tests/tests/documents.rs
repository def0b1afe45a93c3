//! What the documents say and what the project does are the same.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::fs;
use std::path::{Path, PathBuf};

use authress::requests::{AuthorizeUser, CreateRecord};
use authress::{Error, Request as _, http};

const README: &str = include_str!("../../README.md");
const CONTRIBUTING: &str = include_str!("../../CONTRIBUTING.md");
const CI: &str = include_str!("../../.ci/run");
const MANIFEST: &str = include_str!("../../Cargo.toml");

#[test]
fn the_two_commands_of_the_readme_are_those_that_ci_runs() {
    for command in ["cargo run --example quickstart", "cargo test --workspace"] {
        assert!(README.lines().any(|line| line.trim() == command), "README: {command}");
        assert!(
            CI.lines().any(|line| line == format!("step {command}")),
            "CI: {command}"
        );
    }
}

#[test]
fn every_check_of_ci_is_in_the_table_of_contributing() {
    let mut checks = 0;
    let is_step = |line: &&str| !line.starts_with('#') && line.split_whitespace().any(|word| word == "step");
    for line in CI.lines().filter(is_step) {
        let command = line.trim().replace("step ", "");
        assert!(CONTRIBUTING.contains(&format!("`{command}`")), "{command}");
        checks += 1;
    }
    let table = CONTRIBUTING.split("## ").next().unwrap();
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| ") && line.ends_with("` |"));
    assert_eq!(checks, rows.count());
}

#[test]
fn a_check_that_ci_may_skip_says_so_and_the_table_says_when() {
    let conditional = |line: &&str| line.starts_with("    step ");
    let skipped = CI.lines().filter(|line| line.contains("skipped: ")).count();
    let in_table = CONTRIBUTING.lines().filter(|line| line.contains("; skipped ")).count();
    assert_eq!([CI.lines().filter(conditional).count(), skipped, in_table], [2, 2, 2]);
}

#[test]
fn the_first_service_of_the_readme_is_the_example_that_is_tested() {
    let example = include_str!("../../examples/guarded-route/src/main.rs");
    assert!(README.contains(&format!("```rust,no_run\n{example}```\n")));
}

#[test]
fn the_readme_and_the_manifest_name_the_same_rust_version() {
    let version = MANIFEST
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "))
        .unwrap()
        .trim_matches('"');
    assert!(README.contains(&format!("Rust {version}")), "{version}");
}

/// Every Markdown file of the project: what a site that hosts it shows.
fn shown_documents() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut directories = vec![root()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap_or_default();
            // What is built, fetched or kept by tools is not shown.
            let is_made = (name.starts_with('.') && name != ".github") || ["target", "node_modules"].contains(&name);
            if path.is_dir() && !is_made {
                directories.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                found.push((path.clone(), fs::read_to_string(path).unwrap()));
            }
        }
    }
    found
}

/// The lines of the blocks that are Rust, each with the number that it has in the document.
fn lines_of_examples(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_rust = None;
    text.lines().enumerate().filter_map(move |(number, line)| {
        let line = line.trim_start();
        match (line.strip_prefix("```"), is_rust) {
            (Some(language), None) => is_rust = Some(language.starts_with("rust")),
            (Some(_), Some(_)) => is_rust = None,
            (None, Some(true)) => return Some((number + 1, line)),
            (None, _) => {}
        }
        None
    })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A heading as GitHub names it in links.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_of_the_documents_leads_to_a_file_and_to_a_heading_of_it() {
    let mut links = 0;
    for (path, text) in shown_documents() {
        for target in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            if target.contains("://") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let led_to = if file.is_empty() {
                path.clone()
            } else {
                path.parent().unwrap().join(file)
            };
            assert!(led_to.exists(), "{}: {target}", path.display());
            let is_there = || {
                let text = fs::read_to_string(&led_to).unwrap();
                text.lines()
                    .any(|line| line.starts_with('#') && anchor(line.trim_start_matches(['#', ' '])) == heading)
            };
            assert!(heading.is_empty() || is_there(), "{}: {target}", path.display());
            links += 1;
        }
    }
    assert!(links > 40, "{links}");
}

/// rustdoc leaves such lines out; GitHub and crates.io show them.
#[test]
fn no_document_that_a_hosting_site_shows_has_a_hidden_line_in_an_example() {
    let mut lines = 0;
    for (path, text) in shown_documents() {
        for (number, line) in lines_of_examples(&text) {
            let is_hidden = line == "#" || line.starts_with("# ") || line.starts_with("##");
            assert!(!is_hidden, "{}:{number}: {line}", path.display());
            lines += 1;
        }
    }
    assert!(lines > 300, "{lines}");
}

#[test]
fn every_example_of_a_document_is_compiled() {
    let compiled = [include_str!("../src/lib.rs"), include_str!("../src/docs.rs")].concat();
    for (path, text) in shown_documents() {
        let path = path.strip_prefix(root()).unwrap().display().to_string();
        let is_compiled = compiled.contains(&format!("include_str!(\"../../{path}\")"));
        for attributes in text
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("```rust"))
        {
            assert!(is_compiled && !attributes.contains("ignore"), "{path}");
        }
    }
}

/// A bar parts cells in code as well, unless it is escaped, and what is too many is not shown.
#[test]
fn every_row_of_a_table_has_as_many_cells_as_its_head() {
    let mut tables = 0;
    for (path, text) in shown_documents() {
        let (mut is_code, mut bars_of_head) = (false, None);
        for line in text.lines().map(str::trim_start) {
            is_code ^= line.starts_with("```");
            if is_code || !line.starts_with('|') {
                bars_of_head = None;
                continue;
            }
            let bars = line.replace("\\|", "").matches('|').count();
            tables += usize::from(bars_of_head.is_none());
            assert_eq!(bars, *bars_of_head.get_or_insert(bars), "{}: {line}", path.display());
        }
    }
    assert!(tables > 40, "{tables}");
}

#[test]
fn every_file_that_the_architecture_names_is_there() {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let is_code = |path: &str| Path::new(path).extension().is_some_and(|end| end == "rs");
    let is_path = |code: &&str| is_code(code) || code.contains('/') && code.ends_with('/');
    let mut files = 0;
    let mut directory = root();
    for code in text.split('`').skip(1).step_by(2).filter(is_path) {
        // A name without a directory is that of a file beside the one that is named before.
        let path = if code.contains('/') {
            root().join(code)
        } else {
            directory.join(code)
        };
        assert!(path.exists(), "{}", path.display());
        directory = if path.is_dir() {
            path
        } else {
            path.parent().unwrap().to_owned()
        };
        files += 1;
    }
    assert!(files > 60, "{files}");
}

#[test]
fn every_promise_of_security_has_a_test_of_the_name_that_it_gives() {
    let security = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let mut promises = 0;
    for row in security.lines().filter(|line| line.ends_with("` |")) {
        let (_, test) = row.trim_end_matches("` |").rsplit_once("| `").unwrap();
        let (file, name) = test.split_once("`: `").unwrap();
        let code = fs::read_to_string(root().join(file)).unwrap_or_else(|_| panic!("{file}"));
        let (before, _) = code
            .split_once(&format!("fn {name}("))
            .unwrap_or_else(|| panic!("{name}"));
        let attributes = before.rsplit_once("\n\n").map_or(before, |(_, attributes)| attributes);
        assert!(attributes.contains("test"), "{name}");
        promises += 1;
    }
    assert!(promises > 20, "{promises}");
}

#[test]
fn the_guide_of_errors_has_the_messages_that_are_printed() {
    let guide = fs::read_to_string(root().join("docs/errors-and-troubleshooting.md")).unwrap();
    let answered = |status: u16| Error::from_status(http::StatusCode::from_u16(status).unwrap());
    let (late, broken) = (Error::timeout(None, "late"), Error::interrupted(None, "reset"));
    let page = http::Response::builder().status(404).body("<html>".into()).unwrap();
    let of_calls = [400, 401, 402, 403, 404, 409, 412, 413, 429, 503, 307].map(answered);
    let of_checks = [answered(404), answered(403), Error::unsuccessful(page)];
    let of_checks = of_checks
        .into_iter()
        .chain([late, broken])
        .map(|e| e.with_operation(AuthorizeUser::OPERATION));
    let unsent = [Error::connect("refused"), Error::token("no key")];
    let unread = Error::undecodable(http::Response::new(vec![b'x'; 512].into()), "no JSON");
    let of_a_write = Error::timeout(None, "late").with_operation(CreateRecord::OPERATION);
    let errors = of_calls
        .into_iter()
        .chain(of_checks)
        .chain(unsent)
        .chain([unread, of_a_write]);
    for error in errors {
        let message = error.to_string();
        let message = message
            .strip_prefix("authorizeUser: ")
            .or(message.strip_prefix("createRecord: "))
            .unwrap_or(&message);
        for part in message.split("; ") {
            // Of the statuses that are answered alike the guide has one in full.
            if !part.starts_with("the service answered ") || part.ends_with("expected") {
                assert!(guide.contains(part), "{message}: {part}");
            }
        }
    }
}

#[test]
fn the_guide_of_errors_has_every_reason_for_which_a_token_is_refused() {
    let guide = fs::read_to_string(root().join("docs/errors-and-troubleshooting.md")).unwrap();
    let code = include_str!("../../authress/src/verifier/error.rs");
    let words = code.split("Self::").filter_map(|arm| arm.split_once(" => \""));
    let words: Vec<&str> = words.map(|(_, rest)| rest.split('"').next().unwrap()).collect();
    assert_eq!(words.len(), 32, "a word and a sentence for each");
    for word in words {
        assert!(guide.contains(&format!("`{word}`")), "{word}");
    }
}

#[test]
fn the_workflow_of_each_change_runs_the_checks_that_everybody_can_run() {
    let workflow = fs::read_to_string(root().join(".github/workflows/ci.yml")).unwrap();
    assert!(workflow.lines().any(|line| line.trim() == "- run: .ci/run"));
}
