//! The same request with the standard library alone, as bytes: see `all/start.rs`.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("URL")?;
    let address = url.trim_start_matches("http://");
    let path = "/v1/users/user-1/resources/documents%2F42/permissions/read";
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n").as_bytes())?;
    let mut answer = [0; 512];
    let read = stream.read(&mut answer)?;
    println!(
        "{}",
        answer
            .get(..read)
            .is_some_and(|answer| answer.starts_with(b"HTTP/1.1 200"))
    );
    Ok(())
}
