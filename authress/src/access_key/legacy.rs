//! The older form of an access key: standard base64 of JSON with an RSA key in PEM.
//!
//! The private key is read with care for what is left in memory: every buffer that it goes through has its whole room from the start and is
//! overwritten.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::private_key::PrivateKey;
use super::{AccessKey, AccessKeyError, ServiceClientKey};
use crate::json::parts;

/// How the form begins: base64 of `{"`.
const START: &str = "eyJ";
/// What stands around the base64 of a PKCS#8 key (RFC 7468 section 10).
const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

/// The JSON in `text`, when `text` is of the older form. A token begins like it, but has dots.
pub(super) fn json(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    if text.contains('.') {
        return None;
    }
    let json = STANDARD.decode(text).map(Zeroizing::new).ok();
    match json {
        Some(json) if json.trim_ascii_start().starts_with(b"{") => Some(json),
        // A damaged one is still one, and is not to be told that it has too few dots.
        _ if text.starts_with(START) => Some(Zeroizing::default()),
        _ => None,
    }
}

/// The access key in `json`.
pub(super) fn read(json: &[u8]) -> Result<AccessKey, AccessKeyError> {
    let members = parts::members(json).map_err(|_| AccessKeyError::LegacyNotJson)?;
    let member = |name| {
        let value = members.get(name).copied().filter(|value| *value != "null");
        value.ok_or(AccessKeyError::LegacyMember(name))
    };
    let string = |name| serde_json::from_str(member(name)?).map_err(|_| AccessKeyError::LegacyNotJson);
    let (key_id, client_id, audience): (String, String, String) =
        (string("keyId")?, string("clientId")?, string("audience")?);
    // As it stands: a reader of JSON would unescape it in a buffer of its own.
    let private_key = member("privateKey")?;
    // `ACCOUNT.accounts.authress.io`
    let account_id = audience.split('.').next().unwrap_or_default();
    let der = text(private_key).and_then(|pem| der(&pem));
    let der = der.ok_or(AccessKeyError::LegacyPrivateKey)?;
    Ok(AccessKey {
        id: ServiceClientKey::new(client_id, key_id, account_id)?,
        private_key: PrivateKey::rsa(&der).map_err(|_| AccessKeyError::LegacyPrivateKey)?,
    })
}

/// The text of a JSON string, with the escapes that PEM has need of.
fn text(json: &str) -> Option<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(json.len()));
    let mut rest = json.strip_prefix('"')?.strip_suffix('"')?.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next()? {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                c @ ('/' | '\\' | '"') => text.push(c),
                _ => return None,
            },
            c => text.push(c),
        }
    }
    Some(text)
}

/// The DER in `pem`.
fn der(pem: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (_, rest) = pem.split_once(PEM_BEGIN)?;
    let (lines, _) = rest.split_once(PEM_END)?;
    let mut base64 = Zeroizing::new(String::with_capacity(lines.len()));
    base64.extend(lines.split_ascii_whitespace());
    STANDARD.decode(&*base64).map(Zeroizing::new).ok()
}
