//! Access records, each written by one worker: made, changed, deleted, made again, and read back.

use std::collections::BTreeMap;
use std::sync::Arc;

use authress::models::{AccessRecord, AccessRecordStatus, Statement};
use authress::{AccessChanged, Error};
use futures_util::TryStreamExt as _;

use super::oracle::Possible;
use super::report::{Kind, Wrong};
use super::things::all;
use super::worker::Worker;
use super::world::{question, records_that_stay, unless_given_up};

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Absent,
    /// Its name, and whether it gives what the question of its slot asks about.
    Present(u64, bool),
}

impl State {
    fn gives(self) -> bool {
        matches!(self, Self::Present(_, true))
    }

    fn of(record: &AccessRecord, slot: usize) -> Self {
        if record.status == Some(AccessRecordStatus::Deleted) {
            return Self::Absent;
        }
        let resources = record.statements.iter().flat_map(|statement| &statement.resources);
        let gives = resources.into_iter().any(|it| it.resource_uri == question(slot).1);
        Self::Present(record.name.parse().unwrap_or_default(), gives)
    }
}

/// The record of one slot.
pub(crate) struct Record {
    slot: usize,
    /// What it is, or may be when nobody knows what became of the last write.
    is: Vec<State>,
    /// How many restarts had begun when the last write came to that.
    unknown_since: u64,
    /// How often it was written.
    version: u64,
}

impl Record {
    pub(crate) fn new(slot: usize) -> Self {
        Self {
            slot,
            is: vec![State::Absent],
            unknown_since: 0,
            version: 0,
        }
    }
}

/// What came of a write.
pub(crate) enum Written {
    Done,
    /// It was certainly not done.
    NotSent,
    Unknown,
}

impl Worker {
    /// Writes a record of this worker, or reads it.
    pub(crate) async fn write_record(&mut self) {
        let at = self.numbers.index(self.records.len());
        self.write_record_at(at).await;
    }

    /// The slot of a record of which it is known what it is.
    pub(crate) fn known_slot(&self, at: usize) -> Option<usize> {
        let record = &self.records[at];
        (record.is.len() == 1).then_some(record.slot)
    }

    pub(crate) async fn write_record_at(&mut self, at: usize) {
        let record = &self.records[at];
        let (slot, version) = (record.slot, record.version + 1);
        let [before] = record.is[..] else {
            // Nothing is written before it is known what there is, and that is not known before nothing from before can arrive any more.
            if self.world.server.ended() > record.unknown_since {
                self.read_record(at).await;
            }
            return;
        };
        let after = match (before, self.numbers.below(10)) {
            (State::Absent, _) => State::Present(version, !self.numbers.chance(20)),
            (State::Present(..), 0..3) => return self.read_record(at).await,
            (State::Present(..), 3..5) => State::Absent,
            (State::Present(_, gives), _) => State::Present(version, !gives),
        };
        let (client, is_cached) = match self.numbers.below(12) {
            0..5 => (self.world.plain.clone(), false),
            5..11 => (self.world.wired.clone(), false),
            // Most of what it writes ends all that it keeps.
            _ => (self.world.cached.clone(), true),
        };
        let wakes = self.gives_up();
        let during = Possible::from(before.gives()).or(after.gives().into());
        self.world.oracle.becomes(slot, during);
        let records = client.access_records();
        let id = format!("rec_{slot}");
        let call = async {
            match (before, after) {
                (State::Absent, State::Present(name, gives)) => {
                    let record = self.record(slot, name, gives).record_id(&id);
                    records.create_record(record).await.map(drop)
                }
                (_, State::Present(name, gives)) => records.update_record(&id, self.record(slot, name, gives)).await,
                (_, State::Absent) => records.delete_record(&id).await,
            }
        };
        let call = unless_given_up(wakes, call);
        let (outcome, is_reached) = self.world.call(Kind::Write, call).await;
        // A name that is there already was made by this one request, and a record that is gone was deleted by it.
        let what = || format!("{id} from {before:?} to {after:?}: {outcome:?}");
        if outcome
            .as_ref()
            .is_some_and(|outcome| outcome.as_ref().is_err_and(Error::is_conflict))
        {
            self.world.report.wrong(Wrong::Doubled, what);
        }
        let is_gone = |error: &Error| error.is_not_found() && error.code().is_some() && error.attempts() == Some(1);
        if outcome
            .as_ref()
            .is_some_and(|outcome| outcome.as_ref().is_err_and(is_gone))
        {
            self.world.report.wrong(Wrong::Lost, what);
        }
        let written = self.written(outcome, is_reached, "a write of a record");
        let begun = self.world.server.begun();
        let record = &mut self.records[at];
        record.version = version;
        match written {
            Written::Done => {
                record.is = vec![after];
                self.world.oracle.becomes(slot, after.gives().into());
            }
            Written::NotSent => self.world.oracle.becomes(slot, before.gives().into()),
            Written::Unknown => {
                record.is = vec![before, after];
                record.unknown_since = begun;
            }
        }
        if is_cached {
            if !matches!(written, Written::NotSent) {
                self.world.oracle.told(slot);
            }
        } else if matches!(written, Written::Done) && self.numbers.chance(50) {
            self.tell(slot);
        }
    }

