//! The engine against a model that is too simple to be wrong, on many cases.

mod cases;
mod model;

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use self::cases::{Dice, world};
use self::model::{Question, World};
use super::{Engine, Right, Settings};

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
        for record in &before.records {
            if self.records.iter().all(|other| other.id != record.id) {
                engine.remove_record(&record.id);
            }
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
    }
}

#[test]
fn the_engine_decides_as_the_naive_model_does_after_every_change() {
    const CASES: u32 = 4096;
    let config = ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (asked, allowed, allowed_with_star) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |counter: &Cell<u32>| counter.set(counter.get() + 1);
    let case = (world(), world(), vec(any::<Index>(), 64));
    let outcome = runner.run(&case, |(before, world, dice)| {
        let mut engine = Engine::new(Settings::default());
        before.replace(&World::default(), &mut engine);
        world.replace(&before, &mut engine);
        let Some(question) = Dice(dice.into_iter()).question(&world) else {
            return Ok(());
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
        count(&asked);
        if expected {
            count(&allowed);
            if resource.contains('*') || action.contains('*') {
                count(&allowed_with_star);
            }
        }
        Ok(())
    });
    outcome.unwrap();
    // A model that is asked only what is denied anyway proves nothing.
    assert!(asked.get() > CASES * 9 / 10, "{asked:?} of {CASES}");
    let share = allowed.get() * 100 / asked.get();
    assert!((20..=80).contains(&share), "{share} % allowed");
    assert!(allowed_with_star.get() > 100, "{allowed_with_star:?} allowed with `*`");
}
