//! What `authress-local` checks requests against: the operations and schemas of the description as static tables.
//!
//! They are made from the description as it was written. Code, not JSON: nothing is read at run time, and the compiler finds what does not fit.

mod patterns;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use self::schema::{Writer, static_name};
use crate::document::{BadReference, OperationRef, escape, is_json, operations};

/// The place, and what there would not be checked.
pub(super) type Refusal = (String, String);

/// The schema of failures that are not listed with an operation.
const FAILURE: &str = "ResponseError";

/// The source files, by path, not yet formatted.
///
/// # Errors
/// A place where something would not be checked.
pub(super) fn files(document: &Value) -> Result<BTreeMap<String, String>, Refusal> {
    let mut writer = Writer::default();
    let mut table = BTreeMap::new();
    for described in operations(document) {
        let written = operation(document, described, &mut writer).map_err(|what| (described.place(), what))?;
        table.insert(described.id, written);
    }
    writer.names.insert(FAILURE.to_owned());
    let of_operations = writer.names.clone();
    let statics = statics(document, &mut writer)?;

    let mut files = BTreeMap::new();
    let mut add = |path: &str, code: TokenStream| -> Result<(), Refusal> {
        let file = syn::parse2(code).map_err(|e| (path.to_owned(), format!("the code does not parse: {e}")))?;
        files.insert(path.to_owned(), prettyplease::unparse(&file));
        Ok(())
    };
    add("mod.rs", root())?;
    add("operations.rs", operations_file(table.values(), &of_operations))?;
    add("patterns.rs", patterns_file(&writer))?;
    add("schemas.rs", schemas_file(&statics))?;
    Ok(files)
}

