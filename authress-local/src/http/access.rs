//! Who may call what: the permissions that the service asks of callers.

use std::collections::BTreeSet;

use authress_api::models::{AccessRecord, User};
use http::StatusCode;

use super::answer::Problem;
use super::call::Call;
use crate::engine::{AUTHENTICATE_USER, Permission, Right, is_resource};
use crate::store::Store;

impl Call<'_> {
    /// Whether the caller is one of `users`.
    pub(super) fn is_one_of(&self, store: &Store, users: &[User]) -> bool {
        users.iter().any(|it| store.engine.user(&it.user_id) == self.caller)
    }

    /// Whether the caller may do `action` on `resource`.
    pub(super) fn may(&self, store: &Store, action: &str, resource: &str) -> bool {
        !self.shared.enforce || store.engine.check(&self.caller, resource, action, Right::Allow)
    }

    /// Refuses a caller who may not do `action` on `resource`.
    pub(super) fn require(&self, store: &Store, action: &str, resource: &str) -> Result<(), Problem> {
        if self.may(store, action, resource) {
            Ok(())
        } else {
            Err(forbidden(format!("The caller needs {action} on {resource}")))
        }
    }

    /// Refuses a caller who may not give what `record` gives: every permission of its roles on each of their resources.
    ///
    /// A permission to do something needs the right to grant it; one to grant or to delegate needs the right to delegate it. A role that gives nothing
    /// yet, since it is not there or has no permissions, may be made to give anything, and then the record gives it: so it needs the right to delegate
    /// everything. So does the role for logging users in, which no action stands for.
    pub(super) fn require_grants(&self, store: &Store, record: &AccessRecord) -> Result<(), Problem> {
        if !self.shared.enforce {
            return Ok(());
        }
        for statement in &record.statements {
            // Once each: a record may name thousands of pairs, most of them again and again.
            let roles: BTreeSet<&String> = statement.roles.iter().collect();
            let needed: BTreeSet<(Right, &str)> = roles
                .into_iter()
                .flat_map(|role_id| Self::needed_to_give(store, role_id))
                .collect();
            let resources: BTreeSet<&String> = statement.resources.iter().map(|it| &it.resource_uri).collect();
            for resource in resources {
                // Whoever may delegate everything may give anything.
                if store.engine.check(&self.caller, resource, "*", Right::Delegate) {
                    continue;
                }
                for (right, action) in &needed {
                    self.require_right(store, *right, action, resource)?;
                }
            }
        }
        Ok(())
    }

    /// The rights that whoever gives a role must have on its resources.
    fn needed_to_give<'s>(store: &'s Store, role_id: &str) -> Vec<(Right, &'s str)> {
        let permissions = store
            .engine
            .permissions(role_id)
            .filter(|_| role_id != AUTHENTICATE_USER);
        let needed: Vec<_> = permissions.into_iter().flatten().filter_map(needed_to_give).collect();
        if needed.is_empty() {
            vec![(Right::Delegate, "*")]
        } else {
            needed
        }
    }

    /// Refuses a caller who may not let others do `action` on `resource`.
    pub(super) fn require_grant(&self, store: &Store, action: &str, resource: &str) -> Result<(), Problem> {
        if self.shared.enforce {
            self.require_right(store, Right::Grant, action, resource)
        } else {
            Ok(())
        }
    }

    /// Refuses a caller who may not delegate everything everywhere.
    pub(super) fn require_everything(&self, store: &Store) -> Result<(), Problem> {
        self.require_right(store, Right::Delegate, "*", "*")
    }

    /// Refuses a caller who may not let others do `action` on `resource`, or pass it on.
    pub(super) fn require_right(
        &self,
        store: &Store,
        right: Right,
        action: &str,
        resource: &str,
    ) -> Result<(), Problem> {
        if !self.shared.enforce || store.engine.check(&self.caller, resource, action, right) {
            return Ok(());
        }
        let right = if right == Right::Grant { "grant" } else { "delegate" };
        Err(forbidden(format!("The caller may not {right} {action} on {resource}")))
    }
}

/// The right that whoever gives a permission must have on its action; none for one that gives nothing.
fn needed_to_give(permission: &Permission) -> Option<(Right, &str)> {
    let right = if permission.grant || permission.delegate {
        Right::Delegate
    } else {
        permission.allow.then_some(Right::Grant)?
    };
    Some((right, &permission.action))
}

/// The resource that stands for the one with `id` in `collection`.
///
/// Ids of users may hold slashes. With one that makes no resource, or that of another id, everything in the collection is asked for.
pub(super) fn resource(collection: &str, id: &str) -> String {
    let resource = format!("{collection}/{id}");
    if is_resource(&resource) && !id.starts_with('/') && !id.ends_with('/') {
        resource
    } else {
        format!("{collection}/*")
    }
}

pub(super) fn forbidden(title: impl Into<String>) -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "Forbidden", title)
}
