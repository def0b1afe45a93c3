//! Tokens: JWTs that are signed with Ed25519, made and taken apart. Whose they may be is decided in `bearer`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::KeyPair;
use crate::store::{DEFAULT_APPLICATION, DEFAULT_CONNECTION};

/// Longest token that is looked at, in bytes.
const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// How far the clock of a client may be ahead, in seconds.
const LEEWAY_SECONDS: f64 = 10.0;

/// How long the tokens of users live, in seconds.
pub(crate) const USER_TOKEN_SECONDS: u64 = 24 * 60 * 60;

/// Signs `claims` as an access token.
pub(crate) fn sign(key: &KeyPair, claims: &impl Serialize) -> String {
    let header = json!({"alg": "EdDSA", "kid": key.id(), "typ": "at+jwt"});
    let claims = serde_json::to_vec(claims).unwrap_or_default();
    let text = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        URL_SAFE_NO_PAD.encode(claims)
    );
    let signature = URL_SAFE_NO_PAD.encode(key.sign(text.as_bytes()));
    format!("{text}.{signature}")
}

/// The claims of a user's token, as the service makes them.
pub(crate) fn of_user(issuer: &str, account: &str, user: &str, now: u64) -> Value {
    json!({
        "iss": issuer, "sub": user, "iat": now, "exp": now + USER_TOKEN_SECONDS, "scope": "openid profile email",
        "aud": [account], "client_id": DEFAULT_APPLICATION, "azp": DEFAULT_CONNECTION,
    })
}

/// The claims of a token of whatever issuer and algorithm; nothing in it is verified.
pub(crate) fn unverified_claims(text: &str) -> Option<Map<String, Value>> {
    let mut parts = text.split('.');
    let (header, claims) = (parts.next()?, parts.next()?);
    let is_signed = parts.next().is_some() && parts.next().is_none();
    (is_signed && text.len() <= MAX_TOKEN_BYTES).then_some(())?;
    object(header)?;
    object(claims)
}

/// An object as parts of tokens hold it.
fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// Claims that say whose a token is, whom it is for and how long it is good: no others take their place.
const RESERVED: [&str; 11] = [
    "iss",
    "sub",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "scope",
    "client_id",
    "azp",
    "act",
];

/// Whether the server alone sets a claim.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// `claims` with others besides; none takes the place of one that is there.
pub(crate) fn with_others(mut claims: Value, others: Map<String, Value>) -> Value {
    if let Some(claims) = claims.as_object_mut() {
        for (name, value) in others {
            claims.entry(name).or_insert(value);
        }
    }
    claims
}

/// A token taken apart; nothing in it is verified.
pub(crate) struct Token<'a> {
    pub(crate) key_id: String,
    pub(crate) claims: Map<String, Value>,
    pub(crate) signed: &'a [u8],
    pub(crate) signature: Vec<u8>,
}

impl<'a> Token<'a> {
    /// Takes `text` apart when it is an access token with `EdDSA`.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        if text.len() > MAX_TOKEN_BYTES {
            return None;
        }
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header = object(header)?;
        let typ = header
            .get("typ")
            .map_or(Some("JWT"), Value::as_str)?
            .to_ascii_lowercase();
        let acceptable =
            header.get("alg")? == "EdDSA" && matches!(typ.as_str(), "at+jwt" | "jwt") && !header.contains_key("crit");
        acceptable.then_some(())?;
        Some(Self {
            key_id: header.get("kid")?.as_str()?.to_owned(),
            claims: object(claims)?,
            signed: signed.as_bytes(),
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    /// The claim `name`, when it is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// Whether the token is in its time at `now`, in seconds since the Unix epoch: `exp` is required (RFC 7519 section 4.1).
    ///
    /// A token may have been made a little later than now, by the clock of the client that made it.
    pub(crate) fn is_in_time(&self, now: u64) -> bool {
        let seconds = |name| self.claims.get(name).map(Value::as_f64);
        // Whole seconds of this age are exact in a float.
        #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^52")]
        let now = now as f64;
        let begins = |name, latest| match seconds(name) {
            None => true,
            Some(time) => time.is_some_and(|time| time <= latest),
        };
        matches!(seconds("exp"), Some(Some(exp)) if now < exp)
            && begins("nbf", now)
            && begins("iat", now + LEEWAY_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_token_is_taken_apart_into_what_was_signed() {
        let key = KeyPair::generate("k1").unwrap();
        let text = sign(&key, &of_user("http://localhost", "acc", "alice", 100));
        let token = Token::parse(&text).unwrap();
        assert_eq!(
            (token.key_id.as_str(), token.text("sub"), token.text("iss")),
            ("k1", Some("alice"), Some("http://localhost"))
        );
        assert!(key.public().unwrap().verifies(token.signed, &token.signature));
    }

    #[test]
    fn a_token_without_an_end_or_out_of_its_time_is_refused() {
        let key = KeyPair::generate("k1").unwrap();
        for (claims, in_time) in [
            (json!({"exp": 101}), true),
            (json!({"exp": 100}), false),
            (json!({"exp": "101"}), false),
            (json!({}), false),
            (json!({"exp": 101, "nbf": 100}), true),
            (json!({"exp": 101, "nbf": 101}), false),
            (json!({"exp": 101, "nbf": "1"}), false),
            (json!({"exp": 999, "iat": 100}), true),
            (json!({"exp": 999, "iat": 110}), true),
            (json!({"exp": 999, "iat": 111}), false),
            (json!({"exp": 999, "iat": "1"}), false),
        ] {
            assert_eq!(
                Token::parse(&sign(&key, &claims)).unwrap().is_in_time(100),
                in_time,
                "{claims}"
            );
        }
    }

    #[test]
    fn another_algorithm_or_type_is_no_token() {
        let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        for (header, is_token) in [
            (json!({"alg": "EdDSA", "kid": "k"}), true),
            (json!({"alg": "EdDSA", "kid": "k", "typ": "JWT"}), true),
            (json!({"alg": "none", "kid": "k"}), false),
            (json!({"alg": "HS256", "kid": "k"}), false),
            (json!({"alg": "EdDSA"}), false),
            (json!({"alg": "EdDSA", "kid": "k", "typ": "oauth-authz-req+jwt"}), false),
            (json!({"alg": "EdDSA", "kid": "k", "crit": ["exp"]}), false),
        ] {
            let text = format!("{}.{}.AAAA", encode(header.clone()), encode(json!({})));
            assert_eq!(Token::parse(&text).is_some(), is_token, "{header}");
        }
        for text in ["", "a.b", "a.b.c", "..", "Bearer"] {
            assert!(Token::parse(text).is_none());
        }
    }
}
