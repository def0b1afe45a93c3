//! The rules of verification as tables. A row is a rule by its name, a token that was made to keep it or to break it, and what must come of it.
//!
//! Each table is a theme. A row says also whether the issuer may have been asked for its keys, since a token that is refused by its form, its
//! header or its issuer must cause no request.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the helpers of tests may, as tests may"
)]
#![allow(clippy::too_many_lines, reason = "a table is as long as it has rows")]

#[path = "../support/mod.rs"]
mod support;

mod algorithms;
mod case;
mod claim_types;
mod clients;
mod collisions;
mod ed25519;
mod headers;
mod issuers;
mod keys;
mod order;
mod rsa;
mod shape;
mod times;
mod tokens;

use std::collections::HashSet;
use std::sync::LazyLock;

use case::Case;

/// The tables by theme.
static TABLES: LazyLock<Vec<(&str, Vec<Case>)>> = LazyLock::new(|| {
    vec![
        ("shape", shape::table()),
        ("algorithms", algorithms::table()),
        ("headers", headers::table()),
        ("issuers", issuers::table()),
        ("clients", clients::table()),
        ("times", times::table()),
        ("claim_types", claim_types::table()),
        ("keys", keys::table()),
        ("collisions", collisions::table()),
        ("order", order::table()),
    ]
});

#[tokio::test]
async fn every_rule_holds() {
    let mut failures = Vec::new();
    for (theme, cases) in &*TABLES {
        for case in cases {
            let rule = case.rule;
            // A task of its own, so that a panic is one failing row too.
            let problems = match tokio::spawn(case.run()).await {
                Ok(problems) => problems,
                Err(panicked) => vec![panicked.to_string()],
            };
            if !problems.is_empty() {
                failures.push(format!("{theme}::{rule}: {}", problems.join("; ")));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} rules do not hold:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn rules_have_names_of_their_own_and_no_table_shrinks() {
    let mut names = HashSet::new();
    for (theme, cases) in &*TABLES {
        assert!(cases.len() >= 10, "{theme} has {} rows", cases.len());
        for case in cases {
            let is_snake_case =
                case.rule.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_')) && !case.rule.is_empty();
            assert!(is_snake_case, "{theme}::{}", case.rule);
            assert!(names.insert(case.rule), "{theme}::{} is there twice", case.rule);
        }
    }
    let sizes: Vec<String> = TABLES
        .iter()
        .map(|(theme, cases)| format!("{theme} {}", cases.len()))
        .collect();
    assert!(names.len() >= 150, "{} rows: {}", names.len(), sizes.join(", "));
    println!("{} rows: {}", names.len(), sizes.join(", "));
}
