//! Keys that come and go.

use authress::TokenVerificationReason::UnknownKey;
use serde_json::json;
use tokio::sync::watch;

use crate::server::{held, keys};
use crate::support::{ACCOUNT, CLIENT, jwk};
use crate::{COOL_DOWN, FRESH, NOW, Scene, new_key, newest_key, old_key, until};

#[tokio::test]
async fn a_new_key_is_found_at_once_and_no_token_of_either_key_fails() {
    let scene = Scene::warm().await;
    scene.clock.set(NOW + 1);
    scene.server.set(held(keys([old_key(), new_key()])));
    let waiting = watch::Sender::default();
    let tasks: Vec<_> = (0..20).map(|_| scene.spawn(scene.new_token(), &waiting)).collect();
    until(&waiting, 20).await;
    scene.server.until_asked(2).await;
    // Only the new key waits.
    assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Ok(())));
    scene.server.release(1);
    for task in tasks {
        assert_eq!(task.await.unwrap(), Ok(()));
    }
    for token in [scene.old_token(), scene.new_token()] {
        assert_eq!(scene.verify_at_once(&token), Some(Ok(())));
    }
    assert_eq!(scene.server.count(), 2);
}

#[tokio::test]
async fn a_second_new_key_is_found_at_once_as_well() {
    let scene = Scene::warm().await;
    scene.server.set(keys([old_key(), new_key()]));
    assert_eq!(scene.verify(&scene.new_token()).await, Ok(()));
    scene.server.set(keys([old_key(), new_key(), newest_key()]));
    assert_eq!(scene.verify(&scene.newest_token()).await, Ok(()));
    assert_eq!(scene.server.count(), 3);
}

#[tokio::test]
async fn a_withdrawn_key_is_refused_from_the_next_fetch_on() {
    let scene = Scene::warm().await;
    scene.server.set(keys([new_key()]));
    // Nothing has been asked yet.
    assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Ok(())));
    assert_eq!(scene.verify(&scene.new_token()).await, Ok(()));
    assert_eq!(scene.server.count(), 2);
    // It may have come back, so that is asked once.
    assert_eq!(scene.verify(&scene.old_token()).await, Err(UnknownKey));
    assert_eq!(scene.server.count(), 3);
    scene.clock.set(NOW + COOL_DOWN - 1);
    assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Err(UnknownKey)));
    assert_eq!(scene.verify_at_once(&scene.new_token()), Some(Ok(())));
    assert_eq!(scene.server.count(), 3);
}

#[tokio::test]
async fn a_key_withdrawn_without_another_in_its_place_is_refused_after_the_refresh() {
    let scene = Scene::warm().await;
    scene.server.set(keys([old_key(), new_key()]));
    assert_eq!(scene.verify(&scene.new_token()).await, Ok(()));
    scene.server.set(keys([newest_key()]));
    scene.clock.set(NOW + FRESH);
    assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Ok(())));
    // It waits for the refresh that the old token began.
    assert_eq!(scene.verify(&scene.newest_token()).await, Ok(()));
    assert_eq!(scene.server.count(), 3);
    for token in [scene.old_token(), scene.new_token(), scene.old_token()] {
        // The refresh was made for the old key, so it is known that the account has it no more.
        assert_eq!(scene.verify_at_once(&token), Some(Err(UnknownKey)));
    }
    assert_eq!(scene.server.count(), 3);
}

#[tokio::test]
async fn an_account_that_withdraws_every_key_has_none() {
    let scene = Scene::warm().await;
    scene.server.set(keys([]));
    assert_eq!(scene.verify(&scene.new_token()).await, Err(UnknownKey));
    assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Err(UnknownKey)));
    assert_eq!(scene.server.count(), 2);
}

#[tokio::test]
async fn a_good_key_among_garbage_is_used() {
    let mut private = jwk("k-private", CLIENT);
    private["use"] = json!("enc");
    let scene = Scene::new(keys([
        json!(null),
        json!("garbage"),
        json!({"kty": "RSA", "kid": "k-old", "n": 7, "e": []}),
        json!({"kty": "OKP", "crv": "Ed25519", "kid": "k-old", "x": "too short"}),
        private,
        json!([jwk("k-nested", CLIENT)]),
        jwk("k-old", ACCOUNT),
        json!({"kty": "OKP", "crv": "Ed25519", "kid": {"a": "b"}, "x": 1e300}),
    ]));
    assert_eq!(scene.verify(&scene.old_token()).await, Ok(()));
    assert_eq!(scene.server.count(), 1);
    for key_id in ["k-private", "k-nested"] {
        assert_eq!(scene.verify(&scene.token(key_id, CLIENT)).await, Err(UnknownKey));
    }
    assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Ok(())));
    assert_eq!(scene.server.count(), 2);
}
