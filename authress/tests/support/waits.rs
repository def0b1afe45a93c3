//! A clock for limits and waits: short sleeps are written down and end at once, long ones last until a limit is told to have run out.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authress::{Clock, Jitter, SleepFuture};
use tokio::sync::watch;

use super::NOW;

/// Clones are the same clock.
#[derive(Clone)]
pub(crate) struct Waits(Arc<Inner>);

struct Inner {
    /// Sleeps that are shorter end at once.
    long: Duration,
    /// How much time has gone by, by sleeps that have ended.
    gone: Mutex<Duration>,
    short: Mutex<Vec<Duration>>,
    /// How many long sleeps there were, and how often they were ended.
    asleep: watch::Sender<usize>,
    ended: watch::Sender<usize>,
}

impl Waits {
    pub(crate) fn shorter_than(long: Duration) -> Self {
        Self(Arc::new(Inner {
            long,
            gone: Mutex::default(),
            short: Mutex::default(),
            asleep: watch::Sender::new(0),
            ended: watch::Sender::new(0),
        }))
    }

    /// The short sleeps so far, in milliseconds.
    pub(crate) fn millis(&self) -> Vec<u128> {
        let short = self.0.short.lock().unwrap();
        short.iter().map(Duration::as_millis).collect()
    }

    /// Waits until somebody has begun the long sleep of this number, counted from one.
    pub(crate) async fn has_begun(&self, number: usize) {
        let mut asleep = self.0.asleep.subscribe();
        let _ = asleep.wait_for(|begun| *begun >= number).await;
    }

    /// The same, and ends all that are under way.
    pub(crate) async fn end_long_sleep(&self, number: usize) {
        self.has_begun(number).await;
        self.0.ended.send_modify(|ended| *ended += 1);
    }
}

impl Clock for Waits {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW) + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        *self.0.gone.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture<'_> {
        Box::pin(async move {
            if duration < self.0.long {
                self.0.short.lock().unwrap().push(duration);
            } else {
                let mut ended = self.0.ended.subscribe();
                ended.mark_unchanged();
                self.0.asleep.send_modify(|begun| *begun += 1);
                let _ = ended.changed().await;
            }
            *self.0.gone.lock().unwrap() += duration;
        })
    }
}

/// Always as long as it may be.
pub(crate) struct Longest;

impl Jitter for Longest {
    fn up_to(&self, most: Duration) -> Duration {
        most
    }
}

/// No wait at all.
pub(crate) struct Never;

impl Jitter for Never {
    fn up_to(&self, _: Duration) -> Duration {
        Duration::ZERO
    }
}
