//! Any text as a token. The first byte says how the token is made of the rest:
//!
//! - `a`: the first line is the header and the rest the payload, signed by the account;
//! - `c`: the same, signed by the service client `sc_1`;
//! - `s`: the same, signed by a stranger;
//! - `p`: the first line is the header, the last the signature, and what is between them the payload;
//! - any other: the whole is the token as it stands.

#![no_main]

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authress::{
    Identity, StaticToken, TokenVerificationError, TokenVerificationReason, TokenVerifier, TokenVerifierBuilder,
    VerifiedTokenCache,
};
use authress_fuzz::{
    ACCOUNT, CLIENT, CLIENT_ID, DOMAIN, Decoded, MAX_TOKEN_BYTES, NOW, Nobody, STRANGER, assert_silent, builder,
    outcome, plain, ready, runs, shown, signing_input,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::{Map, Value, json};

const LEEWAY: u64 = 10;
const AUDIENCE: &str = "app";
const JWKS: &str = "/.well-known/openid-configuration/jwks";

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some(token) = token(data) else {
        return Corpus::Reject;
    };
    let (plain, network) = verifier(false);
    let verified = ready(plain.verify(&token));
    // Again, now that the header is known by its text; and once more, remembered as a whole.
    assert_eq!(outcome(&ready(plain.verify(&token))), outcome(&verified));
    let (remembering, _) = verifier(true);
    for _ in 0..2 {
        assert_eq!(outcome(&ready(remembering.verify(&token))), outcome(&verified));
    }
    let asked = network.asked();
    assert!(asked.len() <= 1, "{asked:?}");
    asked.iter().for_each(|url| keys_of_another_client(url));

    for_its_audience_alone(&token, &verified);

    match &verified {
        Ok(identity) => {
            accepted(bearer(&token), identity);
            let (again, claims) = ready(plain.verify_as::<Map<String, Value>>(&token)).expect("claims are an object");
            assert_eq!((again.user_id(), &claims), (identity.user_id(), identity.claims()));
            assert!(StaticToken::new(token.as_str()).is_ok(), "a good token can be sent");
        }
        Err(error) => {
            assert!(!is_good(data) || token.len() > MAX_TOKEN_BYTES, "{error}");
            assert_eq!(
                error.is_unavailable(),
                error.reason() == TokenVerificationReason::KeysUnavailable
            );
            refused(&shown(error), &token);
        }
    }
    if let Err(error) = StaticToken::new(token.as_str()) {
        refused(&shown(&error), &token);
    }
    Corpus::Keep
});

/// A verifier for one audience accepts what is accepted without, and is for that audience.
fn for_its_audience_alone(token: &str, verified: &Result<Identity, TokenVerificationError>) {
    let (builder, _) = with_keys();
    let verifier = builder.audience(AUDIENCE).build().unwrap();
    let strict = ready(verifier.verify(token));
    match verified {
        Ok(identity) if identity.claims().get("aud").is_some_and(names_audience) => {
            assert_eq!(outcome(&strict), outcome(verified))
        }
        Ok(_) => assert_eq!(strict.unwrap_err().reason(), TokenVerificationReason::WrongAudience),
        Err(error) => {
            assert_ne!(
                error.reason(),
                TokenVerificationReason::WrongAudience,
                "none is asked for"
            );
            assert_eq!(outcome(&strict), outcome(verified));
        }
    }
}

fn names_audience(claim: &Value) -> bool {
    match claim {
        Value::Array(audiences) => audiences.iter().any(|audience| audience == AUDIENCE),
        audience => audience == AUDIENCE,
    }
}

/// Whether the token that is made of an input must be accepted: header and payload are plain, have what they need, and nothing that could speak
/// against them.
fn is_good(data: &[u8]) -> bool {
    let Some((how, (header, payload))) = data.split_first().and_then(|(how, rest)| Some((how, lines(rest)?))) else {
        return false;
    };
    let (Some(Value::Object(header)), Some(Value::Object(mut payload))) = (plain(header), plain(payload)) else {
        return false;
    };
    let client = format!("{DOMAIN}/v1/clients/{CLIENT_ID}");
    let (key_id, issuer, subject) = match how {
        b'a' => ("k-account", DOMAIN, None),
        b'c' => ("k-client", &*client, Some(CLIENT_ID)),
        _ => return false,
    };
    let is_header = header.iter().all(|(name, value)| match &**name {
        "alg" => value == "EdDSA",
        "kid" => value == key_id,
        "typ" => value == "JWT" || value == "at+jwt",
        other => other != "crit",
    });
    let mut claim = |name| payload.remove(name);
    let subject_is = |claim: &Value| match subject {
        Some(subject) => claim == subject,
        None => claim.as_str().is_some_and(|claim| !claim.is_empty()),
    };
    is_header
        && header.contains_key("alg")
        && header.contains_key("kid")
        && claim("iss").is_some_and(|claim| claim == issuer)
        && claim("sub").is_some_and(|claim| subject_is(&claim))
        && claim("exp")
            .and_then(|claim| claim.as_u64())
            .is_some_and(|end| end > NOW)
        && claim("iat").is_none_or(|claim| claim.as_u64().is_some_and(|at| at <= NOW))
        && claim("aud").is_none_or(|claim| claim.is_string())
        && claim("scope").is_none_or(|claim| claim.is_string())
        && ["nbf", "scopes"].into_iter().all(|name| claim(name).is_none())
}

