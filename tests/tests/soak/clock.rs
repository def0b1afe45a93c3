//! The time of the clients and, with a difference, of the server. It goes on when chaos moves it, and no test waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use authress::{Clock, SleepFuture};
use tokio::sync::watch;

/// Waits that are at least this long limit something; shorter ones are those before a request is sent again.
const LIMIT: Duration = Duration::from_secs(5);

/// A clock that stands still until it is moved. Waits before a request is sent again are over at once, limits are reached when time is lost.
#[derive(Clone)]
pub(crate) struct SoakClock(Arc<Inner>);

struct Inner {
    seconds: AtomicU64,
    begun: Instant,
    /// How much time went by of which nobody noticed anything, as on a machine that slept.
    lost: watch::Sender<Duration>,
}

impl SoakClock {
    pub(crate) fn at(seconds: u64) -> Self {
        Self(Arc::new(Inner {
            seconds: AtomicU64::new(seconds),
            begun: Instant::now(),
            lost: watch::Sender::new(Duration::ZERO),
        }))
    }

    /// Seconds since the Unix epoch.
    pub(crate) fn seconds(&self) -> u64 {
        self.0.seconds.load(Ordering::SeqCst)
    }

    pub(crate) fn set(&self, seconds: u64) {
        self.0.seconds.store(seconds, Ordering::SeqCst);
    }

    /// Lets the time of every call that is under way run out.
    pub(crate) fn lose(&self, time: Duration) {
        self.0.lost.send_modify(|lost| *lost += time);
    }
}

impl Clock for SoakClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.seconds())
    }

    fn monotonic(&self) -> Duration {
        self.0.begun.elapsed() + *self.0.lost.borrow()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture<'_> {
        if duration < LIMIT {
            return Box::pin(tokio::task::yield_now());
        }
        let end = self.monotonic().saturating_add(duration);
        let mut lost = self.0.lost.subscribe();
        Box::pin(async move {
            let is_lost = lost.wait_for(|lost| self.0.begun.elapsed() + *lost >= end);
            tokio::select! {
                _ = is_lost => {}
                // When nothing is lost, a limit is what it always is: nothing of a call that hangs by mistake may hang for ever.
                () = tokio::time::sleep(duration) => {}
            }
        })
    }
}
