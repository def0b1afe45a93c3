//! A file is written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Puts `bytes` in the place of what the file holds; when this returns, they are on the disk. Whenever the process or the machine stops, the file
/// holds all of either. `private` files can be read by their owner alone.
pub(super) fn write(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    let beside = beside(path, "tmp");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt as _;
        // One that another mode was left with would keep it.
        let _ = fs::remove_file(&beside);
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The name is in the directory, which is on the disk when it was synced too. Where directories cannot be opened (Windows), a rename is enough.
    if cfg!(unix) {
        File::open(directory(path))?.sync_all()?;
    }
    Ok(())
}

/// The path of a file beside `path`, for its own use.
pub(super) fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}
