//! The engine: who may do what to which resource, from records, roles and groups.
//!
//! It does no I/O and knows neither HTTP nor time. Access is additive: a user has the union of what all active records give; nothing takes away.
//!
//! A check looks up the user with its groups and, at the same time, the few beginnings of the resource at which anybody is given something, with
//! wildcards or without; then what each of both is given. So it reads memory that is far away twice in a row, however many records there are. A
//! change costs what the changed thing holds, however much there is besides.

mod action;
mod explain;
mod grants;
mod hash;
mod ids;
mod index;
mod lists;
mod model;
#[cfg(test)]
mod naive;
mod parts;
mod pattern_index;
mod resource;
mod roles;
mod set;
mod shape;
mod shapes;
mod slab;
mod table;
mod text;
mod users;

pub use self::explain::{Because, Explanation, NearMiss, Source};
use self::hash::Hasher;
use self::index::{Index, Kind};
pub(crate) use self::lists::ResourceQuery;
pub(crate) use self::model::{AUTHENTICATE_USER, OWNER, Permission, Record, Right, Settings, Statement};
pub(crate) use self::resource::is_resource;
use self::roles::Roles;
use self::shape::{Asked, Segments};

/// All that decides.
#[derive(Debug)]
pub(crate) struct Engine {
    settings: Settings,
    roles: Roles,
    active: Index,
    /// Deleted records. They give nothing; they explain what is missing.
    retired: Index,
}

impl Engine {
    /// An engine that knows the built-in roles and nothing else.
    ///
    /// `Authress:Owner` holds everything; `Authress:AuthenticateUser` is for logging users in and gives nothing that a check asks for.
    pub(crate) fn new(settings: Settings) -> Self {
        let hasher = Hasher::default();
        let mut engine = Self {
            settings,
            roles: Roles::new(hasher.clone()),
            active: Index::new(settings, hasher.clone()),
            // A question is hashed once, and asked of both.
            retired: Index::new(settings, hasher),
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

    /// The one id of a user: a service client may be named by its id or as `Authress:ServiceClients/{id}`.
    ///
    /// Ids of users are compared by this alone.
    pub(crate) fn user<'a>(&self, id: &'a str) -> &'a str {
        self.settings.user(id)
    }

    /// Adds an active record, or replaces the one with its id.
    pub(crate) fn put_record(&mut self, record: Record) {
        self.retired.remove(&record.id, &mut self.roles);
        self.active.put(&record, &mut self.roles);
    }

    /// Removes a record and all access that came from it, as if it had never been: the store retires records, which explanations still know.
    #[cfg(any(test, feature = "bench"))]
    pub(crate) fn remove_record(&mut self, id: &str) {
        self.active.remove(id, &mut self.roles);
        self.retired.remove(id, &mut self.roles);
    }

    /// Removes all access that came from a record; only explanations still know it.
    pub(crate) fn retire_record(&mut self, record: Record) {
        self.active.remove(&record.id, &mut self.roles);
        self.retired.put(&record, &mut self.roles);
    }

    /// Adds or replaces a role.
    pub(crate) fn put_role(&mut self, id: &str, permissions: Vec<Permission>) {
        self.roles.put(id, permissions);
    }

    /// Removes a role; records that name it stay, and give nothing by it.
    pub(crate) fn remove_role(&mut self, id: &str) {
        self.roles.remove(id);
    }

    /// The permissions of a role, if there is such a role.
    pub(crate) fn permissions(&self, role_id: &str) -> Option<impl Iterator<Item = &Permission>> {
        Some(self.roles.permissions(role_id)?.iter())
    }

    /// Adds a group, or replaces its members.
    pub(crate) fn put_group(&mut self, id: &str, users: Vec<String>) {
        self.active.put_group(id, &users);
    }

    /// Removes a group and all access that came through it.
    pub(crate) fn remove_group(&mut self, id: &str) {
        self.active.remove_group(id);
    }

    /// Whether a record gives anything to a group, also to one that is not there.
    pub(crate) fn gives_to_group(&self, id: &str) -> bool {
        let group = self
            .active
            .find(Kind::Group, id)
            .and_then(|group| self.active.get(group));
        group.is_some_and(|group| !group.records.is_empty())
    }

