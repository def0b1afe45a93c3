//! Where the workspace is, and where Cargo puts what it makes of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or_else(|| Path::new("."))
}

/// The directory for what Cargo makes.
pub(crate) fn target() -> anyhow::Result<PathBuf> {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(root())
        .args(["metadata", "--format-version", "1", "--no-deps"]);
    let said: serde_json::Value = serde_json::from_slice(&command.output()?.stdout)?;
    let target = said.get("target_directory").and_then(serde_json::Value::as_str);
    Ok(target.context("Cargo does not say where it puts things")?.into())
}
