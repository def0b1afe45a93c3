//! Keys that are still good and due to be asked for again.

use std::sync::Arc;

use tokio::sync::Barrier;

use crate::server::{held, keys};
use crate::{FRESH, NOW, Scene, at_once, new_key, old_key, verified};

#[tokio::test]
async fn after_an_hour_one_refresh_is_made_in_the_background_and_nobody_waits_for_it() {
    let scene = Scene::warm().await;
    let (old, new) = (scene.old_token(), scene.new_token());
    scene.server.set(held(keys([old_key(), new_key()])));
    scene.clock.set(NOW + FRESH - 1);
    assert_eq!(scene.verify_at_once(&old), Some(Ok(())));
    assert_eq!(scene.server.count(), 1);

    scene.clock.set(NOW + FRESH);
    assert_eq!(scene.verify_at_once(&old), Some(Ok(())));
    scene.server.until_asked(2).await;
    for _ in 0..100 {
        assert_eq!(scene.verify_at_once(&old), Some(Ok(())));
    }
    assert_eq!(scene.server.count(), 2);

    scene.server.release(1);
    // It waits for the refresh, and makes no fetch of its own.
    assert_eq!(scene.verify(&new).await, Ok(()));
    scene.clock.set(NOW + FRESH + FRESH - 1);
    for token in [&old, &new] {
        assert_eq!(scene.verify_at_once(token), Some(Ok(())));
    }
    assert_eq!(scene.server.count(), 2);

    // The hour is counted from the refresh.
    scene.clock.set(NOW + FRESH + FRESH);
    assert_eq!(scene.verify_at_once(&old), Some(Ok(())));
    scene.server.until_asked(3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_who_come_at_once_when_a_refresh_is_due_share_it_and_none_waits() {
    let scene = Scene::warm().await;
    let old = scene.old_token();
    scene.server.set(held(keys([old_key(), new_key()])));
    scene.clock.set(NOW + FRESH);
    let start = Arc::new(Barrier::new(100));
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let (verifier, token, start) = (scene.verifier.clone(), old.clone(), Arc::clone(&start));
            tokio::spawn(async move {
                start.wait().await;
                (0..10)
                    .map(|_| at_once(verified(&verifier, &token)))
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), [Some(Ok(())); 10]);
    }
    scene.server.until_asked(2).await;
    scene.server.release(1);
    assert_eq!(scene.verify(&scene.new_token()).await, Ok(()));
    assert_eq!(scene.server.count(), 2);
}

#[tokio::test]
async fn keys_that_nobody_asked_for_in_a_day_are_fetched_before_they_are_used() {
    let scene = Scene::warm().await;
    scene.server.set(keys([new_key()]));
    scene.clock.set(NOW + crate::MAX_STALENESS);
    assert_eq!(scene.verify_at_once(&scene.old_token()), None);
    assert_eq!(scene.verify(&scene.new_token()).await, Ok(()));
    assert_eq!(scene.server.count(), 2);
}
