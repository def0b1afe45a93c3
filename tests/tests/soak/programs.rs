//! Access keys of service clients: each worker has one, whose keys are made, used and deleted.

use std::collections::BTreeSet;

use authress::Error;

use super::records::Written;
use super::report::{Kind, Wrong};
use super::worker::Worker;

/// How many keys a service client has at a time.
const MOST: usize = 2;

/// The keys of one service client, by their ids; the oldest first.
#[derive(Default)]
pub(crate) struct Keys {
    known: Vec<(String, String)>,
    /// How many restarts had begun when a write came to nobody knows what.
    unknown_since: Option<u64>,
}

impl Worker {
    fn program(&self) -> String {
        self.world.program(self.number).to_owned()
    }

    pub(crate) async fn use_keys(&mut self) {
        if self
            .keys
            .unknown_since
            .is_some_and(|since| self.world.server.ended() <= since)
        {
            return;
        }
        if self.keys.unknown_since.is_some() && !self.find_out_keys().await {
            return;
        }
        // One that could not be deleted is deleted before another one is made: the service has room for few.
        if self.keys.known.len() <= MOST {
            self.make_key().await;
        }
        if self.keys.unknown_since.is_none() && self.keys.known.len() > MOST {
            self.delete_key().await;
        }
    }

    async fn make_key(&mut self) {
        let client = self.any_client();
        let call = client.service_clients().request_access_key(self.program());
        let (made, is_reached) = self.world.call(Kind::Write, call.into_future()).await;
        let key = made.as_ref().ok().cloned();
        if matches!(self.written(Some(made), is_reached, "an access key"), Written::Unknown) {
            self.keys.unknown_since = Some(self.world.server.begun());
        }
        let Some(key) = key else { return };
        let access_key = key.access_key.unwrap().expose().to_owned();
        let error = self.use_key(&access_key).await.err();
        if let Some((error, is_reached)) = error {
            self.world.failed(&error, is_reached, "a new access key");
        }
        self.keys.known.push((key.key_id.unwrap(), access_key));
        self.compare_keys().await;
    }

    async fn delete_key(&mut self) {
        let (id, access_key) = self.keys.known[0].clone();
        let client = self.any_client();
        let call = client.service_clients().delete_access_key(self.program(), &id);
        let (outcome, is_reached) = self.world.call(Kind::Write, call.into_future()).await;
        match self.written(Some(outcome), is_reached, "an access key that is deleted") {
            Written::Done => {
                self.keys.known.remove(0);
                if self.use_key(&access_key).await.is_ok() {
                    self.world
                        .report
                        .wrong(Wrong::Answer, || format!("{id} is good after it was deleted"));
                }
            }
            Written::NotSent => {}
            Written::Unknown => self.keys.unknown_since = Some(self.world.server.begun()),
        }
    }

    /// Asks with an access key.
    async fn use_key(&self, access_key: &str) -> Result<(), (Error, bool)> {
        let client = self.world.client_of(access_key);
        let call = client.check_user(self.program(), "documents/1", "read");
        let (answer, is_reached) = self.world.call(Kind::Check, call).await;
        answer.map(|_| ()).map_err(|error| (error, is_reached))
    }

    /// The ids of the keys that are there.
    async fn read_keys(&self) -> Option<BTreeSet<String>> {
        let call = self.world.wired.service_clients().get_client(self.program());
        let (read, is_reached) = self.world.call(Kind::Read, call.into_future()).await;
        match read {
            Ok(client) => {
                let keys = client.verification_keys.unwrap_or_default().into_iter();
                Some(keys.filter_map(|key| key.key_id).collect())
            }
            Err(error) => {
                self.world.failed(&error, is_reached, "a service client");
                None
            }
        }
    }

    async fn compare_keys(&self) {
        let Some(found) = self.read_keys().await else { return };
        let known = self.keys.known.iter().map(|(id, _)| id.clone()).collect();
        if found != known {
            let wrong = if known.is_subset(&found) {
                Wrong::Doubled
            } else {
                Wrong::Lost
            };
            let what = || format!("the keys {found:?} of {} should be {known:?}", self.program());
            self.world.report.wrong(wrong, what);
        }
    }

    /// Deletes keys that nobody knows, and forgets those that are gone. Whether that could be done.
    async fn find_out_keys(&mut self) -> bool {
        let Some(found) = self.read_keys().await else {
            return false;
        };
        self.keys.known.retain(|(id, _)| found.contains(id));
        let unknown = found
            .iter()
            .filter(|id| self.keys.known.iter().all(|(known, _)| known != *id));
        for id in unknown {
            let call = self.world.plain.service_clients().delete_access_key(self.program(), id);
            let (outcome, is_reached) = self.world.call(Kind::Write, call.into_future()).await;
            if !matches!(self.written(Some(outcome), is_reached, "an unknown key"), Written::Done) {
                self.keys.unknown_since = Some(self.world.server.begun());
                return false;
            }
        }
        self.keys.unknown_since = None;
        true
    }
}
