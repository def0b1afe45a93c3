//! Enums of strings: open, so that a value of a later version of the service is kept and sent back unchanged.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Fields, Item, ItemEnum, LitStr};

use super::docs;
use crate::generate::passes::code_span;

/// Whether `item` is an enum of plain names, that is, of strings.
pub(super) fn is_string_enum(item: &ItemEnum) -> bool {
    !item.variants.is_empty()
        && item
            .variants
            .iter()
            .all(|variant| matches!(variant.fields, Fields::Unit))
}

/// The names of all enums of strings among `items`.
pub(super) fn string_enums(items: &[Item]) -> BTreeSet<String> {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Enum(item) if is_string_enum(item) => Some(item.ident.to_string()),
            _ => None,
        })
        .collect()
}

/// The names of the enums of strings whose own text says what their values mean.
pub(super) fn documented(items: &[Item]) -> BTreeSet<String> {
    let documented = items.iter().filter_map(|item| match item {
        Item::Enum(item) if is_string_enum(item) => {
            Some(item).filter(|item| !docs::values(&docs::written(&item.attrs)).is_empty())
        }
        _ => None,
    });
    documented.map(|item| item.ident.to_string()).collect()
}

/// The enum with one more variant for every value that is not known, and how it is read and written.
pub(super) fn open(item: &ItemEnum) -> TokenStream {
    let name = &item.ident;
    let text = docs::written(&item.attrs);
    let meanings = docs::values(&text);
    let about = docs::doc(&docs::or(
        docs::without_values(&text),
        &format!("The values of `{name}`."),
    ));
    let (mut variants, mut names, mut wires) = (Vec::new(), Vec::new(), Vec::new());
    for variant in &item.variants {
        let wire = wire_name(&variant.attrs).unwrap_or_else(|| variant.ident.to_string());
        let ident = &variant.ident;
        let value = format!("The value {}.", code_span(&wire));
        let doc = docs::doc(&match meanings.get(&wire) {
            Some(meaning) => format!("{}\n\n{value}", meaning.trim()),
            None => value,
        });
        variants.push(quote!(#doc #ident));
        names.push(ident);
        wires.push(wire);
    }
    // An enum with values of both names is refused before.
    let is_taken = names.iter().any(|name| *name == "Unknown");
    let unknown = format_ident!("{}", if is_taken { "UnknownValue" } else { "Unknown" });
    quote! {
        #about
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version of the crate does not know; it is sent back as it came.
            #unknown(String),
        }

        impl #name {
            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #wires,)*
                    Self::#unknown(value) => value,
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#wires => Self::#names,)*
                    value => Self::#unknown(value.to_owned()),
                }
            }
        }

        crate::open_enum::open_enum!(#name, [#(#wires),*]);
    }
}

fn wire_name(attributes: &[Attribute]) -> Option<String> {
    let mut wire = None;
    for attribute in attributes.iter().filter(|a| a.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                wire = Some(meta.value()?.parse::<LitStr>()?.value());
            }
            Ok(())
        });
    }
    wire
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_keeps_its_wire_name_and_unknown_ones_are_kept() {
        let item = syn::parse_quote! {
            /// Docs.
            pub enum Kind { #[serde(rename = "x-fancy")] XFancy, Plain }
        };
        let code = open(&item).to_string();
        assert!(code.contains("\"x-fancy\" => Self :: XFancy"), "{code}");
        assert!(code.contains("Self :: Plain => \"Plain\""), "{code}");
        assert!(code.contains("Unknown (String)"), "{code}");
    }

    #[test]
    fn the_variant_for_unknown_values_is_none_of_the_known_ones() {
        let item = syn::parse_quote!(
            pub enum Kind {
                Unknown,
            }
        );
        assert!(open(&item).to_string().contains("UnknownValue (String)"));
    }

    #[test]
    fn a_value_says_what_the_description_says_of_it() {
        let item = syn::parse_quote! {
            #[doc = "Kinds.\n\n- `x-fancy`: With ribbons."]
            pub enum Kind { #[serde(rename = "x-fancy")] XFancy, Plain }
        };
        let code = open(&item).to_string();
        assert!(code.contains("# [doc = \" With ribbons.\"]"), "{code}");
        assert!(code.contains("# [doc = \" The value `Plain`.\"] Plain"), "{code}");
        assert!(code.contains("# [doc = \" Kinds.\"] # [derive"), "{code}");
    }

    #[test]
    fn only_enums_of_plain_names_are_strings() {
        assert!(is_string_enum(&syn::parse_quote!(
            enum A {
                B,
            }
        )));
        assert!(!is_string_enum(&syn::parse_quote!(
            enum A {
                B(u8),
            }
        )));
    }
}
