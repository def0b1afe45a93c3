//! What a decision is found by: who asked, about whom, what, and where. It is looked for without being copied.

use std::hash::{Hash, Hasher};

use quick_cache::Equivalent;

use super::Caller;

/// A question, as it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked<'a> {
    pub(crate) caller: Caller,
    pub(crate) user_id: &'a str,
    pub(crate) resource_uri: &'a str,
    pub(crate) permission: &'a str,
}

/// A question, as it is kept: its texts one after another, so that there is one place in memory to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    caller: Caller,
    texts: Box<str>,
    /// Where the resource begins.
    resource: usize,
    /// Where the permission begins.
    permission: usize,
}

impl Key {
    pub(super) fn user_id(&self) -> &str {
        self.texts.get(..self.resource).unwrap_or_default()
    }

    pub(super) fn resource_uri(&self) -> &str {
        self.texts.get(self.resource..self.permission).unwrap_or_default()
    }

    pub(super) fn permission(&self) -> &str {
        self.texts.get(self.permission..).unwrap_or_default()
    }

    #[inline]
    fn asked(&self) -> Asked<'_> {
        Asked {
            caller: self.caller,
            user_id: self.user_id(),
            resource_uri: self.resource_uri(),
            permission: self.permission(),
        }
    }
}

impl From<Asked<'_>> for Key {
    fn from(asked: Asked<'_>) -> Self {
        let resource = asked.user_id.len();
        Self {
            caller: asked.caller,
            texts: [asked.user_id, asked.resource_uri, asked.permission].concat().into(),
            resource,
            permission: resource + asked.resource_uri.len(),
        }
    }
}

impl Hash for Asked<'_> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.caller.hash(state);
        // Each text ends with a byte that no text has, so that none of one question runs into the next.
        self.user_id.hash(state);
        self.resource_uri.hash(state);
        self.permission.hash(state);
    }
}

/// As it is hashed when it is asked.
impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.asked().hash(state);
    }
}

impl Equivalent<Key> for Asked<'_> {
    #[inline]
    fn equivalent(&self, key: &Key) -> bool {
        let resource = self.user_id.len();
        // The lengths first: most other questions are told apart by them, or by the first text.
        key.resource == resource && key.permission == resource + self.resource_uri.len() && *self == key.asked()
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher as _, RandomState};

    use super::*;

    fn asked(texts: [&str; 3]) -> Asked<'_> {
        Asked {
            caller: Caller::SERVICE_CLIENT,
            user_id: texts[0],
            resource_uri: texts[1],
            permission: texts[2],
        }
    }

    #[test]
    fn a_question_is_found_by_all_of_its_texts_and_by_where_each_of_them_ends() {
        let hasher = RandomState::new();
        let questions = [
            ["ab", "c", "d"],
            ["a", "bc", "d"],
            ["a", "b", "cd"],
            ["", "abc", "d"],
            ["a\u{ff}b", "c", "d"],
            ["a", "ü", "d"],
            ["", "", ""],
        ];
        for one in questions {
            let key = Key::from(asked(one));
            assert_eq!([key.user_id(), key.resource_uri(), key.permission()], one);
            assert_eq!(hasher.hash_one(asked(one)), hasher.hash_one(&key));
            for other in questions {
                assert_eq!(asked(other).equivalent(&key), one == other, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn two_callers_never_ask_the_same_question() {
        let question = asked(["u", "r", "p"]);
        let of_user = Asked {
            caller: Caller::of_token("eyJ.a.b"),
            ..question
        };
        let of_another = Asked {
            caller: Caller::of_token("eyJ.a.c"),
            ..question
        };
        for (one, other) in [(question, of_user), (of_user, of_another), (of_another, question)] {
            assert!(!one.equivalent(&Key::from(other)));
        }
    }
}
