//! Records, by who has them and by what they are about.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::grants::{Grant, Grants};
use super::hash::{Hasher, half};
use super::ids::Ids;
use super::model::{Record, Settings, Statement};
use super::pattern_index::{Patterns, Round};
use super::resource::{Spelling, written};
use super::roles::Roles;
use super::set::Set;
use super::slab::Slab;
use super::text::Text;
use super::users::{User, Users};

/// With at most this many holders, each gets every grant of a statement.
const FEW_HOLDERS: usize = if cfg!(test) { 1 } else { 8 };
/// Beyond that, so many pairs of holders and resources of one record are given one by one. The rest is given to something that all of them share,
/// so that a record costs what it holds, and not its holders times its resources.
///
/// This and the limits of the tables are small in tests, so that small worlds go beyond them.
const PAIRS: usize = if cfg!(test) { 4 } else { 1024 };

/// Who has something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nobody: a place in the list that is free.
    #[default]
    Nobody,
    User,
    Group,
    /// What the holders of a large record share.
    Shared,
}

/// A user, a group, or what the holders of a large record share.
#[derive(Debug, Default)]
pub(super) struct Holder {
    name: Text<22>,
    /// The groups of a user.
    pub(super) groups: Set,
    pub(super) kind: Kind,
    /// Whether it is a group that is there, and not only named.
    pub(super) exists: bool,
    /// The members of a group.
    pub(super) members: Set,
    /// The records that name it.
    pub(super) records: Set,
}

impl Holder {
    pub(super) fn name(&self) -> &str {
        self.name.as_str()
    }
}

/// One statement of a record.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub(super) record: u32,
    pub(super) number: usize,
    pub(super) roles: u32,
    pub(super) holders: Arc<[u32]>,
    named: Box<[(u32, Spelling)]>,
    shared: Option<u32>,
}

/// The statement before, and what was found for it.
struct Before<'a> {
    statement: &'a Statement,
    holders: Arc<[u32]>,
    shared: Option<u32>,
}

#[derive(Debug, Default)]
struct Recorded {
    id: Box<str>,
    statements: Vec<u32>,
    shared: Vec<u32>,
}

/// The one name of a user, with its hash.
#[derive(Debug, Clone, Copy)]
pub(super) struct UserName<'a> {
    name: &'a str,
    hash: u32,
}

#[derive(Debug)]
pub(super) struct Index {
    settings: Settings,
    users: Users,
    groups: Ids,
    holders: Slab<Holder>,
    /// What holders share with others.
    shared: HashMap<u32, Set, RandomState>,
    grants: Grants,
    pub(super) patterns: Patterns,
    statements: Slab<Stated>,
    by_record: Ids,
    records: Slab<Recorded>,
}

impl Index {
    /// An index without records. Questions must be hashed with the same hasher.
    pub(super) fn new(settings: Settings, hasher: Hasher) -> Self {
        Self {
            settings,
            users: Users::default(),
            groups: Ids::default(),
            holders: Slab::default(),
            shared: HashMap::default(),
            grants: Grants::new(&hasher),
            patterns: Patterns::new(settings.collection_wildcard_covers_collection, hasher),
            statements: Slab::default(),
            by_record: Ids::default(),
            records: Slab::default(),
        }
    }

    /// How many things of each kind there are, and how many each has of others.
    #[cfg(test)]
    pub(super) fn sizes(&self) -> Vec<usize> {
        let ids = [self.users.len(), self.groups.len(), self.by_record.len()];
        let slabs = [self.holders.len(), self.statements.len(), self.records.len()];
        let of_holders = |size: fn(&Holder) -> usize| self.holders.all().map(size).sum();
        let inner = [
            of_holders(|holder| holder.groups.len()),
            self.shared.values().map(Set::len).sum(),
            of_holders(|holder| holder.members.len()),
            of_holders(|holder| holder.records.len()),
        ];
        [&ids[..], &slabs, &inner, &self.grants.sizes(), &self.patterns.sizes()].concat()
    }

