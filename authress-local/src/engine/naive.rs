//! The engine against a model that is too simple to be wrong: look at everything, one after the other.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Engine, Permission, Record, Right, Statement};

struct World {
    roles: Vec<(String, Vec<Permission>)>,
    groups: Vec<(String, Vec<String>)>,
    records: Vec<Record>,
}

/// Whether what is held at `held` reaches `asked`: the same parts, a `*` for any one part, and everything below.
fn reaches(held: &[&str], asked: &[&str]) -> bool {
    match (held, asked) {
        ([] | ["*"], _) => true,
        ([held, rest @ ..], [asked, below @ ..]) => (held == asked || *held == "*") && reaches(rest, below),
        (_, []) => false,
    }
}

fn covers(held: &str, asked: &str, by: char) -> bool {
    reaches(
        &held.split(by).collect::<Vec<_>>(),
        &asked.split(by).collect::<Vec<_>>(),
    )
}

impl World {
    fn check(&self, user: &str, resource: &str, action: &str) -> bool {
        let in_group = |id: &String| {
            self.groups
                .iter()
                .any(|(group, users)| group == id && users.iter().any(|u| u == user))
        };
        let allows = |id: &String| {
            let permissions = self
                .roles
                .iter()
                .filter(|(role, _)| role == id)
                .flat_map(|(_, permissions)| permissions);
            permissions
                .into_iter()
                .any(|permission| permission.allow && covers(&permission.action, action, ':'))
        };
        self.records
            .iter()
            .flat_map(|record| &record.statements)
            .any(|statement| {
                (statement.users.iter().any(|u| u == user) || statement.groups.iter().any(in_group))
                    && statement.resources.iter().any(|held| covers(held, resource, '/'))
                    && statement.roles.iter().any(allows)
            })
    }

    fn engine(&self) -> Engine {
        let mut engine = Engine::new();
        for (id, permissions) in &self.roles {
            engine.put_role(id, permissions.clone());
        }
        for (id, users) in &self.groups {
            engine.put_group(id, users.clone());
        }
        for record in &self.records {
            engine.put_record(record.clone());
        }
        engine
    }
}

fn some(names: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<String>> {
    vec(select(names).prop_map(str::to_owned), 0..=most)
}

fn path(names: &'static [&'static str], by: &'static str) -> impl Strategy<Value = String> {
    vec(select(names), 1..4).prop_map(move |parts| parts.join(by))
}

const USERS: &[&str] = &["u1", "u2", "u3"];
const GROUPS: &[&str] = &["g1", "g2"];
const ROLES: &[&str] = &["r1", "r2", "r3"];
const SEGMENTS: &[&str] = &["a", "b", "*"];

prop_compose! {
    fn permissions()(permissions in vec((path(SEGMENTS, ":"), any::<bool>()), 0..3)) -> Vec<Permission> {
        let permission = |(action, allow)| Permission { action, allow, grant: true, delegate: false };
        permissions.into_iter().map(permission).collect()
    }
}

prop_compose! {
    fn statement()(
        users in some(USERS, 2), groups in some(GROUPS, 1), roles in some(ROLES, 2), resources in vec(path(SEGMENTS, "/"), 1..3),
    ) -> Statement {
        Statement { users, groups, roles, resources }
    }
}

prop_compose! {
    fn world()(
        // The third role is never defined: it is unknown.
        one in permissions(), two in permissions(), team in some(USERS, 3), records in vec(vec(statement(), 1..3), 0..5),
    ) -> World {
        let record = |(number, statements): (usize, Vec<Statement>)| Record { id: number.to_string(), statements };
        World {
            roles: vec![("r1".into(), one), ("r2".into(), two)],
            groups: vec![("g1".into(), team)],
            records: records.into_iter().enumerate().map(record).collect(),
        }
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World")
            .field("roles", &self.roles)
            .field("groups", &self.groups)
            .field("records", &self.records)
            .finish()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_decides_as_the_naive_model_does(
        world in world(), user in select(USERS), resource in path(SEGMENTS, "/"), action in path(SEGMENTS, ":"),
    ) {
        let engine = world.engine();
        let expected = world.check(user, &resource, &action);
        prop_assert_eq!(engine.check(user, &resource, &action, Right::Allow), expected);
        prop_assert_eq!(engine.explain(user, &resource, &action).is_allowed(), expected);
    }

    #[test]
    fn what_is_added_and_removed_again_leaves_no_trace(
        world in world(), gone in vec(statement(), 1..3), user in select(USERS), resource in path(SEGMENTS, "/"), action in path(SEGMENTS, ":"),
    ) {
        let mut engine = world.engine();
        engine.put_record(Record { id: "gone".into(), statements: gone });
        engine.remove_record("gone");
        let expected = world.check(user, &resource, &action);
        prop_assert_eq!(engine.check(user, &resource, &action, Right::Allow), expected);
    }
}
