//! The engine: who may do what to which resource, from records, roles and groups.
//!
//! It does no I/O and knows neither HTTP nor time. Access is additive: a user has the union of what all active records give; nothing takes away.

mod action;
mod explain;
mod index;
mod model;
#[cfg(test)]
mod naive;
mod resource;

use std::collections::{BTreeSet, HashMap};

pub use self::explain::Explanation;
use self::index::{Grant, Index, Subject};
pub(crate) use self::model::{AUTHENTICATE_USER, OWNER, Permission, Record, Right, Statement, user};
pub(crate) use self::resource::is_resource;

/// A role with its actions ready to be compared.
type Role = Vec<(action::Held, Permission)>;

/// All that decides.
#[derive(Debug)]
pub(crate) struct Engine {
    records: HashMap<String, Record>,
    index: Index,
    roles: HashMap<String, Role>,
    members: HashMap<String, Vec<String>>,
    groups_of: HashMap<String, BTreeSet<String>>,
}

impl Engine {
    /// An engine that knows the built-in roles and nothing else.
    ///
    /// `Authress:Owner` holds everything; `Authress:AuthenticateUser` is for logging users in and gives nothing that a check asks for.
    pub(crate) fn new() -> Self {
        let mut engine = Self {
            records: HashMap::new(),
            index: Index::default(),
            roles: HashMap::new(),
            members: HashMap::new(),
            groups_of: HashMap::new(),
        };
        let everything = Permission {
            action: "*".into(),
            allow: true,
            grant: true,
            delegate: true,
        };
        engine.put_role(OWNER, vec![everything]);
        engine.put_role(AUTHENTICATE_USER, Vec::new());
        engine
    }

    /// Adds an active record, or replaces the one with its id.
    pub(crate) fn put_record(&mut self, record: Record) {
        self.remove_record(&record.id);
        self.index.add(&record);
        self.records.insert(record.id.clone(), record);
    }

    /// Removes a record and all access that came from it.
    pub(crate) fn remove_record(&mut self, id: &str) {
        if let Some(record) = self.records.remove(id) {
            self.index.remove(&record);
        }
    }

    /// Adds or replaces a role.
    pub(crate) fn put_role(&mut self, id: &str, permissions: Vec<Permission>) {
        let ready = permissions
            .into_iter()
            .map(|permission| (action::Held::new(&permission.action), permission));
        self.roles.insert(id.to_owned(), ready.collect());
    }

    /// Removes a role; records that name it stay, and give nothing by it.
    pub(crate) fn remove_role(&mut self, id: &str) {
        self.roles.remove(id);
    }

    /// The permissions of a role, if there is such a role.
    pub(crate) fn permissions(&self, role_id: &str) -> Option<impl Iterator<Item = &Permission>> {
        let role = self.roles.get(role_id)?;
        Some(role.iter().map(|(_, permission)| permission))
    }

    /// Adds a group, or replaces its members.
    pub(crate) fn put_group(&mut self, id: &str, users: Vec<String>) {
        self.remove_group(id);
        for user in &users {
            self.groups_of
                .entry(model::user(user).to_owned())
                .or_default()
                .insert(id.to_owned());
        }
        self.members.insert(id.to_owned(), users);
    }

    /// Whether a record gives anything to a group, also to one that is not there.
    pub(crate) fn gives_to_group(&self, id: &str) -> bool {
        self.index.knows(&Subject::Group(id.to_owned()))
    }

    /// Removes a group and all access that came through it.
    pub(crate) fn remove_group(&mut self, id: &str) {
        for user in self.members.remove(id).unwrap_or_default() {
            let user = model::user(&user);
            if let Some(groups) = self.groups_of.get_mut(user) {
                groups.remove(id);
                if groups.is_empty() {
                    self.groups_of.remove(user);
                }
            }
        }
    }

    /// Whether `user` has `right` on `action` at `resource`; nobody has any right at what is no resource.
    pub(crate) fn check(&self, user: &str, resource: &str, action: &str, right: Right) -> bool {
        let Some(asked_resource) = resource::Asked::new(resource) else {
            return false;
        };
        let asked_action = action::Asked::new(action);
        self.subjects(user).iter().any(|subject| {
            let reaching = self.index.reaching(subject, &asked_resource);
            reaching
                .into_iter()
                .any(|grant| self.decisive(grant, &asked_action, right).is_some())
        })
    }

