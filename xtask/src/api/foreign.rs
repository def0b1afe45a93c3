//! Which other crates are part of the public API: a new major version of one of these is one of ours.

use std::collections::BTreeSet;

/// The crates that the API of each published crate may name. The other crates of this workspace change together with it.
const ALLOWED: [(&str, &[&str]); 5] = [
    (
        "authress-api",
        &[
            // Requests and answers are `http` with bytes, so that a transport may be anybody's.
            "bytes",
            "http",
            // Times of models.
            "chrono",
            // Pages and items are streams.
            "futures_core",
            // A client of one's own may be given; with its next major version, another constructor comes beside this one.
            "reqwest",
            // Models are read and written by whoever wants to, and tell their schema with the feature `schemars`.
            "schemars",
            "serde_core",
            "serde_json",
        ],
    ),
    (
        "authress",
        &[
            "authress_api",
            // With the features that are named after them.
            "axum_core",
            "opentelemetry",
            "tower_layer",
            "tower_service",
            "futures_core",
            "http",
            // Claims are JSON, and read into types of the user's own.
            "serde_core",
            "serde_json",
        ],
    ),
    // The client of AWS is the user's, with its credentials and its region.
    ("authress-aws-kms", &["authress", "aws_sdk_kms"]),
    ("authress-local", &["authress", "authress_api", "serde_core"]),
    // It is mocks on `httpmock`.
    ("authress-mocks", &["authress_api", "chrono", "httpmock"]),
];

/// Whether the crates that a list names are those that are allowed; what is wrong is printed.
pub(super) fn check(package: &str, lines: &[String]) -> bool {
    let allowed = ALLOWED.iter().find(|(name, _)| *name == package);
    let allowed: BTreeSet<_> = allowed.iter().flat_map(|(_, crates)| crates.iter().copied()).collect();
    let own = package.replace('-', "_");
    let named: BTreeSet<_> = lines
        .iter()
        .flat_map(|line| crates_of(line))
        .filter(|name| *name != own)
        .collect();
    for name in named.difference(&allowed) {
        let line = lines.iter().find(|line| crates_of(line).any(|other| other == *name));
        println!(
            "{package}: {name} is not among the crates that its API may name: {}",
            line.map_or("", String::as_str)
        );
    }
    for name in allowed.difference(&named) {
        println!("{package}: {name} is allowed in its API and not in it");
    }
    named == allowed
}

/// The first part of each path in a line, without the standard library.
fn crates_of(line: &str) -> impl Iterator<Item = &str> {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':')
        .filter_map(|path| path.split_once("::"))
        .map(|(first, _)| first)
        .filter(|first| first.starts_with(|letter: char| letter.is_ascii_lowercase()))
        .filter(|first| !["alloc", "core", "std", "self"].contains(first))
}

#[cfg(test)]
mod tests {
    use super::{check, crates_of};

    #[test]
    fn the_crates_of_a_line_are_those_of_its_paths() {
        let line =
            "pub fn one::Two<T>::three(&self, &'a http::HeaderMap, core::option::Option<T::Item>) -> bytes::Bytes";
        assert_eq!(crates_of(line).collect::<Vec<_>>(), ["one", "http", "bytes"]);
    }

    #[test]
    fn a_crate_that_nobody_has_allowed_is_refused() {
        assert!(check(
            "authress-nothing",
            &["pub fn authress_nothing::a() -> core::time::Duration".to_owned()]
        ));
        assert!(!check(
            "authress-nothing",
            &["pub fn authress_nothing::a() -> hyper::Request".to_owned()]
        ));
    }
}
