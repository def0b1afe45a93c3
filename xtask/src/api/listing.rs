//! What a crate offers, a line for each item.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use public_api::Builder;

/// The list of a crate that `rustdoc` has described.
///
/// Of the implementation of a trait the list has the line that says so, and the types it names: what its functions look like is the trait's. That a
/// type can be sent to other threads and shared between them is listed as well; models and requests, which are data, are left out of that.
pub(super) fn of(described: &Path) -> anyhow::Result<Vec<String>> {
    let api = Builder::from_rustdoc_json(described)
        .omit_blanket_impls(true)
        .build()
        .with_context(|| described.display().to_string())?;
    Ok(listed(api.items().map(ToString::to_string)))
}

fn listed(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut implementor = None;
    let mut lines = Vec::new();
    for line in items {
        if line.starts_with("impl") {
            implementor = implementor_of(&line);
            if is_auto(&line) {
                continue;
            }
        }
        if !implementor.as_deref().is_some_and(|of| is_function_of(&line, of)) {
            lines.push(line);
        }
    }
    lines
}

/// The path of the type that a trait is implemented for, where the line says that one is.
fn implementor_of(line: &str) -> Option<String> {
    let (_, of) = line.split_once(" for ")?;
    let of = of.split(['<', ' ']).next()?;
    Some(format!("{of}::"))
}

/// Whether the line is a function of the type with this path; one that is free may come after it.
fn is_function_of(line: &str, path: &str) -> bool {
    let declared = line.split_once("fn ").filter(|(before, _)| before.starts_with("pub "));
    declared.is_some_and(|(_, name)| without_generics(name).starts_with(path))
}

fn without_generics(path: &str) -> String {
    let mut depth = 0_usize;
    let is_outside = |c: &char| {
        depth += usize::from(*c == '<');
        let is_outside = depth == 0;
        depth -= usize::from(*c == '>' && depth > 0);
        is_outside
    };
    path.chars().filter(is_outside).collect()
}

/// Whether the line says of a type what the compiler finds out by itself, and nobody needs to see.
fn is_auto(line: &str) -> bool {
    let is_of = |names: &[&str]| names.iter().any(|name| line.contains(&format!("core::{name} for ")));
    let is_data = line.contains("::models::") || line.contains("::requests::");
    is_of(&[
        "marker::Freeze",
        "marker::Unpin",
        "marker::UnsafeUnpin",
        "panic::unwind_safe::RefUnwindSafe",
        "panic::unwind_safe::UnwindSafe",
    ]) || is_data && is_of(&["marker::Send", "marker::Sync"])
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
    use super::{differences, listed};

    #[test]
    fn functions_of_a_trait_are_not_listed_and_a_free_one_behind_them_is() {
        let items = [
            "pub struct c::A<T>",
            "impl<T> c::A<T>",
            "pub fn c::A<T>::new() -> Self",
            "impl<T> core::clone::Clone for c::A<T>",
            "pub fn c::A<T>::clone(&self) -> c::A<T>",
            "impl<T> core::marker::Unpin for c::A<T>",
            "impl<T> core::marker::Send for c::A<T> where T: core::marker::Send",
            "impl core::marker::Send for c::models::B",
            "pub fn c::free(text: &str) -> &str",
        ];
        let kept = [0, 1, 2, 3, 6, 8].map(|at: usize| items[at]);
        assert_eq!(listed(items.iter().map(ToString::to_string)), kept);
    }

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
