//! A crate that compiles by itself, from any description of the service.
//!
//! The hand-written half of `authress-api` does not depend on what the description holds, so it is written beside the generated half.

use std::collections::BTreeMap;

macro_rules! runtime {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../../authress-api/src/", $path)))),*]
    };
}

/// The hand-written files of `authress-api`, all but its `lib.rs`.
const RUNTIME: [(&str, &str); 15] = runtime![
    "base_url.rs",
    "call.rs",
    "client.rs",
    "encoded.rs",
    "error/answer.rs",
    "error/mod.rs",
    "open_enum.rs",
    "operation.rs",
    "path.rs",
    "request.rs",
    "response.rs",
    "secret.rs",
    "tolerance.rs",
    "tolerant.rs",
    "transport.rs",
];

const LIB: &str = include_str!("../../../authress-api/src/lib.rs");

const MANIFEST: &str = r#"# Written by `cargo xtask generate --spec --out`; edit it as you like.
[package]
name = "PACKAGE"
version = "0.1.0"
edition = "2024"
rust-version = "1.88"

[features]
default = ["rustls"]
rustls = ["reqwest/rustls"]
native-tls = ["reqwest/native-tls"]
schemars = ["dep:schemars"]

[dependencies]
bytes = "1"
chrono = { version = "0.4", default-features = false, features = ["serde", "std"] }
http = "1"
percent-encoding = "2"
reqwest = { version = "0.13", default-features = false }
schemars = { version = "1", default-features = false, features = ["chrono04", "derive", "std"], optional = true }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
zeroize = "1"

[workspace]
"#;

/// The files of the crate besides `src/generated`, by path below its directory.
pub(super) fn files(package: &str, title: &str) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = RUNTIME
        .iter()
        .map(|(path, code)| (format!("src/{path}"), (*code).to_owned()))
        .collect();
    // The crate's own documentation speaks of operations that another description may lack.
    let code: Vec<&str> = LIB.lines().filter(|line| !line.starts_with("//!")).collect();
    files.insert(
        "src/lib.rs".to_owned(),
        format!("//! Client for {title}.\n{}\n", code.join("\n")),
    );
    files.insert("Cargo.toml".to_owned(), MANIFEST.replace("PACKAGE", package));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hand_written_file_is_copied() {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../authress-api/src");
        let mut there = Vec::new();
        let mut open = vec![std::path::PathBuf::from(source)];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let below = path.strip_prefix(source).unwrap().to_string_lossy().replace('\\', "/");
                match () {
                    () if below == "generated" || below == "lib.rs" => {}
                    () if path.is_dir() => open.push(path),
                    () => there.push(below),
                }
            }
        }
        there.sort();
        assert_eq!(there, RUNTIME.map(|(path, _)| path.to_owned()));
    }
}
