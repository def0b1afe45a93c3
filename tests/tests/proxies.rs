//! Proxies that the environment names: none sees what is said to this machine.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::process::Command;

use tests::RawServer;

/// Runs by itself, and once more below in a process of its own whose environment names a proxy.
#[tokio::test]
async fn where_nobody_listens_nobody_answers() {
    let client = authress_api::Client::new("http://localhost:1").unwrap();
    let client = client.with_bearer_token("eyJ.a.b").unwrap();
    let error = client.authorize_user("u", "r", "p").await.unwrap_err();
    assert!(!error.was_sent(), "{error:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_proxy_sees_or_answers_what_is_asked_of_this_machine() {
    let proxy = RawServer::answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        .await
        .unwrap();
    for names in [
        &["http_proxy", "HTTP_PROXY"][..],
        &["https_proxy", "HTTPS_PROXY"],
        &["all_proxy", "ALL_PROXY"],
    ] {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "where_nobody_listens_nobody_answers"]);
        // With one of these set, no proxy would be asked in any case.
        child.env_remove("no_proxy").env_remove("NO_PROXY");
        child.envs(names.iter().map(|name| (name, proxy.url())));
        let ran = tokio::task::spawn_blocking(move || child.output())
            .await
            .unwrap()
            .unwrap();
        let said = String::from_utf8_lossy(&ran.stdout);
        assert!(ran.status.success() && said.contains("1 passed"), "{names:?}: {said}");
        assert_eq!(proxy.heads(), Vec::<String>::new(), "{names:?}");
    }
}
