//! The engine against a model that is too simple to be wrong, on many cases, and against itself, made anew.
//!
//! By default 10,000 questions are asked. A million, in a few minutes:
//!
//! ```sh
//! AUTHRESS_ENGINE_CASES=1000000 cargo test -p authress-local --release --lib engine::naive
//! ```

mod cases;
mod history;
mod model;

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use self::cases::{Dice, settings, world};
use self::model::{Question, World};
use super::hash::KEPT;
use super::{Engine, ResourceQuery, Right};

/// How many questions are asked about one world.
const QUESTIONS: u32 = 4;

/// How many questions are asked in all.
fn questions() -> u32 {
    let asked_for = std::env::var("AUTHRESS_ENGINE_CASES").ok();
    asked_for.map_or(10_000, |number| number.parse().unwrap())
}

/// The same cases in each run.
fn runner(cases: u32) -> TestRunner {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 4096,
        ..ProptestConfig::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

impl World {
    /// Makes this world of the one that `engine` knows.
    fn replace(&self, before: &World, engine: &mut Engine) {
        // What is there again is replaced, the rest removed.
        for (id, _) in &before.roles {
            if self.roles.iter().all(|(other, _)| other != id) {
                engine.remove_role(id);
            }
        }
        for (id, _) in &before.groups {
            if self.groups.iter().all(|(other, _)| other != id) {
                engine.remove_group(id);
            }
        }
        for (place, record) in before.records.iter().enumerate() {
            if self.records.iter().all(|other| other.id != record.id) {
                if place % 2 == 0 {
                    engine.remove_record(&record.id);
                } else {
                    engine.retire_record(record.clone());
                }
            }
        }
        for resource in &before.public {
            engine.set_public(resource, false);
        }
        for (id, permissions) in &self.roles {
            engine.put_role(id, permissions.clone());
        }
        for (id, users) in &self.groups {
            engine.put_group(id, users.clone());
        }
        for record in &self.records {
            engine.put_record(record.clone());
        }
        for resource in &self.public {
            engine.set_public(resource, true);
        }
    }

    /// Compares all lists that a question can be about.
    fn compare_lists(&self, engine: &Engine, question: &Question, dice: &mut Dice) -> Result<usize, TestCaseError> {
        let Question {
            user, resource, action, ..
        } = question;
        let mut items = 0;
        let permissions = self.permissions_on(user, resource);
        items += permissions.len();
        prop_assert_eq!(
            engine.permissions_on(user, resource),
            permissions,
            "permissions of {:?}",
            question
        );
        let roles = self.roles_on(user, resource);
        items += roles.len();
        prop_assert_eq!(engine.roles_on(user, resource), roles, "roles of {:?}", question);
        let users = self.users_on(resource);
        items += users.len();
        prop_assert_eq!(engine.has_explicit_access(resource), !users.is_empty(), "{}", resource);
        prop_assert_eq!(
            &engine.users_on(resource, None, usize::MAX),
            &users,
            "users of {}",
            resource
        );
        let mut paged: Vec<(String, Vec<String>)> = Vec::new();
        loop {
            let after = paged.last().map(|(user, _)| user.clone());
            let page = engine.users_on(resource, after.as_deref(), 1);
            prop_assert!(page.len() <= 1);
            if page.is_empty() {
                break;
            }
            paged.extend(page);
        }
        prop_assert_eq!(paged, users, "users of {}, one by one", resource);
        let all = ResourceQuery {
            collection: Some(resource).filter(|_| !dice.one_in(4)).map(String::as_str),
            nested: dice.one_in(2),
            action: Some(action).filter(|_| dice.one_in(2)).map(String::as_str),
            after: None,
            limit: usize::MAX,
        };
        let after = dice.of(&["a", "a/a", "b"]).copied().filter(|_| dice.one_in(2));
        for query in [all, ResourceQuery { limit: 1, after, ..all }] {
            let resources = self.resources_of(user, &query);
            items += resources.len();
            prop_assert_eq!(engine.resources_of(user, &query), resources, "{:?} of {}", query, user);
        }
        prop_assert_eq!(engine.records_naming(user), self.records_naming(user));
        prop_assert_eq!(engine.groups_of(user), self.groups_of(user));
        Ok(items)
    }
}

#[test]
fn the_engine_answers_as_the_naive_model_does_after_every_change() {
    compare(questions() / QUESTIONS);
}

#[test]
fn what_shares_a_hash_with_something_else_is_told_apart() {
    with_short_hashes(|| {
        compare(questions() / QUESTIONS / 4);
        history::compare(questions() / 1000);
    });
}

/// Does something with hashes so short that nearly everything shares its own with something else.
fn with_short_hashes(what: fn()) {
    let thread = std::thread::spawn(move || {
        KEPT.set(0b11);
        what();
    });
    thread.join().unwrap();
}

/// Compares answers of the engine with those of the model.
fn compare(cases: u32) {
    let (asked, allowed, allowed_with_star, items) = (Cell::new(0), Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |counter: &Cell<u64>, more: u64| counter.set(counter.get() + more);
    let case = settings().prop_flat_map(|settings| (world(settings), world(settings), vec(any::<Index>(), 256)));
    let outcome = runner(cases).run(&case, |(before, world, dice)| {
        let mut engine = Engine::new(world.settings);
        before.replace(&World::default(), &mut engine);
        world.replace(&before, &mut engine);
        let mut dice = Dice(dice.into_iter());
        for _ in 0..QUESTIONS {
            let Some(question) = dice.question(&world) else {
                continue;
            };
            let Question {
                user,
                resource,
                action,
                right,
            } = &question;
            let expected = world.check(&question);
            prop_assert_eq!(engine.check(user, resource, action, *right), expected, "{:?}", question);
            if *right == Right::Allow {
                prop_assert_eq!(engine.explain(user, resource, action).is_allowed(), expected);
            }
            count(
                &items,
                world.compare_lists(&engine, &question, &mut dice)?.try_into().unwrap(),
            );
            count(&asked, 1);
            if expected {
                count(&allowed, 1);
                if resource.contains('*') || action.contains('*') {
                    count(&allowed_with_star, 1);
                }
            }
        }
        Ok(())
    });
    outcome.unwrap();
    // A model that is asked only what is denied anyway proves nothing.
    assert!(asked.get() > u64::from(cases * QUESTIONS) * 9 / 10, "{asked:?}");
    let share = allowed.get() * 100 / asked.get();
    assert!((20..=80).contains(&share), "{share} % allowed");
    assert!(
        allowed_with_star.get() * 40 > asked.get(),
        "{allowed_with_star:?} allowed with `*`"
    );
    assert!(items.get() > asked.get(), "{items:?} items in lists");
}
