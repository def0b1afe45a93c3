//! Roles, by name and in sets: statements name few different sets, so a grant needs the number of one only.
//! Which action covers which other is in `action`.

use std::collections::BTreeMap;

use super::action::{Asked, Held, small_letters};
use super::hash::{Hasher, half};
use super::ids::Ids;
use super::model::{Permission, Right};
use super::slab::Slab;

/// With more actions than this a role has a table of them; up to it, a search is as fast.
const SEARCHED: usize = if cfg!(test) { 2 } else { 8 };

/// All roles that are there or that statements name.
#[derive(Debug, Default)]
pub(super) struct Roles {
    hasher: Hasher,
    by_name: Ids,
    names: Slab<Named>,
    by_members: Ids,
    sets: Slab<RoleSet>,
}

/// A name, with the role if it is there.
#[derive(Debug, Default)]
struct Named {
    name: Box<str>,
    role: Option<Role>,
    /// In how many sets it is.
    sets: u32,
}

/// The roles of statements.
#[derive(Debug, Default)]
struct RoleSet {
    roles: Box<[u32]>,
    /// How many statements have this set.
    statements: u32,
}

/// A role with its actions ready to be compared.
#[derive(Debug)]
struct Role {
    permissions: Vec<Permission>,
    /// One for each different action.
    actions: Vec<Action>,
    /// Those that hashes find; empty where there are few actions.
    by_hash: Ids,
    /// Those that they do not.
    others: Vec<u32>,
}

#[derive(Debug)]
struct Action {
    held: Held,
    /// The first permission with it.
    permission: usize,
    allow: bool,
    grant: bool,
    delegate: bool,
}

impl Role {
    fn new(permissions: Vec<Permission>, hasher: &Hasher) -> Self {
        let mut actions: BTreeMap<String, Action> = BTreeMap::new();
        for (number, permission) in permissions.iter().enumerate() {
            let action = actions
                .entry(small_letters(&permission.action))
                .or_insert_with(|| Action {
                    held: Held::new(&permission.action),
                    permission: number,
                    allow: false,
                    grant: false,
                    delegate: false,
                });
            action.allow |= permission.allow;
            action.grant |= permission.grant;
            action.delegate |= permission.delegate;
        }
        let mut actions: Vec<Action> = actions.into_values().collect();
        // Of several that reach an action, the same one is found with hashes and without.
        actions.sort_by_key(|action| (action.held.rank(), action.permission));
        let mut role = Self {
            permissions,
            by_hash: Ids::default(),
            others: Vec::new(),
            actions,
        };
        if role.actions.len() > SEARCHED {
            for (action, id) in role.actions.iter().zip(0..) {
                match action.held.hash(hasher) {
                    Some(hash) => role.by_hash.insert(hash, id),
                    None => role.others.push(id),
                }
            }
        }
        role
    }

    /// The action that gives the right, if one does.
    #[inline]
    fn giving(&self, asked: &Asked<'_>, right: Right, hasher: &Hasher) -> Option<&Action> {
        let gives = |action: &&Action| action.gives(right) && action.held.covers(asked);
        if self.by_hash.is_empty() {
            return self.actions.iter().find(gives);
        }
        let action = |id: u32| self.actions.get(id as usize).filter(gives);
        let mut beginnings = asked.hashes(hasher);
        let by_hash = beginnings.find_map(|hash| self.by_hash.find(hash, |id| action(id).is_some()));
        by_hash
            .and_then(action)
            .or_else(|| self.others.iter().find_map(|id| action(*id)))
    }
}

impl Action {
    fn gives(&self, right: Right) -> bool {
        match right {
            Right::Allow => self.allow,
            Right::Grant => self.grant || self.delegate,
            Right::Delegate => self.delegate,
        }
    }
}

impl Roles {
    pub(super) fn new(hasher: Hasher) -> Self {
        Self {
            hasher,
            ..Self::default()
        }
    }

    /// How many names and sets there are.
    #[cfg(test)]
    pub(super) fn sizes(&self) -> [usize; 4] {
        [
            self.by_name.len(),
            self.names.len(),
            self.by_members.len(),
            self.sets.len(),
        ]
    }

