//! Where access keys are kept: in a variable of the environment, or in a file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use zeroize::Zeroizing;

use super::{AccessKey, AccessKeyError};
use crate::holds_access_key;

/// Largest file that is read. An access key of the older form has about 2,300 bytes, one with the largest RSA key about 9,000.
const MAX_FILE_BYTES: u64 = 64 * 1024;

impl AccessKey {
    /// The variable that [`from_env`](Self::from_env) reads.
    pub const ENV: &str = "AUTHRESS_ACCESS_KEY";

    /// The access key in the environment variable `AUTHRESS_ACCESS_KEY`. White space around it is dropped.
    ///
    /// ```no_run
    /// let key = authress::AccessKey::from_env()?;
    /// # Ok::<(), authress::AccessKeyError>(())
    /// ```
    ///
    /// # Errors
    /// When the variable is not set, or does not hold an access key.
    pub fn from_env() -> Result<Self, AccessKeyError> {
        Self::from_env_var(Self::ENV)
    }

    /// The access key in the environment variable `name`. White space around it is dropped.
    ///
    /// ```
    /// let error = authress::AccessKey::from_env_var("A_VARIABLE_THAT_IS_NOT_SET").unwrap_err();
    /// assert!(error.to_string().contains("A_VARIABLE_THAT_IS_NOT_SET"));
    /// ```
    ///
    /// # Errors
    /// When the variable is not set, or does not hold an access key.
    pub fn from_env_var(name: &str) -> Result<Self, AccessKeyError> {
        match std::env::var(name).map(Zeroizing::new) {
            Ok(text) => text.parse(),
            // The key itself in the place of the name must not be shown.
            Err(_) if holds_access_key(name) => Err(AccessKeyError::IsWholeKey),
            Err(_) => Err(AccessKeyError::Variable(name.to_owned())),
        }
    }

    /// The access key in the file at `path`, as a secret that is mounted into a container is. White space around it, such as the line's end, is
    /// dropped.
    ///
    /// The file is read at once, which blocks the thread for as long as the disk takes.
    ///
    /// ```no_run
    /// let key = authress::AccessKey::from_file("/run/secrets/authress")?;
    /// # Ok::<(), authress::AccessKeyError>(())
    /// ```
    ///
    /// # Errors
    /// When the file cannot be read, is larger than 64 KiB, or does not hold an access key.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, AccessKeyError> {
        let unreadable = |error: std::io::Error| AccessKeyError::File(error.kind());
        let file = File::open(path).map_err(unreadable)?;
        // With its whole room from the start: a buffer that grows would leave copies of the key behind.
        let mut text = Zeroizing::new(String::with_capacity(65 * 1024));
        file.take(MAX_FILE_BYTES + 1)
            .read_to_string(&mut text)
            .map_err(unreadable)?;
        if text.len() as u64 > MAX_FILE_BYTES {
            return Err(AccessKeyError::FileTooLarge);
        }
        // Some editors write a byte order mark before the text.
        text.trim_start_matches('\u{feff}').parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";

    fn in_file(name: &str, content: &[u8]) -> Result<AccessKey, AccessKeyError> {
        let path = std::env::temp_dir().join(format!("authress-access-key-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        let key = AccessKey::from_file(&path);
        std::fs::remove_file(path).unwrap();
        key
    }

    #[test]
    fn a_file_with_a_line_end_or_a_byte_order_mark_is_read() {
        let with_mark = in_file("mark", format!("\u{feff}{KEY}\n").as_bytes());
        assert_eq!(with_mark.unwrap().client_id(), "sc_1");
        assert_eq!(
            in_file("good", format!("{KEY}\r\n").as_bytes()).unwrap().client_id(),
            "sc_1"
        );
    }

    #[test]
    fn a_file_that_holds_no_key_or_cannot_be_read_is_refused() {
        let missing = AccessKey::from_file("/nowhere/at/all").unwrap_err();
        assert_eq!(missing, AccessKeyError::File(std::io::ErrorKind::NotFound));
        assert_eq!(in_file("empty", b"").unwrap_err(), AccessKeyError::PartCount(1));
        let binary = in_file("binary", &[0xff, 0xfe]).unwrap_err();
        assert_eq!(binary, AccessKeyError::File(std::io::ErrorKind::InvalidData));
        let spaces = |count: usize| format!("{KEY}{}", " ".repeat(count - KEY.len()));
        let limit = usize::try_from(MAX_FILE_BYTES).unwrap();
        assert!(in_file("largest", spaces(limit).as_bytes()).is_ok());
        assert_eq!(
            in_file("large", spaces(limit + 1).as_bytes()).unwrap_err(),
            AccessKeyError::FileTooLarge
        );
    }

    #[test]
    fn a_variable_that_is_not_set_is_named() {
        let error = AccessKey::from_env_var("AUTHRESS_TEST_THAT_NOBODY_SETS").unwrap_err();
        assert_eq!(
            error,
            AccessKeyError::Variable("AUTHRESS_TEST_THAT_NOBODY_SETS".to_owned())
        );
    }
}
