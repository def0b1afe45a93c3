//! Path templates: they begin with `/`, hold no query, and their placeholders are the path parameters, each once.

use std::collections::BTreeSet;

use super::Finding;
use crate::document::OperationRef;

/// `declared` are the names of the path parameters.
pub(super) fn check(operation: &OperationRef<'_>, declared: &[&str]) -> Vec<Finding> {
    let path = operation.path;
    let mut findings = Vec::new();
    let mut refuse = |what: String, remedy| findings.push(Finding::in_operation(operation, what, remedy));
    if !path.starts_with('/') {
        refuse(
            format!("the path `{path}` does not begin with `/`"),
            "begin it with `/`",
        );
    }
    let Some(template) = Template::of(path) else {
        refuse(
            format!("the path `{path}` has braces that do not match"),
            "write each parameter as `{name}`",
        );
        return findings;
    };
    match template.literals.chars().find(|c| !is_of_path(*c)) {
        None => {}
        Some(sign @ ('?' | '#')) => refuse(
            format!("the path `{path}` has a `{sign}`, where a path ends"),
            "describe what follows as parameters, `in: query`",
        ),
        Some(sign) => refuse(
            format!("the path `{path}` has `{sign}`, which no path can have"),
            "write it percent-encoded",
        ),
    }
    let mut seen = BTreeSet::new();
    for name in &template.names {
        if !seen.insert(*name) {
            refuse(
                format!("the path has `{{{name}}}` twice"),
                "give each place a parameter of its own",
            );
        } else if !declared.contains(name) {
            refuse(
                format!("the path has `{{{name}}}`, which is no parameter of it"),
                "declare the parameter, `in: path`",
            );
        }
    }
    for name in declared.iter().filter(|name| !seen.contains(*name)) {
        refuse(
            format!("the path parameter `{name}` is not in the path `{path}`"),
            "remove it or correct the path",
        );
    }
    findings
}

/// A path, taken apart.
struct Template<'a> {
    /// The names in braces, in their order.
    names: Vec<&'a str>,
    /// All that is not in braces.
    literals: String,
}

impl<'a> Template<'a> {
    /// `None` when the braces do not match.
    fn of(path: &'a str) -> Option<Self> {
        let mut pieces = path.split('{');
        let mut literals = pieces.next()?.to_owned();
        let mut names = Vec::new();
        for piece in pieces {
            let (name, rest) = piece.split_once('}')?;
            if name.is_empty() {
                return None;
            }
            names.push(name);
            literals.push_str(rest);
        }
        (!literals.contains('}')).then_some(Self { names, literals })
    }
}

/// Whether `c` may stand in a path as it is (RFC 3986 section 3.3).
fn is_of_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || "/-._~!$&'()*+,;=:@%".contains(c)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use super::*;
    use serde_json::json;

    /// What is said of an operation with the parameter `id` at `path`.
    fn said_of(path: &str) -> Vec<String> {
        let mut document = with_operation(&json!({}));
        let operation = document["paths"]["/a/{id}"].take();
        document["paths"] = json!({path: operation});
        said(&document)
    }

    #[test]
    fn a_placeholder_that_is_no_parameter_is_refused() {
        assert_eq!(
            said_of("/a/{id}/{part}"),
            ["getA: the path has `{part}`, which is no parameter of it"]
        );
    }

    #[test]
    fn a_placeholder_stands_once() {
        assert_eq!(said_of("/a/{id}/b/{id}"), ["getA: the path has `{id}` twice"]);
    }

    #[test]
    fn a_path_is_nothing_but_a_path() {
        for (path, what) in [
            ("/a/{id}.json", None),
            ("/v1/~a/%20:send/{id}/", None),
            ("a/{id}", Some("does not begin with `/`")),
            ("/a/{id}?x=1", Some("has a `?`, where a path ends")),
            ("/a/{id}#b", Some("has a `#`, where a path ends")),
            ("/a b/{id}", Some("has ` `, which no path can have")),
            ("/é/{id}", Some("has `é`, which no path can have")),
        ] {
            let expected: Vec<String> = what
                .into_iter()
                .map(|what| format!("getA: the path `{path}` {what}"))
                .collect();
            assert_eq!(said_of(path), expected);
        }
    }

    #[test]
    fn braces_must_match() {
        let names = |path| Template::of(path).map(|template| template.names);
        assert_eq!(names("/a"), Some(vec![]));
        assert_eq!(names("/a/{b}/{c}.{d}"), Some(vec!["b", "c", "d"]));
        for path in ["/{", "/}", "/{}", "/{a", "/a}", "/{a}}", "/{a{b}", "/}{a}"] {
            assert_eq!(names(path), None, "{path}");
        }
    }
}
