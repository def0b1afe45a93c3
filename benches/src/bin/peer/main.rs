//! The Rust side of `benches/peers/run`: the server that everybody asks, and this SDK as one of those who take part.
//!
//! - `peer serve`: the server. It first writes a line of JSON with what the others need: see `setting.rs`.
//! - `peer take-part`: this SDK, and the bare libraries below it. It reads what to do from its input, a line of JSON each, and answers likewise.
//! - `peer decide URL ACCESS_KEY`: a process that makes one authorization check, and `peer decide-bare URL` the same with `reqwest` alone.
//! - `peer say`: a process that only says something.

mod bare;
mod participant;
mod sdk;
mod server;
mod setting;
mod spent;

use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["say"] => {
            println!("true");
            Ok(())
        }
        ["serve"] => one_thread()?.block_on(server::serve()),
        ["take-part"] => participant::take_part(&one_thread()?),
        ["decide", url, access_key] => {
            let allowed = one_thread()?.block_on(sdk::decide(url, access_key))?;
            println!("{allowed}");
            Ok(())
        }
        ["decide-bare", url] => {
            one_thread()?.block_on(bare::decide(url))?;
            println!("true");
            Ok(())
        }
        _ => Err("serve, take-part, decide URL ACCESS_KEY, decide-bare URL, or say".into()),
    }
}

/// One thread, since the peers have no more: Node.js runs on one, and Python's threads take turns.
fn one_thread() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}
