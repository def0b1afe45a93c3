//! The timer of one connection, for the limit on how long the head of a request may take.
//!
//! The limit begins anew with every request and nearly never ends. To enter it into the runtime's timers and take it out again would be the largest part
//! of what a small request costs the server. So one entry stays for the whole connection, and is moved on only when it comes up.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};

/// A timer of whose sleeps at most one is waited for at a time, each for no shorter than the one before it.
#[derive(Clone, Default)]
pub(crate) struct HeadTimer {
    /// Entered at the first sleep; never later than the sleep that is waited for.
    entry: Arc<Mutex<Option<Pin<Box<tokio::time::Sleep>>>>>,
}

/// A sleep of a [`HeadTimer`].
struct HeadSleep {
    timer: HeadTimer,
    deadline: tokio::time::Instant,
}

impl Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(HeadSleep {
            timer: self.clone(),
            deadline: deadline.into(),
        })
    }

    fn now(&self) -> Instant {
        tokio::time::Instant::now().into()
    }
}

impl Future for HeadSleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut entry = self.timer.entry.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entry.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(self.deadline)));
        while entry.as_mut().poll(context).is_ready() {
            if entry.deadline() >= self.deadline {
                return Poll::Ready(());
            }
            entry.as_mut().reset(self.deadline);
        }
        Poll::Pending
    }
}

impl Sleep for HeadSleep {}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn each_sleep_ends_at_its_own_time_whatever_was_waited_for_before() {
        let timer = HeadTimer::default();
        let began = tokio::time::Instant::now();
        for _ in 0..3 {
            // As after a request that came in time.
            let waited_for = tokio::time::timeout(SECOND, timer.sleep(30 * SECOND)).await;
            assert!(waited_for.is_err());
        }
        timer.sleep(30 * SECOND).await;
        assert_eq!(began.elapsed().as_secs(), 33);
        // And after one that ended.
        timer.sleep(10 * SECOND).await;
        assert_eq!(began.elapsed().as_secs(), 43);
    }
}
