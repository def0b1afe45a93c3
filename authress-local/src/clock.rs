//! The time, as the server sees it.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};

/// A clock that can be moved against the one that it goes by.
pub(crate) struct Clock {
    goes_by: Box<dyn Fn() -> SystemTime + Send + Sync>,
    /// In milliseconds.
    ahead: AtomicI64,
}

impl Clock {
    pub(crate) fn system() -> Self {
        Self::new(SystemTime::now)
    }

    pub(crate) fn new(goes_by: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            goes_by: Box::new(goes_by),
            ahead: AtomicI64::new(0),
        }
    }

    /// The time, in whole milliseconds, as it is written.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        let time = DateTime::<Utc>::from((self.goes_by)()).trunc_subsecs(3);
        let ahead = TimeDelta::try_milliseconds(self.ahead.load(Ordering::Relaxed));
        ahead.and_then(|ahead| time.checked_add_signed(ahead)).unwrap_or(time)
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.shift(i64::try_from(by.as_millis()).unwrap_or(i64::MAX));
    }

    pub(crate) fn turn_back(&self, by: Duration) {
        self.shift(i64::try_from(by.as_millis()).map_or(i64::MIN, |by| -by));
    }

    fn shift(&self, by: i64) {
        let sum = |ahead: i64| Some(ahead.saturating_add(by));
        // `sum` never refuses.
        let _ = self.ahead.fetch_update(Ordering::Relaxed, Ordering::Relaxed, sum);
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("ahead", &self.ahead)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_moved_by_the_sum_of_what_was_asked_for_and_never_out_of_its_range() {
        let clock = Clock::new(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000));
        let seconds = || clock.now().timestamp();
        clock.advance(Duration::from_secs(60));
        clock.advance(Duration::from_secs(1));
        assert_eq!(seconds(), 1_000_061);
        clock.turn_back(Duration::from_secs(100));
        assert_eq!(seconds(), 999_961);
        for _ in 0..3 {
            clock.advance(Duration::MAX);
        }
        assert_eq!(seconds(), 1_000_000);
        for _ in 0..3 {
            clock.turn_back(Duration::MAX);
        }
        assert_eq!(seconds(), 1_000_000);
    }
}
