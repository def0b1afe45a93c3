//! The operations of the mended description, with the types that progenitor gave to their parameters.

use serde_json::Value;
use syn::visit_mut::VisitMut;
use syn::{Fields, Ident, ImplItem, Item, ReturnType, Type};

use super::names::{field_ident, type_name};
use super::types::{ShortPaths, in_option, inner};
use crate::document::{METHODS, follow, is_json};
use crate::generate::passes::{ANSWERS, OPTIONAL_BODY};

/// One operation, ready to be written as code.
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) tag: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) summary: String,
    pub(super) description: String,
    /// What each status means, a list item a status.
    pub(super) answers: String,
    pub(super) deprecated: bool,
    pub(super) authenticated: bool,
    /// In the order of arguments: path parameters as they stand in the template, other required ones, the body, optional ones.
    pub(super) parameters: Vec<Parameter>,
    pub(super) output: Output,
}

pub(super) struct Parameter {
    /// As on the wire; empty for the body.
    pub(super) name: String,
    pub(super) ident: Ident,
    pub(super) place: Place,
    pub(super) required: bool,
    pub(super) ty: Type,
    pub(super) description: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Body,
}

pub(super) enum Output {
    Nothing,
    /// The body as it is: it is no JSON.
    Bytes,
    Json(Type),
    /// A body, or none: the service accepted the request and finishes it later.
    Optional(Type),
}

/// Reads every operation; `builders` are progenitor's.
///
/// # Errors
/// The operation and what is wrong, where the two do not fit together.
pub(super) fn read(document: &Value, builders: &[Item]) -> Result<Vec<Operation>, (String, String)> {
    let mut operations = Vec::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let id = text(operation, "operationId");
            let context = Context {
                document,
                builders,
                struct_name: type_name(&id),
            };
            let operation = context.read(path, method, item, operation).map_err(|what| (id, what))?;
            operations.push(operation);
        }
    }
    Ok(operations)
}

struct Context<'a> {
    document: &'a Value,
    builders: &'a [Item],
    struct_name: String,
}

