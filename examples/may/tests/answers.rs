//! The program as a process, on a local Authress that really decides.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::process::{Command, Output};

use authress_local::AuthressLocal;

/// What the program says, asked by somebody who has `key`.
async fn ask(url: &str, key: &str, question: [&str; 3]) -> (i32, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_may"));
    program
        .args(question)
        .env("AUTHRESS_API_URL", url)
        .env("AUTHRESS_ACCESS_KEY", key);
    // The server answers on this thread.
    let Output { status, stdout, stderr } = tokio::task::spawn_blocking(move || program.output())
        .await
        .unwrap()
        .unwrap();
    let said = String::from_utf8([stdout, stderr].concat()).unwrap();
    (status.code().unwrap(), said.trim().to_owned())
}

const QUESTION: [&str; 3] = ["alice", "read", "documents/42"];

#[tokio::test]
async fn the_exit_code_tells_yes_from_no_and_both_from_what_could_not_be_asked() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/42", ["read"]);
    let key = local.owner_access_key();
    assert_eq!(ask(local.url(), key, QUESTION).await, (0, "yes".to_owned()));
    assert_eq!(
        ask(local.url(), key, ["bob", "read", "documents/42"]).await,
        (1, "no".to_owned())
    );
    assert_eq!(ask(local.url(), key, ["alice", "read", ".."]).await.0, 2);

    // A key that may not ask, one that is none, and a service that is away.
    let stranger = local.access_key("stranger").unwrap();
    assert_eq!(ask(local.url(), &stranger, QUESTION).await.0, 2);
    let (code, said) = ask(local.url(), "sc_1.k1.acc_1.bm8ga2V5", QUESTION).await;
    assert!(code == 2 && !said.contains("bm8ga2V5"), "{said}");
    local.faults().status(400, 100).unwrap();
    assert_eq!(ask(local.url(), key, QUESTION).await.0, 2);
}

#[test]
fn it_needs_no_account_to_be_tried() {
    let ask = |user: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_may"));
        program
            .args(["--local", user, "read", "documents/42"])
            .output()
            .unwrap()
    };
    assert_eq!(ask("alice").status.code(), Some(0));
    assert_eq!(ask("bob").status.code(), Some(1));
}

#[test]
fn what_looks_like_a_flag_is_never_a_yes() {
    for question in [
        ["--help", "read", "documents/42"],
        ["mallory", "read", "-h"],
        ["-V", "read", "documents/42"],
    ] {
        let may = Command::new(env!("CARGO_BIN_EXE_may")).args(question).output().unwrap();
        assert_eq!(may.status.code(), Some(2), "{question:?}");
    }
}
