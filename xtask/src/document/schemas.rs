//! Visiting every schema of a document for changing it, with the JSON pointer of each.

use serde_json::Value;

use super::reference::{escape, holds_names};

/// What a visit says of a schema that it cannot take.
pub(super) type Refusal = String;

/// Calls `visit` on every schema, the inner ones first.
///
/// # Errors
/// The first refusal of `visit`, with the JSON pointer of the schema.
pub(super) fn each_schema(
    root: &mut Value,
    visit: &mut dyn FnMut(&mut Value) -> Result<(), Refusal>,
) -> Result<(), (String, Refusal)> {
    Walk {
        pointer: String::new(),
        visit,
    }
    .part(root, false)
}

struct Walk<'v> {
    pointer: String,
    visit: &'v mut dyn FnMut(&mut Value) -> Result<(), Refusal>,
}

type Outcome = Result<(), (String, Refusal)>;

impl Walk<'_> {
    /// A part of the document that is no schema; `names`: the keys of this object are names, not keywords.
    fn part(&mut self, value: &mut Value, names: bool) -> Outcome {
        match value {
            Value::Object(object) => {
                for (key, inner) in object.iter_mut() {
                    let is_data = matches!(key.as_str(), "example" | "examples") || key.starts_with("x-");
                    match key.as_str() {
                        _ if names => self.at(key, |walk| walk.part(inner, false))?,
                        "schema" => self.at(key, |walk| walk.schema(inner))?,
                        "schemas" => self.at(key, |walk| walk.map(inner))?,
                        _ if is_data => {}
                        _ => self.at(key, |walk| walk.part(inner, holds_names(key)))?,
                    }
                }
                Ok(())
            }
            Value::Array(values) => self.list(values, |walk, value| walk.part(value, false)),
            _ => Ok(()),
        }
    }

    fn schema(&mut self, schema: &mut Value) -> Outcome {
        if let Value::Object(object) = schema {
            for (keyword, inner) in object.iter_mut() {
                match (keyword.as_str(), inner) {
                    ("properties", inner) => self.at(keyword, |walk| walk.map(inner))?,
                    ("allOf" | "oneOf" | "anyOf", Value::Array(members)) => {
                        self.at(keyword, |walk| walk.list(members, Self::schema))?;
                    }
                    ("items" | "not", inner) | ("additionalProperties", inner @ Value::Object(_)) => {
                        self.at(keyword, |walk| walk.schema(inner))?;
                    }
                    _ => {}
                }
            }
        }
        (self.visit)(schema).map_err(|refusal| (self.pointer.clone(), refusal))
    }

    /// An object of schemas by name.
    fn map(&mut self, schemas: &mut Value) -> Outcome {
        for (name, schema) in schemas.as_object_mut().into_iter().flatten() {
            self.at(name, |walk| walk.schema(schema))?;
        }
        Ok(())
    }

    fn list(&mut self, values: &mut [Value], mut each: impl FnMut(&mut Self, &mut Value) -> Outcome) -> Outcome {
        for (index, value) in values.iter_mut().enumerate() {
            self.at(&index.to_string(), |walk| each(walk, value))?;
        }
        Ok(())
    }

    fn at(&mut self, key: &str, inside: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escape(key));
        let outcome = inside(self);
        self.pointer.truncate(length);
        outcome
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
