//! Invites and the users who accept them: each worker has a room, and a guest who is invited, comes in, is put out, and is forgotten.

use authress::models::{Invite, InviteStatement};
use authress::{AuthressClient, Error};

use super::records::Written;
use super::report::{Kind, Wrong};
use super::server::UserToken;
use super::wire::Fault;
use super::worker::Worker;

/// The room of one worker, which is empty unless nobody knows.
#[derive(Default)]
pub(crate) struct Room {
    /// How many restarts had begun when a write came to nobody knows what.
    unknown_since: Option<u64>,
}

/// What is known ends here.
struct Unknown;

/// Whether nobody has tried to accept an invite before.
#[derive(Clone, Copy)]
struct IsFirst(bool);

impl Worker {
    pub(crate) async fn use_room(&mut self) {
        if self
            .room
            .unknown_since
            .is_some_and(|since| self.world.server.ended() <= since)
        {
            return;
        }
        let is_known = self.invite_and_put_out().await.is_ok();
        self.room.unknown_since = (!is_known).then(|| self.world.server.begun());
    }

    async fn invite_and_put_out(&mut self) -> Result<(), Unknown> {
        if self.room.unknown_since.is_some() {
            self.put_out().await?;
        }
        let Some(token) = self.world.server.user_token(&self.guest(), false) else {
            return Ok(());
        };
        self.guest_is_known(true).await;
        if self.numbers.chance(12) {
            self.lose_an_invite().await?;
        }
        let client = self.any_client();
        let call = client.invites().create_invite(self.new_invite());
        let (invite, is_reached) = self.world.call(Kind::Write, call.into_future()).await;
        let id = invite.as_ref().ok().and_then(|invite| invite.invite_id.clone());
        // Of an invite whose id nobody knows nothing can come, but it may still arrive.
        if matches!(self.written(Some(invite), is_reached, "an invite"), Written::Unknown) {
            return Err(Unknown);
        }
        let Some(id) = id else { return Ok(()) };

        let guest = self.world.plain.with_user_token(&token.text).unwrap();
        match self.accept(&guest, &token, &id, IsFirst(true)).await {
            Written::Done => {
                self.guest_may_enter(true).await;
                if matches!(self.accept(&guest, &token, &id, IsFirst(false)).await, Written::Done) {
                    self.world
                        .report
                        .wrong(Wrong::Doubled, || format!("{id} was accepted twice"));
                }
            }
            Written::NotSent => self.guest_may_enter(false).await,
            Written::Unknown => return Err(Unknown),
        }
        self.put_out().await?;
        self.guest_may_enter(false).await;
        self.forget_guest().await
    }

    /// Makes an invite whose answer is lost. It is made once, though nobody knows that it was made at all.
    async fn lose_an_invite(&self) -> Result<(), Unknown> {
        let room = self.room_uri();
        let Some(before) = self.world.server.invites(&room) else {
            return Ok(());
        };
        let request = ["POST /v1/invites ".to_owned(), format!("\"{room}\"")];
        let aim = self.world.wire.aim(request, [Fault::LoseAnswer]);
        let call = self.world.wired.invites().create_invite(self.new_invite());
        let (invite, is_reached) = self.world.call(Kind::Write, call.into_future()).await;
        let is_lost = aim.met() > 0;
        let written = self.written(Some(invite), is_reached || is_lost, "an invite whose answer is lost");
        if is_lost {
            self.world.report.count("invites, answer lost");
        }
        if let Some(after) = self.world.server.invites(&room) {
            let made: Vec<_> = after.difference(&before).collect();
            let wrong = match made.len() {
                0 if is_lost && !is_reached => Some(Wrong::Lost),
                0 | 1 => None,
                _ => Some(Wrong::Doubled),
            };
            if let Some(wrong) = wrong {
                let what = || format!("one request for an invite to {room} made {made:?}");
                self.world.report.wrong(wrong, what);
            }
        }
        match written {
            // What the server has answered has arrived.
            Written::Unknown if !is_lost => Err(Unknown),
            _ => Ok(()),
        }
    }

    fn new_invite(&self) -> Invite {
        let statement = InviteStatement::new([self.world.reader.as_str()], [self.room_uri()]);
        Invite::new([statement])
    }

    fn guest(&self) -> String {
        format!("guest-{}", self.number)
    }

    fn room_uri(&self) -> String {
        format!("rooms/{}", self.number)
    }

    async fn accept(&self, guest: &AuthressClient, token: &UserToken, id: &str, first: IsFirst) -> Written {
        let call = guest.invites().respond_to_invite(id);
        let (outcome, is_reached) = self.world.call(Kind::Write, call.into_future()).await;
        match outcome {
            // It is gone when it was accepted, which one request that is the first cannot find.
            Err(error) if error.is_not_found() && error.code().is_some() => {
                if first.0 && error.attempts() == Some(1) {
                    self.world
                        .report
                        .wrong(Wrong::Lost, || format!("{id} was made, and is not there: {error}"));
                }
                Written::Unknown
            }
            outcome => self.written(
                Some(outcome),
                is_reached || self.is_over(token),
                "an invite that is accepted",
            ),
        }
    }

    /// Nobody has access to the room afterwards.
    async fn put_out(&mut self) -> Result<(), Unknown> {
        let (client, room) = (self.any_client(), self.world.room(self.number));
        let id = room.record_id.clone().unwrap();
        let call = client.access_records().update_record(id, room);
        let (outcome, is_reached) = self.world.call(Kind::Write, call.into_future()).await;
        match self.written(Some(outcome), is_reached, "a room") {
            Written::Done => Ok(()),
            Written::NotSent | Written::Unknown => Err(Unknown),
        }
    }

    async fn guest_may_enter(&self, expected: bool) {
        let call = self.world.plain.check_user(self.guest(), self.room_uri(), "read");
        let (answer, is_reached) = self.world.call(Kind::Check, call).await;
        match answer {
            Ok(decision) if decision.allowed == expected => {}
            Ok(decision) => {
                let what = || format!("{decision:?} to the guest of room {}", self.number);
                self.world.report.wrong(Wrong::Answer, what);
            }
            Err(error) => self.world.failed(&error, is_reached, "a guest"),
        }
    }

    async fn forget_guest(&self) -> Result<(), Unknown> {
        let call = self.world.wired.users().delete_user(self.guest());
        let (outcome, is_reached) = self.world.call(Kind::Write, call.into_future()).await;
        match self.written(Some(outcome), is_reached, "a guest who is forgotten") {
            Written::Done => self.guest_is_known(false).await,
            Written::NotSent => {}
            Written::Unknown => return Err(Unknown),
        }
        Ok(())
    }

    async fn guest_is_known(&self, expected: bool) {
        let call = self.world.wired.users().get_user(self.guest());
        let (read, is_reached) = self.world.call(Kind::Read, call.into_future()).await;
        let is_nobody = |error: &Error| error.is_not_found() && error.code().is_some();
        match read {
            Ok(_) if expected => {}
            Err(error) if is_nobody(&error) && !expected => {}
            Err(error) if !is_nobody(&error) => self.world.failed(&error, is_reached, "a guest who is read"),
            read => self
                .world
                .report
                .wrong(Wrong::Lost, || format!("{}: {read:?}", self.guest())),
        }
    }
}
