//! What benchmarks and fuzz targets reach for within: the engine, and which operation the path of a request is for.
//!
//! No part of the API: this module is there with the feature `bench` only, and changes without notice.

use crate::Explanation;
use crate::engine::{Engine, Permission, Record, Right, Settings, Statement};
pub use crate::http::operation_of;

/// The engine behind a narrow door.
#[derive(Debug)]
pub struct BenchEngine(Engine);

impl Default for BenchEngine {
    fn default() -> Self {
        Self(Engine::new(Settings::default()))
    }
}

impl BenchEngine {
    /// An engine with other settings; see the methods of the [`Builder`](crate::Builder) that have these names.
    pub fn new(collection_wildcard_covers_collection: bool, service_client_alias: bool) -> Self {
        Self(Engine::new(Settings {
            collection_wildcard_covers_collection,
            service_client_alias,
        }))
    }

    /// A role that allows some actions.
    pub fn put_role(&mut self, id: &str, actions: &[&str]) {
        let allowed: Vec<_> = actions.iter().map(|action| (*action, [true, false, false])).collect();
        self.put_role_with_rights(id, &allowed);
    }

    /// A role with actions, and for each whether the user may do it, give it, and pass giving on.
    pub fn put_role_with_rights(&mut self, id: &str, actions: &[(&str, [bool; 3])]) {
        let permission = |(action, [allow, grant, delegate]): &(&str, [bool; 3])| Permission {
            action: (*action).to_owned(),
            allow: *allow,
            grant: *grant,
            delegate: *delegate,
        };
        self.0.put_role(id, actions.iter().map(permission).collect());
    }

    /// Removes a role.
    pub fn remove_role(&mut self, id: &str) {
        self.0.remove_role(id);
    }

    /// A group with its members.
    pub fn put_group(&mut self, id: &str, users: Vec<String>) {
        self.0.put_group(id, users);
    }

    /// Removes a group.
    pub fn remove_group(&mut self, id: &str) {
        self.0.remove_group(id);
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
        self.put_statements(id, [[users, groups, roles, resources]]);
    }

    /// A record of any statements: of each the users, groups, roles and resources.
    pub fn put_statements(&mut self, id: &str, statements: impl IntoIterator<Item = [Vec<String>; 4]>) {
        self.0.put_record(record(id, statements));
    }

    /// Deletes the record that has these statements: it gives nothing, and explanations still know it.
    pub fn retire_statements(&mut self, id: &str, statements: impl IntoIterator<Item = [Vec<String>; 4]>) {
        self.0.retire_record(record(id, statements));
    }

    /// Removes a record.
    pub fn remove_record(&mut self, id: &str) {
        self.0.remove_record(id);
    }

    /// Makes a resource public, or ends that.
    pub fn set_public(&mut self, resource: &str, public: bool) {
        self.0.set_public(resource, public);
    }

    /// Whether the user may do the action.
    pub fn check(&self, user: &str, resource: &str, action: &str) -> bool {
        self.0.check(user, resource, action, Right::Allow)
    }

    /// Whether the user may do the action, give it, and pass giving on.
    pub fn rights(&self, user: &str, resource: &str, action: &str) -> [bool; 3] {
        [Right::Allow, Right::Grant, Right::Delegate].map(|right| self.0.check(user, resource, action, right))
    }

    /// Why the check is answered as it is.
    pub fn explain(&self, user: &str, resource: &str, action: &str) -> Explanation {
        self.0.explain(user, resource, action)
    }
}

fn record(id: &str, statements: impl IntoIterator<Item = [Vec<String>; 4]>) -> Record {
    let statement = |[users, groups, roles, resources]: [Vec<String>; 4]| Statement {
        users,
        groups,
        roles,
        resources,
    };
    Record {
        id: id.to_owned(),
        statements: statements.into_iter().map(statement).collect(),
    }
}
