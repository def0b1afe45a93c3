//! Actions: which one implies which other.
//!
//! An action is a list of parts between colons, and case does not matter. What is held reaches everything below it, with or without a trailing
//! `*`; a `*` further in stands for one part. A question may hold `*` too: then everything that it stands for must be held.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::hash::{Hasher, half};
use super::parts::Parts;
use super::resource::split;

/// How many parts of an action are hashed.
const PARTS: usize = 8;

/// An action that a role holds, ready to be compared.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Held {
    text: Box<str>,
    parts: usize,
    wild: bool,
}

/// An action that is asked for.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    /// In small letters, unless it is ASCII.
    text: Cow<'a, str>,
    /// Whether it is `*`, of which no text is left.
    is_everything: bool,
    /// Few roles have so many actions that this is needed.
    parts: OnceCell<Parts<PARTS>>,
}

impl Held {
    pub(super) fn new(action: &str) -> Self {
        let folded = small_letters(action);
        let text = without_star(&folded);
        let is_everything = folded == "*";
        Self {
            text: text.into(),
            parts: if is_everything { 0 } else { split(text, b':').count() },
            wild: split(text, b':').any(|part| part == "*"),
        }
    }

    /// The place among those that reach the same action: those that hashes find come first, the widest before the others.
    pub(super) fn rank(&self) -> usize {
        if self.has_hash() { self.parts } else { usize::MAX }
    }

    fn has_hash(&self) -> bool {
        !self.wild && (1..=PARTS).contains(&self.parts)
    }

    /// The hash under which a question finds it; none for one with wildcards and for a very long one, which must be compared, and for `*`.
    pub(super) fn hash(&self, hasher: &Hasher) -> Option<u32> {
        if !self.has_hash() {
            return None;
        }
        let mut parts = Parts::<PARTS>::new();
        parts.read(&self.text, b':', small, hasher);
        parts.beginnings().last().copied().map(half)
    }

    /// Whether it reaches `asked`; both a `*` that is asked for and a name are reached by a `*` only, or by what stands above them.
    #[inline]
    pub(super) fn covers(&self, asked: &Asked<'_>) -> bool {
        if self.parts == 0 || asked.is_everything {
            return self.parts == 0;
        }
        if self.wild {
            let mut asked = split(&asked.text, b':');
            return split(&self.text, b':').all(|held| {
                asked
                    .next()
                    .is_some_and(|asked| held == "*" || held.eq_ignore_ascii_case(asked))
            });
        }
        match asked.text.as_bytes().split_at_checked(self.text.len()) {
            Some((beginning, [] | [b':', ..])) => {
                let held = self.text.as_bytes();
                // Nearly all actions are asked for in small letters.
                beginning == held || beginning.eq_ignore_ascii_case(held)
            }
            _ => false,
        }
    }
}

impl<'a> Asked<'a> {
    #[inline]
    pub(super) fn new(action: &'a str) -> Self {
        let text = if action.is_ascii() {
            Cow::Borrowed(without_star(action))
        } else {
            Cow::Owned(without_star(&small_letters(action)).to_owned())
        };
        Self {
            is_everything: action == "*",
            text,
            parts: OnceCell::new(),
        }
    }

    /// The hashes of what it is reached by: all beginnings.
    pub(super) fn hashes(&self, hasher: &Hasher) -> impl Iterator<Item = u32> {
        let parts = self.parts.get_or_init(|| {
            let mut parts = Parts::new();
            parts.read(&self.text, b':', small, hasher);
            parts
        });
        let beginnings = parts.beginnings().iter().filter(|_| !self.is_everything);
        beginnings.copied().map(half)
    }
}

/// An action in small letters, each for itself: for the whole text, `Σ` would be another letter at the end than before what is below.
pub(super) fn small_letters(action: &str) -> String {
    action.chars().flat_map(char::to_lowercase).collect()
}

/// A word with small letters instead of the capitals of ASCII.
#[inline]
fn small(word: u64) -> u64 {
    const BYTES: usize = size_of::<u64>();
    const LOW: u64 = u64::from_ne_bytes([0x7f; BYTES]);
    let low = word & LOW;
    // The highest bit of each byte tells whether it is `A` or more, and whether it is more than `Z`.
    let from_a = low + u64::from_ne_bytes([0x80 - b'A'; BYTES]);
    let behind_z = low + u64::from_ne_bytes([0x7f - b'Z'; BYTES]);
    let capitals = (from_a ^ behind_z) & !word & !LOW;
    word | capitals >> 2
}

