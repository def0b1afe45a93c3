//! Users with their names and groups: a check knows all of it after reading one place in memory.

use super::set::Set;
use super::table::{Slot, Table};

/// The id of a free slot.
const FREE: u32 = u32::MAX;
/// How many groups have room in a slot. A user who has more is rare, and costs one more read.
const GROUPS: usize = if cfg!(test) { 1 } else { 6 };
/// How many bytes of a name have room; so does a longer one.
const NAME: usize = if cfg!(test) { 4 } else { 30 };
const LONG: u8 = u8::MAX;

/// A user: a line of memory.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct User {
    hash: u32,
    pub(super) id: u32,
    groups: [u32; GROUPS],
    /// How many groups there are, or that there are too many.
    count: u8,
    /// How long the name is, or that it is too long.
    len: u8,
    name: [u8; NAME],
}

impl Slot for User {
    const FREE: Self = Self {
        hash: 0,
        id: FREE,
        groups: [0; GROUPS],
        count: 0,
        len: 0,
        name: [0; NAME],
    };

    #[inline]
    fn is_free(&self) -> bool {
        self.id == FREE
    }

    #[inline]
    fn hash(&self, _: u64) -> u32 {
        self.hash
    }
}

impl User {
    /// The name, unless it is too long for this place.
    #[inline]
    fn name(&self) -> Option<&[u8]> {
        self.name.get(..usize::from(self.len))
    }

    /// The groups, unless there are too many for this place.
    #[inline]
    pub(super) fn groups(&self) -> Option<&[u32]> {
        self.groups.get(..usize::from(self.count))
    }
}

/// Users by their names.
#[derive(Debug, Default)]
pub(super) struct Users(Table<User>);

impl Users {
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The user with a name. Names that are too long are known to the caller, who tells whether the one of an id `is` this one.
    #[inline]
    pub(super) fn find(&self, hash: u32, name: &str, is: impl Fn(u32) -> bool) -> Option<&User> {
        self.0.find(hash, |user| {
            user.hash == hash && user.name().map_or_else(|| is(user.id), |own| own == name.as_bytes())
        })
    }

    /// The user that most likely is the one under `hash`, or one of no use, found with a single read.
    #[inline]
    pub(super) fn likely(&self, hash: u32) -> Option<&User> {
        self.0.first(hash)
    }

    pub(super) fn insert(&mut self, hash: u32, name: &str, id: u32) {
        let mut user = User { hash, id, ..User::FREE };
        user.len = match user.name.get_mut(..name.len()) {
            Some(place) => {
                place.copy_from_slice(name.as_bytes());
                u8::try_from(name.len()).unwrap_or(LONG)
            }
            None => LONG,
        };
        self.0.insert(user);
    }

    pub(super) fn remove(&mut self, hash: u32, id: u32) {
        self.0.remove(hash, |user| user.hash == hash && user.id == id);
    }

    /// Notes the groups of a user.
    pub(super) fn set_groups(&mut self, hash: u32, id: u32, groups: &Set) {
        let Some(user) = self.0.find_mut(hash, |user| user.hash == hash && user.id == id) else {
            return;
        };
        let groups = groups.as_slice();
        user.count = u8::try_from(groups.len()).unwrap_or(u8::MAX);
        for (place, group) in user.groups.iter_mut().zip(groups) {
            *place = *group;
        }
    }
}
