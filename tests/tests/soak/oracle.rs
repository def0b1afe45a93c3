//! What is true, and when it was: of every question the answers that were possible at each moment, so that an answer can be judged afterwards.
//!
//! Moments are counted. While a write is under way, and for as long as nobody knows what became of it, both answers are possible.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard};

use super::clock::SoakClock;

/// A point in the one order of all that happens.
pub(crate) type Moment = u64;

/// The answers that are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Possible {
    pub(crate) yes: bool,
    pub(crate) no: bool,
}

impl Possible {
    pub(crate) const YES: Self = Self { yes: true, no: false };
    pub(crate) const NO: Self = Self { yes: false, no: true };
    pub(crate) const EITHER: Self = Self { yes: true, no: true };
    pub(crate) const NEITHER: Self = Self { yes: false, no: false };

    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            yes: self.yes || other.yes,
            no: self.no || other.no,
        }
    }

    pub(crate) fn has(self, allowed: bool) -> bool {
        if allowed { self.yes } else { self.no }
    }
}

impl From<bool> for Possible {
    fn from(allowed: bool) -> Self {
        if allowed { Self::YES } else { Self::NO }
    }
}

/// One question: may this user read that document? Its number is its place in the oracle.
struct Slot {
    /// Since when which answers are possible, the latest last.
    truth: VecDeque<(Moment, Possible)>,
    /// When the client that keeps decisions last learnt that the answer may be another one.
    told: Moment,
    /// When those began to ask the client that keeps decisions who may still be waited for: they share an answer.
    asking: Vec<Asking>,
}

struct Asking {
    begun: Moment,
    second: u64,
}

/// How long what was true is remembered, and how long a question that was abandoned may be joined, in seconds.
pub(crate) struct Memory {
    pub(crate) truth: u64,
    pub(crate) joined: u64,
}

pub(crate) struct Oracle {
    state: Mutex<State>,
    clock: SoakClock,
    memory: Memory,
}

struct State {
    moment: Moment,
    slots: Vec<Slot>,
    /// The first moment at which the clock showed each second.
    seconds: BTreeMap<u64, Moment>,
}

impl Oracle {
    pub(crate) fn new(slots: usize, clock: SoakClock, memory: Memory) -> Self {
        let slot = |_| Slot {
            truth: VecDeque::from([(0, Possible::NO)]),
            told: 0,
            asking: Vec::new(),
        };
        let state = State {
            moment: 0,
            slots: (0..slots).map(slot).collect(),
            seconds: BTreeMap::from([(clock.seconds(), 0)]),
        };
        Self {
            state: Mutex::new(state),
            clock,
            memory,
        }
    }

    fn next(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap();
        state.moment += 1;
        state
    }

    pub(crate) fn moment(&self) -> Moment {
        self.next().moment
    }

    /// From now on these answers are possible.
    pub(crate) fn becomes(&self, slot: usize, possible: Possible) {
        let mut state = self.next();
        let now = state.moment;
        let oldest = self.clock.seconds().saturating_sub(self.memory.truth);
        let oldest = state.at(oldest);
        let truth = &mut state.slots[slot].truth;
        truth.push_back((now, possible));
        while truth.get(1).is_some_and(|(since, _)| *since <= oldest) {
            truth.pop_front();
        }
    }

    /// The answers that were possible at some time between two moments.
    pub(crate) fn possible(&self, slot: usize, from: Moment, to: Moment) -> Possible {
        let state = self.state.lock().unwrap();
        let truth = &state.slots[slot].truth;
        // What was so at the beginning became so last before it.
        let first = truth.iter().rposition(|(since, _)| *since <= from).unwrap_or_default();
        let within = truth.range(first..).take_while(|(since, _)| *since <= to);
        within
            .map(|(_, possible)| *possible)
            .reduce(Possible::or)
            .unwrap_or(Possible::EITHER)
    }

    /// Moves the clock.
    pub(crate) fn set_clock(&self, seconds: u64) {
        self.move_clock(|_| seconds);
    }

    fn move_clock(&self, to: impl FnOnce(u64) -> u64) {
        let mut state = self.next();
        let (now, seconds) = (state.moment, to(self.clock.seconds()));
        // Before anybody sees it: what is asked in that second is asked after this moment.
        state.seconds.entry(seconds).or_insert(now);
        let oldest = seconds.saturating_sub(2 * self.memory.truth);
        state.seconds = state.seconds.split_off(&oldest);
        self.clock.set(seconds);
    }

