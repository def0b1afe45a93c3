//! Where the wildcards of a path stand: grants are found by hash all the same, since a question is hashed with the same places left out.

use super::hash::{Hasher, half};
use super::parts::{Parts, START, contains};
use super::resource::{is_resource, is_wild, segments, unchecked_path};

/// How many segments are hashed. The rest of a longer path is compared only.
const SEGMENTS: usize = 16;

/// The segments of a path.
pub(super) type Segments = Parts<SEGMENTS>;

/// How many names of a segment with wildcards are hashed. The rest of it is compared only.
const NAMES: u32 = 7;
/// Bits for each segment.
const BITS: usize = 8;
/// A segment with wildcards; the other bits tell which of its first names are none.
const WILD: u8 = 1 << NAMES;

/// How many segments a path has, and which of their names are wildcards. Paths of one shape that have the same names have the same key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    depth: usize,
    wild: u128,
}

impl Shape {
    pub(super) fn of(path: &str) -> Self {
        segments(path).take(SEGMENTS).fold(Self::default(), |shape, segment| {
            let wild = if is_wild(segment) { WILD | names(segment) } else { 0 };
            Self {
                depth: shape.depth + 1,
                wild: shape.wild | u128::from(wild) << (shape.depth * BITS),
            }
        })
    }

    /// The key that a path has with the wildcards of this shape, if it has as many segments.
    fn key(self, path: &[u8], segments: &Segments, hasher: &Hasher) -> Option<u32> {
        if segments.count() < self.depth {
            return None;
        }
        // Up to the first wildcard it is what it would be without.
        let mut place = (self.wild.trailing_zeros() as usize / BITS).min(self.depth);
        let mut hash = match place.checked_sub(1) {
            None => START,
            Some(last) => *segments.beginnings().get(last)?,
        };
        while place < self.depth {
            let wild = self.wild >> (place * BITS);
            let first = segments.part(place)?;
            let mut count = 1;
            let [places, ..] = wild.to_le_bytes();
            let next = match places {
                WILD => u64::from(WILD),
                0 => {
                    // All up to the next wildcard.
                    count = (wild.trailing_zeros() as usize / BITS).min(self.depth - place);
                    let last = segments.part(place + count - 1)?;
                    hasher.bytes(path.get(first.start..last.end)?)
                }
                names => named(path.get(first)?, names, hasher)?,
            };
            hash = hasher.then(hash, next);
            place += count;
        }
        Some(half(hash))
    }
}

/// A bit for each of the first names that is no wildcard.
fn names(segment: &str) -> u8 {
    let names = segment.split(':').zip(0..NAMES);
    names.map(|(name, place)| u8::from(name != "*") << place).sum()
}

/// A path that is asked about, with the keys of everything above it.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    path: &'a str,
    segments: &'a Segments,
}

impl<'a> Asked<'a> {
    /// The question about a resource, unless it is none.
    #[inline]
    pub(super) fn new(resource: &'a str, star_is_all: bool, room: &'a mut Segments, hasher: &Hasher) -> Option<Self> {
        let path = unchecked_path(resource, star_is_all);
        let is_resource = if path.is_empty() {
            star_is_all && is_resource(resource)
        } else {
            !read(path, room, hasher)
        };
        is_resource.then_some(Self { path, segments: room })
    }

    pub(super) fn path(&self) -> &'a str {
        self.path
    }

    /// The key of what is given under a shape, if that may reach it.
    #[inline]
    pub(super) fn key(&self, shape: Shape, hasher: &Hasher) -> Option<u32> {
        if shape.wild == 0 && shape.depth > 0 {
            return self.segments.beginnings().get(shape.depth - 1).copied().map(half);
        }
        shape.key(self.path.as_bytes(), self.segments, hasher)
    }
}

/// Reads the segments of a path that is not the top, and tells whether one is empty.
#[inline]
fn read(path: &str, segments: &mut Segments, hasher: &Hasher) -> bool {
    segments.read(path, b'/', |word| word, hasher)
}

/// The key of a path under its own shape.
pub(super) fn key(path: &str, shape: Shape, hasher: &Hasher) -> u32 {
    let mut segments = Segments::new();
    if !path.is_empty() {
        read(path, &mut segments, hasher);
    }
    shape.key(path.as_bytes(), &segments, hasher).unwrap_or_default()
}

/// The hash of those names of a segment that are no wildcards in the shape; such a shape reaches no name that is alone.
#[inline]
fn named(segment: &[u8], places: u8, hasher: &Hasher) -> Option<u64> {
    if !contains(segment, b':') {
        return None;
    }
    let names = segment.split(|byte| *byte == b':').zip(0..NAMES);
    let literal = names.filter(|(_, place)| places >> place & 1 == 1);
    let hash = literal.fold(u64::from(places), |hash, (name, _)| {
        hasher.then(hash, hasher.bytes(name))
    });
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::super::resource::{covers, display};
    use super::*;

    #[test]
    fn what_reaches_a_path_has_the_key_that_is_looked_for() {
        let hasher = Hasher::default();
        let deep = ["x"; 20].join("/");
        let deeper = format!("{deep}/*/y");
        for (held, asked) in [
            ("", "a"),
            ("", ""),
            ("a", "a"),
            ("a", "a/b/c"),
            ("a/b", "a/b/c"),
            ("*", "a"),
            ("*", "*"),
            ("a/*/c", "a/b/c/d"),
            ("a/*/c", "a/*/c"),
            ("*/*/c", "a/b/c"),
            ("ns:*/x", "ns:a/x"),
            ("ns:*/x", "ns:a:b:c:d/x"),
            ("ns:*/x", "ns:*:b/x"),
            ("*:a", "b:a"),
            ("*:a:*", "b:a:c:d"),
            ("a:b:c:*", "a:b:c:d"),
            ("a:b:c:d:*", "a:b:c:d:e:f"),
            ("a:*:c:d:e:f:g:h:i:*", "a:b:c:d:e:f:g:h:i:j"),
            (&deep, &deep),
            (&deep, &deeper),
            (&deeper, &deeper),
        ] {
            assert!(covers(held.as_bytes(), asked.as_bytes()), "{held} for {asked}");
            let shape = Shape::of(held);
            let written = display(asked, true);
            let mut room = Segments::new();
            let found = Asked::new(&written, true, &mut room, &hasher)
                .unwrap()
                .key(shape, &hasher);
            assert_eq!(found, Some(key(held, shape, &hasher)), "{held} for {asked}");
        }
    }

    #[test]
    fn paths_that_differ_in_a_name_have_different_keys_also_beside_wildcards() {
        let hasher = Hasher::default();
        let mut keys: Vec<u32> = (0..100)
            .flat_map(|number| {
                [
                    format!("ns:{number}:*"),
                    format!("arn:aws:s3:eu:{number}:*"),
                    format!("*:{number}"),
                    format!("a/*/{number}"),
                    format!("a/{number}"),
                ]
            })
            .map(|path| key(&path, Shape::of(&path), &hasher))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 500);
    }
}