/// The named schemas that operations lead to, each as a static.
fn statics(document: &Value, writer: &mut Writer) -> Result<BTreeMap<String, TokenStream>, Refusal> {
    let mut statics = BTreeMap::new();
    while let Some(name) = writer.names.iter().find(|name| !statics.contains_key(*name)).cloned() {
        let refusal = |what: &str| (name.clone(), what.to_owned());
        let schema = document.pointer(&format!("/components/schemas/{}", escape(&name)));
        let schema = schema.ok_or_else(|| refusal("is not described"))?;
        if schema.get("readOnly").is_some() {
            return Err(refusal("`readOnly` belongs to the fields that a schema is for"));
        }
        let written = writer.schema(schema).map_err(|what| refusal(&what))?;
        let ident = static_name(&name);
        statics.insert(name, quote!(pub(crate) static #ident: Schema = #written;));
    }
    Ok(statics)
}

/// Ids that the description has narrower rules for in paths than in bodies, and where the latter are.
const IDS: [(&str, &str); 2] = [
    ("userId", "/components/schemas/User/properties/userId"),
    ("groupId", "/components/schemas/Group/properties/groupId"),
];

/// One operation as a value of the table.
fn operation(document: &Value, described: OperationRef<'_>, writer: &mut Writer) -> Result<TokenStream, String> {
    let bad = |error: BadReference| error.to_string();
    let parameters = described.parameters(document).map_err(bad)?;
    let [mut path, query, headers] = ["path", "query", "header"].map(|place| {
        let here = parameters.iter().copied();
        here.filter(|parameter| text(parameter, "in") == place)
            .collect::<Vec<_>>()
    });
    if path.len() + query.len() + headers.len() < parameters.len() {
        return Err("a parameter is neither in the path nor in the query nor a header".to_owned());
    }
    path.sort_by_key(|parameter| described.path.find(&format!("{{{}}}", text(parameter, "name"))));
    let path: Vec<Value> = path
        .into_iter()
        .map(|parameter| as_wide_as_the_model(document, parameter))
        .collect();
    let path = fields(&path.iter().collect::<Vec<_>>(), writer)?;
    let query = fields(&query, writer)?;
    let headers: Vec<Value> = headers.into_iter().map(with_times_of_any_form).collect();
    let headers = fields(&headers.iter().collect::<Vec<_>>(), writer)?;
    let body = match described.request_body(document).map_err(bad)? {
        None => quote!(None),
        Some(body) => {
            let schema = json(body)?.ok_or("a body without a schema")?;
            let schema = writer.reference(schema)?;
            let required = body.get("required") == Some(&Value::Bool(true));
            quote!(Some(Body { schema: #schema, required: #required }))
        }
    };
    let mut answers = Vec::new();
    for (status, answer) in described.answers(document).map_err(bad)? {
        let status: u16 = status.parse().map_err(|_| format!("`{status}` is no status"))?;
        let status = Literal::u16_unsuffixed(status);
        answers.push(match json(answer)? {
            None => quote!(answer(#status)),
            Some(schema) => {
                let schema = writer.reference(schema)?;
                quote!(answer_with(#status, #schema))
            }
        });
    }
    let id = described.id;
    Ok(quote! {
        Operation {
            id: #id,
            path: #path,
            query: #query,
            headers: #headers,
            body: #body,
            answers: &[#(#answers),*],
        }
    })
}

/// The header without `format: date-time`: HTTP has a form of its own for times in headers, so the operation reads the text itself.
fn with_times_of_any_form(header: &Value) -> Value {
    let mut header = header.clone();
    let schema = header.get_mut("schema").and_then(Value::as_object_mut);
    if let Some(schema) = schema.filter(|schema| schema.get("format") == Some(&Value::from("date-time"))) {
        schema.remove("format");
    }
    header
}

/// The parameter with the schema that the model has for the same id: older rules for ids in paths are narrower, and what a body can name must be found
/// again by its path.
fn as_wide_as_the_model(document: &Value, parameter: &Value) -> Value {
    let mut wide = parameter.clone();
    let model = IDS.iter().find(|(name, _)| *name == text(parameter, "name"));
    let schema = model.and_then(|(_, model)| document.pointer(model));
    if let (Some(schema), Some(parameter)) = (schema, wide.as_object_mut()) {
        parameter.insert("schema".to_owned(), schema.clone());
    }
    wide
}

fn fields(parameters: &[&Value], writer: &mut Writer) -> Result<TokenStream, String> {
    let mut fields = Vec::new();
    for parameter in parameters {
        let name = text(parameter, "name");
        let schema = parameter
            .get("schema")
            .ok_or_else(|| format!("{name}: has no schema"))?;
        let schema = writer.reference(schema).map_err(|what| format!("{name}: {what}"))?;
        let required = (parameter.get("required") == Some(&Value::Bool(true))).then(|| quote!(.required()));
        fields.push(quote!(field(#name, #schema) #required));
    }
    Ok(quote!(&[#(#fields),*]))
}

/// The schema of a body, which is JSON if it is anything.
fn json(holder: &Value) -> Result<Option<&Value>, String> {
    let Some(content) = holder.get("content").and_then(Value::as_object) else {
        return Ok(None);
    };
    let mut media_types = content.iter();
    match (media_types.next(), media_types.next()) {
        (None, _) => Ok(None),
        (Some((media_type, body)), None) if is_json(media_type) => Ok(body.get("schema")),
        _ => Err("a body of several media types, or of one that is no JSON".to_owned()),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn root() -> TokenStream {
    quote! {
        //! The operations and schemas of the API description.
        #![allow(clippy::wildcard_imports, reason = "the words that the tables are written in")]

        mod operations;
        #[cfg(test)]
        mod patterns;
        mod schemas;

        pub(crate) use operations::OPERATIONS;
        #[cfg(test)]
        pub(crate) use patterns::PATTERNS;
        pub(crate) use schemas::RESPONSE_ERROR;
    }
}

fn operations_file<'a>(table: impl ExactSizeIterator<Item = &'a TokenStream>, named: &BTreeSet<String>) -> TokenStream {
    let count = Literal::usize_unsuffixed(table.len());
    let named = named.iter().map(|name| static_name(name));
    quote! {
        //! The operations, in the order of their ids.
        use super::schemas::{#(#named),*};
        use crate::description::*;

        pub(crate) static OPERATIONS: [Operation; #count] = [#(#table),*];
    }
}

fn patterns_file(writer: &Writer) -> TokenStream {
    let count = Literal::usize_unsuffixed(writer.patterns.len());
    let patterns = writer.patterns.iter().map(|(expression, name)| {
        let name = format_ident!("{name}");
        quote!((#expression, &#name))
    });
    quote! {
        //! The patterns, each with what stands for it.
        use crate::description::*;

        pub(crate) static PATTERNS: [(&str, &Pattern); #count] = [#(#patterns),*];
    }
}

fn schemas_file(statics: &BTreeMap<String, TokenStream>) -> TokenStream {
    let statics = statics.values();
    quote! {
        //! The named schemas that operations use.
        use crate::description::*;

        #(#statics)*
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(operation: Value) -> Value {
        json!({
            "paths": {"/a/{x}/{y}": {"put": operation}},
            "components": {"schemas": {
                "ResponseError": {"type": "object"},
                "Part": {"type": "object", "properties": {"whole": {"$ref": "#/components/schemas/Whole"}}},
                "Whole": {"type": "object", "properties": {"parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}}}},
                "Unused": {"oneOf": []},
            }},
        })
    }

    #[test]
    fn an_operation_has_its_parameters_by_place_and_leads_to_its_schemas() {
        let parameter = |place: &str, name: &str| json!({"in": place, "name": name, "required": place == "path", "schema": {"type": "string"}});
        let body = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Part"}}});
        let files = files(&document(json!({
            "operationId": "change",
            "parameters": [
                parameter("path", "y"),
                parameter("query", "q"),
                parameter("header", "h"),
                parameter("path", "x"),
                {"in": "header", "name": "t", "schema": {"type": "string", "format": "date-time", "maxLength": 32}},
            ],
            "requestBody": {"content": body},
            "responses": {"200": {"content": body}, "204": {}},
        })))
        .unwrap();
        let without_spaces = |path: &str| files[path].split_whitespace().collect::<String>();
        let operations = without_spaces("operations.rs");
        for part in [
            r#"id:"change","#,
            r#"path:&[field("x",&text(0,NO_LIMIT)).required(),field("y",&text(0,NO_LIMIT)).required(),]"#,
            r#"query:&[field("q",&text(0,NO_LIMIT))]"#,
            r#"headers:&[field("h",&text(0,NO_LIMIT)),field("t",&text(0,32))]"#,
            "body:Some(Body{schema:&PART,required:false,})",
            "answers:&[answer_with(200,&PART),answer(204)]",
        ] {
            assert!(operations.contains(part), "{part}: {operations}");
        }
        let schemas = without_spaces("schemas.rs");
        assert_eq!(schemas.matches("static").count(), 3, "{schemas}");
        assert!(
            schemas.contains(r#"staticWHOLE:Schema=object(&[field("parts",&list(&PART,0,NO_LIMIT))]);"#),
            "{schemas}"
        );
    }

    #[test]
    fn an_id_in_a_path_may_be_all_that_the_model_allows() {
        let mut document = document(json!({
            "operationId": "a",
            "parameters": [{"in": "path", "name": "groupId", "required": true, "schema": {"type": "string", "maxLength": 3}}],
            "responses": {},
        }));
        let narrow = files(&document).unwrap();
        document["components"]["schemas"]["Group"] =
            json!({"type": "object", "properties": {"groupId": {"type": "string", "maxLength": 64}}});
        let wide = files(&document).unwrap();
        let has = |files: &BTreeMap<String, String>, what: &str| files["operations.rs"].contains(what);
        assert!(has(&narrow, r#"field("groupId", &text(0, 3))"#) && has(&wide, r#"field("groupId", &text(0, 64))"#));
    }

    #[test]
    fn what_would_not_be_checked_is_named_with_its_place() {
        for (operation, place, what) in [
            (
                json!({"operationId": "a", "parameters": [{"in": "cookie", "name": "c", "schema": {"type": "string"}}]}),
                "a",
                "a parameter is neither in the path nor in the query nor a header",
            ),
            (
                json!({"operationId": "a", "parameters": [{"in": "query", "name": "q", "schema": {"type": "string", "pattern": "x"}}]}),
                "a",
                "q: no function stands for the pattern `x`",
            ),
            (
                json!({"operationId": "a", "requestBody": {"content": {"text/plain": {}}}}),
                "a",
                "a body of several media types, or of one that is no JSON",
            ),
            (
                json!({"operationId": "a", "responses": {"default": {}}}),
                "a",
                "`default` is no status",
            ),
            (
                json!({"operationId": "a", "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/None"}}}}}),
                "None",
                "is not described",
            ),
            (
                json!({"operationId": "a", "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Unused"}}}}}),
                "Unused",
                "`oneOf` is not known",
            ),
        ] {
            assert_eq!(
                files(&document(operation)).unwrap_err(),
                (place.to_owned(), what.to_owned())
            );
        }
    }
}
