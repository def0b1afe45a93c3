//! Key ids that somebody has made up.

use authress::TokenVerificationReason::UnknownKey;
use tokio::sync::watch;

use crate::server::{held, keys};
use crate::{COOL_DOWN, NOW, Scene, new_key, old_key, until};

#[tokio::test]
async fn a_thousand_bogus_key_ids_cost_one_fetch_and_one_more_after_the_pause() {
    let scene = Scene::new(keys([old_key()]));
    let good = scene.old_token();
    let bogus: Vec<String> = (0..1_000).map(|number| scene.bogus_token(number)).collect();
    for (start, fetches) in [
        (NOW, 1),
        (NOW + COOL_DOWN - 1, 1),
        (NOW + COOL_DOWN, 2),
        (NOW + 2 * COOL_DOWN - 1, 2),
        (NOW + 2 * COOL_DOWN, 3),
    ] {
        scene.clock.set(start);
        for token in &bogus {
            assert_eq!(scene.verify(token).await, Err(UnknownKey));
            assert_eq!(scene.verify_at_once(&good), Some(Ok(())));
        }
        assert_eq!(scene.server.count(), fetches, "{}", start - NOW);
    }
}

#[tokio::test]
async fn with_the_keys_known_a_thousand_bogus_key_ids_cost_one_fetch() {
    let scene = Scene::warm().await;
    for number in 0..1_000 {
        assert_eq!(scene.verify(&scene.bogus_token(number)).await, Err(UnknownKey));
    }
    assert_eq!(scene.server.count(), 2);
    assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Ok(())));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_bogus_key_ids_at_once_share_one_fetch_and_good_tokens_do_not_wait_for_it() {
    let scene = Scene::warm().await;
    scene.server.set(held(keys([old_key()])));
    let waiting = watch::Sender::default();
    let tasks: Vec<_> = (0..1_000)
        .map(|number| scene.spawn(scene.bogus_token(number), &waiting))
        .collect();
    until(&waiting, 1_000).await;
    let good = scene.old_token();
    for _ in 0..100 {
        assert_eq!(scene.verify_at_once(&good), Some(Ok(())));
    }
    scene.server.release(1);
    for task in tasks {
        assert_eq!(task.await.unwrap(), Err(UnknownKey));
    }
    assert_eq!(scene.server.count(), 2);
}

#[tokio::test]
async fn a_bogus_key_id_keeps_a_new_key_away_no_longer_than_the_pause() {
    let scene = Scene::warm().await;
    assert_eq!(scene.verify(&scene.bogus_token(0)).await, Err(UnknownKey));
    assert_eq!(scene.server.count(), 2);
    scene.server.set(keys([old_key(), new_key()]));
    scene.clock.set(NOW + COOL_DOWN - 1);
    assert_eq!(scene.verify(&scene.bogus_token(1)).await, Err(UnknownKey));
    assert_eq!(scene.server.count(), 2);
    scene.clock.set(NOW + COOL_DOWN);
    assert_eq!(scene.verify(&scene.new_token()).await, Ok(()));
    assert_eq!(scene.server.count(), 3);
}
