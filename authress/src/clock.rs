//! What time it is: the one place where the time comes from, so that a test can set it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time. The default is [`SystemClock`]; tests give one of their own.
///
/// ```
/// use std::time::{Duration, SystemTime, UNIX_EPOCH};
///
/// struct Stopped;
///
/// impl authress::Clock for Stopped {
///     fn now(&self) -> SystemTime {
///         UNIX_EPOCH + Duration::from_secs(1_700_000_000)
///     }
/// }
/// ```
pub trait Clock: Send + Sync + 'static {
    /// The time now. Only whole seconds since the Unix epoch count.
    fn now(&self) -> SystemTime;
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

    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::Clock;

    pub(crate) struct FixedClock(AtomicU64);

    impl FixedClock {
        pub(crate) fn at(seconds: u64) -> Self {
            Self(AtomicU64::new(seconds))
        }

        pub(crate) fn set(&self, seconds: u64) {
            self.0.store(seconds, Ordering::SeqCst);
        }
    }

    impl Clock for FixedClock {
        fn now(&self) -> SystemTime {
            UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
        }
    }
}
