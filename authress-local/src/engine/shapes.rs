//! Which shapes there are, so that a check looks only where something may be: there are few, however many patterns there are.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::shape::Shape;

#[derive(Debug, Default)]
pub(super) struct Shapes {
    list: Vec<Shape>,
    /// For each shape its place in the list, and how many patterns have it.
    known: HashMap<Shape, (usize, u32), RandomState>,
}

impl Shapes {
    #[inline]
    pub(super) fn as_slice(&self) -> &[Shape] {
        &self.list
    }

    /// There is one more pattern of this shape.
    pub(super) fn add(&mut self, shape: Shape) {
        let (_, patterns) = self.known.entry(shape).or_insert((self.list.len(), 0));
        if *patterns == 0 {
            self.list.push(shape);
        }
        *patterns += 1;
    }

    /// A pattern of this shape is gone.
    pub(super) fn remove(&mut self, shape: Shape) {
        let Some((place, patterns)) = self.known.get_mut(&shape) else {
            return;
        };
        *patterns -= 1;
        if *patterns > 0 {
            return;
        }
        let place = *place;
        self.known.remove(&shape);
        self.list.swap_remove(place);
        if let Some((moved, _)) = self.list.get(place).and_then(|last| self.known.get_mut(last)) {
            *moved = place;
        }
    }
}
