//! The private key of an access key in its current form: standard base64 of an Ed25519 key in PKCS#8.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::AccessKeyError;
use super::private_key::PrivateKey;

/// PKCS#8 of an Ed25519 private key up to the 32 bytes of the key itself (RFC 8410 section 7).
const ED25519_PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
/// The whole length of such a key, in bytes.
const PKCS8_LENGTH: usize = 48;
/// The object identifier of Ed25519, 1.3.101.112, with its tag and length.
const ED25519_OID: [u8; 5] = [0x06, 0x03, 0x2b, 0x65, 0x70];

/// The key that `private_key` is the base64 of.
pub(super) fn read(private_key: &str) -> Result<PrivateKey, AccessKeyError> {
    let der = STANDARD.decode(private_key).map(Zeroizing::new);
    let der = der.map_err(|_| AccessKeyError::PrivateKeyNotBase64)?;
    if algorithm(&der).is_some_and(|algorithm| !algorithm.starts_with(&ED25519_OID)) {
        return Err(AccessKeyError::PrivateKeyNotEd25519);
    }
    if der.len() != PKCS8_LENGTH || !der.starts_with(&ED25519_PKCS8) {
        return Err(AccessKeyError::PrivateKeyNotPkcs8);
    }
    PrivateKey::ed25519(&der).map_err(|_| AccessKeyError::PrivateKeyNotPkcs8)
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