    /// Adds a record, or replaces the one with its id.
    pub(super) fn put(&mut self, record: &Record, roles: &mut Roles) {
        self.remove(&record.id, roles);
        let id = self.records.insert(Recorded {
            id: record.id.as_str().into(),
            ..Recorded::default()
        });
        self.by_record.insert(self.hash(&record.id), id);
        let mut pairs = 0;
        let mut before: Option<Before<'_>> = None;
        for (number, statement) in record.statements.iter().enumerate() {
            // Users and groups of the whole record stand in each statement: they are looked up once.
            let same = before.take().filter(|before| {
                before.statement.users == statement.users && before.statement.groups == statement.groups
            });
            let (holders, mut shared) = match same {
                Some(before) => (before.holders, before.shared),
                None => (self.holders_of(statement, id), None),
            };
            let own = self.statements.insert(Stated::default());
            let named = self.name(statement, own);
            let roles = roles.set(&statement.roles);
            if shared.is_none() && holders.len() > FEW_HOLDERS {
                pairs += holders.len() * named.len();
                if pairs > PAIRS {
                    shared = Some(self.share(&holders, id));
                }
            }
            for holder in shared
                .as_slice()
                .iter()
                .chain(holders.iter().filter(|_| shared.is_none()))
            {
                self.give(*holder, &named, roles, own);
            }
            if let Some(place) = self.statements.get_mut(own) {
                *place = Stated {
                    record: id,
                    number,
                    roles,
                    holders: Arc::clone(&holders),
                    named,
                    shared,
                };
            }
            if let Some(recorded) = self.records.get_mut(id) {
                recorded.statements.push(own);
            }
            before = Some(Before {
                statement,
                holders,
                shared,
            });
        }
    }

    /// The holders that a statement names, who now have one record more.
    fn holders_of(&mut self, statement: &Statement, record: u32) -> Arc<[u32]> {
        let users = statement.users.iter().map(|name| (Kind::User, name));
        let groups = statement.groups.iter().map(|name| (Kind::Group, name));
        let mut holders: Vec<u32> = users
            .chain(groups)
            .map(|(kind, name)| self.holder(kind, name))
            .collect();
        holders.sort_unstable();
        holders.dedup();
        for holder in &holders {
            if let Some(holder) = self.holders.get_mut(*holder) {
                holder.records.insert(record);
            }
        }
        holders.into()
    }

    /// The patterns that a statement names, once each.
    fn name(&mut self, statement: &Statement, own: u32) -> Box<[(u32, Spelling)]> {
        let resources = statement.resources.iter();
        let mut named: Vec<(u32, Spelling)> = resources.map(|resource| self.patterns.add(resource, own)).collect();
        // The sort is stable: the first spelling of each stays.
        named.sort_by_key(|(pattern, _)| *pattern);
        named.dedup_by_key(|(pattern, _)| *pattern);
        named.into()
    }

    fn share(&mut self, holders: &[u32], record: u32) -> u32 {
        let shared = self.holders.insert(Holder {
            kind: Kind::Shared,
            ..Holder::default()
        });
        for holder in holders {
            self.shared.entry(*holder).or_default().insert(shared);
        }
        if let Some(recorded) = self.records.get_mut(record) {
            recorded.shared.push(shared);
        }
        shared
    }

    fn give(&mut self, holder: u32, named: &[(u32, Spelling)], roles: u32, statement: u32) {
        for (pattern, _) in named {
            self.grants.add(holder, *pattern, roles, statement);
        }
    }

    pub(super) fn remove(&mut self, id: &str, roles: &mut Roles) {
        let Some(record) = self.record(id) else { return };
        let gone = self.records.remove(record);
        self.by_record.remove(self.hash(id), record);
        let mut before: Option<Arc<[u32]>> = None;
        for statement in gone.statements {
            let stated = self.statements.remove(statement);
            match stated.shared {
                Some(shared) => self.take(shared, &stated, statement),
                None => stated
                    .holders
                    .iter()
                    .for_each(|holder| self.take(*holder, &stated, statement)),
            }
            for (pattern, _) in &stated.named {
                self.patterns.remove(*pattern, statement);
            }
            roles.release(stated.roles);
            // The holders of all statements in a row that have the same.
            if let Some(before) = before.take_if(|before| !Arc::ptr_eq(before, &stated.holders)) {
                self.leave(&before, record, &gone.shared);
            }
            before = Some(stated.holders);
        }
        if let Some(before) = before {
            self.leave(&before, record, &gone.shared);
        }
        for shared in gone.shared {
            self.holders.remove(shared);
        }
    }

    fn take(&mut self, holder: u32, stated: &Stated, statement: u32) {
        for (pattern, _) in &stated.named {
            self.grants.remove(holder, *pattern, stated.roles, statement);
        }
    }

    /// The holders have no part in a record any more.
    fn leave(&mut self, holders: &[u32], record: u32, shared: &[u32]) {
        for id in holders {
            if let Some(holder) = self.holders.get_mut(*id) {
                holder.records.remove(record);
            }
            if let Some(own) = self.shared.get_mut(id).filter(|_| !shared.is_empty()) {
                for shared in shared {
                    own.remove(*shared);
                }
                if own.is_empty() {
                    self.shared.remove(id);
                }
            }
            self.forget(*id);
        }
    }

