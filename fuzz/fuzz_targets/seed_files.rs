//! Any text as the seed of a local server: YAML, which JSON is as well, and what is JSON also from a file that says so. Bytes after a zero byte, which no
//! text of either has, are choices of which a good seed is made.

#![no_main]

use std::collections::BTreeSet;
use std::error::Error as _;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, UNIX_EPOCH};

use authress_fuzz::NOW;
use authress_fuzz::seed::{Made, id_of};
use authress_local::{AuthressLocal, Builder, Explanation, SeedFormat};
use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::{Map, Value};
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

/// Seeds of the tree with which a server begins; the others are refused.
const GOOD: [&str; 10] = [
    include_str!("../seeds/seed_files/aliases_taken"),
    include_str!("../seeds/seed_files/deleted_record"),
    include_str!("../seeds/seed_files/long_numbers"),
    include_str!("../seeds/seed_files/nothing"),
    include_str!("../seeds/seed_files/numbers"),
    include_str!("../seeds/seed_files/odd_texts"),
    include_str!("../seeds/seed_files/open_things"),
    include_str!("../seeds/seed_files/people"),
    include_str!("../seeds/seed_files/platform"),
    include_str!("../seeds/seed_files/service"),
];

fuzz_target!(|data: &[u8]| -> Corpus {
    if let [0, is_yaml, choices @ ..] = data {
        RUNTIME.block_on(made(*is_yaml % 2 == 1, Made::of(choices)));
        return Corpus::Keep;
    }
    let Ok(text) = std::str::from_utf8(data) else {
        return Corpus::Reject;
    };
    RUNTIME.block_on(async {
        let state = begin(server().seed(text)).await;
        assert!(state.is_ok() || !GOOD.contains(&text), "{:?}", state.err());
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
    decisions: Vec<Explanation>,
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
                decisions.push(local.explain(user, resource, permission));
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

/// A server begins with a good seed, has all that stands in it, and decides by it.
async fn made(is_yaml: bool, Made { seed, engine }: Made) {
    let json = seed.to_string();
    let builder = if is_yaml {
        server().seed(json.chars().map(as_yaml).collect::<String>())
    } else {
        std::fs::write(&*FILE, &json).expect("there is room for it");
        server().seed_file(&*FILE)
    };
    let state = begin(builder).await.expect("a good seed");
    let all: Value = serde_json::from_str(&state.json).expect("it is JSON");
    for (list, items) in seed.as_object().expect("it is an object") {
        match items {
            Value::Array(items) => {
                for item in items {
                    let id = id_of(list);
                    let known = all[list]
                        .as_array()
                        .and_then(|all| all.iter().find(|known| known[id] == item[id]));
                    assert!(known.is_some_and(|known| holds(known, item)), "{item} in {known:?}");
                }
            }
            items => assert!(holds(&all[list], items), "{items} in {}", all[list]),
        }
    }
    for decision in &state.decisions {
        let expected = engine.check(decision.user_id(), decision.resource_uri(), decision.permission());
        assert_eq!(decision.is_allowed(), expected, "{decision}");
    }
    kept(&state).await;
}

/// A character of JSON as YAML has it: those that it does not print (YAML 1.2.2 section 5.1) by their codes alone.
fn as_yaml(c: char) -> String {
    match c {
        '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    }
}

/// Whether `known` has all that `written` has; what is empty need not be there.
fn holds(known: &Value, written: &Value) -> bool {
    match (known, written) {
        (Value::Object(known), Value::Object(written)) => written.iter().all(|(name, value)| {
            let is_empty = value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty);
            known.get(name).map_or(is_empty, |known| holds(known, value))
        }),
        (Value::Array(known), Value::Array(written)) => {
            known.len() == written.len() && known.iter().zip(written).all(|(known, written)| holds(known, written))
        }
        (known, written) => known == written,
    }
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
