//! `cargo xtask generate`: from the description to `authress-api/src/generated`, `authress-local/src/generated` and
//! `authress-mocks/src/generated`, or to a crate of its own.
//!
//! The way: load → what cannot be taken is refused (`spec::unsupported`) → passes over the description (`passes`) → progenitor and passes over its
//! code (`code`) → one run of rustfmt → compare or write (`output`). Nothing is written before everything is made. The tables that `authress-local`
//! checks requests against (`tables`) are made from the description without the passes.

mod code;
mod output;
mod passes;
mod standalone;
mod tables;
mod usage;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

pub(crate) use self::code::names;
pub(crate) use self::output::write_whole;
pub(crate) use self::passes::{ONE_OR_MANY, OPTIONAL_BODY};
pub(crate) use self::usage::Usage;

use self::output::Output;
use crate::document::{self, Document, shown};
use crate::problem::{Problem, Problems, one_line};
use crate::spec;
use crate::workspace;

/// The version that Cargo.toml pins; part of the first line of every generated file.
const PROGENITOR: &str = "0.15.1";

/// Generate the raw client from the description of the API.
#[derive(Args)]
pub(crate) struct Generate {
    /// Compare instead of writing: name what differs and exit with 1.
    #[arg(long)]
    check: bool,
    /// Another description, JSON or YAML, OpenAPI 3.0 or 3.1.
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,
    /// Where the crate made from `--spec` goes.
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(command: &Generate) -> anyhow::Result<ExitCode> {
    match (&command.spec, &command.out) {
        (Some(spec), Some(out)) => standalone_crate(spec, out, command.check),
        _ => workspace_crate(command.check),
    }
}

fn workspace_crate(check: bool) -> anyhow::Result<ExitCode> {
    let document = loaded(&document::default_path())?;
    let client = client(&document)?;
    let tables = tables::files(&document.value).map_err(|(place, what)| {
        let remedy =
            "say it in other words, or teach it to `xtask/src/generate/tables` and `authress-local/src/description`";
        let what = format!("cannot be checked by authress-local: {what}");
        Problem::new(&document.file, Some(place), what, remedy)
    })?;
    let tables = Output::formatted(tables, &header(&document, ""))?;
    let mocks = code::mocks(&document.value, &mended(&document.value))
        .map_err(|refusal| cannot_become_code(&document, refusal))?;
    let mocks = Output::formatted(mocks, &header(&document, &made_by()))?;
    let outputs = [
        ("authress-api", client),
        ("authress-local", tables),
        ("authress-mocks", mocks),
    ];
    let mut code = ExitCode::SUCCESS;
    for (package, output) in outputs {
        let target = workspace::root().join(package).join("src/generated");
        if !check {
            println!("{}: {} files changed", shown(&target), output.write(&target)?);
            continue;
        }
        let differences = output.differences(&target)?;
        let outcome = compared(&differences, &target, "cargo xtask generate");
        if !differences.is_empty() {
            code = outcome;
        }
    }
    Ok(code)
}

fn standalone_crate(spec: &Path, out: &Path, check: bool) -> anyhow::Result<ExitCode> {
    standalone::check_directory(out)?;
    let document = loaded(spec)?;
    let output = client(&document)?;
    let title = document.value.pointer("/info/title").and_then(Value::as_str);
    let files = standalone::files(out, title.unwrap_or("an API"));
    let target = out.join("src/generated");
    if check {
        let differs = |(path, text): (&String, &String)| {
            let path = out.join(path);
            let same = std::fs::read(&path).is_ok_and(|there| there == text.as_bytes());
            (!same).then(|| format!("{}: differs", shown(&path)))
        };
        let mut differences: Vec<String> = files.iter().filter_map(differs).collect();
        differences.extend(output.differences(&target)?);
        return Ok(compared(&differences, out, "the command without `--check`"));
    }
    // First, since it makes the directory one that may be written into again.
    output.write(&target)?;
    for (path, text) in &files {
        write_whole(&out.join(path), text)?;
    }
    let manifest = out.join("Cargo.toml");
    if !manifest.exists() {
        write_whole(&manifest, &standalone::manifest(out))?;
    }
    println!(
        "{}: written; build it with `cargo build --manifest-path {}`",
        out.display(),
        manifest.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// Tells what differs, if anything does.
fn compared(differences: &[String], target: &Path, remedy: &str) -> ExitCode {
    for difference in differences {
        eprintln!("{difference}");
    }
    if differences.is_empty() {
        println!("{}: up to date", shown(target));
        ExitCode::SUCCESS
    } else {
        let count = match differences.len() {
            1 => "1 file differs".to_owned(),
            count => format!("{count} files differ"),
        };
        eprintln!("{count} from what the description makes; run {remedy}");
        ExitCode::FAILURE
    }
}

/// A description of OpenAPI 3.0 as the code is made from it.
pub(crate) fn mended(document: &Value) -> Value {
    let mut mended = document.clone();
    passes::run(&mut mended);
    mended
}

/// What keeps a description, in the words of OpenAPI 3.0, from becoming code: all that is known to be unsupported, or else what the generator
/// stumbles over.
pub(crate) fn refusals(document: &Document) -> Vec<Problem> {
    let problems = spec::unsupported(document);
    if problems.is_empty() {
        sources(document).err().into_iter().collect()
    } else {
        problems
    }
}

/// The source files of `generated/`, not yet formatted, from a description that has nothing unsupported.
fn sources(document: &Document) -> Result<BTreeMap<String, String>, Problem> {
    code::files(&document.value, &mended(&document.value)).map_err(|refusal| cannot_become_code(document, refusal))
}

fn cannot_become_code(document: &Document, (place, what): code::Refusal) -> Problem {
    let what = format!("cannot become code: {what}");
    Problem::new(&document.file, place, what, "describe it in another way")
}

/// The description, in the words of OpenAPI 3.0, with nothing unsupported.
fn loaded(spec: &Path) -> anyhow::Result<Document> {
    let mut document = Document::load(spec)?;
    document::downgrade(&mut document)?;
    Problems::none_of(spec::unsupported(&document))?;
    Ok(document)
}

/// Makes all files of the raw client in memory.
fn client(document: &Document) -> anyhow::Result<Output> {
    Output::formatted(sources(document)?, &header(document, &made_by()))
}

/// What made the types in the code, for the first line of its files.
fn made_by() -> String {
    format!(", progenitor {PROGENITOR}")
}

/// The first line of every file.
fn header(document: &Document, made_by: &str) -> String {
    let name = Path::new(&document.file)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    format!(
        "// @generated by `cargo xtask generate` (xtask {}{made_by}) from {}, sha256 {}; do not edit.",
        env!("CARGO_PKG_VERSION"),
        one_line(&name),
        document.sha256(),
    )
}

/// The code for a description of OpenAPI 3.0, for tests of what makes a difference in it.
#[cfg(test)]
pub(crate) fn code(document: &Value) -> std::collections::BTreeMap<String, String> {
    code::files(document, &mended(document)).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_version_of_progenitor_is_the_pinned_one() {
        let manifest = include_str!("../../Cargo.toml");
        assert!(manifest.contains(&format!("progenitor = {{ version = \"={PROGENITOR}\"")));
    }
}
