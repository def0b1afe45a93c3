//! How much is left of the time of a call.

use std::future::Future;
use std::time::Duration;

use crate::Clock;
use crate::clock::within;

/// The end of a call, on a clock that never goes back.
#[derive(Clone, Copy)]
pub(crate) struct Deadline<'a> {
    clock: &'a dyn Clock,
    begun: Duration,
    limit: Duration,
}

impl<'a> Deadline<'a> {
    /// In `limit` from now.
    pub(crate) fn new(clock: &'a dyn Clock, limit: Duration) -> Self {
        Self {
            clock,
            begun: clock.monotonic(),
            limit,
        }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.clock.monotonic().saturating_sub(self.begun)
    }

    pub(crate) fn remaining(&self) -> Duration {
        self.limit.saturating_sub(self.elapsed())
    }

    /// What `future` comes to, or nothing when it takes longer than what is left.
    pub(crate) async fn within<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        within(self.clock, self.remaining(), future).await
    }

    pub(crate) fn clock(&self) -> &'a dyn Clock {
        self.clock
    }
}
