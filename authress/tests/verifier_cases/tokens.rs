//! How the tokens of the rows are made: good but for one thing, and signed whatever they hold.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::{ACCOUNT, CLIENT, DOMAIN, KeyPair, encode, token};

/// The header of a good token of the account.
pub(crate) const HEADER: &str = r#"{"alg":"EdDSA","kid":"k-account","typ":"at+jwt"}"#;
/// The claims of a good token of the account.
pub(crate) const CLAIMS: &str = r#"{"iss":"https://login.example.com","sub":"user-1","aud":"app","iat":1700000000,"exp":1700003600,"scope":"openid"}"#;

/// A good token of the account.
pub(crate) fn good() -> String {
    token(HEADER, CLAIMS, ACCOUNT)
}

/// A good token of the account but for its header.
pub(crate) fn with_header(header: &str) -> String {
    token(header, CLAIMS, ACCOUNT)
}

/// A good token of the account but for its claims.
pub(crate) fn with_claims(claims: &str) -> String {
    token(HEADER, claims, ACCOUNT)
}

/// The claims of a good token with those of `change` in their place.
pub(crate) fn changed(change: Value) -> String {
    let mut claims: Value = serde_json::from_str(CLAIMS).unwrap();
    let change = change.as_object().unwrap().clone();
    claims.as_object_mut().unwrap().extend(change);
    claims.to_string()
}

/// A token of the account with `change` made to its claims.
pub(crate) fn claiming(change: Value) -> String {
    with_claims(&changed(change))
}

/// A token of the account without a claim.
pub(crate) fn without(name: &str) -> String {
    let mut claims: Value = serde_json::from_str(CLAIMS).unwrap();
    claims.as_object_mut().unwrap().remove(name).unwrap();
    with_claims(&claims.to_string())
}

/// A token of the account with one member more in its claims, as it is written.
pub(crate) fn with_member(member: &str) -> String {
    with_claims(&CLAIMS.replacen('{', &format!("{{{member},"), 1))
}

/// A token of `sc_1` with this issuer and subject, signed with `sc_1`'s key.
pub(crate) fn client_token(issuer: &str, subject: &str) -> String {
    client_token_signed(issuer, subject, "k-client", CLIENT)
}

/// A token with this issuer and subject, key id and key.
pub(crate) fn client_token_signed(issuer: &str, subject: &str, key_id: &str, key: KeyPair) -> String {
    let header = json!({"alg": "EdDSA", "kid": key_id, "typ": "at+jwt"}).to_string();
    token(&header, &changed(json!({"iss": issuer, "sub": subject})), key)
}

/// The issuer of the service client whose id is encoded as `segment`.
pub(crate) fn client(segment: &str) -> String {
    format!("{DOMAIN}/v1/clients/{segment}")
}

/// `input` as it stands, with a signature that `sign` makes over it.
pub(crate) fn signed(input: &str, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    format!("{input}.{}", encode_bytes(&sign(input.as_bytes())))
}

/// `input` as it stands, with the signature of the account over it.
pub(crate) fn signed_as_it_stands(input: &str) -> String {
    signed(input, |input| ed25519_signature(ACCOUNT, input))
}

/// What is signed of a token with these texts.
pub(crate) fn input(header: &str, claims: &str) -> String {
    format!("{}.{}", encode(header), encode(claims))
}

/// A token of exactly these bytes, with the signature of the account over it.
pub(crate) fn of_bytes(header: &[u8], claims: &[u8]) -> String {
    signed_as_it_stands(&format!("{}.{}", encode_bytes(header), encode_bytes(claims)))
}

/// A good token with another signature.
pub(crate) fn with_signature(signature: &[u8]) -> String {
    signed(&input(HEADER, CLAIMS), |_| signature.to_vec())
}

pub(crate) fn ed25519_signature(key: KeyPair, input: &[u8]) -> Vec<u8> {
    let pair = Ed25519KeyPair::from_pkcs8(&STANDARD.decode(key.private).unwrap()).unwrap();
    pair.sign(input).as_ref().to_vec()
}

/// A token whose signature is an HMAC with `secret`.
pub(crate) fn hmac_token(name: &str, algorithm: hmac::Algorithm, key_id: &str, secret: &[u8]) -> String {
    let header = json!({"alg": name, "kid": key_id, "typ": "at+jwt"}).to_string();
    signed(&input(&header, CLAIMS), |input| {
        hmac::sign(&hmac::Key::new(algorithm, secret), input).as_ref().to_vec()
    })
}

/// The three parts of a token.
pub(crate) fn parts(token: &str) -> [&str; 3] {
    token.split('.').collect::<Vec<_>>().try_into().unwrap()
}

/// The bytes of the signature of a token.
pub(crate) fn signature(token: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(parts(token)[2]).unwrap()
}

pub(crate) fn encode_bytes(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    digits
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
        .collect()
}

/// What a part of a token may stand for, in either alphabet.
pub(crate) fn decode(part: &str) -> Vec<Vec<u8>> {
    let part = part.trim().trim_end_matches('=');
    [
        URL_SAFE_NO_PAD.decode(part),
        STANDARD.decode(format!("{part}{}", &"==="[..(4 - part.len() % 4) % 4])),
    ]
    .into_iter()
    .flatten()
    .collect()
}
