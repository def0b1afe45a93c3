//! What one holder is given: by whom, a user, a group, or everybody, is known to the index.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::ids::Ids;
use super::set::Set;

/// With more than this there is a table; up to it, a search is as fast.
const SEARCHED: usize = if cfg!(test) { 2 } else { 8 };

/// What a holder is given on one path.
#[derive(Debug)]
pub(super) struct Grant {
    key: u32,
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

/// All that a holder is given.
#[derive(Debug, Default)]
pub(super) struct Grants {
    /// A bit for each shape among them; see [`Shapes`](super::shapes::Shapes). Now and then one that is there no more.
    pub(super) shapes: u64,
    /// How many there were when the shapes were last counted.
    counted: u32,
    list: List,
}

#[derive(Debug, Default)]
enum List {
    #[default]
    None,
    One(Grant),
    /// With a table by key, which is empty while there are few.
    Many(Vec<Grant>, Ids),
}

impl Grant {
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
        match &self.list {
            List::None => &[],
            List::One(grant) => std::slice::from_ref(grant),
            List::Many(list, _) => list,
        }
    }

    /// The first grant under `key` that `is` the one.
    #[inline]
    pub(super) fn find<'a>(&'a self, key: u32, mut is: impl FnMut(&'a Grant) -> bool) -> Option<&'a Grant> {
        match &self.list {
            List::None => None,
            List::One(grant) => (grant.key == key && is(grant)).then_some(grant),
            List::Many(list, table) if table.is_empty() => list.iter().find(|grant| grant.key == key && is(grant)),
            List::Many(list, table) => {
                let found = table.find(key, |at| list.get(at as usize).is_some_and(&mut is));
                list.get(found? as usize)
            }
        }
    }

    pub(super) fn add(&mut self, key: u32, pattern: u32, roles: u32, statement: u32) {
        if let Some(at) = self.place(key, pattern) {
            if let Some(grant) = self.as_mut_slice().get_mut(at) {
                grant.add(roles, statement);
            }
            return;
        }
        let grant = Grant {
            key,
            pattern,
            given: Given::Once { roles, statement },
        };
        match &mut self.list {
            List::None => self.list = List::One(grant),
            List::One(_) => {
                let List::One(first) = std::mem::take(&mut self.list) else {
                    return;
                };
                self.list = List::Many(vec![first, grant], Ids::default());
            }
            List::Many(list, table) => {
                list.push(grant);
                if !table.is_empty() {
                    table.insert(key, number(list.len() - 1));
                } else if list.len() > SEARCHED {
                    for (at, grant) in list.iter().enumerate() {
                        table.insert(grant.key, number(at));
                    }
                }
            }
        }
        self.counted = self.counted.max(number(self.as_slice().len()));
    }

    /// Takes back what [`add`](Self::add) gave. `shape` tells the bit of a pattern's shape.
    pub(super) fn remove(&mut self, key: u32, pattern: u32, roles: u32, statement: u32, shape: impl Fn(u32) -> u64) {
        let Some(at) = self.place(key, pattern) else { return };
        if self
            .as_mut_slice()
            .get_mut(at)
            .is_some_and(|grant| grant.remove(roles, statement))
        {
            return;
        }
        match &mut self.list {
            List::None | List::One(_) => self.list = List::None,
            List::Many(list, table) => {
                let gone = list.swap_remove(at);
                if !table.is_empty() {
                    table.remove(gone.key, number(at));
                    if let Some(moved) = list.get(at) {
                        table.rename(moved.key, number(list.len()), number(at));
                    }
                    if list.len() <= SEARCHED / 2 {
                        *table = Ids::default();
                    }
                }
                if list.len() * 4 < list.capacity() {
                    list.shrink_to(list.len() * 2);
                }
                if list.len() == 1
                    && let Some(last) = list.pop()
                {
                    self.list = List::One(last);
                }
            }
        }
        // Counting all of many each time would make it slow to take back all of them.
        let len = self.as_slice().len();
        if len <= SEARCHED || len * 2 < self.counted as usize {
            self.counted = number(len);
            self.shapes = self
                .as_slice()
                .iter()
                .fold(0, |bits, grant| bits | shape(grant.pattern));
        }
    }

    fn place(&self, key: u32, pattern: u32) -> Option<usize> {
        match &self.list {
            List::Many(list, table) if !table.is_empty() => table
                .find(key, |at| {
                    list.get(at as usize).is_some_and(|grant| grant.pattern == pattern)
                })
                .map(|at| at as usize),
            _ => self.as_slice().iter().position(|grant| grant.pattern == pattern),
        }
    }

    fn as_mut_slice(&mut self) -> &mut [Grant] {
        match &mut self.list {
            List::None => &mut [],
            List::One(grant) => std::slice::from_mut(grant),
            List::Many(list, _) => list,
        }
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
