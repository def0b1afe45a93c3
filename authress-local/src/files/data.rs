//! The data file: the state and the keys of a server, which it goes on with after a restart.
//!
//! Its first line is about the rest: which version wrote it, how long it is, and its SHA-256. So a file that was cut off or altered is known, and
//! refused: it is read by nobody and overwritten by nobody.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::PathBuf;

use authress_api::Secret;
use aws_lc_rs::digest::{SHA256, digest};
use chrono::{DateTime, Utc};
use fs4::FileExt;
use serde::{Deserialize, Serialize};

use super::atomic;
use crate::Error;
use crate::store::Seed;

/// The version of the file's form.
const VERSION: u32 = 1;

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    authress_local_data: u32,
    length: usize,
    sha256: String,
}

/// What a server goes on with.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Data {
    pub(crate) account_id: String,
    pub(crate) account_created: DateTime<Utc>,
    /// The key of the account that signs.
    pub(crate) account_key: Key,
    /// Those before it whose tokens are still good, the latest first.
    pub(crate) old_account_keys: Vec<OldKey>,
    /// The access key of the first service client.
    pub(crate) owner_access_key: Secret,
    pub(crate) state: Seed,
}

/// A key pair.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Key {
    pub(crate) key_id: String,
    /// Base64 of PKCS#8.
    pub(crate) private_key: Secret,
}

/// The public half of a key.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct OldKey {
    pub(crate) key_id: String,
    /// Base64 of SPKI.
    pub(crate) public_key: String,
}

/// A data file that is this server's alone for as long as this lives.
#[derive(Debug)]
pub(crate) struct DataFile {
    path: PathBuf,
    /// Locked. It stands beside the file, since that is another one after each write; it stays when the server stops.
    _lock: File,
}

impl DataFile {
    /// Takes the file, which need not be there yet.
    ///
    /// # Errors
    /// When another server has it, or its directory cannot be written to.
    pub(crate) fn take(path: PathBuf) -> Result<Self, Error> {
        // Written is the file that a link leads to: the link stays, and whoever comes by another way finds the same lock.
        let path = match path.is_symlink().then(|| fs::canonicalize(&path)) {
            Some(Ok(file)) => file,
            _ => path,
        };
        let beside = atomic::beside(&path, "lock");
        let cannot = |error| Error::io(format!("the data file {} cannot be used", path.display()), error);
        let lock = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(beside)
            .map_err(cannot)?;
        // By the trait: the method of the standard library is newer than the oldest Rust that this builds with.
        match FileExt::try_lock(&lock) {
            Ok(()) => Ok(Self { path, _lock: lock }),
            Err(fs4::TryLockError::WouldBlock) => {
                let title = format!("the data file {} belongs to a server that is running", path.display());
                Err(Error::new(title))
            }
            Err(fs4::TryLockError::Error(error)) => Err(cannot(error)),
        }
    }

    /// What the file holds, if it is there.
    ///
    /// # Errors
    /// When it cannot be read, or is damaged.
    pub(crate) fn read(&self) -> Result<Option<Data>, Error> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let title = format!("the data file {} cannot be read", self.path.display());
                return Err(Error::io(title, error));
            }
        };
        parse(&bytes).map(Some).map_err(|what| {
            let path = self.path.display();
            Error::new(format!(
                "the data file {path} {what}; it is left as it is: put back a good copy, or move it away to begin anew"
            ))
        })
    }

    /// Puts `data` in the place of what the file holds.
    ///
    /// # Errors
    /// When it cannot be written; then it holds what it held.
    pub(crate) fn write(&self, data: &Data) -> Result<(), Error> {
        let cannot = |error| {
            Error::io(
                format!("the data file {} cannot be written", self.path.display()),
                error,
            )
        };
        let body = serde_json::to_vec_pretty(data).map_err(|error| cannot(error.into()))?;
        let head = Head {
            authress_local_data: VERSION,
            length: body.len(),
            sha256: sha256(&body),
        };
        let mut bytes = serde_json::to_vec(&head).map_err(|error| cannot(error.into()))?;
        bytes.push(b'\n');
        bytes.extend(body);
        atomic::write(&self.path, &bytes, true).map_err(cannot)
    }
}

