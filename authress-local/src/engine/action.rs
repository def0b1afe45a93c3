//! Actions: which one implies which other.
//!
//! An action is a list of parts between colons, and case does not matter. What is held reaches everything below it, with or without a trailing
//! `*`; a `*` further in stands for one part. A question may hold `*` too: then everything that it stands for must be held.

use std::borrow::Cow;

use super::hash::{Hasher, half};
use super::resource::split;

/// How many parts of a question are hashed.
const PARTS: usize = 8;
/// The longest action that the description allows.
const LONGEST: usize = 64;

/// An action that a role holds, ready to be compared.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Held {
    text: Box<str>,
    parts: usize,
    wild: bool,
}

/// Room for the small letters of an action that is asked for.
pub(super) struct Room([u8; LONGEST]);

impl Room {
    pub(super) fn new() -> Self {
        Self([0; LONGEST])
    }
}

/// An action that is asked for.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    text: Cow<'a, str>,
    parts: usize,
    /// The hashes of its beginnings, the shortest first.
    hashes: [u32; PARTS],
}

impl Held {
    pub(super) fn new(action: &str) -> Self {
        let folded = action.to_lowercase();
        let (text, parts) = parts(&folded);
        Self {
            text: text.into(),
            parts,
            wild: split(text, b':').any(|part| part == "*"),
        }
    }

    /// The hash under which a question finds it; none for one with wildcards and for a very long one, which must be compared, and for `*`.
    pub(super) fn hash(&self, hasher: &Hasher) -> Option<u32> {
        let by_hash = !self.wild && (1..=PARTS).contains(&self.parts);
        by_hash.then(|| half(hasher.text(&self.text)))
    }

    /// Whether it reaches `asked`; both a `*` that is asked for and a name are reached by a `*` only, or by what stands above them.
    #[inline]
    pub(super) fn covers(&self, asked: &Asked<'_>) -> bool {
        if self.parts > asked.parts {
            return false;
        }
        if self.wild {
            let held = split(&self.text, b':');
            return held
                .zip(split(&asked.text, b':'))
                .all(|(held, asked)| held == "*" || held == asked);
        }
        let below = asked.text.as_bytes().strip_prefix(self.text.as_bytes());
        self.parts == 0 || matches!(below, Some([] | [b':', ..]))
    }
}

impl<'a> Asked<'a> {
    pub(super) fn new(action: &'a str, room: &'a mut Room, hasher: &Hasher) -> Self {
        let (text, parts) = match fold(action, room) {
            Cow::Borrowed(text) => {
                let (text, parts) = parts(text);
                (Cow::Borrowed(text), parts)
            }
            Cow::Owned(text) => {
                let (text, parts) = parts(&text);
                (Cow::Owned(text.to_owned()), parts)
            }
        };
        let mut asked = Self {
            text,
            parts,
            hashes: [0; PARTS],
        };
        let text = asked.text.as_bytes();
        let ends = text
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b':')
            .map(|(end, _)| end);
        let ends = ends.chain([text.len()]).take(parts);
        for (end, hash) in ends.zip(&mut asked.hashes) {
            *hash = half(hasher.bytes(text.get(..end).unwrap_or_default()));
        }
        asked
    }

    /// The hashes of what it is reached by.
    pub(super) fn hashes(&self) -> impl Iterator<Item = u32> {
        self.hashes.iter().take(self.parts).copied()
    }
}

/// The action in small letters; nearly always there is room for them, or they are small already.
fn fold<'a>(action: &'a str, room: &'a mut Room) -> Cow<'a, str> {
    let (mut all, mut capitals) = (0, false);
    for byte in action.bytes() {
        all |= byte;
        capitals |= byte.is_ascii_uppercase();
    }
    if !all.is_ascii() {
        return action.to_lowercase().into();
    }
    if !capitals {
        return action.into();
    }
    let Some(room) = room.0.get_mut(..action.len()) else {
        return action.to_ascii_lowercase().into();
    };
    room.copy_from_slice(action.as_bytes());
    room.make_ascii_lowercase();
    std::str::from_utf8(room).unwrap_or_default().into()
}

/// An action without one trailing `*`, and how many parts it has: `documents:*` holds what `documents` holds and asks for what it asks for,
/// and `*`, which has no part, is everything.
fn parts(action: &str) -> (&str, usize) {
    if action == "*" {
        return ("", 0);
    }
    let text = action.strip_suffix(":*").unwrap_or(action);
    (text, 1 + text.bytes().filter(|byte| *byte == b':').count())
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
            // In other letters, and long.
            ("ÄNDERN", "ändern:alles", true),
            ("a:b:c:d:e:f:g:h", "a:b:c:d:e:f:g:h:i:j", true),
            ("a:b:c:d:e:f:g:h:i", "a:b:c:d:e:f:g:h:i:j", true),
            ("a:b:c:d:e:f:g:h:i:k", "a:b:c:d:e:f:g:h:i:j", false),
            (&"X".repeat(LONGEST + 1), &"x".repeat(LONGEST + 1), true),
            (&"x".repeat(LONGEST + 1), &"X".repeat(LONGEST + 1), true),
        ] {
            let mut room = Room::new();
            let asked_action = Asked::new(asked, &mut room, &hasher);
            let held_action = Held::new(held);
            assert_eq!(held_action.covers(&asked_action), covers, "{held} for {asked}");
            if let Some(hash) = held_action.hash(&hasher) {
                assert_eq!(asked_action.hashes().any(|it| it == hash), covers, "{held} for {asked}");
            }
        }
    }
}
