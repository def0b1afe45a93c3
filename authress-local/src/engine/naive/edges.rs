//! The engine against the model at the edges of its tables: names, paths and actions of the lengths at which something is kept elsewhere.

use super::super::hash::KEPT;
use super::super::{Engine, Permission, Record, ResourceQuery, Right, Settings, Statement};
use super::model::{Question, World};

/// Numbers that are the same in each run.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap()
    }

    fn below(&mut self, end: usize) -> usize {
        self.next() % end
    }

    fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn some(&mut self, all: &[String], most: usize) -> Vec<String> {
        let count = self.below(most + 1);
        (0..count).map(|_| self.of(all).clone()).collect()
    }
}

/// Names of these lengths, two of each that differ in the last byte alone, and some with more bytes than letters or with bytes of zero.
fn names(lengths: &[usize]) -> Vec<String> {
    let mut all: Vec<String> = ["\0", "a\0", "a\0\0", "é", "ééé", "日本"].map(str::to_owned).to_vec();
    for length in lengths {
        match length.checked_sub(1) {
            Some(rest) => all.extend(["x", "y"].map(|end| "x".repeat(rest) + end)),
            None => all.push(String::new()),
        }
    }
    all
}

struct Names {
    users: Vec<String>,
    groups: Vec<String>,
    roles: Vec<String>,
    segments: Vec<String>,
    actions: Vec<String>,
}

fn all_names(segments: &[usize]) -> Names {
    let lengths = [0, 1, 3, 4, 5, 21, 22, 23, 29, 30, 31, 46, 47, 254, 255, 256];
    let mut users = names(&lengths);
    users.extend(
        [
            "Authress:ServiceClients/x",
            "Authress:ServiceClients/Authress:ServiceClients/x",
            "Authress:ServiceClients/",
            "X",
        ]
        .map(str::to_owned),
    );
    let mut path = names(segments);
    path.retain(|segment| !segment.is_empty());
    let wild = [
        "*",
        "*",
        "*",
        "ns:*",
        "ns:*:a",
        "*:a",
        "*:*",
        "*:*:*:a",
        "*:*:*:b",
        "n:a:b:c:*",
        "n:a:b:d:*",
        "n:a:b:c:d",
        "n:a:b:d:e",
        "a:",
        "*:",
        ":*",
        ":a",
        "a:*",
        "*:a:b:*",
        "a*",
    ];
    path.extend(wild.map(str::to_owned));
    let actions = [
        "a",
        "a",
        "b",
        "A",
        "*",
        "*",
        "İ",
        "i",
        "\u{212a}",
        "k",
        "K",
        "ß",
        "ẞ",
        "ss",
        "1234567",
        "12345678",
        "123456789",
        "ABCDEFGH",
        "abcdefgh",
        "a\0",
        "",
        "É",
        "é",
    ];
    Names {
        groups: names(&lengths),
        roles: names(&[1, 23]),
        users,
        segments: path,
        actions: actions.map(str::to_owned).to_vec(),
    }
}

impl Names {
    fn resource(&self, rng: &mut Rng) -> String {
        let depth = match rng.below(10) {
            0 => 15 + rng.below(7),
            1 => 5 + rng.below(10),
            _ => 1 + rng.below(4),
        };
        let deep = depth > 4;
        let mut stars = 0;
        let segments: Vec<&str> = (0..depth)
            .map(|_| {
                let segment: &str = if deep && !rng.one_in(6) {
                    "d"
                } else {
                    rng.of(&self.segments).as_str()
                };
                stars += usize::from(segment.contains('*'));
                if stars > 3 { "d" } else { segment }
            })
            .collect();
        let end = |rng: &mut Rng| if rng.one_in(8) { "/" } else { "" };
        let last = if rng.one_in(4) { "/*" } else { "" };
        if rng.one_in(60) {
            return (*rng.of(&["", "/", "//", "a//b", "*", "/*/", "*//", "//*", "a//*"])).to_owned();
        }
        format!("{}{}{last}{}", end(rng), segments.join("/"), end(rng))
    }

    fn action(&self, rng: &mut Rng) -> String {
        let depth = if rng.one_in(5) {
            6 + rng.below(5)
        } else {
            1 + rng.below(3)
        };
        let mut stars = 0;
        let parts: Vec<&str> = (0..depth)
            .map(|_| {
                let part: &str = if depth > 3 && !rng.one_in(4) {
                    "p"
                } else {
                    rng.of(&self.actions).as_str()
                };
                stars += usize::from(part == "*");
                if stars > 3 { "p" } else { part }
            })
            .collect();
        parts.join(":")
    }

