//! Callers who wait for the same fetch, and callers who stop waiting.

use authress::TokenVerificationReason::{BadSignature, KeysUnavailable};
use tokio::sync::watch;

use crate::server::{held, keys, whole};
use crate::support::CLIENT;
use crate::{Scene, old_key, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_tasks_at_a_cold_start_share_one_fetch() {
    let scene = Scene::new(held(keys([old_key()])));
    let waiting = watch::Sender::default();
    let tasks: Vec<_> = (0..64).map(|_| scene.spawn(scene.old_token(), &waiting)).collect();
    until(&waiting, 64).await;
    scene.server.release(1);
    for task in tasks {
        assert_eq!(task.await.unwrap(), Ok(()));
    }
    assert_eq!(scene.server.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn those_who_share_a_fetch_share_its_failure_and_none_tries_again() {
    let scene = Scene::new(held(whole("500 Oh", "")));
    let waiting = watch::Sender::default();
    let tasks: Vec<_> = (0..64).map(|_| scene.spawn(scene.old_token(), &waiting)).collect();
    until(&waiting, 64).await;
    scene.server.release(1);
    for task in tasks {
        assert_eq!(task.await.unwrap(), Err(KeysUnavailable));
    }
    assert_eq!(scene.server.count(), 1);
}

#[tokio::test]
async fn those_who_share_a_fetch_are_judged_each_by_their_own_token() {
    let scene = Scene::new(held(keys([old_key()])));
    let waiting = watch::Sender::default();
    let good = scene.spawn(scene.old_token(), &waiting);
    let forged = scene.spawn(scene.token("k-old", CLIENT), &waiting);
    until(&waiting, 2).await;
    scene.server.release(1);
    assert_eq!(good.await.unwrap(), Ok(()));
    assert_eq!(forged.await.unwrap(), Err(BadSignature));
    assert_eq!(scene.server.count(), 1);
}

#[tokio::test]
async fn the_first_caller_who_gives_up_takes_the_fetch_from_nobody() {
    let scene = Scene::new(held(keys([old_key()])));
    let waiting = watch::Sender::default();
    let first = scene.spawn(scene.old_token(), &waiting);
    scene.server.until_asked(1).await;
    let others: Vec<_> = (0..10).map(|_| scene.spawn(scene.old_token(), &waiting)).collect();
    until(&waiting, 11).await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    let later = scene.spawn(scene.old_token(), &waiting);
    until(&waiting, 12).await;
    scene.server.release(1);
    for task in others.into_iter().chain([later]) {
        assert_eq!(task.await.unwrap(), Ok(()));
    }
    assert_eq!(scene.server.count(), 1);
}

#[tokio::test]
async fn a_fetch_that_every_caller_has_given_up_fills_the_cache_for_later_ones() {
    let scene = Scene::new(held(keys([old_key()])));
    let waiting = watch::Sender::default();
    let callers: Vec<_> = (0..10).map(|_| scene.spawn(scene.old_token(), &waiting)).collect();
    until(&waiting, 10).await;
    scene.server.until_asked(1).await;
    for caller in callers {
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
    }
    scene.server.release(1);
    for _ in 0..10 {
        assert_eq!(scene.verify(&scene.old_token()).await, Ok(()));
    }
    assert_eq!(scene.server.count(), 1);
}

#[tokio::test]
async fn a_caller_who_gives_up_before_the_request_has_left_does_not_end_it() {
    let scene = Scene::new(keys([old_key()]));
    assert_eq!(scene.verify_at_once(&scene.old_token()), None);
    assert_eq!(scene.verify(&scene.old_token()).await, Ok(()));
    assert_eq!(scene.server.count(), 1);
}

#[tokio::test]
async fn a_fetch_in_vain_that_every_caller_has_given_up_begins_the_pause() {
    let scene = Scene::new(held(whole("500 Oh", "")));
    assert_eq!(scene.verify_at_once(&scene.old_token()), None);
    scene.server.until_asked(1).await;
    scene.server.release(1);
    for _ in 0..10 {
        assert_eq!(scene.verify(&scene.old_token()).await, Err(KeysUnavailable));
    }
    assert_eq!(scene.server.count(), 1);
}
