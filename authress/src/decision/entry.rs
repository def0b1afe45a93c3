//! What is kept of an answer, and for how long it is worth something.

use std::time::Duration;

use super::versions::{Begun, Version};
use super::{Decision, DecisionSource};

/// An answer of the service. All times are in nanoseconds since the Unix epoch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) allowed: bool,
    /// When the service was asked; zero when that is not known. Before it, the clock was set back and nothing is known.
    pub(super) asked_at: u64,
    /// Until when it is used without another question.
    pub(super) fresh_until: u64,
    /// Until when it may be used at all: the end of the caller's token, or what the service set.
    pub(super) ends_at: u64,
    /// Where it stands among all questions and answers: a yes where it was asked for, anything else where it came.
    pub(super) order: u64,
    pub(super) version: Version,
}

impl Entry {
    /// That nothing is known any more.
    pub(super) fn nothing(begun: Begun) -> Self {
        Self {
            allowed: false,
            asked_at: begun.at,
            fresh_until: begun.at,
            ends_at: begun.at,
            order: begun.order,
            version: begun.mark.version,
        }
    }

    /// It is not used any more.
    pub(super) fn end(&mut self) {
        self.fresh_until = self.asked_at;
        self.ends_at = self.asked_at;
    }

    pub(super) fn is_fresh(&self, now: u64) -> bool {
        // At the beginning of time, the clock cannot be read.
        self.asked_at != 0 && (self.asked_at..self.fresh_until).contains(&now)
    }

    /// Whether it may be used for `max_age` after the service was asked, when something is wrong.
    pub(super) fn is_usable(&self, now: u64, max_age: Duration) -> bool {
        let until = self.asked_at.saturating_add(nanoseconds(max_age)).min(self.ends_at);
        self.asked_at != 0 && (self.asked_at..until).contains(&now)
    }

    pub(super) fn cached(&self, now: u64) -> Decision {
        let age = self.age(now);
        Decision {
            allowed: self.allowed,
            source: DecisionSource::Cached { age },
        }
    }

    pub(super) fn stale(&self, now: u64) -> Decision {
        let age = self.age(now);
        Decision {
            allowed: self.allowed,
            source: DecisionSource::Stale { age },
        }
    }

    fn age(&self, now: u64) -> Duration {
        Duration::from_nanos(now.saturating_sub(self.asked_at))
    }

    /// How long to wait for the next answer before this one is used, if it is not older than `max_age`: longer the older it is.
    pub(super) fn wait(&self, now: u64, longest: Duration, max_age: Duration) -> Option<Duration> {
        if !self.is_usable(now, max_age) {
            return None;
        }
        let fresh = self.fresh_until.saturating_sub(self.asked_at);
        let over = now.saturating_sub(self.fresh_until);
        let span = nanoseconds(max_age).saturating_sub(fresh).max(1);
        // Both are at most a day, so their product fits.
        let wait = u128::from(nanoseconds(longest)) * u128::from(over) / u128::from(span);
        Some(Duration::from_nanos(u64::try_from(wait).unwrap_or(u64::MAX)).min(longest))
    }
}

/// In nanoseconds; the largest number for what is longer than 584 years.
pub(super) fn nanoseconds(duration: Duration) -> u64 {
    let seconds = duration.as_secs().saturating_mul(1_000_000_000);
    seconds.saturating_add(u64::from(duration.subsec_nanos()))
}
