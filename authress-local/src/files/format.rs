//! The two ways to write a seed: YAML and JSON.

use std::path::Path;

use crate::Error;
use crate::store::Seed;

/// How a seed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SeedFormat {
    /// YAML 1.2: for people.
    Yaml,
    /// JSON, indented by two spaces.
    Json,
}

impl SeedFormat {
    /// The format of a file: JSON when its name ends in `.json`, else YAML.
    pub(crate) fn of(path: &Path) -> Self {
        match path.extension() {
            Some(extension) if extension.eq_ignore_ascii_case("json") => Self::Json,
            _ => Self::Yaml,
        }
    }

    pub(crate) fn read(self, text: &str) -> Result<Seed, Error> {
        match self {
            Self::Json => {
                let mut deserializer = serde_json::Deserializer::from_str(text);
                let seed = serde_path_to_error::deserialize(&mut deserializer)
                    .map_err(|error| Error::new(format!("{}: {}", error.path(), error.inner())))?;
                deserializer.end().map_err(|error| Error::new(error.to_string()))?;
                Ok(seed)
            }
            Self::Yaml => {
                // Seeds are the user's own files: they may be as large as they like. Aliases keep their limits, or a few lines could be without end.
                let options = serde_saphyr::options! {
                    budget: serde_saphyr::budget! { max_nodes: usize::MAX, max_events: usize::MAX, max_total_scalar_bytes: usize::MAX },
                    strict_booleans: true,
                    with_snippet: false,
                };
                // Nothing at all is an empty seed.
                let seed: Option<Seed> = serde_saphyr::from_str_with_options(text, options)
                    .map_err(|error| Error::new(error.to_string()))?;
                Ok(seed.unwrap_or_default())
            }
        }
    }

    pub(crate) fn write(self, seed: &Seed) -> Result<String, Error> {
        let failed = |error: &dyn std::fmt::Display| Error::new(format!("the state cannot be written: {error}"));
        match self {
            Self::Json => serde_json::to_string_pretty(seed)
                .map(|text| text + "\n")
                .map_err(|error| failed(&error)),
            Self::Yaml => {
                let json = serde_json::to_string(seed).map_err(|error| failed(&error))?;
                if !json.contains(NO_YAML) && !has_newlines_alone(&json) {
                    return serde_saphyr::to_string(seed).map_err(|error| failed(&error));
                }
                // JSON is YAML too, and its texts are all within quotes.
                let json = Self::Json.write(seed)?;
                Ok(NO_YAML
                    .iter()
                    .fold(json, |json, c| json.replace(*c, &format!("\\u{:04x}", u32::from(*c)))))
            }
        }
    }
}

/// Characters that YAML has by their codes alone, and the library writes as they are.
const NO_YAML: [char; 2] = ['\u{fffe}', '\u{ffff}'];

/// Whether a text of a JSON document without spaces is made of newlines alone, which the library writes as an empty block.
fn has_newlines_alone(json: &str) -> bool {
    const NEWLINE: &str = "\\n";
    let begins = |at: usize| at.checked_sub(1).and_then(|before| json.as_bytes().get(before));
    json.match_indices("\"\\n").any(|(at, _)| {
        let rest = json.get(at + 1..).unwrap_or_default().trim_start_matches(NEWLINE);
        matches!(begins(at), Some(b':' | b'[' | b',' | b'{')) && rest.starts_with('"')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed(name: &str) -> Seed {
        let user = serde_json::json!({"userId": name, "linkedIdentities": []});
        serde_json::from_value(serde_json::json!({"users": [user], "tenantUsers": {name: [name]}})).unwrap()
    }

    #[test]
    fn whatever_people_are_called_what_is_written_is_read_and_written_the_same() {
        for name in [
            "\u{fffe}",
            "a \u{ffff}b",
            "\n",
            "\n\n",
            "\na",
            "a\n",
            "\"\n",
            "a:\"\n\"",
            "\u{feff}",
            "\u{85}",
            "\u{2028}",
            "yes",
            "~",
            "- a",
            "a: b",
            "#",
            " ",
            "\t",
            "\u{0}",
            "\u{1b}",
            "1e3",
            "\\",
        ] {
            let seed = seed(name);
            let value = serde_json::to_value(&seed).unwrap();
            for format in [SeedFormat::Yaml, SeedFormat::Json] {
                let text = format.write(&seed).unwrap();
                let read = format.read(&text).unwrap();
                assert_eq!(serde_json::to_value(&read).unwrap(), value, "{name:?} {format:?}");
                assert_eq!(format.write(&read).unwrap(), text, "{name:?} {format:?}");
            }
        }
    }

    #[test]
    fn only_texts_that_are_newlines_alone_are_no_yaml() {
        for (value, expected) in [
            (serde_json::json!(["\n"]), true),
            (serde_json::json!({"a": "\n\n"}), true),
            (serde_json::json!({"\n": 1}), true),
            (serde_json::json!(["a", "\n"]), true),
            (serde_json::json!(["\na", "a\n", "", "\"\n", ":\"\n\"", "\\n"]), false),
        ] {
            assert_eq!(has_newlines_alone(&value.to_string()), expected, "{value}");
        }
    }
}