    /// Lets time go by.
    pub(crate) fn pass(&self, seconds: u64) {
        self.move_clock(|now| now + seconds);
    }

    /// The client that keeps decisions has learnt that a slot has changed: what it answers to questions from now on is from now on, too.
    pub(crate) fn told(&self, slot: usize) {
        let mut state = self.next();
        let now = state.moment;
        state.slots[slot].told = now;
    }

    /// Somebody begins to ask the client that keeps decisions. The moment when they began, and the earliest at which the answer to a question that is
    /// under way may have been made.
    pub(crate) fn begins(&self, slot: usize) -> (Moment, Moment) {
        let mut state = self.next();
        let (now, second, joined) = (state.moment, self.clock.seconds(), self.memory.joined);
        let slot = &mut state.slots[slot];
        slot.asking.retain(|other| second < other.second.saturating_add(joined));
        slot.asking.push(Asking { begun: now, second });
        let earliest = slot.asking.iter().map(|other| other.begun).min();
        (now, earliest.unwrap_or(now).max(slot.told))
    }

    /// They have their answer. Of whom this is not said, the question may go on.
    pub(crate) fn ends(&self, slot: usize, begun: Moment) {
        let mut state = self.next();
        state.slots[slot].asking.retain(|other| other.begun != begun);
    }

    /// The first moment at which something that was asked `age` seconds before `second` can have been asked, but none before the client last learnt
    /// something, if that was before `begun`.
    pub(crate) fn asked(&self, slot: usize, second: u64, begun: Moment) -> Moment {
        let state = self.state.lock().unwrap();
        let told = state.slots[slot].told;
        let told = if told <= begun { told } else { 0 };
        state.at(second).max(told)
    }
}

impl State {
    /// The first moment of a second, or of the last one before it that the clock has shown.
    fn at(&self, second: u64) -> Moment {
        self.seconds
            .range(..=second)
            .next_back()
            .map_or(0, |(_, moment)| *moment)
    }
}

#[test]
fn what_was_possible_is_what_became_so_before_and_what_became_so_within() {
    let clock = SoakClock::at(100);
    let memory = Memory { truth: 50, joined: 10 };
    let oracle = Oracle::new(1, clock, memory);
    let before = oracle.moment();
    oracle.becomes(0, Possible::EITHER);
    let within = oracle.moment();
    oracle.becomes(0, Possible::YES);
    let after = oracle.moment();
    for (from, to, possible) in [
        (before, before, Possible::NO),
        (before, within, Possible::EITHER),
        (within, within, Possible::EITHER),
        (within, after, Possible::EITHER),
        (after, after, Possible::YES),
    ] {
        assert_eq!(oracle.possible(0, from, to), possible, "{from} {to}");
    }
    // What was asked in a second was asked after it began, and what the client knows by now counts from then on.
    oracle.set_clock(101);
    let later = oracle.asked(0, 101, after);
    assert!(oracle.asked(0, 100, after) < before && later > after);
    oracle.told(0);
    let told = oracle.moment();
    assert!(oracle.asked(0, 100, told) > later && oracle.asked(0, 101, after) == later);
}

#[test]
fn who_asks_at_once_may_share_the_answer_of_whoever_began_first() {
    let clock = SoakClock::at(100);
    let memory = Memory { truth: 50, joined: 10 };
    let oracle = Oracle::new(1, clock, memory);
    let (first, _) = oracle.begins(0);
    let (second, earliest) = oracle.begins(0);
    assert_eq!(earliest, first);
    oracle.ends(0, first);
    oracle.set_clock(109);
    assert_eq!(oracle.begins(0).1, second);
    // Nobody joins what is this old, nor what was asked before something was known to have changed.
    oracle.set_clock(110);
    let (begun, earliest) = oracle.begins(0);
    assert!(second < earliest && earliest < begun);
    oracle.set_clock(120);
    let (begun, earliest) = oracle.begins(0);
    assert_eq!(earliest, begun);
    oracle.told(0);
    let (again, earliest) = oracle.begins(0);
    assert!(begun < earliest && earliest < again);
}
