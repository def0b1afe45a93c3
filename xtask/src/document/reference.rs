//! References: `#/components/schemas/X` to the value it names.
//!
//! Only references within the document are followed. A chain of references is followed to its end, and given up when it comes back to itself.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A reference that leads to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadReference {
    reference: String,
    why: &'static str,
}

impl BadReference {
    fn new(reference: &str, why: &'static str) -> Self {
        Self {
            reference: reference.to_owned(),
            why,
        }
    }
}

impl fmt::Display for BadReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the reference `{}` {}", self.reference, self.why)
    }
}

/// What `reference` names: a JSON pointer in a fragment (RFC 6901 section 6), with `~0`, `~1` and percent escapes.
///
/// # Errors
/// A reference out of the document, a malformed one, or one to nowhere.
pub(crate) fn resolve<'a>(root: &'a Value, reference: &str) -> Result<&'a Value, BadReference> {
    let pointer = pointer(reference)?;
    root.pointer(&pointer)
        .ok_or_else(|| BadReference::new(reference, "leads nowhere"))
}

/// The JSON pointer that `reference` is, without its percent escapes.
///
/// # Errors
/// A reference out of the document, or a malformed one.
pub(crate) fn pointer(reference: &str) -> Result<Cow<'_, str>, BadReference> {
    let bad = |why| BadReference::new(reference, why);
    let Some(fragment) = reference.strip_prefix('#') else {
        return Err(bad("leaves the document"));
    };
    let pointer = percent_decode_str(fragment)
        .decode_utf8()
        .map_err(|_| bad("is not UTF-8"))?;
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return Err(bad("is not a JSON pointer"));
    }
    Ok(pointer)
}

/// `value` itself, or what it stands for when it is a reference: the end of the chain.
///
/// # Errors
/// As [`resolve`], and a chain that never ends.
pub(crate) fn follow<'a>(root: &'a Value, mut value: &'a Value) -> Result<&'a Value, BadReference> {
    let mut seen = Vec::new();
    while let Some(reference) = of(value) {
        if seen.contains(&reference) {
            return Err(BadReference::new(reference, "leads round in a circle"));
        }
        seen.push(reference);
        value = resolve(root, reference)?;
    }
    Ok(value)
}

/// The reference that `value` is, if it is one.
fn of(value: &Value) -> Option<&str> {
    value.get("$ref").and_then(Value::as_str)
}

/// Every reference of the document with the JSON pointer of the object that holds it, in the document's order.
///
/// Examples, defaults, enum values and extensions are data, not parts of the description: what looks like a reference in them is none.
pub(crate) fn references(root: &Value) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    collect(root, &mut String::new(), false, &mut found);
    found
}

fn collect<'a>(value: &'a Value, pointer: &mut String, names: bool, found: &mut Vec<(String, &'a str)>) {
    let mut descend = |token: &str, inner: &'a Value, names: bool| {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&escape(token));
        collect(inner, pointer, names, found);
        pointer.truncate(length);
    };
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                if names {
                    descend(key, inner, false);
                } else if !matches!(key.as_str(), "example" | "examples" | "default" | "enum" | "const")
                    && !key.starts_with("x-")
                {
                    descend(key, inner, holds_names(key));
                }
            }
            if let Some(reference) = of(value)
                && !names
            {
                found.push((pointer.clone(), reference));
            }
        }
        Value::Array(values) => {
            for (index, inner) in values.iter().enumerate() {
                descend(&index.to_string(), inner, false);
            }
        }
        _ => {}
    }
}

/// Whether the keys of the object under `key` are names that the author chose, and no keywords.
pub(super) fn holds_names(key: &str) -> bool {
    matches!(
        key,
        "properties"
            | "schemas"
            | "responses"
            | "content"
            | "headers"
            | "parameters"
            | "requestBodies"
            | "securitySchemes"
            | "callbacks"
            | "links"
            | "paths"
            | "pathItems"
            | "encoding"
            | "variables"
            | "mapping"
    )
}

/// The keys and indices that a JSON pointer goes through.
pub(crate) fn tokens(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(unescape).collect()
}

/// One key as a part of a JSON pointer (RFC 6901 section 3).
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// A part of a JSON pointer as the key that it names.
pub(super) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn escapes_are_undone_in_their_order() {
        let root = json!({"a/b": 1, "m~n": 2, "~1": 3, "c d": 4, "ä": 5, "x": [6, {"y": 7}], "%": 8});
        for (reference, value) in [
            ("#/a~1b", 1),
            ("#/m~0n", 2),
            ("#/~01", 3),
            ("#/c%20d", 4),
            ("#/%C3%A4", 5),
            ("#/x/0", 6),
            ("#/x/1/y", 7),
            ("#/%25", 8),
            ("#/a%7E1b", 1),
        ] {
            assert_eq!(resolve(&root, reference), Ok(&json!(value)), "{reference}");
        }
        assert_eq!(resolve(&root, "#"), Ok(&root));
    }

    #[test]
    fn a_reference_to_nowhere_says_why() {
        let root = json!({"a": {"b": 1}, "c": [1]});
        for (reference, why) in [
            ("#/a/x", "leads nowhere"),
            ("#/c/1", "leads nowhere"),
            ("#/c/01", "leads nowhere"),
            ("#a", "is not a JSON pointer"),
            ("#/%ff", "is not UTF-8"),
            ("other.yaml#/a", "leaves the document"),
            ("https://example.com/a.json", "leaves the document"),
            ("", "leaves the document"),
        ] {
            let error = resolve(&root, reference).unwrap_err();
            assert_eq!(error.to_string(), format!("the reference `{reference}` {why}"));
        }
    }

    #[test]
    fn a_chain_is_followed_to_its_end() {
        let root = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/c"}, "c": {"type": "string"}});
        assert_eq!(follow(&root, &root["a"]), Ok(&root["c"]));
        assert_eq!(follow(&root, &root["c"]), Ok(&root["c"]));
    }

    #[test]
    fn a_circle_is_given_up() {
        let root = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}, "me": {"$ref": "#/me"}});
        for name in ["a", "me"] {
            let error = follow(&root, &root[name]).unwrap_err().to_string();
            assert!(error.ends_with("leads round in a circle"), "{error}");
        }
    }

    #[test]
    fn references_are_found_and_data_is_left_alone() {
        let reference = json!({"$ref": "#/x"});
        let root = json!({
            "paths": {"/a": {"get": {"parameters": [reference], "x-note": reference}}},
            "components": {"schemas": {"A": {
                "properties": {"example": reference, "default": {"items": reference}, "$ref": {"type": "string"}},
                "example": reference, "default": reference, "enum": [reference],
            }}},
        });
        let pointers: Vec<String> = references(&root).into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(
            pointers,
            [
                "/paths/~1a/get/parameters/0",
                "/components/schemas/A/properties/example",
                "/components/schemas/A/properties/default/items",
            ]
        );
    }
}
