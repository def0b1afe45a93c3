//! The users who are known: whoever has logged in, and what tokens say of them. What they may do is in records and groups alone.

use authress_api::models::{AccessRecord, AccessRequestStatus, Group, User, UserIdentity};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use super::{Store, after};
use crate::engine::Engine;

/// No token that the account makes lives longer, so what is known of one that is older needs no keeping. Service clients sign tokens as they like.
const LONGEST_TOKEN: TimeDelta = TimeDelta::hours(24);

impl Store {
    /// Notes that a user has logged in. What the login tells of them takes the place of what was known, what it does not tell stays.
    ///
    /// A service client is none of the users that are listed, whatever it does.
    pub(crate) fn seen_user(&mut self, seen: UserIdentity) {
        let id = self.engine.user(&seen.user_id).to_owned();
        if id.is_empty() || self.clients.contains_key(&id) {
            return;
        }
        let known = self.users.entry(id.clone()).or_insert_with(|| UserIdentity::new(id));
        known.name = seen.name.or(known.name.take());
        known.picture = seen.picture.or(known.picture.take());
        known.email = seen.email.or(known.email.take());
        if !seen.linked_identities.is_empty() {
            known.linked_identities = seen.linked_identities;
        }
    }

    /// The claims that the tokens of a user have besides those that every token has.
    pub(crate) fn token_claims(&self, user: &str) -> Map<String, Value> {
        let configuration = self.users.get(user).and_then(|user| user.token_configuration.as_ref());
        let claims = configuration.and_then(|configuration| configuration.default_claims.as_ref());
        claims
            .and_then(|claims| claims.default_access_token_claims.clone())
            .unwrap_or_default()
    }

    /// Whether there is anything to delete of a user: they have logged in, or are named somewhere.
    pub(crate) fn knows_user(&self, id: &str) -> bool {
        let is = |it: &User| self.engine.user(&it.user_id) == id;
        self.users.contains_key(id)
            || self.tenant_users.values().any(|users| users.contains(id))
            || self
                .groups
                .values()
                .any(|group| group.users.iter().chain(&group.admins).any(is))
            || self.records.values().any(|record| names(record).any(is))
    }

    /// Removes a user from every record and group, and with them all access; also what was to give access later, and all that is known of the user.
    pub(crate) fn remove_user(&mut self, id: &str, now: DateTime<Utc>) {
        let is = |it: &User| self.engine.user(&it.user_id) == id;
        let records = self.records.values().filter(|record| names(record).any(is));
        let mut records: Vec<AccessRecord> = records.cloned().collect();
        let groups = self.groups.values().filter(|group| members(group).any(is));
        let mut groups: Vec<Group> = groups.cloned().collect();
        let lists = records.iter_mut().flat_map(lists).chain(
            groups
                .iter_mut()
                .flat_map(|group| [&mut group.users, &mut group.admins]),
        );
        lists.for_each(|users| users.retain(|it| !is(it)));
        for mut record in records {
            let id = record.record_id.clone().unwrap_or_default();
            // One that is deleted stays so.
            record.last_updated = Some(after(record.last_updated, now));
            self.restore_record(&id, record, now);
        }
        for group in groups {
            let id = group.group_id.clone().unwrap_or_default();
            self.put_group(&id, group, now);
        }
        self.remove_requests_of(id, now);
        // Whoever accepts one gets access from this user, who might be the same person under another name.
        self.invites.retain(|_, invite| invite.created_by != id);
        for users in self.tenant_users.values_mut() {
            users.remove(id);
        }
        self.users.remove(id);
    }

    /// Takes a user out of the requests that are open. Those that ask for nobody else, and those that the user made, are deleted.
    fn remove_requests_of(&mut self, id: &str, now: DateTime<Utc>) {
        let engine: &Engine = &self.engine;
        let is = |it: &User| engine.user(&it.user_id) == id;
        let open = self.requests.values_mut().filter(|request| request.is_open());
        for request in open {
            let by_the_user = request.created_by == id;
            let users = &mut request.model.access.users;
            if by_the_user || users.iter().any(is) {
                users.retain(|it| !is(it));
                let goes = by_the_user || users.is_empty();
                let status = if goes {
                    AccessRequestStatus::Deleted
                } else {
                    AccessRequestStatus::Open
                };
                request.set_status(status, now);
            }
        }
    }

    /// Refuses a token of a user from now on.
    pub(crate) fn disable_token(&mut self, user: &str, token_id: &str, now: DateTime<Utc>) {
        let clients = &self.clients;
        self.disabled_tokens.retain(|user, tokens| {
            tokens.retain(|_, disabled| clients.contains_key(user) || now - *disabled < LONGEST_TOKEN);
            !tokens.is_empty()
        });
        let tokens = self.disabled_tokens.entry(user.to_owned()).or_default();
        tokens.entry(token_id.to_owned()).or_insert(now);
    }

    /// Whether a token of a user is refused.
    pub(crate) fn is_disabled(&self, user: &str, token_id: &str) -> bool {
        self.disabled_tokens
            .get(user)
            .is_some_and(|tokens| tokens.contains_key(token_id))
    }
}

/// Everybody whom a record names, in whatever part.
fn names(record: &AccessRecord) -> impl Iterator<Item = &User> {
    let of_statements = record
        .statements
        .iter()
        .filter_map(|statement| statement.users.as_ref());
    let of_record = record.users.iter().chain(&record.admins);
    of_record.chain(of_statements).flatten()
}

fn members(group: &Group) -> impl Iterator<Item = &User> {
    group.users.iter().chain(&group.admins)
}

/// The lists of users in a record.
fn lists(record: &mut AccessRecord) -> impl Iterator<Item = &mut Vec<User>> {
    let of_statements = record
        .statements
        .iter_mut()
        .filter_map(|statement| statement.users.as_mut());
    record.users.iter_mut().chain(&mut record.admins).chain(of_statements)
}
