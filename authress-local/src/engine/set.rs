//! Sets of numbers that mostly hold one or two, and sometimes a million.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// With more than this, places are remembered: up to it, a search is as fast.
const SEARCHED: usize = if cfg!(test) { 4 } else { 32 };

/// A set of numbers: read as a list, changed in constant time however large it is.
#[derive(Debug)]
pub(super) enum Set {
    Few(u8, [u32; 3]),
    Many(Box<Many>),
}

#[derive(Debug, Default)]
pub(super) struct Many {
    list: Vec<u32>,
    /// Where each number stands in the list; empty while the list is short.
    places: HashMap<u32, u32, RandomState>,
}

impl Default for Set {
    fn default() -> Self {
        Self::Few(0, [0; 3])
    }
}

impl Set {
    #[inline]
    pub(super) fn as_slice(&self) -> &[u32] {
        match self {
            Self::Few(len, list) => list.get(..usize::from(*len)).unwrap_or_default(),
            Self::Many(many) => &many.list,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.as_slice().len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.as_slice().iter().copied()
    }

    pub(super) fn contains(&self, id: u32) -> bool {
        match self {
            Self::Many(many) if !many.places.is_empty() => many.places.contains_key(&id),
            _ => self.as_slice().contains(&id),
        }
    }

    pub(super) fn insert(&mut self, id: u32) {
        if self.contains(id) {
            return;
        }
        match self {
            Self::Few(len, list) => {
                if let Some(place) = list.get_mut(usize::from(*len)) {
                    *place = id;
                    *len += 1;
                } else {
                    let mut many = Box::new(Many::default());
                    many.list.extend(*list);
                    many.list.push(id);
                    *self = Self::Many(many);
                }
            }
            Self::Many(many) => many.push(id),
        }
    }

    pub(super) fn remove(&mut self, id: u32) {
        match self {
            Self::Few(len, list) => {
                let Some(at) = list.iter().take(usize::from(*len)).position(|it| *it == id) else {
                    return;
                };
                *len -= 1;
                list.swap(at, usize::from(*len));
            }
            Self::Many(many) => {
                many.remove(id);
                // One less than made the list, so that a number that comes and goes does not move all of it each time.
                if let [a, b] = *many.list.as_slice() {
                    *self = Self::Few(2, [a, b, 0]);
                }
            }
        }
    }
}

impl Many {
    fn push(&mut self, id: u32) {
        self.list.push(id);
        if !self.places.is_empty() {
            self.places.insert(id, last(&self.list));
        } else if self.list.len() > SEARCHED {
            self.places = self.list.iter().copied().zip(0..).collect();
        }
    }

    fn remove(&mut self, id: u32) {
        let at = if self.places.is_empty() {
            self.list.iter().position(|it| *it == id)
        } else {
            self.places.remove(&id).map(|at| at as usize)
        };
        let Some(at) = at else { return };
        self.list.swap_remove(at);
        if self.list.len() <= SEARCHED / 2 {
            self.places = HashMap::default();
        } else if let (false, Some(moved)) = (self.places.is_empty(), self.list.get(at)) {
            self.places.insert(*moved, u32::try_from(at).unwrap_or(u32::MAX));
        }
        if self.list.len() * 4 < self.list.capacity() {
            self.list.shrink_to(self.list.len() * 2);
        }
    }
}

fn last(list: &[u32]) -> u32 {
    u32::try_from(list.len().saturating_sub(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_set_of_any_size_holds_what_was_inserted_and_not_removed() {
        let mut set = Set::default();
        let mut model = BTreeSet::new();
        let mut state = 1_u32;
        // Grows past every limit, shrinks below each, and again.
        for round in 0..6_u32 {
            for _ in 0..300 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let id = state >> 16 & 127;
                // Most steps add in even rounds, and remove in odd ones.
                if ((state >> 8).is_multiple_of(8)) == (round % 2 == 0) {
                    set.remove(id);
                    model.remove(&id);
                } else {
                    set.insert(id);
                    model.insert(id);
                }
                assert_eq!(set.iter().collect::<BTreeSet<_>>(), model);
                assert_eq!(set.len(), model.len());
                assert_eq!(set.contains(id), model.contains(&id));
            }
        }
        for id in model {
            set.remove(id);
        }
        assert!(set.is_empty() && matches!(set, Set::Few(0, _)));
    }

    #[test]
    fn each_number_of_a_set_of_any_size_is_known_and_removed_alone_whether_the_set_has_grown_or_shrunk_to_it() {
        const LARGEST: u32 = 12;
        for size in 0..=LARGEST {
            for largest in size..=LARGEST {
                for id in 0..size {
                    let mut set = Set::default();
                    (0..largest).for_each(|id| set.insert(id));
                    (size..largest).for_each(|id| set.remove(id));
                    assert!((0..size).all(|id| set.contains(id)) && !set.contains(size));
                    set.insert(id);
                    set.remove(size);
                    assert_eq!(set.len(), size as usize);
                    set.remove(id);
                    let mut left: Vec<u32> = set.iter().collect();
                    left.sort_unstable();
                    let expected: Vec<u32> = (0..size).filter(|it| *it != id).collect();
                    assert_eq!(left, expected, "{id} of {size}, of which there were {largest}");
                }
            }
        }
    }
}