    fn record(&self, slot: usize, name: u64, gives: bool) -> AccessRecord {
        let (user, mut resource) = question(slot);
        if !gives {
            resource = format!("archive/{slot}");
        }
        let statement = Statement::new([self.world.reader.as_str()], [resource]);
        AccessRecord::new(name.to_string(), [statement]).users([user])
    }

    /// The event of the service that tells of a change, which comes to the client that keeps decisions.
    pub(crate) fn tell(&mut self, slot: usize) {
        let (user, resource) = question(slot);
        let number = self.numbers.next();
        // Some name no user, as when everybody's access has changed.
        let user = if self.numbers.chance(50) { user } else { String::new() };
        let change = format!(r#"{{"userId":"{user}","resourceUri":"{resource}"}}"#);
        let event = format!(r#"{{"eventId":"{slot}-{number}","changes":[{change}]}}"#);
        let event = AccessChanged::parse(event).unwrap();
        self.world.cached.decision_cache().unwrap().apply(&event);
        self.world.oracle.told(slot);
    }

    /// Reads a record, and compares it with what it is or may be.
    pub(crate) async fn read_record(&mut self, at: usize) {
        let slot = self.records[at].slot;
        let client = if self.numbers.chance(50) {
            &self.world.plain
        } else {
            &self.world.wired
        };
        let call = async { client.access_records().get_record(format!("rec_{slot}")).await };
        let (read, is_reached) = self.world.call(Kind::Read, call).await;
        let found = match read {
            Ok(record) => State::of(&record, slot),
            // The service's own, and not a page of something else.
            Err(error) if error.is_not_found() && error.code().is_some() => State::Absent,
            Err(error) => return self.world.failed(&error, is_reached, "a record"),
        };
        self.is_found(at, found);
    }

    /// Reads the list of records by pages, and compares those of this worker with what they are or may be.
    pub(crate) async fn list_records(&mut self) {
        let (client, ended) = (self.any_client(), self.world.server.ended());
        let limit = 3 + u32::try_from(self.numbers.below(8)).unwrap();
        let records = all(
            client.access_records().get_records().limit(limit),
            self.numbers.chance(50),
        );
        let (listed, is_reached) = self.world.call(Kind::List, records.try_collect::<Vec<_>>()).await;
        let listed = match listed {
            Ok(listed) => listed,
            Err(error) => return self.world.failed(&error, is_reached, "a list of records"),
        };
        let report = Arc::clone(&self.world.report);
        let mut found = BTreeMap::new();
        for record in listed {
            let id = record.record_id.clone().unwrap_or_default();
            if let Some(other) = found.insert(id, record) {
                report.wrong(Wrong::Doubled, || format!("{other:?} is in a list twice"));
            }
        }
        for id in records_that_stay() {
            if !found.contains_key(&id) {
                report.wrong(Wrong::Lost, || format!("{id} is not in the list of records"));
            }
        }
        for at in 0..self.records.len() {
            let record = &self.records[at];
            // Of what is not known, something from before may still arrive.
            if record.is.len() == 1 || ended > record.unknown_since {
                let listed = found.get(&format!("rec_{}", record.slot));
                let state = listed.map_or(State::Absent, |listed| State::of(listed, record.slot));
                self.is_found(at, state);
            }
        }
    }

    /// A record was found as this.
    fn is_found(&mut self, at: usize, found: State) {
        let record = &mut self.records[at];
        let slot = record.slot;
        if !record.is.contains(&found) {
            // What was not sent, or was deleted, is there; or what was written is not.
            let wrong = if record.is == [State::Absent] {
                Wrong::Doubled
            } else {
                Wrong::Lost
            };
            let what = || format!("rec_{slot} is {found:?}, and should be {:?}", record.is);
            self.world.report.wrong(wrong, what);
        }
        record.is = vec![found];
        self.world.oracle.becomes(slot, found.gives().into());
    }

    /// How many records are not known for certain.
    pub(crate) fn unknown_records(&self) -> usize {
        self.records.iter().filter(|record| record.is.len() > 1).count()
    }

    /// Reads all of them.
    pub(crate) async fn read_records(&mut self) {
        for at in 0..self.records.len() {
            self.read_record(at).await;
        }
    }

    /// What came of a write, which is counted.
    pub(crate) fn written<T>(&self, outcome: Option<Result<T, Error>>, is_reached: bool, what: &str) -> Written {
        let (written, name) = match &outcome {
            Some(Ok(_)) => (Written::Done, "writes, done"),
            Some(Err(error)) if !error.was_sent() => (Written::NotSent, "writes, not sent"),
            _ => (Written::Unknown, "writes, unknown"),
        };
        self.world.report.count(name);
        if let Some(Err(error)) = &outcome {
            self.world.failed(error, is_reached, what);
        }
        written
    }
}
