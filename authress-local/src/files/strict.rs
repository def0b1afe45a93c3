//! Documents in which every member must be known: one that is written wrongly would be passed over without a word.

use std::fmt;

use serde::{Deserialize, Deserializer};
use serde_ignored::Path;

/// A document, and the place of the first member that means nothing.
pub(crate) struct Strict<T> {
    pub(crate) value: T,
    pub(crate) unknown: Option<String>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Strict<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut unknown = None;
        let value = serde_ignored::deserialize(deserializer, |path| {
            unknown.get_or_insert_with(|| Place(&path).to_string());
        })?;
        Ok(Self { value, unknown })
    }
}

/// A place as errors name it: `records[0].users`.
struct Place<'a>(&'a Path<'a>);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Path::Root => Ok(()),
            Path::Seq { parent, index } => write!(f, "{}[{index}]", Place(parent)),
            Path::Map {
                parent: Path::Root,
                key,
            } => f.write_str(key),
            Path::Map { parent, key } => write!(f, "{}.{key}", Place(parent)),
            Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
                Place(parent).fmt(f)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Outer {
        list: Option<Vec<Inner>>,
    }

    #[derive(Deserialize)]
    struct Inner {}

    #[test]
    fn the_first_member_that_means_nothing_is_named_by_its_place() {
        for (document, items, unknown) in [
            (r#"{"list": [{}, {}]}"#, Some(2), None),
            (
                r#"{"list": [{}, {"b": 1, "a": 2}], "c": 3}"#,
                Some(2),
                Some("list[1].b"),
            ),
            (r#"{"list": null, "other": {"list": []}}"#, None, Some("other")),
        ] {
            let read: Strict<Outer> = serde_json::from_str(document).unwrap();
            assert_eq!(read.value.list.map(|list| list.len()), items);
            assert_eq!(read.unknown.as_deref(), unknown);
        }
    }
}
