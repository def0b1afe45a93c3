//! Operations: what can be called, with their parameters, bodies and answers.

use serde_json::Value;

use super::reference::{self, BadReference, unescape};

/// The methods under which a path item holds operations.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// One operation of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OperationRef<'a> {
    /// The path template.
    pub(crate) path: &'a str,
    /// The HTTP method, in lower case.
    pub(crate) method: &'a str,
    /// The operation id, empty where there is none.
    pub(crate) id: &'a str,
    /// The operation itself.
    pub(crate) value: &'a Value,
    /// The path item around it.
    item: &'a Value,
}

/// Every operation of the document, in its order.
pub(crate) fn operations(root: &Value) -> impl Iterator<Item = OperationRef<'_>> {
    let paths = root.get("paths").and_then(Value::as_object);
    paths.into_iter().flatten().flat_map(|(path, item)| {
        item.as_object()
            .into_iter()
            .flatten()
            .filter_map(move |(method, value)| {
                let is_operation = METHODS.contains(&method.as_str()) && value.is_object();
                let id = value.get("operationId").and_then(Value::as_str).unwrap_or_default();
                is_operation.then_some(OperationRef {
                    path,
                    method,
                    id,
                    value,
                    item,
                })
            })
    })
}

impl<'a> OperationRef<'a> {
    /// What people call it: its id, or `GET /v1/users` where it has none.
    pub(crate) fn place(&self) -> String {
        if self.id.is_empty() {
            self.route()
        } else {
            self.id.to_owned()
        }
    }

    /// Method and path template, `GET /v1/users`.
    pub(crate) fn route(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.path)
    }

    /// The names of its tags.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &'a str> {
        list(self.value, "tags").filter_map(Value::as_str)
    }

    /// Its parameters, resolved: those of the path item, then its own, which replace those of the same name and place.
    ///
    /// # Errors
    /// A reference that leads nowhere.
    pub(crate) fn parameters(&self, root: &'a Value) -> Result<Vec<&'a Value>, BadReference> {
        let mut parameters: Vec<&'a Value> = Vec::new();
        for parameter in list(self.item, "parameters").chain(list(self.value, "parameters")) {
            let parameter = reference::follow(root, parameter)?;
            let same = |other: &&Value| ["name", "in"].iter().all(|key| other.get(key) == parameter.get(key));
            match parameters.iter_mut().find(|other| same(other)) {
                Some(replaced) => *replaced = parameter,
                None => parameters.push(parameter),
            }
        }
        Ok(parameters)
    }

    /// Its request body, resolved.
    ///
    /// # Errors
    /// A reference that leads nowhere.
    pub(crate) fn request_body(&self, root: &'a Value) -> Result<Option<&'a Value>, BadReference> {
        self.value
            .get("requestBody")
            .map(|body| reference::follow(root, body))
            .transpose()
    }

    /// Its answers by status, resolved.
    ///
    /// # Errors
    /// A reference that leads nowhere.
    pub(crate) fn answers(&self, root: &'a Value) -> Result<Vec<(&'a str, &'a Value)>, BadReference> {
        let answers = self.value.get("responses").and_then(Value::as_object);
        let answers = answers
            .into_iter()
            .flatten()
            .filter(|(status, _)| !status.starts_with("x-"));
        answers
            .map(|(status, answer)| Ok((status.as_str(), reference::follow(root, answer)?)))
            .collect()
    }
}

/// What people call the place of a JSON pointer: the operation id and the pointer within the operation, or the pointer itself.
pub(crate) fn place(root: &Value, pointer: &str) -> String {
    let mut tokens = pointer.splitn(5, '/').skip(1);
    if let (Some("paths"), Some(path), Some(method)) = (tokens.next(), tokens.next(), tokens.next()) {
        let path = unescape(path);
        if let Some(operation) = operations(root).find(|o| o.path == path && o.method == method) {
            return match tokens.next() {
                Some(rest) => format!("{}: #/{rest}", operation.place()),
                None => operation.place(),
            };
        }
    }
    format!("#{pointer}")
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn root() -> Value {
        json!({
            "paths": {
                "/a/{id}": {
                    "summary": "not an operation",
                    "parameters": [
                        {"name": "id", "in": "path", "description": "shared"},
                        {"$ref": "#/components/parameters/limit"},
                    ],
                    "get": {"operationId": "getA", "tags": ["A"], "parameters": [
                        {"name": "id", "in": "path", "description": "own"},
                        {"name": "id", "in": "query"},
                    ]},
                    "delete": {"requestBody": {"$ref": "#/components/requestBodies/b"}, "responses": {
                        "200": {"$ref": "#/components/responses/r"}, "x-note": {},
                    }},
                },
            },
            "components": {
                "parameters": {"limit": {"name": "limit", "in": "query"}},
                "requestBodies": {"b": {"required": true}},
                "responses": {"r": {"description": "R"}},
            },
        })
    }

    #[test]
    fn operations_are_found_and_named() {
        let root = root();
        let places: Vec<String> = operations(&root).map(|o| o.place()).collect();
        assert_eq!(places, ["getA", "DELETE /a/{id}"]);
    }

    #[test]
    fn own_parameters_replace_shared_ones_of_the_same_name_and_place() {
        let root = root();
        let get = operations(&root).next().unwrap();
        let parameters = get.parameters(&root).unwrap();
        let names: Vec<(&str, &str)> = parameters
            .iter()
            .map(|p| (p["name"].as_str().unwrap(), p["in"].as_str().unwrap()))
            .collect();
        assert_eq!(names, [("id", "path"), ("limit", "query"), ("id", "query")]);
        assert_eq!(parameters[0]["description"], "own");
    }

    #[test]
    fn bodies_and_answers_are_resolved() {
        let root = root();
        let delete = operations(&root).nth(1).unwrap();
        assert_eq!(delete.request_body(&root), Ok(Some(&json!({"required": true}))));
        assert_eq!(delete.answers(&root), Ok(vec![("200", &json!({"description": "R"}))]));
    }

    #[test]
    fn places_within_an_operation_name_it() {
        let root = root();
        for (pointer, expected) in [
            ("/paths/~1a~1{id}/get", "getA"),
            ("/paths/~1a~1{id}/get/parameters/0", "getA: #/parameters/0"),
            ("/paths/~1a~1{id}/delete/responses", "DELETE /a/{id}: #/responses"),
            ("/paths/~1a~1{id}/parameters/1", "#/paths/~1a~1{id}/parameters/1"),
            ("/components/schemas/A", "#/components/schemas/A"),
            ("", "#"),
        ] {
            assert_eq!(place(&root, pointer), expected);
        }
    }
}
