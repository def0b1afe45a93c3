//! Which shapes there are, so that a check looks only where something may be: there are few, however many patterns there are.

use std::collections::HashMap;

use super::hash::Hasher;
use super::shape::{Asked, Shape};

#[derive(Debug)]
pub(super) struct Shapes {
    /// The shapes with their number of patterns. Those without wildcards come first, and are always there.
    list: Vec<(Shape, u32)>,
    numbers: HashMap<Shape, u32>,
    literals: usize,
}

impl Default for Shapes {
    fn default() -> Self {
        let list: Vec<(Shape, u32)> = Shape::literals().map(|shape| (shape, 0)).collect();
        let literals = list.len();
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
        let literals = self.list.iter().take(self.literals);
        if let Some((_, literal)) = literals.zip(0..).find(|((literal, _), _)| *literal == shape) {
            return literal;
        }
        if let Some(known) = self.numbers.get(&shape) {
            return *known;
        }
        let holes = self.list.iter().zip(0..).skip(self.literals);
        // Only while there are holes at all.
        let hole = (self.list.len() > self.literals + self.numbers.len())
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
        while self.list.len() > self.literals && self.list.last().is_some_and(|(_, patterns)| *patterns == 0) {
            self.list.pop();
        }
    }

    /// Looks for something under the keys that what reaches `asked` has.
    #[inline]
    pub(super) fn find<T>(&self, asked: &Asked<'_>, hasher: &Hasher, mut under: impl FnMut(u32) -> Option<T>) -> Option<T> {
        let (literals, wild) = self.list.split_at_checked(self.literals)?;
        let there = |(_, patterns): &(Shape, u32)| *patterns > 0;
        let above = literals.iter().zip(asked.keys());
        let mut literal = above.filter(|(shape, _)| there(shape)).map(|(_, key)| *key);
        literal.find_map(&mut under).or_else(|| {
            let wild = wild.iter().filter(|shape| there(shape));
            wild.filter_map(|(shape, _)| asked.key(*shape, hasher)).find_map(under)
        })
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
