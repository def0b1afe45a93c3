//! Who may call what: the permissions that the service asks of callers.

use authress_api::models::AccessRecord;
use http::StatusCode;

use super::answer::Problem;
use super::call::Call;
use crate::engine::{Permission, Right};

impl Call<'_> {
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
    /// A permission to do something needs the right to grant it; one to grant or to delegate needs the right to delegate it.
    pub(super) fn require_grants(&self, record: &AccessRecord) -> Result<(), Problem> {
        if !self.shared.enforce {
            return Ok(());
        }
        for statement in &record.statements {
            for role_id in &statement.roles {
                for permission in self.store.engine.permissions(role_id) {
                    for resource in &statement.resources {
                        self.require_grant(permission, &resource.resource_uri)?;
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
        if self
            .store
            .engine
            .check(&self.caller, resource, &permission.action, needed)
        {
            return Ok(());
        }
        let right = if needed == Right::Grant { "grant" } else { "delegate" };
        Err(forbidden(format!(
            "The caller may not {right} {} on {resource}",
            permission.action
        )))
    }
}

pub(super) fn forbidden(title: impl Into<String>) -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "Forbidden", title)
}
