//! Names: from the description to Rust.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Span;
use syn::Ident;

/// The name of a type: `PascalCase`.
pub(super) fn type_name(name: &str) -> String {
    name.to_upper_camel_case()
}

/// A field, argument or method: `snake_case`, with an underscore after it when it is a keyword of Rust.
pub(super) fn field_ident(name: &str) -> Ident {
    let name = name.to_snake_case();
    syn::parse_str(&name).unwrap_or_else(|_| Ident::new(&format!("{name}_"), Span::call_site()))
}

/// The name of a module, and of its file.
pub(super) fn module_name(tag: &str) -> String {
    field_ident(tag).to_string()
}

/// Any identifier that is one already.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_get_an_underscore() {
        for (name, expected) in [
            ("type", "type_"),
            ("self", "self_"),
            ("userId", "user_id"),
            ("If-Unmodified-Since", "if_unmodified_since"),
        ] {
            assert_eq!(field_ident(name).to_string(), expected);
        }
    }
}
