//! The cases: worlds with few names, so that they meet, and questions close to what is held. Some names and paths are as long as the tables' limits.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::{Permission, Record, Right, Settings, Statement};
use super::model::{Question, World, gives};

pub(super) const USERS: &[&str] = &[
    "u1",
    "u2",
    "u3",
    "Authress:ServiceClients/u1",
    "U2",
    "user",
    "users",
    "a user's id that takes more than one line of memory, since it is longer than one",
];
const GROUPS: &[&str] = &["g1", "g2", "g3"];
const ROLES: &[&str] = &["r1", "r1", "r1", "r2", "r3"];
const SEGMENTS: &[&str] = &[
    "a", "a", "a", "b", "A", "ab", "a*", "*", "*", "ns:a", "ns:*", "ns:*:a", "*:a", "*:*", "ns", "", "folders",
    "folders2",
];
const NAMES: &[&str] = &["a", "a", "a", "b", "A", "ab", "*", "é", "É", ""];
/// In paths that are longer than what is hashed.
const DEEP: &[&str] = &["a", "a", "a", "a", "a", "a", "a", "b", "*"];

pub(super) fn some(
    names: &'static [&'static str],
    sizes: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = Vec<String>> {
    vec(select(names).prop_map(str::to_owned), sizes)
}

fn path(names: &'static [&'static str], by: &'static str) -> impl Strategy<Value = String> {
    vec(select(names), 1..4).prop_map(move |parts| parts.join(by))
}

/// A resource with or without slashes at its ends.
pub(super) fn resource() -> impl Strategy<Value = String> {
    let end = || select(&["", "", "", "/"][..]);
    let path = prop_oneof![
        15 => path(SEGMENTS, "/"),
        1 => vec(select(DEEP), 14..19).prop_map(|segments| segments.join("/")),
    ];
    (end(), path, end()).prop_map(|(before, path, after)| format!("{before}{path}{after}"))
}

prop_compose! {
    pub(super) fn permission()(
        action in path(NAMES, ":"), allow in any::<bool>(), grant in any::<bool>(), delegate in any::<bool>(),
    ) -> Permission {
        Permission { action, allow, grant, delegate }
    }
}

prop_compose! {
    pub(super) fn statement()(
        users in some(USERS, 0..=2), groups in some(GROUPS, 0..=2), roles in some(ROLES, 1..=2), resources in vec(resource(), 1..3),
    ) -> Statement {
        Statement { users, groups, roles, resources }
    }
}

prop_compose! {
    pub(super) fn settings()(
        collection_wildcard_covers_collection in proptest::bool::weighted(0.7), service_client_alias in proptest::bool::weighted(0.8),
    ) -> Settings {
        Settings { collection_wildcard_covers_collection, service_client_alias }
    }
}

prop_compose! {
    pub(super) fn world(settings: Settings)(
        // The third role and the third group are never there, the second ones not always.
        one in vec(permission(), 1..3), two in of(vec(permission(), 0..3)), team in some(USERS, 0..=3), other in of(some(USERS, 0..=2)),
        records in vec(vec(statement(), 1..3), 1..5), public in vec(resource(), 0..=1), is_public in proptest::bool::weighted(0.1),
    ) -> World {
        let record = |(number, statements): (usize, Vec<Statement>)| Record { id: number.to_string(), statements };
        World {
            settings,
            public: if is_public { public } else { vec![] },
            roles: [("r1".into(), one)].into_iter().chain(two.map(|two| ("r2".into(), two))).collect(),
            groups: [("g1".into(), team)].into_iter().chain(other.map(|other| ("g2".into(), other))).collect(),
            records: records.into_iter().enumerate().map(record).collect(),
        }
    }
}

/// Choices that are made while a question is put together.
pub(super) struct Dice(pub(super) std::vec::IntoIter<Index>);

impl Dice {
    pub(super) fn one_in(&mut self, number: usize) -> bool {
        self.0.next().is_some_and(|index| index.index(number) == 0)
    }

    pub(super) fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let index = self.0.next()?;
        (!all.is_empty()).then(|| index.get(all))
    }

    /// Something close to `pattern`: names for its `*`, more below it, or less of it.
    fn near(&mut self, pattern: &str, by: &str, names: &[&str]) -> String {
        let mut parts: Vec<String> = pattern.split(by).map(str::to_owned).collect();
        for part in &mut parts {
            if part.split(':').any(|name| name == "*") && !self.one_in(3) {
                let name = self.of(&["a", "b"]).map_or("b", |name| *name);
                *part = part.replace('*', name);
            }
        }
        if self.one_in(3) {
            parts.extend(self.of(names).map(ToString::to_string));
        }
        if self.one_in(8) {
            parts.pop();
        }
        if self.one_in(8) {
            parts.push("*".to_owned());
        }
        parts.join(by)
    }

    /// A question that has a good chance of a yes, since it is made from what is held.
    pub(super) fn question(&mut self, world: &World) -> Option<Question> {
        let record = self.of(&world.records)?;
        let statement = self.of(&record.statements)?.clone();
        let members = |id: &String| {
            world
                .groups
                .iter()
                .find(|(group, _)| group == id)
                .map(|(_, users)| users.clone())
        };
        let named: Vec<String> = statement
            .users
            .iter()
            .cloned()
            .chain(statement.groups.iter().filter_map(members).flatten())
            .collect();
        let user = if self.one_in(8) { None } else { self.of(&named).cloned() };
        let user = user.or_else(|| self.of(USERS).map(ToString::to_string))?;
        let held = self.of(&statement.resources)?;
        let resource = self.near(held, "/", SEGMENTS);
        let roles: Vec<&(String, Vec<Permission>)> = world
            .roles
            .iter()
            .filter(|(id, _)| statement.roles.contains(id))
            .collect();
        let held = self
            .of(&roles)
            .and_then(|(_, permissions)| self.of(permissions))
            .cloned();
        let action = match &held {
            Some(permission) => self.near(&permission.action, ":", NAMES),
            None => "a".to_owned(),
        };
        let rights = [Right::Allow, Right::Grant, Right::Delegate];
        let held_rights: Vec<Right> = rights
            .into_iter()
            .filter(|right| held.as_ref().is_some_and(|held| gives(held, *right)))
            .collect();
        let right = if self.one_in(4) {
            None
        } else {
            self.of(&held_rights).copied()
        };
        Some(Question {
            user,
            resource: self.of(&["", "/"]).copied().unwrap_or_default().to_owned() + &resource,
            action: if self.one_in(2) { action.to_uppercase() } else { action },
            right: right.or_else(|| self.of(&rights).copied())?,
        })
    }
}
