//! The resources that something is given on, found by what is asked about: each once, however many statements name it. Which of them covers which
//! other is in `resource`.

use super::hash::{Hasher, half};
use super::ids::Ids;
use super::resource::{Spelling, covers, is_wild, literal_covers, path, segments};
use super::set::Set;
use super::shape::{Asked, Shape, key};
use super::shapes::Shapes;
use super::slab::Slab;
use super::text::Text;

/// How many keys are looked up at once: there rarely are more.
const ROUND: usize = if cfg!(test) { 2 } else { 8 };
#[derive(Debug, Default)]
pub(super) struct Patterns {
    pub(super) hasher: Hasher,
    star_is_all: bool,
    shapes: Shapes,
    by_key: Ids,
    list: Slab<Pattern>,
    /// The statements that name each.
    statements: Slab<Set>,
}

/// A resource that something is given on, or that is public: what a check reads of it, in one place of memory.
#[derive(Debug, Default)]
#[repr(align(64))]
pub(super) struct Pattern {
    path: Text<46>,
    key: u32,
    wild: bool,
    /// Whether it is one at all: nothing reaches anything by what is none.
    is_resource: bool,
    /// Whether everybody may do everything with it.
    pub(super) public: bool,
}

/// Some keys, which are looked for at the same time.
#[derive(Debug)]
pub(super) struct Round<'a> {
    keys: [u32; ROUND],
    len: usize,
    /// The shapes that come after these.
    rest: &'a [Shape],
}

impl Round<'_> {
    #[inline]
    fn keys(&self) -> &[u32] {
        self.keys.get(..self.len).unwrap_or(&self.keys)
    }
}

impl Pattern {
    #[inline]
    fn covers(&self, asked: &Asked<'_>) -> bool {
        if self.wild || !self.is_resource {
            self.is_resource && covers(self.path.as_bytes(), asked.path().as_bytes())
        } else {
            literal_covers(self.path.as_bytes(), asked.path())
        }
    }
}

impl Patterns {
    pub(super) fn new(star_is_all: bool, hasher: Hasher) -> Self {
        Self {
            hasher,
            star_is_all,
            ..Self::default()
        }
    }

    #[cfg(test)]
    pub(super) fn sizes(&self) -> [usize; 4] {
        let statements = self.statements.all().map(Set::len).sum();
        [
            self.shapes.as_slice().len(),
            self.by_key.len(),
            self.list.len(),
            statements,
        ]
    }

    /// The pattern of a resource, for one more statement.
    pub(super) fn add(&mut self, resource: &str, statement: u32) -> (u32, Spelling) {
        let (id, spelling) = self.id(resource);
        if let Some(statements) = self.statements.get_mut(id) {
            statements.insert(statement);
        }
        (id, spelling)
    }

    /// A statement that named a pattern is gone.
    pub(super) fn remove(&mut self, id: u32, statement: u32) {
        if let Some(statements) = self.statements.get_mut(id) {
            statements.remove(statement);
        }
        self.forget(id);
    }

    /// Marks a resource as public, or not.
    pub(super) fn set_public(&mut self, resource: &str, public: bool) {
        if path(resource, self.star_is_all).is_none() {
            return;
        }
        let id = if public {
            Some(self.id(resource).0)
        } else {
            self.find(resource)
        };
        let Some(id) = id else { return };
        if let Some(pattern) = self.list.get_mut(id) {
            pattern.public = public;
        }
        self.forget(id);
    }

    fn id(&mut self, resource: &str) -> (u32, Spelling) {
        let (path, spelling, shape) = match path(resource, self.star_is_all) {
            Some((path, spelling)) => (path, spelling, Some(Shape::of(path))),
            None => (resource, Spelling::default(), None),
        };
        let key = match shape {
            Some(shape) => key(path, shape, &self.hasher),
            None => half(self.hasher.text(path)),
        };
        let id = self.with(key, path, shape.is_none()).unwrap_or_else(|| {
            if let Some(shape) = shape {
                self.shapes.add(shape);
            }
            let id = self.list.insert(Pattern {
                path: Text::new(path),
                key,
                wild: segments(path).any(is_wild),
                is_resource: shape.is_some(),
                public: false,
            });
            self.statements.insert(Set::default());
            self.by_key.insert(key, id);
            id
        });
        (id, spelling)
    }