    /// The same question as [`check`](Self::check) with [`Right::Allow`], answered with the reason.
    pub(crate) fn explain(&self, user: &str, resource: &str, action: &str) -> Explanation {
        let Some(asked_resource) = resource::Asked::new(resource) else {
            return Explanation::NotAResource;
        };
        let asked_action = action::Asked::new(action);
        let subjects = self.subjects(user);
        let mut role_ids: Vec<String> = Vec::new();
        for subject in &subjects {
            for grant in self.index.reaching(subject, &asked_resource) {
                if let Some((role_id, permission)) = self.decisive(grant, &asked_action, Right::Allow) {
                    return Explanation::Allowed {
                        record_id: grant.record.to_string(),
                        statement: grant.statement,
                        group_id: match subject {
                            Subject::User(_) => None,
                            Subject::Group(id) => Some(id.clone()),
                        },
                        resource: grant.resource.to_string(),
                        role_id: role_id.to_owned(),
                        action: permission.action.clone(),
                    };
                }
                for role_id in grant.roles.iter() {
                    if !role_ids.contains(role_id) {
                        role_ids.push(role_id.clone());
                    }
                }
            }
        }
        if !role_ids.is_empty() {
            let unknown_role_ids = role_ids
                .iter()
                .filter(|id| !self.roles.contains_key(*id))
                .cloned()
                .collect();
            Explanation::NotInRoles {
                role_ids,
                unknown_role_ids,
            }
        } else if subjects.iter().any(|subject| self.index.knows(subject)) {
            let reaching_nothing = subjects.iter().flat_map(|subject| self.index.reaching_nothing(subject));
            Explanation::NothingOnResource {
                not_resources: reaching_nothing.map(|grant| grant.resource.to_string()).collect(),
            }
        } else {
            Explanation::NotNamed
        }
    }

    /// The user, and the groups of the user.
    fn subjects(&self, user: &str) -> Vec<Subject> {
        let user = model::user(user);
        let groups = self
            .groups_of
            .get(user)
            .into_iter()
            .flatten()
            .cloned()
            .map(Subject::Group);
        std::iter::once(Subject::User(user.to_owned())).chain(groups).collect()
    }

