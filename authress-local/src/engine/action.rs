//! Actions: which one implies which other.
//!
//! An action is a list of parts between colons, and case does not matter. What is held reaches everything below it, with or without a trailing
//! `*`; a `*` further in stands for one part. A question may hold `*` too: then everything that it stands for must be held.

/// An action that somebody holds, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held(Vec<String>);

impl Held {
    pub(super) fn new(action: &str) -> Self {
        Self(parts(action))
    }

    /// Whether it reaches `asked`; both a `*` that is asked for and a name are reached by a `*` only, or by what stands above them.
    pub(super) fn covers(&self, asked: &Asked) -> bool {
        self.0.len() <= asked.0.len()
            && self
                .0
                .iter()
                .zip(&asked.0)
                .all(|(held, asked)| held == "*" || held == asked)
    }
}

/// An action that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked(Vec<String>);

impl Asked {
    pub(super) fn new(action: &str) -> Self {
        Self(parts(action))
    }
}

/// The parts of an action, without one trailing `*`: `documents:*` holds what `documents` holds and asks for what it asks for, and `*` is everything.
fn parts(action: &str) -> Vec<String> {
    let mut parts: Vec<String> = action.split(':').map(str::to_lowercase).collect();
    parts.pop_if(|part| part == "*");
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_implies_what_is_below_it() {
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
        ] {
            assert_eq!(Held::new(held).covers(&Asked::new(asked)), covers, "{held} for {asked}");
        }
    }
}
