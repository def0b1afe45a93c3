//! The two ways to write a seed: YAML and JSON.

use std::path::Path;

use super::strict::Strict;
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

    /// Reads a seed, of which every member must be known.
    pub(crate) fn read(self, text: &str) -> Result<Seed, Error> {
        let Strict { value, unknown } = match self {
            Self::Json => read_json(text)?,
            Self::Yaml => read_yaml(text)?,
        };
        match unknown {
            Some(place) => Err(Error::new(format!("{place}: is not known"))),
            None => Ok(value),
        }
    }

    pub(crate) fn write(self, seed: &Seed) -> Result<String, Error> {
        let failed = |error: &dyn std::fmt::Display| Error::new(format!("the state cannot be written: {error}"));
        match self {
            Self::Json => serde_json::to_string_pretty(seed)
                .map(|text| text + "\n")
                .map_err(|error| failed(&error)),
            Self::Yaml => {
                let json = Self::Json.write(seed)?;
                let yaml = serde_saphyr::to_string(seed).map_err(|error| failed(&error))?;
                // A few texts, such as newlines alone, are written so that they are read as others.
                let read = self.read(&yaml).and_then(|read| Self::Json.write(&read));
                Ok(if read.is_ok_and(|read| read == json) {
                    yaml
                } else {
                    json_as_yaml(&json)
                })
            }
        }
    }
}

fn read_json(text: &str) -> Result<Strict<Seed>, Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| Error::new(format!("{}: {}", error.path(), error.inner())))?;
    deserializer.end().map_err(|error| Error::new(error.to_string()))?;
    Ok(seed)
}

fn read_yaml(text: &str) -> Result<Strict<Seed>, Error> {
    // Seeds are the user's own files: they may be as large as they like. Aliases keep their limits, or a few lines could be without end.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_nodes: usize::MAX, max_events: usize::MAX, max_total_scalar_bytes: usize::MAX },
        strict_booleans: true,
        with_snippet: false,
    };
    let seed = serde_saphyr::from_str_with_options::<Option<Strict<Seed>>>(text, options)
        .map_err(|error| Error::new(error.to_string()))?;
    // Nothing at all is an empty seed.
    Ok(seed.unwrap_or(Strict {
        value: Seed::default(),
        unknown: None,
    }))
}

/// JSON is YAML too, and its texts are all within quotes; but for the characters that YAML does not print (YAML 1.2.2 section 5.1), which it has by
/// their codes alone.
fn json_as_yaml(json: &str) -> String {
    json.chars()
        .fold(String::with_capacity(json.len()), |mut yaml, c| match c {
            '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                yaml + &format!("\\u{:04x}", u32::from(c))
            }
            c => {
                yaml.push(c);
                yaml
            }
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
    fn what_no_yaml_has_is_written_by_its_code_where_json_stands_in_for_yaml() {
        // The newlines alone are what JSON stands in for.
        for name in [
            "\u{7f}",
            "\u{80}",
            "a\u{9f}b",
            "\u{85}\u{2028}",
            "\u{a0}",
            "\u{feff}",
            "\u{fffe}",
            "\u{1ffff}",
            "\u{10ffff}",
        ] {
            let seed: Seed = serde_json::from_value(serde_json::json!({
                "users": [{"userId": name, "linkedIdentities": []}, {"userId": "\n\n", "linkedIdentities": []}],
            }))
            .unwrap();
            let text = SeedFormat::Yaml.write(&seed).unwrap();
            let read = SeedFormat::Yaml
                .read(&text)
                .unwrap_or_else(|error| panic!("{name:?}: {error} in {text}"));
            assert_eq!(
                SeedFormat::Json.write(&read).unwrap(),
                SeedFormat::Json.write(&seed).unwrap()
            );
        }
    }

    #[test]
    fn a_member_that_means_nothing_is_named_alike_in_both_formats() {
        let text = r#"{"tenants": [{"tenantId": "t", "shade": "T"}]}"#;
        for format in [SeedFormat::Yaml, SeedFormat::Json] {
            let error = format.read(text).unwrap_err();
            assert_eq!(error.to_string(), "tenants[0].shade: is not known", "{format:?}");
        }
    }

    #[test]
    fn a_number_is_kept_to_its_last_digit() {
        // Read with less care, these are others in the last digit.
        for number in [31.245_270_191_439_438, 121.487_919_511_619_45, 1.844_046_747_17e29] {
            let claims = serde_json::json!({"defaultClaims": {"defaultAccessTokenClaims": {"number": number}}});
            let user = serde_json::json!({"userId": "a", "linkedIdentities": [], "tokenConfiguration": claims});
            let seed: Seed = serde_json::from_value(serde_json::json!({"users": [user]})).unwrap();
            let value = serde_json::to_value(&seed).unwrap();
            for format in [SeedFormat::Yaml, SeedFormat::Json] {
                let text = format.write(&seed).unwrap();
                let read = serde_json::to_value(format.read(&text).unwrap()).unwrap();
                assert_eq!(read, value, "{format:?}");
            }
        }
    }
}
