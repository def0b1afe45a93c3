//! The engine, for the benchmark alone: see `benches/all/engine`.
//!
//! No part of the API: this module is there with the feature `bench` only, and changes without notice.

use crate::engine::{Engine, Permission, Record, Right, Settings, Statement};

/// The engine behind a narrow door.
#[derive(Debug)]
pub struct BenchEngine(Engine);

impl Default for BenchEngine {
    fn default() -> Self {
        Self(Engine::new(Settings::default()))
    }
}

impl BenchEngine {
    /// A role that allows some actions.
    pub fn put_role(&mut self, id: &str, actions: &[&str]) {
        let permission = |action: &&str| Permission {
            action: (*action).to_owned(),
            allow: true,
            grant: false,
            delegate: false,
        };
        self.0.put_role(id, actions.iter().map(permission).collect());
    }

    /// A group with its members.
    pub fn put_group(&mut self, id: &str, users: Vec<String>) {
        self.0.put_group(id, users);
    }

    /// A record of one statement.
    pub fn put_record(
        &mut self,
        id: &str,
        users: Vec<String>,
        groups: Vec<String>,
        roles: Vec<String>,
        resources: Vec<String>,
    ) {
        self.0.put_record(Record {
            id: id.to_owned(),
            statements: vec![Statement {
                users,
                groups,
                roles,
                resources,
            }],
        });
    }

    /// Removes a record.
    pub fn remove_record(&mut self, id: &str) {
        self.0.remove_record(id);
    }

    /// Whether the user may do the action.
    pub fn check(&self, user: &str, resource: &str, action: &str) -> bool {
        self.0.check(user, resource, action, Right::Allow)
    }
}
