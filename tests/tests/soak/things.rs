//! Roles and groups, whose ids the service makes: what is sent once is there once. And users, who are there once they have logged in.

use std::collections::BTreeMap;

use authress::models::{Group, PermissionObject, Role};
use authress::{Call, Error, Items, Paginated};
use futures_util::TryStreamExt as _;

use super::records::Written;
use super::report::{Kind, Wrong};
use super::worker::Worker;
use super::world::unless_given_up;

/// Most things of a worker, those included of which nobody knows whether they are there.
const MOST: usize = 6;
/// Those are deleted sooner of which there are more.
const MANY: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kin {
    Role,
    Group,
    User,
}

impl Kin {
    const ALL: [Self; 3] = [Self::Role, Self::Group, Self::User];
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// It is there, under this id.
    There(String),
    /// It is not, though it was asked for or was there before.
    Not,
    /// Nobody knows, and so many restarts had begun then.
    Unknown(u64),
}

#[derive(Debug)]
struct Thing {
    kin: Kin,
    /// Of no other thing.
    name: String,
    state: State,
}

/// The things of one worker.
#[derive(Default)]
pub(crate) struct Things {
    list: Vec<Thing>,
    made: u64,
}

impl Worker {
    /// Makes a thing, or deletes one.
    pub(crate) async fn write_thing(&mut self) {
        let there = |thing: &Thing| matches!(thing.state, State::There(_));
        let at = self.things.list.iter().position(there);
        let many = self.things.list.iter().filter(|thing| there(thing)).count() > MANY;
        match at {
            Some(at) if many || self.numbers.chance(40) => self.delete_thing(at).await,
            _ if self.things.list.len() < MOST => self.make_thing().await,
            _ => self.list_things().await,
        }
    }

    async fn make_thing(&mut self) {
        let name = format!("thing-{}-{}", self.number, self.things.made + 1);
        let kin = self.numbers.one_of(&Kin::ALL);
        if kin == Kin::User {
            // Nobody logs in while the server is away.
            if self.world.server.user_token(&name, false).is_some() {
                self.things.made += 1;
                let state = State::There(name.clone());
                self.things.list.push(Thing { kin, name, state });
            }
            return;
        }
        self.things.made += 1;
        let (client, wakes) = (self.any_client(), self.gives_up());
        let call = async {
            let id = if kin == Kin::Role {
                let role = Role::new(&name, [PermissionObject::new("write").allow(true)]);
                client.roles().create_role(role).await?.role_id
            } else {
                let group = Group::new(&name, ["member"], ["admin"]);
                client.groups().create_group(group).await?.group_id
            };
            Ok::<_, Error>(id.unwrap())
        };
        let (outcome, is_reached) = self.world.call(Kind::Write, unless_given_up(wakes, call)).await;
        let id = outcome.as_ref().and_then(|outcome| outcome.as_ref().ok()).cloned();
        let state = match self.written(outcome, is_reached, "making a thing") {
            Written::Done => State::There(id.unwrap()),
            Written::NotSent => State::Not,
            Written::Unknown => State::Unknown(self.world.server.begun()),
        };
        self.things.list.push(Thing { kin, name, state });
    }

    async fn delete_thing(&mut self, at: usize) {
        let thing = &self.things.list[at];
        let (kin, State::There(id)) = (thing.kin, thing.state.clone()) else {
            return;
        };
        let (client, wakes) = (self.any_client(), self.gives_up());
        let call = async {
            match kin {
                Kin::Role => client.roles().delete_role(&id).await,
                Kin::Group => client.groups().delete_group(&id).await,
                Kin::User => client.users().delete_user(&id).await,
            }
        };
        let (outcome, is_reached) = self.world.call(Kind::Write, unless_given_up(wakes, call)).await;
        let state = match self.written(outcome, is_reached, "deleting a thing") {
            Written::Done => State::Not,
            Written::NotSent => State::There(id),
            Written::Unknown => State::Unknown(self.world.server.begun()),
        };
        self.things.list[at].state = state;
    }

