//! A table from hashes to numbers: where a number points to is known to the caller alone, who compares.

/// The number of a free slot.
const FREE: u32 = u32::MAX;
/// Below this, there is no table smaller.
const SMALLEST: usize = 8;

#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    id: u32,
}

/// A hash table with linear probing. A slot has all that is needed to find a number, so that a lookup reads one place in memory, and a table that
/// grows need not look at what the numbers stand for.
///
/// Hashes must come from [`Hasher`](super::hash::Hasher): nobody outside can then make them meet. Equal hashes are allowed, and slow when there are
/// many.
#[derive(Debug, Default)]
pub(super) struct Ids {
    slots: Vec<Slot>,
    len: usize,
}

impl Ids {
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The first number under `hash` that `is` the one.
    #[inline]
    pub(super) fn find(&self, hash: u32, mut is: impl FnMut(u32) -> bool) -> Option<u32> {
        let mut at = self.home(hash);
        loop {
            // An empty table has no slot at all.
            let slot = self.slots.get(at)?;
            if slot.id == FREE {
                return None;
            }
            if slot.hash == hash && is(slot.id) {
                return Some(slot.id);
            }
            at = self.after(at);
        }
    }

    pub(super) fn insert(&mut self, hash: u32, id: u32) {
        // At least three eighths are free: runs stay short, and every search ends.
        if (self.len + 1) * 8 > self.slots.len() * 5 {
            self.resize((self.slots.len() * 2).max(SMALLEST));
        }
        self.len += 1;
        self.place(Slot { hash, id });
    }

    pub(super) fn remove(&mut self, hash: u32, id: u32) {
        let Some(mut hole) = self.place_of(hash, id) else {
            return;
        };
        self.len -= 1;
        // What stands behind the hole in the same run moves up, unless it would come before its home.
        let mut at = hole;
        loop {
            at = self.after(at);
            let Some(&slot) = self.slots.get(at) else { return };
            if slot.id == FREE {
                break;
            }
            if self.distance(self.home(slot.hash), at) >= self.distance(hole, at) {
                self.put(hole, slot);
                hole = at;
            }
        }
        self.put(hole, Slot { hash: 0, id: FREE });
        if self.len * 8 < self.slots.len() {
            self.resize(self.slots.len() / 2);
        }
    }

    /// Gives what is under `from` the number `to`.
    pub(super) fn rename(&mut self, hash: u32, from: u32, to: u32) {
        if let Some(place) = self.place_of(hash, from) {
            self.put(place, Slot { hash, id: to });
        }
    }

    fn place_of(&self, hash: u32, id: u32) -> Option<usize> {
        let mut at = self.home(hash);
        loop {
            let slot = self.slots.get(at)?;
            if slot.id == FREE {
                return None;
            }
            if slot.hash == hash && slot.id == id {
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
        let before = std::mem::replace(&mut self.slots, vec![Slot { hash: 0, id: FREE }; slots]);
        for slot in before.into_iter().filter(|slot| slot.id != FREE) {
            self.place(slot);
        }
    }

    /// Puts `slot` in the first free place from its home on.
    fn place(&mut self, slot: Slot) {
        let mut at = self.home(slot.hash);
        while self.slots.get(at).is_some_and(|slot| slot.id != FREE) {
            at = self.after(at);
        }
        self.put(at, slot);
    }

    fn put(&mut self, at: usize, slot: Slot) {
        if let Some(place) = self.slots.get_mut(at) {
            *place = slot;
        }
    }

    /// The number of slots is a power of two.
    fn home(&self, hash: u32) -> usize {
        hash as usize & self.slots.len().wrapping_sub(1)
    }

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

    #[test]
    fn what_was_inserted_and_not_removed_is_found_also_when_homes_meet() {
        // Hashes of three bits, so that nearly all meet, and the end of the table is reached.
        let mut ids = Ids::default();
        let mut model = BTreeMap::new();
        let mut state = 1_u32;
        for step in 0..20_000_u32 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let id = state >> 16 & 63;
            let hash = id.wrapping_mul(0x9e37_79b9) >> 29;
            if model.remove(&id).is_some() {
                ids.remove(hash, id);
            } else {
                model.insert(id, hash);
                ids.insert(hash, id);
            }
            assert_eq!(ids.len(), model.len());
            let id = step & 63;
            let hash = id.wrapping_mul(0x9e37_79b9) >> 29;
            assert_eq!(ids.find(hash, |it| it == id), model.contains_key(&id).then_some(id));
        }
        for (id, hash) in model {
            ids.remove(hash, id);
        }
        assert_eq!((ids.len(), ids.slots.len()), (0, 0));
    }

    #[test]
    fn a_number_gets_another_one_under_the_same_hash() {
        let mut ids = Ids::default();
        ids.insert(7, 1);
        ids.insert(7, 2);
        ids.rename(7, 1, 3);
        let mut all = Vec::new();
        ids.find(7, |id| {
            all.push(id);
            false
        });
        assert_eq!(all, [3, 2]);
    }
}