    /// Adds a group, or replaces its members.
    pub(super) fn put_group(&mut self, name: &str, users: &[String]) {
        self.remove_group(name);
        let group = self.holder(Kind::Group, name);
        for user in users {
            let user = self.holder(Kind::User, user);
            self.change_groups(user, |groups| groups.insert(group));
            if let Some(group) = self.holders.get_mut(group) {
                group.members.insert(user);
            }
        }
        if let Some(group) = self.holders.get_mut(group) {
            group.exists = true;
        }
    }

    pub(super) fn remove_group(&mut self, name: &str) {
        let Some(id) = self.find(Kind::Group, name) else { return };
        let Some(group) = self.holders.get_mut(id) else { return };
        group.exists = false;
        let members = std::mem::take(&mut group.members);
        for user in members.iter() {
            self.change_groups(user, |groups| groups.remove(id));
            self.forget(user);
        }
        self.forget(id);
    }

    fn change_groups(&mut self, user: u32, change: impl FnOnce(&mut Set)) {
        if let Some(holder) = self.holders.get_mut(user) {
            change(&mut holder.groups);
            let hash = half(self.patterns.hasher.text(holder.name()));
            self.users.set_groups(hash, user, &holder.groups);
        }
    }

    /// The holder with this name, if anything is known about it.
    #[inline]
    pub(super) fn find(&self, kind: Kind, name: &str) -> Option<u32> {
        if kind == Kind::User {
            let name = self.user_name(name);
            return Some(self.user(name)?.id);
        }
        self.groups.find(self.hash(name), |id| self.is_named(id, name))
    }

