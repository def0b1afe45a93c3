//! The model: look at everything, and put names in the place of every `*` that is asked about.
//!
//! A question with `*` is answered with yes when each of the names is: one that patterns use, and one that none of them uses, which only a `*` can
//! reach. So the model has no reading of its own of what a `*` in a question means.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Permission, Record, ResourceQuery, Right, Settings, Statement};

#[derive(Debug, Clone, Default)]
pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) public: Vec<String>,
    pub(super) roles: Vec<(String, Vec<Permission>)>,
    pub(super) groups: Vec<(String, Vec<String>)>,
    pub(super) records: Vec<Record>,
}

#[derive(Debug)]
pub(super) struct Question {
    pub(super) user: String,
    pub(super) resource: String,
    pub(super) action: String,
    pub(super) right: Right,
}

/// A name that no pattern has.
const UNHEARD_OF: &str = "unheard-of";

/// The segments of a resource, if it is one.
fn segments(resource: &str) -> Option<Vec<&str>> {
    let inner = resource.strip_prefix('/').unwrap_or(resource);
    let segments: Vec<&str> = inner.strip_suffix('/').unwrap_or(inner).split('/').collect();
    (!segments.contains(&"")).then_some(segments)
}

/// Everything that `part` of a question stands for.
fn names(part: &str) -> Vec<String> {
    if part == "*" {
        // Also a name in a namespace is one segment.
        return ["a", UNHEARD_OF, "unheard:of"].map(str::to_owned).to_vec();
    }
    let mut all = vec![String::new()];
    let last = part.split(':').count() - 1;
    for (place, name) in part.split(':').enumerate() {
        let instead: &[&str] = match name {
            "*" if place == last && last > 0 => &["a", UNHEARD_OF, "unheard:of"],
            "*" => &["a", UNHEARD_OF],
            name => &[name],
        };
        let longer = |begun: &String| instead.iter().map(|name| format!("{begun}:{name}")).collect::<Vec<_>>();
        all = all.iter().flat_map(longer).collect();
    }
    all.into_iter().map(|name| name[1..].to_owned()).collect()
}

