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
            Self::Yaml => serde_saphyr::to_string(seed).map_err(|error| failed(&error)),
        }
    }
}
