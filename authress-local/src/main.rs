//! `authress-local`: a local Authress as a program.

use std::net::IpAddr;
use std::process::ExitCode;

use authress_local::AuthressLocal;
use clap::Parser;

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
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let builder = AuthressLocal::builder()
        .host(arguments.host)
        .port(arguments.port)
        .permissive(arguments.permissive);
    let local = match builder.start().await {
        Ok(local) => local,
        Err(error) => {
            let cause = std::error::Error::source(&error)
                .map(|cause| format!(": {cause}"))
                .unwrap_or_default();
            eprintln!("authress-local: {error}{cause}");
            return ExitCode::FAILURE;
        }
    };
    if !arguments.host.is_loopback() {
        eprintln!(
            "Warning: {} is not only this machine. There is no TLS, and anybody who reaches it can ask.",
            arguments.host
        );
    }
    let (url, token) = (local.url(), local.user_token("alice"));
    println!("A local Authress listens at {url}");
    println!();
    println!("An access key to begin with; its service client may do everything:");
    println!("  {}", local.access_key());
    println!();
    println!("May alice read documents/42? Not yet (404), and here is why:");
    println!(
        "  curl -i -H 'Authorization: Bearer {token}' {url}/v1/users/alice/resources/documents%2F42/permissions/read"
    );
    println!();
    println!("Ctrl-C stops it; nothing is kept.");
    match tokio::signal::ctrl_c().await {
        Ok(()) => {
            local.stop().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("authress-local: signals cannot be waited for: {error}");
            ExitCode::FAILURE
        }
    }
}