    #[inline]
    pub(super) fn user_name<'a>(&self, name: &'a str) -> UserName<'a> {
        let name = self.settings.user(name);
        let hash = self.hash(name);
        UserName { name, hash }
    }

    /// The user with this name, if anything is known about it.
    #[inline]
    pub(super) fn user(&self, name: UserName<'_>) -> Option<&User> {
        self.users.find(name.hash, name.name, |id| self.is_named(id, name.name))
    }

    /// Reads what a check will most likely read, in two steps: the user and the patterns, then what both are given. With much given, memory is far
    /// away, and in the order in which a check needs it, one read would wait for the other. The check itself need not know.
    #[inline]
    pub(super) fn read_ahead(&self, name: UserName<'_>, round: &Round<'_>) {
        let Some(user) = self.users.likely(name.hash) else {
            return;
        };
        let (patterns, len) = self.patterns.likely(round);
        let mut read = 0;
        for pattern in patterns.into_iter().take(len) {
            read ^= self.patterns.read_ahead(pattern) ^ self.grants.read_ahead(user.id, pattern);
            for group in user.groups().unwrap_or_default() {
                read ^= self.grants.read_ahead(*group, pattern);
            }
        }
        // Nothing is left out, although nobody needs the result.
        black_box(read);
    }

    #[inline]
    fn is_named(&self, holder: u32, name: &str) -> bool {
        self.holders
            .get(holder)
            .is_some_and(|holder| holder.name.as_bytes() == name.as_bytes())
    }

    /// The groups of a user.
    #[inline]
    pub(super) fn groups_of<'a>(&'a self, user: &'a User) -> &'a [u32] {
        let of_holder = || {
            self.holders
                .get(user.id)
                .map_or(&[][..], |holder| holder.groups.as_slice())
        };
        user.groups().unwrap_or_else(of_holder)
    }

    fn holder(&mut self, kind: Kind, name: &str) -> u32 {
        if let Some(known) = self.find(kind, name) {
            return known;
        }
        let name = if kind == Kind::User {
            self.settings.user(name)
        } else {
            name
        };
        let hash = self.hash(name);
        let id = self.holders.insert(Holder {
            name: Text::new(name),
            kind,
            ..Holder::default()
        });
        if kind == Kind::User {
            self.users.insert(hash, name, id);
        } else {
            self.groups.insert(hash, id);
        }
        id
    }

    /// Forgets a holder of whom nothing is known any more.
    fn forget(&mut self, id: u32) {
        let unknown = |holder: &Holder| holder.records.is_empty() && holder.groups.is_empty() && !holder.exists;
        if self
            .holders
            .get(id)
            .is_some_and(|holder| holder.kind != Kind::Nobody && unknown(holder))
        {
            let gone = self.holders.remove(id);
            let hash = self.hash(gone.name());
            if gone.kind == Kind::User {
                self.users.remove(hash, id);
            } else {
                self.groups.remove(hash, id);
            }
        }
    }

    #[inline]
    pub(super) fn get(&self, holder: u32) -> Option<&Holder> {
        self.holders.get(holder)
    }

    /// The first answer about what a holder is given on a pattern, alone or with others.
    #[inline]
    pub(super) fn given<'a, T>(
        &'a self,
        holder: u32,
        pattern: u32,
        mut with: impl FnMut(Grant<'a>) -> Option<T>,
    ) -> Option<T> {
        let own = self.grants.find(holder, pattern);
        own.and_then(&mut with).or_else(|| {
            let shared = self.shared.get(&holder)?;
            let mut with = |shared| self.grants.find(shared, pattern).and_then(&mut with);
            // Whatever is less: what the holder has a part in, or what gives something on the pattern.
            if shared.as_slice().len() <= self.patterns.statements(pattern).len() {
                shared.iter().find_map(&mut with)
            } else {
                self.shared_on(pattern, shared).into_iter().find_map(&mut with)
            }
        })
    }

    /// Of what is shared, all that is given something on a pattern, once each.
    fn shared_on(&self, pattern: u32, shared: &Set) -> Vec<u32> {
        let statements = self.patterns.statements(pattern).iter();
        let stated = statements.filter_map(|statement| self.statements.get(*statement)?.shared);
        let mut all: Vec<u32> = stated.filter(|it| shared.contains(*it)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What a holder is given on a pattern, alone or with others.
    pub(super) fn grants(&self, holder: u32, pattern: u32) -> Vec<Grant<'_>> {
        let mut all = Vec::new();
        self.given(holder, pattern, |grant| {
            all.push(grant);
            None::<()>
        });
        all
    }

    /// The patterns that a holder is given something on; the same may come again.
    pub(super) fn patterns_of(&self, holder: u32) -> impl Iterator<Item = u32> {
        let records = self
            .holders
            .get(holder)
            .into_iter()
            .flat_map(|holder| holder.records.iter());
        let statements = records
            .filter_map(|record| self.records.get(record))
            .flat_map(|record| &record.statements);
        let statements = statements.filter_map(|statement| self.statements.get(*statement));
        // The holders of a statement are sorted.
        let own = statements.filter(move |statement| statement.holders.binary_search(&holder).is_ok());
        own.flat_map(|statement| statement.named.iter().map(|(pattern, _)| *pattern))
    }

    pub(super) fn statement(&self, id: u32) -> Option<&Stated> {
        self.statements.get(id)
    }

    /// The id of a record.
    pub(super) fn record_id(&self, record: u32) -> &str {
        self.records.get(record).map_or("", |record| &record.id)
    }

    /// A pattern as a statement names it.
    pub(super) fn written(&self, statement: &Stated, pattern: u32) -> String {
        let named = statement.named.iter().find(|(named, _)| *named == pattern);
        written(
            self.patterns.path(pattern),
            named.map_or_else(Spelling::default, |(_, spelling)| *spelling),
        )
    }

    fn record(&self, id: &str) -> Option<u32> {
        self.by_record
            .find(self.hash(id), |record| self.record_id(record) == id)
    }

    fn hash(&self, text: &str) -> u32 {
        half(self.patterns.hasher.text(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_so_many_pairs_of_holders_and_resources_a_record_gives_to_something_that_its_holders_share() {
        let texts = |number: usize| (0..number).map(|it| it.to_string()).collect::<Vec<_>>();
        let (few, many) = (FEW_HOLDERS, FEW_HOLDERS + 1);
        let up_to_the_limit = PAIRS / many;
        for (holders, resources, is_shared) in [
            (few, &[PAIRS + 1][..], false),
            (many, &[up_to_the_limit], false),
            (many, &[up_to_the_limit + 1], true),
            // All statements of a record count.
            (many, &[up_to_the_limit - 1, 1], false),
            (many, &[up_to_the_limit, 1], true),
            (PAIRS + 1, &[0], false),
        ] {
            let hasher = Hasher::default();
            let mut roles = Roles::new(hasher.clone());
            let mut index = Index::new(Settings::default(), hasher);
            let statements = resources.iter().map(|resources| Statement {
                users: texts(holders),
                resources: texts(*resources),
                ..Statement::default()
            });
            let record = Record {
                id: "rec".into(),
                statements: statements.collect(),
            };
            index.put(&record, &mut roles);
            assert_eq!(
                !index.shared.is_empty(),
                is_shared,
                "{holders} holders, {resources:?} resources"
            );
        }
    }
}
