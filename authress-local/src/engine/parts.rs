//! The parts of a text between separators, with a hash of every beginning: read once, looked up under many keys.

use std::ops::Range;

use super::hash::Hasher;

/// The hash of no parts.
pub(super) const START: u64 = 0x9e37_79b9_7f4a_7c15;

/// How many bytes are read at once.
const WORD: usize = size_of::<u64>();
/// How many words are read before the parts in them are taken one by one: as many as there are bits that tell where separators stand.
const WORDS: usize = u64::BITS as usize / WORD;

/// The parts of a text, of which the first `N` are kept. It is made before a text is read into it, so that so large a thing need not be moved.
#[derive(Debug)]
pub(super) struct Parts<const N: usize> {
    /// How many there are, also of those that are not kept.
    count: usize,
    ends: [u32; N],
    /// The hashes of the first part, of the first two with the separator between them, and so on.
    beginnings: [u64; N],
}

impl<const N: usize> Parts<N> {
    /// No parts.
    pub(super) const fn new() -> Self {
        Self {
            count: 0,
            ends: [0; N],
            beginnings: [0; N],
        }
    }

    /// Reads a text, which has at least one part, and tells whether one is empty. `by` is a character of ASCII, which `read` must keep: it is what a
    /// word is read as.
    #[inline]
    pub(super) fn read(&mut self, text: &str, by: u8, read: impl Fn(u64) -> u64, hasher: &Hasher) -> bool {
        let bytes = text.as_bytes();
        let (mut number, mut start, mut empty) = (0, 0, false);
        let mut hash = START;
        let mut first = 0;
        while first <= bytes.len() {
            // The words, each with the hash of what stands before it.
            let mut words = [(0, 0); WORDS];
            let mut separators = 0;
            let (whole, rest) = bytes.get(first..).unwrap_or_default().as_chunks();
            let mut places = words.iter_mut();
            let mut shift = 0;
            for (whole, place) in whole.iter().zip(&mut places) {
                let word = read(u64::from_le_bytes(*whole));
                *place = (word, hash);
                separators |= same(word, by) << shift;
                hash = hasher.then(hash, word);
                shift += WORD;
            }
            // What is no whole word stands in the last block only, in which it has a place.
            if let Some(place) = places.next() {
                let word = read(end_of(bytes, rest));
                *place = (word, hash);
                separators |= same(word, by) << shift;
            }
            // The end ends a part too.
            let rest = bytes.len() - first;
            if rest < WORD * WORDS {
                separators |= 1 << rest;
            }
            while separators != 0 {
                let at = separators.trailing_zeros() as usize;
                separators &= separators - 1;
                let end = first + at;
                empty |= start == end;
                start = end + 1;
                let (word, hash) = words.get(at / WORD % WORDS).copied().unwrap_or_default();
                let own = (1 << (at % WORD * 8)) - 1;
                if let (Some(own_end), Some(beginning)) = (self.ends.get_mut(number), self.beginnings.get_mut(number)) {
                    *own_end = u32::try_from(end).unwrap_or(u32::MAX);
                    *beginning = hasher.then(hash, word & own);
                }
                number += 1;
            }
            first += WORD * WORDS;
        }
        self.count = number;
        empty
    }

    /// How many parts there are.
    #[inline]
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The hashes of the beginnings: of the first part, of the first two, and so on.
    #[inline]
    pub(super) fn beginnings(&self) -> &[u64] {
        self.beginnings.get(..self.count).unwrap_or(&self.beginnings)
    }

    /// Where a part of the text that was read begins and ends, if it is one of those that are kept.
    #[inline]
    pub(super) fn part(&self, number: usize) -> Option<Range<usize>> {
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize + 1,
            None => 0,
        };
        Some(start..*self.ends.get(number)? as usize)
    }
}

/// Less than a word at the end of a text, with zeros after it.
#[inline]
fn end_of(bytes: &[u8], rest: &[u8]) -> u64 {
    match bytes.last_chunk() {
        // The last word, without what stands before the rest.
        Some(last) if !rest.is_empty() => u64::from_le_bytes(*last) >> ((WORD - rest.len()) * 8),
        Some(_) => 0,
        None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Whether a byte of a text is `byte`.
#[inline]
pub(super) fn contains(bytes: &[u8], byte: u8) -> bool {
    let (words, rest) = bytes.as_chunks();
    let mut words = words.iter().map(|word| u64::from_le_bytes(*word));
    words.any(|word| same(word, byte) != 0) || rest.contains(&byte)
}

/// A bit for each byte of a word that is `byte`.
#[inline]
fn same(word: u64, byte: u8) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7f; WORD]);
    // A byte becomes zero where it is the one; then its highest bit one there, and zero elsewhere; then the eight bits move together.
    let differs = word ^ u64::from_ne_bytes([byte; WORD]);
    let highest = !(((differs & LOW) + LOW) | differs | LOW);
    (highest >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: usize = 16;

    fn read(text: &str, hasher: &Hasher) -> (Parts<PARTS>, bool) {
        let mut parts = Parts::new();
        let empty = parts.read(text, b'/', |word| word, hasher);
        (parts, empty)
    }

    #[test]
    fn a_text_of_any_length_is_split_where_its_separators_stand() {
        for len in 0..200 {
            for step in [1, 2, 3, 7, 16, 17, 64, 65] {
                let text: String = (1..=len).map(|at| if at % step == 0 { '/' } else { 'x' }).collect();
                let (parts, empty) = read(&text, &Hasher::default());
                let expected: Vec<&str> = text.split('/').collect();
                assert_eq!(parts.count(), expected.len(), "{text}");
                assert_eq!(empty, expected.contains(&""), "{text}");
                for (number, part) in expected.iter().enumerate().take(PARTS) {
                    assert_eq!(&text[parts.part(number).unwrap()], *part, "{text}");
                }
            }
        }
    }

    #[test]
    fn a_beginning_has_one_hash_whatever_follows_and_no_other_has_it() {
        let hasher = Hasher::default();
        let names = [
            "a",
            "ab",
            "documents",
            "0123456",
            "01234567",
            "012345678",
            &"x".repeat(64),
            &"x".repeat(65),
        ];
        let mut all = Vec::new();
        for name in names {
            for other in names {
                let expected = read(&format!("{name}/{other}"), &hasher).0.beginnings().to_vec();
                for tail in names {
                    let (parts, _) = read(&format!("{name}/{other}/{tail}"), &hasher);
                    assert_eq!(parts.beginnings().get(..2).unwrap(), expected, "{name} {other} {tail}");
                }
                all.extend(expected);
            }
        }
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), names.len() + names.len() * names.len());
    }
}
