//! The access key of a service client: how its text is read, and what is refused. What is made with it is in `token_provider`.

mod current;
mod error;
mod id;
mod legacy;
mod private_key;
mod source;

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

pub use self::error::AccessKeyError;
pub use self::id::ServiceClientKey;
pub(crate) use self::private_key::PrivateKey;
use crate::{Secret, bearer_token, holds_access_key};

/// The access key of a service client, read and checked.
///
/// Its text is `CLIENT_ID.KEY_ID.ACCOUNT_ID.PRIVATE_KEY`, where the last part is the standard base64 of an Ed25519 private key in PKCS#8. White
/// space around it is dropped. Keys of the older form, base64 of JSON with an RSA key, are read as well. The key never leaves the process: it signs
/// tokens, and `Debug` does not show it.
///
/// ```
/// use authress::AccessKey;
///
/// let key: AccessKey = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt".parse()?;
/// assert_eq!((key.client_id(), key.key_id(), key.account_id()), ("sc_1", "k1", "acc_1"));
/// assert!(!format!("{key:?}").contains("KuU4"));
/// # Ok::<(), authress::AccessKeyError>(())
/// ```
///
/// It cannot be printed by accident, nor turned into text again:
///
/// ```compile_fail,E0277
/// # let key: authress::AccessKey = "".parse().unwrap();
/// println!("{key}");
/// ```
///
/// ```compile_fail,E0277
/// # let key: authress::AccessKey = "".parse().unwrap();
/// let text = serde_json::to_string(&key);
/// ```
#[derive(Clone)]
pub struct AccessKey {
    id: ServiceClientKey,
    private_key: PrivateKey,
}

impl AccessKey {
    /// The id of the service client.
    pub fn client_id(&self) -> &str {
        self.id.client_id()
    }

    /// The id of this key among the keys of the service client.
    pub fn key_id(&self) -> &str {
        self.id.key_id()
    }

    /// The account that the service client belongs to.
    pub fn account_id(&self) -> &str {
        self.id.account_id()
    }

    pub(crate) fn id(&self) -> &ServiceClientKey {
        &self.id
    }

    pub(crate) fn private_key(&self) -> &PrivateKey {
        &self.private_key
    }
}

impl FromStr for AccessKey {
    type Err = AccessKeyError;

    /// Reads the text of an access key.
    fn from_str(text: &str) -> Result<Self, AccessKeyError> {
        let text = text.trim();
        if let Some(json) = legacy::json(text) {
            let key = legacy::read(&json)?;
            // With escapes in the name of its private key it can be read, but is not known again where it must not be sent.
            return if holds_access_key(text) {
                Ok(key)
            } else {
                Err(AccessKeyError::LegacyMember("privateKey"))
            };
        }
        if is_token(bearer_token(text)) {
            return Err(AccessKeyError::IsToken);
        }
        let parts: Vec<&str> = text.split('.').collect();
        let &[client_id, key_id, account_id, private_key] = parts.as_slice() else {
            return Err(AccessKeyError::PartCount(parts.len()));
        };
        let id = ServiceClientKey::new(client_id, key_id, account_id)?;
        if private_key.is_empty() {
            return Err(AccessKeyError::EmptyPart("private key"));
        }
        Ok(Self {
            id,
            private_key: current::read(private_key)?,
        })
    }
}

impl TryFrom<&str> for AccessKey {
    type Error = AccessKeyError;

    fn try_from(text: &str) -> Result<Self, AccessKeyError> {
        text.parse()
    }
}

impl TryFrom<String> for AccessKey {
    type Error = AccessKeyError;

    /// Reads the text of an access key, and overwrites it.
    fn try_from(text: String) -> Result<Self, AccessKeyError> {
        Zeroizing::new(text).parse()
    }
}

impl TryFrom<Secret> for AccessKey {
    type Error = AccessKeyError;

    fn try_from(text: Secret) -> Result<Self, AccessKeyError> {
        text.expose().parse()
    }
}