    fn permissions(&self, rng: &mut Rng) -> Vec<Permission> {
        let count = if rng.one_in(3) { rng.below(14) } else { rng.below(4) };
        (0..count)
            .map(|_| Permission {
                action: if rng.one_in(6) {
                    "*".to_owned()
                } else {
                    self.action(rng)
                },
                allow: !rng.one_in(3),
                grant: rng.one_in(3),
                delegate: rng.one_in(3),
            })
            .collect()
    }

    fn record(&self, rng: &mut Rng, id: String) -> Record {
        let large = rng.one_in(6);
        let mut before: Option<(Vec<String>, Vec<String>)> = None;
        let statements = (0..=rng.below(4))
            .map(|_| {
                let holders = before.take().filter(|_| !rng.one_in(3)).unwrap_or_else(|| {
                    let most = if large { 14 } else { 2 };
                    (rng.some(&self.users, most + 1), rng.some(&self.groups, most))
                });
                before = Some(holders.clone());
                let resources = rng.below(if large { 60 } else { 4 });
                let mut statement = Statement {
                    users: holders.0,
                    groups: holders.1,
                    roles: [rng.some(&self.roles, 2), vec![rng.of(&self.roles).clone()]].concat(),
                    resources: (0..resources).map(|_| self.resource(rng)).collect(),
                };
                if rng.one_in(5) {
                    // The same again.
                    statement.resources.extend(statement.resources.clone());
                    statement.roles.extend(statement.roles.clone());
                }
                statement
            })
            .collect::<Vec<_>>();
        let statements = if rng.one_in(6) {
            [statements.clone(), statements].concat()
        } else {
            statements
        };
        Record { id, statements }
    }

    fn question(&self, rng: &mut Rng, world: &World) -> Question {
        let mut question = Question {
            user: rng.of(&self.users).clone(),
            resource: self.resource(rng),
            action: self.action(rng),
            right: *rng.of(&[Right::Allow, Right::Allow, Right::Grant, Right::Delegate]),
        };
        if world.records.is_empty() {
            return question;
        }
        let record = rng.of(&world.records);
        let statement = rng.of(&record.statements);
        let members = world.groups.iter().filter(|(id, _)| statement.groups.contains(id));
        let users: Vec<&String> = members.flat_map(|(_, users)| users).chain(&statement.users).collect();
        if !users.is_empty() && !rng.one_in(8) {
            question.user = (*rng.of(&users)).clone();
        }
        if !statement.resources.is_empty() {
            let held = rng.of(&statement.resources).clone();
            question.resource = near(rng, &held, "/", &self.segments);
        }
        let held: Vec<&Permission> = world
            .roles
            .iter()
            .filter(|(id, _)| statement.roles.contains(id))
            .flat_map(|(_, permissions)| permissions)
            .collect();
        if !held.is_empty() {
            let held = rng.of(&held).action.clone();
            let action = near(rng, &held, ":", &self.actions);
            question.action = if rng.one_in(3) { action.to_uppercase() } else { action };
        }
        question
    }
}

/// Close to `text`: names for its stars, more of it or less, or one letter changed.
fn near(rng: &mut Rng, text: &str, by: &str, more: &[String]) -> String {
    let mut parts: Vec<String> = text.split(by).map(str::to_owned).collect();
    let mut stars = 0;
    for part in &mut parts {
        if part.contains('*') {
            stars += 1;
            if stars > 2 || !rng.one_in(3) {
                let name = *rng.of(&["a", "b", "c", "c:d", "xxxxxxxx"]);
                *part = part.replace('*', name);
            }
        }
    }
    if rng.one_in(5) {
        let more = rng.of(more);
        if !more.contains('*') {
            parts.push(more.clone());
        }
    }
    if rng.one_in(8) {
        parts.pop();
    }
    if rng.one_in(10) {
        parts.push("*".to_owned());
    }
    if rng.one_in(8) && !parts.is_empty() {
        let at = rng.below(parts.len());
        let more = *rng.of(&["\0", "z", ":", "/"]);
        parts[at] += more;
    }
    parts.join(by)
}

fn rebuilt(world: &World) -> Engine {
    let mut engine = Engine::new(world.settings);
    for record in world.records.iter().rev() {
        engine.put_record(record.clone());
    }
    for (id, permissions) in &world.roles {
        engine.put_role(id, permissions.clone());
    }
    for (id, users) in &world.groups {
        engine.put_group(id, users.clone());
    }
    for resource in &world.public {
        engine.set_public(resource, true);
    }
    engine
}

fn set<T>(all: &mut Vec<(String, T)>, id: &str, value: Option<T>) {
    all.retain(|(other, _)| other != id);
    all.extend(value.map(|value| (id.to_owned(), value)));
}

