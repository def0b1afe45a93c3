//! `authress-local`: a local Authress as a program.

mod arguments;
mod signals;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use authress_local::AuthressLocal;
use clap::Parser;

use self::arguments::{Arguments, Serve};
use self::signals::Signals;

#[tokio::main]
async fn main() -> ExitCode {
    let serve = Arguments::parse().serve();
    // Before anything is said: whoever has read where it listens can end it.
    let signals = match Signals::new() {
        Ok(signals) => signals,
        Err(error) => return failure(&format!("signals cannot be waited for: {error}")),
    };
    let local = match serve.builder(complain).start().await {
        Ok(local) => local,
        Err(error) => {
            let cause = std::error::Error::source(&error)
                .map(|cause| format!(": {cause}"))
                .unwrap_or_default();
            return failure(&format!("{error}{cause}"));
        }
    };
    if !serve.host.is_loopback() {
        let page = if serve.has_page() {
            ", and see and change everything at /_local"
        } else {
            ""
        };
        complain(&format!(
            "Warning: {} is not only this machine. There is no TLS, and anybody who reaches it can ask{page}.",
            serve.host
        ));
    }
    match greet(&mut io::stdout().lock(), &local, &serve) {
        Ok(()) => wait(local, signals).await,
        // Whoever started it has gone away; nobody is left to tell.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => failure(&format!("the standard output cannot be written to: {error}")),
    }
}

/// Says where the server is and how to begin.
fn greet(out: &mut impl Write, local: &AuthressLocal, serve: &Serve) -> io::Result<()> {
    let (url, access_key, token) = (local.url(), local.owner_access_key(), local.user_token("alice"));
    write!(
        out,
        "A local Authress listens at {url}

An access key to begin with; its service client may do everything:
  {access_key}

May alice read documents/42?
  curl -i -H 'Authorization: Bearer {token}' {url}/v1/users/alice/resources/documents%2F42/permissions/read
"
    )?;
    if serve.has_page() {
        write!(
            out,
            r#"
From now on she may:
  curl -H 'Content-Type: application/json' -d '{{"userId": "alice", "resourceUri": "documents/42", "permission": "read"}}' {url}/_local/grant

Who can do what, and why:
  {url}/_local
"#
        )?;
    }
    match &serve.data {
        Some(path) => writeln!(out, "\nCtrl-C stops it; everything is kept in {}.", path.display())?,
        None => writeln!(out, "\nCtrl-C stops it; nothing is kept.")?,
    }
    out.flush()
}

/// Serves until a signal, then finishes what has begun; a second signal does not wait for that.
async fn wait(local: AuthressLocal, mut signals: Signals) -> ExitCode {
    signals.next().await;
    tokio::select! {
        () = local.stop() => ExitCode::SUCCESS,
        code = signals.next() => ExitCode::from(code),
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
