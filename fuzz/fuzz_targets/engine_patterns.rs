//! A history of the local server's engine, a step a line, against a model that has no index. The words of a line:
//!
//! - `narrow` and `apart`, at the beginning only: `a/*` does not cover `a`, and a service client has one name alone;
//! - `role ID RIGHTS ACTION RIGHTS ACTION …`: a role; `a`, `g` and `d` among the rights are to do, to give, and to pass giving on;
//! - `group ID USER …`: a group;
//! - `record ID u USER … g GROUP … r ROLE … on RESOURCE …`: a record; `;` begins its next statement;
//! - `retire ID` and `remove ID`: a record that was deleted, and one that never was; `-role ID`, `-group ID`;
//! - `public RESOURCE` and `-public RESOURCE`;
//! - `ask USER RESOURCE ACTION`: a question.
//!
//! In the end everybody is asked about everything that was named, and what is close to it.

#![no_main]

use std::collections::{BTreeMap, BTreeSet};

use authress_local::Because;
use authress_local::bench::BenchEngine;
use libfuzzer_sys::{Corpus, fuzz_target};

/// How many names of each kind are asked about in the end.
const ASKED: usize = 5;
/// A name that nothing in a history has: words have no spaces.
const UNHEARD_OF: &str = " ";

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(data) else {
        return Corpus::Reject;
    };
    let mut lines = text.lines().peekable();
    let mut setting = |name| lines.next_if(|line| *line == name).is_some();
    let (narrow, apart) = (setting("narrow"), setting("apart"));
    let mut engine = BenchEngine::new(!narrow, !apart);
    let mut model = Model::new(narrow, apart);
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        if step(&words, &mut engine, &mut model).is_none() {
            return Corpus::Reject;
        }
    }
    for user in &model.named.users {
        for resource in &model.named.resources {
            for close in [
                resource.clone(),
                resource.replace('*', "b"),
                format!("{resource}/c"),
                format!("{resource}/*"),
            ] {
                for action in &model.named.actions {
                    ask(&engine, &model, user, &close, action);
                }
            }
        }
    }
    Corpus::Keep
});

fn step(words: &[&str], engine: &mut BenchEngine, model: &mut Model) -> Option<()> {
    let own = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    match words {
        ["role", id, actions @ ..] => {
            let actions: Vec<(&str, [bool; 3])> = actions
                .chunks_exact(2)
                .map(|pair| (pair[1], ["a", "g", "d"].map(|right| pair[0].contains(right))))
                .collect();
            engine.put_role_with_rights(id, &actions);
            let actions = actions.into_iter().map(|(action, rights)| (action.to_owned(), rights));
            model.put_role(id, actions.collect());
        }
        ["-role", id] => {
            engine.remove_role(id);
            model.roles.remove(*id);
        }
        ["group", id, users @ ..] => {
            engine.put_group(id, own(users));
            model.put_group(id, own(users));
        }
        ["-group", id] => {
            engine.remove_group(id);
            model.groups.remove(*id);
        }
        ["record", id, rest @ ..] => {
            let statements: Vec<_> = rest.split(|word| *word == ";").map(statement).collect();
            engine.put_statements(id, statements.iter().cloned());
            model.put_record(id, statements);
        }
        ["retire", id] => {
            if let Some(statements) = model.records.remove(*id) {
                engine.retire_statements(id, statements);
            }
        }
        ["remove", id] => {
            engine.remove_record(id);
            model.records.remove(*id);
        }
        ["public", resource] => {
            engine.set_public(resource, true);
            model.publish(resource);
        }
        ["-public", resource] => {
            engine.set_public(resource, false);
            model.withdraw(resource);
        }
        ["ask", user, resource, action] => ask(engine, model, user, resource, action),
        _ => return None,
    }
    Some(())
}

/// Users, groups, roles and resources of a statement.
fn statement(words: &[&str]) -> [Vec<String>; 4] {
    let mut lists = <[Vec<String>; 4]>::default();
    let mut kind = 0;
    for word in words {
        match ["u", "g", "r", "on"].iter().position(|name| name == word) {
            Some(next) => kind = next,
            None => lists[kind].push((*word).to_owned()),
        }
    }
    lists
}

