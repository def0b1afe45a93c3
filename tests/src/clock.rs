//! A clock that stands still until it is moved, for clients and servers alike.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Shows the same time on all of its clones.
#[derive(Debug, Clone)]
pub struct StoppedClock(Arc<AtomicU64>);

impl StoppedClock {
    /// A clock that shows `seconds` since the Unix epoch.
    pub fn at(seconds: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seconds)))
    }

    /// Moves it ahead.
    pub fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// What it shows.
    pub fn time(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

impl authress::Clock for StoppedClock {
    fn now(&self) -> SystemTime {
        self.time()
    }
}
