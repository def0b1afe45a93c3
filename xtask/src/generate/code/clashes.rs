//! Types and fields that would be there twice: the generator calls what is written in place by rules of its own, and does not compare.

use std::collections::BTreeSet;

use serde_json::Value;
use syn::{Item, ItemStruct};

use super::Refusal;
use super::names::type_name;
use crate::document::escape;

/// The first name that two of `types`, or two fields of one of them, have.
pub(super) fn refusal(types: &[Item], document: &Value) -> Option<Refusal> {
    let mut seen = BTreeSet::new();
    types.iter().find_map(|item| {
        let name = match item {
            Item::Struct(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Type(item) => &item.ident,
            _ => return None,
        };
        let name = name.to_string();
        if !seen.insert(name.clone()) {
            return Some((place(document, &name), format!("two types are called `{name}` in code")));
        }
        let Item::Struct(item) = item else { return None };
        let field = field_twice(item)?;
        let what = format!("two fields of `{name}` are called `{field}` in code");
        Some((place(document, &name), what))
    })
}

fn field_twice(item: &ItemStruct) -> Option<String> {
    let mut seen = BTreeSet::new();
    let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
    fields
        .map(ToString::to_string)
        .find(|field| !seen.insert(field.clone()))
}

/// The schema that becomes the type called `name`; what is written in place has the name of one before its own.
fn place(document: &Value, name: &str) -> Option<String> {
    let schemas = document.pointer("/components/schemas")?.as_object()?;
    let named = schemas.keys().filter(|schema| name.starts_with(&type_name(schema)));
    let schema = named.max_by_key(|schema| schema.len())?;
    Some(format!("#/components/schemas/{}", escape(schema)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use syn::parse_quote;

    #[test]
    fn types_and_fields_that_are_there_twice_are_refused_at_their_schema() {
        let document = json!({"components": {"schemas": {"m": {}, "M_Kind": {}, "N": {}}}});
        let kind = || {
            parse_quote!(
                enum MKind {
                    A,
                }
            )
        };
        let of = |types: &[Item]| refusal(types, &document);
        assert_eq!(
            of(&[
                kind(),
                parse_quote!(
                    struct M {
                        a: u8,
                        b: u8,
                    }
                )
            ]),
            None
        );
        assert_eq!(
            of(&[
                kind(),
                parse_quote!(
                    struct MKind {
                        a: u8,
                    }
                )
            ]),
            Some((
                Some("#/components/schemas/M_Kind".to_owned()),
                "two types are called `MKind` in code".to_owned()
            ))
        );
        assert_eq!(
            of(&[parse_quote!(
                struct MList {
                    a: u8,
                    a: u8,
                }
            )]),
            Some((
                Some("#/components/schemas/m".to_owned()),
                "two fields of `MList` are called `a` in code".to_owned()
            ))
        );
    }
}
