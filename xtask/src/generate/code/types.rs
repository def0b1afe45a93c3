//! Types in signatures: how they are written, and which arguments stand for them.

use super::names;
use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{GenericArgument, Path, PathArguments, Type, TypePath};

/// Writes types as people do: `String` for `::std::string::String`.
pub(super) struct ShortPaths;

impl VisitMut for ShortPaths {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let keep = match names.as_slice() {
            ["std", "string", "String"]
            | ["std", "option", "Option"]
            | ["std", "vec", "Vec"]
            | ["std", "boxed", "Box"]
            | ["std", "collections", "BTreeMap"] => 1,
            // A model, seen from a request: by its module, since models may be called as the request's own types are.
            ["types", model] | ["types", "builder", model] => {
                let model = names::ident(model);
                *path = syn::parse_quote!(models::#model);
                return;
            }
            ["chrono", "offset", "Utc"] | ["chrono", "DateTime"] | ["serde_json" | "crate", _] => 2,
            _ => return,
        };
        let kept = path
            .segments
            .iter()
            .skip(names.len().saturating_sub(keep))
            .cloned()
            .collect::<Vec<_>>();
        path.leading_colon = None;
        path.segments = kept.into_iter().collect();
        if names.last() == Some(&"Utc") {
            *path = syn::parse_quote!(chrono::Utc);
        }
    }
}

/// How a value of a type is taken and put in place.
pub(super) struct Argument {
    /// The type of the parameter.
    pub(super) takes: TokenStream,
    /// The expression that makes the value of a parameter called `value`.
    pub(super) makes: TokenStream,
}

/// The argument `name` for a field of type `ty`: what converts without loss is taken in any form.
pub(super) fn argument_of(ty: &Type, name: &TokenStream) -> Argument {
    match shape(ty) {
        Shape::Plain => Argument {
            takes: quote!(#ty),
            makes: quote!(#name),
        },
        Shape::Convertible => Argument {
            takes: quote!(impl Into<#ty>),
            makes: quote!(#name.into()),
        },
        Shape::List(element) => match shape(element) {
            Shape::Convertible => Argument {
                takes: quote!(impl IntoIterator<Item = impl Into<#element>>),
                makes: quote!(#name.into_iter().map(Into::into).collect()),
            },
            _ => Argument {
                takes: quote!(impl IntoIterator<Item = #element>),
                makes: quote!(#name.into_iter().collect()),
            },
        },
        Shape::Boxed(inner) => Argument {
            takes: quote!(impl Into<#inner>),
            makes: quote!(Box::new(#name.into())),
        },
        Shape::Object => Argument {
            takes: quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<serde_json::Value>)>),
            makes: quote!(#name.into_iter().map(|(name, value)| (name.into(), value.into())).collect()),
        },
        Shape::Map(element) => Argument {
            takes: quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#element>)>),
            makes: quote!(#name.into_iter().map(|(name, value)| (name.into(), value.into())).collect()),
        },
    }
}

enum Shape<'a> {
    /// Numbers, booleans and types of other crates: a literal must find its type.
    Plain,
    /// Texts and types of the generated crate.
    Convertible,
    /// A model within itself.
    Boxed(&'a Type),
    List(&'a Type),
    Map(&'a Type),
    /// A free-form object.
    Object,
}

fn shape(ty: &Type) -> Shape<'_> {
    let Type::Path(TypePath { path, .. }) = ty else {
        return Shape::Plain;
    };
    let Some(last) = path.segments.last() else {
        return Shape::Plain;
    };
    let name = last.ident.to_string();
    if quote!(#ty).to_string() == "serde_json :: Map < String , serde_json :: Value >" {
        return Shape::Object;
    }
    if path.segments.len() > 1
        && path
            .segments
            .first()
            .is_some_and(|s| s.ident != "crate" && s.ident != "models")
    {
        return Shape::Plain;
    }
    let inner: Vec<&Type> = generic_types(&last.arguments).collect();
    match (name.as_str(), inner.as_slice()) {
        ("Box", [inner]) => Shape::Boxed(inner),
        ("Vec", [element]) => Shape::List(element),
        ("BTreeMap", [_, element]) => Shape::Map(element),
        ("bool" | "u8" | "u16" | "u32" | "u64" | "i8" | "i16" | "i32" | "i64" | "f32" | "f64", _) => Shape::Plain,
        (_, []) => Shape::Convertible,
        _ => Shape::Plain,
    }
}

/// Whether it is a time.
pub(super) fn is_time(ty: &Type) -> bool {
    quote!(#ty).to_string() == "chrono :: DateTime < chrono :: Utc >"
}

/// The type in `Option<…>`, or none.
pub(super) fn in_option(ty: &Type) -> Option<&Type> {
    inner(ty, "Option")
}

/// The first type in `NAME<…>`, or none.
pub(super) fn inner<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(TypePath { path, .. }) = ty else {
        return None;
    };
    let last = path.segments.last().filter(|segment| segment.ident == name)?;
    generic_types(&last.arguments).next()
}

fn generic_types(arguments: &PathArguments) -> impl Iterator<Item = &Type> {
    let arguments = match arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(text: &str) -> String {
        let mut ty: Type = syn::parse_str(text).unwrap();
        ShortPaths.visit_type_mut(&mut ty);
        quote!(#ty).to_string().replace(' ', "")
    }

    #[test]
    fn paths_are_written_as_people_do() {
        for (long, expected) in [
            (
                "::std::option::Option<::std::vec::Vec<types::Role>>",
                "Option<Vec<models::Role>>",
            ),
            ("types::builder::Role", "models::Role"),
            (
                "::chrono::DateTime<::chrono::offset::Utc>",
                "chrono::DateTime<chrono::Utc>",
            ),
            (
                "::serde_json::Map<::std::string::String, ::serde_json::Value>",
                "serde_json::Map<String,serde_json::Value>",
            ),
            (
                "::std::collections::BTreeMap<::std::string::String, u32>",
                "BTreeMap<String,u32>",
            ),
            ("crate::Secret", "crate::Secret"),
            ("u32", "u32"),
        ] {
            assert_eq!(short(long), expected);
        }
    }

    #[test]
    fn what_converts_is_taken_in_any_form_and_numbers_as_they_are() {
        for (ty, expected) in [
            ("u32", "u32"),
            ("String", "impl Into < String >"),
            ("models::Role", "impl Into < models :: Role >"),
            ("Vec<Role>", "impl IntoIterator < Item = impl Into < Role >>"),
            ("Box<Role>", "impl Into < Role >"),
            ("Vec<u32>", "impl IntoIterator < Item = u32 >"),
            ("chrono::DateTime<chrono::Utc>", "chrono :: DateTime < chrono :: Utc >"),
            (
                "BTreeMap<String, String>",
                "impl IntoIterator < Item = (impl Into < String > , impl Into < String >) >",
            ),
        ] {
            assert_eq!(
                argument_of(&syn::parse_str(ty).unwrap(), &quote!(value))
                    .takes
                    .to_string(),
                expected
            );
        }
    }
}
