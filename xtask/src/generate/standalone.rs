//! A crate that compiles by itself, from any description of the service.
//!
//! The hand-written half of `authress-api` does not depend on what the description holds, so it is written beside the generated half.

use std::collections::BTreeMap;
use std::path::Path;

use heck::ToKebabCase as _;

macro_rules! runtime {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../../authress-api/src/", $path)))),*]
    };
}

/// The hand-written files of `authress-api`, all but its `lib.rs`.
const RUNTIME: [(&str, &str); 17] = runtime![
    "access_key.rs",
    "base_url.rs",
    "call.rs",
    "client.rs",
    "encoded.rs",
    "error/answer.rs",
    "error/mod.rs",
    "error/not_as_described.rs",
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
zeroize = { version = "1", default-features = false, features = ["alloc", "serde"] }

[dev-dependencies]
jsonschema = { version = "0.61", default-features = false }

[lints.rust]
# A description need not use every part of the hand-written half.
dead_code = "allow"

[workspace]
"#;

/// The files of the crate besides `src/generated`, by path below its directory.
pub(super) fn files(directory: &Path, title: &str) -> BTreeMap<String, String> {
    let package = package_name(directory);
    // The examples in the documentation name the crate.
    let in_code = package.replace('-', "_");
    let of_the_crate = |code: &str| code.replace("authress_api::", &format!("{in_code}::"));
    let runtime = RUNTIME
        .iter()
        .map(|(path, code)| (format!("src/{path}"), of_the_crate(code)));
    let mut files: BTreeMap<String, String> = runtime.collect();
    // The crate's own documentation speaks of operations that another description may lack.
    let code: Vec<&str> = LIB.lines().filter(|line| !line.starts_with("//!")).collect();
    files.insert(
        "src/lib.rs".to_owned(),
        format!("//! Client for {title}.\n{}\n", code.join("\n")),
    );
    files.insert("Cargo.toml".to_owned(), MANIFEST.replace("PACKAGE", &package));
    files
}

/// A name for the package: that of its directory where Rust can have it.
fn package_name(directory: &Path) -> String {
    let name = directory
        .file_name()
        .map(|name| name.to_string_lossy().to_kebab_case())
        .unwrap_or_default();
    let in_code = name.replace('-', "_");
    if name.is_ascii() && syn::parse_str::<syn::Ident>(&in_code).is_ok() {
        name
    } else {
        "api-client".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_called_as_its_directory_where_rust_can_have_that() {
        for (directory, name) in [
            ("/tmp/my_client", "my-client"),
            ("MyClient", "my-client"),
            ("crate", "api-client"),
            ("7", "api-client"),
            ("..", "api-client"),
            ("é", "api-client"),
        ] {
            assert_eq!(package_name(Path::new(directory)), name, "{directory}");
        }
    }

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
