//! The state of the server: what was written, as it is answered, and the engine that decides by it.
//!
//! Every change goes through a method here, so that engine and state cannot come apart. Who may change what is decided in `http`.

mod clients;
mod convert;
mod extensions;
mod grants;
mod held;
mod logins;

use std::collections::{BTreeMap, BTreeSet};

use authress_api::models::{AccessRecord, AccessRecordStatus, Application, Connection, Extension, Group, Role, Tenant};
use chrono::{DateTime, TimeDelta, Utc};

pub(crate) use self::clients::{MAX_KEYS, ServiceClient, StoredKey};
pub(crate) use self::logins::{Back, CODE_SECONDS, Code, LoggedIn, LoginRequest, Logins, REQUEST_SECONDS};
use crate::engine::Engine;

/// Everything that the server knows.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) engine: Engine,
    records: BTreeMap<String, AccessRecord>,
    roles: BTreeMap<String, Role>,
    groups: BTreeMap<String, Group>,
    pub(crate) clients: BTreeMap<String, ServiceClient>,
    pub(crate) extensions: BTreeMap<String, Extension>,
    pub(crate) applications: BTreeMap<String, Application>,
    pub(crate) connections: BTreeMap<String, Connection>,
    pub(crate) tenants: BTreeMap<String, Tenant>,
    users: BTreeSet<String>,
    pub(crate) logins: Logins,
}

impl Store {
    pub(crate) fn new() -> Self {
        Self {
            engine: Engine::new(),
            records: BTreeMap::new(),
            roles: BTreeMap::new(),
            groups: BTreeMap::new(),
            clients: BTreeMap::new(),
            extensions: BTreeMap::new(),
            applications: BTreeMap::new(),
            connections: BTreeMap::new(),
            tenants: BTreeMap::new(),
            users: BTreeSet::new(),
            logins: Logins::default(),
        }
    }

    /// The access records by id, those that are deleted among them.
    pub(crate) fn records(&self) -> &BTreeMap<String, AccessRecord> {
        &self.records
    }

    /// The roles by id, without the built-in ones.
    pub(crate) fn roles(&self) -> &BTreeMap<String, Role> {
        &self.roles
    }

    /// The groups by id.
    pub(crate) fn groups(&self) -> &BTreeMap<String, Group> {
        &self.groups
    }

    /// Adds an access record or replaces the one with its id; it is active then.
    pub(crate) fn put_record(&mut self, id: &str, mut record: AccessRecord, now: DateTime<Utc>) -> AccessRecord {
        let before = self.records.get(id).and_then(|record| record.last_updated);
        record.record_id = Some(id.to_owned());
        record.status = Some(AccessRecordStatus::Active);
        record.last_updated = Some(after(before, now));
        self.engine.put_record(convert::record(id, &record));
        self.records.insert(id.to_owned(), record.clone());
        record
    }

    /// Marks an access record as deleted; it stays readable and gives nothing.
    pub(crate) fn delete_record(&mut self, id: &str, now: DateTime<Utc>) {
        self.engine.remove_record(id);
        if let Some(record) = self.records.get_mut(id) {
            record.status = Some(AccessRecordStatus::Deleted);
            record.last_updated = Some(after(record.last_updated, now));
        }
    }

    /// Adds or replaces a role.
    pub(crate) fn put_role(&mut self, id: &str, mut role: Role) -> Role {
        role.role_id = Some(id.to_owned());
        self.engine.put_role(id, convert::permissions(&role));
        self.roles.insert(id.to_owned(), role.clone());
        role
    }

    /// Removes a role; records that name it stay.
    pub(crate) fn remove_role(&mut self, id: &str) {
        self.engine.remove_role(id);
        self.roles.remove(id);
    }

    /// Adds or replaces a group.
    pub(crate) fn put_group(&mut self, id: &str, mut group: Group, now: DateTime<Utc>) -> Group {
        let before = self.groups.get(id).and_then(|group| group.last_updated);
        group.group_id = Some(id.to_owned());
        group.last_updated = Some(after(before, now));
        self.engine
            .put_group(id, group.users.iter().map(|user| user.user_id.clone()).collect());
        self.groups.insert(id.to_owned(), group.clone());
        group
    }

    /// Removes a group and the access through it.
    pub(crate) fn remove_group(&mut self, id: &str) {
        self.engine.remove_group(id);
        self.groups.remove(id);
    }
}

/// The time of a change: now, and later than that of the change before.
fn after(before: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    before.map_or(now, |before| now.max(before + TimeDelta::milliseconds(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_has_a_later_time_even_when_the_clock_stands_still_or_goes_back() {
        let now = DateTime::from_timestamp_millis(1_700_000_000_123).unwrap();
        let mut store = Store::new();
        let record = || AccessRecord::new("n", [authress_api::models::Statement::new(["r"], ["x"])]);
        let mut times = Vec::new();
        for now in [now, now, now - TimeDelta::seconds(5)] {
            times.extend(store.put_record("a", record(), now).last_updated);
        }
        store.delete_record("a", now);
        times.extend(store.records["a"].last_updated);
        assert_eq!(times.len(), 4);
        assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
    }
}
