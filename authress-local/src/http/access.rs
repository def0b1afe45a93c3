//! Who may call what: the permissions that the service asks of callers.

use authress_api::models::{AccessRecord, User};
use http::StatusCode;

use super::answer::Problem;
use super::call::Call;
use crate::engine::{AUTHENTICATE_USER, Permission, Right, is_resource, user};

impl Call<'_> {
    /// Whether the caller is one of `users`.
    pub(super) fn is_one_of(&self, users: &[User]) -> bool {
        users.iter().any(|it| user(&it.user_id) == self.caller)
    }

    /// Whether the caller may do `action` on `resource`.
    pub(super) fn may(&self, action: &str, resource: &str) -> bool {
        !self.shared.enforce || self.store.engine.check(&self.caller, resource, action, Right::Allow)
    }

    /// Refuses a caller who may not do `action` on `resource`.
    pub(super) fn require(&self, action: &str, resource: &str) -> Result<(), Problem> {
        if self.may(action, resource) {
            Ok(())
        } else {
            Err(forbidden(format!("The caller needs {action} on {resource}")))
        }
    }

    /// Refuses a caller who may not give what `record` gives: every permission of its roles on each of their resources.
    ///
    /// A permission to do something needs the right to grant it; one to grant or to delegate needs the right to delegate it. A role that is not
    /// there yet may be made with any permission, and then the record gives it: so it needs the right to delegate everything. So does the role for
    /// logging users in, which no action stands for.
    pub(super) fn require_grants(&self, record: &AccessRecord) -> Result<(), Problem> {
        if !self.shared.enforce {
            return Ok(());
        }
        for statement in &record.statements {
            for resource in &statement.resources {
                for role_id in &statement.roles {
                    match self.store.engine.permissions(role_id) {
                        Some(mut permissions) if role_id != AUTHENTICATE_USER => {
                            permissions
                                .try_for_each(|permission| self.require_grant(permission, &resource.resource_uri))?;
                        }
                        _ => self.require_right(Right::Delegate, "*", &resource.resource_uri)?,
                    }
                }
            }
        }
        Ok(())
    }

    fn require_grant(&self, permission: &Permission, resource: &str) -> Result<(), Problem> {
        let needed = if permission.grant || permission.delegate {
            Right::Delegate
        } else if permission.allow {
            Right::Grant
        } else {
            return Ok(());
        };
        self.require_right(needed, &permission.action, resource)
    }

    fn require_right(&self, right: Right, action: &str, resource: &str) -> Result<(), Problem> {
        if self.store.engine.check(&self.caller, resource, action, right) {
            return Ok(());
        }
        let right = if right == Right::Grant { "grant" } else { "delegate" };
        Err(forbidden(format!("The caller may not {right} {action} on {resource}")))
    }
}

/// The resource that stands for the one with `id` in `collection`.
///
/// Ids of users may hold slashes. With one that makes no resource, everything in the collection is asked for.
pub(super) fn resource(collection: &str, id: &str) -> String {
    let resource = format!("{collection}/{id}");
    if is_resource(&resource) {
        resource
    } else {
        format!("{collection}/*")
    }
}

pub(super) fn forbidden(title: impl Into<String>) -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "Forbidden", title)
}