fn ask(engine: &BenchEngine, model: &Model, user: &str, resource: &str, action: &str) {
    let question = || format!("{user} {resource} {action}");
    let expected = model.rights(user, resource, action);
    assert_eq!(engine.rights(user, resource, action), expected, "{}", question());
    assert_eq!(engine.check(user, resource, action), expected[0], "{}", question());

    // The reason is one, and true.
    let explanation = engine.explain(user, resource, action);
    assert_eq!(explanation.is_allowed(), expected[0], "{}", question());
    match explanation.because() {
        None => {}
        Some(Because::Public { resource_uri, .. }) => {
            let is_public = model
                .public
                .iter()
                .any(|public| model.path(public) == model.path(resource_uri));
            assert!(
                is_public && model.reaches(resource_uri, resource),
                "{} by {resource_uri}",
                question()
            );
        }
        Some(Because::AccessRecord {
            source, action: held, ..
        }) => {
            let [users, groups, roles, resources] = &model.records[&source.record_id][source.statement];
            match &source.group_id {
                Some(group) => assert!(groups.contains(group) && model.is_member(group, user), "{}", question()),
                None => assert!(
                    users.iter().any(|it| model.user(it) == model.user(user)),
                    "{}",
                    question()
                ),
            }
            assert!(
                resources.contains(&source.resource_uri) && model.reaches(&source.resource_uri, resource),
                "{}",
                question()
            );
            let permissions = &model.roles[&source.role_id];
            assert!(
                roles.contains(&source.role_id) && permissions.iter().any(|(it, rights)| it == held && rights[0]),
                "{}",
                question()
            );
            assert!(holds(held, action), "{}", question());
        }
        Some(other) => panic!("{other:?}"),
    }
}

/// What was said so far, as it was said.
struct Model {
    narrow: bool,
    apart: bool,
    roles: BTreeMap<String, Vec<(String, [bool; 3])>>,
    groups: BTreeMap<String, Vec<String>>,
    records: BTreeMap<String, Vec<[Vec<String>; 4]>>,
    public: BTreeSet<String>,
    named: Named,
}

/// Whom and what the questions in the end are about.
#[derive(Default)]
struct Named {
    users: BTreeSet<String>,
    resources: BTreeSet<String>,
    actions: BTreeSet<String>,
}

fn name(names: &mut BTreeSet<String>, new: impl IntoIterator<Item = impl Into<String>>) {
    for new in new {
        if names.len() < ASKED {
            names.insert(new.into());
        }
    }
}

impl Model {
    fn new(narrow: bool, apart: bool) -> Self {
        let mut named = Named::default();
        name(&mut named.actions, ["*"]);
        Self {
            narrow,
            apart,
            roles: BTreeMap::from([
                ("Authress:Owner".to_owned(), vec![("*".to_owned(), [true; 3])]),
                ("Authress:AuthenticateUser".to_owned(), Vec::new()),
            ]),
            groups: BTreeMap::new(),
            records: BTreeMap::new(),
            public: BTreeSet::new(),
            named,
        }
    }

    fn put_role(&mut self, id: &str, actions: Vec<(String, [bool; 3])>) {
        name(&mut self.named.actions, actions.iter().map(|(action, _)| action));
        self.roles.insert(id.to_owned(), actions);
    }

    fn put_group(&mut self, id: &str, users: Vec<String>) {
        name(&mut self.named.users, &users);
        self.groups.insert(id.to_owned(), users);
    }

    fn put_record(&mut self, id: &str, statements: Vec<[Vec<String>; 4]>) {
        for [users, _, _, resources] in &statements {
            name(&mut self.named.users, users);
            name(&mut self.named.resources, resources);
        }
        self.records.insert(id.to_owned(), statements);
    }

    fn publish(&mut self, resource: &str) {
        name(&mut self.named.resources, [resource]);
        self.public.insert(resource.to_owned());
    }

