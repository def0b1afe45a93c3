//! `authress-local`: a local Authress as a program.

use std::io::{self, ErrorKind, Write};
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use authress_local::AuthressLocal;
use clap::Parser;

/// What a shell reports for a program that Ctrl-C ended: 128 and the number of the signal.
const INTERRUPTED: u8 = 130;

/// A local Authress that really evaluates permissions.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The port to listen on; 0 for any that is free.
    #[arg(long, default_value_t = 8888)]
    port: u16,
    /// The address to listen on. Beyond this machine, anybody who reaches it can ask.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Let every caller with a good token manage everything.
    #[arg(long)]
    permissive: bool,
    /// A file with the state to begin with: JSON when its name ends in .json, else YAML. It is never written.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// A file in which the state and the keys are kept over restarts. A seed counts only while it is not there yet.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut builder = AuthressLocal::builder()
        .host(arguments.host)
        .port(arguments.port)
        .permissive(arguments.permissive)
        .log(true);
    if let Some(path) = &arguments.seed {
        builder = builder.seed_file(path);
    }
    if let Some(path) = &arguments.data {
        builder = builder.data_file(path);
    }
    let local = match builder.start().await {
        Ok(local) => local,
        Err(error) => {
            let cause = std::error::Error::source(&error)
                .map(|cause| format!(": {cause}"))
                .unwrap_or_default();
            return failure(&format!("{error}{cause}"));
        }
    };
    if !arguments.host.is_loopback() {
        complain(&format!(
            "Warning: {} is not only this machine. There is no TLS, and anybody who reaches it can ask.",
            arguments.host
        ));
    }
    match greet(&mut io::stdout().lock(), &local, &arguments) {
        Ok(()) => wait(local).await,
        // Whoever started it has gone away; nobody is left to tell.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => failure(&format!("the standard output cannot be written to: {error}")),
    }
}

/// Says where the server is and how to begin.
fn greet(out: &mut impl Write, local: &AuthressLocal, arguments: &Arguments) -> io::Result<()> {
    let kept = match &arguments.data {
        Some(path) => format!("everything is kept in {}", path.display()),
        None => "nothing is kept".to_owned(),
    };
    let (url, access_key, token) = (local.url(), local.owner_access_key(), local.user_token("alice"));
    write!(
        out,
        "A local Authress listens at {url}

An access key to begin with; its service client may do everything:
  {access_key}

May alice read documents/42? Not yet (404), and here is why:
  curl -i -H 'Authorization: Bearer {token}' {url}/v1/users/alice/resources/documents%2F42/permissions/read

Ctrl-C stops it; {kept}.
"
    )?;
    out.flush()
}

/// Serves until Ctrl-C, then finishes what has begun; a second Ctrl-C does not wait for that.
async fn wait(local: AuthressLocal) -> ExitCode {
    if let Err(error) = tokio::signal::ctrl_c().await {
        return failure(&format!("signals cannot be waited for: {error}"));
    }
    tokio::select! {
        () = local.stop() => ExitCode::SUCCESS,
        _ = tokio::signal::ctrl_c() => ExitCode::from(INTERRUPTED),
    }
}

fn failure(what: &str) -> ExitCode {
    complain(&format!("authress-local: {what}"));
    ExitCode::FAILURE
}

/// Tells it on the standard error, if anybody listens there.
fn complain(what: &str) {
    let _ = writeln!(io::stderr(), "{what}");
}
