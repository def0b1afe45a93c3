//! A hash table whose slots hold all that is needed to find something: a lookup reads one place in memory, and a table that grows need not look at
//! what its slots stand for.

/// Below this, there is no table smaller.
const SMALLEST: usize = 8;

/// What a table holds, or that it holds nothing there.
pub(super) trait Slot: Copy {
    const FREE: Self;

    fn is_free(&self) -> bool;

    /// The hash under which it stands. Nobody outside may be able to foresee it: only then can nobody make many meet, which would be slow.
    fn hash(&self, seed: u64) -> u32;
}

/// A hash table with linear probing. Equal hashes are allowed.
#[derive(Debug)]
pub(super) struct Table<S> {
    slots: Vec<S>,
    len: usize,
    seed: u64,
}

impl<S> Default for Table<S> {
    fn default() -> Self {
        Self::new(0)
    }
}

impl<S> Table<S> {
    /// An empty table, the slots of which are hashed with `seed`.
    pub(super) const fn new(seed: u64) -> Self {
        Self {
            slots: Vec::new(),
            len: 0,
            seed,
        }
    }
}

impl<S: Slot> Table<S> {
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The slot where a search under `hash` begins.
    #[inline]
    pub(super) fn first(&self, hash: u32) -> Option<&S> {
        // An empty table has no slot at all.
        self.slots.get(self.home(hash))
    }

    /// The first slot under `hash` that `is` the one.
    #[inline]
    pub(super) fn find(&self, hash: u32, mut is: impl FnMut(&S) -> bool) -> Option<&S> {
        let mut at = self.home(hash);
        loop {
            let slot = self.slots.get(at)?;
            if slot.is_free() {
                return None;
            }
            if is(slot) {
                return Some(slot);
            }
            at = self.after(at);
        }
    }

    /// The place of the first slot under `hash` that `is` the one, to change what does not matter for its hash.
    pub(super) fn find_mut(&mut self, hash: u32, is: impl FnMut(&S) -> bool) -> Option<&mut S> {
        let place = self.place_of(hash, is)?;
        self.slots.get_mut(place)
    }

    pub(super) fn insert(&mut self, slot: S) {
        // At least half are free: runs stay short, and every search ends.
        if (self.len + 1) * 2 > self.slots.len() {
            self.resize((self.slots.len() * 2).max(SMALLEST));
        }
        self.len += 1;
        self.place(slot);
    }

    /// Removes the first slot under `hash` that `is` the one.
    pub(super) fn remove(&mut self, hash: u32, is: impl FnMut(&S) -> bool) {
        let Some(mut hole) = self.place_of(hash, is) else {
            return;
        };
        self.len -= 1;
        // What stands behind the hole in the same run moves up, unless it would come before its home.
        let mut at = hole;
        loop {
            at = self.after(at);
            let Some(&slot) = self.slots.get(at) else { return };
            if slot.is_free() {
                break;
            }
            if self.distance(self.home(slot.hash(self.seed)), at) >= self.distance(hole, at) {
                self.put(hole, slot);
                hole = at;
            }
        }
        self.put(hole, S::FREE);
        if self.len * 8 < self.slots.len() {
            self.resize(self.slots.len() / 2);
        }
    }

    fn place_of(&self, hash: u32, mut is: impl FnMut(&S) -> bool) -> Option<usize> {
        let mut at = self.home(hash);
        loop {
            let slot = self.slots.get(at)?;
            if slot.is_free() {
                return None;
            }
            if is(slot) {
                return Some(at);
            }
            at = self.after(at);
        }
    }

    fn resize(&mut self, slots: usize) {
        let slots = if self.len == 0 && slots < SMALLEST {
            0
        } else {
            slots.max(SMALLEST)
        };
        let before = std::mem::replace(&mut self.slots, vec![S::FREE; slots]);
        // From a free slot on, so that equal hashes keep their order also where a run goes on at the beginning.
        let free = before.iter().position(S::is_free).unwrap_or_default();
        let (last, first) = before.split_at_checked(free).unwrap_or_default();
        for slot in first.iter().chain(last).filter(|slot| !slot.is_free()) {
            self.place(*slot);
        }
    }

    /// Puts `slot` in the first free place from its home on.
    fn place(&mut self, slot: S) {
        let mut at = self.home(slot.hash(self.seed));
        while self.slots.get(at).is_some_and(|slot| !slot.is_free()) {
            at = self.after(at);
        }
        self.put(at, slot);
    }

    fn put(&mut self, at: usize, slot: S) {
        if let Some(place) = self.slots.get_mut(at) {
            *place = slot;
        }
    }

    /// The number of slots is a power of two.
    #[inline]
    fn home(&self, hash: u32) -> usize {
        hash as usize & self.slots.len().wrapping_sub(1)
    }

    #[inline]
    fn after(&self, at: usize) -> usize {
        (at + 1) & self.slots.len().wrapping_sub(1)
    }

    fn distance(&self, from: usize, to: usize) -> usize {
        to.wrapping_sub(from) & self.slots.len().wrapping_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    impl Slot for Option<(u32, u32)> {
        const FREE: Self = None;

        fn is_free(&self) -> bool {
            self.is_none()
        }

        fn hash(&self, _: u64) -> u32 {
            self.map_or(0, |(hash, _)| hash)
        }
    }

    #[test]
    fn what_was_inserted_and_not_removed_is_found_also_when_homes_meet() {
        // Hashes of three bits, so that nearly all meet, and the end of the table is reached.
        let mut table = Table::default();
        let mut model = BTreeMap::new();
        let mut state = 1_u32;
        for step in 0..20_000_u32 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let id = state >> 16 & 63;
            let hash = id.wrapping_mul(0x9e37_79b9) >> 29;
            if model.remove(&id).is_some() {
                table.remove(hash, |slot| *slot == Some((hash, id)));
            } else {
                model.insert(id, hash);
                table.insert(Some((hash, id)));
            }
            assert_eq!(table.len(), model.len());
            let id = step & 63;
            let hash = id.wrapping_mul(0x9e37_79b9) >> 29;
            let found = table.find(hash, |slot| *slot == Some((hash, id)));
            assert_eq!(found.is_some(), model.contains_key(&id));
        }
        for (id, hash) in model {
            table.remove(hash, |slot| *slot == Some((hash, id)));
        }
        assert_eq!((table.len(), table.slots.len()), (0, 0));
    }

    #[test]
    fn equal_hashes_are_found_in_the_order_in_which_they_were_inserted_however_the_table_grows_and_shrinks() {
        for hash in 0..8 {
            let mut table = Table::default();
            (0..3).for_each(|id| table.insert(Some((hash, id))));
            let order = |table: &Table<Option<(u32, u32)>>| {
                let mut all = Vec::new();
                table.find(hash, |slot| {
                    all.extend(slot.filter(|(own, _)| *own == hash).map(|(_, id)| id));
                    false
                });
                all
            };
            (8..72).for_each(|other| table.insert(Some((other, 0))));
            assert_eq!(order(&table), [0, 1, 2]);
            (8..72).for_each(|other| table.remove(other, |slot| *slot == Some((other, 0))));
            assert_eq!(order(&table), [0, 1, 2]);
        }
    }
}