    /// The role of the grant, and the permission of the role, that give the right.
    fn decisive<'a>(
        &'a self,
        grant: &'a Grant,
        asked: &action::Asked,
        right: Right,
    ) -> Option<(&'a str, &'a Permission)> {
        grant.roles.iter().find_map(|role_id| {
            let mut permissions = self.roles.get(role_id)?.iter();
            let (_, permission) =
                permissions.find(|(held, permission)| permission.gives(right) && held.covers(asked))?;
            Some((role_id.as_str(), permission))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permission(action: &str) -> Permission {
        Permission {
            action: action.into(),
            allow: true,
            grant: false,
            delegate: false,
        }
    }

    fn statement(users: &[&str], groups: &[&str], roles: &[&str], resources: &[&str]) -> Statement {
        let own = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        Statement {
            users: own(users),
            groups: own(groups),
            roles: own(roles),
            resources: own(resources),
        }
    }

    fn engine() -> Engine {
        let mut engine = Engine::new();
        engine.put_role("reader", vec![permission("documents:read")]);
        engine.put_role("writer", vec![permission("documents:write")]);
        engine.put_group("team", vec!["carol".into()]);
        engine.put_record(Record {
            id: "rec".into(),
            statements: vec![
                statement(&["alice"], &["team"], &["reader"], &["documents/1", "projects/*"]),
                statement(&["bob"], &[], &["writer", "gone"], &["documents/2"]),
            ],
        });
        engine
    }

    fn allowed(engine: &Engine, user: &str, resource: &str, action: &str) -> bool {
        engine.check(user, resource, action, Right::Allow)
    }

    #[test]
    fn a_user_has_what_the_statements_that_name_the_user_give() {
        let engine = engine();
        assert!(allowed(&engine, "alice", "documents/1", "documents:read"));
        assert!(allowed(&engine, "alice", "projects/a/b", "documents:read"));
        assert!(allowed(&engine, "bob", "documents/2", "documents:write"));
        for (user, resource, action) in [
            ("alice", "documents/1", "documents:write"),
            ("alice", "documents/2", "documents:write"),
            ("alice", "documents", "documents:read"),
            ("bob", "documents/1", "documents:read"),
            ("Alice", "documents/1", "documents:read"),
            ("dave", "documents/1", "documents:read"),
        ] {
            assert!(!allowed(&engine, user, resource, action), "{user} {resource} {action}");
        }
    }

    #[test]
    fn access_through_a_group_ends_with_the_membership_and_with_the_group() {
        let mut engine = engine();
        assert!(allowed(&engine, "carol", "documents/1", "documents:read"));
        engine.put_group("team", vec!["dave".into()]);
        assert!(!allowed(&engine, "carol", "documents/1", "documents:read"));
        assert!(allowed(&engine, "dave", "documents/1", "documents:read"));
        engine.remove_group("team");
        assert!(!allowed(&engine, "dave", "documents/1", "documents:read"));
    }

    #[test]
    fn an_unknown_role_grants_nothing_and_a_role_that_comes_back_grants_again() {
        let mut engine = engine();
        assert!(!allowed(&engine, "bob", "documents/2", "anything"));
        engine.put_role("gone", vec![permission("anything")]);
        assert!(allowed(&engine, "bob", "documents/2", "anything"));
        engine.remove_role("gone");
        assert!(!allowed(&engine, "bob", "documents/2", "anything"));
    }

    #[test]
    fn a_removed_record_gives_nothing_and_leaves_the_others() {
        let mut engine = engine();
        let other = statement(&["alice"], &[], &["reader"], &["documents/1"]);
        engine.put_record(Record {
            id: "other".into(),
            statements: vec![other],
        });
        engine.remove_record("rec");
        assert!(allowed(&engine, "alice", "documents/1", "documents:read"));
        assert!(!allowed(&engine, "bob", "documents/2", "documents:write"));
        engine.remove_record("other");
        assert!(!allowed(&engine, "alice", "documents/1", "documents:read"));
    }

    #[test]
    fn a_replaced_record_gives_only_what_it_gives_now() {
        let mut engine = engine();
        engine.put_record(Record {
            id: "rec".into(),
            statements: vec![statement(&["eve"], &[], &["reader"], &["documents/1"])],
        });
        assert!(allowed(&engine, "eve", "documents/1", "documents:read"));
        assert!(!allowed(&engine, "alice", "documents/1", "documents:read"));
    }

    #[test]
    fn to_do_to_give_and_to_pass_on_are_three_rights() {
        let mut engine = Engine::new();
        for (role, allow, grant, delegate) in [
            ("a", true, false, false),
            ("g", false, true, false),
            ("d", false, false, true),
        ] {
            engine.put_role(
                role,
                vec![Permission {
                    action: "read".into(),
                    allow,
                    grant,
                    delegate,
                }],
            );
            let statement = statement(&[role], &[], &[role], &["x"]);
            engine.put_record(Record {
                id: role.into(),
                statements: vec![statement],
            });
        }
        for (user, expected) in [
            ("a", [true, false, false]),
            ("g", [false, true, false]),
            ("d", [false, true, true]),
        ] {
            let has = [Right::Allow, Right::Grant, Right::Delegate].map(|right| engine.check(user, "x", "read", right));
            assert_eq!(has, expected, "{user}");
        }
    }

    #[test]
    fn the_owner_role_is_everything_on_its_resource_only() {
        let mut engine = Engine::new();
        let owner = statement(&["root"], &[], &[OWNER], &["x/*"]);
        engine.put_record(Record {
            id: "r".into(),
            statements: vec![owner],
        });
        for right in [Right::Allow, Right::Grant, Right::Delegate] {
            assert!(engine.check("root", "x/y", "any:thing", right));
            assert!(!engine.check("root", "y", "any:thing", right));
        }
    }

    #[test]
    fn a_service_client_has_two_names() {
        let mut engine = Engine::new();
        let named = statement(&["Authress:ServiceClients/sc_1", "sc_2"], &[], &[OWNER], &["x"]);
        engine.put_record(Record {
            id: "r".into(),
            statements: vec![named],
        });
        for user in [
            "sc_1",
            "Authress:ServiceClients/sc_1",
            "sc_2",
            "Authress:ServiceClients/sc_2",
        ] {
            assert!(allowed(&engine, user, "x", "read"), "{user}");
        }
    }

    #[test]
    fn an_explanation_names_what_decided_or_what_was_missing() {
        let engine = engine();
        let explained = |user, resource, action| engine.explain(user, resource, action).to_string();
        assert_eq!(
            explained("carol", "projects/a", "documents:read"),
            "allowed: record rec, statement 0, gives reader on projects/* to the group team, which allows documents:read"
        );
        assert_eq!(engine.explain("dave", "x", "y"), Explanation::NotNamed);
        assert_eq!(
            engine.explain("alice", "documents/2", "y"),
            Explanation::NothingOnResource { not_resources: vec![] }
        );
        assert_eq!(
            explained("bob", "documents/2", "documents:read"),
            "denied: none of the roles allows it: writer, gone; there is no role gone"
        );
    }

    #[test]
    fn what_is_no_resource_gives_nothing_is_never_allowed_and_is_explained() {
        let mut engine = Engine::new();
        for (number, resource) in ["", "/", "//", "a//b"].into_iter().enumerate() {
            let id = number.to_string();
            let statement = statement(&[&id], &[], &[OWNER], &[resource]);
            engine.put_record(Record {
                id: id.clone(),
                statements: vec![statement],
            });
            for asked in ["*", "a", "a/b", "a/x/b", resource] {
                assert!(!allowed(&engine, &id, asked, "read"), "{resource} for {asked}");
            }
            assert_eq!(engine.explain(&id, resource, "read"), Explanation::NotAResource);
            let explained = engine.explain(&id, "a/b", "read").to_string();
            let expected = format!("above it; a record names {resource:?}, which is no resource");
            assert!(explained.ends_with(&expected), "{explained}");
            engine.remove_record(&id);
            assert_eq!(engine.explain(&id, "a/b", "read"), Explanation::NotNamed);
        }
    }
}
