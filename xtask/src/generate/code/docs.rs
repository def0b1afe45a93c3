//! Doc comments from descriptions.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use super::operations::Operation;

/// `text` as doc attributes, a line each; nothing for an empty text.
pub(super) fn doc(text: &str) -> TokenStream {
    // The compiler refuses signs that turn the direction of text: what is read would not be what stands there.
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
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
    doc(&or(written(attributes), otherwise))
}

/// The text that progenitor gave to an item; nothing where that is the item's name alone.
pub(super) fn written(attributes: &[Attribute]) -> String {
    let text: Vec<String> = attributes.iter().filter_map(text).collect();
    let text = text.join("\n");
    let is_name = text.starts_with('`') && text.ends_with('`') && !text.contains(' ');
    if is_name { String::new() } else { text }
}

/// `text`, or `otherwise` when there is none.
pub(super) fn or(text: String, otherwise: &str) -> String {
    if text.trim().is_empty() {
        otherwise.to_owned()
    } else {
        text
    }
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

/// What a method or type of an operation says: summary, description, where it goes, and what each status of the answer means.
pub(super) fn operation(operation: &Operation) -> String {
    let summary = operation.summary.trim();
    let stop = if summary.ends_with(['.', '!', '?']) { "" } else { "." };
    let answers = operation.answers.trim();
    let parts = [
        format!("{summary}{stop}"),
        operation.description.trim().to_owned(),
        format!("Sends `{} {}`.", operation.method.to_uppercase(), operation.path),
        format!("# Answers\n\n{answers}"),
    ];
    let is_said =
        |part: &String| !part.is_empty() && part != "." && (!answers.is_empty() || !part.starts_with("# Answers"));
    parts.into_iter().filter(is_said).collect::<Vec<_>>().join("\n\n")
}

/// The list items `` - `VALUE`: What it means. `` of a text, by value: the documentation of the values of an enum.
pub(super) fn values(text: &str) -> BTreeMap<String, String> {
    let items = blocks(text).filter_map(|block| {
        let (value, meaning) = value_item(&block)?;
        Some((value.to_owned(), meaning.replace("\n  ", "\n")))
    });
    items.collect()
}

/// A text without the list items that document values.
pub(super) fn without_values(text: &str) -> String {
    let mut kept: Vec<String> = blocks(text).filter(|block| value_item(block).is_none()).collect();
    // Where a list went, the empty lines before and after it became one.
    kept.dedup_by(|line, before| line.is_empty() && before.is_empty());
    kept.join("\n").trim().to_owned()
}

/// The value and its meaning, when a block is a list item that documents a value.
fn value_item(block: &str) -> Option<(&str, &str)> {
    let (value, meaning) = block.strip_prefix("- `")?.split_once("`: ")?;
    (!value.contains('`')).then_some((value, meaning))
}

/// Lines; a list item together with the indented lines that continue it.
fn blocks(text: &str) -> impl Iterator<Item = String> {
    let mut blocks: Vec<String> = Vec::new();
    for line in text.lines() {
        match blocks.last_mut() {
            Some(item) if item.starts_with("- ") && line.starts_with("  ") => {
                item.push('\n');
                item.push_str(line);
            }
            _ => blocks.push(line.to_owned()),
        }
    }
    blocks.into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::operations::Output;
    use super::*;

    #[test]
    fn each_line_is_a_doc_line_of_its_own() {
        assert_eq!(
            doc("a\n\nb").to_string(),
            quote!(#[doc = " a"] #[doc = ""] #[doc = " b"]).to_string()
        );
        assert!(doc(" \n").is_empty());
        assert_eq!(
            doc("a\u{202e}b\u{2066}").to_string(),
            quote!(#[doc = " ab"]).to_string()
        );
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
    fn values_are_read_from_the_list_and_taken_out_of_the_text() {
        let text = "How it is.\n\n- `ON`: It runs,\n  and `go` works.\n- `x-off`: It rests.\n\nMore.\n\n- not a value";
        let expected = [("ON", "It runs,\nand `go` works."), ("x-off", "It rests.")];
        let expected = expected.map(|(value, meaning)| (value.to_owned(), meaning.to_owned()));
        assert_eq!(values(text), BTreeMap::from(expected));
        assert_eq!(without_values(text), "How it is.\n\nMore.\n\n- not a value");
    }

    #[test]
    fn an_operation_says_where_it_goes_and_what_each_status_means() {
        let mut get = Operation {
            id: "getIt".into(),
            tag: String::new(),
            method: "get".into(),
            path: "/v1".into(),
            summary: "Get it".into(),
            description: String::new(),
            answers: String::new(),
            deprecated: false,
            authenticated: true,
            parameters: Vec::new(),
            output: Output::Nothing,
        };
        assert_eq!(operation(&get), "Get it.\n\nSends `GET /v1`.");
        get.answers = "- 200: It.".into();
        assert_eq!(
            operation(&get),
            "Get it.\n\nSends `GET /v1`.\n\n# Answers\n\n- 200: It."
        );
    }
}
