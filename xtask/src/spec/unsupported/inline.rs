//! Types written in place: each is called as what holds it and its field, and no component may have that name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Finding;
use crate::document::{escape, pointer, references};
use crate::generate::names::type_name;

pub(super) fn check(root: &Value) -> Vec<Finding> {
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    let named = schemas.into_iter().flatten();
    let mut inline = Inline {
        components: named
            .clone()
            .map(|(name, _)| (type_name(name), name.as_str()))
            .collect(),
        referred: references(root)
            .into_iter()
            .filter_map(|(_, reference)| Some(pointer(reference).ok()?.into_owned()))
            .collect(),
        findings: Vec::new(),
    };
    for (name, schema) in named {
        inline.fields(schema, name, &format!("/components/schemas/{}", escape(name)));
    }
    inline.findings
}

struct Inline<'a> {
    /// The component schemas, by their names in code.
    components: BTreeMap<String, &'a str>,
    /// What references lead to: types written in place there become components, with names of their own.
    referred: BTreeSet<String>,
    findings: Vec<Finding>,
}

impl Inline<'_> {
    fn fields(&mut self, schema: &Value, name: &str, pointer: &str) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (field, property) in properties.into_iter().flatten() {
            let pointer = format!("{pointer}/properties/{}", escape(field));
            self.schema(property, &format!("{name}_{field}"), &pointer);
        }
    }

    fn schema(&mut self, schema: &Value, called: &str, pointer: &str) {
        if self.referred.contains(pointer) {
            return;
        }
        // A title is the name of a type where there is no other.
        let title = schema.get("title").and_then(Value::as_str);
        let called = title.unwrap_or(called);
        let name = type_name(called);
        if is_type(schema)
            && let Some(component) = self.components.get(&name)
        {
            let what = format!("is the type `{name}` in code, as the schema `{component}` is");
            let remedy = "choose another name, or make a schema of it under `#/components/schemas`";
            self.findings.push(Finding::new(format!("#{pointer}"), what, remedy));
        }
        self.fields(schema, &name, pointer);
        for (keyword, suffix) in [("items", "Item"), ("additionalProperties", "Value")] {
            if let Some(inner) = schema.get(keyword).filter(|inner| inner.is_object()) {
                self.schema(inner, &format!("{called}{suffix}"), &format!("{pointer}/{keyword}"));
            }
        }
    }
}

/// Whether a schema becomes a type of its own: an object with fields, or an enum of texts.
fn is_type(schema: &Value) -> bool {
    let texts = schema.get("type").and_then(Value::as_str) == Some("string") && schema.get("enum").is_some();
    texts || schema.get("properties").is_some()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, with_operation};
    use serde_json::json;

    #[test]
    fn a_type_in_place_and_a_schema_of_its_name_are_refused() {
        let kind = json!({"type": "string", "enum": ["A"]});
        let object = json!({"type": "object", "properties": {"a": {}}});
        for (property, component, place) in [
            (kind.clone(), "MKind", "kind"),
            (object.clone(), "m_kind", "kind"),
            (json!({"type": "array", "items": object}), "MKindItem", "kind/items"),
            (
                json!({"additionalProperties": kind}),
                "MKindValue",
                "kind/additionalProperties",
            ),
            (json!({"properties": {"of": kind}}), "MKindOf", "kind/properties/of"),
            (json!({"title": "Other", "properties": {}}), "Other", "kind"),
        ] {
            let mut document = with_operation(&json!({}));
            document["components"] = json!({"schemas": {"M": {"properties": {"kind": property}}, component: {}}});
            let said = said(&document);
            let place = format!("#/components/schemas/M/properties/{place}: is the type `");
            assert!(said.len() == 1 && said[0].starts_with(&place), "{said:?}");
            assert!(
                said[0].ends_with(&format!("as the schema `{component}` is")),
                "{said:?}"
            );
        }
    }

    #[test]
    fn what_is_no_type_of_its_own_may_have_the_name_of_a_schema() {
        for property in [
            json!({"type": "string"}),
            json!({"type": "integer", "enum": [1]}),
            json!({"$ref": "#/components/schemas/MKind"}),
            json!({"type": "array", "items": {"$ref": "#/components/schemas/MKind"}}),
        ] {
            let mut document = with_operation(&json!({}));
            document["components"] = json!({"schemas": {"M": {"properties": {"kind": property}}, "MKind": {}}});
            assert_eq!(said(&document), Vec::<String>::new(), "{property}");
        }
    }

    #[test]
    fn what_a_reference_leads_to_gets_a_name_of_its_own() {
        let mut document = with_operation(&json!({}));
        document["components"] = json!({"schemas": {
            "M": {"properties": {"kind": {"properties": {}}, "other": {"$ref": "#/components/schemas/M/properties/kind"}}},
            "MKind": {},
        }});
        assert_eq!(said(&document), Vec::<String>::new());
    }
}
