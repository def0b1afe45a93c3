//! Questions about what records give, beyond checks: answered by looking at all records.

use std::collections::{BTreeMap, BTreeSet};

use authress_api::models::{AccessRecord, AccessRecordStatus, Statement};

use super::Store;
use super::resources::{plain, same_resource};
use crate::engine::{Permission, Record, Right, Statement as EngineStatement, user};

/// What stands for every user; what it may do is what everybody may do.
const EVERYBODY: &str = "everybody\0";

/// The role that everybody has on what is public: to do everything, and to give nothing.
const PUBLIC: &str = "public\0";

/// Which resources of a user are asked for.
pub(crate) struct ResourceQuery<'a> {
    /// The collection to look in; none for the whole account.
    pub(crate) collection: Option<&'a str>,
    /// Whether all levels count, and access that is given on a parent.
    pub(crate) nested: bool,
    /// The action that must be allowed; none for any permission.
    pub(crate) action: Option<&'a str>,
    pub(crate) after: Option<&'a str>,
    pub(crate) limit: usize,
}

impl Store {
    /// Whether a user may do `action` on `resource`, by a record or since the resource is public.
    pub(crate) fn allows(&self, user: &str, resource: &str, action: &str) -> bool {
        let allows = |user| self.engine.check(user, resource, action, Right::Allow);
        allows(user) || allows(EVERYBODY)
    }

    /// Lets every user do everything on `resource` and below, or no longer.
    pub(super) fn set_public(&mut self, resource: &str, public: bool) {
        let id = format!("public\0{resource}");
        if !public {
            return self.engine.remove_record(&id);
        }
        let everything = Permission {
            action: "*".into(),
            allow: true,
            grant: false,
            delegate: false,
        };
        self.engine.put_role(PUBLIC, vec![everything]);
        let statement = EngineStatement {
            users: vec![EVERYBODY.into()],
            groups: Vec::new(),
            roles: vec![PUBLIC.into()],
            resources: vec![resource.to_owned()],
        };
        self.engine.put_record(Record {
            id,
            statements: vec![statement],
        });
    }

    /// What a user may do on `resource`, give and pass on there, whatever gives it.
    pub(crate) fn permissions_on(&self, user: &str, resource: &str) -> Vec<Permission> {
        let mut actions: BTreeSet<String> = self
            .statements_of(user)
            .flat_map(|statement| &statement.roles)
            .filter_map(|role_id| self.engine.permissions(role_id))
            .flatten()
            .map(|permission| permission.action.to_lowercase())
            .collect();
        actions.insert("*".to_owned());
        let has = |action: &str, right| self.engine.check(user, resource, action, right);
        let permissions = actions.into_iter().map(|action| Permission {
            allow: self.allows(user, resource, &action),
            grant: has(&action, Right::Grant),
            delegate: has(&action, Right::Delegate),
            action,
        });
        permissions.filter(|it| it.allow || it.grant || it.delegate).collect()
    }

    /// The roles that records assign to a user for exactly this resource.
    pub(crate) fn roles_on(&self, user: &str, resource: &str) -> Vec<String> {
        let statements = self.statements_of(user).filter(|it| is_on(it, resource));
        statements.flat_map(|statement| statement.roles.clone()).collect()
    }

    /// The users to whom records assign roles for exactly this resource, with these roles; in the order of their ids, from after `after` on.
    pub(crate) fn users_on(&self, resource: &str, after: Option<&str>, limit: usize) -> Vec<(String, Vec<String>)> {
        let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (record, statement) in self.statements().filter(|(_, statement)| is_on(statement, resource)) {
            for user in self.members(record, statement) {
                users.entry(user).or_default().extend(statement.roles.iter().cloned());
            }
        }
        let later = users
            .into_iter()
            .filter(|(user, _)| after.is_none_or(|after| user.as_str() > after));
        later.take(limit).collect()
    }

    /// Whether a record gives anybody anything on exactly this resource.
    pub(crate) fn has_explicit_access(&self, resource: &str) -> bool {
        self.statements().any(|(record, statement)| {
            let users = record
                .users
                .iter()
                .chain(&statement.users)
                .any(|users| !users.is_empty());
            let groups = record
                .groups
                .iter()
                .chain(&statement.groups)
                .any(|groups| !groups.is_empty());
            is_on(statement, resource) && (users || groups)
        })
    }

    /// The resources on which a user has a permission, as records name them, in order.
    pub(crate) fn resources_of(&self, user: &str, query: &ResourceQuery<'_>) -> Vec<String> {
        let collection = query.collection.map(plain).filter(|collection| *collection != "*");
        let depth = collection.map_or(0, |collection| collection.split('/').count());
        let is_below = |resource: &str| {
            let mut segments = resource.split('/');
            let below = collection.is_none_or(|collection| {
                collection
                    .split('/')
                    .all(|expected| segments.next().is_some_and(|it| expected == "*" || it == expected))
            });
            let levels = resource.split('/').count();
            below && levels > depth && (query.nested || levels == depth + 1)
        };
        let counts = |resource: &str| match query.action {
            Some(action) => self.allows(user, resource, action),
            None => !self.permissions_on(user, resource).is_empty(),
        };
        let named = self.statements_of(user).flat_map(|statement| &statement.resources);
        let mut found: BTreeSet<String> = named
            .map(|resource| plain(&resource.resource_uri))
            .filter(|resource| is_below(resource))
            .map(ToOwned::to_owned)
            .collect();
        if query.nested {
            found.insert(collection.map_or_else(|| "*".to_owned(), |collection| format!("{collection}/*")));
        }
        let later = found
            .into_iter()
            .filter(|it| query.after.is_none_or(|after| it.as_str() > after));
        later.filter(|it| counts(it)).take(query.limit).collect()
    }

    /// The statements of the active records.
    fn statements(&self) -> impl Iterator<Item = (&AccessRecord, &Statement)> {
        let active = self
            .records
            .values()
            .filter(|record| record.status == Some(AccessRecordStatus::Active));
        active.flat_map(|record| record.statements.iter().map(move |statement| (record, statement)))
    }

    /// The statements that are for a user, also by a group.
    fn statements_of(&self, id: &str) -> impl Iterator<Item = &Statement> {
        let id = user(id);
        let for_the_user =
            move |(record, statement): &(&AccessRecord, &Statement)| self.members(record, statement).contains(id);
        self.statements().filter(for_the_user).map(|(_, statement)| statement)
    }

    /// The users that a statement is for, also by groups.
    fn members(&self, record: &AccessRecord, statement: &Statement) -> BTreeSet<String> {
        let groups = record.groups.iter().chain(&statement.groups).flatten();
        let members = groups
            .filter_map(|group| self.groups.get(&group.group_id))
            .flat_map(|group| &group.users);
        let users = record.users.iter().chain(&statement.users).flatten().chain(members);
        users.map(|it| user(&it.user_id).to_owned()).collect()
    }
}

fn is_on(statement: &Statement, resource: &str) -> bool {
    statement
        .resources
        .iter()
        .any(|it| same_resource(&it.resource_uri, resource))
}
