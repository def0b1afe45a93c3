//! Pages: which operations answer with one page of a list, told by the types of their parameters and answers.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Field, Fields, Item, ItemStruct, Path, Type};

use super::models::{Model, wire_name};
use super::operations::{Operation, Output, Parameter, Place};
use super::types::{in_option, inner};

/// How an operation gives its list, page by page.
pub(super) struct Paging {
    /// The type of an item, as a request names it.
    pub(super) item: Type,
    /// The field of the request that takes the cursor.
    pub(super) cursor: syn::Ident,
    /// The expression for the cursor of the page after `output`, in a function that returns an option.
    pub(super) next: TokenStream,
    /// The expression for the items of `output`.
    pub(super) items: TokenStream,
}

/// What the models are: requests see them by name alone.
pub(super) struct Structs {
    /// Those with fields, by name.
    structs: BTreeMap<String, ItemStruct>,
    /// The names of all models.
    models: BTreeSet<String>,
}

impl Structs {
    pub(super) fn of(models: &[Model]) -> Self {
        let items = models
            .iter()
            .filter_map(|model| syn::parse2::<syn::File>(model.code.clone()).ok())
            .flat_map(|file| file.items);
        let structs = items.filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), item)),
            _ => None,
        });
        Self {
            structs: structs.collect(),
            models: models.iter().map(|model| model.name.clone()).collect(),
        }
    }

    /// How `operation` gives its list: it takes an optional `cursor`, and its answer has `pagination.next.cursor` and one list. Others give none.
    pub(super) fn paging(&self, operation: &Operation) -> Option<Paging> {
        let is_cursor = |p: &&Parameter| p.place == Place::Query && p.name == "cursor" && !p.required && is_text(&p.ty);
        let cursor = operation.parameters.iter().find(is_cursor)?.ident.clone();
        let Output::Json(output) = &operation.output else {
            return None;
        };
        let output = self.called(output)?;
        let mut next = quote!(output);
        let mut model = output;
        for name in ["pagination", "next"] {
            let field = field(model, name)?;
            let name = &field.ident;
            let (ty, step) = match in_option(&field.ty) {
                Some(ty) => (ty, quote!(#next.#name.as_ref()?)),
                None => (&field.ty, quote!(#next.#name)),
            };
            (model, next) = (self.called(ty)?, step);
        }
        let text = field(model, "cursor")?;
        let name = &text.ident;
        let next = match in_option(&text.ty) {
            Some(ty) if is_text(ty) => quote!(#next.#name.as_deref()),
            None if is_text(&text.ty) => quote!(Some(#next.#name.as_str())),
            _ => return None,
        };
        let mut lists = output.fields.iter().filter_map(|field| {
            let list = in_option(&field.ty).unwrap_or(&field.ty);
            Some((field, inner(list, "Vec")?))
        });
        let (Some((list, item)), None) = (lists.next(), lists.next()) else {
            return None;
        };
        let name = &list.ident;
        let otherwise = in_option(&list.ty).map(|_| quote!(.unwrap_or_default()));
        Some(Paging {
            item: self.seen_from_requests(item.clone()),
            cursor,
            next,
            items: quote!(output.#name #otherwise),
        })
    }

    /// The struct with named fields that `ty` stands for.
    fn called(&self, ty: &Type) -> Option<&ItemStruct> {
        let Type::Path(ty) = ty else { return None };
        let name = ty.path.segments.last()?.ident.to_string();
        let item = self.structs.get(&name)?;
        matches!(item.fields, Fields::Named(_)).then_some(item)
    }

    /// Requests name models by their module.
    fn seen_from_requests(&self, mut ty: Type) -> Type {
        struct ByModule<'a>(&'a BTreeSet<String>);

        impl VisitMut for ByModule<'_> {
            fn visit_path_mut(&mut self, path: &mut Path) {
                visit_mut::visit_path_mut(self, path);
                if let Some(model) = path.get_ident().filter(|name| self.0.contains(&name.to_string())) {
                    *path = syn::parse_quote!(models::#model);
                }
            }
        }

        ByModule(&self.models).visit_type_mut(&mut ty);
        ty
    }
}

impl Paging {
    /// The implementation for the request called `name`.
    pub(super) fn implementation(&self, name: &syn::Ident) -> TokenStream {
        let Self {
            item,
            cursor,
            next,
            items,
        } = self;
        quote! {
            impl Paginated for #name {
                type Item = #item;

                fn page_cursor(&self) -> Option<&str> {
                    self.#cursor.as_deref()
                }

                fn set_page_cursor(&mut self, cursor: &str) {
                    self.#cursor = Some(cursor.to_owned());
                }

                fn next_cursor(output: &Self::Output) -> Option<&str> {
                    #next.filter(|cursor| !cursor.is_empty())
                }

                fn into_items(output: Self::Output) -> Vec<Self::Item> {
                    #items
                }
            }
        }
    }
}

fn field<'a>(model: &'a ItemStruct, wire: &str) -> Option<&'a Field> {
    model.fields.iter().find(|field| wire_name(field) == wire)
}

fn is_text(ty: &Type) -> bool {
    ty.to_token_stream().to_string() == "String"
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::format_ident;
    use syn::parse_quote;

    /// A model called `name`, with these fields.
    fn model(name: &str, fields: TokenStream) -> Model {
        let ident = format_ident!("{name}");
        Model {
            name: name.to_owned(),
            code: quote!(pub struct #ident { #fields }),
        }
    }

    /// An operation that answers with the model `Page` and takes a query parameter of this name and type.
    fn operation(parameter: &str, required: bool, ty: Type) -> Operation {
        Operation {
            id: "getThings".to_owned(),
            tag: String::new(),
            method: "get".to_owned(),
            path: "/".to_owned(),
            summary: String::new(),
            description: String::new(),
            answers: String::new(),
            deprecated: false,
            authenticated: true,
            parameters: vec![Parameter {
                name: parameter.to_owned(),
                ident: format_ident!("{parameter}"),
                place: Place::Query,
                required,
                ty,
                description: String::new(),
            }],
            output: Output::Json(parse_quote!(models::Page)),
        }
    }

    fn structs(page: TokenStream, pagination: TokenStream, next: TokenStream) -> Structs {
        Structs::of(&[
            model("Page", page),
            model("Pagination", pagination),
            model("Next", next),
            model("Thing", quote!()),
        ])
    }

    #[test]
    fn a_list_is_paginated_whatever_of_it_is_optional() {
        for (page, pagination, next, expected) in [
            (
                quote!(pub things: Vec<Thing>, pub pagination: Option<Pagination>),
                quote!(pub next: Option<Next>),
                quote!(pub cursor: Option<String>),
                [
                    "models::Thing",
                    "output.pagination.as_ref()?.next.as_ref()?.cursor.as_deref()",
                    "output.things",
                ],
            ),
            (
                quote!(pub ids: Option<Vec<String>>, pub pagination: Pagination),
                quote!(pub next: Next),
                quote!(pub cursor: String),
                [
                    "String",
                    "Some(output.pagination.next.cursor.as_str())",
                    "output.ids.unwrap_or_default()",
                ],
            ),
        ] {
            let structs = structs(page, pagination, next);
            let paging = structs
                .paging(&operation("cursor", false, parse_quote!(String)))
                .unwrap();
            let item = paging.item.to_token_stream();
            let code = [item, paging.next, paging.items].map(|code| code.to_string().replace(' ', ""));
            assert_eq!(code, expected);
        }
    }

    #[test]
    fn what_is_not_a_page_of_one_list_is_not_paginated() {
        let page = || quote!(pub things: Vec<Thing>, pub pagination: Option<Pagination>);
        let pagination = || quote!(pub next: Option<Next>);
        let next = || quote!(pub cursor: Option<String>);
        let takes_cursor = || operation("cursor", false, parse_quote!(String));
        assert!(structs(page(), pagination(), next()).paging(&takes_cursor()).is_some());

        for other in [
            operation("after", false, parse_quote!(String)),
            operation("cursor", true, parse_quote!(String)),
            operation("cursor", false, parse_quote!(u32)),
            Operation {
                output: Output::Nothing,
                ..takes_cursor()
            },
            Operation {
                output: Output::Json(parse_quote!(Vec<models::Thing>)),
                ..takes_cursor()
            },
        ] {
            assert!(structs(page(), pagination(), next()).paging(&other).is_none());
        }
        for other in [
            structs(quote!(pub things: Vec<Thing>), pagination(), next()),
            structs(quote!(pub pagination: Option<Pagination>), pagination(), next()),
            structs(
                quote!(pub things: Vec<Thing>, pub more: Vec<Thing>, pub pagination: Pagination),
                pagination(),
                next(),
            ),
            structs(page(), quote!(pub previous: Option<Next>), next()),
            structs(page(), pagination(), quote!(pub cursor: Option<u32>)),
            structs(page(), pagination(), quote!(pub number: Option<String>)),
        ] {
            assert!(other.paging(&takes_cursor()).is_none());
        }
    }
}
