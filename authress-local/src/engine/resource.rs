//! Resources: which one lies below which other.
//!
//! A resource is a list of segments between slashes, none of them empty; one slash at either end does not matter, case does. What is given on a
//! resource reaches everything below it, with or without a trailing `*`; a setting, `collection_wildcard_covers_collection` and here
//! `star_is_all`, can make that `*` a segment like others. A `*` further in stands for one segment, and `ns:*` for every name of a namespace within one.
//! A question may hold `*` too: then everything that it stands for must be given.
//!
//! Here a resource that was read is a path: its segments, joined again, without what does not matter. The top is the empty path.

use std::borrow::Cow;

/// What of a resource does not matter and is left out of its path; kept to show a resource as it was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    before: bool,
    star: bool,
    after: bool,
}

/// Whether something can be given on `resource`, or asked about it: it is not empty, and neither is a segment of it.
pub(crate) fn is_resource(resource: &str) -> bool {
    // Without this, the empty text would be the top, and a `*` within a pattern would take the place of nothing.
    let mut before = b'/';
    let empty = |byte| std::mem::replace(&mut before, byte) == b'/' && byte == b'/';
    // The end ends a segment too.
    !trim(resource).0.bytes().chain([b'/']).any(empty)
}

/// The path of a resource that is one.
///
/// With `star_is_all` one trailing `*` is left out: what is given on `documents`, or asked about it, is also meant for all that is below, so
/// `documents/*` says the same, and `*` is the top. Without it, a trailing `*` stands for one segment like any other.
pub(super) fn path(resource: &str, star_is_all: bool) -> Option<(&str, Spelling)> {
    if !is_resource(resource) {
        return None;
    }
    let (trimmed, mut spelling) = trim(resource);
    let path = unchecked_path(resource, star_is_all);
    spelling.star = path.len() < trimmed.len();
    Some((path, spelling))
}

/// The same for a resource of which it is not known yet that it is one.
#[inline]
pub(super) fn unchecked_path(resource: &str, star_is_all: bool) -> &str {
    let (path, _) = trim(resource);
    without_star(path).filter(|_| star_is_all).unwrap_or(path)
}

fn trim(resource: &str) -> (&str, Spelling) {
    let inner = resource.strip_prefix('/').unwrap_or(resource);
    let before = inner.len() < resource.len();
    let trimmed = inner.strip_suffix('/').unwrap_or(inner);
    let after = trimmed.len() < inner.len();
    let star = false;
    (trimmed, Spelling { before, star, after })
}

/// The path above a path that ends in `*`.
pub(super) fn without_star(path: &str) -> Option<&str> {
    let above = path.strip_suffix('*')?;
    above.strip_suffix('/').or_else(|| above.is_empty().then_some(above))
}

/// The resource as it was written.
pub(super) fn written(path: &str, spelling: Spelling) -> String {
    let star = if spelling.star { "*" } else { "" };
    let between = if spelling.star && !path.is_empty() { "/" } else { "" };
    let slash = |there: bool| if there { "/" } else { "" };
    format!(
        "{}{path}{between}{star}{}",
        slash(spelling.before),
        slash(spelling.after)
    )
}

/// The one way to write the resource of a path.
pub(super) fn display(path: &str, star_is_all: bool) -> String {
    // Otherwise the last `*` would be read as one that does not matter.
    let star = star_is_all && (path.is_empty() || without_star(path).is_some());
    let spelling = Spelling {
        star,
        ..Spelling::default()
    };
    written(path, spelling)
}

/// The segments of a path.
#[inline]
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    // No segment is empty, but splitting the top gives one that is.
    split(path, b'/').filter(|segment| !segment.is_empty())
}

/// The parts of a text between the places of an ASCII character. They are short: looking at one byte after the other is several times faster than
/// what `std` does for long ones.
#[inline]
pub(super) fn split(text: &str, by: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.bytes().position(|byte| byte == by) else {
            return rest.take();
        };
        rest = text.get(end + 1..);
        text.get(..end)
    })
}

/// Whether a segment has a wildcard. A star within a name is a letter like any other.
pub(super) fn is_wild(segment: &str) -> bool {
    segment.contains('*') && segment.split(':').any(|name| name == "*")
}

/// Whether what is given on the path `held` reaches `asked`.
pub(super) fn covers(held: &[u8], asked: &[u8]) -> bool {
    let mut asked = asked.split(|byte| *byte == b'/');
    let mut held = held.split(|byte| *byte == b'/').filter(|segment| !segment.is_empty());
    held.all(|held| asked.next().is_some_and(|asked| segment_covers(held, asked)))
}

/// The same for a path without wildcards, which is the beginning of what it reaches.
#[inline]
pub(super) fn literal_covers(held: &[u8], asked: &str) -> bool {
    match asked.as_bytes().strip_prefix(held) {
        Some([] | [b'/', ..]) => true,
        Some(_) => held.is_empty(),
        None => false,
    }
}

fn segment_covers(held: &[u8], asked: &[u8]) -> bool {
    // The top has no segment.
    if asked.is_empty() {
        return false;
    }
    if held == b"*" || held == asked {
        return true;
    }
    if !held.contains(&b'*') {
        return false;
    }
    // Names within a segment: `ns:*` holds `ns:a` and `ns:a:b`, and not `ns`.
    let names = |byte: &u8| *byte == b':';
    let (mut held, mut asked) = (held.split(names).peekable(), asked.split(names));
    while let Some(name) = held.next() {
        let Some(asked) = asked.next() else { return false };
        if name == b"*" && held.peek().is_none() {
            return true;
        }
        if name != b"*" && name != asked {
            return false;
        }
    }
    asked.next().is_none()
}

