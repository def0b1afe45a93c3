//! That no operation of the description is forgotten, and none is under another name.

use std::collections::BTreeMap;

use authress_api::OPERATIONS;

use super::group::Method;

/// The groups by the names of their accessors.
const GROUPS: [(&str, &[Method]); 14] = [
    ("access_records", super::AccessRecords::METHODS),
    ("accounts", super::Accounts::METHODS),
    ("applications", super::Applications::METHODS),
    ("connections", super::Connections::METHODS),
    ("extensions", super::Extensions::METHODS),
    ("groups", super::Groups::METHODS),
    ("invites", super::Invites::METHODS),
    ("login", super::Login::METHODS),
    ("resource_permissions", super::ResourcePermissions::METHODS),
    ("roles", super::Roles::METHODS),
    ("service_clients", super::ServiceClients::METHODS),
    ("tenants", super::Tenants::METHODS),
    ("user_permissions", super::UserPermissions::METHODS),
    ("users", super::Users::METHODS),
];

/// `authorizeUser` and `Access Records` as Rust writes them.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c == ' ' {
            continue;
        }
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

#[test]
fn every_operation_is_a_method_of_the_group_of_its_tag_under_its_own_name() {
    let described: BTreeMap<&str, String> = OPERATIONS
        .iter()
        .map(|operation| {
            (
                operation.id,
                format!("{}.{}", snake_case(operation.tag), snake_case(operation.id)),
            )
        })
        .collect();
    let called: BTreeMap<&str, String> = GROUPS
        .iter()
        .flat_map(|(group, methods)| {
            methods
                .iter()
                .map(move |(method, operation)| (operation.id, format!("{group}.{method}")))
        })
        .collect();
    assert_eq!(called, described);
    let methods: usize = GROUPS.iter().map(|(_, methods)| methods.len()).sum();
    assert_eq!(methods, OPERATIONS.len());
}
