//! Samples: for every model an answer as the description tells it, with what must be possible to change in it.
//!
//! They are data of the generated crate's own tests: one test over all of them instead of one a model.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use super::names::{ident, type_name};
use crate::generate::passes::{ONE_OR_MANY, is_identifier};
use crate::generate::usage::Usage;

/// How deep models within models go, so that a model that holds itself has an end.
const DEPTH: usize = 12;

/// The samples, from the description as it was written: what the passes made of it is what is tested. `models` are the generated types.
pub(super) fn samples(written: &Value, models: &BTreeSet<String>) -> TokenStream {
    let usage = Usage::of(written);
    let schemas = written.pointer("/components/schemas").and_then(Value::as_object);
    let samples = schemas.into_iter().flatten().filter_map(|(name, schema)| {
        let type_name = type_name(name);
        let properties = schema.get("properties").and_then(Value::as_object)?;
        if !models.contains(&type_name) {
            return None;
        }
        let required: BTreeSet<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let (mut lists, mut answered, mut enums) = (Vec::new(), Vec::new(), Vec::new());
        for (property, inner) in properties {
            let target = Target::of(written, inner);
            if is_collection(&target.schema) && (!required.contains(property.as_str()) || usage.only_in_answers(name)) {
                lists.push(property);
            }
            if target.read_only
                || usage.only_in_answers(name) && !(is_identifier(property) && required.contains(property.as_str()))
            {
                answered.push(property);
            }
            if is_string_enum(&target.schema) {
                enums.push(property);
            }
        }
        let sample = sample(written, schema, DEPTH).to_string();
        let model = ident(&type_name);
        Some(quote! {
            Sample {
                model: #type_name,
                json: #sample,
                optional_lists: &[#(#lists),*],
                answered: &[#(#answered),*],
                enums: &[#(#enums),*],
                round_trip: round_trip::<models::#model>,
                #[cfg(feature = "schemars")]
                schema: || schemars::schema_for!(models::#model),
            }
        })
    });
    quote! {
        use crate::models;
        use crate::tolerance::{Sample, round_trip};

        /// A sample for every model.
        pub(crate) const SAMPLES: &[Sample] = &[#(#samples),*];
    }
}

/// A schema with what stands beside the references that lead to it.
struct Target {
    schema: Value,
    read_only: bool,
}

impl Target {
    fn of(document: &Value, schema: &Value) -> Self {
        let mut target = Self {
            schema: schema.clone(),
            read_only: false,
        };
        for _ in 0..DEPTH {
            target.read_only |= target.schema.get("readOnly") == Some(&Value::Bool(true));
            let one_or_many = target.schema.get(ONE_OR_MANY).cloned();
            let next = target.schema.pointer("/allOf/0").or_else(|| {
                target
                    .schema
                    .get("$ref")
                    .and_then(|r| document.pointer(r.as_str()?.trim_start_matches('#')))
            });
            let Some(next) = next.cloned() else { break };
            target.schema = next;
            if one_or_many.is_some() {
                target.schema = json!({"type": "array", "items": target.schema});
                break;
            }
        }
        target
    }
}

fn is_collection(schema: &Value) -> bool {
    let kind = schema.get("type").and_then(Value::as_str);
    kind == Some("array") || kind == Some("object") && schema.get("properties").is_none()
}

fn is_string_enum(schema: &Value) -> bool {
    schema.get("enum").is_some() && schema.get("type") == Some(&json!("string"))
}

/// A value as the schema describes it, with every property.
fn sample(document: &Value, schema: &Value, depth: usize) -> Value {
    let schema = Target::of(document, schema).schema;
    if let Some(value) = schema
        .get("enum")
        .and_then(Value::as_array)
        .and_then(|values| values.iter().find(|v| !v.is_null()))
    {
        return value.clone();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => json!(true),
        Some("integer") => json!(7),
        // A value that is the same in every width of float.
        Some("number") => json!(0.5),
        Some("string") => match schema.get("format").and_then(Value::as_str) {
            Some("date-time") => json!("2026-01-02T03:04:05Z"),
            _ => json!("text"),
        },
        Some("array") if depth > 0 => json!([sample(document, schema.get("items").unwrap_or(&Value::Null), depth - 1)]),
        Some("array") => json!([]),
        _ => {
            let properties = schema.get("properties").and_then(Value::as_object);
            let mut object: Map<String, Value> = properties
                .into_iter()
                .flatten()
                .filter(|_| depth > 0)
                .map(|(name, inner)| (name.clone(), sample(document, inner, depth - 1)))
                .collect();
            // Beside properties, whatever is described as further ones must come through as well.
            let has_further = matches!(
                schema.get("additionalProperties"),
                Some(Value::Object(_) | Value::Bool(true))
            );
            if properties.is_none() || has_further && depth > 0 {
                object.insert("key".to_owned(), json!("value"));
            }
            Value::Object(object)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_names_what_may_change_in_an_answer() {
        let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}});
        let document = json!({
            "paths": {"/": {"post": {"requestBody": {"content": content}, "responses": {"200": {"content": content}}}}},
            "components": {"schemas": {
                "Links": {"readOnly": true, "properties": {}},
                "A": {"required": ["must"], "properties": {
                    "must": {"type": "array", "items": {"type": "string"}},
                    "list": {"type": "array", "items": {"type": "integer"}},
                    "links": {"$ref": "#/components/schemas/Links"},
                    "kind": {"type": "string", "enum": [null, "X"]},
                }},
            }},
        });
        let code = samples(&document, &BTreeSet::from(["A".to_owned()])).to_string();
        assert!(code.contains("optional_lists : & [\"list\"]"), "{code}");
        assert!(code.contains("answered : & [\"links\"]"), "{code}");
        assert!(code.contains("enums : & [\"kind\"]"), "{code}");
        assert_eq!(
            sample(&document, &json!({"$ref": "#/components/schemas/A"}), 3)["kind"],
            "X"
        );
        let open = json!({"properties": {"a": {"type": "boolean"}}, "additionalProperties": {"type": "string"}});
        assert_eq!(sample(&document, &open, 3), json!({"a": true, "key": "value"}));
    }

    #[test]
    fn a_model_that_holds_itself_has_an_end() {
        let document =
            json!({"components": {"schemas": {"A": {"properties": {"a": {"$ref": "#/components/schemas/A"}}}}}});
        assert!(sample(&document, &json!({"$ref": "#/components/schemas/A"}), DEPTH).is_object());
    }
}
