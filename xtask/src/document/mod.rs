//! Descriptions of an API: loading them, and finding one's way in them.
//!
//! A document stays a [`serde_json::Value`], so that everything a description says is there, known to OpenAPI 3.0 or not. What is wrong with a
//! description as an API is said in `spec`; what is changed in it for the generator, in `generate`.

mod content;
mod dialect;
mod operations;
mod reference;
mod schemas;
mod text;
mod version;

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

pub(crate) use content::is_json;
pub(crate) use operations::{METHODS, OperationRef, operations, place};
pub(crate) use reference::{BadReference, escape, follow, pointer, references, resolve, tokens};
pub(crate) use schemas::schemas;
pub(crate) use version::downgrade;

use crate::problem::Problem;
use crate::workspace;

/// The largest description that is read or downloaded, in bytes.
pub(crate) const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// A description of an API, parsed.
pub(crate) struct Document {
    /// What problems call the document: its path, below the workspace where it is there.
    pub(crate) file: String,
    /// Everything it says, in its order.
    pub(crate) value: Value,
    sha256: String,
}

impl Document {
    /// Reads a file, JSON or YAML.
    ///
    /// # Errors
    /// A file that cannot be read, is larger than [`MAX_BYTES`] or does not parse.
    pub(crate) fn load(path: impl AsRef<Path>) -> Result<Self, Problem> {
        let path = path.as_ref();
        let file = shown(path);
        let cannot = |what: String, remedy: &str| Problem::new(&file, None, what, remedy);
        let source = File::open(path).map_err(|e| {
            cannot(
                format!("cannot be opened ({e})"),
                "name the file of an OpenAPI description",
            )
        })?;
        let mut bytes = Vec::new();
        source.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| {
            cannot(
                format!("cannot be read ({e})"),
                "name the file of an OpenAPI description",
            )
        })?;
        Self::decode(&file, bytes)
    }

    /// Takes the bytes of a description that came from elsewhere; `name` is what problems call it.
    ///
    /// # Errors
    /// More than [`MAX_BYTES`], bytes that are not UTF-8, text that does not parse.
    pub(crate) fn decode(name: &str, bytes: Vec<u8>) -> Result<Self, Problem> {
        if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
            let what = format!("is larger than {} MiB", MAX_BYTES / 1024 / 1024);
            return Err(Problem::new(
                name,
                None,
                what,
                "check that it is the description of an API",
            ));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| Problem::new(name, None, "is not UTF-8 text", "save it as UTF-8, JSON or YAML"))?;
        Self::parse(name, &text)
    }

    /// Parses text, JSON or YAML by its first character; `name` is what problems call it.
    ///
    /// # Errors
    /// Text that does not parse, says a key twice, or is no object; with line and column where they are known.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self, Problem> {
        let value = text::parse(text).map_err(|what| Problem::new(name, None, what, "correct the text"))?;
        Ok(Self {
            file: name.to_owned(),
            value,
            sha256: hex(&Sha256::digest(text.as_bytes())),
        })
    }

    /// The SHA-256 of the text as it was read, in lower-case hexadecimal.
    pub(crate) fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// The project's own description, which commands take when none is named.
pub(crate) fn default_path() -> PathBuf {
    workspace::root().join("openapi/authress.yaml")
}

/// A path as people are told it: below the workspace, the part from there on.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(workspace::root())
        .unwrap_or(path)
        .display()
        .to_string()
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_raw_text() {
        let hash = |text: &str| Document::parse("a", text).unwrap().sha256().to_owned();
        assert_eq!(
            hash("{}"),
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
        assert_ne!(hash("{}"), hash("{} "));
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let problem = Document::load(workspace::root().join("no/such.yaml"))
            .err()
            .unwrap()
            .to_string();
        assert!(problem.starts_with("no/such.yaml: cannot be opened ("), "{problem}");
    }

    #[test]
    fn one_byte_too_much_is_refused() {
        let length = usize::try_from(MAX_BYTES).unwrap() + 1;
        let problem = Document::decode("a.json", vec![b' '; length])
            .err()
            .unwrap()
            .to_string();
        assert_eq!(
            problem,
            "a.json: is larger than 32 MiB; check that it is the description of an API"
        );
    }

    #[test]
    fn bytes_that_are_not_text_are_refused() {
        let problem = Document::decode("a.json", vec![b'{', 0xff]).err().unwrap().to_string();
        assert_eq!(problem, "a.json: is not UTF-8 text; save it as UTF-8, JSON or YAML");
    }
}
