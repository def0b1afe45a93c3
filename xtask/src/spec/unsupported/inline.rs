//! Types written in place: each is called as what holds it and its field. The generator takes two types of one name for one, without a look at
//! what they are; so no other type may have that name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Finding;
use crate::document::{OperationRef, escape, is_json, operations, pointer, references};
use crate::generate::names::type_name;

pub(super) fn check(root: &Value) -> Vec<Finding> {
    let schemas = root.pointer("/components/schemas").and_then(Value::as_object);
    let named = schemas.into_iter().flatten();
    let component = |(name, schema): (&'_ String, _)| (type_name(name), (format!("the schema `{name}`"), schema));
    let mut inline = Inline {
        types: named.clone().map(component).collect(),
        referred: references(root)
            .into_iter()
            .filter_map(|(_, reference)| Some(pointer(reference).ok()?.into_owned()))
            .collect(),
        findings: Vec::new(),
    };
    for (name, schema) in named {
        inline.fields(
            schema,
            &type_name(name),
            &format!("#/components/schemas/{}", escape(name)),
        );
    }
    for operation in operations(root) {
        for (suffix, place, schema) in parts(root, &operation) {
            inline.schema(schema, &format!("{}-{suffix}", operation.id), &place);
        }
    }
    inline.findings
}

/// The schemas that an operation sends and reads, with what their types are called after and how people call their places.
fn parts<'a>(root: &'a Value, operation: &OperationRef<'a>) -> Vec<(String, String, &'a Value)> {
    // A reference to nowhere is told by `references`.
    let parameters = operation.parameters(root).unwrap_or_default().into_iter();
    let parameters = parameters.filter_map(|parameter| {
        let name = parameter.get("name")?.as_str()?;
        Some((
            name.to_owned(),
            format!("the parameter `{name}`"),
            parameter.get("schema")?,
        ))
    });
    let body = operation.request_body(root).ok().flatten().and_then(json);
    let body = body.map(|schema| ("body".to_owned(), "the request body".to_owned(), schema));
    let answers = operation.answers(root).unwrap_or_default().into_iter();
    let answers = answers
        .filter(|(status, _)| status.starts_with('2'))
        .filter_map(|(status, answer)| Some(("response".to_owned(), format!("the answer {status}"), json(answer)?)));
    let named = parameters.chain(body).chain(answers);
    named
        .map(|(suffix, part, schema)| (suffix, format!("{}: {part}", operation.place()), schema))
        .collect()
}

/// The schema of a body that is JSON.
fn json(body: &Value) -> Option<&Value> {
    let content = body.get("content")?.as_object()?;
    let (_, body) = content.iter().find(|(media, _)| is_json(media))?;
    body.get("schema")
}

struct Inline<'a> {
    /// What is called by each name in code: how people call it, and its schema.
    types: BTreeMap<String, (String, &'a Value)>,
    /// What references lead to: types written in place there become components, with names of their own.
    referred: BTreeSet<String>,
    findings: Vec<Finding>,
}

impl<'a> Inline<'a> {
    fn fields(&mut self, schema: &'a Value, name: &str, place: &str) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (field, property) in properties.into_iter().flatten() {
            let place = format!("{place}/properties/{}", escape(field));
            self.schema(property, &format!("{name}_{field}"), &place);
        }
    }

    fn schema(&mut self, schema: &'a Value, called: &str, place: &str) {
        let is_referred = place
            .strip_prefix('#')
            .is_some_and(|pointer| self.referred.contains(pointer));
        if is_referred {
            return;
        }
        // A title is the name of a type where there is no other.
        let title = schema.get("title").and_then(Value::as_str);
        let called = title.unwrap_or(called);
        let name = type_name(called);
        if is_type(schema) {
            match self.types.get(&name) {
                Some((_, same)) if *same == schema => {}
                Some((other, _)) => {
                    let what = format!("is the type `{name}` in code, as {other} is");
                    let remedy = "choose another name, or make a schema of it under `#/components/schemas`";
                    self.findings.push(Finding::new(place.to_owned(), what, remedy));
                }
                None => {
                    self.types.insert(name.clone(), (format!("`{place}`"), schema));
                }
            }
        }
        self.fields(schema, &name, place);
        for (keyword, suffix) in [("items", "Item"), ("additionalProperties", "Value")] {
            if let Some(inner) = schema.get(keyword).filter(|inner| inner.is_object()) {
                self.schema(inner, &format!("{called}{suffix}"), &format!("{place}/{keyword}"));
            }
        }
    }
}

/// Whether a schema becomes a type of its own: an object with fields, an enum of texts, or a choice.
fn is_type(schema: &Value) -> bool {
    let texts = schema.get("type").and_then(Value::as_str) == Some("string") && schema.get("enum").is_some();
    let several = |keyword| {
        schema
            .get(keyword)
            .and_then(Value::as_array)
            .is_some_and(|members| members.len() > 1)
    };
    texts || schema.get("properties").is_some() || ["allOf", "anyOf", "oneOf"].into_iter().any(several)
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

    #[test]
    fn types_of_operations_have_names_of_their_own() {
        let texts = |value: &str| json!({"type": "string", "enum": [value]});
        let content = |schema| json!({"content": {"application/json": {"schema": schema}}});
        let object = json!({"type": "object", "properties": {"a": {}}});
        for (operation, component, place) in [
            (
                json!({"parameters": [{"name": "kind", "in": "query", "schema": texts("A")}]}),
                "GetAKind",
                "the parameter `kind`",
            ),
            (
                json!({"requestBody": content(object.clone())}),
                "GetABody",
                "the request body",
            ),
            (
                json!({"responses": {"200": content(object.clone()), "404": content(object.clone())}}),
                "GetAResponse",
                "the answer 200",
            ),
            (
                json!({"responses": {"200": content(json!({"type": "array", "items": object}))}}),
                "GetAResponseItem",
                "the answer 200/items",
            ),
        ] {
            let mut document = with_operation(&operation);
            document["components"] = json!({"schemas": {component: texts("B")}});
            let what = format!("getA: {place}: is the type `{component}` in code, as the schema `{component}` is");
            assert_eq!(said(&document), [what]);
        }
    }

    #[test]
    fn two_types_in_place_with_one_name_are_one_only_if_they_are_the_same() {
        let inner = |value: &str| json!({"type": "string", "enum": [value]});
        for (value, expected) in [
            ("A", vec![]),
            (
                "B",
                vec![
                    "#/components/schemas/Mo/properties/a_b: is the type `MoAB` in code, as `#/components/schemas/Mo/properties/a/properties/b` is",
                ],
            ),
        ] {
            let mut document = with_operation(&json!({}));
            document["components"] = json!({"schemas": {"Mo": {"properties": {
                "a": {"properties": {"b": inner("A")}}, "a_b": inner(value),
            }}}});
            assert_eq!(said(&document), expected);
        }
    }
}
