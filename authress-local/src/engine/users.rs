//! Users by name, with their groups beside them: a check knows both after reading one place in memory.

use super::set::Set;
use super::table::{Slot, Table};

/// The id of a free slot.
const FREE: u32 = u32::MAX;
/// How many groups have room in a slot. A user who has more is rare, and costs one more read.
const GROUPS: usize = if cfg!(test) { 1 } else { 5 };

/// A user: half of a line of memory.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
pub(super) struct User {
    hash: u32,
    pub(super) id: u32,
    count: u32,
    groups: [u32; GROUPS],
}

impl Slot for User {
    const FREE: Self = Self {
        hash: 0,
        id: FREE,
        count: 0,
        groups: [0; GROUPS],
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
    /// The groups, unless there are too many for this place.
    #[inline]
    pub(super) fn groups(&self) -> Option<&[u32]> {
        self.groups.get(..self.count as usize)
    }
}

/// Users under the hashes of their names: the names are known to the caller, who compares.
#[derive(Debug, Default)]
pub(super) struct Users(Table<User>);

impl Users {
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What stands where a search under `hash` begins.
    #[inline]
    pub(super) fn first(&self, hash: u32) -> User {
        self.0.first(hash)
    }

    /// The first user under `hash` that `is` the one, from what was read before.
    #[inline]
    pub(super) fn find(&self, hash: u32, first: User, mut is: impl FnMut(u32) -> bool) -> Option<User> {
        self.0.find(hash, first, |user| user.hash == hash && is(user.id))
    }

    pub(super) fn insert(&mut self, hash: u32, id: u32) {
        self.0.insert(User { hash, id, ..User::FREE });
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
        user.count = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        for (place, group) in user.groups.iter_mut().zip(groups) {
            *place = *group;
        }
    }
}
