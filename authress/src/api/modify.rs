//! Read, change, write back: without losing what somebody else writes meanwhile.

use std::time::Duration;

use super::{AccessRecords, Groups};
use crate::{AuthressClient, Error, models};

/// How often it is tried when somebody else keeps writing.
const MOST_TRIES: u32 = 5;
/// Longest wait after the first attempt; it doubles with each further one.
const FIRST_WAIT: Duration = Duration::from_millis(200);

impl AccessRecords<'_> {
    /// Reads an access record, lets `change` change it, and writes it back if nobody else has written it meanwhile.
    ///
    /// When somebody has (412), it is read again and changed again, five times at most, with random waits in between: so `change` may be called
    /// several times, each time with the record as it is by then. A record that `change` leaves as it is is not written. The output is the record as
    /// it was written; the service accepts the change (202) and puts it into effect a little later.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress::models::{AccessRecord, Statement};
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let record = AccessRecord::new("Readers", [Statement::new(["Authress:Owner"], ["documents/42"])]).record_id("rec_1").users(["user-1"]);
    /// # client.access_records().create_record(record).await?;
    /// let add = |record: &mut AccessRecord| record.users.get_or_insert_default().push("user-2".into());
    /// client.access_records().modify_record("rec_1", add).await?;
    /// assert!(client.is_authorized("user-2", "documents/42", "read").await?);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of [`get_record`](Self::get_record) and [`update_record`](Self::update_record);
    /// [`is_precondition_failed`](Error::is_precondition_failed) when somebody else was there first each time.
    ///
    /// # Cancel safety
    /// Dropping the future while the record is written leaves open whether it was.
    pub async fn modify_record(
        self,
        record_id: impl Into<String>,
        mut change: impl FnMut(&mut models::AccessRecord),
    ) -> Result<models::AccessRecord, Error> {
        let record_id = record_id.into();
        let mut tries = Tries::new(self.0);
        let mut perhaps_written: Option<models::AccessRecord> = None;
        loop {
            let former = self.get_record(&record_id).await?;
            if perhaps_written.is_some_and(|written| dateless_record(&written) == dateless_record(&former)) {
                return Ok(former);
            }
            let mut record = former.clone();
            change(&mut record);
            if record == former {
                return Ok(record);
            }
            let unmodified_since = former.last_updated.ok_or_else(undated)?;
            let update = self.update_record(&record_id, record.clone());
            match update.if_unmodified_since(unmodified_since).await {
                Ok(()) => return Ok(record),
                Err(error) => perhaps_written = tries.may_go_on(error).await?.then_some(record),
            }
        }
    }
}

impl Groups<'_> {
    /// Reads a group, lets `change` change it, and writes it back if nobody else has written it meanwhile; as
    /// [`modify_record`](AccessRecords::modify_record) does for access records. The output is the group as the service has it now.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress::models::Group;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # client.groups().create_group(Group::new("Writers", ["user-1"], ["user-9"]).group_id("grp_writers")).await?;
    /// let group = client.groups().modify_group("grp_writers", |group| group.users.push("user-2".into())).await?;
    /// assert_eq!(group.users.len(), 2);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of [`get_group`](Self::get_group) and [`update_group`](Self::update_group);
    /// [`is_precondition_failed`](Error::is_precondition_failed) when somebody else was there first each time.
    ///
    /// # Cancel safety
    /// Dropping the future while the group is written leaves open whether it was.
    pub async fn modify_group(
        self,
        group_id: impl Into<String>,
        mut change: impl FnMut(&mut models::Group),
    ) -> Result<models::Group, Error> {
        let group_id = group_id.into();
        let mut tries = Tries::new(self.0);
        let mut perhaps_written: Option<models::Group> = None;
        loop {
            let former = self.get_group(&group_id).await?;
            if perhaps_written.is_some_and(|written| dateless_group(&written) == dateless_group(&former)) {
                return Ok(former);
            }
            let mut group = former.clone();
            change(&mut group);
            if group == former {
                return Ok(group);
            }
            let unmodified_since = former.last_updated.ok_or_else(undated)?;
            let update = self.update_group(&group_id, group.clone());
            match update.if_unmodified_since(unmodified_since).await {
                Ok(group) => return Ok(group),
                Err(error) => perhaps_written = tries.may_go_on(error).await?.then_some(group),
            }
        }
    }
}

/// The tries to write something back, each of which is a call that may take several attempts.
struct Tries<'a> {
    client: &'a AuthressClient,
    made: u32,
}

impl<'a> Tries<'a> {
    fn new(client: &'a AuthressClient) -> Self {
        Self { client, made: 0 }
    }

    /// Waits for the next attempt, when `error` says that somebody else was first and there is one left. The output is whether that may have been
    /// this very write: a request that was sent again is refused when it was done the first time.
    async fn may_go_on(&mut self, error: Error) -> Result<bool, Error> {
        self.made += 1;
        if !error.is_precondition_failed() || self.made == MOST_TRIES {
            return Err(error);
        }
        self.client.wait_at_random(FIRST_WAIT * (1 << (self.made - 1))).await;
        Ok(error.attempts().is_some_and(|attempts| attempts > 1))
    }
}

/// The record without the time of its last change, which the service sets.
fn dateless_record(record: &models::AccessRecord) -> models::AccessRecord {
    let mut record = record.clone();
    record.last_updated = None;
    record
}

/// The group without the time of its last change, which the service sets.
fn dateless_group(group: &models::Group) -> models::Group {
    let mut group = group.clone();
    group.last_updated = None;
    group
}

/// Without the time of the last change nothing tells whether somebody else has written.
fn undated() -> Error {
    Error::invalid_argument(
        "last_updated",
        "the service does not say when it was last changed, so that a change of somebody else could be lost",
    )
}