/// The first line, and the rest.
fn lines(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = data.iter().position(|byte| *byte == b'\n')?;
    Some((&data[..at], &data[at + 1..]))
}

fn token(data: &[u8]) -> Option<String> {
    let (how, rest) = data.split_first()?;
    let signer = match how {
        b'a' => &ACCOUNT,
        b'c' => &CLIENT,
        b's' => &STRANGER,
        b'p' => {
            let (header, rest) = lines(rest)?;
            let at = rest.iter().rposition(|byte| *byte == b'\n')?;
            let (payload, signature) = (&rest[..at], &rest[at + 1..]);
            let signature = URL_SAFE_NO_PAD.encode(signature);
            return Some(format!("{}.{signature}", signing_input(header, payload)));
        }
        _ => return String::from_utf8(data.to_vec()).ok(),
    };
    let (header, payload) = lines(rest)?;
    Some(signer.token(header, payload))
}

fn with_keys() -> (TokenVerifierBuilder, Nobody) {
    let network = Nobody::default();
    let builder = builder(&network)
        .static_jwks(DOMAIN, json!({"keys": [ACCOUNT.jwk("k-account")]}).to_string())
        .static_jwks(
            format!("{DOMAIN}/v1/clients/{CLIENT_ID}"),
            json!({"keys": [CLIENT.jwk("k-client")]}).to_string(),
        );
    (builder, network)
}

fn verifier(remembers: bool) -> (TokenVerifier, Nobody) {
    let (builder, network) = with_keys();
    let builder = if remembers {
        builder.cache_verified_tokens(VerifiedTokenCache::new(8))
    } else {
        builder
    };
    (builder.build().unwrap(), network)
}

/// What is left of a token when its scheme is dropped.
fn bearer(token: &str) -> &str {
    token.trim().rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// The only keys that are ever fetched are those of another service client of the account.
fn keys_of_another_client(url: &str) {
    let id = url
        .strip_prefix(DOMAIN)
        .and_then(|rest| rest.strip_prefix("/v1/clients/"));
    let id = id.and_then(|rest| rest.strip_suffix(JWKS)).unwrap_or_default();
    let is_one_segment = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte));
    assert!(is_one_segment && !["", ".", "..", CLIENT_ID].contains(&id), "{url}");
}

fn accepted(token: &str, identity: &Identity) {
    assert!(token.len() <= MAX_TOKEN_BYTES);
    let token = Decoded::of(token);

    let signer = match identity.service_client_id() {
        Some(client_id) => {
            assert_eq!((client_id, identity.user_id()), (CLIENT_ID, CLIENT_ID));
            &CLIENT
        }
        None => &ACCOUNT,
    };
    assert!(
        signer.has_signed(token.signing_input, &token.signature),
        "it is signed by nobody who may"
    );
    assert_eq!(token.header.get("alg"), Some(&json!("EdDSA")));
    assert!(!token.header.contains_key("crit"));

    // The issuer is the signer's: the origin may be written in other ways, the path may not.
    let issuer = identity.issuer().to_ascii_lowercase().replacen(":443", "", 1);
    let path = issuer.strip_prefix(DOMAIN).expect("the issuer is at the domain");
    match identity.service_client_id() {
        Some(client_id) => assert_eq!(identity.issuer().rsplit('/').next(), Some(client_id)),
        None => assert!(path.is_empty() || path == "/"),
    }

    let claims: Map<String, Value> = serde_json::from_slice(&token.payload).expect("an accepted payload is an object");
    assert_eq!(identity.claims(), &claims);
    assert_eq!(claims.get("sub"), Some(&json!(identity.user_id())));
    assert_eq!(claims.get("iss"), Some(&json!(identity.issuer())));
    assert!(!identity.user_id().is_empty());
    assert_eq!(identity.audiences(), texts(claims.get("aud"), false));
    let scopes = [texts(claims.get("scope"), true), texts(claims.get("scopes"), true)].concat();
    assert_eq!(identity.scopes(), scopes);
    assert!(scopes.iter().all(|scope| identity.has_scope(scope)));
    assert_eq!(Some(identity.expires_at()), time(claims.get("exp")));
    assert_eq!(identity.issued_at(), time(claims.get("iat")));
    let date = |name| claims.get(name).map(|date| date.as_f64().expect("dates are numbers"));
    assert!(
        date("exp").expect("it ends") + LEEWAY as f64 > NOW as f64,
        "it has expired"
    );
    for name in ["nbf", "iat"] {
        // Parts of a second are cut off.
        assert!(
            date(name).is_none_or(|date| date < (NOW + LEEWAY + 1) as f64),
            "it is of the future"
        );
    }
}

