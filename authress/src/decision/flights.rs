//! The questions that are with the service at this moment, so that nobody asks the same one beside another.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::key::{Asked, Key};
use super::versions::Mark;
use crate::Error;
use crate::flight::{Flight, Lead};

/// The most questions that are carried at once; whoever comes then asks alone.
const MOST: usize = 4_096;

/// What the service said: yes, or an error, one kind of which is its no.
pub(super) type Outcome = Result<(), Error>;

pub(super) struct Flights {
    under_way: Mutex<HashMap<Key, UnderWay>>,
    /// One for each question that may be carried, whether it can still be joined or not.
    places: Arc<Semaphore>,
}

struct UnderWay {
    mark: Mark,
    /// In nanoseconds since the Unix epoch.
    begun_at: u64,
    flight: Flight<Outcome>,
}

/// When a question is asked, and until when its answer is worth something, in nanoseconds since the Unix epoch.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) now: u64,
    /// How old a question may be that is joined.
    pub(super) oldest: u64,
    /// How old a question can be that somebody still carries.
    pub(super) longest: u64,
    pub(super) ends_at: u64,
    /// Whether a decision from before may be used, if the answer is slow.
    pub(super) has_older: bool,
}

/// The part that somebody has in a question.
pub(super) enum Part {
    /// Nobody else is asking: ask, and tell the others.
    Lead(Leading, Flight<Outcome>),
    /// Somebody is.
    Follow(Flight<Outcome>),
    /// Somebody is, and has been for so long that the answer would be old. Rather than to ask beside it, an older decision may be used.
    Wait(Flight<Outcome>),
    /// Too many are asking too many questions.
    Alone,
}

/// What whoever asks for all has.
pub(super) struct Leading {
    pub(super) key: Key,
    pub(super) lead: Lead<Outcome>,
    _place: OwnedSemaphorePermit,
}

impl Default for Flights {
    fn default() -> Self {
        Self {
            under_way: Mutex::default(),
            places: Arc::new(Semaphore::new(MOST)),
        }
    }
}

impl Flights {
    /// Joins whoever asks the same question, if nothing has happened since that would change the answer, or begins.
    pub(super) fn join(&self, asked: Asked<'_>, mark: Mark, moment: Moment) -> Part {
        let key = Key::from(asked);
        let now = moment.now;
        let mut under_way = self.lock();
        let same = under_way
            .get(&key)
            .filter(|other| other.mark == mark && other.flight.has_lead() && now < moment.ends_at);
        if let Some(other) = same {
            // The clock of one thread may be a little behind that of another.
            let age = now.saturating_sub(other.begun_at);
            if age < moment.oldest {
                return Part::Follow(other.flight.clone());
            }
            if moment.has_older && age < moment.longest {
                return Part::Wait(other.flight.clone());
            }
        }
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            return Part::Alone;
        };
        // Each has a place, save those that were left by a runtime that has ended.
        if under_way.len() >= MOST {
            under_way.retain(|_, other| other.flight.has_lead());
        }
        let (lead, flight) = Flight::begin(now / 1_000_000_000);
        let begun = UnderWay {
            mark,
            begun_at: now,
            flight: flight.clone(),
        };
        under_way.insert(key.clone(), begun);
        let leading = Leading {
            key,
            lead,
            _place: place,
        };
        Part::Lead(leading, flight)
    }

    /// Tells all who wait; nobody joins any more.
    pub(super) fn land(&self, leading: Leading, outcome: Outcome) {
        self.remove(&leading);
        leading.lead.land(outcome);
    }

    /// Nobody asks after all; whoever waits looks again.
    pub(super) fn leave(&self, leading: Leading) {
        self.remove(&leading);
        drop(leading);
    }

    fn remove(&self, leading: &Leading) {
        let mut under_way = self.lock();
        let is_own = |other: &UnderWay| other.flight.is_led_by(&leading.lead);
        if under_way.get(&leading.key).is_some_and(is_own) {
            under_way.remove(&leading.key);
        }
    }

    /// Nobody joins a question that nobody carries any more, though it is not over.
    pub(super) fn give_up(&self, asked: Asked<'_>, flight: &Flight<Outcome>) {
        let key = Key::from(asked);
        let mut under_way = self.lock();
        if under_way
            .get(&key)
            .is_some_and(|other| other.flight.is_the_same(flight))
        {
            under_way.remove(&key);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, UnderWay>> {
        // Nothing that is done under the lock leaves it half done.
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
