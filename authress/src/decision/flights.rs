//! The questions that are with the service at this moment, so that nobody asks the same one beside another.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::cache::Mark;
use super::key::{Asked, Key};
use crate::Error;
use crate::flight::{Flight, Lead};

/// The most questions that are shared at once; whoever comes then asks alone.
const MOST: usize = 4_096;

/// What the service said: yes, or an error, one kind of which is its no.
pub(super) type Outcome = Result<(), Error>;

#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<Key, (Mark, Flight<Outcome>)>>);

/// The part that somebody has in a question.
pub(super) enum Part {
    /// Nobody else is asking: ask, and tell the others.
    Lead(Key, Lead<Outcome>, Flight<Outcome>),
    /// Somebody is.
    Follow(Flight<Outcome>),
    /// Too many are asking too many questions.
    Alone,
}

impl Flights {
    /// Joins whoever asks the same question, if nothing has happened since that would change the answer, or begins at `now`, in seconds.
    pub(super) fn join(&self, asked: Asked<'_>, mark: Mark, now: u64, limit: Duration) -> Part {
        let key = Key::from(asked);
        let mut under_way = self.lock();
        if let Some((other, flight)) = under_way.get(&key)
            && *other == mark
            && flight.is_under_way(limit, now)
        {
            return Part::Follow(flight.clone());
        }
        if under_way.len() >= MOST {
            under_way.retain(|_, (_, flight)| flight.has_lead());
        }
        if under_way.len() >= MOST {
            return Part::Alone;
        }
        let (lead, flight) = Flight::begin(now);
        under_way.insert(key.clone(), (mark, flight.clone()));
        Part::Lead(key, lead, flight)
    }

    /// Nobody joins any more.
    pub(super) fn end(&self, key: &Key, lead: &Lead<Outcome>) {
        let mut under_way = self.lock();
        if under_way.get(key).is_some_and(|(_, flight)| flight.is_led_by(lead)) {
            under_way.remove(key);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, (Mark, Flight<Outcome>)>> {
        // Nothing that is done under the lock leaves it half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
