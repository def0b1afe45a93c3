//! Chores of the workspace, run as `cargo xtask COMMAND`.
//!
//! `generate` makes the raw client from the description of the API; `spec` fetches, compares and checks descriptions; `api` lists what the crates
//! offer.

mod api;
mod document;
mod generate;
mod problem;
mod spec;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the Authress SDK for Rust")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Api(api::Api),
    Generate(generate::Generate),
    /// Fetch, compare and check descriptions of the API.
    #[command(subcommand)]
    Spec(spec::Spec),
}

fn main() -> ExitCode {
    if let Some(outcome) = api::rustdoc::run_instead() {
        return outcome;
    }
    let outcome = match Arguments::parse().command {
        Command::Api(command) => api::run(&command),
        Command::Generate(command) => generate::run(&command),
        Command::Spec(command) => spec::run(&command),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}
