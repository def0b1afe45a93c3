//! Changes as they are collected, and how people are told them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Pair;

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Added,
    Removed,
    Changed,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::spec) struct Change {
    kind: Kind,
    place: String,
    what: String,
    breaks: bool,
}

/// Collects changes.
///
/// Two comparisons may find the same change, one in the code and one in the words of the description: it is told once, and breaks if either says so.
#[derive(Default)]
pub(super) struct Changes {
    found: Vec<Change>,
    retyped: BTreeSet<String>,
}

impl Changes {
    pub(super) fn added(&mut self, place: &str, what: impl Into<String>, breaks: bool) {
        self.push(Kind::Added, place, what.into(), breaks);
    }

    pub(super) fn removed(&mut self, place: &str, what: impl Into<String>, breaks: bool) {
        self.push(Kind::Removed, place, what.into(), breaks);
    }

    pub(super) fn changed(&mut self, place: &str, what: impl Into<String>, breaks: bool) {
        self.push(Kind::Changed, place, what.into(), breaks);
    }

    /// `what` is one thing now and was another.
    pub(super) fn differs(&mut self, place: &str, what: &str, old: &str, new: &str, breaks: bool) {
        self.changed(place, format!("{what} is {new}, was {old}"), breaks);
    }

    /// The type of a place is another one.
    pub(super) fn retyped(&mut self, place: &str, old: &str, new: &str, breaks: bool) {
        self.differs(place, "type", old, new, breaks);
        self.retyped.insert(place.to_owned());
    }

    /// Whether the type of a place is known to be another one, so that its details need not be told.
    pub(super) fn is_retyped(&self, place: &str) -> bool {
        self.retyped.contains(place)
    }

    /// What both have in common of `what` stands in another order.
    pub(super) fn reordered(&mut self, place: &str, what: &str, names: &Pair<Vec<&str>>) {
        let common = |names: &[&str], others: &[&str]| {
            let common = names.iter().filter(|name| others.contains(name));
            common.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let (before, after) = (common(&names.old, &names.new), common(&names.new, &names.old));
        if before != after {
            self.differs(place, &format!("order of {what}"), &before, &after, true);
        }
    }

    fn push(&mut self, kind: Kind, place: &str, what: String, breaks: bool) {
        let same = |other: &&mut Change| other.place == place && other.what == what && other.kind == kind;
        match self.found.iter_mut().find(same) {
            Some(other) => other.breaks |= breaks,
            None => self.found.push(Change {
                kind,
                place: place.to_owned(),
                what,
                breaks,
            }),
        }
    }

    /// All changes, those of one place together.
    pub(super) fn by_place(mut self) -> Vec<Change> {
        let mut first = BTreeMap::new();
        for (position, change) in self.found.iter().enumerate() {
            first.entry(change.place.clone()).or_insert(position);
        }
        self.found.sort_by_key(|change| first.get(&change.place).copied());
        self.found
    }
}

/// Whether any of the changes breaks users.
pub(in crate::spec) fn breaks(changes: &[Change]) -> bool {
    changes.iter().any(|change| change.breaks)
}

/// Prints changes, one a line: `+`, `-` or `~`, the place, what it is, and whether it breaks users; then a line of counts.
pub(in crate::spec) struct Report<'a>(pub(in crate::spec) &'a [Change]);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in self.0 {
            let sign = match change.kind {
                Kind::Added => '+',
                Kind::Removed => '-',
                Kind::Changed => '~',
            };
            let breaks = if change.breaks { " [breaks users]" } else { "" };
            writeln!(f, "{sign} {}: {}{breaks}", change.place, change.what)?;
        }
        let count = |kind| self.0.iter().filter(|change| change.kind == kind).count();
        let (added, removed, changed) = (count(Kind::Added), count(Kind::Removed), count(Kind::Changed));
        let breaking = self.0.iter().filter(|change| change.breaks).count();
        writeln!(
            f,
            "{added} added, {removed} removed, {changed} changed; {breaking} {} users",
            if breaking == 1 { "breaks" } else { "break" }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_twice_is_told_once_and_breaks_if_either_says_so() {
        let mut changes = Changes::default();
        changes.changed("A", "x", false);
        changes.added("A", "x", false);
        changes.changed("A", "x", true);
        let found = changes.by_place();
        assert_eq!(
            Report(&found).to_string(),
            "~ A: x [breaks users]\n+ A: x\n1 added, 0 removed, 1 changed; 1 breaks users\n"
        );
        assert!(breaks(&found));
    }

    #[test]
    fn only_what_both_have_can_stand_in_another_order() {
        let reordered = |old: &[&str], new: &[&str]| {
            let mut changes = Changes::default();
            let names = Pair { old, new }.map(<[&str]>::to_vec);
            changes.reordered("A", "fields", &names);
            changes.by_place().into_iter().next().map(|change| change.what)
        };
        assert_eq!(reordered(&["a", "b"], &["c", "a", "b"]), None);
        let what = "order of fields is `b`, `a`, was `a`, `b`";
        assert_eq!(reordered(&["a", "b"], &["b", "c", "a"]), Some(what.to_owned()));
    }

    #[test]
    fn changes_of_one_place_stand_together() {
        let mut changes = Changes::default();
        for (place, what) in [("A", "1"), ("A.b", "2"), ("A", "3"), ("A.b", "4")] {
            changes.changed(place, what, false);
        }
        let told: Vec<String> = changes.by_place().into_iter().map(|change| change.what).collect();
        assert_eq!(told, ["1", "3", "2", "4"]);
    }
}
