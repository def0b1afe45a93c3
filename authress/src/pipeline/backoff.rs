//! How long to wait before a request is sent again. The times that hold when nothing is set, and what `Retry-After` adds, are in `retry`.

use std::time::Duration;

use aws_lc_rs::rand;

/// Draws the random part of a wait, so that many who failed together do not come back together. The default is [`RandomJitter`]; tests give one
/// of their own.
///
/// ```
/// use std::time::Duration;
///
/// /// Always waits as long as it may.
/// struct Longest;
///
/// impl authress::Jitter for Longest {
///     fn up_to(&self, most: Duration) -> Duration {
///         most
///     }
/// }
/// ```
pub trait Jitter: Send + Sync + 'static {
    /// A time from zero to `most`, each as likely as the others. What is longer counts as `most`.
    fn up_to(&self, most: Duration) -> Duration;
}

/// Full jitter from the system's random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomJitter;

impl Jitter for RandomJitter {
    fn up_to(&self, most: Duration) -> Duration {
        let mut bytes = [0; 8];
        // Without random numbers the longest wait is the safe one.
        if rand::fill(&mut bytes).is_err() {
            return most;
        }
        let most = u64::try_from(most.as_nanos()).unwrap_or(u64::MAX);
        let scaled = (u128::from(u64::from_le_bytes(bytes)) * (u128::from(most) + 1)) >> 64;
        Duration::from_nanos(u64::try_from(scaled).unwrap_or(most))
    }
}

/// The longest wait after the attempt of this number, counted from one: `first`, doubled with each further attempt, up to `most`.
pub(super) fn longest(attempt: u32, first: Duration, most: Duration) -> Duration {
    let doubled = 1_u32.checked_shl(attempt.saturating_sub(1)).unwrap_or(u32::MAX);
    first.saturating_mul(doubled).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wait_doubles_up_to_its_limit() {
        let longest = |attempt| longest(attempt, Duration::from_millis(100), Duration::from_secs(1)).as_millis();
        assert_eq!(
            [1, 2, 3, 4, 5, 33, u32::MAX].map(longest),
            [100, 200, 400, 800, 1_000, 1_000, 1_000]
        );
    }

    #[test]
    fn random_waits_fill_their_whole_range_and_do_not_leave_it() {
        let most = Duration::from_nanos(7);
        let drawn: std::collections::BTreeSet<u128> = (0..1_000).map(|_| RandomJitter.up_to(most).as_nanos()).collect();
        assert_eq!(drawn, (0..=7).collect());
        assert_eq!(RandomJitter.up_to(Duration::ZERO), Duration::ZERO);
        assert!(RandomJitter.up_to(Duration::MAX) <= Duration::MAX);
    }
}
