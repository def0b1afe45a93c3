//! `cargo xtask api`: the public API of the published crates, as lists that are kept in the tree and that every change shows up in.
//!
//! Which types of other crates are part of it is in `foreign`, and a crate that is not named there is refused.

mod foreign;
mod listing;

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
    let compiler = compiler()?;
    if !compiler.starts_with(COMPILER) {
        println!(
            "skipped: the lists are made with rustc {COMPILER} (`RUSTUP_TOOLCHAIN={COMPILER} cargo xtask api --check`), and this is {compiler}"
        );
        return Ok(ExitCode::SUCCESS);
    }
    describe()?;
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

fn compiler() -> anyhow::Result<String> {
    let said = Command::new("rustc").arg("--version").output().context("rustc")?;
    let said = String::from_utf8(said.stdout)?;
    let version = said
        .split_whitespace()
        .nth(1)
        .context("rustc does not say its version")?;
    Ok(version.to_owned())
}

/// Has `rustdoc` describe the crates as JSON, in place of its pages.
fn describe() -> anyhow::Result<()> {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(workspace::root())
        // The JSON is not stable, which is why the compiler is named above.
        .env("RUSTC_BOOTSTRAP", "1")
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
