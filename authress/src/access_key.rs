//! The access key of a service client: how its text is read, and what is refused. What is made with it is in `token_provider`.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use crate::signer::Signer;

/// PKCS#8 of an Ed25519 private key up to the 32 bytes of the key itself (RFC 8410 section 7).
const ED25519_PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
/// The whole length of such a key, in bytes.
const PKCS8_LENGTH: usize = 48;
/// The object identifier of Ed25519, 1.3.101.112, with its tag and length.
const ED25519_OID: [u8; 5] = [0x06, 0x03, 0x2b, 0x65, 0x70];
/// How the older form begins: base64 of `{"keyI`.
const LEGACY_START: &str = "eyJrZXlJ";

/// The access key of a service client, read and checked.
///
/// Its text is `CLIENT_ID.KEY_ID.ACCOUNT_ID.PRIVATE_KEY`, where the last part is the standard base64 of an Ed25519 private key in PKCS#8. White
/// space around it is dropped. The key never leaves the process: it signs tokens, and `Debug` does not show it.
///
/// ```
/// use authress::AccessKey;
///
/// let key: AccessKey = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt".parse()?;
/// assert_eq!((key.client_id(), key.key_id(), key.account_id()), ("sc_1", "k1", "acc_1"));
/// assert!(!format!("{key:?}").contains("KuU4"));
/// # Ok::<(), authress::AccessKeyError>(())
/// ```
#[derive(Clone)]
pub struct AccessKey {
    client_id: String,
    key_id: String,
    account_id: String,
    signer: Signer,
}

/// Why a text is not an access key. It never holds any of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccessKeyError {
    /// There are not four parts between dots; the number that there are.
    PartCount(usize),
    /// The named part is empty.
    EmptyPart(&'static str),
    /// The private key is not standard base64.
    PrivateKeyNotBase64,
    /// The private key is not a PKCS#8 private key.
    PrivateKeyNotPkcs8,
    /// The private key is of another kind than Ed25519.
    PrivateKeyNotEd25519,
    /// The text is a JSON Web Token: what an access key makes, or what a user has.
    IsToken,
    /// The text is an access key of the older form, JSON in base64 with an RSA key.
    LegacyForm,
}

impl AccessKey {
    /// The id of the service client.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The id of this key among the keys of the service client.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The account that the service client belongs to.
    pub fn account_id(&self) -> &str {
        &self.account_id
    }

    pub(crate) fn signer(&self) -> &Signer {
        &self.signer
    }
}

impl FromStr for AccessKey {
    type Err = AccessKeyError;

    /// Reads the text of an access key.
    fn from_str(text: &str) -> Result<Self, AccessKeyError> {
        let text = text.trim();
        if is_legacy(text) {
            return Err(AccessKeyError::LegacyForm);
        }
        if is_token(text) {
            return Err(AccessKeyError::IsToken);
        }
        let parts: Vec<&str> = text.split('.').collect();
        let &[client_id, key_id, account_id, private_key] = parts.as_slice() else {
            return Err(AccessKeyError::PartCount(parts.len()));
        };
        for (name, part) in [
            ("client id", client_id),
            ("key id", key_id),
            ("account id", account_id),
            ("private key", private_key),
        ] {
            if part.trim().is_empty() {
                return Err(AccessKeyError::EmptyPart(name));
            }
        }
        Ok(Self {
            client_id: client_id.to_owned(),
            key_id: key_id.to_owned(),
            account_id: account_id.to_owned(),
            signer: signer(private_key)?,
        })
    }
}

fn signer(private_key: &str) -> Result<Signer, AccessKeyError> {
    let der = STANDARD.decode(private_key).map(Zeroizing::new);
    let der = der.map_err(|_| AccessKeyError::PrivateKeyNotBase64)?;
    if algorithm(&der).is_some_and(|algorithm| !algorithm.starts_with(&ED25519_OID)) {
        return Err(AccessKeyError::PrivateKeyNotEd25519);
    }
    if der.len() != PKCS8_LENGTH || !der.starts_with(&ED25519_PKCS8) {
        return Err(AccessKeyError::PrivateKeyNotPkcs8);
    }
    Signer::from_pkcs8(&der).map_err(|_| AccessKeyError::PrivateKeyNotPkcs8)
}

/// The bytes of a PKCS#8 structure from its algorithm's object identifier on: SEQUENCE, INTEGER of one byte, SEQUENCE (RFC 5958 section 2).
fn algorithm(der: &[u8]) -> Option<&[u8]> {
    let content = sequence(der)?;
    let content = content.strip_prefix(&[0x02, 0x01])?.get(1..)?;
    sequence(content).filter(|content| content.first() == Some(&0x06))
}

/// What follows the tag and length of a SEQUENCE.
fn sequence(der: &[u8]) -> Option<&[u8]> {
    let (length, rest) = der.strip_prefix(&[0x30])?.split_first()?;
    // In the long form the low bits say how many bytes of length follow (X.690 section 8.1.3.5).
    let more = if *length < 0x80 { 0 } else { usize::from(*length & 0x7f) };
    rest.get(more..)
}

/// Whether `text` has the form of a JSON Web Token: three parts in base64url, the first an object.
fn is_token(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3 && text.starts_with("eyJ") && parts.iter().all(|part| URL_SAFE_NO_PAD.decode(part).is_ok())
}

fn is_legacy(text: &str) -> bool {
    text.starts_with(LEGACY_START) && !text.contains('.')
}

impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey")
            .field("client_id", &self.client_id)
            .field("key_id", &self.key_id)
            .field("account_id", &self.account_id)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for AccessKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PartCount(count) => write!(
                f,
                "an access key is CLIENT_ID.KEY_ID.ACCOUNT_ID.PRIVATE_KEY, four parts between dots, and this has {count}"
            ),
            Self::EmptyPart(part) => write!(f, "its {part} is empty"),
            Self::PrivateKeyNotBase64 => f.write_str("its private key is not standard base64; was it cut or changed?"),
            Self::PrivateKeyNotPkcs8 => {
                f.write_str("its private key is not an Ed25519 key in PKCS#8; was it cut or changed?")
            }
            Self::PrivateKeyNotEd25519 => f.write_str("its private key is of another kind than Ed25519"),
            Self::IsToken => f.write_str("it is a token, not an access key; to act as a user, use `with_user_token`"),
            Self::LegacyForm => f.write_str(
                "it is an access key of the older form (JSON in base64), which is not supported; make a new key for the service client",
            ),
        }
    }
}

impl std::error::Error for AccessKeyError {}

#[cfg(test)]
mod tests {
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
                STANDARD.encode(r#"{"keyId":"k","privateKey":"p"}"#),
                AccessKeyError::LegacyForm,
            ),
        ] {
            let error = text.parse::<AccessKey>().unwrap_err();
            assert_eq!(error, expected, "{text}");
        }
    }

    #[test]
    fn no_form_of_output_shows_the_secret() {
        let key: AccessKey = format!("sc_1.k1.acc_1.{KEY}").parse().unwrap();
        let shown = format!("{key:?} {key:#?} {:?}", key.signer());
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
    }
}