    pub(super) fn put(&mut self, name: &str, permissions: Vec<Permission>) {
        let role = Role::new(permissions, &self.hasher);
        let id = self.id(name);
        if let Some(named) = self.names.get_mut(id) {
            named.role = Some(role);
        }
    }

    pub(super) fn remove(&mut self, name: &str) {
        let Some(id) = self.find(name) else { return };
        if let Some(named) = self.names.get_mut(id) {
            named.role = None;
        }
        self.forget(id);
    }

    /// The permissions of a role that is there.
    pub(super) fn permissions(&self, name: &str) -> Option<&[Permission]> {
        self.permissions_of(self.find(name)?)
    }

    pub(super) fn permissions_of(&self, role: u32) -> Option<&[Permission]> {
        Some(&self.names.get(role)?.role.as_ref()?.permissions)
    }

    pub(super) fn name(&self, role: u32) -> &str {
        self.names.get(role).map_or("", |named| &named.name)
    }

    /// The set of the roles with these names, for one statement more.
    pub(super) fn set(&mut self, names: &[String]) -> u32 {
        let mut roles: Vec<u32> = names.iter().map(|name| self.id(name)).collect();
        roles.sort_unstable();
        roles.dedup();
        let hash = half(self.hasher.numbers(&roles));
        let sets = &self.sets;
        let known = self
            .by_members
            .find(hash, |set| sets.get(set).is_some_and(|set| *set.roles == *roles));
        let id = known.unwrap_or_else(|| {
            for role in &roles {
                if let Some(named) = self.names.get_mut(*role) {
                    named.sets += 1;
                }
            }
            let id = self.sets.insert(RoleSet {
                roles: roles.into(),
                statements: 0,
            });
            self.by_members.insert(hash, id);
            id
        });
        if let Some(set) = self.sets.get_mut(id) {
            set.statements += 1;
        }
        id
    }

    /// A statement with this set is gone.
    pub(super) fn release(&mut self, set: u32) {
        let Some(it) = self.sets.get_mut(set) else { return };
        it.statements = it.statements.saturating_sub(1);
        if it.statements > 0 {
            return;
        }
        let gone = self.sets.remove(set);
        self.by_members.remove(half(self.hasher.numbers(&gone.roles)), set);
        for role in gone.roles {
            if let Some(named) = self.names.get_mut(role) {
                named.sets = named.sets.saturating_sub(1);
            }
            self.forget(role);
        }
    }

    /// The roles of a set.
    pub(super) fn members(&self, set: u32) -> &[u32] {
        self.sets.get(set).map_or(&[], |set| &set.roles)
    }

    /// Whether a role of a set gives the right.
    #[inline]
    pub(super) fn gives(&self, set: u32, asked: &Asked<'_>, right: Right) -> bool {
        self.members(set).iter().any(|role| {
            let role = self.names.get(*role).and_then(|named| named.role.as_ref());
            role.is_some_and(|role| role.giving(asked, right, &self.hasher).is_some())
        })
    }

    /// The roles of a set that give the right, each with its permission that does.
    #[inline]
    pub(super) fn decisive(
        &self,
        set: u32,
        asked: &Asked<'_>,
        right: Right,
    ) -> impl Iterator<Item = (u32, &Permission)> {
        self.members(set).iter().filter_map(move |role| {
            let it = self.names.get(*role)?.role.as_ref()?;
            let action = it.giving(asked, right, &self.hasher)?;
            Some((*role, it.permissions.get(action.permission)?))
        })
    }

    fn find(&self, name: &str) -> Option<u32> {
        let is = |id| self.names.get(id).is_some_and(|named| *named.name == *name);
        self.by_name.find(half(self.hasher.text(name)), is)
    }

    fn id(&mut self, name: &str) -> u32 {
        self.find(name).unwrap_or_else(|| {
            let id = self.names.insert(Named {
                name: name.into(),
                ..Named::default()
            });
            self.by_name.insert(half(self.hasher.text(name)), id);
            id
        })
    }

    /// Forgets a name that no set has, and no role.
    fn forget(&mut self, id: u32) {
        if self
            .names
            .get(id)
            .is_some_and(|named| named.sets == 0 && named.role.is_none())
        {
            let gone = self.names.remove(id);
            self.by_name.remove(half(self.hasher.text(&gone.name)), id);
        }
    }
}
