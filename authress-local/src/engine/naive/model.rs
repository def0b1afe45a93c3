//! The model: look at everything, and put names in the place of every `*` that is asked about.
//!
//! A question with `*` is answered with yes when each of the names is: one that patterns use, and one that none of them uses, which only a `*` can
//! reach. So the model has no reading of its own of what a `*` in a question means.

use super::super::{Permission, Record, Right};

#[derive(Debug, Clone, Default)]
pub(super) struct World {
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

/// Everything that a question stands for. One that ends in `*` is about what stands before it, and about everything below.
fn stands_for(mut parts: Vec<&str>) -> Vec<Vec<String>> {
    let below: &[&[&str]] = match parts.pop_if(|part| *part == "*") {
        Some(_) => &[&[], &["a"], &[UNHEARD_OF], &[UNHEARD_OF, UNHEARD_OF]],
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
fn reaches(held: &[&str], asked: &[String]) -> bool {
    match (held, asked) {
        ([] | ["*"], _) => true,
        ([held, rest @ ..], [asked, below @ ..]) => {
            let (held, asked): (Vec<&str>, Vec<&str>) = (held.split(':').collect(), asked.split(':').collect());
            (held == ["*"] || within(&held, &asked)) && reaches(rest, below)
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

fn same_user(one: &str, other: &str) -> bool {
    one == other
        || format!("Authress:ServiceClients/{one}") == other
        || one == format!("Authress:ServiceClients/{other}")
}

pub(super) fn gives(permission: &Permission, right: Right) -> bool {
    match right {
        Right::Allow => permission.allow,
        Right::Grant => permission.grant || permission.delegate,
        Right::Delegate => permission.delegate,
    }
}

impl World {
    pub(super) fn check(&self, question: &Question) -> bool {
        let Some(resource) = segments(&question.resource) else {
            return false;
        };
        let action = question.action.to_lowercase();
        let actions = stands_for(action.split(':').collect());
        stands_for(resource)
            .iter()
            .all(|resource| actions.iter().all(|action| self.check_one(question, resource, action)))
    }

    /// The question about one resource and one action, without any `*`.
    fn check_one(&self, question: &Question, resource: &[String], action: &[String]) -> bool {
        let named = |users: &[String]| users.iter().any(|user| same_user(user, &question.user));
        let in_group = |id: &String| self.groups.iter().any(|(group, users)| group == id && named(users));
        let on_resource = |held: &String| segments(held).is_some_and(|held| reaches(&held, resource));
        let permits = |permission: &Permission| {
            let held = permission.action.to_lowercase();
            gives(permission, question.right) && reaches(&held.split(':').collect::<Vec<_>>(), action)
        };
        let in_role = |id: &String| {
            self.roles
                .iter()
                .any(|(role, permissions)| role == id && permissions.iter().any(permits))
        };
        self.records
            .iter()
            .flat_map(|record| &record.statements)
            .any(|statement| {
                (named(&statement.users) || statement.groups.iter().any(in_group))
                    && statement.resources.iter().any(on_resource)
                    && statement.roles.iter().any(in_role)
            })
    }
}
