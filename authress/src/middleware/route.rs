//! Patterns of routes: `/documents/{id}`, matched against raw paths, segment by segment.
//!
//! A path is split before it is decoded, and each segment is decoded once: what is encoded in a segment never becomes structure.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use smallvec::SmallVec;

/// A pattern that is good.
#[derive(Debug, Clone)]
pub(super) struct Route {
    segments: Vec<Segment>,
}

#[derive(Debug, Clone)]
enum Segment {
    Literal(String),
    Name(String),
}

/// The names of a pattern with the values that a path has for them, decoded.
pub(super) type Values<'a> = SmallVec<[(&'a str, Cow<'a, str>); 4]>;

impl Route {
    /// # Errors
    /// Why the pattern cannot be used.
    pub(super) fn parse(pattern: &str) -> Result<Self, &'static str> {
        let pattern = pattern.strip_prefix('/').ok_or("it does not begin with `/`")?;
        let segments = pattern.split('/').map(Segment::parse).collect::<Result<Vec<_>, _>>()?;
        let route = Self { segments };
        let names: Vec<&str> = route.names().collect();
        if names
            .iter()
            .enumerate()
            .any(|(at, name)| names.iter().skip(at + 1).any(|other| other == name))
        {
            return Err("it has a name twice");
        }
        Ok(route)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Literal(_) => None,
            Segment::Name(name) => Some(name.as_str()),
        })
    }

    /// The values of the names in a raw path; nothing when the path is not one of this route, or cannot be decoded.
    pub(super) fn values<'a>(&'a self, path: &'a str) -> Option<Values<'a>> {
        let mut path = path.strip_prefix('/')?.split('/');
        let mut values = Values::new();
        for segment in &self.segments {
            let found = path.next()?;
            match segment {
                Segment::Literal(literal) if literal == found => {}
                Segment::Literal(_) => return None,
                Segment::Name(name) => values.push((name, decoded(found)?)),
            }
        }
        path.next().is_none().then_some(values)
    }
}

impl Segment {
    fn parse(text: &str) -> Result<Self, &'static str> {
        let name = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        match name {
            Some("") => Err("it has a name that is empty"),
            Some(name) if name.contains(['{', '}']) => Err("it has a `{` or a `}` within a name"),
            Some(name) if name.starts_with('*') => {
                Err("it has a name for several segments, which are no part of a resource")
            }
            Some(name) => Ok(Self::Name(name.to_owned())),
            None if text.contains(['{', '}']) => Err("it has a segment that is a name in part"),
            None => Ok(Self::Literal(text.to_owned())),
        }
    }
}

/// A raw segment, decoded once. What is not encoded as it should be, some read one way and some another.
fn decoded(segment: &str) -> Option<Cow<'_, str>> {
    let mut encoded = segment.split('%').skip(1);
    let is_encoded = |text: &str| text.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if !encoded.all(is_encoded) {
        return None;
    }
    percent_decode_str(segment).decode_utf8().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pattern: &str, path: &str) -> Option<Vec<String>> {
        let route = Route::parse(pattern).unwrap();
        let values = route.values(path)?;
        Some(
            values
                .into_iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect(),
        )
    }

    #[test]
    fn a_pattern_binds_whole_segments_once() {
        for pattern in ["/", "/a", "/{a}", "/a/{b}/c/{d}", "/a/", "/{a}/", "/a.b"] {
            assert!(Route::parse(pattern).is_ok(), "{pattern}");
        }
        for pattern in [
            "", "a", "{a}", "/{}", "/{a}b", "/a{b}", "/{a}/{a}", "/{*a}", "/{a", "/a}", "/{{a}}", "/{a}{b}",
        ] {
            assert!(Route::parse(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn a_path_is_split_and_then_decoded_once() {
        for (path, expected) in [
            ("/a/1", Some("x=1")),
            ("/a/1%2F2", Some("x=1/2")),
            ("/a/%252F", Some("x=%2F")),
            ("/a/%2e%2E", Some("x=..")),
            ("/a/..", Some("x=..")),
            ("/a/%C3%BC", Some("x=\u{fc}")),
            ("/a/+", Some("x=+")),
            ("/a/", Some("x=")),
        ] {
            assert_eq!(
                values("/a/{x}", path),
                expected.map(|value| vec![value.to_owned()]),
                "{path}"
            );
        }
    }

    #[test]
    fn what_is_not_the_route_or_cannot_be_decoded_binds_nothing() {
        for path in [
            "", "*", "/", "/a", "/a/1/", "//a/1", "/a//1", "/a/1/2", "/b/1", "/A/1", "/%61/1", "a/1", "/a/%", "/a/%4",
            "/a/%zz", "/a/%FF", "/a/%C3",
        ] {
            assert_eq!(values("/a/{x}", path), None, "{path}");
        }
    }
}
