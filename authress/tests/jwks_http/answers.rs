//! Answers that are no keys.

use authress::TokenVerificationReason::KeysUnavailable;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::server::{Answer, Server, Step, endless, held, keys, raw, whole};
use crate::support::CLIENT;
use crate::{COOL_DOWN, FAILURE_COOL_DOWN, JWKS, NOW, Scene, new_key, old_key, signed};

/// Most bytes of an answer that is read.
const MAX_BYTES: usize = 256 * 1024;
/// The set with the old key, compressed.
const GZIP: &str = "H4sIAAAAAAACA6tWyk6tLFayiq5Wys5MUbJSytbNz0lR0lHKLqkE8vy9A4Ds5KIyINs1xcjU1NASyK8A8gwj/UyiMpxyEnULcnQ9IgKD3J0N3b0rMkKLyzICC8v8jHTLzTISvb3d/NOBOhJz0sEmuAQ7AnmlxalAXnFmulJtbC0AjZIN94IAAAA=";

/// What a service, or whatever stands between, may answer in the keys' place. Each ends by itself.
pub(crate) fn failures() -> Vec<(&'static str, Answer)> {
    let set = json!({"keys": [old_key()]}).to_string();
    let half = &set[..set.len() / 2];
    let long = format!("{}{set}", " ".repeat(MAX_BYTES));
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("400\r\n{}\r\n", " ".repeat(1024));
    vec![
        ("an error of the server", whole("500 Internal Server Error", &set)),
        (
            "a server that asks for patience",
            whole("503 Service Unavailable\r\nretry-after: 0", ""),
        ),
        ("a limit", whole("429 Too Many Requests\r\nretry-after: 0", "")),
        ("not found", whole("404 Not Found", "{}")),
        ("unauthorized", whole("401 Unauthorized\r\nwww-authenticate: Basic", "")),
        ("nothing", whole("204 No Content", "")),
        ("another success", whole("203 Non-Authoritative Information", &set)),
        ("a part", whole("206 Partial Content", &set)),
        (
            "not modified",
            raw("HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n"),
        ),
        ("a redirect to nowhere", whole("302 Found", "")),
        (
            "a page",
            whole("200 OK\r\ncontent-type: text/html", "<html>Sign in first</html>"),
        ),
        ("an empty body", whole("200 OK", "")),
        ("JSON that is no set", whole("200 OK", r#"{"keys":{"k-old":{}}}"#)),
        ("half a set", whole("200 OK", half)),
        ("a set and more", whole("200 OK", format!("{set}{set}"))),
        ("text that is no UTF-8", whole("200 OK", b"{\"keys\":[\"\xff\xfe\"]}")),
        (
            "a compressed set that nobody asked for",
            whole("200 OK\r\ncontent-encoding: gzip", STANDARD.decode(GZIP).unwrap()),
        ),
        ("a body that is too large", whole("200 OK", &long)),
        (
            "a body that claims to be too large and never comes",
            raw(format!("HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\n{set}")),
        ),
        ("a body without an end", endless(chunked, &chunk)),
        (
            "a head without an end",
            endless("HTTP/1.1 200 OK\r\n", "x-more: more\r\n"),
        ),
        (
            "a body that is cut off",
            raw(format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{half}",
                set.len()
            )),
        ),
        (
            "a whole set whose last chunk is missing",
            raw(format!("{chunked}{:x}\r\n{set}\r\n", set.len())),
        ),
        ("a head that is cut off", raw("HTTP/1.1 200 OK\r\ncontent-le")),
        ("something else than HTTP", raw("SSH-2.0-OpenSSH_9.9\r\n")),
        ("no answer", Answer::Steps(vec![Step::Close])),
        ("no connection", Answer::Refuse),
    ]
}

/// The set with the old key, after which no connection stays open.
fn keys_and_close() -> Answer {
    let set = json!({"keys": [old_key()]}).to_string();
    raw(format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{set}"))
}

#[tokio::test]
async fn whatever_is_no_set_is_unavailable_and_asked_for_once_a_pause() {
    for (name, answer) in failures() {
        let scene = Scene::new(answer);
        let good = scene.old_token();
        for age in [0, FAILURE_COOL_DOWN - 1] {
            scene.clock.set(NOW + age);
            for _ in 0..10 {
                assert_eq!(scene.verify(&good).await, Err(KeysUnavailable), "{name}");
            }
            assert_eq!(scene.server.count(), 1, "{name}");
        }
        scene.clock.set(NOW + FAILURE_COOL_DOWN);
        assert_eq!(scene.verify(&good).await, Err(KeysUnavailable), "{name}");
        assert_eq!(scene.server.count(), 2, "{name}");
        scene.server.set(keys([old_key()]));
        assert_eq!(scene.verify(&good).await, Err(KeysUnavailable), "{name}");
        assert_eq!(scene.server.count(), 2, "{name}");
        scene.clock.set(NOW + 2 * FAILURE_COOL_DOWN);
        assert_eq!(scene.verify(&good).await, Ok(()), "{name}");
        assert_eq!(scene.server.count(), 3, "{name}");
    }
}

#[tokio::test]
async fn whatever_is_no_set_takes_no_known_key_away() {
    for (name, answer) in failures() {
        let scene = Scene::new(keys_and_close());
        let (good, bogus) = (scene.old_token(), scene.bogus_token(0));
        assert_eq!(scene.verify(&good).await, Ok(()), "{name}");
        scene.server.set(answer);
        for (age, fetches) in [(0, 2), (FAILURE_COOL_DOWN - 1, 2), (FAILURE_COOL_DOWN, 3)] {
            scene.clock.set(NOW + age);
            for _ in 0..10 {
                // Whether there is such a key is not known, so it is not the token's fault.
                assert_eq!(scene.verify(&bogus).await, Err(KeysUnavailable), "{name}");
                assert_eq!(scene.verify_at_once(&good), Some(Ok(())), "{name}");
            }
            assert_eq!(scene.server.count(), fetches, "{name}");
        }
    }
}

#[tokio::test]
async fn an_answer_may_be_as_large_as_is_allowed_and_come_in_pieces() {
    let set = json!({"keys": [old_key()]}).to_string();
    let padded = format!("{}{set}", " ".repeat(MAX_BYTES - set.len()));
    let (one, two) = padded.split_at(MAX_BYTES - 40);
    let pieces = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n",
        one.len(),
        two.len()
    );
    for answer in [
        whole("200 OK", &padded),
        Answer::Steps(vec![Step::Send(pieces.into_bytes())]),
    ] {
        let scene = Scene::new(answer);
        assert_eq!(scene.verify(&scene.old_token()).await, Ok(()));
        assert_eq!(scene.server.count(), 1);
    }
    let scene = Scene::new(whole("200 OK", format!("{padded} ")));
    assert_eq!(scene.verify(&scene.old_token()).await, Err(KeysUnavailable));
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let elsewhere = Server::new(keys([old_key(), new_key()]));
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        for location in [
            format!("{}{JWKS}", elsewhere.url()),
            format!("//{}{JWKS}", elsewhere.url().trim_start_matches("http://")),
            "/keys".to_owned(),
        ] {
            let redirect = whole(&format!("{status}\r\nlocation: {location}"), "");
            let scene = Scene::new(redirect.clone());
            scene.server.set_at("/keys", keys([old_key()]));
            assert_eq!(scene.verify(&scene.old_token()).await, Err(KeysUnavailable));
            assert_eq!(scene.server.paths(), [JWKS]);

            let scene = Scene::warm().await;
            scene.server.set(redirect);
            assert_eq!(scene.verify(&scene.new_token()).await, Err(KeysUnavailable));
            assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Ok(())));
            assert_eq!(scene.server.paths(), [JWKS, JWKS]);
        }
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn a_page_in_the_place_of_a_clients_keys_does_not_mean_that_the_client_has_none() {
    let scene = Scene::new(whole("404 Not Found", "<html>no route</html>"));
    let client = signed(
        &format!("{}/v1/clients/sc_1", scene.server.url()),
        "sc_1",
        "k-client",
        CLIENT,
    );
    for _ in 0..10 {
        assert_eq!(scene.verify(&client).await, Err(KeysUnavailable));
    }
    assert_eq!(scene.server.count(), 1);
}

#[tokio::test]
async fn a_failure_after_a_pause_for_bogus_key_ids_began_hurts_no_good_token() {
    let scene = Scene::warm().await;
    let bogus = scene.bogus_token(0);
    assert!(scene.verify(&bogus).await.is_err());
    scene.server.set(held(whole("500 Oh", "")));
    scene.clock.set(NOW + COOL_DOWN);
    assert_eq!(scene.verify_at_once(&bogus), None);
    scene.server.until_asked(3).await;
    assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Ok(())));
    scene.server.release(1);
    assert_eq!(scene.verify(&bogus).await, Err(KeysUnavailable));
    assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Ok(())));
    assert_eq!(scene.server.count(), 3);
}
