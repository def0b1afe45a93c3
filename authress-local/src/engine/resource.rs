//! Resources: which one lies below which other.
//!
//! A resource is a list of segments between slashes, none of them empty; one slash at either end does not matter, case does. What is given on a
//! resource reaches everything below it, with or without a trailing `*`. A `*` further in stands for one segment, and `ns:*` for every name of a
//! namespace within one. A question may hold `*` too: then everything that it stands for must be given.

/// A resource that something is given on, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<String>);

impl Pattern {
    /// The pattern, unless `resource` is none.
    pub(super) fn new(resource: &str) -> Option<Self> {
        let segments = segments(resource)?;
        Some(Self(segments.into_iter().map(ToOwned::to_owned).collect()))
    }

    /// The segments before the first with a wildcard, joined: every resource that the pattern reaches begins with them.
    pub(super) fn literal_prefix(&self) -> String {
        let literal: Vec<&str> = self
            .0
            .iter()
            .map(String::as_str)
            .take_while(|segment| !segment.contains('*'))
            .collect();
        literal.join("/")
    }

    /// Whether it reaches `asked`.
    pub(super) fn covers(&self, asked: &Asked<'_>) -> bool {
        self.0.len() <= asked.0.len()
            && self
                .0
                .iter()
                .zip(&asked.0)
                .all(|(held, asked)| segment_covers(held, asked))
    }
}

/// A resource that is asked about.
#[derive(Debug, Clone)]
pub(super) struct Asked<'a>(Vec<&'a str>);

impl<'a> Asked<'a> {
    /// The question, unless `resource` is none.
    pub(super) fn new(resource: &'a str) -> Option<Self> {
        segments(resource).map(Self)
    }

    /// The resource itself and everything above it, the top (empty) first: where grants that reach it may be filed.
    pub(super) fn prefixes(&self) -> impl Iterator<Item = String> {
        (0..=self.0.len()).map(|length| self.0.iter().take(length).copied().collect::<Vec<_>>().join("/"))
    }
}

/// Whether something can be given on `resource`, or asked about it: it is not empty, and neither is a segment of it.
pub(crate) fn is_resource(resource: &str) -> bool {
    segments(resource).is_some()
}

/// The segments of a resource that is one, without one trailing `*`: what is given on `documents`, or asked about it, is also meant for all that is
/// below, so `documents/*` says the same, and `*` is the top.
fn segments(resource: &str) -> Option<Vec<&str>> {
    let inner = resource.strip_prefix('/').unwrap_or(resource);
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let mut segments: Vec<&str> = inner.split('/').collect();
    // Without this, the empty text would be the top, and a `*` within a pattern would take the place of nothing.
    if segments.iter().any(|segment| segment.is_empty()) {
        return None;
    }
    segments.pop_if(|segment| *segment == "*");
    Some(segments)
}

fn segment_covers(held: &str, asked: &str) -> bool {
    if held == "*" || held == asked {
        return true;
    }
    if !held.contains('*') {
        return false;
    }
    // Names within a segment: `ns:*` holds `ns:a` and `ns:a:b`, and not `ns`.
    let (mut held, mut asked) = (held.split(':').peekable(), asked.split(':'));
    while let Some(name) = held.next() {
        let Some(asked) = asked.next() else { return false };
        if name == "*" && held.peek().is_none() {
            return true;
        }
        if name != "*" && name != asked {
            return false;
        }
    }
    asked.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_reaches_everything_below() {
        for (held, asked, covers) in [
            ("documents/1", "documents/1", true),
            ("/documents/1/", "documents/1", true),
            ("documents/1", "/documents/1/", true),
            ("documents/1", "documents/1/pages/2", true),
            ("documents/1", "documents/2", false),
            ("documents/1", "documents/10", false),
            ("documents/1", "documents", false),
            ("documents", "documentsx/1", false),
            ("Documents/1", "documents/1", false),
            ("documents/*", "documents/1", true),
            ("documents/*", "documents/1/pages/2", true),
            ("documents/*", "documents", true),
            ("documents/*", "folders/1", false),
            ("*", "documents/1", true),
            ("/*", "documents/1", true),
            ("orgs/*/documents", "orgs/a/documents", true),
            ("orgs/*/documents", "orgs/a/documents/1", true),
            ("orgs/*/documents", "orgs/a/b/documents", false),
            ("orgs/*/documents", "orgs/documents", false),
            ("orgs/*/documents", "orgs/a", false),
            ("orgs/*/*", "orgs/a/b/c", true),
            // Within a segment.
            ("ns:*/documents", "ns:a/documents/1", true),
            ("ns:*/documents", "ns:a:b/documents", true),
            ("ns:*", "ns:a", true),
            ("ns:*", "ns", false),
            ("ns:*", "nsx:a", false),
            ("ns:*:x", "ns:a:x", true),
            ("ns:*:x", "ns:a:y", false),
            ("ns:*:x", "ns:a:b:x", false),
            ("Authress:UserPermissions/*", "Authress:UserPermissions/alice", true),
            // Asked about with `*`: all of it must be given.
            ("documents", "documents/*", true),
            ("documents/*", "documents/*", true),
            ("documents/1", "documents/*", false),
            ("documents/*/*", "documents/*", false),
            ("documents/*/*", "documents", false),
            ("documents/*/*", "documents/*/*", true),
            ("documents/*/*", "documents/1", true),
            ("documents/*", "documents/*/*", true),
            ("*", "*", true),
            ("*/*", "*", false),
            ("documents", "*", false),
            ("documents", "*/1", false),
            ("*/1", "*/1", true),
            ("orgs/*/documents", "orgs/*/documents", true),
            ("orgs/a/documents", "orgs/*/documents", false),
            ("ns:*", "ns:*", true),
            ("ns:a", "ns:*", false),
            ("ns:*", "*", false),
            ("ns:*:*", "ns:*", false),
            ("ns:*", "ns:*:*", true),
            // A star within a name is a letter like any other, not a wildcard.
            ("documents/a*", "documents/ab", false),
        ] {
            assert_eq!(
                Pattern::new(held).unwrap().covers(&Asked::new(asked).unwrap()),
                covers,
                "{held} for {asked}"
            );
        }
    }

    #[test]
    fn a_pattern_is_filed_under_a_prefix_of_all_that_it_reaches() {
        for (held, prefix, asked) in [
            ("documents/1", "documents/1", "documents/1/pages"),
            ("documents/*", "documents", "documents/1"),
            ("orgs/*/documents", "orgs", "orgs/a/documents"),
            ("*", "", "anything"),
            ("ns:*/a", "", "ns:b/a"),
        ] {
            assert_eq!(Pattern::new(held).unwrap().literal_prefix(), prefix);
            assert!(
                Asked::new(asked).unwrap().prefixes().any(|above| above == prefix),
                "{held} for {asked}"
            );
        }
    }

    #[test]
    fn what_is_empty_or_has_an_empty_segment_is_no_resource() {
        for text in ["", "/", "//", "///", "a//b", "//a", "a//", "orgs//documents", "*//*"] {
            assert!(Pattern::new(text).is_none() && Asked::new(text).is_none(), "{text}");
        }
        for text in ["*", "/*", "*/", "a", "/a/", "a/*", "*/*"] {
            assert!(Pattern::new(text).is_some() && Asked::new(text).is_some(), "{text}");
        }
    }
}
