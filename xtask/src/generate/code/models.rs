//! Models: progenitor's structs, made tolerant, documented, and built with `new` and setters.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Field, Fields, Item, ItemEnum, ItemImpl, ItemStruct, ItemType, Type, parse_quote};

use super::names::type_name;
use super::types::{ShortPaths, argument_of, in_option};
use super::{docs, enums};
use crate::generate::passes::{ALWAYS_WRITTEN, NULL_IS_EMPTY, ONE_OR_MANY};

/// One generated type: its name and all its code.
pub(super) struct Model {
    pub(super) name: String,
    pub(super) code: TokenStream,
}

/// Makes the models from progenitor's types.
pub(super) fn models(types: Vec<Item>, document: &Value) -> Vec<Model> {
    let (open, documented) = (enums::string_enums(&types), enums::documented(&types));
    let local: BTreeSet<String> = types.iter().filter_map(declared).collect();
    let properties = Properties::of(document);
    let mut parts: BTreeMap<String, TokenStream> = BTreeMap::new();
    for mut item in types {
        ShortPaths.visit_item_mut(&mut item);
        let (name, code) = match &item {
            Item::Enum(item) if open.contains(&item.ident.to_string()) => (item.ident.to_string(), enums::open(item)),
            Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => {
                (item.ident.to_string(), model(item, &properties, &documented))
            }
            Item::Struct(item) => (item.ident.to_string(), wrapper(item)),
            Item::Enum(item) => (item.ident.to_string(), choice(item.clone())),
            Item::Type(item) => (item.ident.to_string(), alias(item.clone())),
            Item::Impl(item) => match kept_impl(item, &open, &local) {
                Some(name) => (name, quote!(#item)),
                None => continue,
            },
            // The modules of conversion errors, builders and defaults have no use here.
            _ => continue,
        };
        parts.entry(name).or_default().extend(code);
    }
    parts.into_iter().map(|(name, code)| Model { name, code }).collect()
}

/// The name of the type that `item` declares.
fn declared(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

/// The type that an impl block belongs to, when it is kept: not for builders, and not for what the models here do themselves.
fn kept_impl(item: &ItemImpl, open: &BTreeSet<String>, local: &BTreeSet<String>) -> Option<String> {
    let Type::Path(self_type) = &*item.self_ty else {
        return None;
    };
    let name = self_type.path.segments.last()?.ident.to_string();
    if open.contains(&name) || item.to_token_stream().to_string().contains("builder ::") {
        return None;
    }
    if local.contains(&name) {
        return Some(name);
    }
    // `impl From<Wrapper> for String` belongs to the wrapper.
    let of = item
        .trait_
        .as_ref()
        .map(|(path, _)| path.to_token_stream().to_string())
        .unwrap_or_default();
    of.split(['<', '>'])
        .nth(1)
        .map(|name| name.trim().to_owned())
        .filter(|name| local.contains(name))
}

/// One of several types.
fn choice(mut item: ItemEnum) -> TokenStream {
    redocument(&mut item.attrs, "One of several forms.");
    for variant in &mut item.variants {
        let otherwise = format!("The form `{}`.", variant.ident);
        redocument(&mut variant.attrs, &otherwise);
        for field in variant.fields.iter_mut().filter(|field| field.ident.is_some()) {
            let otherwise = format!("The field `{}`.", wire_name(field));
            redocument(&mut field.attrs, &otherwise);
        }
    }
    with_schema(&quote!(#item))
}

/// Another name of a type.
fn alias(mut item: ItemType) -> TokenStream {
    let otherwise = format!("The value `{}`.", item.ident);
    redocument(&mut item.attrs, &otherwise);
    quote!(#item)
}

/// Writes the documentation of an item as a person would.
fn redocument(attributes: &mut Vec<Attribute>, otherwise: &str) {
    let docs = docs::of(attributes, otherwise);
    let documented: ItemStruct = parse_quote!(#docs struct S;);
    let others = std::mem::take(attributes)
        .into_iter()
        .filter(|a| !a.path().is_ident("doc"));
    *attributes = documented.attrs.into_iter().chain(others).collect();
}

/// A wrapper around one value, for instance an identifier.
fn wrapper(item: &ItemStruct) -> TokenStream {
    let name = &item.ident;
    let is_text = item
        .fields
        .iter()
        .next()
        .is_some_and(|field| field.ty.to_token_stream().to_string() == "String");
    let from = is_text.then(|| {
        quote! {
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    Self(value.to_owned())
                }
            }
        }
    });
    let docs = docs::of(&item.attrs, &format!("The value `{name}`."));
    let mut bare = item.clone();
    bare.attrs.retain(|a| !a.path().is_ident("doc"));
    let item = with_schema(&quote!(#bare));
    quote!(#docs #item #from)
}

fn with_schema(item: &TokenStream) -> TokenStream {
    quote!(#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))] #item)
}

/// A struct of named fields.
fn model(item: &ItemStruct, properties: &Properties, enums: &BTreeSet<String>) -> TokenStream {
    let name = &item.ident;
    let mut fields: Vec<Field> = item.fields.iter().cloned().collect();
    properties.sort(&name.to_string(), &mut fields);
    for field in &mut fields {
        let wire = wire_name(field);
        be_tolerant(field, properties.get(&name.to_string(), &wire));
        document(field, &wire, enums);
    }
    let (required, optional): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| is_argument(field));
    let docs = docs::of(&item.attrs, &format!("The model `{name}`."));
    let default = required.is_empty().then(|| quote!(, Default));
    let methods = std::iter::once(constructor(&required, &optional)).chain(optional.iter().map(|field| setter(field)));
    let from = single_text(&fields).map(|_| {
        quote! {
            impl<T: Into<String>> From<T> for #name {
                fn from(value: T) -> Self {
                    Self::new(value)
                }
            }
        }
    });
    let item = with_schema(&quote! {
        #[derive(Clone, Debug, PartialEq, Deserialize, Serialize #default)]
        #[non_exhaustive]
        pub struct #name { #(#fields),* }
    });
    quote!(#docs #item impl #name { #(#methods)* } #from)
}

/// Writes the documentation of a field as a person would; what the values of an enum mean is said at the values.
fn document(field: &mut Field, wire: &str, enums: &BTreeSet<String>) {
    let otherwise = if is_flattened(field) {
        "All other fields.".to_owned()
    } else {
        format!("The field `{wire}`.")
    };
    let mut text = docs::written(&field.attrs);
    let ty = in_option(&field.ty).unwrap_or(&field.ty).to_token_stream().to_string();
    if enums.contains(&ty) {
        text = docs::without_values(&text);
    }
    let docs = docs::doc(&docs::or(text, &otherwise));
    let documented: ItemStruct = parse_quote!(struct S { #docs field: () });
    let docs = documented.fields.into_iter().flat_map(|field| field.attrs);
    let others = field.attrs.iter().filter(|a| !a.path().is_ident("doc")).cloned();
    field.attrs = docs.chain(others).collect();
}

/// Whether a field holds what no other field does.
fn is_flattened(field: &Field) -> bool {
    field
        .attrs
        .iter()
        .any(|a| a.path().is_ident("serde") && a.to_token_stream().to_string().contains("flatten"))
}

/// A model that is nothing but one text can be made from a text.
fn single_text(fields: &[Field]) -> Option<&Field> {
    match fields {
        [field] if field.ty.to_token_stream().to_string() == "String" => Some(field),
        _ => None,
    }
}

fn constructor(required: &[&Field], optional: &[&Field]) -> TokenStream {
    let unset = optional.iter().map(|field| {
        let (ident, value) = (&field.ident, unset(&field.ty));
        quote!(#ident: #value)
    });
    let (takes, makes): (Vec<_>, Vec<_>) = required
        .iter()
        .map(|field| {
            let ident = &field.ident;
            let argument = argument_of(&field.ty, &quote!(#ident));
            let takes = argument.takes;
            let makes = argument.makes;
            (quote!(#ident: #takes), quote!(#ident: #makes))
        })
        .unzip();
    let has_flags = optional.iter().any(|field| is_flag(field));
    let about = match (required.is_empty(), optional.is_empty()) {
        (true, _) => "The model with nothing set.",
        (false, true) => "The model with all of its fields.",
        (false, false) if has_flags => "The model with its required fields; flags are false, and all others are unset.",
        (false, false) => "The model with its required fields; all others are unset.",
    };
    let about = docs::doc(about);
    quote! {
        #about
        pub fn new(#(#takes),*) -> Self {
            Self { #(#makes,)* #(#unset,)* }
        }
    }
}

/// The value of a field that is not set.
fn unset(ty: &Type) -> TokenStream {
    match collection(ty) {
        _ if in_option(ty).is_some() => quote!(None),
        Some(path) => quote!(#path::new()),
        None => quote!(Default::default()),
    }
}

fn setter(field: &Field) -> TokenStream {
    let ident = &field.ident;
    // `new` is the constructor.
    let method = match ident {
        Some(ident) if ident == "new" => Some(format_ident!("new_")),
        ident => ident.clone(),
    };
    let inner = in_option(&field.ty);
    let argument = argument_of(inner.unwrap_or(&field.ty), &quote!(#ident));
    let (takes, makes) = (argument.takes, argument.makes);
    let value = if inner.is_some() { quote!(Some(#makes)) } else { makes };
    let text = docs::doc(&format!("Sets [`{0}`](Self::{0}).", ident.to_token_stream()));
    quote! {
        #text
        #[must_use]
        pub fn #method(mut self, #ident: #takes) -> Self {
            self.#ident = #value;
            self
        }
    }
}

/// A required field that has to be given to the constructor. Flags have not: nobody can read a row of `true` and `false`.
fn is_argument(field: &Field) -> bool {
    is_required(field) && !is_flag(field)
}

fn is_flag(field: &Field) -> bool {
    field.ty.to_token_stream().to_string() == "bool"
}

/// A field that must be given and must be there: neither an `Option` nor a list that may be missing.
fn is_required(field: &Field) -> bool {
    in_option(&field.ty).is_none() && !is_flattened(field) && !field.attrs.iter().any(is_default)
}

fn is_default(attribute: &Attribute) -> bool {
    attribute.path().is_ident("serde") && attribute.to_token_stream().to_string().contains("default")
}

/// Rewrites the serde attributes of a field, so that it reads what services really send.
fn be_tolerant(field: &mut Field, property: Option<&Value>) {
    let marked = |mark: &str| property.is_some_and(|p| p.get(mark) == Some(&Value::Bool(true)));
    let missing_is_default = field.attrs.iter().any(is_default);
    let wire = wire_name(field);
    let rename = field
        .ident
        .as_ref()
        .filter(|ident| *ident != &wire)
        .map(|_| quote!(rename = #wire,));
    let rules = if is_flattened(field) {
        quote!(flatten)
    } else if in_option(&field.ty).is_some() {
        // A required field that may be null is written as null, and an answer without it is read all the same.
        let always_written = property.is_none_or(|p| p.get("nullable").is_some()) && is_written_as_null(field);
        if always_written {
            quote!(default)
        } else {
            quote!(default, skip_serializing_if = "Option::is_none")
        }
    } else if marked(ONE_OR_MANY) || missing_is_default || marked(NULL_IS_EMPTY) {
        let reader = if marked(ONE_OR_MANY) {
            "crate::tolerant::one_or_many"
        } else {
            "crate::tolerant::null_as_default"
        };
        let empty = skip_rule(field).filter(|_| !marked(ALWAYS_WRITTEN)).unwrap_or_default();
        quote!(default, deserialize_with = #reader #empty)
    } else {
        quote!()
    };
    field.attrs.retain(|a| !a.path().is_ident("serde"));
    if rename.is_some() || !rules.is_empty() {
        field.attrs.push(parse_quote!(#[serde(#rename #rules)]));
    }
}

/// How progenitor marks an `Option` that must be present: read by `Option::deserialize`, never skipped.
fn is_written_as_null(field: &Field) -> bool {
    let serde = field.attrs.iter().filter(|a| a.path().is_ident("serde"));
    serde
        .map(|a| a.to_token_stream().to_string())
        .all(|text| !text.contains("skip_serializing_if"))
}

/// The rule by which an empty list or map is not written.
fn skip_rule(field: &Field) -> Option<TokenStream> {
    let path = format!(
        "{}::is_empty",
        collection(&field.ty)?.to_token_stream().to_string().replace(' ', "")
    );
    Some(quote!(, skip_serializing_if = #path))
}

/// The path of a list or map type, without what is in it.
fn collection(ty: &Type) -> Option<syn::Path> {
    let text = ty.to_token_stream().to_string().replace(' ', "");
    let name = ["Vec", "BTreeMap", "serde_json::Map"]
        .into_iter()
        .find(|name| text.starts_with(&format!("{name}<")))?;
    syn::parse_str(name).ok()
}

pub(super) fn wire_name(field: &Field) -> String {
    let mut wire = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    for attribute in field.attrs.iter().filter(|a| a.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                wire = meta.value()?.parse::<syn::LitStr>()?.value();
            } else if meta.input.peek(syn::Token![=]) {
                let _: syn::Expr = meta.value()?.parse()?;
            }
            Ok(())
        });
    }
    wire
}

/// The properties of the description, by the name of the generated type.
struct Properties(BTreeMap<String, serde_json::Map<String, Value>>);

impl Properties {
    fn of(document: &Value) -> Self {
        let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
        let mut all = BTreeMap::new();
        for (name, schema) in schemas.into_iter().flatten() {
            Self::collect(&type_name(name), schema, &mut all);
        }
        Self(all)
    }

    /// A model within a model is called by both names.
    fn collect(name: &str, schema: &Value, all: &mut BTreeMap<String, serde_json::Map<String, Value>>) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        for (property, inner) in properties {
            Self::collect(&format!("{name}{}", type_name(property)), inner, all);
        }
        all.insert(name.to_owned(), properties.clone());
    }

    fn get(&self, model: &str, property: &str) -> Option<&Value> {
        self.0.get(model)?.get(property)
    }

    /// Brings fields into the order of the description, in which people know them.
    fn sort(&self, model: &str, fields: &mut [Field]) {
        if let Some(properties) = self.0.get(model) {
            fields.sort_by_key(|field| {
                let wire = wire_name(field);
                // What no property declares, the map of all further fields, comes last.
                properties.keys().position(|name| *name == wire).unwrap_or(usize::MAX)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn code(item: Item, document: &Value) -> String {
        let models = models(vec![item], document);
        models.into_iter().map(|m| m.code.to_string()).collect()
    }

    #[test]
    fn required_fields_are_arguments_and_optional_ones_setters() {
        let item = parse_quote! {
            pub struct User { #[serde(rename = "userId")] pub user_id: ::std::string::String, pub name: ::std::option::Option<::std::string::String> }
        };
        let code = code(item, &json!({}));
        assert!(
            code.contains("pub fn new (user_id : impl Into < String >) -> Self"),
            "{code}"
        );
        assert!(
            code.contains("pub fn name (mut self , name : impl Into < String >) -> Self"),
            "{code}"
        );
        assert!(code.contains("non_exhaustive"), "{code}");
    }

    #[test]
    fn a_model_of_one_text_is_made_from_a_text() {
        let item = parse_quote!(
            pub struct User {
                pub user_id: ::std::string::String,
            }
        );
        assert!(code(item, &json!({})).contains("From < T > for User"));
    }

    #[test]
    fn required_flags_are_setters_and_false_until_they_are_set() {
        let item = parse_quote!(
            pub struct Permission {
                pub action: ::std::string::String,
                pub allow: bool,
                pub grant: bool,
            }
        );
        let code = code(item, &json!({}));
        assert!(
            code.contains("pub fn new (action : impl Into < String >) -> Self"),
            "{code}"
        );
        assert!(
            code.contains("pub fn allow (mut self , allow : bool) -> Self"),
            "{code}"
        );
    }

    #[test]
    fn a_field_called_as_the_constructor_has_a_setter_of_another_name() {
        let item = parse_quote!(
            pub struct Change {
                pub new: ::std::option::Option<u32>,
            }
        );
        let code = code(item, &json!({}));
        assert!(
            code.contains("pub fn new () -> Self") && code.contains("pub fn new_ (mut self , new : u32)"),
            "{code}"
        );
    }

    #[test]
    fn an_empty_list_is_written_where_readers_count_on_it() {
        let item: Item = parse_quote! {
            pub struct Page { #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")] pub users: ::std::vec::Vec<User> }
        };
        assert!(code(item.clone(), &json!({})).contains("skip_serializing_if"));
        let users = json!({"type": "array", ALWAYS_WRITTEN: true});
        let document = json!({"components": {"schemas": {"Page": {"properties": {"users": users}}}}});
        assert!(!code(item, &document).contains("skip_serializing_if"));
    }

    #[test]
    fn a_list_that_may_be_missing_may_be_null() {
        let item = parse_quote! {
            pub struct Page { #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")] pub users: ::std::vec::Vec<User> }
        };
        assert!(code(item, &json!({})).contains("crate::tolerant::null_as_default"));
    }

    #[test]
    fn a_required_field_that_may_be_null_is_written_as_null_and_read_when_missing() {
        let item = parse_quote! {
            pub struct Limit { #[serde(deserialize_with = "::std::option::Option::deserialize")] pub quota: ::std::option::Option<u32> }
        };
        let code = code(item, &json!({}));
        assert!(code.contains("# [serde (default)]"), "{code}");
    }

    #[test]
    fn further_fields_are_kept_beside_the_known_ones() {
        let item = parse_quote! {
            pub struct Properties { #[serde(flatten)] pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value> }
        };
        let code = code(item, &json!({}));
        assert!(code.contains("# [serde (flatten)]"), "{code}");
        assert!(code.contains("pub fn new () -> Self"), "{code}");
    }

    #[test]
    fn fields_stand_in_the_order_of_the_description() {
        let document = json!({"components": {"schemas": {"A": {"properties": {"b": {}, "a": {}}}}}});
        let code = code(
            parse_quote!(
                pub struct A {
                    pub a: u32,
                    pub b: u32,
                }
            ),
            &document,
        );
        assert!(code.find("pub b").unwrap() < code.find("pub a").unwrap(), "{code}");
    }
}
