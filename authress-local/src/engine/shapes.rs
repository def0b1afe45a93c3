//! Which shapes there are: each has a bit, by which a holder tells what it has, so that a check looks only where something may be.

use std::collections::HashMap;

use super::hash::Hasher;
use super::shape::{Asked, Shape};

/// The bit that all shapes share that have none of their own.
const OTHERS: u32 = if cfg!(test) { 20 } else { u64::BITS - 1 };

#[derive(Debug)]
pub(super) struct Shapes {
    /// The shapes with their number of patterns. Those without wildcards come first, and are always there.
    list: Vec<(Shape, u32)>,
    numbers: HashMap<Shape, u32>,
    literals: u32,
}

impl Default for Shapes {
    fn default() -> Self {
        let list: Vec<(Shape, u32)> = Shape::literals().map(|shape| (shape, 0)).collect();
        let literals = number(list.len());
        Self {
            list,
            numbers: HashMap::new(),
            literals,
        }
    }
}

impl Shapes {
    /// How many shapes with wildcards there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The number of a shape, which now has one more pattern.
    pub(super) fn add(&mut self, shape: Shape) -> u32 {
        let number = self.number(shape);
        if let Some((_, patterns)) = self.list.get_mut(number as usize) {
            *patterns += 1;
        }
        number
    }

    fn number(&mut self, shape: Shape) -> u32 {
        let literals = self.list.iter().take(self.literals as usize);
        if let Some((_, literal)) = literals.zip(0..).find(|((literal, _), _)| *literal == shape) {
            return literal;
        }
        if let Some(known) = self.numbers.get(&shape) {
            return *known;
        }
        let holes = self.list.iter().zip(0..).skip(self.literals as usize);
        // Only while there are holes at all.
        let hole = (self.list.len() > self.literals as usize + self.numbers.len())
            .then(|| holes.into_iter().find(|((_, patterns), _)| *patterns == 0))
            .flatten();
        let new = hole.map_or(number(self.list.len()), |(_, hole)| hole);
        if hole.is_none() {
            self.list.push((shape, 0));
        }
        if let Some((place, _)) = self.list.get_mut(new as usize) {
            *place = shape;
        }
        self.numbers.insert(shape, new);
        new
    }

    /// A pattern of the shape with this number is gone.
    pub(super) fn remove(&mut self, number: u32) {
        if let Some((shape, patterns)) = self.list.get_mut(number as usize) {
            *patterns = patterns.saturating_sub(1);
            if *patterns == 0 {
                self.numbers.remove(shape);
            }
        }
        while self.list.len() > self.literals as usize && self.list.last().is_some_and(|(_, patterns)| *patterns == 0) {
            self.list.pop();
        }
    }

    /// The bit of the shape with this number.
    pub(super) fn bit(number: u32) -> u64 {
        1 << number.min(OTHERS)
    }

    /// Looks for something under the keys that what reaches `asked` has, if its shape is among `bits`.
    #[inline]
    pub(super) fn find<T>(
        &self,
        bits: u64,
        asked: &Asked<'_>,
        hasher: &Hasher,
        mut under: impl FnMut(u32) -> Option<T>,
    ) -> Option<T> {
        let mut bits = bits;
        while bits != 0 {
            let bit = bits.trailing_zeros();
            bits &= bits - 1;
            let found = if bit < self.literals {
                asked.literal_key(bit as usize).and_then(&mut under)
            } else if bit == OTHERS {
                let others = self.list.iter().skip(OTHERS as usize);
                others
                    .filter_map(|(shape, _)| asked.key(*shape, None, hasher))
                    .find_map(&mut under)
            } else {
                let shape = self.list.get(bit as usize);
                shape
                    .and_then(|(shape, _)| asked.key(*shape, Some(bit), hasher))
                    .and_then(&mut under)
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
