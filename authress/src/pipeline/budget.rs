//! How many requests may be sent again, by all callers of a client together: an outage must not multiply the load that it meets.

use std::sync::atomic::{AtomicU64, Ordering};

/// What one repeated request costs, when a call brings as many units as its percentage.
const COST: u64 = 100;

/// A store that every call fills by a part, and every repeated request empties by a whole.
pub(super) struct Budget {
    units: AtomicU64,
    most: u64,
    per_call: u64,
}

impl Budget {
    /// A budget of `reserve` repeated requests, which is full now and which each call refills by `percent` hundredths of one.
    pub(super) fn new(reserve: u32, percent: u32) -> Self {
        let most = u64::from(reserve) * COST;
        Self {
            units: AtomicU64::new(most),
            most,
            per_call: u64::from(percent),
        }
    }

    /// A call begins.
    pub(super) fn deposit(&self) {
        // Most of the time it is full, and nothing is written that other threads read.
        if self.units.load(Ordering::Relaxed) < self.most {
            self.change(|units| Some((units + self.per_call).min(self.most)));
        }
    }

    /// Whether a request may be sent again; if so, it is paid for.
    pub(super) fn withdraw(&self) -> bool {
        self.change(|units| units.checked_sub(COST))
    }

    fn change(&self, change: impl FnMut(u64) -> Option<u64>) -> bool {
        // The number stands for itself; nothing else is read by it.
        let changed = self.units.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change);
        changed.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_comes_back_with_calls_alone() {
        let budget = Budget::new(3, 10);
        budget.deposit();
        assert_eq!((0..10).filter(|_| budget.withdraw()).count(), 3);
        (0..9).for_each(|_| budget.deposit());
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw() && !budget.withdraw());
        (0..1_000).for_each(|_| budget.deposit());
        assert_eq!((0..10).filter(|_| budget.withdraw()).count(), 3);
    }

    #[test]
    fn callers_at_once_spend_no_more_than_there_is() {
        let budget = Budget::new(100, 10);
        let spend = || {
            let calls = 0..1_000;
            calls
                .filter(|_| {
                    budget.deposit();
                    budget.withdraw()
                })
                .count()
        };
        let total: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(spend)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        // A deposit into a full store is lost, so up to as many as there are threads may come to nothing.
        assert!((490..=500).contains(&total), "{total}");
    }
}
