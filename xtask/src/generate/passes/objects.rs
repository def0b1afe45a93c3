//! Objects: open to fields that a later version of the service adds.

use serde_json::{Value, json};

use super::walk;

/// Marks a property that may hold a list or, without the list around it, a single element.
pub(crate) const ONE_OR_MANY: &str = "x-one-or-many";

/// Removes `additionalProperties: false`, and beside properties allows any value for further ones: an unknown field must not spoil an answer.
///
/// Further properties that are part of the description are kept as they come, so that what is read can be sent back whole.
pub(super) fn open_objects(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        let has_properties = schema.contains_key("properties");
        match schema.get_mut("additionalProperties") {
            Some(Value::Bool(false)) => {
                schema.shift_remove("additionalProperties");
            }
            // The empty schema; for `true` the generator would make no field, and what arrives would be lost.
            Some(further @ (Value::Object(_) | Value::Bool(true))) if has_properties => *further = json!({}),
            _ => {}
        }
    });
}

/// Removes a `oneOf` or `anyOf` beside properties whose members only name required properties; those that an `allOf` names are required.
///
/// A choice says which combinations the service takes. As a type it would be an enum of nameless variants.
pub(super) fn drop_combinations_of_required(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        if !schema.contains_key("properties") {
            return;
        }
        let only_required = |members: &Value| {
            members.as_array().is_some_and(|members| {
                members.iter().all(|m| {
                    m.as_object()
                        .is_some_and(|m| !m.is_empty() && m.keys().all(|k| k == "required"))
                })
            })
        };
        for keyword in ["oneOf", "anyOf"] {
            if schema.get(keyword).is_some_and(only_required) {
                schema.shift_remove(keyword);
            }
        }
        if schema.get("allOf").is_some_and(only_required) {
            let members = schema.shift_remove("allOf");
            let members = members.iter().filter_map(Value::as_array).flatten();
            let names: Vec<Value> = members
                .filter_map(|m| m.get("required")?.as_array())
                .flatten()
                .cloned()
                .collect();
            if let Some(required) = schema.entry("required").or_insert(json!([])).as_array_mut() {
                required.extend(names);
            }
        }
    });
}

/// Turns a property marked with `x-one-or-many` into a list of what it holds; the model then reads both forms.
pub(super) fn one_or_many_is_a_list(document: &mut Value) {
    walk::schemas(document, &mut |schema| {
        for property in schema
            .get_mut("properties")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flat_map(|p| p.values_mut())
        {
            let Value::Object(object) = property else { continue };
            if object.get(ONE_OR_MANY) != Some(&json!(true)) || object.get("type") == Some(&json!("array")) {
                continue;
            }
            object.shift_remove(ONE_OR_MANY);
            let description = object.shift_remove("description");
            let element = Value::Object(std::mem::take(object));
            object.insert("type".into(), json!("array"));
            object.insert("items".into(), element);
            object.extend(description.map(|d| ("description".to_owned(), d)));
            object.insert(ONE_OR_MANY.into(), json!(true));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::after;
    use super::*;

    #[test]
    fn closed_objects_are_opened_and_maps_stay() {
        assert_eq!(after(open_objects, json!({"additionalProperties": false})), json!({}));
        let map = json!({"additionalProperties": {"type": "string"}});
        assert_eq!(after(open_objects, map.clone()), map);
    }

    #[test]
    fn further_fields_that_are_described_are_kept_and_may_have_any_value() {
        for further in [json!({"type": "string"}), json!(true)] {
            let schema = json!({"properties": {}, "additionalProperties": further});
            assert_eq!(
                after(open_objects, schema),
                json!({"properties": {}, "additionalProperties": {}})
            );
        }
    }

    #[test]
    fn a_choice_that_only_names_required_properties_is_dropped() {
        let schema = json!({"properties": {"a": {}}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]});
        assert_eq!(
            after(drop_combinations_of_required, schema),
            json!({"properties": {"a": {}}})
        );
    }

    #[test]
    fn what_all_of_names_is_required() {
        let schema = json!({"properties": {"a": {}, "b": {}}, "required": ["a"], "allOf": [{"required": ["b"]}]});
        assert_eq!(
            after(drop_combinations_of_required, schema),
            json!({"properties": {"a": {}, "b": {}}, "required": ["a", "b"]})
        );
    }

    #[test]
    fn a_choice_between_types_stays() {
        let schema = json!({"properties": {}, "oneOf": [{"type": "string"}, {"required": ["b"]}]});
        assert_eq!(after(drop_combinations_of_required, schema.clone()), schema);
    }

    #[test]
    fn one_or_many_becomes_a_list_of_the_same_elements() {
        let schema = json!({"properties": {"a": {"$ref": "#/x", "description": "d", ONE_OR_MANY: true}}});
        let expected = json!({"type": "array", "items": {"$ref": "#/x"}, "description": "d", ONE_OR_MANY: true});
        let once = after(one_or_many_is_a_list, schema);
        assert_eq!(once["properties"]["a"], expected);
        assert_eq!(after(one_or_many_is_a_list, once)["properties"]["a"], expected);
    }
}
