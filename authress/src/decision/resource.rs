//! Which resources lie at or below another one.

/// The part of resources at and below a place, as texts are compared: without slashes around it, up to its first wildcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Below<'a>(&'a str);

impl<'a> Below<'a> {
    /// What lies at or below `resource_uri`. Of one with a wildcard it is what lies below the segment before that, which is more.
    pub(super) fn new(resource_uri: &'a str) -> Self {
        let before_wildcard = match resource_uri.split_once('*') {
            // The segment with the wildcard in it goes as well.
            Some((before, _)) => before.rsplit_once('/').map_or("", |(before, _)| before),
            None => resource_uri,
        };
        Self(before_wildcard.trim_matches('/'))
    }

    /// Everything.
    pub(super) fn is_all(self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn holds(self, resource_uri: &str) -> bool {
        let rest = resource_uri.trim_matches('/').strip_prefix(self.0);
        rest.is_some_and(|rest| self.is_all() || rest.is_empty() || rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_below_a_place_goes_by_whole_segments() {
        for (place, resource, holds) in [
            ("documents", "documents", true),
            ("documents", "documents/42", true),
            ("/documents/", "documents/42/pages/1", true),
            ("documents/42", "/documents/42/", true),
            ("documents", "documents-2", false),
            ("documents/42", "documents/421", false),
            ("documents/42", "documents", false),
            ("documents/*", "documents/42", true),
            ("documents/*", "documents/*", true),
            ("documents/*", "documents", true),
            ("documents/*", "projects/1", false),
            ("orgs/*/documents", "orgs/1/documents/2", true),
            ("orgs/team:*", "orgs/team:1", true),
            ("orgs/team:*", "projects/1", false),
            ("ns:*", "ns:1/a", true),
            ("*", "documents/42", true),
            ("", "documents/42", true),
            ("/", "documents/42", true),
        ] {
            assert_eq!(Below::new(place).holds(resource), holds, "{place:?} {resource:?}");
        }
    }
}
