//! How many calls a service client has made: those with a rate limit may make only so many in a sliding window.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use authress_api::models::{ClientRateLimit, ClientRateLimitDuration};
use chrono::{DateTime, TimeDelta, Utc};

/// The times of the latest calls of a client that has a limit, oldest first; clones are the same.
///
/// They are never more than the limit allows, and are not part of what is written of a client.
#[derive(Debug, Clone, Default)]
pub(super) struct Calls(Arc<Mutex<VecDeque<DateTime<Utc>>>>);

impl Calls {
    /// Counts a call at `now`, unless `limit` allows no more of them then.
    pub(super) fn admits(&self, limit: &ClientRateLimit, now: DateTime<Utc>) -> bool {
        let (Some(window), Some(quota)) = (window(&limit.duration), limit.quota) else {
            return true;
        };
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while times.front().is_some_and(|time| now - *time >= window) {
            times.pop_front();
        }
        let admits = u64::try_from(times.len()).is_ok_and(|count| count < quota);
        if admits {
            times.push_back(now);
        }
        admits
    }
}

/// How long a window is; `PT0S`, whose meaning is not documented, is none.
fn window(duration: &ClientRateLimitDuration) -> Option<TimeDelta> {
    match duration {
        ClientRateLimitDuration::Pt5m => Some(TimeDelta::minutes(5)),
        ClientRateLimitDuration::Pt1h => Some(TimeDelta::hours(1)),
        ClientRateLimitDuration::P1d => Some(TimeDelta::days(1)),
        ClientRateLimitDuration::P1m => Some(TimeDelta::days(30)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_calls_as_the_quota_are_admitted_in_any_window() {
        for (duration, seconds) in [
            (ClientRateLimitDuration::Pt5m, 300),
            (ClientRateLimitDuration::Pt1h, 3600),
            (ClientRateLimitDuration::P1d, 86_400),
            (ClientRateLimitDuration::P1m, 30 * 86_400),
        ] {
            let limit = ClientRateLimit::new(duration).quota(3);
            let (calls, start) = (Calls::default(), DateTime::<Utc>::default());
            let mut admits_at = |second| calls.admits(&limit, start + TimeDelta::seconds(second));
            let admitted = [0, 0, 10, 20, seconds - 1].map(&mut admits_at);
            assert_eq!(admitted, [true, true, true, false, false], "{limit:?}");
            // The two calls of the beginning are out of the window, the third is not; what was refused does not count.
            let admitted = [seconds, seconds, seconds, seconds + 10, seconds + 10].map(&mut admits_at);
            assert_eq!(admitted, [true, true, false, true, false], "{limit:?}");
        }
    }

    #[test]
    fn without_a_quota_or_a_window_there_is_no_limit() {
        let calls = Calls::default();
        for limit in [
            ClientRateLimit::new(ClientRateLimitDuration::Pt5m),
            ClientRateLimit::new(ClientRateLimitDuration::Pt0s).quota(1),
        ] {
            for _ in 0..3 {
                assert!(calls.admits(&limit, DateTime::default()));
            }
        }
        assert!(calls.0.lock().unwrap().is_empty());
    }
}
