//! Files: seeds, which people write and commit, and the data file, in which a server keeps its state over restarts.

mod atomic;
mod data;
mod format;
mod saver;
mod strict;

use std::path::Path;

use crate::Error;

pub(crate) use self::data::{Data, DataFile, Key, OldKey};
pub use self::format::SeedFormat;
pub(crate) use self::saver::Saver;
pub(crate) use self::strict::Strict;

/// Writes a text that is no secret to a file, whole or not at all.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<(), Error> {
    let written = atomic::write(path, text.as_bytes(), false);
    written.map_err(|error| Error::io(format!("{} cannot be written", path.display()), error))
}