    /// Reads the lists of roles, groups and users by pages, and compares them with what is known.
    pub(crate) async fn list_things(&mut self) {
        for kin in Kin::ALL {
            self.list_kin(kin).await;
        }
    }

    async fn list_kin(&mut self, kin: Kin) {
        let (client, ended) = (self.any_client(), self.world.server.ended());
        let limit = 4 + u32::try_from(self.numbers.below(10)).unwrap();
        let reads_ahead = self.numbers.chance(50);
        let call = async {
            match kin {
                Kin::Role => {
                    let roles = all(client.roles().get_roles().limit(limit.into()), reads_ahead);
                    roles
                        .map_ok(|role| (role.name, role.role_id))
                        .try_collect::<Vec<_>>()
                        .await
                }
                Kin::Group => {
                    let groups = all(client.groups().get_groups().limit(limit), reads_ahead);
                    groups.map_ok(|group| (group.name, group.group_id)).try_collect().await
                }
                Kin::User => {
                    let users = all(client.users().get_users().limit(limit), reads_ahead);
                    users
                        .map_ok(|user| (user.user_id.clone(), Some(user.user_id)))
                        .try_collect()
                        .await
                }
            }
        };
        let (listed, is_reached) = self.world.call(Kind::List, call).await;
        let listed = match listed {
            Ok(listed) => listed,
            Err(error) => return self.world.failed(&error, is_reached, "a list"),
        };
        let mut ids = BTreeMap::<String, Vec<String>>::new();
        for (name, id) in listed {
            ids.entry(name).or_default().extend(id);
        }
        for (name, ids) in &ids {
            if ids.len() > 1 {
                self.world
                    .report
                    .wrong(Wrong::Doubled, || format!("{name} is there as {ids:?}"));
            }
        }
        let report = &self.world.report;
        self.things.list.retain_mut(|thing| {
            if thing.kin != kin {
                return true;
            }
            let found = ids.get(&thing.name).and_then(|ids| ids.first());
            match (&thing.state, found) {
                (State::There(id), _) if found != Some(id) => {
                    report.wrong(Wrong::Lost, || format!("{thing:?} is there as {found:?}"));
                    false
                }
                (State::Not, Some(id)) => {
                    report.wrong(Wrong::Doubled, || format!("{thing:?} is there as {id}"));
                    false
                }
                // It was looked for, and that is all that there was to do with it.
                (State::Not, None) => false,
                // Nothing from before can arrive any more.
                (State::Unknown(since), _) if ended > *since => {
                    if let Some(id) = found {
                        thing.state = State::There(id.clone());
                    }
                    found.is_some()
                }
                (State::Unknown(_) | State::There(_), _) => true,
            }
        });
    }

    /// How many things are not known for certain.
    pub(crate) fn unknown_things(&self) -> usize {
        let is_unknown = |thing: &&Thing| matches!(thing.state, State::Unknown(_));
        self.things.list.iter().filter(is_unknown).count()
    }

    /// The names of those that are there.
    pub(crate) fn names_of_things(&self) -> impl Iterator<Item = &str> {
        let there = self
            .things
            .list
            .iter()
            .filter(|thing| matches!(thing.state, State::There(_)));
        there.map(|thing| thing.name.as_str())
    }

    pub(crate) fn any_client(&mut self) -> authress::AuthressClient {
        match self.numbers.below(12) {
            0..5 => self.world.plain.clone(),
            5..11 => self.world.wired.clone(),
            _ => self.world.cached.clone(),
        }
    }
}

/// All items of a list, whose pages are asked for one by one or one ahead.
pub(crate) fn all<R: Paginated>(call: Call<R>, reads_ahead: bool) -> Items<R> {
    let items = call.stream();
    if reads_ahead { items.read_ahead() } else { items }
}
