//! One of those who call: what it does next, by its own numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::memory;
use super::numbers::Numbers;
use super::oracle::Possible;
use super::programs::Keys;
use super::records::Record;
use super::rooms::Room;
use super::server::UserToken;
use super::things::Things;
use super::world::{SLOTS_EACH, World};

/// The part of the calls after which everything is as large as it becomes.
const WARM: u64 = 4;

pub(crate) struct Worker {
    pub(crate) world: Arc<World>,
    pub(crate) number: usize,
    pub(crate) numbers: Numbers,
    pub(crate) records: Vec<Record>,
    pub(crate) things: Things,
    pub(crate) room: Room,
    pub(crate) keys: Keys,
    pub(crate) tokens: BTreeMap<usize, UserToken>,
    /// The answers to its own question that may be used without asking.
    pub(crate) kept: Possible,
    /// How many of its own questions are still to be asked for which one from before may be under way.
    pub(crate) in_doubt: u32,
}

impl Worker {
    pub(crate) fn new(world: &Arc<World>, number: usize, numbers: Numbers) -> Self {
        let slots = number * SLOTS_EACH..(number + 1) * SLOTS_EACH;
        Self {
            world: Arc::clone(world),
            number,
            numbers,
            records: slots.map(Record::new).collect(),
            things: Things::default(),
            room: Room::default(),
            keys: Keys::default(),
            tokens: BTreeMap::new(),
            kept: Possible::NEITHER,
            in_doubt: 0,
        }
    }

    /// Works until all have made so many calls together.
    pub(crate) async fn work(mut self, calls: u64) -> Self {
        while self.world.report.calls() < calls {
            match self.numbers.below(1_000) {
                0..371 => self.check_with_cache(false).await,
                371..375 => self.ask_own().await,
                375..380 => {
                    let which = self.numbers.index(2);
                    self.verify_with_one_key(which).await;
                }
                380..470 => self.check_with_cache(true).await,
                470..570 => self.check().await,
                570..620 => self.check_as_user().await,
                620..630 => self.check_with_bad_token().await,
                630..635 => self.write_while_asked().await,
                635..800 => self.verify().await,
                800..830 => self.verify_bad_token().await,
                830..930 => self.write_record().await,
                930..980 => self.write_thing().await,
                980..984 => self.list_things().await,
                984..987 => self.list_records().await,
                987..995 => self.use_room().await,
                _ => self.use_keys().await,
            }
            if self.world.report.calls() >= calls / WARM {
                self.world.warm.get_or_init(memory::resident);
            }
            // While the server is away, much of this is done without ever having to wait.
            tokio::task::yield_now().await;
        }
        self.world.worker_ends();
        self
    }

    /// After how many wakes a call is given up; most are not.
    pub(crate) fn gives_up(&mut self) -> Option<u64> {
        self.numbers.chance(2).then(|| 1 + self.numbers.below(4))
    }
}
