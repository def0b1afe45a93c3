//! From what the API speaks of to what the engine decides by.

use authress_api::models::{AccessRecord, LinkedGroup, Role, User};

use crate::engine::{Permission, Record, Statement};

/// Users and groups of the record stand in each of its statements.
pub(super) fn record(id: &str, record: &AccessRecord) -> Record {
    let statements = record.statements.iter().map(|statement| Statement {
        users: users(record.users.as_deref())
            .chain(users(statement.users.as_deref()))
            .collect(),
        groups: groups(record.groups.as_deref())
            .chain(groups(statement.groups.as_deref()))
            .collect(),
        roles: statement.roles.clone(),
        resources: statement
            .resources
            .iter()
            .map(|resource| resource.resource_uri.clone())
            .collect(),
    });
    Record {
        id: id.to_owned(),
        statements: statements.collect(),
    }
}

pub(super) fn permissions(role: &Role) -> Vec<Permission> {
    let permission = |permission: &authress_api::models::PermissionObject| Permission {
        action: permission.action.clone(),
        allow: permission.allow,
        grant: permission.grant,
        delegate: permission.delegate,
    };
    role.permissions.iter().map(permission).collect()
}

fn users(users: Option<&[User]>) -> impl Iterator<Item = String> {
    users.unwrap_or_default().iter().map(|user| user.user_id.clone())
}

fn groups(groups: Option<&[LinkedGroup]>) -> impl Iterator<Item = String> {
    groups.unwrap_or_default().iter().map(|group| group.group_id.clone())
}
