//! The command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use authress_local::{AuthressLocal, Builder};
use clap::{Args, Parser, Subcommand};

/// A local Authress that really evaluates permissions.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until Ctrl-C; the same as no command at all.
    Serve(Serve),
}

#[derive(Args)]
pub(crate) struct Serve {
    /// The port to listen on; 0 for any that is free.
    #[arg(long, default_value_t = 8888)]
    port: u16,
    /// The address to listen on. Beyond this machine, anybody who reaches it can ask.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) host: IpAddr,
    /// Another URL by which clients reach it, as a scheme and a host with a port: its name in a network of containers, say. Tokens may be for it.
    #[arg(long, value_name = "URL")]
    url: Vec<String>,
    /// A file with the state to begin with: JSON when its name ends in .json, else YAML. It is never written.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// A file in which the state and the keys are kept over restarts. A seed counts only while it is not there yet.
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// Let every caller with a good token manage everything.
    #[arg(long)]
    permissive: bool,
    /// Say each request on the standard error, in a line: time, request, status, caller, and how a check was decided.
    #[arg(long)]
    log: bool,
    /// Have the page at /_local also when others than this machine may reach it. It shows and changes everything, and asks for no token.
    #[arg(long)]
    pub(crate) page: bool,
}

impl Arguments {
    pub(crate) fn serve(self) -> Serve {
        match self.command {
            Some(Command::Serve(serve)) => serve,
            None => self.serve,
        }
    }
}

impl Serve {
    /// The server that is asked for; each line of its log goes to `log` if it is wanted.
    pub(crate) fn builder(&self, log: impl Fn(&str) + Send + Sync + 'static) -> Builder {
        let mut builder = AuthressLocal::builder()
            .host(self.host)
            .port(self.port)
            .permissive(self.permissive)
            .log(true);
        for url in &self.url {
            builder = builder.also_at(url);
        }
        if let Some(path) = &self.seed {
            builder = builder.seed_file(path);
        }
        if let Some(path) = &self.data {
            builder = builder.data_file(path);
        }
        if self.log {
            builder = builder.on_request(log);
        }
        if self.page {
            builder = builder.page(true);
        }
        builder
    }

    pub(crate) fn has_page(&self) -> bool {
        self.page || self.host.is_loopback()
    }
}
