//! What each holder is given on each path: by whom, a user, a group, or everybody in a large record, is known to the index.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::hash::{Hasher, fold, half};
use super::set::Set;
use super::slab::Slab;
use super::table::{Slot, Table};

/// The holder of a free slot.
const FREE: u32 = u32::MAX;
/// Instead of a set of roles: there are several, or several statements.
const OFTEN: u32 = u32::MAX;

/// Who is given what: in one table for all, so that a check, which knows both, reads one place in memory.
#[derive(Debug)]
pub(super) struct Grants {
    table: Table<Pair>,
    often: Slab<BySet>,
    seed: u64,
}

/// A holder and a path, and by which set of roles in which statement.
#[derive(Debug, Clone, Copy)]
struct Pair {
    holder: u32,
    pattern: u32,
    /// A set of roles, or [`OFTEN`].
    roles: u32,
    /// A statement, or where there are more of them.
    statement: u32,
}

/// The statements by the number of their set of roles.
#[derive(Debug, Default)]
struct BySet(HashMap<u32, Set, RandomState>);

/// What a holder is given on one path: nearly always in one statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grant<'a> {
    pair: &'a Pair,
    often: Option<&'a BySet>,
}

impl Slot for Pair {
    const FREE: Self = Self {
        holder: FREE,
        pattern: 0,
        roles: 0,
        statement: 0,
    };

    #[inline]
    fn is_free(&self) -> bool {
        self.holder == FREE
    }

    #[inline]
    fn hash(&self, seed: u64) -> u32 {
        hash(self.holder, self.pattern, seed)
    }
}

#[inline]
fn hash(holder: u32, pattern: u32, seed: u64) -> u32 {
    half(fold(
        u64::from(holder) ^ seed,
        u64::from(pattern) ^ seed.rotate_left(32),
    ))
}

impl<'a> Grant<'a> {
    pub(super) fn pattern(self) -> u32 {
        self.pair.pattern
    }

    /// The sets of roles, once each.
    #[inline]
    pub(super) fn roles(self) -> impl Iterator<Item = u32> {
        let once = self.often.is_none().then_some(self.pair.roles);
        let often = self.often.into_iter().flat_map(|by_set| by_set.0.keys().copied());
        once.into_iter().chain(often)
    }

    /// Whether one of the sets of roles is the one.
    #[inline]
    pub(super) fn has_roles(self, mut is: impl FnMut(u32) -> bool) -> bool {
        match self.often {
            None => is(self.pair.roles),
            Some(by_set) => by_set.0.keys().any(|roles| is(*roles)),
        }
    }

    /// The statements that give a set of roles.
    pub(super) fn statements(self, roles: u32) -> &'a [u32] {
        match self.often {
            Some(by_set) => by_set.0.get(&roles).map_or(&[], Set::as_slice),
            None if self.pair.roles == roles => std::slice::from_ref(&self.pair.statement),
            None => &[],
        }
    }
}

impl Grants {
    pub(super) fn new(hasher: &Hasher) -> Self {
        let seed = hasher.text("grants");
        Self {
            table: Table::new(seed),
            often: Slab::default(),
            seed,
        }
    }

    /// How many pairs there are, and how many of them are given more than once.
    #[cfg(test)]
    pub(super) fn sizes(&self) -> [usize; 2] {
        [self.table.len(), self.often.len()]
    }

    /// What a holder is given on a path.
    #[inline]
    pub(super) fn find(&self, holder: u32, pattern: u32) -> Option<Grant<'_>> {
        let hash = hash(holder, pattern, self.seed);
        let pair = self.table.find(hash, is(holder, pattern))?;
        let often = if pair.roles == OFTEN {
            self.often.get(pair.statement)
        } else {
            None
        };
        Some(Grant { pair, often })
    }

    /// Reads what [`find`](Self::find) will most likely read first; what it is does not matter.
    #[inline]
    pub(super) fn read_ahead(&self, holder: u32, pattern: u32) -> u32 {
        self.table
            .first(hash(holder, pattern, self.seed))
            .map_or(0, |pair| pair.pattern)
    }

    pub(super) fn add(&mut self, holder: u32, pattern: u32, roles: u32, statement: u32) {
        let hash = hash(holder, pattern, self.seed);
        let Some(pair) = self.table.find_mut(hash, is(holder, pattern)) else {
            let pair = Pair {
                holder,
                pattern,
                roles,
                statement,
            };
            return self.table.insert(pair);
        };
        if pair.roles != OFTEN {
            let mut first = BySet::default();
            first.add(pair.roles, pair.statement);
            pair.statement = self.often.insert(first);
            pair.roles = OFTEN;
        }
        if let Some(by_set) = self.often.get_mut(pair.statement) {
            by_set.add(roles, statement);
        }
    }

    /// Takes back what [`add`](Self::add) gave.
    pub(super) fn remove(&mut self, holder: u32, pattern: u32, roles: u32, statement: u32) {
        let hash = hash(holder, pattern, self.seed);
        let Some(pair) = self.table.find_mut(hash, is(holder, pattern)) else {
            return;
        };
        if pair.roles != OFTEN {
            return self.table.remove(hash, is(holder, pattern));
        }
        let Some(by_set) = self.often.get_mut(pair.statement) else {
            return;
        };
        by_set.remove(roles, statement);
        if let Some((roles, statement)) = by_set.only() {
            self.often.remove(pair.statement);
            (pair.roles, pair.statement) = (roles, statement);
        }
    }
}

fn is(holder: u32, pattern: u32) -> impl Fn(&Pair) -> bool {
    move |pair| pair.holder == holder && pair.pattern == pattern
}

impl BySet {
    fn add(&mut self, roles: u32, statement: u32) {
        self.0.entry(roles).or_default().insert(statement);
    }

    fn remove(&mut self, roles: u32, statement: u32) {
        if let Some(set) = self.0.get_mut(&roles) {
            set.remove(statement);
            if set.is_empty() {
                self.0.remove(&roles);
            }
        }
    }

    /// The one that is left, if it is one.
    fn only(&self) -> Option<(u32, u32)> {
        let mut all = self.0.iter();
        let (Some((roles, set)), None) = (all.next(), all.next()) else {
            return None;
        };
        let [statement] = *set.as_slice() else { return None };
        Some((*roles, statement))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_and_patterns_that_follow_one_another_do_not_crowd_in_one_place_of_the_table() {
        const SLOTS: usize = 1 << 11;
        for _ in 0..200 {
            let seed = Hasher::default().text("grants");
            for [holders, patterns] in [[0, 1], [1, 0], [1, 1]] {
                let mut taken = [false; SLOTS];
                let mut steps = 0;
                for number in 0..1000 {
                    let mut at = hash(holders * number, patterns * number, seed) as usize % SLOTS;
                    while std::mem::replace(&mut taken[at], true) {
                        at = (at + 1) % SLOTS;
                        steps += 1;
                    }
                }
                // Chance makes half as many.
                assert!(steps < 1000, "{steps} steps");
            }
        }
    }
}
