//! Where the wildcards of a path stand: grants are found by hash all the same, since a question is hashed with the same places left out.

use super::hash::{Hasher, half};
use super::parts::{Parts, START, contains};
use super::resource::{is_resource, is_wild, segments, unchecked_path};

/// How many segments are hashed. The rest of a longer path is compared only.
const SEGMENTS: usize = 16;

/// The segments of a path.
pub(super) type Segments = Parts<SEGMENTS>;

/// How many names of a segment with wildcards are hashed. The rest of it is compared only.
const NAMES: u32 = u8::BITS;

/// How many segments a path has, and which of their names are wildcards. Paths of one shape that have the same names have the same key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    depth: usize,
    /// A bit for each segment with wildcards.
    wild: u32,
    /// Which of the first names of such a segment are none.
    literal: [u8; SEGMENTS],
}

impl Shape {
    pub(super) fn of(path: &str) -> Self {
        let mut shape = Self::default();
        for (segment, literal) in segments(path).zip(&mut shape.literal) {
            if is_wild(segment) {
                shape.wild |= 1 << shape.depth;
                *literal = literal_names(segment);
            }
            shape.depth += 1;
        }
        shape
    }

    /// The key that a path has with the wildcards of this shape, if it has as many segments.
    fn key(self, path: &[u8], segments: &Segments, hasher: &Hasher) -> Option<u32> {
        if segments.count() < self.depth {
            return None;
        }
        // Up to the first wildcard it is what it would be without.
        let mut place = self.until_wild(0);
        let mut hash = match place.checked_sub(1) {
            None => START,
            Some(last) => *segments.beginnings().get(last)?,
        };
        while place < self.depth {
            let first = segments.part(place)?;
            let count = self.until_wild(place);
            let (next, count) = if count > 0 {
                let last = segments.part(place + count - 1)?;
                (hasher.bytes(path.get(first.start..last.end)?), count)
            } else {
                match *self.literal.get(place)? {
                    0 => (0, 1),
                    literal => (named(path.get(first)?, literal, hasher)?, 1),
                }
            };
            hash = hasher.then(hash, next);
            place += count;
        }
        Some(half(hash))
    }

    /// How many segments from `place` on have no wildcards.
    #[inline]
    fn until_wild(self, place: usize) -> usize {
        let wild = (self.wild >> place).trailing_zeros() as usize;
        wild.min(self.depth - place)
    }
}

/// A bit for each of the first names that is no wildcard.
fn literal_names(segment: &str) -> u8 {
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
fn named(segment: &[u8], literal: u8, hasher: &Hasher) -> Option<u64> {
    if !contains(segment, b':') {
        return None;
    }
    let names = segment.split(|byte| *byte == b':').zip(0..NAMES);
    let literals = names.filter(|(_, place)| literal >> place & 1 == 1);
    let hash = literals.fold(u64::from(literal), |hash, (name, _)| {
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
            ("a:*:c:d:e:f:g:h:i:j:*", "a:b:c:d:e:f:g:h:i:j:k"),
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
