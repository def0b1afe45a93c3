//! Every rule of `authress-local/docs/semantics.md` with a test of its name, and nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod access;
mod answers;
mod callers;
mod people;
mod world;

use std::collections::BTreeSet;

/// The rules, each a row of a table that begins with its id.
const RULES: &str = include_str!("../../../authress-local/docs/semantics.md");

const TESTS: [&str; 4] = [
    include_str!("access.rs"),
    include_str!("answers.rs"),
    include_str!("callers.rs"),
    include_str!("people.rs"),
];

/// What a rule can rest on.
const GROUNDS: [&str; 4] = ["confirmed", "our reading", "open", "of this server"];

#[test]
fn every_rule_has_a_test_and_every_test_a_rule() {
    let rows = RULES.lines().filter_map(|line| line.strip_prefix("| `"));
    let ids: Vec<String> = rows
        .map(|row| row.split('`').next().unwrap().replace('-', "_"))
        .collect();
    let rules: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(rules.len(), ids.len(), "a rule stands there twice");
    let lines = TESTS.iter().flat_map(|file| file.lines());
    let tests: BTreeSet<&str> = lines
        .filter_map(|line| line.strip_prefix("async fn ")?.strip_suffix("() {"))
        .collect();
    let attributes = TESTS.iter().map(|file| file.matches("#[tokio::test]").count());
    assert_eq!(attributes.sum::<usize>(), tests.len());
    let untested: Vec<_> = rules.difference(&tests).collect();
    let unruly: Vec<_> = tests.difference(&rules).collect();
    assert!(
        untested.is_empty() && unruly.is_empty(),
        "rules without a test: {untested:?}; tests without a rule: {unruly:?}"
    );
    assert!(rules.len() > 50, "{}", rules.len());
}

#[test]
fn every_rule_says_what_it_rests_on() {
    for row in RULES.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells.len(), 3, "{row}");
        assert!(GROUNDS.iter().any(|ground| cells[2].starts_with(ground)), "{row}");
    }
}
