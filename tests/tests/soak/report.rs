//! What is counted, and what is said in the end.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use authress::{AttemptEnded, CallEnded, Metrics};

/// How many of the things that went wrong are told in full.
const TOLD: usize = 20;

/// What a call is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Check,
    CheckWithCache,
    Verification,
    Write,
    Read,
    List,
}

impl Kind {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Check, "checks"),
        (Self::CheckWithCache, "checks with a cache"),
        (Self::Verification, "verifications"),
        (Self::Write, "writes"),
        (Self::Read, "reads"),
        (Self::List, "lists, by pages"),
    ];
}

/// What must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wrong {
    /// An answer that was not true.
    Answer,
    /// An acknowledged write that is not there.
    Lost,
    /// What was written once and is there twice, or was never sent and is there.
    Doubled,
    /// An error without a fault.
    Error,
}

#[derive(Default)]
pub(crate) struct Report {
    calls: AtomicU64,
    kinds: Mutex<BTreeMap<Kind, Times>>,
    wrong: Mutex<(BTreeMap<Wrong, u64>, Vec<String>)>,
    http_calls: AtomicU64,
    attempts: AtomicU64,
    /// What attempts came to, when that was no answer.
    failed: Mutex<BTreeMap<String, u64>>,
    others: Mutex<BTreeMap<&'static str, u64>>,
}

impl Report {
    /// How many calls there were.
    pub(crate) fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    pub(crate) fn called(&self, kind: Kind, time: Duration) {
        self.kinds.lock().unwrap().entry(kind).or_default().add(time);
        self.calls.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn wrong(&self, wrong: Wrong, what: impl FnOnce() -> String) {
        let mut known = self.wrong.lock().unwrap();
        *known.0.entry(wrong).or_default() += 1;
        if known.1.len() < TOLD {
            known.1.push(format!("{wrong:?}: {}", what()));
        }
    }

    /// Counts something else.
    pub(crate) fn count(&self, what: &'static str) {
        *self.others.lock().unwrap().entry(what).or_default() += 1;
    }

    /// How often something else was counted.
    pub(crate) fn counted(&self, what: &'static str) -> u64 {
        self.others.lock().unwrap().get(what).copied().unwrap_or_default()
    }

    /// What went wrong, if anything did.
    pub(crate) fn all_wrong(&self) -> Option<String> {
        let known = self.wrong.lock().unwrap();
        let sum: u64 = known.0.values().sum();
        (sum > 0).then(|| format!("{sum}, such as\n{}", known.1.join("\n")))
    }
}

/// Attempts of calls that were sent.
impl Metrics for Report {
    fn call_ended(&self, _: &CallEnded) {
        self.http_calls.fetch_add(1, Ordering::Relaxed);
    }

    fn attempt_ended(&self, attempt: &AttemptEnded<'_>) {
        self.attempts.fetch_add(1, Ordering::Relaxed);
        if let Some(error) = attempt.error {
            let mut failed = self.failed.lock().unwrap();
            *failed.entry(format!("attempts, {}", error.as_str())).or_default() += 1;
        }
    }
}

impl fmt::Display for Report {
    #[allow(clippy::cast_precision_loss, reason = "it is to be read")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (wrong, kinds) = (self.wrong.lock().unwrap(), self.kinds.lock().unwrap());
        let count = |kind: Wrong| wrong.0.get(&kind).copied().unwrap_or_default();
        writeln!(f, "calls                   {:>9}", self.calls())?;
        writeln!(f, "wrong answers           {:>9}", count(Wrong::Answer))?;
        writeln!(f, "lost writes             {:>9}", count(Wrong::Lost))?;
        writeln!(f, "doubled writes          {:>9}", count(Wrong::Doubled))?;
        writeln!(f, "errors without a fault  {:>9}", count(Wrong::Error))?;
        let http_calls = self.http_calls.load(Ordering::Relaxed);
        let attempts = self.attempts.load(Ordering::Relaxed) as f64 / http_calls.max(1) as f64;
        writeln!(
            f,
            "sent to the service     {http_calls:>9}   {attempts:.3} attempts each"
        )?;
        let mut all = Times::default();
        kinds.values().for_each(|times| all.join(times));
        let line = |f: &mut fmt::Formatter<'_>, name: &str, times: &Times| {
            let (half, most) = (times.within(50), times.within(99));
            let longest = times.longest;
            writeln!(
                f,
                "{name:<23} {:>9}   p50 {half:>8.1?}   p99 {most:>8.1?}   longest {longest:>8.1?}",
                times.sum
            )
        };
        line(f, "all calls", &all)?;
        for (kind, name) in Kind::ALL {
            if let Some(times) = kinds.get(&kind) {
                line(f, name, times)?;
            }
        }
        for (what, count) in &*self.others.lock().unwrap() {
            writeln!(f, "{what:<23} {count:>9}")?;
        }
        for (what, count) in &*self.failed.lock().unwrap() {
            writeln!(f, "{what:<23} {count:>9}")?;
        }
        Ok(())
    }
}

/// How long calls took, to an eighth: as many counts for a million as for one.
struct Times {
    counts: Vec<u64>,
    sum: u64,
    longest: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            counts: vec![0; 64 * 8],
            sum: 0,
            longest: Duration::ZERO,
        }
    }
}

impl Times {
    fn add(&mut self, time: Duration) {
        let nanoseconds = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX).max(8);
        // The place of the first bit, and the three bits after it.
        let bits = nanoseconds.ilog2();
        let eighth = (nanoseconds >> (bits - 3)) & 7;
        self.counts[usize::try_from(u64::from(bits) * 8 + eighth).unwrap()] += 1;
        self.sum += 1;
        self.longest = self.longest.max(time);
    }

    fn join(&mut self, other: &Self) {
        self.counts
            .iter_mut()
            .zip(&other.counts)
            .for_each(|(sum, count)| *sum += count);
        self.sum += other.sum;
        self.longest = self.longest.max(other.longest);
    }

    /// The time within which `percent` of a hundred calls were over.
    fn within(&self, percent: u64) -> Duration {
        let (wanted, mut seen) = ((self.sum * percent).div_ceil(100), 0);
        let place = self.counts.iter().position(|count| {
            seen += count;
            seen >= wanted
        });
        let (bits, eighth) = place.map_or((3, 0), |place| (place / 8, place as u64 % 8));
        Duration::from_nanos((9 + eighth) << (bits.max(3) - 3))
    }
}

#[test]
fn times_are_told_to_an_eighth() {
    let mut times = Times::default();
    (1..=1_000).for_each(|micros| times.add(Duration::from_micros(micros)));
    for (percent, micros) in [(50, 500), (99, 990)] {
        let (told, true_one) = (times.within(percent), Duration::from_micros(micros));
        assert!(
            told >= true_one && told < true_one * 9 / 8 + Duration::from_micros(10),
            "{told:?}"
        );
    }
}
