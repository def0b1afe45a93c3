//! Where a request or an answer does not fit, and how.

use std::fmt;

/// Longest name that is repeated in a place, in characters: whoever sent it knows the rest.
const LONGEST_NAME: usize = 64;

/// One thing that does not fit; printed as `request.body.statements[0].roles[1]: must have 1 to 64 characters`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    place: String,
    text: String,
}

impl Violation {
    pub(super) fn new(place: &impl ToString, text: impl Into<String>) -> Self {
        Self {
            place: place.to_string(),
            text: text.into(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.text)
    }
}

/// A place on the way down into a value; it becomes text only when something there does not fit.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    Top(&'a str),
    Field(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top(name) => f.write_str(name),
            Self::Field(above, name) if is_plain(name) => write!(f, "{above}.{name}"),
            Self::Field(above, name) => {
                let shown: String = name.chars().take(LONGEST_NAME).collect();
                let rest = if shown.len() < name.len() { "…" } else { "" };
                write!(f, "{above}[{shown:?}{rest}]")
            }
            Self::Item(above, index) => write!(f, "{above}[{index}]"),
        }
    }
}

/// Whether a name can stand behind a dot.
fn is_plain(name: &str) -> bool {
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_as_the_way_to_it() {
        let top = Place::Top("request.body");
        let statement = Place::Field(&top, "statements");
        let first = Place::Item(&statement, 0);
        let tags = Place::Field(&top, "tags");
        let long = "x".repeat(65);
        for (place, text) in [
            (
                Place::Field(&first, "roles"),
                "request.body.statements[0].roles".to_owned(),
            ),
            (Place::Field(&top, "If-Modified"), "request.body.If-Modified".to_owned()),
            (Place::Field(&tags, "a.b\n"), r#"request.body.tags["a.b\n"]"#.to_owned()),
            (Place::Field(&tags, ""), r#"request.body.tags[""]"#.to_owned()),
            (
                Place::Field(&tags, &long),
                format!("request.body.tags[\"{}\"…]", "x".repeat(64)),
            ),
        ] {
            assert_eq!(place.to_string(), text);
        }
    }
}
