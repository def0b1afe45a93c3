//! Any text as the seed of a local server: YAML, which JSON is as well, and what is JSON also from a file that says so.

#![no_main]

use std::collections::BTreeSet;
use std::error::Error as _;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, UNIX_EPOCH};

use authress_fuzz::NOW;
use authress_local::{AuthressLocal, Builder, SeedFormat};
use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::Value;
use tokio::runtime::{self, Runtime};

/// How many users, resources and permissions of a state are asked about.
const ASKED: usize = 3;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("there can be a runtime")
});
/// A file of this process alone.
static FILE: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::temp_dir().join(format!("authress-seed-files-{}.json", std::process::id())));

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(data) else {
        return Corpus::Reject;
    };
    RUNTIME.block_on(async {
        let state = begin(server().seed(text)).await;
        if serde_json::from_str::<Value>(text).is_ok() {
            std::fs::write(&*FILE, text).expect("there is room for it");
            let of_json = begin(server().seed_file(&*FILE)).await;
            // YAML is stricter in some ways, and so is JSON; what both take is the same.
            if let (Ok(state), Ok(of_json)) = (&state, &of_json) {
                assert_eq!(state, of_json, "JSON is read otherwise than as YAML");
            }
            if let Ok(of_json) = of_json {
                kept(&of_json).await;
                return;
            }
        }
        if let Ok(state) = state {
            kept(&state).await;
        }
    });
    Corpus::Keep
});

fn server() -> Builder {
    AuthressLocal::builder().clock(|| UNIX_EPOCH + Duration::from_secs(NOW))
}

/// What there is in a server: the state, which one JSON says, and some decisions.
#[derive(Debug, PartialEq)]
struct State {
    json: String,
    decisions: Vec<String>,
}

/// The state with which a server begins, or why it does not.
async fn begin(builder: Builder) -> Result<State, String> {
    let local = start(builder).await?;
    let json = snapshot(&local, SeedFormat::Json);
    let mut asked = Asked::default();
    asked.look_through(&serde_json::from_str(&json).expect("it is JSON"));
    let mut decisions = Vec::new();
    for user in &asked.users {
        for resource in &asked.resources {
            for permission in &asked.permissions {
                decisions.push(format!("{:?}", local.explain(user, resource, permission)));
            }
        }
    }
    local.stop().await;
    Ok(State { json, decisions })
}

async fn start(builder: Builder) -> Result<AuthressLocal, String> {
    builder.start().await.map_err(|error| {
        let text = error.to_string();
        // It is the seed that is wrong, not the machine.
        assert!(
            !text.is_empty() && error.source().is_none(),
            "{text}: {:?}",
            error.source()
        );
        text
    })
}

fn snapshot(local: &AuthressLocal, format: SeedFormat) -> String {
    local.snapshot(format).expect("what was read can be written")
}

/// A server that begins with a snapshot, in either format, is in the same state.
async fn kept(state: &State) {
    std::fs::write(&*FILE, &state.json).expect("there is room for it");
    let of_json = start(server().seed_file(&*FILE)).await.expect("a snapshot is a seed");
    assert_eq!(snapshot(&of_json, SeedFormat::Json), state.json);
    let yaml = snapshot(&of_json, SeedFormat::Yaml);
    of_json.stop().await;
    let of_yaml = begin(server().seed(&yaml)).await;
    assert_eq!(of_yaml.as_ref(), Ok(state), "{yaml}");
}

/// Whom and what a state speaks of.
#[derive(Default)]
struct Asked {
    users: BTreeSet<String>,
    resources: BTreeSet<String>,
    permissions: BTreeSet<String>,
}

impl Asked {
    fn look_through(&mut self, value: &Value) {
        match value {
            Value::Array(list) => list.iter().for_each(|value| self.look_through(value)),
            Value::Object(members) => {
                for (name, value) in members {
                    let names = match name.as_str() {
                        "userId" => &mut self.users,
                        "resourceUri" => &mut self.resources,
                        "action" => &mut self.permissions,
                        _ => {
                            self.look_through(value);
                            continue;
                        }
                    };
                    if let Some(text) = value.as_str().filter(|_| names.len() < ASKED) {
                        names.insert(text.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
}
