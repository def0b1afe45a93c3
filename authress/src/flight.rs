//! Single flight: many callers who want the same thing at once share one attempt to get it.
//!
//! Whoever leads the attempt holds the [`Lead`]; everybody else waits with a [`Flight`]. When the lead goes without an outcome, because the task
//! was cancelled or its runtime ended, every waiter notices and one of them begins again. A lead that does nothing for too long is taken for gone.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::Clock;
use crate::clock::within;

/// Waits for the outcome of an attempt that somebody else makes.
#[derive(Clone)]
pub(crate) struct Flight<T> {
    outcome: watch::Receiver<Option<T>>,
    begun_at: u64,
}

/// Goes with the attempt, and brings its outcome to all who wait.
pub(crate) struct Lead<T>(watch::Sender<Option<T>>);

impl<T: Clone + Send + Sync> Flight<T> {
    /// A new attempt, begun at `now` in seconds since the Unix epoch.
    pub(crate) fn begin(now: u64) -> (Lead<T>, Self) {
        let (lead, outcome) = watch::channel(None);
        (Lead(lead), Self { outcome, begun_at: now })
    }

    /// Whether the attempt can still be waited for: its lead is there, and began less than `limit` ago.
    pub(crate) fn is_under_way(&self, limit: Duration, now: u64) -> bool {
        // A clock that was set back says nothing of how long it has been.
        let is_in_time = now
            .checked_sub(self.begun_at)
            .is_none_or(|since| since < limit.as_secs());
        is_in_time && self.has_lead()
    }

    /// Whether the lead is there, however long it has been: in a runtime that nobody drives, say.
    pub(crate) fn has_lead(&self) -> bool {
        self.outcome.has_changed().is_ok()
    }

    /// Waits for the outcome. Nothing when whoever led the attempt has gone.
    pub(crate) async fn outcome(mut self) -> Option<T> {
        let outcome = self.outcome.wait_for(Option::is_some).await;
        outcome.ok().and_then(|outcome| outcome.clone())
    }

    /// The same for no longer than `limit`; then it is `too_long`.
    pub(crate) async fn landed(self, clock: &dyn Clock, limit: Duration, too_long: impl FnOnce() -> T) -> Option<T> {
        let outcome = within(clock, limit, self.outcome()).await;
        outcome.unwrap_or_else(|| Some(too_long()))
    }

    /// When the attempt began, in seconds since the Unix epoch.
    pub(crate) fn begun_at(&self) -> u64 {
        self.begun_at
    }

    /// Whether both wait for the same attempt.
    pub(crate) fn is_the_same(&self, other: &Self) -> bool {
        self.outcome.same_channel(&other.outcome)
    }

    /// Whether it is the attempt that `lead` makes.
    pub(crate) fn is_led_by(&self, lead: &Lead<T>) -> bool {
        self.outcome.same_channel(&lead.0.subscribe())
    }
}

impl<T> Lead<T> {
    /// Ends the attempt with its outcome.
    pub(crate) fn land(self, outcome: T) {
        self.0.send_replace(Some(outcome));
    }
}

/// Makes `attempt` a task of its own, so that a caller who stops waiting does not end it for the others. Without a runtime the caller carries it to
/// its end.
pub(crate) async fn carry(attempt: impl Future<Output = ()> + Send + 'static) {
    match Handle::try_current() {
        Ok(runtime) => drop(runtime.spawn(attempt)),
        Err(_) => attempt.await,
    }
}