    /// Makes a resource public, or ends that: every user, also one that no record knows, passes every check at the resource and below it.
    ///
    /// That is an answer to checks, and so to [`explain`](Self::explain). It is no assignment: nobody may grant anything by it, and the lists of
    /// permissions, roles, resources and users do not show it.
    pub(crate) fn set_public(&mut self, resource: &str, public: bool) {
        self.active.patterns.set_public(resource, public);
    }

    /// Whether `user` has `right` on `action` at `resource`; nobody has any right at what is no resource.
    pub(crate) fn check(&self, user: &str, resource: &str, action: &str, right: Right) -> bool {
        let mut room = Segments::new();
        let Some(asked) = self.asked(resource, &mut room) else {
            return false;
        };
        let (active, patterns) = (&self.active, &self.active.patterns);
        let name = active.user_name(user);
        let round = patterns.first_round(&asked);
        active.read_ahead(name, &round);
        let user = active.user(name);
        let action = action::Asked::new(action);
        let found = patterns.reaching_from(round, &asked, |id, pattern| {
            if right == Right::Allow && pattern.public {
                return Some(());
            }
            let gives = |holder| {
                let by = |roles| self.roles.gives(roles, &action, right);
                active.given(holder, id, |grant| grant.has_roles(by).then_some(()))
            };
            let user = user?;
            let mut groups = active.groups_of(user).iter();
            gives(user.id).or_else(|| groups.find_map(|group| gives(*group)))
        });
        found.is_some()
    }

    /// The groups of a user.
    fn groups(&self, user: u32) -> impl Iterator<Item = u32> {
        let user = self.active.get(user);
        user.into_iter().flat_map(|user| user.groups.iter())
    }

    /// The question about a resource, unless it is none.
    fn asked<'a>(&self, resource: &'a str, room: &'a mut Segments) -> Option<Asked<'a>> {
        let star_is_all = self.settings.collection_wildcard_covers_collection;
        Asked::new(resource, star_is_all, room, &self.active.patterns.hasher)
    }

