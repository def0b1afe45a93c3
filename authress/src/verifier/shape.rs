//! The form of a token: which text is taken apart, into which parts. What stands in the parts is read in `header` and `payload`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::date::Date;
use super::error::TokenVerificationError;
use super::error::TokenVerificationReason::{AccessKey, Malformed, TooLarge};
use super::header::Header;
use super::payload::Payload;
use crate::holds_access_key;

/// Longest token that is looked at, in bytes.
pub(super) const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// The three parts of a token as they stand in it. Nothing is decoded, nothing verified.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) header: &'a str,
    payload: &'a str,
    signature: &'a str,
    /// What the signature is over: header and payload with the dot between (RFC 7515 section 5.2).
    pub(super) signing_input: &'a [u8],
}

impl<'a> Parts<'a> {
    /// Takes `token` apart; `token` has no scheme before it and no white space around it.
    pub(super) fn of(token: &'a str) -> Result<Self, TokenVerificationError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(TokenVerificationError::new(TooLarge));
        }
        let three_parts = || {
            // No access key has three parts.
            if holds_access_key(token) {
                TokenVerificationError::new(AccessKey)
            } else {
                malformed("three parts between dots")
            }
        };
        let (signing_input, signature) = token.rsplit_once('.').ok_or_else(three_parts)?;
        let (header, payload) = signing_input.split_once('.').ok_or_else(three_parts)?;
        if payload.contains('.') {
            return Err(three_parts());
        }
        Ok(Self {
            header,
            payload,
            signature,
            signing_input: signing_input.as_bytes(),
        })
    }

    pub(super) fn payload(self) -> Result<Vec<u8>, TokenVerificationError> {
        self.decoded(self.payload, "payload")
    }

    pub(super) fn signature(self) -> Result<Vec<u8>, TokenVerificationError> {
        self.decoded(self.signature, "signature")
    }

    pub(super) fn header(self) -> Result<Vec<u8>, TokenVerificationError> {
        self.decoded(self.header, "header")
    }

    /// Base64url without padding, in its one form: no other alphabet, no left-over bits (RFC 7515 section 2). No part may be empty.
    fn decoded(self, part: &str, name: &'static str) -> Result<Vec<u8>, TokenVerificationError> {
        match URL_SAFE_NO_PAD.decode(part) {
            Ok(bytes) if !bytes.is_empty() => Ok(bytes),
            // A key that lost its first part has three.
            _ if self.holds_access_key() => Err(TokenVerificationError::new(AccessKey)),
            _ => Err(malformed(name)),
        }
    }

    fn holds_access_key(self) -> bool {
        [self.header, self.payload, self.signature]
            .into_iter()
            .any(holds_access_key)
    }
}

pub(super) fn malformed(part: &'static str) -> TokenVerificationError {
    TokenVerificationError::at(Malformed, part)
}

/// What a token claims. Nothing is verified but the form: whoever uses it must leave the verification to somebody else.
pub(crate) struct Claimed {
    /// Whom it is of, when that is a text that is not empty.
    pub(crate) subject: Option<String>,
    /// When it ends, in seconds since the Unix epoch, when that is a number.
    pub(crate) expires_at: Option<u64>,
}

impl Claimed {
    pub(crate) fn by(token: &str) -> Result<Self, TokenVerificationError> {
        let parts = Parts::of(token)?;
        Header::parse(&parts.header()?).ok_or_else(|| malformed("header"))?;
        let payload = parts.payload()?;
        parts.signature()?;
        let payload = Payload::parse(&payload).ok_or_else(|| malformed("payload"))?;
        Ok(Self {
            subject: payload.subject().map(str::to_owned),
            expires_at: match payload.expires_at {
                Date::Seconds(seconds) => Some(seconds),
                Date::Absent | Date::Other => None,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_parts_of_strict_base64url_with_two_objects_are_taken_apart() {
        let object = "e30";
        assert!(Claimed::by(&format!("{object}.{object}.c2ln")).is_ok());
        for token in [
            String::new(),
            ".".to_owned(),
            "..".to_owned(),
            object.to_owned(),
            format!("{object}.{object}"),
            format!("{object}.{object}."),
            format!("{object}..c2ln"),
            format!(".{object}.c2ln"),
            format!("{object}.{object}.c2ln.c2ln"),
            format!("{object}.{object}.c2ln."),
            format!("{object}=.{object}.c2ln"),
            format!("{object}.{object}=.c2ln"),
            format!("{object}.{object}.c2lnYQ=="),
            // Left-over bits: `e31` decodes to the same bytes as `e30` with a lenient decoder.
            format!("e31.{object}.c2ln"),
            format!("{object}.{object}.c2lnYR"),
            format!("{object}.{object}.c2+n"),
            format!("{object}.{object}.c2/n"),
            format!("{object}.{object}.c2 ln"),
            format!("{object} .{object}.c2ln"),
            format!("{object}.\n{object}.c2ln"),
            // An array, a text and a number instead of an object.
            format!("W10.{object}.c2ln"),
            format!("{object}.ImEi.c2ln"),
            format!("{object}.MQ.c2ln"),
        ] {
            let error = Claimed::by(&token).err().unwrap();
            assert_eq!(error.reason(), Malformed, "{token:?}");
        }
    }

    #[test]
    fn a_token_over_the_limit_is_refused_by_its_length() {
        let signature = |length: usize| format!("e30.e30.{}", "A".repeat(length - "e30.e30.".len()));
        assert!(Parts::of(&signature(MAX_TOKEN_BYTES)).is_ok());
        let error = Parts::of(&signature(MAX_TOKEN_BYTES + 1)).err().unwrap();
        assert_eq!(error.reason(), TooLarge);
    }
}
