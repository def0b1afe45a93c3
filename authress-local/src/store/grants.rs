//! Access given by the program itself, without a request: at start, and for tests.

use authress_api::models::{AccessRecord, PermissionObject, Role, Statement};
use chrono::{DateTime, Utc};

use super::Store;

impl Store {
    /// Gives `user` the actions on `resource` by a role and a record made for it; the id of the record.
    pub(crate) fn grant(&mut self, user: &str, resource: &str, actions: &[String], now: DateTime<Utc>) -> String {
        let mut number = self.records.len();
        // Neither may be somebody else's.
        while self.records.contains_key(&format!("rec_grant_{number}"))
            || self.roles.contains_key(&format!("ro_grant_{number}"))
        {
            number += 1;
        }
        let (record_id, role_id) = (format!("rec_grant_{number}"), format!("ro_grant_{number}"));
        let permissions = actions.iter().map(|action| PermissionObject::new(action).allow(true));
        self.put_role(&role_id, Role::new(format!("May {}", actions.join(", ")), permissions));
        self.give(&record_id, user, resource, &role_id, now);
        record_id
    }

    /// Gives `user` a role on `resource`.
    pub(crate) fn give(&mut self, record_id: &str, user: &str, resource: &str, role_id: &str, now: DateTime<Utc>) {
        let record =
            AccessRecord::new(format!("{user} on {resource}"), [Statement::new([role_id], [resource])]).users([user]);
        self.put_record(record_id, record, now);
    }
}
