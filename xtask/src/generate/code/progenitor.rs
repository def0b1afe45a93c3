//! The call of progenitor: from the mended description to its syntax tree.

use std::panic::{AssertUnwindSafe, catch_unwind};

use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle, TypeImpl};
use schemars::schema::{InstanceType, SchemaObject};
use serde_json::Value;
use syn::{File, Item, ItemMod};

/// What progenitor makes: its types, and its builders, from which the types of parameters are read.
pub(super) struct Generated {
    pub(super) types: Vec<Item>,
    pub(super) builders: Vec<Item>,
}

/// Runs progenitor.
///
/// # Errors
/// What it cannot take, in its own words. It panics on some inputs: those are caught, so that people get a sentence.
pub(super) fn run(document: Value) -> Result<Generated, String> {
    let description = serde_json::from_value(document).map_err(|e| format!("it is not OpenAPI 3.0: {e}"))?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("PartialEq")
        .with_conversion(secret(), "crate::Secret", std::iter::empty::<TypeImpl>());
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        Generator::new(&settings).generate_tokens(&description)
    }));
    std::panic::set_hook(hook);
    let tokens = match outcome {
        Ok(tokens) => tokens.map_err(|e| e.to_string().replace('\n', " "))?,
        Err(panic) => {
            let words = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or(panic.downcast_ref::<&str>().copied());
            return Err(words
                .unwrap_or("the generator gave up without a word")
                .replace('\n', " "));
        }
    };
    let file: File = syn::parse2(tokens).map_err(|e| format!("the generator's code does not parse: {e}"))?;
    let module = |name: &str| {
        file.items.iter().find_map(|item| match item {
            Item::Mod(ItemMod {
                ident,
                content: Some((_, items)),
                ..
            }) if ident == name => Some(items.clone()),
            _ => None,
        })
    };
    Ok(Generated {
        types: module("types").unwrap_or_default(),
        builders: module("builder").unwrap_or_default(),
    })
}

/// The schema of a secret: it becomes a type that does not print.
fn secret() -> SchemaObject {
    SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: Some("password".to_owned()),
        ..SchemaObject::default()
    }
}
