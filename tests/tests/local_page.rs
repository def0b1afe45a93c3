//! The page of the local server and what it asks for: its routes, who may ask, and the log.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};

use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::{RawAnswer, ask_as_owner, owner, raw_exchange, raw_request};

/// Sends a request as a program at this machine does.
async fn ask(local: &AuthressLocal, method: &str, path: &str, body: &str) -> RawAnswer {
    with(
        local,
        method,
        path,
        "host: localhost\r\ncontent-type: application/json\r\n",
        body,
    )
    .await
}

/// Sends a request with these headers alone.
async fn with(local: &AuthressLocal, method: &str, path: &str, headers: &str, body: &str) -> RawAnswer {
    let length = body.len();
    let request =
        format!("{method} {path} HTTP/1.1\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}");
    raw_exchange(local.address(), &request).await.unwrap()
}

fn parsed(answer: &RawAnswer) -> Value {
    assert_eq!(answer.header("content-type"), "application/json", "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

async fn state(local: &AuthressLocal) -> Value {
    parsed(&ask(local, "GET", "/_local/state", "").await)
}

const QUESTION: &str = "/_local/explain?userId=alice&resourceUri=documents%2F42&permission=read";

#[tokio::test]
async fn the_page_and_its_files_are_answered_with_their_types_and_headers() {
    let local = AuthressLocal::start().await.unwrap();
    for (path, media) in [
        ("/_local", "text/html; charset=utf-8"),
        ("/_local?userId=alice", "text/html; charset=utf-8"),
        ("/_local/style.css", "text/css; charset=utf-8"),
        ("/_local/page.js", "text/javascript; charset=utf-8"),
        ("/_local/state", "application/json"),
        ("/_local/log", "application/json"),
        (QUESTION, "application/json"),
        ("/_local/nothing", "application/json"),
    ] {
        let answer = ask(&local, "GET", path, "").await;
        assert_eq!(
            answer.status,
            if path.ends_with("nothing") { 404 } else { 200 },
            "{path}"
        );
        assert_eq!(answer.header("content-type"), media, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "form-action 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
    }
    for (method, path, allowed) in [
        ("DELETE", "/_local/state", "GET, PUT"),
        ("OPTIONS", "/_local/log", "GET"),
    ] {
        let answer = ask(&local, method, path, "").await;
        assert_eq!((answer.status, answer.header("allow")), (405, allowed), "{path}");
    }
}

#[tokio::test]
async fn a_method_that_changes_nothing_needs_no_media_type() {
    let local = AuthressLocal::start().await.unwrap();
    for (method, path, allowed) in [("HEAD", "/_local", "GET"), ("OPTIONS", "/_local/state", "GET, PUT")] {
        let answer = with(&local, method, path, "host: localhost\r\n", "").await;
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, allowed),
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn an_explanation_comes_as_json_or_as_text() {
    let local = AuthressLocal::start().await.unwrap();
    let record = local.grant("alice", "documents/*", ["read"]);
    let answer = parsed(&ask(&local, "GET", QUESTION, "").await);
    assert_eq!(answer["allowed"], true);
    assert_eq!(answer["userId"], "alice");
    assert_eq!(answer["resourceUri"], "documents/42");
    assert_eq!(answer["because"]["recordId"], record.as_str());
    assert_eq!(answer["because"]["resourceUri"], "documents/*");
    let expected = format!("{}\n", local.explain("alice", "documents/42", "read"));
    let text = format!("{QUESTION}&format=text");
    for (path, headers) in [
        (QUESTION, "host: localhost\r\naccept: text/plain\r\n"),
        (text.as_str(), "host: localhost\r\n"),
    ] {
        let answer = with(&local, "GET", path, headers, "").await;
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!((answer.status, &answer.body), (200, &expected));
    }
    let denied = ask(&local, "GET", &QUESTION.replace("alice", "b%C3%BCb+1"), "").await;
    let denied = parsed(&denied);
    assert_eq!(
        (&denied["allowed"], &denied["userId"]),
        (&json!(false), &json!("büb 1"))
    );
}

#[tokio::test]
async fn a_denial_says_what_comes_close_a_deleted_record_among_it() {
    let local = AuthressLocal::start().await.unwrap();
    let record = local.grant("alice", "documents/*", ["read"]);
    local.grant("alice", "documents/42", ["list"]);
    owner(&local).access_records().delete_record(&record).await.unwrap();
    let denied = parsed(&ask(&local, "GET", QUESTION, "").await);
    assert_eq!((&denied["allowed"], &denied["because"]), (&json!(false), &Value::Null));
    let misses = denied["nearMisses"].as_array().unwrap();
    let kinds: Vec<_> = misses.iter().map(|miss| miss["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["otherAction", "deletedRecord"]);
    assert_eq!(misses[1]["recordId"], record.as_str());
    assert_eq!(misses[0]["allowedActions"], json!(["list"]));
}

#[tokio::test]
async fn a_question_that_misses_a_part_is_400_and_says_which() {
    let local = AuthressLocal::start().await.unwrap();
    for (path, place) in [
        ("/_local/explain", "request.query.userId: "),
        ("/_local/explain?userId=a", "request.query.resourceUri: "),
        ("/_local/explain?userId=a&resourceUri=b", "request.query.permission: "),
        (
            "/_local/explain?userId=a&resourceUri=&permission=c",
            "request.query.resourceUri: ",
        ),
        (
            "/_local/explain?userId=a&resourceUri=b&permission=c&format=xml",
            "request.query.format: ",
        ),
        ("/_local/log?after=x", "request.query.after: "),
        ("/_local/log?after=-1", "request.query.after: "),
    ] {
        let answer = ask(&local, "GET", path, "").await;
        let title = parsed(&answer)["title"].as_str().unwrap().to_owned();
        assert!(answer.status == 400 && title.starts_with(place), "{path}: {title}");
    }
}

#[tokio::test]
async fn a_grant_is_a_record_that_allows_what_was_asked() {
    let local = AuthressLocal::start().await.unwrap();
    assert!(!local.explain("alice", "documents/42", "read").is_allowed());
    let grant = json!({"userId": "alice", "resourceUri": "documents/42", "permission": "read"});
    let answer = ask(&local, "POST", "/_local/grant", &grant.to_string()).await;
    assert_eq!(answer.status, 201);
    let id = &parsed(&answer)["recordId"];
    assert!(local.explain("alice", "documents/42", "read").is_allowed());
    assert!(!local.explain("alice", "documents/4", "read").is_allowed());
    assert_eq!(&state(&local).await["records"][0]["recordId"], id);
    for (member, value, place) in [
        ("userId", "", "request.body.userId: "),
        ("resourceUri", "a//b", "request.body.resourceUri: "),
        ("permission", "", "request.body.permission: "),
    ] {
        let mut grant = grant.clone();
        grant[member] = value.into();
        let answer = ask(&local, "POST", "/_local/grant", &grant.to_string()).await;
        let title = parsed(&answer)["title"].as_str().unwrap().to_owned();
        assert!(answer.status == 400 && title.starts_with(place), "{title}");
    }
    assert_eq!(state(&local).await["records"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_state_is_read_and_replaced_and_the_first_client_stays() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/1", ["read"]);
    let before = state(&local).await;
    local.grant("bob", "documents/1", ["read"]);
    let answer = ask(&local, "PUT", "/_local/state", &before.to_string()).await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(state(&local).await, before);
    assert!(local.explain("alice", "documents/1", "read").is_allowed());
    assert!(!local.explain("bob", "documents/1", "read").is_allowed());
    assert!(
        owner(&local)
            .is_authorized("alice", "documents/1", "read")
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn a_state_that_is_wrong_is_400_says_where_and_changes_nothing() {
    let local = AuthressLocal::start().await.unwrap();
    local.grant("alice", "documents/1", ["read"]);
    let before = state(&local).await;
    for (body, place) in [
        ("", "request.body: "),
        ("[]", "request.body: "),
        ("{", "request.body"),
        ("{} {}", "request.body: "),
        (r#"{"roles": {}}"#, "request.body.roles: "),
        (r#"{"rules": []}"#, "request.body.rules: "),
        (r#"{"records": [{"name": 1}]}"#, "request.body.records[0].name: "),
        (
            r#"{"records": [{"recordId": "r", "name": "n", "user": [], "statements": []}]}"#,
            "request.body.records[0].user: is not known",
        ),
        (
            r#"{"roles": [{"name": "n", "permissions": []}]}"#,
            "request.body.roles[0].roleId: ",
        ),
    ] {
        let answer = ask(&local, "PUT", "/_local/state", body).await;
        let title = parsed(&answer)["title"].as_str().unwrap().to_owned();
        assert!(answer.status == 400 && title.starts_with(place), "{body}: {title}");
        assert_eq!(state(&local).await, before, "{body}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_and_names_that_lead_here_are_refused() {
    let local = AuthressLocal::start().await.unwrap();
    let here = format!("host: {}\r\n", local.address());
    let origin = |origin: &str| format!("{here}origin: {origin}\r\n");
    let site = |site: &str| format!("{here}sec-fetch-site: {site}\r\n");
    let own = format!("http://{}", local.address());
    let other_port = format!("http://{}:1", local.address().ip());
    let followed = "sec-fetch-mode: navigate\r\nsec-fetch-dest: document\r\n";
    let framed = "sec-fetch-mode: navigate\r\nsec-fetch-dest: iframe\r\n";
    for (path, headers, status) in [
        ("/_local/state", here.clone(), 200),
        ("/_local/state", "host: localhost:8888\r\n".to_owned(), 200),
        ("/_local/state", "host: [::1]:8888\r\n".to_owned(), 200),
        ("/_local/state", String::new(), 403),
        ("/_local/state", "host: evil.example\r\n".to_owned(), 403),
        ("/_local/state", "host: localhost.evil.example\r\n".to_owned(), 403),
        (
            "/_local/state",
            "host: localhost\r\nhost: evil.example\r\n".to_owned(),
            403,
        ),
        ("http://evil.example/_local/state", here.clone(), 403),
        ("/_local/state", origin(&own), 200),
        ("/_local/state", origin("http://evil.example"), 403),
        ("/_local/state", origin("null"), 403),
        ("/_local/state", origin(&other_port), 403),
        ("/_local/state", origin(&own.replace("http:", "https:")), 403),
        ("/_local/state", site("same-origin"), 200),
        ("/_local/state", site("none"), 200),
        ("/_local/state", site("same-site"), 403),
        ("/_local/state", site("cross-site"), 403),
        ("/_local/state", site("cross-site") + followed, 403),
        ("/_local/page.js", site("cross-site"), 403),
        ("/_local", site("cross-site") + followed, 200),
        ("/_local?userId=alice", site("same-site") + followed, 200),
        ("/_local", site("cross-site") + framed, 403),
        ("/_local", site("cross-site"), 403),
        ("/_local", "host: evil.example\r\n".to_owned() + followed, 403),
    ] {
        let answer = with(&local, "GET", path, &headers, "").await;
        assert_eq!(answer.status, status, "{path} {headers}");
        assert!(answer.header("access-control-allow-origin").is_empty());
    }
}

#[tokio::test]
async fn what_changes_something_needs_json_so_that_no_form_of_another_site_does_it() {
    let local = AuthressLocal::start().await.unwrap();
    let grant = r#"{"userId": "mallory", "resourceUri": "*", "permission": "*"}"#;
    for (method, path, body) in [("POST", "/_local/grant", grant), ("PUT", "/_local/state", "{}")] {
        for media in [
            "",
            "content-type: text/plain\r\n",
            "content-type: text/plain; application/json\r\n",
        ] {
            let headers = format!("host: localhost\r\n{media}");
            assert_eq!(
                with(&local, method, path, &headers, body).await.status,
                415,
                "{path} {media}"
            );
        }
        for other in ["origin: http://evil.example\r\n", "sec-fetch-site: cross-site\r\n"] {
            let headers = format!("host: localhost\r\ncontent-type: application/json\r\n{other}");
            assert_eq!(
                with(&local, method, path, &headers, body).await.status,
                403,
                "{path} {other}"
            );
        }
    }
    assert!(!local.explain("mallory", "a", "read").is_allowed());
}

#[tokio::test]
async fn the_page_is_there_on_loopback_alone_unless_it_is_asked_for() {
    let anywhere = || AuthressLocal::builder().host(IpAddr::from(Ipv4Addr::UNSPECIFIED));
    let loopback = AuthressLocal::builder;
    for (builder, expected) in [
        (loopback(), 200),
        (loopback().page(false), 404),
        (anywhere(), 404),
        (anywhere().page(true), 200),
    ] {
        let local = builder.start().await.unwrap();
        for path in ["/_local", "/_local/state", "/_local/log", QUESTION] {
            let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
            let address = (Ipv4Addr::LOCALHOST, local.address().port()).into();
            let answer = raw_exchange(address, &request).await.unwrap();
            assert_eq!(answer.status, expected, "{path}");
        }
    }
}

#[tokio::test]
async fn the_log_has_each_request_with_its_decision_and_none_of_the_page() {
    let local = AuthressLocal::builder().log(true).start().await.unwrap();
    let client = owner(&local);
    local.grant("alice", "documents", ["read"]);
    assert!(client.is_authorized("alice", "documents/42", "read").await.unwrap());
    assert!(!client.is_authorized("alice", "documents/42", "write").await.unwrap());
    ask(&local, "GET", "/_local", "").await;
    ask(&local, "GET", "/v1/roles?filter=hidden", "").await;
    ask(&local, "GET", "/nothing", "").await;

    let log = parsed(&ask(&local, "GET", "/_local/log", "").await);
    let entries = log["entries"].as_array().unwrap();
    assert_eq!((log["latest"].as_u64(), entries.len()), (Some(4), 4), "{log}");
    let line = |entry: &Value| {
        let text = |name: &str| entry[name].as_str().unwrap_or("-").to_owned();
        let [method, path, operation, caller] = ["method", "path", "operation", "caller"].map(text);
        format!(
            "{} {method} {path} {operation} {caller} {}",
            entry["number"], entry["status"]
        )
    };
    assert_eq!(
        entries.iter().map(line).collect::<Vec<_>>(),
        [
            "1 GET /v1/users/alice/resources/documents%2F42/permissions/read authorizeUser sc_owner 200",
            "2 GET /v1/users/alice/resources/documents%2F42/permissions/write authorizeUser sc_owner 404",
            "3 GET /v1/roles getRoles - 401",
            "4 GET /nothing - - 404",
        ]
    );
    let check = &entries[0]["check"];
    assert_eq!(
        (&check["allowed"], &check["resourceUri"]),
        (&json!(true), &json!("documents/42"))
    );
    assert!(check["why"].as_str().unwrap().contains("rec_grant_"), "{check}");
    let why = local.explain("alice", "documents/42", "write").to_string();
    assert_eq!(entries[1]["check"]["why"].as_str(), why.lines().next());

    let rest = parsed(&ask(&local, "GET", "/_local/log?after=3", "").await);
    assert_eq!(
        (rest["entries"].as_array().unwrap().len(), &rest["entries"][0]["number"]),
        (1, &json!(4))
    );
}

#[tokio::test]
async fn no_line_of_the_log_has_a_token_a_key_a_query_or_a_body() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let local = AuthressLocal::builder().on_request({
        let lines = Arc::clone(&lines);
        move |line| lines.lock().unwrap().push(line.to_owned())
    });
    let local = local.start().await.unwrap();
    let token = local.user_token("alice");
    let path = format!("/v1/roles?code=in-the-query&access_token={token}");
    raw_request(local.address(), "GET", &path, &format!("Bearer {token}"), "")
        .await
        .unwrap();
    let role = r#"{"name": "in-the-body", "permissions": 1}"#;
    assert_eq!(ask_as_owner(&local, "POST", "/v1/roles", role).await.status, 400);

    let log = ask(&local, "GET", "/_local/log", "").await.body;
    let lines = lines.lock().unwrap().join("\n");
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert!(lines.contains(" GET /v1/roles → 400 alice "), "{lines}");
    for text in [log, lines] {
        for secret in [
            "in-the-",
            token.rsplit('.').next().unwrap(),
            "Bearer",
            local.owner_access_key().rsplit('.').next().unwrap(),
        ] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[tokio::test]
async fn a_server_without_a_log_says_so() {
    let local = AuthressLocal::start().await.unwrap();
    ask_as_owner(&local, "GET", "/v1/roles", "").await;
    let log = parsed(&ask(&local, "GET", "/_local/log", "").await);
    assert_eq!(log, json!({"off": true, "latest": 0, "entries": []}));
}
