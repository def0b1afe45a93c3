//! Finding every schema of a document, with its JSON pointer: for looking at it, or for changing it.

use serde_json::Value;

use super::reference::{escape, holds_names};

/// What a visit says of a schema that it cannot take.
pub(super) type Refusal = String;

/// Every schema with its JSON pointer, the inner ones first. What stands where a schema is due is in it as well, whatever it is.
pub(crate) fn schemas(root: &Value) -> Vec<(String, &Value)> {
    let mut walk = Walk {
        pointer: String::new(),
        found: Vec::new(),
    };
    walk.part(root, false);
    walk.found
}

/// Calls `visit` on every schema, the inner ones first.
///
/// # Errors
/// The first refusal of `visit`, with the JSON pointer of the schema.
pub(super) fn each_schema(
    root: &mut Value,
    visit: &mut dyn FnMut(&mut Value) -> Result<(), Refusal>,
) -> Result<(), (String, Refusal)> {
    // A visit changes a schema and what is in it, which has been visited before: the pointers of those to come stay true.
    let pointers: Vec<String> = schemas(root).into_iter().map(|(pointer, _)| pointer).collect();
    for pointer in pointers {
        if let Some(schema) = root.pointer_mut(&pointer) {
            visit(schema).map_err(|refusal| (pointer, refusal))?;
        }
    }
    Ok(())
}

struct Walk<'a> {
    pointer: String,
    found: Vec<(String, &'a Value)>,
}

impl<'a> Walk<'a> {
    /// A part of the document that is no schema; `names`: the keys of this object are names, not keywords.
    fn part(&mut self, value: &'a Value, names: bool) {
        match value {
            Value::Object(object) => {
                for (key, inner) in object {
                    let is_data = matches!(key.as_str(), "example" | "examples") || key.starts_with("x-");
                    match key.as_str() {
                        _ if names => self.at(key, |walk| walk.part(inner, false)),
                        "schema" => self.at(key, |walk| walk.schema(inner)),
                        "schemas" => self.at(key, |walk| walk.map(inner)),
                        _ if is_data => {}
                        _ => self.at(key, |walk| walk.part(inner, holds_names(key))),
                    }
                }
            }
            Value::Array(values) => self.list(values, |walk, value| walk.part(value, false)),
            _ => {}
        }
    }

    fn schema(&mut self, schema: &'a Value) {
        for (keyword, inner) in schema.as_object().into_iter().flatten() {
            match (keyword.as_str(), inner) {
                ("properties", inner) => self.at(keyword, |walk| walk.map(inner)),
                ("allOf" | "oneOf" | "anyOf", Value::Array(members)) => {
                    self.at(keyword, |walk| walk.list(members, Self::schema));
                }
                ("items" | "not", inner) | ("additionalProperties", inner @ Value::Object(_)) => {
                    self.at(keyword, |walk| walk.schema(inner));
                }
                _ => {}
            }
        }
        self.found.push((self.pointer.clone(), schema));
    }

    /// An object of schemas by name.
    fn map(&mut self, schemas: &'a Value) {
        for (name, schema) in schemas.as_object().into_iter().flatten() {
            self.at(name, |walk| walk.schema(schema));
        }
    }

    fn list(&mut self, values: &'a [Value], mut each: impl FnMut(&mut Self, &'a Value)) {
        for (index, value) in values.iter().enumerate() {
            self.at(&index.to_string(), |walk| each(walk, value));
        }
    }

    fn at(&mut self, key: &str, inside: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escape(key));
        inside(self);
        self.pointer.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_schema_is_visited_once_and_the_inner_ones_first() {
        let mut root = json!({
            "paths": {"/a": {
                "parameters": [{"name": "schema", "schema": {"title": "shared"}}],
                "get": {
                    "requestBody": {"content": {"example": {"schema": {"title": "body"}}}},
                    "responses": {"200": {
                        "headers": {"schema": {"schema": {"title": "header"}}},
                        "content": {"a/b": {"schema": {"title": "answer"}, "example": {"schema": {"title": "data"}}}},
                    }},
                    "callbacks": {"c": {"{$url}": {"post": {"requestBody": {"content": {"a/b": {"schema": {"title": "callback"}}}}}}}},
                    "x-note": {"schema": {"title": "data"}},
                },
            }},
            "components": {"schemas": {"schema": {"title": "component", "properties": {
                "schema": {"title": "property", "items": {"title": "items"}},
                "example": {"title": "named example", "additionalProperties": {"title": "map"}},
                "closed": {"title": "closed", "additionalProperties": false, "allOf": [{"title": "member"}], "not": {"title": "not"}},
            }, "default": {"schema": {"title": "data"}}}}},
        });
        let mut titles = Vec::new();
        each_schema(&mut root, &mut |schema| {
            titles.push(schema["title"].as_str().unwrap().to_owned());
            Ok(())
        })
        .unwrap();
        assert_eq!(
            titles,
            [
                "shared",
                "body",
                "header",
                "answer",
                "callback",
                "items",
                "property",
                "map",
                "named example",
                "member",
                "not",
                "closed",
                "component",
            ]
        );
    }

    #[test]
    fn a_refusal_names_the_schema() {
        let mut root = json!({"components": {"schemas": {"A/B": {"properties": {"c": {"oneOf": [{}, {"bad": 1}]}}}}}});
        let refuse = &mut |schema: &mut Value| {
            if schema.get("bad").is_some() {
                Err("bad".to_owned())
            } else {
                Ok(())
            }
        };
        let (pointer, what) = each_schema(&mut root, refuse).unwrap_err();
        assert_eq!(
            (pointer.as_str(), what.as_str()),
            ("/components/schemas/A~1B/properties/c/oneOf/1", "bad")
        );
    }
}
