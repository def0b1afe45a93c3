//! Hashes that nobody outside can foresee: each engine has its own seeds, so no input can make its tables slow.

use std::hash::{BuildHasher, Hasher as _};

use foldhash::quality::RandomState;

/// The seeds of one engine.
#[derive(Debug, Clone, Default)]
pub(super) struct Hasher(RandomState);

impl Hasher {
    /// Of a text.
    #[inline]
    pub(super) fn text(&self, text: &str) -> u64 {
        let mut hasher = self.0.build_hasher();
        hasher.write(text.as_bytes());
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
        let mut hasher = self.0.build_hasher();
        hasher.write_u64(hash);
        hasher.write_u64(next);
        hasher.finish()
    }
}

/// The half of a hash that tables use.
#[inline]
pub(super) fn half(hash: u64) -> u32 {
    #[allow(clippy::cast_possible_truncation, reason = "half of the bits is what is wanted")]
    let half = (hash >> 32) as u32;
    half
}
