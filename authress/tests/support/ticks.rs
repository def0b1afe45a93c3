//! A clock that goes by milliseconds when it is told to.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authress::{Clock, SleepFuture};
use tokio::sync::watch;

use super::NOW;

/// Stands still until it is moved; sleeps end when it has come to their end. Clones are the same clock.
#[derive(Clone)]
pub(crate) struct Ticks(Arc<Inner>);

struct Inner {
    /// In milliseconds since [`NOW`].
    time: watch::Sender<i64>,
    /// The ends of the sleeps that were begun.
    sleeps: watch::Sender<Vec<i64>>,
}

impl Ticks {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Inner {
            time: watch::Sender::new(0),
            sleeps: watch::Sender::new(Vec::new()),
        }))
    }

    /// Moves it ahead, or back.
    pub(crate) fn advance(&self, millis: i64) {
        self.0.time.send_modify(|time| *time += millis);
    }

    /// Waits until somebody has begun a sleep of so many milliseconds from now.
    pub(crate) async fn has_sleeper(&self, millis: i64) {
        let end = *self.0.time.borrow() + millis;
        let _ = self.0.sleeps.subscribe().wait_for(|ends| ends.contains(&end)).await;
    }
}

impl Clock for Ticks {
    fn now(&self) -> SystemTime {
        let since_epoch = i64::try_from(NOW * 1_000).unwrap() + *self.0.time.borrow();
        UNIX_EPOCH + Duration::from_millis(since_epoch.try_into().unwrap())
    }

    fn sleep(&self, duration: Duration) -> SleepFuture<'_> {
        let end = *self.0.time.borrow() + i64::try_from(duration.as_millis()).unwrap_or(i64::MAX / 2);
        self.0.sleeps.send_modify(|ends| ends.push(end));
        let mut time = self.0.time.subscribe();
        Box::pin(async move {
            let _ = time.wait_for(|now| *now >= end).await;
        })
    }
}
