//! Where the wildcards of a path stand: grants are found by hash all the same, since a question is hashed with the same places left out.

use super::hash::{Hasher, half};
use super::resource::{is_resource, is_wild, segments, split, unchecked_path};

/// How many segments are hashed, and how many names of one with wildcards. The rest of a longer path is compared only.
const SEGMENTS: usize = 16;
const NAMES: u32 = 3;
/// Bits for each segment.
const BITS: usize = 4;
/// A segment with wildcards; the other bits tell which of its first names are none.
const WILD: u64 = 0b1000;
const PLACES: u64 = 0b1111;

/// How many segments a path has, and which of their names are wildcards. Paths of one shape that have the same names have the same key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    depth: usize,
    wild: u64,
}

impl Shape {
    /// The shape of paths of `depth` segments without wildcards.
    pub(super) const fn literal(depth: usize) -> Self {
        Self { depth, wild: 0 }
    }

    /// All shapes without wildcards.
    pub(super) fn literals() -> impl Iterator<Item = Self> {
        (0..=SEGMENTS).map(Self::literal)
    }

    pub(super) fn of(path: &str) -> Self {
        segments(path).take(SEGMENTS).fold(Self::default(), |shape, segment| {
            let wild = if is_wild(segment) { WILD | names(segment) } else { 0 };
            Self {
                depth: shape.depth + 1,
                wild: shape.wild | wild << (shape.depth * BITS),
            }
        })
    }
}

/// A bit for each of the first names that is no wildcard.
fn names(segment: &str) -> u64 {
    let names = segment.split(':').zip(0..NAMES);
    names.map(|(name, place)| u64::from(name != "*") << place).sum()
}

/// A path that is asked about, with the keys of everything above it.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    path: &'a str,
    depth: usize,
    /// The hashes of the segments.
    segments: [u64; SEGMENTS],
    /// The keys of the path's beginnings, the top first.
    keys: [u32; SEGMENTS + 1],
}

impl<'a> Asked<'a> {
    /// The question about a resource, unless it is none.
    #[inline]
    pub(super) fn new(resource: &'a str, star_is_all: bool, hasher: &Hasher) -> Option<Self> {
        let path = unchecked_path(resource, star_is_all);
        let mut asked = Self {
            path,
            depth: 0,
            segments: [0; SEGMENTS],
            keys: [half(START); SEGMENTS + 1],
        };
        let mut hash = START;
        if path.is_empty() {
            return (star_is_all && is_resource(resource)).then_some(asked);
        }
        let mut places = asked.segments.iter_mut().zip(asked.keys.iter_mut().skip(1));
        for segment in split(path, b'/') {
            if segment.is_empty() {
                return None;
            }
            // Segments up to the limit are hashed and counted; a deeper path is found under its beginnings.
            if let Some((own, key)) = places.next() {
                *own = hasher.text(segment);
                hash = hasher.then(hash, *own);
                *key = half(hash);
                asked.depth += 1;
            }
        }
        Some(asked)
    }

    pub(super) fn path(&self) -> &'a str {
        self.path
    }

    /// The keys of what is given on it or above it without wildcards, the top first.
    #[inline]
    pub(super) fn keys(&self) -> &[u32] {
        self.keys.get(..=self.depth).unwrap_or_default()
    }

    /// The key of what is given under a shape with wildcards, if that may reach it.
    pub(super) fn key(&self, shape: Shape, hasher: &Hasher) -> Option<u32> {
        if shape.depth > self.depth {
            return None;
        }
        let mut wild = shape.wild;
        let hash = self
            .segments
            .iter()
            .take(shape.depth)
            .enumerate()
            .fold(START, |hash, (place, own)| {
                let names = wild & PLACES;
                wild >>= BITS;
                let next = match names {
                    0 => *own,
                    WILD => WILD,
                    names => segments(self.path)
                        .nth(place)
                        .map_or(WILD, |segment| named(segment, names, hasher)),
                };
                hasher.then(hash, next)
            });
        Some(half(hash))
    }
}

/// Where hashing begins.
const START: u64 = 0x9e37_79b9_7f4a_7c15;

/// The key of a path under a shape that has no more segments.
pub(super) fn key(path: &str, shape: Shape, hasher: &Hasher) -> u32 {
    let mut wild = shape.wild;
    let hash = segments(path).take(shape.depth).fold(START, |hash, segment| {
        let places = wild & PLACES;
        wild >>= BITS;
        let next = if places == 0 {
            hasher.text(segment)
        } else {
            named(segment, places, hasher)
        };
        hasher.then(hash, next)
    });
    half(hash)
}

/// The hash of those names of a segment that are no wildcards in the shape.
fn named(segment: &str, places: u64, hasher: &Hasher) -> u64 {
    let mut names = segment.split(':');
    (0..NAMES).fold(places, |hash, place| match names.next() {
        Some(name) if places >> place & 1 == 1 => hasher.then(hash, hasher.text(name)),
        _ => hash,
    })
}

#[cfg(test)]
mod tests {
    use super::super::resource::{covers, display};
    use super::*;

    impl Asked<'_> {
        fn found(&self, shape: Shape, hasher: &Hasher) -> Option<u32> {
            let key = self.key(shape, hasher);
            if shape.wild == 0 {
                assert_eq!(self.keys().get(shape.depth), key.as_ref());
            }
            key
        }
    }

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
            (&deep, &deep),
            (&deep, &deeper),
            (&deeper, &deeper),
        ] {
            assert!(covers(held, asked), "{held} for {asked}");
            let shape = Shape::of(held);
            let written = display(asked, true);
            let found = Asked::new(&written, true, &hasher).unwrap().found(shape, &hasher);
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
                    format!("*:{number}"),
                    format!("a/*/{number}"),
                    format!("a/{number}"),
                ]
            })
            .map(|path| key(&path, Shape::of(&path), &hasher))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 400);
    }
}
