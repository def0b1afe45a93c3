//! The older form of an access key: standard base64 of JSON with an RSA key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject as _;
use serde::Deserialize;
use zeroize::{Zeroize as _, Zeroizing};

use super::private_key::PrivateKey;
use super::{AccessKey, AccessKeyError, ServiceClientKey};

/// How the form begins: base64 of `{"`.
const START: &str = "eyJ";

/// The members of the JSON. Each is optional here so that the error can name what is missing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    key_id: Option<String>,
    private_key: Option<Zeroizing<String>>,
    audience: Option<String>,
    client_id: Option<String>,
}

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
    let members: Members = serde_json::from_slice(json).map_err(|_| AccessKeyError::LegacyNotJson)?;
    let member = |name, value: Option<String>| value.ok_or(AccessKeyError::LegacyMember(name));
    let key_id = member("keyId", members.key_id)?;
    let client_id = member("clientId", members.client_id)?;
    let audience = member("audience", members.audience)?;
    let pem = members.private_key.ok_or(AccessKeyError::LegacyMember("privateKey"))?;
    // `ACCOUNT.accounts.authress.io`
    let account_id = audience.split('.').next().unwrap_or_default();
    Ok(AccessKey {
        id: ServiceClientKey::new(client_id, key_id, account_id)?,
        private_key: private_key(&pem)?,
    })
}

fn private_key(pem: &str) -> Result<PrivateKey, AccessKeyError> {
    let mut der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| AccessKeyError::LegacyPrivateKey)?;
    let key = PrivateKey::rsa(der.secret_pkcs8_der());
    der.zeroize();
    key.map_err(|_| AccessKeyError::LegacyPrivateKey)
}
