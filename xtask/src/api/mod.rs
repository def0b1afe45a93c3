//! `cargo xtask api`: the public API of the published crates, as lists that are kept in the tree and that every change shows up in.
//!
//! Which types of other crates are part of it is in `foreign`, and a crate that is not named there is refused.

mod foreign;
mod listing;
pub(crate) mod rustdoc;

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail, ensure};
use clap::Args;

use crate::workspace;

/// The compiler whose description of a crate the listing reads: the form changes with nearly every version.
const COMPILER: &str = "1.95";

/// Write the public API of each published crate to `public-api.txt` beside its manifest.
#[derive(Args)]
pub(crate) struct Api {
    /// Change nothing; fail when a list is not up to date.
    #[arg(long)]
    check: bool,
}

/// The published crates.
const PUBLISHED: [&str; 5] = [
    "authress-api",
    "authress",
    "authress-aws-kms",
    "authress-local",
    "authress-mocks",
];

/// The features with which they are documented: those of the documentation in `.ci/run`, so that what they depend on is compiled once.
const FEATURES: &str = "authress/schemars,authress/blocking,authress/opentelemetry,authress/axum";

pub(crate) fn run(api: &Api) -> anyhow::Result<ExitCode> {
    let Some(toolchain) = toolchain() else {
        println!(
            "skipped: the lists are made with rustc {COMPILER}; with rustup: `rustup toolchain install {COMPILER} --profile minimal`"
        );
        // A machine that is there to check must not leave it out.
        let must = std::env::var_os("CI").is_some();
        return Ok(if must { ExitCode::FAILURE } else { ExitCode::SUCCESS });
    };
    describe(toolchain)?;
    let documentation = workspace::target()?.join("doc");
    let mut is_good = true;
    for package in PUBLISHED {
        let described = documentation.join(format!("{}.json", package.replace('-', "_")));
        let lines = listing::of(&described)?;
        is_good &= foreign::check(package, &lines);
        is_good &= is_kept(package, &lines, api.check)?;
    }
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Where the compiler is that the lists are made with.
#[derive(Clone, Copy)]
enum Toolchain {
    /// It is the one in use.
    InUse,
    /// Rustup has it beside others.
    Named,
}

fn toolchain() -> Option<Toolchain> {
    let is_it = |command: &mut Command| {
        let said = command.arg("--version").output().ok()?;
        let said = String::from_utf8(said.stdout).ok()?;
        said.split_whitespace().nth(1)?.strip_prefix(COMPILER).map(drop)
    };
    if is_it(&mut Command::new("rustc")).is_some() {
        return Some(Toolchain::InUse);
    }
    is_it(Command::new("rustc").env("RUSTUP_TOOLCHAIN", COMPILER)).map(|()| Toolchain::Named)
}

/// Has `rustdoc` describe the crates as JSON, in place of its pages.
fn describe(toolchain: Toolchain) -> anyhow::Result<()> {
    let mut command = match toolchain {
        Toolchain::InUse => Command::new(env!("CARGO")),
        Toolchain::Named => {
            let mut command = Command::new("cargo");
            command.env("RUSTUP_TOOLCHAIN", COMPILER);
            command
        }
    };
    command
        .current_dir(workspace::root())
        // The JSON is not stable, which is why the compiler is named above.
        .env("RUSTDOCFLAGS", "-Z unstable-options --output-format json")
        .args([
            "doc",
            "--quiet",
            "--workspace",
            "--no-deps",
            "--lib",
            "--features",
            FEATURES,
        ]);
    rustdoc::stand_in(&mut command)?;
    ensure!(command.status()?.success(), "the crates could not be documented");
    Ok(())
}

/// Compares the list with the one in the tree, or writes it there.
fn is_kept(package: &str, lines: &[String], only_check: bool) -> anyhow::Result<bool> {
    let name = format!("{package}/public-api.txt");
    let file = workspace::root().join(&name);
    let kept = read(&file)?;
    let differences = listing::differences(&kept, lines);
    if differences.is_empty() {
        println!("{name}: up to date, {} lines", lines.len());
        return Ok(true);
    }
    for difference in &differences {
        println!("{difference}");
    }
    if only_check {
        println!("{name}: not up to date; `cargo xtask api` writes it");
        return Ok(false);
    }
    fs::write(&file, lines.join("\n") + "\n").with_context(|| name.clone())?;
    println!("{name}: written");
    Ok(true)
}

fn read(file: &Path) -> anyhow::Result<Vec<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => bail!("{}: {error}", file.display()),
    }
}