fn parse(bytes: &[u8]) -> Result<Data, String> {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (head, body) = end
        .and_then(|end| Some((bytes.get(..end)?, bytes.get(end + 1..)?)))
        .ok_or("is damaged: it has no first line that says what it is")?;
    let head: Head =
        serde_json::from_slice(head).map_err(|_| "is damaged: its first line does not say what it is".to_owned())?;
    if head.authress_local_data != VERSION {
        return Err(format!(
            "is of version {}, and this program reads version {VERSION}",
            head.authress_local_data
        ));
    }
    if head.length != body.len() {
        return Err(format!("is damaged: {} of {} bytes are there", body.len(), head.length));
    }
    if head.sha256 != sha256(body) {
        return Err("is damaged: it is not what was written".to_owned());
    }
    serde_json::from_slice(body).map_err(|error| format!("does not hold the state of a server: {error}"))
}

fn sha256(bytes: &[u8]) -> String {
    let digest = digest(&SHA256, bytes);
    digest
        .as_ref()
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Data {
        Data {
            account_id: "acc".into(),
            account_created: DateTime::default(),
            account_key: Key {
                key_id: "k".into(),
                private_key: Secret::from("s"),
            },
            old_account_keys: Vec::new(),
            owner_access_key: Secret::from("a.b.c.d"),
            state: Seed::default(),
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_file_stays_one_and_is_no_second_way_to_it() {
        let directory = tempfile::tempdir().unwrap();
        let [path, link] = ["data.json", "link.json"].map(|name| directory.path().join(name));
        DataFile::take(path.clone()).unwrap().write(&data()).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let other = Data {
            account_id: "other".into(),
            ..data()
        };
        let file = DataFile::take(link.clone()).unwrap();
        assert!(DataFile::take(path.clone()).is_err());
        file.write(&other).unwrap();
        drop(file);
        assert!(link.is_symlink());
        let read = DataFile::take(path).unwrap().read().unwrap().unwrap();
        assert_eq!(read.account_id, "other");
    }

    #[test]
    fn what_was_written_is_read_and_a_new_file_is_empty() {
        let directory = tempfile::tempdir().unwrap();
        let file = DataFile::take(directory.path().join("data.json")).unwrap();
        assert!(file.read().unwrap().is_none());
        for account in ["one", "two"] {
            let data = Data {
                account_id: account.into(),
                ..data()
            };
            file.write(&data).unwrap();
            assert_eq!(file.read().unwrap().unwrap().account_id, account);
        }
    }

    #[test]
    fn a_file_that_is_cut_off_or_altered_anywhere_is_refused_and_left_as_it_is() {
        let directory = tempfile::tempdir().unwrap();
        let file = DataFile::take(directory.path().join("data.json")).unwrap();
        file.write(&data()).unwrap();
        let good = fs::read(&file.path).unwrap();
        let cut = (0..good.len()).map(|length| good[..length].to_vec());
        let altered = (0..good.len()).map(|place| {
            let mut bytes = good.clone();
            bytes[place] ^= 1;
            bytes
        });
        let longer = [[&good[..], b"\n"].concat()];
        for bad in cut.chain(altered).chain(longer) {
            fs::write(&file.path, &bad).unwrap();
            let error = file.read().err().unwrap().to_string();
            assert!(error.contains("is left as it is"), "{error}");
            assert_eq!(fs::read(&file.path).unwrap(), bad);
        }
    }

    #[test]
    fn a_file_of_a_server_that_is_running_is_not_taken() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("data.json");
        let first = DataFile::take(path.clone()).unwrap();
        let error = DataFile::take(path.clone()).unwrap_err().to_string();
        assert!(error.ends_with("belongs to a server that is running"), "{error}");
        drop(first);
        DataFile::take(path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_the_file_which_holds_keys() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = tempfile::tempdir().unwrap();
        let file = DataFile::take(directory.path().join("data.json")).unwrap();
        file.write(&data()).unwrap();
        assert_eq!(fs::metadata(&file.path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
