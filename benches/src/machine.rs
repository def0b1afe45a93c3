//! What the figures were measured on.

use std::fmt;
use std::fs;
use std::process::Command;
use std::thread;

/// The machine of this run, as far as it tells.
pub struct Machine {
    processor: String,
    cores: usize,
    compiler: String,
}

impl Machine {
    /// This machine.
    #[must_use]
    pub fn this() -> Self {
        let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = about.lines().find_map(|line| line.strip_prefix("model name"));
        let processor = model.map_or(std::env::consts::ARCH, |name| name.trim_start_matches([' ', '\t', ':']));
        let compiler = Command::new("rustc").arg("--version").output();
        let compiler = compiler.ok().and_then(|said| String::from_utf8(said.stdout).ok());
        Self {
            processor: processor.to_owned(),
            cores: thread::available_parallelism().map_or(1, Into::into),
            compiler: compiler.map_or_else(|| "rustc unknown".to_owned(), |version| version.trim().to_owned()),
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            processor,
            cores,
            compiler,
        } = self;
        write!(f, "{processor}, {cores} cores, {}, {compiler}", std::env::consts::OS)
    }
}
