//! Doc comments from descriptions.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// `text` as doc attributes, a line each; nothing for an empty text.
pub(super) fn doc(text: &str) -> TokenStream {
    let lines = text.trim().lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    let lines = lines.filter(|_| !text.trim().is_empty());
    quote!(#(#[doc = #lines])*)
}

/// The documentation that progenitor gave to an item, written as a person would; `otherwise` where there is none but the item's name.
pub(super) fn of(attributes: &[Attribute], otherwise: &str) -> TokenStream {
    let text: Vec<String> = attributes.iter().filter_map(text).collect();
    let text = text.join("\n");
    let is_name = text.starts_with('`') && text.ends_with('`') && !text.contains(' ');
    doc(if text.is_empty() || is_name { otherwise } else { &text })
}

fn text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text), ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// What a method or type of an operation says: summary, description and where it goes.
pub(super) fn operation(summary: &str, description: &str, method: &str, path: &str) -> String {
    let summary = summary.trim().trim_end_matches('.');
    let place = format!("Sends `{method} {path}`.");
    [format!("{summary}."), description.trim().to_owned(), place]
        .into_iter()
        .filter(|part| !part.is_empty() && part != ".")
        .collect::<Vec<_>>()
        .join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_doc_line_of_its_own() {
        assert_eq!(
            doc("a\n\nb").to_string(),
            quote!(#[doc = " a"] #[doc = ""] #[doc = " b"]).to_string()
        );
        assert!(doc(" \n").is_empty());
    }

    #[test]
    fn a_name_is_no_documentation() {
        let item: syn::ItemStruct = syn::parse_quote!(
            #[doc = "`Link`"]
            struct Link;
        );
        assert_eq!(of(&item.attrs, "The model.").to_string(), doc("The model.").to_string());
        let item: syn::ItemStruct = syn::parse_quote!(
            #[doc = "A link.\n\nMore."]
            struct Link;
        );
        assert_eq!(of(&item.attrs, "").to_string(), doc("A link.\n\nMore.").to_string());
    }

    #[test]
    fn an_operation_says_where_it_goes() {
        assert_eq!(operation("Get it.", "", "GET", "/v1"), "Get it.\n\nSends `GET /v1`.");
    }
}
