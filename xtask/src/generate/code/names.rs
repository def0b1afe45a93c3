//! Names: from the description to Rust.
//!
//! They are the names that progenitor gives as well, since what it makes is found by them. There is one for every text; whether it says
//! anything is for `spec::unsupported` to tell.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Span;
use syn::Ident;

/// The name of a type: `PascalCase`.
pub(crate) fn type_name(name: &str) -> String {
    usable(&cased(name, str::to_upper_camel_case), 'X')
}

/// A field, argument or method: `snake_case`, with an underscore after it when it is a keyword of Rust.
pub(crate) fn field_ident(name: &str) -> Ident {
    ident(&usable(&cased(name, str::to_snake_case), '_'))
}

/// The name of a module, and of its file.
pub(crate) fn module_name(tag: &str) -> String {
    field_ident(tag).to_string()
}

/// What of a text its name in code is made of; nothing where there are only signs.
pub(crate) fn left_of(name: &str) -> String {
    cased(name, str::to_snake_case)
}

/// An identifier: `name` itself where it is one.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(&usable(name, '_'), Span::call_site())
}

/// What a description calls something, in the words of a name; nothing where there are only signs.
fn cased(name: &str, case: fn(&str) -> String) -> String {
    match name {
        // Sorting orders are called so, and would both be `1`.
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => case(&name.replace('\'', "").replace(|c| !is_of_a_name(c), "-")),
    }
}

/// `name` where it is an identifier; else with a letter or sign before it, or an underscore after it, that make it one.
fn usable(name: &str, before: char) -> String {
    let begun = match name.chars().next() {
        None => "x".to_owned(),
        Some(first) if first == '_' || is_identifier(&first.to_string()) => name.to_owned(),
        Some(_) => format!("{before}{name}"),
    };
    let candidates = [begun.clone(), format!("{begun}_")];
    let mut names = candidates.into_iter().filter(|name| is_identifier(name));
    names.next().unwrap_or_else(|| "x".to_owned())
}

/// Whether `c` may stand in a name: letters and digits of any script that Rust takes, and the underscore.
fn is_of_a_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric() && is_identifier(&format!("x{c}"))
}

/// Whether `name` is an identifier, all of it, and no keyword.
fn is_identifier(name: &str) -> bool {
    // Rust 2024 has made a keyword of `gen`, which the parser does not know of.
    let is_new_keyword = name == "gen";
    // A raw identifier is one for the parser, too.
    !is_new_keyword && !name.contains('#') && syn::parse_str::<Ident>(name).is_ok_and(|ident| ident == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_get_an_underscore() {
        for (name, expected) in [
            ("type", "type_"),
            ("self", "self_"),
            ("gen", "gen_"),
            ("userId", "user_id"),
            ("If-Unmodified-Since", "if_unmodified_since"),
            ("filter[name]", "filter_name"),
            ("user's name", "users_name"),
        ] {
            assert_eq!(field_ident(name).to_string(), expected);
        }
        assert_eq!(type_name("self"), "Self_");
    }

    #[test]
    fn every_text_has_a_name() {
        for (name, field, ty) in [
            ("2fa", "_2fa", "X2fa"),
            ("+1", "plus1", "plus1"),
            ("-1", "minus1", "minus1"),
            ("+2", "_2", "X2"),
            ("", "x", "x"),
            ("???", "x", "x"),
            ("\0\n", "x", "x"),
            ("_", "x", "x"),
            ("Größe 日本", "größe_日本", "Größe日本"),
            ("²①", "x", "x"),
            ("a\u{301}b", "a_b", "AB"),
            ("a /* b", "a_b", "AB"),
        ] {
            assert_eq!(field_ident(name).to_string(), field, "{name:?}");
            assert_eq!(module_name(name), field, "{name:?}");
            assert_eq!(type_name(name), ty, "{name:?}");
        }
        for name in ["", " ", "a b", "1", "self", "\u{301}", "r#a"] {
            assert!(is_identifier(&ident(name).to_string()), "{name:?}");
        }
        for c in (0..=0x2fff).filter_map(char::from_u32) {
            for name in [c.to_string(), format!("a{c}"), format!("{c}a")] {
                assert!(is_identifier(&field_ident(&name).to_string()), "{name:?}");
                assert!(is_identifier(&type_name(&name)), "{name:?}");
            }
        }
    }
}
