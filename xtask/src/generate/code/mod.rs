//! From the mended description to the source files of `generated/`.
//!
//! Progenitor gives the types; the passes here make of them what users see. Their order: texts take the names of the code (`links`), before they are
//! spread over many items; what progenitor stumbles over is looked for (`culprit`), and so are types that would exist twice (`clashes`); types are
//! written in short paths, enums are opened, structs become tolerant and get constructors (`models`); operations take the types of their parameters
//! from progenitor's builders (`operations`) and become pure requests (`requests`), some of them for pages of a list (`pages`); samples for the
//! tests come from the description as written (`samples`); at last all is put into files of one tag each (`layout`).

mod clashes;
mod culprit;
mod docs;
mod enums;
mod layout;
mod links;
mod mocks;
mod models;
pub(crate) mod names;
mod operations;
mod pages;
mod progenitor;
mod requests;
mod samples;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use self::names::{ident, module_name, type_name};
use self::operations::Operation;

/// Why a description cannot become code: the place, if one is at fault, and what is wrong.
pub(crate) type Refusal = (Option<String>, String);

/// The source files, by path below `generated/`, not yet formatted.
///
/// `written` is the description as it was written, `mended` as the passes left it.
///
/// # Errors
/// What progenitor or the passes cannot take.
pub(crate) fn files(written: &Value, mended: &Value) -> Result<BTreeMap<String, String>, Refusal> {
    let mut mended = mended.clone();
    links::write_names_as_in_code(&mut mended);
    let mended = &mended;
    let generated = progenitor::run(mended.clone()).map_err(|what| (culprit::of(mended), what))?;
    if let Some(refusal) = clashes::refusal(&generated.types, mended) {
        return Err(refusal);
    }
    let enums = enums::documented(&generated.types);
    let operations = operations::read(mended, &generated.builders).map_err(|(id, what)| (Some(id), what))?;
    let models = models::models(generated.types, mended);
    let known: BTreeSet<String> = models.iter().map(|model| model.name.clone()).collect();

    let context = requests::Context {
        enums,
        structs: pages::Structs::of(&models),
    };

    let mut files = BTreeMap::new();
    let mut add = |path: String, code: TokenStream| -> Result<(), Refusal> {
        let (path, file) = printed(path, code)?;
        files.insert(path, file);
        Ok(())
    };

    let by_file = layout::by_file(models, &operations, mended);
    for (file, models) in &by_file {
        add(format!("models/{file}.rs"), models_file(file, models, &known))?;
    }
    add(
        "models/mod.rs".to_owned(),
        modules("The models: what requests send and answers hold.", by_file.keys()),
    )?;

    let mut by_tag: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for operation in &operations {
        by_tag.entry(module_name(&operation.tag)).or_default().push(operation);
    }
    for (file, operations) in &by_tag {
        add(format!("requests/{file}.rs"), requests_file(operations, &context))?;
    }
    add(
        "requests/mod.rs".to_owned(),
        modules("The requests: one type per operation.", by_tag.keys()),
    )?;
    add("operations.rs".to_owned(), table(&operations))?;
    add("samples.rs".to_owned(), samples::samples(written, &known))?;
    add("mod.rs".to_owned(), root())?;
    Ok(files)
}

/// The source files of the mocks of all operations, by path below `generated/`, not yet formatted.
///
/// # Errors
/// As [`files`].
pub(crate) fn mocks(written: &Value, mended: &Value) -> Result<BTreeMap<String, String>, Refusal> {
    let generated = progenitor::run(mended.clone()).map_err(|what| (culprit::of(mended), what))?;
    let in_operation = |(id, what)| (Some(id), what);
    let operations = operations::read(mended, &generated.builders).map_err(in_operation)?;
    let files = mocks::files(&operations, written).map_err(in_operation)?;
    files.into_iter().map(|(path, code)| printed(path, code)).collect()
}

/// A file, not yet formatted.
fn printed(path: String, code: TokenStream) -> Result<(String, String), Refusal> {
    let file = syn::parse2(code).map_err(|e| (None, format!("the code for {path} does not parse: {e}")))?;
    Ok((path, prettyplease::unparse(&file)))
}

fn root() -> TokenStream {
    quote! {
        pub mod models;
        pub(crate) mod operations;
        pub mod requests;
        #[cfg(test)]
        pub(crate) mod samples;
    }
}

/// A module of modules whose items are all named from it.
fn modules<'a>(about: &str, names: impl Iterator<Item = &'a String>) -> TokenStream {
    let names: Vec<_> = names.map(|name| format_ident!("{name}")).collect();
    let about = format!(" {about}");
    quote! {
        #![doc = #about]
        #(mod #names;)*
        #(pub use #names::*;)*
    }
}

fn models_file(file: &str, models: &[models::Model], known: &BTreeSet<String>) -> TokenStream {
    let about = match file {
        layout::SHARED => " Models that operations of several tags use.".to_owned(),
        file => format!(" Models of the operations on {}.", file.replace('_', " ")),
    };
    let own: BTreeSet<String> = models.iter().map(|model| model.name.clone()).collect();
    let code: TokenStream = models.iter().map(|model| model.code.clone()).collect();
    let others = layout::named_in(&code, &known.difference(&own).cloned().collect());
    let others: Vec<_> = others.iter().map(|name| ident(name)).collect();
    let imports = (!others.is_empty()).then(|| quote!(use super::{#(#others),*};));
    let text = code.to_string();
    let map = text.contains("BTreeMap <").then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let serde = text.contains("Deserialize , Serialize").then(|| {
        quote!(
            use serde::{Deserialize, Serialize};
        )
    });
    quote! { #![doc = #about] #map #serde #imports #code }
}

fn requests_file(operations: &[&Operation], context: &requests::Context) -> TokenStream {
    let about = operations
        .first()
        .map(|o| format!(" Requests of the tag \"{}\".", o.tag))
        .unwrap_or_default();
    let code: TokenStream = operations
        .iter()
        .map(|operation| requests::request(operation, context))
        .collect();
    let text = code.to_string();
    let display = text.contains("dyn Display").then(|| {
        quote!(
            use std::fmt::Display;
        )
    });
    let map = text.contains("BTreeMap <").then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let models = text.contains("models ::").then(|| {
        quote!(
            use crate::models;
        )
    });
    let decode = text.contains("decode ::").then(|| {
        quote!(
            use crate::request::decode;
        )
    });
    let paginated = text.contains("impl Paginated for").then(|| quote!(, Paginated));
    quote! {
        #![doc = #about]
        #map
        #display
        use bytes::Bytes;
        use http::Method;
        #models
        #decode
        use crate::{Call, Client, Encoded, Error, Operation, Request #paginated};
        #code
    }
}

/// All operations, for tables and tests.
fn table(operations: &[Operation]) -> TokenStream {
    let deprecated = operations.iter().any(|operation| operation.deprecated);
    let allow = deprecated.then(|| quote!(#[allow(deprecated, reason = "the table names every operation")]));
    let names = operations.iter().map(|operation| ident(&type_name(&operation.id)));
    quote! {
        //! All operations of the description.
        use crate::{Operation, Request, requests};

        /// Every operation of the description, in its order.
        #allow
        pub const OPERATIONS: &[&Operation] = &[#(<requests::#names as Request>::OPERATION),*];
    }
}