/// What two segments both stand for.
pub(super) fn common<'a>(one: &'a str, other: &'a str) -> Option<Cow<'a, str>> {
    if segment_covers(one.as_bytes(), other.as_bytes()) {
        return Some(other.into());
    }
    if segment_covers(other.as_bytes(), one.as_bytes()) {
        return Some(one.into());
    }
    if !is_wild(one) || !is_wild(other) {
        return None;
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(':').collect(), other.split(':').collect());
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    // Only a `*` at the end stands for more than one name.
    if short.len() < long.len() && short.last() != Some(&"*") {
        return None;
    }
    let mut names = Vec::with_capacity(long.len());
    for (place, name) in long.iter().enumerate() {
        let other = short.get(place).copied().unwrap_or("*");
        match (*name, other) {
            (name, "*") | ("*", name) => names.push(name),
            (name, other) if name == other => names.push(name),
            _ => return None,
        }
    }
    Some(names.join(":").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reaches(held: &str, asked: &str, star_is_all: bool) -> bool {
        let (held, asked) = (path(held, star_is_all).unwrap().0, path(asked, star_is_all).unwrap().0);
        let reaches = covers(held.as_bytes(), asked.as_bytes());
        if !segments(held).any(is_wild) {
            assert_eq!(literal_covers(held.as_bytes(), asked), reaches, "{held} for {asked}");
        }
        reaches
    }

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
            assert_eq!(reaches(held, asked, true), covers, "{held} for {asked}");
        }
    }

    #[test]
    fn a_collection_wildcard_that_does_not_cover_the_collection_reaches_only_what_is_below() {
        for (held, asked, covers) in [
            ("documents/*", "documents", false),
            ("documents/*", "documents/1", true),
            ("documents/*", "documents/1/pages/2", true),
            ("documents/*", "documents/*", true),
            ("documents", "documents/*", true),
            ("documents", "documents", true),
            ("documents/1", "documents/*", false),
            ("documents/*/*", "documents/1", false),
            ("documents/*/*", "documents/1/pages", true),
            ("documents/*/*", "documents/*", false),
            ("documents/*", "documents/*/*", true),
            ("*", "documents", true),
            ("*", "*", true),
            ("*/*", "documents", false),
            ("*/*", "*", false),
        ] {
            assert_eq!(reaches(held, asked, false), covers, "{held} for {asked}");
        }
    }

    #[test]
    fn what_is_empty_or_has_an_empty_segment_is_no_resource() {
        for text in ["", "/", "//", "///", "a//b", "//a", "a//", "orgs//documents", "*//*"] {
            assert!(
                !is_resource(text) && path(text, true).is_none() && path(text, false).is_none(),
                "{text}"
            );
        }
        for text in ["*", "/*", "*/", "a", "/a/", "a/*", "*/*"] {
            assert!(
                is_resource(text) && path(text, true).is_some() && path(text, false).is_some(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_path_is_shown_as_it_was_written_or_in_the_one_way_that_reads_as_the_same_path() {
        for (resource, shown, shown_without) in [
            ("a", "a", "a"),
            ("/a/b/", "a/b", "a/b"),
            ("a/*", "a", "a/*"),
            ("/a/*/", "a", "a/*"),
            ("*", "*", "*"),
            ("/*", "*", "*"),
            ("a/*/*", "a/*/*", "a/*/*"),
            ("*/*", "*/*", "*/*"),
            ("a/*/b", "a/*/b", "a/*/b"),
            ("a/b*", "a/b*", "a/b*"),
        ] {
            for (star_is_all, shown) in [(true, shown), (false, shown_without)] {
                let (read, spelling) = path(resource, star_is_all).unwrap();
                assert_eq!(written(read, spelling), resource);
                assert_eq!(display(read, star_is_all), shown);
                assert_eq!(path(shown, star_is_all).unwrap().0, read);
            }
        }
    }

    #[test]
    fn a_wildcard_is_a_whole_name() {
        for (segment, wild) in [
            ("*", true),
            ("ns:*", true),
            ("*:a", true),
            ("ns:*:a", true),
            ("a", false),
            ("a*", false),
            ("*a", false),
            ("**", false),
            ("ns:a*", false),
        ] {
            assert_eq!(is_wild(segment), wild, "{segment}");
        }
    }

    #[test]
    fn two_segments_have_in_common_what_both_stand_for() {
        for (one, other, expected) in [
            ("a", "a", Some("a")),
            ("a", "b", None),
            ("a", "*", Some("a")),
            ("*", "*", Some("*")),
            ("*", "ns:*", Some("ns:*")),
            ("ns:*", "ns:a", Some("ns:a")),
            ("ns:*", "ns:a:*", Some("ns:a:*")),
            ("ns:*", "ns", None),
            ("ns:*:x", "ns:a:*", Some("ns:a:x")),
            ("ns:*:x", "*:a:x", Some("ns:a:x")),
            ("ns:*:x", "ns:a:y", None),
            ("*:a", "b:*", Some("b:a")),
            ("*:a", "b:c:*", None),
            ("*:a:*", "b:*:c:*", Some("b:a:c:*")),
            // Only a `*` at the end stands for more than one name.
            ("*:a", "b:*:c", None),
            ("ns:*:x", "*:a:y", None),
        ] {
            assert_eq!(common(one, other).as_deref(), expected, "{one} and {other}");
            assert_eq!(common(other, one).as_deref(), expected, "{other} and {one}");
        }
    }
}
