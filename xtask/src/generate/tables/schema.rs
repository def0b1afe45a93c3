//! Schemas as code. Every keyword is taken into account or refused: what is overlooked would not be checked.

use std::collections::BTreeSet;

use heck::ToShoutySnakeCase as _;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use super::patterns;

/// Keywords that say nothing about which values fit.
const SILENT: [&str; 6] = ["default", "deprecated", "description", "example", "readOnly", "title"];

/// Writes schemas, and remembers what they refer to.
#[derive(Default)]
pub(super) struct Writer {
    /// The named schemas that were referred to.
    pub(super) names: BTreeSet<String>,
    /// The patterns, each with its name.
    pub(super) patterns: BTreeSet<(String, &'static str)>,
}

/// The name of the static that a named schema becomes.
pub(super) fn static_name(name: &str) -> proc_macro2::Ident {
    format_ident!("{}", name.to_shouty_snake_case())
}

impl Writer {
    /// A reference to the schema: to the static of a named one, or to one in place.
    pub(super) fn reference(&mut self, schema: &Value) -> Result<TokenStream, String> {
        let keywords = keywords(schema)?;
        if let Some(name) = named(keywords)? {
            self.names.insert(name.clone());
            let name = static_name(&name);
            return Ok(quote!(&#name));
        }
        let written = self.schema(schema)?;
        Ok(quote!(&#written))
    }

    /// The schema itself.
    pub(super) fn schema(&mut self, schema: &Value) -> Result<TokenStream, String> {
        let keywords = keywords(schema)?;
        let mut rest = Rest::new(keywords);
        let nullable = rest.flag("nullable")?;
        let one_or_many = rest.flag("x-one-or-many")?;
        let mut written = if let Some(parts) = rest.take("allOf") {
            let [part] = parts.as_array().map(Vec::as_slice).unwrap_or_default() else {
                return Err("`allOf` has several schemas".to_owned());
            };
            self.reference(part)?
        } else {
            let written = match rest.take("type").and_then(Value::as_str) {
                Some("string") => self.string(&mut rest)?,
                Some("boolean") => quote!(boolean()),
                Some("integer") => integer(&mut rest)?,
                Some("number") => number(&mut rest)?,
                Some("array") => self.list(&mut rest)?,
                Some("object") => self.object(&mut rest)?,
                Some(other) => return Err(format!("`type: {other}` is not known")),
                None => {
                    rest.nothing_left()?;
                    return Err("a schema without `type`".to_owned());
                }
            };
            quote!(&#written)
        };
        rest.nothing_left()?;
        if one_or_many {
            written = quote!(&one_or_many(#written));
        }
        if nullable {
            written = quote!(&nullable(#written));
        }
        // Without the `&`, which whoever refers to it sets again.
        Ok(written.into_iter().skip(1).collect())
    }

    fn string(&mut self, rest: &mut Rest<'_>) -> Result<TokenStream, String> {
        let values = rest.take("enum");
        let format = rest.take("format").and_then(Value::as_str);
        let pattern = rest.take("pattern").and_then(Value::as_str);
        let (least, most) = (rest.take("minLength"), rest.take("maxLength"));
        let bounded = least.is_some() || most.is_some();
        let (least, most) = (least_count(least)?, most_count(most)?);
        match (values, format, pattern) {
            (Some(values), None, None) if !bounded => {
                let values: Vec<&str> = values
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                Ok(quote!(choice(&[#(#values),*])))
            }
            (None, Some("date-time"), None) if !bounded => Ok(quote!(date_time())),
            // These are hints for people; what they hold is text of any kind.
            (None, None | Some("password" | "duration(ISO8601)"), None) => Ok(quote!(text(#least, #most))),
            (None, None | Some("password" | "duration(ISO8601)"), Some(pattern)) => {
                let name =
                    patterns::name(pattern).ok_or_else(|| format!("no function stands for the pattern `{pattern}`"))?;
                self.patterns.insert((pattern.to_owned(), name));
                let name = format_ident!("{name}");
                Ok(quote!(text_of(&#name, #least, #most)))
            }
            (None, Some(format), _) if format != "date-time" => Err(format!("`format: {format}` is not known")),
            _ => Err("`enum` or `format: date-time` beside other limits".to_owned()),
        }
    }

    fn list(&mut self, rest: &mut Rest<'_>) -> Result<TokenStream, String> {
        let items = rest.take("items").ok_or("a list without `items`")?;
        let items = self.reference(items)?;
        let (least, most) = (least_count(rest.take("minItems"))?, most_count(rest.take("maxItems"))?);
        Ok(quote!(list(#items, #least, #most)))
    }

    fn object(&mut self, rest: &mut Rest<'_>) -> Result<TokenStream, String> {
        let required: BTreeSet<&str> = rest
            .take("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = rest.take("properties").and_then(Value::as_object);
        let mut fields = Vec::new();
        for (name, schema) in properties.into_iter().flatten() {
            let written = self.reference(schema).map_err(|what| format!("{name}: {what}"))?;
            let required = required.contains(name.as_str()).then(|| quote!(.required()));
            let read_only = (schema.get("readOnly") == Some(&Value::Bool(true))).then(|| quote!(.read_only()));
            fields.push(quote!(field(#name, #written) #required #read_only));
        }
        if let Some(name) = required
            .iter()
            .find(|name| properties.is_none_or(|all| !all.contains_key(**name)))
        {
            return Err(format!("`{name}` is required and not described"));
        }
        match rest.take("additionalProperties") {
            None | Some(Value::Bool(true)) => Ok(quote!(object(&[#(#fields),*]))),
            Some(Value::Bool(false)) => Err("`additionalProperties: false` is not known".to_owned()),
            Some(further) => {
                let further = self.reference(further)?;
                Ok(quote!(map(&[#(#fields),*], #further)))
            }
        }
    }
}

/// The name that a schema is a reference to, also when `allOf` is around it for a `readOnly` or a text.
fn named(keywords: &Map<String, Value>) -> Result<Option<String>, String> {
    if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
        let name = reference.strip_prefix("#/components/schemas/");
        let name = name.filter(|name| !name.contains('/'));
        let name = name.ok_or_else(|| format!("`{reference}` is no named schema"))?;
        return Ok(Some(name.to_owned()));
    }
    let says_more = keywords
        .keys()
        .any(|key| key != "allOf" && !SILENT.contains(&key.as_str()));
    match keywords.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([part]) if !says_more => named(self::keywords(part)?),
        _ => Ok(None),
    }
}

fn integer(rest: &mut Rest<'_>) -> Result<TokenStream, String> {
    let (mut least, mut most) = match rest.take("format").and_then(Value::as_str) {
        None | Some("int64") => (i64::MIN, i64::MAX),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some(other) => return Err(format!("`format: {other}` is not known")),
    };
    let whole = |value: &Value| value.as_i64().ok_or_else(|| format!("{value} is no whole number"));
    if let Some(minimum) = rest.take("minimum") {
        least = whole(minimum)?.max(least);
    }
    if let Some(maximum) = rest.take("maximum") {
        most = whole(maximum)?.min(most);
    }
    if let Some(values) = rest.take("enum") {
        let values = values.as_array().into_iter().flatten().filter(|value| !value.is_null());
        let values = values.map(whole).collect::<Result<Vec<_>, _>>()?;
        if let Some(value) = values.iter().find(|value| !(least..=most).contains(value)) {
            return Err(format!("{value} is among the values and beyond their limits"));
        }
        let values = values.iter().map(number_token);
        return Ok(quote!(integer_choice(&[#(#values),*])));
    }
    let bound = |value: i64| match value {
        i64::MIN => quote!(i64::MIN),
        i64::MAX => quote!(i64::MAX),
        value => number_token(&value),
    };
    let (least, most) = (bound(least), bound(most));
    Ok(quote!(integer(#least, #most)))
}

fn number(rest: &mut Rest<'_>) -> Result<TokenStream, String> {
    match rest.take("format").and_then(Value::as_str) {
        None | Some("float" | "double") => {}
        Some(other) => return Err(format!("`format: {other}` is not known")),
    }
    let bound = |value: Option<&Value>, otherwise: TokenStream| match value.and_then(Value::as_f64) {
        Some(value) => {
            let value = proc_macro2::Literal::f64_unsuffixed(value);
            quote!(#value)
        }
        None => otherwise,
    };
    let least = bound(rest.take("minimum"), quote!(f64::NEG_INFINITY));
    let most = bound(rest.take("maximum"), quote!(f64::INFINITY));
    Ok(quote!(number(#least, #most)))
}

/// A number with its digits in groups of three.
fn number_token(value: &impl ToString) -> TokenStream {
    let text = value.to_string();
    let digits = text.trim_start_matches('-').len();
    let mut grouped = String::new();
    for (index, c) in text.chars().enumerate() {
        let left = text.len() - index;
        if c.is_ascii_digit() && left < digits && left.is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(c);
    }
    grouped.parse().unwrap_or_default()
}

fn least_count(value: Option<&Value>) -> Result<TokenStream, String> {
    value.map_or(Ok(quote!(0)), count)
}

fn most_count(value: Option<&Value>) -> Result<TokenStream, String> {
    value.map_or(Ok(quote!(NO_LIMIT)), count)
}

fn count(value: &Value) -> Result<TokenStream, String> {
    let count = value.as_u64().ok_or_else(|| format!("{value} is no count"))?;
    Ok(number_token(&count))
}

fn keywords(schema: &Value) -> Result<&Map<String, Value>, String> {
    schema
        .as_object()
        .ok_or_else(|| "a schema that is no object".to_owned())
}

/// The keywords of a schema that were not looked at yet.
struct Rest<'a>(Vec<(&'a str, &'a Value)>);

impl<'a> Rest<'a> {
    fn new(keywords: &'a Map<String, Value>) -> Self {
        let keywords = keywords.iter().map(|(key, value)| (key.as_str(), value));
        Self(keywords.filter(|(key, _)| !SILENT.contains(key)).collect())
    }

    fn take(&mut self, key: &str) -> Option<&'a Value> {
        let index = self.0.iter().position(|(it, _)| *it == key)?;
        Some(self.0.remove(index).1)
    }

    fn flag(&mut self, key: &str) -> Result<bool, String> {
        match self.take(key) {
            None => Ok(false),
            Some(value) => value
                .as_bool()
                .ok_or_else(|| format!("`{key}` is neither true nor false")),
        }
    }

    fn nothing_left(&self) -> Result<(), String> {
        match self.0.first() {
            None => Ok(()),
            Some((key, _)) => Err(format!("`{key}` is not known")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn written(schema: &Value) -> Result<String, String> {
        let code = Writer::default().reference(schema)?.to_string();
        Ok(code.replace(' ', "").replace(',', ", "))
    }

    #[test]
    fn every_keyword_becomes_a_word() {
        for (schema, code) in [
            (json!({"type": "string"}), "&text(0, NO_LIMIT)"),
            (
                json!({"type": "string", "format": "password", "maxLength": 3}),
                "&text(0, 3)",
            ),
            (
                json!({"type": "string", "minLength": 1, "pattern": "^[a-zA-Z0-9-_]+$"}),
                "&text_of(&GROUP_ID, 1, NO_LIMIT)",
            ),
            (
                json!({"type": "string", "enum": ["A", null], "nullable": true}),
                r#"&nullable(&choice(&["A"]))"#,
            ),
            (
                json!({"type": "string", "format": "date-time", "description": "d"}),
                "&date_time()",
            ),
            (json!({"type": "boolean", "default": true}), "&boolean()"),
            (json!({"type": "integer"}), "&integer(i64::MIN, i64::MAX)"),
            (
                json!({"type": "integer", "format": "int32"}),
                "&integer(-2_147_483_648, 2_147_483_647)",
            ),
            (
                json!({"type": "integer", "minimum": 1, "maximum": 20}),
                "&integer(1, 20)",
            ),
            (json!({"type": "integer", "enum": [1, 2]}), "&integer_choice(&[1, 2])"),
            (
                json!({"type": "number", "format": "float", "minimum": 0}),
                "&number(0.0, f64::INFINITY)",
            ),
            (
                json!({"type": "array", "items": {"type": "boolean"}, "minItems": 1}),
                "&list(&boolean(), 1, NO_LIMIT)",
            ),
            (
                json!({"type": "object", "required": ["a"], "properties": {
                    "a": {"type": "boolean"},
                    "b": {"allOf": [{"$ref": "#/components/schemas/LinkedGroup"}], "readOnly": true},
                }}),
                r#"&object(&[field("a", &boolean()).required(), field("b", &LINKED_GROUP).read_only()])"#,
            ),
            (json!({"type": "object", "additionalProperties": true}), "&object(&[])"),
            (
                json!({"type": "object", "additionalProperties": {"type": "boolean"}}),
                "&map(&[], &boolean())",
            ),
            (
                json!({"allOf": [{"$ref": "#/components/schemas/Link"}], "nullable": true}),
                "&nullable(&LINK)",
            ),
            (
                json!({"allOf": [{"$ref": "#/components/schemas/Link"}], "x-one-or-many": true}),
                "&one_or_many(&LINK)",
            ),
        ] {
            assert_eq!(written(&schema).as_deref(), Ok(code), "{schema}");
        }
    }

    #[test]
    fn what_would_not_be_checked_is_refused() {
        for (schema, what) in [
            (
                json!({"type": "string", "pattern": "^x$"}),
                "no function stands for the pattern `^x$`",
            ),
            (
                json!({"type": "string", "format": "email"}),
                "`format: email` is not known",
            ),
            (
                json!({"type": "string", "enum": ["A"], "maxLength": 1}),
                "`enum` or `format: date-time` beside other limits",
            ),
            (
                json!({"type": "integer", "format": "int8"}),
                "`format: int8` is not known",
            ),
            (json!({"type": "integer", "multipleOf": 2}), "`multipleOf` is not known"),
            (
                json!({"type": "integer", "enum": [3], "maximum": 2}),
                "3 is among the values and beyond their limits",
            ),
            (
                json!({"type": "number", "exclusiveMinimum": true}),
                "`exclusiveMinimum` is not known",
            ),
            (
                json!({"type": "array", "items": {"type": "string"}, "uniqueItems": true}),
                "`uniqueItems` is not known",
            ),
            (json!({"type": "array"}), "a list without `items`"),
            (
                json!({"type": "object", "minProperties": 1}),
                "`minProperties` is not known",
            ),
            (
                json!({"type": "object", "additionalProperties": false}),
                "`additionalProperties: false` is not known",
            ),
            (
                json!({"type": "object", "required": ["a"]}),
                "`a` is required and not described",
            ),
            (
                json!({"type": "object", "properties": {"a": {"type": "null"}}}),
                "a: `type: null` is not known",
            ),
            (json!({"oneOf": []}), "`oneOf` is not known"),
            (json!({}), "a schema without `type`"),
            (
                json!({"$ref": "#/components/schemas/A/properties/b"}),
                "`#/components/schemas/A/properties/b` is no named schema",
            ),
        ] {
            assert_eq!(written(&schema).unwrap_err(), what, "{schema}");
        }
    }
}
