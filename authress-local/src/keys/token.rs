//! Tokens: JWTs that are signed with Ed25519, made and taken apart. Whose they may be is decided in `bearer`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::KeyPair;
use crate::account::Account;
use crate::store::{DEFAULT_APPLICATION, DEFAULT_CONNECTION};

/// Longest token that is looked at, in bytes.
const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// How far the clock of a client may be ahead, in seconds.
const LEEWAY_SECONDS: f64 = 10.0;

/// How long the tokens of users live, in seconds.
pub(crate) const USER_TOKEN_SECONDS: u64 = 24 * 60 * 60;

/// The claim that names the key that a service client showed for a token of the account.
pub(crate) const CLIENT_KEY: &str = "client_key_id";

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

/// What stands in a token of a user.
pub(crate) struct UserToken<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) user: &'a str,
    /// The tenant that the user logged in to, or the account.
    pub(crate) audience: &'a str,
    /// The application that the user logged in to, or the extension that acts for them.
    pub(crate) application: &'a str,
    /// The connection that the user logged in with.
    pub(crate) connection: &'a str,
    pub(crate) scope: &'a str,
    /// When the token is made, in seconds since the Unix epoch.
    pub(crate) now: u64,
    /// How long it is good for, in seconds.
    pub(crate) lifetime: u64,
    /// Further claims; those above win over any of the same name.
    pub(crate) more: Map<String, Value>,
}

impl<'a> UserToken<'a> {
    /// The token of a user who logged in to no tenant, with the account's defaults for everything else.
    pub(crate) fn new(account: &'a Account, user: &'a str, now: u64) -> Self {
        Self {
            issuer: account.url(),
            user,
            audience: account.id(),
            application: DEFAULT_APPLICATION,
            connection: DEFAULT_CONNECTION,
            scope: "openid profile email",
            now,
            lifetime: USER_TOKEN_SECONDS,
            more: Map::new(),
        }
    }
}

/// The claims of a user's token, as the service makes them.
pub(crate) fn of_user(token: &UserToken<'_>) -> Value {
    let mut claims = token.more.clone();
    for (name, value) in [
        ("iss", token.issuer.into()),
        ("sub", token.user.into()),
        ("iat", token.now.into()),
        ("exp", token.now.saturating_add(token.lifetime).into()),
        ("scope", token.scope.into()),
        ("aud", json!([token.audience])),
        ("client_id", token.application.into()),
        ("azp", token.connection.into()),
    ] {
        claims.insert(name.to_owned(), value);
    }
    claims.into()
}

/// The time in which a token is good, in seconds since the Unix epoch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    begins: f64,
    made: f64,
    ends: f64,
}

impl Times {
    /// Whether the token is in its time at `now`, in seconds since the Unix epoch.
    ///
    /// A token may have been made a little later than now, by the clock of the client that made it.
    pub(crate) fn hold(self, now: u64) -> bool {
        // Whole seconds of this age are exact in a float.
        #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^52")]
        let now = now as f64;
        now < self.ends && self.begins <= now && self.made <= now + LEEWAY_SECONDS
    }

    /// Whether the token ends at most `seconds` after it was made, and says when that was.
    pub(crate) fn span_at_most(self, seconds: f64) -> bool {
        self.ends - self.made <= seconds
    }
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
const RESERVED: [&str; 13] = [
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
    "cnf",
    CLIENT_KEY,
];

/// Whether the server alone sets a claim.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
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
        Self::of_type(text, &["at+jwt", "jwt"])
    }

    /// Takes `text` apart when it is a login code with `EdDSA`, which is no access token.
    pub(crate) fn parse_login_code(text: &'a str) -> Option<Self> {
        Self::of_type(text, &["oauth-authz-req+jwt"])
    }

    fn of_type(text: &'a str, types: &[&str]) -> Option<Self> {
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
        let acceptable = header.get("alg")? == "EdDSA" && types.contains(&typ.as_str()) && !header.contains_key("crit");
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

    /// The time in which the token is good: `exp` is required (RFC 7519 section 4.1). None when one of its times is no number.
    pub(crate) fn times(&self) -> Option<Times> {
        let time = |name, otherwise| match self.claims.get(name) {
            None => otherwise,
            Some(value) => value.as_f64(),
        };
        Some(Times {
            begins: time("nbf", Some(f64::NEG_INFINITY))?,
            made: time("iat", Some(f64::NEG_INFINITY))?,
            ends: time("exp", None)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::AccountKeys;

    fn account() -> Account {
        let urls = vec!["http://localhost".to_owned()];
        Account::new(
            "acc".to_owned(),
            urls,
            chrono::DateTime::default(),
            AccountKeys::generate().unwrap(),
        )
    }

    #[test]
    fn further_claims_replace_none_of_the_services_own() {
        let account = account();
        let mut token = UserToken::new(&account, "alice", 100);
        let more = json!({"sub": "bob", "iss": "x", "exp": 1, "aud": "x", "iat": 0, "scope": "", "client_id": "", "azp": "", "plan": "gold"});
        token.more = more.as_object().unwrap().clone();
        let expected = json!({
            "iss": "http://localhost", "sub": "alice", "iat": 100, "exp": 86_500, "scope": "openid profile email", "aud": ["acc"],
            "client_id": "app_default", "azp": "con_default", "plan": "gold",
        });
        assert_eq!(of_user(&token), expected);
    }

    #[test]
    fn a_login_code_is_no_access_token_and_the_other_way_round() {
        let encode = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        for (typ, is_token, is_code) in [
            ("at+jwt", true, false),
            ("JWT", true, false),
            ("oauth-authz-req+jwt", false, true),
            ("OAuth-Authz-Req+JWT", false, true),
            ("other", false, false),
        ] {
            let header = encode(json!({"alg": "EdDSA", "kid": "k", "typ": typ}));
            let text = format!("{header}.{}.AAAA", encode(json!({})));
            let found = (Token::parse(&text).is_some(), Token::parse_login_code(&text).is_some());
            assert_eq!(found, (is_token, is_code), "{typ}");
        }
    }

    #[test]
    fn a_signed_token_is_taken_apart_into_what_was_signed() {
        let key = KeyPair::generate("k1").unwrap();
        let account = account();
        let text = sign(&key, &of_user(&UserToken::new(&account, "alice", 100)));
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
                Token::parse(&sign(&key, &claims))
                    .unwrap()
                    .times()
                    .is_some_and(|times| times.hold(100)),
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
