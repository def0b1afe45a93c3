//! Many requests at once, each with its own right answer.

use authress::middleware::axum::require;
use axum::Router;
use axum::routing::get;
use tokio::task::JoinSet;

use crate::world::{World, seen};

const REQUESTS: usize = 10_000;
const CALLERS: usize = 64;
const USERS: usize = 25;

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_requests_at_64_at_once_each_is_answered_rightly() {
    let world = World::new(|client| {
        let layer = require(client, "documents/{id}", "read").build().unwrap();
        Router::new().route("/documents/{id}", get(seen)).route_layer(layer)
    })
    .await;
    let mut tokens = Vec::new();
    for user in 0..USERS {
        let (name, document) = (format!("user-{user}"), format!("documents/{user}"));
        world.local.grant(&name, &document, ["read"]);
        tokens.push(format!("Bearer {}", world.local.user_token(&name)));
    }
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut callers = JoinSet::new();
    for caller in 0..CALLERS {
        let (http, tokens, url) = (http.clone(), tokens.clone(), world.url());
        callers.spawn(async move {
            let mut counts = [0; 4];
            for number in (caller..REQUESTS).step_by(CALLERS) {
                let (user, document) = (number % USERS, number / USERS % USERS);
                let request = http.get(format!("{url}/documents/{document}"));
                // Some have no token, and some a bad one.
                let (request, expected, kind) = match number % 10 {
                    0 => (request, 401, 0),
                    1 => (request.header("authorization", format!("{}x", tokens[user])), 401, 1),
                    _ if user == document => (request.header("authorization", &tokens[user]), 200, 2),
                    _ => (request.header("authorization", &tokens[user]), 403, 3),
                };
                let answer = request.send().await.unwrap();
                assert_eq!(answer.status().as_u16(), expected, "{number}");
                let text = answer.text().await.unwrap();
                let allowed = format!("user-{user} may read documents/{document}");
                assert_eq!(text, if expected == 200 { allowed } else { String::new() });
                counts[kind] += 1;
            }
            counts
        });
    }
    let mut total = [0; 4];
    for counts in callers.join_all().await {
        for (total, count) in total.iter_mut().zip(counts) {
            *total += count;
        }
    }
    assert_eq!(total.iter().sum::<usize>(), REQUESTS);
    assert!(total.iter().all(|count| *count > 100), "{total:?}");
    assert_eq!(
        (world.verifications(), world.questions()),
        (REQUESTS - total[0], total[2] + total[3])
    );
}
