//! Why a text is not an access key, without any of the text.

use std::convert::Infallible;
use std::fmt;
use std::io;

use crate::client_id::MAX_BYTES;

/// Why a text is not an access key, or why there is no text. It never holds any of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccessKeyError {
    /// There are not four parts between dots; the number that there are.
    PartCount(usize),
    /// The named part is empty.
    EmptyPart(&'static str),
    /// The named part has characters that it cannot have.
    InvalidPart(&'static str),
    /// The named part is longer than any can be: a client id has 256 bytes at most.
    PartTooLong(&'static str),
    /// The private key is not standard base64.
    PrivateKeyNotBase64,
    /// The private key is not a PKCS#8 private key.
    PrivateKeyNotPkcs8,
    /// The private key is of another kind than Ed25519.
    PrivateKeyNotEd25519,
    /// A whole access key stands where an id or a name is expected.
    IsWholeKey,
    /// The text is a JSON Web Token: what an access key makes, or what a user has.
    IsToken,
    /// The text begins as the older form does, and is not the base64 of a JSON object with texts in it.
    LegacyNotJson,
    /// The text is of the older form, and the named member of its JSON is missing.
    LegacyMember(&'static str),
    /// The text is of the older form, and its private key is not an RSA key of 2048 to 8192 bits in PEM (PKCS#8).
    LegacyPrivateKey,
    /// The environment variable of this name is not set, or is not Unicode.
    Variable(String),
    /// The file could not be read.
    File(io::ErrorKind),
    /// The file is larger than any access key.
    FileTooLarge,
}

impl fmt::Display for AccessKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PartCount(count) => write!(
                f,
                "an access key is CLIENT_ID.KEY_ID.ACCOUNT_ID.PRIVATE_KEY, four parts between dots, and this has {count}"
            ),
            Self::EmptyPart(part) => write!(f, "the access key's {part} is empty"),
            Self::InvalidPart(part) => write!(f, "the access key's {part} has characters that it cannot have"),
            Self::PartTooLong(part) => write!(f, "the access key's {part} is longer than {MAX_BYTES} bytes"),
            Self::PrivateKeyNotBase64 => f.write_str("the access key's private key is not standard base64; was it cut or changed?"),
            Self::PrivateKeyNotPkcs8 => {
                f.write_str("the access key's private key is not an Ed25519 key in PKCS#8; was it cut or changed?")
            }
            Self::PrivateKeyNotEd25519 => f.write_str("the access key's private key is of another kind than Ed25519"),
            Self::IsWholeKey => f.write_str("an access key stands where an id or a name is expected"),
            Self::IsToken => f.write_str("this is a token, not an access key; to act as a user, use `with_user_token`"),
            Self::LegacyNotJson => {
                f.write_str("the access key is of the older form (JSON in base64), and cannot be read; was it cut or changed?")
            }
            Self::LegacyMember(member) => {
                write!(f, "the access key is of the older form (JSON in base64), and its `{member}` is missing")
            }
            Self::LegacyPrivateKey => f.write_str(
                "the access key is of the older form (JSON in base64), and its `privateKey` is not an RSA key of 2048 to 8192 bits in PEM (PKCS#8)",
            ),
            Self::Variable(name) => write!(f, "the environment variable {name} of the access key is not set, or is not Unicode"),
            Self::File(kind) => write!(f, "the file of the access key could not be read: {kind}"),
            Self::FileTooLarge => f.write_str("the file of the access key is larger than any access key"),
        }
    }
}

impl std::error::Error for AccessKeyError {}

/// What an [`AccessKey`](crate::AccessKey) becomes when it is given where a text would have to be read: that cannot fail.
impl From<Infallible> for AccessKeyError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
