//! Who holds a role that no action stands for.

use authress_api::models::{AccessRecord, AccessRecordStatus, LinkedGroup, Statement, User};

use super::Store;

impl Store {
    /// Whether an active record gives a user this role, on whatever resource.
    pub(crate) fn has_role(&self, user_id: &str, role_id: &str) -> bool {
        let gives = |record: &AccessRecord, statement: &Statement| {
            statement.roles.iter().any(|role| role == role_id)
                && (self.names(record.users.as_deref(), record.groups.as_deref(), user_id)
                    || self.names(statement.users.as_deref(), statement.groups.as_deref(), user_id))
        };
        self.records.values().any(|record| {
            record.status == Some(AccessRecordStatus::Active)
                && record.statements.iter().any(|statement| gives(record, statement))
        })
    }

    /// Whether an active record gives anybody this role, which need not be there.
    pub(crate) fn gives_role(&self, role_id: &str) -> bool {
        let active = self
            .records
            .values()
            .filter(|record| record.status == Some(AccessRecordStatus::Active));
        let mut statements = active.flat_map(|record| &record.statements);
        statements.any(|statement| statement.roles.iter().any(|role| role == role_id))
    }

    fn names(&self, users: Option<&[User]>, groups: Option<&[LinkedGroup]>, user_id: &str) -> bool {
        let is_one_of = |users: &[User]| users.iter().any(|it| self.engine.user(&it.user_id) == user_id);
        let is_member = |group: &LinkedGroup| self.groups.get(&group.group_id).is_some_and(|it| is_one_of(&it.users));
        is_one_of(users.unwrap_or_default()) || groups.unwrap_or_default().iter().any(is_member)
    }
}
