//! Media types.

/// Whether `media` is JSON by its name: `application/json` or any `…+json` (RFC 6839 section 3.1), with or without parameters.
pub(crate) fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_known_by_its_name_or_suffix() {
        for (media, json) in [
            ("application/json", true),
            ("application/links+json", true),
            ("Application/Problem+JSON; charset=utf-8", true),
            ("application/jsonlines", false),
            ("text/plain", false),
            ("", false),
        ] {
            assert_eq!(is_json(media), json, "{media}");
        }
    }
}
