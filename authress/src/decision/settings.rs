//! The settings of the cache of decisions, and how they are checked.

use std::sync::Arc;
use std::time::Duration;

use super::DecisionCache;
use crate::{Clock, Error, Metrics};

/// Longest time that any of the settings can be.
const LONGEST: Duration = Duration::from_secs(24 * 3_600);

/// Settings of a [`DecisionCache`], for [`AuthressClientBuilder::decision_cache`](crate::AuthressClientBuilder::decision_cache).
///
/// ```
/// use std::time::Duration;
/// use authress::{AuthressClient, DecisionCache};
///
/// let cache = DecisionCache::builder()
///     .ttl(Duration::from_secs(30))
///     .deny_ttl(Duration::from_secs(5))
///     .capacity(50_000)
///     .stale_if_unavailable(Duration::from_secs(600))
///     .stale_if_slow(Duration::from_millis(200), Duration::from_secs(120));
/// let client = AuthressClient::builder("https://login.example.com").decision_cache(cache).build()?;
///
/// let never_stale = DecisionCache::builder().ttl(Duration::from_secs(60)).stale_if_unavailable(Duration::from_secs(1));
/// let error = AuthressClient::builder("https://login.example.com").decision_cache(never_stale).build().unwrap_err();
/// assert_eq!(error.argument(), Some("decision_cache"));
/// # Ok::<(), authress::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "it does nothing until a client is built with it"]
pub struct DecisionCacheBuilder {
    pub(super) ttl: Duration,
    pub(super) deny_ttl: Duration,
    pub(super) capacity: usize,
    pub(super) stale_if_unavailable: Option<Duration>,
    pub(super) stale_if_slow: Option<Slow>,
}

/// When an answer is slow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slow {
    pub(super) longest_wait: Duration,
    pub(super) max_age: Duration,
}

impl DecisionCacheBuilder {
    pub(super) fn new() -> Self {
        Self {
            ttl: DecisionCache::DEFAULT_TTL,
            deny_ttl: DecisionCache::DEFAULT_DENY_TTL,
            capacity: DecisionCache::DEFAULT_CAPACITY,
            stale_if_unavailable: None,
            stale_if_slow: None,
        }
    }

    /// How long an allowed is used: 30 seconds by default, 24 hours at most.
    ///
    /// It is counted from when the service was asked. Access that is taken away in another way than by this client is used on for so long.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = ttl;
        self
    }

    /// How long a denied is used: 5 seconds by default, 24 hours at most; zero for never.
    pub fn deny_ttl(mut self, ttl: Duration) -> Self {
        self.deny_ttl = ttl;
        self
    }

    /// How many decisions are kept: 10,000 by default, 1,000,000 at most. Each takes about 150 bytes and the length of its texts; when there are
    /// more, those that were not asked for lately give way.
    pub fn capacity(mut self, decisions: usize) -> Self {
        self.capacity = decisions;
        self
    }

    /// Uses a decision that has outlived its life, for `max_age` after the service was asked, when the service cannot be asked again: when it
    /// cannot be reached, does not answer in time, breaks off before it has answered with another status than 5xx, or answers 5xx, in each attempt; and
    /// when the signer of the client's tokens fails.
    ///
    /// Off unless it is set. This is a trade: while the service is away, access that was taken away meanwhile is used on for up to `max_age`. What the service
    /// answers (a no, a 401, a 403, a 429) is never overridden by what it said before.
    pub fn stale_if_unavailable(mut self, max_age: Duration) -> Self {
        self.stale_if_unavailable = Some(max_age);
        self
    }

    /// Uses a decision that has outlived its life, for `max_age` after the service was asked, when the next answer is slow; the call goes on
    /// in the background, and its answer is kept.
    ///
    /// Off unless it is set. A decision that has just outlived its life is used at once; the older it is, the longer the answer is waited for, up to
    /// `longest_wait` for one of almost `max_age`. Where more than 4,096 questions are under way at once, the call is given up instead. It is the same trade as [`stale_if_unavailable`](Self::stale_if_unavailable), for each question.
    pub fn stale_if_slow(mut self, longest_wait: Duration, max_age: Duration) -> Self {
        self.stale_if_slow = Some(Slow { longest_wait, max_age });
        self
    }

    /// # Errors
    /// An [`Error`] that names `decision_cache` and says which setting cannot be used.
    pub(crate) fn build(
        self,
        clock: &Arc<dyn Clock>,
        metrics: Option<&Arc<dyn Metrics>>,
    ) -> Result<DecisionCache, Error> {
        let refuse = |reason: &str| Err(Error::invalid_argument("decision_cache", reason));
        if self.ttl.is_zero() || self.ttl > LONGEST {
            return refuse("its `ttl` is not between 1 nanosecond and 24 hours");
        }
        if self.deny_ttl > LONGEST {
            return refuse("its `deny_ttl` is longer than 24 hours");
        }
        if self.capacity == 0 || self.capacity > DecisionCache::MAX_CAPACITY {
            return refuse("its `capacity` is not between 1 and 1,000,000");
        }
        let shortest = self.ttl.max(self.deny_ttl);
        let is_of_use = |max_age: Duration| (shortest..=LONGEST).contains(&max_age);
        if self.stale_if_unavailable.is_some_and(|max_age| !is_of_use(max_age)) {
            return refuse("its `stale_if_unavailable` is shorter than `ttl` or `deny_ttl`, or longer than 24 hours");
        }
        if self.stale_if_slow.is_some_and(|slow| !is_of_use(slow.max_age)) {
            return refuse(
                "the `max_age` of its `stale_if_slow` is shorter than `ttl` or `deny_ttl`, or longer than 24 hours",
            );
        }
        if self.stale_if_slow.is_some_and(|slow| slow.longest_wait > LONGEST) {
            return refuse("the `longest_wait` of its `stale_if_slow` is longer than 24 hours");
        }
        DecisionCache::new(self, Arc::clone(clock), metrics.cloned())
    }
}
