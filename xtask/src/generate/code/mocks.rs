//! Mocks: for each operation what a request is recognised by, and its documented answers, for `authress-mocks`.
//!
//! What is the same for all operations is written by hand there: the types `When` and `Then`, how paths are matched, and how bodies are sent.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::Ident;

use super::docs::doc;
use super::names::{field_ident, ident, module_name, type_name};
use super::operations::{Operation, Output, Parameter, Place};
use super::types::{Argument, argument_of, is_time};
use crate::document::follow;

/// Methods that `When` and `Then` have by hand; a generated one of that name gets an underscore.
const TAKEN: [&str; 8] = ["and", "body_bytes", "delay", "error", "header", "new", "raw", "status"];

/// A documented answer.
struct Answer {
    status: u16,
    about: String,
    has_body: bool,
}

/// The source files, by path below `generated/`, not yet formatted.
///
/// # Errors
/// An operation, and what is wrong with it: an answer for whose status there is no name.
pub(super) fn files(
    operations: &[Operation],
    written: &Value,
) -> Result<BTreeMap<String, TokenStream>, (String, String)> {
    let mut by_tag: BTreeMap<String, Vec<TokenStream>> = BTreeMap::new();
    for operation in operations {
        let code = mock(operation, written).map_err(|what| (operation.id.clone(), what))?;
        by_tag.entry(module_name(&operation.tag)).or_default().push(code);
    }
    let modules: Vec<_> = by_tag.keys().map(|name| format_ident!("{name}")).collect();
    let methods = operations.iter().map(server_method);
    let implementations = operations.iter().map(server_implementation);
    let root = quote! {
        //! The mocks of all operations.

        #(mod #modules;)*

        use authress_api::requests;
        use httpmock::{Mock, MockServer};

        use crate::{Then, When, mocked};

        /// Mocks of the operations of Authress, by their ids, on a server of `httpmock`.
        ///
        /// Each method takes what is asked for (`when`) and what is answered (`then`). Unless `when` says more, every request of the operation is
        /// meant. See the [crate](crate) for what they are good for.
        pub trait AuthressMocks { #(#methods)* }

        impl AuthressMocks for MockServer { #(#implementations)* }
    };
    let files = by_tag.into_iter().map(|(name, mocks)| {
        let about = format!(" Mocks of the operations on {}.", name.replace('_', " "));
        let code: TokenStream = mocks.into_iter().collect();
        let models = code.to_string().contains("models ::").then(|| quote!(models,));
        let file = quote! {
            #![doc = #about]
            #![allow(deprecated, reason = "an operation that is advised against has a mock as well")]

            use authress_api::{#models requests};

            use crate::{Then, When};

            #code
        };
        (format!("{name}.rs"), file)
    });
    Ok(files.chain([("mod.rs".to_owned(), root)]).collect())
}

/// The method that begins the mock of an operation.
fn server_method(operation: &Operation) -> TokenStream {
    let method = field_ident(&operation.id);
    let request = ident(&type_name(&operation.id));
    let call = format!("`{} {}`", operation.method.to_uppercase(), operation.path);
    let about = doc(&format!("{} ({call})", operation.summary.trim().trim_end_matches('.')));
    let allow = operation
        .deprecated
        .then(|| quote!(#[allow(deprecated, reason = "it has a mock as well")]));
    quote! {
        #about
        #allow
        fn #method(
            &self,
            mock: impl FnOnce(When<requests::#request>, Then<requests::#request>),
        ) -> Mock<'_>;
    }
}

/// The same, for the server of `httpmock`.
fn server_implementation(operation: &Operation) -> TokenStream {
    let method = field_ident(&operation.id);
    let request = ident(&type_name(&operation.id));
    let allow = operation
        .deprecated
        .then(|| quote!(#[allow(deprecated, reason = "it has a mock as well")]));
    quote! {
        #allow
        fn #method(
            &self,
            mock: impl FnOnce(When<requests::#request>, Then<requests::#request>),
        ) -> Mock<'_> {
            mocked(self, mock)
        }
    }
}

fn mock(operation: &Operation, written: &Value) -> Result<TokenStream, String> {
    let request = ident(&type_name(&operation.id));
    let matchers = operation.parameters.iter().map(matcher);
    let answers = answers(operation, written)?;
    let answers: Vec<_> = answers
        .iter()
        .map(|answer| method_of(operation, answer))
        .collect::<Result<_, _>>()?;
    let when = (!operation.parameters.is_empty()).then(|| quote!(impl When<requests::#request> { #(#matchers)* }));
    Ok(quote! {
        #when
        impl Then<requests::#request> { #(#answers)* }
    })
}

/// The method that says which value a parameter has.
fn matcher(parameter: &Parameter) -> TokenStream {
    let Parameter { ident, name, ty, .. } = parameter;
    let Argument { takes, makes } = argument_of(ty, &quote!(#ident));
    let method = free(ident);
    let (about, matched) = match parameter.place {
        Place::Path => (
            format!("The value of `{name}` in the path."),
            quote!(self.path_parameter(#name, &#ident)),
        ),
        Place::Query => (
            format!("The value of `{name}` in the query."),
            quote!(self.query_parameter(#name, &#ident)),
        ),
        Place::Header if is_time(ty) => (
            format!("The time in the header `{name}`, to the millisecond."),
            quote!(self.time_header(#name, &#ident)),
        ),
        Place::Header => (
            format!("The header `{name}`."),
            quote!(self.parameter_header(#name, &#ident)),
        ),
        Place::Body => (
            "The body, compared as JSON.".to_owned(),
            quote!(self.json_body(&#ident)),
        ),
    };
    let about = doc(&about);
    quote! {
        #about
        pub fn #method(self, #ident: #takes) -> Self {
            let #ident: #ty = #makes;
            #matched
        }
    }
}

/// The documented answers of an operation, in the order of their statuses.
fn answers(operation: &Operation, written: &Value) -> Result<Vec<Answer>, String> {
    let paths = written.get("paths").and_then(|paths| paths.get(&operation.path));
    let responses = paths.and_then(|path| path.get(&operation.method)?.get("responses")?.as_object());
    let mut answers = Vec::new();
    for (status, response) in responses.into_iter().flatten() {
        let status = status
            .parse()
            .map_err(|_| format!("the status `{status}` is no number"))?;
        let response = follow(written, response).map_err(|_| format!("the answer {status} leads nowhere"))?;
        let content = response.get("content").and_then(Value::as_object);
        answers.push(Answer {
            status,
            about: response
                .get("description")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            has_body: content.is_some_and(|content| !content.is_empty()),
        });
    }
    answers.sort_by_key(|answer| answer.status);
    Ok(answers)
}

/// The method that gives an answer.
fn method_of(operation: &Operation, answer: &Answer) -> Result<TokenStream, String> {
    let Answer {
        status,
        about,
        has_body,
    } = answer;
    let name = name_of(*status).ok_or_else(|| format!("there is no name for the status {status}"))?;
    let method = free(&format_ident!("{name}"));
    let about = doc(&format!("{status}: {}", about.trim()));
    if *status >= 400 {
        return Ok(quote! {
            #about
            pub fn #method(self) -> Self { self.error(#status, #name) }
        });
    }
    let body = match &operation.output {
        Output::Json(ty) | Output::Optional(ty) if *has_body => ty,
        _ => {
            return Ok(quote! {
                #about
                pub fn #method(self) -> Self { self.status(#status) }
            });
        }
    };
    let Argument { takes, makes } = argument_of(body, &quote!(body));
    Ok(quote! {
        #about
        pub fn #method(self, body: #takes) -> Self {
            let body: #body = #makes;
            self.json(#status, &body)
        }
    })
}

/// What a status is called (RFC 9110 section 15).
fn name_of(status: u16) -> Option<&'static str> {
    Some(match status {
        200 => "ok",
        201 => "created",
        202 => "accepted",
        204 => "no_content",
        400 => "bad_request",
        401 => "unauthorized",
        402 => "payment_required",
        403 => "forbidden",
        404 => "not_found",
        409 => "conflict",
        412 => "precondition_failed",
        413 => "content_too_large",
        422 => "unprocessable_content",
        429 => "too_many_requests",
        500 => "internal_server_error",
        503 => "service_unavailable",
        _ => return None,
    })
}

fn free(name: &Ident) -> Ident {
    if TAKEN.iter().any(|taken| name == taken) {
        format_ident!("{name}_")
    } else {
        name.clone()
    }
}
