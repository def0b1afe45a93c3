//! How many crates whoever depends on the SDK has to compile.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeSet;
use std::process::Command;

/// The crates of `authress` in a program, itself among them, without what only its tests need.
fn crates(features: &[&str]) -> BTreeSet<String> {
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
            "{p}",
        ])
        .args(features);
    let said = command.output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let lines = String::from_utf8(said.stdout).unwrap();
    // A name and a version, and perhaps where it is or that it has been listed.
    let name = |line: &str| line.split(" (").next().unwrap_or_default().to_owned();
    lines.lines().map(name).filter(|name| !name.is_empty()).collect()
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
