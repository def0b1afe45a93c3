//! `cargo xtask spec fetch`: the service's description, downloaded with limits, checked and compared before anything is replaced.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use clap::Args;
use reqwest::Url;
use serde_json::Value;

use super::{diff, taken};
use crate::document::{Document, MAX_BYTES, default_path, shown};
use crate::generate::{refusals, write_whole};
use crate::problem::{Problem, Problems};

/// Where the service publishes its description.
const URL: &str = "https://api.authress.io/";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(60);

/// Arguments of the command.
#[derive(Args)]
pub(crate) struct Fetch {
    /// Where the description is.
    #[arg(long, default_value = URL)]
    url: String,
    /// Replace the project's description with it.
    #[arg(long)]
    write: bool,
}

/// Runs the command: 0 when the description could be had, whatever differs.
pub(super) fn run(command: &Fetch) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let name = without_credentials(&command.url);
    let bytes = runtime.block_on(download(&command.url)).with_context(|| name.clone())?;
    let kept = kept(&name, &bytes)?;
    let fetched = taken(Document::decode(&name, bytes)?)?;

    let path = default_path();
    match Document::load(&path).map_err(anyhow::Error::from).and_then(taken) {
        Ok(ours) => print!("{}", diff::Report(&diff::diff(&ours.value, &fetched.value))),
        Err(error) => println!("not compared: {error:#}"),
    }
    if command.write {
        // What replaces the project's description must become code as that did.
        Problems::none_of(refusals(&fetched))?;
        write_whole(&path, &kept)?;
        println!("{}: replaced; run `cargo xtask generate`", shown(&path));
    } else {
        println!("{}: not changed; `--write` replaces it", shown(&path));
    }
    Ok(ExitCode::SUCCESS)
}

/// A URL as people are told it: without the user and password that may be in it.
fn without_credentials(url: &str) -> String {
    let Ok(mut parsed) = Url::parse(url) else {
        // Of what is no URL nobody knows where they end, save that it is before an `@`.
        return url.rsplit_once('@').map_or(url, |(_, rest)| rest).to_owned();
    };
    if parsed.username().is_empty() && parsed.password().is_none() {
        return url.to_owned();
    }
    // Only URLs without host, which have no user either, do not take these.
    let removed = parsed.set_username("").and_then(|()| parsed.set_password(None));
    removed.map_or_else(|()| String::new(), |()| parsed.to_string())
}

async fn download(url: &str) -> anyhow::Result<Vec<u8>> {
    let client = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT)
        .user_agent(concat!("authress-rust-xtask/", env!("CARGO_PKG_VERSION")))
        .build()?;
    let said = |error: reqwest::Error| anyhow::Error::new(error.without_url());
    let request = client.get(url).header("accept", "application/json, application/yaml");
    let mut answer = request.send().await.map_err(said).context("cannot be fetched")?;
    ensure!(answer.status().is_success(), "answered {}", answer.status());
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(said).context("broke off")? {
        bytes.extend_from_slice(&chunk);
        let within = u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_BYTES);
        ensure!(within, "is larger than {} MiB", MAX_BYTES / 1024 / 1024);
    }
    Ok(bytes)
}

/// The text that is kept: YAML as it came, JSON written as YAML, since people read and compare the file; neither with a byte order mark.
fn kept(name: &str, bytes: &[u8]) -> anyhow::Result<String> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return Ok(text.to_owned());
    };
    let yaml = serde_saphyr::to_string(&value).with_context(|| format!("writing {name} as YAML"))?;
    // Nothing that a reader of YAML would take for something else may slip in.
    let same = Document::parse(name, &yaml).is_ok_and(|again| again.value == value);
    ensure!(
        same,
        Problem::new(
            name,
            None,
            "cannot be written as YAML without a change",
            "save it as YAML by hand"
        )
    );
    Ok(yaml)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_is_kept_as_yaml_that_says_the_same() {
        let value = json!({
            "openapi": "3.0.3", "version": "1.10", "no": "no", "t": "true", "n": null, "s": "~", "x": "a: b # c", "lines": "a\nb\n",
            "pattern": "^[a-z\\d]+$", "200": {"list": [1, "1", 1.5, [], {}]}, "e": "", "date": "2020-01-01",
        });
        let yaml = kept("a.json", value.to_string().as_bytes()).unwrap();
        assert!(!yaml.starts_with('{'), "{yaml}");
        assert_eq!(Document::parse("a.yaml", &yaml).unwrap().value, value);
        let with_mark = format!("\u{feff}{value}");
        assert_eq!(kept("a.json", with_mark.as_bytes()).unwrap(), yaml);
    }

    #[test]
    fn users_and_passwords_of_urls_are_not_told() {
        for (url, told) in [
            ("https://api.authress.io/", "https://api.authress.io/"),
            ("https://example.com/a@b?c", "https://example.com/a@b?c"),
            ("http://user:secretpw@example.com/a@b?c", "http://example.com/a@b?c"),
            ("http://user:p@ss@example.com", "http://example.com/"),
            ("https://token@example.com:8080#x", "https://example.com:8080/#x"),
            ("http:\\\\user:pw@example.com", "http://example.com/"),
            ("http:user:pw@example.com", "http://example.com/"),
            ("http://user:secret/pw@example.com", "example.com"),
            ("user@example.com/spec", "example.com/spec"),
            ("not a url", "not a url"),
        ] {
            assert_eq!(without_credentials(url), told);
        }
    }

    #[test]
    fn yaml_is_kept_as_it_came() {
        let yaml = "# says more\nopenapi: 3.0.3\n";
        assert_eq!(kept("a.yaml", yaml.as_bytes()).unwrap(), yaml);
    }
}