    /// How many things of each kind there are: equal for equal states, whatever happened before.
    #[cfg(test)]
    fn sizes(&self) -> Vec<usize> {
        [&self.roles.sizes()[..], &self.active.sizes(), &self.retired.sizes()].concat()
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
        let mut engine = Engine::new(Settings::default());
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
    fn a_group_is_given_something_as_long_as_an_active_record_names_it_also_one_that_is_not_there() {
        let mut engine = engine();
        let other = Record {
            id: "other".into(),
            statements: vec![statement(&[], &["team", "gone"], &["reader"], &["documents/1"])],
        };
        engine.put_record(other.clone());
        let given = |engine: &Engine| ["team", "gone", "never"].map(|group| engine.gives_to_group(group));
        assert_eq!(given(&engine), [true, true, false]);
        engine.retire_record(other);
        assert_eq!(given(&engine), [true, false, false]);
        // The group stays there, with its member.
        engine.remove_record("rec");
        assert_eq!(given(&engine), [false, false, false]);
        assert_eq!(engine.groups_of("carol"), ["team"]);
    }

    #[test]
    fn the_permissions_of_a_role_are_those_that_it_was_made_with_last() {
        let mut engine = engine();
        let of = |engine: &Engine, role: &str| Some(engine.permissions(role)?.cloned().collect::<Vec<_>>());
        assert_eq!(of(&engine, "reader"), Some(vec![permission("documents:read")]));
        engine.put_role("reader", vec![permission("a"), permission("b")]);
        assert_eq!(of(&engine, "reader"), Some(vec![permission("a"), permission("b")]));
        // A record still names it.
        engine.remove_role("reader");
        assert_eq!((of(&engine, "reader"), of(&engine, "gone")), (None, None));
    }

    #[test]
    fn to_do_to_give_and_to_pass_on_are_three_rights() {
        let mut engine = Engine::new(Settings::default());
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
        let mut engine = Engine::new(Settings::default());
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
        let mut engine = Engine::new(Settings::default());
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
    fn the_one_id_of_a_user_is_its_own_one_id() {
        let mut engine = Engine::new(Settings::default());
        let twice = "Authress:ServiceClients/Authress:ServiceClients/sc";
        engine.put_record(Record {
            id: "r".into(),
            statements: vec![statement(&["sc"], &[], &[OWNER], &["x"])],
        });
        assert_eq!((engine.user(twice), engine.user(engine.user(twice))), ("sc", "sc"));
        for user in [twice, engine.user(twice)] {
            assert!(allowed(&engine, user, "x", "read") && engine.explain(user, "x", "read").is_allowed());
        }
    }

    #[test]
    fn what_is_no_resource_gives_nothing_is_never_allowed_and_is_explained() {
        let mut engine = Engine::new(Settings::default());
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
            engine.remove_record(&id);
        }
    }

    #[test]
    fn everybody_passes_checks_at_and_below_what_is_public_and_may_give_nothing_there() {
        let mut engine = engine();
        engine.set_public("news", true);
        engine.set_public("orgs/*/news/", true);
        for (resource, public) in [
            ("news", true),
            ("news/1/2", true),
            ("/news/*", true),
            ("orgs/a/news/1", true),
            ("newsx", false),
            ("orgs/a", false),
            ("*", false),
        ] {
            assert_eq!(allowed(&engine, "nobody", resource, "any:thing"), public, "{resource}");
            assert!(
                !engine.check("nobody", resource, "any:thing", Right::Grant),
                "{resource}"
            );
        }
        assert!(engine.permissions_on("alice", "news").is_empty() && !engine.has_explicit_access("news"));
        engine.set_public("/news/*", false);
        engine.set_public("orgs/*/news", false);
        engine.set_public("never", false);
        engine.set_public("a//b", true);
        assert!(!allowed(&engine, "nobody", "news/1", "x") && !allowed(&engine, "nobody", "orgs/a/news", "x"));
    }

    #[test]
    fn a_service_client_has_one_name_without_the_alias() {
        let mut engine = Engine::new(Settings {
            service_client_alias: false,
            ..Settings::default()
        });
        engine.put_record(Record {
            id: "r".into(),
            statements: vec![statement(&["Authress:ServiceClients/sc"], &[], &[OWNER], &["x"])],
        });
        assert!(allowed(&engine, "Authress:ServiceClients/sc", "x", "read"));
        assert!(!allowed(&engine, "sc", "x", "read"));
        assert_eq!(engine.user("Authress:ServiceClients/sc"), "Authress:ServiceClients/sc");
    }

    #[test]
    fn a_record_at_the_limits_costs_what_it_holds_and_not_its_users_times_its_resources() {
        let mut engine = engine();
        let empty = engine.sizes();
        let users: Vec<String> = (0..1000).map(|user| format!("user_{user}")).collect();
        let statements = (0..100).map(|number| Statement {
            users: users.clone(),
            groups: vec![],
            roles: vec!["reader".into()],
            resources: (0..100)
                .map(|resource| format!("documents/{number}/{resource}"))
                .collect(),
        });
        engine.put_record(Record {
            id: "large".into(),
            statements: statements.collect(),
        });
        let size: usize = engine.sizes().iter().sum();
        assert!(size < 60_000, "{size}");
        assert!(allowed(&engine, "user_999", "documents/99/99/x", "documents:read"));
        assert!(!allowed(&engine, "user_999", "documents/99", "documents:read"));
        engine.remove_record("large");
        assert_eq!(engine.sizes(), empty);
    }

    #[test]
    fn a_user_whom_very_many_records_name_is_removed_from_each_at_once() {
        let mut engine = engine();
        let empty = engine.sizes();
        // Half of them on one resource: neither may cost a search through all others.
        for number in 0..20_000 {
            let resource = if number % 2 == 0 {
                "x".to_owned()
            } else {
                format!("x/{number}")
            };
            engine.put_record(Record {
                id: number.to_string(),
                statements: vec![statement(&["admin"], &["team"], &["reader"], &[&resource])],
            });
        }
        assert_eq!(engine.records_naming("admin").len(), 20_000);
        for number in 0..20_000 {
            engine.remove_record(&number.to_string());
        }
        assert_eq!(engine.sizes(), empty);
    }
}
