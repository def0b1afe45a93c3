//! Which decisions about a user still count: each user has a number that goes up when something happens to what they may do.
//!
//! A decision remembers the number from before the service was asked, so that what was under way meanwhile counts no more either, and nothing need be
//! searched. Users share numbers; then one is asked about once more than is needed.

use std::hash::BuildHasher as _;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::DefaultHashBuilder;

/// A power of two: 32 KiB of numbers.
const NUMBERS: usize = 4_096;

pub(super) struct Versions {
    numbers: Box<[AtomicU64]>,
    hasher: DefaultHashBuilder,
}

/// The number of a user, as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Version {
    index: usize,
    number: u64,
}

/// What was, before the service was asked: whether its answer still counts afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) version: Version,
    /// How often more than single users was given up.
    pub(super) epoch: u64,
}

/// When the service is asked, and what was before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    pub(super) mark: Mark,
    /// In nanoseconds since the Unix epoch.
    pub(super) at: u64,
    /// Its place among all questions that begin and answers that come, whatever the clock says.
    pub(super) order: u64,
}

impl Versions {
    pub(super) fn new() -> Self {
        Self {
            numbers: (0..NUMBERS).map(|_| AtomicU64::new(0)).collect(),
            hasher: DefaultHashBuilder::default(),
        }
    }

    pub(super) fn of(&self, user_id: &str) -> Version {
        let index = self.index(user_id);
        let number = self.number(index).map_or(0, |number| number.load(Ordering::SeqCst));
        Version { index, number }
    }

    pub(super) fn is_current(&self, version: Version) -> bool {
        self.number(version.index)
            .is_some_and(|number| number.load(Ordering::SeqCst) == version.number)
    }

    pub(super) fn raise(&self, user_id: &str) {
        if let Some(number) = self.number(self.index(user_id)) {
            number.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn number(&self, index: usize) -> Option<&AtomicU64> {
        self.numbers.get(index)
    }

    fn index(&self, user_id: &str) -> usize {
        // A service client has two names.
        let user_id = user_id.strip_prefix("Authress:ServiceClients/").unwrap_or(user_id);
        let hash = self.hasher.hash_one(user_id);
        usize::try_from(hash % NUMBERS as u64).unwrap_or_default()
    }
}