/// An action without one trailing `*`: `documents:*` holds what `documents` holds and asks for what it asks for, and `*`, which has no part, is
/// everything.
fn without_star(action: &str) -> &str {
    if action == "*" {
        return "";
    }
    action.strip_suffix(":*").unwrap_or(action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_implies_what_is_below_it() {
        let hasher = Hasher::default();
        for (held, asked, covers) in [
            ("read", "read", true),
            ("READ", "read", true),
            ("read", "Read", true),
            ("read", "write", false),
            ("read", "reader", false),
            ("documents", "documents:read", true),
            ("documents", "documents:read:all", true),
            ("documents:*", "documents:read", true),
            ("documents:*", "documents:read:all", true),
            ("documents:*", "documents", true),
            ("documents:read", "documents", false),
            ("documents:read", "documents:write", false),
            ("*", "documents:read", true),
            ("*", "*", true),
            ("documents:*:all", "documents:read:all", true),
            ("documents:*:all", "documents:read:one", false),
            ("documents:*:all", "documents:read:x:all", false),
            ("documents:*:all", "documents:read", false),
            ("*:read", "documents:read", true),
            ("*:read", "documents:write", false),
            // Asked for with `*`: all of it must be held.
            ("documents", "documents:*", true),
            ("documents:*", "documents:*", true),
            ("documents:read", "documents:*", false),
            ("documents", "*", false),
            ("a:*:*", "a:*", false),
            ("a:*:*", "a", false),
            ("a:*:*", "a:*:*", true),
            ("a:*:*", "a:b", true),
            ("a:*", "a:*:*", true),
            ("*:*", "*", false),
            ("documents:*:all", "documents:*:all", true),
            ("documents:read:all", "documents:*:all", false),
            ("", "read", false),
            ("", "*", false),
            // A name that is empty is not `*`.
            (":*", "read", false),
            (":*", "*", false),
            (":*", ":read", true),
            (":*", ":*", true),
            ("read", ":*", false),
            ("*", ":*", true),
            // In other letters, and long.
            ("ÄNDERN", "ändern:alles", true),
            ("ΑΣ", "ΑΣ:ΑΣ", true),
            ("ΑΣ:*", "ασ", true),
            ("a:b:c:d:e:f:g:h", "a:b:c:d:e:f:g:h:i:j", true),
            ("a:b:c:d:e:f:g:h:i", "a:b:c:d:e:f:g:h:i:j", true),
            ("a:b:c:d:e:f:g:h:i:k", "a:b:c:d:e:f:g:h:i:j", false),
            (&"X".repeat(65), &"x".repeat(65), true),
            (&"x".repeat(65), &"X".repeat(65), true),
            ("\u{212a}ey", "KEY", true),
            ("@[`{:AZ", "@[`{:az", true),
            ("@[`{", "`{@[", false),
            ("[\\]^_", "{|}~\u{7f}", false),
        ] {
            let asked_action = Asked::new(asked);
            let held_action = Held::new(held);
            assert_eq!(held_action.covers(&asked_action), covers, "{held} for {asked}");
            if let Some(hash) = held_action.hash(&hasher) {
                assert_eq!(
                    asked_action.hashes(&hasher).any(|it| it == hash),
                    covers,
                    "{held} for {asked}"
                );
            }
        }
    }

    #[test]
    fn all_that_is_held_is_found_by_its_hash_but_wildcards_and_what_is_very_long() {
        let hasher = Hasher::default();
        for (held, has_hash) in [
            ("read", true),
            ("documents:*", true),
            (":*", true),
            ("", true),
            ("a:b:c:d:e:f:g:h", true),
            ("a:b:c:d:e:f:g:h:i", false),
            ("*", false),
            ("*:read", false),
            ("documents:*:all", false),
        ] {
            assert_eq!(Held::new(held).hash(&hasher).is_some(), has_hash, "{held}");
        }
    }
}
