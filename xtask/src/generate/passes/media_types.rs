//! Media types: what is JSON by its name is treated as JSON.

use serde_json::Value;

use super::walk;
use crate::document::is_json;

const JSON: &str = "application/json";

/// Renames any `…+json` media type (RFC 6839 section 3.1), with or without parameters, to `application/json`.
///
/// The generator takes only that one for JSON and makes a byte stream of the others.
pub(super) fn treat_json_suffix_as_json(document: &mut Value) {
    walk::contents(document, &mut |content| {
        let json: Vec<String> = content.keys().filter(|media| is_json(media)).cloned().collect();
        for media in json {
            if let Some(body) = content.shift_remove(&media) {
                content.entry(JSON).or_insert(body);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn any_json_suffix_is_json() {
        for media in [
            "application/links+json",
            "application/hal+json; charset=utf-8",
            "Application/JSON",
        ] {
            let mut document = json!({"paths": {"/": {"get": {"responses": {"200": {"content": {media: {}}}}}}}});
            treat_json_suffix_as_json(&mut document);
            assert_eq!(
                document.pointer("/paths/~1/get/responses/200/content"),
                Some(&json!({JSON: {}})),
                "{media}"
            );
        }
    }

    #[test]
    fn other_media_types_stay() {
        for media in [
            "text/plain",
            "application/jsonlines",
            "application/x-www-form-urlencoded",
        ] {
            let mut document = json!({"paths": {"/": {"get": {"responses": {"200": {"content": {media: {}}}}}}}});
            let before = document.clone();
            treat_json_suffix_as_json(&mut document);
            assert_eq!(document, before, "{media}");
        }
    }
}
