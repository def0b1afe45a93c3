//! `cargo xtask spec …`: descriptions as inputs — fetched, compared, checked, counted.
//!
//! Nothing here changes a description for the generator; that is `generate::passes`.

mod diff;
mod fetch;
mod lint;
mod stats;
mod unsupported;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

pub(crate) use self::unsupported::unsupported;
use crate::document::{Document, default_path, downgrade};
use crate::problem::Problems;

#[derive(Subcommand)]
pub(crate) enum Spec {
    /// Download the service's description and show how it differs from the project's.
    Fetch(fetch::Fetch),
    /// List what was added, removed and changed between two descriptions; exit with 2 when something breaks users.
    Diff {
        /// The description before.
        old: PathBuf,
        /// The description after.
        new: PathBuf,
    },
    /// Check that references resolve, ids are unique and every operation is described.
    Lint {
        /// The description; the project's own when none is named.
        file: Option<PathBuf>,
    },
    /// Count operations, tags, schemas and parameters.
    Stats {
        /// The description; the project's own when none is named.
        file: Option<PathBuf>,
    },
}

/// Exit code for "there are changes that break users", apart from 1, which is for failures.
const BREAKS: u8 = 2;

/// Runs the command.
pub(crate) fn run(command: &Spec) -> anyhow::Result<ExitCode> {
    match command {
        Spec::Fetch(command) => fetch::run(command),
        Spec::Diff { old, new } => {
            let changes = diff::diff(&taken(Document::load(old)?)?.value, &taken(Document::load(new)?)?.value);
            print!("{}", diff::Report(&changes));
            Ok(if diff::breaks(&changes) {
                ExitCode::from(BREAKS)
            } else {
                ExitCode::SUCCESS
            })
        }
        Spec::Lint { file } => {
            let mut document = load(file.as_deref())?;
            lint::lint(&mut document)?;
            println!("{}: nothing to complain of", document.file);
            Ok(ExitCode::SUCCESS)
        }
        Spec::Stats { file } => {
            let document = load(file.as_deref())?;
            for line in stats::stats(&document.value) {
                println!("{line}");
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn load(file: Option<&Path>) -> anyhow::Result<Document> {
    Ok(Document::load(file.map_or_else(default_path, Path::to_owned))?)
}

/// The document in the words of OpenAPI 3.0, if the generator can take it.
fn taken(mut document: Document) -> anyhow::Result<Document> {
    downgrade(&mut document)?;
    Problems::none_of(unsupported(&document))?;
    Ok(document)
}
