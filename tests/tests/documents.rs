//! What the documents say and what the project does are the same.

const README: &str = include_str!("../../README.md");
const CONTRIBUTING: &str = include_str!("../../CONTRIBUTING.md");
const CI: &str = include_str!("../../.ci/run");
const MANIFEST: &str = include_str!("../../Cargo.toml");

#[test]
fn the_two_commands_of_the_readme_are_those_that_ci_runs() {
    for command in ["cargo run --example quickstart", "cargo test --workspace"] {
        assert!(README.lines().any(|line| line.trim() == command), "README: {command}");
        assert!(
            CI.lines().any(|line| line == format!("step {command}")),
            "CI: {command}"
        );
    }
}

#[test]
fn every_check_of_ci_is_in_the_table_of_contributing() {
    let mut checks = 0;
    let is_step = |line: &&str| !line.starts_with('#') && line.split_whitespace().any(|word| word == "step");
    for line in CI.lines().filter(is_step) {
        let command = line.trim().replace("step ", "");
        assert!(CONTRIBUTING.contains(&format!("`{command}`")), "{command}");
        checks += 1;
    }
    let table = CONTRIBUTING.split("## ").next().unwrap();
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| ") && line.ends_with("` |"));
    assert_eq!(checks, rows.count());
}

#[test]
fn a_check_that_ci_may_skip_says_so_and_the_table_says_when() {
    let conditional = |line: &&str| line.starts_with("    step ");
    let skipped = CI.lines().filter(|line| line.contains("skipped: ")).count();
    let in_table = CONTRIBUTING.lines().filter(|line| line.contains("; skipped ")).count();
    assert_eq!([CI.lines().filter(conditional).count(), skipped, in_table], [2, 2, 2]);
}

#[test]
fn the_readme_and_the_manifest_name_the_same_rust_version() {
    let version = MANIFEST
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "))
        .unwrap()
        .trim_matches('"');
    assert!(README.contains(&format!("Rust {version}")), "{version}");
}
