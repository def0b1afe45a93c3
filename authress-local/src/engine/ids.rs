//! A table from hashes to numbers: where a number points to is known to the caller alone, who compares.

use super::table::{Slot, Table};

/// The number of a free slot.
const FREE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Id {
    hash: u32,
    id: u32,
}

impl Slot for Id {
    const FREE: Self = Self { hash: 0, id: FREE };

    #[inline]
    fn is_free(&self) -> bool {
        self.id == FREE
    }

    #[inline]
    fn hash(&self, _: u64) -> u32 {
        self.hash
    }
}

/// Numbers under hashes, which must come from [`Hasher`](super::hash::Hasher). Equal hashes are allowed.
#[derive(Debug, Default)]
pub(super) struct Ids(Table<Id>);

impl Ids {
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first number under `hash` that `is` the one.
    #[inline]
    pub(super) fn find(&self, hash: u32, mut is: impl FnMut(u32) -> bool) -> Option<u32> {
        let found = self.0.find(hash, |slot| slot.hash == hash && is(slot.id));
        found.map(|slot| slot.id)
    }

    /// The number that most likely is the one under `hash`, found with a single read, and whether it has that hash.
    #[inline]
    pub(super) fn likely(&self, hash: u32) -> (u32, bool) {
        self.0
            .first(hash)
            .map_or((FREE, false), |first| (first.id, first.hash == hash))
    }

    pub(super) fn insert(&mut self, hash: u32, id: u32) {
        self.0.insert(Id { hash, id });
    }

    pub(super) fn remove(&mut self, hash: u32, id: u32) {
        self.0.remove(hash, |slot| slot.hash == hash && slot.id == id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_under_the_same_hash_are_told_apart_by_the_caller() {
        let mut ids = Ids::default();
        for id in 1..=3 {
            ids.insert(7, id);
        }
        ids.remove(7, 2);
        let mut all = Vec::new();
        ids.find(7, |id| {
            all.push(id);
            false
        });
        assert_eq!(all, [1, 3]);
        assert_eq!((ids.find(7, |id| id == 3), ids.find(8, |_| true)), (Some(3), None));
    }
}
