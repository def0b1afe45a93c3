//! What one holder is given: by whom, a user, a group, or everybody, is known to the index.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::ids::Ids;
use super::keys::Keys;
use super::patterns::Held;
use super::set::Set;
use super::shape::Asked;

/// With more than this there is a table; up to it, a search is as fast.
const SEARCHED: usize = if cfg!(test) { 2 } else { 32 };

/// What a holder is given on one path.
#[derive(Debug)]
pub(super) struct Grant {
    held: Held,
    pub(super) pattern: u32,
    given: Given,
}

/// By which sets of roles, and in which statements. Nearly always it is one.
#[derive(Debug)]
enum Given {
    Once { roles: u32, statement: u32 },
    Often(Box<BySet>),
}

/// The statements by the number of their set of roles.
#[derive(Debug)]
struct BySet(HashMap<u32, Set, RandomState>);

/// All that a holder is given. What a check reads comes first.
#[derive(Debug, Default)]
#[repr(C)]
pub(super) struct Grants {
    /// A bit for each shape among them; see [`Shapes`](super::shapes::Shapes). Now and then one that is there no more.
    pub(super) shapes: u64,
    /// The key of each in the list: most questions are answered by these alone.
    keys: Keys,
    list: Vec<Grant>,
    /// Where each stands in the list, when there are many.
    table: Option<Box<Ids>>,
    /// How many there were when the shapes were last counted.
    counted: u32,
}

impl Grant {
    #[inline]
    pub(super) fn covers(&self, asked: &Asked<'_>) -> bool {
        self.held.covers(asked)
    }

    /// The sets of roles, once each.
    #[inline]
    pub(super) fn roles(&self) -> impl Iterator<Item = u32> {
        let (once, often) = match &self.given {
            Given::Once { roles, .. } => (Some(*roles), None),
            Given::Often(by_set) => (None, Some(by_set.0.keys().copied())),
        };
        once.into_iter().chain(often.into_iter().flatten())
    }

    /// The statements that give a set of roles.
    pub(super) fn statements(&self, roles: u32) -> &[u32] {
        match &self.given {
            Given::Once {
                roles: given,
                statement,
            } if *given == roles => std::slice::from_ref(statement),
            Given::Once { .. } => &[],
            Given::Often(by_set) => by_set.0.get(&roles).map_or(&[], Set::as_slice),
        }
    }

    fn add(&mut self, roles: u32, statement: u32) {
        if let Given::Once { roles, statement } = self.given {
            let mut set = Set::default();
            set.insert(statement);
            self.given = Given::Often(Box::new(BySet(std::iter::once((roles, set)).collect())));
        }
        if let Given::Often(by_set) = &mut self.given {
            by_set.0.entry(roles).or_default().insert(statement);
        }
    }

    /// Whether anything is left.
    fn remove(&mut self, roles: u32, statement: u32) -> bool {
        let Given::Often(by_set) = &mut self.given else {
            return false;
        };
        let by_roles = &mut by_set.0;
        if let Some(set) = by_roles.get_mut(&roles) {
            set.remove(statement);
            if set.is_empty() {
                by_roles.remove(&roles);
            }
        }
        let mut left = by_roles.iter();
        if let (Some((roles, set)), None) = (left.next(), left.next())
            && let [statement] = *set.as_slice()
        {
            self.given = Given::Once {
                roles: *roles,
                statement,
            };
        }
        true
    }
}

impl Grants {
    pub(super) fn as_slice(&self) -> &[Grant] {
        &self.list
    }

    /// The first grant under `key` that `is` the one.
    #[inline]
    pub(super) fn find<'a>(&'a self, key: u32, mut is: impl FnMut(&'a Grant) -> bool) -> Option<&'a Grant> {
        if let Some(table) = &self.table {
            let found = table.find(key, |at| self.list.get(at as usize).is_some_and(&mut is));
            return self.list.get(found? as usize);
        }
        if !self.keys.contains(key) {
            return None;
        }
        let under = self.keys.as_slice().iter().zip(&self.list);
        let mut under = under.filter(|(other, _)| **other == key).map(|(_, grant)| grant);
        under.find(|grant| is(grant))
    }

    /// Adds what is given on a pattern that has this key and reaches what `held` says.
    pub(super) fn add(&mut self, key: u32, pattern: u32, held: impl FnOnce() -> Held, roles: u32, statement: u32) {
        if let Some(at) = self.place(key, pattern) {
            if let Some(grant) = self.list.get_mut(at) {
                grant.add(roles, statement);
            }
            return;
        }
        self.keys.push(key);
        self.list.push(Grant {
            held: held(),
            pattern,
            given: Given::Once { roles, statement },
        });
        let len = self.list.len();
        if let Some(table) = &mut self.table {
            table.insert(key, number(len - 1));
        } else if len > SEARCHED {
            let mut table = Box::<Ids>::default();
            for (at, key) in self.keys.as_slice().iter().enumerate() {
                table.insert(*key, number(at));
            }
            self.table = Some(table);
        }
        self.counted = self.counted.max(number(len));
    }

    /// Takes back what [`add`](Self::add) gave. `shape` tells the bit of a pattern's shape.
    pub(super) fn remove(&mut self, key: u32, pattern: u32, roles: u32, statement: u32, shape: impl Fn(u32) -> u64) {
        let Some(at) = self.place(key, pattern) else { return };
        if self
            .list
            .get_mut(at)
            .is_some_and(|grant| grant.remove(roles, statement))
        {
            return;
        }
        self.list.swap_remove(at);
        self.keys.swap_remove(at);
        let len = self.list.len();
        if let Some(table) = &mut self.table {
            table.remove(key, number(at));
            if let Some(moved) = self.keys.as_slice().get(at) {
                table.rename(*moved, number(len), number(at));
            }
            if len <= SEARCHED / 2 {
                self.table = None;
            }
        }
        if len * 4 < self.list.capacity() {
            self.list.shrink_to(len * 2);
        }
        // Counting all of many each time would make it slow to take back all of them.
        if len <= SEARCHED || len * 2 < self.counted as usize {
            self.counted = number(len);
            self.shapes = self.list.iter().fold(0, |bits, grant| bits | shape(grant.pattern));
        }
    }

    fn place(&self, key: u32, pattern: u32) -> Option<usize> {
        if let Some(table) = &self.table {
            let is = |at: u32| self.list.get(at as usize).is_some_and(|grant| grant.pattern == pattern);
            return table.find(key, is).map(|at| at as usize);
        }
        self.list.iter().position(|grant| grant.pattern == pattern)
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
