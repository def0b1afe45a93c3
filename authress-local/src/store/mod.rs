//! The state of the server: what was written, as it is answered, and the engine that decides by it.
//!
//! Every change goes through a method here, so that engine and state cannot come apart. Who may change what is decided in `http`.

mod applications;
mod calls;
mod clients;
mod connections;
mod convert;
mod extensions;
mod grants;
mod held;
mod identities;
mod invites;
mod logins;
mod lookups;
mod requests;
mod resources;
mod restore;
mod seed;
mod tenants;
mod users;

use std::collections::{BTreeMap, BTreeSet};

use authress_api::models::{
    AccessRecord, AccessRecordStatus, Application, Connection, Extension, Group, Identity, LinkedGroup, Role, Tenant,
    User, UserIdentity,
};
use chrono::{DateTime, TimeDelta, Utc};

pub(crate) use self::applications::DEFAULT_APPLICATION;
pub(crate) use self::clients::{MAX_KEYS, ServiceClient, StoredKey};
pub(crate) use self::connections::DEFAULT_CONNECTION;
pub(crate) use self::extensions::{ExtensionIds, application_id, client_id};
pub(crate) use self::invites::{INVITE_DURATION, StoredInvite};
pub(crate) use self::logins::{Back, CODE_SECONDS, Code, LoggedIn, LoginRequest, Logins, REQUEST_SECONDS};
pub(crate) use self::requests::StoredRequest;
pub(crate) use self::resources::{ConfiguredResource, sets};
pub(crate) use self::seed::Seed;
pub(crate) use self::tenants::connection_id;
use crate::engine::{Engine, Settings};

/// The service client that is there from the start, which everything else can be made with.
pub(crate) const OWNER_CLIENT: &str = "sc_owner";

/// The access record that gives it everything.
pub(crate) const OWNER_RECORD: &str = "rec_owner";

/// Largest access record, in bytes of JSON.
pub(crate) const MAX_RECORD_BYTES: usize = 100 * 1024;

/// Everything that the server knows.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) engine: Engine,
    settings: Settings,
    records: BTreeMap<String, AccessRecord>,
    roles: BTreeMap<String, Role>,
    groups: BTreeMap<String, Group>,
    pub(crate) clients: BTreeMap<String, ServiceClient>,
    pub(crate) tenants: BTreeMap<String, Tenant>,
    /// The users of each tenant.
    pub(crate) tenant_users: BTreeMap<String, BTreeSet<String>>,
    pub(crate) connections: BTreeMap<String, Connection>,
    pub(crate) applications: BTreeMap<String, Application>,
    pub(crate) extensions: BTreeMap<String, Extension>,
    /// The trusted issuers, by `{issuer} {audience}`.
    pub(crate) identities: BTreeMap<String, Identity>,
    /// The configurations of resources by their plain names.
    resources: BTreeMap<String, ConfiguredResource>,
    pub(crate) requests: BTreeMap<String, StoredRequest>,
    pub(crate) invites: BTreeMap<String, StoredInvite>,
    /// The users who have logged in.
    pub(crate) users: BTreeMap<String, UserIdentity>,
    /// The ids of tokens that are refused, by their users, and since when.
    pub(crate) disabled_tokens: BTreeMap<String, BTreeMap<String, DateTime<Utc>>>,
    /// Logins that are under way; they are in no seed.
    pub(crate) logins: Logins,
}

impl Store {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            engine: Engine::new(settings),
            settings,
            records: BTreeMap::new(),
            roles: BTreeMap::new(),
            groups: BTreeMap::new(),
            clients: BTreeMap::new(),
            tenants: BTreeMap::new(),
            tenant_users: BTreeMap::new(),
            connections: BTreeMap::new(),
            applications: BTreeMap::new(),
            extensions: BTreeMap::new(),
            identities: BTreeMap::new(),
            resources: BTreeMap::new(),
            requests: BTreeMap::new(),
            invites: BTreeMap::new(),
            users: BTreeMap::new(),
            disabled_tokens: BTreeMap::new(),
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
        record.status = Some(AccessRecordStatus::Active);
        record.last_updated = Some(after(before, now));
        self.restore_record(id, record, now)
    }

    /// Adds an access record as it was before, with its status and its time of change.
    fn restore_record(&mut self, id: &str, mut record: AccessRecord, now: DateTime<Utc>) -> AccessRecord {
        record.record_id = Some(id.to_owned());
        // What the server says of every record is not kept with each.
        (record.account, record.links, record.capacity) = (None, None, None);
        record.last_updated.get_or_insert(now);
        if *record.status.get_or_insert(AccessRecordStatus::Active) == AccessRecordStatus::Active {
            self.engine.put_record(convert::record(id, &record));
        } else {
            self.engine.retire_record(convert::record(id, &record));
        }
        self.records.insert(id.to_owned(), record.clone());
        record
    }

    /// Marks an access record as deleted; it stays readable and gives nothing.
    pub(crate) fn delete_record(&mut self, id: &str, now: DateTime<Utc>) {
        if let Some(record) = self.records.get_mut(id) {
            self.engine.retire_record(convert::record(id, record));
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
        group.last_updated = Some(after(before, now));
        self.restore_group(id, group, now)
    }

    /// Adds a group as it was before, with its time of change.
    fn restore_group(&mut self, id: &str, mut group: Group, now: DateTime<Utc>) -> Group {
        group.group_id = Some(id.to_owned());
        group.links = None;
        group.last_updated.get_or_insert(now);
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

/// Whether a record names users or groups itself and in its statements, which contradicts itself: it is one or the other.
pub(crate) fn names_twice(record: &AccessRecord) -> bool {
    let names = |users: &Option<Vec<User>>, groups: &Option<Vec<LinkedGroup>>| {
        users.as_ref().is_some_and(|users| !users.is_empty())
            || groups.as_ref().is_some_and(|groups| !groups.is_empty())
    };
    let mut statements = record.statements.iter();
    names(&record.users, &record.groups) && statements.any(|statement| names(&statement.users, &statement.groups))
}

/// The time of a change: now, and later than that of the change before.
fn after(before: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    let later = |before: DateTime<Utc>| before.checked_add_signed(TimeDelta::milliseconds(1));
    // After the last time that there is, which a seed may say, there is none.
    before.map_or(now, |before| now.max(later(before).unwrap_or(before)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Settings;

    #[test]
    fn each_change_has_a_later_time_even_when_the_clock_stands_still_or_goes_back() {
        let now = DateTime::from_timestamp_millis(1_700_000_000_123).unwrap();
        let mut store = Store::new(Settings::default());
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

    #[test]
    fn a_change_after_the_last_time_that_there_is_has_that_time() {
        let (last, now) = (DateTime::<Utc>::MAX_UTC, DateTime::default());
        assert_eq!(after(Some(last), now), last);
        assert_eq!(after(None, now), now);
    }
}
