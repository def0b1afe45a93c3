//! The resources that something is given on: each once, however many statements name it.

use super::hash::{Hasher, half};
use super::ids::Ids;
use super::resource::{Spelling, covers, is_wild, literal_covers, path, segments};
use super::set::Set;
use super::shape::{Asked, Shape, key};
use super::shapes::Shapes;
use super::slab::Slab;
use super::text::Text;

/// The shape of what is no resource: nothing has it that is asked about.
const NONE: u32 = u32::MAX;

#[derive(Debug, Default)]
pub(super) struct Patterns {
    pub(super) hasher: Hasher,
    star_is_all: bool,
    shapes: Shapes,
    by_key: Ids,
    list: Slab<Pattern>,
}

/// A resource that something is given on, or that is public.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    path: Text<46>,
    key: u32,
    shape: u32,
    wild: bool,
    /// Whether everybody may do everything with it.
    pub(super) public: bool,
    /// The statements that name it.
    statements: Set,
}

impl Pattern {
    #[inline]
    fn covers(&self, asked: &Asked<'_>) -> bool {
        if self.wild || self.shape == NONE {
            self.shape != NONE && covers(self.path.as_str(), asked.path())
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
        let statements = self.list.all().map(|pattern| pattern.statements.len()).sum();
        [self.shapes.len(), self.by_key.len(), self.list.len(), statements]
    }

    /// The pattern of a resource, for one more statement.
    pub(super) fn add(&mut self, resource: &str, statement: u32) -> (u32, Spelling) {
        let (id, spelling) = self.id(resource);
        if let Some(pattern) = self.list.get_mut(id) {
            pattern.statements.insert(statement);
        }
        (id, spelling)
    }

    /// A statement that named a pattern is gone.
    pub(super) fn remove(&mut self, id: u32, statement: u32) {
        if let Some(pattern) = self.list.get_mut(id) {
            pattern.statements.remove(statement);
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
            let shape = shape.map_or(NONE, |shape| self.shapes.add(shape));
            let id = self.list.insert(Pattern {
                path: Text::new(path),
                key,
                shape,
                wild: segments(path).any(is_wild),
                public: false,
                statements: Set::default(),
            });
            self.by_key.insert(key, id);
            id
        });
        (id, spelling)
    }

    /// Forgets a pattern that nothing names.
    fn forget(&mut self, id: u32) {
        if self
            .list
            .get(id)
            .is_some_and(|pattern| pattern.statements.is_empty() && !pattern.public)
        {
            let gone = self.list.remove(id);
            self.by_key.remove(gone.key, id);
            if gone.shape != NONE {
                self.shapes.remove(gone.shape);
            }
        }
    }

    fn with(&self, key: u32, path: &str, none: bool) -> Option<u32> {
        self.by_key.find(key, |id| {
            let pattern = self.list.get(id);
            pattern.is_some_and(|pattern| pattern.path.as_bytes() == path.as_bytes() && (pattern.shape == NONE) == none)
        })
    }

    /// The pattern of exactly this resource.
    pub(super) fn find(&self, resource: &str) -> Option<u32> {
        let (path, _) = path(resource, self.star_is_all)?;
        self.with(key(path, Shape::of(path), &self.hasher), path, false)
    }

    /// All patterns that reach `asked`, until one gives an answer.
    #[inline]
    pub(super) fn reaching<T>(&self, asked: &Asked<'_>, mut with: impl FnMut(u32, &Pattern) -> Option<T>) -> Option<T> {
        self.shapes.find(asked, &self.hasher, |key| {
            let mut found = None;
            self.by_key.find(key, |id| {
                if let Some(pattern) = self.list.get(id)
                    && pattern.covers(asked)
                {
                    found = with(id, pattern);
                }
                found.is_some()
            });
            found
        })
    }

    pub(super) fn covers(&self, id: u32, asked: &Asked<'_>) -> bool {
        self.list.get(id).is_some_and(|pattern| pattern.covers(asked))
    }

    pub(super) fn is_resource(&self, id: u32) -> bool {
        self.list.get(id).is_some_and(|pattern| pattern.shape != NONE)
    }

    /// Its path, or what it is named when it is no resource.
    pub(super) fn path(&self, id: u32) -> &str {
        self.list.get(id).map_or("", |pattern| pattern.path.as_str())
    }

    pub(super) fn statements(&self, id: u32) -> &[u32] {
        self.list.get(id).map_or(&[], |pattern| pattern.statements.as_slice())
    }
}