/// Whether `text` has the form of a JSON Web Token: three parts in base64url, the first an object.
fn is_token(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3 && text.starts_with("eyJ") && parts.iter().all(|part| URL_SAFE_NO_PAD.decode(part).is_ok())
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    const SEED: &str = "KuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
    const KEY: &str = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";

    fn with_key(der: &[u8]) -> String {
        format!("sc_1.k1.acc_1.{}", STANDARD.encode(der))
    }

    fn ed25519() -> Vec<u8> {
        STANDARD.decode(KEY).unwrap()
    }

    #[test]
    fn white_space_around_the_text_is_dropped() {
        for text in [format!("sc|1.k1.acc-1.{KEY}"), format!(" \t sc|1.k1.acc-1.{KEY}\r\n")] {
            let key: AccessKey = text.parse().unwrap();
            assert_eq!(
                (key.client_id(), key.key_id(), key.account_id()),
                ("sc|1", "k1", "acc-1")
            );
        }
    }

    #[test]
    fn everything_else_is_refused_by_kind() {
        let x25519 = {
            let mut der = ed25519();
            der[11] = 0x6e;
            der
        };
        let v2 = {
            let mut der = ed25519();
            der[4] = 1;
            der
        };
        // The beginnings of a P-256 key and of an RSA key.
        let p256 = [
            0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
        ];
        let rsa = [
            0x30, 0x82, 0x04, 0xbd, 0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86,
        ];
        let mut longer = ed25519();
        longer.push(0);
        let unpadded = STANDARD.encode([0_u8; 47]);
        for (text, expected) in [
            (String::new(), AccessKeyError::PartCount(1)),
            (KEY.to_owned(), AccessKeyError::PartCount(1)),
            (format!("sc_1.k1.{KEY}"), AccessKeyError::PartCount(3)),
            (format!("sc_1.k1.acc_1.x.{KEY}"), AccessKeyError::PartCount(5)),
            (format!(".k1.acc_1.{KEY}"), AccessKeyError::EmptyPart("client id")),
            (format!("sc_1..acc_1.{KEY}"), AccessKeyError::EmptyPart("key id")),
            (format!("sc_1.k1. .{KEY}"), AccessKeyError::EmptyPart("account id")),
            ("sc_1.k1.acc_1.".to_owned(), AccessKeyError::EmptyPart("private key")),
            (format!("sc_1.k1.acc_1.{KEY}*"), AccessKeyError::PrivateKeyNotBase64),
            (
                format!("sc_1.k1.acc_1.{}", KEY.replace('+', "-")),
                AccessKeyError::PrivateKeyNotBase64,
            ),
            (
                format!("sc_1.k1.acc_1.{}", unpadded.trim_end_matches('=')),
                AccessKeyError::PrivateKeyNotBase64,
            ),
            (
                format!("sc_1.k1.acc_1.{}", &KEY[..60]),
                AccessKeyError::PrivateKeyNotPkcs8,
            ),
            (with_key(&longer), AccessKeyError::PrivateKeyNotPkcs8),
            (with_key(&v2), AccessKeyError::PrivateKeyNotPkcs8),
            (with_key(b"hello"), AccessKeyError::PrivateKeyNotPkcs8),
            (with_key(&[0x30, 0xff, 0x02]), AccessKeyError::PrivateKeyNotPkcs8),
            (with_key(&x25519), AccessKeyError::PrivateKeyNotEd25519),
            (with_key(&p256), AccessKeyError::PrivateKeyNotEd25519),
            (with_key(&rsa), AccessKeyError::PrivateKeyNotEd25519),
            (
                "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhIn0.c2ln".to_owned(),
                AccessKeyError::IsToken,
            ),
            (
                "Bearer eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhIn0.c2ln".to_owned(),
                AccessKeyError::IsToken,
            ),
            (format!("sc/1.k1.acc_1.{KEY}"), AccessKeyError::InvalidPart("client id")),
            (
                format!("{}.k1.acc_1.{KEY}", "s".repeat(257)),
                AccessKeyError::PartTooLong("client id"),
            ),
            (format!("sc_1.k\n1.acc_1.{KEY}"), AccessKeyError::InvalidPart("key id")),
            (
                format!("sc_1.k1.acc/1.{KEY}"),
                AccessKeyError::InvalidPart("account id"),
            ),
        ] {
            let error = text.parse::<AccessKey>().unwrap_err();
            assert_eq!(error, expected, "{text}");
        }
    }

    #[test]
    fn no_form_of_output_shows_the_secret() {
        let key: AccessKey = format!("sc_1.k1.acc_1.{KEY}").parse().unwrap();
        let shown = format!("{key:?} {key:#?} {:?}", key.private_key());
        assert!(shown.contains("sc_1") && !shown.contains(&SEED[..8]), "{shown}");

        for text in [
            format!("k1.acc_1.{KEY}"),
            format!("sc_1.k1.acc_1.{KEY}!"),
            format!("sc_1.k1.acc_1.{}", &KEY[..60]),
        ] {
            let error = text.parse::<AccessKey>().unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(&SEED[..8]), "{shown}");
        }
        // Where something else is expected.
        let text = format!("sc_1.k1.acc_1.{KEY}");
        let shown = format!("{:?}", AccessKey::from_env_var(&text).unwrap_err());
        assert!(!shown.contains(&SEED[..8]), "{shown}");
        for ids in [[&text, "k1", "acc_1"], ["sc_1", &text, "acc_1"]] {
            let error = ServiceClientKey::new(ids[0], ids[1], ids[2]).unwrap_err();
            assert_eq!(error, AccessKeyError::IsWholeKey);
        }
    }
}
