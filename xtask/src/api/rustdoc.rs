//! This program in the place of `rustdoc`, which alone is allowed unstable options.
//!
//! They are allowed by a variable. If Cargo had it as well, some build scripts would run again, and every crate above them would be compiled again: now,
//! and once more when the variable is gone.

use std::env;
use std::ffi::OsString;
use std::io;
use std::process::{Command, ExitCode};

/// Names the real one, and says that this program stands in for it.
const REAL: &str = "AUTHRESS_XTASK_RUSTDOC";

/// Has Cargo, which is `command`, run this program where it would run `rustdoc`.
pub(super) fn stand_in(command: &mut Command) -> io::Result<()> {
    let real = env::var_os("RUSTDOC").unwrap_or_else(|| OsString::from("rustdoc"));
    command.env(REAL, real).env("RUSTDOC", env::current_exe()?);
    Ok(())
}

/// Runs `rustdoc`, if it is that for which this program was started.
pub(crate) fn run_instead() -> Option<ExitCode> {
    let mut command = Command::new(env::var_os(REAL)?);
    let status = command
        .args(env::args_os().skip(1))
        .env_remove(REAL)
        .env("RUSTC_BOOTSTRAP", "1")
        .status();
    Some(match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("rustdoc could not be started: {error}");
            ExitCode::FAILURE
        }
    })
}