impl Context<'_> {
    fn read(&self, path: &str, method: &str, item: &Value, operation: &Value) -> Result<Operation, String> {
        let mut parameters = Vec::new();
        let own = operation.get("parameters").and_then(Value::as_array);
        let shared = item.get("parameters").and_then(Value::as_array);
        for parameter in own.into_iter().chain(shared).flatten() {
            let parameter = self.resolve(parameter);
            let parameter = self.parameter(&parameter)?;
            // An operation's own parameter stands before, and overrides, the one of its path.
            if !parameters
                .iter()
                .any(|p: &Parameter| p.name == parameter.name && p.place == parameter.place)
            {
                parameters.push(parameter);
            }
        }
        if let Some(body) = operation.get("requestBody").map(|body| self.resolve(body)) {
            parameters.push(Parameter {
                name: String::new(),
                ident: field_ident("body"),
                place: Place::Body,
                required: body.get("required") == Some(&Value::Bool(true)),
                ty: self.field_type("body")?,
                description: text(&body, "description"),
            });
        }
        parameters.sort_by_key(|p| {
            (
                p.place != Place::Path,
                !p.required,
                p.place == Place::Body,
                path.find(&format!("{{{}}}", p.name)),
            )
        });
        let security = operation.get("security").or_else(|| self.document.get("security"));
        Ok(Operation {
            id: text(operation, "operationId"),
            tag: operation
                .pointer("/tags/0")
                .and_then(Value::as_str)
                .unwrap_or("Default")
                .to_owned(),
            method: method.to_owned(),
            path: path.to_owned(),
            summary: text(operation, "summary"),
            description: text(operation, "description"),
            answers: text(operation, ANSWERS),
            deprecated: operation.get("deprecated") == Some(&Value::Bool(true)),
            authenticated: security.is_some_and(wants_token),
            parameters,
            output: self.output(operation)?,
        })
    }

    fn parameter(&self, parameter: &Value) -> Result<Parameter, String> {
        let name = text(parameter, "name");
        let place = match parameter.get("in").and_then(Value::as_str) {
            Some("path") => Place::Path,
            Some("query") => Place::Query,
            Some("header") => Place::Header,
            place => return Err(format!("parameter `{name}` is in {}", place.unwrap_or("no place"))),
        };
        let ident = field_ident(&name);
        let description =
            [parameter, parameter.get("schema").unwrap_or(&Value::Null)].map(|part| text(part, "description"));
        Ok(Parameter {
            ty: self.field_type(&ident.to_string())?,
            required: parameter.get("required") == Some(&Value::Bool(true)),
            description: description
                .into_iter()
                .filter(|d| !d.is_empty())
                .collect::<Vec<_>>()
                .join("\n\n"),
            name,
            ident,
            place,
        })
    }

    /// The type of a field of progenitor's builder: `T` of `Result<Option<T>, String>` or `Result<T, String>`.
    fn field_type(&self, field: &str) -> Result<Type, String> {
        let found = self.builders.iter().find_map(|item| match item {
            Item::Struct(s) if s.ident == self.struct_name => match &s.fields {
                Fields::Named(fields) => fields
                    .named
                    .iter()
                    .find(|f| f.ident.as_ref().is_some_and(|i| i == field)),
                _ => None,
            },
            _ => None,
        });
        let mut ty = found
            .ok_or_else(|| format!("the generator made no type for `{field}`"))?
            .ty
            .clone();
        ShortPaths.visit_type_mut(&mut ty);
        let ty = inner(&ty, "Result").cloned().unwrap_or(ty);
        Ok(in_option(&ty).cloned().unwrap_or(ty))
    }

    /// The output: of progenitor's `send`, `Result<ResponseValue<T>, …>`.
    fn output(&self, operation: &Value) -> Result<Output, String> {
        let Some(answer) = operation.pointer("/responses/2XX").map(|answer| self.resolve(answer)) else {
            return Ok(Output::Nothing);
        };
        let content = answer.get("content").and_then(Value::as_object);
        let Some(content) = content.filter(|content| !content.is_empty()) else {
            return Ok(Output::Nothing);
        };
        if !content.keys().any(|media| is_json(media)) {
            return Ok(Output::Bytes);
        }
        let mut ty = self.returned().ok_or("the generator made no `send` for it")?;
        ShortPaths.visit_type_mut(&mut ty);
        let ty = inner(&ty, "Result")
            .and_then(|ty| inner(ty, "ResponseValue"))
            .cloned()
            .unwrap_or(ty);
        Ok(if answer.get(OPTIONAL_BODY).is_some() {
            Output::Optional(ty)
        } else {
            Output::Json(ty)
        })
    }

    fn returned(&self) -> Option<Type> {
        self.builders.iter().find_map(|item| {
            let Item::Impl(block) = item else { return None };
            let Type::Path(self_type) = &*block.self_ty else {
                return None;
            };
            if self_type.path.segments.last()?.ident != self.struct_name {
                return None;
            }
            block.items.iter().find_map(|item| match item {
                // The setter of a parameter called `send` is not asynchronous.
                ImplItem::Fn(f) if f.sig.ident == "send" && f.sig.asyncness.is_some() => match &f.sig.output {
                    ReturnType::Type(_, ty) => Some((**ty).clone()),
                    ReturnType::Default => None,
                },
                _ => None,
            })
        })
    }

    /// What `value` stands for. References that lead nowhere have been refused by now.
    fn resolve(&self, value: &Value) -> Value {
        follow(self.document, value).unwrap_or(value).clone()
    }
}

/// Whether any of the ways to call names a scheme; `{}` is the way without one.
fn wants_token(security: &Value) -> bool {
    let ways = security.as_array().into_iter().flatten();
    ways.filter_map(Value::as_object).any(|way| !way.is_empty())
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_token_is_wanted_when_a_way_to_call_names_a_scheme() {
        for (security, wanted) in [
            (json!([]), false),
            (json!([{}]), false),
            (json!([{"bearer": []}]), true),
            (json!([{}, {"bearer": []}]), true),
        ] {
            assert_eq!(wants_token(&security), wanted, "{security}");
        }
    }
}
