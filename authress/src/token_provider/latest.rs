//! The token at hand, and what its age means.

use super::minter::LIFE;
use crate::Secret;

/// A cached token is used while more than this is left of its life, in seconds; then another takes its place.
const LEAST_LIFE_LEFT: u64 = 3_600;

/// A token, and when it was made.
pub(super) struct Latest {
    pub(super) token: Secret,
    /// In seconds since the Unix epoch.
    pub(super) made_at: u64,
}

impl Latest {
    /// How old the token is, in seconds; nothing when the clock was set back since: it would seem to come from the future.
    fn age(&self, now: u64) -> Option<u64> {
        now.checked_sub(self.made_at)
    }

    pub(super) fn has_long_to_live(&self, now: u64) -> bool {
        self.age(now).is_some_and(|age| age < LIFE - LEAST_LIFE_LEFT)
    }

    pub(super) fn is_valid(&self, now: u64) -> bool {
        self.age(now).is_some_and(|age| age < LIFE)
    }
}
