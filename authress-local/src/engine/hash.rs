//! Hashes that nobody outside can foresee: each engine has its own seeds, so no input can make its tables slow.

use std::hash::{BuildHasher, Hasher as _};

use foldhash::quality::RandomState;

/// The seeds of one engine.
#[derive(Debug, Clone)]
pub(super) struct Hasher {
    texts: RandomState,
    seeds: [u64; 2],
}

impl Default for Hasher {
    fn default() -> Self {
        let texts = RandomState::default();
        let seeds = [texts.hash_one(0), texts.hash_one(1)];
        Self { texts, seeds }
    }
}

impl Hasher {
    /// Of a text.
    #[inline]
    pub(super) fn text(&self, text: &str) -> u64 {
        self.bytes(text.as_bytes())
    }

    /// Of the bytes of a text.
    #[inline]
    pub(super) fn bytes(&self, bytes: &[u8]) -> u64 {
        let mut hasher = self.texts.build_hasher();
        hasher.write(bytes);
        hasher.finish()
    }

    /// Of numbers.
    pub(super) fn numbers(&self, numbers: &[u32]) -> u64 {
        numbers
            .iter()
            .fold(0, |hash, number| self.then(hash, u64::from(*number)))
    }

    /// Of what had `hash` so far, and is followed by what has `next`.
    #[inline]
    pub(super) fn then(&self, hash: u64, next: u64) -> u64 {
        let [first, second] = self.seeds;
        fold(hash ^ first, next ^ second)
    }
}

/// Any odd number with bits all over.
const MIXER: u64 = 0xd6e8_feb8_6659_fd93;

/// Mixes two numbers, of which one is a seed.
#[inline]
pub(super) fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    #[allow(clippy::cast_possible_truncation, reason = "both halves are used")]
    let folded = (product >> 64) as u64 ^ product as u64;
    folded
}

/// What tables use of a hash. It is mixed once more: after a single [`fold`], numbers in a row may be in a row still, and would crowd in one place of a
/// table.
#[inline]
pub(super) fn half(hash: u64) -> u32 {
    let hash = fold(hash, MIXER);
    #[allow(clippy::cast_possible_truncation, reason = "half of the bits is what is wanted")]
    let half = (hash >> 32) as u32;
    #[cfg(test)]
    let half = half & KEPT.get();
    half
}

#[cfg(test)]
thread_local! {
    /// The bits of hashes that tables of this thread's engines see: with few, nearly everything shares its hash with something else.
    pub(super) static KEPT: std::cell::Cell<u32> = const { std::cell::Cell::new(u32::MAX) };
}
