//! What is given to whom, as lists: permissions, roles, users, resources, records and groups.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::grants::Grant;
use super::index::Kind;
use super::resource::{common, display, path, segments, without_star};
use super::shape::Segments;
use super::{Engine, Permission, Right, action};

/// Which resources of a user are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ResourceQuery<'a> {
    /// The collection to look in; without it, everything.
    pub(crate) collection: Option<&'a str>,
    /// All levels, and what is given on a parent; otherwise only what lies directly in the collection.
    pub(crate) nested: bool,
    /// The action that the user may do there; without it, any permission counts.
    pub(crate) action: Option<&'a str>,
    /// Only what comes after this one.
    pub(crate) after: Option<&'a str>,
    /// How many at most.
    pub(crate) limit: usize,
}

impl Engine {
    /// The user and the groups of the user.
    fn holders(&self, user: &str) -> impl Iterator<Item = u32> {
        let user = self.active.find(Kind::User, user);
        user.into_iter()
            .chain(user.into_iter().flat_map(|user| self.groups(user)))
    }

    /// What the user may do at a resource: one permission for each action, in their order. Of several spellings of an action, the one with
    /// more small letters in front is shown.
    pub(crate) fn permissions_on(&self, user: &str, resource: &str) -> Vec<Permission> {
        let mut room = Segments::new();
        let Some(asked) = self.asked(resource, &mut room) else {
            return Vec::new();
        };
        let mut sets = HashSet::new();
        let holders: Vec<u32> = self.holders(user).collect();
        self.active.patterns.reaching(&asked, |pattern, _| {
            let grants = holders.iter().flat_map(|holder| self.active.grants(*holder, pattern));
            sets.extend(grants.flat_map(Grant::roles));
            None::<()>
        });
        let roles: HashSet<u32> = sets
            .into_iter()
            .flat_map(|set| self.roles.members(set))
            .copied()
            .collect();
        let mut by_action: BTreeMap<String, Permission> = BTreeMap::new();
        let permissions = roles.into_iter().filter_map(|role| self.roles.permissions_of(role));
        for permission in permissions.flatten().filter(|permission| permission.gives_anything()) {
            by_action
                .entry(action::small_letters(&permission.action))
                .and_modify(|known| {
                    // Small letters come after capitals.
                    if permission.action > known.action {
                        known.action.clone_from(&permission.action);
                    }
                    known.allow |= permission.allow;
                    known.grant |= permission.grant;
                    known.delegate |= permission.delegate;
                })
                .or_insert_with(|| permission.clone());
        }
        by_action.into_values().collect()
    }

    /// The roles that records assign to the user on exactly this resource, to the user or to a group of theirs; also roles that do not exist.
    pub(crate) fn roles_on(&self, user: &str, resource: &str) -> Vec<String> {
        let Some(pattern) = self.active.patterns.find(resource) else {
            return Vec::new();
        };
        let mut roles = BTreeSet::new();
        let grants = self
            .holders(user)
            .flat_map(|holder| self.active.grants(holder, pattern));
        for set in grants.flat_map(Grant::roles) {
            roles.extend(self.roles.members(set).iter().map(|role| self.roles.name(*role)));
        }
        roles.into_iter().map(ToOwned::to_owned).collect()
    }

    /// The users that records assign roles to on exactly this resource, with these roles: those whose ids come after `after`, at most `limit`.
    pub(crate) fn users_on(&self, resource: &str, after: Option<&str>, limit: usize) -> Vec<(String, Vec<String>)> {
        let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (user, roles) in self.assignments(resource) {
            if after.is_some_and(|after| user <= after) {
                continue;
            }
            let roles = self.roles.members(roles).iter().map(|role| self.roles.name(*role));
            users.entry(user).or_default().extend(roles);
            // Who has fallen out is behind all that can still come in.
            if users.len() > limit {
                users.pop_last();
            }
        }
        let own = |names: BTreeSet<&str>| names.into_iter().map(ToOwned::to_owned).collect();
        users
            .into_iter()
            .map(|(user, roles)| (user.to_owned(), own(roles)))
            .collect()
    }

    /// Whether anybody has a role on exactly this resource.
    pub(crate) fn has_explicit_access(&self, resource: &str) -> bool {
        self.assignments(resource).next().is_some()
    }

