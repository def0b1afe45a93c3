//! The keys of the account and of its service clients.

use authress::TokenVerificationReason::{BadSignature, KeysUnavailable, UnknownKey};

use crate::server::{keys, whole};
use crate::support::{ACCOUNT, CLIENT, KeyPair, OTHER, jwk};
use crate::{COOL_DOWN, JWKS, NOW, Scene, signed};

/// Each with the same key id and a key of its own: the path of the issuer, the subject, the key.
const ISSUERS: [(&str, &str, KeyPair); 3] = [
    ("", "user-1", ACCOUNT),
    ("/v1/clients/sc%7Cone", "sc|one", CLIENT),
    ("/v1/clients/sc_2", "sc_2", OTHER),
];

fn scene() -> Scene {
    let scene = Scene::new(whole("404 Not Found", ""));
    for (issuer, _, key) in ISSUERS {
        scene.server.set_at(&format!("{issuer}{JWKS}"), keys([jwk("k", key)]));
    }
    scene
}

fn token(scene: &Scene, issuer: &str, subject: &str, key: KeyPair) -> String {
    signed(&format!("{}{issuer}", scene.server.url()), subject, "k", key)
}

#[tokio::test]
async fn each_issuer_has_its_own_keys_at_its_own_path_byte_for_byte() {
    let scene = scene();
    let mut paths = Vec::new();
    for (issuer, subject, own) in ISSUERS {
        assert_eq!(scene.verify(&token(&scene, issuer, subject, own)).await, Ok(()));
        paths.push(format!("{issuer}{JWKS}"));
        assert_eq!(scene.server.paths(), paths);
    }
    for (issuer, subject, own) in ISSUERS {
        for (_, _, key) in ISSUERS {
            let expected = if key.x == own.x { Ok(()) } else { Err(BadSignature) };
            let token = token(&scene, issuer, subject, key);
            assert_eq!(scene.verify_at_once(&token), Some(expected), "{issuer}");
        }
    }
    assert_eq!(scene.server.count(), 3);
}

#[tokio::test]
async fn the_failure_and_the_flood_of_one_issuer_touch_no_other() {
    let scene = scene();
    scene
        .server
        .set_at(&format!("/v1/clients/sc%7Cone{JWKS}"), whole("500 Oh", ""));
    let one = token(&scene, "/v1/clients/sc%7Cone", "sc|one", CLIENT);
    assert_eq!(scene.verify(&one).await, Err(KeysUnavailable));
    for number in 0..10 {
        let issuer = format!("{}/v1/clients/sc_2", scene.server.url());
        let bogus = signed(&issuer, "sc_2", &format!("bogus-{number}"), OTHER);
        assert_eq!(scene.verify(&bogus).await, Err(UnknownKey));
    }
    assert_eq!(scene.server.count(), 2);
    let account = token(&scene, "", "user-1", ACCOUNT);
    assert_eq!(scene.verify(&account).await, Ok(()));
    let two = token(&scene, "/v1/clients/sc_2", "sc_2", OTHER);
    assert_eq!(scene.verify_at_once(&two), Some(Ok(())));
    assert_eq!(scene.verify_at_once(&one), Some(Err(KeysUnavailable)));
    assert_eq!(scene.server.count(), 3);
}

#[tokio::test]
async fn a_client_that_the_service_does_not_know_has_no_keys_and_is_asked_for_once_a_pause() {
    let scene = scene();
    let gone = token(&scene, "/v1/clients/gone", "gone", CLIENT);
    for (age, fetches) in [(0, 1), (COOL_DOWN - 1, 1), (COOL_DOWN, 2)] {
        scene.clock.set(NOW + age);
        for _ in 0..10 {
            assert_eq!(scene.verify(&gone).await, Err(UnknownKey));
        }
        assert_eq!(scene.server.count(), fetches);
    }
}

#[tokio::test]
async fn a_client_that_is_deleted_loses_its_keys() {
    let scene = scene();
    let two = token(&scene, "/v1/clients/sc_2", "sc_2", OTHER);
    assert_eq!(scene.verify(&two).await, Ok(()));
    scene
        .server
        .set_at(&format!("/v1/clients/sc_2{JWKS}"), whole("404 Not Found", "{}"));
    let issuer = format!("{}/v1/clients/sc_2", scene.server.url());
    assert_eq!(
        scene.verify(&signed(&issuer, "sc_2", "bogus", OTHER)).await,
        Err(UnknownKey)
    );
    assert_eq!(scene.verify_at_once(&two), Some(Err(UnknownKey)));
    assert_eq!(scene.server.count(), 2);
}
