//! Samples: for every model an answer as the description tells it, with what must be possible to change in it.
//!
//! They are data of the generated crate's own tests: one test over all of them instead of one a model.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use super::names::{ident, type_name};
use crate::document::resolve;
use crate::generate::passes::{ONE_OR_MANY, is_identifier, members_of_choices};
use crate::generate::usage::Usage;

/// The samples, from the description as it was written: what the passes made of it is what is tested. `models` are the generated types.
pub(super) fn samples(written: &Value, models: &BTreeSet<String>) -> TokenStream {
    let usage = Usage::of(written);
    let choices = members_of_choices(written);
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
        // The fields of a choice's members stay required, since they tell the members apart.
        let only_arrives = usage.only_in_answers(name) && !choices.contains(&format!("#/components/schemas/{name}"));
        let (mut lists, mut answered, mut enums) = (Vec::new(), Vec::new(), Vec::new());
        for (property, inner) in properties {
            let target = Target::of(written, inner);
            if is_collection(&target.schema) && (!required.contains(property.as_str()) || only_arrives) {
                lists.push(property);
            }
            if target.read_only || only_arrives && !(is_identifier(property) && required.contains(property.as_str())) {
                answered.push(property);
            }
            if is_string_enum(&target.schema) {
                enums.push(property);
            }
        }
        let sample = Sampler::new(written, name)
            .sample(schema)
            .unwrap_or_default()
            .to_string();
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
    /// The components on the way.
    components: Vec<String>,
    read_only: bool,
}

impl Target {
    fn of(document: &Value, schema: &Value) -> Self {
        let mut target = Self {
            schema: schema.clone(),
            components: Vec::new(),
            read_only: false,
        };
        // A schema that refers to itself and nothing else is refused before.
        loop {
            target.read_only |= target.schema.get("readOnly") == Some(&Value::Bool(true));
            let one_or_many = target.schema.get(ONE_OR_MANY).cloned();
            let reference = target.schema.get("$ref").and_then(Value::as_str).map(str::to_owned);
            let members = ["allOf", "oneOf", "anyOf"]
                .into_iter()
                .find_map(|keyword| target.schema.pointer(&format!("/{keyword}/0")));
            let next = match &reference {
                Some(reference) => resolve(document, reference).ok(),
                // Beside properties they only say which of those go together.
                None => members.filter(|_| target.schema.get("properties").is_none()),
            };
            let Some(next) = next.cloned() else { break };
            target.components.extend(reference);
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

/// Makes values as schemas describe them, with every property but those that lead back to a component that the value is part of.
struct Sampler<'a> {
    document: &'a Value,
    /// The components that are being made, the outermost first.
    within: Vec<String>,
}

impl<'a> Sampler<'a> {
    fn new(document: &'a Value, component: &str) -> Self {
        Self {
            document,
            within: vec![format!("#/components/schemas/{component}")],
        }
    }

    /// A value; nothing where it would never end.
    fn sample(&mut self, schema: &Value) -> Option<Value> {
        let target = Target::of(self.document, schema);
        if target
            .components
            .iter()
            .any(|component| self.within.contains(component))
        {
            return None;
        }
        let depth = self.within.len();
        self.within.extend(target.components);
        let value = self.value(&target.schema);
        self.within.truncate(depth);
        Some(value)
    }

    fn value(&mut self, schema: &Value) -> Value {
        let known = schema.get("enum").and_then(Value::as_array);
        if let Some(value) = known.and_then(|values| values.iter().find(|v| !v.is_null())) {
            return value.clone();
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("boolean") => json!(true),
            Some("integer") => json!(7),
            // A value that is the same in every width of float.
            Some("number") => json!(0.5),
            Some("string") => match schema.get("format").and_then(Value::as_str) {
                Some("date-time") => json!("2026-01-02T03:04:05Z"),
                Some("date") => json!("2026-01-02"),
                _ => json!("text"),
            },
            Some("array") => {
                let element = schema.get("items").and_then(|items| self.sample(items));
                Value::Array(element.into_iter().collect())
            }
            _ => self.object(schema),
        }
    }

    fn object(&mut self, schema: &Value) -> Value {
        let properties = schema.get("properties").and_then(Value::as_object);
        let mut object: Map<String, Value> = properties
            .into_iter()
            .flatten()
            .filter_map(|(name, inner)| Some((name.clone(), self.sample(inner)?)))
            .collect();
        // Beside properties, whatever is described as further ones must come through as well.
        let further = schema
            .get("additionalProperties")
            .filter(|further| **further != json!(false));
        if properties.is_none() || further.is_some() {
            let value = match further {
                Some(further @ Value::Object(_)) => self.sample(further),
                _ => Some(json!("value")),
            };
            object.extend(value.map(|value| ("key".to_owned(), value)));
        }
        Value::Object(object)
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
        let sample = |schema: Value| Sampler::new(&document, "").sample(&schema).unwrap();
        assert_eq!(sample(json!({"$ref": "#/components/schemas/A"}))["kind"], "X");
        let open = json!({"properties": {"a": {"type": "boolean"}}, "additionalProperties": {"type": "integer"}});
        assert_eq!(sample(open), json!({"a": true, "key": 7}));
        let choice = json!({"oneOf": [{"type": "integer"}, {"type": "string"}]});
        assert_eq!(sample(choice), json!(7));
    }

    #[test]
    fn a_model_that_holds_itself_has_an_end_however_often_it_does() {
        let itself = json!({"$ref": "#/components/schemas/A"});
        let properties: Map<String, Value> = ('a'..='z').map(|name| (name.to_string(), itself.clone())).collect();
        let document = json!({"components": {"schemas": {"A": {"properties": properties}, "B": {"properties": {"a": itself, "c": {"type": "array", "items": {"$ref": "#/components/schemas/B"}}}}}}});
        let sample = |name: &str| {
            let schema = document.pointer(&format!("/components/schemas/{name}")).unwrap();
            Sampler::new(&document, name).sample(schema).unwrap()
        };
        assert_eq!(sample("A"), json!({}));
        assert_eq!(sample("B"), json!({"a": {}, "c": []}));
    }
}