    /// Forgets a pattern that nothing names.
    fn forget(&mut self, id: u32) {
        if self.statements(id).is_empty() && self.list.get(id).is_some_and(|pattern| !pattern.public) {
            let gone = self.list.remove(id);
            self.statements.remove(id);
            self.by_key.remove(gone.key, id);
            if gone.is_resource {
                self.shapes.remove(Shape::of(gone.path.as_str()));
            }
        }
    }

    fn with(&self, key: u32, path: &str, none: bool) -> Option<u32> {
        self.by_key.find(key, |id| {
            let pattern = self.list.get(id);
            pattern.is_some_and(|pattern| pattern.path.as_bytes() == path.as_bytes() && pattern.is_resource != none)
        })
    }

    /// The pattern of exactly this resource.
    pub(super) fn find(&self, resource: &str) -> Option<u32> {
        let (path, _) = path(resource, self.star_is_all)?;
        self.with(key(path, Shape::of(path), &self.hasher), path, false)
    }

    /// The first keys under which something may be that reaches `asked`.
    #[inline]
    pub(super) fn first_round<'a>(&'a self, asked: &Asked<'_>) -> Round<'a> {
        self.round(self.shapes.as_slice(), asked)
    }

    #[inline]
    fn round<'a>(&self, shapes: &'a [Shape], asked: &Asked<'_>) -> Round<'a> {
        let (now, rest) = shapes.split_at_checked(ROUND).unwrap_or((shapes, &[]));
        let mut round = Round {
            keys: [0; ROUND],
            len: 0,
            rest,
        };
        for shape in now {
            if let Some(key) = asked.key(*shape, &self.hasher)
                && let Some(place) = round.keys.get_mut(round.len)
            {
                *place = key;
                round.len += 1;
            }
        }
        round
    }

    /// All patterns that reach `asked`, until one gives an answer.
    pub(super) fn reaching<T>(&self, asked: &Asked<'_>, with: impl FnMut(u32, &Pattern) -> Option<T>) -> Option<T> {
        self.reaching_from(self.first_round(asked), asked, with)
    }

    /// The same, from the first round on.
    #[inline]
    pub(super) fn reaching_from<'a, T>(
        &'a self,
        mut round: Round<'a>,
        asked: &Asked<'_>,
        mut with: impl FnMut(u32, &Pattern) -> Option<T>,
    ) -> Option<T> {
        loop {
            for key in round.keys() {
                let mut found = None;
                self.by_key.find(*key, |id| {
                    if let Some(pattern) = self.list.get(id)
                        && pattern.covers(asked)
                    {
                        found = with(id, pattern);
                    }
                    found.is_some()
                });
                if found.is_some() {
                    return found;
                }
            }
            if round.rest.is_empty() {
                return None;
            }
            round = self.round(round.rest, asked);
        }
    }

    /// The patterns that most likely are the ones under the keys of a round, found with a single read each, and how many they are.
    #[inline]
    pub(super) fn likely(&self, round: &Round<'_>) -> ([u32; ROUND], usize) {
        let (mut likely, mut len) = ([0; ROUND], 0);
        for key in round.keys() {
            let (id, is) = self.by_key.likely(*key);
            if let Some(place) = likely.get_mut(len) {
                *place = id;
            }
            // Without a branch, which would have to wait for the read.
            len += usize::from(is);
        }
        (likely, len)
    }

    /// Reads what a check will read of a pattern; what it is does not matter.
    #[inline]
    pub(super) fn read_ahead(&self, id: u32) -> u32 {
        self.list.get(id).map_or(0, |pattern| pattern.key)
    }

    pub(super) fn covers(&self, id: u32, asked: &Asked<'_>) -> bool {
        self.list.get(id).is_some_and(|pattern| pattern.covers(asked))
    }

    pub(super) fn is_resource(&self, id: u32) -> bool {
        self.list.get(id).is_some_and(|pattern| pattern.is_resource)
    }

    /// Its path, or what it is named when it is no resource.
    pub(super) fn path(&self, id: u32) -> &str {
        self.list.get(id).map_or("", |pattern| pattern.path.as_str())
    }

    pub(super) fn statements(&self, id: u32) -> &[u32] {
        self.statements.get(id).map_or(&[], Set::as_slice)
    }
}
