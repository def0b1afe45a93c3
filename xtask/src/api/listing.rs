//! What a crate offers, a line for each item.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use public_api::Builder;

/// The list of a crate that `rustdoc` has described.
///
/// Of the implementation of a trait the list has the line that says so, and the types it names: what its functions look like is the trait's.
pub(super) fn of(described: &Path) -> anyhow::Result<Vec<String>> {
    let api = Builder::from_rustdoc_json(described)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .with_context(|| described.display().to_string())?;
    let mut is_in_trait = false;
    let mut lines = Vec::new();
    for item in api.items() {
        let line = item.to_string();
        let is_function = line.starts_with("pub fn ") || line.starts_with("pub async fn ");
        if line.starts_with("impl") {
            is_in_trait = line.contains(" for ");
        } else if !is_function && !line.starts_with("pub type ") && !line.starts_with("pub const ") {
            is_in_trait = false;
        }
        if !(is_in_trait && is_function) {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// What is no longer there, with `-` before it, and what is new, with `+`.
pub(super) fn differences(before: &[String], after: &[String]) -> Vec<String> {
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (before.iter().collect(), after.iter().collect());
    let gone = old.difference(&new).map(|line| format!("- {line}"));
    let come = new.difference(&old).map(|line| format!("+ {line}"));
    gone.chain(come).collect()
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn what_went_and_what_came_is_shown_and_what_stayed_is_not() {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let differences = differences(
            &list(&["pub fn a()", "pub fn b()"]),
            &list(&["pub fn b()", "pub fn c()"]),
        );
        assert_eq!(differences, ["- pub fn a()", "+ pub fn c()"]);
    }
}
