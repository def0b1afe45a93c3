//! What a caller wants to stand in one token otherwise than in all the others.

use serde::Serialize;
use serde_json::Value;

use crate::Error;

/// Members of the header that say how the token is to be verified: not a caller's to choose.
const OWN_HEADERS: [&str; 4] = ["alg", "kid", "crit", "b64"];

/// Claims and headers of one token that are to be otherwise than in all the others of the service client.
///
/// ```
/// use authress::TokenOverrides;
///
/// let overrides = TokenOverrides::new()
///     .claim("aud", "https://api.example.com")
///     .claim("tenant", "t-1")
///     .header("typ", "JWT");
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "it does nothing until a token is made with it"]
pub struct TokenOverrides {
    headers: Vec<(String, Value)>,
    claims: Vec<(String, Value)>,
}

impl TokenOverrides {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The claim `name`. One that every token has is replaced, any other is added.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        set(&mut self.claims, name.into(), value.into());
        self
    }

    /// The header `name`. One that every token has is replaced, any other is added. `alg`, `kid`, `crit` and `b64` cannot be set.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        set(&mut self.headers, name.into(), value.into());
        self
    }

    /// `members` with these headers.
    pub(super) fn headers(&self, members: Members) -> Result<Members, Error> {
        if let Some((name, _)) = self
            .headers
            .iter()
            .find(|(name, _)| OWN_HEADERS.contains(&name.as_str()))
        {
            let reason = format!("`{name}` is set by the key that signs");
            return Err(Error::invalid_argument("header", reason));
        }
        Ok(members.with(&self.headers))
    }

    /// `members` with these claims.
    pub(super) fn claims(&self, members: Members) -> Members {
        members.with(&self.claims)
    }
}

/// The members of a JSON object in the order in which they are written.
pub(super) struct Members(Vec<(String, Value)>);

impl Members {
    pub(super) fn new<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Self {
        Self(
            members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    fn with(mut self, others: &[(String, Value)]) -> Self {
        for (name, value) in others {
            set(&mut self.0, name.clone(), value.clone());
        }
        self
    }
}

impl Serialize for Members {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Replaces the member in its place, or adds it at the end: no name stands twice.
fn set(members: &mut Vec<(String, Value)>, name: String, value: Value) {
    match members.iter_mut().find(|(known, _)| *known == name) {
        Some((_, known)) => *known = value,
        None => members.push((name, value)),
    }
}