/// A text, its words, or a list of texts.
fn texts(claim: Option<&Value>, in_words: bool) -> Vec<String> {
    let own = |text: &str| text.to_owned();
    match claim {
        Some(Value::String(text)) if in_words => text.split_ascii_whitespace().map(own).collect(),
        Some(Value::String(text)) => vec![own(text)],
        Some(Value::Array(list)) => list
            .iter()
            .map(|text| own(text.as_str().expect("it is a text")))
            .collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(other) => panic!("{other} was taken for texts"),
    }
}

/// A date in whole seconds, between the epoch and the end of the year 9999.
fn time(date: Option<&Value>) -> Option<SystemTime> {
    let date = date?;
    let whole = date.as_u64();
    let seconds = whole.unwrap_or_else(|| date.as_f64().expect("dates are numbers") as u64);
    Some(UNIX_EPOCH + Duration::from_secs(seconds.min(253_402_300_799)))
}

/// No part of the token stands in the text of a refusal, neither as it was sent nor decoded.
fn refused(shown: &str, token: &str) {
    let decoded: Vec<Vec<u8>> = token
        .split('.')
        .filter_map(|part| URL_SAFE_NO_PAD.decode(part).ok())
        .collect();
    let mut secrets: Vec<&[u8]> = vec![token.as_bytes()];
    secrets.extend(decoded.iter().map(Vec::as_slice));
    assert_silent(shown, &SENTENCES, &secrets);
}

/// What refusals say. A token may hold these words too, and they are no part of it then.
static SENTENCES: LazyLock<BTreeSet<Vec<u8>>> = LazyLock::new(|| {
    let mut texts = Vec::new();
    let (verifier, _) = verifier(false);
    for refusal in REFUSALS {
        let token = token(refusal.as_bytes()).unwrap();
        let error = ready(verifier.verify(&token)).unwrap_err();
        texts.push(shown(&error));
        texts.extend(StaticToken::new(token).err().map(|error| shown(&error)));
    }
    let long = "x".repeat(MAX_TOKEN_BYTES + 1);
    texts.push(shown(&ready(verifier.verify(&long)).unwrap_err()));
    texts.push(shown(&StaticToken::new(long).unwrap_err()));
    runs(&texts)
});

/// One input for each thing that a refusal can say.
const REFUSALS: [&str; 30] = [
    "x",
    "MC4CAQAwBQYDK2VwBCIEI",
    ".e30.c2ln",
    "e30..c2ln",
    "e30.e30.",
    "e30.W10.c2ln",
    "e30.MC4CAQAwBQYDK2VwBCIEI+.c2ln",
    "a[]\n{}",
    "a{}\n{}",
    "a{\"alg\":\"EdDSA\"}\n{}",
    "a{\"crit\":[]}\n{}",
    "a{\"typ\":\"\"}\n{}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"x\"}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"x\",\"sub\":\"x\"}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"x\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\"}",
    "s{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\"}",
    "c{\"alg\":\"EdDSA\",\"kid\":\"k-client\"}\n{\"iss\":\"https://login.example.com/v1/clients/sc_1\",\"sub\":\"x\"}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\"}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":null}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":1}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":1e99,\"nbf\":null}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":1e99,\"nbf\":1e99}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":1e99,\"iat\":null}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":1e99,\"iat\":1e99}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":1e99,\"aud\":1}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":1e99,\"scope\":1}",
    "a{\"alg\":\"EdDSA\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":1e99,\"scopes\":1}",
    "a{\"alg\":\"RS256\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":1e99}",
    "a{\"alg\":\"none\",\"kid\":\"k-account\"}\n{\"iss\":\"https://login.example.com\",\"sub\":\"x\",\"exp\":1e99}",
];
