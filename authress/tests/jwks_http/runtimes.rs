//! One verifier in two runtimes, of which one goes away.

use authress::TokenVerificationReason::KeysUnavailable;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::server::{held, keys, whole};
use crate::{FAILURE_COOL_DOWN, FRESH, NOW, Scene, new_key, old_key, until, within};

/// A runtime with threads of its own, which goes on whoever waits for it.
fn running() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

/// A runtime that stands still unless it is waited for, so that nothing goes on in it while it is taken down.
fn standing() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Begins a fetch in `runtime`; the server has been asked then and holds its answer.
fn begin(runtime: &Runtime, scene: &Scene) {
    let asked = scene.server.count() + 1;
    runtime.block_on(async {
        scene.spawn(scene.old_token(), &watch::Sender::default());
        scene.server.until_asked(asked).await;
    });
}

#[test]
fn those_who_wait_elsewhere_take_over_the_fetch_of_a_runtime_that_has_gone() {
    let scene = Scene::new(held(keys([old_key()])));
    let first = standing();
    begin(&first, &scene);
    running().block_on(async {
        let waiting = watch::Sender::default();
        let others: Vec<_> = (0..10).map(|_| scene.spawn(scene.old_token(), &waiting)).collect();
        until(&waiting, 10).await;
        assert_eq!(scene.server.count(), 1);
        first.shutdown_background();
        scene.server.until_asked(2).await;
        scene.server.release(2);
        for task in others {
            assert_eq!(within(task).await.unwrap(), Ok(()));
        }
        assert_eq!(scene.verify_at_once(&scene.old_token()), Some(Ok(())));
    });
    assert_eq!(scene.server.count(), 2);
}

#[test]
fn the_next_caller_begins_again_what_ended_with_its_runtime() {
    let scene = Scene::new(held(keys([old_key()])));
    begin(&standing(), &scene);
    scene.server.set(keys([old_key()]));
    running().block_on(async {
        assert_eq!(scene.verify(&scene.old_token()).await, Ok(()));
    });
    assert_eq!(scene.server.count(), 2);
}

#[test]
fn what_takes_over_may_fail_and_pauses_then() {
    let scene = Scene::new(held(keys([old_key()])));
    begin(&standing(), &scene);
    scene.server.set(whole("500 Oh", ""));
    running().block_on(async {
        for _ in 0..10 {
            assert_eq!(scene.verify(&scene.old_token()).await, Err(KeysUnavailable));
        }
    });
    assert_eq!(scene.server.count(), 2);
}

#[test]
fn a_refresh_that_ended_with_its_runtime_is_made_by_the_next_caller() {
    let scene = standing().block_on(Scene::warm());
    scene.clock.set(NOW + FRESH);
    scene.server.set(held(keys([old_key()])));
    begin(&standing(), &scene);
    assert_eq!(scene.server.count(), 2);
    scene.server.set(keys([old_key(), new_key()]));
    running().block_on(async {
        // It waits for it: where one refresh came to nothing, another one in the background may as well.
        assert_eq!(scene.verify(&scene.old_token()).await, Ok(()));
        assert_eq!(scene.verify_at_once(&scene.new_token()), Some(Ok(())));
    });
    assert_eq!(scene.server.count(), 3);
}

#[test]
fn the_connections_of_a_runtime_that_has_gone_are_in_nobodys_way() {
    let scene = standing().block_on(Scene::warm());
    scene.server.set(keys([old_key(), new_key()]));
    running().block_on(async {
        assert_eq!(scene.verify(&scene.new_token()).await, Ok(()));
    });
    assert_eq!(scene.server.count(), 2);
}

/// The other threads of a runtime go on for a moment while it is taken down. What they see then may be a fetch in vain, and is no more than that.
#[test]
fn a_runtime_that_is_taken_down_at_work_holds_nobody_up_longer_than_a_fetch_in_vain() {
    for _ in 0..20 {
        let scene = Scene::new(held(keys([old_key()])));
        let first = running();
        begin(&first, &scene);
        scene.server.set(keys([old_key()]));
        running().block_on(async {
            let waiting = watch::Sender::default();
            let others: Vec<_> = (0..10).map(|_| scene.spawn(scene.old_token(), &waiting)).collect();
            until(&waiting, 10).await;
            first.shutdown_background();
            for task in others {
                let verified = within(task).await.unwrap();
                assert!(matches!(verified, Ok(()) | Err(KeysUnavailable)), "{verified:?}");
            }
            scene.clock.set(NOW + FAILURE_COOL_DOWN);
            assert_eq!(scene.verify(&scene.old_token()).await, Ok(()));
        });
        assert_eq!(scene.server.count(), 2);
    }
}