    /// A resource has several names.
    fn withdraw(&mut self, resource: &str) {
        let path = self.path(resource);
        let all = std::mem::take(&mut self.public);
        self.public = all.into_iter().filter(|other| self.path(other) != path).collect();
    }

    /// May the user do it, give it, and pass giving on?
    fn rights(&self, user: &str, resource: &str, action: &str) -> [bool; 3] {
        let mut all = [false; 3];
        all[0] = self.public.iter().any(|public| self.reaches(public, resource));
        let user = self.user(user);
        for [users, groups, roles, resources] in self.records.values().flatten() {
            let is_named =
                users.iter().any(|it| self.user(it) == user) || groups.iter().any(|it| self.is_member(it, user));
            if !is_named || !resources.iter().any(|it| self.reaches(it, resource)) {
                continue;
            }
            let permissions = roles.iter().filter_map(|role| self.roles.get(role)).flatten();
            for (_, [allow, grant, delegate]) in permissions.filter(|(held, _)| holds(held, action)) {
                all[0] |= allow;
                all[1] |= grant | delegate;
                all[2] |= delegate;
            }
        }
        all
    }

    fn is_member(&self, group: &str, user: &str) -> bool {
        let users = self.groups.get(group);
        users.is_some_and(|users| users.iter().any(|it| self.user(it) == self.user(user)))
    }

    /// The one name of a user.
    fn user<'a>(&self, id: &'a str) -> &'a str {
        match id.strip_prefix("Authress:ServiceClients/") {
            Some(client) if !self.apart && !client.is_empty() => self.user(client),
            _ => id,
        }
    }

    /// The segments of a resource; nothing when it is none.
    fn path<'a>(&self, resource: &'a str) -> Option<Vec<&'a str>> {
        let inner = resource.strip_prefix('/').unwrap_or(resource);
        let mut segments: Vec<&str> = inner.strip_suffix('/').unwrap_or(inner).split('/').collect();
        if segments.contains(&"") {
            return None;
        }
        // What is said of `a/*` is said of `a`, with all that is below.
        if !self.narrow && segments.last() == Some(&"*") {
            segments.pop();
        }
        Some(segments)
    }

    /// Whether what is given on `held` is given on all of `asked`: on a name in it that only a `*` can reach.
    fn reaches(&self, held: &str, asked: &str) -> bool {
        let Some((held, asked)) = self.path(held).zip(self.path(asked)) else {
            return false;
        };
        let mut asked = asked.into_iter();
        held.into_iter()
            .all(|held| asked.next().is_some_and(|asked| segment_reaches(held, asked)))
    }
}

fn segment_reaches(held: &str, asked: &str) -> bool {
    let (mut held, mut asked): (Vec<&str>, Vec<&str>) = (held.split(':').collect(), unheard(asked.split(':')));
    if held == ["*"] {
        return true;
    }
    // At the end it stands for all further names.
    if held.last() == Some(&"*") && asked.len() >= held.len() {
        held.pop();
        asked.truncate(held.len());
    }
    held.len() == asked.len()
        && held
            .iter()
            .zip(asked)
            .all(|(held, asked)| *held == "*" || *held == asked)
}

/// The parts, with a name for each `*` that only another one reaches.
fn unheard<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    parts.map(|part| if part == "*" { UNHEARD_OF } else { part }).collect()
}

/// Whether who holds one action holds all of another one.
fn holds(held: &str, asked: &str) -> bool {
    let small = |action: &str| action.chars().flat_map(char::to_lowercase).collect::<String>();
    let (held, asked) = (small(held), small(asked));
    let held = parts(&held);
    let asked = unheard(parts(&asked).into_iter());
    held.len() <= asked.len()
        && held
            .iter()
            .zip(asked)
            .all(|(held, asked)| *held == "*" || *held == asked)
}

/// The parts of an action; `*` is everything, which has none.
fn parts(action: &str) -> Vec<&str> {
    match action {
        "*" => Vec::new(),
        action => action.strip_suffix(":*").unwrap_or(action).split(':').collect(),
    }
}
