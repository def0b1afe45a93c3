//! A service that gives no keys for a long time.

use authress::TokenVerificationReason::KeysUnavailable;

use crate::answers::failures;
use crate::server::{Answer, held, keys, whole};
use crate::{FAILURE_COOL_DOWN, FRESH, MAX_STALENESS, NOW, Scene, old_key};

/// Waits until the refresh that is under way has failed. A key id that is not known waits for it, and begins none of its own in the pause after.
async fn until_refresh_failed(scene: &Scene) {
    assert_eq!(scene.verify(&scene.bogus_token(0)).await, Err(KeysUnavailable));
}

#[tokio::test]
async fn known_keys_are_served_through_nearly_a_day_of_failures_of_every_kind() {
    let scene = Scene::warm().await;
    let good = scene.old_token();
    let failures = failures();
    let mut fetches = 1;
    // One kind after the other, from the first refresh to the last second.
    let last = MAX_STALENESS - 1;
    let step = (last - FRESH) / (failures.len() as u64 - 1);
    for (number, (name, answer)) in (0..).zip(failures) {
        scene.server.set(answer);
        scene.clock.set((NOW + FRESH + number * step).min(NOW + last));
        for _ in 0..3 {
            assert_eq!(scene.verify_at_once(&good), Some(Ok(())), "{name}");
        }
        until_refresh_failed(&scene).await;
        assert_eq!(scene.verify_at_once(&good), Some(Ok(())), "{name}");
        fetches += 1;
        assert_eq!(scene.server.count(), fetches, "{name}");
    }
    scene.clock.set(NOW + last);
    assert_eq!(scene.verify_at_once(&good), Some(Ok(())));
}

#[tokio::test]
async fn a_refresh_in_vain_is_tried_again_after_a_short_pause() {
    let scene = Scene::warm().await;
    let good = scene.old_token();
    scene.server.set(whole("500 Oh", ""));
    for (age, fetches) in [
        (FRESH, 2),
        (FRESH + FAILURE_COOL_DOWN - 1, 2),
        (FRESH + FAILURE_COOL_DOWN, 3),
        (FRESH + 2 * FAILURE_COOL_DOWN, 4),
    ] {
        scene.clock.set(NOW + age);
        for _ in 0..10 {
            assert_eq!(scene.verify_at_once(&good), Some(Ok(())));
        }
        until_refresh_failed(&scene).await;
        assert_eq!(scene.server.count(), fetches, "{age}");
    }
}

#[tokio::test]
async fn after_a_day_of_failures_nothing_is_accepted_until_the_service_is_back() {
    for (name, answer) in failures() {
        let scene = Scene::new(whole(
            "200 OK\r\nconnection: close",
            serde_json::json!({"keys": [old_key()]}).to_string(),
        ));
        let good = scene.old_token();
        assert_eq!(scene.verify(&good).await, Ok(()));
        scene.server.set(answer);
        scene.clock.set(NOW + MAX_STALENESS - 1);
        assert_eq!(scene.verify_at_once(&good), Some(Ok(())), "{name}");
        until_refresh_failed(&scene).await;
        assert_eq!(scene.server.count(), 2, "{name}");

        scene.clock.set(NOW + MAX_STALENESS);
        assert_eq!(scene.verify_at_once(&good), Some(Err(KeysUnavailable)), "{name}");
        for (age, fetches) in [
            (MAX_STALENESS - 1 + FAILURE_COOL_DOWN, 3),
            (MAX_STALENESS + FRESH, 4),
            (MAX_STALENESS * 2, 5),
        ] {
            scene.clock.set(NOW + age);
            for _ in 0..3 {
                assert_eq!(scene.verify(&good).await, Err(KeysUnavailable), "{name}");
            }
            assert_eq!(scene.server.count(), fetches, "{name}");
        }

        scene.server.set(keys([old_key()]));
        scene.clock.set(NOW + MAX_STALENESS * 2 + FAILURE_COOL_DOWN);
        assert_eq!(scene.verify(&good).await, Ok(()), "{name}");
        assert_eq!(scene.verify_at_once(&good), Some(Ok(())), "{name}");
        assert_eq!(scene.server.count(), 6, "{name}");
    }
}

#[tokio::test]
async fn keys_that_grow_too_old_during_a_refresh_are_not_used_while_it_goes_on() {
    let scene = Scene::warm().await;
    let good = scene.old_token();
    scene.server.set(held(Answer::Refuse));
    scene.clock.set(NOW + MAX_STALENESS - 1);
    assert_eq!(scene.verify_at_once(&good), Some(Ok(())));
    scene.server.until_asked(2).await;
    scene.clock.set(NOW + MAX_STALENESS);
    assert_eq!(scene.verify_at_once(&good), None);
    scene.server.release(1);
    assert_eq!(scene.verify(&good).await, Err(KeysUnavailable));
    assert_eq!(scene.server.count(), 2);
}
