//! What the description says of each operation, read from its YAML and from nothing that is generated.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// What stands for every number in a sample.
const NUMBER: u32 = 7;

pub(crate) struct Description(Value);

/// One operation: what a call of it must send, and what it is answered with.
pub(crate) struct Described {
    pub(crate) method: String,
    path: String,
    parameters: Vec<Value>,
    pub(crate) body: Option<Value>,
    pub(crate) authenticated: bool,
    /// The status and the body of each successful answer.
    pub(crate) answers: Vec<(u16, Option<Value>)>,
}

impl Description {
    pub(crate) fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi/authress.yaml");
        Self(serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
    }

    pub(crate) fn operations(&self) -> BTreeMap<String, Described> {
        let mut operations = BTreeMap::new();
        for (path, item) in self.0["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let Some(id) = operation["operationId"].as_str() else {
                    continue;
                };
                operations.insert(id.to_owned(), self.described(path, method, item, operation));
            }
        }
        operations
    }

    fn described(&self, path: &str, method: &str, item: &Value, operation: &Value) -> Described {
        let lists = [&item["parameters"], &operation["parameters"]];
        let parameters = lists.into_iter().filter_map(Value::as_array).flatten();
        let security = operation.get("security").unwrap_or(&self.0["security"]);
        let answers = operation["responses"].as_object().unwrap().iter();
        let successes = answers.filter(|(status, _)| status.starts_with('2'));
        Described {
            method: method.to_uppercase(),
            path: path.to_owned(),
            parameters: parameters.map(|parameter| self.resolved(parameter).clone()).collect(),
            body: self.content(self.resolved(&operation["requestBody"])),
            authenticated: security.as_array().is_some_and(|ways| !ways.is_empty()),
            answers: successes
                .map(|(status, answer)| (status.parse().unwrap(), self.content(self.resolved(answer))))
                .collect(),
        }
    }

    /// A sample of the first content of a body.
    fn content(&self, body: &Value) -> Option<Value> {
        let (_, content) = body["content"].as_object()?.iter().next()?;
        Some(self.sample("body", &content["schema"]))
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.resolved(self.0.pointer(reference.trim_start_matches('#')).unwrap()),
            None => value,
        }
    }

    /// A value with every field that the schema tells of.
    fn sample(&self, name: &str, schema: &Value) -> Value {
        let schema = self.resolved(schema);
        if let Some(parts) = schema["allOf"].as_array() {
            return self.sample(name, &parts[0]);
        }
        if let Some(values) = schema["enum"].as_array() {
            return values[0].clone();
        }
        match schema["type"].as_str() {
            Some("string") if schema["format"] == "date-time" => json!("2026-11-25T15:00:00.250Z"),
            Some("string") => json!(format!("a {name}")),
            Some("integer") => json!(NUMBER),
            Some("number") => json!(0.5),
            Some("boolean") => json!(true),
            Some("array") => json!([self.sample(name, &schema["items"])]),
            _ => self.object(schema),
        }
    }

    fn object(&self, schema: &Value) -> Value {
        let properties = schema["properties"].as_object();
        let mut object: Map<String, Value> = properties
            .into_iter()
            .flatten()
            .map(|(name, property)| (name.clone(), self.sample(name, property)))
            .collect();
        match &schema["additionalProperties"] {
            Value::Bool(true) => drop(object.insert("anything".into(), json!({"goes": [1]}))),
            Value::Object(_) => {
                object.insert(
                    "another".into(),
                    self.sample("another", &schema["additionalProperties"]),
                );
            }
            _ => {}
        }
        Value::Object(object)
    }
}

impl Described {
    /// What is given for a parameter: text that a path or a query cannot hold as it is, unless the description says what it must be.
    pub(crate) fn given(&self, place: &str, name: &str) -> Value {
        let parameter = self.parameters.iter().find(|p| p["in"] == place && p["name"] == name);
        let parameter = parameter.unwrap_or_else(|| panic!("{} has no {name} in {place}", self.path));
        let schema = &parameter["schema"];
        match (place, schema["type"].as_str()) {
            _ if schema["enum"].is_array() => schema["enum"][0].clone(),
            (_, Some("integer")) => json!(NUMBER),
            // A header has milliseconds always.
            ("header", Some("string")) if schema["format"] == "date-time" => json!("2026-11-25T15:00:00.123Z"),
            (_, Some("string")) if schema["format"] == "date-time" => json!("2026-11-25T15:00:00Z"),
            ("header", _) => json!(format!("{name}-value")),
            _ => json!(format!("{name}/1 |%2e?&#+ü")),
        }
    }

    /// The path and the query with all parameters, as they must be sent.
    pub(crate) fn uri(&self) -> String {
        let mut uri = self.path.clone();
        let mut separator = '?';
        for parameter in &self.parameters {
            let (place, name) = (parameter["in"].as_str().unwrap(), parameter["name"].as_str().unwrap());
            match place {
                "path" => uri = uri.replace(&format!("{{{name}}}"), &encoded(&self.given(place, name))),
                "query" => {
                    uri = format!("{uri}{separator}{name}={}", encoded(&self.given(place, name)));
                    separator = '&';
                }
                _ => {}
            }
        }
        uri
    }

    /// The headers that are parameters, with their values.
    pub(crate) fn headers(&self) -> Vec<(String, String)> {
        let headers = self.parameters.iter().filter(|parameter| parameter["in"] == "header");
        headers
            .map(|parameter| {
                let name = parameter["name"].as_str().unwrap();
                (name.to_lowercase(), text(&self.given("header", name)))
            })
            .collect()
    }
}

/// A single value as text.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Percent-encoded whole: only the unreserved characters stay (RFC 3986 section 2.3).
fn encoded(value: &Value) -> String {
    let bytes = text(value).into_bytes().into_iter();
    bytes
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
