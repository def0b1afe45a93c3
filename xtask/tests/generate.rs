//! `cargo xtask generate --spec FILE --out DIR`: what comes out compiles by itself, decodes, and is compared to the byte.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{fixture, xtask};
use tempfile::TempDir;

/// Generates a crate from a fixture, called as the fixture, in a directory of its own.
fn generated(name: &str) -> (TempDir, PathBuf) {
    let directory = TempDir::new().unwrap();
    let out = directory.path().join(name.split('.').next().unwrap());
    let ran = xtask(["generate", "--spec", &fixture(name), "--out", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{ran:?}");
    (directory, out)
}

/// Adds a test of its own to a generated crate.
fn with_test(out: &Path, code: &str) {
    std::fs::create_dir(out.join("tests")).unwrap();
    std::fs::write(out.join("tests/own.rs"), format!("#![allow(deprecated)]\n{code}")).unwrap();
}

/// Runs the tests of a generated crate: among them, that each model is read, written and tolerant.
fn passes_its_tests(out: &Path) {
    // The same versions as the workspace has, so that nothing needs to be downloaded.
    std::fs::copy(
        concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"),
        out.join("Cargo.lock"),
    )
    .unwrap();
    let ran = Command::new(env!("CARGO"))
        .args([
            "test",
            "--offline",
            "--quiet",
            "--features",
            "schemars",
            "--manifest-path",
        ])
        .arg(out.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated"))
        .env("RUSTFLAGS", "-D warnings")
        // Whether it passes is all that is wanted of it.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    // The crate's own unit tests are its largest program of tests: some twenty for the runtime, and those of the models.
    let passed = said
        .split("test result: ok. ")
        .filter_map(|rest| rest.split(' ').next()?.parse::<u32>().ok());
    assert!(passed.max() >= Some(20), "the tolerance rules did not run: {said}");
}

#[test]
fn every_construct_goes_through_and_the_crate_compiles_and_decodes() {
    let (_directory, out) = generated("every_construct.yaml");
    let test = r##"
        use bytes::Bytes;
        use every_construct::Request;
        use every_construct::models::{Animal, Thing, Tree};
        use every_construct::requests::{GetPage, GetReport, GetThings, PutTree, UpdatePart};
        use every_construct::{Client, Items, Paginated, Pages};

        #[test]
        fn what_is_no_json_is_given_as_it_is_and_taken_for_nothing_else() {
            let page = Bytes::from_static(b"<html>");
            assert_eq!(GetPage::decode(&page).unwrap(), page);
            assert!(UpdatePart::decode(&page).is_err());
            assert!(UpdatePart::decode(&Bytes::new()).is_ok());
        }

        #[test]
        fn an_answer_that_is_described_where_it_arrives_may_lose_fields() {
            for body in [r#"{"total":1700000000000,"parts":[{"size":1},{}]}"#, "{}"] {
                GetReport::decode(&Bytes::from_static(body.as_bytes())).unwrap();
            }
        }

        #[test]
        fn the_members_of_a_choice_are_told_apart_and_lose_nothing() {
            for body in [r#"{"meow":true}"#, r#"{"bark":true}"#] {
                let animal: Animal = PutTree::decode(&Bytes::from_static(body.as_bytes())).unwrap();
                assert_eq!(serde_json::to_string(&animal).unwrap(), body);
            }
        }

        #[test]
        fn a_model_holds_itself_and_has_setters_for_everything() {
            let tree = Tree::new("a", "hush").new_(true).left(Tree::new("b", "hush")).leaves([Tree::new("c", "hush")]);
            assert_eq!(tree.left.as_ref().unwrap().name, "b");
            assert_eq!(GetReport::new().new_(true).send_("x").encode().unwrap().path_and_query(), "/v1/report?new=true&send=x");
        }

        #[test]
        fn pages_are_told_by_their_shape() {
            let body = Bytes::from_static(br#"{"things":[],"accountId":"a","pagination":{"next":{"cursor":"c"}}}"#);
            let page = GetThings::decode(&body).unwrap();
            assert_eq!(GetThings::next_cursor(&page), Some("c"));
            let things: Vec<Thing> = GetThings::into_items(page);
            assert!(things.is_empty());

            let client = Client::new("https://login.example.com").unwrap();
            let _: Pages<GetThings> = client.get_things().pages();
            let _: Items<GetThings> = client.get_things().stream();
        }

        #[test]
        fn setters_leave_the_methods_of_calls_alone() {
            let client = Client::new("https://login.example.com").unwrap();
            let second = std::time::Duration::from_secs(1);
            let call = client.get_report().stream_(true).timeout_(7).user_token_("x").timeout(second);
            let encoded = call.request().encode().unwrap();
            assert_eq!(encoded.path_and_query(), "/v1/report?stream=true&timeout=7&userToken=x");
        }

        #[test]
        fn further_fields_beside_properties_are_kept() {
            let body = r#"{"name":"a","parts":[],"quota":null,"properties":{"scope":"x","prompt":"login","max_age":7}}"#;
            let thing: Thing = serde_json::from_str(body).unwrap();
            let again = serde_json::to_value(&thing).unwrap();
            assert_eq!(again["properties"]["prompt"], "login");
            assert_eq!(again["properties"]["max_age"], 7);
        }
    "##;
    with_test(&out, test);
    passes_its_tests(&out);
}

#[test]
fn what_the_values_of_a_parameter_mean_is_said_at_the_values() {
    let (_directory, out) = generated("every_construct.yaml");
    let models = std::fs::read_to_string(out.join("src/generated/models/things.rs")).unwrap();
    assert!(
        models.contains("/// How large.\n#[derive")
            && models.contains("    /// Fits in a hand.\n    ///\n    /// The value `SMALL`.\n    Small,"),
        "{models}"
    );
    let requests = std::fs::read_to_string(out.join("src/generated/requests/things.rs")).unwrap();
    assert!(
        requests.contains("/// How large.\n    pub type_:") && !requests.contains("in a hand"),
        "{requests}"
    );
}

#[test]
fn the_nullability_of_3_1_goes_through_and_the_crate_compiles_and_decodes() {
    let (_directory, out) = generated("nullable_3_1.json");
    let test = r##"
        use nullable_3_1::models::{Author, Note};

        #[test]
        fn null_is_read_and_a_required_null_is_sent() {
            let text = r#"{"text":"a","color":null,"weight":null,"lines":null,"author":null,"link":null,"version":"v2"}"#;
            let note: Note = serde_json::from_str(text).unwrap();
            assert!(note.color.is_none() && note.weight.is_none() && note.author.is_none() && note.link.is_none());
            assert_eq!(serde_json::to_value(&note).unwrap()["version"], "v2");

            let note: Note = serde_json::from_str(r#"{"text":"a","color":"GREEN","lines":["x",null]}"#).unwrap();
            let lines: Vec<Option<String>> = note.lines.clone().unwrap();
            assert_eq!(lines, [Some("x".to_owned()), None]);
            assert_eq!(serde_json::to_value(note.author(Author::new("me"))).unwrap()["author"]["name"], "me");
        }
    "##;
    with_test(&out, test);
    passes_its_tests(&out);
}

#[test]
fn check_passes_on_what_was_generated_and_names_a_file_with_one_byte_changed() {
    let (_directory, out) = generated("nullable_3_1.json");
    let check = || {
        xtask([
            "generate",
            "--spec",
            &fixture("nullable_3_1.json"),
            "--out",
            out.to_str().unwrap(),
            "--check",
        ])
    };
    assert_eq!(check().code, 0);

    let file = out.join("src/generated/models/notes.rs");
    let code = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, code.replacen("text", "texT", 1)).unwrap();
    let ran = check();
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("src/generated/models/notes.rs: differs"), "{ran:?}");
    assert!(ran.stderr.contains("1 file differs"), "{ran:?}");
}

#[test]
fn check_names_the_files_when_one_enum_value_of_the_description_changed() {
    let (directory, out) = generated("nullable_3_1.json");
    let text = std::fs::read_to_string(fixture("nullable_3_1.json")).unwrap();
    let spec = directory.path().join("nullable_3_1.json");
    std::fs::write(&spec, text.replace("\"BLUE\"", "\"GREEN\"")).unwrap();
    let ran = xtask([
        "generate",
        "--spec",
        spec.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--check",
    ]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.contains("src/generated/models/notes.rs: differs"), "{ran:?}");
}

#[test]
fn line_one_of_each_file_names_generator_version_and_description() {
    let (_directory, out) = generated("nullable_3_1.json");
    let sha = common::sha256(&fixture("nullable_3_1.json"));
    let mut files = 0;
    for folder in ["src/generated", "src/generated/models", "src/generated/requests"] {
        for entry in std::fs::read_dir(out.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let text = std::fs::read_to_string(&path).unwrap();
                let line = text.lines().next().unwrap();
                assert!(
                    line.contains("cargo xtask generate") && line.contains(env!("CARGO_PKG_VERSION")),
                    "{line}"
                );
                assert!(line.contains(&sha), "{line}");
                files += 1;
            }
        }
    }
    assert!(files >= 7, "{files}");
}
