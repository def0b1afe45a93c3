//! The keys of what a holder is given: a check reads all of them, and nothing else of what does not concern it.

/// So many are kept where the holder is kept.
const FEW: usize = if cfg!(test) { 2 } else { 8 };

/// A list of keys.
#[derive(Debug)]
pub(super) enum Keys {
    Few(u8, [u32; FEW]),
    Many(Vec<u32>),
}

impl Default for Keys {
    fn default() -> Self {
        Self::Few(0, [0; FEW])
    }
}

impl Keys {
    #[inline]
    pub(super) fn as_slice(&self) -> &[u32] {
        match self {
            Self::Few(len, list) => list.get(..usize::from(*len)).unwrap_or_default(),
            Self::Many(list) => list,
        }
    }

    /// Whether `key` may be among them. All are looked at, several at a time: that is faster than to stop at the right one.
    #[inline]
    pub(super) fn contains(&self, key: u32) -> bool {
        let among = |list: &[u32]| list.iter().fold(0, |among, other| among | u32::from(*other == key)) > 0;
        match self {
            // A place that is free costs a second look at worst.
            Self::Few(_, list) => among(list),
            Self::Many(list) => among(list),
        }
    }

    pub(super) fn push(&mut self, key: u32) {
        match self {
            Self::Few(len, list) => {
                if let Some(place) = list.get_mut(usize::from(*len)) {
                    *place = key;
                    *len += 1;
                } else {
                    *self = Self::Many(list.iter().copied().chain([key]).collect());
                }
            }
            Self::Many(list) => list.push(key),
        }
    }

    /// Removes the key at a place, which the last one takes.
    pub(super) fn swap_remove(&mut self, at: usize) {
        match self {
            Self::Few(len, list) => {
                if at < usize::from(*len) {
                    *len -= 1;
                    list.swap(at, usize::from(*len));
                }
            }
            Self::Many(list) => {
                if at < list.len() {
                    list.swap_remove(at);
                }
                // Half of the room is left, so that a key that comes and goes does not move all of them each time.
                if list.len() <= FEW / 2 {
                    let mut few = Self::default();
                    for key in list {
                        few.push(*key);
                    }
                    *self = few;
                } else if list.len() * 4 < list.capacity() {
                    list.shrink_to(list.len() * 2);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_and_go_as_in_a_list() {
        let (mut keys, mut model) = (Keys::default(), Vec::new());
        let mut state = 1_u32;
        for step in 0..2_000_u32 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let number = (state >> 16) as usize;
            // Most steps add in even rounds, and remove in odd ones.
            if number.is_multiple_of(4) == (step / 50).is_multiple_of(2) && !model.is_empty() {
                let at = number % model.len();
                keys.swap_remove(at);
                model.swap_remove(at);
            } else {
                keys.push(step);
                model.push(step);
            }
            assert_eq!(keys.as_slice(), model);
            assert!(model.iter().all(|key| keys.contains(*key)) && !keys.contains(u32::MAX));
        }
        while !model.is_empty() {
            keys.swap_remove(0);
            model.swap_remove(0);
        }
        assert!(matches!(keys, Keys::Few(0, _)));
    }
}
