//! What time it is, and how long to wait: the one place where time comes from, so that a test can set it.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::runtime::Handle;

/// The future of [`Clock::sleep`].
pub type SleepFuture<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Tells the time. The default is [`SystemClock`]; tests give one of their own.
///
/// ```
/// use std::time::{Duration, SystemTime, UNIX_EPOCH};
/// use authress::{Clock, SleepFuture};
///
/// /// Stands still: no limit is ever reached on it.
/// struct Stopped;
///
/// impl Clock for Stopped {
///     fn now(&self) -> SystemTime {
///         UNIX_EPOCH + Duration::from_secs(1_700_000_000)
///     }
///     fn monotonic(&self) -> Duration {
///         Duration::ZERO
///     }
///     fn sleep(&self, _: Duration) -> SleepFuture<'_> {
///         Box::pin(std::future::pending())
///     }
/// }
/// ```
pub trait Clock: Send + Sync + 'static {
    /// The time now. For tokens and keys, only whole seconds since the Unix epoch count.
    fn now(&self) -> SystemTime;

    /// How much time has gone by since some moment that stays the same: what the time of a call is measured with. It never goes back, whatever is
    /// done to the clock that [`now`](Self::now) reads.
    ///
    /// Unless it is implemented, it is the machine's monotonic clock.
    fn monotonic(&self) -> Duration {
        static START: LazyLock<Instant> = LazyLock::new(Instant::now);
        START.elapsed()
    }

    /// Is ready when `duration` has gone by: what limits every wait.
    ///
    /// Unless it is implemented, time goes by as it does for Tokio. Outside of a Tokio runtime it is never ready; in one whose time is not enabled
    /// it panics, as Tokio's does.
    fn sleep(&self, duration: Duration) -> SleepFuture<'_> {
        match Handle::try_current() {
            Ok(_) => Box::pin(tokio::time::sleep(duration)),
            Err(_) => Box::pin(std::future::pending()),
        }
    }
}

/// What `future` comes to, or nothing when it takes longer than `limit`.
pub(crate) async fn within<T>(clock: &dyn Clock, limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        output = future => Some(output),
        () = clock.sleep(limit) => None,
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> SystemTime {
        (**self).now()
    }

    fn monotonic(&self) -> Duration {
        (**self).monotonic()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture<'_> {
        (**self).sleep(duration)
    }
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Whole seconds since the Unix epoch (`NumericDate`, RFC 7519 section 2); zero before it.
pub(crate) fn unix_seconds(clock: &dyn Clock) -> u64 {
    clock
        .now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since_epoch| since_epoch.as_secs())
}

#[cfg(test)]
pub(crate) mod fixed {
    //! A clock that stands still until it is set.

    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use tokio::sync::watch;

    use super::{Clock, SleepFuture};

    /// Its sleeps end when the time is set to their end or later.
    pub(crate) struct FixedClock(watch::Sender<u64>);

    impl FixedClock {
        pub(crate) fn at(seconds: u64) -> Self {
            Self(watch::Sender::new(seconds))
        }

        pub(crate) fn set(&self, seconds: u64) {
            self.0.send_replace(seconds);
        }
    }

    impl Clock for FixedClock {
        fn now(&self) -> SystemTime {
            UNIX_EPOCH + Duration::from_secs(*self.0.borrow())
        }

        fn sleep(&self, duration: Duration) -> SleepFuture<'_> {
            let end = *self.0.borrow() + duration.as_secs();
            let mut time = self.0.subscribe();
            Box::pin(async move {
                let _ = time.wait_for(|now| *now >= end).await;
            })
        }
    }
}