    /// The users of exactly this resource, each with a set of roles; the same user may come again.
    fn assignments(&self, resource: &str) -> impl Iterator<Item = (&str, u32)> {
        let pattern = self.active.patterns.find(resource);
        let statements = pattern.map_or(&[][..], |pattern| self.active.patterns.statements(pattern));
        let statements = statements
            .iter()
            .filter_map(|statement| self.active.statement(*statement));
        let statements = statements.filter(|statement| !self.roles.members(statement.roles).is_empty());
        statements.flat_map(|statement| {
            let holders = statement.holders.iter().filter_map(|holder| self.active.get(*holder));
            let users = holders.flat_map(|holder| {
                let members = holder.members.iter().filter_map(|member| self.active.get(member));
                std::iter::once(holder)
                    .filter(|holder| holder.kind == Kind::User)
                    .chain(members)
            });
            users.map(|user| (user.name(), statement.roles))
        })
    }

    /// The resources that records give to the user in a collection, to the user or to a group of theirs: each once, in their order.
    ///
    /// What is given above the collection, or on it, is everything in it: with `nested` that is shown as `collection/*`, else not at all. Where the
    /// collection or the resource has wildcards, what both stand for is shown.
    pub(crate) fn resources_of(&self, user: &str, query: &ResourceQuery<'_>) -> Vec<String> {
        let collection = match query.collection.map(|collection| path(collection, true)) {
            None => "",
            Some(Some((path, _))) => path,
            Some(None) => return Vec::new(),
        };
        let action = query.action.map(action::Asked::new);
        let counts = |set: u32| match &action {
            Some(action) => self.roles.gives(set, action, Right::Allow),
            None => self.gives_anything(set),
        };
        let mut resources = BTreeSet::new();
        let (active, patterns) = (&self.active, &self.active.patterns);
        for holder in self.holders(user) {
            for pattern in active
                .patterns_of(holder)
                .filter(|pattern| patterns.is_resource(*pattern))
            {
                let Some(resource) = self.within(collection, patterns.path(pattern), query.nested) else {
                    continue;
                };
                let comes = query.after.is_none_or(|after| *resource > *after);
                let gives = |grant: Grant<'_>| grant.roles().any(counts).then_some(());
                if comes && !resources.contains(&resource) && active.given(holder, pattern, gives).is_some() {
                    resources.insert(resource);
                    if resources.len() > query.limit {
                        resources.pop_last();
                    }
                }
            }
        }
        resources.into_iter().collect()
    }

    /// What of a path that something is given on lies in a collection.
    fn within(&self, collection: &str, given: &str, nested: bool) -> Option<String> {
        let star_is_all = self.settings.collection_wildcard_covers_collection;
        // Where `documents/*` is only what is below `documents`, its `*` is a segment; still it is given on all of the collection `documents`.
        let whole = without_star(given).filter(|_| !star_is_all).unwrap_or(given);
        let (depth, whole_depth) = (segments(collection).count(), segments(whole).count());
        let pairs = segments(given).zip(segments(collection)).take(whole_depth);
        let mut both = pairs
            .map(|(given, collection)| common(given, collection))
            .collect::<Option<Vec<_>>>()?;
        if whole_depth <= depth {
            both.extend(segments(collection).skip(whole_depth).map(Cow::from));
            both.push("*".into());
            return nested.then(|| both.join("/"));
        }
        both.extend(segments(given).skip(depth).map(Cow::from));
        (nested || both.len() == depth + 1).then(|| display(&both.join("/"), star_is_all))
    }

    /// Whether a set of roles has any permission.
    fn gives_anything(&self, set: u32) -> bool {
        let permissions = self
            .roles
            .members(set)
            .iter()
            .filter_map(|role| self.roles.permissions_of(*role));
        permissions.flatten().any(Permission::gives_anything)
    }

    /// The ids of the active records that name the user, in their order; records that name a group of the user do not count.
    #[cfg(test)]
    pub(super) fn records_naming(&self, user: &str) -> Vec<String> {
        let user = self
            .active
            .find(Kind::User, user)
            .and_then(|user| self.active.get(user));
        let records = user.into_iter().flat_map(|user| user.records.iter());
        let mut ids: Vec<String> = records.map(|record| self.active.record_id(record).to_owned()).collect();
        ids.sort_unstable();
        ids
    }

    /// The ids of the groups of the user, in their order.
    #[cfg(test)]
    pub(super) fn groups_of(&self, user: &str) -> Vec<String> {
        let user = self.active.find(Kind::User, user);
        let groups = user.into_iter().flat_map(|user| self.groups(user));
        let names = groups.filter_map(|group| Some(self.active.get(group)?.name().to_owned()));
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        names
    }
}
