//! The engine after each step of a history, against one that is made at once of what there is then.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::{Engine, Permission, Record, ResourceQuery, Right, Settings, Statement};
use super::cases::{USERS, permission, resource, settings, some, statement};
use super::runner;

const RECORDS: &[&str] = &["rec_1", "rec_2", "rec_3", "rec_4"];
const ROLES: &[&str] = &["r1", "r2"];
const GROUPS: &[&str] = &["g1", "g2", "g3"];
const ACTIONS: &[&str] = &["a", "a:b", "B", "*"];

#[derive(Debug, Clone)]
enum Step {
    Put(&'static str, Vec<Statement>),
    Remove(&'static str),
    Retire(&'static str),
    PutRole(&'static str, Vec<Permission>),
    RemoveRole(&'static str),
    PutGroup(&'static str, Vec<String>),
    RemoveGroup(&'static str),
    Public(String, bool),
}

fn step() -> impl Strategy<Value = Step> {
    // More than a few resources each, so that tables of all sizes come and go.
    let wide = (statement(), vec(resource(), 0..12)).prop_map(|(statement, resources)| Statement {
        resources: [statement.resources, resources].concat(),
        ..statement
    });
    prop_oneof![
        6 => (select(RECORDS), vec(wide, 1..4)).prop_map(|(id, statements)| Step::Put(id, statements)),
        2 => select(RECORDS).prop_map(Step::Remove),
        2 => select(RECORDS).prop_map(Step::Retire),
        2 => (select(ROLES), vec(permission(), 0..3)).prop_map(|(id, permissions)| Step::PutRole(id, permissions)),
        1 => select(ROLES).prop_map(Step::RemoveRole),
        3 => (select(GROUPS), some(USERS, 0..=4)).prop_map(|(id, users)| Step::PutGroup(id, users)),
        1 => select(GROUPS).prop_map(Step::RemoveGroup),
        2 => (resource(), any::<bool>()).prop_map(|(resource, public)| Step::Public(resource, public)),
    ]
}

/// What there is, without any index.
#[derive(Debug, Default)]
struct State {
    active: BTreeMap<&'static str, Record>,
    retired: BTreeMap<&'static str, Record>,
    roles: BTreeMap<&'static str, Vec<Permission>>,
    groups: BTreeMap<&'static str, Vec<String>>,
    public: BTreeSet<String>,
}

impl State {
    fn take(&mut self, step: Step, engine: &mut Engine, settings: Settings) {
        match step {
            Step::Put(id, statements) => {
                let record = Record {
                    id: id.to_owned(),
                    statements,
                };
                engine.put_record(record.clone());
                self.retired.remove(id);
                self.active.insert(id, record);
            }
            Step::Remove(id) => {
                engine.remove_record(id);
                self.active.remove(id);
                self.retired.remove(id);
            }
            Step::Retire(id) => {
                if let Some(record) = self.active.remove(id) {
                    engine.retire_record(record.clone());
                    self.retired.insert(id, record);
                }
            }
            Step::PutRole(id, permissions) => {
                engine.put_role(id, permissions.clone());
                self.roles.insert(id, permissions);
            }
            Step::RemoveRole(id) => {
                engine.remove_role(id);
                self.roles.remove(id);
            }
            Step::PutGroup(id, users) => {
                engine.put_group(id, users.clone());
                self.groups.insert(id, users);
            }
            Step::RemoveGroup(id) => {
                engine.remove_group(id);
                self.groups.remove(id);
            }
            Step::Public(resource, public) => {
                engine.set_public(&resource, public);
                if public {
                    self.public.insert(resource);
                } else {
                    let trimmed = |resource: &str| {
                        let inner = resource.strip_prefix('/').unwrap_or(resource);
                        inner.strip_suffix('/').unwrap_or(inner).to_owned()
                    };
                    let whole = |resource: &str| {
                        let trimmed = trimmed(resource);
                        if !settings.collection_wildcard_covers_collection || trimmed == "*" {
                            return trimmed;
                        }
                        trimmed.strip_suffix("/*").map(ToOwned::to_owned).unwrap_or(trimmed)
                    };
                    // `*` is the top, and `a/*` is `a`; but `*` before another one is a segment.
                    self.public.retain(|other| {
                        let top = |resource: &str| trimmed(resource) == "*";
                        whole(other) != whole(&resource) || top(other) != top(&resource)
                    });
                }
            }
        }
    }

    fn rebuilt(&self, settings: Settings) -> Engine {
        let mut engine = Engine::new(settings);
        for resource in &self.public {
            engine.set_public(resource, true);
        }
        for record in self.active.values().rev() {
            engine.put_record(record.clone());
        }
        for record in self.retired.values() {
            engine.retire_record(record.clone());
        }
        for (id, users) in &self.groups {
            engine.put_group(id, users.clone());
        }
        for (id, permissions) in &self.roles {
            engine.put_role(id, permissions.clone());
        }
        engine
    }

    /// The resources that records name, and some close to them.
    fn resources(&self) -> BTreeSet<String> {
        let records = self.active.values().chain(self.retired.values());
        let named = records
            .flat_map(|record| &record.statements)
            .flat_map(|statement| &statement.resources);
        let named = named.chain(&self.public);
        named
            .take(6)
            .flat_map(|resource| [resource.clone(), resource.replace('*', "a"), format!("{resource}/b")])
            .collect()
    }
}

/// All that can be asked of an engine, about some resources.
fn answers(engine: &Engine, resources: &BTreeSet<String>) -> Vec<String> {
    let mut answers = Vec::new();
    for resource in resources {
        answers.push(format!("{:?}", engine.users_on(resource, None, usize::MAX)));
        for user in USERS {
            let checks = [Right::Allow, Right::Grant, Right::Delegate].map(|right| {
                ACTIONS
                    .iter()
                    .map(|action| engine.check(user, resource, action, right))
                    .collect::<Vec<_>>()
            });
            let lists = (engine.roles_on(user, resource), engine.permissions_on(user, resource));
            let explained = engine.explain(user, resource, "a:b");
            answers.push(format!("{user} {resource} {checks:?} {lists:?} {explained:?}"));
        }
    }
    for user in USERS {
        let query = ResourceQuery {
            nested: true,
            limit: usize::MAX,
            ..ResourceQuery::default()
        };
        let lists = (
            engine.resources_of(user, &query),
            engine.records_naming(user),
            engine.groups_of(user),
        );
        answers.push(format!("{lists:?}"));
    }
    answers
}

#[test]
fn after_every_step_the_engine_is_as_if_made_anew_and_nothing_is_left_when_all_is_removed() {
    compare(super::questions() / 200);
}

/// Compares the engine after each step of some histories with one that is made anew.
pub(super) fn compare(cases: u32) {
    let case = (settings(), vec(step(), 1..14));
    let outcome = runner(cases).run(&case, |(settings, steps)| {
        let mut engine = Engine::new(settings);
        let mut state = State::default();
        for step in steps {
            state.take(step, &mut engine, settings);
            let rebuilt = state.rebuilt(settings);
            prop_assert_eq!(engine.sizes(), rebuilt.sizes());
            let resources = state.resources();
            for (answer, expected) in answers(&engine, &resources)
                .into_iter()
                .zip(answers(&rebuilt, &resources))
            {
                prop_assert_eq!(answer, expected);
            }
        }
        for id in RECORDS {
            engine.remove_record(id);
        }
        for id in GROUPS {
            engine.remove_group(id);
        }
        for id in ROLES {
            engine.remove_role(id);
        }
        for resource in std::mem::take(&mut state.public) {
            engine.set_public(&resource, false);
        }
        prop_assert_eq!(engine.sizes(), Engine::new(settings).sizes());
        Ok(())
    });
    outcome.unwrap();
}