/// The same counters for the engine and for one that is made anew; and all answers as the model has them.
fn compare(engine: &Engine, world: &World, question: &Question, counts: &mut [u32; 2]) {
    let Question {
        user,
        resource,
        action,
        right,
    } = question;
    let allowed = engine.check(user, resource, action, *right);
    counts[usize::from(allowed)] += 1;
    assert_eq!(allowed, world.check(question), "{question:?} {:?}", world.settings);
    if *right == Right::Allow {
        assert_eq!(
            engine.explain(user, resource, action).is_allowed(),
            allowed,
            "{question:?}"
        );
    }
    assert_eq!(
        engine.permissions_on(user, resource),
        world.permissions_on(user, resource),
        "{question:?}"
    );
    assert_eq!(
        engine.roles_on(user, resource),
        world.roles_on(user, resource),
        "{question:?}"
    );
    assert_eq!(
        engine.users_on(resource, None, usize::MAX),
        world.users_on(resource),
        "{question:?}"
    );
}

fn histories(seed: u64, segments: &[usize]) -> [u32; 2] {
    let names = all_names(segments);
    let mut rng = Rng(seed);
    let mut counts = [0; 2];
    for _ in 0..super::questions() / 1_000 {
        let settings = Settings {
            collection_wildcard_covers_collection: !rng.one_in(3),
            service_client_alias: !rng.one_in(4),
        };
        let mut world = World {
            settings,
            ..World::default()
        };
        let mut engine = Engine::new(settings);
        let records = 1 + rng.below(8);
        for step in 0..40 {
            match rng.below(13) {
                0..4 => {
                    let id = format!("{:0>len$}", rng.below(records), len = 20 + rng.below(2));
                    let record = names.record(&mut rng, id);
                    world.records.retain(|other| other.id != record.id);
                    engine.put_record(record.clone());
                    world.records.push(record);
                }
                4 | 5 => {
                    if !world.records.is_empty() {
                        let gone = world.records.swap_remove(rng.below(world.records.len()));
                        engine.remove_record(&gone.id);
                    }
                }
                6 | 7 | 11 => {
                    let id = rng.of(&names.roles).clone();
                    let permissions = names.permissions(&mut rng);
                    engine.put_role(&id, permissions.clone());
                    set(&mut world.roles, &id, Some(permissions));
                }
                8 => {
                    let id = rng.of(&names.roles).clone();
                    engine.remove_role(&id);
                    set(&mut world.roles, &id, None);
                }
                9 | 10 => {
                    // Now and then a user is in all groups, and in none.
                    let ids: Vec<String> = if rng.one_in(4) {
                        names.groups.clone()
                    } else {
                        vec![rng.of(&names.groups).clone()]
                    };
                    let users = rng.some(&names.users, 6);
                    for id in ids {
                        engine.put_group(&id, users.clone());
                        set(&mut world.groups, &id, Some(users.clone()));
                    }
                }
                _ => {
                    for id in rng.some(&names.groups, 20) {
                        engine.remove_group(&id);
                        set(&mut world.groups, &id, None);
                    }
                }
            }
            for _ in 0..3 {
                compare(&engine, &world, &names.question(&mut rng, &world), &mut counts);
            }
            if step % 8 == 0 {
                assert_eq!(engine.sizes(), rebuilt(&world).sizes());
                let user = rng.of(&names.users).clone();
                let query = ResourceQuery {
                    nested: true,
                    limit: usize::MAX,
                    ..ResourceQuery::default()
                };
                assert_eq!(engine.resources_of(&user, &query), world.resources_of(&user, &query));
                assert_eq!(engine.groups_of(&user), world.groups_of(&user));
                assert_eq!(engine.records_naming(&user), world.records_naming(&user));
            }
        }
        for record in &world.records {
            engine.remove_record(&record.id);
        }
        for (id, _) in &world.groups {
            engine.remove_group(id);
        }
        for (id, _) in &world.roles {
            engine.remove_role(id);
        }
        assert_eq!(engine.sizes(), Engine::new(settings).sizes());
    }
    counts
}

const LENGTHS: [usize; 17] = [1, 2, 6, 7, 8, 9, 14, 15, 16, 17, 63, 64, 65, 127, 128, 511, 512];

#[test]
fn names_paths_and_actions_of_any_length_are_told_apart_after_every_change() {
    let [denied, allowed] = histories(1, &LENGTHS);
    assert!(allowed * 12 > denied, "{allowed} allowed, {denied} denied");
}

#[test]
fn what_shares_a_hash_is_told_apart_after_every_change() {
    let thread = std::thread::spawn(|| {
        KEPT.set(0b11);
        histories(2, &LENGTHS)
    });
    let [denied, allowed] = thread.join().unwrap();
    assert!(allowed * 12 > denied, "{allowed} allowed, {denied} denied");
}
