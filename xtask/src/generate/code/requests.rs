//! Requests: a type an operation, the trait that makes it one, and the methods that start it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Type};

use super::docs;
use super::names::{field_ident, ident, type_name};
use super::operations::{Operation, Output, Parameter, Place};
use super::pages::Structs;
use super::types::{Argument, argument_of, is_time};

/// Methods that the client has besides those of operations; an operation of that name gets an underscore.
const TAKEN: [&str; 8] = [
    "base_url",
    "exchange",
    "execute",
    "new",
    "request",
    "send",
    "with_bearer_token",
    "with_transport",
];

/// Methods that a request or a call has besides setters; the setter of a parameter of that name gets an underscore.
const TAKEN_BY_CALLS: [&str; 10] = [
    "header",
    "new",
    "no_retry",
    "pages",
    "request",
    "send",
    "stream",
    "timeout",
    "user_token",
    "with",
];

/// What requests are told of the models.
pub(super) struct Context {
    /// The enums of strings whose values say what they mean, by name.
    pub(super) enums: BTreeSet<String>,
    pub(super) structs: Structs,
}

/// All code of one operation.
pub(super) fn request(operation: &Operation, context: &Context) -> TokenStream {
    let request = Request {
        operation,
        name: ident(&type_name(&operation.id)),
        context,
    };
    let (item, constructor, setters) = (request.item(), request.constructor(), request.setters());
    let (trait_impl, method, call_setters) = (request.trait_impl(), request.client_method(), request.call_setters());
    let name = &request.name;
    let allow = request.allow_deprecated();
    let paging = context.structs.paging(operation);
    let paging = paging.map(|paging| paging.implementation(name));
    let paging = paging.map(|code| quote!(#allow #code));
    let call = (!call_setters.is_empty()).then(|| quote!(#allow impl Call<#name> { #(#call_setters)* }));
    quote! {
        #item
        #allow
        impl #name { #constructor #(#setters)* }
        #trait_impl
        #paging
        impl Client { #method }
        #call
    }
}

/// The method of the client that starts the operation called `id`.
pub(super) fn method_ident(id: &str) -> Ident {
    let method = field_ident(id);
    if TAKEN.contains(&method.to_string().as_str()) {
        format_ident!("{method}_")
    } else {
        method
    }
}

/// The setter of an optional parameter: its name, with an underscore where a request or a call has a method of that name already.
fn setter_ident(parameter: &Parameter) -> Ident {
    let ident = &parameter.ident;
    if TAKEN_BY_CALLS.iter().any(|taken| ident == taken) {
        format_ident!("{ident}_")
    } else {
        ident.clone()
    }
}

/// The argument for an optional parameter; it makes an option.
fn optional_argument(parameter: &Parameter) -> Argument {
    let (ident, ty) = (&parameter.ident, &parameter.ty);
    if is_time_header(parameter) {
        // Such times come out of models, where they are optional.
        return Argument {
            takes: quote!(impl Into<Option<#ty>>),
            makes: quote!(#ident.into()),
        };
    }
    let Argument { takes, makes } = argument_of(ty, &quote!(#ident));
    Argument {
        takes,
        makes: quote!(Some(#makes)),
    }
}

fn is_time_header(parameter: &Parameter) -> bool {
    parameter.place == Place::Header && is_time(&parameter.ty)
}

struct Request<'a> {
    operation: &'a Operation,
    name: Ident,
    context: &'a Context,
}

impl Request<'_> {
    fn required(&self) -> impl Iterator<Item = &Parameter> {
        self.operation.parameters.iter().filter(|p| p.required)
    }

    fn optional(&self) -> impl Iterator<Item = &Parameter> {
        self.operation.parameters.iter().filter(|p| !p.required)
    }

    fn docs(&self) -> TokenStream {
        docs::doc(&docs::operation(self.operation))
    }

    /// What is said of a parameter. What its values mean is said at the values.
    fn parameter_docs(&self, parameter: &Parameter) -> String {
        let is_enum = |ty: &Type| {
            let Type::Path(ty) = ty else { return false };
            let name = ty.path.segments.last().map(|segment| segment.ident.to_string());
            name.is_some_and(|name| self.context.enums.contains(&name))
        };
        let text = if is_enum(&parameter.ty) {
            docs::without_values(&parameter.description)
        } else {
            parameter.description.clone()
        };
        if is_time_header(parameter) {
            let none = if parameter.required {
                ""
            } else {
                " Without a time the header is not sent."
            };
            return format!("{text}\n\nIt is sent in UTC with milliseconds; what is finer is cut off.{none}");
        }
        if !text.trim().is_empty() {
            return text;
        }
        match parameter.place {
            Place::Body => "The body.".to_owned(),
            _ => format!("The parameter `{}`.", parameter.name),
        }
    }

    fn deprecated(&self) -> Option<TokenStream> {
        self.operation
            .deprecated
            .then(|| quote!(#[deprecated = "the description of the API marks it as deprecated"]))
    }

    /// Code of a deprecated request may use it.
    fn allow_deprecated(&self) -> Option<TokenStream> {
        self.operation
            .deprecated
            .then(|| quote!(#[allow(deprecated, reason = "the request's own code")]))
    }

    fn item(&self) -> TokenStream {
        let Self { name, .. } = self;
        let (docs, deprecated) = (self.docs(), self.deprecated());
        let default = self.required().next().is_none().then(|| quote!(, Default));
        let fields = self.operation.parameters.iter().map(|p| {
            let (ident, ty, docs) = (&p.ident, &p.ty, docs::doc(&self.parameter_docs(p)));
            let ty = if p.required { quote!(#ty) } else { quote!(Option<#ty>) };
            quote!(#docs pub #ident: #ty)
        });
        quote! {
            #docs
            #deprecated
            #[derive(Clone, Debug, PartialEq #default)]
            #[non_exhaustive]
            pub struct #name { #(#fields),* }
        }
    }

    fn constructor(&self) -> TokenStream {
        let (takes, makes) = self.arguments();
        let required = self.required().map(|p| &p.ident);
        let optional = self.optional().map(|p| &p.ident);
        let allow = self.allow_deprecated();
        let about = docs::doc(if takes.is_empty() {
            "The request with no parameter set."
        } else {
            "The request with its required parameters."
        });
        quote! {
            #about
            #allow
            pub fn new(#(#takes),*) -> Self {
                Self { #(#required: #makes,)* #(#optional: None,)* }
            }
        }
    }

    /// The required parameters as arguments, and the expressions for their values.
    fn arguments(&self) -> (Vec<TokenStream>, Vec<TokenStream>) {
        self.required()
            .map(|p| {
                let ident = &p.ident;
                let argument = argument_of(&p.ty, &quote!(#ident));
                let takes = argument.takes;
                (quote!(#ident: #takes), argument.makes)
            })
            .unzip()
    }

    fn setters(&self) -> impl Iterator<Item = TokenStream> {
        self.optional().map(|p| {
            let (ident, method, docs) = (&p.ident, setter_ident(p), docs::doc(&self.parameter_docs(p)));
            let Argument { takes, makes } = optional_argument(p);
            quote! {
                #docs
                #[must_use]
                pub fn #method(mut self, #ident: #takes) -> Self {
                    self.#ident = #makes;
                    self
                }
            }
        })
    }

    fn call_setters(&self) -> Vec<TokenStream> {
        let allow = self.allow_deprecated();
        self.optional()
            .map(|p| {
                let (ident, method, docs) = (&p.ident, setter_ident(p), docs::doc(&self.parameter_docs(p)));
                let takes = optional_argument(p).takes;
                // The parameter of the closure must not hide the argument.
                let inner = format_ident!("{}", if ident == "request" { "inner" } else { "request" });
                quote! {
                    #docs
                    #allow
                    pub fn #method(self, #ident: #takes) -> Self {
                        self.with(|#inner| #inner.#method(#ident))
                    }
                }
            })
            .collect()
    }

    fn trait_impl(&self) -> TokenStream {
        let Self { name, operation, .. } = self;
        let Operation {
            id,
            tag,
            path,
            authenticated,
            deprecated,
            ..
        } = operation;
        let method = ident(&operation.method.to_uppercase());
        let idempotent = !matches!(operation.method.as_str(), "post" | "patch");
        let (output, decode) = match &operation.output {
            Output::Nothing => (quote!(()), quote!(decode::nothing(body))),
            Output::Bytes => (quote!(Bytes), quote!(Ok(body.clone()))),
            Output::Json(ty) => (quote!(#ty), quote!(decode::json(body))),
            Output::Optional(ty) => (quote!(Option<#ty>), quote!(decode::optional(body))),
        };
        let mut steps = operation.parameters.iter().map(encode_step).collect::<Vec<_>>();
        let encoded = if steps.is_empty() {
            quote!(Ok(Encoded::new(Self::OPERATION)))
        } else {
            steps.insert(0, quote!(let mut encoded = Encoded::new(Self::OPERATION);));
            quote!(#(#steps)* Ok(encoded))
        };
        let allow = self.allow_deprecated();
        quote! {
            #allow
            impl Request for #name {
                type Output = #output;

                const OPERATION: &'static Operation = &Operation {
                    id: #id,
                    tag: #tag,
                    method: Method::#method,
                    path: #path,
                    idempotent: #idempotent,
                    authenticated: #authenticated,
                    deprecated: #deprecated,
                };

                fn encode(&self) -> Result<Encoded, Error> { #encoded }

                fn decode(body: &Bytes) -> Result<Self::Output, serde_json::Error> { #decode }
            }
        }
    }

    fn client_method(&self) -> TokenStream {
        let Self { name, operation, .. } = self;
        let method = method_ident(&operation.id);
        let (docs, deprecated, allow) = (self.docs(), self.deprecated(), self.allow_deprecated());
        let (takes, _) = self.arguments();
        let arguments = self.required().map(|p| &p.ident);
        quote! {
            #docs
            #deprecated
            #allow
            pub fn #method(&self, #(#takes),*) -> Call<#name> {
                Call::new(self, #name::new(#(#arguments),*))
            }
        }
    }
}

fn encode_step(parameter: &Parameter) -> TokenStream {
    let Parameter {
        ident,
        name,
        place,
        required,
        ty,
        ..
    } = parameter;
    let argument = ident.to_string();
    match (place, required) {
        (Place::Path, _) => quote!(encoded.path(#argument, &self.#ident)?;),
        (Place::Query, _) => quote!(encoded.query(#name, &self.#ident)?;),
        (Place::Header, true) if is_time(ty) => quote!(encoded.time_header(#name, #argument, Some(&self.#ident))?;),
        (Place::Header, false) if is_time(ty) => quote!(encoded.time_header(#name, #argument, self.#ident.as_ref())?;),
        (Place::Header, true) => quote!(encoded.header(#name, Some(&self.#ident))?;),
        (Place::Header, false) => {
            quote!(encoded.header(#name, self.#ident.as_ref().map(|value| value as &dyn Display))?;)
        }
        (Place::Body, true) => quote!(encoded.json(&self.#ident)?;),
        (Place::Body, false) => quote! {
            if let Some(body) = &self.#ident {
                encoded.json(body)?;
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setter(name: &str) -> String {
        let parameter = Parameter {
            name: name.to_owned(),
            ident: field_ident(name),
            place: Place::Query,
            required: false,
            ty: syn::parse_quote!(String),
            description: String::new(),
        };
        setter_ident(&parameter).to_string()
    }

    #[test]
    fn setters_and_methods_of_operations_do_not_have_the_names_of_hand_written_ones() {
        for name in TAKEN_BY_CALLS {
            assert_eq!(setter(name), format!("{name}_"));
        }
        assert_eq!(
            (setter("userToken"), setter("cursor")),
            ("user_token_".to_owned(), "cursor".to_owned())
        );
        for name in TAKEN {
            assert_eq!(method_ident(name).to_string(), format!("{name}_"));
        }
        assert_eq!(method_ident("getRoles").to_string(), "get_roles");
    }
}
