//! The thread that writes the data file, so that requests wait for the disk without holding up others.
//!
//! Changes are counted. The thread writes the state as it is and says up to which change that was; one write serves all that came meanwhile.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::sync::watch;

use crate::Error;

/// Saves changes; dropping it saves what is left and waits for that.
#[derive(Debug)]
pub(crate) struct Saver {
    wanted: Arc<Wanted>,
    outcome: watch::Receiver<Outcome>,
    thread: Option<JoinHandle<()>>,
}

/// What is to be saved.
#[derive(Debug, Default)]
struct Wanted {
    state: Mutex<WantedState>,
    changed: Condvar,
}

#[derive(Debug, Default, Clone, Copy)]
struct WantedState {
    /// The number of the latest change.
    change: u64,
    /// Nothing comes any more.
    closed: bool,
}

/// How the latest attempt went.
#[derive(Debug, Clone, Default)]
struct Outcome {
    /// Changes up to this one are in the file.
    saved: u64,
    /// Changes up to this one are not, for this reason.
    failed: Option<(u64, Arc<str>)>,
}

impl Saver {
    /// A saver that calls `save` for every write.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(crate) fn start(save: impl FnMut() -> Result<(), Error> + Send + 'static) -> Result<Self, Error> {
        let wanted = Arc::new(Wanted::default());
        let (tell, outcome) = watch::channel(Outcome::default());
        let for_thread = Arc::clone(&wanted);
        let thread = thread::Builder::new()
            .name("authress-local-saver".to_owned())
            .spawn(move || run(&for_thread, &tell, save))
            .map_err(|error| Error::io("no thread can be had to save with", error))?;
        Ok(Self {
            wanted,
            outcome,
            thread: Some(thread),
        })
    }

    /// Has a change saved that was made just now; its number.
    pub(crate) fn save(&self) -> u64 {
        let mut state = self.wanted.lock();
        state.change += 1;
        self.wanted.changed.notify_one();
        state.change
    }

    /// The number of the latest change.
    pub(crate) fn latest(&self) -> u64 {
        self.wanted.lock().change
    }

    /// Waits until the change is in the file.
    ///
    /// # Errors
    /// When it could not be written.
    pub(crate) async fn saved(&self, change: u64) -> Result<(), Error> {
        let mut outcome = self.outcome.clone();
        let attempted = |outcome: &Outcome| {
            outcome.saved >= change || outcome.failed.as_ref().is_some_and(|(failed, _)| *failed >= change)
        };
        let outcome = outcome
            .wait_for(attempted)
            .await
            .map_err(|_| Error::new("the server stops"))?;
        match &outcome.failed {
            Some((_, why)) if outcome.saved < change => Err(Error::new(why.as_ref())),
            _ => Ok(()),
        }
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        self.wanted.lock().closed = true;
        self.wanted.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            // Only a panic would be told, and there is nobody to tell it to.
            let _ = thread.join();
        }
    }
}

impl Wanted {
    fn lock(&self) -> std::sync::MutexGuard<'_, WantedState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a change after `attempted`; none when nothing comes any more.
    fn next(&self, attempted: u64) -> Option<u64> {
        let nothing_new = |state: &mut WantedState| state.change <= attempted && !state.closed;
        let state = self.changed.wait_while(self.lock(), nothing_new);
        let state = state.unwrap_or_else(PoisonError::into_inner);
        (state.change > attempted).then_some(state.change)
    }
}

fn run(wanted: &Wanted, tell: &watch::Sender<Outcome>, mut save: impl FnMut() -> Result<(), Error>) {
    let mut attempted = 0;
    while let Some(change) = wanted.next(attempted) {
        let outcome = save();
        tell.send_modify(|told| match outcome {
            Ok(()) => told.saved = change,
            Err(error) => told.failed = Some((change, error.with_cause().into())),
        });
        attempted = change;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn one_write_serves_all_changes_that_came_before_it() {
        let (tell_begun, begun) = mpsc::channel();
        let (go_on, gone_on) = mpsc::channel();
        let saver = Saver::start(move || {
            tell_begun.send(()).unwrap();
            gone_on.recv().unwrap();
            Ok(())
        })
        .unwrap();
        let first = saver.save();
        begun.recv().unwrap();
        let rest = [saver.save(), saver.save(), saver.save()];
        go_on.send(()).unwrap();
        saver.saved(first).await.unwrap();
        begun.recv().unwrap();
        go_on.send(()).unwrap();
        for change in rest {
            saver.saved(change).await.unwrap();
        }
        assert!(begun.try_recv().is_err(), "a third write");
    }

    #[tokio::test]
    async fn a_write_that_fails_is_told_to_those_who_wait_for_it_and_the_next_is_tried() {
        let mut results = vec![Ok(()), Err(Error::new("the disk is full"))];
        let saver = Saver::start(move || results.pop().unwrap()).unwrap();
        let error = saver.saved(saver.save()).await.unwrap_err();
        assert_eq!(error.to_string(), "the disk is full");
        saver.saved(saver.save()).await.unwrap();
    }

    #[test]
    fn what_is_left_is_saved_before_the_saver_is_gone() {
        let (written, writes) = mpsc::channel();
        let saver = Saver::start(move || {
            written.send(()).unwrap();
            Ok(())
        })
        .unwrap();
        saver.save();
        drop(saver);
        assert!(writes.try_iter().count() >= 1);
    }
}
