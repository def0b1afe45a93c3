//! Texts that must not be seen: keys, tokens, passwords.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A secret text: `Debug` does not show it, there is no `Display`, and its memory is overwritten when the last clone is dropped. Cloning is cheap.
///
/// It is written to JSON as it is, because it must reach the service.
///
/// ```
/// let secret = authress_api::Secret::from("hush");
/// assert_eq!(secret.expose(), "hush");
/// assert!(!format!("{secret:?}").contains("hush"));
/// ```
///
/// It cannot be shown by accident:
///
/// ```compile_fail,E0277
/// println!("{}", authress_api::Secret::from("hush"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    /// The text itself. Do not log it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether `other` is a clone of this secret. Two that have the same text need not be.
    ///
    /// ```
    /// let secret = authress_api::Secret::from("hush");
    /// assert!(secret.is_clone_of(&secret.clone()) && !secret.is_clone_of(&"hush".into()));
    /// ```
    pub fn is_clone_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Arc::new(Zeroizing::new(text)))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Secret {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "password" })
    }
}