/// Everything that a question stands for. One that ends in `*` is about everything below what stands before it, and, if `whole`, about that too.
fn stands_for(mut parts: Vec<&str>, whole: bool) -> Vec<Vec<String>> {
    let below: &[&[&str]] = match parts.pop_if(|part| *part == "*") {
        Some(_) if whole => &[&[], &["a"], &[UNHEARD_OF], &[UNHEARD_OF, UNHEARD_OF]],
        Some(_) => &[&["a"], &[UNHEARD_OF], &[UNHEARD_OF, UNHEARD_OF]],
        None => &[&[]],
    };
    let mut all = vec![vec![]];
    for part in parts {
        let longer = |begun: &Vec<String>| {
            names(part)
                .into_iter()
                .map(|name| [begun.clone(), vec![name]].concat())
                .collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    let longer = |begun: &Vec<String>| {
        let with = |tail: &&[&str]| {
            begun
                .iter()
                .cloned()
                .chain(tail.iter().map(ToString::to_string))
                .collect()
        };
        below.iter().map(with).collect::<Vec<Vec<String>>>()
    };
    all.iter().flat_map(longer).collect()
}

/// Whether what is held reaches `asked`, which has no `*`: the same parts, a `*` for any one part, and everything below.
fn reaches(held: &[&str], asked: &[String], whole: bool) -> bool {
    match (held, asked) {
        ([], _) => true,
        (["*"], asked) if whole || !asked.is_empty() => true,
        ([held, rest @ ..], [asked, below @ ..]) => {
            let (held, asked): (Vec<&str>, Vec<&str>) = (held.split(':').collect(), asked.split(':').collect());
            (held == ["*"] || within(&held, &asked)) && reaches(rest, below, whole)
        }
        (_, []) => false,
    }
}

/// The same within a segment, where only a `*` at the end reaches further down.
fn within(held: &[&str], asked: &[&str]) -> bool {
    match (held, asked) {
        (["*"], [_, ..]) | ([], []) => true,
        ([held, rest @ ..], [asked, below @ ..]) => (held == asked || *held == "*") && within(rest, below),
        _ => false,
    }
}

pub(super) fn gives(permission: &Permission, right: Right) -> bool {
    match right {
        Right::Allow => permission.allow,
        Right::Grant => permission.grant || permission.delegate,
        Right::Delegate => permission.delegate,
    }
}

/// What two segments have in common, name by name.
fn both<'a>(one: &[&'a str], other: &[&'a str]) -> Option<Vec<&'a str>> {
    match (one, other) {
        ([], []) => Some(vec![]),
        (["*"], names @ [_, ..]) | (names @ [_, ..], ["*"]) => Some(names.to_vec()),
        ([one, ones @ ..], [other, others @ ..]) if one == other || *one == "*" || *other == "*" => {
            Some([vec![if *one == "*" { *other } else { *one }], both(ones, others)?].concat())
        }
        _ => None,
    }
}

/// What of `held` lies in a collection, and whether that is all of the collection.
fn part_of(held: &[&str], collection: &[&str]) -> Option<(Vec<String>, bool)> {
    let own = |parts: &[&str]| parts.iter().map(ToString::to_string).collect::<Vec<_>>();
    match (held, collection) {
        ([] | ["*"], rest) => Some((own(&[rest, &["*"]].concat()), true)),
        (held, []) => Some((own(held), false)),
        ([held, others @ ..], [collection, collections @ ..]) => {
            let names = both(
                &held.split(':').collect::<Vec<_>>(),
                &collection.split(':').collect::<Vec<_>>(),
            )?;
            let (rest, all) = part_of(others, collections)?;
            Some(([vec![names.join(":")], rest].concat(), all))
        }
    }
}

impl World {
    fn user<'a>(&self, id: &'a str) -> &'a str {
        let client = id
            .strip_prefix("Authress:ServiceClients/")
            .filter(|client| !client.is_empty() && self.settings.service_client_alias);
        client.map_or(id, |client| self.user(client))
    }

    fn is_named(&self, users: &[String], user: &str) -> bool {
        users.iter().any(|it| self.user(it) == self.user(user))
    }

    fn whole(&self) -> bool {
        self.settings.collection_wildcard_covers_collection
    }

    pub(super) fn check(&self, question: &Question) -> bool {
        let Some(resource) = segments(&question.resource) else {
            return false;
        };
        let action = question.action.to_lowercase();
        let actions = stands_for(action.split(':').collect(), true);
        stands_for(resource, self.whole())
            .iter()
            .all(|resource| actions.iter().all(|action| self.check_one(question, resource, action)))
    }

    /// The question about one resource and one action, without any `*`.
    fn check_one(&self, question: &Question, resource: &[String], action: &[String]) -> bool {
        let on_resource = |held: &String| segments(held).is_some_and(|held| reaches(&held, resource, self.whole()));
        let is_public = question.right == Right::Allow && self.public.iter().any(on_resource);
        let permits = |permission: &Permission| {
            let held = permission.action.to_lowercase();
            gives(permission, question.right) && reaches(&held.split(':').collect::<Vec<_>>(), action, true)
        };
        is_public
            || self.given(&question.user).any(|statement| {
                statement.resources.iter().any(on_resource) && self.permissions(statement).any(permits)
            })
    }

    /// The statements that give the user something, directly or through a group.
    fn given<'a>(&'a self, user: &'a str) -> impl Iterator<Item = &'a Statement> {
        let all = self.records.iter().flat_map(|record| &record.statements);
        all.filter(move |statement| {
            let in_group = |id: &String| {
                self.groups
                    .iter()
                    .any(|(group, users)| group == id && self.is_named(users, user))
            };
            self.is_named(&statement.users, user) || statement.groups.iter().any(in_group)
        })
    }

    fn permissions<'a>(&'a self, statement: &'a Statement) -> impl Iterator<Item = &'a Permission> {
        let roles = self.roles.iter().filter(|(id, _)| statement.roles.contains(id));
        roles.flat_map(|(_, permissions)| permissions)
    }

    pub(super) fn permissions_on(&self, user: &str, resource: &str) -> Vec<Permission> {
        let Some(resource) = segments(resource) else {
            return vec![];
        };
        let asked = stands_for(resource, self.whole());
        let on_resource = |held: &String| {
            segments(held).is_some_and(|held| asked.iter().all(|asked| reaches(&held, asked, self.whole())))
        };
        let mut all: BTreeMap<String, Vec<&Permission>> = BTreeMap::new();
        for statement in self
            .given(user)
            .filter(|statement| statement.resources.iter().any(on_resource))
        {
            let any = |permission: &&Permission| permission.allow || permission.grant || permission.delegate;
            for permission in self.permissions(statement).filter(any) {
                all.entry(permission.action.to_lowercase())
                    .or_default()
                    .push(permission);
            }
        }
        let merged = all.into_values().map(|same| Permission {
            action: same.iter().map(|permission| permission.action.clone()).max().unwrap(),
            allow: same.iter().any(|permission| permission.allow),
            grant: same.iter().any(|permission| permission.grant),
            delegate: same.iter().any(|permission| permission.delegate),
        });
        merged.collect()
    }

    fn same_resource(&self, one: &str, other: &str) -> bool {
        let parts = |resource| {
            let mut parts = segments(resource)?;
            parts.pop_if(|part| *part == "*" && self.whole());
            Some(parts)
        };
        parts(one).is_some() && parts(one) == parts(other)
    }

    pub(super) fn roles_on(&self, user: &str, resource: &str) -> Vec<String> {
        let there = |held: &String| self.same_resource(held, resource);
        let statements = self
            .given(user)
            .filter(|statement| statement.resources.iter().any(there));
        let roles: BTreeSet<&String> = statements.flat_map(|statement| &statement.roles).collect();
        roles.into_iter().cloned().collect()
    }

    pub(super) fn users_on(&self, resource: &str) -> Vec<(String, Vec<String>)> {
        let statements = self.records.iter().flat_map(|record| &record.statements);
        let named = statements.flat_map(|statement| &statement.users);
        let members = self.groups.iter().flat_map(|(_, users)| users);
        let users: BTreeSet<&str> = named.chain(members).map(|user| self.user(user)).collect();
        let with_roles = users
            .into_iter()
            .map(|user| (user.to_owned(), self.roles_on(user, resource)));
        with_roles.filter(|(_, roles)| !roles.is_empty()).collect()
    }

    pub(super) fn resources_of(&self, user: &str, query: &ResourceQuery<'_>) -> Vec<String> {
        let Some(mut collection) = query.collection.map_or(Some(vec![]), segments) else {
            return vec![];
        };
        collection.pop_if(|part| *part == "*");
        let actions = query.action.map(|action| {
            stands_for(
                action
                    .to_lowercase()
                    .split(':')
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
                    .iter()
                    .map(String::as_str)
                    .collect(),
                true,
            )
        });
        let counts = |permission: &Permission| {
            let held = permission.action.to_lowercase();
            match &actions {
                Some(asked) => {
                    let held: Vec<&str> = held.split(':').collect();
                    permission.allow && asked.iter().all(|asked| reaches(&held, asked, true))
                }
                None => permission.allow || permission.grant || permission.delegate,
            }
        };
        let mut all = BTreeSet::new();
        for statement in self
            .given(user)
            .filter(|statement| self.permissions(statement).any(counts))
        {
            for held in statement.resources.iter().filter_map(|held| segments(held)) {
                let Some((mut path, is_all)) = part_of(&held, &collection) else {
                    continue;
                };
                let mut depth = path.len();
                if self.whole() && path.last().is_some_and(|part| part == "*") && !is_all {
                    depth -= 1;
                    // With a `*` before it, the last one tells that the first is a segment.
                    path.pop_if(|_| depth > 0 && held[held.len() - 2] != "*");
                }
                if query.nested || !is_all && depth == collection.len() + 1 {
                    all.insert(path.join("/"));
                }
            }
        }
        all.into_iter()
            .filter(|it| query.after.is_none_or(|after| **it > *after))
            .take(query.limit)
            .collect()
    }

    pub(super) fn records_naming(&self, user: &str) -> Vec<String> {
        let names = |record: &&Record| {
            record
                .statements
                .iter()
                .any(|statement| self.is_named(&statement.users, user))
        };
        let ids: BTreeSet<&String> = self.records.iter().filter(names).map(|record| &record.id).collect();
        ids.into_iter().cloned().collect()
    }

    pub(super) fn groups_of(&self, user: &str) -> Vec<String> {
        let groups = self.groups.iter().filter(|(_, users)| self.is_named(users, user));
        let ids: BTreeSet<&String> = groups.map(|(id, _)| id).collect();
        ids.into_iter().cloned().collect()
    }
}
