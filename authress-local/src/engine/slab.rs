//! Things under small numbers, which are used again when a thing is gone.

/// A list with holes. A hole holds the default, so that a number which is out of date finds something empty, and never something to fail at.
#[derive(Debug, Default)]
pub(super) struct Slab<T> {
    items: Vec<T>,
    free: Vec<u32>,
}

impl<T: Default> Slab<T> {
    pub(super) fn insert(&mut self, item: T) -> u32 {
        if let Some(id) = self.free.pop() {
            if let Some(hole) = self.items.get_mut(id as usize) {
                *hole = item;
            }
            return id;
        }
        // Memory ends long before the numbers do.
        let id = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.push(item);
        id
    }

    pub(super) fn get(&self, id: u32) -> Option<&T> {
        self.items.get(id as usize)
    }

    pub(super) fn get_mut(&mut self, id: u32) -> Option<&mut T> {
        self.items.get_mut(id as usize)
    }

    /// Makes a hole; what was there.
    pub(super) fn remove(&mut self, id: u32) -> T {
        let Some(item) = self.items.get_mut(id as usize) else {
            return T::default();
        };
        self.free.push(id);
        std::mem::take(item)
    }

    /// All places, also the free ones.
    #[cfg(test)]
    pub(super) fn all(&self) -> impl Iterator<Item = &T> {
        self.items.iter()
    }

    /// How many things there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.items.len() - self.free.len()
    }
}
