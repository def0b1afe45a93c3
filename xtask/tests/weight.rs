//! How many crates whoever depends on the SDK has to compile, and with what in them turned on.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeSet;
use std::process::Command;

/// A line in `format` for each crate of `authress` in a program, itself among them, without what only its tests need.
fn lines(format: &str, features: &[&str]) -> BTreeSet<String> {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(["tree", "--locked", "--package", "authress", "--edges", "normal"])
        .args([
            "--target",
            "x86_64-unknown-linux-gnu",
            "--prefix",
            "none",
            "--format",
            format,
        ])
        .args(features);
    let said = command.output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let lines = String::from_utf8(said.stdout).unwrap();
    lines
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn crates(features: &[&str]) -> BTreeSet<String> {
    // A name and a version, and perhaps where it is or that it has been listed.
    let name = |line: &String| line.split(" (").next().unwrap_or_default().to_owned();
    lines("{p}", features).iter().map(name).collect()
}

#[test]
fn the_sdk_is_at_most_125_crates_and_100_without_tls() {
    let (default, without_tls) = (crates(&[]), crates(&["--no-default-features"]));
    assert!(default.len() <= 125, "{}: {default:?}", default.len());
    assert!(without_tls.len() <= 100, "{}: {without_tls:?}", without_tls.len());
    // Of what is counted, something is there.
    assert!(without_tls.iter().any(|name| name.starts_with("reqwest ")));
    assert!(default.is_superset(&without_tls));
}

#[test]
fn middleware_and_metrics_bring_little_more() {
    let (default, all) = (
        crates(&[]),
        crates(&["--features", "axum,blocking,opentelemetry,schemars"]),
    );
    assert!(all.len() <= default.len() + 25, "{:?}", all.difference(&default));
}

/// With `raw_value`, a text in JSON is read as JSON again by every `serde_json::Value` of the program, with a limit of its own on the depth: JSON of
/// strangers could end the stack.
#[test]
fn no_feature_makes_a_programs_own_json_a_danger() {
    let lines = lines("{p} {f}", &["--all-features"]);
    let of_serde_json: Vec<&String> = lines.iter().filter(|line| line.starts_with("serde_json ")).collect();
    assert!(!of_serde_json.is_empty());
    for line in of_serde_json {
        assert!(line.contains("std") && !line.contains("raw_value"), "{line}");
    }
}
