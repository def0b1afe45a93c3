//! Which model goes into which file: that of the one tag whose operations use it, or the shared one.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;

use super::models::Model;
use super::names::{module_name, type_name};
use super::operations::{Operation, Output};
use crate::generate::usage::Usage;

/// The file of models that several tags use, or none.
pub(super) const SHARED: &str = "shared";

/// The models by file name.
pub(super) fn by_file(models: Vec<Model>, operations: &[Operation], document: &Value) -> BTreeMap<String, Vec<Model>> {
    let mut tags = tags_of_models(&models, operations, document);
    let mut files: BTreeMap<String, Vec<Model>> = BTreeMap::new();
    for model in models {
        let tags = tags.remove(&model.name).unwrap_or_default();
        let file = match (tags.len(), tags.first()) {
            (1, Some(tag)) if !tag.is_empty() => module_name(tag),
            _ => SHARED.to_owned(),
        };
        files.entry(file).or_default().push(model);
    }
    files
}

/// The models that `code` names, of those in `known`.
pub(super) fn named_in(code: &TokenStream, known: &BTreeSet<String>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open = vec![code.clone()];
    while let Some(tokens) = open.pop() {
        for token in tokens {
            match token {
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    if known.contains(&name) {
                        names.insert(name);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    names
}

fn tags_of_models(models: &[Model], operations: &[Operation], document: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let known: BTreeSet<String> = models.iter().map(|m| m.name.clone()).collect();
    let usage = Usage::of(document);
    let mut tags: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|s| s.keys())
    {
        if let Some(tag) = usage.only_tag(name) {
            tags.entry(type_name(name)).or_default().insert(tag.to_owned());
        }
    }
    // A type that is no component (an enum within a model or parameter) goes with what names it.
    let components: BTreeSet<String> = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|s| s.keys().map(|name| type_name(name)))
        .collect();
    for operation in operations {
        let output = match &operation.output {
            Output::Json(ty) | Output::Optional(ty) => Some(ty),
            Output::Nothing | Output::Bytes => None,
        };
        for ty in operation.parameters.iter().map(|p| &p.ty).chain(output) {
            for name in named_in(&quote::quote!(#ty), &known).difference(&components) {
                tags.entry(name.clone()).or_default().insert(operation.tag.clone());
            }
        }
    }
    for _ in 0..8 {
        for model in models {
            let own = tags.get(&model.name).cloned().unwrap_or_default();
            for name in named_in(&model.code, &known) {
                if name != model.name && !components.contains(&name) {
                    let of_inner = tags.entry(name).or_default();
                    // The shared file stands for every tag.
                    if own.is_empty() {
                        of_inner.insert(String::new());
                    }
                    of_inner.extend(own.iter().cloned());
                }
            }
        }
    }
    tags
}
